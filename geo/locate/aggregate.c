#include "geo/locate/aggregate.h"
#include "geo/base/error.h"

#include <string.h>

/** Rows as they come, found again by a hash of their columns: a sum of random numbers, one for each
 *  column (Zobrist 1970). Equal hashes are compared in full. */
typedef struct {
    GapCover *cover;
    gsize row_room, pair_room;
    guint64 *key;    /**< random, of each column */
    guint64 *hash;   /**< of each row */
    guint32 *slots;  /**< row, or GAP_NO_ROW */
    gsize slot_mask; /**< a power of two, less 1 */
    guint32 *buffer; /**< the columns of the row at hand */
} Merge;

static guint64 mixed(guint64 x) { /* splitmix64, Steele, Lea and Flood 2014 */
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static void merge_clear(Merge *m) {
    g_free(m->key);
    g_free(m->hash);
    g_free(m->slots);
    g_free(m->buffer);
    gap_cover_free(m->cover);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Merge, merge_clear)

void gap_cover_free(GapCover *c) {
    if (!c)
        return;
    void *parts[] = {c->weight,       c->need,        c->row_first, c->row_columns,
                     c->column_first, c->column_rows, c->site,      c};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(parts[i]);
}

#define GROW(array, count)                                                                         \
    (grown = g_try_realloc_n((array), (count), sizeof *(array)),                                   \
     grown ? ((array) = grown, true) : false)

static bool grow_rows(Merge *m, gsize room) {
    void *grown;
    GapCover *c = m->cover;
    m->row_room = room;
    return GROW(c->weight, room) && GROW(c->need, room) && GROW(c->row_first, room + 1) &&
           GROW(m->hash, room);
}

static bool grow_pairs(Merge *m, gsize room) {
    void *grown;
    m->pair_room = room;
    return GROW(m->cover->row_columns, room);
}

static bool grow_slots(Merge *m, gsize size) {
    void *grown;
    if (!GROW(m->slots, size))
        return false;
    memset(m->slots, 0xff, size * sizeof *m->slots);
    m->slot_mask = size - 1;
    for (gsize r = 0; r < m->cover->n_rows; r++) {
        gsize at = m->hash[r] & m->slot_mask;
        while (m->slots[at] != GAP_NO_ROW)
            at = (at + 1) & m->slot_mask;
        m->slots[at] = (guint32)r;
    }
    return true;
}

static bool merge_start(Merge *m, gsize n_columns, const guint32 *site) {
    m->cover = g_new0(GapCover, 1);
    m->cover->n_columns = n_columns;
    m->cover->site = g_memdup2(site, (n_columns + 1) * sizeof *site);
    m->key = g_new(guint64, n_columns + 1);
    m->buffer = g_new(guint32, n_columns + 1);
    for (gsize c = 0; c < n_columns; c++)
        m->key[c] = mixed(c);
    if (!grow_rows(m, 64) || !grow_pairs(m, 256) || !grow_slots(m, 256))
        return false;
    m->cover->row_first[0] = 0;
    return true;
}

static bool same_row(const Merge *m, guint32 row, gsize n, guint8 need) {
    const GapCover *c = m->cover;
    const gsize first = c->row_first[row];
    return c->need[row] == need && c->row_first[row + 1] - first == n &&
           memcmp(c->row_columns + first, m->buffer, n * sizeof *m->buffer) == 0;
}

static bool append_row(Merge *m, guint64 hash, gsize n, guint8 need) {
    GapCover *c = m->cover;
    if ((c->n_rows == m->row_room && !grow_rows(m, 2 * m->row_room)) ||
        (c->n_pairs + n > m->pair_room && !grow_pairs(m, 2 * (m->pair_room + n))))
        return false;
    memcpy(c->row_columns + c->n_pairs, m->buffer, n * sizeof *m->buffer);
    m->hash[c->n_rows] = hash;
    c->weight[c->n_rows] = 0;
    c->need[c->n_rows++] = need;
    c->row_first[c->n_rows] = c->n_pairs += n;
    return true;
}

/** The row of the `n` columns in the buffer, or GAP_NO_ROW where memory ran out. */
static guint32 find_row(Merge *m, gsize n, guint8 need) {
    guint64 hash = mixed(need);
    for (gsize k = 0; k < n; k++)
        hash += m->key[m->buffer[k]];
    gsize at = hash & m->slot_mask;
    for (; m->slots[at] != GAP_NO_ROW; at = (at + 1) & m->slot_mask)
        if (m->hash[m->slots[at]] == hash && same_row(m, m->slots[at], n, need))
            return m->slots[at];
    if (!append_row(m, hash, n, need))
        return GAP_NO_ROW;
    const guint32 row = (guint32)(m->cover->n_rows - 1);
    m->slots[at] = row;
    if (2 * m->cover->n_rows > m->slot_mask && !grow_slots(m, 2 * (m->slot_mask + 1)))
        return GAP_NO_ROW;
    return row;
}

/** Puts weight where it belongs: covered, lost or (true only then) `*row`. False sets `*full` where
 *  memory ran out. */
static bool place_weight(Merge *m, double weight, gint64 need, gsize n, guint32 *row, bool *full) {
    if (need <= 0)
        m->cover->covered += weight;
    else if (n < (gsize)need)
        m->cover->lost += weight;
    else if ((*row = find_row(m, n, (guint8)need)) == GAP_NO_ROW)
        *full = true;
    else {
        m->cover->weight[*row] += weight;
        return true;
    }
    return false;
}

void gap_cover_fill_columns(GapCover *c) {
    memset(c->column_first, 0, (c->n_columns + 2) * sizeof *c->column_first);
    for (gsize k = 0; k < c->n_pairs; k++)
        c->column_first[c->row_columns[k] + 2]++;
    for (gsize j = 1; j < c->n_columns; j++)
        c->column_first[j + 1] += c->column_first[j];
    for (guint32 r = 0; r < c->n_rows; r++)
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++)
            c->column_rows[c->column_first[c->row_columns[k] + 1]++] = r;
}

