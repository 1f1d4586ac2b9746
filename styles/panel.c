#include "styles/panel.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/page.h"
#include "styles/page/build.h"
#include "styles/page/ranked.h"

#include <math.h>

typedef struct {
    const char *kind;
    GapBlock draw;
    bool extra; /**< tells more than one needs to read the map: it gives way where room is short */
} Kind;

static const Kind blocks[] = {
    {"figures", gap_block_figures}, {"ranking", gap_block_ranking, true},
    {"classes", gap_block_classes}, {"categories", gap_block_categories},
    {"sizes", gap_block_sizes},     {"keys", gap_block_keys},
    {"symbols", gap_block_symbols}, {"bar", gap_block_bar},
    {"bands", gap_block_bands},     {"years", gap_block_years, true},
    {"bars", gap_block_bars, true}, {"flows", gap_block_flows},
    {"sites", gap_block_sites},     {"frontier", gap_block_frontier, true},
    {"square", gap_block_square},   {"hatches", gap_block_hatches}};

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
    GapTextLook look = {.size = 20, .bold = true, .colour = GAP_INK, .wrap = map->panel_width};
    for (const GapMap *in = map; in; in = in->other) {
        g_autofree char *text = gap_map_say_first(in, key);
        GapItem *item = gap_scene_text(map->scene, map->fonts, role, key, text, &look, map->panel_x,
                                       map->panel_y);
        map->panel_y = item->box.max_y;
        look = (GapTextLook){.size = 18, .colour = GAP_GREY, .wrap = map->panel_width};
    }
    map->panel_y += 4;
}

double gap_panel_text(GapMap *map, const char *role, const char *text, double indent, double size) {
    GapTextLook look = {.size = size, .colour = GAP_INK, .wrap = map->panel_width - indent};
    g_autofree char *lines = map->other // two languages rather have a line each
                                 ? gap_fonts_between_things(map->fonts, text, " / ", &look)
                                 : g_strdup(text);
    GapItem *item = gap_scene_text(map->scene, map->fonts, role, role, lines, &look,
                                   map->panel_x + indent, map->panel_y);
    map->panel_y = item->box.max_y;
    return item->box.max_y - item->box.min_y;
}

static void draw_ranked(GapMap *map, const GapStyleLayer *circles, const GapTable *table,
                        unsigned rank, GapRanked one) {
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
    if (map->other && gap_fonts_width(map->fonts, text, &look) > look.limit)
        text = gap_map_name_first(map, table, one.row);
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
    g_autoptr(GArray) ranked = gap_ranked_rows(rows->table, by, GAP_RANK_POSITIVE);
    if (!ranked->len)
        return true;
    gap_panel_heading(map, "ranking", title);
    for (guint i = 0; i < ranked->len && (int)i < count; i++) {
        if (map->tight > 3 && i > 2 && map->panel_y + 28 > map->panel_bottom)
            break;
        draw_ranked(map, circles, rows->table, i + 1, g_array_index(ranked, GapRanked, i));
    }
    return true;
}

static const Kind *find_kind(const json_t *block, size_t number, GError **error) {
    const char *kind = json_string_value(json_object_get(block, "kind"));
    for (size_t i = 0; kind && i < G_N_ELEMENTS(blocks); i++)
        if (g_str_equal(blocks[i].kind, kind))
            return &blocks[i];
    g_autoptr(GString) known = g_string_new(blocks[0].kind);
    for (size_t i = 1; i < G_N_ELEMENTS(blocks); i++)
        g_string_append_printf(known, "%s%s", i + 1 < G_N_ELEMENTS(blocks) ? ", " : " or ",
                               blocks[i].kind);
    gap_fail(error, GAP_ERROR_INPUT, "metadata.gapmap.panel[%zu].kind: %s is wanted", number,
             known->str);
    return NULL;
}

/** The columns may be filled only to a share of their height. */
static void enter_column(GapMap *map, unsigned number) {
    GapBox column = map->layout->columns[number];
    map->panel_x = column.min_x;
    map->panel_y = column.min_y;
    map->panel_width = column.max_x - column.min_x;
    map->panel_bottom = column.min_y + map->panel_fill * (column.max_y - column.min_y);
}

/** Draws a block where the last one ended, at the head of the next column where it does not fit, or
 *  not at all where it may give way. */
