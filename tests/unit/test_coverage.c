#include "tests/world_fixture.h"

#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "layers/coverage/coverage.h"
#include "layers/layers.h"

static int set_up(void **state) {
    (void)state;
    world = world_new(true);
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total SELECT code, 2015, 0 FROM area"
                      " WHERE level = 'province'");
    return 0;
}

static void put(const char *area, double lon, double lat, gint64 people, const char *basis) {
    g_autoptr(GBytes) wkb = g_str_equal(basis, "unplaced") ? NULL : gap_wkb_point(lon, lat);
    GError *error = NULL;
    gap_store_run(world.store,
                  world_sql("INSERT INTO demand (area, people, basis, geom)"
                            " VALUES (?, ?, ?, GeomFromWKB(?, 4326))"),
                  &error, "sisg", area, people, basis, wkb);
    gap_store_run(world.store,
                  world_sql("UPDATE demand_total SET people = people + ?1 WHERE province IN (?2,"
                            " (SELECT parent FROM area WHERE code = ?2), (SELECT d.parent FROM"
                            " area a JOIN area d ON d.code = a.parent WHERE a.code = ?2))"),
                  &error, "is", people, area);
    assert_no_error(error);
}

static void cover_as(const char *label, double within_m, const char *as_of, char **kinds) {
    const GapCoverageOptions options = {
        .label = label, .as_of = as_of, .within = &within_m, .n_within = 1, .kinds = kinds};
    size_t unchanged;
    GError *error = NULL;
    gap_coverage(world.store, &options, &unchanged, &error);
    assert_no_error(error);
    world_check(&world);
}

static void cover(double within_m) {
    cover_as("r", within_m, "2017-12-31", NULL);
}

/* A column of the newest run's coverage of an area. */
static gint64 of(const char *column, const char *area) {
    g_autofree char *sql =
        g_strdup_printf("SELECT %s FROM coverage WHERE run = 'r' AND area = '%s'", column, area);
    return (gint64)world_number(&world, sql);
}

#define POINT_HEADER "code,kind,status,opened,closed_on,precision,patrol_radius_m,lon,lat\n"
#define STATION      POINT_HEADER "P1,station,open,,,exact,,70.25,40.5\n"

/* A point at exactly R, measured by the geodesic, is within reach; a millimetre on it is not. */
static void the_limit_is_included(void **state) {
    (void)state;
    world_load(&world, "police_points", "p.csv", STATION);
    for (int azimuth = 0; azimuth < 360; azimuth += 30) {
        double lon, lat;
        gap_geodesic_direct(70.25, 40.5, azimuth, 5000, &lon, &lat);
        const double exact_m = gap_geodesic_distance_m(70.25, 40.5, lon, lat);
        world_run(&world, "DELETE FROM demand");
        world_run(&world, "UPDATE demand_total SET people = 0");
        put("A1", lon, lat, 7, "own");
        cover(exact_m);
        assert_int_equal(of("people_covered", "A1"), 7);
        cover(exact_m - 0.001);
        assert_int_equal(of("people_covered", "A1"), 0);
        assert_near(exact_m, 5000, 1e-6);
    }
}

