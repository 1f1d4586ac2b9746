#include <gdal.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/features.h"
#include "geo/files/vector.h"

// What a sheet holds at most (ECMA-376, and what spreadsheet programs open).
enum { MOST_ROWS = 1048575, MOST_CHARACTERS = 32767 };

// Cuts what a cell cannot hold; characters are counted as UTF-16, as the format does.
static void fit_cell(GapTable *table, size_t row, size_t column) {
    const char *text = gap_table_text(table, row, column);
    if (!text || strlen(text) <= MOST_CHARACTERS)
        return;
    glong units = 0;
    const char *end = text;
    for (; *end && units < MOST_CHARACTERS - 1; end = g_utf8_next_char(end))
        units += g_utf8_get_char(end) > 0xffff ? 2 : 1;
    if (!*end)
        return;
    g_autofree char *cut = g_strndup(text, (gsize)(end - text));
    g_autofree char *marked = g_strconcat(cut, "…", NULL);
    gap_table_set_text(table, row, column, marked);
}

static bool fit(GapTable *table, const char *path, GError **error) {
    const size_t rows = gap_table_rows(table);
    if (rows > MOST_ROWS)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: layer %s has %zu rows, a sheet holds %d: write it as .gpkg or .csv",
                        path, gap_table_name(table), rows, MOST_ROWS);
    for (size_t c = 0; c < gap_table_columns(table); c++)
        if (gap_table_column(table, c)->type == GAP_TYPE_TEXT)
            for (size_t r = 0; r < rows; r++)
                fit_cell(table, r, c);
    return true;
}

bool gap_vector_write_xlsx(GapTable *const *tables, size_t n, const char *path, GError **error) {
    for (size_t i = 0; i < n; i++)
        if (!fit(tables[i], path, error))
            return false;
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    g_autofree char *name = gap_gdal_memory_name(".xlsx");
    g_autoptr(GError) why = NULL;
    GDALDatasetH file = GDALCreate(GDALGetDriverByName("XLSX"), name, 0, 0, 0, GDT_Unknown, NULL);
    bool made = file != NULL;
    for (size_t i = 0; made && i < n; i++)
        made = gap_features_write(file, tables[i], NULL, &why);
    const bool ok = gap_features_save(file, made, name, path, &ear, &why);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    return ok;
}
