#include "geo/locate/covering.h"

#include <string.h>

/* With multipliers u of "need z_i <= sum of open y_j that reach i", 0 <= u_i <= w_i / need, and the
 * price T of weight (COVERING: 1), no selection is worth more than
 *     T (covered + sum_i (w_i - need u_i)) - T target + best over X of sum_j (T gain_j - price_j),
 * gain_j = sum of u_i of what j reaches; where all must be covered w_i - need u_i becomes -need u_i
 * and u has no upper end. The slope in u_i is T (chosen columns that reach i - need). */

typedef struct {
    GapCovering *s;
    GapCoverNode *node;
    GapCoverDual *dual;
    const GapCover *cover;
    double *u, *way; /**< where the step leads; mean of slopes, along which steps go */
    double *scale;   /**< of a step, by row */
    double *gain;
    double *value;  /**< of columns: T gain - price */
    guint32 *count; /**< of rows: chosen columns that reach it */
    guint8 *chosen;
    double bound; /**< at u */
    GapPrices prices;
    double price;
    double pace;
    int since; /**< steps without a better bound */
} Ascent;

void gap_cover_dual_clear(GapCoverDual *dual) {
    void *parts[] = {dual->mean, dual->net, dual->u, dual->chosen};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(parts[i]);
}

static void ascent_clear(Ascent *a) {
    void *parts[] = {a->u, a->way, a->scale, a->gain, a->value, a->count, a->chosen};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(parts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ascent, ascent_clear)

/** gain of each column at u; answers the sum over rows. */
static double sum_up(Ascent *a) {
    const GapCover *c = a->cover;
    double sum = 0;
    memset(a->gain, 0, c->n_columns * sizeof *a->gain);
    for (gsize r = 0; r < c->n_rows; r++) {
        const double u = a->u[r];
        sum += (a->s->all ? 0 : c->weight[r]) - c->need[r] * u;
        if (u > 0)
            for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++)
                a->gain[c->row_columns[k]] += u;
    }
    return sum;
}

/** The bound at a price of weight; `rows` is what sum_up() answered. */
static double bound_at(Ascent *a, double rows, double price) {
    const GapCover *c = a->cover;
    for (gsize j = 0; j < c->n_columns; j++)
        a->value[j] = price * a->gain[j] - a->s->price[c->site[j]];
    const double best = gap_limits_have_budget(a->s->limits)
                            ? gap_limits_least_bound(a->s->limits, a->node->taken, c->site,
                                                     c->n_columns, a->value, &a->prices, a->chosen)
                            : gap_limits_bound(a->s->limits, a->node->taken, c->site, c->n_columns,
                                               a->value, a->prices, a->chosen);
    const double still = a->s->all ? 0 : c->covered - a->s->target;
    return price * (rows + still) - a->node->spent + best;
}

/** Whether the bound grows with the price of weight. */
static bool grows(const Ascent *a, double rows) {
    double slope = rows + a->cover->covered - a->s->target;
    for (gsize j = 0; j < a->cover->n_columns; j++)
        slope += a->chosen[j] ? a->gain[j] : 0;
    return slope > 0;
}

/** The price of weight with the least bound, near the one before: bracketed, then bisected. */
static double search_price(Ascent *a, double rows) {
    double low = 0, high = a->price * 1.01, least = INFINITY, best = a->price;
    double bound = bound_at(a, rows, high);
    for (int i = 0; i < 60 && !grows(a, rows); i++) {
        low = high;
        bound = bound_at(a, rows, high *= i < 3 ? 1.1 : 2);
    }
    if (!grows(a, rows)) /* no selection covers enough, whatever is paid */
        return -INFINITY;
    if (low == 0) {
        low = a->price * .99;
        for (int i = 0; i < 60 && (bound_at(a, rows, low), grows(a, rows)); i++) {
            high = low;
            low *= i < 3 ? .9 : .5;
        }
    }
    for (int i = 0; i < 14; i++) {
        const double middle = (low + high) / 2;
        bound = bound_at(a, rows, middle);
        if (bound < least) {
            least = bound;
            best = middle;
        }
        *(grows(a, rows) ? &high : &low) = middle;
    }
    a->price = fmax(best, a->s->least_price);
    return bound_at(a, rows, a->price);
}

static void evaluate(Ascent *a) {
    const GapCover *c = a->cover;
    const double rows = sum_up(a);
    a->bound = a->s->set_cover && !a->s->all ? search_price(a, rows) : bound_at(a, rows, a->price);
    memset(a->count, 0, c->n_rows * sizeof *a->count);
    for (gsize j = 0; j < c->n_columns; j++)
        if (a->chosen[j])
            for (gsize k = c->column_first[j]; k < c->column_first[j + 1]; k++)
                a->count[c->column_rows[k]]++;
}

/** Offers what was chosen, as far as its value could be better. */
static void offer(Ascent *a) {
    const GapCover *c = a->cover;
    double value = c->covered;
    bool all = true;
    for (gsize r = 0; r < c->n_rows; r++) {
        const bool covered = a->count[r] >= c->need[r];
        value += covered ? c->weight[r] : 0;
        all &= covered;
    }
    if (a->s->set_cover ? a->s->all ? all : value >= a->s->target : value > a->s->value)
        gap_covering_offer(a->s, a->node, a->chosen);
}

