// Legends: read from the layers that they explain, so that they cannot say otherwise.
#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/classes.h"
#include "styles/page.h"
#include "styles/panel.h"
#include "styles/part/part.h"
#include "styles/speech/both.h"
#include "styles/style_properties.h"
#include "styles/symbol.h"

#include <math.h>
#include <string.h>

static const double sample_width = GAP_SAMPLE_WIDTH, sample_height = GAP_SAMPLE_HEIGHT;
static const char role[] = "legend";
static const GapColour white = {1, 1, 1, 1};

static GapProperty colour_property(const GapStyleLayer *layer) {
    return layer->type == GAP_LAYER_CIRCLE ? GAP_PROP_CIRCLE_COLOR : GAP_PROP_FILL_COLOR;
}

GapItem *gap_panel_sample(GapMap *map, const GapStyleLayer *layer, GapColour fill) {
    double x = map->panel_x, y = map->panel_y + 3;
    if (layer->type == GAP_LAYER_CIRCLE)
        return gap_scene_add(map->scene,
                             (GapItem){GAP_ITEM_CIRCLE, role, layer->id, .x = x + sample_width / 2,
                                       .y = y + sample_height / 2, .r = 11, .fill = fill,
                                       .stroke = GAP_GREY, .width = 1});
    return gap_scene_rect(map->scene, role, layer->id,
                          (GapBox){x, y, x + sample_width, y + sample_height}, fill, GAP_GREY, 1);
}

void gap_panel_sample_text(GapMap *map, const char *text) {
    double height = gap_panel_text(map, role, text, GAP_SAMPLE_INDENT, map->tight ? 18 : 19);
    map->panel_y += MAX(29 - map->tight - height, 0);
}

static void no_data_sample(GapMap *map, const GapStyleLayer *layer) {
    g_autofree char *text = gap_map_say(map, "no_data");
    GapItem *item = gap_panel_sample(map, layer, white);
    item->hatch = GAP_HATCH_UP;
    item->hatch_colour = gap_hatch_colour(white);
    gap_panel_sample_text(map, text);
}

/** Whether the main map shows any of the line; pieces of it are short beside the map. */
static bool is_in_sight(const GapMap *map, const GapGeometry *line) {
    const GapBox all = map->shown;
    bool none = all.min_x >= all.max_x; // small multiples show the country
    for (uint32_t r = 0; r < line->n_rings && !none; r++)
        for (uint32_t i = line->ring[r]; i + 1 < line->ring[r + 1]; i++) {
            const double *p = line->xy + 2 * (size_t)i;
            if (gap_box_overlaps(
                    (GapBox){MIN(p[0], p[2]), MIN(p[1], p[3]), MAX(p[0], p[2]), MAX(p[1], p[3])},
                    all))
                return true;
        }
    return none;
}

/** Whether the layer draws any row: a legend of nothing would only puzzle. */
static bool draws_rows(GapMap *map, const GapStyleLayer *layer) {
    const GapRows *rows = layer->source ? gap_map_rows(map, layer->source, NULL) : NULL;
    for (size_t row = 0; rows && row < gap_table_rows(rows->table); row++) {
        GapContext c = gap_map_context(map, rows->table, row);
        const GapGeometry *shape = rows->shapes->pdata[row];
        if (shape && gap_expr_holds(layer->filter, &c) &&
            (layer->type != GAP_LAYER_LINE || is_in_sight(map, shape)))
            return true;
    }
    return false;
}

/** By which method the classes were made, and how well they fit. */
static bool fit_line(GapMap *map, const GapStyleLayer *layer, GError **error) {
    g_autofree char *text = NULL;
    if (!gap_class_fit_text(map, layer, &text, error))
        return false;
    if (text)
        gap_panel_text(map, role, text, 0, 18);
    return true;
}

static bool read_format(const char *name, GapClassFormat *format, GError **error) {
    static const char *const formats[] = {"number", "percent", "points", NULL};
    for (size_t i = 0; formats[i]; i++)
        if (g_str_equal(formats[i], name)) {
            *format = (GapClassFormat)i;
            return true;
        }
    return gap_fail(error, GAP_ERROR_INPUT,
                    "format: '%.60s' is none; number, percent or points is wanted", name);
}

