#include "geo/locate/covering.h"

#include <string.h>

/* Three rows that each need a column, no column being in all three, need two columns of all that
 * are in any: half of their sum, rounded up (Chvatal 1973; zero-half cuts, Caprara and Fischetti
 * 1996). No selection is lost, but the mean of selections often breaks such a row. */

/* Where rows have more columns than that, few threes of them have none in common. */
enum { MOST_CUTS = 2000, MOST_TRIES = 20000000, NEAR = 64, LONG_ROW = 8 };

typedef struct {
    const GapCover *cover;
    const double *mean; /**< of each column */
    guint8 *mark;       /**< of each column: 1 in the first row, 2 in the second, 3 in both */
    guint32 *seen;      /**< of each row: the last first row that it was near, and 1 more */
    GArray *columns;    /**< of the new rows, one after the other */
    GArray *ends;
    gsize tries;
} Cutting;

static void mark_row(Cutting *t, guint32 row, guint8 bit, bool on) {
    const GapCover *c = t->cover;
    for (gsize k = c->row_first[row]; k < c->row_first[row + 1]; k++) {
        guint8 *mark = &t->mark[c->row_columns[k]];
        *mark = (guint8)(on ? *mark | bit : *mark & ~bit);
    }
}

static double row_sum(const Cutting *t, guint32 row) {
    double sum = 0;
    for (gsize k = t->cover->row_first[row]; k < t->cover->row_first[row + 1]; k++)
        sum += t->mean[t->cover->row_columns[k]];
    return sum;
}

/** Rows after `row` that share with it a column which the mean has in part. */
static gsize near_rows(Cutting *t, guint32 row, guint32 *near) {
    const GapCover *c = t->cover;
    gsize n = 0;
    for (gsize k = c->row_first[row]; k < c->row_first[row + 1]; k++) {
        const guint32 j = c->row_columns[k];
        if (t->mean[j] < .1 || t->mean[j] > .95)
            continue;
        for (gsize i = c->column_first[j]; i < c->column_first[j + 1] && n < NEAR; i++) {
            const guint32 other = c->column_rows[i];
            if (other <= row || c->need[other] != 1 || t->seen[other] == row + 1)
                continue;
            t->seen[other] = row + 1;
            near[n++] = other;
        }
    }
    return n;
}

/** What the mean has of the third row beyond the marked ones; -1 where a column is in all three. */
static double beyond(const Cutting *t, guint32 row) {
    const GapCover *c = t->cover;
    double sum = 0;
    for (gsize k = c->row_first[row]; k < c->row_first[row + 1]; k++) {
        const guint32 j = c->row_columns[k];
        if (t->mark[j] == 3)
            return -1;
        sum += t->mark[j] ? 0 : t->mean[j];
    }
    return sum;
}

static void add_cut(Cutting *t, const guint32 rows[3]) {
    const GapCover *c = t->cover;
    guint8 bits[3] = {1, 2, 4};
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint32));
    mark_row(t, rows[2], bits[2], true);
    for (int i = 0; i < 3; i++)
        for (gsize k = c->row_first[rows[i]]; k < c->row_first[rows[i] + 1]; k++) {
            const guint32 j = c->row_columns[k];
            if ((t->mark[j] & (bits[i] - 1)) == 0) /* in no row before */
                g_array_append_val(all, j);
        }
    mark_row(t, rows[2], bits[2], false);
    g_array_append_vals(t->columns, all->data, all->len);
    g_array_append_val(t->ends, t->columns->len);
}

static void cut_second(Cutting *t, guint32 first, const guint32 *near, gsize n, gsize at,
                       double sum) {
    const GapCover *c = t->cover;
    mark_row(t, near[at], 2, true);
    for (gsize k = c->row_first[near[at]]; k < c->row_first[near[at] + 1]; k++)
        sum += t->mark[c->row_columns[k]] == 2 ? t->mean[c->row_columns[k]] : 0;
    for (gsize i = at + 1; i < n && sum < 1.9 && t->ends->len < MOST_CUTS; i++) {
        const double more = beyond(t, near[i]);
        t->tries++;
        if (more >= 0 && sum + more < 1.9)
            add_cut(t, (guint32[]){first, near[at], near[i]});
    }
    mark_row(t, near[at], 2, false);
}

static int by_number(gconstpointer a, gconstpointer b) {
    const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    return x < y ? -1 : x > y;
}

/** Appends the new rows to the node's cover and multipliers. */
static void append(Cutting *t, GapCoverNode *node) {
    GapCover *c = node->cover;
    const gsize rows = c->n_rows + t->ends->len, pairs = c->n_pairs + t->columns->len;
    guint32 *columns = (guint32 *)(void *)t->columns->data;
    c->weight = g_renew(double, c->weight, rows + 1);
    c->need = g_renew(guint8, c->need, rows + 1);
    c->row_first = g_renew(gsize, c->row_first, rows + 2);
    c->row_columns = g_renew(guint32, c->row_columns, pairs + 1);
    c->column_rows = g_renew(guint32, c->column_rows, pairs + 1);
    node->u = g_renew(double, node->u, rows + 1);
    memcpy(c->row_columns + c->n_pairs, columns, t->columns->len * sizeof *columns);
    for (guint i = 0; i < t->ends->len; i++) {
        const gsize from = i ? g_array_index(t->ends, guint, i - 1) : 0;
        const gsize end = g_array_index(t->ends, guint, i);
        qsort(c->row_columns + c->n_pairs + from, end - from, sizeof *columns, by_number);
        node->u[c->n_rows + i] = c->weight[c->n_rows + i] = 0;
        c->need[c->n_rows + i] = 2;
        c->row_first[c->n_rows + i + 1] = c->n_pairs + end;
    }
    c->n_rows = rows;
    c->n_pairs = pairs;
    gap_cover_fill_columns(c);
}

gsize gap_cover_cut(GapCoverNode *node, const double *mean) {
    const GapCover *c = node->cover;
    g_autofree guint8 *mark = g_new0(guint8, c->n_columns + 1);
    g_autofree guint32 *seen = g_new0(guint32, c->n_rows + 1);
    g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(guint));
    Cutting t = {c, mean, mark, seen, columns, ends, 0};
    const bool sparse = c->n_pairs <= LONG_ROW * c->n_rows;
    for (guint32 r = 0; sparse && r < c->n_rows && ends->len < MOST_CUTS && t.tries < MOST_TRIES;
         r++) {
        guint32 near[NEAR];
        if (c->need[r] != 1)
            continue;
        const gsize n = near_rows(&t, r, near);
        const double sum = row_sum(&t, r);
        mark_row(&t, r, 1, true);
        for (gsize at = 0; at < n; at++)
            cut_second(&t, r, near, n, at, sum);
        mark_row(&t, r, 1, false);
    }
    if (ends->len)
        append(&t, node);
    return ends->len;
}
