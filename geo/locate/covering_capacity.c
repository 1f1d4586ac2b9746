/* Maximal covering where sites have capacities: each demand goes whole to one open site that
 * reaches it, or to none. Branch and bound on sites; its bound relaxes "a demand goes to one site":
 *     sum_i (w_i - u_i) + best over X of sum_j (what the capacity of j holds of the u in reach),
 * which is sorting by u_i / w_i (Dantzig's bound of a knapsack; Geoffrion 1974), lowered along its
 * slope. When all sites are decided, who goes where is a search of its own (covering_assign.c).
 * With need 2 only demand with two open sites within reach is served; bounds do not use that. */
#include "geo/locate/covering.h"
#include "geo/locate/covering_assign.h"

#include <string.h>

typedef struct {
    GapCovering *s;
    GapReach *reach;
    double *u, *best_u; /**< of demand */
    double *gain;       /**< of each candidate */
    double *served;     /**< of demand: how much of it the selection takes, all columns together */
    GapRatio *order;    /**< work space of a knapsack */
    gint32 *serves;     /**< of the best selection */
    double *root_u;
    GapPrices root_prices;
    double root_bound;
} Capacity;

static void capacity_clear(Capacity *c) {
    void *parts[] = {c->u, c->best_u, c->gain, c->served, c->order, c->serves, c->root_u};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(parts[i]);
    gap_reach_free(c->reach);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Capacity, capacity_clear)

/** A node: decided sites, and the list of those still to decide. */
typedef struct {
    GapTally *taken;
    guint8 *in; /**< of each candidate: open, be it new or not */
    guint32 *may;
    gsize n;
    double bound;
} Branch;

static void branch_clear(Branch *b) {
    gap_tally_free(b->taken);
    g_free(b->in);
    g_free(b->may);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Branch, branch_clear)

/* ---- the bound ---- */

/** Adds what column j takes of each demand to `served`. */
static void serve(Capacity *c, guint32 j) {
    const gsize n = gap_reach_order(c->reach, j, c->u, c->order);
    double left = c->s->problem->sites[j].capacity;
    for (gsize k = 0; k < n && left > 0; k++) {
        const double share = fmin(1, left / c->order[k].weight);
        c->served[c->order[k].demand] += share;
        left -= c->order[k].weight;
    }
}

/** The bound at u; sets `chosen` of b->may and `served`. */
static double bound_at(Capacity *c, const Branch *b, GapPrices *prices, guint8 *chosen) {
    const GapLocateProblem *p = c->s->problem;
    g_autofree double *value = g_new(double, b->n + 1);
    double sum = 0;
    for (gsize i = 0; i < p->n_demand; i++)
        sum += p->weight[i] - c->u[i];
    for (guint32 j = 0; j < p->n_sites; j++)
        if (b->in[j])
            sum += gap_reach_gain(c->reach, j, c->u, c->order);
    for (gsize k = 0; k < b->n; k++)
        value[k] = gap_reach_gain(c->reach, b->may[k], c->u, c->order);
    const double best =
        gap_limits_least_bound(c->s->limits, b->taken, b->may, b->n, value, prices, chosen);
    memset(c->served, 0, p->n_demand * sizeof *c->served);
    for (guint32 j = 0; j < p->n_sites; j++)
        if (b->in[j])
            serve(c, j);
    for (gsize k = 0; k < b->n; k++)
        if (chosen[k])
            serve(c, b->may[k]);
    return sum + best;
}

/** Steps u along the slope. False: there is none. */
static bool step(Capacity *c, double length) {
    const GapLocateProblem *p = c->s->problem;
    double norm = 0;
    for (gsize i = 0; i < p->n_demand; i++)
        norm += p->weight[i] * (1 - c->served[i]) * (1 - c->served[i]);
    if (!(norm > 0))
        return false;
    for (gsize i = 0; i < p->n_demand; i++)
        c->u[i] =
            CLAMP(c->u[i] + length / norm * p->weight[i] * (1 - c->served[i]), 0, p->weight[i]);
    return true;
}

