#include "styles/lint/palettes.h"

#include "styles/lint/colour_science.h"
#include "styles/lint/internal.h"
#include "styles/style_properties.h"

#include <string.h>

static const GapColour white = {1, 1, 1, 1};

/** Which colours of a layer are data, and how far they are seen through. */
static const struct {
    GapLayerType type;
    GapProperty colour;
    int opacity; /**< -1: none */
    const char *name;
} properties[] = {
    {GAP_LAYER_FILL, GAP_PROP_FILL_COLOR, GAP_PROP_FILL_OPACITY, "fill-color"},
    {GAP_LAYER_CIRCLE, GAP_PROP_CIRCLE_COLOR, GAP_PROP_CIRCLE_OPACITY, "circle-color"},
    {GAP_LAYER_LINE, GAP_PROP_LINE_COLOR, GAP_PROP_LINE_OPACITY, "line-color"},
    {GAP_LAYER_SYMBOL, GAP_PROP_ICON_COLOR, -1, "icon-color"},
};

static void swatch_clear(gpointer data) {
    GapSwatch *swatch = data;
    g_free(swatch->label);
    g_free(swatch->sign);
}

static void palette_free(gpointer data) {
    GapPalette *palette = data;
    g_free(palette->name);
    g_array_unref(palette->swatches);
    swatch_clear(&palette->no_data);
    g_free(palette);
}

/** Takes the name over. */
static GapPalette *palette_new(char *name, bool ramp) {
    GapPalette *palette = g_new0(GapPalette, 1);
    palette->name = name;
    palette->ramp = ramp;
    palette->swatches = g_array_new(FALSE, FALSE, sizeof(GapSwatch));
    g_array_set_clear_func(palette->swatches, swatch_clear);
    return palette;
}

/* ---- what a layer draws for a value ---- */

static char *sign_of(const GapStyleLayer *layer, const GapContext *c) {
    const char *hatch = gap_expr_string(
        layer->type == GAP_LAYER_FILL ? layer->props[GAP_PROP_FILL_PATTERN] : layer->hatch, c);
    const char *icon = layer->type == GAP_LAYER_SYMBOL
                           ? gap_expr_string(layer->props[GAP_PROP_ICON_IMAGE], c)
                           : NULL;
    bool hollow = layer->hollow && gap_expr_holds(layer->hollow, c);
    if (layer->type == GAP_LAYER_LINE && layer->dash[0] > 0)
        return g_strdup_printf("dashes %g %g", layer->dash[0], layer->dash[1]);
    return g_strconcat(hatch ? hatch : "", icon ? icon : "", hollow ? " hollow" : "", NULL);
}

static GapSwatch swatch_of(const GapStyleLayer *layer, size_t property, GapColour colour,
                           const GapContext *c, char *label) {
    int opacity = properties[property].opacity;
    if (opacity >= 0)
        colour = gap_colour_fade(colour, gap_layer_number(layer, (GapProperty)opacity, c));
    return (GapSwatch){gap_colour_over(colour, white), label, sign_of(layer, c), 0};
}

/** A table of one row whose only cell is the input of a step or match at `value`. */
static GapTable *row_with(const GapExpr *input, GapValue value) {
    GapContext none = {0};
    // Of an input that is computed, the column: that it is known is what signs may go by.
    GapExpr *get = gap_expr_find((GapExpr *)input, "get");
    const char *column = get ? gap_expr_string(gap_expr_argument(get, 0), &none) : NULL;
    GapTable *table = gap_table_new("one");
    if (column) {
        bool text = value.type == GAP_VALUE_STRING;
        size_t at = gap_table_add_column(
            table, &(GapColumnSpec){column, text ? GAP_TYPE_TEXT : GAP_TYPE_REAL, NULL, NULL});
        gap_table_add_row(table);
        if (text)
            gap_table_set_text(table, 0, at, value.string);
        else
            gap_table_set_real(table, 0, at, value.number);
    } else {
        gap_table_add_row(table);
    }
    return table;
}

