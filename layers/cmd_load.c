#include "layers/cmd.h"
#include "layers/load.h"

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "geo/text/text.h"
#include "layers/template.h"

#include <glib/gstdio.h>
#include <jansson.h>

#define MOST_SHOWN 10

static const GapOption OPTIONS[] = {
    {"name", 0, GAP_OPTION_TEXT, "NAME", "name of the source, by default the file's", NULL},
    {"title", 0, GAP_OPTION_TEXT, "TEXT", "title of the source, for credits on maps", NULL},
    {"title-ky", 0, GAP_OPTION_TEXT, "TEXT", "its title in Kyrgyz", NULL},
    {"title-ru", 0, GAP_OPTION_TEXT, "TEXT", "its title in Russian", NULL},
    {"title-en", 0, GAP_OPTION_TEXT, "TEXT", "its title in English", NULL},
    {"licence", 0, GAP_OPTION_TEXT, "TEXT", "licence of the source", NULL},
    {"vintage", 0, GAP_OPTION_TEXT, "TEXT", "the time that the source speaks of", NULL},
    {"dated", 0, GAP_OPTION_DATE, "DATE", "the day that it shows, where the vintage is no date",
     NULL},
    {"columns", 0, GAP_OPTION_TEXT, "FIELD=COLUMN;...", "columns that the file names otherwise",
     NULL},
    {"set", 0, GAP_OPTION_TEXT, "FIELD=VALUE;...", "the same value for every row", NULL},
    {"decimal", 0, GAP_OPTION_TEXT, "SIGN", "decimal sign of numbers, '.' or ','", NULL},
    {"country", 0, GAP_OPTION_TEXT, "CODE;KY;RU;EN",
     "boundaries of provinces: code and names of the country", NULL},
    {"sheet", 0, GAP_OPTION_TEXT, "NAME", "sheet of a workbook, or layer of a file with several",
     NULL},
    {"header", 0, GAP_OPTION_INT, "LINE", "line of the sheet that names the columns, from 1", NULL},
    {"encoding", 0, GAP_OPTION_TEXT, "NAME", "encoding of the text, such as CP1251", NULL},
    {"crs", 0, GAP_OPTION_TEXT, "CODE", "coordinate system, such as EPSG:28413", NULL},
    {"swap", 0, GAP_OPTION_FLAG, NULL, "the file has latitude or northing first", NULL},
    {"archive", 0, GAP_OPTION_FLAG, NULL, "open a .zip and read what it holds", NULL},
    {"where", 0, GAP_OPTION_TEXT, "COLUMN=VALUE;...", "rows that count; the others are left out",
     NULL},
    {"crosswalk", 0, GAP_OPTION_PATH, "FILE", "table of what values of the file mean: from, to",
     NULL},
    {"cells", 0, GAP_OPTION_FLAG, NULL,
     "boundaries: points, each with the ground of its parent that is nearest to it", NULL},
    {"fill", 0, GAP_OPTION_FLAG, NULL,
     "boundaries: districts by which provinces are rebuilt, holes between them filled", NULL},
    {"strict", 0, GAP_OPTION_FLAG, NULL, "refuse the load where any row is refused", NULL},
    {"dry-run", 0, GAP_OPTION_FLAG, NULL, "show what the load would do and change nothing", NULL},
    {"changed-by", 0, GAP_OPTION_TEXT, "SHARE",
     "loaded before: tell figures that changed by more than this share, such as 10%", NULL},
    {"template", 0, GAP_OPTION_TEXT, "FILE.csv|xlsx",
     "write the table that the layer expects, to be filled in", NULL},
    {NULL},
};

static void tell_refusals(GapCall *call, const char *path, const GapLoadReport *report) {
    gap_cmd_tell_refusals(call, path, report->refusals, MOST_SHOWN);
    if (report->refused > MOST_SHOWN)
        gap_call_warn(call,
                      "%s: %" G_GINT64_FORMAT
                      " more rows refused; see the table 'refused' of the store",
                      path, report->refused - MOST_SHOWN);
}

