#include "layers/fields.h"

#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/text/text.h"
#include "layers/columns.h"

#include <math.h>
#include <string.h>

enum { LONGEST_CELL = 10000, ROWS_NAMED = 5, WORDS_NAMED = 5 };

static GapType column_type(GapFieldKind kind) {
    return kind == GAP_FIELD_WHOLE  ? GAP_TYPE_INT
           : kind == GAP_FIELD_REAL ? GAP_TYPE_REAL
                                    : GAP_TYPE_TEXT;
}

GapTable *gap_fields_table(const GapLayerKind *kind) {
    GapTable *table = gap_table_new(kind->name);
    for (const GapField *field = kind->fields; field->name; field++)
        gap_table_add_column(table, &(GapColumnSpec){field->name, column_type(field->kind)});
    gap_table_add_column(table, &(GapColumnSpec){"row", GAP_TYPE_INT});
    return table;
}

char *gap_fields_order(const GapTable *rows, const char *low, const char *high) {
    const size_t row = gap_table_rows(rows) - 1;
    const size_t a = (size_t)gap_table_find(rows, low), b = (size_t)gap_table_find(rows, high);
    if (gap_table_is_null(rows, row, a) || gap_table_is_null(rows, row, b))
        return NULL;
    // Dates are text that sorts as they do.
    const bool ordered =
        gap_table_column(rows, a)->type == GAP_TYPE_TEXT
            ? strcmp(gap_table_text(rows, row, a), gap_table_text(rows, row, b)) <= 0
            : gap_table_real(rows, row, a) <= gap_table_real(rows, row, b);
    g_autofree char *limit = gap_table_cell_string(rows, row, b);
    return ordered ? NULL : g_strdup_printf("greater than %s, %s", high, limit);
}

/* ---- one cell ---- */

/* A cell of the last row of `rows`, while it is judged. */
typedef struct {
    GapFieldJudge *judge;
    const GapField *field;
    size_t column; // of the mapping and of `rows`
    const char *text;
    GapTable *rows;
    char **reason;
} Cell;

static size_t last_row(const Cell *cell) {
    return gap_table_rows(cell->rows) - 1;
}

/* The day after which nothing can have happened: that of the clock, unless SOURCE_DATE_EPOCH is
 * later; an earlier one dates what is made of data, and these may be newer. */
static const char *today(GapFieldJudge *judge) {
    if (judge->today)
        return judge->today;
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    g_autofree char *clock = g_date_time_format(now, "%Y-%m-%d");
    g_autofree char *said = gap_today();
    return judge->today = g_strdup(strcmp(said, clock) > 0 ? said : clock);
}

static bool take_text(const Cell *cell, const char *text) {
    gap_table_set_text(cell->rows, last_row(cell), cell->column, text);
    return true;
}

static bool refuse(const Cell *cell, const char *reason) {
    *cell->reason = g_strdup(reason);
    return false;
}

static void set_whole(const Cell *cell, size_t column, double value) {
    gap_table_set_int(cell->rows, last_row(cell), column, (gint64)value);
}

/* The middle of an interval, its ends into the fields that the kind has for them. False where the
 * text is none; `refused` where there is no place for the ends. */
static bool take_interval(const Cell *cell, GapDecimal decimal, const GapNumberLimits *limits,
                          bool *refused) {
    double low, high;
    if (!limits->whole || !gap_interval_read(cell->text, decimal, limits, &low, &high))
        return false;
    g_autofree char *low_name = g_strconcat(cell->field->name, "_low", NULL);
    g_autofree char *high_name = g_strconcat(cell->field->name, "_high", NULL);
    const int to_low = gap_table_find(cell->rows, low_name);
    const int to_high = gap_table_find(cell->rows, high_name);
    *refused = to_low < 0 || to_high < 0;
    if (*refused) {
        *cell->reason = g_strdup_printf(
            "an interval, %.15g to %.15g, for which %s has no place; give one number", low, high,
            cell->field->name);
        return true;
    }
    set_whole(cell, (size_t)to_low, low);
    set_whole(cell, (size_t)to_high, high);
    set_whole(cell, cell->column, floor((low + high) / 2));
    GapFieldJudge *judge = cell->judge;
    if (!judge->interval_rows)
        judge->interval_rows = g_string_new(NULL);
    if (judge->intervals++ < ROWS_NAMED)
        g_string_append_printf(
            judge->interval_rows, "%s%" G_GINT64_FORMAT, judge->intervals == 1 ? "" : ", ",
            gap_table_int(cell->rows, last_row(cell), (size_t)gap_table_find(cell->rows, "row")));
    return true;
}

