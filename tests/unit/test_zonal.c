#include "tests/check.h"

#include "geo/grid/zonal.h"
#include "geo/shape/overlay.h"

static GBytes *ring_wkb(const double *xy, uint32_t n) {
    GapGeometry g = {GAP_SHAPE_POLYGON,  1,           1, n, (uint32_t[]){0, 1},
                     (uint32_t[]){0, n}, (double *)xy};
    return gap_geometry_to_wkb(&g);
}

static GapGrid *grid_of(size_t cols, size_t rows, float value) {
    GapGrid *grid = gap_grid_new(cols, rows, NULL);
    for (size_t i = 0; i < cols * rows; i++)
        grid->cells[i] = value;
    grid->north = (double)rows;
    return grid;
}

static void shares_are_areas(void **state) {
    (void)state;
    static const struct {
        const char *what;
        uint32_t n;
        double xy[12];
        double cells;
    } cases[] = {
        {"one cell", 5, {1, 1, 2, 1, 2, 2, 1, 2, 1, 1}, 1},
        {"quarters of four", 5, {1.5, 1.5, 2.5, 1.5, 2.5, 2.5, 1.5, 2.5, 1.5, 1.5}, 1},
        {"clockwise", 5, {1.5, 1.5, 1.5, 2.5, 2.5, 2.5, 2.5, 1.5, 1.5, 1.5}, 1},
        {"a triangle", 4, {0, 0, 4, 0, 0, 4, 0, 0}, 8},
        {"a sliver within a cell", 4, {1.1, 1.1, 1.9, 1.1, 1.1, 1.2, 1.1, 1.1}, 0.04},
        {"beyond the west", 5, {-3, 1, 2, 1, 2, 2, -3, 2, -3, 1}, 2},
        {"beyond the east", 5, {4, 1, 9, 1, 9, 2, 4, 2, 4, 1}, 1},
        {"beyond all sides", 5, {-9, -9, 9, -9, 9, 9, -9, 9, -9, -9}, 20},
        {"a triangle that leaves the frame", 4, {-4, 0, 4, 0, 4, 8, -4, 0}, 4 * 4},
        {"outside", 5, {6, 1, 9, 1, 9, 2, 6, 2, 6, 1}, 0},
        {"outside to the north", 5, {1, 7, 2, 7, 2, 8, 1, 8, 1, 7}, 0},
    };
    g_autoptr(GapGrid) grid = grid_of(5, 4, 3);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GBytes) wkb = ring_wkb(cases[i].xy, cases[i].n);
        GapZone zone;
        assert_true(gap_zonal_sums(grid, &wkb, 1, &zone, NULL));
        if (fabs(zone.cells - cases[i].cells) > 1e-12 || fabs(zone.sum - 3 * zone.cells) > 1e-12)
            fail_msg("%s: %.17g", cases[i].what, zone.cells);
    }
}

static void holes_no_data_and_faults(void **state) {
    (void)state;
    g_autoptr(GapGrid) grid = grid_of(5, 5, 1);
    grid->cells[2 * 5 + 2] = NAN;
    double xy[] = {0, 0, 5, 0, 5, 5, 0, 5, 0, 0, 1, 1, 1, 2, 2, 2, 2, 1, 1, 1};
    GapGeometry g = {GAP_SHAPE_POLYGON, 1, 2, 10, (uint32_t[]){0, 2}, (uint32_t[]){0, 5, 10}, xy};
    g_autoptr(GBytes) holed = gap_geometry_to_wkb(&g);
    g_autoptr(GBytes) point = gap_wkb_point(1, 1);
    g_autoptr(GBytes) junk = g_bytes_new_static("\1\3\0\0\0\xff\xff\xff\xff", 9);
    GapZone zones[2];
    g_autoptr(GError) error = NULL;
    assert_true(gap_zonal_sums(grid, (GBytes *[]){holed, NULL}, 2, zones, &error));
    assert_near(zones[0].sum, 23, 1e-12);
    assert_near(zones[0].empty, 1, 1e-12);
    assert_near(zones[1].cells, 0, 0);
    assert_false(gap_zonal_sums(grid, (GBytes *[]){holed, point}, 2, zones, &error));
    assert_error_says(error, "area 2: is no polygon");
    assert_false(gap_zonal_sums(grid, (GBytes *[]){junk}, 1, zones, &error));
    assert_error_says(error, "area 1: ");
}

static void paint(void *user, size_t first, size_t n, double share) {
    double *cells = user;
    assert_true(n > 0 && share > 0 && share <= 1);
    for (size_t i = 0; i < n; i++)
        cells[first + i] += share;
}

