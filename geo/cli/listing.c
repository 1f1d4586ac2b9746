#include "geo/cli/listing.h"

#include "geo/base/error.h"

#include <jansson.h>
#include <math.h>

#define MOST_CHARACTERS 64

static json_t *json_cell(const GapTable *table, size_t row, size_t column) {
    if (gap_table_is_null(table, row, column))
        return json_null();
    switch (gap_table_column(table, column)->type) {
    case GAP_TYPE_INT:
        return json_integer(gap_table_int(table, row, column));
    case GAP_TYPE_REAL:
        return json_real(gap_table_real(table, row, column));
    default:
        return json_string(gap_table_text(table, row, column));
    }
}

char *gap_table_to_json(const GapTable *table) {
    json_t *rows = json_array();
    for (size_t r = 0; r < gap_table_rows(table); r++) {
        json_t *row = json_object();
        for (size_t c = 0; c < gap_table_columns(table); c++)
            json_object_set_new(row, gap_table_column(table, c)->name, json_cell(table, r, c));
        json_array_append_new(rows, row);
    }
    char *text = json_dumps(rows, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    json_decref(rows);
    char *copy = g_strdup(text);
    free(text);
    return copy;
}

static char *text_cell(const GapTable *table, size_t row, size_t column) {
    if (gap_table_is_null(table, row, column))
        return g_strdup("–");
    const GapColumnSpec *spec = gap_table_column(table, column);
    const bool share = g_strcmp0(spec->unit, "share") == 0;
    if (spec->type == GAP_TYPE_REAL) {
        const double value = gap_table_real(table, row, column) * (share ? 100 : 1);
        const bool degrees = g_strcmp0(spec->unit, "degrees") == 0;
        const bool ground = g_strcmp0(spec->unit, "km2") == 0 && fabs(value) < 10; // a hectare
        char buffer[64];
        g_ascii_formatd(buffer, sizeof buffer,
                        degrees              ? "%.4f"
                        : ground             ? "%.3f"
                        : fabs(value) < 1000 ? "%.1f"
                                             : "%.0f",
                        value);
        return g_strdup_printf("%s%s", buffer, share ? "%" : "");
    }
    g_autofree char *cell = gap_table_cell_string(table, row, column);
    return gap_printable(cell, MOST_CHARACTERS);
}

static const char *title_of(const GapTable *table, size_t column) {
    const GapColumnSpec *spec = gap_table_column(table, column);
    return spec->title ? spec->title : spec->name;
}

static bool is_empty(const GapTable *table, size_t column) {
    for (size_t r = 0; r < gap_table_rows(table); r++)
        if (!gap_table_is_null(table, r, column))
            return false;
    return true;
}

static void put_padded(FILE *out, const char *text, glong width, bool right) {
    const int pad = (int)(width - g_utf8_strlen(text, -1));
    fprintf(out, "%*s%s%*s", right ? pad : 0, "", text, right ? 0 : pad, "");
}

static void list_text(FILE *out, const GapTable *table) {
    const size_t rows = gap_table_rows(table), columns = gap_table_columns(table);
    g_autofree glong *width = g_new0(glong, columns + 1);
    g_autofree bool *shown = g_new0(bool, columns + 1);
    for (size_t c = 0; c < columns; c++) {
        shown[c] = !is_empty(table, c);
        width[c] = g_utf8_strlen(title_of(table, c), -1);
        for (size_t r = 0; r < rows; r++) {
            g_autofree char *cell = text_cell(table, r, c);
            width[c] = MAX(width[c], g_utf8_strlen(cell, -1));
        }
    }
    for (size_t line = 0; line <= rows; line++) {
        bool first = true;
        for (size_t c = 0; c < columns; c++) {
            if (!shown[c])
                continue;
            g_autofree char *cell =
                line ? text_cell(table, line - 1, c) : g_strdup(title_of(table, c));
            if (!first)
                fputs("  ", out);
            put_padded(out, cell, width[c], gap_table_column(table, c)->type != GAP_TYPE_TEXT);
            first = false;
        }
        fputc('\n', out);
    }
}

void gap_call_list(GapCall *call, const GapTable *table) {
    if (gap_call_json(call)) {
        g_autofree char *json = gap_table_to_json(table);
        fprintf(gap_call_out(call), "%s\n", json);
    } else if (!gap_call_quiet(call))
        list_text(gap_call_out(call), table);
}
