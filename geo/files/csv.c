#include "geo/files/csv.h"

#include <string.h>

#include "geo/base/error.h"
#include "geo/files/encoding.h"

enum { MOST_ROW = 10 << 20, MOST_WIDE = 256 << 20, SAMPLE_LINES = 200, SAMPLE_BYTES = 1 << 18 };

typedef struct {
    GMappedFile *map;
    char *converted; // of UTF-16
    const char *data, *end, *at, *start;
    gint64 line, first_line;
    char separator;
    bool judging, stray; // separators are tried; a cell without quotes around it holds one
    GString *text;       // the cells of a row, each with its NUL
    GArray *offsets;     // gsize, where they begin
    GPtrArray *cells;    // into `text`
} Csv;

static void csv_free(gpointer source) {
    Csv *csv = source;
    g_clear_pointer(&csv->map, g_mapped_file_unref);
    g_free(csv->converted);
    g_string_free(csv->text, TRUE);
    g_array_unref(csv->offsets);
    g_ptr_array_unref(csv->cells);
    g_free(csv);
}

static void csv_rewind(gpointer source) {
    Csv *csv = source;
    csv->at = csv->start;
    csv->line = csv->first_line;
}

static bool is_blank(const Csv *csv, char c) {
    return c == ' ' || (c == '\t' && csv->separator != '\t');
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

// ---- cells

static void end_line(Csv *csv) {
    if (csv->at == csv->end)
        return;
    csv->at += *csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n' ? 2 : 1;
    csv->line++;
}

// Lines within quotes count as lines of the file.
static void append(Csv *csv, const char *from, const char *to) {
    for (const char *p = from; p < to && (p = memchr(p, '\n', (size_t)(to - p))); p++)
        csv->line++;
    g_string_append_len(csv->text, from, to - from);
}

// After the opening quote; false where it is never closed within the longest row.
static bool read_quoted(Csv *csv, const char *limit) {
    for (;;) {
        const char *quote = memchr(csv->at, '"', (size_t)(limit - csv->at));
        if (!quote)
            return false;
        const bool doubled = quote + 1 < csv->end && quote[1] == '"';
        append(csv, csv->at, quote + (doubled ? 1 : 0));
        csv->at = quote + (doubled ? 2 : 1);
        if (!doubled)
            return true;
    }
}

static void read_plain(Csv *csv, const char *limit) {
    const char *from = csv->at, *p = from;
    while (p < limit && *p != csv->separator && *p != '\n' && *p != '\r')
        p++;
    csv->at = p;
    csv->stray |= csv->judging && memchr(from, '"', (size_t)(p - from));
    while (p > from && is_blank(csv, p[-1]))
        p--;
    g_string_append_len(csv->text, from, p - from);
}

static GapRowsState read_cell(Csv *csv, const char *limit) {
    const gsize offset = csv->text->len;
    g_array_append_val(csv->offsets, offset);
    while (csv->at < limit && is_blank(csv, *csv->at))
        csv->at++;
    if (csv->at < limit && *csv->at == '"') {
        const char *open = csv->at++;
        if (!read_quoted(csv, limit)) {
            while (limit > csv->at && g_ascii_isspace(limit[-1]))
                limit--;
            g_string_append_len(csv->text, open, MIN(limit - open, 1000));
            return GAP_ROWS_OPEN_QUOTE;
        }
    }
    read_plain(csv, limit); // what stands behind a closed quote belongs to the cell
    g_string_append_c(csv->text, '\0');
    return csv->at == limit && limit < csv->end ? GAP_ROWS_TOO_LONG : GAP_ROWS_ROW;
}

static GapRowsState read_record(Csv *csv) {
    const char *limit = csv->end - csv->at > MOST_ROW ? csv->at + MOST_ROW : csv->end;
    g_string_truncate(csv->text, 0);
    g_array_set_size(csv->offsets, 0);
    for (;;) {
        const GapRowsState state = read_cell(csv, limit);
        if (state != GAP_ROWS_ROW)
            return state;
        if (csv->at == csv->end || is_line_end(*csv->at))
            break;
        if (csv->offsets->len == GAP_ROWS_MOST_COLUMNS)
            return GAP_ROWS_TOO_MANY;
        csv->at++;
    }
    end_line(csv);
    return GAP_ROWS_ROW;
}

static bool is_empty(const Csv *csv) {
    return csv->text->len == csv->offsets->len;
}

static GapRowsState csv_next(gpointer source, GapRow *row) {
    Csv *csv = source;
    GapRowsState state = GAP_ROWS_ROW;
    do {
        if (csv->at == csv->end)
            return GAP_ROWS_END;
        row->line = csv->line;
        state = read_record(csv);
    } while (state == GAP_ROWS_ROW && is_empty(csv));
    if (state == GAP_ROWS_OPEN_QUOTE) // its cell alone
        g_array_remove_range(csv->offsets, 0, csv->offsets->len - 1);
    g_ptr_array_set_size(csv->cells, (gint)csv->offsets->len);
    for (guint i = 0; i < csv->offsets->len; i++)
        csv->cells->pdata[i] = csv->text->str + g_array_index(csv->offsets, gsize, i);
    row->cells = (const char **)csv->cells->pdata;
    row->n = csv->offsets->len;
    return state;
}

// ---- the separator

// The share of the first lines that have the commonest number of separators, if that is not none.
static double consistency(Csv *csv, char separator, guint *number) {
    g_autofree guint *lines = g_new0(guint, GAP_ROWS_MOST_COLUMNS + 1);
    guint n = 0;
    csv->separator = separator;
    csv_rewind(csv);
    GapRow row;
    GapRowsState state = GAP_ROWS_ROW;
    const char *stop = MIN(csv->end, csv->start + SAMPLE_BYTES);
    // A line that cannot be read so speaks against it.
    for (; n < SAMPLE_LINES && csv->at < stop && state == GAP_ROWS_ROW; n++) {
        csv->stray = false;
        if ((state = csv_next(csv, &row)) == GAP_ROWS_END)
            break;
        else if (state == GAP_ROWS_ROW)
            lines[csv->stray ? 0 : row.n]++;
    }
    *number = 2;
    for (guint i = 2; i <= GAP_ROWS_MOST_COLUMNS; i++)
        if (lines[i] >= lines[*number])
            *number = i;
    return n ? (double)lines[*number] / n : 0;
}

static void find_separator(Csv *csv) {
    static const char separators[] = ",;\t";
    double most = 0;
    guint wide = 0;
    csv->judging = true;
    char best = ',';
    for (const char *s = separators; *s; s++) {
        guint number;
        const double share = consistency(csv, *s, &number);
        if (share > most || (share > 0 && share == most && number > wide)) {
            best = *s;
            most = share;
            wide = number;
        }
    }
    csv->judging = false;
    csv->separator = best;
}

// "sep=;" in the first line, which is no row then.
static bool take_separator(Csv *csv) {
    const char *p = csv->start;
    if (csv->end - p < 5 || g_ascii_strncasecmp(p, "sep=", 4) != 0 || !strchr(",;\t", p[4]) ||
        (csv->end - p > 5 && !is_line_end(p[5])))
        return false;
    csv->separator = p[4];
    csv->at = p + 5;
    end_line(csv);
    csv->start = csv->at;
    csv->first_line = 2;
    return true;
}

// ---- the encoding

static bool widen(Csv *csv, const GapInput *input, const char *encoding, GError **error) {
    const gsize length = (gsize)(csv->end - csv->data);
    if (length > MOST_WIDE)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: is longer than 256 MiB, too long for %s: save it as UTF-8",
                        input->shown, encoding);
    csv->converted = gap_encoding_convert(encoding, csv->data, (gssize)length);
    if (!csv->converted)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: is cut off, damaged or not %s: save it as UTF-8, or give its "
                        "encoding with --encoding",
                        input->shown, encoding);
    csv->data = csv->converted;
    csv->end = csv->data + strlen(csv->data);
    return true;
}

