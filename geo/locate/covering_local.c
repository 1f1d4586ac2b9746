#include "geo/locate/covering.h"

#include <string.h>

/** A selection with tables of what each column would add, or what would be lost without it. */
typedef struct {
    GapCovering *s;
    const GapCoverNode *node;
    const GapCover *cover;
    GapTally *t;
    guint8 *in;      /**< of each column */
    guint8 *refused; /**< of each column: the greedy cannot take it */
    guint32 *count;  /**< of each row: chosen columns */
    double *adds;    /**< of each column: weight of rows that lack just one */
    double *loses;   /**< weight of rows that have just enough */
    double *nears;   /**< weight of rows that lack any */
    double *extra;   /**< work space: corrections of an exchange */
    double covered;
    gsize n_open_rows; /**< not covered */
} Local;

static void local_clear(Local *l) {
    void *parts[] = {l->in, l->refused, l->count, l->adds, l->loses, l->nears, l->extra};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(parts[i]);
    gap_tally_free(l->t);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Local, local_clear)

static void start(Local *l, GapCovering *s, const GapCoverNode *node) {
    const GapCover *c = node->cover;
    *l = (Local){.s = s,
                 .node = node,
                 .cover = c,
                 .t = gap_tally_copy(s->limits, node->taken),
                 .in = g_new0(guint8, c->n_columns + 1),
                 .refused = g_new0(guint8, c->n_columns + 1),
                 .count = g_new0(guint32, c->n_rows + 1),
                 .adds = g_new0(double, c->n_columns + 1),
                 .loses = g_new0(double, c->n_columns + 1),
                 .nears = g_new0(double, c->n_columns + 1),
                 .extra = g_new0(double, c->n_columns + 1),
                 .covered = c->covered,
                 .n_open_rows = c->n_rows};
    for (gsize r = 0; r < c->n_rows; r++)
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++) {
            l->nears[c->row_columns[k]] += c->weight[r];
            l->adds[c->row_columns[k]] += c->need[r] == 1 ? c->weight[r] : 0;
        }
}

/** One more or one fewer chosen column of a row: tables follow. */
static void count_row(Local *l, guint32 r, int sign) {
    const GapCover *c = l->cover;
    const gint64 need = c->need[r], old = l->count[r], now = old + sign;
    const double w = c->weight[r];
    const double adds = w * ((now == need - 1) - (old == need - 1));
    const double loses = w * ((now == need) - (old == need));
    const double nears = w * ((now < need) - (old < need));
    l->count[r] = (guint32)now;
    l->covered -= nears;
    l->n_open_rows += (gsize)((now < need) - (old < need));
    if (adds != 0 || loses != 0)
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++) {
            const guint32 j = c->row_columns[k];
            l->adds[j] += adds;
            l->loses[j] += loses;
            l->nears[j] += nears;
        }
}

static void toggle(Local *l, guint32 j) {
    const GapCover *c = l->cover;
    const int sign = l->in[j] ? -1 : 1;
    l->in[j] = !l->in[j];
    for (gsize k = c->column_first[j]; k < c->column_first[j + 1]; k++)
        count_row(l, c->column_rows[k], sign);
    (sign > 0 ? gap_tally_add : gap_tally_remove)(l->s->limits, l->t, c->site[j]);
}

static bool reached(const Local *l) {
    return l->s->all ? l->n_open_rows == 0 : l->covered >= l->s->target;
}

/* ---- greedy ---- */

/** The next column by added weight for what it uses up; -1: none. Rows that lack two count half. */
static gssize best_addition(Local *l) {
    const GapCover *c = l->cover;
    for (;;) {
        gssize best = -1;
        double best_score = 0;
        const bool enough = l->s->set_cover && reached(l);
        for (gsize j = 0; j < c->n_columns; j++) {
            const double gain = (l->adds[j] + l->nears[j]) / 2;
            const bool worth = gain > 0 && !enough;
            if (l->in[j] || l->refused[j] ||
                (!worth && !gap_limits_lack(l->s->limits, l->t, c->site[j])))
                continue;
            const double score = l->s->set_cover
                                     ? gain / (l->s->price[c->site[j]] + 1e-12)
                                     : gain / gap_limits_use(l->s->limits, l->t, c->site[j]);
            if (best < 0 || score > best_score) {
                best = (gssize)j;
                best_score = score;
            }
        }
        if (best < 0 ||
            gap_limits_keep(l->s->limits, l->t, c->site, c->n_columns, l->in, (gsize)best))
            return best;
        l->refused[best] = 1;
    }
}

static void add_all(Local *l) {
    memset(l->refused, 0, l->cover->n_columns);
    for (gssize j; (j = best_addition(l)) >= 0;)
        toggle(l, (guint32)j);
}

/* ---- removal ---- */