static void tell(GapCall *call, const char *path, const GapLoadOptions *options,
                 const GapLoadReport *report) {
    if (report->unchanged)
        gap_call_say(call, "%s: unchanged, %" G_GINT64_FORMAT " rows", path, report->kept);
    else
        gap_call_say(call, "%s: %" G_GINT64_FORMAT " rows read, %" G_GINT64_FORMAT " kept", path,
                     report->read, report->kept);
    if (report->left_out)
        gap_call_say(call, "  %" G_GINT64_FORMAT " rows left out, as told below", report->left_out);
    for (guint i = 0; i < report->notes->len; i++)
        gap_call_say(call, "  %s", (char *)g_ptr_array_index(report->notes, i));
    if (report->changes)
        gap_cmd_tell_diff(call, "  what changed", report->changes, options->diff.changed_by);
    tell_refusals(call, path, report);
}

static json_t *json_report(const char *path, const GapLoadReport *report) {
    return json_pack("{s:s, s:b, s:I, s:I, s:I, s:I, s:o, s:o, s:o*}", "file", path, "unchanged",
                     report->unchanged, "rows_read", (json_int_t)report->read, "rows_kept",
                     (json_int_t)report->kept, "rows_refused", (json_int_t)report->refused,
                     "rows_left_out", (json_int_t)report->left_out, "notes",
                     gap_cmd_strings_json(report->notes), "refusals",
                     gap_cmd_refusals_json(report->refusals), "changes",
                     report->changes ? gap_cmd_diff_json(report->changes) : NULL);
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
        char *name = gap_file_stem(path);
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

static int write_template(GapCall *call, const GapLayerKind *kind, const char *path,
                          GError **error) {
    if (!kind) {
        gap_fail(error, GAP_ERROR_USAGE, "terrain is a raster: it has no template");
        return -1;
    }
    if (gap_call_argument_count(call) > 1) {
        gap_fail(error, GAP_ERROR_USAGE, "--template writes a file and loads none: leave out '%s'",
                 gap_call_argument(call, 1));
        return -1;
    }
    g_autofree char *beside = NULL;
    if (!gap_template_write(kind, path, &beside, error))
        return -1;
    gap_call_made(call, path);
    if (beside)
        gap_call_made(call, beside);
    gap_call_say(call, "%s: fill it in below the example row%s%s%s", path,
                 beside ? "; what its columns mean stands in " : "", beside ? beside : "",
                 beside ? "" : "; the second sheet tells what its columns mean");
    return GAP_EXIT_DONE;
}

static GapDecimal decimal_of(const GapCall *call) {
    const char *sign = gap_call_text(call, "decimal");
    return !sign                    ? GAP_DECIMAL_OPEN
           : g_str_equal(sign, ",") ? GAP_DECIMAL_COMMA
                                    : GAP_DECIMAL_POINT;
}

static GapLoadOptions options_of(const GapCall *call) {
    return (GapLoadOptions){
        .name = gap_call_text(call, "name"),
        .title = gap_call_text(call, "title"),
        .title_ky = gap_call_text(call, "title-ky"),
        .title_ru = gap_call_text(call, "title-ru"),
        .title_en = gap_call_text(call, "title-en"),
        .licence = gap_call_text(call, "licence"),
        .vintage = gap_call_text(call, "vintage"),
        .dated = gap_call_text(call, "dated"),
        .columns = gap_call_text(call, "columns"),
        .set = gap_call_text(call, "set"),
        .decimal = decimal_of(call),
        .country = gap_call_text(call, "country"),
        .where = gap_call_text(call, "where"),
        .crosswalk = gap_call_text(call, "crosswalk"),
        .cells = gap_call_flag(call, "cells"),
        .fill = gap_call_flag(call, "fill"),
        .read = {.layer = gap_call_text(call, "sheet"),
                 .encoding = gap_call_text(call, "encoding"),
                 .crs = gap_call_text(call, "crs"),
                 .header = (int)gap_call_int(call, "header"),
                 .swap = gap_call_flag(call, "swap"),
                 .archive = gap_call_flag(call, "archive")},
        .strict = gap_call_flag(call, "strict"),
        .dry_run = gap_call_flag(call, "dry-run"),
    };
}

static bool check_usage(const GapCall *call, GError **error) {
    const bool boundaries = g_str_equal(gap_call_argument(call, 0), "boundaries");
    if ((gap_call_flag(call, "cells") || gap_call_flag(call, "fill")) && !boundaries)
        return gap_fail(error, GAP_ERROR_USAGE, "--cells and --fill are for boundaries only");
    if (gap_call_flag(call, "cells") && gap_call_flag(call, "fill"))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--cells makes areas of points and --fill takes outlines of districts: "
                        "give one of them");
    const size_t files = gap_call_argument_count(call) - 1;
    if (files == 0)
        return gap_fail(error, GAP_ERROR_USAGE, "no file is named: gapmap load LAYER FILE...");
    // A source is its layer and its name: files of one name would replace each other.
    if (gap_call_given(call, "name") && files > 1)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--name names one source: give one file, or leave it out");
    const char *decimal = gap_call_text(call, "decimal");
    if (decimal && !g_str_equal(decimal, ",") && !g_str_equal(decimal, "."))
        return gap_fail(error, GAP_ERROR_USAGE, "--decimal: '%s' is neither '.' nor ','", decimal);
    if (gap_call_given(call, "header") && gap_call_int(call, "header") < 1)
        return gap_fail(error, GAP_ERROR_USAGE, "--header: lines count from 1");
    return check_names_differ(call, error);
}

