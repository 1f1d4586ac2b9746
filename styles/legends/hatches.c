// The legend of hatches: what is uncertain, approximate or not known. A line stands only where
// something on the map is hatched so.
#include "geo/text/text.h"
#include "styles/page.h"
#include "styles/panel.h"

static const GapColour sample_fill = {0.92, 0.92, 0.9, 1};

static const GapExpr *hatch_of(const GapStyleLayer *layer) {
    return layer->type == GAP_LAYER_CIRCLE ? layer->hatch : layer->props[GAP_PROP_FILL_PATTERN];
}

/** How many rows the layer draws with that hatch. */
static bool count_hatched(GapMap *map, const GapStyleLayer *layer, const char *hatch, unsigned *n,
                          GError **error) {
    const GapRows *rows = gap_map_rows(map, layer->source, error);
    *n = 0;
    for (size_t row = 0; rows && row < gap_table_rows(rows->table); row++) {
        GapContext c = gap_map_context(map, rows->table, row);
        const char *name = hatch_of(layer) ? gap_expr_string(hatch_of(layer), &c) : NULL;
        *n += rows->shapes->pdata[row] && name && g_str_equal(name, hatch) &&
              gap_expr_holds(layer->filter, &c);
    }
    return rows != NULL;
}

static void draw_line(GapMap *map, const GapStyleLayer *layer, const char *hatch, const char *word,
                      unsigned n) {
    g_autofree char *says = gap_map_say(map, word);
    g_autofree char *count = gap_format_number(n, 0, map->lang);
    g_autofree char *text = g_strdup_printf("%s (%s)", says, count);
    GapItem *item = gap_panel_sample(map, layer, sample_fill);
    item->hatch = gap_hatch_by_name(hatch);
    item->hatch_colour = gap_hatch_colour(sample_fill);
    gap_panel_sample_text(map, text);
}

/** One item: the rows of all layers together, with a sample of the first that has any. */
static bool draw_item(GapMap *map, const json_t *layers, const json_t *json, GError **error) {
    const char *hatch, *word;
    const GapStyleLayer *first = NULL;
    unsigned all = 0, n;
    if (!gap_block_read(json, "hatches", error, "{s:s, s:s}", "hatch", &hatch, "word", &word))
        return false;
    for (size_t i = 0; i < json_array_size(layers); i++) {
        const char *id = json_string_value(json_array_get(layers, i));
        const GapStyleLayer *layer = gap_panel_layer(map, id ? id : "", error);
        if (!layer || !count_hatched(map, layer, hatch, &n, error))
            return false;
        if (n && !first)
            first = layer;
        all += n;
    }
    if (first)
        draw_line(map, first, hatch, word, all);
    return true;
}

bool gap_block_hatches(GapMap *map, const json_t *json, GError **error) {
    const char *kind;
    json_t *layers, *items;
    if (!gap_block_read(json, "hatches", error, "{s:s, s:o, s:o}", "kind", &kind, "layers", &layers,
                        "items", &items))
        return false;
    for (size_t i = 0; i < json_array_size(items); i++)
        if (!draw_item(map, layers, json_array_get(items, i), error))
            return false;
    return true;
}
