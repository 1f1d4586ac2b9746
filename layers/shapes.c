#include "layers/shapes.h"

#include "geo/shape/geodesic.h"

static bool refuse(char **reason, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool refuse(char **reason, const char *format, ...) {
    va_list args;
    va_start(args, format);
    *reason = g_strdup_vprintf(format, args);
    va_end(args);
    return false;
}

static const char *shape_name(GapShapeKind kind) {
    return kind == GAP_SHAPE_POINT ? "point" : kind == GAP_SHAPE_LINE ? "line" : "polygon";
}

/* A multipoint of one point becomes that point. */
static bool check_kind(const GapLayerKind *layer, GBytes **wkb, GapShapeKind *kind, char **value,
                       char **reason) {
    g_autoptr(GError) why = NULL;
    g_autoptr(GapGeometry) geometry = gap_geometry_from_wkb(*wkb, &why);
    if (!geometry)
        return refuse(reason, "%s", why->message);
    const bool point = layer->geometry == GAP_NEEDS_POINT;
    *kind = geometry->kind;
    if (layer->geometry != GAP_NEEDS_ANY &&
        !(point && *kind == GAP_SHAPE_POINT && geometry->n_parts == 1) &&
        !(layer->geometry == GAP_NEEDS_POLYGON && *kind == GAP_SHAPE_POLYGON)) {
        *value = g_strdup(shape_name(*kind));
        return refuse(reason, "%s need%s; give a layer of %ss", layer->title,
                      point ? " one point each" : " polygons", point ? "point" : "polygon");
    }
    if (point) {
        g_bytes_unref(*wkb);
        *wkb = gap_wkb_point(geometry->xy[0], geometry->xy[1]);
    }
    return true;
}

/* Repairs a polygon; what changed in area is said. */
static bool repair(GapShapeJudge *judge, gint64 row, GBytes **wkb, char **reason) {
    g_autoptr(GError) why = NULL;
    bool changed = false;
    g_autoptr(GBytes) valid = gap_overlay_make_valid(judge->overlay, *wkb, &changed, &why);
    g_autoptr(GapGeometry) after = valid ? gap_geometry_from_wkb(valid, &why) : NULL;
    if (!after)
        return refuse(reason, "cannot be made valid: %s", why->message);
    if (!changed)
        return true;
    g_autoptr(GapGeometry) before = gap_geometry_from_wkb(*wkb, NULL);
    gap_load_note(judge->load,
                  "row %" G_GINT64_FORMAT ": outline made valid, area %.3f km2 before, %.3f after",
                  row, before ? gap_geodesic_area_m2(before) / 1e6 : 0.0,
                  gap_geodesic_area_m2(after) / 1e6);
    g_bytes_unref(*wkb);
    *wkb = g_steal_pointer(&valid);
    return true;
}

/* Whether the point lies in the country; true where no country is loaded. */
static bool check_inside(GapAreas *areas, GBytes *wkb, char **value, char **reason) {
    double lon, lat;
    if (!areas || !gap_areas_country(areas) || !gap_wkb_read_point(wkb, &lon, &lat) ||
        gap_areas_locate(areas, "country", lon, lat, NULL))
        return true;
    *value = g_strdup_printf("%.5f %.5f", lon, lat);
    const bool swapped = gap_areas_locate(areas, "country", lat, lon, NULL) != NULL;
    return refuse(reason, swapped
                              ? "outside the country; longitude and latitude seem to be swapped"
                              : "outside the country; check the coordinates (longitude, latitude)");
}

bool gap_shape_take(GapShapeJudge *judge, gint64 row, GBytes **wkb, char **value, char **reason) {
    const GapLayerKind *layer = judge->load->kind;
    if (layer->geometry == GAP_NEEDS_NONE) {
        g_clear_pointer(wkb, g_bytes_unref);
        return true;
    }
    GapShapeKind kind = GAP_SHAPE_POINT;
    if (!*wkb)
        return refuse(reason, "has no geometry");
    if (!check_kind(layer, wkb, &kind, value, reason) ||
        (layer->inside && !check_inside(judge->load->areas, *wkb, value, reason)))
        return false;
    return kind != GAP_SHAPE_POLYGON || repair(judge, row, wkb, reason);
}
