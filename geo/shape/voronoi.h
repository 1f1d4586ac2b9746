/** Dividing a polygon among points: each part is the ground nearer to its point than to any other
 *  (Voronoi 1908), so that a place without a drawn border still gets ground to count on.
 *
 *  Nearness is that of an azimuthal equidistant projection (Snyder 1987, p. 191) around the middle
 *  of the outline: distances there differ from geodesic ones by less than (r / R)^2 / 6, that is
 *  0.01 % up to 150 km from the middle. Inner borders have a corner every 2 km at least, so that
 *  they stay within 0.1 m of the line between two points though sides are straight in degrees.
 */
#ifndef GAP_SHAPE_VORONOI_H
#define GAP_SHAPE_VORONOI_H

#include "geo/shape/geometry.h"

/** Divides polygon `outline` among 1 to 10,000 points, pairs of longitude and latitude. Parts share
 *  their borders corner by corner, do not overlap and fill the outline; each has ground. A point
 *  outside the outline stands for the nearest point of its border, one that repeats an earlier
 *  point for its neighbour a metre on: `moved_m` (n entries, NULL allowed) says how far each was
 *  moved, 0 for all others. Points so near each other that ground between them is lost in rounding
 *  are an error. O(v log v + n^2). Returns: (transfer full): n GBytes, WKB, in order. */
GPtrArray *gap_voronoi(GBytes *outline, const double *lonlat, size_t n, double *moved_m,
                       GError **error);

#endif
