#include "tests/check.h"

#include "geo/shape/area_index.h"
#include "geo/shape/geodesic.h"
#include "geo/shape/nearest.h"
#include "geo/shape/overlay.h"
#include "geo/shape/voronoi.h"

/* A rectangle in degrees, with a square hole of `hole` degrees in its middle. */
static GBytes *rectangle(double x1, double y1, double x2, double y2, double hole) {
    const double cx = (x1 + x2) / 2, cy = (y1 + y2) / 2, r = hole / 2;
    double xy[] = {x1,     y1,     x2,     y1,     x2,     y2,     x1,     y2,     x1,     y1,
                   cx - r, cy - r, cx - r, cy + r, cx + r, cy + r, cx + r, cy - r, cx - r, cy - r};
    uint32_t ring[] = {0, 5, 10}, part[] = {0, hole > 0 ? 2 : 1};
    return gap_geometry_to_wkb(
        &(GapGeometry){GAP_SHAPE_POLYGON, 1, part[1], hole > 0 ? 10 : 5, part, ring, xy});
}

/* In square degrees: sides are straight in degrees, while geodesic area would change with every
 * corner put on a side. */
static double area(GBytes *wkb) {
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
    double sum = 0;
    for (uint32_t p = 0; g && p < g->n_parts; p++)
        for (uint32_t r = g->part[p]; r < g->part[p + 1]; r++) {
            double twice = 0;
            for (uint32_t i = g->ring[r]; i + 1 < g->ring[r + 1]; i++)
                twice += g->xy[2 * i] * g->xy[2 * i + 3] - g->xy[2 * i + 2] * g->xy[2 * i + 1];
            sum += r == g->part[p] ? fabs(twice) / 2 : -fabs(twice) / 2;
        }
    return sum;
}

static GPtrArray *divide(GBytes *outline, const double *sites, size_t n, double *moved) {
    g_autoptr(GError) error = NULL;
    GPtrArray *parts = gap_voronoi(outline, sites, n, moved, &error);
    assert_no_error(error);
    assert_int_equal(parts->len, n);
    return parts;
}

/* Parts fill the outline, do not overlap and are valid. */
static void check_partition(GBytes *outline, const GPtrArray *parts) {
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    double sum = 0;
    for (guint i = 0; i < parts->len; i++) {
        g_autofree char *why = gap_overlay_invalid_reason(overlay, parts->pdata[i], NULL);
        if (why)
            fail_msg("part %u: %s", i, why);
        assert_true(area(parts->pdata[i]) > 0);
        sum += area(parts->pdata[i]);
        for (guint j = 0; j < i; j++) {
            g_autoptr(GBytes) shared =
                gap_overlay_intersection(overlay, parts->pdata[i], parts->pdata[j], NULL);
            assert_true(gap_wkb_is_empty(shared) || area(shared) < 1e-12);
        }
    }
    assert_near(sum / area(outline), 1, 1e-9);
    g_autoptr(GBytes) all =
        gap_overlay_union(overlay, (GBytes *const *)parts->pdata, parts->len, NULL);
    assert_near(area(all) / area(outline), 1, 1e-9);
}

/* Every point belongs to its nearest site, unless two are as near but for a thousandth. */
static void check_nearest(const GPtrArray *parts, const double *sites, GBytes *outline) {
    g_autoptr(GapAreaIndex) index =
        gap_area_index_new((GBytes *const *)parts->pdata, parts->len, NULL);
    g_autoptr(GapAreaIndex) whole = gap_area_index_new(&outline, 1, NULL);
    g_autoptr(GapNearest) nearest = gap_nearest_new(sites, parts->len);
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int i = 0; i < 2000; i++) {
        const double lon = g_rand_double_range(random, 73, 77);
        const double lat = g_rand_double_range(random, 40, 42);
        const gssize found = gap_area_index_locate(index, lon, lat);
        assert_int_equal(found >= 0, gap_area_index_locate(whole, lon, lat) >= 0);
        if (found < 0)
            continue;
        double best;
        gap_nearest_find(nearest, lon, lat, &best);
        assert_true(gap_geodesic_distance_m(sites[2 * found], sites[2 * found + 1], lon, lat) <=
                    best * 1.001 + 1);
    }
}

