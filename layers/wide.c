#include "layers/wide.h"

#include "geo/base/error.h"
#include "geo/text/number.h"
#include "layers/columns.h"
#include "layers/mapping.h"

#include <string.h>

enum { MOST_ROWS = 50000 }; // of one long table, and what one row gives beyond

typedef struct {
    size_t column;
    int year;
    char *heading;
} YearColumn;

typedef struct {
    size_t row, year; // of the batch, of `years`
} Origin;

struct GapWide {
    const char *figure; // field of the kind
    GArray *years;      // of YearColumn, as the table has them
    GArray *others;     // of size_t, the other columns
    GArray *origins;    // of Origin, of the newest long table
    GapTable *batch;    // or NULL
    size_t next;        // row of it
    gint64 unknown;
    gint64 empty; // rows without any figure
};

static void year_clear(gpointer data) {
    g_free(((YearColumn *)data)->heading);
}

static const YearColumn *year_at(const GapWide *wide, size_t i) {
    return &g_array_index(wide->years, YearColumn, i);
}

void gap_wide_free(GapWide *wide) {
    if (!wide)
        return;
    g_array_unref(wide->years);
    g_array_unref(wide->others);
    g_array_unref(wide->origins);
    gap_table_free(wide->batch);
    g_free(wide);
}

/* The field whose figures may stand in columns of years, or NULL. */
static const GapField *figure_of(const GapLayerKind *kind) {
    const GapField *figure = NULL;
    bool by_year = false;
    for (const GapField *field = kind->fields; field->name; field++) {
        if (!field->required || field->kind != GAP_FIELD_WHOLE)
            continue;
        if (g_str_equal(field->name, "year"))
            by_year = true;
        else if (!figure)
            figure = field;
    }
    return by_year ? figure : NULL;
}

/* Whether an option or a column names `field`. */
static bool is_given(const GapTable *table, const char *field, GHashTable *said) {
    return g_hash_table_contains(said, field) || gap_mapping_find(table, field) >= 0;
}

static bool has_year_column(const GapLayerKind *kind, const GapTable *table) {
    g_autofree bool *used = g_new0(bool, gap_table_columns(table) + 1);
    g_autofree char *several = NULL;
    return gap_columns_guess(kind, "year", table, used, &several) != -1;
}

/* The year of a column of figures, 0 where it is none. */
static int year_of(const GapLayerKind *kind, const char *figure, const char *heading) {
    g_autofree char *rest = NULL;
    const int year = gap_heading_year(heading, &rest);
    const bool figures =
        !*rest || gap_columns_means(kind, figure, rest) || g_str_equal(rest, figure);
    return figures && !gap_heading_scale(heading) ? year : 0;
}

static bool add_year(GapWide *wide, YearColumn column, const char *file, GError **error) {
    for (guint i = 0; i < wide->years->len; i++) {
        if (year_at(wide, i)->year != column.year)
            continue;
        g_autofree char *first = gap_printable(year_at(wide, i)->heading, 60);
        g_autofree char *second = gap_printable(column.heading, 60);
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: '%s' and '%s' are both figures of %d; take one of the columns out of "
                        "the file, or say with --columns \"%s=COLUMN\" and --set \"year=%d\" which "
                        "one to load",
                        file, first, second, column.year, wide->figure, column.year);
    }
    column.heading = g_strdup(column.heading);
    g_array_append_val(wide->years, column);
    return true;
}

static bool find_years(GapWide *wide, const GapLayerKind *kind, const GapTable *table,
                       const char *file, GError **error) {
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        const char *heading = gap_table_column(table, c)->name;
        const int year = year_of(kind, wide->figure, heading);
        if (!year)
            g_array_append_val(wide->others, c);
        else if (!add_year(wide, (YearColumn){c, year, (char *)heading}, file, error))
            return false;
    }
    return true;
}

GapWide *gap_wide_new(const GapLayerKind *kind, const GapTable *table, const char *file,
                      const char *columns, const char *set, GError **error) {
    const GapField *figure = figure_of(kind);
    g_autoptr(GHashTable) said = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!figure || !gap_mapping_pairs(columns, "columns", said, error) ||
        !gap_mapping_pairs(set, "set", said, error) || is_given(table, "year", said) ||
        is_given(table, figure->name, said) || has_year_column(kind, table))
        return NULL;
    g_autoptr(GapWide) wide = g_new0(GapWide, 1);
    wide->figure = figure->name;
    wide->years = g_array_new(FALSE, FALSE, sizeof(YearColumn));
    wide->others = g_array_new(FALSE, FALSE, sizeof(size_t));
    wide->origins = g_array_new(FALSE, FALSE, sizeof(Origin));
    g_array_set_clear_func(wide->years, year_clear);
    if (!find_years(wide, kind, table, file, error) || !wide->years->len)
        return NULL;
    return g_steal_pointer(&wide);
}

