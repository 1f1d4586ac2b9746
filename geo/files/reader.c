#include "geo/files/reader.h"

#include "geo/files/vector.h"

struct GapReader {
    GapTable *table; // the one batch, until it is handed over
    GPtrArray *notes;
};

GapReader *gap_reader_open(const char *path, const GapReadOptions *options, GError **error) {
    g_autoptr(GapTable) table = gap_vector_read(path, options ? options->layer : NULL, error);
    if (!table)
        return NULL;
    GapReader *reader = g_new0(GapReader, 1);
    reader->table = g_steal_pointer(&table);
    reader->notes = g_ptr_array_new_with_free_func(g_free);
    return reader;
}

void gap_reader_free(GapReader *reader) {
    if (!reader)
        return;
    gap_table_free(reader->table);
    g_ptr_array_unref(reader->notes);
    g_free(reader);
}

GapTable *gap_reader_next(GapReader *reader, GError **error) {
    (void)error;
    return g_steal_pointer(&reader->table);
}

gint64 gap_reader_row(const GapReader *reader, size_t i) {
    (void)reader;
    return (gint64)i + 1;
}

const char *gap_reader_fault(const GapReader *reader, size_t i) {
    (void)reader, (void)i;
    return NULL;
}

gint64 gap_reader_left_out(const GapReader *reader) {
    (void)reader;
    return 0;
}

GPtrArray *gap_reader_notes(const GapReader *reader) {
    return reader->notes;
}