static void random_sites_divide_a_polygon_with_a_hole(void **state) {
    (void)state;
    g_autoptr(GBytes) outline = rectangle(73, 40, 77, 42, 0.5);
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    static const size_t numbers[] = {1, 2, 3, 5, 20, 60};
    for (size_t c = 0; c < G_N_ELEMENTS(numbers); c++) {
        const size_t n = numbers[c];
        g_autofree double *sites = g_new(double, 2 * n);
        for (size_t i = 0; i < n; i++) {
            sites[2 * i] = g_rand_double_range(random, 73.01, 76.99);
            sites[2 * i + 1] = g_rand_double_range(random, 40.01, 40.7); // south of the hole
        }
        g_autoptr(GPtrArray) parts = divide(outline, sites, n, NULL);
        check_partition(outline, parts);
        check_nearest(parts, sites, outline);
    }
}

static void sites_in_a_row_or_on_a_lattice(void **state) {
    (void)state;
    g_autoptr(GBytes) outline = rectangle(73, 40, 77, 42, 0);
    double sites[2 * 12];
    for (int columns = 12; columns >= 4; columns -= 8) { // one row of 12, then three of 4
        for (int i = 0; i < 12; i++) {
            sites[2 * i] = 73.1 + 0.3 * (i % columns);
            sites[2 * i + 1] = 40.5 + 0.4 * (i / columns);
        }
        g_autoptr(GPtrArray) parts = divide(outline, sites, 12, NULL);
        check_partition(outline, parts);
        check_nearest(parts, sites, outline);
    }
}

static void sites_outside_and_twice_still_get_ground(void **state) {
    (void)state;
    g_autoptr(GBytes) outline = rectangle(73, 40, 74, 41, 0);
    const double sites[] = {73.5, 40.5, 73.5, 40.5, 73.5, 40.5, 74.1, 40.5, 73.2, 40.9};
    double moved[5];
    g_autoptr(GPtrArray) parts = divide(outline, sites, 5, moved);
    check_partition(outline, parts);
    const double want[] = {0, 1, 2, 8476, 0}; // 0.1 degrees of longitude at 40.5 N
    for (int i = 0; i < 5; i++)
        assert_near(moved[i], want[i], i == 3 ? 10 : 1e-6);
}

static void many_sites_on_one_spot_take_no_time(void **state) {
    (void)state;
    g_autoptr(GBytes) outline = rectangle(73, 40, 77, 42, 0);
    const size_t n = 2000;
    g_autofree double *sites = g_new(double, 2 * n);
    for (size_t i = 0; i < n; i++) {
        sites[2 * i] = 74;
        sites[2 * i + 1] = 41;
    }
    g_autofree double *moved = g_new(double, n);
    const gint64 start = g_get_monotonic_time();
    g_autoptr(GPtrArray) parts = divide(outline, sites, n, moved);
    assert_true(g_get_monotonic_time() - start < 20 * G_USEC_PER_SEC);
    assert_near(moved[n - 1], n - 1, 1e-6);
    g_autoptr(GError) error = NULL;
    assert_null(gap_voronoi(outline, sites, 10001, NULL, &error));
    assert_error_says(error, "10001 points to divide one area among; at most 10000 are");
}

static void areas_of_several_parts_and_touching_sites(void **state) {
    (void)state;
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autoptr(GBytes) west = rectangle(73, 40, 74, 41, 0);
    g_autoptr(GBytes) east = rectangle(74.5, 40, 75, 41, 0.2);
    GBytes *both[] = {west, east};
    g_autoptr(GBytes) outline = gap_overlay_union(overlay, both, 2, NULL);
    const double sites[] = {73, 40, 73.5, 40.5, 75, 41}; // two of them corners
    g_autoptr(GPtrArray) parts = divide(outline, sites, 3, NULL);
    check_partition(outline, parts);
}

static void what_is_no_polygon_is_an_error(void **state) {
    (void)state;
    const double sites[] = {73, 40, 74, 41};
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) junk = g_bytes_new_static("junk", 4);
    assert_null(gap_voronoi(junk, sites, 2, NULL, &error));
    assert_non_null(error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_sites_divide_a_polygon_with_a_hole),
        cmocka_unit_test(sites_in_a_row_or_on_a_lattice),
        cmocka_unit_test(sites_outside_and_twice_still_get_ground),
        cmocka_unit_test(many_sites_on_one_spot_take_no_time),
        cmocka_unit_test(areas_of_several_parts_and_touching_sites),
        cmocka_unit_test(what_is_no_polygon_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