/** Tries a selection: the sites of the node beside the chosen ones. */
static void offer(Capacity *c, const Branch *b, const guint8 *chosen) {
    const GapLocateProblem *p = c->s->problem;
    g_autoptr(GapTally) t = gap_tally_copy(c->s->limits, b->taken);
    g_autofree guint8 *in = g_memdup2(b->in, p->n_sites + 1);
    g_autofree gint32 *serves = g_new(gint32, p->n_demand + 1);
    for (gsize k = 0; k < b->n; k++) {
        if (!chosen[k])
            continue;
        if (!gap_limits_fit(c->s->limits, t, b->may[k]))
            return;
        gap_tally_add(c->s->limits, t, b->may[k]);
        in[b->may[k]] = 1;
    }
    if (!gap_limits_hold(c->s->limits, t))
        return;
    const double value = gap_reach_assign(c->reach, in, serves);
    if (value <= c->s->value)
        return;
    c->s->value = value;
    memcpy(c->s->best, in, p->n_sites);
    memcpy(c->serves, serves, p->n_demand * sizeof *serves);
}

/** Lowers the bound of a node; leaves in `chosen` what is best at the best multipliers. */
static void lower(Capacity *c, Branch *b, int steps, guint8 *chosen) {
    const gsize n = c->s->problem->n_demand;
    g_autofree guint8 *now = g_new0(guint8, b->n + 1);
    GapPrices prices;
    double pace = 1, best = INFINITY;
    for (int i = 0; i < steps; i++) {
        const double bound = bound_at(c, b, &prices, now);
        if (i % 10 == 0)
            offer(c, b, now);
        if (bound < best) {
            best = bound;
            memcpy(c->best_u, c->u, n * sizeof *c->u);
            memcpy(chosen, now, b->n);
            if (c->s->nodes == 1) {
                c->root_prices = prices;
                c->root_bound = bound;
            }
        } else
            pace *= .9;
        b->bound = fmin(b->bound, best);
        const double goal = fmax(c->s->value, bound - .1 * fabs(bound));
        if (gap_covering_shut(c->s, b->bound) || gap_covering_over(c->s, b->bound) ||
            !step(c, pace * (bound - goal)))
            break;
    }
    memcpy(c->u, c->best_u, n * sizeof *c->u);
}

/** A selection within all limits, of what the bound deems worth most. */
static void offer_repaired(Capacity *c, const Branch *b) {
    g_autofree double *value = g_new(double, b->n + 1);
    g_autofree guint8 *chosen = g_new0(guint8, b->n + 1);
    for (gsize k = 0; k < b->n; k++)
        value[k] = gap_reach_gain(c->reach, b->may[k], c->u, c->order);
    if (gap_limits_repair(c->s->limits, b->taken, b->may, b->n, value, chosen))
        offer(c, b, chosen);
}

/* ---- branch and bound ---- */

/** All sites are decided: the best assignment, or else a bound on it. */
static void settle(Capacity *c, const Branch *b) {
    g_autofree gint32 *serves = g_new(gint32, c->s->problem->n_demand + 1);
    bool proven;
    const double value = gap_reach_assign_best(c->reach, b->in, c->s, serves, &proven);
    if (value > c->s->value) {
        c->s->value = value;
        memcpy(c->s->best, b->in, c->s->problem->n_sites);
        memcpy(c->serves, serves, c->s->problem->n_demand * sizeof *serves);
    }
    if (!proven)
        c->s->open = fmax(c->s->open, b->bound);
}

static void search(Capacity *c, Branch *b);

