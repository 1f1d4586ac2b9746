/** Lines of the source _borders_ where something else is drawn over them, or without the layers of
 *  the theme: the outline of a part, the small map of the country. They look as the theme has it.
 */
#ifndef GAP_STYLES_PART_BORDERS_H
#define GAP_STYLES_PART_BORDERS_H

#include "styles/map.h"

/** The stretches of borders along the part's outline, over that. O(v log v) of both. */
void gap_part_draw_borders(GapMap *map, const GapView *view, const char *role);
/** All of them, `scale` times as wide. */
void gap_borders_draw_small(GapMap *map, const GapView *view, const char *role, double scale);

#endif
