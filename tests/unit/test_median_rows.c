#include "tests/small_sites.h"

#include "geo/locate/median.h"

// The rows of a small problem, shortened by random fates, must cost the same whatever else is open.
static void shrunk_rows_cost_the_same(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(3);
    for (guint32 seed = 1; seed <= 300; seed++) {
        Small s;
        small_make(&s, seed, GAP_LOCATE_P_MEDIAN, false);
        g_autoptr(GapRows) rows = gap_rows_new(&s.problem, NULL);
        GapRowsFate fate[SMALL_SITES];
        bool open[SMALL_SITES], in[SMALL_SITES];
        for (guint32 j = 0; j < rows->n_sites; j++)
            fate[j] = (GapRowsFate)g_rand_int_range(rand, 0, 3);
        g_autoptr(GapRows) left = gap_rows_shrink(rows, fate, NULL, 0);
        for (guint32 i = 0; i < left->n_rows; i++)
            for (gsize k = left->first[i]; k < left->first[i + 1]; k++)
                assert_true(left->cost[k] < left->outside[i]);
        for (int turn = 0; turn < 20; turn++) {
            guint32 n = 0;
            for (guint32 j = 0; j < rows->n_sites; j++) {
                const bool free = fate[j] == GAP_ROWS_FREE, is = free && small_chance(rand, 40);
                open[j] = is || fate[j] == GAP_ROWS_OPEN;
                if (free)
                    in[n++] = is;
            }
            assert_int_equal(n, left->n_sites);
            const double want = gap_rows_cost(rows, open);
            assert_near(gap_rows_cost(left, in), want, 1e-9 * want);
        }
    }
    g_rand_free(rand);
}

// The fewest of the sites that reach all, those that must be open included; above all sites: none.
static guint32 fewest(const GapRows *rows, const GapRowsFate *fate) {
    guint32 best = rows->n_sites + 1;
    for (guint32 set = 0; set < 1U << rows->n_sites; set++) {
        bool in[SMALL_SITES], allowed = true;
        for (guint32 j = 0; j < rows->n_sites; j++) {
            in[j] = set >> j & 1;
            allowed = allowed && !(in[j] && fate[j] == GAP_ROWS_CLOSED) &&
                      !(!in[j] && fate[j] == GAP_ROWS_OPEN);
        }
        if (allowed && gap_rows_cost(rows, in) <= 0)
            best = MIN(best, (guint32)__builtin_popcount(set));
    }
    return best;
}

static void reduced_rows_need_as_many(void **state) {
    (void)state;
    int reduced = 0;
    for (guint32 seed = 1; seed <= 300; seed++) {
        Small s;
        small_make(&s, seed, GAP_LOCATE_P_CENTER, false);
        for (gsize j = 0; j < s.problem.n_sites; j++) // no limits: any may stand in for another
            s.sites[j] = (GapSite){.capacity = INFINITY, .group = -1, .place = -1};
        s.problem.n_groups = 0;
        s.options.budget = s.options.posts = INFINITY;
        s.options.p = -1;
        g_autoptr(GapLimits) limits = gap_limits_new(&s.problem, &s.options);
        g_autoptr(GapRows) rows = gap_rows_within(&s.problem, seed % 2 ? 3 : 20, NULL);
        GapRowsFate fate[SMALL_SITES + 1] = {0};
        const guint32 before = fewest(rows, fate);
        reduced += gap_rows_reduce(rows, limits, NULL, fate);
        assert_int_equal(fewest(rows, fate), before);
    }
    assert_true(reduced > 100);
}

// What walks must end where all is reached and no limit broken.
static void walks_end_where_all_is_reached(void **state) {
    (void)state;
    int found = 0;
    for (guint32 seed = 1; seed <= 300; seed++) {
        Small s;
        small_make(&s, seed, GAP_LOCATE_P_CENTER, false);
        g_autoptr(GapLimits) limits = gap_limits_new(&s.problem, &s.options);
        g_autoptr(GapTally) tally = gap_tally_new(limits);
        g_autoptr(GapRows) rows = gap_rows_within(&s.problem, seed % 2 ? 4 : 30, NULL);
        bool in[SMALL_SITES + 1] = {0};
        GapWatch watch = gap_watch(NULL, INFINITY);
        if (!rows->n_sites || rows->base > 0 ||
            !gap_reach_walk(rows, limits, tally, in, 300, &watch))
            continue;
        found++;
        guint8 chosen[SMALL_SITES] = {0};
        for (guint32 j = 0; j < rows->n_sites; j++)
            chosen[j] = in[j];
        assert_near(gap_rows_cost(rows, in), 0, 0);
        assert_true(gap_selection_allowed(limits, tally, rows->id, chosen, rows->n_sites));
    }
    assert_true(found > 30);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shrunk_rows_cost_the_same),
                                       cmocka_unit_test(reduced_rows_need_as_many),
                                       cmocka_unit_test(walks_end_where_all_is_reached)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
