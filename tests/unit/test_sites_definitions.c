/* The same sites asked for under other definitions: which there are, that each is what a ground of
 * its own gives, and what stands without assumed points. */
#include "tests/world_fixture.h"

#include "layers/coverage/coverage.h"
#include "layers/gaps/gaps.h"
#include "layers/sites/definitions.h"

/* P is known at A1's first point; Q is assumed at A2's. */
static int set_up(void **state) {
    (void)state;
    world = world_new(true);
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total VALUES ('XX-A', 2015, 1500), ('XX-B', 2015, 700)");
    world_run(&world, "INSERT INTO demand (area, people, basis, geom) VALUES"
                      " ('A1', 400, 'own', MakePoint(70.25, 40.5, 4326)),"
                      " ('A1', 600, 'own', MakePoint(70.25, 40.9, 4326)),"
                      " ('A2', 300, 'own', MakePoint(70.75, 40.5, 4326)),"
                      " ('A2', 200, 'own', MakePoint(70.80, 40.5, 4326)),"
                      " ('B1', 700, 'own', MakePoint(71.5, 40.5, 4326))");
    world_load(
        &world, "places", "places.csv",
        "code,name_en,kind,people,lon,lat\na1,Far,PPL,600,70.25,40.9\n"
        "a2,Mid,PPL,300,70.75,40.5\na3,Next,PPL,200,70.80,40.5\nb1,East,PPL,700,71.5,40.5\n");
    world_load(&world, "crime", "c.csv",
               "area,year,offence,count,basis\nXX-A,2017,theft,150,published\n"
               "XX-B,2017,theft,7,published\n");
    return 0;
}

/* Runs of these limits, the last of which is built on. */
static void run(const char *second_point, const double *within, size_t n) {
    g_autofree char *points = g_strdup_printf("code,kind,status,precision,lon,lat\n"
                                              "P,point,open,exact,70.25,40.5\n%s",
                                              second_point);
    world_load(&world, "police_points", "p.csv", points);
    const GapCoverageOptions coverage = {.as_of = "2017-12-31", .within = within, .n_within = n};
    const GapGapsOptions gaps = {.offence = "theft", .hold_below = 500};
    size_t runs;
    bool unchanged;
    GError *error = NULL;
    gap_coverage(world.store, &coverage, &runs, &error);
    assert_no_error(error);
    gap_gaps(world.store, &gaps, &unchanged, &error);
    assert_no_error(error);
}
#define ASSUMED "Q,point,open,assumed,70.75,40.5\n"

static GapStoreSites *ground_of(const GapDefinition *definition, bool covering) {
    GError *error = NULL;
    const GapStoreSitesOptions wanted = {.within_m = definition ? definition->within_m : NAN,
                                         .by_crime = definition && definition->by_crime,
                                         .without_assumed =
                                             definition && definition->without_assumed,
                                         .any = true,
                                         .cost = NAN,
                                         .officers = NAN};
    GapStoreSites *ground = gap_store_sites(world.store, &wanted, covering, &error);
    assert_no_error(error);
    return ground;
}

static GapLocateOptions options_of(GapLocateModel model, const GapStoreSites *ground) {
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.model = model;
    options.p = 2;
    if (model == GAP_LOCATE_COVERING)
        options.within = (double)(float)ground->within_m;
    return options;
}

static GapLocateAnswer *answer_of(const GapStoreSites *ground, const GapLocateOptions *options) {
    GError *error = NULL;
    GapLocateAnswer *answer = gap_locate(&ground->sites->problem, options, NULL, &error);
    assert_no_error(error);
    return answer;
}

/* "4000 5000 6000", and how many definitions there are. */
static void has(GapLocateModel model, const char *want, guint n) {
    GError *error = NULL;
    g_autoptr(GapStoreSites) ground = ground_of(NULL, model == GAP_LOCATE_COVERING);
    const GapLocateOptions options = options_of(model, ground);
    g_autoptr(GArray) definitions = gap_sites_definitions(world.store, ground, &options, &error);
    assert_no_error(error);
    g_autoptr(GString) limits = g_string_new(NULL);
    double last = 0;
    for (guint d = 0; d < definitions->len; d++) {
        const double within = g_array_index(definitions, GapDefinition, d).within_m;
        if (within != last)
            g_string_append_printf(limits, "%s%g", d ? " " : "", within);
        last = within;
    }
    assert_string_equal(limits->str, want);
    assert_int_equal(definitions->len, n);
}

static void which_there_are(void **state) {
    (void)state;
    const double limits[] = {10000, 5000};
    run("", limits + 1, 1);
    has(GAP_LOCATE_COVERING, "4000 5000 6000", 3 * 2);
    has(GAP_LOCATE_P_MEDIAN, "5000", 2);
    run("", limits, 2);
    has(GAP_LOCATE_COVERING, "5000 10000", 2 * 2);
    run(ASSUMED, limits, 2);
    has(GAP_LOCATE_COVERING, "5000 10000", 2 * 2 * 2);
    has(GAP_LOCATE_P_CENTER,
        world_number(&world, "SELECT within_m FROM run ORDER BY rowid DESC") == 5000 ? "5000"
                                                                                     : "10000",
        2 * 2);
    world_run(&world, "UPDATE gap SET crime_rate = NULL");
    has(GAP_LOCATE_COVERING, "5000 10000", 2 * 2);
}