static bool transpose(GapCover *c) {
    c->column_first = g_new(gsize, c->n_columns + 2);
    c->column_rows = g_try_new(guint32, c->n_pairs + 1);
    if (c->column_rows)
        gap_cover_fill_columns(c);
    return c->column_rows != NULL;
}

static GapCover *merge_end(Merge *m, bool full, GError **error) {
    if (full || !transpose(m->cover)) {
        gap_fail(error, GAP_ERROR_FAILED, "memory does not suffice for what candidates reach");
        return NULL;
    }
    return g_steal_pointer(&m->cover);
}

GapCover *gap_cover_new(const GapLocateProblem *problem, const GapLocateOptions *options,
                        const gint32 *column, const guint32 *site, gsize n, guint32 *row_of,
                        GError **error) {
    g_auto(Merge) m = {0};
    bool full = !merge_start(&m, n, site);
    for (gsize i = 0; i < problem->n_demand && !full; i++) {
        gint64 need = options->need;
        gsize count = 0;
        guint32 row = GAP_NO_ROW;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
            const gint32 c = column[problem->site[k]];
            if ((double)problem->minutes[k] > options->within)
                continue;
            if (c >= 0)
                m.buffer[count++] = (guint32)c;
            need -= c == GAP_COLUMN_IN;
        }
        if (problem->weight[i] > 0)
            place_weight(&m, problem->weight[i], need, count, &row, &full);
        if (row_of)
            row_of[i] = row;
    }
    return merge_end(&m, full, error);
}

