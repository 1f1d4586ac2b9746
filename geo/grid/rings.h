/** Outlines of ground made of cells: closed rings, found in any order, made polygons with holes.
 *  Internal to geo/grid.
 *
 *  Who traces gives the points of a ring one after another, the ground on the left, in units of
 *  cells: u columns east and v rows south of the frame's corner. On the way it names the sides that
 *  the ring crosses along the rows, by numbers that grow from the north and in a row from the west.
 *  Of two sides next to each other in a row one enters ground of an owner and the other leaves it.
 *  So the shell of a hole is found from the side before its first: that one enters the same ground,
 *  over the shell or from another hole in it.
 */
#ifndef GAP_GRID_RINGS_H
#define GAP_GRID_RINGS_H

#include "geo/grid/rasterize.h"

typedef struct GapRings GapRings;

/** `straighten`: points on the line between their neighbours are dropped. */
GapRings *gap_rings_new(const GapFrame *frame, bool straighten);
void gap_rings_free(GapRings *rings); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapRings, gap_rings_free)

/** The next point of the ring at hand. Memory that does not suffice is reported at the end. */
void gap_rings_point(GapRings *rings, double u, double v);
/** The ring at hand crosses side `number`: southwards, so that it enters the ground from the west,
 *  or northwards. A number comes at most once each way. */
void gap_rings_side(GapRings *rings, uint32_t number, bool southwards);
/** Ends the ring at hand, whose ground belongs to `owner`; the next point starts another. */
void gap_rings_close(GapRings *rings, uint32_t owner);

/** Ground of owner 0 to n - 1 as a WKB MULTIPOLYGON each in the coordinates of the frame, or NULL
 *  where there is none. Shells run counter-clockwise, in the order in which they were closed, holes
 *  clockwise. To be called once. O(points + k log k) for k sides and rings; memory for a copy of
 * the points of one owner, twice. Returns: (transfer full). */
GPtrArray *gap_rings_polygons(GapRings *rings, size_t n, GError **error);

#endif
