#include "geo/locate/median.h"

#include <string.h>

typedef struct {
    const GapRows *rows;
    const GapDualTask *task;
    GapDual *dual;
    double *u, *rho; /**< where the step leads; row sums of its sites */
    double *g, *way; /**< slope there; mean of slopes, along which steps go */
    guint32 *order;  /**< of sites: those chosen first */
    guint8 *in;
    double *worth, *swing; /**< with limits: -rho of each site; what going against `in` costs */
    GapPrices prices;
    double last, next; /**< the greatest rho chosen, the least not chosen */
} Climb;

GapDual *gap_dual_new(const GapRows *rows) {
    GapDual *dual = g_new0(GapDual, 1);
    dual->u = g_new0(double, rows->n_rows + 1);
    dual->share = g_new0(double, rows->n_sites + 1);
    dual->way = g_new0(double, rows->n_rows + 1);
    dual->scale = 1;
    dual->mix = 0.2;
    dual->fate = g_new0(GapRowsFate, rows->n_sites + 1);
    dual->in = g_new0(bool, rows->n_sites + 1);
    dual->value = INFINITY;
    dual->bound = -INFINITY;
    return dual;
}

void gap_dual_free(GapDual *dual) {
    if (!dual)
        return;
    g_free(dual->u);
    g_free(dual->share);
    g_free(dual->way);
    g_free(dual->fate);
    g_free(dual->in);
    g_free(dual);
}

// rho of each site at c->u; answers base + the sum of u.
static double sum_up(Climb *c) {
    const GapRows *rows = c->rows;
    double sum = rows->base;
    memset(c->rho, 0, rows->n_sites * sizeof *c->rho);
    for (guint32 i = 0; i < rows->n_rows; i++) {
        const double u = c->u[i];
        sum += u;
        for (gsize k = rows->first[i]; k < rows->first[i + 1] && rows->cost[k] < u; k++)
            c->rho[rows->site[k]] += rows->cost[k] - u;
    }
    return sum;
}

static bool before(const double *rho, guint32 a, guint32 b) {
    return rho[a] != rho[b] ? rho[a] < rho[b] : a < b;
}

// Brings the `p` sites of least rho to the front of the order (Hoare's selection).
static void partition(const double *rho, guint32 *order, gsize n, gsize p) {
    gsize from = 0, to = n - 1;
    while (from < to) {
        const guint32 pivot = order[(from + to) / 2];
        gsize a = from, b = to;
        while (a <= b) {
            while (before(rho, order[a], pivot))
                a++;
            while (before(rho, pivot, order[b]))
                b--;
            if (a > b)
                break;
            const guint32 swap = order[a];
            order[a++] = order[b];
            order[b] = swap;
            if (!b--)
                break;
        }
        if (b != G_MAXSIZE && p <= b)
            to = b;
        else if (p >= a)
            from = a;
        else
            return;
    }
}

// The cheapest selection by rho.
static double choose_limited(Climb *c) {
    for (guint32 j = 0; j < c->rows->n_sites; j++)
        c->worth[j] = -c->rho[j];
    return -gap_limits_least_bound(c->task->limits, c->task->tally, c->rows->id, c->rows->n_sites,
                                   c->worth, &c->prices, c->in);
}

static double choose(Climb *c) {
    if (c->task->limits)
        return choose_limited(c);
    const gsize n = c->rows->n_sites, p = (gsize)MIN(c->task->p, (gint64)n);
    double sum = 0;
    if (p < n && p > 0)
        partition(c->rho, c->order, n, p);
    c->last = -INFINITY;
    c->next = p < n ? INFINITY : 0;
    for (gsize k = 0; k < n; k++) {
        const double rho = c->rho[c->order[k]];
        c->in[c->order[k]] = k < p;
        if (k < p) {
            sum += rho;
            c->last = MAX(c->last, rho);
        } else
            c->next = MIN(c->next, rho);
    }
    return sum;
}

// The slope of the bound at c->u; answers what the selection costs.
static double slope(Climb *c) {
    const GapRows *rows = c->rows;
    double value = rows->base;
    for (guint32 i = 0; i < rows->n_rows; i++) {
        const double u = c->u[i];
        gsize k = rows->first[i];
        const gsize end = rows->first[i + 1];
        int served = 0;
        double nearest = rows->outside[i];
        for (; k < end && rows->cost[k] < u; k++)
            if (c->in[rows->site[k]]) {
                if (!served++)
                    nearest = rows->cost[k];
            }
        if (!served) {
            while (k < end && !c->in[rows->site[k]])
                k++;
            if (k < end)
                nearest = rows->cost[k];
        }
        value += nearest;
        c->g[i] = 1 - served;
    }
    return value;
}

// Sites whose other fate alone would lift this bound to the cut.
static void fix(Climb *c, double bound) {
    GapDual *dual = c->dual;
    const double spare = c->task->cut - bound;
    if (c->task->limits)
        gap_limits_swing(c->task->limits, c->task->tally, c->rows->id, c->rows->n_sites, c->worth,
                         c->prices, c->in, c->swing);
    for (guint32 j = 0; j < c->rows->n_sites; j++) {
        if (dual->fate[j] != GAP_ROWS_FREE)
            continue;
        const double swing = c->task->limits ? c->swing[j]
                             : c->in[j]      ? c->next - c->rho[j]
                                             : c->rho[j] - c->last;
        if (swing < spare)
            continue;
        if (c->in[j]) {
            dual->fate[j] = GAP_ROWS_OPEN;
            dual->n_open++;
        } else {
            dual->fate[j] = GAP_ROWS_CLOSED;
            dual->n_closed++;
        }
    }
}

