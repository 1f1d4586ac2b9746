// match: names in a table of anybody's to the areas and places of the store.
#include "layers/cmd.h"
#include "layers/mapping.h"
#include "layers/match.h"

#include "geo/base/error.h"
#include "geo/files/reader.h"
#include "geo/files/vector.h"

#include <glib/gstdio.h>

static const char *const LEVELS[] = {"province", "district", "municipality", "place", NULL};
static const GapOption OPTIONS[] = {
    {"column", 0, GAP_OPTION_TEXT, "NAME", "column of the names", NULL},
    {"district", 0, GAP_OPTION_TEXT, "COLUMN", "column of the districts that they lie in", NULL},
    {"province", 0, GAP_OPTION_TEXT, "COLUMN", "column of the provinces that they lie in", NULL},
    {"level", 0, GAP_OPTION_CHOICE, "LEVEL", "match with areas of this level, or places, only",
     NULL, LEVELS},
    {"unique", 0, GAP_OPTION_FLAG, NULL, "the table names each place once", NULL},
    {"output", 'o', GAP_OPTION_PATH, "FILE", "the .csv file to write", NULL},
    {"sheet", 0, GAP_OPTION_TEXT, "NAME", "sheet of a workbook, or layer of a file with several",
     NULL},
    {"header", 0, GAP_OPTION_INT, "LINE", "line of the sheet that names the columns, from 1", NULL},
    {"encoding", 0, GAP_OPTION_TEXT, "NAME", "encoding of the text, such as CP1251", NULL},
    {NULL},
};

static bool same_file(const char *a, const char *b) {
    GStatBuf x, y;
    return g_stat(a, &x) == 0 && g_stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static bool check_usage(const GapCall *call, GError **error) {
    const char *output = gap_call_text(call, "output"), *level = gap_call_text(call, "level");
    if (!output || !g_str_has_suffix(output, ".csv"))
        return gap_fail(error, GAP_ERROR_USAGE, "say where to with -o FILE.csv");
    if (same_file(gap_call_argument(call, 0), output))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "-o %s is the table itself: give another name, so that it stays", output);
    if (!gap_call_text(call, "column"))
        return gap_fail(error, GAP_ERROR_USAGE, "say which column holds the names with --column");
    // What is looked for cannot lie in areas of its own level.
    const bool province = g_strcmp0(level, "province") == 0;
    if ((gap_call_given(call, "district") && (province || g_strcmp0(level, "district") == 0)) ||
        (gap_call_given(call, "province") && province))
        return gap_fail(error, GAP_ERROR_USAGE, "--level %s: those lie in no %s; leave out --%s",
                        level, level,
                        province && gap_call_given(call, "province") ? "province" : "district");
    return !gap_call_given(call, "header") || gap_call_int(call, "header") >= 1 ||
           gap_fail(error, GAP_ERROR_USAGE, "--header: lines count from 1");
}

/* -1 where the option is not given. */
static bool find_column(const GapCall *call, const char *option, const GapTable *table, int *column,
                        GError **error) {
    const char *name = gap_call_text(call, option);
    *column = name ? gap_mapping_find(table, name) : -1;
    if (!name || *column >= 0)
        return true;
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        g_autofree char *heading = gap_mapping_heading(table, c, GAP_MAPPING_HEADING);
        g_string_append_printf(all, "%s%s", c ? ", " : "", heading);
    }
    return gap_fail(error, GAP_ERROR_USAGE, "--%s: %s has no column '%s'; it has: %s", option,
                    gap_call_argument(call, 0), name, all->str);
}

static bool find_columns(const GapCall *call, const GapGazetteer *gazetteer, const GapTable *table,
                         GapMatchColumns *columns, GError **error) {
    *columns =
        (GapMatchColumns){.level = GAP_MATCH_ANY_LEVEL, .unique = gap_call_flag(call, "unique")};
    const char *level = gap_call_text(call, "level");
    for (int i = 0; level && GAP_GAZETTEER_LEVELS[i]; i++)
        if (g_str_equal(level, GAP_GAZETTEER_LEVELS[i]))
            columns->level = i;
    if (level && gap_gazetteer_count(gazetteer, columns->level) == 0)
        return gap_fail(error, GAP_ERROR_MISSING,
                        "the store has nothing of level %s: load it, or give another --level",
                        level);
    return find_column(call, "column", table, &columns->name, error) &&
           find_column(call, "district", table, &columns->district, error) &&
           find_column(call, "province", table, &columns->province, error);
}

