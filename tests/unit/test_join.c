#include "tests/world_fixture.h"

#include "layers/join.h"

static void points_lie_in_the_area_that_covers_them(void **state) {
    (void)state;
    static const struct {
        double lon, lat;
        const char *area;
    } cases[] = {
        {70.2, 40.5, "A1"}, {70.8, 40.5, "A2"},
        {71.5, 40.5, "B1"}, {70.5, 40.5, "A1"}, // on a shared border: the lowest code
        {71, 40.5, "A2"},                       // so too between provinces
        {70, 40, "A1"},                         // corners of the country are in it
        {72, 41, "B1"},     {71, 41, "A2"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf("code,lon,lat\np,%.10g,%.10g\n", cases[i].lon, cases[i].lat);
        world_load(&world, "places", "p.csv", text);
        g_autofree char *area = world_text(&world, "SELECT area FROM place");
        if (g_strcmp0(area, cases[i].area))
            fail_msg("%g %g lies in %s", cases[i].lon, cases[i].lat, area);
    }
}

/* Where the finest level has no area, the next one takes the point; boundaries that come later
 * join again. */
static void levels_step_in_for_each_other(void **state) {
    (void)state;
    world_load(&world, "places", "p.csv", "code,lon,lat\np,71.5,40.5\n");
    world_load(&world, "police_points", "q.csv",
               "code,kind,status,precision,lon,lat\nq,point,open,exact,71.5,40.5\n");
    static const struct {
        const char *name, *rows, *area;
    } steps[] = {
        {"municipalities.csv", "A1,municipality,XX-A,,A,official," BOX_A1 "\n", "XX-B"},
        {"districts.csv", "D,district,XX-B,,D,official," BOX_B "\n", "D"},
        {"municipalities.csv", "B9,municipality,D,,B,official," BOX_B "\n", "B9"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        g_autofree char *text = g_strconcat(AREA_HEADER, steps[i].rows, NULL);
        world_load(&world, "boundaries", steps[i].name, text);
        g_autofree char *place = world_text(&world, "SELECT area FROM place");
        g_autofree char *point = world_text(&world, "SELECT area FROM police_point");
        assert_string_equal(place, steps[i].area);
        assert_string_equal(point, steps[i].area);
    }
}

/* Foreign ground inside the country is not the country, and an island of ours in it is. */
static void holes_are_outside(void **state) {
    (void)state;
    world_load(&world, "boundaries", "provinces.csv",
               AREA_HEADER "XX-A,province,XX,01,Osh,official,\"MULTIPOLYGON(((70 40,71 40,71 41,70 "
                           "41,70 40),(70.2 40.2,70.2 40.8,70.4 40.8,70.4 40.2,70.2 40.2)),((70.29 "
                           "40.49,70.31 40.49,70.31 40.51,70.29 40.51,70.29 40.49)))\"\n"
                           "XX-B,province,XX,02,East,official," BOX_B "\n");
    static const struct {
        double lon, lat;
        bool inside;
    } cases[] = {{70.1, 40.5, true}, {70.25, 40.5, false}, {70.2, 40.5, true},
                 {70.3, 40.5, true}, {70.32, 40.5, false}, {70.41, 40.5, true}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf("code,lon,lat\nsure,71.5,40.5\np,%.10g,%.10g\n",
                                                cases[i].lon, cases[i].lat);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLoadReport) report = world_try(&world, "places", "p.csv", text, NULL, &error);
        assert_no_error(error);
        if ((report->refused == 0) != cases[i].inside)
            fail_msg("%g %g", cases[i].lon, cases[i].lat);
    }
}

static gint64 count_of(const GapTable *left, const char *what, const char **examples) {
    for (size_t r = 0; r < gap_table_rows(left); r++)
        if (g_str_equal(gap_table_text(left, r, 1), what)) {
            *examples = gap_table_text(left, r, 3);
            return gap_table_int(left, r, 2);
        }
    return 0;
}

static void leftovers_stand_on_both_sides(void **state) {
    (void)state;
    world_load(&world, "places", "p.csv", "code,lon,lat\np,70.2,40.5\n");
    world_load(&world, "people", "people.csv", "area,year,people,basis\nXX-A,2015,5,press\n");
    world_load(&world, "crime", "c.csv",
               "area,year,offence,count,basis\nXX,2017,theft,9,press\nXX-A,2017,theft,3,press\n"
               "XX-B,2017,theft,5,press\n");
    world_load(&world, "plans", "plans.csv",
               "area,status,plans,funded_usd\nA1,endorsed,,\nXX,endorsed,4,1000\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(GapLoadReport) report = world_try(
        &world, "police_points", "q.csv",
        "code,kind,status,precision,lon,lat\nq,point,open,exact,71,40\nr,x,open,exact,71,40\n",
        NULL, &error);
    assert_no_error(error);
    g_autoptr(GapTable) left = gap_join_leftovers(world.store, &error);
    assert_no_error(error);
    static const struct {
        const char *what;
        int count;
        const char *examples;
    } want[] = {
        {"municipalities with no place in them", 2, "A2, B1"},
        {"provinces without a figure of people", 1, "XX-B"},
        {"provinces without a figure of crime", 0, NULL},
        {"municipalities whose plan is unknown", 2, "A2, B1"},
        {"endorsed plans that no row of an area explains", 4, NULL},
        {"local money (USD) that no row of an area explains", 0, NULL},
        {"totals that their parts do not add up to", 1, "XX 2017 theft: 1"},
        {"rows refused", 1, "q row 2"},
        {"in no area", 0, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        const char *examples = NULL;
        assert_int_equal(count_of(left, want[i].what, &examples), want[i].count);
        if (g_strcmp0(examples, want[i].examples))
            fail_msg("%s: %s", want[i].what, examples);
    }
    for (size_t r = 0; r < gap_table_rows(left); r++)
        if (g_str_has_prefix(gap_table_text(left, r, 1), "local money"))
            assert_int_equal(gap_table_int(left, r, 4), 1000);
}

/* A row of the country without numbers is one plan, not none: no row vanishes. */
static void a_plan_of_no_known_place_counts(void **state) {
    (void)state;
    world_load(&world, "plans", "plans.csv", "area,status\nXX,endorsed\nXX,drafted\nXX,endorsed\n");
    assert_true(world_number(&world, "SELECT count(*) FROM plan") == 0);
    assert_true(world_number(&world, "SELECT amount FROM unallocated WHERE item ="
                                     " 'plans_endorsed'") == 2);
    assert_true(world_number(&world, "SELECT amount FROM unallocated WHERE item ="
                                     " 'plans_drafted'") == 1);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_world, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(points_lie_in_the_area_that_covers_them),
        TEST(levels_step_in_for_each_other),
        TEST(holes_are_outside),
        TEST(leftovers_stand_on_both_sides),
        TEST(a_plan_of_no_known_place_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
