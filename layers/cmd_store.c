// init, sources, unload: the store and what it was filled from.
#include "geo/base/error.h"
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/layers.h"
#include "layers/load.h"
#include "layers/source.h"

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
    if (gap_call_json(call))
        gap_cmd_print_json(call, json_pack("{s:s}", "store", gap_store_path(store)));
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_init = {
    .name = "init",
    .arguments = "[FILE.gapmap]",
    .summary = "make an empty store, or check that one opens",
    .max_arguments = 1,
    .run = run_init,
};

/* What a terminal has room for; --json lists all that is known. */
static const GapStatement NARROW = {
    "sources.narrow",
    "SELECT id, rows_read, nullif(rows_refused, 0), nullif(rows_left_out, 0), vintage, licence"
    " FROM source ORDER BY id"};
static const GapColumnSpec NARROW_COLUMNS[] = {
    {"id", GAP_TYPE_TEXT, NULL, "Source"},
    {"rows_read", GAP_TYPE_INT, "rows", "Rows"},
    {"rows_refused", GAP_TYPE_INT, "rows", "Refused"},
    {"rows_left_out", GAP_TYPE_INT, "rows", "Left out"},
    {"vintage", GAP_TYPE_TEXT, NULL, "Vintage"},
    {"licence", GAP_TYPE_TEXT, NULL, "Licence"},
};

static GapTable *read_sources(GapCall *call, GapStore *store, GError **error) {
    return gap_call_json(call) ? gap_layer_table(store, "sources", NULL, error)
                               : gap_store_table(store, &NARROW, "sources", NARROW_COLUMNS,
                                                 G_N_ELEMENTS(NARROW_COLUMNS), error, "");
}

static int run_sources(GapCall *call, GError **error) {
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GapTable) sources = store ? read_sources(call, store, error) : NULL;
    if (!sources)
        return -1;
    if (gap_table_rows(sources) == 0 && !gap_call_json(call))
        gap_call_say(call, "nothing is loaded yet: 'gapmap load' brings it");
    else
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
    g_autofree char *id = store ? gap_source_find(store, gap_call_argument(call, 0), error) : NULL;
    if (!id || !gap_unload(store, id, error))
        return -1;
    gap_call_say(call, "%s is taken out", id);
    if (gap_call_json(call))
        gap_cmd_print_json(call, json_pack("{s:s}", "unloaded", id));
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
