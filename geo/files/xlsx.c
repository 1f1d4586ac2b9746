#include <stdlib.h>
#include <string.h>

#include "geo/files/book.h"
#include "geo/files/excel_date.h"

// Beyond what spreadsheet programs write; a file that has more is made to fill the memory.
enum { MOST_PARTS = 1000, MOST_STYLES = 1 << 17, MOST_STRINGS = 1 << 24 };

// ---- the parts beside the sheets

typedef struct {
    char *name, *part;
} Sheet;

typedef struct {
    guint visible;
    GPtrArray *sheets;   // of Sheet; `part` is the id of a relation at first
    GHashTable *targets; // id of a relation to its part
    GPtrArray *strings;  // shared ones
    GHashTable *formats; // number of an own format to its code
    GArray *styles;      // of GapExcelDate
    GStringChunk *texts;
    bool since_1904, in_cells, phonetic, in_text;
    GString *text;
    GapPackage *package;
} Workbook;

static void sheet_free(gpointer data) {
    Sheet *sheet = data;
    g_free(sheet->name);
    g_free(sheet->part);
    g_free(sheet);
}

static void ignore_end(gpointer user, const char *name) {
    (void)user, (void)name;
}

static void workbook_start(gpointer user, const char *name, const GapAttributes *attributes) {
    Workbook *book = user;
    if (!strcmp(name, "workbookPr")) {
        const char *value = gap_markup_value(attributes, "date1904");
        book->since_1904 = value && (!strcmp(value, "1") || !strcmp(value, "true"));
    }
    if (strcmp(name, "sheet") != 0 || book->sheets->len == MOST_PARTS)
        return;
    Sheet *sheet = g_new0(Sheet, 1);
    sheet->name = g_strdup(gap_markup_value(attributes, "name"));
    // "r:id"; "sheetId" is another.
    sheet->part = g_strdup(gap_markup_value(attributes, "id"));
    // Hidden ones come last.
    const bool shown = !gap_markup_value(attributes, "state");
    g_ptr_array_insert(book->sheets, shown ? (gint)book->visible++ : -1, sheet);
}

static void relations_start(gpointer user, const char *name, const GapAttributes *attributes) {
    Workbook *book = user;
    const char *id = gap_markup_value(attributes, "Id");
    const char *target = gap_markup_value(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || !id || !target ||
        g_hash_table_size(book->targets) == MOST_PARTS)
        return;
    g_hash_table_replace(book->targets, g_strdup(id),
                         *target == '/' ? g_strdup(target + 1) : g_strconcat("xl/", target, NULL));
}

static void styles_start(gpointer user, const char *name, const GapAttributes *attributes) {
    Workbook *book = user;
    const char *number = gap_markup_value(attributes, "numFmtId");
    const char *code = gap_markup_value(attributes, "formatCode");
    if (!strcmp(name, "cellXfs"))
        book->in_cells = true;
    else if (!strcmp(name, "numFmt") && number && code &&
             g_hash_table_size(book->formats) < MOST_PARTS)
        g_hash_table_replace(book->formats, GINT_TO_POINTER(atoi(number)), g_strdup(code));
    else if (!strcmp(name, "xf") && book->in_cells && book->styles->len < MOST_STYLES) {
        const int n = number ? atoi(number) : 0;
        const GapExcelDate date =
            gap_excel_date_kind(n, g_hash_table_lookup(book->formats, GINT_TO_POINTER(n)));
        g_array_append_val(book->styles, date);
    }
}

static void styles_end(gpointer user, const char *name) {
    if (!strcmp(name, "cellXfs"))
        ((Workbook *)user)->in_cells = false;
}

static void strings_start(gpointer user, const char *name, const GapAttributes *attributes) {
    (void)attributes;
    Workbook *book = user;
    if (!strcmp(name, "si"))
        g_string_truncate(book->text, 0);
    book->phonetic |= !strcmp(name, "rPh"); // how a word is read aloud
    book->in_text = !strcmp(name, "t");
}

static void strings_text(gpointer user, const char *text, gsize length) {
    Workbook *book = user;
    if (book->in_text && !book->phonetic)
        g_string_append_len(book->text, text, (gssize)length);
}

static void strings_end(gpointer user, const char *name) {
    Workbook *book = user;
    book->in_text = false;
    if (!strcmp(name, "rPh"))
        book->phonetic = false;
    if (strcmp(name, "si") != 0)
        return;
    book->package->full |= book->strings->len == MOST_STRINGS;
    g_ptr_array_add(book->strings, g_string_chunk_insert(book->texts, book->text->str));
}

// ---- a sheet

typedef struct {
    Workbook *book;
    GapCells *cells;
    guint row, column; // of the next cell
    char type[16];
    guint style;
    bool in_value, phonetic;
    GString *text;
} Reader;

// "AB12": column and row from 0; false where it is none.
static bool read_place(const char *text, guint *row, guint *column) {
    guint64 letters = 0, digits = 0;
    for (; g_ascii_isupper(*text) && letters < GAP_CELLS_COLUMNS; text++)
        letters = 26 * letters + (guint64)(*text - 'A' + 1);
    for (; g_ascii_isdigit(*text) && digits < GAP_CELLS_ROWS; text++)
        digits = 10 * digits + (guint64)(*text - '0');
    if (!letters || !digits)
        return false;
    *column = (guint)letters - 1;
    *row = (guint)digits - 1;
    return true;
}

static void add_merge(Reader *reader, const char *area) {
    guint row, column, last_row, last_column;
    const char *colon = area ? strchr(area, ':') : NULL;
    if (colon && read_place(area, &row, &column) &&
        read_place(colon + 1, &last_row, &last_column) && last_row >= row && last_column >= column)
        gap_cells_merge(reader->cells, row, column, last_row - row + 1, last_column - column + 1);
}

