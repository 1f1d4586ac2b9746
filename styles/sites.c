// Proposed sites listed in the order of building: name, where from the seat, people added.
#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "geo/text/text.h"
#include "styles/page.h"
#include "styles/panel.h"
#include "styles/symbol.h"

#include <math.h>
#include <string.h>

static const char role[] = "ranking", id[] = "sites";
enum { SIZE = 19, MARK = 28, WIDE_MARK = 34, INDENT = 42, ROOMY = 20 };

/** The column of a name in the page's language, else in another. */
static const char *name_in(const GapMap *map, const GapTable *t, size_t row, const char *what) {
    const char *const langs[] = {map->lang, "en", "ru", "ky"};
    for (size_t i = 0; i < G_N_ELEMENTS(langs); i++) {
        g_autofree char *column = g_strdup_printf("%s_%s", what, langs[i]);
        const char *name = gap_cell_text(t, row, column);
        if (name)
            return name;
    }
    return NULL;
}

static const char *site_name(const GapMap *map, const GapTable *t, size_t row) {
    const char *name = gap_map_name(map, t, row);
    return name ? name : "–";
}

/** What tells the site from others of the same name: the district, unless it is theirs too. */
static const char *told_apart(const GapMap *map, const GapTable *t, size_t row) {
    const char *name = site_name(map, t, row), *above = name_in(map, t, row, "above");
    for (size_t i = 0; above && i < gap_table_rows(t); i++)
        if (i != row && g_str_equal(site_name(map, t, i), name) &&
            g_strcmp0(gap_cell_text(t, i, "area"), gap_cell_text(t, row, "area")) != 0 &&
            g_strcmp0(name_in(map, t, i, "above"), above) != 0)
            return above;
    return NULL;
}

/** Kilometres from the seat to the site, and the direction as radians clockwise from north; false
 *  where the site has a name of its own or stands at the seat. */
static bool from_seat(const GapTable *t, size_t row, double *km, double *angle) {
    double lon = gap_cell_number(t, row, "seat_lon"), lat = gap_cell_number(t, row, "seat_lat");
    GBytes *wkb = gap_table_geometry(t, row);
    g_autoptr(GapGeometry) site = wkb ? gap_geometry_from_wkb(wkb, NULL) : NULL;
    if (isnan(lon) || isnan(lat) || !site || site->kind != GAP_SHAPE_POINT)
        return false;
    *km = gap_geodesic_distance_m(lon, lat, site->xy[0], site->xy[1]) / 1000;
    *angle = atan2((site->xy[0] - lon) * cos(lat * G_PI / 180), site->xy[1] - lat);
    return *km >= 0.5;
}

static GapItem *text(GapMap *map, const char *words, GapTextLook look, double x, double y) {
    look.size = look.size > 0 ? look.size : SIZE;
    return gap_scene_text(map->scene, map->fonts, role, id, words, &look, x, y);
}

/** An arrow 16 pixels long that points away from the seat. */
static void draw_arrow(GapMap *map, double x, double y, double angle) {
    static const double shape[] = {0, -8,   5.5, -0.5, 1.4,  -1.2, 1.4,
                                   8, -1.4, 8,   -1.4, -1.2, -5.5, -0.5};
    double xy[G_N_ELEMENTS(shape)];
    for (size_t i = 0; i < G_N_ELEMENTS(shape); i += 2) {
        xy[i] = x + shape[i] * cos(angle) - shape[i + 1] * sin(angle);
        xy[i + 1] = y + shape[i] * sin(angle) + shape[i + 1] * cos(angle);
    }
    gap_scene_polygon(map->scene, role, id, xy, G_N_ELEMENTS(shape) / 2)->fill = GAP_GREY;
}

/** The arrow and the kilometres behind the name, where there is room for them. Returns: whether. */
static bool draw_direction(GapMap *map, const GapTable *t, size_t row, double left, double right,
                           double y) {
    double km, angle, w, h;
    if (!from_seat(t, row, &km, &angle))
        return false;
    g_autofree char *number = gap_format_number(km, 0, map->lang);
    g_autofree char *words =
        g_strdup_printf("%s\u00a0%s", number, gap_map_word(map, "common", "km"));
    GapTextLook look = {.size = 18, .colour = GAP_GREY};
    gap_fonts_measure(map->fonts, words, &look, &w, &h);
    if (left + 28 + w > right)
        return false;
    draw_arrow(map, left + 15, y + 14, angle);
    text(map, words, look, left + 27, y + 1);
    return true;
}

