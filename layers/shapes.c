#include "layers/shapes.h"

#include "geo/shape/geodesic.h"

#include <math.h>

enum { MOST_ROWS_NAMED = 5 };

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

static bool is_in_country(GapAreas *areas, double lon, double lat) {
    return gap_areas_locate(areas, "country", lon, lat, NULL) != NULL;
}

static bool are_degrees(double lon, double lat) {
    return fabs(lon) <= 180 && fabs(lat) <= 90;
}

#define NOT_DEGREES                                                                                \
    "is no longitude and latitude in degrees; say by --crs which coordinates these are, or by "    \
    "--swap that latitude stands first"
#define SWAPPED "longitude and latitude seem to be swapped"

/* ---- points ---- */

static bool judge_point(GapShapeJudge *judge, double lon, double lat, char **value, char **reason) {
    const GapLoad *load = judge->load;
    const bool bounded = load->kind->inside && load->areas && gap_areas_country(load->areas);
    const bool ok = are_degrees(lon, lat), nowhere = lon == 0 && lat == 0;
    if (ok && !nowhere && (!bounded || is_in_country(load->areas, lon, lat)))
        return true;
    *value = g_strdup_printf("%.5f %.5f", lon, lat);
    if (!ok)
        return refuse(reason, NOT_DEGREES);
    if (nowhere)
        return refuse(reason, "0 0 is what programs write where the place is missing; give its "
                              "coordinates, or leave them empty");
    if (is_in_country(load->areas, lat, lon))
        return refuse(reason, "outside the country; " SWAPPED " (--swap where all are so)");
    return refuse(reason, "outside the country; check the coordinates (longitude, latitude)");
}

/* ---- lines and polygons ---- */

static bool check_degrees(GapBox box, char **value, char **reason) {
    if (are_degrees(box.min_x, box.min_y) && are_degrees(box.max_x, box.max_y))
        return true;
    const bool low = !are_degrees(box.min_x, box.min_y);
    *value = g_strdup_printf("%.5f %.5f", low ? box.min_x : box.max_x, low ? box.min_y : box.max_y);
    return refuse(reason, NOT_DEGREES);
}

/* Whatever lies around a country that is loaded lies in it by its middle only when swapped. */
static bool check_not_swapped(GapAreas *areas, GapBox box, char **value, char **reason) {
    const double x = (box.min_x + box.max_x) / 2, y = (box.min_y + box.max_y) / 2;
    if (!areas || !gap_areas_country(areas) || is_in_country(areas, x, y) ||
        !is_in_country(areas, y, x))
        return true;
    *value = g_strdup_printf("%.5f %.5f", x, y);
    return refuse(reason, SWAPPED "; say --swap where all rows are so");
}

static bool check_place(GapAreas *areas, const GapGeometry *geometry, char **value, char **reason) {
    const GapBox box = gap_geometry_box(geometry);
    const double step = box.max_x - box.min_x > 180 ? gap_geometry_widest_step(geometry) : 0;
    if (!check_degrees(box, value, reason))
        return false;
    if (step > 180)
        return refuse(reason,
                      "crosses the antimeridian (its longitude jumps by %.0f degrees); cut it in "
                      "two at 180 degrees",
                      step);
    return check_not_swapped(areas, box, value, reason);
}

/* What changed in area, or that parts of no length are gone. */
static void note_repair(GapLoad *load, gint64 row, const GapGeometry *before,
                        const GapGeometry *after) {
    if (before->kind == GAP_SHAPE_POLYGON)
        gap_load_note(
            load, "row %" G_GINT64_FORMAT ": outline made valid, area %.3f km2 before, %.3f after",
            row, gap_geodesic_area_m2(before) / 1e6, gap_geodesic_area_m2(after) / 1e6);
    else
        gap_load_note(load, "row %" G_GINT64_FORMAT ": line made valid, %u parts before, %u after",
                      row, before->n_parts, after->n_parts);
}

static bool repair(GapShapeJudge *judge, gint64 row, const GapGeometry *before, GBytes **wkb,
                   char **reason) {
    g_autoptr(GError) why = NULL;
    bool changed = false;
    g_autoptr(GBytes) valid = gap_overlay_make_valid(judge->overlay, *wkb, &changed, &why);
    g_autoptr(GapGeometry) after = valid && changed ? gap_geometry_from_wkb(valid, &why) : NULL;
    if (why)
        return refuse(reason, "cannot be made valid: %s", why->message);
    if (!changed)
        return true;
    note_repair(judge->load, row, before, after);
    g_bytes_unref(*wkb);
    *wkb = g_steal_pointer(&valid);
    return true;
}

/* ---- one for the other ---- */

static void count_inner(GapShapeJudge *judge, gint64 row) {
    if (!judge->inner_at)
        judge->inner_at = g_string_new(NULL);
    if (judge->inner++ < MOST_ROWS_NAMED)
        g_string_append_printf(judge->inner_at, "%s%" G_GINT64_FORMAT,
                               judge->inner_at->len ? ", " : "", row);
}