bool gap_selection_allowed(const GapLimits *limits, const GapTally *tally, const guint32 *may,
                           const guint8 *in, gsize n) {
    g_autoptr(GapTally) all = gap_tally_copy(limits, tally);
    for (gsize k = 0; k < n; k++)
        if (in[k])
            gap_tally_add(limits, all, may[k]);
    return gap_limits_hold(limits, all);
}

// Whether the selection keeps the limits: prices only ask it to.
static bool is_allowed(const Climb *c) {
    return !c->task->limits || gap_selection_allowed(c->task->limits, c->task->tally, c->rows->id,
                                                     c->in, c->rows->n_sites);
}

// Evaluates c->u; answers its bound.
static double evaluate(Climb *c) {
    const double bound = sum_up(c) + choose(c), value = slope(c);
    c->dual->steps++;
    if (value < c->dual->value && is_allowed(c)) {
        c->dual->value = value;
        for (guint32 j = 0; j < c->rows->n_sites; j++)
            c->dual->in[j] = c->in[j];
    }
    if (!c->task->limits || bound > c->dual->bound)
        fix(c, bound);
    return bound;
}

// The length of a step that would reach the target, were the way right.
static double length_of(const Climb *c) {
    double norm = 0;
    for (guint32 i = 0; i < c->rows->n_rows; i++)
        if (c->way[i] < 0 || c->dual->u[i] < c->rows->outside[i])
            norm += c->way[i] * c->way[i];
    return norm > 0 ? (c->task->target - c->dual->bound) / norm : 0;
}

static void step(Climb *c, double length) {
    const GapRows *rows = c->rows;
    for (guint32 i = 0; i < rows->n_rows; i++) {
        const double u = c->dual->u[i] + length * c->way[i];
        c->u[i] = CLAMP(u, rows->cost[rows->first[i]], rows->outside[i]);
    }
}

// Mixes the new slope into the way so that it is short; answers their product.
static double mix(Climb *c, double most) {
    double along = 0, square = 0, apart = 0;
    for (guint32 i = 0; i < c->rows->n_rows; i++) {
        along += c->way[i] * c->g[i];
        square += c->way[i] * c->way[i];
        apart += (c->g[i] - c->way[i]) * (c->g[i] - c->way[i]);
    }
    const double best = apart > 0 ? (square - along) / apart : most;
    const double part = best < 0 ? most / 10 : CLAMP(best, most / 10, most);
    for (guint32 i = 0; i < c->rows->n_rows; i++)
        c->way[i] += part * (c->g[i] - c->way[i]);
    for (guint32 j = 0; j < c->rows->n_sites; j++)
        c->dual->share[j] += part * (c->in[j] - c->dual->share[j]);
    return along;
}

static void climb(Climb *c, GapWatch *watch) {
    GapDual *dual = c->dual;
    const GapDualTask *task = c->task;
    double marked = dual->bound;
    guint32 poor = 0;
    for (guint32 n = 1; n <= task->steps; n++) {
        if (dual->bound >= task->cut || dual->n_open + dual->n_closed >= task->fixed ||
            dual->scale < 1e-3 || gap_watch_over(watch, task->target, dual->bound))
            return;
        const double length = length_of(c);
        if (length <= 0)
            return;
        step(c, dual->scale * length);
        const double bound = evaluate(c);
        const double along = mix(c, dual->mix);
        if (bound > dual->bound) {
            if (along >= 0)
                dual->scale = MIN(2, dual->scale * 1.1);
            dual->bound = bound;
            memcpy(dual->u, c->u, c->rows->n_rows * sizeof *c->u);
            poor = 0;
        } else if (++poor >= task->patience) {
            dual->scale *= 0.66;
            poor = 0;
        }
        if (n % 100 == 0) {
            if (dual->bound - marked < 0.01 * fabs(marked) && dual->mix > 1e-3)
                dual->mix /= 2;
            marked = dual->bound;
        }
    }
}

void gap_dual_climb(GapDual *dual, const GapRows *rows, const GapDualTask *task, GapWatch *watch) {
    g_autofree double *u = g_new(double, rows->n_rows + 1), *rho = g_new(double, rows->n_sites + 1);
    g_autofree double *g = g_new(double, rows->n_rows + 1);
    g_autofree guint32 *order = g_new(guint32, rows->n_sites + 1);
    g_autofree guint8 *in = g_new0(guint8, rows->n_sites + 1);
    g_autofree double *worth = g_new(double, rows->n_sites + 1),
                      *swing = g_new(double, rows->n_sites + 1);
    Climb c = {rows, task, dual, u, rho, g, dual->way, order, in, worth, swing, {0, 0}, 0, 0};
    for (guint32 j = 0; j < rows->n_sites; j++)
        order[j] = j;
    step(&c, 0);
    const bool first = !dual->steps;
    const double bound = evaluate(&c);
    if (first) {
        dual->bound = bound;
        memcpy(dual->u, u, rows->n_rows * sizeof *u);
        memcpy(dual->way, g, rows->n_rows * sizeof *g);
        for (guint32 j = 0; j < rows->n_sites; j++)
            dual->share[j] = in[j];
    }
    climb(&c, watch);
}