static json_t *tally_json(const GapCall *call, const GapTable *table, const GapMatchTally *tally,
                          const GPtrArray *notes) {
    json_t *answer =
        json_pack("{s:s, s:s, s:I}", "file", gap_call_argument(call, 0), "output",
                  gap_call_text(call, "output"), "rows", (json_int_t)gap_table_rows(table));
    for (int i = GAP_MATCH_MATCHED; i >= GAP_MATCH_UNMATCHED; i--)
        json_object_set_new(answer, gap_match_outcome_name(i),
                            json_integer((json_int_t)tally->count[i]));
    json_t *names = json_object(), *said = json_array();
    for (size_t i = 0; i < GAP_MATCH_ADDED; i++)
        json_object_set_new(names, GAP_MATCH_COLUMN_NAMES[i],
                            json_string(gap_table_column(table, tally->first + i)->name));
    for (guint i = 0; i < notes->len; i++)
        json_array_append_new(said, json_string(g_ptr_array_index(notes, i)));
    json_object_set_new(answer, "columns", names);
    json_object_set_new(answer, "notes", said);
    return answer;
}

static void tell(GapCall *call, const GapTable *table, const GapMatchTally *tally,
                 const GPtrArray *notes) {
    if (gap_call_json(call)) {
        gap_cmd_print_json(call, tally_json(call, table, tally, notes));
        return;
    }
    gap_call_say(call, "%s: %zu names: %zu matched, %zu ambiguous, %zu unmatched",
                 gap_call_argument(call, 0), gap_table_rows(table), tally->count[GAP_MATCH_MATCHED],
                 tally->count[GAP_MATCH_AMBIGUOUS], tally->count[GAP_MATCH_UNMATCHED]);
    for (guint i = 0; i < notes->len; i++)
        gap_call_say(call, "  %s", (const char *)g_ptr_array_index(notes, i));
    for (size_t i = 0; i < GAP_MATCH_ADDED; i++) {
        const char *name = gap_table_column(table, tally->first + i)->name;
        if (!g_str_equal(name, GAP_MATCH_COLUMN_NAMES[i]))
            gap_call_say(call, "  the table has a column '%s' already: the one added is '%s'",
                         GAP_MATCH_COLUMN_NAMES[i], name);
    }
}

static int run_match(GapCall *call, GError **error) {
    if (!check_usage(call, error))
        return -1;
    const char *output = gap_call_text(call, "output");
    const GapReadOptions read = {.layer = gap_call_text(call, "sheet"),
                                 .encoding = gap_call_text(call, "encoding"),
                                 .header = (int)gap_call_int(call, "header")};
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GapGazetteer) gazetteer =
        store ? gap_gazetteer_new(store, GAP_GAZETTEER_ALL, error) : NULL;
    g_autoptr(GapReader) reader =
        gazetteer ? gap_reader_open(gap_call_argument(call, 0), &read, error) : NULL;
    g_autoptr(GapTable) table = reader ? gap_vector_read_all(reader, error) : NULL;
    GapMatchColumns columns;
    GapMatchTally tally;
    if (!table || !find_columns(call, gazetteer, table, &columns, error) ||
        !gap_match_table(gazetteer, table, &columns, &tally, gap_call_progress(call), error) ||
        !gap_vector_write_csv(table, output, error))
        return -1;
    gap_call_made(call, output);
    tell(call, table, &tally, gap_reader_notes(reader));
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_match = {
    .name = "match",
    .arguments = "NAMES",
    .summary = "match the names in a table to areas and places, however they are spelt",
    .min_arguments = 1,
    .max_arguments = 1,
    .options = OPTIONS,
    .run = run_match,
};
