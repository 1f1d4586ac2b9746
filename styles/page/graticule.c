#include "styles/page/graticule.h"

#include "geo/shape/geodesic.h"
#include "geo/text/text.h"
#include "styles/page.h"

#include <math.h>

enum { POINTS = 65, LINES_MAX = 400 };
static const char role[] = "graticule";
static const GapColour line_colour = {0.36, 0.42, 0.5, 0.75}, halo = {1, 1, 1, 0.9};

/** Degrees of a place in the frame; false where the plane ends. */
static bool place(const GapMap *map, const GapView *v, double x, double y, double lonlat[2]) {
    lonlat[0] = v->west_m + (x - v->frame.min_x) / v->scale;
    lonlat[1] = v->north_m - (y - v->frame.min_y) / v->scale;
    return gap_projection_inverse(map->plane, lonlat, 1, NULL);
}

/** Degrees that the frame shows, looked for along its edges. */
static GapBox degrees_shown(const GapMap *map, const GapView *v) {
    GapBox b = GAP_BOX_EMPTY, f = v->frame;
    for (int i = 0; i < POINTS; i++) {
        double t = (double)i / (POINTS - 1), x = f.min_x + t * (f.max_x - f.min_x);
        double y = f.min_y + t * (f.max_y - f.min_y), p[2];
        const double edge[4][2] = {{x, f.min_y}, {x, f.max_y}, {f.min_x, y}, {f.max_x, y}};
        for (int k = 0; k < 4; k++)
            if (place(map, v, edge[k][0], edge[k][1], p))
                gap_box_add(&b, (GapBox){p[0], p[1], p[0], p[1]});
    }
    return b;
}

/** The widest of the usual steps that gives at least three lines. */
static double step_for(double degrees) {
    static const double steps[] = {30, 15, 10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01};
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
        if (degrees / steps[i] >= 3)
            return steps[i];
    return steps[G_N_ELEMENTS(steps) - 1];
}

static void write_degrees(GapMap *map, const GapView *v, double degrees, double step,
                          GapAlign align, double x, double y) {
    int decimals = step >= 1 ? 0 : step >= 0.5 ? 1 : 2;
    g_autofree char *number = gap_format_number(degrees, decimals, map->lang);
    g_autofree char *text = g_strconcat(number, "°", NULL);
    GapTextLook look = {
        .size = 18, .colour = {0.22, 0.27, 0.34, 1}, .align = align, .halo = halo, .halo_width = 2};
    GapItem *item = gap_scene_text(map->scene, map->fonts, role, role, text, &look, x, y);
    GapBox b = item->box, f = v->frame;
    item->frame = v->number;
    if (b.min_x < f.min_x || b.max_x > f.max_x || b.max_y > f.max_y)
        g_array_set_size(map->scene->items, map->scene->items->len - 1);
    else
        gap_labels_avoid(map->labels, b, INFINITY);
}

/** The line through the given degrees, and its number where it meets the upper or left edge. */
static bool draw_line(GapMap *map, const GapView *v, bool meridian, double at, GapBox shown,
                      double step, GError **error) {
    double xy[2 * POINTS];
    uint32_t part[] = {0, 1}, ring[] = {0, POINTS};
    for (int i = 0; i < POINTS; i++) {
        double t = (double)i / (POINTS - 1);
        xy[2 * i] = meridian ? at : shown.min_x + t * (shown.max_x - shown.min_x);
        xy[2 * i + 1] = meridian ? shown.min_y + t * (shown.max_y - shown.min_y) : at;
    }
    if (!gap_projection_forward(map->plane, xy, POINTS, error))
        return false;
    for (int i = 0; i < POINTS; i++)
        gap_view_point(v, xy[2 * i], xy[2 * i + 1], &xy[2 * i], &xy[2 * i + 1]);
    GapGeometry line = {GAP_SHAPE_LINE, 1, 1, POINTS, part, ring, xy};
    gap_scene_add(map->scene,
                  (GapItem){GAP_ITEM_PATH, role, (char *)role, v->number, .stroke = line_colour,
                            .width = 1, .path = gap_geometry_copy(&line)});
    GapBox f = v->frame;
    for (int i = 1; i < POINTS; i++) {
        double x1 = xy[2 * i - 2], y1 = xy[2 * i - 1], x2 = xy[2 * i], y2 = xy[2 * i + 1];
        if (meridian && (y1 - f.min_y) * (y2 - f.min_y) <= 0 && y1 != y2) {
            double x = x1 + (x2 - x1) * (f.min_y - y1) / (y2 - y1);
            write_degrees(map, v, at, step, GAP_ALIGN_CENTRE, x, f.min_y + 2);
            break;
        }
        if (!meridian && (x1 - f.min_x) * (x2 - f.min_x) <= 0 && x1 != x2) {
            double y = y1 + (y2 - y1) * (f.min_x - x1) / (x2 - x1);
            write_degrees(map, v, at, step, GAP_ALIGN_LEFT, f.min_x + 6, y - 13);
            break;
        }
    }
    return true;
}

