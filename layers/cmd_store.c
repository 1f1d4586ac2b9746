// init, sources, unload: the store and what it was filled from.
#include "geo/base/error.h"
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/layers.h"
#include "layers/load.h"

static int run_init(GapCall *call, GError **error) {
    const char *path = gap_call_argument(call, 0);
    if (path && !g_str_has_suffix(path, ".gapmap")) {
        gap_fail(error, GAP_ERROR_USAGE, "%s: the name of a store ends in .gapmap", path);
        return -1;
    }
    if (path)
        gap_call_name_store(call, path);
    GapStore *store = gap_call_store(call, GAP_STORE_CREATE, error);
    if (!store)
        return -1;
    gap_call_say(call, "%s is ready", gap_store_path(store));
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_init = {
    .name = "init",
    .arguments = "[FILE.gapmap]",
    .summary = "make an empty store, or check that one opens",
    .max_arguments = 1,
    .run = run_init,
};

static int run_sources(GapCall *call, GError **error) {
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GapTable) sources = store ? gap_layer_table(store, "sources", NULL, error) : NULL;
    if (!sources)
        return -1;
    gap_call_list(call, sources);
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_sources = {
    .name = "sources",
    .arguments = "",
    .summary = "list the sources loaded, with licence, vintage and rows",
    .run = run_sources,
};

static int run_unload(GapCall *call, GError **error) {
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, error);
    const char *source = gap_call_argument(call, 0);
    if (!store || !gap_unload(store, source, error))
        return -1;
    gap_call_say(call, "%s is taken out", source);
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_unload = {
    .name = "unload",
    .arguments = "LAYER/NAME",
    .summary = "take a source and its rows out of the store",
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run_unload,
};
