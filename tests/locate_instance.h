/** Random small location problems with everything in them: standing, forced and forbidden sites,
 *  money, posts, groups, places, capacities, ties, demand out of reach and of nobody. */
#ifndef GAP_TESTS_LOCATE_INSTANCE_H
#define GAP_TESTS_LOCATE_INSTANCE_H

#include "tests/check.h"

#include "geo/locate/locate.h"

enum { DEMAND = 14, SITES = 8, GROUPS = 3 };

typedef struct {
    double weight[DEMAND];
    GapSite sites[SITES];
    gsize first[DEMAND + 1];
    guint32 site[DEMAND * SITES];
    float minutes[DEMAND * SITES];
    guint32 min[GROUPS], max[GROUPS];
    GapLocateProblem problem;
    GapLocateOptions options;
    bool capacities;
} Instance;

static GRand *dice;

static inline bool one_in(int n) {
    return g_rand_int_range(dice, 0, n) == 0;
}

static inline int upto(int n) { // 0..n
    return g_rand_int_range(dice, 0, n + 1);
}

static inline bool is_new(const GapSite *site) {
    return site->state == GAP_SITE_FREE || site->state == GAP_SITE_FORCED;
}

static inline void make_sites(Instance *t, gsize n) {
    const bool places = one_in(3);
    for (gsize j = 0; j < n; j++) {
        const int fate = upto(11);
        t->sites[j] = (GapSite){
            .state = fate == 0   ? GAP_SITE_FORCED
                     : fate == 1 ? GAP_SITE_FORBIDDEN
                     : fate == 2 ? GAP_SITE_OPEN
                                 : GAP_SITE_FREE,
            .cost = upto(9),
            .posts = upto(4),
            .capacity = t->capacities && !one_in(6) ? 5 + upto(40) : INFINITY,
            .group = upto(GROUPS) - 1,
            .place = places ? upto((int)n) - 1 : -1,
        };
    }
    for (gsize j = 0; j < n; j++) // no two forced of one place: that is no problem at all
        for (gsize k = 0; k < j; k++)
            if (t->sites[j].place >= 0 && t->sites[j].place == t->sites[k].place &&
                t->sites[k].state == GAP_SITE_FORCED && t->sites[j].state == GAP_SITE_FORCED)
                t->sites[j].state = GAP_SITE_FREE;
    t->sites[0].state = GAP_SITE_FREE;
}

static inline void make_pairs(Instance *t, gsize n_demand, gsize n_sites) {
    gsize k = 0;
    const int missing = 1 + upto(5);
    for (gsize i = 0; i < n_demand; i++) {
        t->weight[i] = one_in(8) ? 0 : one_in(3) ? 10 : 1 + upto(19);
        t->first[i] = k;
        for (gsize j = 0; j < n_sites; j++) {
            if (one_in(missing + 1))
                continue;
            t->site[k] = (guint32)j;
            t->minutes[k++] = (float)upto(24) / 2;
        }
    }
    t->first[n_demand] = k;
}

static inline void make_limits(Instance *t) {
    for (gsize g = 0; g < GROUPS; g++) {
        t->min[g] = one_in(4) ? 1 : 0;
        t->max[g] = one_in(3) ? 1 + (guint32)upto(2) : 8;
    }
    if (one_in(2)) {
        t->problem.group_min = t->min;
        t->problem.group_max = t->max;
    }
    const GapLocateModel model = t->options.model;
    gint64 n = 0, p = 1 + upto(3);
    for (gsize j = 0; j < t->problem.n_sites; j++)
        n += is_new(&t->sites[j]);
    if (model == GAP_LOCATE_SET_COVER ? one_in(5) : !one_in(4))
        t->options.p = MIN(n, p);
    if (one_in(3) || (model == GAP_LOCATE_P_MEDIAN && t->options.p < 0))
        t->options.budget = 5 + upto(25);
    if (one_in(4))
        t->options.posts = 2 + upto(10);
    if (model > GAP_LOCATE_SET_COVER)
        return;
    t->options.within = 2 + upto(8);
    t->options.need = one_in(4) && !t->capacities ? 2 : 1;
    t->options.share = one_in(5) ? 1 : (double)(20 + upto(70)) / 100;
    t->options.by_cost = model == GAP_LOCATE_SET_COVER && one_in(2);
}

static inline void make_instance(Instance *t, GapLocateModel model) {
    *t = (Instance){.options = GAP_LOCATE_DEFAULTS};
    const gsize n_demand = 3 + (gsize)upto(DEMAND - 3), n_sites = 3 + (gsize)upto(SITES - 3);
    t->options.model = model;
    t->capacities = (model == GAP_LOCATE_COVERING || model == GAP_LOCATE_P_MEDIAN) && one_in(3);
    make_sites(t, n_sites);
    make_pairs(t, n_demand, n_sites);
    t->problem = (GapLocateProblem){.n_demand = n_demand,
                                    .n_sites = n_sites,
                                    .weight = t->weight,
                                    .sites = t->sites,
                                    .first = t->first,
                                    .site = t->site,
                                    .minutes = t->minutes,
                                    .n_groups = GROUPS};
    t->capacities = false;
    for (gsize j = 0; j < n_sites; j++)
        t->capacities |= isfinite(t->sites[j].capacity);
    make_limits(t);
}

#endif
