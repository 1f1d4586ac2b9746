// The legend of two measures at once: a row for each label of a match, a column for each class of
// the steps that are its outputs, read from the very expression that colours the map.
#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/classes.h"
#include "styles/page.h"
#include "styles/panel.h"

#include <math.h>

enum { ROWS_MAX = 6, COLUMNS_MAX = 5 };
static const char role[] = "legend";
static const double cell_w = 52, axis = 24, apart_gap = 9;

typedef struct {
    const char *label;
    GapExpr *step;
    GapClass classes[COLUMNS_MAX];
    unsigned count[COLUMNS_MAX]; /**< areas in each cell */
} Row;

typedef struct {
    const char *id, *title, *across, *up, *words, *apart, *format;
    GapStyleLayer *layer;
    GapExpr *match;
    Row rows[ROWS_MAX]; /**< as the match has them: the lowest first */
    size_t n_rows, n_columns;
    unsigned no_data;
} Square;

static GapProperty colour_of(const GapStyleLayer *layer) {
    return layer->type == GAP_LAYER_CIRCLE ? GAP_PROP_CIRCLE_COLOR : GAP_PROP_FILL_COLOR;
}

/** Classes of the row, which must be those of the first one. */
static bool read_row(Square *s, size_t i, GError **error) {
    Row *row = &s->rows[s->n_rows++];
    GapClass all[GAP_CLASSES_MAX];
    row->label = gap_expr_string(gap_expr_argument(s->match, i), &(GapContext){0});
    row->step = gap_expr_find(gap_expr_argument(s->match, i + 1), "step");
    size_t n = row->step ? gap_classes_read(row->step, all) : 0;
    if (!row->label || n < 2 || n > COLUMNS_MAX)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "block 'square': each label of the match of layer '%.60s' wants a step of "
                        "2 to %d colours",
                        s->id, COLUMNS_MAX);
    s->n_columns = n;
    for (size_t k = 0; k < n; k++) {
        row->classes[k] = all[k];
        if (s->n_rows > 1 && all[k].from != s->rows[0].classes[k].from)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "block 'square': the steps of layer '%.60s' have different limits",
                            s->id);
    }
    return true;
}

static bool read_square(GapMap *map, const json_t *json, Square *s, GError **error) {
    const char *kind;
    if (!gap_block_read(json, "square", error, "{s:s, s:s, s:s, s:s, s:s, s:s, s?:s, s?:s}", "kind",
                        &kind, "layer", &s->id, "title", &s->title, "across", &s->across, "up",
                        &s->up, "words", &s->words, "apart", &s->apart, "format", &s->format) ||
        !(s->layer = gap_panel_layer(map, s->id, error)))
        return false;
    s->match = gap_expr_find(s->layer->props[colour_of(s->layer)], "match");
    size_t n = s->match ? gap_expr_size(s->match) / 2 - 1 : 0;
    if (n < 1 || n > ROWS_MAX)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "block 'square': layer '%.60s' is not coloured by a match of 1 to %d "
                        "labels",
                        s->id, ROWS_MAX);
    for (size_t i = 0; i < n; i++)
        if (!read_row(s, 2 * i + 1, error))
            return false;
    return true;
}

static void count_area(Square *s, const GapContext *c) {
    const char *label = gap_expr_string(gap_expr_argument(s->match, 0), c);
    for (size_t i = 0; label && i < s->n_rows; i++) {
        Row *row = &s->rows[i];
        if (!g_str_equal(row->label, label))
            continue;
        double value = gap_expr_number(gap_expr_argument(row->step, 0), c, NAN);
        s->no_data += isnan(value);
        for (size_t k = 0; k < s->n_columns; k++)
            row->count[k] += value >= row->classes[k].from && value < row->classes[k].to;
    }
}

/** All areas of the source, drawn as areas or by another layer as circles. */
static bool count_areas(GapMap *map, Square *s, GError **error) {
    const GapRows *rows = gap_map_rows(map, s->layer->source, error);
    for (size_t row = 0; rows && row < gap_table_rows(rows->table); row++) {
        GapContext c = gap_map_context(map, rows->table, row);
        count_area(s, &c);
    }
    return rows != NULL;
}

/** Black or white, whichever stands out more: WCAG 2.2, relative luminance. */
static GapColour ink_on(GapColour fill) {
    return gap_colour_luminance(fill) > 0.179 ? (GapColour){0, 0, 0, 1} : (GapColour){1, 1, 1, 1};
}

static void put_text(GapMap *map, const char *text, GapAlign align, double x, double y,
                     GapColour colour) {
    GapTextLook look = {.size = 18, .colour = colour, .align = align};
    gap_scene_text(map->scene, map->fonts, role, "square", text, &look, x, y);
}

/** Lower where the panel is full, higher where labels in two languages stand beside it. */
static double cell_height(const GapMap *map) {
    return map->other ? 54 : 40 - 2 * MIN(map->tight, 6);
}

