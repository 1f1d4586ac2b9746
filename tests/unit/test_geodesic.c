#include "tests/check.h"

#include "geo/shape/geodesic.h"

// GeographicLib's published figures (JFK to LHR, the quarter meridian, a degree of the equator) and
// PROJ's geod program.
static void distances_are_known_ones(void **state) {
    (void)state;
    static const struct {
        double lon1, lat1, lon2, lat2, metres;
    } cases[] = {
        {-73.8, 40.6, -0.5, 51.6, 5551759.400319},
        {0, 0, 0, 90, 10001965.729313},
        {0, 0, 1, 0, 111319.490793},
        {74.59, 42.87, 72.80, 40.53, 299559.502497},
        {0, 0, 179.5, 0.5, 19936288.578965},
        {10, -30, -100, 60, 13945050.315435},
        {74, 42, 74, 42, 0},
        {179.9, 42, -179.9, 42, 16570.148550},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const double there =
            gap_geodesic_distance_m(cases[i].lon1, cases[i].lat1, cases[i].lon2, cases[i].lat2);
        const double back =
            gap_geodesic_distance_m(cases[i].lon2, cases[i].lat2, cases[i].lon1, cases[i].lat1);
        assert_near(there, cases[i].metres, 1e-5);
        assert_near(there, back, 1e-8);
    }
}

static void direct_undoes_inverse(void **state) {
    (void)state;
    double lon, lat;
    gap_geodesic_direct(74.59, 42.87, 30, 5000, &lon, &lat);
    assert_near(lon, 74.620614280, 1e-9);
    assert_near(lat, 42.908974253, 1e-9);
    assert_near(gap_geodesic_distance_m(74.59, 42.87, lon, lat), 5000, 1e-6);
}

static double area_of(const double *xy, uint32_t n_points, uint32_t *ring, uint32_t n_rings,
                      GapShapeKind kind) {
    uint32_t part[] = {0, n_rings};
    const GapGeometry g = {kind, 1, n_rings, n_points, part, ring, (double *)xy};
    return gap_geodesic_area_m2(&g);
}

static void areas_are_known_ones(void **state) {
    (void)state;
    // An eighth of the ellipsoid, whose whole is 510,065,621,724,088.44 m2 (GeographicLib).
    const double octant[] = {0, 0, 90, 0, 0, 90, 0, 0};
    const double eighth = 510065621724088.44 / 8;
    assert_near(area_of(octant, 4, (uint32_t[]){0, 4}, 1, GAP_SHAPE_POLYGON), eighth, 1);
    const double turned[] = {0, 0, 0, 90, 90, 0, 0, 0};
    assert_near(area_of(turned, 4, (uint32_t[]){0, 4}, 1, GAP_SHAPE_POLYGON), eighth, 1);
    // A hole counts off, whichever way it runs; a line has no area.
    const double holed[] = {0, 0, 90, 0, 0, 90, 0, 0, 0, 0, 0, 90, 90, 0, 0, 0};
    assert_near(area_of(holed, 8, (uint32_t[]){0, 4, 8}, 2, GAP_SHAPE_POLYGON), 0, 1);
    assert_near(area_of(octant, 4, (uint32_t[]){0, 4}, 1, GAP_SHAPE_LINE), 0, 0);
}

static void discs_are_round(void **state) {
    (void)state;
    static const struct {
        double lon, lat, radius_m;
        unsigned n;
    } cases[] = {
        {74.59, 42.87, 5000, 128}, {0, 0, 10000, 64}, {179.99, 60, 3000, 32}, {74, 42, 1, 3}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const double lon = cases[i].lon, lat = cases[i].lat, r = cases[i].radius_m;
        g_autoptr(GBytes) wkb = gap_geodesic_disc(lon, lat, r, cases[i].n);
        g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
        assert_non_null(g);
        assert_int_equal(g->n_points, cases[i].n + 1);
        double turn = 0;
        for (uint32_t k = 0; k + 1 < g->n_points; k++) {
            const double *p = g->xy + 2 * k;
            assert_near(gap_geodesic_distance_m(lon, lat, p[0], p[1]), r, 1e-6);
            turn += p[0] * p[3] - p[2] * p[1];
            assert_true(fabs(p[2] - p[0]) < 1); // no jump across the date line
        }
        assert_true(turn > 0); // counter-clockwise
        const double n = cases[i].n, polygon = n / 2 * r * r * sin(2 * G_PI / n);
        assert_near(gap_geodesic_area_m2(g) / polygon, 1, 1e-5);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_are_known_ones),
        cmocka_unit_test(direct_undoes_inverse),
        cmocka_unit_test(areas_are_known_ones),
        cmocka_unit_test(discs_are_round),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
