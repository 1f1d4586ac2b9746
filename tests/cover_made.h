/** Small random covering problems with every kind of limit, and their best value by trying all. */
#ifndef GAP_TESTS_COVER_MADE_H
#define GAP_TESTS_COVER_MADE_H

#include "geo/locate/locate.h"
#include "geo/locate/verify.h"
#include "tests/check.h"

enum { MADE_SITES = 9, MADE_DEMAND = 14 };

typedef struct {
    GapLocateProblem problem;
    GapLocateOptions options;
    double weight[MADE_DEMAND];
    GapSite sites[MADE_SITES];
    gsize first[MADE_DEMAND + 1];
    guint32 site[MADE_DEMAND * MADE_SITES];
    float minutes[MADE_DEMAND * MADE_SITES];
    guint32 least[3], most[3];
} MadeCover;

static inline bool made_chance(GRand *random, int percent) {
    return g_rand_int_range(random, 0, 100) < percent;
}

static inline void made_sites(MadeCover *m, GRand *r, gsize n, bool capacities) {
    const bool states = made_chance(r, 50), places = made_chance(r, 30);
    for (gsize j = 0; j < n; j++) {
        const int dice = g_rand_int_range(r, 0, 20);
        m->sites[j] = (GapSite){
            .state = !states || dice > 4 ? GAP_SITE_FREE
                     : dice == 0         ? GAP_SITE_FORCED
                     : dice < 3          ? GAP_SITE_FORBIDDEN
                                         : GAP_SITE_OPEN,
            .cost = g_rand_int_range(r, 0, 12) / (made_chance(r, 20) ? 10.0 : 1),
            .posts = g_rand_int_range(r, 0, 5),
            .capacity = capacities && made_chance(r, 80) ? g_rand_int_range(r, 0, 25) : INFINITY,
            .group = g_rand_int_range(r, -1, 3),
            .place = places ? g_rand_int_range(r, -1, 4) : -1};
    }
}

static inline void made_options(MadeCover *m, GRand *r, GapLocateModel model, gsize n) {
    m->options = GAP_LOCATE_DEFAULTS;
    m->options.model = model;
    m->options.within = 20;
    m->options.need = made_chance(r, 25) ? 2 : 1;
    if (model == GAP_LOCATE_COVERING || made_chance(r, 10))
        m->options.p = made_chance(r, 90) ? g_rand_int_range(r, 0, (gint32)n / 2 + 1) : -1;
    if (made_chance(r, 35))
        m->options.budget = g_rand_int_range(r, 0, 30);
    if (made_chance(r, 25))
        m->options.posts = g_rand_int_range(r, 0, 12);
    if (model != GAP_LOCATE_SET_COVER)
        return;
    m->options.by_cost = made_chance(r, 50);
    m->options.share = made_chance(r, 50) ? 1 : g_rand_int_range(r, 0, 20) / 20.0;
}

/** Problem `number` of its model, always the same. */
static inline void made_cover(MadeCover *m, GapLocateModel model, guint32 number, bool capacities) {
    g_autoptr(GRand) r = g_rand_new_with_seed(number);
    const gsize n = (gsize)g_rand_int_range(r, 1, MADE_SITES + 1);
    const gsize demand = (gsize)g_rand_int_range(r, 1, capacities ? 9 : MADE_DEMAND + 1);
    const int density = g_rand_int_range(r, 10, 70);
    const bool fractions = made_chance(r, 30), groups = made_chance(r, 40);
    memset(m, 0, sizeof *m);
    made_sites(m, r, n, capacities);
    made_options(m, r, model, n);
    gsize pairs = 0;
    for (gsize i = 0; i < demand; i++) {
        m->weight[i] = made_chance(r, 10) ? 0
                       : fractions        ? g_rand_double_range(r, 0, 9)
                                          : g_rand_int_range(r, 1, 10);
        for (guint32 j = 0; j < n; j++)
            if (made_chance(r, density)) {
                m->site[pairs] = j;
                m->minutes[pairs++] = (float)g_rand_int_range(r, 0, 26);
            }
        m->first[i + 1] = pairs;
    }
    for (int g = 0; g < 3; g++) {
        m->least[g] = groups && made_chance(r, 30) ? 1 : 0;
        m->most[g] = groups ? (guint32)g_rand_int_range(r, 1, 4) : G_MAXUINT32;
    }
    m->problem = (GapLocateProblem){.n_demand = demand,
                                    .n_sites = n,
                                    .weight = m->weight,
                                    .sites = m->sites,
                                    .first = m->first,
                                    .site = m->site,
                                    .minutes = m->minutes,
                                    .n_groups = 3,
                                    .group_min = m->least,
                                    .group_max = m->most};
}

/* ---- by trying all ---- */

static inline bool made_allowed(const MadeCover *m, guint set) {
    double cost = 0, posts = 0;
    gint64 n = 0;
    guint32 groups[3] = {0}, places[4] = {0};
    for (gsize j = 0; j < m->problem.n_sites; j++) {
        const GapSite *s = &m->sites[j];
        const bool in = set >> j & 1;
        if (in != (s->state == GAP_SITE_FORCED) && s->state != GAP_SITE_FREE)
            return false;
        if (!in)
            continue;
        n++;
        cost += s->cost;
        posts += s->posts;
        if (s->group >= 0)
            groups[s->group]++;
        if (s->place >= 0 && places[s->place]++)
            return false;
    }
    for (int g = 0; g < 3; g++)
        if (groups[g] < m->least[g] || groups[g] > m->most[g])
            return false;
    return (m->options.p < 0 || n <= m->options.p) && cost <= m->options.budget + 1e-9 &&
           posts <= m->options.posts;
}

