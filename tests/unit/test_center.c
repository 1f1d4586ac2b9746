#include "tests/small_sites.h"

static void all_selections_tried(void **state) {
    (void)state;
    small_check(9000, 600, GAP_LOCATE_P_CENTER, false);
}

// ---- few sites near each demand, so that covering it all is hard and needs a search

enum { HARD_DEMAND = 60, HARD_SITES = 18, HARD_P = 6 };

typedef struct {
    float minutes[HARD_DEMAND * HARD_SITES];
    guint32 site[HARD_DEMAND * HARD_SITES];
    gsize first[HARD_DEMAND + 1];
    double weight[HARD_DEMAND];
    GapSite sites[HARD_SITES];
} Hard;

// Minutes 1, 2, ... to sites in random order: no pattern that could be exploited.
static void hard_make(Hard *h, guint32 seed) {
    GRand *rand = g_rand_new_with_seed(seed);
    for (guint32 j = 0; j < HARD_SITES; j++)
        h->sites[j] = (GapSite){.cost = 1, .capacity = INFINITY, .group = -1, .place = -1};
    for (gsize i = 0; i < HARD_DEMAND; i++) {
        float *minutes = h->minutes + i * HARD_SITES;
        h->weight[i] = 1;
        h->first[i] = i * HARD_SITES;
        for (guint32 j = 0; j < HARD_SITES; j++) {
            const guint32 other = (guint32)g_rand_int_range(rand, 0, (gint32)j + 1);
            h->site[i * HARD_SITES + j] = j;
            minutes[j] = minutes[other];
            minutes[other] = (float)j + 1;
        }
    }
    h->first[HARD_DEMAND] = HARD_DEMAND * HARD_SITES;
    g_rand_free(rand);
}

static float hard_best(const Hard *h) {
    float best = INFINITY;
    for (guint32 set = 0; set < 1U << HARD_SITES; set++) {
        if (__builtin_popcount(set) != HARD_P)
            continue;
        float worst = 0;
        for (gsize i = 0; i < HARD_DEMAND && worst < best; i++) {
            float least = INFINITY;
            for (gsize j = 0; j < HARD_SITES; j++)
                if (set >> j & 1)
                    least = MIN(least, h->minutes[i * HARD_SITES + j]);
            worst = MAX(worst, least);
        }
        best = MIN(best, worst);
    }
    return best;
}

// Answers the nodes of all searches. A budget that binds as the number does changes no answer.
static guint64 hard_solve(double budget) {
    guint64 nodes = 0;
    g_autofree Hard *h = g_new(Hard, 1);
    for (guint32 seed = 1; seed <= 150; seed++) {
        hard_make(h, seed);
        const GapLocateProblem problem = {.n_demand = HARD_DEMAND,
                                          .n_sites = HARD_SITES,
                                          .weight = h->weight,
                                          .sites = h->sites,
                                          .first = h->first,
                                          .site = h->site,
                                          .minutes = h->minutes};
        GapLocateOptions options = GAP_LOCATE_DEFAULTS;
        options.model = GAP_LOCATE_P_CENTER;
        options.p = HARD_P;
        options.budget = budget;
        g_autoptr(GapLocateAnswer) a = gap_locate_center(&problem, &options, NULL, NULL);
        assert_int_equal(a->status, GAP_LOCATE_PROVEN);
        assert_near(a->value, hard_best(h), 0);
        nodes += a->nodes;
    }
    return nodes;
}

static void hard_ones(void **state) { // by sweeps where only the number is limited
    (void)state;
    hard_solve(INFINITY);
}

static void hard_ones_searched(void **state) {
    (void)state;
    assert_true(hard_solve(HARD_P) > 150 * 15); // else nothing was searched
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_selections_tried),
                                       cmocka_unit_test(hard_ones),
                                       cmocka_unit_test(hard_ones_searched)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
