// describe, export, dump: what layers hold, and their way out.
#include "geo/base/error.h"
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/export.h"
#include "layers/layers.h"
#include "layers/outputs.h"
#include "layers/views.h"

static int list_layers(GapCall *call) {
    g_autoptr(GapTable) table = gap_table_new("layers");
    static const GapColumnSpec columns[] = {{"layer", GAP_TYPE_TEXT, NULL, "Layer"},
                                            {"title", GAP_TYPE_TEXT, NULL, "Title"},
                                            {"geometry", GAP_TYPE_TEXT, NULL, "Geometry"},
                                            {"columns", GAP_TYPE_INT, NULL, "Columns"}};
    for (size_t c = 0; c < G_N_ELEMENTS(columns); c++)
        gap_table_add_column(table, &columns[c]);
    for (size_t i = 0; i < GAP_LAYER_VIEW_COUNT; i++) {
        const GapLayerView *view = &GAP_LAYER_VIEWS[i];
        const size_t row = gap_table_add_row(table);
        gap_table_set_text(table, row, 0, view->name);
        gap_table_set_text(table, row, 1, view->title);
        gap_table_set_text(table, row, 2, view->geometry);
        gap_table_set_int(table, row, 3, (gint64)view->n_columns);
    }
    gap_call_list(call, table);
    return GAP_EXIT_DONE;
}

