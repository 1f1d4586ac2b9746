/* Set covers that a sweep over rows finishes, against the same with a budget that never binds:
 * those are searched by branches alone. */
#include "tests/check.h"

#include "geo/locate/verify.h"

enum { DEMAND = 90, SITES = 40, KINDS = 3, TIMES = 60 };

typedef struct {
    double weight[DEMAND];
    gsize first[DEMAND + 1];
    guint32 site[DEMAND * SITES];
    float minutes[DEMAND * SITES];
    GapSite sites[SITES];
} Scattered;

/* What a site costs: 1, a whole number, or any. */
static double cost_of(GRand *random, int kind) {
    const double cost = g_rand_double_range(random, 1, 5);
    return kind == 0 ? 1 : kind == 1 ? floor(cost) : cost;
}

/* Demand within reach of one in eight candidates, at random; the first third of both is apart. */
static GapLocateProblem scattered(Scattered *p, GRand *random, int kind) {
    gsize pairs = 0;
    memset(p, 0, sizeof *p);
    for (gsize j = 0; j < SITES; j++)
        p->sites[j] = (GapSite){
            .cost = cost_of(random, kind), .capacity = INFINITY, .group = -1, .place = -1};
    for (gsize i = 0; i < DEMAND; i++) {
        const bool apart = i < DEMAND / 3;
        const guint32 from = apart ? 0 : SITES / 3, to = apart ? SITES / 3 : SITES;
        p->weight[i] = 1;
        for (guint32 j = from; j < to; j++)
            if (j == from + i % (to - from) || g_rand_int_range(random, 0, 8) == 0)
                p->site[pairs++] = j;
        p->first[i + 1] = pairs;
    }
    return (GapLocateProblem){.n_demand = DEMAND,
                              .n_sites = SITES,
                              .weight = p->weight,
                              .sites = p->sites,
                              .first = p->first,
                              .site = p->site,
                              .minutes = p->minutes};
}

/* Answers the value, and adds the nodes. */
static double solve(const GapLocateProblem *problem, bool by_cost, double budget, guint64 *nodes) {
    GapLocateOptions options = GAP_LOCATE_DEFAULTS;
    options.model = GAP_LOCATE_SET_COVER;
    options.within = 0;
    options.by_cost = by_cost;
    options.budget = budget;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapLocateAnswer) a = gap_locate_set_cover(problem, &options, NULL, &error);
    GapLocateVerdict verdict;
    assert_no_error(error);
    if (a->status == GAP_LOCATE_INFEASIBLE)
        return -1;
    assert_int_equal(a->status, GAP_LOCATE_PROVEN);
    assert_true(gap_locate_verify(problem, &options, a, &verdict, &error));
    *nodes += a->nodes;
    return a->value;
}

static void as_by_branches(void **state) {
    (void)state;
    guint64 swept = 0, branched = 0;
    int feasible = 0;
    g_autofree Scattered *p = g_new(Scattered, 1);
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    for (int i = 0; i < KINDS * TIMES; i++) {
        const GapLocateProblem problem = scattered(p, random, i % KINDS);
        const double value = solve(&problem, i % KINDS, INFINITY, &swept);
        assert_near(solve(&problem, i % KINDS, 1e6, &branched), value, 1e-9);
        feasible += value >= 0;
    }
    assert_true(feasible > TIMES);

    assert_true(swept < branched); /* else nothing was swept */
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_by_branches)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
