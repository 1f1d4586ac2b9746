#include "geo/files/ogr_geometry.h"

#include <cpl_error.h>
#include <math.h>

#include "geo/base/error.h"

// 0 where it is none of ours.
static GapShapeKind kind_of(OGRwkbGeometryType type) {
    switch (OGR_GT_Flatten(type)) {
    case wkbPoint:
    case wkbMultiPoint:
        return GAP_SHAPE_POINT;
    case wkbLineString:
    case wkbMultiLineString:
        return GAP_SHAPE_LINE;
    case wkbPolygon:
    case wkbMultiPolygon:
        return GAP_SHAPE_POLYGON;
    default:
        return 0;
    }
}

static bool is_collection(OGRGeometryH geometry) {
    return OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) == wkbGeometryCollection;
}

// Copies the single shapes of `from` into `multi`; false where one is of another kind, or none of
// ours. OGR itself bounds how deep collections nest.
static bool gather(OGRGeometryH from, GapShapeKind kind, OGRGeometryH multi) {
    const int n = OGR_G_GetGeometryCount(from);
    for (int i = 0; i < n; i++) {
        OGRGeometryH part = OGR_G_GetGeometryRef(from, i);
        const OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(part));
        const bool single = type == (OGRwkbGeometryType)kind; // the same numbers, as in WKB
        if (!single && !is_collection(part) && kind_of(type) != kind)
            return false;
        if (single ? OGR_G_AddGeometry(multi, part) != OGRERR_NONE : !gather(part, kind, multi))
            return false;
    }
    return true;
}

static GapShapeKind first_kind(OGRGeometryH geometry) {
    if (!is_collection(geometry))
        return kind_of(OGR_G_GetGeometryType(geometry));
    GapShapeKind kind = 0;
    for (int i = 0; !kind && i < OGR_G_GetGeometryCount(geometry); i++)
        kind = first_kind(OGR_G_GetGeometryRef(geometry, i));
    return kind;
}

static OGRGeometryH flatten_collection(OGRGeometryH geometry, char **fault) {
    static const OGRwkbGeometryType types[] = {
        [GAP_SHAPE_POINT] = wkbMultiPoint,
        [GAP_SHAPE_LINE] = wkbMultiLineString,
        [GAP_SHAPE_POLYGON] = wkbMultiPolygon,
    };
    const GapShapeKind kind = first_kind(geometry);
    OGRGeometryH multi = kind ? OGR_G_CreateGeometry(types[kind]) : NULL;
    if (kind && gather(geometry, kind, multi)) {
        OGR_G_DestroyGeometry(geometry);
        return multi;
    }
    OGR_G_DestroyGeometry(multi);
    *fault = g_strdup("is a collection of several kinds of shapes; give points, lines and polygons "
                      "in rows of their own");
    return geometry;
}

// Straight, in two dimensions, closed, and of one of our six types where that can be.
static OGRGeometryH simplify(OGRGeometryH geometry, char **fault) {
    if (OGR_G_HasCurveGeometry(geometry, FALSE)) {
        OGRGeometryH straight = OGR_G_GetLinearGeometry(geometry, 0, NULL);
        OGR_G_DestroyGeometry(geometry);
        geometry = straight;
    }
    const OGRwkbGeometryType type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));
    if (type == wkbPolyhedralSurface || type == wkbTIN)
        geometry = OGR_G_ForceToMultiPolygon(geometry);
    else if (type == wkbTriangle)
        geometry = OGR_G_ForceToPolygon(geometry);
    else if (type == wkbGeometryCollection)
        geometry = flatten_collection(geometry, fault);
    OGR_G_FlattenTo2D(geometry);
    OGR_G_CloseRings(geometry);
    return geometry;
}

static GBytes *wkb_of(OGRGeometryH geometry) {
    const size_t size = (size_t)OGR_G_WkbSize(geometry);
    guint8 *data = g_malloc(size);
    OGR_G_ExportToIsoWkb(geometry, wkbNDR, data);
    return g_bytes_new_take(data, size);
}

static double widest_step(GBytes *wkb) {
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, NULL);
    return g ? gap_geometry_widest_step(g) : 0;
}

static char *find_fault(OGRGeometryH geometry, GBytes *wkb) {
    OGREnvelope e;
    OGR_G_GetEnvelope(geometry, &e);
    if (e.MinX < -180 || e.MaxX > 180 || e.MinY < -90 || e.MaxY > 90)
        return g_strdup_printf("its coordinates, such as %.10g %.10g, are no longitude and "
                               "latitude; check the coordinate system",
                               e.MinX < -180 ? e.MinX : e.MaxX, e.MinY < -90 ? e.MinY : e.MaxY);
    const double step = e.MaxX - e.MinX > 180 ? widest_step(wkb) : 0;
    return step <= 180 ? NULL
                       : g_strdup_printf("crosses the antimeridian (its longitude jumps by %.0f "
                                         "degrees); cut it in two at 180 degrees",
                                         step);
}

static bool transform(OGRGeometryH geometry, const GapCrs *crs) {
    if (crs->swap)
        OGR_G_SwapXY(geometry);
    if (!crs->to_degrees)
        return true;
    CPLPushErrorHandler(CPLQuietErrorHandler);
    const bool ok = OGR_G_Transform(geometry, crs->to_degrees) == OGRERR_NONE;
    CPLPopErrorHandler();
    return ok;
}

GBytes *gap_ogr_geometry(OGRGeometryH geometry, const GapCrs *crs, char **fault) {
    *fault = NULL;
    if (!geometry || OGR_G_IsEmpty(geometry)) {
        OGR_G_DestroyGeometry(geometry);
        return NULL;
    }
    geometry = simplify(geometry, fault);
    const bool ok = transform(geometry, crs);
    GBytes *wkb = ok ? wkb_of(geometry) : gap_wkb_point(INFINITY, INFINITY);
    if (!*fault)
        *fault = ok ? find_fault(geometry, wkb)
                    : g_strdup_printf("its coordinates are no numbers, or cannot be turned into "
                                      "longitude and latitude from %s; check the coordinate system",
                                      crs->name);
    OGR_G_DestroyGeometry(geometry);
    return wkb;
}
