#include "geo/shape/nearest.h"

#include "geo/shape/geodesic.h"

#include <math.h>

#define EARTH_RADIUS_M 6371008.8 // mean radius, IUGG
#define SLACK          1.012     // see the header

typedef struct {
    double x, y, z;
} Unit;

struct GapNearest {
    size_t n;
    double *lonlat;
    Unit *unit;
};

static Unit to_unit(double lon, double lat) {
    const double phi = lat * G_PI / 180, lambda = lon * G_PI / 180;
    return (Unit){cos(phi) * cos(lambda), cos(phi) * sin(lambda), sin(phi)};
}

static double chord2(Unit a, Unit b) {
    const double dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
    return dx * dx + dy * dy + dz * dz;
}

GapNearest *gap_nearest_new(const double *lonlat, size_t n) {
    GapNearest *nearest = g_new0(GapNearest, 1);
    nearest->n = n;
    nearest->lonlat = g_memdup2(lonlat, 2 * n * sizeof *lonlat);
    nearest->unit = g_new(Unit, n);
    for (size_t i = 0; i < n; i++)
        nearest->unit[i] = to_unit(lonlat[2 * i], lonlat[2 * i + 1]);
    return nearest;
}

void gap_nearest_free(GapNearest *nearest) {
    if (!nearest)
        return;
    g_free(nearest->lonlat);
    g_free(nearest->unit);
    g_free(nearest);
}

static double exact(const GapNearest *nearest, size_t i, double lon, double lat) {
    return gap_geodesic_distance_m(nearest->lonlat[2 * i], nearest->lonlat[2 * i + 1], lon, lat);
}

gssize gap_nearest_find(const GapNearest *nearest, double lon, double lat, double *distance_m) {
    const Unit at = to_unit(lon, lat);
    double shortest = G_MAXDOUBLE;
    for (size_t i = 0; i < nearest->n; i++)
        shortest = MIN(shortest, chord2(nearest->unit[i], at));
    // Squared chords compare like the square of the slack; a metre more keeps ties at zero.
    const double metre = 1.0 / EARTH_RADIUS_M;
    const double limit = pow(sqrt(shortest) * SLACK + metre, 2);
    gssize best = -1;
    *distance_m = G_MAXDOUBLE;
    for (size_t i = 0; i < nearest->n; i++) {
        if (chord2(nearest->unit[i], at) > limit)
            continue;
        const double distance = exact(nearest, i, lon, lat);
        if (distance < *distance_m) {
            *distance_m = distance;
            best = (gssize)i;
        }
    }
    return best;
}

bool gap_nearest_within(const GapNearest *nearest, size_t i, double lon, double lat,
                        double limit_m) {
    // A chord is never longer than its arc, so one well beyond the limit needs no exact measure.
    const double chord = sqrt(chord2(nearest->unit[i], to_unit(lon, lat))) * EARTH_RADIUS_M;
    return chord <= limit_m * SLACK + 1 && exact(nearest, i, lon, lat) <= limit_m;
}
