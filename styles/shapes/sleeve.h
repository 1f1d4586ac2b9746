/** Lines with fewer points that no eye can tell from the line given. */
#ifndef GAP_STYLES_SHAPES_SLEEVE_H
#define GAP_STYLES_SHAPES_SLEEVE_H

#include "geo/shape/geometry.h"

/** The points since an anchor, all within `near` of one straight line from it: a cone of directions
 *  that narrows with each (sleeve fitting: Zhao and Saalfeld 1997, Linear-time sleeve-fitting
 *  polyline simplification algorithms). */
typedef struct {
    double near;              /**< how far a point may lie from the line */
    double x, y;              /**< the anchor */
    double left[2], right[2]; /**< edges of the cone, from the anchor */
    bool cone;                /**< whether any point has narrowed it yet */
    double reach;             /**< the farthest point's distance */
} GapSleeve;

/** Anchors the sleeve anew. */
void gap_sleeve_begin(GapSleeve *sleeve, double x, double y);
/** Whether the sleeve goes on to the point, and if so takes it; if not, the point before it is the
 *  end, and the next anchor. The first after an anchor is always taken. O(1). */
bool gap_sleeve_take(GapSleeve *sleeve, double x, double y);
/** Writes those of n >= 2 points, x and y in turn, that a line needs which passes within `near`
 *  beside all of them, and no more than that short of any; first and last among them, to `out`,
 * which may be `xy` itself. Returns how many. O(n). */
uint32_t gap_sleeve_line(const double *xy, uint32_t n, double near, double *out);
/** Leaves out points of lines and rings that lie within `near` of what is left; a ring keeps its
 *  points where fewer than four would be left. In place, O(points). */
void gap_sleeve_thin(GapGeometry *geometry, double near);

#endif
