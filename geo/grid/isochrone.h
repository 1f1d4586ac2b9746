/** From cells to polygons: the ground reached within a time, and whose ground is whose. */
#ifndef GAP_GRID_ISOCHRONE_H
#define GAP_GRID_ISOCHRONE_H

#include "geo/grid/rasterize.h"

/** The ground reached within `limit_min` as a WKB MULTIPOLYGON in the coordinates of the grid; NULL
 *  without an error where no cell is reached. A cell is reached where its minutes are at most
 *  (float)limit_min (see gap_travel_minutes()); NaN is not reached within any limit.
 *
 *  It is the contour of marching squares (Lorensen and Cline, Marching Cubes, 1987, in the plane)
 *  over the centres of cells: between a cell that is reached in a minutes and a neighbour that is
 *  not, in b, the edge lies (limit - a) / (b - a) of the way, at least 1/32 off either centre, and
 *  halfway where b is NaN or beyond the grid. Where four cells meet of which only two diagonal ones
 *  are reached (a saddle), these are joined where the mean of the four is at most the limit, never
 *  where one is NaN: as with travel, ground does not leak between closed cells that touch by a
 *  corner. Points on the line between their neighbours are dropped.
 *
 *  By construction
 *  - it is valid: rings are simple and touch neither themselves nor one another;
 *  - centres of cells that are reached lie within it, all others outside, none on its edge; a cell
 *    reached alone is a lozenge around its centre;
 *  - it is nested: all of it lies within that of a larger limit. Along the line between two
 *    centres the edge moves but one way as the limit grows, and a saddle, once joined, stays so; in
 *    the square between four centres the ground is convex, or the ground left over is, or it is two
 *    corners; so its growth there follows from that along the sides.
 *  Each to the rounding of coordinates; cells should be a million times larger than that.
 *
 *  O(cells + k log k) for k points; a bit a cell and some 60 bytes a point beside the grid.
 *  A limit that is NaN is an error. Returns: (transfer full). */
GBytes *gap_isochrone(const GapGrid *minutes, double limit_min, GError **error);

/** The ground of each owner 0 to n_owners - 1, a WKB MULTIPOLYGON or NULL where it has none: all
 *  cells with its number in `owner` (rows * cols; -1: nobody's), along their sides. Valid, areas
 *  share no ground. Cells that touch by a corner only are two polygons. Corners are where a ring
 *  turns, and also where the ground beyond it passes from one to another (or to nobody), so that
 *  two neighbours have the same points along the edge that they share, and it stays one in whatever
 *  projection it is drawn. Another number is an error that names its cell. O(cells + k log k) for
 *  k cell sides along the edges. Returns: (transfer full), GBytes. */
GPtrArray *gap_allocation_areas(const GapFrame *frame, const int32_t *owner, size_t n_owners,
                                GError **error);

#endif