static void points_count_on_their_days(void **state) {
    (void)state;
    static const struct {
        const char *status, *opened, *closed_on, *as_of;
        bool counts;
    } cases[] = {
        {"open", "", "", "2017-12-31", true},
        {"open", "2017-12-31", "", "2017-12-31", true},
        {"open", "2018-01-01", "", "2017-12-31", false},
        {"open", "", "2017-12-31", "2017-12-31", false}, // the day it closes it is closed
        {"open", "", "2018-01-01", "2017-12-31", true},
        {"closed", "", "2018-01-01", "2017-12-31", true}, // closed since
        {"closed", "", "2017-12-31", "2017-12-31", false},
        {"closed", "", "", "2017-12-31", false},
        {"planned", "", "", "2017-12-31", false},
        {"planned", "2016-01-01", "", "2017-12-31", false},
    };
    put("A1", 70.25, 40.5, 7, "own");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf(POINT_HEADER "P1,station,%s,%s,%s,exact,,70.25,40.5\n", cases[i].status,
                            cases[i].opened, cases[i].closed_on);
        world_load(&world, "police_points", "p.csv", text);
        cover_as("r", 1000, cases[i].as_of, NULL);
        if (of("people_covered", "A1") != (cases[i].counts ? 7 : 0))
            fail_msg("case %zu", i);
        assert_true(world_number(&world, "SELECT points_counted FROM run") == cases[i].counts);
        assert_true(world_number(&world, "SELECT points_left_out FROM run") == !cases[i].counts);
        // The layer says the same of every point.
        g_autoptr(GapTable) points = gap_layer_table(world.store, "police_points", "r", NULL);
        assert_int_equal(gap_table_int(points, 0, (size_t)gap_table_find(points, "counted")),
                         cases[i].counts);
    }
}

static void kinds_and_assumed_points(void **state) {
    (void)state;
    world_load(&world, "police_points", "p.csv",
               POINT_HEADER "A,station,open,,,assumed,,70.1,40.5\n"
                            "E,point,open,,,exact,,70.25,40.5\n"
                            "S,shared_roof,open,,,settlement,,70.4,40.5\n");
    put("A1", 70.1, 40.5, 1, "own");
    put("A1", 70.25, 40.5, 10, "own");
    put("A1", 70.4, 40.5, 100, "modelled");
    static const struct {
        const char *kinds[4];
        int covered, exact, points, assumed;
    } cases[] = {
        {{NULL}, 111, 110, 3, 1},
        {{"station", NULL}, 1, 0, 1, 1},
        {{"point", NULL}, 10, 10, 1, 0},
        {{"point", "shared_roof", "station", NULL}, 111, 110, 3, 1},
        {{"mobile_group", NULL}, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        cover_as("r", 1000, "2017-12-31", cases[i].kinds[0] ? (char **)cases[i].kinds : NULL);
        assert_int_equal(of("people_covered", "A1"), cases[i].covered);
        assert_int_equal(of("people_covered_exact", "A1"), cases[i].exact);
        assert_int_equal(of("people_modelled", "A1"), 100);
        assert_int_equal(of("points", "A1"), cases[i].points);
        assert_true(world_number(&world, "SELECT points_assumed FROM run") == cases[i].assumed);
    }
}

/* A mobile group reaches its patrol area, however far the limit is; of several that patrol the same
 * ground one that is not assumed is enough. */
static void mobile_groups_reach_their_patrol_area(void **state) {
    (void)state;
    world_load(&world, "police_points", "p.csv",
               POINT_HEADER "M1,mobile_group,open,,,assumed,20000,70.25,40.5\n"
                            "M2,mobile_group,open,,,exact,5000,70.25,40.5\n"
                            "M3,mobile_group,open,,,exact,,70.75,40.5\n");
    g_autofree char *notes =
        world_text(&world, "SELECT notes FROM source WHERE layer = 'police_points'");
    assert_string_equal(notes, "mobile group M3 has no patrol_radius_m: it reaches nobody");
    put("A1", 70.25, 40.5, 1, "own");   // in both patrols
    put("A1", 70.25, 40.6, 10, "own");  // 11 km off: the assumed one only
    put("A1", 70.25, 40.9, 100, "own"); // 44 km off
    put("A2", 70.75, 40.5, 1000, "own");
    static const double limits[] = {1, 100000};
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
        cover(limits[i]);
        assert_int_equal(of("people_covered", "A1"), 11);
        assert_int_equal(of("people_covered_exact", "A1"), 1);
        assert_int_equal(of("people_covered", "A2"), 0);
    }
}