/* "2017 г." */
static bool read_year(const Cell *cell, const GapNumberLimits *limits, double *value) {
    g_autofree char *rest = NULL;
    if (!g_str_equal(cell->field->name, "year"))
        return false;
    *value = gap_heading_year(cell->text, &rest);
    return !*rest && *value >= limits->min && *value <= limits->max;
}

static bool take_number(const Cell *cell) {
    const GapField *field = cell->field;
    const GapNumberLimits limits = {field->min, field->max, field->kind == GAP_FIELD_WHOLE};
    const GapDecimal decimal = cell->judge->mapping->decimal[cell->column];
    g_autofree char *why = NULL;
    double value;
    bool refused = false;
    if (!gap_number_read(cell->text, decimal, &limits, &value, &why) &&
        !read_year(cell, &limits, &value)) {
        if (take_interval(cell, decimal, &limits, &refused))
            return !refused;
        *cell->reason = g_steal_pointer(&why);
        return false;
    }
    if ((field->flags & GAP_FIELD_PAST) && value > atoi(today(cell->judge)))
        return refuse(cell, "in the future");
    if (limits.whole)
        set_whole(cell, cell->column, value);
    else
        gap_table_set_real(cell->rows, last_row(cell), cell->column, value);
    return true;
}

static bool take_choice(const Cell *cell) {
    const char *const *choices = cell->field->choices;
    if (g_strv_contains(choices, cell->text))
        return take_text(cell, cell->text);
    g_autofree char *folded = gap_text_fold(cell->text);
    for (const char *const *choice = choices; *choice; choice++)
        if (g_str_equal(folded, *choice))
            return take_text(cell, *choice);
    // What only helps to find something refuses nothing.
    if (cell->field->flags & GAP_FIELD_HINT)
        return true;
    const char *near = gap_text_nearest(cell->text, choices);
    g_autofree char *all = g_strjoinv(", ", (char **)choices);
    *cell->reason = near ? g_strdup_printf("did you mean '%s'? Known: %s", near, all)
                         : g_strdup_printf("not one of %s", all);
    return false;
}

/* A hint of the row, which stands before what it helps to find; NULL where there is none. */
static const char *hint(const Cell *cell, const char *name) {
    const int column = gap_table_find(cell->rows, name);
    return column < 0 ? NULL : gap_table_text(cell->rows, last_row(cell), (size_t)column);
}

static const char *ask(const Cell *cell, GapGazetteerPart part, const char *text, const char *level,
                       const char **bearer, char **why) {
    const GapFinderQuestion question = {text, hint(cell, "district"), hint(cell, "province"), level,
                                        cell->judge->mapping->stated};
    return gap_finder_find(cell->judge->finder, part, &question, bearer, why);
}

/* By what a person said of the name, else by the name, else by what a person said of it alone. */
static const char *find(const Cell *cell, GapGazetteerPart part, const char *text,
                        const char *level, const char **bearer, char **why) {
    GapCrosswalk *crosswalk = cell->judge->crosswalk;
    const char *district = hint(cell, "district"), *province = hint(cell, "province");
    const char *field = cell->field->name;
    GapMeaning *said =
        crosswalk ? gap_crosswalk_find(crosswalk, field, text, district, province, false) : NULL;
    const char *code = said ? NULL : ask(cell, part, text, level, bearer, why);
    if (crosswalk && !said && !code)
        said = gap_crosswalk_find(crosswalk, field, text, district, province, true);
    if (!said)
        return code;
    g_clear_pointer(why, g_free);
    code = ask(cell, part, said->to, level, bearer, why);
    if (code)
        gap_crosswalk_use(crosswalk, said, code, *bearer);
    else {
        char *reason = g_strdup_printf("'%s' by the crosswalk: %s", said->to, *why);
        g_free(*why);
        *why = reason;
    }
    return code;
}