/* A point of any kind of point geometry; else why there is none. */
static bool take_point(GapShapeJudge *judge, gint64 row, const GapGeometry *geometry, GBytes **wkb,
                       char **value, char **reason) {
    double lon = geometry->xy[0], lat = geometry->xy[1];
    g_autoptr(GError) why = NULL;
    if (geometry->kind == GAP_SHAPE_POINT && geometry->n_parts > 1) {
        *value = g_strdup_printf("%u points", geometry->n_parts);
        return refuse(reason, "%s need one point each; give every point a row of its own",
                      judge->load->kind->title);
    }
    if (geometry->kind == GAP_SHAPE_POLYGON) {
        if (!check_place(judge->load->areas, geometry, value, reason) ||
            !repair(judge, row, geometry, wkb, reason))
            return false;
        if (!gap_overlay_inner_point(judge->overlay, *wkb, &lon, &lat, &why))
            return refuse(reason, "has no point inside: %s", why->message);
    }
    if (!judge_point(judge, lon, lat, value, reason))
        return false;
    if (geometry->kind == GAP_SHAPE_POLYGON)
        count_inner(judge, row);
    g_bytes_unref(*wkb);
    *wkb = gap_wkb_point(lon, lat);
    return true;
}

static bool is_closed(const GapGeometry *geometry) {
    const double *first = geometry->xy, *last = first + 2 * ((size_t)geometry->n_points - 1);
    return geometry->n_parts == 1 && geometry->n_points >= 4 && first[0] == last[0] &&
           first[1] == last[1];
}

static bool refuse_kind(const GapLayerKind *layer, const GapGeometry *geometry, char **value,
                        char **reason) {
    const bool line = geometry->kind == GAP_SHAPE_LINE;
    *value = g_strdup(shape_name(geometry->kind));
    if (layer->geometry == GAP_NEEDS_POINT)
        return refuse(reason, "%s need one point each; give a layer of points", layer->title);
    if (layer->geometry == GAP_NEEDS_LINE || layer->geometry == GAP_TAKES_LINE)
        return refuse(reason, "%s need lines; give a layer of lines", layer->title);
    return refuse(reason, "%s need polygons; %s", layer->title,
                  line && is_closed(geometry)
                      ? "a closed line is none yet: turn lines into polygons first"
                      : "give a layer of polygons");
}

static bool take_shape(GapShapeJudge *judge, gint64 row, GBytes **wkb, char **value,
                       char **reason) {
    const GapLayerKind *layer = judge->load->kind;
    g_autoptr(GError) why = NULL;
    g_autoptr(GapGeometry) geometry = gap_geometry_from_wkb(*wkb, &why);
    if (!geometry)
        return refuse(reason, "%s", why->message);
    const GapShapeKind kind = geometry->kind;
    const bool fits = layer->geometry == GAP_NEEDS_POINT     ? kind != GAP_SHAPE_LINE
                      : layer->geometry == GAP_NEEDS_LINE    ? kind == GAP_SHAPE_LINE
                      : layer->geometry == GAP_TAKES_LINE    ? kind == GAP_SHAPE_LINE
                      : layer->geometry == GAP_NEEDS_POLYGON ? kind == GAP_SHAPE_POLYGON
                                                             : true;
    if (!fits)
        return refuse_kind(layer, geometry, value, reason);
    if (layer->geometry == GAP_NEEDS_POINT)
        return take_point(judge, row, geometry, wkb, value, reason);
    if (kind == GAP_SHAPE_POINT)
        return check_degrees(gap_geometry_box(geometry), value, reason);
    return check_place(judge->load->areas, geometry, value, reason) &&
           repair(judge, row, geometry, wkb, reason);
}

bool gap_shape_take(GapShapeJudge *judge, gint64 row, GBytes **wkb, char **value, char **reason) {
    const GapLayerKind *layer = judge->load->kind;
    GapShapeKind kind;
    bool multi;
    double lon, lat;
    if (layer->geometry == GAP_NEEDS_NONE) {
        g_clear_pointer(wkb, g_bytes_unref);
        return true;
    }
    if (!*wkb)
        return layer->geometry == GAP_TAKES_LINE || refuse(reason, "has no geometry");
    // The way of millions: points that are stored as they come.
    const gsize plain = 21;
    if (layer->geometry == GAP_NEEDS_POINT && g_bytes_get_size(*wkb) == plain &&
        gap_wkb_kind(*wkb, &kind, &multi) && !multi && gap_wkb_read_point(*wkb, &lon, &lat))
        return judge_point(judge, lon, lat, value, reason);
    return take_shape(judge, row, wkb, value, reason);
}

void gap_shapes_tell(const GapShapeJudge *judge) {
    if (judge->inner)
        gap_load_note(judge->load,
                      "%" G_GINT64_FORMAT
                      " rows have a polygon where a point is wanted: taken is the point inside "
                      "that is farthest from the border (row %s%s)",
                      judge->inner, judge->inner_at->str,
                      judge->inner > MOST_ROWS_NAMED ? ", ..." : "");
}

void gap_shapes_clear(GapShapeJudge *judge) {
    if (judge->inner_at)
        g_string_free(judge->inner_at, TRUE);
    judge->inner_at = NULL;
}
