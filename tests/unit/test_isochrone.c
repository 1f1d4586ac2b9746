#include "tests/check.h"

#include <geos_c.h>

#include "geo/grid/isochrone.h"
#include "geo/shape/overlay.h"

// One character a cell: a digit is minutes or an owner, '-' nothing; rows end with a bar.
static GapGrid *grid_of(const char *picture) {
    const size_t cols = (size_t)(strchr(picture, '|') - picture);
    GapGrid *grid = gap_grid_new(cols, strlen(picture) / (cols + 1), NULL);
    grid->north = (double)grid->rows;
    for (size_t i = 0; i < grid->cols * grid->rows; i++) {
        const char c = picture[i / cols * (cols + 1) + i % cols];
        grid->cells[i] = c == '-' ? NAN : (float)(c - '0');
    }
    return grid;
}

static double area_of(const GapGeometry *g) {
    double area = 0;
    for (uint32_t r = 0; r < g->n_rings; r++)
        for (uint32_t i = g->ring[r]; i + 1 < g->ring[r + 1]; i++)
            area += (g->xy[2 * i] * g->xy[2 * i + 3] - g->xy[2 * i + 2] * g->xy[2 * i + 1]) / 2;
    return area; // holes run the other way
}

static void assert_valid(GBytes *wkb) {
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autofree char *why = gap_overlay_invalid_reason(overlay, wkb, NULL);
    GapShapeKind kind;
    bool multi;
    assert_true(gap_wkb_kind(wkb, &kind, &multi) && kind == GAP_SHAPE_POLYGON && multi);
    if (why)
        fail_msg("%s", why);
}

static void mark(void *user, size_t first, size_t n) {
    memset((bool *)user + first, true, n);
}

/* The cells whose centres lie in the polygon, by another route: rasterised. */
static bool *cells_in(const GapFrame *frame, GBytes *wkb) {
    bool *in = g_new0(bool, frame->cols * frame->rows);
    g_autoptr(GapGeometry) g = wkb ? gap_geometry_from_wkb(wkb, NULL) : NULL;
    if (g)
        gap_rasterize_polygon(frame, g, mark, in);
    return in;
}

/* Shells run counter-clockwise, holes clockwise. */
static void assert_turns(const GapGeometry *g) {
    g_autoptr(GapGeometry) turned = gap_geometry_copy(g);
    gap_geometry_orient(turned);
    assert_memory_equal(g->xy, turned->xy, 2 * g->n_points * sizeof *g->xy);
}

static void outlines_of_small_grids(void **state) {
    (void)state;
    static const struct {
        const char *what, *picture;
        double limit;
        uint32_t parts, rings, points;
        double area;
    } cases[] = {
        {"a cell alone is a lozenge", "1|", 1, 1, 1, 5, 0.5},
        {"a cell among unreached ones", "---|-1-|---|", 5, 1, 1, 5, 0.5},
        {"a cell at the limit", "999|919|999|", 1, 1, 1, 5, 2.0 / 32 / 32},
        {"a cell just within, others just beyond", "222|212|222|", 1.999, 1, 1, 5,
         2 * 31.0 / 32 * 31 / 32},
        {"between two centres by the share", "999|919|999|", 5, 1, 1, 5, 0.5},
        {"all of a grid, without its corners", "111|111|", INFINITY, 1, 1, 9, 5.5},
        {"a straight line", "159|159|159|159|", 3, 1, 1, 7, 3.5},
        {"a slope, begun in its middle", "-1|11|", 1, 1, 1, 7, 2.5},
        {"a slope, begun near its end", "987|765|543|", 6.5, 1, 1, 8, 4.625},
        {"a hole", "111|191|111|", 5, 1, 2, 14, 9 - 0.5 - 0.5},
        {"a hole of no data", "111|1-1|111|", 5, 1, 2, 14, 9 - 0.5 - 0.5},
        {"an island in a lake", "11111|1---1|1-1-1|1---1|11111|", 5, 2, 3, 23,
         25 - 0.5 - 8.5 + 0.5},
        {"a saddle joined: the mean is the limit", "19|91|", 5, 1, 1, 5, 1.5},
        {"a saddle parted: the mean is beyond", "19|91|", 4.992, 2, 2, 10, 0.999 * 0.999},
        {"a saddle of closed ground is parted", "1-|-1|", 9, 2, 2, 10, 1},
        {"one closed cell parts, too", "1-|11|", 9, 1, 1, -1, -1},
        {"one closed cell parts diagonal ones", "1-|91|", 8, 2, 2, 10, -1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapGrid) grid = grid_of(cases[i].picture);
        g_autoptr(GBytes) wkb = gap_isochrone(grid, cases[i].limit, NULL);
        assert_valid(wkb);
        g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
        assert_turns(g);
        const double area = area_of(g);
        if (g->n_parts != cases[i].parts || g->n_rings != cases[i].rings ||
            (cases[i].points != (uint32_t)-1 && g->n_points != cases[i].points) ||
            (cases[i].area >= 0 && fabs(area - cases[i].area) > 1e-6))
            fail_msg("%s: %u parts, %u rings, %u points, area %.9g", cases[i].what, g->n_parts,
                     g->n_rings, g->n_points, area);
    }
}

