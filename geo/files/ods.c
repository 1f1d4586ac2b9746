#include <string.h>

#include "geo/files/book.h"

typedef struct {
    GapPackage *package;
    GapBook *book;
    GapCells *cells; // of the table that is read, or NULL
    char *name;
    int tables; // how deep: a table may lie in a cell
    guint row, column, row_repeat, repeat;
    int notes; // how deep in what is no part of the cell: comments, tracked changes
    bool in_cell, typed;
    GString *text;
} Reader;

static void start_table(Reader *r, const GapAttributes *attributes) {
    if (r->tables++ > 0)
        return;
    const char *name = gap_markup_value(attributes, "name");
    r->name = g_strdup(name ? name : "");
    r->row = 0;
    if (gap_book_wants(r->book, r->name))
        r->cells = gap_cells_new();
}

static void end_table(Reader *r) {
    if (--r->tables > 0)
        return;
    if (r->cells) {
        gap_cells_finish(r->cells);
        gap_book_offer(r->book, r->name, g_steal_pointer(&r->cells));
    } else
        gap_book_name(r->book, r->name);
    g_clear_pointer(&r->name, g_free);
}

// Numbers and dates have a value beside the text that shows them.
static void start_cell(Reader *r, const GapAttributes *attributes) {
    const char *type = gap_markup_value(attributes, "value-type");
    const char *value = NULL;
    r->repeat = gap_markup_number(attributes, "number-columns-repeated", GAP_CELLS_COLUMNS);
    r->in_cell = true;
    if (type && !strcmp(type, "date"))
        value = gap_markup_value(attributes, "date-value");
    else if (type && strcmp(type, "string") != 0 && strcmp(type, "time") != 0)
        value = gap_markup_value(attributes, "value");
    r->typed = value != NULL;
    g_string_assign(r->text, value ? value : "");
    if (g_str_has_suffix(r->text->str, "T00:00:00"))
        g_string_truncate(r->text, r->text->len - strlen("T00:00:00"));
    gap_cells_merge(r->cells, r->row, r->column,
                    gap_markup_number(attributes, "number-rows-spanned", GAP_CELLS_ROWS),
                    gap_markup_number(attributes, "number-columns-spanned", GAP_CELLS_COLUMNS));
}

// Empty cells and rows are often repeated to the end of the sheet.
static void end_cell(Reader *r) {
    r->in_cell = false;
    if (*g_strstrip(r->text->str))
        for (guint i = 0; i < r->row_repeat; i++)
            for (guint k = 0; k < r->repeat; k++)
                if (!gap_cells_add(r->cells, r->row + i, r->column + k, r->text->str)) {
                    r->package->full = true;
                    return;
                }
    r->column += r->repeat;
}

static bool is_note(const char *name) {
    return !strcmp(name, "annotation") || !strcmp(name, "tracked-changes");
}

static void put_space(Reader *r, const char *name, const GapAttributes *attributes) {
    if (r->typed)
        return;
    if ((!strcmp(name, "p") && r->text->len) || !strcmp(name, "line-break"))
        g_string_append_c(r->text, '\n');
    else if (!strcmp(name, "s") || !strcmp(name, "tab"))
        for (guint n = gap_markup_number(attributes, "c", 1000); n > 0; n--)
            g_string_append_c(r->text, ' ');
}

static void ods_start(gpointer user, const char *name, const GapAttributes *attributes) {
    Reader *r = user;
    r->notes += is_note(name);
    if (r->notes)
        return;
    if (!strcmp(name, "table"))
        start_table(r, attributes);
    if (!r->cells || r->tables != 1)
        return;
    if (!strcmp(name, "table-row")) {
        r->row_repeat = gap_markup_number(attributes, "number-rows-repeated", GAP_CELLS_ROWS);
        r->column = 0;
    } else if (!strcmp(name, "table-cell"))
        start_cell(r, attributes);
    else if (!strcmp(name, "covered-table-cell"))
        r->column += gap_markup_number(attributes, "number-columns-repeated", GAP_CELLS_COLUMNS);
    else if (r->in_cell)
        put_space(r, name, attributes);
}

static void ods_text(gpointer user, const char *text, gsize length) {
    Reader *r = user;
    if (r->in_cell && !r->typed && !r->notes && r->tables == 1)
        g_string_append_len(r->text, text, (gssize)length);
}

static void ods_end(gpointer user, const char *name) {
    Reader *r = user;
    if (is_note(name))
        r->notes--;
    if (r->notes)
        return;
    if (!strcmp(name, "table") && r->tables)
        end_table(r);
    else if (r->cells && r->tables == 1 && !strcmp(name, "table-cell"))
        end_cell(r);
    else if (r->cells && r->tables == 1 && !strcmp(name, "table-row"))
        r->row += r->row_repeat;
}

bool gap_ods_read(GapPackage *package, GapBook *book, GError **error) {
    static const GapMarkupHandler handler = {ods_start, ods_end, ods_text};
    Reader reader = {.package = package, .book = book, .text = g_string_new(NULL)};
    const bool ok = gap_package_read(package, "content.xml", &handler, &reader, error);
    gap_cells_free(reader.cells);
    g_free(reader.name);
    g_string_free(reader.text, TRUE);
    return ok;
}
