/** What tells a reader of a map where it lies on the ground: meridians and parallels, the way
 * north, and how far its scale holds. */
#ifndef GAP_STYLES_PAGE_GRATICULE_H
#define GAP_STYLES_PAGE_GRATICULE_H

#include "styles/map.h"

/** Meridians and parallels at round degrees, three to eight each way, their degrees along the
 * frame's upper and left edge, which labels keep off. O(lines x points). */
bool gap_graticule_draw(GapMap *map, const GapView *view, GError **error);

/** Whether the map has an arrow: north is the same direction, within 3 degrees, all over it. */
bool gap_north_arrow_shown(const GapMap *map, const GapView *view);
/** An arrow to the north with its letter at x, y (left top), where north lies in the same direction
 *  all over the frame (to three degrees): elsewhere an arrow would mislead. */
void gap_north_arrow_draw(GapMap *map, const GapView *view, double x, double y);

/** Writes into the facts of the page (in both languages) as scale_error how far lengths on the
 * ground within the frame differ at most from what the scale at its middle says: along meridians
 * and parallels, at 5 x 5 places (Snyder 1987, p. 20); tenths of a percent, rounded up. */
void gap_scale_error_tell(GapMap *map, const GapView *view);

#endif
