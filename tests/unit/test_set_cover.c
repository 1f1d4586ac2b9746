#include "tests/cover_made.h"

static void best_of_all_selections(void **state) {
    (void)state;
    made_check_many(gap_locate_set_cover, GAP_LOCATE_SET_COVER, 1, 3000, false);
}

/* Three points of demand; candidate 0 reaches all, 1 the first two, 2 the last. */
static const double weight[] = {2, 3, 5};
static const gsize first[] = {0, 2, 4, 6};
static const guint32 site[] = {0, 1, 0, 1, 0, 2};
static const float minutes[] = {1, 1, 1, 1, 1, 1};

typedef struct {
    double cost[3], share;
    bool by_cost;
    guint32 need;
    GapSiteState state; /**< of candidate 0 */
    GapLocateStatus status;
    double value;
    guint n_sites, sites[3];
} Row;

static const Row rows[] = {
    {{9, 1, 1}, 1, false, 1, GAP_SITE_FREE, GAP_LOCATE_PROVEN, 1, 1, {0}},
    {{9, 1, 1}, 1, true, 1, GAP_SITE_FREE, GAP_LOCATE_PROVEN, 2, 2, {1, 2}},
    {{2, 1, 1}, 1, true, 1, GAP_SITE_FORCED, GAP_LOCATE_PROVEN, 2, 1, {0}},
    {{9, 1, 1}, .5, true, 1, GAP_SITE_FREE, GAP_LOCATE_PROVEN, 1, 1, {1}}, /* of 1 and 2 */
    {{9, 1, 1}, 0, false, 1, GAP_SITE_FREE, GAP_LOCATE_PROVEN, 0, 0, {0}},
    {{9, 1, 1}, 1, false, 1, GAP_SITE_OPEN, GAP_LOCATE_PROVEN, 0, 0, {0}},
    {{9, 1, 1}, 1, false, 2, GAP_SITE_FREE, GAP_LOCATE_PROVEN, 3, 3, {0, 1, 2}},
    {{9, 1, 1}, 1, false, 2, GAP_SITE_FORBIDDEN, GAP_LOCATE_INFEASIBLE, NAN, 0, {0}},
};

static void as_by_hand(void **state) {
    (void)state;
    for (gsize k = 0; k < G_N_ELEMENTS(rows); k++) {
        const Row *row = &rows[k];
        GapSite sites[3];
        for (int j = 0; j < 3; j++)
            sites[j] =
                (GapSite){.cost = row->cost[j], .capacity = INFINITY, .group = -1, .place = -1};
        sites[0].state = row->state;
        const GapLocateProblem problem = {.n_demand = 3,
                                          .n_sites = 3,
                                          .weight = weight,
                                          .sites = sites,
                                          .first = first,
                                          .site = site,
                                          .minutes = minutes};
        GapLocateOptions options = GAP_LOCATE_DEFAULTS;
        options.model = GAP_LOCATE_SET_COVER;
        options.within = 1;
        options.need = row->need;
        options.share = row->share;
        options.by_cost = row->by_cost;
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLocateAnswer) a = gap_locate_set_cover(&problem, &options, NULL, &error);
        assert_no_error(error);
        assert_int_equal(a->status, row->status);
        assert_near(a->value, row->value, 0);
        assert_int_equal(a->n_sites, row->n_sites);
        for (gsize s = 0; s < a->n_sites; s++)
            assert_int_equal(a->sites[s], row->sites[s]);
    }
}

/* ---- a larger one: all parts of the search take part ---- */

enum { SITES = 60, DEMAND = 400, REACH = 4 };

typedef struct {
    double weight[DEMAND];
    gsize first[DEMAND + 1];
    guint32 site[DEMAND * REACH];
    float minutes[DEMAND * REACH];
    GapSite sites[SITES];
} Row4;

/** Demand in a row, each within reach of the next four candidates but for one in three. */
static GapLocateProblem in_a_row(Row4 *r) {
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    gsize pairs = 0;
    memset(r, 0, sizeof *r);
    for (gsize j = 0; j < SITES; j++)
        r->sites[j] = (GapSite){
            .cost = g_rand_int_range(random, 1, 9), .capacity = INFINITY, .group = -1, .place = -1};
    for (gsize i = 0; i < DEMAND; i++) {
        const guint32 at = (guint32)g_rand_int_range(random, 0, SITES - REACH);
        r->weight[i] = g_rand_int_range(random, 1, 100);
        for (guint32 k = 0; k < REACH; k++)
            if (k == 0 || g_rand_int_range(random, 0, 3)) {
                r->site[pairs] = at + k;
                r->minutes[pairs++] = 1;
            }
        r->first[i + 1] = pairs;
    }
    return (GapLocateProblem){.n_demand = DEMAND,
                              .n_sites = SITES,
                              .weight = r->weight,
                              .sites = r->sites,
                              .first = r->first,
                              .site = r->site,
                              .minutes = r->minutes};
}

/** What a share takes grows with it. */
static void more_takes_more(void **state) {
    (void)state;
    g_autofree Row4 *r = g_new(Row4, 1);
    const GapLocateProblem problem = in_a_row(r);
    double before = 0;
    for (int step = 1; step <= 5; step++) {
        GapLocateOptions options = GAP_LOCATE_DEFAULTS;
        options.model = GAP_LOCATE_SET_COVER;
        options.within = 1;
        options.by_cost = true;
        options.share = step / 5.0;
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLocateAnswer) a = gap_locate_set_cover(&problem, &options, NULL, &error);
        GapLocateVerdict verdict;
        assert_no_error(error);
        assert_true(gap_locate_verify(&problem, &options, a, &verdict, &error));
        assert_int_equal(a->status, GAP_LOCATE_PROVEN);
        assert_true(a->value >= before);
        before = a->value;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(best_of_all_selections),
        cmocka_unit_test(as_by_hand),
        cmocka_unit_test(more_takes_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
