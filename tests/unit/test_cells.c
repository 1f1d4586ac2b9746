#include "tests/world_fixture.h"

#include "layers/finder.h"

static int set_up(void **state) {
    (void)state;
    world = world_new(false);
    return 0;
}

#define POINTS "code,level,parent,name_en,lon,lat\n"
#define THREE                                                                                      \
    POINTS "M1,municipality,XX-A,One,70.2,40.5\nM2,municipality,XX-A,Two,70.8,40.5\n"              \
           "M3,municipality,XX-A,Three,70.5,40.9\n"

static bool says(const GapLoadReport *report, const char *part) {
    for (guint i = 0; i < report->notes->len; i++)
        if (strstr(report->notes->pdata[i], part))
            return true;
    return false;
}

static void assert_says(const GapLoadReport *report, const char *part) {
    if (!says(report, part))
        fail_msg("no note says %s", part);
}

static GapLoadReport *load(const char *name, const char *text, bool cells, bool fill) {
    g_autoptr(GError) error = NULL;
    const GapLoadOptions options = {.cells = cells, .fill = fill};
    GapLoadReport *report = world_try(&world, "boundaries", name, text, &options, &error);
    assert_no_error(error);
    world_check(&world);
    return report;
}

/* Square degrees of what `where` chooses of the areas. */
static double area_of(const char *where) {
    g_autofree char *sql =
        g_strdup_printf("SELECT coalesce(sum(ST_Area(geom)), 0) FROM area WHERE %s", where);
    return world_number(&world, sql);
}

static void points_become_cells_of_their_parent(void **state) {
    (void)state;
    g_autoptr(GapLoadReport) report = load("m.csv", THREE, true, false);
    assert_int_equal(report->kept, 3);
    assert_says(
        report,
        "nearest-place cells made: 3; areas that stand for the one above: 1; areas so divided: 2");
    assert_says(report, "East (XX-B) has no municipality: it stands for one itself, XX-B.1");
    assert_near(area_of("parent = 'XX-A' AND level = 'municipality'"), 1, 1e-9);
    assert_near(area_of("code = 'XX-B.1' AND parent = 'XX-B' AND boundary_quality = 'official'"), 1,
                1e-9);
    assert_true(world_number(&world, "SELECT count(*) FROM area WHERE code LIKE 'M_' AND"
                                     " boundary_quality = 'approximate' AND seat_lon > 70 AND"
                                     " area_km2 > 1000") == 3);
    g_autoptr(GapAreas) areas = gap_areas_new(world.store, NULL);
    assert_string_equal(gap_areas_finest(areas, 70.3, 40.4, NULL), "M1");
    assert_string_equal(gap_areas_finest(areas, 70.7, 40.4, NULL), "M2");
    assert_string_equal(gap_areas_finest(areas, 70.5, 40.8, NULL), "M3");
    assert_string_equal(gap_areas_finest(areas, 71.5, 40.5, NULL), "XX-B.1");
    // A name that the whole shares with its area still finds the area.
    g_autoptr(GapFinder) finder = gap_finder_new(world.store, areas);
    const GapFinderQuestion east = {.text = "East"};
    const char *bearer;
    g_autofree char *reason = NULL;
    assert_string_equal(gap_finder_find(finder, GAP_GAZETTEER_AREAS, &east, &bearer, &reason),
                        "XX-B");
}

static void cells_follow_what_they_divide(void **state) {
    (void)state;
    gap_load_report_free(load("m.csv", THREE, true, false));
    g_autofree char *before = world_dump(&world);
    // The border of the provinces moves: the cells move with it, and back.
    gap_load_report_free(load("provinces.csv",
                              AREA_HEADER
                              "XX-A,province,XX,01,Osh,official,\"POLYGON((70 40,71.2 40,71.2 41,"
                              "70 41,70 40))\"\nXX-B,province,XX,02,East,official,\"POLYGON((71.2 "
                              "40,72 40,72 41,71.2 41,71.2 40))\"\n",
                              false, false));
    assert_near(area_of("parent = 'XX-A'"), 1.2, 1e-9);
    assert_near(area_of("code = 'XX-B.1'"), 0.8, 1e-9);
    gap_load_report_free(load("provinces.csv", PROVINCES, false, false));
    g_autofree char *after = world_dump(&world);
    assert_string_equal(after, before);
    // Without cells nothing stands for anything.
    g_autoptr(GError) error = NULL;
    assert_true(gap_unload(world.store, "boundaries/m", &error));
    assert_no_error(error);
    assert_true(world_number(&world, "SELECT count(*) FROM area WHERE level = 'municipality'") ==
                0);
    assert_true(world_number(&world, "SELECT count(*) FROM area_made") == 0);
}

static void points_in_odd_places_are_told(void **state) {
    (void)state;
    g_autoptr(GapLoadReport) report =
        load("m.csv",
             POINTS "M1,municipality,XX-A,,70.5,40.5\nM2,municipality,XX-A,,70.5,40.5\n"
                    "M3,municipality,XX-A,,71.5,40.5\n",
             true, false);
    assert_near(area_of("parent = 'XX-A'"), 1, 1e-9);
    assert_true(area_of("code = 'M3'") > 0.2);
    assert_says(report, "M3: its point lies outside its parent, or on another point, and counts as "
                        "42.385 km");
    assert_says(report, "M2: its point lies outside its parent, or on another point, and counts as "
                        "0.001 km");
    g_autoptr(GError) error = NULL;
    const GapLoadOptions cells = {.cells = true};
    assert_null(world_try(&world, "boundaries", "n.csv", POINTS "N,municipality,YY,,70,40\n",
                          &cells, &error));
    assert_error_says(error, "area N: its parent YY is not there");
    g_autoptr(GapLoadReport) refused = world_try(
        &world, "boundaries", "n.csv",
        POINTS "N,municipality,XX-B,,170,95\nO,municipality,XX-B,,71.5,40.5\n", &cells, &error);
    assert_no_error(error);
    assert_int_equal(refused->refused, 1);
}

