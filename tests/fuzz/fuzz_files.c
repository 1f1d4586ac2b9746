/* Tables from files: a file is read or refused; what is read is UTF-8, has no two columns of one
 * name, and comes back from the CSV written of it. */
#include "tests/fuzz/fuzz.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/files/reader.h"
#include "geo/files/vector.h"

const char *const fuzz_seeds[] = {
    "code,name,geom\n1,\"Ак-\"\"Суу\"\"\",POINT (74 42)\n2,,\n",
    "\xef\xbb\xbf"
    "a;b\r\n1,5;\"x\ny\"\r\n",
    "sep=;\nT\xe0\xe1\xeb\xe8\xf6\xe0;;\n;;\n\xce\xe1\xeb;\xcf\xf0\xe5;\n;2016;2017\n"
    "1;2;3\n\xd7\xf3\xe9;5;\"6\"\n\xc8\xf2\xee\xe3\xee;5;6\n* \xec;;\n",
    "t\n\na\tb\tc\n\t\"\t\"\"\"\t1\n,,\n",
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"a\":1,"
    "\"b\":\"x\",\"c\":[1,{\"d\":null}]},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
    "[[[0,0],[1,0],[1,1],[0,0]]]}}]}",
    "{\"type\":\"Feature\",\"properties\":{\"a\":1},\"geometry\":{\"type\":\"Point\","
    "\"coordinates\":[42,74]}}\n{\"type\":\"Feature\",\"properties\":{\"a\":2},\"geometry\":null}"
    "\n",
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
    "\"geometry\":{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\","
    "\"coordinates\":[13500000,4700000]},{\"type\":\"MultiPoint\",\"coordinates\":[[1e30,4]]}]}}]}",
    "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><Placemark><name>n</name><Point>"
    "<coordinates>74,42</coordinates></Point></Placemark></Document></kml>",
    NULL,
};

static char *folder;

static void clean(void) {
    g_rmdir(folder);
    g_free(folder);
}

static void check(const GapTable *t) {
    for (size_t c = 0; c < gap_table_columns(t); c++) {
        const char *name = gap_table_column(t, c)->name;
        g_assert(*name && g_utf8_validate(name, -1, NULL));
        g_assert_cmpint(gap_table_find(t, name), ==, (int)c);
        for (size_t row = 0; row < gap_table_rows(t); row++) {
            g_autofree char *text = gap_table_cell_string(t, row, c);
            g_assert(!text || g_utf8_validate(text, -1, NULL));
        }
    }
}

static void check_again(const GapTable *t, const char *path) {
    if (gap_table_columns(t) == 0 || !gap_vector_write_csv(t, path, NULL))
        return;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapTable) again = gap_vector_read(path, NULL, &error);
    g_unlink(path);
    g_assert_no_error(error);
    // A row of nothing but nulls is a blank line, which is no row; nor are totals and footnotes.
    g_assert_cmpuint(gap_table_rows(again), <=, gap_table_rows(t));
}

// Batch by batch, with everything allowed: archives, guesses, both orders of the axes.
static void read_freely(const char *path, size_t size) {
    static const GapBox country = {69, 39, 81, 44};
    const GapReadOptions options = {.archive = true,
                                    .swap = size & 1,
                                    // Trying all systems takes a tenth of a second.
                                    .expected = size % 32 ? NULL : &country};
    g_autoptr(GError) error = NULL;
    g_autoptr(GapReader) reader = gap_reader_open(path, &options, &error);
    GapTable *batch;
    while (reader && (batch = gap_reader_next(reader, &error))) {
        check(batch);
        for (size_t i = 0; i < gap_table_rows(batch); i++)
            g_assert(!gap_reader_fault(reader, i) || *gap_reader_fault(reader, i));
        gap_table_free(batch);
    }
    fuzz_either(error ? NULL : reader, error);
}

static void try_as(const char *name, const uint8_t *data, size_t size) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *copy = g_build_filename(folder, "copy.csv", NULL);
    g_assert_true(g_file_set_contents_full(path, (const char *)data, (gssize)size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    g_autoptr(GError) error = NULL;
    g_autoptr(GapTable) table = gap_vector_read(path, NULL, &error);
    read_freely(path, size);
    g_unlink(path);
    fuzz_either(table, error);
    if (!table)
        return;
    check(table);
    check_again(table, copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!folder) {
        folder = g_dir_make_tmp("gapmap-XXXXXX", NULL);
        g_assert_nonnull(folder);
        atexit(clean);
    }
    // What is told by its content needs no ending; the rest is CSV.
    try_as(size && strchr("{<PSf", data[0]) ? "x.any" : "x.csv", data, size);
    return 0;
}
