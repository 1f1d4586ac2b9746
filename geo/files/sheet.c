#include "geo/files/sheet.h"

#include <string.h>

#include "geo/base/error.h"
#include "geo/files/book.h"
#include "geo/files/columns.h"
#include "geo/files/csv.h"
#include "geo/files/encoding.h"
#include "geo/files/gdal.h"
#include "geo/files/header.h"
#include "geo/files/totals.h"
#include "geo/files/wkt.h"

enum {
    MOST_ROWS = 50000,
    MOST_BYTES = 32 << 20, // of a batch
    MOST_CELL = 1 << 20,
    SAMPLE_LINES = 200,
    SAMPLE_BYTES = 4 << 20,
    NOTES_SHOWN = 20,
};

enum { NO_COLUMN = -1, GEOMETRY = -2 };

struct GapSheet {
    GapInput input;
    GapRows rows;
    const char *encoding; // NULL: cannot be told
    GIConv from;          // (GIConv)-1: cells are UTF-8, or should be
    char *converted;
    GArray *columns; // int by cell: column of the table, NO_COLUMN or GEOMETRY
    GapTable *form;  // the columns, no rows
    char *name;
    gint64 header_end, row, left_out;
    GArray *numbers;   // gint64, of the newest batch
    GPtrArray *faults; // of the newest batch, by row; NULL: none
    GapCrs crs;        // of the geometry
    bool ended;
};

// ---- text

static const char *text_of(GapSheet *s, const char *raw) {
    if (g_str_is_ascii(raw))
        return raw;
    if (s->from == (GIConv)-1)
        return g_utf8_validate(raw, -1, NULL) ? raw : NULL;
    g_free(s->converted);
    return s->converted = g_convert_with_iconv(raw, -1, s->from, NULL, NULL, NULL);
}

static bool refuse_text(const GapSheet *s, GapPlace place, const char *what, GError **error) {
    const bool utf8 = !s->encoding || gap_encoding_is_utf8(s->encoding);
    return gap_fail_at(error, place,
                       utf8 ? "%s is not %s text: save the file as UTF-8, or give "
                              "its encoding with --encoding"
                            : "%s is not %s text, the encoding found: give the "
                              "right one with --encoding",
                       what, utf8 ? "UTF-8" : s->encoding);
}

static bool refuse_row(const GapSheet *s, GapRowsState state, const GapRow *row, GError **error) {
    GapPlace place = {.file = s->input.shown, .row = s->row + 1};
    if (state == GAP_ROWS_OPEN_QUOTE)
        place.value = row->cells[0];
    if (state == GAP_ROWS_OPEN_QUOTE)
        return gap_fail_at(error, place, "a quote is opened here and never closed: close it");
    if (state == GAP_ROWS_TOO_LONG)
        return gap_fail_at(error, place,
                           "the row is longer than 10 MiB: end lines with a line feed, and close "
                           "quotes that are opened");
    return gap_fail_at(error, place,
                       "the row has more than %d columns: leave out those that are "
                       "not needed",
                       GAP_ROWS_MOST_COLUMNS);
}

// ---- the header

static bool copy_line(GapSheet *s, const GapRow *row, GapHeaderLine *line, GError **error) {
    *line = (GapHeaderLine){g_new0(char *, row->n + 1), row->n, row->line,
                            s->rows.span ? g_new(guint, row->n) : NULL};
    for (guint i = 0; i < row->n; i++) {
        const char *text = text_of(s, row->cells[i]);
        if (!text) {
            gap_header_line_clear(line);
            return refuse_text(s, (GapPlace){.file = s->input.shown, .value = row->cells[i]},
                               "a column name", error);
        }
        line->cells[i] = g_strdup(text);
        if (line->spans)
            line->spans[i] = s->rows.span(s->rows.source, row->line, i);
    }
    return true;
}

