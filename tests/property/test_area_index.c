/* Random worlds of areas: the index answers as GEOSCovers() asked of every area in turn, also for
 * points on vertices, on edges and a hair beside them. */
#include "tests/check.h"

#include "geo/shape/area_index.h"

#include <float.h>
#include <geos_c.h>

enum { WORLDS = 150, MOST_AREAS = 25, POINTS = 400, MOST_VERTICES = 40 };

typedef struct {
    GEOSContextHandle_t geos;
    GEOSGeometry *areas[MOST_AREAS];
    GBytes *wkb[MOST_AREAS];
    size_t n;
    GArray *vertices; // x and y in turn, of all rings
    double step;      // coordinates are multiples of it
} Random;

static double snapped(const Random *world, double value) {
    return nearbyint(value / world->step) * world->step;
}

/* A ring round a centre, star-shaped, on the world's raster. */
static GEOSGeometry *ring(Random *world, GRand *rand, double x, double y, double size) {
    const unsigned n = (unsigned)g_rand_int_range(rand, 3, MOST_VERTICES);
    GEOSCoordSequence *points = GEOSCoordSeq_create_r(world->geos, n + 1, 2);
    double first[2];
    for (unsigned i = 0; i <= n; i++) {
        const double angle = 2 * G_PI * i / n, away = size * g_rand_double_range(rand, 0.3, 1);
        double at[] = {snapped(world, x + away * cos(angle)),
                       snapped(world, y + away * sin(angle))};
        if (i == 0)
            memcpy(first, at, sizeof at);
        if (i == n)
            memcpy(at, first, sizeof at);
        GEOSCoordSeq_setXY_r(world->geos, points, i, at[0], at[1]);
        g_array_append_vals(world->vertices, at, 2);
    }
    return GEOSGeom_createLinearRing_r(world->geos, points);
}

static GEOSGeometry *polygon(Random *world, GRand *rand, double x, double y, double size) {
    GEOSGeometry *hole = ring(world, rand, x, y, size * 0.29);
    const bool holed = g_rand_boolean(rand);
    GEOSGeometry *shell = ring(world, rand, x, y, size);
    GEOSGeometry *made = GEOSGeom_createPolygon_r(world->geos, shell, holed ? &hole : NULL, holed);
    if (!holed)
        GEOSGeom_destroy_r(world->geos, hole);
    return made;
}

/* One polygon, or two far apart as one area. */
static GEOSGeometry *random_area(Random *world, GRand *rand) {
    const double x = g_rand_double_range(rand, 0, 10), y = g_rand_double_range(rand, 0, 10);
    const double size = g_rand_double_range(rand, 0.5, 4);
    GEOSGeometry *one = polygon(world, rand, x, y, size);
    if (g_rand_boolean(rand))
        return one;
    GEOSGeometry *parts[] = {one, polygon(world, rand, x + 2.5 * size, y, size)};
    return GEOSGeom_createCollection_r(world->geos, GEOS_MULTIPOLYGON, parts, 2);
}

/* Overlaps are wanted, so that the lowest number matters; what is not valid is left out. */
static void make_world(Random *world, GRand *rand) {
    static const double steps[] = {1, 0.5, 0.0625, 1.0 / (1 << 20), 0.1, 1e-6};
    const size_t wanted = (size_t)g_rand_int_range(rand, 1, MOST_AREAS);
    *world = (Random){.geos = GEOS_init_r(),
                      .vertices = g_array_new(FALSE, FALSE, sizeof(double)),
                      .step = steps[g_rand_int_range(rand, 0, G_N_ELEMENTS(steps))]};
    for (size_t i = 0; i < wanted; i++) {
        GEOSGeometry *area = random_area(world, rand);
        if (GEOSisValid_r(world->geos, area) != 1) {
            GEOSGeom_destroy_r(world->geos, area);
            continue;
        }
        size_t size;
        unsigned char *bytes = GEOSGeomToWKB_buf_r(world->geos, area, &size);
        world->wkb[world->n] = g_bytes_new(bytes, size);
        world->areas[world->n++] = area;
        GEOSFree_r(world->geos, bytes);
    }
}

static void free_world(Random *world) {
    for (size_t i = 0; i < world->n; i++) {
        GEOSGeom_destroy_r(world->geos, world->areas[i]);
        g_bytes_unref(world->wkb[i]);
    }
    g_array_unref(world->vertices);
    GEOS_finish_r(world->geos);
}

/* Anywhere, on a vertex, on an edge (a dyadic share of it: exactly where the numbers allow), level
 * with a vertex, or the next number beside any of these. */
static void random_point(const Random *world, GRand *rand, double xy[2]) {
    const guint n = world->vertices->len / 2;
    const double *v = (const double *)(void *)world->vertices->data;
    const double *a = v + 2 * (size_t)g_rand_int_range(rand, 0, (gint32)n - 1), *b = a + 2;
    const double t = g_rand_int_range(rand, 1, 8) / 8.0;
    const double x = g_rand_double_range(rand, -4, 20), y = g_rand_double_range(rand, -4, 14);
    const double points[][2] = {
        {x, y}, {a[0], a[1]}, {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])}, {x, a[1]}};
    memcpy(xy, points[g_rand_int_range(rand, 0, G_N_ELEMENTS(points))], sizeof *points);
    if (g_rand_int_range(rand, 0, 3) == 0)
        xy[g_rand_int_range(rand, 0, 2)] += g_rand_boolean(rand) ? DBL_EPSILON : -DBL_EPSILON * 8;
}

static int32_t by_geos(const Random *world, const double *xy) {
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(world->geos, xy[0], xy[1]);
    int32_t found = -1;
    for (size_t i = 0; found < 0 && i < world->n; i++)
        if (GEOSCovers_r(world->geos, world->areas[i], point) == 1)
            found = (int32_t)i;
    GEOSGeom_destroy_r(world->geos, point);
    return found;
}

static void index_agrees_with_geos(void **state) {
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    size_t inside = 0, areas = 0;
    for (int w = 0; w < WORLDS; w++) {
        Random world;
        make_world(&world, rand);
        g_autoptr(GapAreaIndex) index = gap_area_index_new(world.wkb, world.n, NULL);
        double xy[2 * POINTS];
        int32_t got[POINTS];
        for (size_t i = 0; i < POINTS; i++)
            random_point(&world, rand, xy + 2 * i);
        gap_area_index_locate_many(index, xy, POINTS, got, 1);
        for (size_t i = 0; i < POINTS; i++) {
            const int32_t want = by_geos(&world, xy + 2 * i);
            if (got[i] != want)
                fail_msg("world %d: %.17g %.17g lies in %d, GEOS says %d", w, xy[2 * i],
                         xy[2 * i + 1], got[i], want);
            inside += want >= 0;
        }
        areas += world.n;
        free_world(&world);
    }
    assert_in_range(inside, WORLDS * POINTS / 10, WORLDS * POINTS * 9 / 10);
    assert_true(areas > 3 * WORLDS);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(index_agrees_with_geos)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
