/** Roads that wind within a few cells, and how much of their length the grid loses.
 *
 *  Roads less than about two cells apart become one (layers/travel/weave.h), so a way up a road of
 *  hairpins takes a fraction of its time. The remedy is to lower the speed there. A road is cut, at
 *  its points, into pieces of at most 32 cells of length, and for each
 *
 *      winding = length of the piece / length of the shortest chain of king's moves between its
 * ends within the cells of the piece
 *
 *  at least 1, since a straight road's chain is too long already. It is 1, too, where the chain is
 *  shorter than 4 cells, as of loops: who goes half of the way round loses nothing there. What it
 *  mends and what it does not: gapmap-definitions(7), roads as cells.
 */
#ifndef GAP_LAYERS_TRAVEL_WINDING_H
#define GAP_LAYERS_TRAVEL_WINDING_H

#include "geo/grid/rasterize.h"

/** A piece of a line (transfer full) and its winding, 1 to 8. */
typedef void (*GapWindingFunc)(void *user, GapGeometry *piece, double winding);

/** Calls `found` for all pieces of a line in the plane of `frame`, in order, each from the point
 *  where the one before ends. O(points + pieces). */
void gap_winding_pieces(const GapFrame *frame, const GapGeometry *line, GapWindingFunc found,
                        void *user);

/** Few speeds must do: the level of a winding, the nearest power of the step, 0 to 9. */
#define GAP_WINDING_STEP 1.25
enum { GAP_WINDING_LEVELS = 10 };
unsigned gap_winding_level(double winding);

#endif
