// The numbers of a map as bars, a row each, the largest first.
#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/colour.h"
#include "styles/page.h"
#include "styles/page/ranked.h"
#include "styles/panel.h"
#include "styles/part/part.h"

#include <math.h>
#include <string.h>

static const char role[] = "chart", id[] = "bars";
static const double line_height = 30, bar_height = 18, text_size = 18;

typedef struct {
    const char *source, *value, *format, *title, *colour, *bar;
} Want;

static const char *last_word(const char *name) {
    const char *space = name ? strrchr(name, ' ') : NULL;
    return space && space > name ? space : NULL;
}

/** The word that ends most names, as "Province" does, and need not be said in each; or NULL. */
static const char *shared_word(const GapMap *map, const GapTable *table, const GArray *bars) {
    for (guint i = 0; i < bars->len; i++) {
        const char *word =
            last_word(gap_map_name_first(map, table, g_array_index(bars, GapRanked, i).row));
        guint with = 0;
        for (guint k = 0; word && k < bars->len; k++)
            with += g_strcmp0(word, last_word(gap_map_name_first(
                                        map, table, g_array_index(bars, GapRanked, k).row))) == 0;
        if (with * 2 > bars->len)
            return word;
    }
    return NULL;
}

/** Returns: (transfer full). */
static char *short_name(const GapMap *map, const GapTable *table, size_t row, const char *shared) {
    const char *name = gap_map_name_first(map, table, row);
    const char *end = last_word(name);
    if (!name)
        return g_strdup("–");
    return end && shared && g_str_equal(end, shared) ? g_strndup(name, (gsize)(end - name))
                                                     : g_strdup(name);
}

static char *number_text(const GapMap *map, double value, const char *format) {
    return g_str_equal(format, "percent") ? gap_format_share(value, map->lang)
                                          : gap_format_number(value, 0, map->lang);
}

/** Whether the part "unknown" is the whole bar: then no number holds. */
static bool is_unknown(const GapMap *map, const GapStyleLayer *layer, const GapTable *table,
                       size_t row) {
    GapContext c = gap_map_context(map, table, row);
    const GapStyleBar *style = &layer->bar;
    GapLabelBar bar = gap_label_bar(style, &c);
    for (unsigned i = 0; bar.width > 0 && i < bar.n; i++)
        if (bar.share[i] == 1)
            return g_strcmp0(style->word[i], "unknown") == 0;
    return false;
}

/** Parts of a whole as a layer's bars have them. */
static void draw_parts(GapMap *map, const GapStyleLayer *layer, const GapTable *table, size_t row,
                       GapBox box) {
    GapContext c = gap_map_context(map, table, row);
    GapLabelBar bar = gap_label_bar(&layer->bar, &c);
    double at = box.min_x;
    for (unsigned i = 0; bar.width > 0 && i < bar.n; i++) {
        double next = at + bar.share[i] * (box.max_x - box.min_x);
        gap_scene_rect(map->scene, role, layer->id, (GapBox){at, box.min_y, next, box.max_y},
                       bar.colour[i], (GapColour){0}, 0);
        at = next;
    }
    gap_scene_rect(map->scene, role, layer->id, box, (GapColour){0}, GAP_GREY, 1);
}

/** Names to the left, bars beside them, numbers behind the bars; what the names' room takes goes
 *  by the longest of them, up to 55 % of the width. */
static void draw_bars(GapMap *map, const GapTable *table, const GArray *bars, const Want *want,
                      GapColour colour, const GapStyleLayer *parts) {
    double names = 0, numbers = 0, most = 0;
    const char *shared = shared_word(map, table, bars);
    const GapTextLook plain = {.size = text_size};
    for (guint i = 0; i < bars->len; i++) {
        GapRanked bar = g_array_index(bars, GapRanked, i);
        g_autofree char *name = short_name(map, table, bar.row, shared);
        g_autofree char *number = number_text(map, bar.value, want->format);
        names = MAX(names, gap_fonts_width(map->fonts, name, &plain));
        numbers = MAX(numbers, gap_fonts_width(map->fonts, number, &plain));
        most = MAX(most, bar.value);
    }
    names = MIN(names, 0.55 * map->panel_width);
    double left = map->panel_x + names + 10, room = map->panel_width - names - numbers - 18;
    for (guint i = 0; i < bars->len; i++) {
        GapRanked bar = g_array_index(bars, GapRanked, i);
        bool unknown = parts && is_unknown(map, parts, table, bar.row);
        double y = map->panel_y + (line_height - bar_height) / 2;
        g_autofree char *name = short_name(map, table, bar.row, shared);
        g_autofree char *number = number_text(map, unknown ? NAN : bar.value, want->format);
        GapTextLook look = {.size = text_size, .colour = GAP_INK, .limit = names + 1};
        gap_scene_text(map->scene, map->fonts, role, id, name, &look, map->panel_x,
                       map->panel_y + 2);
        double length = parts ? room : room * (most > 0 ? bar.value / most : 0);
        GapBox box = {left, y, left + length, y + bar_height};
        if (parts)
            draw_parts(map, parts, table, bar.row, box);
        else
            gap_scene_rect(map->scene, role, id, box, colour, (GapColour){0}, 0);
        look = (GapTextLook){.size = text_size, .colour = GAP_INK};
        gap_scene_text(map->scene, map->fonts, role, id, number, &look, left + length + 8,
                       map->panel_y + 2);
        map->panel_y += MAX(line_height - map->tight, 26);
    }
}

/** {"source", "value": COLUMN, "title", "format": "number" or "percent", and either "colour" or
 *  "bar": LAYER, whose bars then show what makes up the whole}. */
bool gap_block_bars(GapMap *map, const json_t *json, GError **error) {
    const char *kind;
    Want w = {.format = "number"};
    GapColour colour = GAP_GREY;
    if (!gap_block_read(json, "bars", error, "{s:s, s:s, s:s, s:s, s?:s, s?:s, s?:s}", "kind",
                        &kind, "source", &w.source, "value", &w.value, "title", &w.title, "format",
                        &w.format, "colour", &w.colour, "bar", &w.bar))
        return false;
    if (w.colour && !gap_colour_parse(w.colour, &colour))
        return gap_fail(error, GAP_ERROR_INPUT, "block 'bars': '%.60s' is no colour", w.colour);
    const GapStyleLayer *parts = w.bar ? gap_panel_layer(map, w.bar, error) : NULL;
    const GapRows *rows = !w.bar || parts ? gap_map_rows(map, w.source, error) : NULL;
    if (!rows)
        return false;
    if (map->data->part && !gap_part_owns(map, w.source))
        return true; // bars of the country
    g_autoptr(GArray) bars = gap_ranked_rows(rows->table, w.value, GAP_RANK_KNOWN);
    if (!bars->len)
        return true; // nothing known: no chart
    gap_panel_heading(map, role, w.title);
    draw_bars(map, rows->table, bars, &w, colour, parts);
    return true;
}
