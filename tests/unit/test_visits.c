// Exchange visits from a file to the layers that maps draw; crime by year and runs side by side.
#include "tests/world_fixture.h"

#include "geo/base/error.h"
#include "layers/layers.h"

#define VISITS "from,to,on,year,people,purpose\n"

static char *cell(const GapTable *t, size_t row, const char *column) {
    int at = gap_table_find(t, column);
    if (at < 0)
        fail_msg("%s has no %s", gap_table_name(t), column);
    char *text = gap_table_cell_string(t, row, (size_t)at);
    return text ? text : g_strdup("null");
}

static void assert_cell(const GapTable *t, size_t row, const char *column, const char *want) {
    g_autofree char *got = cell(t, row, column);
    if (!g_str_equal(got, want))
        fail_msg("%s, row %zu, %s: '%s', not '%s'", gap_table_name(t), row, column, got, want);
}

static GapTable *layer(const char *name) {
    GError *error = NULL;
    GapTable *t = gap_layer_table(world.store, name, NULL, &error);
    assert_no_error(error);
    return t;
}

static void visits_are_judged(void **state) {
    (void)state;
    static const struct {
        const char *row, *says;
    } cases[] = {
        {"A1,A1,,2017,3,\n", "field to, value 'A1': is where they come from; a visit leads to"},
        {"A1,Nowhere,,2017,3,\n", "field to, value 'Nowhere'"},
        {"A1,,,2017,3,\n", "field to"},
        {"A1,A2,2017-05-01,2016,3,\n", "field year, value '2016': the day, 2017-05-01, lies in"},
        {"A1,A2,2999-05-01,,3,\n", "field on, value '2999-05-01'"},
        {"A1,A2,,2017,-3,\n", "field people, value '-3': negative"},
        {"A1,Osh,,2017,3,\n", "field to, value 'Osh': several bear this name"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(VISITS, cases[i].row, NULL);
        g_autoptr(GError) error = NULL;
        const GapLoadOptions options = {.strict = true};
        g_autoptr(GapLoadReport) report =
            world_try(&world, "visits", "v.csv", text, &options, &error);
        assert_null(report);
        if (!strstr(error->message, cases[i].says))
            fail_msg("'%s' says '%s', not '%s'", cases[i].row, error->message, cases[i].says);
    }
}

static void visits_add_up_to_flows(void **state) {
    (void)state;
    world_load(&world, "visits", "v.csv",
               VISITS "A1,Whole,2017-05-01,,12,plans\n"
                      "A1,B1,,2016,,plans\n"
                      "B1,A1,,,7,\n"
                      "Middle,B1,,2018,5,\n");
    g_autoptr(GapTable) visits = layer("visits");
    assert_int_equal(gap_table_rows(visits), 4);
    assert_cell(visits, 0, "to", "B1");
    assert_cell(visits, 0, "to_en", "Whole");
    assert_cell(visits, 0, "year", "2017"); // of its day
    assert_cell(visits, 1, "people", "null");
    assert_cell(visits, 2, "year", "null");
    g_autoptr(GapGeometry) line = gap_geometry_from_wkb(gap_table_geometry(visits, 2), NULL);
    assert_int_equal(line->kind, GAP_SHAPE_LINE);
    assert_near(line->xy[0], 71.5, 1e-6); // from the seat of B1 to that of A1
    assert_near(line->xy[2], 70.25, 1e-6);
    g_autoptr(GapTable) flows = layer("visit_flows");
    assert_int_equal(gap_table_rows(flows), 3);
    assert_cell(flows, 0, "visits", "2"); // A1 to B1
    assert_cell(flows, 0, "people", "12");
    assert_cell(flows, 0, "first_year", "2016");
    assert_cell(flows, 0, "last_year", "2017");
    g_autoptr(GapTable) areas = layer("visit_areas");
    assert_int_equal(gap_table_rows(areas), 3);
    assert_cell(areas, 0, "received", "1"); // A1
    assert_cell(areas, 0, "guests", "7");
    assert_cell(areas, 0, "made", "2");
    assert_cell(areas, 1, "guests", "null"); // nobody came to A2
    assert_cell(areas, 2, "guests", "17");
    GError *error = NULL;
    g_autoptr(GHashTable) facts = gap_layer_facts(world.store, NULL, &error);
    assert_no_error(error);
    assert_string_equal(g_hash_table_lookup(facts, "visits"), "4");
    assert_string_equal(g_hash_table_lookup(facts, "visit_people"), "24");
    world_check(&world);
}

static void visits_hold_their_areas_and_go(void **state) {
    (void)state;
    g_autofree char *before = world_dump(&world);
    world_load(&world, "visits", "v.csv", VISITS "A1,B1,,2017,12,plans\n");
    g_autoptr(GError) error = NULL;
    assert_false(gap_unload(world.store, "boundaries/municipalities", &error));
    assert_error_says(error, "rows of 'visit' need rows of 'area'");
    g_clear_error(&error);
    gap_unload(world.store, "visits/v", &error);
    assert_no_error(error);
    g_autofree char *after = world_dump(&world);
    assert_string_equal(before, after);
    g_autoptr(GHashTable) facts = gap_layer_facts(world.store, NULL, &error);
    assert_false(g_hash_table_contains(facts, "visits"));
}

/** Every year of the span, also one without figures; the rate by the people of the nearest year. */
static void crime_by_year(void **state) {
    (void)state;
    world_load(&world, "people", "p.csv",
               "area,year,people,basis\nXX-B,2010,1000,published\nXX-B,2014,2000,published\n");
    GError *error = NULL;
    g_autoptr(GHashTable) none = gap_layer_facts(world.store, NULL, &error);
    assert_false(g_hash_table_contains(none, "years_known"));
    world_load(&world, "crime", "c.csv",
               "area,year,offence,count,basis\n"
               "XX-B,2011,all_registered,10,published\n"
               "XX-B,2012,all_registered,11,published\n"
               "XX-B,2014,all_registered,12,published\n"
               "XX-B,2016,murder,3,published\n");
    g_autoptr(GapTable) t = layer("crime_years");
    assert_int_equal(gap_table_rows(t), 2 * 4); // XX-A and XX-B, 2011 to 2014
    assert_cell(t, 0, "code", "XX-A");
    assert_cell(t, 0, "crime_rate", "null");
    assert_cell(t, 1, "crime_rate", "1000");
    assert_cell(t, 3, "people_year", "2010"); // 2012 lies between: the earlier one
    assert_cell(t, 3, "crime_rate", "1100");
    assert_cell(t, 5, "year", "2013");
    assert_cell(t, 5, "crimes", "null");
    assert_cell(t, 7, "crime_rate", "600");
    g_autoptr(GHashTable) facts = gap_layer_facts(world.store, NULL, &error);
    assert_string_equal(g_hash_table_lookup(facts, "years_known"), "3");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(visits_are_judged, set_up_world, tear_down),
        cmocka_unit_test_setup_teardown(visits_add_up_to_flows, set_up_world, tear_down),
        cmocka_unit_test_setup_teardown(visits_hold_their_areas_and_go, set_up_world, tear_down),
        cmocka_unit_test_setup_teardown(crime_by_year, set_up_world, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