/* Each definition against a ground and an answer of its own. */
static void each_is_a_run_of_its_own(void **state) {
    (void)state;
    const double limits[] = {5000};
    run(ASSUMED, limits, 1);
    static const GapLocateModel models[] = {GAP_LOCATE_COVERING, GAP_LOCATE_P_MEDIAN,
                                            GAP_LOCATE_P_CENTER};
    for (gsize m = 0; m < G_N_ELEMENTS(models); m++) {
        GError *error = NULL;
        const bool covering = models[m] == GAP_LOCATE_COVERING;
        g_autoptr(GapStoreSites) ground = ground_of(NULL, covering);
        const GapLocateOptions options = options_of(models[m], ground);
        g_autoptr(GapLocateAnswer) answer = answer_of(ground, &options);
        g_autoptr(GArray) definitions =
            gap_sites_definitions(world.store, ground, &options, &error);
        g_autoptr(GapSitesDefined) defined = gap_sites_try_definitions(
            world.store, ground, &options, answer, definitions, 2, NULL, &error);
        assert_no_error(error);
        assert_int_equal(defined->n, definitions->len);
        assert_true(defined->n >= 4);
        guint32 chosen[8] = {0};
        bool own = false;
        for (guint d = 0; d < definitions->len; d++) {
            const GapDefinition *one = &g_array_index(definitions, GapDefinition, d);
            g_autoptr(GapStoreSites) other = ground_of(one, covering);
            const GapLocateOptions wanted = options_of(models[m], other);
            g_autoptr(GapLocateAnswer) alone = answer_of(other, &wanted);
            assert_near(gap_table_real(defined->table, d, 3), alone->value, 1e-9);
            for (gsize k = 0; k < alone->n_sites; k++)
                chosen[alone->sites[k]]++;
            if (one->within_m == 5000 && !one->by_crime && !one->without_assumed) {
                own = true;
                assert_int_equal(gap_table_int(defined->table, d, 5), answer->n_sites);
            }
        }
        assert_true(own);
        for (gsize j = 0; j < gap_table_rows(ground->candidates); j++)
            assert_int_equal(defined->chosen[j], chosen[j]);
        assert_int_equal(defined->notes->len, 1); // crime is known by province only
    }
}

/* Who is forbidden stays so. */
static void states_are_kept(void **state) {
    (void)state;
    const double limits[] = {5000};
    GError *error = NULL;
    run("", limits, 1);
    g_autoptr(GapStoreSites) ground = ground_of(NULL, true);
    const GapLocateOptions options = options_of(GAP_LOCATE_COVERING, ground);
    ground->sites->sites[3].state = GAP_SITE_FORBIDDEN; // b1
    g_autoptr(GapLocateAnswer) answer = answer_of(ground, &options);
    g_autoptr(GArray) definitions = gap_sites_definitions(world.store, ground, &options, &error);
    g_autoptr(GapSitesDefined) defined = gap_sites_try_definitions(
        world.store, ground, &options, answer, definitions, 2, NULL, &error);
    assert_no_error(error);
    assert_int_equal(defined->chosen[3], 0);
    assert_int_equal(defined->chosen[0], definitions->len); // a1, the most that is left
}

/* What is covered without assumed points is what the run says. */
static void assumed_left_out(void **state) {
    (void)state;
    const double limits[] = {5000};
    run(ASSUMED, limits, 1);
    const GapDefinition with = {5000, false, false}, without = {5000, false, true};
    const GapDefinition *const both[] = {&with, &without};
    static const char *const columns[] = {"people_covered", "people_covered_exact"};
    double covered[2] = {0, 0};
    for (int b = 0; b < 2; b++) {
        g_autoptr(GapStoreSites) ground = ground_of(both[b], true);
        for (gsize i = 0; i < gap_table_rows(ground->demand); i++)
            covered[b] += ground->covered[i] ? gap_store_sites_people(ground, i) : 0;
        g_autofree char *sql =
            g_strdup_printf("SELECT %s FROM coverage WHERE area = 'XX'", columns[b]);
        assert_near(covered[b], world_number(&world, sql), 0);
    }
    assert_true(covered[1] < covered[0]);
    world_run(&world, "UPDATE police_point SET precision = 'assumed'"); // none is left
    g_autoptr(GapStoreSites) none = ground_of(&without, true);
    for (gsize i = 0; i < gap_table_rows(none->demand); i++)
        assert_true(gap_table_is_null(none->demand, i, GAP_DEMAND_DISTANCE) && !none->covered[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(which_there_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_is_a_run_of_its_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(states_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(assumed_left_out, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