static bool take_areas(const Cell *cell) {
    g_auto(GStrv) parts = g_strsplit(cell->text, ";", -1);
    g_autoptr(GString) codes = g_string_new(NULL);
    for (char **part = parts; *part; part++) {
        const char *bearer;
        g_autofree char *why = NULL;
        const char *code = find(cell, GAP_GAZETTEER_AREAS, g_strstrip(*part), NULL, &bearer, &why);
        if (!code) {
            *cell->reason = g_strdup_printf("'%s': %s", *part, why);
            return false;
        }
        g_string_append_printf(codes, "%s%s", codes->len ? ";" : "", code);
    }
    return take_text(cell, codes->str);
}

/* Of areas and places the level keeps which of the two it is, since their codes may be alike. */
static bool take_found(const Cell *cell, GapGazetteerPart part, const char *level) {
    const char *bearer;
    const char *code = find(cell, part, cell->text, level, &bearer, cell->reason);
    if (code && cell->field->kind == GAP_FIELD_ANY)
        gap_table_set_text(cell->rows, last_row(cell), (size_t)gap_table_find(cell->rows, "level"),
                           bearer);
    return code && take_text(cell, code);
}

/* Nobody can know that a code which is not there was one before. */
static bool take_unit(const Cell *cell) {
    const char *bearer;
    g_autofree char *why = NULL;
    const char *code =
        find(cell, GAP_GAZETTEER_UNITS, cell->text, hint(cell, "level"), &bearer, &why);
    if (code)
        return take_text(cell, code);
    *cell->reason = g_strdup_printf("%s%s", why,
                                    gap_code_is_rounded(cell->text) || !g_str_has_prefix(why, "no ")
                                        ? ""
                                        : "; a former unit is known once 'gapmap load changes "
                                          "FILE' has said what became of it");
    return false;
}

static bool take_neighbour(const Cell *cell) {
    const char *key = gap_finder_neighbour(cell->judge->finder, cell->text, cell->reason);
    return key && take_text(cell, key);
}

static bool read_day(const Cell *cell, char iso[16], char **reason) {
    GDate date;
    if (!gap_date_read(cell->text, cell->judge->mapping->order[cell->column], &date, reason))
        return false;
    g_snprintf(iso, 16, "%04u-%02u-%02u", g_date_get_year(&date), (unsigned)g_date_get_month(&date),
               (unsigned)g_date_get_day(&date));
    return true;
}

static bool take_date(const Cell *cell) {
    char iso[16];
    if (!read_day(cell, iso, cell->reason))
        return false;
    if ((cell->field->flags & GAP_FIELD_PAST) && strcmp(iso, today(cell->judge)) > 0)
        return refuse(cell, "in the future");
    return take_text(cell, iso);
}

static bool take_until(const Cell *cell) {
    char iso[16];
    g_autofree char *no_day = NULL, *rest = NULL;
    if (read_day(cell, iso, &no_day))
        return take_text(cell, iso);
    const int year = gap_heading_year(cell->text, &rest);
    if (!year || *rest)
        return refuse(cell, "neither a year nor a day, YYYY-MM-DD");
    g_snprintf(iso, sizeof iso, "%d", year);
    return take_text(cell, iso);
}

/* ---- what is not known ---- */

static bool is_figure(const GapField *field) {
    return field->kind == GAP_FIELD_WHOLE || field->kind == GAP_FIELD_REAL ||
           field->kind == GAP_FIELD_DATE;
}

