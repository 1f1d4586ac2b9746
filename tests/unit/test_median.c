#include "tests/small_sites.h"

static void all_selections_tried(void **state) {
    (void)state;
    small_check(1, 600, GAP_LOCATE_P_MEDIAN, false);
}

static void all_assignments_tried(void **state) {
    (void)state;
    small_check(5000, 400, GAP_LOCATE_P_MEDIAN, true);
}

// Demand at 0, 1, 2, 10 on a line, each also a site.
static const double LINE[] = {0, 1, 2, 10}, WEIGHT[] = {1, 1, 1, 1};
static const gsize FIRST[] = {0, 4, 8, 12, 16};
static guint32 pair_site[16];
static float pair_minutes[16];
static GapSite sites[4];

static GapLocateProblem line(void) {
    for (guint32 k = 0; k < 16; k++) {
        pair_site[k] = k % 4;
        pair_minutes[k] = (float)fabs(LINE[k / 4] - LINE[k % 4]);
    }
    for (int j = 0; j < 4; j++)
        sites[j] = (GapSite){.capacity = INFINITY, .group = -1, .place = -1};
    return (GapLocateProblem){.n_demand = 4,
                              .n_sites = 4,
                              .weight = WEIGHT,
                              .sites = sites,
                              .first = FIRST,
                              .site = pair_site,
                              .minutes = pair_minutes};
}

static GapLocateAnswer *solve(const GapLocateProblem *problem, gint64 p) {
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.model = GAP_LOCATE_P_MEDIAN;
    options.p = p;
    g_autoptr(GError) error = NULL;
    GapLocateAnswer *answer = gap_locate_median(problem, &options, NULL, &error);
    assert_no_error(error);
    return answer;
}

static void by_hand(void **state) {
    (void)state;
    const GapLocateProblem problem = line();
    static const double values[] = {11, 2, 1, 0};
    for (int p = 1; p <= 4; p++) {
        g_autoptr(GapLocateAnswer) answer = solve(&problem, p);
        assert_int_equal(answer->status, GAP_LOCATE_PROVEN);
        assert_near(answer->value, values[p - 1], 1e-9);
        assert_near(answer->bound, values[p - 1], 1e-9);
    }
    g_autoptr(GapLocateAnswer) none = solve(&problem, 0);
    assert_int_equal(none->status, GAP_LOCATE_INFEASIBLE);
}

static void what_stands_serves(void **state) {
    (void)state;
    const GapLocateProblem problem = line();
    sites[3].state = GAP_SITE_OPEN;
    g_autoptr(GapLocateAnswer) none = solve(&problem, 0), one = solve(&problem, 1);
    assert_near(none->value, 27, 1e-9);
    assert_int_equal(none->n_sites, 0);
    assert_near(one->value, 2, 1e-9);
    assert_int_equal(one->n_sites, 1);
    assert_int_equal(one->sites[0], 1);
}

static void capacities_send_elsewhere(void **state) {
    (void)state;
    const GapLocateProblem problem = line();
    for (int j = 0; j < 4; j++)
        sites[j].capacity = 2;
    g_autoptr(GapLocateAnswer) two = solve(&problem, 2), one = solve(&problem, 1);
    assert_int_equal(one->status, GAP_LOCATE_INFEASIBLE);
    assert_near(two->value, 1 + 8, 1e-9); // two and two
    assert_non_null(two->serves);
}

static bool at_once(void *user, double share, const char *what) {
    (void)share;
    (void)what;
    ++*(int *)user;
    return false;
}

// A made problem too large for no time at all: best so far, with a bound that does not cross it.
static void stopped(void **state) {
    (void)state;
    enum { N = 300 };
    g_autofree double *weight = g_new(double, N);
    g_autofree GapSite *many = g_new(GapSite, N);
    g_autofree gsize *first = g_new(gsize, N + 1);
    g_autofree guint32 *site = g_new(guint32, N * N);
    g_autofree float *minutes = g_new(float, N *N);
    GRand *rand = g_rand_new_with_seed(5);
    for (guint32 k = 0; k < N * N; k++) {
        site[k] = k % N;
        minutes[k] = (float)g_rand_double(rand);
        weight[k / N] = 1;
        many[k % N] = (GapSite){.capacity = INFINITY, .group = -1, .place = -1};
        first[k / N] = k / N * N;
    }
    first[N] = N * N;
    g_rand_free(rand);
    const GapLocateProblem problem = {.n_demand = N,
                                      .n_sites = N,
                                      .weight = weight,
                                      .sites = many,
                                      .first = first,
                                      .site = site,
                                      .minutes = minutes};
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.model = GAP_LOCATE_P_MEDIAN;
    options.p = 20;
    int calls = 0;
    for (int way = 0; way < 2; way++) {
        const GapProgress progress = {at_once, &calls};
        options.seconds = way ? 0.2 : INFINITY;
        g_autoptr(GapLocateAnswer) a =
            gap_locate_median(&problem, &options, way ? NULL : &progress, NULL);
        assert_int_equal(a->status, GAP_LOCATE_BOUNDED);
        assert_true(a->bound > 0 && a->bound < a->value);
        GapLocateVerdict verdict;
        assert_true(gap_locate_verify(&problem, &options, a, &verdict, NULL));
    }
    assert_int_equal(calls, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_selections_tried),
                                       cmocka_unit_test(all_assignments_tried),
                                       cmocka_unit_test(by_hand),
                                       cmocka_unit_test(what_stands_serves),
                                       cmocka_unit_test(capacities_send_elsewhere),
                                       cmocka_unit_test(stopped)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
