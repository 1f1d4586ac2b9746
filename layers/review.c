#include "layers/review.h"

#include "geo/base/error.h"
#include "geo/files/vector.h"
#include "geo/text/name_key.h"
#include "layers/columns.h"
#include "layers/crosswalk.h"
#include "layers/source.h"

#include <string.h>

enum { FROM, DISTRICT, PROVINCE, TO, ROWS, OUTCOME, REASON, N_COLUMNS };
static const char *const COLUMNS[] = {"from", "district", "province", "to",
                                      "rows", "outcome",  "reason"};

struct GapReview {
    char *path;
    GapTable *table;         // the file as it is, then what is asked
    GapCrosswalk *crosswalk; // NULL: there was no file
    GHashTable *codes;       // what stands in `to` to the code that is meant
    GHashTable *row_of;      // question to its row of `table` + 1
    GPtrArray *refusals;
    size_t given;    // rows of the file
    gint64 left_out; // rows of it that were not read
};

void gap_review_free(GapReview *review) {
    if (!review)
        return;
    gap_table_free(review->table);
    gap_crosswalk_free(review->crosswalk);
    g_hash_table_unref(review->codes);
    g_hash_table_unref(review->row_of);
    g_ptr_array_unref(review->refusals);
    g_free(review->path);
    g_free(review);
}

/* ---- reading ---- */

/* Where zeros in front are lost, the code that has them. */
static char *why_no_code(GapFinder *finder, GapGazetteerPart part, const char *text) {
    if (gap_code_is_rounded(text))
        return g_strdup(GAP_CODE_ROUNDED);
    const char *whole = gap_finder_with_zeros(finder, part, text);
    return whole ? g_strdup_printf("no area or place has this code, but '%s' is one: a spreadsheet "
                                   "drops zeros in front; format the column as text",
                                   whole)
                 : g_strdup("no area or place that is matched with has this code; copy one of the "
                            "candidates, write the code of another, or - where there is none");
}

/* A hyphen, however it is typed. */
static bool is_none(const char *to) {
    return g_str_equal(to, "-") || g_str_equal(to, "\342\200\223") ||
           g_str_equal(to, "\342\200\224");
}

static void judge_codes(GapReview *review, GapFinder *finder, GapGazetteerPart part, int level) {
    const GapMeaning *meaning;
    for (size_t i = 0; (meaning = gap_crosswalk_meaning(review->crosswalk, i)); i++) {
        const char *to = meaning->to;
        const char *code = is_none(to) ? "" : gap_finder_code(finder, part, to, level);
        if (code)
            g_hash_table_insert(review->codes, g_strdup(to), g_strdup(code));
        else
            g_ptr_array_add(review->refusals, gap_refusal_new(meaning->row, 0, "to", to,
                                                              why_no_code(finder, part, to)));
    }
}

static char *cell(const GapTable *table, size_t row, int column) {
    const int c = gap_table_find(table, COLUMNS[column]);
    char *text = c < 0 ? NULL : gap_table_cell_string(table, row, (size_t)c);
    return text ? g_strstrip(text) : NULL;
}

static void remember_questions(GapReview *review) {
    for (size_t r = 0; r < gap_table_rows(review->table); r++) {
        g_autofree char *from = cell(review->table, r, FROM);
        g_autofree char *district = cell(review->table, r, DISTRICT);
        g_autofree char *province = cell(review->table, r, PROVINCE);
        g_hash_table_insert(review->row_of, gap_crosswalk_key(from, district, province),
                            GSIZE_TO_POINTER(r + 1));
    }
    review->given = gap_table_rows(review->table);
}

static void add_missing_column(GapTable *table, const char *name) {
    if (gap_table_find(table, name) < 0)
        gap_table_add_column(table, &(GapColumnSpec){name, GAP_TYPE_TEXT});
}

static void put(GapTable *table, size_t row, const char *column, const char *text) {
    add_missing_column(table, column);
    gap_table_set_text(table, row, (size_t)gap_table_find(table, column), text);
}

/* A spreadsheet makes numbers of what looks like them; here all is text. */
static GapTable *as_text(const GapTable *table) {
    GapTable *copy = gap_table_new(gap_table_name(table));
    for (size_t c = 0; c < gap_table_columns(table); c++)
        add_missing_column(copy, gap_table_column(table, c)->name);
    for (size_t r = 0; r < gap_table_rows(table); r++) {
        gap_table_add_row(copy);
        for (size_t c = 0; c < gap_table_columns(table); c++) {
            g_autofree char *text = gap_table_cell_string(table, r, c);
            put(copy, r, gap_table_column(table, c)->name, text);
        }
    }
    return copy;
}