static void count_unknown(GapFieldJudge *judge, const char *text) {
    judge->unknown++;
    if (!judge->unknown_words)
        judge->unknown_words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (g_hash_table_size(judge->unknown_words) < WORDS_NAMED)
        g_hash_table_add(judge->unknown_words, g_strdup(text));
}

static bool leave_empty(const Cell *cell) {
    const GapField *field = cell->field;
    if (!field->required) {
        if (*cell->text)
            count_unknown(cell->judge, cell->text);
        return true;
    }
    g_autofree char *shown = gap_printable(cell->text, 40);
    *cell->reason = *cell->text
                        ? g_strdup_printf("not known ('%s'); %s is required (%s)", shown,
                                          field->name, field->help)
                        : g_strdup_printf("empty; %s is required (%s)", field->name, field->help);
    return false;
}

bool gap_field_take(GapFieldJudge *judge, size_t i, const char *text, GapTable *rows,
                    char **reason) {
    const GapField *field = &judge->mapping->kind->fields[i];
    g_autofree char *value = g_strstrip(g_strdup(text ? text : ""));
    const Cell cell = {judge, field, i, value, rows, reason};
    if (strlen(value) > LONGEST_CELL)
        return refuse(&cell, "longer than 10000 bytes");
    if (gap_is_unknown(value, is_figure(field)))
        return leave_empty(&cell);
    switch (field->kind) {
    case GAP_FIELD_WHOLE:
    case GAP_FIELD_REAL:
        return take_number(&cell);
    case GAP_FIELD_CHOICE:
        return take_choice(&cell);
    case GAP_FIELD_AREA:
        return take_found(&cell, GAP_GAZETTEER_AREAS, hint(&cell, "level"));
    case GAP_FIELD_PLACE:
        return take_found(&cell, GAP_GAZETTEER_ALL, "place");
    case GAP_FIELD_ANY:
        return take_found(&cell, GAP_GAZETTEER_ALL, hint(&cell, "level"));
    case GAP_FIELD_UNIT:
        return take_unit(&cell);
    case GAP_FIELD_AREAS:
        return take_areas(&cell);
    case GAP_FIELD_DATE:
        return take_date(&cell);
    case GAP_FIELD_UNTIL:
        return take_until(&cell);
    case GAP_FIELD_NEIGHBOUR:
        return take_neighbour(&cell);
    case GAP_FIELD_TEXT:
        break;
    }
    if ((field->flags & GAP_FIELD_CODE) && gap_code_is_rounded(value))
        return refuse(&cell, GAP_CODE_ROUNDED);
    const char *code =
        field->flags & GAP_FIELD_UNIT_CODE ? gap_areas_code(judge->areas, value) : NULL;
    return take_text(&cell, code ? code : value);
}

/* ---- what was done ---- */

void gap_field_judge_clear(GapFieldJudge *judge) {
    g_free(judge->today);
    if (judge->interval_rows)
        g_string_free(judge->interval_rows, TRUE);
    g_clear_pointer(&judge->unknown_words, g_hash_table_unref);
}

void gap_fields_tell(const GapFieldJudge *judge, GapLoad *load) {
    if (judge->intervals)
        gap_load_note(load,
                      "%" G_GINT64_FORMAT
                      " figures were intervals: kept with their ends, and their "
                      "middle, rounded down, is what counts (rows %s%s)",
                      judge->intervals, judge->interval_rows->str,
                      judge->intervals > ROWS_NAMED ? ", ..." : "");
    if (!judge->unknown)
        return;
    g_autoptr(GList) words =
        g_list_sort(g_hash_table_get_keys(judge->unknown_words), (GCompareFunc)strcmp);
    g_autoptr(GString) shown = g_string_new(NULL);
    for (const GList *word = words; word; word = word->next) {
        g_autofree char *plain = gap_printable(word->data, 20);
        g_string_append_printf(shown, "%s'%s'", shown->len ? ", " : "", plain);
    }
    gap_load_note(load, "%" G_GINT64_FORMAT " cells say that nothing is known (%s): left empty",
                  judge->unknown, shown->str);
}
