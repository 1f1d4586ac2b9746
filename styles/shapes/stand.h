/** Where on a view the rows of a source stand. */
#ifndef GAP_STYLES_SHAPES_STAND_H
#define GAP_STYLES_SHAPES_STAND_H

#include "styles/map.h"

typedef struct {
    bool shown;        /**< false: nothing of the row is within the frame */
    double x, y;       /**< its point, or the inner point of its visible part, page pixels */
    GapGeometry *area; /**< that part; NULL: a point or a line */
} GapStand;

/** The places of rows `row[0]` to `row[n - 1]`, found by several threads; the arcs of `rows` are
 *  laid out for the view. An area of more than 1,000 points, all within the frame, is found by a
 *  rougher border of some 300, which lies within 1 % of its size, or 2, 4, 8 % as it takes.
 *  O(v log v) an area of v points. Returns: (transfer full): a
 *  place for every row of the table, those not asked for not shown. */
GapStand *gap_stands_find(const GapRows *rows, const GapView *view, const size_t *row, size_t n);
void gap_stands_free(GapStand *places, size_t rows); /**< NULL-safe */

#endif