/** Classes of a layer; of another one, `instead`, where the layer draws nothing. */
bool gap_block_classes(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *id, *title, *format_name = "number", *instead = NULL;
    GapClassFormat format = GAP_CLASS_NUMBER;
    int no_data = 0, fit = 0;
    if (!gap_block_read(json, "classes", error, "{s:s, s:s, s:s, s?:s, s?:b, s?:s, s?:b}", "kind",
                        &kind, "layer", &id, "title", &title, "format", &format_name, "no_data",
                        &no_data, "instead", &instead, "fit", &fit) ||
        !read_format(format_name, &format, error))
        return false;
    GapStyleLayer *layer = gap_panel_layer(map, id, error);
    if (layer && instead && !draws_rows(map, layer))
        layer = gap_panel_layer(map, instead, error);
    GapExpr *step = layer ? gap_expr_find(layer->props[colour_property(layer)], "step") : NULL;
    if (!step)
        return layer &&
               gap_fail(error, GAP_ERROR_INPUT, "layer '%.60s' is not coloured by step", id);
    GapClass classes[GAP_CLASSES_MAX];
    size_t n = gap_classes_read(step, classes);
    gap_panel_heading(map, role, title);
    for (size_t i = n; i-- > 0;) {
        g_autofree char *text = gap_class_text(map, classes[i], format);
        gap_panel_sample(map, layer, classes[i].colour);
        gap_panel_sample_text(map, text);
    }
    if (no_data)
        no_data_sample(map, layer);
    if (n > 1) {
        g_autofree char *sides = map->tight > 4 ? gap_map_say_first(map, "lower_included")
                                                : gap_map_say(map, "lower_included");
        gap_panel_text(map, role, sides, 0, 18);
    }
    return !fit || map->data->part || fit_line(map, layer, error); // the fit of the country
}

/** Whether a row is of the part that the page is of: dots are made all over, other rows are its
 *  own. */
static bool is_of_page(const GapMap *map, const GapRows *rows, size_t row) {
    return !map->data->part || !rows->own ||
           gap_part_holds(map->data->part, rows->table, row, "area");
}

/** How many rows of the layer's source have `label` as the input of its match, drawn or not: an
 * area whose circle has no size still stands on its step. */
static unsigned count_label(GapMap *map, const GapStyleLayer *layer, const GapExpr *match,
                            const char *label) {
    const GapRows *rows = gap_map_rows(map, layer->source, NULL);
    unsigned n = 0;
    for (size_t row = 0; rows && row < gap_table_rows(rows->table); row++) {
        GapContext c = gap_map_context(map, rows->table, row);
        const char *value = gap_expr_string(gap_expr_argument(match, 0), &c);
        n += value && g_str_equal(value, label) && is_of_page(map, rows, row);
    }
    return n;
}

static void category(GapMap *map, const GapStyleLayer *layer, const GapExpr *match, size_t i,
                     const GapExpr *hatch_match, const char *words) {
    GapContext none = {0};
    const char *label = gap_expr_string(gap_expr_argument(match, i), &none);
    if (!label)
        return;
    g_autofree char *count = gap_format_number(count_label(map, layer, match, label), 0, map->lang);
    g_autofree char *text = g_strdup_printf("%s (%s)", gap_map_word(map, words, label), count);
    GapItem *item = gap_panel_sample(
        map, layer, gap_expr_colour(gap_expr_argument(match, i + 1), &none, white));
    for (size_t k = 1; hatch_match && k + 1 < gap_expr_size(hatch_match); k += 2) {
        const char *name = gap_expr_string(gap_expr_argument(hatch_match, k), &none);
        if (name && g_str_equal(name, label))
            item->hatch =
                gap_hatch_by_name(gap_expr_string(gap_expr_argument(hatch_match, k + 1), &none));
    }
    item->hatch_colour = gap_hatch_colour(item->fill);
    gap_panel_sample_text(map, text);
}

