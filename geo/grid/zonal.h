/** Sums of a grid over polygons, by the share of each cell that lies in them; and the way back,
 * from cells of one grid to those of another, with nothing lost.
 *
 *  The share is the exact area of cell and polygon in common, as exactextract has it (D. Baston,
 *  2018), found in one scan of the edges: each piece of an edge within a cell adds the signed area
 *  between it and the cell's east side, and its height to all cells farther east (the way in which
 *  smooth fonts are drawn: R. Levien, Inside the fastest font renderer, 2016). Areas are planar in
 *  the coordinates of the grid.
 */
#ifndef GAP_GRID_ZONAL_H
#define GAP_GRID_ZONAL_H

#include "geo/grid/rasterize.h"

/** `share` (above 0, at most 1) of each of the cells `first` to `first` + `n` - 1 of one row. */
typedef void (*GapShareFunc)(void *user, size_t first, size_t n, double share);

/** Calls `found` for all cells that a valid polygon covers in part (n is 1) or whole (runs with
 *  share 1), from the north, west to east, each once. O(e r + b + s) for e edges, r bands of
 *  rows (1 for most polygons), b cells of the border and s columns and rows of the frame. */
void gap_zonal_shares(const GapFrame *frame, const GapGeometry *polygon, GapShareFunc found,
                      void *user);

typedef struct {
    double sum;   /**< of value times share, over cells with data; 0 where there are none */
    double cells; /**< covered and with data, in cells */
    double empty; /**< covered and without data, in cells */
} GapZone;

/** The sum over each of `n` polygons (WKB in the coordinates of the grid; NULL or empty: nothing
 *  covered). What is no polygon is an error that names its number (from 1). O(cells covered). */
bool gap_zonal_sums(const GapGrid *grid, GBytes *const *wkb, size_t n, GapZone *zones,
                    GError **error);

/** Adds `value` to the cells of `frame` (cells: rows * cols doubles) that an upright box around
 *  x, y covers, each by its share of the box. What falls beyond the frame is not added. Returns
 *  the share of the box within the frame: 1 where all was added. O(cells covered). */
double gap_zonal_spread(const GapFrame *frame, double *cells, double x, double y, double width,
                        double height, double value);

/** Doubles to floats whose sum, in doubles, is theirs to within one rounding of a float: what
 *  rounding takes from a cell the next with a value gets. Cells of 0 stay 0. O(n). */
void gap_zonal_to_floats(const double *from, size_t n, float *to);

#endif
