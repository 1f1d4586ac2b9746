// Borders cut into arcs: neighbours draw the same points, each border is stroked once, and what is
// left out no eye can see.
#include "styles/shapes/arcs.h"
#include "styles/shapes/sleeve.h"
#include "tests/bench/made.h"
#include "tests/check.h"

#include <string.h>

enum { COLS = 5, ROWS = 4, EDGE = 60 };

static const GapView view = {{0, 0, 1000, 800}, 1, 300, 69.2, 41, false};

static void shape_free(gpointer shape) {
    gap_geometry_free(shape);
}

/** Neighbours as they come from files: rings in one direction each, started anywhere. */
static GPtrArray *neighbours(void) {
    GPtrArray *shapes = g_ptr_array_new_with_free_func(shape_free);
    for (int i = 0; i < COLS * ROWS; i++) {
        g_autoptr(GBytes) wkb = made_area_at(i % COLS, i / COLS, EDGE, 0.95);
        g_ptr_array_add(shapes, gap_geometry_from_wkb(wkb, NULL));
    }
    return shapes;
}

/** Adds the edges of a shape, each under one name for both directions. */
static void count_edges(GHashTable *edges, const GapGeometry *g) {
    for (uint32_t r = 0; g && r < g->n_rings; r++)
        for (uint32_t i = g->ring[r]; i + 1 < g->ring[r + 1]; i++) {
            const double *p = g->xy + 2 * (size_t)i, *q = p + 2;
            bool swap = p[0] > q[0] || (p[0] == q[0] && p[1] > q[1]);
            const double *a = swap ? q : p, *b = swap ? p : q;
            char *name = g_strdup_printf("%a %a %a %a", a[0], a[1], b[0], b[1]);
            guint n = GPOINTER_TO_UINT(g_hash_table_lookup(edges, name));
            g_hash_table_replace(edges, name, GUINT_TO_POINTER(n + 1));
        }
}

static GHashTable *edges_of(GapArcs *arcs, guint rows, bool fresh) {
    GHashTable *edges = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gap_arcs_begin(arcs);
    for (guint row = 0; row < rows; row++) {
        g_autoptr(GapGeometry) g = fresh ? gap_arcs_fresh(arcs, row) : gap_arcs_shape(arcs, row);
        count_edges(edges, g);
    }
    return edges;
}

static guint count_of(GHashTable *edges, guint times) {
    GHashTableIter iter;
    gpointer n;
    guint found = 0;
    g_hash_table_iter_init(&iter, edges);
    while (g_hash_table_iter_next(&iter, NULL, &n))
        found += GPOINTER_TO_UINT(n) == times;
    return found;
}

static void neighbours_draw_the_same_border(void **state) {
    (void)state;
    g_autoptr(GPtrArray) shapes = neighbours();
    g_autoptr(GapArcs) arcs = gap_arcs_new(shapes, NULL);
    gap_arcs_fit(arcs, &view);
    g_autoptr(GHashTable) filled = edges_of(arcs, shapes->len, false);
    g_autoptr(GHashTable) stroked = edges_of(arcs, shapes->len, true);
    // every edge is of two areas, or of one and the outside
    assert_int_equal(count_of(filled, 1) + count_of(filled, 2), g_hash_table_size(filled));
    assert_true(count_of(filled, 2) > count_of(filled, 1));
    // and is stroked once
    assert_int_equal(count_of(stroked, 1), g_hash_table_size(stroked));
    assert_int_equal(g_hash_table_size(stroked), g_hash_table_size(filled));
    // points were left out
    assert_true(g_hash_table_size(filled) < (guint)((2 * COLS * ROWS + COLS + ROWS) * EDGE));
}

