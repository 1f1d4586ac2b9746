/** Flows: a line layer with `gapmap:arrow` is drawn as bent arrows that keep off names.
 *
 *  Its rows have `from` and `to`, codes of rows of the circle layer that `gapmap:around` names; an
 *  arrow begins and ends at the edges of their circles. Its width is `line-width`. Two that go
 *  there and back bend to the right of the way, so that they lie side by side.
 */
#ifndef GAP_STYLES_KINDS_FLOWS_H
#define GAP_STYLES_KINDS_FLOWS_H

#include "styles/kinds/flow_shape.h"
#include "styles/map.h"

/** Draws the rows of `order` (row numbers, guint), the widest below. Each takes the bend that lies
 * on the fewest names as they would stand without arrows, then on the fewest other circles and
 * arrows, and that is the least unusual; then other bends are tried while more names beside the
 * circles find a place. Names are kept off all arrows when they are placed. O(arrows x bends x
 * (names + circles + arrows)), and at most 600 times the placing of names, fewer
 *  where arrows and names are many. */
bool gap_flows_draw(GapMap *map, const GapView *view, const GapStyleLayer *layer,
                    const GapRows *rows, const GArray *order, GError **error);

/** Adds an arrow with a white casing. The pointer holds until the scene has another item. */
GapItem *gap_flows_add(GapScene *scene, const char *role, const char *id, const GapFlowOutline *o,
                       GapColour fill);

#endif