// The first lines. What cannot be read in them is told when it is read as data.
static bool sample_lines(GapSheet *s, GArray *lines, GError **error) {
    const gint64 asked = s->input.options->header;
    gsize bytes = 0;
    GapRow row;
    GapRowsState state;
    while (lines->len < SAMPLE_LINES && bytes < SAMPLE_BYTES &&
           (state = gap_rows_next(&s->rows, &row)) != GAP_ROWS_END) {
        if (asked && row.line < asked - 3)
            continue; // far above what was asked for
        GapHeaderLine line;
        g_autoptr(GError) why = NULL;
        const bool copied = state == GAP_ROWS_ROW && copy_line(s, &row, &line, &why);
        if (!copied && lines->len > 0)
            break;
        if (state != GAP_ROWS_ROW)
            return refuse_row(s, state, &row, error);
        if (!copied) {
            g_propagate_error(error, g_steal_pointer(&why));
            return false;
        }
        g_array_append_val(lines, line);
        for (guint i = 0; i < row.n; i++)
            bytes += strlen(row.cells[i]);
    }
    return true;
}

// A column that is called so, unless it holds something else.
static bool is_geometry(const GArray *lines, const GapHeader *header, guint column) {
    if (!gap_wkt_is_name(g_ptr_array_index(header->names, column)))
        return false;
    for (guint i = 0; i < lines->len; i++) {
        const GapHeaderLine *line = &g_array_index(lines, GapHeaderLine, i);
        if (line->line > header->end && column < line->n && *line->cells[column])
            return gap_wkt_is_text(line->cells[column]);
    }
    return true;
}

static bool find_crs(GapSheet *s, const GArray *lines, guint column, GError **error) {
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (guint i = 0; i < lines->len; i++) {
        const GapHeaderLine *line = &g_array_index(lines, GapHeaderLine, i);
        if (line->line > s->header_end && column < line->n)
            g_ptr_array_add(texts, line->cells[column]);
    }
    return gap_wkt_find_crs(&s->input, texts, &s->crs, error);
}

static bool add_columns(GapSheet *s, const GArray *lines, const GapHeader *header, GError **error) {
    bool geometry = false;
    s->form = gap_table_new(s->name);
    for (guint c = 0; c < header->names->len; c++) {
        const char *name = g_ptr_array_index(header->names, c);
        int column = NO_COLUMN;
        if (*name && !geometry && is_geometry(lines, header, c)) {
            geometry = true;
            column = GEOMETRY;
            if (!find_crs(s, lines, c, error))
                return false;
        } else if (*name) {
            column = (int)gap_table_columns(s->form);
            if (!gap_columns_add(s->form, s->input.shown, name, GAP_TYPE_TEXT, error))
                return false;
        }
        g_array_append_val(s->columns, column);
    }
    return geometry || gap_table_columns(s->form) > 0 ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: no line names the columns: add a header, or say by --header which line "
                    "it is",
                    s->input.shown);
}

static void note_header(const GapSheet *s, const GapHeader *header, gint64 top) {
    if (header->first != header->last)
        gap_input_note(&s->input,
                       "columns are named in lines %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                       " (--header %" G_GINT64_FORMAT ")",
                       header->first, header->last, header->last);
    else if (header->last != top)
        gap_input_note(&s->input, "columns are named in line %" G_GINT64_FORMAT " (--header)",
                       header->last);
    if (header->end != header->last)
        gap_input_note(&s->input, "line %" G_GINT64_FORMAT " numbers the columns: left out",
                       header->end);
    for (guint c = 0, n = 0; c < header->names->len && n < header->unnamed; c++) {
        g_autofree char *name = g_strdup_printf("column %u", c + 1);
        if (strcmp(g_ptr_array_index(header->names, c), name) != 0)
            continue;
        if (n++ < NOTES_SHOWN)
            gap_input_note(&s->input, "column %u has no name: it is called '%s'", c + 1, name);
    }
}

static bool read_header(GapSheet *s, GError **error) {
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(GapHeaderLine));
    g_array_set_clear_func(lines, gap_header_line_clear);
    if (!sample_lines(s, lines, error))
        return false;
    const int asked = s->input.options->header;
    if (lines->len == 0 && !asked)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: holds nothing but blank lines: no line names "
                        "columns",
                        s->input.shown);
    g_auto(GapHeader) header = {0};
    if (!gap_header_find(lines, asked, s->rows.ragged, &header))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "%s: line %d, which --header names, holds nothing: give the line of the "
                        "last names of columns",
                        s->input.shown, asked);
    s->header_end = header.end;
    if (!asked)
        note_header(s, &header, g_array_index(lines, GapHeaderLine, 0).line);
    return add_columns(s, lines, &header, error);
}

