#include "geo/shape/voronoi.h"

#include <math.h>

#include "geo/base/error.h"
#include "geo/shape/geos.h"
#include "geo/shape/project.h"

#define STEP_M      2000
#define MOST_POINTS 10000

typedef struct {
    GapGeos geos;
    GapProjection *plane;
    GEOSGeometry *outline, *flat; // in degrees and in the plane
    double *site;                 // n pairs, metres in the plane
    size_t n;
    double *moved_m;
} Work;

static bool start(Work *work, GBytes *outline, const double *lonlat, GError **error) {
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(outline, error);
    if (!g)
        return false;
    const GapBox box = gap_geometry_box(g);
    g_autofree char *definition =
        g_strdup_printf("+proj=aeqd +lat_0=%.6f +lon_0=%.6f +datum=WGS84 +units=m",
                        (box.min_y + box.max_y) / 2, (box.min_x + box.max_x) / 2);
    work->plane = gap_projection_new(definition, error);
    if (!work->plane || !gap_projection_forward(work->plane, g->xy, g->n_points, error))
        return false;
    g_autoptr(GBytes) flat = gap_geometry_to_wkb(g);
    work->outline = gap_geos_read(&work->geos, outline, error);
    work->flat = work->outline ? gap_geos_read(&work->geos, flat, error) : NULL;
    work->site = g_memdup2(lonlat, 2 * work->n * sizeof *lonlat);
    return work->flat && gap_projection_forward(work->plane, work->site, work->n, error);
}

static void move_to(Work *work, size_t i, double x, double y) {
    double *at = &work->site[2 * i];
    work->moved_m[i] += hypot(x - at[0], y - at[1]);
    at[0] = x;
    at[1] = y;
}

/* Brings a point that lies outside to the nearest point of the outline. */
static bool bring_in(Work *work, size_t i) {
    const GEOSContextHandle_t h = work->geos.handle;
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(h, work->site[2 * i], work->site[2 * i + 1]);
    GEOSCoordSequence *pair = NULL;
    bool ok = true;
    if (GEOSIntersects_r(h, work->flat, point) != 1) {
        double x, y;
        pair = GEOSNearestPoints_r(h, work->flat, point);
        ok = pair && GEOSCoordSeq_getXY_r(h, pair, 0, &x, &y) == 1;
        if (ok)
            move_to(work, i, x, y);
    }
    GEOSCoordSeq_destroy_r(h, pair);
    GEOSGeom_destroy_r(h, point);
    return ok;
}

/* The square metre that a site lies on: both coordinates are below 2^26. */
static gint64 metre_of(const double *site) {
    return (gint64)llround(site[0]) * (G_GINT64_CONSTANT(1) << 32) + llround(site[1]);
}

/* Points may not coincide, so one on the metre of others goes on by as many metres. */
static void keep_apart(Work *work) {
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (size_t i = 0; i < work->n; i++) {
        const double *site = &work->site[2 * i];
        gint64 metre = metre_of(site);
        guint before;
        while ((before = GPOINTER_TO_UINT(g_hash_table_lookup(taken, &metre)))) {
            g_hash_table_insert(taken, g_memdup2(&metre, sizeof metre),
                                GUINT_TO_POINTER(before + 1));
            move_to(work, i, site[0] + before, site[1]);
            metre = metre_of(site);
        }
        g_hash_table_insert(taken, g_memdup2(&metre, sizeof metre), GUINT_TO_POINTER(1));
    }
}

/* For GEOS: one corner from the plane to degrees. */
static int to_degrees(double *x, double *y, void *plane) {
    double xy[] = {*x, *y};
    const bool ok = gap_projection_inverse(plane, xy, 1, NULL);
    *x = xy[0];
    *y = xy[1];
    return ok;
}

/* The borders between the sites in the plane, across the whole outline. */
static GEOSGeometry *flat_edges(Work *work) {
    const GEOSContextHandle_t h = work->geos.handle;
    GEOSGeometry *sites = GEOSGeom_createLineString_r(
        h, GEOSCoordSeq_copyFromBuffer_r(h, work->site, (unsigned)work->n, 0, 0));
    GEOSGeometry *parts[] = {GEOSEnvelope_r(h, work->flat), GEOSEnvelope_r(h, sites)};
    GEOSGeometry *both = GEOSGeom_createCollection_r(h, GEOS_GEOMETRYCOLLECTION, parts, 2);
    GEOSGeometry *frame = GEOSBuffer_r(h, both, STEP_M, 1);
    GEOSGeometry *edges = frame ? GEOSVoronoiDiagram_r(h, sites, frame, 0, 1) : NULL;
    GEOSGeom_destroy_r(h, frame);
    GEOSGeom_destroy_r(h, both);
    GEOSGeom_destroy_r(h, sites);
    return edges;
}

/* Outline and inner borders, cut at every crossing, as the faces between them. */
static GEOSGeometry *faces_of(Work *work) {
    const GEOSContextHandle_t h = work->geos.handle;
    GEOSGeometry *edges = flat_edges(work);
    GEOSGeometry *dense = edges ? GEOSDensify_r(h, edges, STEP_M) : NULL;
    GEOSGeometry *inner = dense ? GEOSGeom_transformXY_r(h, dense, to_degrees, work->plane) : NULL;
    GEOSGeometry *border = GEOSBoundary_r(h, work->outline);
    GEOSGeometry *lines = inner && border ? GEOSUnion_r(h, inner, border) : NULL;
    const GEOSGeometry *const all[] = {lines};
    GEOSGeometry *faces = lines ? GEOSPolygonize_r(h, all, 1) : NULL;
    GEOSGeom_destroy_r(h, lines);
    GEOSGeom_destroy_r(h, border);
    GEOSGeom_destroy_r(h, inner);
    GEOSGeom_destroy_r(h, dense);
    GEOSGeom_destroy_r(h, edges);
    return faces;
}

