/* Runs by travel time over the plain of tests/plain.h. */
#include "tests/plain.h"

#include "geo/files/raster_write.h"
#include "layers/coverage/coverage.h"
#include "layers/layers.h"

static void minutes_are_those_by_hand(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, "station,exact,,3,"}};
    static const struct {
        int col, row;
        double minutes;
    } cases[] = {
        {0, 0, 3},                                // the turnout alone
        {10, 0, 3 + 15},                          // ten cells of 1.5 min
        {0, -18, 3 + 27},                         // exactly the limit
        {0, -19, 3 + 28.5},                       // beyond it
        {7, 7, 3 + 7 * 1.5 * G_SQRT2},            // diagonals
        {6, 3, 3 + 3 * 1.5 * 2.2360679774997896}, // knight's moves
    };
    put_points(points, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        put(cases[i].col, cases[i].row, (gint64)(i + 1));
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *sql =
            g_strdup_printf("SELECT r.minutes FROM demand_reach r JOIN demand d ON d.id = r.demand"
                            " WHERE d.people = %zu",
                            i + 1);
        assert_near(world_number(&world, sql), cases[i].minutes, 1e-5);
    }
    assert_near(world_number(&world, "SELECT people_covered FROM coverage WHERE area = 'A2'"),
                1 + 2 + 3 + 5 + 6, 0);
    assert_near(world_number(&world, "SELECT within_min FROM run WHERE mode = 'travel'"
                                     " AND within_m IS NULL"),
                30, 0);
    // All who are reached stand in the outermost isochrone and in the catchment of the only point.
    assert_near(world_number(&world, "SELECT people FROM isochrone WHERE minutes = 30"), 17, 0);
    assert_near(world_number(&world, "SELECT people FROM catchment WHERE point = 'P1'"), 17, 0);
    assert_near(world_number(&world, "SELECT count(*) FROM isochrone a JOIN isochrone b ON"
                                     " b.from_min = a.minutes WHERE NOT ST_Covers(b.geom, a.geom)"),
                0, 0);
    assert_near(world_number(&world, "SELECT min(ST_IsValid(geom)) FROM (SELECT geom FROM isochrone"
                                     " UNION ALL SELECT geom FROM catchment UNION ALL SELECT geom"
                                     " FROM reach)"),
                1, 0);
}

static void a_run_is_made_again_where_something_changed(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, STATION}};
    size_t unchanged;
    put_points(points, 1);
    put(10, 0, 5);
    GapCoverageTravel travel = plain();
    assert_true(cover(&travel, 30, &unchanged, NULL));
    assert_int_equal(unchanged, 0);
    assert_true(cover(&travel, 30, &unchanged, NULL));
    assert_int_equal(unchanged, 1);
    travel.field.inwards = true;
    assert_true(cover(&travel, 30, &unchanged, NULL));
    assert_int_equal(unchanged, 0);
    travel.field.ground.scenario = "walk=0.5";
    assert_true(cover(&travel, 30, &unchanged, NULL));
    assert_int_equal(unchanged, 0);
    assert_near(world_number(&world, "SELECT minutes FROM demand_reach"), 30, 1e-5);
}

static void assumed_points_are_told_apart(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, STATION}, {"P2", 30, 0, "station,assumed,,,"}};
    put_points(points, 2);
    put(5, 0, 7);
    put(25, 0, 11);
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 10);
    assert_near(world_number(&world, "SELECT people_covered FROM coverage WHERE area = 'A2'"), 18,
                0);
    assert_near(world_number(&world, "SELECT people_covered_exact FROM coverage"
                                     " WHERE area = 'A2'"),
                7, 0);
}

static void who_stands_on_closed_ground_sets_out_near_it(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, STATION}, {"P2", 20, 0, STATION}};
    put_lake();
    put_points(points, 2);
    put(1, 0, 3);
    put(21, 0, 5);
    GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    g_autofree char *snapped = world_text(
        &world, "SELECT note FROM run_note WHERE note LIKE 'point P1 stands on closed%'");
    assert_non_null(snapped);
    assert_near(world_number(&world, "SELECT people_covered FROM coverage WHERE area = 'A2'"), 8,
                0);
    travel.field.snap_m = 150; // the shore is 300 m from P1, 200 m from the people
    cover_well(&travel, 30);
    g_autofree char *left = world_text(&world, "SELECT note FROM run_note WHERE note LIKE"
                                               " 'point P1 has no open ground within 150 m%'");
    g_autofree char *nowhere =
        world_text(&world, "SELECT note FROM run_note WHERE note LIKE '3 people at 1 places%'");
    assert_non_null(left);
    assert_non_null(nowhere);
    assert_near(world_number(&world, "SELECT people_covered FROM coverage WHERE area = 'A2'"), 5,
                0);
    put_points(points, 1); // now there is none with open ground
    size_t unchanged;
    g_autoptr(GError) error = NULL;
    assert_false(cover(&travel, 30, &unchanged, &error));
    assert_non_null(strstr(error->message, "none of the 1 police points"));
    assert_near(world_number(&world, "SELECT people_covered FROM coverage WHERE area = 'A2'"), 5,
                0); // the run before is still there
}