bool gap_block_categories(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *id, *title, *words;
    if (!gap_block_read(json, "categories", error, "{s:s, s:s, s:s, s:s}", "kind", &kind, "layer",
                        &id, "title", &title, "words", &words))
        return false;
    GapStyleLayer *layer = gap_panel_layer(map, id, error);
    GapExpr *match = layer ? gap_expr_find(layer->props[colour_property(layer)], "match") : NULL;
    if (!match)
        return layer &&
               gap_fail(error, GAP_ERROR_INPUT, "layer '%.60s' is not coloured by match", id);
    gap_panel_heading(map, role, title);
    for (size_t i = 1; i + 1 < gap_expr_size(match); i += 2)
        category(map, layer, match, i, gap_expr_find(layer->hatch, "match"), words);
    return true;
}

static void key_sample(GapMap *map, const GapStyleLayer *layer) {
    GapContext c = gap_map_context(map, NULL, 0);
    double x = map->panel_x, y = map->panel_y + 3 + sample_height / 2;
    if (layer->type == GAP_LAYER_SYMBOL) {
        gap_symbol_add(map->scene, role, layer->id, 0,
                       gap_expr_string(layer->props[GAP_PROP_ICON_IMAGE], &c), x + sample_width / 2,
                       y, 14 * gap_layer_number(layer, GAP_PROP_ICON_SIZE, &c),
                       gap_layer_colour(layer, GAP_PROP_ICON_COLOR, &c), false);
        return;
    }
    if (layer->type == GAP_LAYER_LINE) {
        GapItem *line = gap_scene_line(map->scene, role, layer->id, x, y, x + sample_width, y,
                                       gap_layer_colour(layer, GAP_PROP_LINE_COLOR, &c),
                                       gap_layer_number(layer, GAP_PROP_LINE_WIDTH, &c));
        for (size_t i = 0; i < GAP_DASHES; i++)
            line->dash[i] = layer->dash[i] * line->width;
        return;
    }
    double opacity =
        layer->type == GAP_LAYER_FILL ? gap_layer_number(layer, GAP_PROP_FILL_OPACITY, &c) : 1;
    GapColour fill = gap_layer_colour(layer, colour_property(layer), &c);
    GapItem *item = gap_panel_sample(map, layer, gap_colour_fade(fill, opacity));
    g_autofree char *edge_id = g_strconcat(layer->id, "-edge", NULL);
    const GapStyleLayer *edge = gap_style_layer(map->style, edge_id);
    if (edge && edge->type == GAP_LAYER_LINE) {
        item->stroke = gap_layer_colour(edge, GAP_PROP_LINE_COLOR, &c);
        item->width = gap_layer_number(edge, GAP_PROP_LINE_WIDTH, &c);
    }
}

bool gap_block_keys(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *title = NULL;
    json_t *items, *item;
    size_t i;
    if (!gap_block_read(json, "keys", error, "{s:s, s?:s, s:o}", "kind", &kind, "title", &title,
                        "items", &items))
        return false;
    if (title)
        gap_panel_heading(map, role, title);
    json_array_foreach(items, i, item) {
        const char *id, *word;
        if (!gap_block_read(item, "keys", error, "{s:s, s:s}", "layer", &id, "word", &word))
            return false;
        const GapStyleLayer *layer = gap_panel_layer(map, id, error);
        if (!layer)
            return false;
        if (layer->type == GAP_LAYER_RASTER || layer->type == GAP_LAYER_HILLSHADE)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "keys: layer '%.60s' is of type %s, of which no sample can be shown",
                            id, gap_layer_types[layer->type]);
        if (layer->type == GAP_LAYER_LINE && !draws_rows(map, layer))
            continue;
        map->scene->building = GPOINTER_TO_UINT(g_hash_table_lookup(map->built, id));
        g_autofree char *text = gap_map_say(map, word);
        key_sample(map, layer);
        gap_panel_sample_text(map, text);
    }
    return true;
}

/** Rows of one kind: the first that is exactly placed and the first that is hollow, plus one. */
typedef struct {
    size_t first[2];
} IconRows;