static int run_describe(GapCall *call, GError **error) {
    const char *layer = gap_call_argument(call, 0);
    if (!layer)
        return list_layers(call);
    g_autofree char *json = gap_describe_json(layer, error);
    if (!json)
        return -1;
    if (gap_call_json(call)) {
        fputs(json, gap_call_out(call));
        return GAP_EXIT_DONE;
    }
    const GapLayerView *view = gap_layer_view(layer);
    g_autoptr(GapTable) table = gap_table_new("columns");
    static const GapColumnSpec columns[] = {{"name", GAP_TYPE_TEXT, NULL, "Column"},
                                            {"unit", GAP_TYPE_TEXT, NULL, "Unit"},
                                            {"title", GAP_TYPE_TEXT, NULL, "Meaning"}};
    for (size_t c = 0; c < G_N_ELEMENTS(columns); c++)
        gap_table_add_column(table, &columns[c]);
    for (size_t c = 0; c < view->n_columns; c++) {
        const size_t row = gap_table_add_row(table);
        gap_table_set_text(table, row, 0, view->columns[c].name);
        gap_table_set_text(table, row, 1, view->columns[c].unit);
        gap_table_set_text(table, row, 2, view->columns[c].title);
    }
    gap_call_list(call, table);
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_describe = {
    .name = "describe",
    .arguments = "[LAYER]",
    .summary = "show the layers, or the columns of one; with --json as a JSON Schema",
    .max_arguments = 1,
    .run = run_describe,
};

static const GapOption EXPORT_OPTIONS[] = {
    {"output", 'o', GAP_OPTION_PATH, "FILE",
     "a .geojson, .gpkg, .fgb, .csv, .xlsx or .kml file; {layer} in its name makes a file each",
     NULL},
    {"run", 0, GAP_OPTION_TEXT, "LABEL", "results to export; by default the newest", NULL},
    {NULL},
};

/* What was done, file by file. */
typedef struct {
    bool unchanged; // every file so far
    json_t *files;
} Done;

/* "all", or the layers named; NULL-terminated, to be freed with g_strfreev(). */
static char **layers_of(const GapCall *call) {
    if (g_strcmp0(gap_call_argument(call, 0), "all") == 0)
        return g_strdupv((char **)GAP_LAYER_NAMES);
    GPtrArray *layers = g_ptr_array_new();
    for (size_t i = 0; i < gap_call_argument_count(call); i++)
        g_ptr_array_add(layers, g_strdup(gap_call_argument(call, i)));
    g_ptr_array_add(layers, NULL);
    return (char **)g_ptr_array_free(layers, FALSE);
}

static void tell(GapCall *call, char **layers, const char *path, bool fresh, Done *done) {
    g_autofree char *left_out = gap_export_left_out(layers, path);
    gap_call_made(call, path);
    done->unchanged = done->unchanged && fresh;
    json_array_append_new(done->files, json_pack("{s:s, s:b, s:s?}", "file", path, "unchanged",
                                                 fresh, "shapes_left_out", left_out));
    if (left_out && !fresh)
        gap_call_say(call, "%s: a sheet holds no shapes, those of %s are left out", path, left_out);
}

static bool export_file(GapCall *call, GapStore *store, char **layers, const char *path, Done *done,
                        GError **error) {
    g_autofree char *state = gap_layer_state(store, error);
    g_autofree char *fingerprint = gap_call_fingerprint(call);
    if (!state || !gap_output_spares_store(store, path, error))
        return false;
    g_autofree char *text = g_strjoin("\n", GAP_VERSION, state, fingerprint, path, NULL);
    g_autofree char *made_from = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
    g_autofree char *sidecar = g_strconcat(path, ".meta.json", NULL);
    const bool fresh =
        gap_output_fresh(store, path, made_from) && gap_output_fresh(store, sidecar, made_from);
    if (!fresh && (!gap_export(store, layers, gap_call_text(call, "run"), path, error) ||
                   !gap_output_record(store, path, made_from, error) ||
                   !gap_output_record(store, sidecar, made_from, error)))
        return false;
    tell(call, layers, path, fresh, done);
    return true;
}

/* Of `all` a file each, those layers have none that hold nothing for it. */
static bool is_left_out(GapCall *call, const GError *why) {
    if (g_strcmp0(gap_call_argument(call, 0), "all") != 0 ||
        !g_error_matches(why, GAP_ERROR, GAP_ERROR_MISSING))
        return false;
    gap_call_say(call, "%s (left out)", why->message);
    return true;
}

static bool export_all(GapCall *call, GapStore *store, const char *path, Done *done,
                       GError **error) {
    g_auto(GStrv) layers = layers_of(call);
    g_auto(GStrv) around = g_strsplit(path, "{layer}", 2);
    if (g_strv_length(around) == 1)
        return export_file(call, store, layers, path, done, error);
    g_autoptr(GError) why = NULL;
    bool ok = true;
    for (char **layer = layers; ok && *layer; layer++) {
        g_clear_error(&why);
        g_autofree char *file = g_strconcat(around[0], *layer, around[1], NULL);
        ok = export_file(call, store, (char *[]){*layer, NULL}, file, done, &why) ||
             is_left_out(call, why);
    }
    if (why && (!ok || json_array_size(done->files) == 0)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    return ok;
}

static int run_export(GapCall *call, GError **error) {
    const char *path = gap_call_text(call, "output");
    if (!path) {
        gap_fail(error, GAP_ERROR_USAGE, "say where to with -o FILE");
        return -1;
    }
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, error);
    Done done = {true, json_array()};
    const bool ok = store && export_all(call, store, path, &done, error);
    if (ok && done.unchanged)
        gap_call_unchanged(call);
    if (ok && gap_call_json(call))
        gap_cmd_print_json(call, json_incref(done.files));
    json_decref(done.files);
    return ok ? GAP_EXIT_DONE : -1;
}

const GapCommand gap_cmd_export = {
    .name = "export",
    .arguments = "LAYER...|all",
    .summary = "write layers as GeoJSON, GeoPackage, FlatGeobuf, CSV, XLSX or KML",
    .min_arguments = 1,
    .max_arguments = -1,
    .options = EXPORT_OPTIONS,
    .run = run_export,
};

static int run_dump(GapCall *call, GError **error) {
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    return store && gap_store_dump(store, gap_call_out(call), error) ? GAP_EXIT_DONE : -1;
}

const GapCommand gap_cmd_dump = {
    .name = "dump",
    .arguments = "",
    .summary = "write the whole store as text: two stores are the same when their dumps are",
    .run = run_dump,
};
