/** Pairs of candidate and demand as a file brings them, in any order and by the million, sorted
 * into the rows of a location problem. Internal to layers/sites. */
#ifndef GAP_LAYERS_SITES_PAIRS_H
#define GAP_LAYERS_SITES_PAIRS_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    guint32 demand, site;
    float minutes;
} GapPair;

typedef struct {
    GapPair *pairs;
    gsize n, room;
    GArray *runs; /**< where numbers of rows jump */
} GapPairs;

void gap_pairs_init(GapPairs *pairs);
void gap_pairs_clear(GapPairs *pairs);
/** Adds the pair of a row of the file. False where memory does not suffice, or beyond 2^32 - 1. */
bool gap_pairs_add(GapPairs *pairs, GapPair pair, gint64 row, GError **error);
/** The row that the pair number `i` stood in. O(log runs). */
gint64 gap_pairs_row(const GapPairs *pairs, gsize i);

/** Pairs by demand, then candidate; the arrays are (transfer full). */
typedef struct {
    gsize *first; /**< n_demand + 1 */
    guint32 *site;
    float *minutes;
} GapPairsSorted;

/** Sorts and empties `pairs`. A pair that stands twice is left to the caller to tell: `again` is
 *  set to the row of the later, `before` to that of the earlier, `twice` to the pair, and false
 *  answered without an error. O(pairs + demand) where the file has an order, else O(pairs log
 *  candidates); some 24 bytes a pair. */
bool gap_pairs_sort(GapPairs *pairs, gsize n_demand, GapPairsSorted *sorted, GapPair *twice,
                    gint64 *before, gint64 *again, GError **error);

#endif
