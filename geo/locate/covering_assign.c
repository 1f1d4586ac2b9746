#include "geo/locate/covering_assign.h"

#include <string.h>

enum { MOST_NODES = 2000000, MOST_DEEP = 5000 };

static bool reaches(const GapReach *r, gsize pair) {
    return (double)r->problem->minutes[pair] <= r->options->within;
}

GapReach *gap_reach_new(const GapLocateProblem *p, const GapLocateOptions *options) {
    GapReach *r = g_new0(GapReach, 1);
    *r = (GapReach){.problem = p,
                    .options = options,
                    .first = g_new0(gsize, p->n_sites + 2),
                    .demand = g_new(guint32, p->first[p->n_demand] + 1)};
    for (gsize k = 0; k < p->first[p->n_demand]; k++)
        r->first[p->site[k] + 2] += reaches(r, k);
    for (gsize j = 1; j < p->n_sites; j++)
        r->first[j + 1] += r->first[j];
    for (guint32 i = 0; i < p->n_demand; i++)
        for (gsize k = p->first[i]; k < p->first[i + 1]; k++)
            if (reaches(r, k))
                r->demand[r->first[p->site[k] + 1]++] = i;
    return r;
}

void gap_reach_free(GapReach *r) {
    if (!r)
        return;
    g_free(r->first);
    g_free(r->demand);
    g_free(r);
}

static int by_ratio(const void *a, const void *b) {
    const GapRatio *x = a, *y = b;
    if (x->ratio != y->ratio)
        return x->ratio > y->ratio ? -1 : 1;
    return x->demand < y->demand ? -1 : 1;
}

gsize gap_reach_order(const GapReach *r, guint32 site, const double *u, GapRatio *order) {
    const double *weight = r->problem->weight;
    gsize n = 0;
    for (gsize k = r->first[site]; k < r->first[site + 1]; k++) {
        const guint32 i = r->demand[k];
        if (u[i] > 0)
            order[n++] = (GapRatio){u[i] / weight[i], weight[i], i};
    }
    qsort(order, n, sizeof *order, by_ratio);
    return n;
}

double gap_reach_gain(const GapReach *r, guint32 site, const double *u, GapRatio *order) {
    const gsize n = gap_reach_order(r, site, u, order);
    double left = r->problem->sites[site].capacity, gain = 0;
    for (gsize k = 0; k < n && left > 0; k++) {
        gain += order[k].ratio * fmin(order[k].weight, left);
        left -= order[k].weight;
    }
    return gain;
}

/* ---- assignments ---- */

typedef struct {
    const GapReach *r;
    const guint8 *in;
    GapRatio *order; /**< demand to place, the heaviest first */
    gsize n;
    double *room;      /**< of each site */
    double *rest;      /**< weight of order[k] and all after it */
    double room_total; /**< of finite rooms */
    double base, value, best;
    gint32 *now, *serves;
    GapCovering *s;
    guint64 nodes;
} Assign;

/** The open sites within reach of a demand; and one without a limit, or -1. */
static guint32 count_open(const Assign *a, gsize i, gint32 *boundless) {
    const GapLocateProblem *p = a->r->problem;
    guint32 count = 0;
    *boundless = -1;
    for (gsize k = p->first[i]; k < p->first[i + 1]; k++) {
        if (!a->in[p->site[k]] || !reaches(a->r, k))
            continue;
        count++;
        if (*boundless < 0 && isinf(p->sites[p->site[k]].capacity))
            *boundless = (gint32)p->site[k];
    }
    return count;
}

static void assign_clear(Assign *a) {
    g_free(a->order);
    g_free(a->room);
    g_free(a->rest);
    g_free(a->now);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Assign, assign_clear)

