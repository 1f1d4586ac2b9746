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

/** Columns to rows from rows to columns, by counting. */
static bool transpose(GapCover *c) {
    c->column_first = g_new0(gsize, c->n_columns + 2);
    c->column_rows = g_try_new(guint32, c->n_pairs + 1);
    if (!c->column_rows)
        return false;
    for (gsize k = 0; k < c->n_pairs; k++)
        c->column_first[c->row_columns[k] + 2]++;
    for (gsize j = 1; j < c->n_columns; j++)
        c->column_first[j + 1] += c->column_first[j];
    for (guint32 r = 0; r < c->n_rows; r++)
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++)
            c->column_rows[c->column_first[c->row_columns[k] + 1]++] = r;
    return true;
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