/* The site that a face belongs to, or -1 where it lies outside the outline. */
static gssize owner_of(Work *work, const GEOSPreparedGeometry *outline, const GEOSGeometry *face) {
    const GEOSContextHandle_t h = work->geos.handle;
    GEOSGeometry *inside = GEOSPointOnSurface_r(h, face);
    double xy[2];
    gssize owner = -1;
    if (inside && GEOSPreparedContains_r(h, outline, inside) == 1 &&
        GEOSGeomGetX_r(h, inside, &xy[0]) == 1 && GEOSGeomGetY_r(h, inside, &xy[1]) == 1 &&
        gap_projection_forward(work->plane, xy, 1, NULL)) {
        double best = G_MAXDOUBLE;
        for (size_t i = 0; i < work->n; i++) {
            const double d = hypot(work->site[2 * i] - xy[0], work->site[2 * i + 1] - xy[1]);
            if (d < best)
                owner = (gssize)i;
            best = MIN(best, d);
        }
    }
    GEOSGeom_destroy_r(h, inside);
    return owner;
}

/* Takes the faces of one site and gives their union; NULL where there are none. */
static GBytes *join_faces(Work *work, GPtrArray *faces, GError **error) {
    const GEOSContextHandle_t h = work->geos.handle;
    GEOSGeometry *all = GEOSGeom_createCollection_r(h, GEOS_MULTIPOLYGON,
                                                    (GEOSGeometry **)faces->pdata, faces->len);
    GEOSGeometry *part = GEOSUnaryUnion_r(h, all);
    GBytes *wkb = NULL;
    if (!part)
        gap_geos_fail(&work->geos, "dividing an area among points", error);
    else if (faces->len == 0)
        gap_fail(error, GAP_ERROR_INPUT,
                 "two points lie too near each other to divide the ground between them: move one");
    else
        wkb = gap_geos_write(&work->geos, part, error);
    GEOSGeom_destroy_r(h, part);
    GEOSGeom_destroy_r(h, all);
    return wkb;
}

static GPtrArray *parts_of(Work *work, const GEOSGeometry *faces, GError **error) {
    const GEOSContextHandle_t h = work->geos.handle;
    const GEOSPreparedGeometry *outline = GEOSPrepare_r(h, work->outline);
    g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (size_t i = 0; i < work->n; i++)
        g_ptr_array_add(own, g_ptr_array_new());
    for (int f = 0; f < GEOSGetNumGeometries_r(h, faces); f++) {
        const GEOSGeometry *face = GEOSGetGeometryN_r(h, faces, f);
        const gssize owner = owner_of(work, outline, face);
        if (owner >= 0)
            g_ptr_array_add(g_ptr_array_index(own, owner), GEOSGeom_clone_r(h, face));
    }
    GEOSPreparedGeom_destroy_r(h, outline);
    GPtrArray *parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    bool ok = true;
    for (size_t i = 0; i < work->n; i++) { // all of them, since each frees its faces
        GBytes *part = join_faces(work, g_ptr_array_index(own, i), ok ? error : NULL);
        ok = ok && part;
        g_ptr_array_add(parts, part);
    }
    if (!ok)
        g_clear_pointer(&parts, g_ptr_array_unref);
    return parts;
}

static GPtrArray *divide(Work *work, GBytes *outline, const double *lonlat, GError **error) {
    if (work->n > MOST_POINTS) {
        gap_fail(error, GAP_ERROR_INPUT, "%zu points to divide one area among; at most %d are",
                 work->n, MOST_POINTS);
        return NULL;
    }
    if (!start(work, outline, lonlat, error))
        return NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < work->n; i++)
        ok = bring_in(work, i);
    if (ok && work->n == 1) {
        GPtrArray *whole = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
        g_ptr_array_add(whole, g_bytes_ref(outline));
        return whole;
    }
    keep_apart(work);
    GEOSGeometry *faces = ok ? faces_of(work) : NULL;
    GPtrArray *parts = faces ? parts_of(work, faces, error) : NULL;
    if (!faces)
        gap_geos_fail(&work->geos, "dividing an area among points", error);
    GEOSGeom_destroy_r(work->geos.handle, faces);
    return parts;
}

GPtrArray *gap_voronoi(GBytes *outline, const double *lonlat, size_t n, double *moved_m,
                       GError **error) {
    g_autofree double *moved = g_new0(double, n);
    Work work = {.n = n, .moved_m = moved};
    gap_geos_init(&work.geos);
    GPtrArray *parts = divide(&work, outline, lonlat, error);
    for (size_t i = 0; parts && moved_m && i < n; i++)
        moved_m[i] = moved[i];
    GEOSGeom_destroy_r(work.geos.handle, work.flat);
    GEOSGeom_destroy_r(work.geos.handle, work.outline);
    gap_projection_free(work.plane);
    g_free(work.site);
    gap_geos_clear(&work.geos);
    return parts;
}