static double distance_to_segment(const double *p, const double *a, const double *b) {
    double dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
    double t = length > 0 ? ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length : 0;
    t = CLAMP(t, 0, 1);
    return hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

static double distance_to_line(const double *p, const double *line, uint32_t n) {
    double least = INFINITY;
    for (uint32_t i = 0; i + 1 < n; i++)
        least = fmin(least, distance_to_segment(p, line + 2 * (size_t)i, line + 2 * (size_t)i + 2));
    return least;
}

static void what_is_left_out_is_near_what_is_left(void **state) {
    (void)state;
    enum { POINTS = 400 };
    GRand *rand = g_rand_new_with_seed(7);
    for (int round = 0; round < 200; round++) {
        double xy[2 * POINTS], thin[2 * POINTS], near = 0.1 * (1 + round % 5), turn = 0;
        for (int i = 0; i < POINTS; i++) {
            turn += (round % 3 ? 0.4 : 3) * g_rand_double_range(rand, -1, 1); // calm, and scribbled
            xy[2 * i] = (i ? xy[2 * i - 2] : 0) + 0.15 * cos(turn);
            xy[2 * i + 1] = (i ? xy[2 * i - 1] : 0) + 0.15 * sin(turn);
        }
        uint32_t n = gap_sleeve_line(xy, POINTS, near, thin);
        assert_true(n < POINTS);
        assert_memory_equal(thin, xy, 2 * sizeof *xy);
        assert_memory_equal(thin + 2 * (n - 1), xy + 2 * (POINTS - 1), 2 * sizeof *xy);
        for (int i = 0; i < POINTS; i++)
            assert_true(distance_to_line(xy + 2 * i, thin, n) <=
                        sqrt(2.001) * near); // beside, and beyond an end
    }
    g_rand_free(rand);
}

static void a_spike_keeps_its_tip(void **state) {
    (void)state;
    double xy[] = {0, 0, 5, 0, 9, 0, 10, 0, 6, 0, 2, 0, 2, 4}, thin[14];
    assert_int_equal(gap_sleeve_line(xy, 7, 0.1, thin), 4);
    assert_near(thin[2], 10, 0);
    assert_near(thin[4], 2, 0);
}

/** A square, its corners x and y alternately; `twice` as a hole too. */
static GapGeometry *square(double x, double y, double side, bool turned) {
    double xy[] = {x, y, x + side, y, x + side, y + side, x, y + side, x, y};
    double back[] = {x + side, y + side, x + side, y, x, y, x, y + side, x + side, y + side};
    uint32_t part[] = {0, 1}, ring[] = {0, 5};
    GapGeometry g = {GAP_SHAPE_POLYGON, 1, 1, 5, part, ring, turned ? back : xy};
    return gap_geometry_copy(&g);
}

static void rings_without_neighbours_are_whole(void **state) {
    (void)state;
    g_autoptr(GPtrArray) shapes = g_ptr_array_new_with_free_func(shape_free);
    g_ptr_array_add(shapes, square(70, 40, 1, false));
    g_ptr_array_add(shapes, square(70, 40, 1, true)); // the same ring, begun and turned otherwise
    g_ptr_array_add(shapes, NULL);
    g_ptr_array_add(shapes, square(72, 40, 1e-6, false)); // smaller than a pixel
    g_autoptr(GapArcs) arcs = gap_arcs_new(shapes, NULL);
    gap_arcs_fit(arcs, &view);
    g_autoptr(GapGeometry) one = gap_arcs_shape(arcs, 0), two = gap_arcs_shape(arcs, 1);
    assert_int_equal(one->n_points, 5);
    assert_int_equal(two->n_points, 5);
    assert_memory_equal(one->xy, one->xy + 8, 2 * sizeof(double));
    g_autoptr(GapGeometry) fresh = gap_arcs_fresh(arcs, 0);
    assert_int_equal(fresh->n_points, 5);
    assert_null(gap_arcs_fresh(arcs, 1));
    assert_null(gap_arcs_shape(arcs, 2));
    assert_null(gap_arcs_shape(arcs, 3));
}

static void lines_that_meet_keep_where_they_meet(void **state) {
    (void)state;
    double first[] = {70, 40, 71, 40, 72, 40}, second[] = {71, 40, 71, 41};
    uint32_t part[] = {0, 1}, three[] = {0, 3}, pair[] = {0, 2};
    g_autoptr(GPtrArray) shapes = g_ptr_array_new();
    g_ptr_array_add(shapes, &(GapGeometry){GAP_SHAPE_LINE, 1, 1, 3, part, three, first});
    g_ptr_array_add(shapes, &(GapGeometry){GAP_SHAPE_LINE, 1, 1, 2, part, pair, second});
    g_autoptr(GapArcs) arcs = gap_arcs_new(shapes, NULL);
    gap_arcs_fit(arcs, &view);
    g_autoptr(GapGeometry) road = gap_arcs_fresh(arcs, 0), side = gap_arcs_fresh(arcs, 1);
    assert_int_equal(road->n_points, 3); // straight, and yet the junction stays
    assert_memory_equal(road->xy + 2, side->xy, 2 * sizeof(double));
}

static void a_rough_ring_is_still_a_ring(void **state) {
    (void)state;
    g_autoptr(GPtrArray) shapes = neighbours();
    for (guint i = 0; i < shapes->len; i++) {
        GapGeometry *g = shapes->pdata[i];
        uint32_t had = g->n_points;
        gap_sleeve_thin(g, i % 2 ? 0.01 : 100); // degrees: some, and what would leave nothing
        assert_true(i % 2 ? g->n_points < had : g->n_points == had);
        assert_true(g->n_points >= 4);
        assert_memory_equal(g->xy, g->xy + 2 * (g->n_points - 1), 2 * sizeof(double));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_draw_the_same_border),
        cmocka_unit_test(what_is_left_out_is_near_what_is_left),
        cmocka_unit_test(a_spike_keeps_its_tip),
        cmocka_unit_test(rings_without_neighbours_are_whole),
        cmocka_unit_test(lines_that_meet_keep_where_they_meet),
        cmocka_unit_test(a_rough_ring_is_still_a_ring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
