// Where in the country the main map lies.
#include "styles/page.h"
#include "styles/part/borders.h"
#include "styles/part/part.h"

static const char role[] = "locator", id[] = "locator";
static const double gap = 12, pad = 8, widest = 250, highest = 170; // on a slide

static double scale_of(const GapMap *map) {
    GapBox e = map->extent;
    return gap_layout_symbols(map->layout) *
           MIN(widest / (e.max_x - e.min_x), highest / (e.max_y - e.min_y));
}

bool gap_locator_place(GapMap *map, const GapView *view) {
    GapBox e = map->extent, f = map->layout->map;
    double scale = scale_of(map);
    double w = (e.max_x - e.min_x) * scale + 2 * pad, h = (e.max_y - e.min_y) * scale + 2 * pad;
    double left = f.min_x + gap, right = f.max_x - gap - w, top = f.min_y + gap,
           bottom = f.max_y - gap - h;
    const double corners[][2] = {{right, bottom}, {right, top}, {left, top}};
    for (size_t i = 0; i < G_N_ELEMENTS(corners); i++) {
        double x = corners[i][0], y = corners[i][1];
        map->locator = (GapBox){x, y, x + w, y + h};
        if (!gap_part_hidden_by(map, view, map->locator))
            return true;
    }
    map->locator = (GapBox){right, bottom, right + w, bottom + h};
    return false;
}

/** The frame of the main map within the small one, never too small to be seen. */
static void draw_mark(GapMap *map, const GapView *main_view, const GapView *small) {
    const GapColour red = {0.7, 0.15, 0.12, 1};
    double x1, y1, x2, y2, least = 9;
    GapBox f = main_view->frame;
    double w = (f.max_x - f.min_x) / main_view->scale, h = (f.max_y - f.min_y) / main_view->scale;
    gap_view_point(small, main_view->west_m, main_view->north_m, &x1, &y1);
    gap_view_point(small, main_view->west_m + w, main_view->north_m - h, &x2, &y2);
    double wider = MAX(least - (x2 - x1), 0) / 2, higher = MAX(least - (y2 - y1), 0) / 2;
    GapBox mark = {x1 - wider, y1 - higher, x2 + wider, y2 + higher};
    GapGeometry *part = map->outline ? gap_view_shape(small, map->outline) : NULL;
    if (part)
        gap_scene_add(map->scene, (GapItem){GAP_ITEM_PATH, role, (char *)"here", small->number,
                                            .fill = {0.7, 0.15, 0.12, 0.55}, .stroke = red,
                                            .width = 1.2, .path = part});
    if (!part || x2 - x1 < least || y2 - y1 < least)
        gap_scene_rect(map->scene, role, "here", mark, (GapColour){0.7, 0.15, 0.12, 0.15}, red, 2)
            ->frame = small->number;
}

bool gap_locator_draw(GapMap *map, const GapView *view, GError **error) {
    const char *land = gap_style_source(map->style, "country")     ? "country"
                       : gap_style_source(map->style, "provinces") ? "provinces"
                                                                   : NULL;
    const GapRows *rows = land ? gap_map_rows(map, land, error) : NULL;
    GapBox box = map->locator;
    double scale = scale_of(map);
    if (!rows)
        return !land; // a style that draws no country has no locator
    GapView small = {
        box, 0, scale, map->extent.min_x - pad / scale, map->extent.max_y + pad / scale, true};
    gap_scene_rect(map->scene, role, id, box, (GapColour){0.925, 0.914, 0.886, 1}, (GapColour){0},
                   0);
    small.number = gap_scene_add_frame(map->scene, "locator", box);
    for (guint i = 0; i < rows->shapes->len; i++) {
        GapGeometry *shape =
            rows->shapes->pdata[i] ? gap_view_shape(&small, rows->shapes->pdata[i]) : NULL;
        if (shape)
            gap_scene_add(map->scene, (GapItem){GAP_ITEM_PATH, role, (char *)id, small.number,
                                                .fill = {1, 1, 1, 1}, .stroke = GAP_GREY,
                                                .width = 1, .path = shape});
    }
    gap_borders_draw_small(map, &small, role, 0.4);
    draw_mark(map, view, &small);
    gap_scene_rect(map->scene, role, id, box, (GapColour){0}, GAP_GREY, 1.4);
    return true;
}