static void start_cell(Reader *reader, const GapAttributes *attributes) {
    const char *place = gap_markup_value(attributes, "r");
    const char *type = gap_markup_value(attributes, "t");
    const char *style = gap_markup_value(attributes, "s");
    guint row;
    if (place)
        read_place(place, &row, &reader->column);
    g_strlcpy(reader->type, type ? type : "n", sizeof reader->type);
    reader->style = style ? (guint)atoi(style) : 0;
    g_string_truncate(reader->text, 0);
}

static void reader_start(gpointer user, const char *name, const GapAttributes *attributes) {
    Reader *reader = user;
    if (!strcmp(name, "row")) {
        const char *number = gap_markup_value(attributes, "r");
        guint64 row;
        if (number && g_ascii_string_to_unsigned(number, 10, 1, G_MAXUINT32, &row, NULL))
            reader->row = (guint)row - 1;
        reader->column = 0;
    } else if (!strcmp(name, "c"))
        start_cell(reader, attributes);
    else if (!strcmp(name, "mergeCell"))
        add_merge(reader, gap_markup_value(attributes, "ref"));
    reader->phonetic |= !strcmp(name, "rPh");
    reader->in_value = !strcmp(name, "v") || !strcmp(name, "t");
}

static void reader_text(gpointer user, const char *text, gsize length) {
    Reader *reader = user;
    if (reader->in_value && !reader->phonetic)
        g_string_append_len(reader->text, text, (gssize)length);
}

static void put_number(Reader *reader) {
    const GArray *styles = reader->book->styles;
    const GapExcelDate kind =
        reader->style < styles->len ? g_array_index(styles, GapExcelDate, reader->style) : 0;
    g_autofree char *text = gap_excel_number(reader->text->str, kind, reader->book->since_1904);
    g_string_assign(reader->text, text);
}

static void end_cell(Reader *reader) {
    const GPtrArray *strings = reader->book->strings;
    const char *text = reader->text->str;
    if (!strcmp(reader->type, "s")) {
        guint64 i;
        const bool known =
            strings->len && g_ascii_string_to_unsigned(text, 10, 0, strings->len - 1, &i, NULL);
        text = known ? g_ptr_array_index(strings, i) : "";
    } else if (!strcmp(reader->type, "n") && *text) {
        put_number(reader);
        text = reader->text->str;
    }
    if (!gap_cells_add(reader->cells, reader->row, reader->column, text))
        reader->book->package->full = true;
    reader->column++;
}

static void reader_end(gpointer user, const char *name) {
    Reader *reader = user;
    reader->in_value = false;
    if (!strcmp(name, "rPh"))
        reader->phonetic = false;
    else if (!strcmp(name, "c"))
        end_cell(reader);
    else if (!strcmp(name, "row"))
        reader->row++;
}

static GapCells *read_sheet(Workbook *book, const char *part, GError **error) {
    static const GapMarkupHandler handler = {reader_start, reader_end, reader_text};
    g_autoptr(GapCells) cells = gap_cells_new();
    Reader reader = {.book = book, .cells = cells, .text = g_string_new(NULL)};
    const bool ok = gap_package_read(book->package, part, &handler, &reader, error);
    g_string_free(reader.text, TRUE);
    if (!ok)
        return NULL;
    gap_cells_finish(cells);
    return g_steal_pointer(&cells);
}

// ---- the whole

static bool read_parts(Workbook *book, GError **error) {
    static const struct {
        const char *part;
        bool needed;
        GapMarkupHandler handler;
    } parts[] = {
        {"xl/workbook.xml", true, {workbook_start, ignore_end, NULL}},
        {"xl/_rels/workbook.xml.rels", true, {relations_start, ignore_end, NULL}},
        {"xl/styles.xml", false, {styles_start, styles_end, NULL}},
        {"xl/sharedStrings.xml", false, {strings_start, strings_end, strings_text}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if ((parts[i].needed || gap_package_has(book->package, parts[i].part)) &&
            !gap_package_read(book->package, parts[i].part, &parts[i].handler, book, error))
            return false;
    return true;
}

static bool read_sheets(Workbook *book, GapBook *out, GError **error) {
    for (guint i = 0; i < book->sheets->len; i++) {
        const Sheet *sheet = g_ptr_array_index(book->sheets, i);
        const char *part = sheet->part ? g_hash_table_lookup(book->targets, sheet->part) : NULL;
        if (!sheet->name || !part || g_str_has_prefix(part, "xl/chartsheets/"))
            continue;
        if (!gap_book_wants(out, sheet->name)) {
            gap_book_name(out, sheet->name);
            continue;
        }
        GapCells *cells = read_sheet(book, part, error);
        if (!cells)
            return false;
        gap_book_offer(out, sheet->name, cells);
    }
    return true;
}

bool gap_xlsx_read(GapPackage *package, GapBook *out, GError **error) {
    Workbook book = {
        .sheets = g_ptr_array_new_with_free_func(sheet_free),
        .targets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .strings = g_ptr_array_new(),
        .formats = g_hash_table_new_full(NULL, NULL, NULL, g_free),
        .styles = g_array_new(FALSE, FALSE, sizeof(GapExcelDate)),
        .texts = g_string_chunk_new(1 << 14),
        .text = g_string_new(NULL),
        .package = package,
    };
    const bool ok = read_parts(&book, error) && read_sheets(&book, out, error);
    g_ptr_array_unref(book.sheets);
    g_hash_table_unref(book.targets);
    g_ptr_array_unref(book.strings);
    g_hash_table_unref(book.formats);
    g_array_unref(book.styles);
    g_string_chunk_free(book.texts);
    g_string_free(book.text, TRUE);
    return ok;
}