static void draw_mark(GapMap *map, const GapStyleLayer *layer, size_t rank, double y) {
    GapContext c = gap_map_context(map, NULL, 0);
    double x = map->panel_x + MARK / 2.0 + 2;
    g_autofree char *number = g_strdup_printf("%zu", rank);
    gap_symbol_add(map->scene, role, id, 0, "proposed", x, y + 14, rank < 10 ? MARK : WIDE_MARK,
                   gap_layer_colour(layer, GAP_PROP_ICON_COLOR, &c), false);
    text(map, number,
         (GapTextLook){.size = 18,
                       .bold = true,
                       .align = GAP_ALIGN_CENTRE,
                       .colour = gap_layer_colour(layer, GAP_PROP_TEXT_COLOR, &c)},
         x, y + 1);
}

/** Returns: whether an arrow was drawn. */
static bool draw_site(GapMap *map, const GapStyleLayer *layer, const GapTable *t, size_t row) {
    double wider = row + 1 < 10 ? 0 : (WIDE_MARK - MARK) / 2.0; // for two figures
    double y = map->panel_y + wider, right = map->panel_x + map->panel_width;
    double people = gap_cell_number(t, row, "people_added");
    g_autofree char *number = gap_format_number(people, 0, map->lang);
    g_autofree char *added = g_strdup_printf("%s%s", people > 0 ? "+" : "", number);
    double rank = gap_cell_number(t, row, "rank");
    draw_mark(map, layer, isnan(rank) ? row + 1 : (size_t)rank, y);
    GapItem *item =
        text(map, added, (GapTextLook){.align = GAP_ALIGN_RIGHT, .colour = GAP_INK}, right, y);
    double room = item->box.min_x - 8, left = map->panel_x + INDENT;
    const char *above = told_apart(map, t, row);
    g_autofree char *name = above ? g_strdup_printf("%s (%s)", site_name(map, t, row), above)
                                  : g_strdup(site_name(map, t, row));
    double w, h;
    GapTextLook look = {.size = SIZE, .colour = GAP_INK};
    gap_fonts_measure(map->fonts, name, &look, &w, &h);
    *(w < 2 * (room - left) ? &look.wrap : &look.limit) = room - left; // two lines, else cut
    item = text(map, name, look, left, y);
    GapBox box = item->box;
    bool arrow = w <= room - left && draw_direction(map, t, row, left + w, room, y);
    map->panel_y = MAX(y + 32 - map->tight, box.max_y + 3);
    return arrow;
}

/** Those for whom there is no room in the list, in one line. */
static void draw_rest(GapMap *map, const GapTable *t, size_t from) {
    double people = 0;
    for (size_t row = from; row < gap_table_rows(t); row++)
        people += fmax(gap_cell_number(t, row, "people_added"), 0);
    gap_map_put_number(map, "count", (double)(gap_table_rows(t) - from));
    gap_map_put_number(map, "added", people);
    g_autofree char *words = gap_map_say(map, "more_sites");
    gap_panel_text(map, role, words, INDENT, 18);
}

bool gap_block_sites(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *layer_id, *title;
    int count;
    if (!gap_block_read(json, "sites", error, "{s:s, s:s, s:s, s:i}", "kind", &kind, "layer",
                        &layer_id, "title", &title, "count", &count))
        return false;
    const GapStyleLayer *layer = gap_panel_layer(map, layer_id, error);
    const GapRows *rows = layer && layer->source ? gap_map_rows(map, layer->source, error) : NULL;
    if (!rows)
        return layer && !layer->source &&
               gap_fail(error, GAP_ERROR_INPUT, "layer '%.60s' has no source", layer_id);
    if (map->roomy)
        count = MAX(count, ROOMY);
    else if (map->tight > 3) // what finds no room is told in one line, with the line on arrows
        count = (int)CLAMP((map->panel_bottom - map->panel_y - 90) / 28, 3, MAX(count, 3));
    size_t n = gap_table_rows(rows->table), listed = n <= (size_t)count ? n : (size_t)count - 1;
    gap_panel_heading(map, role, n ? title : map->data->part ? "no_sites_here" : "no_sites");
    bool arrows = false;
    for (size_t row = 0; row < listed; row++)
        arrows |= draw_site(map, layer, rows->table, row);
    if (listed < n)
        draw_rest(map, rows->table, listed);
    if (arrows) {
        g_autofree char *words = gap_map_say(map, "arrow");
        gap_panel_text(map, role, words, INDENT, 18);
    }
    return true;
}
