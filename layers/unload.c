#include "layers/load.h"
#include "layers/source.h"

#include <string.h>

static const GapStatement DROP = {"unload.drop", "DELETE FROM source WHERE id = ?"};
static const GapStatement DROP_TERRAIN = {"unload.terrain", "DELETE FROM terrain WHERE source = ?"};

static bool remove_rows(GapStore *store, const char *id, const char *layer, GError **error) {
    const GapLayerKind *kind = gap_layer_kind(layer);
    if (!kind)
        return gap_store_run(store, &DROP_TERRAIN, error, "s", id);
    for (const GapStatement *const *clear = kind->clear; *clear; clear++)
        if (!gap_store_run(store, *clear, error, "s", id))
            return false;
    return !kind->settle || kind->settle(store, error);
}

bool gap_unload(GapStore *store, const char *source, GError **error) {
    g_autofree char *id = gap_source_find(store, source, error);
    if (!id)
        return false;
    g_autofree char *layer = g_strndup(id, strcspn(id, "/"));
    if (!gap_store_begin(store, error))
        return false;
    const bool ok =
        remove_rows(store, id, layer, error) && gap_store_run(store, &DROP, error, "s", id);
    return gap_source_finish(store, ok, error);
}