/** Keeps the multipliers where the bound is least. */
static void keep(Ascent *a) {
    GapCoverDual *d = a->dual;
    const GapCover *c = a->cover;
    d->bound = a->bound;
    d->prices = a->prices;
    d->price = a->price;
    memcpy(d->u, a->u, c->n_rows * sizeof *d->u);
    memcpy(d->net, a->value, c->n_columns * sizeof *d->net);
    memcpy(d->chosen, a->chosen, c->n_columns);
}

/** Slope of row r at u: what its multiplier should gain. */
static inline double slope_of(const Ascent *a, gsize r) {
    return (double)a->cover->need[r] - a->count[r];
}

/** Whether row r's multiplier cannot go that way. */
static inline bool stuck(const Ascent *a, const double *u, gsize r, double way) {
    return way < 0 ? u[r] <= 0 : !a->s->all && u[r] >= a->cover->weight[r] / a->cover->need[r];
}

/** Mixes the slope into the mean so that the mix is shortest; and the selection alike. Answers
 *  the squared length of the way, where it is free. */
static double mix(Ascent *a, bool first) {
    const GapCover *c = a->cover;
    double gg = 0, gw = 0, ww = 0, length = 0;
    for (gsize r = 0; r < c->n_rows; r++) {
        const double g = slope_of(a, r), w = a->way[r], q = a->scale[r];
        gg += q * g * g;
        gw += q * g * w;
        ww += q * w * w;
    }
    const double across = gg - 2 * gw + ww;
    const double share = first ? 1 : CLAMP(across > 0 ? (ww - gw) / across : .1, .02, .2);
    for (gsize r = 0; r < c->n_rows; r++) {
        a->way[r] += share * (slope_of(a, r) - a->way[r]);
        if (!stuck(a, a->dual->u, r, a->way[r]))
            length += a->scale[r] * a->way[r] * a->way[r];
    }
    for (gsize j = 0; j < c->n_columns; j++)
        a->dual->mean[j] += share * (a->chosen[j] - a->dual->mean[j]);
    return length;
}

static void step_from_best(Ascent *a, double step) {
    const GapCover *c = a->cover;
    for (gsize r = 0; r < c->n_rows; r++) {
        const double most = a->s->all ? INFINITY : c->weight[r] / c->need[r];
        a->u[r] = CLAMP(a->dual->u[r] + step * a->scale[r] * a->way[r], 0, most);
    }
}

/** Judges the step: a better bound is kept, and the pace follows. */
static void judge(Ascent *a) {
    double along = 0;
    if (a->bound >= a->dual->bound) {
        if (++a->since % 12 == 0)
            a->pace *= .7;
        return;
    }
    for (gsize r = 0; r < a->cover->n_rows; r++)
        along += a->scale[r] * a->way[r] * slope_of(a, r);
    a->pace = MIN(a->pace * (along > 0 ? 1.5 : 1.1), 2);
    a->since = 0;
    keep(a);
}

static void start(Ascent *a, GapCovering *s, GapCoverNode *node, GapCoverDual *dual) {
    const GapCover *c = node->cover;
    *dual = (GapCoverDual){.bound = INFINITY,
                           .mean = g_new0(double, c->n_columns + 1),
                           .net = g_new(double, c->n_columns + 1),
                           .u = g_new(double, c->n_rows + 1),
                           .chosen = g_new0(guint8, c->n_columns + 1)};
    *a = (Ascent){.s = s,
                  .node = node,
                  .dual = dual,
                  .cover = c,
                  .u = g_memdup2(node->u, (c->n_rows + 1) * sizeof *node->u),
                  .way = g_new0(double, c->n_rows + 1),
                  .scale = g_new(double, c->n_rows + 1),
                  .gain = g_new(double, c->n_columns + 1),
                  .value = g_new(double, c->n_columns + 1),
                  .count = g_new(guint32, c->n_rows + 1),
                  .chosen = g_new0(guint8, c->n_columns + 1),
                  .prices = node->prices,
                  .price = node->price,
                  .pace = node->pace > 0 ? node->pace : 1};
    for (gsize r = 0; r < c->n_rows; r++)
        a->scale[r] = s->all ? 1 : c->weight[r];
}

void gap_cover_dual(GapCovering *s, GapCoverNode *node, int steps, GapCoverDual *dual) {
    g_auto(Ascent) a = {0};
    double mark = INFINITY;
    start(&a, s, node, dual);
    evaluate(&a);
    keep(&a);
    offer(&a);
    for (int i = 0; i < steps && !gap_covering_shut(s, dual->bound); i++) {
        const double length = mix(&a, i == 0);
        const double goal = fmax(s->value, dual->bound - .05 * fabs(dual->bound));
        if (!(length > 0) || gap_covering_over(s, fmin(dual->bound, node->bound)))
            break;
        step_from_best(&a, a.pace * (dual->bound - goal) / (length * a.price));
        evaluate(&a);
        offer(&a);
        judge(&a);
        if (i % 100 == 99 && a.pace < .02 && mark - dual->bound < 1e-3 * (dual->bound - s->value))
            break;
        if (i % 100 == 99)
            mark = dual->bound;
    }
    memcpy(node->u, dual->u, node->cover->n_rows * sizeof *node->u);
    node->prices = dual->prices;
    node->price = dual->price;
    node->pace = fmin(4 * a.pace, 1);
    node->bound = fmin(node->bound, dual->bound);
}
