#include "tests/check.h"

#include "geo/shape/area_index.h"

#include <geos_c.h>

static GBytes *wkb_of(const char *wkt) {
    GEOSContextHandle_t h = GEOS_init_r();
    GEOSWKTReader *reader = GEOSWKTReader_create_r(h);
    GEOSGeometry *geometry = GEOSWKTReader_read_r(h, reader, wkt);
    assert_non_null(geometry);
    size_t size;
    unsigned char *bytes = GEOSGeomToWKB_buf_r(h, geometry, &size);
    GBytes *wkb = g_bytes_new(bytes, size);
    GEOSFree_r(h, bytes);
    GEOSGeom_destroy_r(h, geometry);
    GEOSWKTReader_destroy_r(h, reader);
    GEOS_finish_r(h);
    return wkb;
}

static GapAreaIndex *index_of(const char *const *wkt) {
    g_autoptr(GPtrArray) areas = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    for (; *wkt; wkt++)
        g_ptr_array_add(areas, wkb_of(*wkt));
    g_autoptr(GError) error = NULL;
    GapAreaIndex *index = gap_area_index_new((GBytes *const *)areas->pdata, areas->len, &error);
    assert_no_error(error);
    return index;
}

static const char *const AREAS[] = {
    "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 3 1, 3 3, 1 3, 1 1))", // a hole
    "POLYGON ((1 1, 3 1, 3 3, 1 3, 1 1))",                            // its enclave
    "POLYGON ((4 0, 8 0, 8 4, 4 4, 4 0))",                            // a neighbour
    "POLYGON EMPTY",
    "MULTIPOLYGON (((10 0, 12 0, 11 2, 10 0)), ((11 2, 12 4, 10 4, 11 2)))", // parts that touch
    "POLYGON ((20 0, 30 0, 30 5, 27 5, 27 5, 24 5, 24 3, 22 3, 22 5, 20 5, 20 0))", // stairs
    "POLYGON ((40 0, 41 5, 42 0, 43 5, 44 0, 44 -1, 40 -1, 40 0))",                 // teeth
    "POLYGON ((0 0, 60 0, 60 60, 0 60, 0 0))", // round them all
    NULL,
};

static const struct {
    double x, y;
    gssize area;
} CASES[] = {
    {0.5, 0.5, 0},      {2, 2, 1},
    {1, 2, 0},          {3, 3, 0},
    {0, 0, 0},          {4, 2, 0},
    {4, 0, 0},          {4, 4, 0},
    {4.1, 2, 2},        {8, 4, 2},
    {8, 0, 2},          {8.1, 4, 7},
    {-0.1, 2, -1},      {11, 2, 4},
    {11, 1.9, 4},       {11, 2.1, 4},
    {10.4, 2, 7},       {12, 4, 4},
    {11, 4, 4},         {10, 0, 4},
    {10.5, 1, 4},       {10.499999999999998, 1, 7}, // the edge's midpoint and the number before it
    {21, 3, 5},         {22, 3, 5},
    {23, 3, 5},         {23, 3.1, 7},
    {24, 3, 5},         {25, 3, 5},
    {23, 5, 7},         {22, 5, 5},
    {25.5, 5, 5},       {27, 5, 5},
    {30, 5, 5},         {20, 5, 5},
    {31, 5, 7},         {19, 3, 7},
    {41, 5, 6},         {42, 0, 6},
    {42, 0.1, 7},       {40.5, 2.5, 6},
    {41.5, 2.5, 6},     {42, -1, 6},
    {43, 5, 6},         {60, 60, 7},
    {60.1, 60, -1},     {30, 0, 5},
    {35, 0, 7},         {35, -0.0, 7},
    {35, -5e-324, -1},  {NAN, 2, -1},
    {2, NAN, -1},       {INFINITY, 2, -1},
    {2, -INFINITY, -1}, {1e308, 1e308, -1},
};

static void points_find_their_area(void **state) {
    (void)state;
    g_autoptr(GapAreaIndex) index = index_of(AREAS);
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const gssize got = gap_area_index_locate(index, CASES[i].x, CASES[i].y);
        if (got != CASES[i].area)
            fail_msg("%.17g %.17g lies in %zd, not %zd", CASES[i].x, CASES[i].y, got,
                     CASES[i].area);
    }
}

// However many threads and points: the answers are those of one at a time.
static void many_are_found_as_one(void **state) {
    (void)state;
    enum { MANY = 60000 };
    g_autoptr(GapAreaIndex) index = index_of(AREAS);
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);
    g_autofree double *xy = g_new(double, 2 * MANY);
    for (size_t i = 0; i < MANY; i++) {
        const size_t pick = (size_t)g_rand_int_range(rand, 0, 4 * G_N_ELEMENTS(CASES));
        const bool given = pick < G_N_ELEMENTS(CASES);
        xy[2 * i] = given ? CASES[pick].x : g_rand_double_range(rand, -1, 62);
        xy[2 * i + 1] = given ? CASES[pick].y : g_rand_double_range(rand, -1, 62);
    }
    static const struct {
        size_t n;
        unsigned threads;
    } cases[] = {{0, 0}, {0, 3}, {1, 2}, {MANY, 0}, {MANY, 1}, {MANY, 2}, {MANY, 3}, {MANY, 1000}};
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        g_autofree int32_t *area = g_new(int32_t, cases[c].n + 1);
        area[cases[c].n] = 77;
        gap_area_index_locate_many(index, xy, cases[c].n, area, cases[c].threads);
        for (size_t i = 0; i < cases[c].n; i++)
            assert_int_equal(area[i], gap_area_index_locate(index, xy[2 * i], xy[2 * i + 1]));
        assert_int_equal(area[cases[c].n], 77);
    }
}

