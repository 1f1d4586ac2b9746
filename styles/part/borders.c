#include "styles/part/borders.h"

#include "geo/shape/facing.h"
#include "styles/part/part.h"

static const double near_m = 1000; // outlines of two sources are as far apart, at least

/** Lines of the rows of `table`, in metres, NULL: none; in the order of the theme's layers. */
static void draw_lines(GapMap *map, const GapView *view, const GapTable *table,
                       const GPtrArray *lines, const char *role, double scale) {
    for (guint i = 0; i < map->style->layers->len; i++) {
        const GapStyleLayer *layer = map->style->layers->pdata[i];
        const GapStyleSource *source =
            layer->source ? gap_style_source(map->style, layer->source) : NULL;
        if (layer->hidden || layer->type != GAP_LAYER_LINE || !source ||
            !g_str_equal(source->layer, "borders"))
            continue;
        for (guint row = 0; row < lines->len; row++) {
            GapContext c = gap_map_context(map, table, row);
            GapGeometry *px = lines->pdata[row] && gap_expr_holds(layer->filter, &c)
                                  ? gap_view_shape(view, lines->pdata[row])
                                  : NULL;
            if (px)
                gap_line_draw(map, view, layer, &c, role, scale, px);
        }
    }
}

/** The part of a line that runs along `outline`, in metres of the map's plane. */
static GapGeometry *along(const GapMap *map, GBytes *line, const GapGeometry *outline) {
    g_autoptr(GapGeometry) whole = line ? gap_geometry_from_wkb(line, NULL) : NULL;
    g_autoptr(GPtrArray) faces = whole ? gap_facing(whole, &outline, 1, near_m) : NULL;
    GapGeometry *found = faces ? g_steal_pointer(&faces->pdata[0]) : NULL;
    if (found && !gap_projection_forward(map->plane, found->xy, found->n_points, NULL))
        g_clear_pointer(&found, gap_geometry_free);
    return found;
}

void gap_part_draw_borders(GapMap *map, const GapView *view, const char *role) {
    const GapTable *table = g_hash_table_lookup(map->data->tables, "borders");
    GBytes *wkb = map->data->part->outline;
    g_autoptr(GapGeometry) outline = table && wkb ? gap_geometry_from_wkb(wkb, NULL) : NULL;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func((GDestroyNotify)gap_geometry_free);
    for (size_t row = 0; outline && row < gap_table_rows(table); row++)
        g_ptr_array_add(lines, along(map, gap_table_geometry(table, row), outline));
    draw_lines(map, view, table, lines, role, 1);
}

void gap_borders_draw_small(GapMap *map, const GapView *view, const char *role, double scale) {
    for (guint i = 0; i < map->style->sources->len; i++) {
        const GapStyleSource *source = map->style->sources->pdata[i];
        const GapRows *rows =
            g_str_equal(source->layer, "borders") ? gap_map_rows(map, source->id, NULL) : NULL;
        if (rows)
            draw_lines(map, view, rows->table, rows->shapes, role, scale);
    }
}
