#include "geo/files/vector.h"

static void copy_cell(GapTable *to, size_t row, const GapTable *from, size_t i, size_t column) {
    if (gap_table_is_null(from, i, column))
        return;
    switch (gap_table_column(from, column)->type) {
    case GAP_TYPE_TEXT:
        gap_table_set_text(to, row, column, gap_table_text(from, i, column));
        break;
    case GAP_TYPE_INT:
        gap_table_set_int(to, row, column, gap_table_int(from, i, column));
        break;
    case GAP_TYPE_REAL:
        gap_table_set_real(to, row, column, gap_table_real(from, i, column));
        break;
    }
}

static void append(GapTable *to, const GapTable *from) {
    for (size_t i = 0; i < gap_table_rows(from); i++) {
        const size_t row = gap_table_add_row(to);
        for (size_t c = 0; c < gap_table_columns(from); c++)
            copy_cell(to, row, from, i, c);
        gap_table_set_geometry(to, row, gap_table_geometry(from, i));
    }
}

GapTable *gap_vector_read(const char *path, const char *layer, GError **error) {
    const GapReadOptions options = {.layer = layer};
    g_autoptr(GapReader) reader = gap_reader_open(path, &options, error);
    return reader ? gap_vector_read_all(reader, error) : NULL;
}

GapTable *gap_vector_read_all(GapReader *reader, GError **error) {
    g_autoptr(GapTable) whole = gap_reader_next(reader, error);
    if (!whole)
        return NULL;
    g_autoptr(GError) why = NULL;
    GapTable *batch;
    while ((batch = gap_reader_next(reader, &why))) {
        append(whole, batch);
        gap_table_free(batch);
    }
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    return g_steal_pointer(&whole);
}
