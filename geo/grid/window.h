/** Moving windows over a grid. */
#ifndef GAP_GRID_WINDOW_H
#define GAP_GRID_WINDOW_H

#include "geo/grid/grid.h"

/** The lowest value within `half_cols` and `half_rows` cells of each cell, no data left out; NaN
 *  where the window holds none. One pass a direction, O(cells * (half_cols + half_rows)).
 *  Returns: (transfer full). */
GapGrid *gap_grid_minimum(const GapGrid *grid, size_t half_cols, size_t half_rows, GError **error);

#endif
