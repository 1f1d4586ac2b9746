#include <jansson.h>
#include <math.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "geo/files/degree.h"
#include "geo/files/vector.h"
#include "geo/shape/geometry.h"

// GDAL's own writer is not used: its numbers are neither shortest nor always exact (3.6 writes
// 0.30000000000000004 as 0.3 and 1e-7 as 9.9999999999999995e-08).

static int append(const char *bytes, size_t n, void *out) {
    g_string_append_len(out, bytes, (gssize)n);
    return 0;
}

static bool put_text(GString *out, const char *text) {
    json_t *value = json_string(text);
    const bool ok = value && json_dump_callback(value, append, out, JSON_ENCODE_ANY) == 0;
    json_decref(value);
    return ok;
}

static void put_position(GString *out, const double *xy) {
    g_string_append_c(out, '[');
    gap_put_degree(out, xy[0]);
    g_string_append_c(out, ',');
    gap_put_degree(out, xy[1]);
    g_string_append_c(out, ']');
}

static void put_box(GString *out, GapBox box) {
    const double sides[] = {box.min_x, box.min_y, box.max_x, box.max_y};
    g_string_append(out, "\"bbox\": [");
    for (int i = 0; i < 4; i++) {
        g_string_append(out, i ? "," : "");
        gap_put_degree(out, sides[i]);
    }
    g_string_append(out, "], ");
}

static void put_run(GString *out, const double *xy, uint32_t n) {
    g_string_append_c(out, '[');
    for (uint32_t i = 0; i < n; i++) {
        g_string_append(out, i ? "," : "");
        put_position(out, xy + 2 * (size_t)i);
    }
    g_string_append_c(out, ']');
}

static void put_part(GString *out, const GapGeometry *g, uint32_t p) {
    const double *first = g->xy + 2 * (size_t)g->ring[g->part[p]];
    if (g->kind == GAP_SHAPE_POINT) {
        put_position(out, first);
        return;
    }
    if (g->kind == GAP_SHAPE_LINE) {
        put_run(out, first, g->ring[g->part[p] + 1] - g->ring[g->part[p]]);
        return;
    }
    g_string_append_c(out, '[');
    for (uint32_t r = g->part[p]; r < g->part[p + 1]; r++) {
        g_string_append(out, r == g->part[p] ? "" : ",");
        put_run(out, g->xy + 2 * (size_t)g->ring[r], g->ring[r + 1] - g->ring[r]);
    }
    g_string_append_c(out, ']');
}

static void put_geometry(GString *out, const GapGeometry *g) {
    static const char *const names[] = {"", "Point", "LineString", "Polygon"};
    const bool multi = g->n_parts != 1;
    g_string_append_printf(out, "{\"type\": \"%s%s\", \"coordinates\": ", multi ? "Multi" : "",
                           names[g->kind]);
    g_string_append(out, multi ? "[" : "");
    for (uint32_t p = 0; p < g->n_parts; p++) {
        g_string_append(out, p ? "," : "");
        put_part(out, g, p);
    }
    g_string_append(out, multi ? "]}" : "}");
}

static bool put_value(GString *out, const GapTable *table, size_t row, size_t column) {
    if (gap_table_is_null(table, row, column)) {
        g_string_append(out, "null");
        return true;
    }
    const GapType type = gap_table_column(table, column)->type;
    if (type == GAP_TYPE_TEXT)
        return put_text(out, gap_table_text(table, row, column));
    if (type == GAP_TYPE_REAL && !isfinite(gap_table_real(table, row, column)))
        return false;
    g_autofree char *number = gap_table_cell_string(table, row, column);
    g_string_append(out, number);
    return true;
}

static bool put_properties(GString *out, const GapTable *table, size_t row, GError **error) {
    g_string_append(out, "\"properties\": {");
    for (size_t i = 0; i < gap_table_columns(table); i++) {
        const char *name = gap_table_column(table, i)->name;
        g_string_append(out, i ? ", " : "");
        bool ok = put_text(out, name);
        g_string_append(out, ": ");
        ok = ok && put_value(out, table, row, i);
        if (!ok)
            return gap_fail_at(error,
                               (GapPlace){gap_table_name(table), (gint64)row + 1, name, NULL},
                               "cannot be written as JSON: text must be UTF-8, numbers finite");
    }
    g_string_append(out, "}, ");
    return true;
}

static bool put_feature(GString *out, const GapTable *table, size_t row, GapBox *all,
                        GError **error) {
    GBytes *wkb = gap_table_geometry(table, row);
    g_autoptr(GapGeometry) g = NULL;
    if (wkb && !gap_wkb_is_empty(wkb) && !(g = gap_geometry_from_wkb(wkb, error))) {
        g_prefix_error(error, "%s, row %zu: ", gap_table_name(table), row + 1);
        return false;
    }
    g_string_append(out, "{\"type\": \"Feature\", ");
    if (g) {
        gap_geometry_orient(g);
        gap_box_add(all, gap_geometry_box(g));
    }
    if (g && g->kind != GAP_SHAPE_POINT)
        put_box(out, gap_geometry_box(g));
    if (!put_properties(out, table, row, error))
        return false;
    g_string_append(out, "\"geometry\": ");
    if (g)
        put_geometry(out, g);
    else
        g_string_append(out, "null");
    g_string_append_c(out, '}');
    return true;
}

bool gap_vector_write_geojson(const GapTable *table, const char *path, GError **error) {
    g_autoptr(GString) features = g_string_new(NULL);
    GapBox all = GAP_BOX_EMPTY;
    for (size_t row = 0; row < gap_table_rows(table); row++) {
        g_string_append(features, row ? ",\n" : "");
        if (!put_feature(features, table, row, &all, error))
            return false;
    }
    g_autoptr(GString) out = g_string_new("{\"type\": \"FeatureCollection\", \"name\": ");
    if (!put_text(out, gap_table_name(table)))
        return gap_fail(error, GAP_ERROR_INPUT, "%s: the layer's name is not UTF-8", path);
    g_string_append(out, ", ");
    if (all.min_x <= all.max_x)
        put_box(out, all);
    g_string_append(out, "\"features\": [\n");
    g_string_append_len(out, features->str, (gssize)features->len);
    g_string_append(out, "\n]}\n");
    return gap_atomic_write(path, out->str, out->len, error);
}
