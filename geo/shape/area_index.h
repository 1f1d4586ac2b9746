/** Finds the area that a point lies in, for one point or for millions. Planar in the coordinates
 *  given; areas come as WKB.
 *
 *  Borders belong to their areas, exactly: on which side of an edge a point lies is decided by
 *  floating-point numbers where their error bound allows it, else by exact sums (J. R. Shewchuk,
 *  Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates, 1997). So the
 *  answers are those of GEOSCovers() for every polygon that is valid; exact as long as products of
 *  two coordinates neither overflow nor underflow.
 *
 *  Every area keeps its edges by horizontal slabs, as many slabs as keep the copies of an edge at
 *  two on average, and a grid keeps the areas by their boxes.
 *  Building: O(v + n log n) time and O(v + n) memory for v vertices of n areas.
 *  A look-up: O(c + e) for the c areas whose boxes reach into the point's grid cell and the e edges
 *  of their slabs at the point. Of areas that tile the plane c is about 2; e is a few where
 * outlines are smooth and at most v of the area where every edge runs through its whole height.
 */
#ifndef GAP_SHAPE_AREA_INDEX_H
#define GAP_SHAPE_AREA_INDEX_H

#include "geo/shape/geometry.h"

typedef struct GapAreaIndex GapAreaIndex;

/** NULLs and empty polygons are areas that contain nothing; what is no polygon is an error that
 *  names its number (from 1). Nothing of `wkb` is kept. Returns: (transfer full). */
GapAreaIndex *gap_area_index_new(GBytes *const *wkb, size_t n, GError **error);
void gap_area_index_free(GapAreaIndex *index); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapAreaIndex, gap_area_index_free)
/** The lowest number of an area that covers the point (border included), or -1; also where a
 *  coordinate is not finite. So areas sorted by code give a point on a shared border to the lowest
 *  code. Any number of threads may ask the same index. */
gssize gap_area_index_locate(const GapAreaIndex *index, double x, double y);
/** The same of `n` points (x and y in turn) into `area`, on `threads` threads (0: one a processor).
 *  Points are taken cell by cell of the grid, so that what they are compared with stays in the
 *  cache. The answers do not depend on `threads`. */
void gap_area_index_locate_many(const GapAreaIndex *index, const double *xy, size_t n,
                                int32_t *area, unsigned threads);

#endif
