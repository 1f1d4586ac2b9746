#include "styles/panel.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/page.h"

#include <math.h>

static const struct {
    const char *kind;
    GapBlock draw;
} blocks[] = {{"figures", gap_block_figures}, {"ranking", gap_block_ranking},
              {"classes", gap_block_classes}, {"categories", gap_block_categories},
              {"sizes", gap_block_sizes},     {"keys", gap_block_keys},
              {"symbols", gap_block_symbols}, {"bar", gap_block_bar},
              {"bands", gap_block_bands},     {"years", gap_block_years},
              {"sites", gap_block_sites},     {"frontier", gap_block_frontier}};

bool gap_block_read(const json_t *json, const char *what, GError **error, const char *format, ...) {
    json_error_t wrong;
    va_list arguments;
    va_start(arguments, format);
    int bad = json_vunpack_ex((json_t *)json, &wrong, JSON_STRICT, format, arguments);
    va_end(arguments);
    return !bad || gap_fail(error, GAP_ERROR_INPUT, "block '%s': %s", what, wrong.text);
}

GapStyleLayer *gap_panel_layer(GapMap *map, const char *id, GError **error) {
    GapStyleLayer *layer = gap_style_layer(map->style, id);
    if (!layer)
        gap_fail(error, GAP_ERROR_INPUT, "the style has no layer '%.60s'", id);
    return layer;
}

void gap_panel_heading(GapMap *map, const char *role, const char *key) {
    g_autofree char *text = gap_map_say(map, key);
    GapTextLook look = {.size = 20, .bold = true, .colour = GAP_INK, .wrap = map->panel_width};
    GapItem *item =
        gap_scene_text(map->scene, map->fonts, role, key, text, &look, map->panel_x, map->panel_y);
    map->panel_y = item->box.max_y + 4;
}

double gap_panel_text(GapMap *map, const char *role, const char *text, double indent, double size) {
    GapTextLook look = {.size = size, .colour = GAP_INK, .wrap = map->panel_width - indent};
    GapItem *item = gap_scene_text(map->scene, map->fonts, role, role, text, &look,
                                   map->panel_x + indent, map->panel_y);
    map->panel_y = item->box.max_y;
    return item->box.max_y - item->box.min_y;
}

/** Large numbers with what they count: [{"value": FACT, "word": KEY, "of": FACT, "if_known": BOOL},
 *  ...]; what need not be known is left out where it is not. */
bool gap_block_figures(GapMap *map, const json_t *json, GError **error) {
    const char *kind;
    json_t *items, *item;
    size_t i;
    if (!gap_block_read(json, "figures", error, "{s:s, s:o}", "kind", &kind, "items", &items))
        return false;
    json_array_foreach(items, i, item) {
        const char *value, *word, *of = NULL;
        int if_known = 0;
        if (!gap_block_read(item, "figures", error, "{s:s, s:s, s?:s, s?:b}", "value", &value,
                            "word", &word, "of", &of, "if_known", &if_known))
            return false;
        if (if_known && isnan(gap_map_fact(map, value)))
            continue;
        double number = gap_map_fact(map, value), whole = of ? gap_map_fact(map, of) : NAN;
        g_autofree char *big = gap_format_number(number, 0, map->lang);
        g_autofree char *share =
            whole > 0 ? gap_format_percent(number / whole, 0, map->lang) : NULL;
        g_autofree char *caption = gap_map_say(map, word);
        GapTextLook look = {.size = 40, .bold = true, .colour = GAP_INK};
        GapItem *drawn = gap_scene_text(map->scene, map->fonts, "figure", value, big, &look,
                                        map->panel_x, map->panel_y - 12);
        double right = drawn->box.max_x, top = drawn->box.min_y;
        map->panel_y = drawn->box.max_y;
        look = (GapTextLook){.size = 26, .colour = GAP_GREY};
        if (share)
            gap_scene_text(map->scene, map->fonts, "figure", value, share, &look, right + 12,
                           top + 14);
        gap_panel_text(map, "figure", caption, 0, 18);
        map->panel_y += 12; // the large figures have as much air above them
    }
    return true;
}

typedef struct {
    size_t row;
    double value;
} Ranked;

static gint highest_first(gconstpointer a, gconstpointer b) {
    const Ranked *p = a, *q = b;
    if (p->value != q->value)
        return p->value > q->value ? -1 : 1;
    return p->row < q->row ? -1 : 1;
}

