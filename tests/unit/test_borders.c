// Border segments: judged, dated, and laid along the outline.
#include "tests/world_fixture.h"

#include "geo/shape/facing.h"
#include "layers/layers.h"

#define BORDERS    "neighbour,segment,status,since,geom\n"
#define NEIGHBOURS "code,name_en,name_ru,name_ky,geom\n"
/* The country is 70-72 E, 40-41 N: one neighbour in the west, the other on three sides. */
#define WEST "WW,Westland,Вестландия,,\"POLYGON((69 40,70 40,70 41,69 41,69 40))\"\n"
#define REST                                                                                       \
    ",Restland,Рестландия,,"                                                             \
    "\"POLYGON((69 39,73 39,73 42,69 42,69 41,72 41,72 40,69 40,69 39))\"\n"

static int set_up(void **state) {
    set_up_world(state);
    world_load(&world, "neighbours", "n.csv", NEIGHBOURS WEST REST);
    return 0;
}

static GapTable *layer(const char *name, const char *run) {
    GError *error = NULL;
    GapTable *t = gap_layer_table(world.store, name, run, &error);
    assert_no_error(error);
    return t;
}

static char *cell(const GapTable *t, size_t row, const char *column) {
    char *text = gap_table_cell_string(t, row, (size_t)gap_table_find(t, column));
    return text ? text : g_strdup("null");
}

static void assert_cell(const GapTable *t, size_t row, const char *column, const char *want) {
    g_autofree char *got = cell(t, row, column);
    if (!g_str_equal(got, want))
        fail_msg("row %zu, %s: '%s', not '%s'", row, column, got, want);
}

/** A run of which only the day matters. */
static void run_on(const char *label, const char *day) {
    g_autofree char *sql = g_strdup_printf(
        "INSERT INTO run (label, as_of, kinds, people_year, points_counted, points_assumed,"
        " points_left_out, within_m, version, made_from, made_at)"
        " VALUES ('%s', '%s', '', 0, 0, 0, 0, 1, '', '', '')",
        label, day);
    world_run(&world, sql);
}

static void rows_are_judged(void **state) {
    (void)state;
    static const struct {
        const char *rows, *says;
    } cases[] = {
        {"Nowhere,,delimited,,\n",
         "b.csv, row 1, field neighbour, value 'Nowhere': no neighbour has "
         "this code or name; loaded are Restland, WW Westland"},
        {",,delimited,,\n", "field neighbour: empty, and so is segment"},
        {"WW,,agreed,,\n", "field status, value 'agreed': not one of undelimited,"},
        {"WW,,,2001,\n", "field status"},
        {"WW,,delimited,soon,\n", "field since, value 'soon': neither a year nor a day"},
        {"WW,,delimited,2001,\nwestland,,undelimited,2001,\n",
         "row 2, field neighbour,segment,since, value 'WW||2001': stands already in row 1"},
        {"WW,,delimited,,POINT(70 40)\n", "border segments need lines; give a layer of lines"},
        {"WW,,delimited,,\"LINESTRING(7000 40,70 41)\"\n", "states no coordinate system"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strconcat(BORDERS, cases[i].rows, NULL);
        g_autoptr(GError) error = NULL;
        const GapLoadOptions options = {.strict = true};
        g_autoptr(GapLoadReport) report =
            world_try(&world, "borders", "b.csv", text, &options, &error);
        assert_null(report);
        assert_error_says(error, cases[i].says);
    }
    world_run(&world, "DELETE FROM scenery");
    g_autoptr(GError) error = NULL;
    assert_null(world_try(&world, "borders", "b.csv", BORDERS "WW,,delimited,,\n", NULL, &error));
    assert_error_says(error, "no neighbours are loaded: gapmap load neighbours FILE comes first");
}

static void a_refused_row_is_kept(void **state) {
    (void)state;
    GError *error = NULL;
    g_autoptr(GapLoadReport) report = world_try(
        &world, "borders", "b.csv", BORDERS "WW,,delimited,,\nZZ,,delimited,,\n", NULL, &error);
    assert_no_error(error);
    assert_int_equal(report->kept, 1);
    assert_int_equal(report->refused, 1);
    world_check(&world);
}

static void the_status_of_the_day_counts(void **state) {
    (void)state;
    static const struct {
        const char *day, *west, *rest;
    } cases[] = {
        {"1999-12-31", "undelimited", NULL},
        {"2000-01-01", "partly_delimited", NULL}, // a year begins with its first day
        {"2017-09-04", "partly_delimited", NULL},
        {"2017-09-05", "delimited", NULL},
        {"2020-06-01", "delimited", "demarcated"},
    };
    world_load(&world, "borders", "b.csv",
               BORDERS "WW,,delimited,2017-09-05,\n"
                       "Вестландия,,undelimited,,\n" // by any of its names
                       "WW,,partly_delimited,2000,\n"
                       "RESTLAND,,demarcated,2020,\n");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        run_on(cases[i].day, cases[i].day);
        g_autoptr(GapTable) t = layer("borders", cases[i].day);
        assert_int_equal(gap_table_rows(t), cases[i].rest ? 2 : 1);
        assert_cell(t, gap_table_rows(t) - 1, "status", cases[i].west);
        assert_cell(t, gap_table_rows(t) - 1, "name_en", "Westland");
        if (cases[i].rest)
            assert_cell(t, 0, "status", cases[i].rest);
    }
    g_autoptr(GapTable) all = layer("border_changes", NULL);
    assert_int_equal(gap_table_rows(all), 4);
}