static bool place_block(GapMap *map, const Kind *kind, const json_t *json, unsigned *column,
                        GError **error) {
    guint before = map->scene->items->len;
    double top = map->panel_y;
    for (;;) {
        map->scene->building = gap_build_frame_of_block(map, json);
        if (!kind->draw(map, json, error))
            return false;
        bool first = top <= map->layout->columns[*column].min_y;
        if (map->panel_y <= map->panel_bottom)
            break;
        if (!first && *column + 1 < map->layout->n_columns) {
            enter_column(map, ++*column);
            top = map->panel_y;
        } else if (kind->extra && map->tight > 3) {
            map->panel_y = top;
            g_array_set_size(map->scene->items, before);
            return true;
        } else {
            break;
        }
        g_array_set_size(map->scene->items, before);
    }
    if (map->panel_y > top)
        map->panel_y += MAX(16 - 3 * map->tight, 4);
    return true;
}

/** Draws all blocks; at last those that may give way take what the others leave. `*fits`: whether
 *  none runs out of its column. */
static bool draw_blocks(GapMap *map, const json_t *panel, bool *fits, GError **error) {
    unsigned column = 0;
    size_t n = json_array_size(panel);
    double air = MAX(16 - 3 * map->tight, 4);
    bool last = map->tight > 4;
    *fits = true;
    enter_column(map, 0);
    for (size_t i = 0; i < (last ? 2 * n : n); i++) {
        const json_t *json = json_array_get(panel, i % n);
        const Kind *kind = find_kind(json, i % n, error);
        if (!kind)
            return false;
        if (last && kind->extra != (i >= n))
            continue;
        if (!place_block(map, kind, json, &column, error)) {
            g_prefix_error(error, "metadata.gapmap.panel[%zu], ", i % n);
            return false;
        }
        *fits &= map->panel_y - air <= map->panel_bottom;
    }
    return true;
}

/** The blocks of the theme; a poster has more to tell. Returns: (transfer full). */
static json_t *blocks_of(const GapMap *map) {
    json_t *panel = json_copy(json_object_get(map->style->page, "panel"));
    json_t *more = json_object_get(map->style->page, "infographic");
    panel = panel ? panel : json_array();
    if (gap_layout_has_figures(map->layout) && more)
        json_array_extend(panel, more);
    return panel;
}

bool gap_panel_has(const json_t *panel, const char *kind) {
    size_t i;
    json_t *block;
    json_array_foreach(panel, i, block) {
        if (g_strcmp0(json_string_value(json_object_get(block, "kind")), kind) == 0)
            return true;
    }
    return false;
}

/** Columns beside each other are filled to the same height, the least that holds all blocks where
 *  lines need not move together. */
static bool draw_even(GapMap *map, const json_t *panel, guint before, bool *fits, GError **error) {
    const int steps = 20;
    int least = map->tight || map->layout->n_columns == 1 ? steps : 6;
    bool good = true;
    for (int step = least; good && !*fits && step <= steps; step++) {
        map->panel_fill = (double)step / steps;
        g_array_set_size(map->scene->items, before);
        good = draw_blocks(map, panel, fits, error);
    }
    return good;
}

/** Tries to draw all blocks, moved together no more than `tightest`. Where there is room, lists are
 *  longer than the theme asks for. O(tries x blocks). */
static bool try_panel(GapMap *map, int tightest, bool *fits, GError **error) {
    json_t *panel = blocks_of(map);
    guint before = map->scene->items->len;
    bool good = true;
    *fits = false;
    for (int roomy = gap_panel_has(panel, "sites"); good && !*fits && roomy >= 0; roomy--) {
        int last = roomy ? MIN(tightest, 3) : tightest;
        map->roomy = roomy;
        for (map->tight = 0; good && !*fits && map->tight <= last; map->tight++)
            good = draw_even(map, panel, before, fits, error);
    }
    map->scene->building = 0;
    json_decref(panel);
    return good;
}

bool gap_panel_fits(GapMap *map, bool *fits, GError **error) {
    guint before = map->scene->items->len;
    bool good = try_panel(map, 3, fits, error);
    g_array_set_size(map->scene->items, before);
    return good;
}

/** Where the blocks do not fit, their lines move together, then lists are shortened, then left out.
 */
bool gap_panel_draw(GapMap *map, GError **error) {
    bool fits;
    return try_panel(map, 5, &fits, error);
}
