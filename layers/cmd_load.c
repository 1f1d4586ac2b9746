#include "layers/cmd.h"
#include "layers/load.h"

#include "geo/base/error.h"
#include "geo/text/text.h"

#define MOST_SHOWN 10

static const GapOption OPTIONS[] = {
    {"name", 0, GAP_OPTION_TEXT, "NAME", "name of the source, by default the file's", NULL},
    {"title", 0, GAP_OPTION_TEXT, "TEXT", "title of the source, for credits on maps", NULL},
    {"licence", 0, GAP_OPTION_TEXT, "TEXT", "licence of the source", NULL},
    {"vintage", 0, GAP_OPTION_TEXT, "TEXT", "the time that the source speaks of", NULL},
    {"columns", 0, GAP_OPTION_TEXT, "FIELD=COLUMN;...", "columns that the file names otherwise",
     NULL},
    {"set", 0, GAP_OPTION_TEXT, "FIELD=VALUE;...", "the same value for every row", NULL},
    {"country", 0, GAP_OPTION_TEXT, "CODE;KY;RU;EN",
     "boundaries of provinces: code and names of the country", NULL},
    {"strict", 0, GAP_OPTION_FLAG, NULL, "refuse the load where any row is refused", NULL},
    {NULL},
};

static void tell(GapCall *call, const char *path, const GapLoadReport *report) {
    if (report->unchanged) {
        gap_call_say(call, "%s: unchanged, %" G_GINT64_FORMAT " rows", path, report->kept);
        return;
    }
    gap_call_say(call, "%s: %" G_GINT64_FORMAT " rows read, %" G_GINT64_FORMAT " kept", path,
                 report->read, report->kept);
    for (guint i = 0; i < report->notes->len; i++)
        gap_call_say(call, "  %s", (char *)g_ptr_array_index(report->notes, i));
    for (guint i = 0; i < MIN(report->refusals->len, MOST_SHOWN); i++) {
        const GapRefusal *refusal = g_ptr_array_index(report->refusals, i);
        g_autoptr(GError) line = NULL;
        gap_fail_at(&line, (GapPlace){path, refusal->row, refusal->field, refusal->value},
                    "refused: %s", refusal->reason);
        gap_call_warn(call, "%s", line->message);
    }
    if (report->refusals->len > MOST_SHOWN)
        gap_call_warn(call, "%s: %u more rows refused; see the table 'refused' of the store", path,
                      report->refusals->len - MOST_SHOWN);
}

static const GapLayerKind *find_kind(const char *name, GError **error) {
    const GapLayerKind *kind = gap_layer_kind(name);
    if (kind || g_str_equal(name, "terrain"))
        return kind;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const GapLayerKind *const *k = GAP_LAYER_KINDS; *k; k++)
        g_ptr_array_add(names, (gpointer)(*k)->name);
    g_ptr_array_add(names, "terrain");
    g_ptr_array_add(names, NULL);
    const char *near = gap_text_nearest(name, (const char *const *)names->pdata);
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    gap_fail(error, GAP_ERROR_USAGE, "no layer '%s'%s%s%s; layers that load: %s", name,
             near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "", all);
    return NULL;
}

/* Two files of one name, in different folders, would be one source. */
static bool check_names_differ(const GapCall *call, GError **error) {
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 1; i < gap_call_argument_count(call); i++) {
        const char *path = gap_call_argument(call, i);
        char *name = gap_source_name(path);
        const char *earlier = g_hash_table_lookup(seen, name);
        if (earlier) {
            gap_fail(error, GAP_ERROR_USAGE,
                     "%s and %s would both be source '%s': load one by one, each with its --name",
                     earlier, path, name);
            g_free(name);
            return false;
        }
        g_hash_table_insert(seen, name, (gpointer)path);
    }
    return true;
}

static int run_load(GapCall *call, GError **error) {
    const char *layer = gap_call_argument(call, 0);
    const GapLayerKind *kind = find_kind(layer, error);
    if (!kind && !g_str_equal(layer, "terrain"))
        return -1;
    const GapLoadOptions options = {
        .name = gap_call_text(call, "name"),
        .title = gap_call_text(call, "title"),
        .licence = gap_call_text(call, "licence"),
        .vintage = gap_call_text(call, "vintage"),
        .columns = gap_call_text(call, "columns"),
        .set = gap_call_text(call, "set"),
        .country = gap_call_text(call, "country"),
        .strict = gap_call_flag(call, "strict"),
    };
    // A source is its layer and its name: files of one name would replace each other.
    if (options.name && gap_call_argument_count(call) > 2) {
        gap_fail(error, GAP_ERROR_USAGE, "--name names one source: give one file, or leave it out");
        return -1;
    }
    if (!check_names_differ(call, error))
        return -1;
    GapStore *store = gap_call_store(call, GAP_STORE_CREATE, error);
    bool refused = false, unchanged = true;
    for (size_t i = 1; store && i < gap_call_argument_count(call); i++) {
        const char *path = gap_call_argument(call, i);
        g_autoptr(GapLoadReport) report = kind ? gap_load(store, kind, path, &options, error)
                                               : gap_load_terrain(store, path, &options, error);
        if (!report)
            return -1;
        tell(call, path, report);
        refused = refused || report->refused > 0;
        unchanged = unchanged && report->unchanged;
    }
    if (!store)
        return -1;
    if (unchanged)
        gap_call_unchanged(call);
    return refused ? GAP_EXIT_REFUSED_ROWS : GAP_EXIT_DONE;
}

const GapCommand gap_cmd_load = {
    .name = "load",
    .arguments = "LAYER FILE...",
    .summary = "load files as a layer: boundaries, police_points, people, crime, plans, ...",
    .min_arguments = 2,
    .max_arguments = -1,
    .options = OPTIONS,
    .run = run_load,
};