static void add_swatch(GapPalette *palette, const GapStyleLayer *layer, size_t property,
                       const GapExpr *input, GapValue value, GapExpr *output, char *label) {
    g_autoptr(GapTable) table = row_with(input, value);
    GapContext c = {.table = table};
    GapColour colour = gap_expr_colour(output, &c, (GapColour){0});
    if (colour.a > 0) {
        GapSwatch swatch = swatch_of(layer, property, colour, &c, label);
        g_array_append_val(palette->swatches, swatch);
    } else {
        g_free(label);
    }
}

static char *text_of(GapValue label) {
    return label.type == GAP_VALUE_STRING ? g_strdup(label.string)
                                          : g_strdup_printf("%g", label.number);
}

/** A value of class i of a step, as the limits are now; those that data left empty have none. */
static double value_in_class(GapExpr *step, size_t i) {
    GapContext none = {0};
    size_t n = gap_expr_size(step) / 2;
    double from = i ? gap_expr_number(gap_expr_argument(step, 2 * i), &none, 0) : 0;
    double to =
        i + 1 < n ? gap_expr_number(gap_expr_argument(step, 2 * i + 2), &none, 0) : from + 1;
    return i ? (from + to) / 2 : to > 0 ? to / 2 : to - 1;
}

static void add_classes(GapPalette *palette, const GapStyleLayer *layer, size_t property,
                        GapExpr *step) {
    for (size_t i = 0; 2 * i + 1 < gap_expr_size(step); i++)
        add_swatch(palette, layer, property, gap_expr_argument(step, 0),
                   (GapValue){GAP_VALUE_NUMBER, .number = value_in_class(step, i)},
                   gap_expr_argument(step, 2 * i + 1), g_strdup_printf("class %zu", i + 1));
}

static void add_labels(GapPalette *palette, const GapStyleLayer *layer, size_t property,
                       GapExpr *match) {
    GapContext none = {0};
    for (size_t i = 1; i + 1 < gap_expr_size(match); i += 2) {
        GapValue value = gap_expr_eval(gap_expr_argument(match, i), &none);
        add_swatch(palette, layer, property, gap_expr_argument(match, 0), value,
                   gap_expr_argument(match, i + 1), text_of(value));
    }
}

/** The classes that the labels of a match have, label by label: "drafted, class 2". */
static void add_square(GapPalette *palette, const GapStyleLayer *layer, size_t property,
                       GapExpr *match) {
    GapContext none = {0};
    for (size_t i = 1; i + 1 < gap_expr_size(match); i += 2) {
        GapExpr *step = gap_expr_find(gap_expr_argument(match, i + 1), "step");
        g_autofree char *label = text_of(gap_expr_eval(gap_expr_argument(match, i), &none));
        guint first = palette->swatches->len;
        if (step)
            add_classes(palette, layer, property, step);
        for (guint k = first; k < palette->swatches->len; k++) {
            GapSwatch *swatch = &g_array_index(palette->swatches, GapSwatch, k);
            g_autofree char *class = swatch->label;
            swatch->label = g_strdup_printf("%s, %s", label, class);
            swatch->row = i;
        }
    }
}

/** What is drawn where nothing is known, if anything is. */
static void add_no_data(GapPalette *palette, const GapStyleLayer *layer, size_t property) {
    GapContext null = {0};
    GapExpr *expr = layer->props[properties[property].colour];
    bool said = gap_expr_eval(expr, &null).type == GAP_VALUE_COLOUR;
    if (!said && !gap_expr_holds(layer->filter, &null))
        return; // the layer leaves such rows out
    palette->draws_no_data = true;
    palette->no_data =
        swatch_of(layer, property, gap_layer_colour(layer, properties[property].colour, &null),
                  &null, g_strdup("no data"));
}

