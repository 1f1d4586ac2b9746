#include "tests/check.h"

#include "geo/shape/area_index.h"
#include "geo/shape/overlay.h"

// A polygon of rings given as "x y, x y, ...; x y, ...", closed by hand.
static GBytes *polygon(const char *text) {
    g_auto(GStrv) rings = g_strsplit(text, ";", -1);
    g_autoptr(GArray) xy = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) ring = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    g_array_set_size(ring, 1);
    for (size_t r = 0; rings[r]; r++) {
        for (char *p = rings[r]; *p;) {
            const double value = g_ascii_strtod(p, &p);
            g_array_append_val(xy, value);
            p += strspn(p, " ,");
        }
        const uint32_t end = xy->len / 2;
        g_array_append_val(ring, end);
    }
    uint32_t part[] = {0, ring->len - 1};
    return gap_geometry_to_wkb(&(GapGeometry){GAP_SHAPE_POLYGON, 1, ring->len - 1, xy->len / 2,
                                              part, (uint32_t *)(void *)ring->data,
                                              (double *)(void *)xy->data});
}

static double plane_area(GBytes *wkb) {
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

#define SQUARE "0 0, 4 0, 4 4, 0 4, 0 0"
#define RIGHT  "4 0, 8 0, 8 4, 4 4, 4 0"
#define HOLED  SQUARE "; 1 1, 1 3, 3 3, 3 1, 1 1"
#define INSIDE "1 1, 3 1, 3 3, 1 3, 1 1"
#define BOWTIE "0 0, 2 2, 2 0, 0 2, 0 0"
#define FLAT   "0 0, 1 1, 2 2, 0 0"
#define FAR    "10 10, 11 10, 11 11, 10 10"

static void invalid_polygons_are_repaired(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool changed;
        double area; // negative: refused
    } cases[] = {{SQUARE, false, 16},
                 {HOLED, false, 12},
                 {BOWTIE, true, 2},
                 {FLAT, true, -1},
                 {SQUARE "; 3 1, 6 1, 6 3, 3 3, 3 1", true, 14}};
    g_autoptr(GapOverlay) o = gap_overlay_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) wkb = polygon(cases[i].text);
        g_autoptr(GError) error = NULL;
        bool changed = false;
        g_autofree char *reason = gap_overlay_invalid_reason(o, wkb, &error);
        assert_no_error(error);
        assert_int_equal(reason != NULL, cases[i].changed);
        g_autoptr(GBytes) valid = gap_overlay_make_valid(o, wkb, &changed, &error);
        assert_int_equal(changed, cases[i].changed);
        if (cases[i].area < 0) {
            assert_null(valid);
            assert_error_says(error, "covers no ground");
            continue;
        }
        assert_no_error(error);
        assert_int_equal(valid == wkb, !changed);
        assert_near(plane_area(valid), cases[i].area, 1e-12);
        g_autofree char *still = gap_overlay_invalid_reason(o, valid, &error);
        assert_null(still);
    }
}

static void sets_of_polygons_combine(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        double both, shared, left;           // areas of union, intersection and a - b
    } cases[] = {{SQUARE, RIGHT, 32, 0, 16}, // a border is shared, no ground
                 {SQUARE, SQUARE, 16, 16, 0},
                 {SQUARE, INSIDE, 16, 4, 12},
                 {HOLED, INSIDE, 16, 0, 12},
                 {SQUARE, FAR, 16.5, 0, 16}};
    g_autoptr(GapOverlay) o = gap_overlay_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) a = polygon(cases[i].a);
        g_autoptr(GBytes) b = polygon(cases[i].b);
        GBytes *list[] = {NULL, a, b, NULL};
        g_autoptr(GBytes) both = gap_overlay_union(o, list, G_N_ELEMENTS(list), &error);
        assert_no_error(error);
        g_autoptr(GBytes) shared = gap_overlay_intersection(o, a, b, &error);
        assert_no_error(error);
        g_autoptr(GBytes) left = gap_overlay_difference(o, a, b, &error);
        assert_no_error(error);
        assert_near(plane_area(both), cases[i].both, 1e-12);
        assert_near(plane_area(shared), cases[i].shared, 1e-12);
        assert_near(plane_area(left), cases[i].left, 1e-12);
        assert_int_equal(gap_wkb_is_empty(shared), cases[i].shared == 0);
        assert_int_equal(gap_wkb_is_empty(left), cases[i].left == 0);
        // What came out empty can go in again.
        GBytes *rest[] = {shared, left};
        g_autoptr(GBytes) again = gap_overlay_union(o, rest, 2, &error);
        assert_no_error(error);
        assert_near(plane_area(again), cases[i].shared + cases[i].left, 1e-12);
    }
    g_autoptr(GBytes) none = gap_overlay_union(o, NULL, 0, NULL);
    assert_true(gap_wkb_is_empty(none));
}

