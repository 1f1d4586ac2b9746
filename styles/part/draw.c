// A part on the page: its name, its ground, what mutes the rest, and the names within.
#include "geo/base/error.h"
#include "geo/shape/area_index.h"
#include "geo/text/message.h"
#include "geo/text/text.h"
#include "styles/labels.h"
#include "styles/page.h"
#include "styles/part/borders.h"
#include "styles/part/part.h"

#include <math.h>
#include <string.h>

enum { NAMES_MAX = 3 };
static const double around_seat_m = 12000;
static const char role[] = "part";

/* ---- its name ---- */

/** The word of `key` with values, name and text in turn, in the one language of `map`. */
static char *filled(const GapMap *map, const char *key, const char *const *pairs) {
    g_autoptr(GHashTable) values = gap_message_values_new();
    const char *word = gap_words_get(map->data->words, "common", key, map->lang);
    for (size_t i = 0; pairs[i]; i += 2)
        gap_message_set(values, pairs[i], g_strdup(pairs[i + 1]), NAN);
    return gap_message_fill(word ? word : key, map->lang, values);
}

static char *name_of_box(const GapMap *map, GapBox b) {
    int decimals = MIN(b.max_x - b.min_x, b.max_y - b.min_y) < 0.2 ? 2 : 1;
    g_autofree char *west = gap_format_number(b.min_x, decimals, map->lang);
    g_autofree char *east = gap_format_number(b.max_x, decimals, map->lang);
    g_autofree char *south = gap_format_number(b.min_y, decimals, map->lang);
    g_autofree char *north = gap_format_number(b.max_y, decimals, map->lang);
    const char *const pairs[] = {"west", west, "east", east, "south", south, "north", north, NULL};
    return filled(map, "part_box", pairs);
}

static char *own_name(const GapMap *map) {
    const GapPart *part = map->data->part;
    if (!part->areas->len)
        return name_of_box(map, part->box);
    g_autoptr(GString) names = g_string_new(NULL);
    guint n = part->areas->len, named = n > NAMES_MAX + 1 ? NAMES_MAX : n;
    for (guint i = 0; i < named; i++) {
        const GapPartArea *a = &g_array_index(part->areas, GapPartArea, i);
        const char *name = gap_map_name(map, a->table, a->row);
        g_string_append_printf(names, "%s%s", i ? ", " : "",
                               name ? name : gap_cell_text(a->table, a->row, "code"));
    }
    if (named == n)
        return g_strdup(names->str);
    g_autofree char *more = gap_format_number(n - named, 0, map->lang);
    return filled(map, "part_more",
                  (const char *const[]){"names", names->str, "count", more, NULL});
}

char *gap_part_name(const GapMap *map) {
    char *name = own_name(map);
    if (!map->continued)
        return name;
    char *continued = filled(map, "part_continued", (const char *const[]){"part", name, NULL});
    g_free(name);
    return continued;
}

char *gap_part_heading(const GapMap *map, const char *key, bool own_title) {
    char *text = gap_map_say_first(map, key);
    bool is_title = g_str_equal(key, "title");
    if (!map->data->part || is_title == own_title)
        return text;
    gap_map_put(map, key, text, NAN);
    return gap_map_say_first(map, is_title ? "part_title" : "part_subtitle");
}

/* ---- its ground ---- */

/** Land around the seats of areas without an outline. */
static bool add_seats(GapMap *map, GapBox *box, GError **error) {
    for (guint i = 0; i < map->data->part->areas->len; i++) {
        const GapPartArea *a = &g_array_index(map->data->part->areas, GapPartArea, i);
        double xy[] = {gap_cell_number(a->table, a->row, "seat_lon"),
                       gap_cell_number(a->table, a->row, "seat_lat")};
        if (gap_table_geometry(a->table, a->row) || isnan(xy[0]) || isnan(xy[1]))
            continue;
        if (!gap_projection_forward(map->plane, xy, 1, error))
            return false;
        gap_box_add(box, (GapBox){xy[0] - around_seat_m, xy[1] - around_seat_m,
                                  xy[0] + around_seat_m, xy[1] + around_seat_m});
    }
    return true;
}

bool gap_part_extent(GapMap *map, GapBox *box, GError **error) {
    GBytes *wkb = map->data->part->outline;
    *box = GAP_BOX_EMPTY;
    g_clear_pointer(&map->outline, gap_geometry_free);
    if (wkb &&
        (!(map->outline = gap_geometry_from_wkb(wkb, error)) ||
         !gap_projection_forward(map->plane, map->outline->xy, map->outline->n_points, error)))
        return false;
    if (map->outline)
        gap_box_add(box, gap_geometry_box(map->outline));
    return add_seats(map, box, error) &&
           (box->min_x < box->max_x ||
            gap_fail(error, GAP_ERROR_MISSING, "nothing is known of where this part lies"));
}