static void nothing_reached_is_no_error(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapGrid) grid = grid_of("2-|-3|");
    assert_null(gap_isochrone(grid, 1.9, &error));
    assert_null(gap_isochrone(grid, -INFINITY, &error));
    assert_no_error(error);
    assert_null(gap_isochrone(grid, NAN, &error));
    assert_error_says(error, "is no number");
}

/* Around one place on level ground it is a circle, not steps: every corner within the sagitta of a
 * cell or, near a centre, 1/32 of a cell; the area within a thousandth. */
static void a_cone_gives_a_circle(void **state) {
    (void)state;
    enum { N = 101 };
    const double cell = 30, radius = 1234.5;
    g_autoptr(GapGrid) grid = gap_grid_new(N, N, NULL);
    *grid = (GapGrid){N, N, 5e5, 4.7e6, cell, cell, grid->cells};
    for (int i = 0; i < N * N; i++)
        grid->cells[i] = (float)(cell * hypot(i % N - N / 2, i / N - N / 2));
    g_autoptr(GBytes) wkb = gap_isochrone(grid, radius, NULL);
    assert_valid(wkb);
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
    assert_int_equal(g->n_rings, 1);
    for (uint32_t i = 0; i < g->n_points; i++) {
        g->xy[2 * i] -= 5e5 + cell * N / 2;
        g->xy[2 * i + 1] -= 4.7e6 - cell * N / 2;
        assert_near(hypot(g->xy[2 * i], g->xy[2 * i + 1]), radius, cell / 32 + 0.1);
    }
    assert_near(area_of(g), G_PI * radius * radius, 1e-3 * G_PI * radius * radius);
}

typedef struct {
    const char *what;
    double cell, west, north;
    int levels;    // how many values there are, some of the last infinite; 0: any
    double closed; // share of cells without a value
    bool smooth;
} World;

static const World WORLDS[] = {
    {"two values, so saddles everywhere", 1, 0, 40, 2, 0.1, false},
    {"few values, many exactly at the limit", 1, 0, 40, 6, 0.05, false},
    {"noise", 100, 512345.6, 4765432.1, 0, 0.2, false},
    {"hills", 0.001, 74.123, 42.456, 0, 0.02, true},
    {"hills, nothing closed", 90, 5e5, 4.7e6, 0, 0, true},
};

