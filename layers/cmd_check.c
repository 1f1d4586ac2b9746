// check, explain: proof and provenance.
#include "geo/base/error.h"
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/explain.h"
#include "layers/layers.h"
#include "layers/summary.h"

#include <jansson.h>

static void head(GapCall *call, const char *title) {
    if (!gap_call_json(call))
        gap_call_say(call, "\n%s", title);
}

/* The page that a planner reads: runs side by side, provinces of the newest, what was claimed. */
static bool print_summary(GapCall *call, GapStore *store, const char *run, GError **error) {
    g_autoptr(GapTable) runs = gap_summary_runs(store, error);
    if (!runs)
        return false;
    if (gap_table_rows(runs) == 0) {
        gap_call_say(call, "\nNo results yet: 'gapmap coverage' makes them");
        return true;
    }
    g_autoptr(GapTable) provinces = gap_summary_provinces(store, run, error);
    if (!provinces)
        return false;
    head(call, "Runs side by side");
    gap_call_list(call, runs);
    head(call, "By province");
    if (!gap_cmd_say_run(call, store, run, error))
        return false;
    gap_call_list(call, provinces);
    return true;
}

static bool print_claims(GapCall *call, GapStore *store, GError **error) {
    g_autoptr(GapTable) claims = gap_summary_claims(store, error);
    g_autoptr(GapTable) statements = claims ? gap_summary_statements(store, error) : NULL;
    if (!statements)
        return false;
    if (gap_table_rows(claims)) {
        head(call, "Claims held against the figures");
        gap_call_list(call, claims);
    }
    if (gap_table_rows(statements)) {
        head(call, "Figures said elsewhere, beside those that count");
        gap_call_list(call, statements);
    }
    return true;
}

static const GapOption CHECK_OPTIONS[] = {
    {"run", 0, GAP_OPTION_TEXT, "LABEL", "run of the summary; by default the newest", NULL},
    {NULL},
};

static int run_check(GapCall *call, GError **error) {
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GapTable) sources = store ? gap_layer_table(store, "sources", NULL, error) : NULL;
    g_autoptr(GapTable) found = sources ? gap_store_check(store, error) : NULL;
    if (!found)
        return -1;
    const size_t wrong = gap_table_rows(found);
    if (gap_call_json(call)) {
        gap_call_list(call, found);
        return wrong ? GAP_EXIT_FAILED : GAP_EXIT_DONE;
    }
    gint64 read = 0, kept = 0, refused = 0;
    for (size_t r = 0; r < gap_table_rows(sources); r++) {
        read += gap_table_int(sources, r, (size_t)gap_table_find(sources, "rows_read"));
        kept += gap_table_int(sources, r, (size_t)gap_table_find(sources, "rows_kept"));
        refused += gap_table_int(sources, r, (size_t)gap_table_find(sources, "rows_refused"));
    }
    gap_call_say(call,
                 "%zu sources: %" G_GINT64_FORMAT " rows read = %" G_GINT64_FORMAT
                 " kept + %" G_GINT64_FORMAT " refused",
                 gap_table_rows(sources), read, kept, refused);
    if (wrong)
        gap_call_list(call, found);
    if (!print_summary(call, store, gap_call_text(call, "run"), error) ||
        !print_claims(call, store, error))
        return -1;
    if (wrong) {
        gap_fail(error, GAP_ERROR_FAILED, "%zu findings above: load the sources named again",
                 wrong);
        return -1;
    }
    gap_call_say(call, "\nAll checks hold.");
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_check = {
    .name = "check",
    .arguments = "",
    .summary = "prove that sums hold, and print a page by province",
    .options = CHECK_OPTIONS,
    .run = run_check,
};

static bool explain_json(GapCall *call, GapStore *store, const char *area, GError **error) {
    json_t *object = json_object();
    bool ok = true;
    for (size_t part = 0; ok && part < gap_explain_parts(); part++) {
        g_autoptr(GapTable) table = gap_explain_part(store, part, area, error);
        ok = table != NULL;
        if (!ok)
            break;
        g_autofree char *rows = gap_table_to_json(table);
        json_object_set_new(object, gap_explain_title(part), json_loads(rows, 0, NULL));
    }
    char *text = json_dumps(object, JSON_INDENT(1));
    if (ok)
        fprintf(gap_call_out(call), "%s\n", text);
    free(text);
    json_decref(object);
    return ok;
}

static bool explain_text(GapCall *call, GapStore *store, const char *area, GError **error) {
    for (size_t part = 0; part < gap_explain_parts(); part++) {
        g_autoptr(GapTable) table = gap_explain_part(store, part, area, error);
        if (!table)
            return false;
        if (gap_table_rows(table) == 0)
            continue;
        head(call, gap_explain_title(part));
        gap_call_list(call, table);
    }
    return true;
}

static int run_explain(GapCall *call, GError **error) {
    const char *text = gap_call_argument(call, 0);
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GapTable) found = store ? gap_explain_find(store, text, error) : NULL;
    if (!found)
        return -1;
    if (gap_table_rows(found) == 0) {
        g_autofree char *shown = gap_printable(text, 60);
        gap_fail(error, GAP_ERROR_INPUT,
                 "no area or place is called '%s'; 'gapmap export municipalities -o FILE.csv' "
                 "writes those there are",
                 shown);
        return -1;
    }
    const char *area = gap_table_text(found, 0, 4);
    if (!gap_call_json(call) && gap_table_rows(found) > 1) {
        gap_call_say(call,
                     "Several are called so; the first is explained, give a code for another:");
        gap_call_list(call, found);
    }
    const bool ok = gap_call_json(call) ? explain_json(call, store, area, error)
                                        : explain_text(call, store, area, error);
    return ok ? GAP_EXIT_DONE : -1;
}

const GapCommand gap_cmd_explain = {
    .name = "explain",
    .arguments = "PLACE",
    .summary = "show what is known of a place, and where each number came from",
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run_explain,
};
