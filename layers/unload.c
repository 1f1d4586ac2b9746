#include "geo/base/error.h"
#include "layers/load.h"
#include "layers/source.h"

#include <string.h>

static const GapStatement FIND = {"unload.find",
                                  "SELECT id, layer FROM source WHERE id = ?1 OR name = ?1"
                                  " ORDER BY id = ?1 DESC, id"};
static const GapStatement LIST = {"unload.list",
                                  "SELECT group_concat(id, ', ') FROM source ORDER BY id"};
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
    g_autoptr(GapTable) found = gap_store_select(store, &FIND, error, "s", source);
    if (!found)
        return false;
    const size_t n = gap_table_rows(found);
    const bool exact = n && g_str_equal(gap_table_text(found, 0, 0), source);
    if (n == 0 || (n > 1 && !exact)) {
        g_autofree char *known = gap_store_text(store, &LIST, NULL, "");
        return gap_fail(error, GAP_ERROR_USAGE, "%s source '%s'; loaded: %s",
                        n ? "more than one" : "no", source, known ? known : "none");
    }
    const char *id = gap_table_text(found, 0, 0);
    if (!gap_store_begin(store, error))
        return false;
    const bool ok = remove_rows(store, id, gap_table_text(found, 0, 1), error) &&
                    gap_store_run(store, &DROP, error, "s", id);
    return gap_source_finish(store, ok, error);
}
