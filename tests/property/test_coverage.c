/* Two hundred random worlds: the program agrees with all pairs measured one by one, more points or
 * a longer limit never lower coverage, and parts add up. */
#include "tests/world.h"

#include "geo/shape/geodesic.h"
#include "layers/coverage/coverage.h"

enum { WORLDS = 200, MOST_POINTS = 8, MOST_DEMAND = 40 };

typedef struct {
    double lon, lat;
    gint64 people;
    const char *area;
} Demand;

typedef struct {
    double lon, lat;
    bool assumed;
} Point;

typedef struct {
    Demand demand[MOST_DEMAND];
    Point points[MOST_POINTS];
    size_t n_demand, n_points;
} Random;

static World world;

static Random random_world(GRand *rand) {
    Random r = {.n_demand = (size_t)g_rand_int_range(rand, 1, MOST_DEMAND + 1),
                .n_points = (size_t)g_rand_int_range(rand, 0, MOST_POINTS + 1)};
    // Some worlds are small, so that limits cut through them; some points stand on demand.
    const double size = g_rand_boolean(rand) ? 1 : 0.05;
    for (size_t i = 0; i < r.n_demand; i++) {
        const double lon = 71 + size * g_rand_double_range(rand, -1, 1);
        r.demand[i] = (Demand){lon, 40.5 + size / 2 * g_rand_double_range(rand, -1, 1),
                               g_rand_int_range(rand, 1, 10000),
                               lon < 70.5 ? "A1"
                               : lon < 71 ? "A2"
                                          : "B1"};
    }
    for (size_t i = 0; i < r.n_points; i++) {
        const Demand *near = &r.demand[(size_t)g_rand_int_range(rand, 0, (gint32)r.n_demand)];
        const bool on = g_rand_int_range(rand, 0, 4) == 0;
        r.points[i] = (Point){on ? near->lon : 71 + size * g_rand_double_range(rand, -1, 1),
                              on ? near->lat : 40.5 + size / 2 * g_rand_double_range(rand, -1, 1),
                              g_rand_boolean(rand)};
    }
    return r;
}

static void store_demand(const Random *r, int number) {
    world_run(&world, "DELETE FROM demand");
    GError *error = NULL;
    for (size_t i = 0; i < r->n_demand; i++) {
        g_autoptr(GBytes) wkb = gap_wkb_point(r->demand[i].lon, r->demand[i].lat);
        gap_store_run(world.store,
                      world_sql("INSERT INTO demand (area, people, basis, geom)"
                                " VALUES (?, ?, 'own', GeomFromWKB(?, 4326))"),
                      &error, "sig", r->demand[i].area, r->demand[i].people, wkb);
        assert_no_error(error);
    }
    g_autofree char *model = g_strdup_printf("%d", number);
    gap_store_run(world.store, world_sql("UPDATE demand_model SET made_from = ?"), &error, "s",
                  model);
    assert_no_error(error);
}

static void store_points(const Random *r, size_t n) {
    world_run(&world, "DELETE FROM police_point");
    GError *error = NULL;
    for (size_t i = 0; i < n; i++) {
        g_autofree char *code = g_strdup_printf("P%zu", i);
        g_autoptr(GBytes) wkb = gap_wkb_point(r->points[i].lon, r->points[i].lat);
        gap_store_run(world.store,
                      world_sql("INSERT INTO police_point (code, kind, status, precision, source,"
                                " geom) VALUES (?, 'point', 'open', ?, 'boundaries/provinces',"
                                " GeomFromWKB(?, 4326))"),
                      &error, "ssg", code, r->points[i].assumed ? "assumed" : "exact", wkb);
        assert_no_error(error);
    }
}

static gint64 by_hand(const Random *r, size_t n_points, double within_m, const char *area,
                      bool exact) {
    gint64 sum = 0;
    for (size_t d = 0; d < r->n_demand; d++) {
        bool covered = false;
        for (size_t p = 0; p < n_points; p++)
            covered = covered ||
                      ((!exact || !r->points[p].assumed) &&
                       gap_geodesic_distance_m(r->points[p].lon, r->points[p].lat, r->demand[d].lon,
                                               r->demand[d].lat) <= within_m);
        if (covered && (!area || g_str_equal(area, r->demand[d].area)))
            sum += r->demand[d].people;
    }
    return sum;
}

static gint64 covered(const char *label, const char *column, const char *area) {
    g_autofree char *sql = g_strdup_printf(
        "SELECT %s FROM coverage WHERE run = '%s' AND area = '%s'", column, label, area);
    return (gint64)world_number(&world, sql);
}

static void agrees_grows_and_adds_up(void **state) {
    (void)state;
    static const char *const areas[] = {"A1", "A2", "B1"};
    g_autoptr(GRand) rand = g_rand_new_with_seed(20171231);
    for (int w = 0; w < WORLDS; w++) {
        const Random r = random_world(rand);
        const double within[] = {g_rand_double_range(rand, 1, 3000),
                                 g_rand_double_range(rand, 3000, 60000)};
        const size_t few = r.n_points ? (size_t)g_rand_int_range(rand, 0, (gint32)r.n_points) : 0;
        gint64 sums[2][2];
        for (int more = 0; more < 2; more++) {
            const size_t n_points = more ? r.n_points : few;
            store_points(&r, n_points);
            store_demand(&r, 2 * w + more);
            for (int far = 0; far < 2; far++) {
                const char *label = far ? "far" : "near";
                const GapCoverageOptions options = {
                    .label = label, .as_of = "2017-12-31", .within = &within[far], .n_within = 1};
                size_t unchanged;
                GError *error = NULL;
                gap_coverage(world.store, &options, &unchanged, &error);
                assert_no_error(error);
                assert_int_equal(unchanged, 0);
                gint64 parts = 0;
                for (size_t a = 0; a < G_N_ELEMENTS(areas); a++) {
                    const gint64 got = covered(label, "people_covered", areas[a]);
                    const gint64 want = by_hand(&r, n_points, within[far], areas[a], false);
                    if (got != want)
                        fail_msg("world %d, %s: %d covered, by hand %d", w, areas[a], (int)got,
                                 (int)want);
                    parts += got;
                }
                sums[more][far] = covered(label, "people_covered", "XX");
                assert_int_equal(sums[more][far], parts);
                assert_int_equal(covered(label, "people_covered_exact", "XX"),
                                 by_hand(&r, n_points, within[far], NULL, true));
                // The country is a box without a dent: no line leaves it.
                assert_int_equal(covered(label, "people_cut_off", "XX"), 0);
            }
        }
        if (sums[0][0] > sums[0][1] || sums[1][0] > sums[1][1])
            fail_msg("world %d: a longer limit covers fewer", w);
        if (sums[0][0] > sums[1][0] || sums[0][1] > sums[1][1])
            fail_msg("world %d: more points cover fewer", w);
    }
}

static int set_up(void **state) {
    (void)state;
    world = world_new(true);
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total VALUES ('XX-A', 2015, 0), ('XX-B', 2015, 0)");
    world_run(&world, "PRAGMA synchronous = OFF");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    world_close(&world);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(agrees_grows_and_adds_up, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