GapCover *gap_cover_reduce(const GapCover *parent, const gint32 *column, gsize n,
                           const double *numbers, double *sums, GError **error) {
    g_auto(Merge) m = {0};
    g_autofree guint32 *site = g_new(guint32, n + 1);
    for (gsize c = 0; c < parent->n_columns; c++)
        if (column[c] >= 0)
            site[column[c]] = parent->site[c];
    bool full = !merge_start(&m, n, site);
    m.cover->covered = parent->covered;
    m.cover->lost = parent->lost;
    for (gsize r = 0; r < parent->n_rows && !full; r++) {
        gint64 need = parent->need[r];
        gsize count = 0;
        guint32 row;
        for (gsize k = parent->row_first[r]; k < parent->row_first[r + 1]; k++) {
            const gint32 c = column[parent->row_columns[k]];
            if (c >= 0)
                m.buffer[count++] = (guint32)c;
            need -= c == GAP_COLUMN_IN;
        }
        const gsize before = m.cover->n_rows;
        if (!place_weight(&m, parent->weight[r], need, count, &row, &full) || !numbers)
            continue;
        sums[row] = numbers[r] + (m.cover->n_rows > before ? 0 : sums[row]);
    }
    return merge_end(&m, full, error);
}

/* ---- rows that follow from others ---- */

static guint32 rarest_column(const GapCover *c, gsize row) {
    guint32 best = c->row_columns[c->row_first[row]];
    for (gsize k = c->row_first[row]; k < c->row_first[row + 1]; k++) {
        const guint32 j = c->row_columns[k];
        if (c->column_first[j + 1] - c->column_first[j] <
            c->column_first[best + 1] - c->column_first[best])
            best = j;
    }
    return best;
}

static bool has_marked(const GapCover *c, gsize row, const guint8 *mark, gsize wanted) {
    gsize found = 0;
    for (gsize k = c->row_first[row]; k < c->row_first[row + 1] && found < wanted; k++)
        found += mark[c->row_columns[k]];
    return found >= wanted;
}

/** Sets `keep` of rows that follow from row q to 0. */
static void drop_rows_above(const GapCover *c, gsize q, guint8 *mark, guint8 *keep, double *u) {
    const gsize first = c->row_first[q], end = c->row_first[q + 1];
    const guint32 j = rarest_column(c, q);
    for (gsize k = first; k < end; k++)
        mark[c->row_columns[k]] = 1;
    for (gsize i = c->column_first[j]; i < c->column_first[j + 1]; i++) {
        const guint32 r = c->column_rows[i];
        if (r == q || !keep[r] || c->need[r] > c->need[q] || !has_marked(c, r, mark, end - first) ||
            (c->need[r] == c->need[q] && c->row_first[r + 1] - c->row_first[r] == end - first))
            continue;
        keep[r] = 0;
        u[q] += u[r];
    }
    for (gsize k = first; k < end; k++)
        mark[c->row_columns[k]] = 0;
}

/** Closes the gaps in rows; sets `moved` of each old row. */
static void close_rows(GapCover *c, const guint8 *keep, double *u, guint32 *moved) {
    gsize rows = 0, pairs = 0;
    for (gsize r = 0; r < c->n_rows; r++) {
        const gsize first = c->row_first[r], size = c->row_first[r + 1] - first;
        moved[r] = keep[r] ? (guint32)rows : GAP_NO_ROW;
        if (!keep[r])
            continue;
        memmove(c->row_columns + pairs, c->row_columns + first, size * sizeof *c->row_columns);
        c->weight[rows] = c->weight[r];
        c->need[rows] = c->need[r];
        u[rows] = u[r];
        c->row_first[rows++] = pairs;
        pairs += size;
    }
    c->row_first[rows] = pairs;
    c->n_rows = rows;
    c->n_pairs = pairs;
}

void gap_cover_thin(GapCover *c, double *u, guint32 *row_of, gsize n) {
    g_autofree guint8 *mark = g_new0(guint8, c->n_columns + 1);
    g_autofree guint8 *keep = g_new(guint8, c->n_rows + 1);
    g_autofree guint32 *moved = g_new(guint32, c->n_rows + 1);
    memset(keep, 1, c->n_rows);
    for (gsize q = 0; q < c->n_rows; q++)
        if (keep[q])
            drop_rows_above(c, q, mark, keep, u);
    close_rows(c, keep, u, moved);
    for (gsize i = 0; row_of && i < n; i++)
        row_of[i] = row_of[i] == GAP_NO_ROW ? GAP_NO_ROW : moved[row_of[i]];
    gap_cover_fill_columns(c);
}
