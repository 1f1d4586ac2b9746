#include "layers/export.h"

#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/files/atomic.h"
#include "geo/files/vector.h"
#include "geo/shape/geometry.h"
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

/* ---- formats ---- */

typedef bool (*WriteFunc)(const GPtrArray *tables, GHashTable *facts, const char *path,
                          GError **error);

typedef struct {
    const char *ending;
    bool many;   // takes any number of layers, those without rows left out
    bool mapped; // only layers with places go in
    WriteFunc write;
} Format;

/* To be freed with g_free(), the titles not. */
static const char **titles_of(const GPtrArray *tables) {
    const char **titles = g_new0(const char *, tables->len + 1);
    for (guint i = 0; i < tables->len; i++)
        titles[i] = gap_layer_view(gap_table_name(g_ptr_array_index(tables, i)))->title;
    return titles;
}

static bool write_geojson(const GPtrArray *tables, GHashTable *facts, const char *path,
                          GError **error) {
    (void)facts;
    return gap_vector_write_geojson(g_ptr_array_index(tables, 0), path, error);
}

static bool write_csv(const GPtrArray *tables, GHashTable *facts, const char *path,
                      GError **error) {
    (void)facts;
    return gap_vector_write_csv(g_ptr_array_index(tables, 0), path, error);
}

static bool write_fgb(const GPtrArray *tables, GHashTable *facts, const char *path,
                      GError **error) {
    (void)facts;
    return gap_vector_write_fgb(g_ptr_array_index(tables, 0), path, error);
}

static bool write_kml(const GPtrArray *tables, GHashTable *facts, const char *path,
                      GError **error) {
    (void)facts;
    g_autofree const char **titles = titles_of(tables);
    return gap_vector_write_kml((GapTable *const *)tables->pdata, titles, tables->len, path, error);
}

/* A GeoPackage states when it last changed: that is the day its results speak of, so that the same
 * results make the same bytes on any day. */
static bool write_gpkg(const GPtrArray *tables, GHashTable *facts, const char *path,
                       GError **error) {
    g_autofree const char **titles = titles_of(tables);
    g_autofree char *today = gap_today();
    const char *as_of = g_hash_table_lookup(facts, "as_of");
    return gap_vector_write_gpkg((GapTable *const *)tables->pdata, titles, tables->len,
                                 as_of ? as_of : today, path, error);
}

/* Points as columns `lon` and `lat`, where the table has none of these names. */
static void add_lon_lat(GapTable *table) {
    static const GapColumnSpec specs[] = {{"lon", GAP_TYPE_REAL, "degrees", "Longitude"},
                                          {"lat", GAP_TYPE_REAL, "degrees", "Latitude"}};
    const GapLayerView *view = gap_layer_view(gap_table_name(table));
    if (g_strcmp0(view->geometry, "Point") != 0 || gap_table_find(table, "lon") >= 0 ||
        gap_table_find(table, "lat") >= 0)
        return;
    const size_t lon = gap_table_add_column(table, &specs[0]);
    const size_t lat = gap_table_add_column(table, &specs[1]);
    for (size_t r = 0; r < gap_table_rows(table); r++) {
        GBytes *wkb = gap_table_geometry(table, r);
        double x, y;
        if (!wkb || !gap_wkb_read_point(wkb, &x, &y))
            continue;
        gap_table_set_real(table, r, lon, x);
        gap_table_set_real(table, r, lat, y);
    }
}

