#include "geo/locate/covering.h"

#include <string.h>

/* Set covering by local search with weights of rows (Gao, Weise and Li 2015): as soon as a
 * selection covers enough, a column goes; then columns are exchanged, one that little depends on
 * for the best of one row that is not covered, and rows that stay uncovered gain weight, until
 * enough is covered again. Where a share is enough, rows keep their weight, and the best column of
 * all comes in, while those just exchanged rest (Glover 1989). */

typedef struct {
    GapCovering *s;
    const GapCoverNode *node;
    const GapCover *cover;
    GapTally *t;
    guint8 *in;
    guint32 *count;     /**< of each row: chosen columns */
    double *weight;     /**< of each row, here */
    double *score;      /**< of a column that is out: weight it adds; in: weight lost without it */
    guint64 *since;     /**< of each column: when it went in or out last */
    guint32 *open, *at; /**< rows not covered; of each row: where it stands there */
    guint32 n_open;
    double covered, price;
    guint64 now, work, chance;
} Walk;

static void walk_clear(Walk *w) {
    void *parts[] = {w->in, w->count, w->weight, w->score, w->since, w->open, w->at};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(parts[i]);
    gap_tally_free(w->t);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Walk, walk_clear)

static guint32 random_below(Walk *w, guint32 n) { /* xorshift, Marsaglia 2003 */
    w->chance ^= w->chance << 13;
    w->chance ^= w->chance >> 7;
    w->chance ^= w->chance << 17;
    return (guint32)(w->chance >> 16) % n;
}

static void start(Walk *w, GapCovering *s, const GapCoverNode *node) {
    const GapCover *c = node->cover;
    *w = (Walk){.s = s,
                .node = node,
                .cover = c,
                .t = gap_tally_copy(s->limits, node->taken),
                .in = g_new0(guint8, c->n_columns + 1),
                .count = g_new0(guint32, c->n_rows + 1),
                .weight = g_new(double, c->n_rows + 1),
                .score = g_new0(double, c->n_columns + 1),
                .since = g_new0(guint64, c->n_columns + 1),
                .open = g_new(guint32, c->n_rows + 1),
                .at = g_new(guint32, c->n_rows + 1),
                .n_open = (guint32)c->n_rows,
                .covered = c->covered,
                .price = node->spent,
                .now = 100,
                .chance = 88172645463325252u};
    for (guint32 r = 0; r < c->n_rows; r++) {
        w->weight[r] = s->all ? 1 : c->weight[r];
        w->open[r] = w->at[r] = r;
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++)
            w->score[c->row_columns[k]] += w->weight[r];
    }
}

static void open_row(Walk *w, guint32 r) {
    w->at[r] = w->n_open;
    w->open[w->n_open++] = r;
    w->covered -= w->cover->weight[r];
}

static void close_row(Walk *w, guint32 r) {
    const guint32 last = w->open[--w->n_open];
    w->open[w->at[r]] = last;
    w->at[last] = w->at[r];
    w->covered += w->cover->weight[r];
}

/** The score that a row gives to a column, by how many of its columns are chosen. */
static inline double gives(const Walk *w, guint32 r, guint32 count, bool in) {
    return (in ? count <= w->cover->need[r] : count < w->cover->need[r]) ? w->weight[r] : 0;
}

/** One more or one fewer chosen column of row r; `moving` is that column. */
static void count_row(Walk *w, guint32 r, int sign) {
    const GapCover *c = w->cover;
    const guint32 old = w->count[r], now = w->count[r] = old + (guint32)sign;
    const double out = gives(w, r, now, false) - gives(w, r, old, false);
    const double in = gives(w, r, now, true) - gives(w, r, old, true);
    if (now == c->need[r] && sign > 0)
        close_row(w, r);
    if (old == c->need[r] && sign < 0)
        open_row(w, r);
    if (out == 0 && in == 0)
        return;
    w->work += c->row_first[r + 1] - c->row_first[r];
    for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++)
        w->score[c->row_columns[k]] += w->in[c->row_columns[k]] ? in : out;
}

static void toggle(Walk *w, guint32 j) {
    const GapCover *c = w->cover;
    const int sign = w->in[j] ? -1 : 1;
    (sign > 0 ? gap_tally_add : gap_tally_remove)(w->s->limits, w->t, c->site[j]);
    w->price += sign * w->s->price[c->site[j]];
    w->since[j] = w->now;
    for (gsize k = c->column_first[j]; k < c->column_first[j + 1]; k++)
        count_row(w, c->column_rows[k], sign);
    w->in[j] = !w->in[j];
    w->score[j] = 0;
    for (gsize k = c->column_first[j]; k < c->column_first[j + 1]; k++)
        w->score[j] += gives(w, c->column_rows[k], w->count[c->column_rows[k]], w->in[j]);
    w->work += c->column_first[j + 1] - c->column_first[j];
}

