/** Lines beside a line: what line-offset of a style asks for. */
#ifndef GAP_STYLES_SHAPES_OFFSET_H
#define GAP_STYLES_SHAPES_OFFSET_H

#include "geo/shape/geometry.h"

/** Moves each corner, in place, so that the line lies `offset` pixels to the right of where it was,
 *  y down; to the left where below 0. Areas are drawn smaller, however their rings turn. A sharp
 *  corner is moved twice the offset at most. Bends tighter than the offset cross themselves.
 *  O(points). Points stay. */
void gap_line_offset(GapGeometry *shape, double offset);

#endif