static int load_files(GapCall *call, GapStore *store, const GapLayerKind *kind, GError **error) {
    GapLoadOptions options = options_of(call);
    options.diff.most = gap_call_json(call) ? -1 : MOST_SHOWN;
    if (!gap_cmd_share(call, "changed-by", &options.diff.changed_by, error))
        return -1;
    bool refused = false, unchanged = true;
    json_t *reports = json_array();
    int code = GAP_EXIT_DONE;
    for (size_t i = 1; code >= 0 && i < gap_call_argument_count(call); i++) {
        const char *path = gap_call_argument(call, i);
        g_autoptr(GapLoadReport) report = kind ? gap_load(store, kind, path, &options, error)
                                               : gap_load_terrain(store, path, &options, error);
        if (!report) {
            code = -1;
            break;
        }
        tell(call, path, &options, report);
        json_array_append_new(reports, json_report(path, report));
        refused = refused || report->refused > 0;
        unchanged = unchanged && report->unchanged;
    }
    if (code >= 0 && gap_call_json(call))
        gap_cmd_print_json(call, json_incref(reports));
    json_decref(reports);
    if (code >= 0 && options.dry_run)
        gap_call_say(call, "Nothing was changed (--dry-run)");
    if (code >= 0 && unchanged)
        gap_call_unchanged(call);
    return code >= 0 && refused ? GAP_EXIT_REFUSED_ROWS : code;
}

/* A dry run needs a store to judge by, but makes none: an empty one serves for the while. */
static int load_dry(GapCall *call, const GapLayerKind *kind, GError **error) {
    g_autoptr(GError) why = NULL;
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, &why);
    if (store)
        return load_files(call, store, kind, error);
    if (!g_error_matches(why, GAP_ERROR, GAP_ERROR_MISSING)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return -1;
    }
    g_autofree char *folder = g_dir_make_tmp("gapmap-XXXXXX", error);
    if (!folder)
        return -1;
    g_autofree char *path = g_build_filename(folder, "dry-run.gapmap", NULL);
    gap_call_name_store(call, path);
    store = gap_call_store(call, GAP_STORE_CREATE, error);
    gap_call_say(call, "There is no store yet: rows are judged as in an empty one");
    const int code = store ? load_files(call, store, kind, error) : -1;
    gap_call_close_store(call);
    g_unlink(path);
    g_rmdir(folder);
    return code;
}

static int run_load(GapCall *call, GError **error) {
    const char *layer = gap_call_argument(call, 0);
    const GapLayerKind *kind = find_kind(layer, error);
    if (!kind && !g_str_equal(layer, "terrain"))
        return -1;
    const char *template = gap_call_text(call, "template");
    if (template)
        return write_template(call, kind, template, error);
    if (!check_usage(call, error))
        return -1;
    if (gap_call_flag(call, "dry-run"))
        return load_dry(call, kind, error);
    GapStore *store = gap_call_store(call, GAP_STORE_CREATE, error);
    return store ? load_files(call, store, kind, error) : -1;
}

const GapCommand gap_cmd_load = {
    .name = "load",
    .arguments = "LAYER FILE...",
    .summary = "load files as a layer: boundaries, police_points, people, crime, plans, ...",
    .min_arguments = 1,
    .max_arguments = -1,
    .options = OPTIONS,
    .run = run_load,
};