static GArray *ranked_rows(const GapTable *table, const char *column) {
    GArray *ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
    for (size_t row = 0; row < gap_table_rows(table); row++) {
        Ranked one = {row, gap_cell_number(table, row, column)};
        if (one.value > 0)
            g_array_append_val(ranked, one);
    }
    g_array_sort(ranked, highest_first);
    return ranked;
}

static void draw_ranked(GapMap *map, const GapStyleLayer *circles, const GapTable *table,
                        unsigned rank, Ranked one) {
    GapContext c = gap_map_context(map, table, one.row);
    const char *text = gap_map_name(map, table, one.row);
    g_autofree char *number = gap_format_number(one.value, 0, map->lang);
    GapTextLook look = {.size = 19, .colour = GAP_INK, .align = GAP_ALIGN_RIGHT};
    double y = map->panel_y, right = map->panel_x + map->panel_width;
    double from =
        gap_scene_text(map->scene, map->fonts, "ranking", "ranking", number, &look, right, y)
            ->box.min_x;
    g_autofree char *place = g_strdup_printf("%u", rank);
    look.align = GAP_ALIGN_CENTRE;
    look.bold = true;
    gap_scene_text(map->scene, map->fonts, "ranking", "ranking", place, &look, map->panel_x + 12,
                   y);
    look.align = GAP_ALIGN_LEFT;
    look.bold = false;
    look.limit = from - 8 - (map->panel_x + 56);
    gap_scene_text(map->scene, map->fonts, "ranking", "ranking", text ? text : "–", &look,
                   map->panel_x + 56, y);
    gap_scene_add(map->scene,
                  (GapItem){GAP_ITEM_CIRCLE, "ranking", "ranking", .x = map->panel_x + 40,
                            .y = y + 14, .r = 7,
                            .fill = gap_layer_colour(circles, GAP_PROP_CIRCLE_COLOR, &c),
                            .stroke = GAP_GREY, .width = 1});
    map->panel_y += MAX(28 - map->tight, 26);
}

/** The rows with most of a column, named, with their numbers. */
bool gap_block_ranking(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *layer, *by, *title;
    int count;
    if (!gap_block_read(json, "ranking", error, "{s:s, s:s, s:s, s:s, s:i}", "kind", &kind, "layer",
                        &layer, "by", &by, "title", &title, "count", &count))
        return false;
    const GapStyleLayer *circles = gap_panel_layer(map, layer, error);
    const GapRows *rows =
        circles && circles->source ? gap_map_rows(map, circles->source, error) : NULL;
    if (!rows)
        return false;
    g_autoptr(GArray) ranked = ranked_rows(rows->table, by);
    gap_panel_heading(map, "ranking", title);
    for (guint i = 0; i < ranked->len && (int)i < count; i++)
        draw_ranked(map, circles, rows->table, i + 1, g_array_index(ranked, Ranked, i));
    return true;
}

static GapBlock find_block(const char *kind) {
    for (size_t i = 0; kind && i < G_N_ELEMENTS(blocks); i++)
        if (g_str_equal(blocks[i].kind, kind))
            return blocks[i].draw;
    return NULL;
}

static bool draw_blocks(GapMap *map, const json_t *panel, GError **error) {
    for (size_t i = 0; i < json_array_size(panel); i++) {
        const json_t *json = json_array_get(panel, i);
        GapBlock draw = find_block(json_string_value(json_object_get(json, "kind")));
        if (!draw)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "metadata.gapmap.panel[%zu].kind: figures, ranking, classes, "
                            "categories, sizes, keys, symbols, bar, bands, years, sites or "
                            "frontier is wanted",
                            i);
        if (!draw(map, json, error)) {
            g_prefix_error(error, "metadata.gapmap.panel[%zu], ", i);
            return false;
        }
        map->panel_y += 16 - 3 * map->tight;
    }
    return true;
}

/** Drawn again with tighter lines where it would run into the notes. */
bool gap_panel_draw(GapMap *map, GError **error) {
    const json_t *panel = json_object_get(map->style->page, "panel");
    guint before = map->scene->items->len;
    double top = map->panel_y;
    for (map->tight = 0; map->tight <= 3; map->tight++) {
        g_array_set_size(map->scene->items, before);
        map->panel_y = top;
        if (!draw_blocks(map, panel, error))
            return false;
        if (map->panel_y <= map->panel_bottom)
            break;
    }
    return true;
}