/* A horseshoe: the two arms are near each other, with foreign ground between. */
static void lines_that_leave_the_country_are_told_apart(void **state) {
    (void)state;
    world_close(&world);
    world = world_empty();
    world_open(&world);
    world_load(&world, "boundaries", "provinces.csv",
               AREA_HEADER "H,province,HH,,Horseshoe,official,\"POLYGON((70 40,70.3 40,70.3 40.1,"
                           "70.2 40.1,70.2 40.02,70.1 40.02,70.1 40.1,70 40.1,70 40))\"\n");
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total VALUES ('H', 2015, 0)");
    world_load(&world, "police_points", "p.csv",
               POINT_HEADER "P1,station,open,,,exact,,70.05,40.09\n");
    put("H", 70.05, 40.05, 1, "own");   // in the same arm
    put("H", 70.25, 40.09, 10, "own");  // across the gap: 17 km
    put("H", 70.15, 40.01, 100, "own"); // round the corner
    cover(30000);
    assert_int_equal(of("people_covered", "H"), 111);
    assert_int_equal(of("people_cut_off", "H"), 110);
    assert_int_equal(of("people_cut_off", "HH"), 110);
    // A second point on that side ends it.
    world_load(&world, "police_points", "q.csv",
               POINT_HEADER "P2,station,open,,,exact,,70.25,40.02\n");
    cover(30000);
    assert_int_equal(of("people_covered", "H"), 111);
    assert_int_equal(of("people_cut_off", "H"), 0);
}

static void without_points_nobody_is_within_reach(void **state) {
    (void)state;
    put("A1", 70.25, 40.5, 7, "own");
    put("XX-B", 0, 0, 3, "unplaced");
    cover(5000);
    assert_int_equal(of("people_covered", "XX"), 0);
    assert_int_equal(of("people", "XX"), 10);
    assert_int_equal(of("people_placed", "XX"), 7);
    assert_int_equal(of("people", "A2"), 0); // its province is counted, nobody lives there
    assert_true(world_number(&world, "SELECT count(*) FROM reach") == 0);
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) facts = gap_layer_facts(world.store, "r", &error);
    assert_no_error(error);
    assert_string_equal(g_hash_table_lookup(facts, "points_counted"), "0");
    assert_string_equal(g_hash_table_lookup(facts, "coverage"), "0");
}

/* No figure of people: no data, which is not zero. */
static void an_area_without_people_has_no_coverage(void **state) {
    (void)state;
    world_run(&world, "DELETE FROM demand_total WHERE province = 'XX-B'");
    put("A1", 70.25, 40.5, 7, "own");
    world_load(&world, "police_points", "p.csv", STATION);
    cover(5000);
    assert_int_equal(of("count(*)", "XX-B"), 0);
    assert_int_equal(of("count(*)", "B1"), 0);
    assert_int_equal(of("people", "XX"), 7);
    g_autoptr(GapTable) areas = gap_layer_table(world.store, "municipalities", "r", NULL);
    const size_t coverage = (size_t)gap_table_find(areas, "coverage");
    assert_near(gap_table_real(areas, 0, coverage), 1, 0);
    assert_true(gap_table_is_null(areas, 1, coverage)); // A2: nobody
    assert_true(gap_table_is_null(areas, 2, coverage)); // B1: not known
}