static void hostile_bytes_are_errors(void **state) {
    (void)state;
    g_autoptr(GapOverlay) o = gap_overlay_new();
    g_autoptr(GBytes) bad = g_bytes_new_static("\1\3\0\0\0\377\377\377\377", 9);
    g_autoptr(GBytes) good = polygon(SQUARE);
    g_autoptr(GError) error = NULL;
    bool changed;
    double x, y;
    assert_null(gap_overlay_make_valid(o, bad, &changed, &error));
    assert_error_says(error, "geometry cannot be used");
    assert_null(gap_overlay_intersection(o, good, bad, &error));
    assert_error_says(error, "geometry cannot be used");
    assert_null(gap_overlay_difference(o, bad, good, &error));
    assert_error_says(error, "geometry cannot be used");
    GBytes *list[] = {good, bad};
    assert_null(gap_overlay_union(o, list, 2, &error));
    assert_error_says(error, "geometry cannot be used");
    assert_false(gap_overlay_inner_point(o, bad, &x, &y, &error));
    assert_error_says(error, "geometry cannot be used");
    assert_false(gap_overlay_sees(o, bad, 0, 0, 1, 1));
}

static void inner_points_are_farthest_in(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double x, y, within;
    } cases[] = {
        {SQUARE, 2, 2, 0.05},
        {"0 0, 10 0, 10 1, 1 1, 1 10, 0 10, 0 0", 0.585, 0.585, 0.1}, // an L: its corner
        {"0 0, 1000 0, 1000 0.001, 0 0", NAN, NAN, 0},                // a needle: inside is enough
        {"0 0, 1e6 0, 1e6 1e-6, 0 0", NAN, NAN, 0}, // these two once filled the memory
        {"0 0, 1e6 1e6, 1e6 1000000.001, 0 0", NAN, NAN, 0},
    };
    g_autoptr(GapOverlay) o = gap_overlay_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) wkb = polygon(cases[i].text);
        double x, y;
        assert_true(gap_overlay_inner_point(o, wkb, &x, &y, NULL));
        if (!isnan(cases[i].x)) {
            assert_near(x, cases[i].x, cases[i].within);
            assert_near(y, cases[i].y, cases[i].within);
        }
        g_autoptr(GapAreaIndex) index = gap_area_index_new(&wkb, 1, NULL);
        assert_int_equal(gap_area_index_locate(index, x, y), 0);
    }
}

static void lines_are_seen_within(void **state) {
    (void)state;
    g_autoptr(GapOverlay) o = gap_overlay_new();
    g_autoptr(GBytes) holed = polygon(HOLED);
    static const struct {
        double x1, y1, x2, y2;
        bool sees;
    } cases[] = {{0.5, 0.5, 3.5, 0.5, true}, {0.5, 2, 3.5, 2, false}, {0, 0, 4, 0, true},
                 {0.5, 0.5, 5, 0.5, false},  {2, 2, 2, 2, false},     {0.5, 0.5, 0.5, 0.5, true},
                 {1, 0, 1, 4, true},         {NAN, 0, 1, 1, false}};
    for (int twice = 0; twice < 2; twice++)
        for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
            if (gap_overlay_sees(o, holed, cases[i].x1, cases[i].y1, cases[i].x2, cases[i].y2) !=
                cases[i].sees)
                fail_msg("case %zu", i);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invalid_polygons_are_repaired),
        cmocka_unit_test(sets_of_polygons_combine),
        cmocka_unit_test(hostile_bytes_are_errors),
        cmocka_unit_test(inner_points_are_farthest_in),
        cmocka_unit_test(lines_are_seen_within),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