static void mobile_groups_reach_their_patrol_area(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, STATION},
                                   {"M1", 40, 0, "mobile_group,exact,800,,"}};
    put_points(points, 2);
    put(46, 0, 3); // 600 m from M1
    put(50, 0, 5); // 1000 m from it
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 10);
    assert_near(world_number(&world, "SELECT people_covered FROM coverage WHERE area = 'A2'"), 3,
                0);
    assert_near(world_number(&world, "SELECT people FROM isochrone WHERE minutes = 10"), 3, 0);
}

static void a_run_without_points_reaches_nobody(void **state) {
    (void)state;
    put(1, 0, 3);
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 10);
    assert_near(world_number(&world, "SELECT people_covered FROM coverage WHERE area = 'A2'"), 0,
                0);
    assert_near(world_number(&world, "SELECT count(*) FROM isochrone"), 0, 0);
}

/* The officers of all points are shared out among those who reach them, no more and no less. */
static void officers_are_shared_out(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, "station,exact,,,6"},
                                   {"P2", 30, 0, "station,exact,,,4"},
                                   {"P3", 50, 40, STATION}};
    put_points(points, 3);
    put(5, 0, 700);
    put(15, 0, 1100);
    put(28, 0, 200);
    put(-50, -50, 1000); // reach nobody
    const GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    assert_near(world_number(&world, "SELECT sum(r.access * d.people) FROM demand_reach r"
                                     " JOIN demand d ON d.id = r.demand"),
                10, 1e-9);
    assert_near(world_number(&world, "SELECT officers_access FROM coverage WHERE area = 'A2'"),
                10.0 / 3000 * 10000, 1e-9);
    assert_near(world_number(&world, "SELECT officers_access FROM coverage WHERE area = 'XX'"),
                10.0 / 3000 * 10000, 1e-9);
    g_autofree char *note =
        world_text(&world, "SELECT note FROM run_note WHERE note LIKE 'officers are known of 2 of"
                           " 3 points%'");
    assert_non_null(note);
}

/* 120 x 120 cells of people, one a cell, two in the half of A1 that the border cuts. */
static char *put_people(void) {
    g_autoptr(GapGrid) grid = gap_grid_new(120, 120, NULL);
    grid->west = WEST - 50 - 6000;
    grid->north = NORTH + 50 + 6000;
    grid->dx = grid->dy = 100;
    for (size_t i = 0; i < 120 * 120; i++)
        grid->cells[i] = 1;
    char *path = world_path(&world, "people.tif");
    GError *error = NULL;
    gap_raster_write(grid, "EPSG:32642", NULL, path, &error);
    assert_no_error(error);
    return path;
}

static void people_of_a_raster_are_summed_by_ground(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, STATION}};
    put_points(points, 1);
    world_run(&world, "DELETE FROM demand_model"); // it is not needed
    g_autofree char *path = put_people();
    GapCoverageTravel travel = plain();
    travel.people = path;
    cover_well(&travel, 30);
    // Cells within 20 steps of 1.5 min, by the 16-gon: counted from the raster of minutes.
    g_autofree char *tif = world_path(&world, "m.tif");
    travel.minutes_to = tif;
    cover_well(&travel, 30);
    assert_true(g_file_test(tif, G_FILE_TEST_IS_REGULAR));
    const double all = world_number(&world, "SELECT people FROM coverage WHERE area = 'XX'");
    const double covered =
        world_number(&world, "SELECT people_covered FROM coverage WHERE area = 'XX'");
    const double reached = world_number(&world, "SELECT people FROM isochrone WHERE minutes = 30");
    assert_near(all, 120 * 120, 1);
    assert_near(covered, reached, 1);
    assert_true(covered > G_PI * 20 * 20 * 0.94 && covered < G_PI * 20 * 20);
    g_autofree char *note =
        world_text(&world, "SELECT note FROM run_note WHERE note LIKE '%14400.0 people%'");
    assert_non_null(note);
    assert_near(world_number(&world, "SELECT people_year IS NULL FROM run"), 1, 0);
}

