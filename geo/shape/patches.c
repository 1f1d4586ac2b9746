#include "geo/shape/patches.h"

#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "geo/shape/geos.h"

typedef struct {
    size_t number;
    GEOSGeometry *geometry;
} Patch;

struct GapPatches {
    GapGeos geos;
    GEOSSTRtree *tree;
    Patch *patches;
    size_t n;
};

static bool add_patch(GapPatches *p, size_t i, GBytes *wkb, GError **error) {
    const GEOSContextHandle_t h = p->geos.handle;
    GEOSGeometry *g = gap_geos_read(&p->geos, wkb, error);
    if (!g) {
        g_prefix_error(error, "area %zu: ", i + 1);
        return false;
    }
    p->patches[i].geometry = g;
    if (GEOSGeom_getDimensions_r(h, g) != 2)
        return gap_fail(error, GAP_ERROR_INPUT, "area %zu is not a polygon", i + 1);
    if (GEOSisEmpty_r(h, g) != 1)
        GEOSSTRtree_insert_r(h, p->tree, g, &p->patches[i]);
    return true;
}

GapPatches *gap_patches_new(GBytes *const *wkb, size_t n, GError **error) {
    enum { NODE_CAPACITY = 10 };
    g_autoptr(GapPatches) p = g_new0(GapPatches, 1);
    gap_geos_init(&p->geos);
    p->tree = GEOSSTRtree_create_r(p->geos.handle, NODE_CAPACITY);
    p->patches = g_new0(Patch, n);
    p->n = n;
    for (size_t i = 0; i < n; i++) {
        p->patches[i].number = i;
        if (wkb[i] && !add_patch(p, i, wkb[i], error))
            return NULL;
    }
    return g_steal_pointer(&p);
}

void gap_patches_free(GapPatches *p) {
    if (!p)
        return;
    GEOSSTRtree_destroy_r(p->geos.handle, p->tree);
    for (size_t i = 0; i < p->n; i++)
        GEOSGeom_destroy_r(p->geos.handle, p->patches[i].geometry);
    gap_geos_clear(&p->geos);
    g_free(p->patches);
    g_free(p);
}

static void collect(void *item, void *user) {
    g_array_append_val(user, ((const Patch *)item)->number);
}

static gint by_number(gconstpointer a, gconstpointer b) {
    const size_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* The numbers of patches whose boxes meet that of `g`, ascending. */
static GArray *candidates(GapPatches *p, const GEOSGeometry *g) {
    GArray *found = g_array_new(FALSE, FALSE, sizeof(size_t));
    GEOSSTRtree_query_r(p->geos.handle, p->tree, g, collect, found);
    g_array_sort(found, by_number);
    return found;
}

/* Square metres of a polygon, a collection of polygons and lower parts, or nothing. */
static bool ground_of(GapPatches *p, const GEOSGeometry *g, double *m2, GError **error) {
    const GEOSContextHandle_t h = p->geos.handle;
    if (GEOSGeomTypeId_r(h, g) == GEOS_GEOMETRYCOLLECTION) {
        for (int i = 0; i < GEOSGetNumGeometries_r(h, g); i++)
            if (!ground_of(p, GEOSGetGeometryN_r(h, g, i), m2, error))
                return false;
        return true;
    }
    double plane;
    if (GEOSArea_r(h, g, &plane) != 1 || plane <= 0)
        return true;
    g_autoptr(GBytes) wkb = gap_geos_write(&p->geos, g, error);
    g_autoptr(GapGeometry) shape = wkb ? gap_geometry_from_wkb(wkb, error) : NULL;
    if (shape)
        *m2 += gap_geodesic_area_m2(shape);
    return shape != NULL;
}

static bool compare(GapPatches *p, size_t a, size_t b, GArray *overlaps, GError **error) {
    const GEOSContextHandle_t h = p->geos.handle;
    GEOSGeometry *shared = GEOSIntersection_r(h, p->patches[a].geometry, p->patches[b].geometry);
    if (!shared)
        return gap_geos_fail(&p->geos, "comparing two areas", error);
    GapOverlap overlap = {a, b, 0};
    const bool ok = ground_of(p, shared, &overlap.m2, error);
    GEOSGeom_destroy_r(h, shared);
    if (ok && overlap.m2 > 0)
        g_array_append_val(overlaps, overlap);
    return ok;
}

GArray *gap_patches_overlaps(GapPatches *p, GapPatchesMay may, const void *user, GError **error) {
    g_autoptr(GArray) overlaps = g_array_new(FALSE, FALSE, sizeof(GapOverlap));
    for (size_t a = 0; a < p->n; a++) {
        if (!p->patches[a].geometry)
            continue;
        g_autoptr(GArray) others = candidates(p, p->patches[a].geometry);
        for (guint i = 0; i < others->len; i++) {
            const size_t b = g_array_index(others, size_t, i);
            if (b > a && !(may && may(user, a, b)) && !compare(p, a, b, overlaps, error))
                return NULL;
        }
    }
    return g_steal_pointer(&overlaps);
}

static void add_nearest(GapPatches *p, const GEOSGeometry *g, GArray *near) {
    const GEOSContextHandle_t h = p->geos.handle;
    double least = G_MAXDOUBLE, distance;
    size_t nearest = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->patches[i].geometry && GEOSisEmpty_r(h, p->patches[i].geometry) != 1 &&
            GEOSDistance_r(h, g, p->patches[i].geometry, &distance) == 1 && distance < least) {
            least = distance;
            nearest = i;
        }
    if (least < G_MAXDOUBLE)
        g_array_append_val(near, nearest);
}

GArray *gap_patches_near(GapPatches *p, GBytes *wkb, GError **error) {
    const double touching = 1e-6; // what overlays round, and 11 cm on the ground
    const GEOSContextHandle_t h = p->geos.handle;
    GEOSGeometry *g = gap_geos_read(&p->geos, wkb, error);
    if (!g)
        return NULL;
    GArray *near = g_array_new(FALSE, FALSE, sizeof(size_t));
    GEOSGeometry *box = GEOSEnvelope_r(h, g), *around = GEOSBuffer_r(h, box, touching, 1);
    GEOSGeom_destroy_r(h, box);
    g_autoptr(GArray) found = candidates(p, around);
    for (guint i = 0; i < found->len; i++) {
        const size_t at = g_array_index(found, size_t, i);
        if (GEOSDistanceWithin_r(h, g, p->patches[at].geometry, touching) == 1)
            g_array_append_val(near, at);
    }
    if (near->len == 0)
        add_nearest(p, g, near);
    GEOSGeom_destroy_r(h, around);
    GEOSGeom_destroy_r(h, g);
    return near;
}