static GapGrid *world_of(const World *w, GRand *rand) {
    GapGrid *grid = gap_grid_new((size_t)g_rand_int_range(rand, 1, 40),
                                 (size_t)g_rand_int_range(rand, 1, 40), NULL);
    grid->west = w->west;
    grid->north = w->north;
    grid->dx = w->cell;
    grid->dy = w->cell * 0.7;
    const double a = g_rand_double_range(rand, 0.2, 0.6), b = g_rand_double_range(rand, 0.2, 0.6);
    for (size_t i = 0; i < grid->cols * grid->rows; i++) {
        const double x = (double)(i % grid->cols), y = (double)(i / grid->cols);
        const double value = w->smooth ? 30 + 15 * sin(a * x) * cos(b * y) + 15 * sin(b * x + y / 9)
                             : w->levels ? 60.0 / w->levels * g_rand_int_range(rand, 0, w->levels)
                                         : g_rand_double_range(rand, 0, 60);
        grid->cells[i] = g_rand_double(rand) < w->closed ? NAN : (float)value;
        if (w->levels && value >= 60 - 60.0 / w->levels && g_rand_double(rand) < 0.1)
            grid->cells[i] = INFINITY;
    }
    return grid;
}

static GEOSGeometry *geos_of(GEOSContextHandle_t geos, GBytes *wkb) {
    GEOSWKBReader *reader = GEOSWKBReader_create_r(geos);
    gsize n;
    const void *data = g_bytes_get_data(wkb, &n);
    GEOSGeometry *g = GEOSWKBReader_read_r(geos, reader, data, n);
    GEOSWKBReader_destroy_r(geos, reader);
    assert_non_null(g);
    return g;
}

/* By GEOS: no centre lies on the edge. */
static void assert_centres(GEOSContextHandle_t geos, const GapGrid *grid, GEOSGeometry *polygon,
                           float limit) {
    const GEOSPreparedGeometry *prepared = GEOSPrepare_r(geos, polygon);
    for (size_t i = 0; i < grid->cols * grid->rows; i++) {
        GEOSGeometry *centre = GEOSGeom_createPointFromXY_r(
            geos, grid->west + ((double)(i % grid->cols) + 0.5) * grid->dx,
            grid->north - ((double)(i / grid->cols) + 0.5) * grid->dy);
        const bool reached = grid->cells[i] <= limit;
        assert_int_equal(GEOSPreparedContains_r(geos, prepared, centre), reached);
        assert_int_equal(GEOSPreparedIntersects_r(geos, prepared, centre), reached);
        GEOSGeom_destroy_r(geos, centre);
    }
    GEOSPreparedGeom_destroy_r(geos, prepared);
}

/* What one has beyond the other is no more than rounding leaves. */
static void assert_within(GEOSContextHandle_t geos, GEOSGeometry *small, GEOSGeometry *large,
                          double cell) {
    if (GEOSCovers_r(geos, large, small) == 1)
        return;
    GEOSGeometry *wider = GEOSBuffer_r(geos, large, 1e-7 * cell, 1);
    assert_int_equal(GEOSCovers_r(geos, wider, small), 1);
    GEOSGeom_destroy_r(geos, wider);
}

static void valid_exact_and_nested(void **state) {
    (void)state;
    enum { ROUNDS = 12 };
    static const double limits[] = {0, 7.5, 10, 20, 29.9, 30, 30.1, 40, 45, 50, 59.9, 1e9};
    GEOSContextHandle_t geos = GEOS_init_r();
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    for (int round = 0; round < ROUNDS * (int)G_N_ELEMENTS(WORLDS); round++) {
        const World *w = &WORLDS[round % (int)G_N_ELEMENTS(WORLDS)];
        g_autoptr(GapGrid) grid = world_of(w, rand);
        const GapFrame frame = gap_grid_frame(grid);
        GEOSGeometry *before = NULL;
        for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(GBytes) wkb = gap_isochrone(grid, limits[i], &error);
            assert_no_error(error);
            g_autofree bool *in = cells_in(&frame, wkb);
            for (size_t k = 0; k < frame.cols * frame.rows; k++)
                if (in[k] != (grid->cells[k] <= (float)limits[i]))
                    fail_msg("%s, limit %g: cell %zu", w->what, limits[i], k);
            if (!wkb)
                continue;
            assert_valid(wkb);
            GEOSGeometry *now = geos_of(geos, wkb);
            assert_centres(geos, grid, now, (float)limits[i]);
            if (before) {
                assert_within(geos, before, now, w->cell);
                GEOSGeom_destroy_r(geos, before);
            }
            before = now;
        }
        GEOSGeom_destroy_r(geos, before);
    }
    GEOS_finish_r(geos);
}

