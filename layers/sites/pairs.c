#include "layers/sites/pairs.h"

#include "geo/base/error.h"

/* From the pair `index` on, pairs stand in rows that follow each other. */
typedef struct {
    gsize index;
    gint64 row;
} Run;

/* A pair of one demand. */
typedef struct {
    guint32 site, index;
    float minutes;
} Entry;

void gap_pairs_init(GapPairs *pairs) {
    *pairs = (GapPairs){.runs = g_array_new(FALSE, FALSE, sizeof(Run))};
}

void gap_pairs_clear(GapPairs *pairs) {
    g_clear_pointer(&pairs->pairs, g_free);
    g_clear_pointer(&pairs->runs, g_array_unref);
}

static bool fail_memory(gsize n, GError **error) {
    return gap_fail(error, GAP_ERROR_FAILED,
                    "%zu pairs take more memory than there is; leave out those beyond a limit of "
                    "minutes",
                    n);
}

static bool make_room(GapPairs *pairs, GError **error) {
    if (pairs->n == G_MAXUINT32)
        return gap_fail(error, GAP_ERROR_INPUT, "more than %u pairs", G_MAXUINT32);
    const gsize room = pairs->room ? pairs->room + pairs->room / 2 : 4096;
    GapPair *grown = g_try_realloc_n(pairs->pairs, room, sizeof *grown);
    if (!grown)
        return fail_memory(room, error);
    pairs->pairs = grown;
    pairs->room = room;
    return true;
}

bool gap_pairs_add(GapPairs *pairs, GapPair pair, gint64 row, GError **error) {
    if (pairs->n == pairs->room && !make_room(pairs, error))
        return false;
    const Run *last =
        pairs->runs->len ? &g_array_index(pairs->runs, Run, pairs->runs->len - 1) : NULL;
    if (!last || last->row + (gint64)(pairs->n - last->index) != row)
        g_array_append_val(pairs->runs, ((Run){pairs->n, row}));
    pairs->pairs[pairs->n++] = pair;
    return true;
}

gint64 gap_pairs_row(const GapPairs *pairs, gsize i) {
    guint from = 0, to = pairs->runs->len; // the run is one of from..to - 1
    while (to - from > 1) {
        const guint middle = from + (to - from) / 2;
        *(g_array_index(pairs->runs, Run, middle).index <= i ? &from : &to) = middle;
    }
    const Run *run = &g_array_index(pairs->runs, Run, from);
    return run->row + (gint64)(i - run->index);
}

/* By candidate, then as they stood in the file. */
static int by_site(const void *a, const void *b) {
    const Entry *x = a, *y = b;
    return x->site != y->site ? (x->site > y->site) - (x->site < y->site)
                              : (x->index > y->index) - (x->index < y->index);
}

static void sort_demand(Entry *entries, gsize n) {
    for (gsize k = 1; k < n; k++)
        if (entries[k].site < entries[k - 1].site) {
            qsort(entries, n, sizeof *entries, by_site);
            return;
        }
}

/* Entries by demand; `first` is n_demand + 1 zeros. NULL where memory does not suffice. */
static Entry *distribute(const GapPairs *pairs, gsize n_demand, gsize *first) {
    Entry *entries = g_try_new(Entry, pairs->n + 1);
    if (!entries)
        return NULL;
    for (gsize k = 0; k < pairs->n; k++)
        first[pairs->pairs[k].demand + 1]++;
    for (gsize i = 0; i < n_demand; i++)
        first[i + 1] += first[i];
    for (gsize k = 0; k < pairs->n; k++) // first[i] runs on to the end of i ...
        entries[first[pairs->pairs[k].demand]++] =
            (Entry){pairs->pairs[k].site, (guint32)k, pairs->pairs[k].minutes};
    for (gsize i = n_demand; i > 0; i--) // ... which is where i + 1 starts
        first[i] = first[i - 1];
    first[0] = 0;
    return entries;
}

/* The number of the second of two alike, or 0. */
static gsize find_twice(const Entry *entries, gsize n) {
    for (gsize k = 1; k < n; k++)
        if (entries[k].site == entries[k - 1].site)
            return k;
    return 0;
}

bool gap_pairs_sort(GapPairs *pairs, gsize n_demand, GapPairsSorted *sorted, GapPair *twice,
                    gint64 *before, gint64 *again, GError **error) {
    const gsize n = pairs->n;
    g_autofree gsize *first = g_try_new0(gsize, n_demand + 1);
    g_autofree Entry *entries = first ? distribute(pairs, n_demand, first) : NULL;
    if (!entries)
        return fail_memory(n, error);
    g_clear_pointer(&pairs->pairs, g_free);
    for (gsize i = 0; i < n_demand; i++) {
        Entry *own = entries + first[i];
        sort_demand(own, first[i + 1] - first[i]);
        const gsize k = find_twice(own, first[i + 1] - first[i]);
        if (k) {
            *twice = (GapPair){(guint32)i, own[k].site, own[k].minutes};
            *before = gap_pairs_row(pairs, own[k - 1].index);
            *again = gap_pairs_row(pairs, own[k].index);
            return false;
        }
    }
    *sorted =
        (GapPairsSorted){.site = g_try_new(guint32, n + 1), .minutes = g_try_new(float, n + 1)};
    if (!sorted->site || !sorted->minutes) {
        g_clear_pointer(&sorted->site, g_free);
        g_clear_pointer(&sorted->minutes, g_free);
        return fail_memory(n, error);
    }
    for (gsize k = 0; k < n; k++) {
        sorted->site[k] = entries[k].site;
        sorted->minutes[k] = entries[k].minutes;
    }
    sorted->first = g_steal_pointer(&first);
    return true;
}
