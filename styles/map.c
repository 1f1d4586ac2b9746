#include "styles/map.h"

#include "geo/base/error.h"
#include "geo/text/message.h"
#include "styles/dots/dots.h"
#include "styles/labels.h"
#include "styles/page.h"
#include "styles/page/build.h"
#include "styles/part/part.h"
#include "styles/shapes/arcs.h"
#include "styles/speech/both.h"
#include "styles/speech/rooms.h"
#include "styles/theme/values.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

static const char words_path[] = "/gapmap/styles/words/maps.ini";

GapWords *gap_map_words(GError **error) {
    g_autoptr(GBytes) bytes =
        g_resources_lookup_data(words_path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    gsize length = 0;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    return text ? gap_words_parse(text, (gssize)length, error) : NULL;
}

char *gap_map_words_digest(void) {
    g_autoptr(GBytes) bytes =
        g_resources_lookup_data(words_path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    return bytes ? g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes) : g_strdup("");
}

GapContext gap_map_context(const GapMap *map, const GapTable *table, size_t row) {
    return (GapContext){.table = table,
                        .row = row,
                        .lang = map->lang,
                        .zoom = map->zoom,
                        .scratch = map->scratch,
                        .second = map->other ? map->other->lang : NULL};
}

double gap_cell_number(const GapTable *t, size_t row, const char *column) {
    int at = gap_table_find(t, column);
    bool text = at >= 0 && gap_table_column(t, (size_t)at)->type == GAP_TYPE_TEXT;
    return at < 0 || text ? NAN : gap_table_real(t, row, (size_t)at);
}

const char *gap_cell_text(const GapTable *t, size_t row, const char *column) {
    int at = gap_table_find(t, column);
    bool text = at >= 0 && gap_table_column(t, (size_t)at)->type == GAP_TYPE_TEXT;
    return text ? gap_table_text(t, row, (size_t)at) : NULL;
}

const char *gap_map_name(const GapMap *map, const GapTable *table, size_t row) {
    GapContext c = gap_map_context(map, table, row);
    json_t *get = json_pack("[ss]", "get", "name");
    g_autoptr(GapExpr) expr = gap_expr_parse(get, GAP_VALUE_NULL, "name", NULL);
    json_decref(get);
    const char *name = gap_expr_string(expr, &c);
    if (!map->other || !name || !strchr(name, '\n'))
        return name;
    g_autoptr(GString) line = g_string_new(name);
    g_string_replace(line, "\n", " / ", 1);
    return g_string_chunk_insert_const(map->scratch, line->str);
}

const char *gap_map_name_first(const GapMap *map, const GapTable *table, size_t row) {
    GapMap one = *map;
    one.other = NULL;
    return gap_map_name(&one, table, row);
}

/* ---- sources ---- */

static void rows_free(gpointer data) {
    GapRows *rows = data;
    gap_arcs_free(rows->arcs);
    g_ptr_array_unref(rows->shapes);
    gap_table_free(rows->own);
    g_free(rows);
}

static void shape_free(gpointer data) {
    gap_geometry_free(data);
}

/** WKB in degrees to a shape in metres; NULL without an error where there is nothing. */
static bool project(const GapMap *map, GBytes *wkb, GapGeometry **shape, GError **error) {
    *shape = NULL;
    if (!wkb)
        return true;
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, error);
    if (!g || !gap_projection_forward(map->plane, g->xy, g->n_points, error))
        return false;
    if (g->n_points)
        *shape = g_steal_pointer(&g);
    return true;
}

/** A row's seat where the table has one, else the best point of its area. */
static GBytes *seat_of(const GapMap *map, const GapTable *t, size_t row) {
    double x = gap_cell_number(t, row, "seat_lon"), y = gap_cell_number(t, row, "seat_lat");
    GBytes *wkb = gap_table_geometry(t, row);
    if (isnan(x) || isnan(y)) {
        if (!wkb || !gap_overlay_inner_point(map->overlay, wkb, &x, &y, NULL))
            return wkb ? g_bytes_ref(wkb) : NULL;
    }
    return gap_wkb_point(x, y);
}