// A letter of one byte that is ASCII's.
static bool is_narrow(const char *encoding) {
    g_autofree char *letter = gap_encoding_convert(encoding, "a", 1);
    return !g_strcmp0(letter, "a");
}

static bool find_encoding(Csv *csv, const GapInput *input, const char **encoding, GError **error) {
    const char *asked = input->options->encoding, *marked;
    csv->data += gap_encoding_mark(csv->data, (gsize)(csv->end - csv->data), &marked);
    if (asked && !gap_encoding_check(asked, error))
        return false;
    *encoding = asked    ? asked
                : marked ? marked
                         : gap_encoding_find(csv->data, (gsize)(csv->end - csv->data));
    if (*encoding && !asked && !marked && !gap_encoding_is_utf8(*encoding))
        gap_input_note(input, "encoding %s by evidence (--encoding)", *encoding);
    else if (marked && !asked && !gap_encoding_is_utf8(marked))
        gap_input_note(input, "encoding %s by its mark (--encoding)", marked);
    if (*encoding && !is_narrow(*encoding)) {
        if (!widen(csv, input, *encoding, error))
            return false;
        *encoding = "UTF-8";
    }
    // A C string would silently end there.
    return !memchr(csv->data, 0, (gsize)(csv->end - csv->data)) ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: holds zero bytes and is not UTF-8 text: save it as CSV with the encoding "
                    "UTF-8",
                    input->shown);
}

// ---- opening

static Csv *csv_new(GMappedFile *map) {
    Csv *csv = g_new0(Csv, 1);
    csv->map = map;
    csv->data = g_mapped_file_get_contents(map);
    csv->end = csv->data + g_mapped_file_get_length(map);
    csv->text = g_string_new(NULL);
    csv->offsets = g_array_new(FALSE, FALSE, sizeof(gsize));
    csv->cells = g_ptr_array_new();
    return csv;
}

bool gap_csv_open(const GapInput *input, GapRows *rows, const char **encoding, GError **error) {
    g_autoptr(GError) why = NULL;
    GMappedFile *map = g_mapped_file_new(input->path, FALSE, &why);
    if (!map)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: cannot be opened: check who may read it",
                        input->shown);
    Csv *csv = csv_new(map);
    *rows = (GapRows){csv_next, csv_rewind, csv_free, csv, NULL, true};
    if (!find_encoding(csv, input, encoding, error))
        return false;
    csv->start = csv->at = csv->data;
    csv->line = csv->first_line = 1;
    if (!take_separator(csv))
        find_separator(csv);
    csv_rewind(csv);
    if (csv->separator != ',')
        gap_input_note(input, "columns are separated by %s",
                       csv->separator == ';' ? "semicolons" : "tabs");
    return true;
}