bool gap_part_hidden_by(const GapMap *map, const GapView *view, GapBox box) {
    g_autoptr(GapGeometry) px = map->outline ? gap_view_shape(view, map->outline) : NULL;
    const double room = 6;
    GapBox b = {box.min_x - room, box.min_y - room, box.max_x + room, box.max_y + room};
    for (uint32_t i = 0; px && i < px->n_points; i++)
        if (px->xy[2 * i] > b.min_x && px->xy[2 * i] < b.max_x && px->xy[2 * i + 1] > b.min_y &&
            px->xy[2 * i + 1] < b.max_y)
            return true;
    g_autoptr(GBytes) wkb = px && px->kind == GAP_SHAPE_POLYGON ? gap_geometry_to_wkb(px) : NULL;
    g_autoptr(GapAreaIndex) index = wkb ? gap_area_index_new(&wkb, 1, NULL) : NULL;
    return index && gap_area_index_locate(index, b.min_x, b.min_y) >= 0; // wholly within
}

/** Everything of the frame but the part: a rectangle whose holes are the part (even-odd). */
static GapGeometry *outside_of(const GapGeometry *px, GapBox f) {
    const double corners[] = {f.min_x, f.min_y, f.max_x, f.min_y, f.max_x,
                              f.max_y, f.min_x, f.max_y, f.min_x, f.min_y};
    enum { CORNERS = 5 };
    GapGeometry *g = g_new0(GapGeometry, 1);
    *g = (GapGeometry){GAP_SHAPE_POLYGON,
                       1,
                       px->n_rings + 1,
                       px->n_points + CORNERS,
                       g_new0(uint32_t, 2),
                       g_new0(uint32_t, px->n_rings + 2),
                       g_new(double, 2 * ((size_t)px->n_points + CORNERS))};
    g->part[1] = g->n_rings;
    for (uint32_t r = 0; r <= px->n_rings; r++)
        g->ring[r + 1] = px->ring[r] + CORNERS;
    memcpy(g->xy, corners, sizeof corners);
    memcpy(g->xy + 2 * CORNERS, px->xy, 2 * sizeof(double) * px->n_points);
    return g;
}

static void draw_line(GapMap *map, const GapView *view, const char *id, const GapGeometry *px,
                      GapColour colour, double width) {
    gap_scene_add(map->scene,
                  (GapItem){GAP_ITEM_PATH, role, (char *)id, view->number, .stroke = colour,
                            .width = width, .path = gap_geometry_copy(px)});
}

/** A row's shape on the page, or NULL. Returns: (transfer full). */
static GapGeometry *row_shape(const GapMap *map, const GapView *view, const GapTable *t,
                              size_t row) {
    GBytes *wkb = gap_table_geometry(t, row);
    g_autoptr(GapGeometry) shape = wkb ? gap_geometry_from_wkb(wkb, NULL) : NULL;
    return shape && gap_projection_forward(map->plane, shape->xy, shape->n_points, NULL)
               ? gap_view_shape(view, shape)
               : NULL;
}

/** Whether a district lies in the part, and is not the part itself. */
static bool is_within(const GapMap *map, const GapTable *t, size_t row) {
    const GapPartArea *only = gap_part_only_area(map->data->part);
    const char *code = gap_cell_text(t, row, "code");
    return code && g_hash_table_contains(map->data->part->codes, code) &&
           !(only && only->table == t && only->row == row);
}

/** The districts of the part: a thin line around each, and its name. */
static void draw_districts(GapMap *map, const GapView *view) {
    const GapTable *t = g_hash_table_lookup(map->data->tables, "districts");
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        g_autoptr(GapGeometry) px = is_within(map, t, row) ? row_shape(map, view, t, row) : NULL;
        const char *name = gap_map_name(map, t, row);
        if (!px)
            continue;
        draw_line(map, view, "district", px, (GapColour){0.42, 0.4, 0.36, 0.9}, 1);
        g_autoptr(GBytes) wkb = gap_geometry_to_wkb(px);
        double x, y;
        if (view->inset || !name || px->kind != GAP_SHAPE_POLYGON ||
            !gap_overlay_inner_point(overlay, wkb, &x, &y, NULL))
            continue;
        GapLabel label = {.id = "district-names",
                          .text = name,
                          .x = x,
                          .y = y,
                          .area = px,
                          .look = {.size = 20,
                                   .italic = true,
                                   .colour = {0.3, 0.28, 0.25, 1},
                                   .halo = {1, 1, 1, 0.8},
                                   .halo_width = 3}};
        gap_labels_add(map->labels, &label);
    }
}