static bool fill_rows(const GapMap *map, GapRows *rows, bool seat, GError **error) {
    for (size_t i = 0; i < gap_table_rows(rows->table); i++) {
        GBytes *own = gap_table_geometry(rows->table, i);
        g_autoptr(GBytes) wkb = seat ? seat_of(map, rows->table, i) : own ? g_bytes_ref(own) : NULL;
        GapGeometry *shape;
        if (!project(map, wkb, &shape, error))
            return false;
        g_ptr_array_add(rows->shapes, shape);
    }
    return true;
}

/** Dots in place of the rows of the demand; the page may say how many people each stands for. */
static bool make_dots(GapMap *map, GapRows *rows, double people, GError **error) {
    GHashTable *tables = map->data->tables;
    GapDotsGround ground = {rows->table, g_hash_table_lookup(tables, "municipalities"),
                            g_hash_table_lookup(tables, "lakes")};
    if (people == 0)
        people = gap_dots_people(rows->table);
    rows->table = rows->own = gap_dots_table(&ground, people, error);
    gap_map_put_number(map, "dot_people", people);
    return rows->own != NULL;
}

const GapRows *gap_map_rows(GapMap *map, const char *id, GError **error) {
    GapRows *rows = g_hash_table_lookup(map->sources, id);
    const GapStyleSource *source = gap_style_source(map->style, id);
    double people;
    if (rows)
        return rows;
    if (!source) {
        gap_fail(error, GAP_ERROR_INPUT, "the style has no source '%.60s'", id);
        return NULL;
    }
    rows = g_new0(GapRows, 1);
    rows->shapes = g_ptr_array_new_with_free_func(shape_free);
    g_hash_table_insert(map->sources, g_strdup(id), rows);
    rows->table = g_hash_table_lookup(map->data->tables, source->layer);
    if (!rows->table)
        gap_fail(error, GAP_ERROR_MISSING, "sources.%s: there is no layer '%.60s'", id,
                 source->layer);
    bool dots = gap_style_dots(source, &people);
    if (!rows->table || (dots && !make_dots(map, rows, people, error)) ||
        !fill_rows(map, rows, source->variant && !dots, error) ||
        !(rows->arcs = gap_arcs_new(rows->shapes, error))) {
        g_hash_table_remove(map->sources, id);
        return NULL;
    }
    return rows;
}

/* ---- from beginning to end ---- */

static void collect(const GapMapData *data, const char *layer, GPtrArray *all) {
    const GapTable *t = g_hash_table_lookup(data->tables, layer);
    for (size_t i = 0; t && i < gap_table_rows(t); i++)
        if (gap_table_geometry(t, i))
            g_ptr_array_add(all, gap_table_geometry(t, i));
}

/** Bounds of the country in degrees, for the projection. */
static GapBox degrees_extent(const GapMapData *data) {
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    GapBox box = GAP_BOX_EMPTY;
    collect(data, "provinces", all);
    for (guint i = 0; i < all->len; i++) {
        g_autoptr(GapGeometry) g = gap_geometry_from_wkb(all->pdata[i], NULL);
        if (g)
            gap_box_add(&box, gap_geometry_box(g));
    }
    return box;
}

static bool open_plane(GapMap *map, GError **error) {
    GapBox box = degrees_extent(map->data);
    if (box.min_x >= box.max_x || box.min_y >= box.max_y)
        return gap_fail(error, GAP_ERROR_MISSING,
                        "there are no province boundaries to draw; load them first: gapmap load "
                        "boundaries FILE");
    map->plane = gap_projection_equal_area(box, error);
    map->extent = GAP_BOX_EMPTY;
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    collect(map->data, "provinces", all);
    for (guint i = 0; map->plane && i < all->len; i++) {
        GapGeometry *shape;
        if (!project(map, all->pdata[i], &shape, error))
            return false;
        if (shape)
            gap_box_add(&map->extent, gap_geometry_box(shape));
        gap_geometry_free(shape);
    }
    return map->plane != NULL;
}