bool gap_graticule_draw(GapMap *map, const GapView *view, GError **error) {
    GapBox shown = degrees_shown(map, view);
    for (int meridian = 1; meridian >= 0; meridian--) {
        double low = meridian ? shown.min_x : shown.min_y;
        double high = meridian ? shown.max_x : shown.max_y, step = step_for(high - low);
        double first = ceil(low / step);
        for (int i = 0; i < LINES_MAX && (first + i) * step < high; i++)
            if (!draw_line(map, view, meridian, (first + i) * step, shown, step, error))
                return false;
    }
    return true;
}

/** Clockwise angle from up to north at a place of the frame, radians; NAN where the plane ends. */
static double north_at(const GapMap *map, const GapView *v, double x, double y) {
    double p[2], x1, y1, x2, y2, xy[4];
    if (!place(map, v, x, y, p))
        return NAN;
    xy[0] = xy[2] = p[0];
    xy[1] = p[1] - 0.01;
    xy[3] = p[1] + 0.01;
    if (!gap_projection_forward(map->plane, xy, 2, NULL))
        return NAN;
    gap_view_point(v, xy[0], xy[1], &x1, &y1);
    gap_view_point(v, xy[2], xy[3], &x2, &y2);
    return atan2(x2 - x1, y1 - y2);
}

bool gap_north_arrow_shown(const GapMap *map, const GapView *v) {
    double middle = (v->frame.min_y + v->frame.max_y) / 2;
    double west = north_at(map, v, v->frame.min_x, middle);
    return fabs(north_at(map, v, v->frame.max_x, middle) - west) < 3 * G_PI / 180;
}

void gap_north_arrow_draw(GapMap *map, const GapView *v, double x, double y) {
    static const double shape[] = {0, -26, 10, 14, 0, 6, -10, 14};
    GapBox f = v->frame;
    double middle = (f.min_y + f.max_y) / 2;
    double angle = north_at(map, v, (f.min_x + f.max_x) / 2, middle), xy[8];
    if (!gap_north_arrow_shown(map, v))
        return;
    for (size_t i = 0; i < 8; i += 2) {
        xy[i] = x + 20 + shape[i] * cos(angle) - shape[i + 1] * sin(angle);
        xy[i + 1] = y + 52 + shape[i] * sin(angle) + shape[i + 1] * cos(angle);
    }
    GapItem *arrow = gap_scene_polygon(map->scene, "north", "north", xy, 4);
    arrow->fill = GAP_INK;
    arrow->stroke = (GapColour){1, 1, 1, 0.9};
    arrow->width = 1.5;
    GapTextLook look = {.size = 20,
                        .bold = true,
                        .colour = GAP_INK,
                        .align = GAP_ALIGN_CENTRE,
                        .halo = halo,
                        .halo_width = 4};
    g_autofree char *letter = gap_map_say_first(map, "north");
    gap_scene_text(map->scene, map->fonts, "north", "north", letter, &look, x + 20, y - 4);
}

static double scale_error(const GapMap *map, const GapView *v) {
    GapBox f = v->frame;
    double middle = 0, most = 0;
    for (int i = -1; i < 25; i++) { // the middle first
        int col = i < 0 ? 2 : i % 5, row = i < 0 ? 2 : i / 5;
        double x = f.min_x + (f.max_x - f.min_x) * col / 4, a[2], b[2];
        double y = f.min_y + (f.max_y - f.min_y) * row / 4;
        for (int down = 0; down < 2; down++) {
            if (!place(map, v, x - (down ? 0 : 5), y - (down ? 5 : 0), a) ||
                !place(map, v, x + (down ? 0 : 5), y + (down ? 5 : 0), b))
                continue;
            double metres = gap_geodesic_distance_m(a[0], a[1], b[0], b[1]);
            if (i < 0 && !down)
                middle = metres;
            else if (middle > 0)
                most = fmax(most, fabs(metres / middle - 1));
        }
    }
    return most;
}

void gap_scale_error_tell(GapMap *map, const GapView *view) {
    double most = ceil(scale_error(map, view) * 1000) / 1000;
    for (const GapMap *page = map; page; page = page->other)
        gap_map_put(page, "scale_error", gap_format_percent(most, 1, page->lang), most);
}
