/** Lines and polygons on a grid, as cells in order.
 *
 *  Coordinates are those of the frame. What lies beyond it is cut off; any finite coordinate is
 *  fine. Nothing is allocated for lines; polygons take memory for a band of rows at a time.
 */
#ifndef GAP_GRID_RASTERIZE_H
#define GAP_GRID_RASTERIZE_H

#include "geo/grid/grid.h"
#include "geo/shape/geometry.h"

/** Where the cells of a grid lie; as in GapGrid. Cell (row, col) is number row * cols + col. */
typedef struct {
    size_t cols, rows;
    double west, north;
    double dx, dy;
} GapFrame;

GapFrame gap_grid_frame(const GapGrid *grid);
/** The cell that a point lies in (its west and north edges belong to it; of the outermost all),
 *  or -1. */
gssize gap_frame_cell(const GapFrame *frame, double x, double y);

/** A cell that a segment runs through; `segment` is the number of its first point. */
typedef void (*GapCellFunc)(void *user, size_t cell, uint32_t segment);

/** Calls `found` for the cells of every segment of a line or the rings of a polygon, in order along
 *  it, a point once; a cell comes once for every segment in it, or more often. It is a supercover:
 *  every cell whose inside is run through, and both cells beside a corner that is run through. So
 *  each cell shares a side with the one before it, or, beside a corner, with the one before that: a
 *  line that is passable has no gap, and one that bars the way has no hole to slip through (a
 *  4-connected line parts the plane for moves to 8 neighbours; Rosenfeld, Connectivity in Digital
 *  Pictures, 1970). The steps are those of Amanatides and Woo (1987), each crossing computed from
 *  the segment itself, so that errors do not add up. O(segments + cells). */
void gap_rasterize_lines(const GapFrame *frame, const GapGeometry *geometry, GapCellFunc found,
                         void *user);

/** Cells `first` to `first` + `n` - 1 of one row. */
typedef void (*GapRunFunc)(void *user, size_t first, size_t n);

/** Calls `found` for the cells whose centre lies in the polygon (even-odd rule over all rings), as
 *  runs from the north, west to east. A centre on a shared border is in one of both polygons.
 *  O(e r + k log k) for e edges, r bands of rows (1 for most) and k crossings of edge and row. */
void gap_rasterize_polygon(const GapFrame *frame, const GapGeometry *geometry, GapRunFunc found,
                           void *user);

#endif
