#include <string.h>

#include "geo/files/book.h"

typedef struct {
    GapPackage *package;
    GapBook *book;
    GapCells *cells; // of the outermost table, or NULL
    guint number, row, column, span;
    int tables, fallbacks;   // how deep
    bool continued, in_text; // the cell goes on from the one above
    GString *text;
    GPtrArray *above; // text of the row above, by column
} Reader;

static void start_cell(Reader *r) {
    r->span = 1;
    r->continued = false;
    g_string_truncate(r->text, 0);
}

static void end_cell(Reader *r) {
    if (r->column < r->above->len && r->continued)
        g_string_assign(r->text, g_ptr_array_index(r->above, r->column));
    if (!gap_cells_add(r->cells, r->row, r->column, r->text->str)) {
        r->package->full = true;
        return;
    }
    gap_cells_merge(r->cells, r->row, r->column, 1, r->span);
    for (guint i = 0; i < r->span; i++) {
        while (r->above->len <= r->column + i)
            g_ptr_array_add(r->above, g_strdup(""));
        g_free(r->above->pdata[r->column + i]);
        r->above->pdata[r->column + i] = g_strdup(r->text->str);
    }
    r->column += r->span;
}

static void end_table(Reader *r) {
    g_autofree char *name = g_strdup_printf("table %u", ++r->number);
    gap_cells_finish(r->cells);
    g_ptr_array_set_size(r->above, 0);
    if (gap_book_wants(r->book, name))
        gap_book_offer(r->book, name, g_steal_pointer(&r->cells));
    else if (gap_cells_rows(r->cells))
        gap_book_name(r->book, name);
    g_clear_pointer(&r->cells, gap_cells_free);
}

static bool is_merged(const GapAttributes *attributes) {
    const char *value = gap_markup_value(attributes, "val");
    return !value || strcmp(value, "restart") != 0;
}

// What is in a cell of the outermost table, that of tables within included.
static void start_inside(Reader *r, const char *name, const GapAttributes *attributes) {
    r->in_text = !strcmp(name, "t");
    if ((!strcmp(name, "p") && r->text->len) || !strcmp(name, "br") || !strcmp(name, "tab"))
        g_string_append_c(r->text, ' ');
    if (r->tables > 1)
        return;
    if (!strcmp(name, "tr"))
        r->column = 0;
    else if (!strcmp(name, "gridBefore"))
        r->column = gap_markup_number(attributes, "val", GAP_ROWS_MOST_COLUMNS);
    else if (!strcmp(name, "tc"))
        start_cell(r);
    else if (!strcmp(name, "gridSpan"))
        r->span = gap_markup_number(attributes, "val", GAP_ROWS_MOST_COLUMNS);
    else if (!strcmp(name, "vMerge"))
        r->continued = is_merged(attributes);
}

static void docx_start(gpointer user, const char *name, const GapAttributes *attributes) {
    Reader *r = user;
    r->fallbacks += !strcmp(name, "Fallback"); // the same once more, for old programs
    if (r->fallbacks)
        return;
    if (!strcmp(name, "tbl") && r->tables++ == 0) {
        r->cells = gap_cells_new();
        r->row = r->column = 0;
    }
    if (r->cells)
        start_inside(r, name, attributes);
}

static void docx_text(gpointer user, const char *text, gsize length) {
    Reader *r = user;
    if (r->cells && r->in_text && !r->fallbacks)
        g_string_append_len(r->text, text, (gssize)length);
}

static void docx_end(gpointer user, const char *name) {
    Reader *r = user;
    if (!strcmp(name, "Fallback"))
        r->fallbacks--;
    r->in_text = false;
    if (r->fallbacks || !r->cells)
        return;
    if (!strcmp(name, "tbl") && --r->tables == 0)
        end_table(r);
    else if (r->tables == 1 && !strcmp(name, "tc"))
        end_cell(r);
    else if (r->tables == 1 && !strcmp(name, "tr"))
        r->row++;
}

bool gap_docx_read(GapPackage *package, GapBook *book, GError **error) {
    static const GapMarkupHandler handler = {docx_start, docx_end, docx_text};
    Reader reader = {.package = package,
                     .book = book,
                     .text = g_string_new(NULL),
                     .above = g_ptr_array_new_with_free_func(g_free)};
    book->largest = true;
    const bool ok = gap_package_read(package, "word/document.xml", &handler, &reader, error);
    gap_cells_free(reader.cells);
    g_string_free(reader.text, TRUE);
    g_ptr_array_unref(reader.above);
    return ok;
}