static double length_of(const GapTable *t, size_t row) {
    return gap_table_real(t, row, (size_t)gap_table_find(t, "length_km"));
}

static void borders_of_all_neighbours_are_the_outline(void **state) {
    (void)state;
    world_load(&world, "borders", "b.csv", BORDERS "Restland,,delimited,,\nWW,,undelimited,,\n");
    g_autoptr(GapTable) t = layer("borders", NULL);
    g_autoptr(GapTable) country = layer("country", NULL);
    g_autoptr(GapGeometry) outline = gap_geometry_from_wkb(gap_table_geometry(country, 0), NULL);
    g_autoptr(GapGeometry) west = gap_geometry_from_wkb(gap_table_geometry(t, 1), NULL);
    assert_int_equal(west->n_parts, 1);
    assert_near(west->xy[0], 70, 0);
    assert_near(west->xy[west->n_points * 2 - 2], 70, 0);
    assert_near(length_of(t, 1), 111, 0.1); // a degree of latitude
    assert_near(length_of(t, 0) + length_of(t, 1), gap_facing_length_m(outline) / 1000, 0.01);
}

static void a_segment_with_a_line_is_no_part_of_the_rest(void **state) {
    (void)state;
    world_load(&world, "borders", "b.csv",
               BORDERS "WW,,delimited,,\n"
                       "WW,South,undelimited,,\"LINESTRING(70.001 40,69.999 40.4)\"\n"
                       "WW,South,delimited,2030,\n" // its line is that of the segment
                       ",Inner,undelimited,,\"LINESTRING(70.5 40.2,70.5 40.8)\"\n");
    run_on("now", "2031-01-01");
    g_autoptr(GapTable) t = layer("borders", "now");
    assert_int_equal(gap_table_rows(t), 3);
    assert_cell(t, 0, "segment", "Inner");
    assert_near(length_of(t, 0), 66.6, 0.1); // as it stands
    assert_cell(t, 2, "segment", "South");
    assert_cell(t, 2, "status", "delimited");
    assert_near(length_of(t, 2), 44.4 + 1 + 1, 1); // and a kilometre round either end
    // What is cut off at the corner is the south's, so the west has no more than its degree.
    assert_near(length_of(t, 1) + length_of(t, 2), 111 + 1, 1);
    GapGeometry *south = gap_geometry_from_wkb(gap_table_geometry(t, 2), NULL);
    for (uint32_t i = 0; i < south->n_points; i++)
        assert_true(south->xy[2 * i] == 70 || south->xy[2 * i + 1] == 40); // on the outline
    gap_geometry_free(south);
}

