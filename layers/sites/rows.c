#include "layers/sites/rows.h"

#include "geo/base/error.h"
#include "layers/mapping.h"

#include <string.h>

/* ---- columns ---- */

static bool fail_column(const GapSitesRows *rows, const GapSitesField *field, GError **error) {
    g_autofree char *known = g_strjoinv(", ", (char **)field->names);
    g_autoptr(GString) has = g_string_new(NULL);
    for (size_t c = 0; c < gap_table_columns(rows->batch); c++) {
        g_autofree char *heading = gap_mapping_heading(rows->batch, c, 40);
        g_string_append_printf(has, "%s%s", c ? ", " : "", heading);
    }
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: no column '%s'; it has: %s. Name the column one of: %s", rows->file,
                    field->names[0], has->len ? has->str : "none", known);
}

static GapDecimal find_decimal(const GapTable *table, size_t column, double most) {
    const GapNumberLimits limits = {.max = most};
    GapNumberEvidence evidence = {0};
    for (size_t r = 0; r < gap_table_rows(table); r++) {
        const char *text = gap_table_text(table, r, column);
        if (text)
            gap_number_evidence_add(&evidence, text, &limits);
    }
    const GapDecimal found = gap_number_evidence_weigh(&evidence);
    // A machine wrote 12.345 for all; a comma could be either.
    return found == GAP_DECIMAL_OPEN && !strchr(evidence.example, ',') ? GAP_DECIMAL_POINT : found;
}

static bool find_columns(GapSitesRows *rows, gsize n, GError **error) {
    for (gsize f = 0; f < n; f++) {
        const GapSitesField *field = &rows->fields[f];
        rows->column[f] = -1;
        for (const char *const *name = field->names; *name && rows->column[f] < 0; name++)
            rows->column[f] = gap_mapping_find(rows->batch, *name);
        const int column = rows->column[f];
        if (column < 0 && field->required)
            return fail_column(rows, field, error);
        if (column >= 0 && field->most > 0)
            rows->decimal[f] = find_decimal(rows->batch, (size_t)column, field->most);
    }
    return true;
}

bool gap_sites_rows_open(GapSitesRows *rows, const char *file, const GapSitesField *fields, gsize n,
                         GError **error) {
    g_assert(n <= GAP_SITES_MOST_FIELDS);
    *rows = (GapSitesRows){.file = file, .fields = fields, .row = (gsize)-1};
    rows->reader = gap_reader_open(file, NULL, error);
    rows->batch = rows->reader ? gap_reader_next(rows->reader, error) : NULL;
    return rows->batch && find_columns(rows, n, error);
}

void gap_sites_rows_close(GapSitesRows *rows) {
    for (gsize f = 0; f < GAP_SITES_MOST_FIELDS; f++)
        g_clear_pointer(&rows->cell[f], g_free);
    g_clear_pointer(&rows->batch, gap_table_free);
    g_clear_pointer(&rows->reader, gap_reader_free);
}

/* ---- rows ---- */

bool gap_sites_rows_next(GapSitesRows *rows, GError **error) {
    rows->row++;
    while (rows->batch && rows->row >= gap_table_rows(rows->batch)) {
        gap_table_free(rows->batch);
        rows->batch = gap_reader_next(rows->reader, error);
        rows->row = 0;
    }
    return rows->batch != NULL;
}

gint64 gap_sites_rows_number(const GapSitesRows *rows) {
    return gap_reader_row(rows->reader, rows->row);
}

bool gap_sites_rows_has(const GapSitesRows *rows, gsize field) {
    return rows->column[field] >= 0;
}

const char *gap_sites_rows_text(GapSitesRows *rows, gsize field) {
    if (rows->column[field] < 0)
        return NULL;
    const size_t column = (size_t)rows->column[field];
    const char *text = gap_table_text(rows->batch, rows->row, column);
    if (!text && !gap_table_is_null(rows->batch, rows->row, column)) {
        g_free(rows->cell[field]);
        text = rows->cell[field] = gap_table_cell_string(rows->batch, rows->row, column);
    }
    return text && *text ? text : NULL;
}

bool gap_sites_rows_fail(GapSitesRows *rows, gsize field, GError **error, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    const char *heading = gap_table_column(rows->batch, (size_t)rows->column[field])->name;
    const char *text = gap_sites_rows_text(rows, field);
    return gap_fail_at(error, (GapPlace){rows->file, gap_sites_rows_number(rows), heading, text},
                       "%s", what);
}

const char *gap_sites_rows_id(GapSitesRows *rows, gsize field, GError **error) {
    const char *text = gap_sites_rows_text(rows, field);
    if (!text)
        gap_sites_rows_fail(rows, field, error, "empty; every row needs it");
    return text;
}

/* Whether the cell is of digits and one point, as most are; it is read then. */
static bool read_plain(const char *text, double *figure) {
    const gsize whole = strspn(text, "0123456789");
    const char *end = text + whole;
    if (*end == '.')
        end += 1 + strspn(end + 1, "0123456789");
    if (*end || whole == 0 || whole > 15)
        return false;
    *figure = g_ascii_strtod(text, NULL);
    return true;
}

bool gap_sites_rows_figure(GapSitesRows *rows, gsize field, const char *missing, double *figure,
                           GError **error) {
    const GapNumberLimits limits = {.max = rows->fields[field].most};
    const char *text = gap_sites_rows_text(rows, field);
    if (!text)
        return gap_sites_rows_fail(rows, field, error, "empty; %s", missing);
    // What a typed column gives as text has a point.
    const GapDecimal decimal = text == rows->cell[field] ? GAP_DECIMAL_POINT : rows->decimal[field];
    if (decimal == GAP_DECIMAL_POINT && read_plain(text, figure) && *figure <= limits.max)
        return true;
    g_autofree char *reason = NULL;
    return gap_number_read(text, decimal, &limits, figure, &reason) ||
           gap_sites_rows_fail(rows, field, error, "%s", reason);
}
