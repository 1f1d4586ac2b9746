// Which shape each stretch of an outline runs along.
#include "tests/check.h"

#include "geo/shape/facing.h"

#include <geos_c.h>

static GapGeometry *shape_of(const char *wkt) {
    GEOSContextHandle_t h = GEOS_init_r();
    GEOSWKTReader *reader = GEOSWKTReader_create_r(h);
    GEOSGeometry *geometry = GEOSWKTReader_read_r(h, reader, wkt);
    assert_non_null(geometry);
    size_t size;
    unsigned char *bytes = GEOSGeomToWKB_buf_r(h, geometry, &size);
    g_autoptr(GBytes) wkb = g_bytes_new(bytes, size);
    GEOSFree_r(h, bytes);
    GEOSGeom_destroy_r(h, geometry);
    GEOSWKTReader_destroy_r(h, reader);
    GEOS_finish_r(h);
    return gap_geometry_from_wkb(wkb, NULL);
}

/** "x y,x y|x y,..." of the lines, a stroke between parts; "-" for none. */
static char *text_of(const GapGeometry *g) {
    GString *out = g_string_new(g ? NULL : "-");
    for (uint32_t r = 0; g && r < g->n_rings; r++)
        for (uint32_t i = g->ring[r]; i < g->ring[r + 1]; i++)
            g_string_append_printf(out, "%s%.6g %.6g", i == g->ring[r] ? (r ? "|" : "") : ",",
                                   g->xy[2 * i], g->xy[2 * i + 1]);
    return g_string_free(out, FALSE);
}

enum { MOST = 3 };
#define SQUARE "POLYGON((70 40,71 40,71 41,70 41,70 40))"
#define WEST   "POLYGON((69 40,70 40,70 41,69 41,69 40))"
#define EAST   "POLYGON((71 39,72 39,72 42,71 42,71 39))"

static void stretches_go_to_whom_they_face(void **state) {
    (void)state;
    static const struct {
        const char *shape, *others[MOST], *want[MOST + 1];
    } cases[] = {
        // Shared edges; what faces nobody; the ring is cut nowhere but where owners change.
        {SQUARE, {WEST, EAST}, {"70 41,70 40", "71 40,71 41", "70 40,71 40|71 41,70 41"}},
        // Edges shared by two go to the first; a shape that is not there faces nothing.
        {SQUARE, {NULL, WEST, WEST}, {"-", "70 41,70 40", "-", "70 40,71 40,71 41,70 41"}},
        // All of it along one neighbour around it, an enclave's ring included: one line a ring.
        {"POLYGON((70 40,71 40,71 41,70 41,70 40),(70.4 40.4,70.4 40.6,70.6 40.6,70.4 40.4))",
         {"POLYGON((69.999 39.999,71.001 39.999,71.001 41.001,69.999 41.001,69.999 39.999),"
          "(70.399 40.399,70.399 40.601,70.601 40.601,70.399 40.399))"},
         {"70 40,71 40,71 41,70 41,70 40|70.4 40.4,70.4 40.6,70.6 40.6,70.4 40.4", "-"}},
        // A line that is not the shape's own cuts an edge near its ends and takes none far away.
        {"LINESTRING(70 40,70 41)",
         {"LINESTRING(70.001 40.25,69.999 40.5)"},
         {"70 40.2466,70 40.5022", "70 40,70 40.2466|70 40.5022,70 41"}},
        {"LINESTRING(70 40,70 41)", {"LINESTRING(70.5 40.25,70.5 40.5)"}, {"-", "70 40,70 41"}},
        {"LINESTRING(70 40,70 40,70 41)", {NULL}, {"70 40,70 41"}}, // a point twice
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapGeometry) shape = shape_of(cases[i].shape);
        GapGeometry *others[MOST] = {NULL};
        size_t n = 0;
        for (size_t k = 0; k < MOST; k++)
            if (cases[i].others[k]) {
                others[k] = shape_of(cases[i].others[k]);
                n = k + 1;
            }
        g_autoptr(GPtrArray) faces = gap_facing(shape, (const GapGeometry *const *)others, n, 200);
        assert_int_equal(faces->len, n + 1);
        double whole = 0, parts = 0;
        for (size_t k = 0; k <= n; k++) {
            g_autofree char *got = text_of(faces->pdata[k]);
            if (!g_str_equal(got, cases[i].want[k]))
                fail_msg("case %zu, %zu: '%s', not '%s'", i, k, got, cases[i].want[k]);
            parts += gap_facing_length_m(faces->pdata[k]);
        }
        whole = gap_facing_length_m(shape);
        assert_near(parts, whole, 1e-3 * whole); // cuts on long edges leave the geodesic
        for (size_t k = 0; k < MOST; k++)
            gap_geometry_free(others[k]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(stretches_go_to_whom_they_face)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
