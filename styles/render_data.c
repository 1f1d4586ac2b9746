#include "styles/render_data.h"

#include "geo/base/error.h"
#include "geo/files/image.h"
#include "layers/called.h"
#include "layers/layers.h"
#include "styles/kinds/runs.h"

struct GapRenderData {
    GapStore *store;
    char *run, *runs;   /**< of one, and of maps of several: NULL: all */
    GHashTable *called; /**< as places are called on the day of the run */
    GapGrid *terrain;
    GapWords *words;
    GapMapData map;
};

GapRenderData *gap_render_data_new(GapStore *store, const char *run, bool customary,
                                   GError **error) {
    g_autoptr(GapRenderData) data = g_new0(GapRenderData, 1);
    data->store = store;
    data->run = g_strdup(run);
    data->map.tables =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)gap_table_free);
    if (!(data->words = gap_map_words(error)) ||
        !(data->map.facts = gap_layer_facts(store, run, error)) ||
        !(data->called = gap_called_on(store, g_hash_table_lookup(data->map.facts, "as_of"),
                                       customary, error)))
        return NULL;
    data->map.pictures =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)gap_image_free);
    data->map.words = data->words;
    data->map.shades = gap_shades_new();
    return g_steal_pointer(&data);
}

void gap_render_data_free(GapRenderData *data) {
    if (!data)
        return;
    g_clear_pointer(&data->map.tables, g_hash_table_unref);
    g_clear_pointer(&data->map.pictures, g_hash_table_unref);
    g_clear_pointer(&data->called, g_hash_table_unref);
    g_clear_pointer(&data->map.facts, g_hash_table_unref);
    gap_grid_free(data->terrain);
    gap_shades_free(data->map.shades);
    gap_words_free(data->words);
    g_free(data->run);
    g_free(data->runs);
    g_free(data);
}

void gap_render_data_choose_runs(GapRenderData *data, const char *labels) {
    g_free(data->runs);
    data->runs = g_strdup(labels);
}

/** The relief; a store may have none. */
static bool need_terrain(GapRenderData *data, GError **error) {
    GError *why = NULL;
    if (!data->terrain)
        data->map.terrain = data->terrain = gap_layer_terrain(data->store, &why);
    if (why)
        g_propagate_error(error, why);
    return why == NULL;
}

/** The runs of maps of several, and the difference of two. */
static bool need_runs(GapRenderData *data, GError **error) {
    GHashTable *tables = data->map.tables;
    if (!gap_runs_read(data->store, data->runs, tables, data->map.facts, error))
        return false;
    gap_called_apply(data->called, g_hash_table_lookup(tables, "coverage_runs"));
    gap_called_apply(data->called, g_hash_table_lookup(tables, "run_difference"));
    return true;
}

bool gap_render_data_need(GapRenderData *data, const char *layer, GError **error) {
    if (g_str_equal(layer, "terrain"))
        return need_terrain(data, error);
    if (g_hash_table_contains(data->map.tables, layer))
        return true;
    if (g_str_equal(layer, "coverage_runs") || g_str_equal(layer, "run_difference"))
        return need_runs(data, error);
    GapTable *table = gap_layer_table(data->store, layer, data->run, error);
    if (table) {
        gap_called_apply(data->called, table);
        g_hash_table_insert(data->map.tables, g_strdup(layer), table);
    }
    return table != NULL;
}

/** Reads a picture, unless it is there already, and sees whether it can lie where it is said to. */
static bool need_picture(GapRenderData *data, const GapStyleSource *source, GError **error) {
    GapImage *image = g_hash_table_lookup(data->map.pictures, source->picture);
    if (!image && (image = gap_image_read(source->picture, error)))
        g_hash_table_insert(data->map.pictures, g_strdup(source->picture), image);
    GapImage placed = image ? *image : (GapImage){0};
    return image && gap_image_place(&placed, source->corners, error);
}

bool gap_render_data_need_style(GapRenderData *data, const GapStyle *style, GError **error) {
    const json_t *panel = json_object_get(style->page, "panel");
    bool good = gap_render_data_need(data, "provinces", error) &&
                gap_render_data_need(data, "border_changes", error);
    for (guint i = 0; good && i < style->sources->len; i++) {
        const GapStyleSource *source = style->sources->pdata[i];
        good = source->picture ? need_picture(data, source, error)
                               : gap_render_data_need(data, source->layer, error);
        bool told =
            source->picture || (error && g_error_matches(*error, GAP_ERROR, GAP_ERROR_USAGE));
        if (!good && told) // no such layer
            g_prefix_error(error, "%s: sources.%s: ", style->file, source->id);
    }
    for (size_t i = 0; good && i < json_array_size(panel); i++) {
        const json_t *block = json_array_get(panel, i);
        const char *kind = json_string_value(json_object_get(block, "kind"));
        const char *layer = json_string_value(json_object_get(block, "layer"));
        if (layer && kind && (g_str_equal(kind, "years") || g_str_equal(kind, "frontier")))
            good = gap_render_data_need(data, layer, error);
    }
    return good;
}

const GapMapData *gap_render_data_map(const GapRenderData *data) {
    return &data->map;
}