/* Points so near a slanted edge that its determinant rounds to nothing or to the wrong sign: first
 * those of which rounding makes border, then one that it takes for the other side. */
static void a_hair_beside_an_edge_is_told(void **state) {
    (void)state;
    static const struct {
        const char *area;
        double x, y;
        gssize found;
    } cases[] = {
        {"POLYGON ((0.1 0.1, 12 0.1, 12 24.3, 0.1 0.1))", 1.5875, 3.125, -1},
        {"POLYGON ((0.1 0.1, 12 1.3, 0.1 1.3, 0.1 0.1))", 9.024999999999999, 0.9999999999999999,
         -1},
        {"POLYGON ((12.1 0.1, 24 0.7, 12.1 0.7, 12.1 0.1))", 18.05, 0.4, -1},
        {"POLYGON ((12.1 0.1, 24 0.1, 24 0.7, 12.1 0.1))", 18.05, 0.4, 0},
        {"POLYGON ((12 12, 24 24, 12 24, 12 12))", 18, 18, 0},
        {"POLYGON ((12 12, 24 24, 12 24, 12 12))", 18.000000000000004, 18, -1},
        {"POLYGON ((12 12, 24 24, 12 24, 12 12))", 18, 18.000000000000004, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *const areas[] = {cases[i].area, NULL};
        g_autoptr(GapAreaIndex) index = index_of(areas);
        const gssize got = gap_area_index_locate(index, cases[i].x, cases[i].y);
        if (got != cases[i].found)
            fail_msg("case %zu: %zd, not %zd", i, got, cases[i].found);
    }
}

static void what_holds_nothing_finds_nothing(void **state) {
    (void)state;
    g_autoptr(GapAreaIndex) none = gap_area_index_new(NULL, 0, NULL);
    assert_int_equal(gap_area_index_locate(none, 1, 1), -1);
    g_autoptr(GBytes) empty = g_bytes_new_static("\1\3\0\0\0\0\0\0\0", 9);
    GBytes *areas[] = {NULL, empty};
    g_autoptr(GapAreaIndex) index = gap_area_index_new(areas, 2, NULL);
    const double xy[] = {1, 1, 0, 0};
    int32_t area[] = {7, 7};
    gap_area_index_locate_many(index, xy, 2, area, 2);
    assert_int_equal(area[0], -1);
    assert_int_equal(area[1], -1);
    gap_area_index_free(NULL);
}

static void what_is_no_polygon_is_an_error(void **state) {
    (void)state;
    g_autoptr(GBytes) good = wkb_of(AREAS[0]);
    static const struct {
        const char *wkt, *says;
    } cases[] = {
        {"POINT (1 1)", "area 2: not a polygon"},
        {"LINESTRING (1 1, 2 2)", "area 2: not a polygon"},
        {"POLYGON ((0 0, 1 1, 0 0))", "area 2: geometry cannot be used"},
        {"POLYGON ((0 0, 1 1, 2 NAN, 0 0))", "area 2: geometry cannot be used"},
        {NULL, "area 2: geometry cannot be used"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) bad = cases[i].wkt ? wkb_of(cases[i].wkt)
                                             : g_bytes_new_static("\1\3\0\0\0\377\377\377\377", 9);
        GBytes *areas[] = {good, bad};
        g_autoptr(GError) error = NULL;
        assert_null(gap_area_index_new(areas, 2, &error));
        assert_error_says(error, cases[i].says);
    }
}

// Coordinates whose products overflow, and areas without height: an answer of some kind, and soon.
static void extremes_end(void **state) {
    (void)state;
    static const char *const areas[] = {
        "POLYGON ((-1e308 -1e308, 1e308 -1e308, 1e308 1e308, -1e308 1e308, -1e308 -1e308))",
        "POLYGON ((1e-310 1e-310, 2e-310 1e-310, 2e-310 2e-310, 1e-310 1e-310))",
        "POLYGON ((0 5, 7 5, 3 5, 0 5))", NULL};
    g_autoptr(GapAreaIndex) index = index_of(areas);
    gap_area_index_locate(index, 1e308, 0);
    assert_int_equal(gap_area_index_locate(index, 1, 1), 0);
    gap_area_index_locate(index, 1.5e-310, 1.2e-310);
    g_autoptr(GapAreaIndex) flat = index_of(areas + 2);
    assert_int_equal(gap_area_index_locate(flat, 6, 5), 0);
    assert_int_equal(gap_area_index_locate(flat, 8, 5), -1);
    assert_int_equal(gap_area_index_locate(flat, 6, 5.1), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_find_their_area),
        cmocka_unit_test(many_are_found_as_one),
        cmocka_unit_test(a_hair_beside_an_edge_is_told),
        cmocka_unit_test(what_holds_nothing_finds_nothing),
        cmocka_unit_test(what_is_no_polygon_is_an_error),
        cmocka_unit_test(extremes_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