static bool stop(void *user, double share, const char *what) {
    (void)share;
    (void)what;
    return --*(int *)user > 0;
}

/* Wherever it is interrupted, the run before is still there. */
static void an_interrupted_run_changes_nothing(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, "station,exact,,,4"}};
    put_points(points, 1);
    put(10, 0, 5);
    GapCoverageTravel travel = plain();
    cover_well(&travel, 30);
    g_autofree char *before = world_dump(&world);
    int times = 0;
    travel.field.ground.scenario = "walk=0.5";
    for (bool done = false; !done; times++) {
        int left = times + 1;
        const GapProgress progress = {stop, &left};
        size_t unchanged;
        g_autoptr(GError) error = NULL;
        travel.field.ground.progress = &progress;
        done = cover(&travel, 30, &unchanged, &error);
        g_autofree char *after = world_dump(&world);
        if (!done)
            assert_string_equal(before, after);
    }
    assert_true(times > 3);
}

static void people_elsewhere_are_an_error(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, STATION}};
    put_points(points, 1);
    g_autofree char *path = put_people();
    GapCoverageTravel travel = plain();
    travel.people = path;
    travel.field.ground.extent = (GapBox){71.5, 40.5, 71.6, 40.6}; // the raster lies in the west
    world_run(&world, "DELETE FROM police_point");
    size_t unchanged;
    g_autoptr(GError) error = NULL;
    assert_false(cover(&travel, 30, &unchanged, &error));
    assert_non_null(strstr(error->message, "lives on the grid"));
}

/* Whoever opens the ground of a run finds the minutes that the run found. */
static void a_field_is_made_again_to_the_bit(void **state) {
    (void)state;
    static const Point points[] = {{"P1", 0, 0, "station,exact,,2,"}, {"P2", 33, 8, STATION}};
    put_lake();
    put_points(points, 2);
    put(17, 9, 5);
    put(31, -12, 6);
    GapCoverageTravel travel = plain();
    travel.field.ground.scenario = "walk=1.3";
    travel.field.surface.neighbours = 32;
    travel.field.inwards = true;
    cover_well(&travel, 30);
    GError *error = NULL;
    g_autoptr(GapTravelField) field = gap_travel_field_open(world.store, "r", NULL, &error);
    assert_no_error(error);
    assert_near(field->within_min, 30, 0);
    g_autoptr(GapTravel) search = gap_travel_field_travel(field, field->known_min, false, &error);
    assert_no_error(error);
    for (int i = 0; i < 2; i++) {
        double at[2], away_m;
        size_t cell;
        to_degrees(i ? 31 : 17, i ? -12 : 9, at);
        assert_true(gap_travel_field_cell(field, at[0], at[1], &cell, &away_m));
        g_autofree char *sql = g_strdup_printf("SELECT minutes FROM demand_reach JOIN demand ON"
                                               " id = demand WHERE people = %d",
                                               5 + i);
        assert_near((float)gap_travel_minutes_at(search, cell), world_number(&world, sql), 0);
    }
    // Layers that changed make another ground.
    world_load(&world, "places", "pl.csv", "code,name_en,kind,lon,lat\nq,Q,PPL,70.6,40.5\n");
    g_autoptr(GError) changed = NULL;
    assert_null(gap_travel_field_open(world.store, "r", NULL, &changed));
    assert_non_null(strstr(changed->message, "layers have changed"));
    g_autoptr(GError) straight = NULL;
    assert_null(gap_travel_field_open(world.store, "none", NULL, &straight));
    assert_non_null(strstr(straight->message, "not by travel time"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_all_down)
        TEST(minutes_are_those_by_hand),
        TEST(a_run_is_made_again_where_something_changed),
        TEST(assumed_points_are_told_apart),
        TEST(who_stands_on_closed_ground_sets_out_near_it),
        TEST(mobile_groups_reach_their_patrol_area),
        TEST(a_run_without_points_reaches_nobody),
        TEST(officers_are_shared_out),
        TEST(people_of_a_raster_are_summed_by_ground),
        TEST(an_interrupted_run_changes_nothing),
        TEST(people_elsewhere_are_an_error),
        TEST(a_field_is_made_again_to_the_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