static void copy_cell(GapTable *to, size_t to_row, size_t to_column, const GapTable *from,
                      size_t row, size_t column) {
    if (gap_table_is_null(from, row, column))
        return;
    switch (gap_table_column(from, column)->type) {
    case GAP_TYPE_TEXT:
        gap_table_set_text(to, to_row, to_column, gap_table_text(from, row, column));
        break;
    case GAP_TYPE_INT:
        gap_table_set_int(to, to_row, to_column, gap_table_int(from, row, column));
        break;
    case GAP_TYPE_REAL:
        gap_table_set_real(to, to_row, to_column, gap_table_real(from, row, column));
        break;
    }
}

/* The type that all columns of years share, else text. */
static GapType figure_type(const GapWide *wide, const GapTable *batch) {
    const GapType first = gap_table_column(batch, year_at(wide, 0)->column)->type;
    for (guint i = 1; i < wide->years->len; i++)
        if (gap_table_column(batch, year_at(wide, i)->column)->type != first)
            return GAP_TYPE_TEXT;
    return first;
}

static GapTable *long_table(const GapWide *wide, const GapTable *batch) {
    GapTable *table = gap_table_new(gap_table_name(batch));
    for (guint i = 0; i < wide->others->len; i++)
        gap_table_add_column(table,
                             gap_table_column(batch, g_array_index(wide->others, size_t, i)));
    gap_table_add_column(table, &(GapColumnSpec){"year", GAP_TYPE_INT});
    gap_table_add_column(table, &(GapColumnSpec){wide->figure, figure_type(wide, batch)});
    return table;
}

static void add_row(GapWide *wide, GapTable *table, const GapTable *batch, size_t row, size_t y) {
    const size_t to = gap_table_add_row(table), n = wide->others->len;
    const size_t column = year_at(wide, y)->column;
    for (size_t i = 0; i < n; i++)
        copy_cell(table, to, i, batch, row, g_array_index(wide->others, size_t, i));
    gap_table_set_int(table, to, n, year_at(wide, y)->year);
    if (gap_table_column(table, n + 1)->type == gap_table_column(batch, column)->type)
        copy_cell(table, to, n + 1, batch, row, column);
    else {
        g_autofree char *text = gap_table_cell_string(batch, row, column);
        gap_table_set_text(table, to, n + 1, text);
    }
    gap_table_set_geometry(table, to, gap_table_geometry(batch, row));
    const Origin origin = {row, y};
    g_array_append_val(wide->origins, origin);
}

static bool is_known(const GapTable *batch, size_t row, size_t column) {
    const char *text = gap_table_text(batch, row, column);
    return !gap_table_is_null(batch, row, column) && !(text && gap_is_unknown(text, true));
}

void gap_wide_give(GapWide *wide, GapTable *batch) {
    gap_table_free(wide->batch);
    wide->batch = batch;
    wide->next = 0;
}

GapTable *gap_wide_take(GapWide *wide) {
    const GapTable *batch = wide->batch;
    const size_t n = batch ? gap_table_rows(batch) : 0;
    g_array_set_size(wide->origins, 0);
    if (!batch || (wide->next == n && n > 0))
        return NULL;
    GapTable *table = long_table(wide, batch);
    for (; wide->next < n && gap_table_rows(table) < MOST_ROWS; wide->next++) {
        const guint before = wide->origins->len;
        for (size_t y = 0; y < wide->years->len; y++)
            if (is_known(batch, wide->next, year_at(wide, y)->column))
                add_row(wide, table, batch, wide->next, y);
            else
                wide->unknown++;
        wide->empty += wide->origins->len == before;
    }
    if (n == 0)
        g_clear_pointer(&wide->batch, gap_table_free);
    return table;
}

size_t gap_wide_row(const GapWide *wide, size_t i, int *part) {
    const Origin *origin = &g_array_index(wide->origins, Origin, i);
    *part = (int)origin->year + 1;
    return origin->row;
}

gint64 gap_wide_left_out(const GapWide *wide) {
    return wide->unknown;
}

void gap_wide_tell(const GapWide *wide, GapLoad *load) {
    g_autofree char *first = gap_printable(year_at(wide, 0)->heading, 40);
    g_autofree char *last = gap_printable(year_at(wide, wide->years->len - 1)->heading, 40);
    gap_load_note(load, "%u columns are years, '%s' to '%s': each gives a row with year and %s",
                  wide->years->len, first, last, wide->figure);
    if (wide->unknown)
        gap_load_note(load,
                      "%" G_GINT64_FORMAT
                      " figures of years are not known and left out; %" G_GINT64_FORMAT
                      " rows have none",
                      wide->unknown, wide->empty);
}
