#include "geo/shape/overlay.h"

#include <math.h>

#include "geo/base/error.h"
#include "geo/shape/geos.h"

struct GapOverlay {
    GapGeos geos;
    GHashTable *seen; // GBytes by address (kept alive) -> Sight
};

// A polygon made ready for many questions.
typedef struct {
    GEOSContextHandle_t handle;
    GEOSGeometry *geometry;
    const GEOSPreparedGeometry *prepared;
} Sight;

static void sight_free(gpointer data) {
    Sight *s = data;
    GEOSPreparedGeom_destroy_r(s->handle, s->prepared);
    GEOSGeom_destroy_r(s->handle, s->geometry);
    g_free(s);
}

GapOverlay *gap_overlay_new(void) {
    GapOverlay *overlay = g_new0(GapOverlay, 1);
    gap_geos_init(&overlay->geos);
    overlay->seen = g_hash_table_new_full(NULL, NULL, (GDestroyNotify)g_bytes_unref, sight_free);
    return overlay;
}

void gap_overlay_free(GapOverlay *overlay) {
    if (!overlay)
        return;
    g_hash_table_unref(overlay->seen);
    gap_geos_clear(&overlay->geos);
    g_free(overlay);
}

// Clones of the parts of one dimension, however deep collections nest them.
static void gather(GEOSContextHandle_t h, const GEOSGeometry *g, int dimension, GPtrArray *parts) {
    const int n = GEOSGetNumGeometries_r(h, g);
    if (GEOSGeomTypeId_r(h, g) >= GEOS_MULTIPOINT) {
        for (int i = 0; i < n; i++)
            gather(h, GEOSGetGeometryN_r(h, g, i), dimension, parts);
    } else if (GEOSGeom_getDimensions_r(h, g) == dimension && GEOSisEmpty_r(h, g) == 0)
        g_ptr_array_add(parts, GEOSGeom_clone_r(h, g));
}

// Takes `g` and gives what it has of that dimension as one simple or Multi geometry.
static GEOSGeometry *keep_dimension(GEOSContextHandle_t h, GEOSGeometry *g, int dimension) {
    static const int multi[] = {GEOS_MULTIPOINT, GEOS_MULTILINESTRING, GEOS_MULTIPOLYGON};
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    gather(h, g, dimension, parts);
    GEOSGeom_destroy_r(h, g);
    if (parts->len == 0)
        return GEOSGeom_createEmptyPolygon_r(h);
    if (parts->len == 1)
        return parts->pdata[0];
    return GEOSGeom_createCollection_r(h, multi[dimension], (GEOSGeometry **)parts->pdata,
                                       parts->len);
}

// Takes the result of a GEOS call (NULL: it failed) and answers its WKB.
static GBytes *finish(GapOverlay *o, GEOSGeometry *made, int dimension, const char *what,
                      GError **error) {
    if (!made) {
        gap_geos_fail(&o->geos, what, error);
        return NULL;
    }
    GEOSGeometry *kept = keep_dimension(o->geos.handle, made, dimension);
    GBytes *wkb = gap_geos_write(&o->geos, kept, error);
    GEOSGeom_destroy_r(o->geos.handle, kept);
    return wkb;
}

static GEOSGeometry *repair(GEOSContextHandle_t h, const GEOSGeometry *g) {
    GEOSMakeValidParams *params = GEOSMakeValidParams_create_r(h);
    GEOSMakeValidParams_setMethod_r(h, params, GEOS_MAKE_VALID_STRUCTURE);
    GEOSMakeValidParams_setKeepCollapsed_r(h, params, 0);
    GEOSGeometry *made = GEOSMakeValidWithParams_r(h, g, params);
    GEOSMakeValidParams_destroy_r(h, params);
    return made;
}