/* Another route to the same numbers: GEOS cuts the polygon by every cell. */
static void shares_are_those_of_geos(void **state) {
    (void)state;
    enum { N = 12, CORNERS = 40 };
    const GapFrame frame = {N, N, 0, N, 1, 1};
    g_autoptr(GRand) rand = g_rand_new_with_seed(5);
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    for (int round = 0; round < 10; round++) {
        double xy[2 * (CORNERS + 1)], cells[N * N] = {0}, total = 0;
        for (int i = 0; i <= CORNERS; i++) { // a star is valid
            const double angle = 2 * G_PI * (i % CORNERS) / CORNERS;
            const double radius = i == CORNERS ? 0 : g_rand_double_range(rand, 1, 8);
            xy[2 * i] = i == CORNERS ? xy[0] : 6 + radius * cos(angle);
            xy[2 * i + 1] = i == CORNERS ? xy[1] : 6 + radius * sin(angle);
        }
        g_autoptr(GBytes) star = ring_wkb(xy, CORNERS + 1);
        g_autoptr(GapGeometry) polygon = gap_geometry_from_wkb(star, NULL);
        gap_zonal_shares(&frame, polygon, paint, cells);
        for (int i = 0; i < N * N; i++) {
            const double x = i % N, y = N - 1 - i / N;
            g_autoptr(GBytes) box =
                ring_wkb((double[]){x, y, x + 1, y, x + 1, y + 1, x, y + 1, x, y}, 5);
            g_autoptr(GBytes) both = gap_overlay_intersection(overlay, star, box, NULL);
            double want = 0;
            if (both && !gap_wkb_is_empty(both)) {
                g_autoptr(GapGeometry) cut = gap_geometry_from_wkb(both, NULL);
                gap_geometry_orient(cut);
                for (uint32_t r = 0; r < cut->n_rings; r++)
                    for (uint32_t k = cut->ring[r]; k + 1 < cut->ring[r + 1]; k++) {
                        const double *a = cut->xy + 2 * k;
                        want += (a[0] * a[3] - a[2] * a[1]) / 2;
                    }
            }
            assert_near(cells[i], want, 1e-9);
            total += cells[i];
        }
        assert_true(total > 10);
    }
}

/* Whatever the coordinates, cells stay within the grid and shares within 0 to 1. */
static void hostile_coordinates_do_no_harm(void **state) {
    (void)state;
    static const double wild[] = {0,    1,   -1e308, 1.7e308, 1e-308, 5e-324, 1e9,
                                  -1e9, 2.5, 1e16,   -1e16,   3,      -0.0,   1e300};
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    g_autoptr(GapGrid) grid = grid_of(5, 4, 1);
    const GapFrame frame = gap_grid_frame(grid);
    for (int round = 0; round < 20000; round++) {
        double xy[16], cells[20] = {0};
        for (int i = 0; i < 14; i++)
            xy[i] = wild[g_rand_int_range(rand, 0, G_N_ELEMENTS(wild))];
        xy[14] = xy[0];
        xy[15] = xy[1];
        g_autoptr(GBytes) wkb = ring_wkb(xy, 8);
        g_autoptr(GapGeometry) polygon = gap_geometry_from_wkb(wkb, NULL);
        GapZone zone;
        gap_zonal_shares(&frame, polygon, paint, cells);
        assert_true(gap_zonal_sums(grid, &wkb, 1, &zone, NULL));
        assert_true(zone.cells >= 0 && zone.cells <= 20.001);
    }
}

static void boxes_are_spread(void **state) {
    (void)state;
    const GapFrame frame = {4, 3, 0, 3, 1, 1};
    static const struct {
        double x, y, width, height, within;
    } cases[] = {{1.5, 1.5, 1, 1, 1},      {1, 1, 0.3, 0.3, 1}, {2, 1.5, 4, 3, 1},
                 {0, 1.5, 2, 1, 0.5},      {4, 3, 1, 1, 0.25},  {9, 9, 1, 1, 0},
                 {2, 1.5, 400, 300, 1e-4}, {NAN, 1, 1, 1, 0},   {1, 1, 0, 1, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double cells[12] = {0}, sum = 0;
        const double within = gap_zonal_spread(&frame, cells, cases[i].x, cases[i].y,
                                               cases[i].width, cases[i].height, 7);
        for (int k = 0; k < 12; k++)
            sum += cells[k];
        assert_near(within, cases[i].within, 1e-12);
        assert_near(sum, 7 * within, 1e-12);
    }
}

/* A million people in cells of a hundred thousand sizes: none is lost in rounding. */
static void floats_keep_the_sum(void **state) {
    (void)state;
    enum { N = 100000 };
    g_autofree double *from = g_new0(double, N);
    g_autofree float *to = g_new(float, N);
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    double before = 0, after = 0;
    for (int i = 0; i < N; i++)
        before += from[i] = i % 7 ? pow(10, g_rand_double_range(rand, -3, 4)) / 3 : 0;
    gap_zonal_to_floats(from, N, to);
    for (int i = 0; i < N; i++) {
        after += to[i];
        assert_true(to[i] >= 0 && (from[i] > 0 || to[i] == 0));
    }
    assert_near(after, before, 1e-3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_areas),
        cmocka_unit_test(holes_no_data_and_faults),
        cmocka_unit_test(shares_are_those_of_geos),
        cmocka_unit_test(hostile_coordinates_do_no_harm),
        cmocka_unit_test(boxes_are_spread),
        cmocka_unit_test(floats_keep_the_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