/* XX-A but for a square in it, which is a province of its own; a little more to the east than its
 * province says; and XX-B with a lake. */
#define DISTRICTS                                                                                  \
    AREA_HEADER "A1,district,XX-A,,,official,\"POLYGON((70 40,70.5 40,70.5 41,70 41,70 40))\"\n"   \
                "A2,district,XX-A,,,official,\"POLYGON((70.5 40,71.002 40,71.002 41,70.5 41,"      \
                "70.5 40),(70.6 40.4,70.6 40.6,70.8 40.6,70.8 40.4,70.6 40.4))\"\n"                \
                "B1,district,XX-B,,,official,\"POLYGON((71.002 40,72 40,72 41,71.002 41,"          \
                "71.002 40),(71.5 40.5,71.5 40.6,71.6 40.6,71.6 40.5,71.5 40.5))\"\n"
#define WITH_CITY                                                                                  \
    AREA_HEADER "XX-A,province,XX,,,official,\"POLYGON((70 40,71 40,71 41,70 41,70 40),(70.601 "   \
                "40.4,70.601 40.6,70.8 40.6,70.8 40.4,70.601 40.4))\"\n"                           \
                "XX-B,province,XX,,,official,\"POLYGON((71 40,72 40,72 41,71 41,71 40),(71.5 "     \
                "40.5,71.5 40.6,71.6 40.6,71.6 40.5,71.5 40.5))\"\n"                               \
                "XX-C,province,XX,,City,official,\"POLYGON((70.601 40.4,70.8 40.4,70.8 40.6,"      \
                "70.601 40.6,70.601 40.4))\"\n"

static void districts_settle_the_borders_of_provinces(void **state) {
    (void)state;
    gap_load_report_free(load("provinces.csv", WITH_CITY, false, false));
    g_autofree char *before = world_dump(&world);
    g_autoptr(GapLoadReport) report = load("d.csv", DISTRICTS, false, true);
    assert_says(report, "province XX-A (XX-A) is now its districts (2) and 0.00 km2 of holes");
    assert_says(report, "province City (XX-C) is now what districts leave of it and 376.");
    assert_says(report, "that no province covers stay open: 94.");
    assert_near(area_of("code = 'XX-A'"), 1.002 - 0.04, 1e-9);
    assert_near(area_of("code = 'XX-B'"), 0.998 - 0.01, 1e-9);
    assert_near(area_of("code = 'XX-C'"), 0.04, 1e-9);
    assert_near(area_of("code = 'XX'"), 2 - 0.01, 1e-9);
    g_autoptr(GapAreas) areas = gap_areas_new(world.store, NULL);
    assert_string_equal(gap_areas_finest(areas, 70.6005, 40.5, NULL), "XX-C");
    assert_string_equal(gap_areas_locate(areas, "province", 71.001, 40.5, NULL), "XX-A");
    assert_null(gap_areas_finest(areas, 71.55, 40.55, NULL));
    // Without the districts the provinces are what their own file says.
    g_autoptr(GError) error = NULL;
    assert_true(gap_unload(world.store, "boundaries/d", &error));
    assert_no_error(error);
    g_autofree char *after = world_dump(&world);
    assert_string_equal(after, before);
    // Nor are they changed where nobody asks for it.
    gap_load_report_free(load("d.csv", DISTRICTS, false, false));
    assert_near(area_of("code = 'XX-C'"), 0.0398, 1e-9);
}

static void missing_districts_are_no_border(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    const GapLoadOptions fill = {.fill = true};
    assert_null(world_try(&world, "boundaries", "d.csv",
                          AREA_HEADER "A1,district,XX-A,,,official," BOX_A1 "\n", &fill, &error));
    assert_error_says(error, "of province Osh (XX-A), 50 % of it, lie in no district: load all its "
                             "districts in one go");
    assert_true(world_number(&world, "SELECT count(*) FROM area WHERE level = 'district'") == 0);
}

static void cells_lie_in_districts_and_cities_stand_for_themselves(void **state) {
    (void)state;
    gap_load_report_free(load("provinces.csv", WITH_CITY, false, false));
    gap_load_report_free(load("d.csv", DISTRICTS, false, true));
    g_autoptr(GapLoadReport) report =
        load("m.csv", POINTS "M1,municipality,A2,,70.55,40.5\nM2,municipality,A2,,70.9,40.5\n",
             true, false);
    assert_says(
        report,
        "nearest-place cells made: 2; areas that stand for the one above: 3; areas so divided: 4");
    assert_near(area_of("parent = 'A2'"), 0.502 - 0.04, 1e-9);
    assert_near(area_of("code IN ('A1.1', 'B1.1', 'XX-C.1')"), 0.5 + 0.988 + 0.04, 1e-9);
    assert_near(area_of("level = 'municipality'"), 1.99, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(points_become_cells_of_their_parent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_follow_what_they_divide, set_up, tear_down),
        cmocka_unit_test_setup_teardown(points_in_odd_places_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(districts_settle_the_borders_of_provinces, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(missing_districts_are_no_border, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_lie_in_districts_and_cities_stand_for_themselves,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