/** Which kinds a layer's rows show, by icon. */
static GHashTable *icons_shown(GapMap *map, const GapStyleLayer *layer, const GapRows *rows) {
    GHashTable *shown = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (size_t row = 0; row < gap_table_rows(rows->table); row++) {
        GapContext c = gap_map_context(map, rows->table, row);
        const char *icon = gap_expr_string(layer->props[GAP_PROP_ICON_IMAGE], &c);
        const GapGeometry *at = rows->shapes->pdata[row];
        if (!icon || !at || !gap_expr_holds(layer->filter, &c) ||
            !gap_box_overlaps(gap_geometry_box(at), map->shown))
            continue;
        IconRows *of = g_hash_table_lookup(shown, icon);
        if (!of)
            g_hash_table_insert(shown, (gpointer)icon, of = g_new0(IconRows, 1));
        size_t *first = &of->first[layer->hollow && gap_expr_holds(layer->hollow, &c)];
        *first = *first ? *first : row + 1;
    }
    return shown;
}

/** A line for the kind of row `row`, in that row's colour. */
static void icon_line(GapMap *map, const GapStyleLayer *layer, const GapTable *table, size_t row,
                      const char *icon, const char *text, bool hollow) {
    GapContext c = gap_map_context(map, table, row);
    gap_symbol_add(map->scene, role, layer->id, 0, icon, map->panel_x + sample_width / 2,
                   map->panel_y + 3 + sample_height / 2, 16,
                   gap_layer_colour(layer, GAP_PROP_ICON_COLOR, &c), hollow);
    gap_panel_sample_text(map, text);
}

/** A kind of symbols and the word that they are assumed ones, [group, kind]. */
static char *tell_assumed(const GapMap *map, const void *what) {
    const char *const *word = what;
    return g_strdup_printf("%s, %s", gap_map_word(map, word[0], word[1]),
                           gap_map_word(map, word[0], "assumed"));
}

static void icon_lines(GapMap *map, const GapStyleLayer *layer, const GapTable *table,
                       const char *icon, const IconRows *of, const char *words) {
    const char *word = gap_map_word(map, words, icon);
    const char *const kind[] = {words, icon};
    g_autofree char *assumed = gap_map_both(map, tell_assumed, kind, NULL);
    if (of && of->first[0])
        icon_line(map, layer, table, of->first[0] - 1, icon, word, false);
    if (of && of->first[1])
        icon_line(map, layer, table, of->first[1] - 1, icon, assumed, true);
}

bool gap_block_symbols(GapMap *map, const json_t *json, GError **error) {
    static const char *const order[] = {"station",       "district_department", "point",
                                        "one_stop_shop", "shared_roof",         "mobile_group"};
    const char *kind, *id, *title, *words;
    if (!gap_block_read(json, "symbols", error, "{s:s, s:s, s:s, s:s}", "kind", &kind, "layer", &id,
                        "title", &title, "words", &words))
        return false;
    const GapStyleLayer *layer = gap_panel_layer(map, id, error);
    const GapRows *rows = layer && layer->source ? gap_map_rows(map, layer->source, error) : NULL;
    if (!rows)
        return false;
    g_autoptr(GHashTable) shown = icons_shown(map, layer, rows);
    gap_panel_heading(map, role, title);
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        icon_lines(map, layer, rows->table, order[i], g_hash_table_lookup(shown, order[i]), words);
    return true;
}

/** The parts of a layer's bars: [expression, colour, word]. */
bool gap_block_bar(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *id, *title, *words;
    if (!gap_block_read(json, "bar", error, "{s:s, s:s, s:s, s:s}", "kind", &kind, "layer", &id,
                        "title", &title, "words", &words))
        return false;
    const GapStyleLayer *layer = gap_panel_layer(map, id, error);
    if (!layer)
        return false;
    gap_panel_heading(map, role, title);
    for (unsigned i = 0; i < layer->bar.n; i++) {
        gap_panel_sample(map, layer, layer->bar.colour[i]);
        gap_panel_sample_text(map, gap_map_word(map, words, layer->bar.word[i]));
    }
    return true;
}
