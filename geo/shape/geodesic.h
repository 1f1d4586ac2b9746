/** Distances, discs and areas on the WGS 84 ellipsoid (Karney 2013, through PROJ's geodesic.h). */
#ifndef GAP_SHAPE_GEODESIC_H
#define GAP_SHAPE_GEODESIC_H

#include "geo/shape/geometry.h"

/** Length of the shortest line between two points, metres. */
double gap_geodesic_distance_m(double lon1, double lat1, double lon2, double lat2);
/** The point `distance_m` away in direction `azimuth_deg` (clockwise from north). */
void gap_geodesic_direct(double lon, double lat, double azimuth_deg, double distance_m,
                         double *lon2, double *lat2);
/** Area of a polygon geometry in degrees, edges geodesic, holes taken off, square metres; 0 for
 *  points and lines. O(vertices). */
double gap_geodesic_area_m2(const GapGeometry *g);
/** The same of WKB, in square kilometres; 0 also where it cannot be read. */
double gap_geodesic_wkb_km2(GBytes *wkb);
/** All points within `radius_m` (> 0), as a polygon of `n` >= 3 corners that lie at exactly that
 *  distance, counter-clockwise from north. Its straight sides run inside the circle: by
 *  radius (1 - cos(pi / n)), that is 0.03 % with 128 corners. Returns: (transfer full). */
GBytes *gap_geodesic_disc(double lon, double lat, double radius_m, unsigned n);

#endif
