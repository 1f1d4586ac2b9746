/** Distances, discs and areas on the WGS 84 ellipsoid (Karney 2013, through PROJ's geodesic.h). */
#ifndef GAP_SHAPE_GEODESIC_H
#define GAP_SHAPE_GEODESIC_H

#include "geo/shape/geometry.h"

/** Length of the shortest line between two points, metres. */
double gap_geodesic_distance_m(double lon1, double lat1, double lon2, double lat2);
/** The point `distance_m` away in direction `azimuth_deg` (clockwise from north). */
void gap_geodesic_direct(double lon, double lat, double azimuth_deg, double distance_m,
                         double *lon2, double *lat2);
/** Area of a polygon geometry in degrees, holes taken off, square metres. */
double gap_geodesic_area_m2(const GapGeometry *polygon);
/** The ring of all points at `radius_m`, as a polygon of `n` corners. Returns: (transfer full). */
GBytes *gap_geodesic_disc(double lon, double lat, double radius_m, unsigned n);

#endif