static void search_child(Capacity *c, const Branch *b, gsize at, bool in) {
    g_auto(Branch) child = {.taken = gap_tally_copy(c->s->limits, b->taken),
                            .in = g_memdup2(b->in, c->s->problem->n_sites + 1),
                            .may = g_new(guint32, b->n + 1),
                            .bound = b->bound};
    g_autofree double *u = g_memdup2(c->u, (c->s->problem->n_demand + 1) * sizeof *c->u);
    if (in) {
        gap_tally_add(c->s->limits, child.taken, b->may[at]);
        child.in[b->may[at]] = 1;
    }
    for (gsize k = 0; k < b->n; k++)
        if (k != at && gap_limits_fit(c->s->limits, child.taken, b->may[k]))
            child.may[child.n++] = b->may[k];
    search(c, &child);
    memcpy(c->u, u, c->s->problem->n_demand * sizeof *c->u);
}

static void search(Capacity *c, Branch *b) {
    GapCovering *s = c->s;
    if (!gap_limits_completable(s->limits, b->taken, b->may, b->n) ||
        gap_covering_shut(s, b->bound))
        return;
    if (gap_covering_over(s, b->bound) && s->nodes > 0) {
        s->open = fmax(s->open, b->bound);
        return;
    }
    g_autofree guint8 *chosen = g_new0(guint8, b->n + 1);
    const bool root = ++s->nodes == 1;
    lower(c, b, root ? 300 : 20, chosen);
    if (root) {
        s->top = b->bound;
        c->root_u = g_memdup2(c->u, (s->problem->n_demand + 1) * sizeof *c->u);
        offer_repaired(c, b);
    }
    if (gap_covering_shut(s, b->bound))
        return;
    if (b->n == 0) {
        if (gap_limits_hold(s->limits, b->taken))
            settle(c, b);
        return;
    }
    gsize at = 0;
    while (at + 1 < b->n && !chosen[at])
        at++;
    search_child(c, b, at, true);
    search_child(c, b, at, false);
}

/* ---- the answer ---- */

static void tell_capacities(Capacity *c, GapLocateAnswer *a) {
    const gsize n = c->s->problem->n_demand;
    if (isfinite(c->s->value))
        a->serves = g_memdup2(c->serves, (n + 1) * sizeof *c->serves);
    if (!c->root_u || c->s->options->need > 1)
        return;
    a->root_bound = c->root_bound;
    a->n_multipliers = n + 2;
    a->multipliers = g_new(double, n + 2);
    memcpy(a->multipliers, c->root_u, n * sizeof *a->multipliers);
    a->multipliers[n] = c->root_prices.money;
    a->multipliers[n + 1] = c->root_prices.posts;
}

bool gap_covering_capacities(GapCovering *s, GapLocateAnswer *answer) {
    const GapLocateProblem *p = s->problem;
    g_auto(Capacity) c = {.s = s,
                          .reach = gap_reach_new(p, s->options),
                          .u = g_new0(double, p->n_demand + 1),
                          .best_u = g_new0(double, p->n_demand + 1),
                          .served = g_new0(double, p->n_demand + 1),
                          .order = g_new(GapRatio, p->n_demand + 1),
                          .serves = g_new0(gint32, p->n_demand + 1)};
    g_auto(Branch) root = {.taken = gap_tally_new(s->limits),
                           .in = g_new0(guint8, p->n_sites + 1),
                           .may = g_new(guint32, p->n_sites + 1),
                           .bound = INFINITY};
    const gssize n = gap_limits_start(s->limits, root.taken, root.may);
    if (n < 0)
        return true;
    root.n = (gsize)n;
    for (gsize j = 0; j < p->n_sites; j++)
        root.in[j] = p->sites[j].state == GAP_SITE_OPEN || p->sites[j].state == GAP_SITE_FORCED;
    root.bound = 0;
    for (gsize i = 0; i < p->n_demand; i++) {
        c.u[i] = p->weight[i] / 2;
        root.bound += p->weight[i];
    }
    s->top = root.bound;
    search(&c, &root);
    tell_capacities(&c, answer);
    return true;
}