void gap_map_say_made_from(const GapMapData *data, GapScene *scene) {
    static const char *const facts[][2] = {
        {"run", "run"}, {"as_of", "as of"}, {"made_from", "made from"}};
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++) {
        const char *value = g_hash_table_lookup(data->facts, facts[i][0]);
        if (value)
            g_string_append_printf(text, "%s%s %s", text->len ? "; " : "", facts[i][1], value);
    }
    scene->made_from = text->len ? g_strdup(text->str) : NULL;
    scene->day = g_strdup(g_hash_table_lookup(data->facts, "as_of"));
    g_string_free(text, TRUE);
}

static void map_clear(GapMap *map) {
    g_clear_pointer(&map->overlay, gap_overlay_free);
    g_clear_pointer(&map->plane, gap_projection_free);
    g_clear_pointer(&map->sources, g_hash_table_unref);
    g_clear_pointer(&map->moved, g_hash_table_unref);
    g_clear_pointer(&map->built, g_hash_table_unref);
    g_clear_pointer(&map->said, g_hash_table_unref);
    g_clear_pointer(&map->labels, gap_labels_free);
    g_clear_pointer(&map->outline, gap_geometry_free);
    g_clear_pointer(&map->scratch, g_string_chunk_free);
}

static bool check_part(const GapMap *map, GError **error) {
    return !map->data->part || gap_part_drawn_by(map->style) ||
           gap_fail(error, GAP_ERROR_MISSING, "map '%s' is of the whole country and draws no part",
                    map->style->name);
}

static bool check_ready(const GapMap *map, GError **error) {
    if (gap_map_ready(map->style, map->data->facts, error))
        return true;
    g_prefix_error(error, "map '%s': ", map->style->name);
    return false;
}

static bool divide_for_two(GapLayout *layout, const GapMapPage *page, GError **error) {
    if (!page->continued)
        return gap_layout_for_two(layout, error);
    gap_layout_heading_for_two(layout);
    return true;
}

static bool draw_page(GapMap *map, const char *title, GError **error) {
    if (map->continued) {
        gap_page_draw_continued(map, title);
        return true;
    }
    return open_plane(map, error) && gap_page_draw(map, title, error);
}

GapScene *gap_map_scene(GapStyle *style, const GapMapData *data, const GapMapPage *page,
                        GapFonts *fonts, GError **error) {
    GapLayout layout = *(page->layout ? page->layout : gap_layout_by_name(NULL));
    g_autoptr(GapScene) scene = gap_scene_new(layout.width, layout.height);
    char first[4];
    const char *second = gap_lang_second(page->lang, first);
    GapMap map = {.style = style,
                  .data = data,
                  .lang = first,
                  .layout = &layout,
                  .graticule =
                      page->graticule || json_is_true(json_object_get(style->page, "graticule")),
                  .logos = page->logos,
                  .continued = page->continued,
                  .fonts = fonts,
                  .scene = scene};
    scene->point = layout.point;
    map.overlay = gap_overlay_new();
    map.sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, rows_free);
    map.moved = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    map.said = gap_message_values_new();
    map.built = gap_build_table(style);
    map.labels = gap_labels_new();
    map.scratch = g_string_chunk_new(256);
    const char *group = json_string_value(json_object_get(style->page, "words"));
    map.group = group ? group : style->name;
    gap_map_say_facts(&map);
    GapMap other = map;
    if (second) {
        other.lang = second;
        other.said = gap_message_values_new();
        gap_map_say_facts(&other);
        map.other = &other;
    }
    bool good = (!second || divide_for_two(&layout, page, error)) && check_part(&map, error) &&
                check_ready(&map, error) &&
                gap_theme_words_check(&map, page->title != NULL, error) &&
                draw_page(&map, page->title, error) &&
                (!page->finish || page->finish(&map, page->user, error));
    if (!good && error && g_error_matches(*error, GAP_ERROR, GAP_ERROR_INPUT))
        g_prefix_error(error, "%s: ", style->file); // what the style alone is to blame for
    gap_map_say_made_from(data, scene);
    if (second)
        g_hash_table_unref(other.said);
    map_clear(&map);
    return good ? g_steal_pointer(&scene) : NULL;
}