/** Serves what a site without a limit reaches; lists the rest that could be served. */
static void start(Assign *a) {
    const GapLocateProblem *p = a->r->problem;
    gint32 boundless;
    a->order = g_new(GapRatio, p->n_demand + 1);
    a->room = g_new(double, p->n_sites + 1);
    a->rest = g_new(double, p->n_demand + 2);
    a->now = g_new(gint32, p->n_demand + 1);
    for (gsize j = 0; j < p->n_sites; j++) {
        const double capacity = p->sites[j].capacity;
        a->room[j] = capacity + 1e-9 * fabs(capacity);
        a->room_total += a->in[j] && isfinite(capacity) ? a->room[j] : 0;
    }
    for (guint32 i = 0; i < p->n_demand; i++) {
        const guint32 open = count_open(a, i, &boundless);
        a->now[i] = -1;
        if (!(p->weight[i] > 0) || open < a->r->options->need)
            continue;
        a->now[i] = boundless;
        if (boundless >= 0)
            a->base += p->weight[i];
        else
            a->order[a->n++] = (GapRatio){p->weight[i], p->weight[i], i};
    }
    qsort(a->order, a->n, sizeof *a->order, by_ratio);
    a->rest[a->n] = 0;
    for (gsize k = a->n; k > 0; k--)
        a->rest[k - 1] = a->rest[k] + a->order[k - 1].weight;
}

static double greedy(Assign *a) {
    const GapLocateProblem *p = a->r->problem;
    double value = a->base;
    for (gsize k = 0; k < a->n; k++) {
        const guint32 i = a->order[k].demand;
        gint32 best = -1;
        for (gsize q = p->first[i]; q < p->first[i + 1]; q++) {
            const guint32 j = p->site[q];
            if (a->in[j] && reaches(a->r, q) && a->room[j] >= p->weight[i] &&
                (best < 0 || a->room[j] > a->room[best]))
                best = (gint32)j;
        }
        a->now[i] = best;
        if (best < 0)
            continue;
        a->room[best] -= p->weight[i];
        value += p->weight[i];
    }
    return value;
}

double gap_reach_assign(const GapReach *reach, const guint8 *in, gint32 *serves) {
    g_auto(Assign) a = {.r = reach, .in = in};
    start(&a);
    const double value = greedy(&a);
    memcpy(serves, a.now, reach->problem->n_demand * sizeof *serves);
    return value;
}

/** Places the k-th heaviest in every site with room, then nowhere. */
static void place(Assign *a, gsize k) {
    const GapLocateProblem *p = a->r->problem;
    if (a->value > a->best) {
        a->best = a->value;
        memcpy(a->serves, a->now, p->n_demand * sizeof *a->serves);
    }
    const double still = fmin(a->rest[k], a->room_total);
    if (k == a->n || a->value + still <= a->best + 1e-10 * a->best || ++a->nodes > MOST_NODES ||
        gap_covering_shut(a->s, a->value + still))
        return;
    const guint32 i = a->order[k].demand;
    const double w = p->weight[i];
    for (gsize q = p->first[i]; q < p->first[i + 1]; q++) {
        const guint32 j = p->site[q];
        if (!a->in[j] || !reaches(a->r, q) || a->room[j] < w)
            continue;
        const double room = a->room[j], total = a->room_total, value = a->value;
        a->now[i] = (gint32)j;
        a->room[j] -= w;
        a->room_total -= w;
        a->value += w;
        place(a, k + 1);
        a->room[j] = room;
        a->room_total = total;
        a->value = value;
        a->now[i] = -1;
    }
    place(a, k + 1);
}

double gap_reach_assign_best(const GapReach *reach, const guint8 *in, GapCovering *s,
                             gint32 *serves, bool *proven) {
    g_auto(Assign) a = {.r = reach, .in = in, .s = s, .serves = serves, .best = -1};
    start(&a);
    if (a.n > MOST_DEEP) { /* too deep to search */
        a.best = greedy(&a);
        memcpy(serves, a.now, reach->problem->n_demand * sizeof *serves);
        *proven = a.best >= a.base + a.rest[0];
        return a.best;
    }
    a.value = a.base;
    place(&a, 0);
    *proven = a.nodes <= MOST_NODES;
    return a.best;
}
