#include "tests/folder_fixture.h"

#include "geo/files/vector.h"
#include "layers/travel/speeds.h"

static char *file_of(const char *name, const char *text) {
    char *path = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static GapSpeeds *speeds_of(const char *table, const char *scenario, GError **error) {
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    return gap_speeds_new(table, scenario, notes, error);
}

static double kmh(const GapSpeeds *speeds, GapSpeedKind kind, const char *text) {
    const int number = gap_speeds_find(speeds, kind, text);
    return number < 0 ? -1 : gap_speeds_get(speeds, number)->kmh;
}

static void words_of_data_mean_classes(void **state) {
    (void)state;
    static const struct {
        GapSpeedKind kind;
        const char *text;
        double kmh;
    } cases[] = {
        {GAP_SPEED_ROAD, "primary", 65},
        {GAP_SPEED_ROAD, " Primary ", 65},
        {GAP_SPEED_ROAD, "living-street", 10},
        {GAP_SPEED_ROAD, "track_grade3", 20},
        {GAP_SPEED_ROAD, "footway", 5},
        {GAP_SPEED_ROAD, "residential", 25},
        {GAP_SPEED_LAND, "residential", 5},
        {GAP_SPEED_LAND, "40", 4},
        {GAP_SPEED_LAND, "40.0", 4},
        {GAP_SPEED_LAND, "40.5", -1},
        {GAP_SPEED_LAND, "80", 0},
        {GAP_SPEED_LAND, "Tree cover", 2},
        {GAP_SPEED_ROAD, "forest", -1},
        {GAP_SPEED_LAND, "primary", -1},
        {GAP_SPEED_LAND, "", -1},
        {GAP_SPEED_ROAD, "\xff\xfe", -1},
    };
    g_autoptr(GapSpeeds) speeds = speeds_of(NULL, NULL, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (kmh(speeds, cases[i].kind, cases[i].text) != cases[i].kmh)
            fail_msg("'%s': %g", cases[i].text, kmh(speeds, cases[i].kind, cases[i].text));
    for (GapSpeedKind kind = GAP_SPEED_ROAD; kind <= GAP_SPEED_LAND; kind++) {
        g_autofree char *known = gap_speeds_known(speeds, kind);
        g_auto(GStrv) names = g_strsplit(known, ", ", -1);
        assert_true(g_strv_length(names) > 10);
        for (char **name = names; *name; name++) { // every default says where it is from
            const GapSpeed *speed = gap_speeds_get(speeds, gap_speeds_find(speeds, kind, *name));
            assert_true(strlen(speed->source) > 10 && (speed->kmh > 0) == (speed->mode != 0));
        }
    }
}

/* A table as AccessMod writes it. */
static void tables_go_before_defaults(void **state) {
    (void)state;
    g_autofree char *path =
        file_of("s.csv", "class,label,speed,mode\n10,Dense forest,1.5,WALKING\n40,Fields,6,"
                         "BICYCLING\n1001,Primary,50,MOTORIZED\n1004,Path,3,walking\n"
                         "99,Cliffs,0,WALKING\nmud,,1,walk\n");
    GError *error = NULL;
    g_autoptr(GapSpeeds) speeds = speeds_of(path, NULL, &error);
    assert_no_error(error);
    assert_near(kmh(speeds, GAP_SPEED_LAND, "10"), 1.5, 0);
    assert_near(kmh(speeds, GAP_SPEED_LAND, "Dense forest"), 1.5, 0);
    assert_near(kmh(speeds, GAP_SPEED_LAND, "forest"), 2, 0); // the default
    assert_near(kmh(speeds, GAP_SPEED_ROAD, "1001"), 50, 0);
    assert_near(kmh(speeds, GAP_SPEED_ROAD, "primary"), 50, 0); // by its label
    assert_near(kmh(speeds, GAP_SPEED_ROAD, "secondary"), 55, 0);
    assert_near(kmh(speeds, GAP_SPEED_ROAD, "path"), 3, 0);
    assert_near(kmh(speeds, GAP_SPEED_LAND, "mud"), 1, 0);
    const GapSpeed *fields = gap_speeds_get(speeds, gap_speeds_find(speeds, GAP_SPEED_LAND, "40"));
    assert_int_equal(fields->mode, GAP_MODE_BICYCLE);
    assert_string_equal(fields->label, "Fields");
    assert_non_null(strstr(fields->source, "s.csv"));
    const GapSpeed *cliffs = gap_speeds_get(speeds, gap_speeds_find(speeds, GAP_SPEED_LAND, "99"));
    assert_int_equal(cliffs->mode, GAP_MODE_CLOSED);
    const GapSpeed *road = gap_speeds_get(speeds, gap_speeds_find(speeds, GAP_SPEED_ROAD, "1001"));
    assert_true(road->winter_open);
}

/* The same as a workbook, where classes and speeds are numbers. */
static void workbooks_are_tables_too(void **state) {
    (void)state;
    g_autoptr(GapTable) table = gap_table_new("scenario");
    gap_table_add_column(table, &(GapColumnSpec){"class", GAP_TYPE_INT});
    gap_table_add_column(table, &(GapColumnSpec){"label", GAP_TYPE_TEXT});
    gap_table_add_column(table, &(GapColumnSpec){"speed", GAP_TYPE_REAL});
    gap_table_add_column(table, &(GapColumnSpec){"mode", GAP_TYPE_TEXT});
    for (int i = 0; i < 3; i++) {
        const size_t row = gap_table_add_row(table);
        gap_table_set_int(table, row, 0, 1001 + i);
        gap_table_set_text(table, row, 1, i ? "Other" : "Primary");
        gap_table_set_real(table, row, 2, 12.5 + i);
        gap_table_set_text(table, row, 3, "MOTORIZED");
    }
    GError *error = NULL;
    g_autofree char *path = g_build_filename(folder, "s.xlsx", NULL);
    assert_true(gap_vector_write_xlsx(&table, 1, path, &error));
    g_autoptr(GapSpeeds) speeds = speeds_of(path, "night", &error);
    assert_no_error(error);
    assert_near(kmh(speeds, GAP_SPEED_ROAD, "1001"), 10, 1e-9);
    assert_near(kmh(speeds, GAP_SPEED_LAND, "1003"), 11.6, 1e-9);
    assert_near(kmh(speeds, GAP_SPEED_ROAD, "primary"), 10, 1e-9);
}

static void kinds_and_decimal_commas(void **state) {
    (void)state;
    g_autofree char *path = file_of("k.csv", "класс;название;скорость (км/ч);mode;kind\n"
                                             "residential;;17,5;MOTORIZED;road\n"
                                             "residential;;4,5;WALKING;land\n");
    GError *error = NULL;
    g_autoptr(GapSpeeds) speeds = speeds_of(path, NULL, &error);
    assert_no_error(error);
    assert_near(kmh(speeds, GAP_SPEED_ROAD, "residential"), 17.5, 0);
    assert_near(kmh(speeds, GAP_SPEED_LAND, "residential"), 4.5, 0);
}

static void bad_tables_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"class,label,speed,mode\n1,A,5,WALKING\n2,B,-3,WALKING\n",
         "row 2, field speed, value '-3'"},
        {"class,label,speed,mode\n1,A,301,WALKING\n", "row 1, field speed, value '301'"},
        {"class,label,speed,mode\n1,A,fast,WALKING\n", "field speed, value 'fast'"},
        {"class,label,speed,mode\n1,A,nan,WALKING\n", "field speed"},
        {"class,label,speed,mode\n1,A,5,FLYING\n", "row 1, field mode, value 'FLYING'"},
        {"class,label,speed,mode\n1,A,5,\n", "field mode"},
        {"class,label,speed,mode\n,A,5,WALKING\n", "field class"},
        {"class,label,speed,mode\n1,A,5,WALKING\n1.0,B,6,WALKING\n", "already in row 1"},
        {"class,label,speed,mode,kind\n1,A,5,WALKING,sea\n", "field kind"},
        {"class,label,mode\n1,A,WALKING\n", "speed"},
        {"", "empty"},
        {"class\n", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autofree char *path = file_of("bad.csv", cases[i].text);
        g_autoptr(GapSpeeds) speeds = speeds_of(path, NULL, &error);
        if (speeds)
            fail_msg("taken: %s", cases[i].text);
        assert_error_says(error, cases[i].says);
    }
    GError *error = NULL;
    assert_null(speeds_of("/nowhere/s.csv", NULL, &error));
    assert_error_says(error, "no such file");
}