// ---- rows

static void leave_out(GapSheet *s, const char *what, const char *text) {
    s->left_out++;
    if (s->left_out > NOTES_SHOWN)
        return;
    g_autofree char *shown = gap_printable(text, 60);
    gap_input_note(&s->input, "row %" G_GINT64_FORMAT " is left out as a %s: '%s'", s->row, what,
                   shown);
}

// A total is told by the first cell that holds anything, a footnote by the only one.
static bool is_left_out(GapSheet *s, const GapRow *row) {
    guint first = 0, filled = 0;
    for (guint i = row->n; i-- > 0;)
        if (*row->cells[i]) {
            first = i;
            filled++;
        }
    const char *text = text_of(s, row->cells[first]);
    if (text && filled == 1 && s->columns->len > 1 && gap_is_footnote(text))
        leave_out(s, "footnote", text);
    else if (text && gap_is_total(text))
        leave_out(s, "total", text);
    else
        return false;
    return true;
}

static const char *field_name(const GapTable *table, int column) {
    return column >= 0 ? gap_table_column(table, (size_t)column)->name : NULL;
}

static bool set_geometry(GapSheet *s, GapTable *table, size_t row, const char *text,
                         GError **error) {
    g_autoptr(GBytes) wkb = NULL;
    char *fault = NULL;
    if (*text && !gap_wkt_read(text, &s->crs, &wkb, &fault))
        return gap_fail_at(error, (GapPlace){s->input.shown, s->row, "geom", text},
                           "is not a geometry as WKT: correct it");
    gap_table_set_geometry(table, row, wkb);
    g_ptr_array_index(s->faults, row) = fault;
    return true;
}

static bool set_cell(GapSheet *s, GapTable *table, size_t row, guint i, const char *raw,
                     GError **error) {
    const int column = i < s->columns->len ? g_array_index(s->columns, int, i) : NO_COLUMN;
    const GapPlace place = {s->input.shown, s->row, field_name(table, column), raw};
    if (column == NO_COLUMN)
        return gap_fail_at(error, place,
                           "the row has more values than the header has names: quote values that "
                           "hold the separator");
    const char *text = text_of(s, raw);
    if (!text)
        return refuse_text(s, place, "the value", error);
    if (column == GEOMETRY)
        return set_geometry(s, table, row, text, error);
    if (strlen(text) > MOST_CELL)
        return gap_fail_at(error, place, "the text is longer than 1 MiB: shorten it");
    gap_table_set_text(table, row, (size_t)column, text);
    return true;
}

static bool add_row(GapSheet *s, GapTable *table, const GapRow *row, gsize *bytes, GError **error) {
    const size_t at = gap_table_add_row(table);
    g_array_append_val(s->numbers, s->row);
    g_ptr_array_add(s->faults, NULL);
    for (guint i = 0; i < row->n; i++) {
        if (!*row->cells[i])
            continue;
        if (!set_cell(s, table, at, i, row->cells[i], error))
            return false;
        *bytes += strlen(row->cells[i]);
    }
    return true;
}

static GapTable *new_batch(const GapTable *like, const char *name) {
    GapTable *table = gap_table_new(name);
    for (size_t c = 0; c < gap_table_columns(like); c++)
        gap_table_add_column(table, gap_table_column(like, c));
    return table;
}

static void finish(GapSheet *s) {
    s->ended = true;
    if (s->left_out > NOTES_SHOWN)
        gap_input_note(&s->input,
                       "%" G_GINT64_FORMAT " more rows are left out as totals or "
                       "footnotes",
                       s->left_out - NOTES_SHOWN);
}

static bool fill(GapSheet *s, GapTable *table, GError **error) {
    gsize bytes = 0;
    GapRow row;
    while (gap_table_rows(table) < MOST_ROWS && bytes < MOST_BYTES) {
        const GapRowsState state = gap_rows_next(&s->rows, &row);
        if (state == GAP_ROWS_END) {
            finish(s);
            return true;
        }
        if (row.line <= s->header_end && state == GAP_ROWS_ROW)
            continue;
        if (state != GAP_ROWS_ROW)
            return refuse_row(s, state, &row, error);
        s->row++;
        if (!is_left_out(s, &row) && !add_row(s, table, &row, &bytes, error))
            return false;
    }
    return true;
}

