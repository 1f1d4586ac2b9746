/** Border segments: their status on the day of a run, and where they run.
 *
 *  A segment is a neighbour and a name; without a name it is the whole border with the neighbour,
 *  less the segments that have a line. Several rows of one are its history: the one that began last
 *  by the day counts.
 */
#ifndef GAP_LAYERS_BORDERS_H
#define GAP_LAYERS_BORDERS_H

#include "geo/store/store.h"

/** By what rows of other layers name a neighbour of scenery. */
#define GAP_NEIGHBOUR_KEY "coalesce(code, name_en, name_ru, name_ky)"

/** Columns of each. */
enum { GAP_VIEW_BORDER_WIDTH = 10, GAP_VIEW_BORDER_CHANGE_WIDTH = 10 };

extern const GapColumnSpec GAP_VIEW_BORDER_COLUMNS[GAP_VIEW_BORDER_WIDTH];
extern const GapColumnSpec GAP_VIEW_BORDER_CHANGE_COLUMNS[GAP_VIEW_BORDER_CHANGE_WIDTH];
extern const GapStatement GAP_VIEW_BORDERS, GAP_VIEW_BORDER_CHANGES;

/** Puts lines and lengths into the rows of GAP_VIEW_BORDERS: a segment with a line has the stretch
 *  of the country's outline that lies within a kilometre of it, or where there is none (an inner
 *  border) the line as it stands; a whole border the stretches that are nearest to the neighbour's
 *  polygon, within 10 km, and no segment's. Rows of which neither is known stay without.
 *  O(v log v) of the outlines. */
bool gap_border_lines(GapStore *store, GapTable *borders, GError **error);

#endif