static void scenarios_change_speeds(void **state) {
    (void)state;
    static const struct {
        const char *scenario;
        double primary, path, closed_above_m;
        bool seasonal;
    } cases[] = {{"summer", 65, 5, INFINITY, false},
                 {"winter", 52, 3.5, 3000, true},
                 {" winter ; night ", 41.6, 2.8, 3000, true},
                 {"winter;vehicle=0.5;closed_above_m=2500", 32.5, 3.5, 2500, true},
                 {"winter;closed_above_m=4000", 52, 3.5, 4000, true},
                 {"", 65, 5, INFINITY, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autoptr(GapSpeeds) speeds = speeds_of(NULL, cases[i].scenario, &error);
        assert_no_error(error);
        assert_near(kmh(speeds, GAP_SPEED_ROAD, "primary"), cases[i].primary, 1e-9);
        assert_near(kmh(speeds, GAP_SPEED_ROAD, "path"), cases[i].path, 1e-9);
        assert_true(gap_speeds_closed_above_m(speeds) == cases[i].closed_above_m);
        assert_int_equal(gap_speeds_closes_seasonal(speeds), cases[i].seasonal);
    }
    static const struct {
        const char *scenario, *says;
    } bad[] = {{"monsoon", "no scenario 'monsoon'"},
               {"vehicle=-1", "above 0"},
               {"vehicle=0", "above 0"},
               {"vehicle=x", "x"},
               {"rocket=2", "no 'rocket'"},
               {"walk=nan", ""}};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        GError *error = NULL;
        if (speeds_of(NULL, bad[i].scenario, &error))
            fail_msg("%s", bad[i].scenario);
        assert_error_says(error, bad[i].says);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_data_mean_classes), cmocka_unit_test(tables_go_before_defaults),
        cmocka_unit_test(kinds_and_decimal_commas),   cmocka_unit_test(bad_tables_are_refused),
        cmocka_unit_test(scenarios_change_speeds),    cmocka_unit_test(workbooks_are_tables_too),
    };
    return cmocka_run_group_tests(tests, set_up_folder, tear_down_folder);
}
