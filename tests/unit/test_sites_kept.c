/* What is kept beside a proposal: its steps, checked and gone with it, and what two proposals were
 * compared for, by hand. */
#include "tests/world_fixture.h"

#include "layers/coverage/coverage.h"
#include "layers/gaps/gaps.h"
#include "layers/layers.h"
#include "layers/sites/compare.h"
#include "layers/sites/frontier.h"
#include "layers/sites/keep.h"
#include "layers/sites/measure.h"

/* P covers 400 of A1; a1, a2 and b1 would cover 600, 500 and 700. */
static int set_up(void **state) {
    (void)state;
    world = world_new(true);
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total VALUES ('XX-A', 2015, 1500), ('XX-B', 2015, 700)");
    world_run(&world, "INSERT INTO demand (area, people, basis, geom) VALUES"
                      " ('A1', 400, 'own', MakePoint(70.25, 40.5, 4326)),"
                      " ('A1', 600, 'own', MakePoint(70.25, 40.9, 4326)),"
                      " ('A2', 500, 'own', MakePoint(70.75, 40.5, 4326)),"
                      " ('B1', 700, 'own', MakePoint(71.5, 40.5, 4326))");
    world_load(&world, "police_points", "p.csv",
               "code,kind,status,precision,lon,lat\nP,point,open,exact,70.25,40.5\n");
    world_load(&world, "places", "places.csv",
               "code,name_en,kind,people,lon,lat\na1,Far,PPL,600,70.25,40.9\n"
               "a2,Mid,PPL,300,70.75,40.5\nb1,East,PPL,700,71.5,40.5\n");
    const double within = 5000;
    const GapCoverageOptions coverage = {
        .label = "r", .as_of = "2017-12-31", .within = &within, .n_within = 1};
    size_t runs;
    GError *error = NULL;
    gap_coverage(world.store, &coverage, &runs, &error);
    assert_no_error(error);
    return 0;
}

/* Keeps the best `p` sites of `forbidden` none (NULL: of all), with their steps. */
static void propose(const char *label, gint64 p, char *forbidden) {
    GError *error = NULL;
    char *const codes[] = {forbidden, NULL};
    const GapStoreSitesOptions wanted = {.within_m = NAN,
                                         .any = true,
                                         .cost = NAN,
                                         .officers = NAN,
                                         .forbidden = forbidden ? codes : NULL};
    g_autoptr(GapStoreSites) ground = gap_store_sites(world.store, &wanted, true, &error);
    assert_no_error(error);
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.p = p;
    options.within = (double)(float)ground->within_m;
    const GapFrontierOptions how = {.steps = (gsize)p, .ground = ground, .within = options.within};
    g_autoptr(GapLocateAnswer) answer = NULL;
    gap_sites_find_provinces(world.store, ground, &error);
    assert_no_error(error);
    g_autoptr(GapTable) frontier =
        gap_sites_frontier(ground->sites, &options, &how, NULL, &answer, &error);
    assert_no_error(error);
    g_autoptr(GapTable) order = gap_sites_proposal(ground->sites, &options, answer, NULL);
    g_autoptr(GapSitesResult) result = gap_sites_result(ground, order, true, NULL);
    const GapSitesKeep keep = {.label = label,
                               .made_from = "a test",
                               .model = "covering",
                               .parameters = "sites",
                               .options = &options,
                               .frontier = frontier};
    gap_sites_keep(world.store, &keep, ground, answer, result, &error);
    assert_no_error(error);
}

static gsize findings(void) {
    GError *error = NULL;
    g_autoptr(GapTable) found = gap_store_check(world.store, &error);
    assert_no_error(error);
    return gap_table_rows(found);
}

static double frontier(const char *what, int step) {
    g_autofree char *sql = g_strdup_printf("SELECT %s FROM frontier WHERE step = %d", what, step);
    return world_number(&world, sql);
}

static void steps_of_the_store(void **state) {
    (void)state;
    propose("s", 3, NULL);
    assert_near(world_number(&world, "SELECT count(*) FROM frontier"), 3, 0);
    static const double value[] = {1100, 1700, 2200}, share[] = {400.0 / 1500, 1000.0 / 1500, 1};
    for (int step = 1; step <= 3; step++) {
        assert_near(frontier("value", step), value[step - 1], 0);
        assert_near(frontier("covered", step), value[step - 1], 0);
        assert_near(frontier("adds", step), step == 1 ? 700 : value[step - 1] - value[step - 2], 0);
        // XX-B is covered from the first step on: XX-A is worse off, until both are.
        assert_near(frontier("worst_province = 'XX-A'", step), 1, 0);
        assert_near(frontier("worst_share", step), share[step - 1], 1e-9);
    }
    // All live at a site in the end; before, those of a2 are at 42 km from P.
    assert_near(frontier("mean", 3), 0, 1e-9);
    assert_near(frontier("worst", 2), 42376, 30);
    assert_near(frontier("mean", 2), frontier("worst", 2) * 500 / 2200, 1e-2);
    assert_int_equal(findings(), 0);
    GError *error = NULL;
    g_autoptr(GapTable) layer = gap_layer_table(world.store, "frontier", "r", &error);
    assert_no_error(error);
    assert_int_equal(gap_table_rows(layer), 3);
    world_run(&world, "UPDATE frontier SET value = 2300 WHERE step = 2"); // better than the third
    assert_int_equal(findings(), 1);
    world_run(&world, "UPDATE frontier SET value = 2300 WHERE step = 3"); // not the proposal's
    assert_int_equal(findings(), 1);
    world_run(&world, "DELETE FROM site_run");
    assert_near(world_number(&world, "SELECT count(*) FROM frontier"), 0, 0);
}

static void two_proposals(void **state) {
    (void)state;
    GError *error = NULL;
    propose("all", 2, NULL);  // b1, a1
    propose("west", 2, "b1"); // a1, a2
    g_autoptr(GapSitesCompared) compared = gap_sites_compare(world.store, "all", "west", &error);
    assert_no_error(error);
    assert_near(compared->only_first, 700, 0);
    assert_near(compared->only_second, 500, 0);
    assert_near(compared->both, 600, 0); // what P covers is new to neither
    assert_int_equal(gap_table_rows(compared->areas), 3);
    static const struct {
        const char *area;
        gint64 difference;
    } want[] = {{"B1", -700}, {"A2", 500}, {"A1", 0}};
    for (gsize r = 0; r < 3; r++) {
        assert_string_equal(gap_table_text(compared->areas, r, GAP_COMPARED_AREA), want[r].area);
        assert_int_equal(gap_table_int(compared->areas, r, GAP_COMPARED_DIFFERENCE),
                         want[r].difference);
    }
    assert_int_equal(gap_table_rows(compared->sites), 3);
    assert_string_equal(gap_table_text(compared->sites, 0, 0), "b1");
    assert_true(gap_table_is_null(compared->sites, 0, 5)); // not in the second
    g_autoptr(GapTable) layer = gap_layer_table(world.store, "site_difference", "r", &error);
    assert_no_error(error);
    assert_int_equal(gap_table_rows(layer), 3);
    assert_true(gap_table_has_geometry(layer));
    world_run(&world, "DELETE FROM site_run WHERE label = 'all'");
    assert_near(world_number(&world, "SELECT count(*) FROM site_comparison"), 0, 0);
    g_autoptr(GapSitesCompared) gone = gap_sites_compare(world.store, "all", "west", &error);
    assert_null(gone);
    assert_error_says(error, "no proposal 'all'");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(steps_of_the_store, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_proposals, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