static bool enough(const Walk *w) {
    return w->s->all ? w->n_open == 0 : w->covered >= w->s->target;
}

/** Whether column a is to be preferred: by score for its price, then by how long it has rested. */
static bool prefer(const Walk *w, gssize a, gssize b, int sign) {
    if (b < 0)
        return true;
    const double *price = w->s->price;
    const double x = sign * w->score[a] * (price[w->cover->site[b]] + 1e-12);
    const double y = sign * w->score[b] * (price[w->cover->site[a]] + 1e-12);
    return x > y || (x == y && w->since[a] < w->since[b]);
}

/** The column to take out, not one that came within `rest` steps; -1: none. */
static gssize worst_column(Walk *w, guint64 rest) {
    gssize worst = -1;
    for (guint32 j = 0; j < w->cover->n_columns; j++)
        if (w->in[j] && w->since[j] + rest <= w->now &&
            gap_limits_can_spare(w->s->limits, w->t, w->cover->site[j]) && prefer(w, j, worst, -1))
            worst = j;
    w->work += w->cover->n_columns / 4;
    return worst;
}

static gssize best_column(Walk *w, const guint32 *columns, gsize n, guint64 rest) {
    gssize best = -1;
    for (gsize k = 0; k < n; k++) {
        const guint32 j = columns ? columns[k] : (guint32)k;
        if (!w->in[j] && w->since[j] + rest <= w->now && w->score[j] > 0 &&
            gap_limits_fit(w->s->limits, w->t, w->cover->site[j]) && prefer(w, j, best, 1))
            best = j;
    }
    w->work += n / 4;
    return best;
}

/** The column to take in. */
static gssize next_column(Walk *w) {
    const GapCover *c = w->cover;
    if (!w->s->all)
        return best_column(w, NULL, c->n_columns, 2 + random_below(w, 8));
    if (!w->n_open)
        return -1;
    const guint32 r = w->open[random_below(w, w->n_open)];
    const guint32 *columns = c->row_columns + c->row_first[r];
    const gsize n = c->row_first[r + 1] - c->row_first[r];
    const gssize best = best_column(w, columns, n, 1);
    return best >= 0 ? best : best_column(w, columns, n, 0);
}

/** Takes in one column, and more as long as the price stays below the best. */
static void take_in(Walk *w) {
    for (bool first = true; !enough(w); first = false) {
        const gssize in = next_column(w);
        if (in < 0 || (!first && w->price + w->s->price[w->cover->site[in]] >=
                                     -w->s->value - 1e-9 * fabs(w->s->value)))
            return;
        toggle(w, (guint32)in);
    }
}

/** Rows that are not covered gain weight. */
static void weigh_open(Walk *w) {
    const GapCover *c = w->cover;
    for (guint32 i = 0; w->s->all && i < w->n_open; i++) {
        const guint32 r = w->open[i];
        w->weight[r]++;
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++)
            w->score[c->row_columns[k]]++;
        w->work += c->row_first[r + 1] - c->row_first[r];
    }
}

/** Takes columns out until the price is below the best. */
static bool below_best(Walk *w, guint64 rest) {
    while (-w->price <= w->s->value + 1e-9 * fabs(w->s->value)) {
        const gssize out = worst_column(w, rest);
        if (out < 0)
            return false;
        toggle(w, (guint32)out);
    }
    return true;
}

void gap_cover_walk(GapCovering *s, const GapCoverNode *node, const guint8 *columns,
                    guint64 most_work) {
    g_auto(Walk) w = {0};
    start(&w, s, node);
    for (guint32 j = 0; j < w.cover->n_columns; j++)
        if (columns[j] && gap_limits_fit(s->limits, w.t, w.cover->site[j]))
            toggle(&w, j);
    for (; w.work < most_work; w.now++) {
        if (enough(&w))
            gap_covering_offer(s, node, w.in);
        if (!below_best(&w, 0))
            return;
        if (enough(&w))
            continue;
        const gssize out = worst_column(&w, 1 + (s->all ? 1 : random_below(&w, 8)));
        if (out >= 0)
            toggle(&w, (guint32)out);
        take_in(&w);
        weigh_open(&w);
        if (w.now % 256 == 0 &&
            (gap_covering_shut(s, node->bound) || gap_covering_over(s, node->bound)))
            return;
    }
}