/* ---- areas ---- */

static int32_t *owners_of(const GapGrid *grid) {
    int32_t *owner = g_new(int32_t, grid->cols * grid->rows);
    for (size_t i = 0; i < grid->cols * grid->rows; i++)
        owner[i] = isnan(grid->cells[i]) ? -1 : (int32_t)grid->cells[i];
    return owner;
}

static void areas_of_small_grids(void **state) {
    (void)state;
    static const struct {
        const char *what, *picture;
        uint32_t parts, rings, points; // of owner 0
    } cases[] = {
        {"a cell", "0|", 1, 1, 5},
        {"a block among nobody's has four corners", "----|-00-|-00-|----|", 1, 1, 5},
        {"by a corner only: two", "0-|-0|", 2, 2, 10},
        {"the other way", "-0|0-|", 2, 2, 10},
        {"a hole", "000|0-0|000|", 1, 2, 10},
        {"a hole that touches the edge by a corner", "000|0-0|00-|", 1, 2, 12},
        {"the same at the start", "-00|0-0|000|", 1, 2, 12},
        {"two holes that touch", "0000|0-00|00-0|0000|", 1, 3, 15},
        {"a chain of holes from edge to edge is still one", "-0000|0-000|00-00|000-0|00000|", 1, 4,
         22},
        {"cells around a hole that touch by corners only", "-0-|0-0|-0-|", 4, 4, 20},
        {"an island", "00000|0---0|0-0-0|0---0|00000|", 2, 3, 15},
        {"where two others meet there is a corner", "000|112|", 1, 1, 6},
        {"where another ends at nobody's, too", "000|11-|", 1, 1, 6},
        {"islands of others in a hole", "0000|0120|0210|0000|", 1, 2, 14},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapGrid) grid = grid_of(cases[i].picture);
        const GapFrame frame = gap_grid_frame(grid);
        g_autofree int32_t *owner = owners_of(grid);
        g_autoptr(GPtrArray) areas = gap_allocation_areas(&frame, owner, 4, NULL);
        assert_int_equal(areas->len, 4);
        assert_null(areas->pdata[3]);
        assert_valid(areas->pdata[0]);
        g_autoptr(GapGeometry) g = gap_geometry_from_wkb(areas->pdata[0], NULL);
        assert_turns(g);
        if (g->n_parts != cases[i].parts || g->n_rings != cases[i].rings ||
            g->n_points != cases[i].points)
            fail_msg("%s: %u parts, %u rings, %u points", cases[i].what, g->n_parts, g->n_rings,
                     g->n_points);
    }
}

typedef struct {
    double from[2], to[2];
} Segment;

static int by_place(const void *a, const void *b) {
    return memcmp(a, b, sizeof(Segment));
}

static void add_segments(GArray *segments, const GapGeometry *g) {
    for (uint32_t r = 0; r < g->n_rings; r++)
        for (uint32_t i = g->ring[r]; i + 1 < g->ring[r + 1]; i++) {
            Segment s;
            memcpy(&s, g->xy + 2 * i, sizeof s);
            g_array_append_val(segments, s);
        }
}

/* Each stretch of an edge is that of a neighbour, the other way round, or on the border. */
static void assert_shared(GArray *segments, const GapFrame *f) {
    const double east = f->west + (double)f->cols * f->dx,
                 south = f->north - (double)f->rows * f->dy;
    g_array_sort(segments, by_place);
    for (guint i = 0; i < segments->len; i++) {
        const Segment *s = &g_array_index(segments, Segment, i);
        const Segment back = {{s->to[0], s->to[1]}, {s->from[0], s->from[1]}};
        const bool border =
            (s->from[0] == s->to[0] && (s->from[0] == f->west || s->from[0] == east)) ||
            (s->from[1] == s->to[1] && (s->from[1] == f->north || s->from[1] == south));
        const bool shared =
            bsearch(&back, segments->data, segments->len, sizeof back, by_place) != NULL;
        assert_true(border != shared);
    }
}

