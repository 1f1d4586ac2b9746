/** Rows of a table by a column, for lists and charts. */
#ifndef GAP_STYLES_PAGE_RANKED_H
#define GAP_STYLES_PAGE_RANKED_H

#include "geo/table/table.h"

typedef struct {
    size_t row;
    double value; /**< NaN: not known */
} GapRanked;

typedef enum {
    GAP_RANK_POSITIVE, /**< rows whose value is greater than 0 */
    GAP_RANK_KNOWN,    /**< rows whose value is known and no less than 0 */
    GAP_RANK_ALL       /**< all rows, those without a value last */
} GapRankedWhich;

/** The largest first, equal ones in the table's order. `table` NULL: none. O(n log n).
 *  Returns: (transfer full): of GapRanked. */
GArray *gap_ranked_rows(const GapTable *table, const char *column, GapRankedWhich which);

#endif
