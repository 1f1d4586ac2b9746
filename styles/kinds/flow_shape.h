/** The outline of a bent arrow: geometry alone. Page pixels, y down. */
#ifndef GAP_STYLES_KINDS_FLOW_SHAPE_H
#define GAP_STYLES_KINDS_FLOW_SHAPE_H

#include "geo/shape/geometry.h"

/** Where an arrow begins or ends: on the edge of a disc. */
typedef struct {
    double x, y, r;
} GapFlowEnd;

typedef struct {
    GapFlowEnd from, to;
    double width; /**< of the shaft */
    /** How far the middle of the curve lies to the right of the straight way, as a share of its
     *  length; below 0: to the left. */
    double bend;
} GapFlow;

enum { GAP_FLOW_STEPS = 40, GAP_FLOW_HEAD_STEPS = 5, GAP_FLOW_BOXES = 45 };

typedef struct {
    double xy[2 * (2 * (GAP_FLOW_STEPS + 1) + 3)]; /**< corners, not closed */
    size_t n;
    GapBox box[GAP_FLOW_BOXES]; /**< of steps of the shaft and of the head: they cover it */
    size_t n_boxes;
} GapFlowOutline;

/** A quadratic Bezier curve of one width with a head that ends on the edge of `to`; it begins on
 * the edge of `from`. False where the discs leave no room for it. */
bool gap_flow_outline(const GapFlow *flow, GapFlowOutline *outline);

#endif