static void areas_are_their_cells_and_share_edges(void **state) {
    (void)state;
    enum { ROUNDS = 40, OWNERS = 5 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);
    for (int round = 0; round < ROUNDS; round++) {
        const GapFrame frame = {(size_t)g_rand_int_range(rand, 1, 30),
                                (size_t)g_rand_int_range(rand, 1, 30),
                                512345.6,
                                4765432.1,
                                33.3,
                                27};
        const size_t n = frame.cols * frame.rows;
        const int n_owners = 1 + round % OWNERS;
        g_autofree int32_t *owner = g_new(int32_t, n);
        for (size_t i = 0; i < n; i++) { // clumps, so that there are holes of all sizes
            const size_t like = g_rand_boolean(rand) && i >= frame.cols ? i - frame.cols : i - 1;
            owner[i] = i && g_rand_double(rand) < 0.6 ? owner[like]
                                                      : g_rand_int_range(rand, 0, n_owners + 1);
        }
        // Owner n_owners stands for nobody first, so that all edges have two sides.
        g_autoptr(GArray) segments = g_array_new(FALSE, FALSE, sizeof(Segment));
        g_autoptr(GPtrArray) areas =
            gap_allocation_areas(&frame, owner, (size_t)n_owners + 1, NULL);
        for (int k = 0; k <= n_owners; k++) {
            double cells = 0;
            g_autofree bool *in = cells_in(&frame, areas->pdata[k]);
            for (size_t i = 0; i < n; i++) {
                assert_int_equal(in[i], owner[i] == k);
                cells += in[i];
            }
            if (!areas->pdata[k]) {
                assert_true(cells == 0);
                continue;
            }
            assert_valid(areas->pdata[k]);
            g_autoptr(GapGeometry) g = gap_geometry_from_wkb(areas->pdata[k], NULL);
            add_segments(segments, g);
            assert_turns(g);
            for (uint32_t i = 0; i < g->n_points; i++) { // about the corner, to keep the digits
                g->xy[2 * i] -= frame.west;
                g->xy[2 * i + 1] -= frame.north;
            }
            assert_near(area_of(g), cells * frame.dx * frame.dy, 1e-3);
        }
        assert_shared(segments, &frame);
        // Nobody's ground changes nothing for the others.
        for (size_t i = 0; i < n; i++)
            owner[i] = owner[i] == n_owners ? -1 : owner[i];
        g_autoptr(GPtrArray) again = gap_allocation_areas(&frame, owner, (size_t)n_owners, NULL);
        for (int k = 0; k < n_owners; k++)
            assert_true(areas->pdata[k] ? g_bytes_equal(areas->pdata[k], again->pdata[k])
                                        : !again->pdata[k]);
    }
}

static void unknown_owners_are_named(void **state) {
    (void)state;
    const GapFrame frame = {3, 2, 0, 2, 1, 1};
    static const struct {
        int32_t owner;
        const char *says;
    } cases[] = {{2, "column 2, row 2 belongs to number 2: there are 2 owners"},
                 {-2, "column 2, row 2 belongs to number -2"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const int32_t owner[] = {0, 1, -1, 1, cases[i].owner, 0};
        g_autoptr(GError) error = NULL;
        assert_null(gap_allocation_areas(&frame, owner, 2, &error));
        assert_error_says(error, cases[i].says);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outlines_of_small_grids),
        cmocka_unit_test(nothing_reached_is_no_error),
        cmocka_unit_test(a_cone_gives_a_circle),
        cmocka_unit_test(valid_exact_and_nested),
        cmocka_unit_test(areas_of_small_grids),
        cmocka_unit_test(areas_are_their_cells_and_share_edges),
        cmocka_unit_test(unknown_owners_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
