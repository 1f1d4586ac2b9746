#include "geo/files/book.h"

#include <string.h>

#include "geo/base/error.h"

enum { MOST_NAMES = 1000 };

bool gap_book_wants(const GapBook *book, const char *name) {
    const char *asked = book->input->options->layer;
    return asked ? !strcmp(name, asked) : !book->cells || book->largest;
}

void gap_book_name(GapBook *book, const char *name) {
    if (book->names->len < MOST_NAMES)
        g_ptr_array_add(book->names, g_strdup(name));
}

void gap_book_offer(GapBook *book, const char *name, GapCells *cells) {
    const guint rows = gap_cells_rows(cells), most = book->cells ? gap_cells_rows(book->cells) : 0;
    if (rows)
        gap_book_name(book, name);
    if (rows <= most) {
        gap_cells_free(cells);
        return;
    }
    gap_cells_free(book->cells);
    book->cells = cells;
    g_free(book->chosen);
    book->chosen = g_strdup(name);
}

// "'a', 'b' and 3 more", without the chosen one.
static char *list_names(const GapBook *book) {
    enum { SHOWN = 8 };
    GString *list = g_string_new(NULL);
    guint n = 0;
    for (guint i = 0; i < book->names->len; i++) {
        const char *name = g_ptr_array_index(book->names, i);
        if (!g_strcmp0(name, book->chosen))
            continue;
        g_autofree char *shown = gap_printable(name, 60);
        if (n++ < SHOWN)
            g_string_append_printf(list, "%s'%s'", n > 1 ? ", " : "", shown);
    }
    if (n > SHOWN)
        g_string_append_printf(list, " and %u more", n - SHOWN);
    return g_string_free(list, FALSE);
}

static bool choose(const GapBook *book, GError **error) {
    const GapInput *input = book->input;
    g_autofree char *others = list_names(book);
    if (book->cells) {
        g_autofree char *shown = gap_printable(book->chosen, 60);
        if (*others)
            gap_input_note(input, "sheet '%s' is read, not %s (--sheet)", shown, others);
        return true;
    }
    const char *asked = input->options->layer;
    if (!asked)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: no sheet or table in it holds anything: check the file", input->shown);
    g_autofree char *shown = gap_printable(asked, 60);
    return gap_fail(error, GAP_ERROR_INPUT, "%s: has no sheet '%s' with rows%s%s", input->shown,
                    shown, *others ? ": it has " : "", others);
}

static bool read_package(GapBook *book, guint64 size, GError **error) {
    static const struct {
        const char *member;
        bool (*read)(GapPackage *package, GapBook *book, GError **error);
    } formats[] = {
        {"xl/workbook.xml", gap_xlsx_read},
        {"word/document.xml", gap_docx_read},
        {"content.xml", gap_ods_read},
    };
    GapPackage package = {book->input->path, book->input->shown, size, 0, false};
    if (strpbrk(package.path, "{}"))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: braces in the name of a spreadsheet cannot be read: rename it",
                        package.shown);
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (gap_package_has(&package, formats[i].member))
            return formats[i].read(&package, book, error);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: cannot be read: it is cut off, damaged, or no XLSX, ODS or DOCX; open it "
                    "in the program that made it and save it as XLSX",
                    package.shown);
}

bool gap_book_open(const GapInput *input, GapRows *rows, GError **error) {
    g_autoptr(GMappedFile) map = g_mapped_file_new(input->path, FALSE, error);
    if (!map)
        return false;
    GapBook book = {.input = input, .names = g_ptr_array_new_with_free_func(g_free)};
    const gsize size = g_mapped_file_get_length(map);
    const bool package = size > 0 && g_mapped_file_get_contents(map)[0] == 'P';
    const bool ok = (package ? read_package(&book, size, error) : gap_xls_read(&book, error)) &&
                    choose(&book, error);
    if (ok)
        gap_cells_open(g_steal_pointer(&book.cells), rows);
    gap_cells_free(book.cells);
    g_free(book.chosen);
    g_ptr_array_unref(book.names);
    return ok;
}
