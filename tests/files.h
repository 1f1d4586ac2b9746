/** Files for tests of the reader: made in a folder of their own, read whole. */
#ifndef GAP_TESTS_FILES_H
#define GAP_TESTS_FILES_H

#include "tests/folder_fixture.h"

#include <cpl_error.h>
#include <gdal_utils.h>
#include <glib/gstdio.h>
#include <ogr_api.h>

#include "geo/files/reader.h"
#include "geo/shape/geometry.h"

static const GapBox COUNTRY = {69, 39, 81, 44};

static inline char *named(const char *name) {
    return g_build_filename(folder, name, NULL);
}

static inline char *file_of(const char *name, const char *data, gssize length) {
    char *path = named(name);
    assert_true(g_file_set_contents(path, data, length, NULL));
    return path;
}

#define FEATURE(geometry)                                                                          \
    "{\"type\":\"Feature\",\"properties\":{\"a\":1},\"geometry\":" geometry "}"
#define POINT(xy)        "{\"type\":\"Point\",\"coordinates\":[" xy "]}"
#define COLLECTION(list) "{\"type\":\"FeatureCollection\",\"features\":[" list "]}"
#define TOWN             FEATURE(POINT("74,42"))

// Reads all of a file; answers the rows, or -1 with `error` set. `notes` gets them all, a line
// each.
static inline gint64 read_all(const char *path, const GapReadOptions *options, char **notes,
                              GError **error) {
    g_autoptr(GapReader) reader = gap_reader_open(path, options, error);
    g_autoptr(GError) why = NULL;
    GapTable *batch;
    gint64 rows = 0;
    while (reader && (batch = gap_reader_next(reader, &why))) {
        for (size_t i = 0; i < gap_table_rows(batch); i++)
            assert_int_equal(gap_reader_row(reader, i), ++rows);
        gap_table_free(batch);
    }
    const bool ok = reader && !why;
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    if (notes) {
        GString *all = g_string_new(NULL);
        for (guint i = 0; reader && i < gap_reader_notes(reader)->len; i++)
            g_string_append_printf(all, "%s\n",
                                   (char *)g_ptr_array_index(gap_reader_notes(reader), i));
        *notes = g_string_free(all, FALSE);
    }
    return ok ? rows : -1;
}

static inline GapTable *read_batch(const char *path, GapReader **reader) {
    g_autoptr(GError) error = NULL;
    *reader = gap_reader_open(path, NULL, &error);
    assert_no_error(error);
    GapTable *batch = gap_reader_next(*reader, &error);
    assert_no_error(error);
    return batch;
}

// ---- other formats, made by GDAL of GeoJSON

static inline GDALDatasetH open_any(const char *path) {
    GDALDatasetH file = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(file);
    return file;
}

// `how` are arguments of ogr2ogr, separated by bars.
static inline char *make(const char *from, const char *name, const char *how) {
    char *path = named(name);
    g_auto(GStrv) arguments = g_strsplit(how, "|", -1);
    CPLPushErrorHandler(CPLQuietErrorHandler);
    GDALVectorTranslateOptions *options = GDALVectorTranslateOptionsNew(arguments, NULL);
    GDALDatasetH source = open_any(from);
    GDALDatasetH made = GDALVectorTranslate(path, NULL, 1, &source, options, NULL);
    assert_non_null(made);
    GDALClose(made);
    GDALClose(source);
    GDALVectorTranslateOptionsFree(options);
    CPLPopErrorHandler();
    return path;
}

// Three towns over the breadth of the country, with a date.
static inline char *towns(void) {
    static const char *const at[] = {"69.6,39.8", "74.6,42.9", "79.9,42.3"};
    GString *text = g_string_new("{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < 3; i++)
        g_string_append_printf(text,
                               "%s{\"type\":\"Feature\",\"properties\":{\"code\":\"K%d\",\"day\":"
                               "\"2017-12-3%d\",\"n\":%d},\"geometry\":{\"type\":\"Point\","
                               "\"coordinates\":[%s]}}",
                               i ? "," : "", i, i % 2, i, at[i]);
    g_string_append(text, "]}");
    char *path = file_of("towns.geojson", text->str, -1);
    g_string_free(text, TRUE);
    return path;
}

static inline void remove_part(const char *path, const char *ending) {
    g_autofree char *part = g_strdup_printf("%.*s%s", (int)strlen(path) - 3, path, ending);
    assert_int_equal(g_unlink(part), 0);
}

static inline int set_up(void **state) {
    const int failed = set_up_folder(state);
    // The first read registers the drivers that the tests make files with.
    g_autofree char *path = file_of("first.geojson", TOWN, -1);
    g_autoptr(GapReader) reader = gap_reader_open(path, NULL, NULL);
    return !failed && reader ? 0 : -1;
}

#endif