static void draw_row(GapMap *map, const Square *s, const Row *row, double left, double top) {
    const double cell_h = cell_height(map);
    const GapColour edge = {0.6, 0.58, 0.55, 1};
    for (size_t k = 0; k < s->n_columns; k++) {
        double x = left + cell_w * (double)k;
        GapColour fill = row->classes[k].colour;
        g_autofree char *count = gap_format_number(row->count[k], 0, map->lang);
        gap_scene_rect(map->scene, role, s->layer->id, (GapBox){x, top, x + cell_w, top + cell_h},
                       fill, edge, 0.8);
        put_text(map, row->count[k] ? count : "–", GAP_ALIGN_CENTRE, x + cell_w / 2,
                 top + cell_h / 2 - 13, ink_on(fill));
    }
    double x = left + cell_w * (double)s->n_columns + 10;
    GapTextLook look = {.size = 18, .colour = GAP_INK, .wrap = map->panel_x + map->panel_width - x};
    const char *label = gap_map_word(map, s->words, row->label);
    double w, h;
    gap_fonts_measure(map->fonts, label, &look, &w, &h);
    gap_scene_text(map->scene, map->fonts, role, "square", label, &look, x,
                   top + cell_h / 2 - h / 2);
}

/** An arrow from one end of an axis to the other. */
static void draw_arrow(GapMap *map, double x1, double y1, double x2, double y2) {
    double length = hypot(x2 - x1, y2 - y1), ux = (x2 - x1) / length, uy = (y2 - y1) / length;
    double bx = x2 - 11 * ux, by = y2 - 11 * uy;
    double head[] = {x2, y2, bx - 6 * uy, by + 6 * ux, bx + 6 * uy, by - 6 * ux};
    gap_scene_line(map->scene, role, "square", x1, y1, bx, by, GAP_GREY, 2);
    gap_scene_polygon(map->scene, role, "square", head, 3)->fill = GAP_GREY;
}

/** The limits of the classes where columns meet; shares go from 0 to 1. */
static void draw_limits(GapMap *map, const Square *s, double left, double top) {
    bool percent = g_strcmp0(s->format, "percent") == 0;
    for (size_t k = 0; k <= s->n_columns; k++) {
        double limit = k < s->n_columns ? s->rows[0].classes[k].from : INFINITY;
        if (percent && isinf(limit))
            limit = limit > 0;
        if (isinf(limit))
            continue;
        g_autofree char *text = percent ? gap_format_percent(limit, 0, map->lang)
                                        : gap_format_number(limit, 0, map->lang);
        put_text(map, text, GAP_ALIGN_CENTRE, left + cell_w * (double)k, top, GAP_INK);
    }
}

static void draw_square(GapMap *map, const Square *s) {
    double left = map->panel_x + axis, y = map->panel_y + 6, top = y, foot = y;
    double right = left + cell_w * (double)s->n_columns;
    for (size_t i = s->n_rows; i-- > 0;) {
        if (g_strcmp0(s->rows[i].label, s->apart) == 0)
            continue;
        draw_row(map, s, &s->rows[i], left, y);
        foot = y += cell_height(map);
    }
    for (size_t i = 0; i < s->n_rows; i++)
        if (g_strcmp0(s->rows[i].label, s->apart) == 0) {
            draw_row(map, s, &s->rows[i], left, y += apart_gap);
            y += cell_height(map);
        }
    draw_arrow(map, map->panel_x + 8, foot, map->panel_x + 8, top);
    draw_limits(map, s, left, y + 1);
    draw_arrow(map, left, y + 32, right, y + 32);
    map->panel_y = y + 38;
}

bool gap_block_square(GapMap *map, const json_t *json, GError **error) {
    Square s = {0};
    if (!read_square(map, json, &s, error) || !count_areas(map, &s, error))
        return false;
    g_autofree char *across = gap_map_say(map, s.across), *up = gap_map_say(map, s.up);
    gap_panel_heading(map, role, s.title);
    gap_panel_text(map, role, up, 0, 18);
    draw_square(map, &s);
    gap_panel_text(map, role, across, 0, 18);
    g_autofree char *sides = gap_map_say(map, "lower_included");
    gap_panel_text(map, role, sides, 0, 18);
    if (s.no_data) {
        g_autofree char *count = gap_format_number(s.no_data, 0, map->lang);
        g_autofree char *none = gap_map_say(map, "no_data");
        g_autofree char *text = g_strdup_printf("%s (%s)", none, count);
        map->panel_y += 4;
        GapItem *item = gap_panel_sample(map, s.layer, (GapColour){1, 1, 1, 1});
        item->hatch = GAP_HATCH_UP;
        item->hatch_colour = gap_hatch_colour((GapColour){1, 1, 1, 1});
        gap_panel_sample_text(map, text);
    }
    return true;
}