GapTable *gap_sheet_next(GapSheet *s, GError **error) {
    const bool first = s->row == 0;
    g_array_set_size(s->numbers, 0);
    g_ptr_array_set_size(s->faults, 0);
    if (s->ended)
        return NULL;
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    g_autoptr(GapTable) table = new_batch(s->form, s->name);
    if (!fill(s, table, error))
        return NULL;
    return first || gap_table_rows(table) ? g_steal_pointer(&table) : NULL;
}

gint64 gap_sheet_row(const GapSheet *s, size_t i) {
    return i < s->numbers->len ? g_array_index(s->numbers, gint64, i) : 0;
}

const char *gap_sheet_fault(const GapSheet *s, size_t i) {
    return i < s->faults->len ? g_ptr_array_index(s->faults, i) : NULL;
}

gint64 gap_sheet_left_out(const GapSheet *s) {
    return s->left_out;
}

// ---- opening

// What a file of another kind is, and how it becomes one that is read.
static bool is_foreign(const GapInput *input, const char *head, GError **error) {
    static const char web[] = "is a page of the web or XML, whatever its ending: open it in a "
                              "spreadsheet program and save it as XLSX";
    static const struct {
        const char *begins, *what;
    } known[] = {
        {"%PDF-", "is a PDF: copy its table into a sheet and save that as XLSX"},
        {"{\\rtf", "is an RTF document: save it as DOCX, or its table as XLSX"},
        {"<!doctype", web},
        {"<html", web},
        {"<?xml", web},
        {"<head", web},
        {"<meta", web},
        {"<table", web},
    };
    head += strspn(head, " \t\r\n\xef\xbb\xbf");
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (!g_ascii_strncasecmp(head, known[i].begins, strlen(known[i].begins)))
            return !gap_fail(error, GAP_ERROR_INPUT, "%s: %s", input->shown, known[i].what);
    return false;
}

static bool open_rows(GapSheet *s, GError **error) {
    char head[65] = {0};
    g_autoptr(GMappedFile) map = g_mapped_file_new(s->input.path, FALSE, error);
    if (!map)
        return false;
    const gsize length = MIN(g_mapped_file_get_length(map), sizeof head - 1);
    memcpy(head, g_mapped_file_get_contents(map), length);
    if (g_str_has_prefix(head, "PK\3\4") || g_str_has_prefix(head, "\xd0\xcf\x11\xe0"))
        return gap_book_open(&s->input, &s->rows, error);
    if (is_foreign(&s->input, head, error) ||
        !gap_csv_open(&s->input, &s->rows, &s->encoding, error))
        return false;
    if (s->encoding && !gap_encoding_is_utf8(s->encoding))
        s->from = g_iconv_open("UTF-8", s->encoding);
    return true;
}

GapSheet *gap_sheet_open(const char *path, const char *shown, const GapReadOptions *options,
                         GPtrArray *notes, GError **error) {
    g_autoptr(GapSheet) s = g_new0(GapSheet, 1);
    s->input = (GapInput){path, shown, options, notes, GAP_FORMAT_SHEET};
    s->from = (GIConv)-1;
    s->columns = g_array_new(FALSE, FALSE, sizeof(int));
    s->numbers = g_array_new(FALSE, FALSE, sizeof(gint64));
    s->faults = g_ptr_array_new_with_free_func(g_free);
    s->name = g_path_get_basename(path);
    char *ending = strrchr(s->name, '.');
    if (ending)
        *ending = '\0';
    g_auto(GapGdalEar) ear = {0}; // GDAL's drivers are registered by listening
    gap_gdal_listen(&ear);
    if (!open_rows(s, error) || !read_header(s, error))
        return NULL;
    gap_rows_rewind(&s->rows);
    return g_steal_pointer(&s);
}

void gap_sheet_free(GapSheet *s) {
    if (!s)
        return;
    gap_rows_clear(&s->rows);
    gap_crs_clear(&s->crs);
    gap_table_free(s->form);
    g_array_unref(s->columns);
    g_array_unref(s->numbers);
    g_ptr_array_unref(s->faults);
    if (s->from != (GIConv)-1)
        g_iconv_close(s->from);
    g_free(s->converted);
    g_free(s->name);
    g_free(s);
}