static void what_has_no_line_is_told(void **state) {
    (void)state;
    GError *error = NULL;
    g_autoptr(GapLoadReport) report =
        world_try(&world, "borders", "b.csv", BORDERS "WW,North,undelimited,,\n", NULL, &error);
    assert_no_error(error);
    assert_int_equal(report->notes->len, 1);
    assert_non_null(strstr(report->notes->pdata[0], "no line is known of WW, North"));
    g_autoptr(GapTable) t = layer("borders", NULL);
    assert_null(gap_table_geometry(t, 0));
}

static void load_provinces(const GapLoadOptions *options) {
    GError *error = NULL;
    g_autoptr(GapLoadReport) report =
        world_try(&world, "boundaries", "provinces.csv", PROVINCES, options, &error);
    assert_no_error(error);
}

/** A change counts that began after the outline's day and by the map's. */
static void an_outline_may_be_older_than_a_change(void **state) {
    (void)state;
    static const struct {
        GapLoadOptions outline;
        const char *day, *newer; // of 2017-09-05 and 2023
    } cases[] = {
        {{.vintage = "geo 0.6.0"}, "2024-01-01", "0 0"}, // nobody knows how old it is
        {{.vintage = "geo 0.6.0", .dated = "2017-09-04"}, "2024-01-01", "1 1"},
        {{.vintage = "geo 0.6.0", .dated = "2017-09-05"}, "2024-01-01", "0 1"},
        {{.dated = "2017-09-04"}, "2022-12-31", "1 0"}, // nothing is known to the map of 2022
        {{.vintage = "2017"}, "2024-01-01", "0 1"},     // it may be of December
        {{.vintage = "2016"}, "2024-01-01", "1 1"},
        {{.vintage = "2023"}, "2024-01-01", "0 0"},
        {{.vintage = "2017-01-31"}, "2024-01-01", "1 1"},
        {{.vintage = "2007-2018"}, "2024-01-01", "0 0"},
    };
    world_load(&world, "borders", "b.csv",
               BORDERS
               "WW,,undelimited,,\nWW,,partly_delimited,2017-09-05,\nWW,,delimited,2023,\n");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *label = g_strdup_printf("%zu", i);
        load_provinces(&cases[i].outline);
        run_on(label, cases[i].day);
        g_autoptr(GapTable) t = layer("border_changes", label);
        assert_cell(t, 0, "newer", "0");
        g_autofree char *second = cell(t, 1, "newer"), *third = cell(t, 2, "newer");
        g_autofree char *got = g_strjoin(" ", second, third, NULL);
        if (!g_str_equal(got, cases[i].newer))
            fail_msg("case %zu: %s, not %s", i, got, cases[i].newer);
    }
}

static void they_come_and_go(void **state) {
    (void)state;
    g_autofree char *before = world_dump(&world);
    world_load(&world, "borders", "b.csv", BORDERS "WW,,delimited,,\n");
    world_check(&world);
    world_run(&world, "UPDATE scenery SET code = 'XX' WHERE code = 'WW'");
    g_autoptr(GError) error = NULL;
    g_autoptr(GapTable) found = gap_store_check(world.store, &error);
    assert_int_equal(gap_table_rows(found), 1);
    assert_cell(found, 0, "detail", "borders/b row 1: WW");
    world_run(&world, "UPDATE scenery SET code = 'WW' WHERE code = 'XX'");
    gap_unload(world.store, "borders/b", &error);
    assert_no_error(error);
    g_autofree char *after = world_dump(&world);
    assert_string_equal(before, after);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(rows_are_judged),
        TEST(a_refused_row_is_kept),
        TEST(the_status_of_the_day_counts),
        TEST(borders_of_all_neighbours_are_the_outline),
        TEST(a_segment_with_a_line_is_no_part_of_the_rest),
        TEST(what_has_no_line_is_told),
        TEST(an_outline_may_be_older_than_a_change),
        TEST(they_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
