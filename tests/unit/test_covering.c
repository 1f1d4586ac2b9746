#include "tests/cover_made.h"

static void best_of_all_selections(void **state) {
    (void)state;
    made_check_many(gap_locate_covering, GAP_LOCATE_COVERING, 1, 3000, false);
}

static void best_with_capacities(void **state) {
    (void)state;
    made_check_many(gap_locate_covering, GAP_LOCATE_COVERING, 100001, 1000, true);
}

/* Four points of demand, three candidates: 0 reaches the first two, 1 the middle two, 2 the last
 * two. */
static const double weight[] = {5, 1, 1, 5};
static const gsize first[] = {0, 1, 3, 5, 6};
static const guint32 site[] = {0, 0, 1, 1, 2, 2};
static const float minutes[] = {1, 1, 1, 1, 1, 1};

static GapLocateProblem small(GapSite sites[3]) {
    for (int j = 0; j < 3; j++)
        sites[j] = (GapSite){.cost = 1, .posts = 1, .capacity = INFINITY, .group = -1, .place = -1};
    return (GapLocateProblem){.n_demand = 4,
                              .n_sites = 3,
                              .weight = weight,
                              .sites = sites,
                              .first = first,
                              .site = site,
                              .minutes = minutes};
}

static GapLocateAnswer *solve(const GapLocateProblem *problem, gint64 p) {
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.model = GAP_LOCATE_COVERING;
    options.within = 1;
    options.p = p;
    g_autoptr(GError) error = NULL;
    GapLocateAnswer *answer = gap_locate_covering(problem, &options, NULL, &error);
    assert_no_error(error);
    return answer;
}

static void covered_already(void **state) {
    (void)state;
    GapSite sites[3];
    const GapLocateProblem problem = small(sites);
    sites[0].state = sites[2].state = GAP_SITE_OPEN;
    g_autoptr(GapLocateAnswer) a = solve(&problem, 1);
    assert_int_equal(a->status, GAP_LOCATE_PROVEN);
    assert_near(a->value, 12, 0);
    assert_int_equal(a->n_sites, 0); /* none is built for nothing */
}

static void nothing_may_be_built(void **state) {
    (void)state;
    GapSite sites[3];
    const GapLocateProblem problem = small(sites);
    g_autoptr(GapLocateAnswer) none = solve(&problem, 0);
    assert_int_equal(none->status, GAP_LOCATE_PROVEN);
    assert_near(none->value, 0, 0);
    sites[0].state = sites[1].state = sites[2].state = GAP_SITE_FORBIDDEN;
    g_autoptr(GapLocateAnswer) forbidden = solve(&problem, 2);
    assert_int_equal(forbidden->status, GAP_LOCATE_PROVEN);
    assert_near(forbidden->value, 0, 0);
}

/** Candidates 0 and 2 add the same: the lower goes first. */
static void ties_go_to_the_lower(void **state) {
    (void)state;
    GapSite sites[3];
    const GapLocateProblem problem = small(sites);
    g_autoptr(GapLocateAnswer) a = solve(&problem, 1);
    assert_near(a->value, 6, 0);
    assert_int_equal(a->n_sites, 1);
    assert_int_equal(a->sites[0], 0);
}

static void forced_beyond_the_number(void **state) {
    (void)state;
    GapSite sites[3];
    const GapLocateProblem problem = small(sites);
    sites[0].state = sites[1].state = GAP_SITE_FORCED;
    g_autoptr(GapLocateAnswer) a = solve(&problem, 1);
    assert_int_equal(a->status, GAP_LOCATE_INFEASIBLE);
    assert_near(a->value, NAN, 0);
    assert_int_equal(a->n_sites, 0);
}

static void a_faulty_problem_fails(void **state) {
    (void)state;
    GapSite sites[3];
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.model = GAP_LOCATE_COVERING;
    for (int fault = 0; fault < 4; fault++) {
        GapLocateProblem problem = small(sites);
        g_autoptr(GError) error = NULL;
        if (fault == 0)
            problem.n_demand = 0;
        if (fault == 1)
            problem.n_sites = 0;
        if (fault == 2)
            sites[1].cost = NAN;
        options.p = fault == 3 ? 4 : 2;
        assert_null(gap_locate_covering(&problem, &options, NULL, &error));
        assert_non_null(error);
    }
}

/* ---- stopping ---- */

static bool stop(void *user, double share, const char *what) {
    (void)user, (void)share, (void)what;
    return false;
}

typedef struct {
    double weight[2000];
    gsize first[2001];
    guint32 site[2000 * 5];
    float minutes[2000 * 5];
    GapSite sites[200];
} Big;

/** Demand that five random candidates reach each: far from whole by its bound. */
static GapLocateProblem big(Big *b) {
    g_autoptr(GRand) r = g_rand_new_with_seed(3);
    memset(b, 0, sizeof *b);
    for (gsize j = 0; j < 200; j++)
        b->sites[j] =
            (GapSite){.cost = 1, .posts = 1, .capacity = INFINITY, .group = -1, .place = -1};
    for (gsize i = 0; i < 2000; i++) {
        b->weight[i] = g_rand_int_range(r, 1, 100);
        b->first[i + 1] = 5 * (i + 1);
        for (guint32 k = 0; k < 5; k++)
            b->site[5 * i + k] = 40 * k + (guint32)g_rand_int_range(r, 0, 40);
    }
    return (GapLocateProblem){.n_demand = 2000,
                              .n_sites = 200,
                              .weight = b->weight,
                              .sites = b->sites,
                              .first = b->first,
                              .site = b->site,
                              .minutes = b->minutes};
}

static void stopping_is_no_error(void **state) {
    (void)state;
    g_autofree Big *b = g_new(Big, 1);
    const GapLocateProblem problem = big(b);
    const GapProgress progress = {stop, NULL};
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.model = GAP_LOCATE_COVERING;
    options.within = 1;
    options.p = 30;
    for (int how = 0; how < 2; how++) {
        g_autoptr(GError) error = NULL;
        options.seconds = how == 0 ? 0 : .3;
        g_autoptr(GapLocateAnswer) a =
            gap_locate_covering(&problem, &options, how == 0 ? NULL : &progress, &error);
        assert_no_error(error);
        GapLocateVerdict verdict;
        assert_true(gap_locate_verify(&problem, &options, a, &verdict, &error));
        assert_int_equal(a->status, GAP_LOCATE_BOUNDED);
        assert_true(a->value > 0 && a->bound > a->value);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(best_of_all_selections), cmocka_unit_test(best_with_capacities),
        cmocka_unit_test(covered_already),        cmocka_unit_test(nothing_may_be_built),
        cmocka_unit_test(ties_go_to_the_lower),   cmocka_unit_test(forced_beyond_the_number),
        cmocka_unit_test(a_faulty_problem_fails), cmocka_unit_test(stopping_is_no_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