/* A crosswalk of two columns stays one, unless a name is asked with what it lies in. */
static bool read_file(GapReview *review, GError **error) {
    review->crosswalk = gap_crosswalk_new(review->path, NULL, error);
    g_autoptr(GapReader) reader =
        review->crosswalk ? gap_reader_open(review->path, NULL, error) : NULL;
    g_autoptr(GapTable) table = reader ? gap_vector_read_all(reader, error) : NULL;
    if (!table)
        return false;
    review->table = as_text(table);
    review->left_out = gap_reader_left_out(reader);
    return true;
}

static void start_file(GapReview *review) {
    review->table = gap_table_new("review");
    for (int c = 0; c < N_COLUMNS; c++)
        add_missing_column(review->table, COLUMNS[c]);
}

GapReview *gap_review_new(const char *path, GapFinder *finder, GapGazetteerPart part, int level,
                          GError **error) {
    g_autoptr(GapReview) review = g_new0(GapReview, 1);
    review->path = g_strdup(path);
    review->codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    review->row_of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    review->refusals = g_ptr_array_new_with_free_func(gap_refusal_free);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        start_file(review);
    else if (read_file(review, error))
        judge_codes(review, finder, part, level);
    else
        return NULL;
    remember_questions(review);
    return g_steal_pointer(&review);
}

const GPtrArray *gap_review_refusals(const GapReview *review) {
    return review->refusals;
}

const char *gap_review_find(GapReview *review, const char *name, const char *district,
                            const char *province, bool with_none) {
    GapMeaning *said = review->crosswalk ? gap_crosswalk_find(review->crosswalk, NULL, name,
                                                              district, province, with_none)
                                         : NULL;
    const char *code = said ? g_hash_table_lookup(review->codes, said->to) : NULL;
    if (code)
        gap_crosswalk_use(review->crosswalk, said, NULL, NULL);
    return code;
}

void gap_review_count(const GapReview *review, gint64 *used, gint64 *said) {
    *used = *said = 0;
    const GapMeaning *meaning;
    for (size_t i = 0; review->crosswalk && (meaning = gap_crosswalk_meaning(review->crosswalk, i));
         i++) {
        *said += 1;
        *used += meaning->used > 0;
    }
}

/* ---- asking ---- */

static void count_row(GapReview *review, size_t row) {
    g_autofree char *before = cell(review->table, row, ROWS);
    g_autofree char *rows =
        g_strdup_printf("%" G_GINT64_FORMAT, g_ascii_strtoll(before ? before : "", NULL, 10) + 1);
    put(review->table, row, COLUMNS[ROWS], rows);
}

static bool can_be_asked(const char *name) {
    if (g_utf8_strlen(name, -1) > GAP_NAME_LONGEST)
        return false;
    for (const char *c = name; *c; c = g_utf8_next_char(c))
        if (g_unichar_iscntrl(g_utf8_get_char(c)))
            return false;
    return true;
}

void gap_review_ask(GapReview *review, const char *name, const char *district, const char *province,
                    const char *outcome, const char *reason, char *const *candidates) {
    if (!can_be_asked(name))
        return;
    g_autofree char *key = gap_crosswalk_key(name, district, province);
    const size_t earlier = GPOINTER_TO_SIZE(g_hash_table_lookup(review->row_of, key));
    if (earlier > review->given)
        count_row(review, earlier - 1);
    if (earlier)
        return;
    const size_t row = gap_table_add_row(review->table);
    const char *cells[N_COLUMNS] = {name, district, province, NULL, "1", outcome, reason};
    for (int c = 0; c < N_COLUMNS; c++)
        if (cells[c] && *cells[c])
            put(review->table, row, COLUMNS[c], cells[c]);
    for (size_t i = 0; candidates[i]; i++) {
        g_autofree char *column = g_strdup_printf("candidate_%zu", i + 1);
        put(review->table, row, column, candidates[i]);
    }
    g_hash_table_insert(review->row_of, g_steal_pointer(&key), GSIZE_TO_POINTER(row + 1));
}

bool gap_review_write(const GapReview *review, gint64 *asked, GError **error) {
    GapTable *tables[] = {review->table};
    *asked = (gint64)(gap_table_rows(review->table) - review->given);
    if (*asked && review->left_out)
        return gap_fail(
            error, GAP_ERROR_INPUT,
            "%s: has %" G_GINT64_FORMAT
            " rows that are not read, such as totals, and would be lost; take them out, "
            "or give another --review",
            review->path, review->left_out);
    g_autofree char *lower = g_ascii_strdown(review->path, -1);
    return *asked == 0 || (g_str_has_suffix(lower, ".xlsx")
                               ? gap_vector_write_xlsx(tables, 1, review->path, error)
                               : gap_vector_write_csv(review->table, review->path, error));
}
