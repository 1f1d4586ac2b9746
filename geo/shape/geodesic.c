#include "geo/shape/geodesic.h"

#include <geodesic.h>
#include <math.h>
#include <string.h>

// Set up once and only read after: geod_* functions take it const.
static const struct geod_geodesic *wgs84(void) {
    static struct geod_geodesic ellipsoid;
    static gsize ready;
    if (g_once_init_enter(&ready)) {
        geod_init(&ellipsoid, 6378137, 1 / 298.257223563);
        g_once_init_leave(&ready, 1);
    }
    return &ellipsoid;
}

double gap_geodesic_distance_m(double lon1, double lat1, double lon2, double lat2) {
    double metres;
    geod_inverse(wgs84(), lat1, lon1, lat2, lon2, &metres, NULL, NULL);
    return metres;
}

void gap_geodesic_direct(double lon, double lat, double azimuth_deg, double distance_m,
                         double *lon2, double *lat2) {
    geod_direct(wgs84(), lat, lon, azimuth_deg, distance_m, lat2, lon2, NULL);
}

static double ring_area_m2(const double *xy, uint32_t n) {
    struct geod_polygon ring;
    geod_polygon_init(&ring, 0);
    for (size_t i = 0; i + 1 < n; i++)
        geod_polygon_addpoint(wgs84(), &ring, xy[2 * i + 1], xy[2 * i]);
    double area;
    geod_polygon_compute(wgs84(), &ring, 0, 1, &area, NULL);
    return fabs(area);
}

double gap_geodesic_area_m2(const GapGeometry *g) {
    double sum = 0;
    for (uint32_t p = 0; g->kind == GAP_SHAPE_POLYGON && p < g->n_parts; p++)
        for (uint32_t r = g->part[p]; r < g->part[p + 1]; r++) {
            const double area =
                ring_area_m2(g->xy + 2 * (size_t)g->ring[r], g->ring[r + 1] - g->ring[r]);
            sum += r == g->part[p] ? area : -area;
        }
    return sum;
}

double gap_geodesic_wkb_km2(GBytes *wkb) {
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
    return g ? gap_geodesic_area_m2(g) / 1e6 : 0;
}

GBytes *gap_geodesic_disc(double lon, double lat, double radius_m, unsigned n) {
    g_assert(n >= 3 && radius_m > 0);
    g_autofree double *xy = g_new(double, 2 * (n + (size_t)1));
    for (size_t i = 0; i < n; i++) {
        // Counter-clockwise, as RFC 7946 wants it; longitudes run on across the date line.
        geod_gendirect(wgs84(), lat, lon, -360.0 * (double)i / n, GEOD_LONG_UNROLL, radius_m,
                       &xy[2 * i + 1], &xy[2 * i], NULL, NULL, NULL, NULL, NULL, NULL);
    }
    memcpy(xy + 2 * (size_t)n, xy, 2 * sizeof *xy);
    uint32_t part[] = {0, 1}, ring[] = {0, n + 1};
    return gap_geometry_to_wkb(&(GapGeometry){GAP_SHAPE_POLYGON, 1, 1, n + 1, part, ring, xy});
}
