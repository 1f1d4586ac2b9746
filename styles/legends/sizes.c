// Circles by size: the scale that suits the data, and its legend.
#include "geo/base/error.h"
#include "geo/stats/stats.h"
#include "geo/text/text.h"
#include "styles/page.h"
#include "styles/panel.h"

#include <math.h>

enum { SHOWN_MAX = 3 };
static const char role[] = "legend";

/** The part of a layer's radius that grows with the data, or NULL. */
static GapExpr *scale_of(const GapStyleLayer *layer) {
    return layer->type == GAP_LAYER_CIRCLE
               ? gap_expr_find(layer->props[GAP_PROP_CIRCLE_RADIUS], "interpolate")
               : NULL;
}

/** The input with which circles are as large as they get. */
static double end_of(const GapExpr *scale) {
    GapContext none = {0};
    return gap_expr_number(gap_expr_argument(scale, gap_expr_size(scale) - 2), &none, NAN);
}

/** Least and greatest size of an expression, else of a column, over what the layer draws: of a
 *  change both ways have their circles. */
static bool range_of(GapMap *map, const GapStyleLayer *layer, const GapExpr *expr,
                     const char *column, double *low, double *high, GError **error) {
    const GapRows *rows = gap_map_rows(map, layer->source, error);
    for (size_t row = 0; rows && row < gap_table_rows(rows->table); row++) {
        GapContext c = gap_map_context(map, rows->table, row);
        if (!rows->shapes->pdata[row] || !gap_expr_holds(layer->filter, &c))
            continue;
        double value =
            fabs(expr ? gap_expr_number(expr, &c, NAN) : gap_cell_number(rows->table, row, column));
        if (!(value > 0) || isinf(value))
            continue;
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
    return rows != NULL;
}

/** Scales together what ends together: circles of two layers may be compared. */
static bool fit(GapMap *map, double end, GError **error) {
    g_autoptr(GPtrArray) scales = g_ptr_array_new();
    double low = INFINITY, high = 0;
    for (guint i = 0; i < map->style->layers->len; i++) {
        const GapStyleLayer *layer = map->style->layers->pdata[i];
        GapExpr *scale = scale_of(layer);
        if (!scale || end_of(scale) != end)
            continue;
        g_ptr_array_add(scales, scale);
        if (!range_of(map, layer, gap_expr_argument(scale, 0), NULL, &low, &high, error))
            return false;
    }
    bool suits = high == 0 || (high <= end && high >= end / 2);
    for (guint i = 0; !suits && i < scales->len; i++)
        gap_expr_scale_limits(scales->pdata[i], high / end);
    return true;
}

bool gap_sizes_from_data(GapMap *map, GError **error) {
    const json_t *panel = json_object_get(map->style->page, "panel");
    for (size_t i = 0; i < json_array_size(panel); i++) {
        const json_t *block = json_array_get(panel, i);
        const char *kind = json_string_value(json_object_get(block, "kind"));
        const char *id = json_string_value(json_object_get(block, "layer"));
        if (!kind || !id || !g_str_equal(kind, "sizes"))
            continue;
        const GapStyleLayer *layer = gap_style_layer(map->style, id);
        const GapExpr *scale = layer ? scale_of(layer) : NULL;
        if (scale && !fit(map, end_of(scale), error))
            return false;
    }
    return true;
}

/** Values to show, the largest first: those of the theme where they are of the order of the data,
 *  else round ones; the one there is where no round one lies among them. */
static size_t values_of(const json_t *given, double low, double high, double *value) {
    size_t n = MIN(json_array_size(given), SHOWN_MAX);
    double top = n ? json_number_value(json_array_get(given, n - 1)) : 0;
    if (top >= high / 4 && top <= high * 4) {
        for (size_t i = 0; i < n; i++)
            value[i] = json_number_value(json_array_get(given, n - 1 - i));
        return n;
    }
    n = 0;
    for (double v = gap_stats_round_down(high); v >= low && n < SHOWN_MAX;
         v = gap_stats_round_down(v / 5))
        value[n++] = v;
    if (!n)
        value[n++] = high;
    return n;
}

static double radius_of(GapMap *map, const GapStyleLayer *layer, const char *column, double value) {
    GapContext c = gap_map_context(map, NULL, 0);
    c.given = column;
    c.given_value = value;
    return gap_map_circle(map, layer, &c);
}

/** "20,000", or "up to 20,000" where circles get no smaller. */
static char *size_text(const GapMap *map, double value, bool least) {
    int decimals = value < 1 ? (int)CLAMP(ceil(-log10(value)), 0, 9) : 0;
    if (!least)
        return gap_format_number(value, decimals, map->lang);
    for (const GapMap *in = map; in; in = in->other)
        gap_map_put(in, "limit", gap_format_number(value, decimals, in->lang), NAN);
    return gap_map_say(map, "up_to");
}

/** Circles in one another, standing on one line, their values at their tops. */
static void draw_circles(GapMap *map, const GapStyleLayer *layer, const char *column,
                         const double *value, size_t n) {
    double top = 0, below = -INFINITY;
    bool least = false;
    for (size_t i = 0; i < n && !least; i++) {
        double r = radius_of(map, layer, column, value[i]);
        least = r <= radius_of(map, layer, column, value[i] / 4);
        top = MAX(top, r);
        double x = map->panel_x + top, y = map->panel_y + 10 + 2 * top;
        gap_scene_add(map->scene,
                      (GapItem){GAP_ITEM_CIRCLE, role, layer->id, .x = x, .y = y - r, .r = r,
                                .fill = {1, 1, 1, 0.5}, .stroke = GAP_GREY, .width = 1.2});
        double line = MAX(y - 2 * r, below);
        g_autofree char *text = size_text(map, value[i], least);
        GapTextLook look = {.size = 18, .colour = GAP_INK};
        gap_scene_line(map->scene, role, layer->id, x, y - 2 * r, x + top + 14, line, GAP_GREY, 1);
        gap_scene_text(map->scene, map->fonts, role, layer->id, text, &look, x + top + 18,
                       line - 13);
        below = line + 25;
    }
    map->panel_y = MAX(map->panel_y + 14 + 2 * top, below - 6);
}

bool gap_block_sizes(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *id, *title, *column;
    json_t *given = NULL;
    double low = INFINITY, high = 0, value[SHOWN_MAX];
    if (!gap_block_read(json, "sizes", error, "{s:s, s:s, s:s, s:s, s?:o}", "kind", &kind, "layer",
                        &id, "title", &title, "column", &column, "values", &given))
        return false;
    const GapStyleLayer *layer = gap_panel_layer(map, id, error);
    if (!layer || !range_of(map, layer, NULL, column, &low, &high, error))
        return false;
    if (high == 0)
        return true; // a legend of nothing would only puzzle
    gap_panel_heading(map, role, title);
    draw_circles(map, layer, column, value, values_of(given, low, high, value));
    return true;
}