static inline bool made_is_open(const MadeCover *m, guint set, guint32 j) {
    return m->sites[j].state == GAP_SITE_OPEN || (set >> j & 1);
}

static inline bool made_covered(const MadeCover *m, guint set, gsize i) {
    guint32 count = 0;
    for (gsize k = m->first[i]; k < m->first[i + 1]; k++)
        count += made_is_open(m, set, m->site[k]) && m->minutes[k] <= 20;
    return count >= m->options.need;
}

/** The most weight of demand i and after it within what room is left. */
static inline double made_serve(const MadeCover *m, guint set, gsize i, double *room) {
    if (i == m->problem.n_demand)
        return 0;
    double best = made_serve(m, set, i + 1, room);
    for (gsize k = m->first[i]; k < m->first[i + 1] && made_covered(m, set, i); k++) {
        const guint32 j = m->site[k];
        if (!made_is_open(m, set, j) || m->minutes[k] > 20 || room[j] < m->weight[i] - 1e-9)
            continue;
        room[j] -= m->weight[i];
        best = fmax(best, m->weight[i] + made_serve(m, set, i + 1, room));
        room[j] += m->weight[i];
    }
    return best;
}

static inline double made_weight(const MadeCover *m, guint set, bool capacities) {
    double sum = 0, room[MADE_SITES];
    for (gsize j = 0; j < m->problem.n_sites; j++)
        room[j] = m->sites[j].capacity;
    if (capacities)
        return made_serve(m, set, 0, room);
    for (gsize i = 0; i < m->problem.n_demand; i++)
        sum += made_covered(m, set, i) ? m->weight[i] : 0;
    return sum;
}

/** The best value; NAN where nothing is allowed. */
static inline double made_best(const MadeCover *m) {
    bool capacities = false;
    double best = NAN, all = 0;
    for (gsize j = 0; j < m->problem.n_sites; j++)
        capacities |= isfinite(m->sites[j].capacity);
    for (gsize i = 0; i < m->problem.n_demand; i++)
        all += m->weight[i];
    for (guint set = 0; set < 1u << m->problem.n_sites; set++) {
        if (!made_allowed(m, set))
            continue;
        const double weight = made_weight(m, set, capacities);
        if (m->options.model == GAP_LOCATE_COVERING) {
            best = fmax(best, weight);
            continue;
        }
        double price = 0;
        for (gsize j = 0; j < m->problem.n_sites; j++)
            price += set >> j & 1 ? m->options.by_cost ? m->sites[j].cost : 1 : 0;
        if (weight >= m->options.share * all - 1e-9)
            best = fmin(best, price);
    }
    return best;
}

/* ---- what must hold of every answer ---- */

typedef GapLocateAnswer *(*MadeSolver)(const GapLocateProblem *, const GapLocateOptions *,
                                       const GapProgress *, GError **);

static inline void made_same(const GapLocateAnswer *a, const GapLocateAnswer *b) {
    assert_int_equal(a->n_sites, b->n_sites);
    if (a->n_sites)
        assert_memory_equal(a->sites, b->sites, a->n_sites * sizeof *a->sites);
}

/** Solves a problem twice, and compares it with trying all. Skips what is not well formed. */
static inline bool made_check(MadeSolver solver, GapLocateModel model, guint32 number,
                              bool capacities) {
    static MadeCover m;
    g_autoptr(GError) error = NULL;
    made_cover(&m, model, number, capacities);
    if (!gap_locate_check(&m.problem, &m.options, NULL))
        return false;
    const double best = made_best(&m);
    g_autoptr(GapLocateAnswer) a = solver(&m.problem, &m.options, NULL, &error);
    g_autoptr(GapLocateAnswer) again = solver(&m.problem, &m.options, NULL, &error);
    GapLocateVerdict verdict;
    if (!a || !gap_locate_verify(&m.problem, &m.options, a, &verdict, &error))
        fail_msg("problem %u: %s", number, error->message);
    made_same(a, again);
    if (isnan(best)) {
        if (a->status != GAP_LOCATE_INFEASIBLE)
            fail_msg("problem %u has no answer, and %.17g was found", number, a->value);
        return true;
    }
    if (a->status != GAP_LOCATE_PROVEN || fabs(a->value - best) > 1e-9 * fmax(1, best))
        fail_msg("problem %u: %.17g is best, and %.17g was found, status %d", number, best,
                 a->value, a->status);
    const double sign = model == GAP_LOCATE_COVERING ? 1 : -1;
    if (!isnan(a->root_bound) && sign * (best - a->root_bound) > 1e-9 * fmax(1, fabs(best)))
        fail_msg("problem %u: %.17g is best, beyond its root bound %.17g", number, best,
                 a->root_bound);
    return true;
}

static inline void made_check_many(MadeSolver solver, GapLocateModel model, guint32 from,
                                   guint count, bool capacities) {
    guint done = 0;
    for (guint32 number = from; done < count; number++)
        done += made_check(solver, model, number, capacities);
}

#endif