static bool is_diverging(const GapLintPage *page, const GapStyleLayer *layer) {
    const char *method = json_string_value(
        json_object_get(json_object_get(page->style->page, "classes"), layer->id));
    return layer->diverging || g_strcmp0(method, "sd") == 0;
}

static void add_layer(const GapLintPage *page, GPtrArray *palettes, const GapStyleLayer *layer) {
    for (size_t p = 0; p < G_N_ELEMENTS(properties); p++) {
        GapExpr *expr =
            layer->type == properties[p].type ? layer->props[properties[p].colour] : NULL;
        GapExpr *match = expr ? gap_expr_find(expr, "match") : NULL;
        bool square = match && gap_expr_find(match, "step");
        GapExpr *step = expr && !square ? gap_expr_find(expr, "step") : NULL;
        if (!step && !match)
            continue;
        GapPalette *palette = palette_new(
            g_strdup_printf("layer %s, %s", layer->id, properties[p].name), step != NULL);
        palette->diverging = step && is_diverging(page, layer);
        palette->square = square;
        if (step)
            add_classes(palette, layer, p, step);
        else
            (square ? add_square : add_labels)(palette, layer, p, match);
        add_no_data(palette, layer, p);
        g_ptr_array_add(palettes, palette);
    }
}

/* ---- bars, and keys of the panel ---- */

static void add_bar(GPtrArray *palettes, const GapStyleLayer *layer) {
    GapPalette *palette =
        layer->bar.n ? palette_new(g_strdup_printf("layer %s, gapmap:bar", layer->id), false)
                     : NULL;
    for (unsigned i = 0; palette && i < layer->bar.n; i++) {
        GapSwatch swatch = {gap_colour_over(layer->bar.colour[i], white),
                            g_strdup(layer->bar.word[i]), g_strdup(""), 0};
        g_array_append_val(palette->swatches, swatch);
    }
    if (palette)
        g_ptr_array_add(palettes, palette);
}

/** Areas and circles of one colour each that the panel's keys tell apart. */
static void add_key(GapPalette *keys, const GapStyleLayer *layer) {
    GapContext none = {0};
    for (size_t p = 0; layer && p < G_N_ELEMENTS(properties); p++) {
        bool area = layer->type == GAP_LAYER_FILL || layer->type == GAP_LAYER_CIRCLE;
        GapExpr *expr =
            area && layer->type == properties[p].type ? layer->props[properties[p].colour] : NULL;
        GapColour colour = expr ? gap_expr_colour(expr, &none, (GapColour){0}) : (GapColour){0};
        if (!(colour.a > 0) || gap_expr_find(expr, "step") || gap_expr_find(expr, "match"))
            continue;
        GapSwatch swatch = swatch_of(layer, p, colour, &none, g_strdup(layer->id));
        g_array_append_val(keys->swatches, swatch);
    }
}

static void add_keys(const GapLintPage *page, GPtrArray *palettes) {
    const json_t *block;
    GapPalette *keys = palette_new(g_strdup("keys of the panel"), false);
    for (size_t i = 0; (block = gap_lint_block(page, i)); i++) {
        const json_t *items = json_object_get(block, "items");
        if (g_strcmp0(json_string_value(json_object_get(block, "kind")), "keys") != 0)
            continue;
        for (size_t k = 0; k < json_array_size(items); k++) {
            const char *id = json_string_value(json_object_get(json_array_get(items, k), "layer"));
            add_key(keys, id ? gap_style_layer(page->style, id) : NULL);
        }
    }
    g_ptr_array_add(palettes, keys);
}

GPtrArray *gap_lint_palettes(const GapLintPage *page) {
    GPtrArray *palettes = g_ptr_array_new_with_free_func(palette_free);
    for (guint i = 0; i < page->style->layers->len; i++) {
        const GapStyleLayer *layer = page->style->layers->pdata[i];
        if (layer->hidden)
            continue;
        add_layer(page, palettes, layer);
        add_bar(palettes, layer);
    }
    add_keys(page, palettes);
    return palettes;
}
