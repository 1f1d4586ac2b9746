#include "tests/check.h"

#include "geo/shape/geodesic.h"
#include "geo/shape/project.h"

static const char ALBERS[] =
    "+proj=aea +lat_1=39.8 +lat_2=42.6 +lat_0=41.2 +lon_0=74.75 +datum=WGS84 +units=m";

// Figures of PROJ's cs2cs; longitude first, whatever the authority says.
static void points_land_where_they_should(void **state) {
    (void)state;
    static const struct {
        const char *definition;
        double lon, lat, x, y;
    } cases[] = {
        {ALBERS, 74, 42, -62124.7028, 89143.8567},
        {ALBERS, 75, 41, 21027.6594, -22187.5110},
        {ALBERS, 69.5, 39.3, -452697.2972, -197337.6141},
        {"EPSG:32643", 74, 42, 417181.9308, 4650259.8476},
        {"EPSG:32643", 75, 41, 500000, 4538757.0619},
        {"+proj=utm +zone=43 +datum=WGS84 +type=crs", 69.5, 39.3, 25618.1360, 4364514.5899},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GapProjection) p = gap_projection_new(cases[i].definition, &error);
        assert_no_error(error);
        assert_string_equal(gap_projection_definition(p), cases[i].definition);
        double xy[] = {cases[i].lon, cases[i].lat};
        assert_true(gap_projection_forward(p, xy, 1, &error));
        assert_near(xy[0], cases[i].x, 1e-3);
        assert_near(xy[1], cases[i].y, 1e-3);
        assert_true(gap_projection_inverse(p, xy, 1, &error));
        assert_near(xy[0], cases[i].lon, 1e-9);
        assert_near(xy[1], cases[i].lat, 1e-9);
    }
}

static void nonsense_is_refused(void **state) {
    (void)state;
    static const char *const cases[] = {
        "",          "EPSG:4326", "EPSG:999999", "+proj=nothing", "+proj=longlat +datum=WGS84",
        "no\nthing", "+proj=aea",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        if (gap_projection_new(cases[i], &error))
            fail_msg("'%s' was taken", cases[i]);
        assert_error_says(error, "give a PROJ string");
    }
    static const GapBox boxes[] = {{2, 2, 1, 3}, {1, 3, 2, 2}, {1, 80, 2, 91}, {NAN, 1, 2, 3}};
    for (size_t i = 0; i < G_N_ELEMENTS(boxes); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(gap_projection_equal_area(boxes[i], &error));
        assert_error_says(error, "no equal-area projection");
    }
}

static void what_cannot_be_projected_is_named(void **state) {
    (void)state;
    g_autoptr(GapProjection) p = gap_projection_new("EPSG:32643", NULL);
    double xy[] = {74, 42, 75, 95, 76, 41};
    g_autoptr(GError) error = NULL;
    assert_false(gap_projection_forward(p, xy, 3, &error));
    assert_error_says(error, "point 2 cannot be projected");
    // It works again afterwards.
    double good[] = {75, 41};
    assert_true(gap_projection_forward(p, good, 1, NULL));
    assert_true(gap_projection_forward(p, good, 0, NULL));
}

// Ellipsoidal and projected area are two routes to one number.
static void equal_area_keeps_areas(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapProjection) p =
        gap_projection_equal_area((GapBox){69.2, 39.1, 80.3, 43.3}, &error);
    assert_no_error(error);
    for (double lon = 70; lon < 80; lon += 3)
        for (double lat = 39.5; lat < 43; lat += 1) {
            g_autoptr(GBytes) wkb = gap_geodesic_disc(lon, lat, 5000, 360);
            g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
            const double before = gap_geodesic_area_m2(g);
            assert_true(gap_projection_forward(p, g->xy, g->n_points, &error));
            double twice = 0;
            for (uint32_t i = 0; i + 1 < g->n_points; i++)
                twice += (g->xy[2 * i] - g->xy[0]) * (g->xy[2 * i + 3] - g->xy[1]) -
                         (g->xy[2 * i + 2] - g->xy[0]) * (g->xy[2 * i + 1] - g->xy[1]);
            assert_near(twice / 2 / before, 1, 1e-6);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_land_where_they_should),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(what_cannot_be_projected_is_named),
        cmocka_unit_test(equal_area_keeps_areas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