/* Districts may stand between, in one province only, and people may live in any level. */
static void parts_add_up_with_and_without_districts(void **state) {
    (void)state;
    world_load(&world, "boundaries", "districts.csv",
               AREA_HEADER "D,district,XX-A,,D,official," BOX_A "\n"
                           "E,district,XX-B,,E,official," BOX_B "\n");
    world_load(&world, "boundaries", "municipalities.csv",
               AREA_HEADER "A1,municipality,D,,A,official," BOX_A1 "\n"
                           "A2,municipality,XX-A,,B,official," BOX_A2 "\n");
    world_load(&world, "police_points", "p.csv",
               STATION "P2,station,open,,,exact,,71.5,40.5\nP3,point,open,,,exact,,70.75,40.5\n");
    const struct {
        const char *area;
        double lon;
        gint64 people;
    } demand[] = {{"A1", 70.25, 1},  {"A2", 70.75, 10},     {"D", 70.3, 100},
                  {"E", 71.5, 1000}, {"XX-A", 70.6, 10000}, {"XX-B", 71.9, 100000}};
    for (size_t i = 0; i < G_N_ELEMENTS(demand); i++)
        put(demand[i].area, demand[i].lon, 40.5, demand[i].people, "own");
    cover(1000);
    static const struct {
        const char *area;
        int people, covered, points;
    } want[] = {{"A1", 1, 1, 1},        {"A2", 10, 10, 1},      {"D", 101, 1, 1},
                {"E", 1000, 1000, 1},   {"XX-A", 10111, 11, 2}, {"XX-B", 101000, 1000, 1},
                {"XX", 111111, 1011, 3}};
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        assert_int_equal(of("people", want[i].area), want[i].people);
        assert_int_equal(of("people_covered", want[i].area), want[i].covered);
        assert_int_equal(of("points", want[i].area), want[i].points);
    }
}

static void runs_stand_side_by_side(void **state) {
    (void)state;
    put("A1", 70.25, 40.5, 7, "own");
    world_load(&world, "police_points", "p.csv", STATION);
    const double within[] = {3000, 10000, 5000};
    GapCoverageOptions options = {.as_of = "2017-12-31", .within = within, .n_within = 3};
    size_t unchanged;
    g_autoptr(GError) error = NULL;
    assert_true(gap_coverage(world.store, &options, &unchanged, &error));
    assert_int_equal(unchanged, 0);
    assert_true(gap_coverage(world.store, &options, &unchanged, &error));
    assert_int_equal(unchanged, 3);
    options.label = "mine";
    assert_true(gap_coverage(world.store, &options, &unchanged, &error));
    g_autofree char *labels = world_text(
        &world, "SELECT group_concat(label) FROM (SELECT label FROM run ORDER BY label)");
    assert_string_equal(labels, "10 km,3 km,5 km,mine 10 km,mine 3 km,mine 5 km");
    g_autofree char *none = gap_run_label(world.store, "4 km", &error);
    assert_null(none);
    assert_error_says(error, "no run '4 km'; there are '");
    // What a run rests on makes it anew: another day, other points.
    options.label = NULL;
    options.as_of = "2016-12-31";
    assert_true(gap_coverage(world.store, &options, &unchanged, &error));
    assert_int_equal(unchanged, 0);
    world_load(&world, "police_points", "q.csv",
               POINT_HEADER "P2,point,open,,,exact,,70.75,40.5\n");
    assert_true(gap_coverage(world.store, &options, &unchanged, &error));
    assert_int_equal(unchanged, 0);
}

static void demand_comes_first(void **state) {
    (void)state;
    world_run(&world, "DELETE FROM demand_model");
    const double within = 5000;
    const GapCoverageOptions options = {.as_of = "2017-12-31", .within = &within, .n_within = 1};
    size_t unchanged;
    g_autoptr(GError) error = NULL;
    assert_false(gap_coverage(world.store, &options, &unchanged, &error));
    assert_int_equal(error->code, GAP_ERROR_MISSING);
    assert_error_says(error, "there is no demand to cover yet: 'gapmap demand' comes first");
    g_autofree char *label = gap_run_label(world.store, NULL, &error);
    assert_null(label);
    assert_error_says(error, "there are no results yet: 'gapmap coverage' comes first");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_limit_is_included),
        TEST(points_count_on_their_days),
        TEST(kinds_and_assumed_points),
        TEST(mobile_groups_reach_their_patrol_area),
        TEST(lines_that_leave_the_country_are_told_apart),
        TEST(without_points_nobody_is_within_reach),
        TEST(an_area_without_people_has_no_coverage),
        TEST(parts_add_up_with_and_without_districts),
        TEST(runs_stand_side_by_side),
        TEST(demand_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
