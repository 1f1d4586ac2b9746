#include "layers/export.h"

#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/files/atomic.h"
#include "geo/files/vector.h"
#include "layers/layers.h"
#include "layers/views.h"

#include <jansson.h>
#include <string.h>

// Grows when a column is renamed, dropped or means something else; new columns leave it as it is.
#define CONTRACT_VERSION 1

static const char *type_name(GapType type) {
    return type == GAP_TYPE_TEXT ? "string" : type == GAP_TYPE_INT ? "integer" : "number";
}

static json_t *column_json(const GapColumnSpec *column) {
    json_t *object = json_pack("{s:[s,s]}", "type", type_name(column->type), "null");
    if (column->title)
        json_object_set_new(object, "title", json_string(column->title));
    if (column->unit)
        json_object_set_new(object, "x-unit", json_string(column->unit));
    return object;
}

static json_t *columns_json(const GapLayerView *view) {
    json_t *columns = json_object();
    for (size_t c = 0; c < view->n_columns; c++)
        json_object_set_new(columns, view->columns[c].name, column_json(&view->columns[c]));
    return columns;
}

static char *take_text(json_t *object) {
    char *text = json_dumps(object, JSON_INDENT(2));
    char *line = g_strconcat(text, "\n", NULL);
    free(text);
    json_decref(object);
    return line;
}

char *gap_describe_json(const char *layer, GError **error) {
    const GapLayerView *view = gap_layer_view_find(layer, error);
    if (!view)
        return NULL;
    g_autofree char *id = g_strdup_printf("urn:gapmap:layer:%s:%d", view->name, CONTRACT_VERSION);
    json_t *schema = json_pack("{s:s, s:s, s:s, s:i, s:s, s:o, s:b}", "$schema",
                               "https://json-schema.org/draft/2020-12/schema", "$id", id, "title",
                               view->title, "version", CONTRACT_VERSION, "type", "object",
                               "properties", columns_json(view), "additionalProperties", 1);
    json_object_set_new(schema, "x-geometry",
                        view->geometry ? json_string(view->geometry) : json_null());
    return take_text(schema);
}

/* ---- the sidecar ---- */

static json_t *table_json(const GapTable *table) {
    json_t *rows = json_array();
    for (size_t r = 0; r < gap_table_rows(table); r++) {
        json_t *row = json_object();
        for (size_t c = 0; c < gap_table_columns(table); c++) {
            g_autofree char *cell = gap_table_cell_string(table, r, c);
            if (cell)
                json_object_set_new(row, gap_table_column(table, c)->name, json_string(cell));
        }
        json_array_append_new(rows, row);
    }
    return rows;
}

static int by_text(const void *a, const void *b) {
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

static json_t *facts_json(GHashTable *facts) {
    guint n;
    g_autofree char **names = (char **)g_hash_table_get_keys_as_array(facts, &n);
    qsort(names, n, sizeof *names, by_text);
    json_t *object = json_object();
    for (guint i = 0; i < n; i++)
        json_object_set_new(object, names[i], json_string(g_hash_table_lookup(facts, names[i])));
    return object;
}

static bool write_sidecar(GapStore *store, const GPtrArray *tables, GHashTable *facts,
                          const char *path, GError **error) {
    g_autoptr(GapTable) sources = gap_layer_table(store, "sources", NULL, error);
    if (!sources)
        return false;
    json_t *layers = json_array();
    for (guint i = 0; i < tables->len; i++) {
        const GapTable *table = g_ptr_array_index(tables, i);
        const GapLayerView *view = gap_layer_view(gap_table_name(table));
        json_array_append_new(layers,
                              json_pack("{s:s, s:s, s:I, s:o}", "name", view->name, "title",
                                        view->title, "rows", (json_int_t)gap_table_rows(table),
                                        "columns", columns_json(view)));
    }
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *text =
        take_text(json_pack("{s:s, s:s, s:i, s:o, s:o, s:o}", "file", base, "made_by",
                            "gapmap " GAP_VERSION, "contract", CONTRACT_VERSION, "run",
                            facts_json(facts), "layers", layers, "sources", table_json(sources)));
    g_autofree char *sidecar = g_strconcat(path, ".meta.json", NULL);
    return gap_atomic_write(sidecar, text, strlen(text), error);
}

/* A GeoPackage states when it last changed: that is the day its results speak of, so that the same
 * results make the same bytes on any day. */
static bool write_gpkg(const GPtrArray *tables, GHashTable *facts, const char *path,
                       GError **error) {
    g_autofree const char **titles = g_new0(const char *, tables->len + 1);
    for (guint i = 0; i < tables->len; i++)
        titles[i] = gap_layer_view(gap_table_name(g_ptr_array_index(tables, i)))->title;
    g_autofree char *today = gap_today();
    const char *as_of = g_hash_table_lookup(facts, "as_of");
    return gap_vector_write_gpkg((GapTable *const *)tables->pdata, titles, tables->len,
                                 as_of ? as_of : today, path, error);
}

static GPtrArray *read_layers(GapStore *store, char **layers, const char *run, bool keep_empty,
                              GError **error) {
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func((GDestroyNotify)gap_table_free);
    for (char **layer = layers; *layer; layer++) {
        g_autoptr(GapTable) table = gap_layer_table(store, *layer, run, error);
        if (!table)
            return NULL;
        if (keep_empty || gap_table_rows(table))
            g_ptr_array_add(tables, g_steal_pointer(&table));
    }
    return g_steal_pointer(&tables);
}

bool gap_export(GapStore *store, char **layers, const char *run, const char *path, GError **error) {
    const bool gpkg = g_str_has_suffix(path, ".gpkg");
    const bool csv = g_str_has_suffix(path, ".csv");
    if (!gpkg && !csv && !g_str_has_suffix(path, ".geojson"))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "%s: cannot tell the format; end the name in .geojson, .gpkg or .csv",
                        path);
    if (!gpkg && g_strv_length(layers) != 1)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "%s: one layer goes into such a file; write {layer} in its name for a file "
                        "each, or end it in .gpkg",
                        path);
    g_autoptr(GPtrArray) tables = read_layers(store, layers, run, !gpkg, error);
    if (!tables)
        return false;
    if (tables->len == 0)
        return gap_fail(error, GAP_ERROR_MISSING, "%s: the layers have no rows", path);
    g_autoptr(GHashTable) facts = gap_layer_facts(store, run, error);
    if (!facts)
        return false;
    const GapTable *first = g_ptr_array_index(tables, 0);
    const bool ok = gpkg  ? write_gpkg(tables, facts, path, error)
                    : csv ? gap_vector_write_csv(first, path, error)
                          : gap_vector_write_geojson(first, path, error);
    return ok && write_sidecar(store, tables, facts, path, error);
}