/** Whether no row needs the column: exactly, where the tables carry rounding. */
static bool is_idle(const Local *l, guint32 j) {
    const GapCover *c = l->cover;
    if (l->loses[j] > 1e-9 * l->covered)
        return false;
    for (gsize k = c->column_first[j]; k < c->column_first[j + 1]; k++)
        if (l->count[c->column_rows[k]] == c->need[c->column_rows[k]])
            return false;
    return true;
}

static bool can_go(const Local *l, guint32 j) {
    if (!l->in[j] || !gap_limits_can_spare(l->s->limits, l->t, l->cover->site[j]))
        return false;
    return l->s->all || !l->s->set_cover ? is_idle(l, j) : l->covered - l->loses[j] >= l->s->target;
}

/** Drops what is not needed: the dearest first, then what loses least, then the highest number. */
static bool drop_idle(Local *l) {
    const GapCover *c = l->cover;
    bool any = false;
    for (;;) {
        gssize worst = -1;
        for (guint32 j = 0; j < c->n_columns; j++) {
            if (!can_go(l, j))
                continue;
            const double price = l->s->price[c->site[j]];
            const double worst_price = worst < 0 ? 0 : l->s->price[c->site[worst]];
            if (worst < 0 || price > worst_price ||
                (price == worst_price && l->loses[j] <= l->loses[worst]))
                worst = j;
        }
        if (worst < 0)
            return any;
        toggle(l, (guint32)worst);
        any = true;
    }
}

/* ---- exchanges ---- */

typedef struct {
    gssize out, in;
    double gain, price;
} Exchange;

/** Corrections to adds - loses where `out` and another column share rows: `sign` 1 to set them, -1
 *  to take them back. */
static void share_rows(Local *l, guint32 out, double sign) {
    const GapCover *c = l->cover;
    for (gsize i = c->column_first[out]; i < c->column_first[out + 1]; i++) {
        const guint32 r = c->column_rows[i];
        const gint64 spare = (gint64)l->count[r] - c->need[r];
        if (spare != 0 && spare != -1)
            continue;
        const double w = sign * (spare == 0 ? c->weight[r] : -c->weight[r]);
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++)
            l->extra[c->row_columns[k]] += w;
    }
}

/** Whether the exchange is better, and better than `best`. Where a share is enough, more weight at
 *  the same price is better too: it may spare a column later. */
static bool betters(const Local *l, double gain, double price, const Exchange *best) {
    if (!l->s->set_cover)
        return gain > best->gain;
    const bool holds = l->s->all ? gain >= -1e-9 * l->covered : l->covered + gain >= l->s->target;
    return holds && (price < best->price - 1e-9 ||
                     (!l->s->all && price <= best->price && gain > best->gain));
}

/** The best exchange of one column for another: O(pairs) for all of them together. */
static Exchange best_exchange(Local *l) {
    const GapCover *c = l->cover;
    Exchange best = {-1, -1, 1e-9 * fabs(l->covered), 0};
    for (guint32 out = 0; out < c->n_columns; out++) {
        if (!l->in[out])
            continue;
        memset(l->extra, 0, c->n_columns * sizeof *l->extra);
        share_rows(l, out, 1);
        for (guint32 in = 0; in < c->n_columns; in++) {
            const double gain = l->adds[in] - l->loses[out] + l->extra[in];
            const double price = l->s->price[c->site[in]] - l->s->price[c->site[out]];
            if (!l->in[in] && betters(l, gain, price, &best) &&
                gap_limits_exchange(l->s->limits, l->t, c->site[out], c->site[in]))
                best = (Exchange){out, in, gain, price};
        }
    }
    return best;
}

/** Adds, exchanges, drops until nothing helps. */
static void better(Local *l) {
    add_all(l);
    if (l->s->set_cover)
        drop_idle(l);
    for (gsize round = 0; round < 4 * l->cover->n_columns; round++) {
        const Exchange e = best_exchange(l);
        if (e.out < 0 || gap_covering_over(l->s, l->node->bound))
            break;
        toggle(l, (guint32)e.out);
        toggle(l, (guint32)e.in);
        add_all(l);
        if (l->s->set_cover)
            drop_idle(l);
    }
    drop_idle(l);
}

static bool finish(Local *l, guint8 *columns) {
    better(l);
    if (l->s->set_cover && !reached(l))
        return false;
    if (!gap_limits_hold(l->s->limits, l->t))
        return false;
    gap_covering_offer(l->s, l->node, l->in);
    if (columns)
        memcpy(columns, l->in, l->cover->n_columns);
    return true;
}

bool gap_cover_improve(GapCovering *s, const GapCoverNode *node, guint8 *columns) {
    g_auto(Local) l = {0};
    start(&l, s, node);
    for (guint32 j = 0; j < node->cover->n_columns; j++)
        if (columns[j] && gap_limits_fit(s->limits, l.t, node->cover->site[j]))
            toggle(&l, j);
    return finish(&l, columns);
}

void gap_cover_greedy(GapCovering *s, const GapCoverNode *node) {
    g_auto(Local) l = {0};
    start(&l, s, node);
    finish(&l, NULL);
}
