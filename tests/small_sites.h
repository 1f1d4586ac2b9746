/** Small random location problems with every kind of limit, and their best value by trying all
 *  selections: what the solvers of least minutes must find. */
#ifndef GAP_TESTS_SMALL_SITES_H
#define GAP_TESTS_SMALL_SITES_H

#include "tests/check.h"

#include "geo/locate/verify.h"

enum { SMALL_DEMAND = 24, SMALL_SITES = 12, SMALL_GROUPS = 2 };

typedef struct {
    GapLocateProblem problem;
    GapLocateOptions options;
    double weight[SMALL_DEMAND];
    GapSite sites[SMALL_SITES];
    gsize first[SMALL_DEMAND + 1];
    guint32 site[SMALL_DEMAND * SMALL_SITES], least[SMALL_GROUPS], most[SMALL_GROUPS];
    float minutes[SMALL_DEMAND * SMALL_SITES];
} Small;

static inline bool small_chance(GRand *rand, int percent) {
    return g_rand_int_range(rand, 0, 100) < percent;
}

static inline void small_limits(Small *s, GRand *rand) {
    const gsize m = s->problem.n_sites;
    s->options.p = small_chance(rand, 80) ? g_rand_int_range(rand, 0, 5) : -1;
    s->options.p = MIN(s->options.p, (gint64)m);
    if (small_chance(rand, 40) || s->options.p < 0)
        s->options.budget = g_rand_int_range(rand, 0, 12);
    if (small_chance(rand, 25))
        s->options.posts = g_rand_int_range(rand, 2, 12);
    if (!small_chance(rand, 50))
        return;
    s->problem.n_groups = SMALL_GROUPS;
    s->problem.group_min = s->least;
    s->problem.group_max = s->most;
    for (gsize g = 0; g < SMALL_GROUPS; g++) {
        s->least[g] = small_chance(rand, 30);
        s->most[g] = (guint32)g_rand_int_range(rand, 1, 4);
    }
}

static inline void small_sites(Small *s, GRand *rand, bool capacities) {
    bool forced = false;
    for (gsize j = 0; j < s->problem.n_sites; j++) {
        const int state = g_rand_int_range(rand, 0, 20);
        GapSite *site = &s->sites[j];
        *site = (GapSite){.state = state == 0 && !forced ? GAP_SITE_FORCED
                                   : state == 1          ? GAP_SITE_FORBIDDEN
                                   : state == 2          ? GAP_SITE_OPEN
                                                         : GAP_SITE_FREE,
                          .cost = g_rand_int_range(rand, 0, 6),
                          .posts = g_rand_int_range(rand, 0, 4),
                          .capacity = INFINITY,
                          .group = s->problem.n_groups ? g_rand_int_range(rand, -1, 2) : -1,
                          .place = small_chance(rand, 30) ? g_rand_int_range(rand, 0, 3) : -1};
        forced = forced || site->state == GAP_SITE_FORCED;
        if (capacities && small_chance(rand, 80))
            site->capacity = g_rand_int_range(rand, 5, 40);
        s->options.p = MIN(s->options.p, (gint64)s->problem.n_sites - 3);
    }
}

static inline void small_make(Small *s, guint32 seed, GapLocateModel model, bool capacities) {
    GRand *rand = g_rand_new_with_seed(seed);
    memset(s, 0, sizeof *s);
    s->options = GAP_LOCATE_DEFAULTS;
    s->options.model = model;
    s->problem = (GapLocateProblem){
        .n_demand = (gsize)g_rand_int_range(rand, 1, capacities ? 7 : SMALL_DEMAND + 1),
        .n_sites = (gsize)g_rand_int_range(rand, 3, capacities ? 7 : SMALL_SITES + 1),
        .weight = s->weight,
        .sites = s->sites,
        .first = s->first,
        .site = s->site,
        .minutes = s->minutes};
    small_limits(s, rand);
    small_sites(s, rand, capacities);
    const int density = small_chance(rand, 70) ? 100 : 60, ties = small_chance(rand, 50);
    gsize at = 0;
    for (gsize i = 0; i < s->problem.n_demand; i++) {
        s->weight[i] = small_chance(rand, 10) ? 0 : g_rand_int_range(rand, 1, 10);
        for (guint32 j = 0; j < s->problem.n_sites; j++)
            if (small_chance(rand, density)) {
                s->site[at] = j;
                s->minutes[at++] = ties ? (float)g_rand_int_range(rand, 0, 6)
                                        : (float)g_rand_double_range(rand, 0, 60);
            }
        s->first[i + 1] = at;
    }
    g_rand_free(rand);
}

