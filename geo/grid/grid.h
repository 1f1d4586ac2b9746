/** Rasters in memory: north-up grids of float cells, NaN where there is no data. */
#ifndef GAP_GRID_GRID_H
#define GAP_GRID_GRID_H

#include <glib.h>

typedef struct {
    size_t cols, rows;
    double west, north; /**< the outer corner of the first cell */
    double dx, dy;      /**< cell size, both positive, in the units of the coordinates */
    float *cells;       /**< rows * cols, row 0 at the north */
} GapGrid;

/** All cells NaN, one unit large; an error where memory does not suffice, at most 2^30 cells.
 *  Returns: (transfer full). */
GapGrid *gap_grid_new(size_t cols, size_t rows, GError **error);
void gap_grid_free(GapGrid *grid); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapGrid, gap_grid_free)

/** The value at a place by bilinear interpolation between cell centres; NaN outside or where any
 *  of the four cells has no data. The outer half of the outermost cells lies outside. */
double gap_grid_sample(const GapGrid *grid, double x, double y);

#endif