GBytes *gap_overlay_make_valid(GapOverlay *o, GBytes *wkb, bool *changed, GError **error) {
    const GEOSContextHandle_t h = o->geos.handle;
    GEOSGeometry *g = gap_geos_read(&o->geos, wkb, error);
    if (!g)
        return NULL;
    *changed = GEOSisValid_r(h, g) != 1;
    g_autoptr(GBytes) valid =
        *changed ? finish(o, repair(h, g), GEOSGeom_getDimensions_r(h, g), "repairing", error)
                 : g_bytes_ref(wkb);
    GEOSGeom_destroy_r(h, g);
    if (valid && *changed && gap_wkb_is_empty(valid)) {
        gap_fail(error, GAP_ERROR_INPUT, "geometry cannot be used: it covers no ground");
        return NULL;
    }
    return g_steal_pointer(&valid);
}

char *gap_overlay_invalid_reason(GapOverlay *o, GBytes *wkb, GError **error) {
    const GEOSContextHandle_t h = o->geos.handle;
    GEOSGeometry *g = gap_geos_read(&o->geos, wkb, error);
    if (!g)
        return NULL;
    char *reason = NULL;
    if (GEOSisValid_r(h, g) != 1) {
        char *given = GEOSisValidReason_r(h, g);
        reason = g_strdup(given ? given : o->geos.message);
        GEOSFree_r(h, given);
    }
    GEOSGeom_destroy_r(h, g);
    return reason;
}

static void destroy_all(GEOSContextHandle_t h, GPtrArray *parts) {
    for (guint i = 0; i < parts->len; i++)
        GEOSGeom_destroy_r(h, parts->pdata[i]);
}

GBytes *gap_overlay_union(GapOverlay *o, GBytes *const *wkb, size_t n, GError **error) {
    const GEOSContextHandle_t h = o->geos.handle;
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    int dimension = 0;
    for (size_t i = 0; i < n; i++) {
        if (!wkb[i] || gap_wkb_is_empty(wkb[i]))
            continue;
        GEOSGeometry *g = gap_geos_read(&o->geos, wkb[i], error);
        if (!g) {
            destroy_all(h, parts);
            return NULL;
        }
        dimension = MAX(dimension, GEOSGeom_getDimensions_r(h, g));
        g_ptr_array_add(parts, g);
    }
    GEOSGeometry *all = GEOSGeom_createCollection_r(h, GEOS_GEOMETRYCOLLECTION,
                                                    (GEOSGeometry **)parts->pdata, parts->len);
    GEOSGeometry *made = GEOSUnaryUnion_r(h, all);
    GEOSGeom_destroy_r(h, all);
    return finish(o, made, dimension, "the union of geometries", error);
}

typedef GEOSGeometry *(*Operation)(GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *);

static GBytes *combine(GapOverlay *o, Operation operation, const char *what, GBytes *wkb_a,
                       GBytes *wkb_b, GError **error) {
    const GEOSContextHandle_t h = o->geos.handle;
    GEOSGeometry *a = gap_geos_read(&o->geos, wkb_a, error);
    GEOSGeometry *b = a ? gap_geos_read(&o->geos, wkb_b, error) : NULL;
    GBytes *made = NULL;
    if (b) {
        const int own = GEOSGeom_getDimensions_r(h, a), other = GEOSGeom_getDimensions_r(h, b);
        made = finish(o, operation(h, a, b),
                      operation == GEOSIntersection_r ? MIN(own, other) : own, what, error);
    }
    GEOSGeom_destroy_r(h, a);
    GEOSGeom_destroy_r(h, b);
    return made;
}

GBytes *gap_overlay_intersection(GapOverlay *o, GBytes *a, GBytes *b, GError **error) {
    return combine(o, GEOSIntersection_r, "the intersection of two geometries", a, b, error);
}

GBytes *gap_overlay_difference(GapOverlay *o, GBytes *a, GBytes *b, GError **error) {
    return combine(o, GEOSDifference_r, "the difference of two geometries", a, b, error);
}

