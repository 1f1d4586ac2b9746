// match: names in a table of anybody's to the areas and places of the store.
#include "layers/cmd.h"
#include "layers/mapping.h"
#include "layers/match.h"

#include "geo/base/error.h"
#include "geo/files/reader.h"
#include "geo/files/vector.h"

#include <glib/gstdio.h>

#define ANY_AREA "area"
enum { MOST_SHOWN = 20 };
static const char *const LEVELS[] = {"province", "district", "municipality",
                                     "place",    ANY_AREA,   NULL};
static const GapOption OPTIONS[] = {
    {"column", 0, GAP_OPTION_TEXT, "NAME", "column of the names", NULL},
    {"district", 0, GAP_OPTION_TEXT, "COLUMN", "column of the districts that they lie in", NULL},
    {"province", 0, GAP_OPTION_TEXT, "COLUMN", "column of the provinces that they lie in", NULL},
    {"level", 0, GAP_OPTION_CHOICE, "LEVEL", "match with areas of this level, or places, only",
     NULL, LEVELS},
    {"unique", 0, GAP_OPTION_FLAG, NULL, "the table names each place once", NULL},
    {"review", 0, GAP_OPTION_PATH, "FILE", "file of names for a person, .csv or .xlsx", NULL},
    {"output", 'o', GAP_OPTION_PATH, "FILE", "the .csv file to write", NULL},
    {"sheet", 0, GAP_OPTION_TEXT, "NAME", "sheet of a workbook, or layer of a file with several",
     NULL},
    {"header", 0, GAP_OPTION_INT, "LINE", "line of the sheet that names the columns, from 1", NULL},
    {"encoding", 0, GAP_OPTION_TEXT, "NAME", "encoding of the text, such as CP1251", NULL},
    {NULL},
};

static bool check_review(const GapCall *call, GError **error) {
    const char *review = gap_call_text(call, "review");
    if (!review)
        return true;
    g_autofree char *lower = g_ascii_strdown(review, -1);
    if (!g_str_has_suffix(lower, ".csv") && !g_str_has_suffix(lower, ".xlsx"))
        return gap_fail(error, GAP_ERROR_USAGE, "--review %s: its name ends in .csv or .xlsx",
                        review);
    return gap_call_spares(call, "review", error);
}

static bool check_usage(const GapCall *call, GError **error) {
    const char *output = gap_call_text(call, "output"), *level = gap_call_text(call, "level");
    if (!output)
        return gap_fail(error, GAP_ERROR_USAGE, "say where to with -o FILE.csv");
    if (!g_str_has_suffix(output, ".csv"))
        return gap_fail(error, GAP_ERROR_USAGE, "-o %s: its name ends in .csv", output);
    if (!g_utf8_validate(gap_call_argument(call, 0), -1, NULL))
        return gap_fail(error, GAP_ERROR_INPUT, "the name of the table is not UTF-8: rename it");
    if (!gap_call_spares(call, "output", error))
        return false;
    if (!gap_call_text(call, "column"))
        return gap_fail(error, GAP_ERROR_USAGE, "say which column holds the names with --column");
    // What is looked for cannot lie in areas of its own level.
    const bool province = g_strcmp0(level, "province") == 0;
    if ((gap_call_given(call, "district") && (province || g_strcmp0(level, "district") == 0)) ||
        (gap_call_given(call, "province") && province))
        return gap_fail(error, GAP_ERROR_USAGE, "--level %s: those lie in no %s; leave out --%s",
                        level, level,
                        province && gap_call_given(call, "province") ? "province" : "district");
    if (gap_call_given(call, "header") && gap_call_int(call, "header") < 1)
        return gap_fail(error, GAP_ERROR_USAGE, "--header: lines count from 1");
    return check_review(call, error);
}

/* -1 where the option is not given. */
static bool find_column(const GapCall *call, const char *option, const GapTable *table, int *column,
                        GError **error) {
    const char *name = gap_call_text(call, option);
    *column = name ? gap_mapping_find(table, name) : -1;
    if (!name || *column >= 0)
        return true;
    g_autofree char *all = gap_mapping_columns(table);
    return gap_fail(error, GAP_ERROR_USAGE, "--%s: %s has no column '%s'; it has: %s", option,
                    gap_call_argument(call, 0), name, all);
}

static bool find_columns(const GapCall *call, const GapGazetteer *gazetteer, const GapTable *table,
                         GapMatchColumns *columns, GError **error) {
    const char *level = gap_call_text(call, "level");
    *columns = (GapMatchColumns){.level = gap_gazetteer_level(level),
                                 .unique = gap_call_flag(call, "unique")};
    if (columns->level != GAP_MATCH_ANY_LEVEL &&
        gap_gazetteer_count(gazetteer, columns->level) == 0)
        return gap_fail(error, GAP_ERROR_MISSING,
                        "the store has nothing of level %s: load it, or give another --level",
                        level);
    return find_column(call, "column", table, &columns->name, error) &&
           find_column(call, "district", table, &columns->district, error) &&
           find_column(call, "province", table, &columns->province, error);
}

/* What is at hand while a table is matched. */
typedef struct {
    GapCall *call;
    GapTable *table;
    GapReader *reader;
    GapReview *review; // or NULL
    gint64 asked;      // rows that the review file got
    GapMatchTally tally;
} Matching;