/* What the columns of all sheets mean, as a sheet of its own. */
static GapTable *columns_table(const GPtrArray *tables) {
    static const GapColumnSpec specs[] = {{"layer", GAP_TYPE_TEXT},
                                          {"column", GAP_TYPE_TEXT},
                                          {"unit", GAP_TYPE_TEXT},
                                          {"title", GAP_TYPE_TEXT}};
    GapTable *columns = gap_table_new("columns");
    for (size_t c = 0; c < G_N_ELEMENTS(specs); c++)
        gap_table_add_column(columns, &specs[c]);
    for (guint i = 0; i < tables->len; i++) {
        const GapTable *table = g_ptr_array_index(tables, i);
        for (size_t c = 0; c < gap_table_columns(table); c++) {
            const GapColumnSpec *spec = gap_table_column(table, c);
            const size_t row = gap_table_add_row(columns);
            gap_table_set_text(columns, row, 0, gap_table_name(table));
            gap_table_set_text(columns, row, 1, spec->name);
            gap_table_set_text(columns, row, 2, spec->unit);
            gap_table_set_text(columns, row, 3, spec->title);
        }
    }
    return columns;
}

static bool write_xlsx(const GPtrArray *tables, GHashTable *facts, const char *path,
                       GError **error) {
    (void)facts;
    g_autoptr(GPtrArray) sheets = g_ptr_array_new();
    for (guint i = 0; i < tables->len; i++) {
        add_lon_lat(g_ptr_array_index(tables, i));
        g_ptr_array_add(sheets, g_ptr_array_index(tables, i));
    }
    g_autoptr(GapTable) columns = columns_table(tables);
    g_ptr_array_add(sheets, columns);
    return gap_vector_write_xlsx((GapTable *const *)sheets->pdata, sheets->len, path, error);
}

static const Format FORMATS[] = {
    {".geojson", false, false, write_geojson}, {".gpkg", true, false, write_gpkg},
    {".fgb", false, true, write_fgb},          {".csv", false, false, write_csv},
    {".xlsx", true, false, write_xlsx},        {".kml", true, true, write_kml},
};

static const Format *format_of(const char *path, GError **error) {
    for (size_t i = 0; i < G_N_ELEMENTS(FORMATS); i++)
        if (g_str_has_suffix(path, FORMATS[i].ending))
            return &FORMATS[i];
    gap_fail(error, GAP_ERROR_USAGE,
             "%s: cannot tell the format; end the name in .geojson, .gpkg, .fgb, .csv, .xlsx or "
             ".kml",
             path);
    return NULL;
}

static GPtrArray *read_layers(GapStore *store, char **layers, const char *run, const Format *format,
                              GError **error) {
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func((GDestroyNotify)gap_table_free);
    for (char **layer = layers; *layer; layer++) {
        g_autoptr(GapTable) table = gap_layer_table(store, *layer, run, error);
        if (!table)
            return NULL;
        if (format->mapped ? gap_table_has_geometry(table)
                           : !format->many || gap_table_rows(table) > 0)
            g_ptr_array_add(tables, g_steal_pointer(&table));
    }
    return g_steal_pointer(&tables);
}

bool gap_export(GapStore *store, char **layers, const char *run, const char *path, GError **error) {
    const Format *format = format_of(path, error);
    if (!format)
        return false;
    if (!format->many && g_strv_length(layers) != 1)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "%s: one layer goes into such a file; write {layer} in its name for a file "
                        "each, or end it in .gpkg, .xlsx or .kml",
                        path);
    g_autoptr(GPtrArray) tables = read_layers(store, layers, run, format, error);
    if (!tables)
        return false;
    if (tables->len == 0)
        return gap_fail(error, GAP_ERROR_MISSING, "%s: %s", path,
                        format->mapped ? "there are no places to draw; plain tables go into .csv "
                                         "or .xlsx"
                                       : "the layers have no rows");
    g_autoptr(GHashTable) facts = gap_layer_facts(store, run, error);
    return facts && format->write(tables, facts, path, error) &&
           write_sidecar(store, tables, facts, path, error);
}

char *gap_export_left_out(char **layers, const char *path) {
    GString *names = g_string_new(NULL);
    const bool sheet = g_str_has_suffix(path, ".xlsx");
    for (char **layer = layers; sheet && *layer; layer++) {
        const GapLayerView *view = gap_layer_view(*layer);
        if (view && view->geometry && !g_str_equal(view->geometry, "Point"))
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", *layer);
    }
    return g_string_free(names, names->len == 0);
}