// Whether selection `set` (bits of sites that are new) keeps every limit.
static inline bool small_allowed(const Small *s, guint32 set) {
    double cost = 0, posts = 0;
    guint32 in[SMALL_GROUPS] = {0}, places[3] = {0};
    gint64 n = 0;
    for (gsize j = 0; j < s->problem.n_sites; j++) {
        const GapSite *site = &s->sites[j];
        const bool is = set >> j & 1;
        if ((site->state == GAP_SITE_FORCED && !is) ||
            (is && (site->state == GAP_SITE_FORBIDDEN || site->state == GAP_SITE_OPEN)))
            return false;
        if (!is)
            continue;
        n++;
        cost += site->cost;
        posts += site->posts;
        if (site->group >= 0)
            in[site->group]++;
        if (site->place >= 0 && places[site->place]++)
            return false;
    }
    for (gsize g = 0; g < s->problem.n_groups; g++)
        if (in[g] < s->least[g] || in[g] > s->most[g])
            return false;
    return cost <= s->options.budget && posts <= s->options.posts &&
           (s->options.p < 0 || n <= s->options.p);
}

// The least cost of demand i and on from sites of `open` with so much room each.
static inline double small_served(const Small *s, guint32 open, gsize i, double *room) {
    if (i == s->problem.n_demand)
        return 0;
    double least = s->weight[i] > 0 ? INFINITY : small_served(s, open, i + 1, room);
    for (gsize k = s->first[i]; k < s->first[i + 1]; k++) {
        const guint32 j = s->site[k];
        if (!(open >> j & 1) || s->weight[i] > room[j] || !(s->weight[i] > 0))
            continue;
        room[j] -= s->weight[i];
        const double rest = small_served(s, open, i + 1, room);
        room[j] += s->weight[i];
        const double cost = s->weight[i] * s->minutes[k];
        least = MIN(least, s->options.model == GAP_LOCATE_P_CENTER ? MAX(s->minutes[k], rest)
                                                                   : cost + rest);
    }
    return least;
}

// Without capacities each demand goes to its nearest, so that the recursion need not branch.
static inline double small_nearest(const Small *s, guint32 open) {
    double all = 0;
    for (gsize i = 0; i < s->problem.n_demand; i++) {
        double least = INFINITY;
        for (gsize k = s->first[i]; k < s->first[i + 1]; k++)
            if (open >> s->site[k] & 1)
                least = MIN(least, s->minutes[k]);
        if (s->weight[i] > 0)
            all = s->options.model == GAP_LOCATE_P_CENTER ? MAX(all, least)
                                                          : all + s->weight[i] * least;
    }
    return all;
}

static inline double small_best(const Small *s, bool capacities) {
    guint32 standing = 0;
    double best = INFINITY, room[SMALL_SITES];
    for (gsize j = 0; j < s->problem.n_sites; j++) {
        standing |= (guint32)(s->sites[j].state == GAP_SITE_OPEN) << j;
        room[j] = s->sites[j].capacity;
    }
    for (guint32 set = 0; set < 1U << s->problem.n_sites; set++)
        if (small_allowed(s, set))
            best = MIN(best, capacities ? small_served(s, set | standing, 0, room)
                                        : small_nearest(s, set | standing));
    return best;
}

/** Solves `n` of them and compares value, status, verdict and a second answer. */
static inline void small_check(guint32 from, guint32 n, GapLocateModel model, bool capacities) {
    int infeasible = 0;
    for (guint32 seed = from; seed < from + n; seed++) {
        Small s;
        small_make(&s, seed, model, capacities);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapLocateAnswer) a = gap_locate(&s.problem, &s.options, NULL, &error);
        assert_no_error(error);
        g_autoptr(GapLocateAnswer) b = gap_locate(&s.problem, &s.options, NULL, &error);
        assert_no_error(error);
        const double best = small_best(&s, capacities);
        if (isinf(best)) {
            infeasible++;
            if (a->status != GAP_LOCATE_INFEASIBLE || !isnan(a->value))
                fail_msg("seed %u: %g, not infeasible", seed, a->value);
            continue;
        }
        if (a->status != GAP_LOCATE_PROVEN || !(fabs(a->value - best) <= 1e-9 * best))
            fail_msg("seed %u: status %d, %.12g and not %.12g", seed, a->status, a->value, best);
        if (a->root_bound > best * (1 + 1e-9))
            fail_msg("seed %u: root bound %g above %g", seed, a->root_bound, best);
        GapLocateVerdict verdict;
        if (!gap_locate_verify(&s.problem, &s.options, a, &verdict, &error))
            fail_msg("seed %u: %s", seed, error->message);
        assert_int_equal(a->n_sites, b->n_sites);
        assert_memory_equal(a->sites, b->sites, a->n_sites * sizeof *a->sites);
    }
    if (infeasible < (int)n / 50 || infeasible > (int)n / 2)
        fail_msg("%d of %u are infeasible: these dice test little", infeasible, n);
}

#endif