static json_t *tally_json(const Matching *matching) {
    json_t *answer = json_pack("{s:s, s:s, s:I}", "file", gap_call_argument(matching->call, 0),
                               "output", gap_call_text(matching->call, "output"), "rows",
                               (json_int_t)gap_table_rows(matching->table));
    for (int i = GAP_MATCH_MATCHED; i >= GAP_MATCH_UNMATCHED; i--)
        json_object_set_new(answer, gap_match_outcome_name(i),
                            json_integer((json_int_t)matching->tally.count[i]));
    json_object_set_new(answer, "nested", json_integer((json_int_t)matching->tally.nested));
    json_t *names = json_object();
    for (size_t i = 0; i < GAP_MATCH_ADDED; i++)
        json_object_set_new(
            names, GAP_MATCH_COLUMN_NAMES[i],
            json_string(gap_table_column(matching->table, matching->tally.first + i)->name));
    json_object_set_new(answer, "columns", names);
    json_object_set_new(answer, "notes", gap_cmd_strings_json(gap_reader_notes(matching->reader)));
    if (matching->review) {
        json_object_set_new(answer, "asked", json_integer(matching->asked));
        json_object_set_new(answer, "refused",
                            gap_cmd_refusals_json(gap_review_refusals(matching->review)));
    }
    return answer;
}

static void tell_review(const Matching *matching) {
    GapCall *call = matching->call;
    const char *file = gap_call_text(call, "review");
    gint64 used, said;
    gap_review_count(matching->review, &used, &said);
    const GPtrArray *refusals = gap_review_refusals(matching->review);
    gap_cmd_tell_refusals(call, file, refusals, MOST_SHOWN);
    if (said)
        gap_call_say(call,
                     "  %s: %" G_GINT64_FORMAT " of its %" G_GINT64_FORMAT
                     " decisions used, %u refused",
                     file, used, said, refusals->len);
    if (matching->asked)
        gap_call_say(call,
                     "  %s: %" G_GINT64_FORMAT " names for a person: write the code into 'to' (or "
                     "- for none of them) and run this again",
                     file, matching->asked);
}

static void tell(const Matching *matching) {
    GapCall *call = matching->call;
    const size_t *count = matching->tally.count;
    if (gap_call_json(call)) {
        gap_cmd_print_json(call, tally_json(matching));
        return;
    }
    gap_call_say(call, "%s: %zu names: %zu matched, %zu ambiguous, %zu unmatched",
                 gap_call_argument(call, 0), gap_table_rows(matching->table),
                 count[GAP_MATCH_MATCHED], count[GAP_MATCH_AMBIGUOUS], count[GAP_MATCH_UNMATCHED]);
    if (matching->tally.nested)
        gap_call_say(call,
                     "  %zu of the ambiguous may be an area or a place in it: --level area or "
                     "place says which is meant",
                     matching->tally.nested);
    const GPtrArray *notes = gap_reader_notes(matching->reader);
    for (guint i = 0; i < notes->len; i++)
        gap_call_say(call, "  %s", (const char *)g_ptr_array_index(notes, i));
    for (size_t i = 0; i < GAP_MATCH_ADDED; i++) {
        const char *name = gap_table_column(matching->table, matching->tally.first + i)->name;
        if (!g_str_equal(name, GAP_MATCH_COLUMN_NAMES[i]))
            gap_call_say(call, "  the table has a column '%s' already: the one added is '%s'",
                         GAP_MATCH_COLUMN_NAMES[i], name);
    }
    if (matching->review)
        tell_review(matching);
}

/* A review with rows that cannot be taken stays as the person left it. */
static bool write_review(Matching *matching, GError **error) {
    return !matching->review || gap_review_refusals(matching->review)->len > 0 ||
           gap_review_write(matching->review, &matching->asked, error);
}

static bool match(Matching *matching, GapGazetteerPart part, GapFinder *finder, GError **error) {
    GapCall *call = matching->call;
    GapMatchColumns columns;
    const GapGazetteer *gazetteer = gap_finder_gazetteer(finder, part, error);
    if (!find_columns(call, gazetteer, matching->table, &columns, error))
        return false;
    const char *review = gap_call_text(call, "review");
    if (review && !(matching->review = gap_review_new(review, finder, part, columns.level, error)))
        return false;
    columns.review = matching->review;
    return gap_match_table(gazetteer, matching->table, &columns, &matching->tally,
                           gap_call_progress(call), error) &&
           gap_vector_write_csv(matching->table, gap_call_text(call, "output"), error) &&
           write_review(matching, error);
}

static int run_match(GapCall *call, GError **error) {
    if (!check_usage(call, error))
        return -1;
    const GapReadOptions read = {.layer = gap_call_text(call, "sheet"),
                                 .encoding = gap_call_text(call, "encoding"),
                                 .header = (int)gap_call_int(call, "header")};
    const GapGazetteerPart part = g_strcmp0(gap_call_text(call, "level"), ANY_AREA) == 0
                                      ? GAP_GAZETTEER_AREAS
                                      : GAP_GAZETTEER_ALL;
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GapAreas) areas = store ? gap_areas_new(store, error) : NULL;
    g_autoptr(GapFinder) finder = areas ? gap_finder_new(store, areas) : NULL;
    const GapGazetteer *gazetteer = finder ? gap_finder_gazetteer(finder, part, error) : NULL;
    g_autoptr(GapReader) reader =
        gazetteer ? gap_reader_open(gap_call_argument(call, 0), &read, error) : NULL;
    g_autoptr(GapTable) table = reader ? gap_vector_read_all(reader, error) : NULL;
    Matching matching = {.call = call, .table = table, .reader = reader};
    int code = -1;
    if (table && match(&matching, part, finder, error)) {
        gap_call_made(call, gap_call_text(call, "output"));
        if (matching.asked)
            gap_call_made(call, gap_call_text(call, "review"));
        tell(&matching);
        code = matching.review && gap_review_refusals(matching.review)->len ? GAP_EXIT_REFUSED_ROWS
                                                                            : GAP_EXIT_DONE;
    }
    gap_review_free(matching.review);
    return code;
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