guint gap_part_draw_ground(GapMap *map, const GapView *view) {
    g_autoptr(GapGeometry) px = map->outline ? gap_view_shape(view, map->outline) : NULL;
    if (!px)
        return map->scene->items->len;
    gap_scene_add(map->scene, (GapItem){GAP_ITEM_PATH, role, (char *)"veil", view->number,
                                        .fill = {0.953, 0.945, 0.925, 0.66},
                                        .path = outside_of(px, view->frame)});
    draw_districts(map, view);
    draw_line(map, view, "casing", px, (GapColour){1, 1, 1, 0.75}, 6);
    draw_line(map, view, "outline", px, (GapColour){0.13, 0.13, 0.13, 1}, 2.8);
    gap_part_draw_borders(map, view, role);
    return map->scene->items->len;
}

/* ---- what stands on it ---- */

static void fade(GapItem *item) {
    const double left = 0.35;
    GapColour *const colours[] = {&item->fill, &item->stroke, &item->hatch_colour,
                                  &item->look.colour};
    for (size_t i = 0; i < G_N_ELEMENTS(colours); i++)
        colours[i]->a *= left;
}

bool gap_part_owns(const GapMap *map, const char *source_id) {
    const GapStyleSource *source = gap_style_source(map->style, source_id);
    return source && g_hash_table_lookup(map->data->tables, source->layer) !=
                         g_hash_table_lookup(map->data->part->whole->tables, source->layer);
}

/** Whether the layer that made an item draws rows of the part alone: they belong to it wherever
 *  their marks stand, since outlines are generalised. */
static bool draws_own_rows(const GapMap *map, const char *layer_id) {
    const GapStyleLayer *layer = gap_style_layer(map->style, layer_id);
    return layer && layer->source && gap_part_owns(map, layer->source);
}

static void fade_outside(GapMap *map, const GapView *view, const GapGeometry *px, guint first) {
    g_autoptr(GBytes) wkb = gap_geometry_to_wkb(px);
    g_autoptr(GapAreaIndex) index = gap_area_index_new(&wkb, 1, NULL);
    for (guint i = first; index && i < map->scene->items->len; i++) {
        GapItem *item = &g_array_index(map->scene->items, GapItem, i);
        double x = (item->box.min_x + item->box.max_x) / 2,
               y = (item->box.min_y + item->box.max_y) / 2;
        if (item->frame == view->number && !draws_own_rows(map, item->id) &&
            gap_area_index_locate(index, x, y) < 0)
            fade(item);
    }
}

/** A small dot and the name at the seat of every municipality that the theme does not name. */
static void ask_for_names(GapMap *map, const GapView *view) {
    const GapTable *t = g_hash_table_lookup(map->data->tables, "municipalities");
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        double xy[] = {gap_cell_number(t, row, "seat_lon"), gap_cell_number(t, row, "seat_lat")};
        double x, y, people = gap_cell_number(t, row, "people");
        const char *name = gap_map_name(map, t, row);
        if (!name || isnan(xy[0]) || isnan(xy[1]) ||
            !gap_projection_forward(map->plane, xy, 1, NULL))
            continue;
        gap_view_point(view, xy[0], xy[1], &x, &y);
        GapBox f = view->frame;
        if (x < f.min_x || x > f.max_x || y < f.min_y || y > f.max_y ||
            gap_labels_want(map->labels, name, x, y))
            continue;
        GapLabel label = {.id = "part-names",
                          .text = name,
                          .x = x,
                          .y = y,
                          .radius = 4,
                          .rank = -1,
                          .sort_key = isnan(people) ? 0 : -people,
                          .look = {.size = 18,
                                   .colour = {0.2, 0.2, 0.2, 1},
                                   .halo = {1, 1, 1, 0.85},
                                   .halo_width = 3}};
        gap_labels_add(map->labels, &label);
        gap_scene_add(map->scene, (GapItem){GAP_ITEM_CIRCLE, role, (char *)"seat", view->number,
                                            .x = x, .y = y, .r = 2.4, .fill = {0.2, 0.2, 0.2, 1}});
    }
}

void gap_part_draw_top(GapMap *map, const GapView *view, guint first) {
    g_autoptr(GapGeometry) px = map->outline ? gap_view_shape(view, map->outline) : NULL;
    if (px && px->kind == GAP_SHAPE_POLYGON)
        fade_outside(map, view, px, first);
    ask_for_names(map, view);
}
