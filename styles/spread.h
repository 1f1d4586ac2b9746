/** Marks that must all be seen, moved apart where they would lie upon each other. */
#ifndef GAP_STYLES_SPREAD_H
#define GAP_STYLES_SPREAD_H

#include "geo/shape/geometry.h"

/** Moves `n` points (x, y, x, y, ... in pixels) so that no two diamonds around them whose corners
 *  lie `reach` pixels from the point overlap, each as little as may be: any two that do are pushed
 *  apart evenly along the line between them, over and over (points in one place along directions by
 *  their number). Points stay `reach` within `frame`. The same input moves the same way. What 400
 *  rounds do not part, as where a frame is full, stays. O(rounds x n^2). */
void gap_spread(double *xy, size_t n, double reach, GapBox frame);

#endif