static const Sight *sight_of(GapOverlay *o, GBytes *wkb) {
    Sight *s = g_hash_table_lookup(o->seen, wkb);
    if (s)
        return s;
    const GEOSContextHandle_t h = o->geos.handle;
    GEOSGeometry *g = gap_geos_read(&o->geos, wkb, NULL);
    const bool polygon = g && GEOSGeom_getDimensions_r(h, g) == 2;
    s = g_new(Sight, 1);
    *s = (Sight){h, g, polygon ? GEOSPrepare_r(h, g) : NULL};
    g_hash_table_insert(o->seen, g_bytes_ref(wkb), s);
    return s;
}

bool gap_overlay_sees(GapOverlay *o, GBytes *wkb, double x1, double y1, double x2, double y2) {
    const GEOSContextHandle_t h = o->geos.handle;
    const Sight *s = sight_of(o, wkb);
    if (!s->prepared || !isfinite(x1 + y1 + x2 + y2))
        return false;
    GEOSGeometry *line;
    if (x1 == x2 && y1 == y2)
        line = GEOSGeom_createPointFromXY_r(h, x1, y1);
    else
        line = GEOSGeom_createLineString_r(
            h, GEOSCoordSeq_copyFromBuffer_r(h, (const double[]){x1, y1, x2, y2}, 2, 0, 0));
    const bool sees = GEOSPreparedCovers_r(h, s->prepared, line) == 1;
    GEOSGeom_destroy_r(h, line);
    return sees;
}

// GEOS first lays cells as wide as the shorter side along the longer one, and then divides them
// down to the tolerance: a needle would fill the memory. So needles are left to the caller, and the
// tolerance is bound by the extent as well as by the area.
static bool pole_tolerance(GEOSContextHandle_t h, const GEOSGeometry *g, double *tolerance) {
    const double needle = 200, finest = 1000;
    double x1, y1, x2, y2, area;
    if (GEOSGeom_getExtent_r(h, g, &x1, &y1, &x2, &y2) != 1 || GEOSArea_r(h, g, &area) != 1)
        return false;
    const double longer = MAX(x2 - x1, y2 - y1), shorter = MIN(x2 - x1, y2 - y1);
    *tolerance = MAX(0.01 * sqrt(area), longer / finest);
    return isfinite(longer) && longer < needle * shorter && area > 0 && isfinite(*tolerance);
}

static bool is_within(GEOSContextHandle_t h, const GEOSGeometry *g, const GEOSGeometry *point) {
    const GEOSPreparedGeometry *prepared = GEOSPrepare_r(h, g); // locates, without a whole overlay
    const bool within = prepared && GEOSPreparedIntersects_r(h, prepared, point) == 1;
    GEOSPreparedGeom_destroy_r(h, prepared);
    return within;
}

// The circle comes as a line from its centre to the border.
static GEOSGeometry *pole(GEOSContextHandle_t h, const GEOSGeometry *g) {
    double tolerance;
    if (!pole_tolerance(h, g, &tolerance))
        return NULL;
    GEOSGeometry *radius = GEOSMaximumInscribedCircle_r(h, g, tolerance);
    GEOSGeometry *centre = radius ? GEOSGeomGetStartPoint_r(h, radius) : NULL;
    GEOSGeom_destroy_r(h, radius);
    if (centre && is_within(h, g, centre))
        return centre;
    GEOSGeom_destroy_r(h, centre);
    return NULL;
}

bool gap_overlay_inner_point(GapOverlay *o, GBytes *wkb, double *x, double *y, GError **error) {
    const GEOSContextHandle_t h = o->geos.handle;
    GEOSGeometry *g = gap_geos_read(&o->geos, wkb, error);
    if (!g)
        return false;
    GEOSGeometry *point = pole(h, g);
    if (!point)
        point = GEOSPointOnSurface_r(h, g);
    const bool ok =
        (point && GEOSGeomGetX_r(h, point, x) == 1 && GEOSGeomGetY_r(h, point, y) == 1) ||
        gap_geos_fail(&o->geos, "finding a point inside", error);
    GEOSGeom_destroy_r(h, point);
    GEOSGeom_destroy_r(h, g);
    return ok;
}
