#include "tests/files.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- GeoJSON

static void json_is_read_or_told(void **state) {
    (void)state;
    static const struct {
        const char *name, *data;
        gint64 rows;      // -1: refused
        const char *says; // in the error or the notes
    } cases[] = {
        {"lines.geojson", TOWN "\n" TOWN "\n", 2, ""},
        {"lines.json", TOWN "\n" TOWN, 2, ""},
        {"lines.ndjson", "\n\n  " TOWN "\r\n\r\n" TOWN "\r\n", 2, ""},
        {"lines.geojsonl", "\x1e" TOWN "\n\x1e" TOWN "\n", 2, ""},
        {"mark.geojsonl", "\xef\xbb\xbf" TOWN "\n" TOWN "\n", 2, ""},
        {"mark.geojson", "\xef\xbb\xbf" COLLECTION(TOWN "," TOWN), 2, ""},
        {"one.geojson", TOWN, 1, ""},
        {"any.txt", COLLECTION(TOWN), 1, ""},
        {"late.geojson",
         "{\"features\":[" TOWN "," TOWN "],\"x\":{\"y\":[1]},\"type\":"
         "\"FeatureCollection\"}",
         2, ""},
        {"empty.geojson", COLLECTION(""), 0, ""},
        {"text.geojson",
         COLLECTION("{\"type\":\"Feature\",\"properties\":{\"a\":\"}]{[\\\"\"},"
                    "\"geometry\":null}"),
         1, ""},
        {"cut.geojsonl", TOWN "\n" TOWN "\n{\"type\":\"Fea", -1,
         "is cut off inside of what begins in line 3"},
        {"junk.geojsonl", TOWN "\njunk\n" TOWN "\n", -1, "junk.geojsonl, line 2: something else"},
        {"string.geojsonl", TOWN "\n\"text\"\n", -1, "line 2: text stands where"},
        {"foo.geojsonl", TOWN "\n{\"type\":1x}\n" TOWN "\n", -1, "of its 3 rows only 2 can"},
        {"after.geojson", COLLECTION(TOWN) COLLECTION(TOWN), -1, "lines of their own"},
        {"pretty.geojsonl", "{\n\"type\":\"Feature\",\"properties\":{},\"geometry\":null}\n" TOWN,
         -1, "lines of their own"},
        {"closed.geojson", COLLECTION(TOWN) "}", -1, "line 1: a bracket is closed"},
        {"list.geojson", "[" TOWN "]", -1, "is of no format that is read here"},
        {"lists.geojsonl", TOWN "\n[1]\n", -1, "a list is no GeoJSON"},
        {"column.geojson",
         COLLECTION("{\"type\":\"Feature\",\"properties\":{\"a\":1,\" a\":2},"
                    "\"geometry\":null}"),
         -1, "field a: two columns have this name, columns 1 and 2"},
        {"kept.geojson", COLLECTION(FEATURE(POINT("\"x\",42")) "," TOWN), 2,
         "geometry that cannot be read is left out of its row"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = file_of(cases[i].name, cases[i].data, -1), *notes = NULL;
        g_autoptr(GError) error = NULL;
        const gint64 rows = read_all(path, NULL, &notes, &error);
        if (rows != cases[i].rows)
            fail_msg("%s: %d rows (%s)", cases[i].name, (int)rows, error ? error->message : "");
        if (rows < 0)
            assert_error_says(error, cases[i].says);
        else if (!strstr(notes, cases[i].says))
            fail_msg("%s: '%s' does not say '%s'", cases[i].name, notes, cases[i].says);
    }
}

// Made of `n` times `part` between `before` and `after`.
static char *long_file(const char *name, const char *before, const char *part, size_t n,
                       const char *after) {
    GString *text = g_string_new(before);
    for (size_t i = 0; i < n; i++)
        g_string_append(text, part);
    g_string_append(text, after);
    char *path = file_of(name, text->str, (gssize)text->len);
    g_string_free(text, TRUE);
    return path;
}

#define MIB ((size_t)1 << 20)

static void json_is_bounded(void **state) {
    (void)state;
    static const char OPEN[] = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
                               "\"Feature\",\"properties\":{\"a\":\"";
    static const char CLOSE[] = "\"},\"geometry\":null}]}";
    const struct {
        const char *before, *part;
        size_t n;
        const char *after, *says;
    } cases[] = {
        {OPEN, "0123456789abcdef", 3 * MIB, CLOSE, "row 1: the feature has more than 32 MiB"},
        {OPEN, "0123456789abcdef", MIB / 8, CLOSE,
         "long.geojson, row 1, field a, value '0123456789abcdef0123456789abcdef"},
        {"{\"type\":\"FeatureCollection\",\"x\":\"", "0123456789abcdef", 3 * MIB,
         "\",\"features\":[]}", "more than 32 MiB stand in one value"},
        {"{\"type\":\"Polygon\",\"coordinates\":", "[", 100000, "", "is nested too deeply"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path =
            long_file("long.geojson", cases[i].before, cases[i].part, cases[i].n, cases[i].after);
        g_autoptr(GError) error = NULL;
        assert_int_equal(read_all(path, NULL, NULL, &error), -1);
        assert_error_says(error, cases[i].says);
    }
}

// Mostly holes on disk.
static void large_files_are_bounded(void **state) {
    (void)state;
    static const struct {
        gint64 bytes;
        const char *says;
    } cases[] = {{G_GINT64_CONSTANT(1) << 30, "is cut off inside of what begins in line 1"},
                 {(G_GINT64_CONSTANT(2) << 30) + 1, "the file is larger than 2 GiB"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = file_of("hole.geojson", "{\"type\":\"FeatureCollection\",", -1);
        assert_return_code(truncate(path, cases[i].bytes), 0);
        g_autoptr(GError) error = NULL;
        assert_int_equal(read_all(path, NULL, NULL, &error), -1);
        assert_error_says(error, cases[i].says);
    }
}

static char *file_of_columns(int n) {
    GString *text = g_string_new("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
                                 "\"Feature\",\"geometry\":null,\"properties\":{\"k\":0");
    for (int i = 1; i < n; i++)
        g_string_append_printf(text, ",\"k%d\":%d", i, i);
    g_string_append(text, "}}]}");
    char *path = file_of("columns.geojson", text->str, -1);
    g_string_free(text, TRUE);
    return path;
}

static void columns_are_bounded(void **state) {
    (void)state;
    g_autofree char *path = file_of_columns(300);
    g_autoptr(GapReader) reader = NULL;
    g_autoptr(GapTable) batch = read_batch(path, &reader);
    assert_int_equal(gap_table_columns(batch), 300);
    assert_int_equal(gap_table_int(batch, 0, 299), 299);
    g_autofree char *wide = file_of_columns(1100);
    g_autoptr(GError) error = NULL;
    assert_int_equal(read_all(wide, NULL, NULL, &error), -1);
    assert_error_says(error, "the properties have more than 1,000 names");
}

static void rows_come_in_batches(void **state) {
    (void)state;
    enum { ROWS = 100000 };
    g_autofree char *path = long_file("many.geojsonl", "", TOWN "\n", ROWS, "");
    g_autoptr(GError) error = NULL;
    g_autoptr(GapReader) reader = gap_reader_open(path, NULL, &error);
    assert_no_error(error);
    GapTable *batch;
    gint64 rows = 0;
    int batches = 0;
    while ((batch = gap_reader_next(reader, &error))) {
        const size_t n = gap_table_rows(batch);
        assert_in_range(n, 1, 50000);
        assert_int_equal(gap_table_columns(batch), 1);
        assert_int_equal(gap_reader_row(reader, 0), rows + 1);
        assert_int_equal(gap_reader_row(reader, n - 1), rows + (gint64)n);
        rows += (gint64)n;
        batches++;
        gap_table_free(batch);
    }
    assert_no_error(error);
    assert_int_equal(rows, ROWS);
    assert_int_equal(batches, 2);
    assert_null(gap_reader_next(reader, &error)); // and stays so
    assert_no_error(error);
    // Outlines fill a batch before rows do.
    g_autofree char *line = long_file("line",
                                      "{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
                                      "{\"type\":\"LineString\",\"coordinates\":[[74,42]",
                                      ",[74,42]", MIB / 2, "]}}\n");
    g_autofree char *one = NULL;
    assert_true(g_file_get_contents(line, &one, NULL, NULL));
    g_autofree char *large = long_file("large.geojsonl", "", one, 6, "");
    g_autoptr(GapReader) second = NULL;
    g_autoptr(GapTable) first = read_batch(large, &second);
    assert_int_equal(gap_table_rows(first), 4); // of 8 MiB each
}

static void a_header_without_rows_gives_a_batch(void **state) {
    (void)state;
    g_autofree char *path = file_of("none.geojson", COLLECTION(""), -1);
    g_autoptr(GapReader) reader = NULL;
    g_autoptr(GapTable) batch = read_batch(path, &reader);
    assert_int_equal(gap_table_rows(batch), 0);
    assert_null(gap_reader_next(reader, NULL));
}

// ---- geometry

static void shapes_are_kept_right_or_faulted(void **state) {
    (void)state;
    static const struct {
        const char *geometry;
        guint32 parts, points; // 0: none, or not to be used
        const char *fault;     // NULL: none
    } cases[] = {
        {POINT("74,42"), 1, 1, NULL},
        {POINT("74,42,700"), 1, 1, NULL},
        {POINT(""), 0, 0, NULL},
        {POINT("74"), 0, 0, NULL},
        {POINT("\"x\",42"), 0, 0, NULL},
        {POINT("1e999,42"), 0, 0, "are no longitude and latitude"},
        {POINT("500000,4700000"), 1, 1, "500000 4700000, are no longitude and latitude"},
        {POINT("74,91"), 1, 1, "are no longitude and latitude"},
        {"{\"type\":\"MultiPoint\",\"coordinates\":[[74,42],[75,42]]}", 2, 2, NULL},
        {"{\"type\":\"LineString\",\"coordinates\":[[74,42]]}", 0, 0, NULL},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[74,42],[75,42]]]}", 0, 0, NULL},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[74,42],[75,42],[75,43]]]}", 1, 4, NULL},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[70,40],[78,40],[78,43],[70,40]],"
         "[[75,41],[76,41],[76,41.5],[75,41]]]}",
         1, 8, NULL},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[179.5,42],[-179.5,42],[-179.5,43],"
         "[179.5,42]]]}",
         1, 4, "crosses the antimeridian (its longitude jumps by 359 degrees)"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[-120,40],[0,40],[120,40],[0,50],[-120,40]]]}", 1,
         5, NULL},
        {"{\"type\":\"GeometryCollection\",\"geometries\":[" POINT("74,42") "," POINT("75,42") "]}",
         2, 2, NULL},
        {"{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"GeometryCollection\","
         "\"geometries\":[{\"type\":\"MultiPoint\",\"coordinates\":[[74,42],[75,42]]}]}," POINT(
             "74,42") "]}",
         3, 3, NULL},
        {"{\"type\":\"GeometryCollection\",\"geometries\":[" POINT(
             "74,42") ",{\"type\":\"LineString\",\"coordinates\":[[74,42],[75,42]]}]}",
         0, 0, "is a collection of several kinds of shapes"},
        {"{\"type\":\"GeometryCollection\",\"geometries\":[]}", 0, 0, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf(COLLECTION(FEATURE("%s") "," TOWN), cases[i].geometry);
        g_autofree char *path = file_of("shape.geojson", text, -1);
        g_autoptr(GapReader) reader = NULL;
        g_autoptr(GapTable) batch = read_batch(path, &reader);
        assert_int_equal(gap_table_rows(batch), 2);
        GBytes *wkb = gap_table_geometry(batch, 0);
        g_autoptr(GapGeometry) g = wkb ? gap_geometry_from_wkb(wkb, NULL) : NULL;
        const char *fault = gap_reader_fault(reader, 0);
        if ((g ? g->n_parts : 0) != cases[i].parts || (g ? g->n_points : 0) != cases[i].points)
            fail_msg("%s: %u parts, %u points", cases[i].geometry, g ? g->n_parts : 0,
                     g ? g->n_points : 0);
        if (!fault != !cases[i].fault || (fault && !strstr(fault, cases[i].fault)))
            fail_msg("%s: '%s'", cases[i].geometry, fault ? fault : "no fault");
        assert_null(gap_reader_fault(reader, 1)); // its neighbour is none the worse
        assert_non_null(gap_table_geometry(batch, 1));
    }
}

// ---- other formats

static void formats_hold_the_same(void **state) {
    (void)state;
    static const struct {
        const char *name, *how;
    } cases[] = {
        {"t.shp", "-f|ESRI Shapefile"},
        {"t.gpkg", "-f|GPKG"},
        {"t.fgb", "-f|FlatGeobuf"},
        {"t.kml", "-f|LIBKML"},
        {"t.geojsonl", "-f|GeoJSONSeq"},
        {"metres.gpkg", "-f|GPKG|-t_srs|EPSG:28413"},
        {"metres.fgb", "-f|FlatGeobuf|-t_srs|EPSG:32643"},
        {"metres.shp", "-f|ESRI Shapefile|-t_srs|EPSG:3857"},
    };
    g_autofree char *from = towns();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = make(from, cases[i].name, cases[i].how);
        g_autoptr(GapReader) reader = NULL;
        g_autoptr(GapTable) batch = read_batch(path, &reader);
        assert_int_equal(gap_table_rows(batch), 3);
        const int code = gap_table_find(batch, "code"), day = gap_table_find(batch, "day");
        assert_true(code >= 0);
        for (size_t row = 0; row < 3; row++) {
            double x, y;
            // FlatGeobuf sorts its rows by place.
            const bool last = !strcmp(gap_table_text(batch, row, (size_t)code), "K2");
            assert_true(gap_wkb_read_point(gap_table_geometry(batch, row), &x, &y));
            if (last) {
                assert_near(x, 79.9, 1e-6);
                assert_near(y, 42.3, 1e-6);
            }
            assert_true(COUNTRY.min_x < x && x < COUNTRY.max_x && COUNTRY.min_y < y &&
                        y < COUNTRY.max_y);
            if (last && day >= 0) // LIBKML has no field for a day
                assert_string_equal(gap_table_text(batch, row, (size_t)day), "2017-12-30");
        }
    }
}

// A cut file of any format is told; none is read as if it were whole.
static void cut_files_are_told(void **state) {
    (void)state;
    static const struct {
        const char *name, *cut, *how;
    } cases[] = {
        {"c.shp", "c.shp", "-f|ESRI Shapefile"},       {"c.shp", "c.shx", "-f|ESRI Shapefile"},
        {"c.shp", "c.dbf", "-f|ESRI Shapefile"},       {"c.gpkg", "c.gpkg", "-f|GPKG"},
        {"c.fgb", "c.fgb", "-f|FlatGeobuf"},           {"c.kml", "c.kml", "-f|LIBKML"},
        {"c.geojsonl", "c.geojsonl", "-f|GeoJSONSeq"},
    };
    g_autofree char *from = towns();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = make(from, cases[i].name, cases[i].how);
        g_autofree char *cut = named(cases[i].cut), *whole = NULL;
        gsize length;
        assert_true(g_file_get_contents(cut, &whole, &length, NULL));
        for (int tenths = 0; tenths < 10; tenths++) {
            const gssize left = (gssize)length * tenths / 10;
            assert_true(g_file_set_contents(cut, whole, left, NULL));
            g_autoptr(GError) error = NULL;
            if (read_all(path, NULL, NULL, &error) >= 0)
                fail_msg("%s of %d bytes was read", cases[i].cut, (int)left);
            assert_error_says(error, cases[i].name);
        }
        assert_int_equal(g_unlink(cut), 0);
        if (strcmp(path, cut) != 0)
            assert_int_equal(g_unlink(path), 0);
    }
}

static void parts_of_a_shapefile_are_missed(void **state) {
    (void)state;
    g_autofree char *from = towns();
    g_autofree char *path = make(from, "parts.shp", "-f|ESRI Shapefile"), *notes = NULL;
    g_autofree char *capital = named("parts.DBF"), *small = named("parts.dbf");
    g_autofree char *index = named("parts.shx");
    g_autoptr(GError) error = NULL;
    assert_int_equal(read_all(index, NULL, NULL, &error), -1);
    assert_error_says(error, "is only a part of a shapefile: give the .shp");
    assert_int_equal(g_rename(small, capital), 0);
    assert_int_equal(read_all(path, NULL, &notes, &error), 3);
    assert_string_equal(notes, "");
    assert_int_equal(g_unlink(capital), 0);
    g_free(notes);
    assert_int_equal(read_all(path, NULL, &notes, &error), 3);
    assert_non_null(strstr(notes, "no .dbf lies beside the .shp"));
    remove_part(path, "prj");
    g_free(notes);
    assert_int_equal(read_all(path, NULL, &notes, &error), 3);
    assert_non_null(strstr(notes, "taken as longitude and latitude, EPSG:4326 (--crs)"));
    assert_int_equal(mkfifo(capital, 0600), 0); // which GDAL would wait on
    assert_int_equal(read_all(path, NULL, NULL, &error), -1);
    assert_error_says(error, "parts.DBF beside it is not a regular file");
    assert_int_equal(g_unlink(capital), 0);
    remove_part(path, "shx");
    assert_int_equal(read_all(path, NULL, NULL, &error), -1);
    assert_error_says(error, "no .shx lies beside it");
}

static void encodings_are_found(void **state) {
    (void)state;
    static const struct {
        const char *text, *encoding, *cpg; // cpg NULL: no file
        const char *says;                  // in the notes; "": no note
    } cases[] = {
        {"Osh", "CP1251", "UTF-8", ""},
        {"Ош шаары", "UTF-8", "UTF-8", ""},
        {"Ош шаары", "UTF-8", "1251", "UTF-8 by evidence, though the file states CP1251"},
        {"Ысык-Көл", "UTF-8", NULL, "encoding UTF-8 by evidence (--encoding)"},
        {"Ош шаары", "CP1251", "UTF-8", "CP1251 by evidence, though the file states UTF-8"},
        {"Ош шаары", "CP1251", "ISO-8859-1", "encoding CP1251 by evidence"},
        {"Ош шаары", "CP1251", NULL, "encoding CP1251 by evidence"},
        {"№ 1", "CP1251", "1251", "encoding CP1251, as the file states"},
        {"БАТКЕНСКАЯ ОБЛАСТЬ", "CP1251", "KOI8-R", "encoding CP1251 by evidence"},
        {"ЖАЛАЛ-АБАД", "CP1251", NULL, "encoding CP1251 by evidence"},
        {"пункт милиции № 1", "CP1251", "UTF-8", "encoding CP1251 by evidence"},
        {"Ош шаары", "KOI8-R", "1251", "encoding KOI8-R by evidence"},
        {"ЖАЛАЛ-АБАД", "KOI8-R", NULL, "encoding KOI8-R by evidence"},
        {"Баткен облусу", "CP866", NULL, "encoding CP866 by evidence"},
        {"café", "CP1252", "1252", "encoding CP1252, as the file states"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *json =
            g_strdup_printf(COLLECTION("{\"type\":\"Feature\",\"properties\":{"
                                       "\"name\":\"%s\"},\"geometry\":" POINT("74,42") "}"),
                            cases[i].text);
        g_autofree char *from = file_of("names.geojson", json, -1);
        g_autofree char *how =
            g_strdup_printf("-f|ESRI Shapefile|-lco|ENCODING=%s", cases[i].encoding);
        g_autofree char *name = g_strdup_printf("names%zu.shp", i);
        g_autofree char *path = make(from, name, how);
        remove_part(path, "cpg");
        g_autofree char *cpg = g_strdup_printf("names%zu.cpg", i);
        if (cases[i].cpg)
            g_free(file_of(cpg, cases[i].cpg, -1));
        g_autoptr(GapReader) reader = NULL;
        g_autoptr(GapTable) batch = read_batch(path, &reader);
        if (g_strcmp0(gap_table_text(batch, 0, 0), cases[i].text) != 0)
            fail_msg("case %zu: '%s', not '%s'", i, gap_table_text(batch, 0, 0), cases[i].text);
        const GPtrArray *notes = gap_reader_notes(reader);
        const char *note = notes->len ? g_ptr_array_index(notes, 0) : "";
        if (*cases[i].says ? !strstr(note, cases[i].says) : *note)
            fail_msg("case %zu: '%s' does not say '%s'", i, note, cases[i].says);
        g_autoptr(GapReader) asked =
            gap_reader_open(path, &(GapReadOptions){.encoding = cases[i].encoding}, NULL);
        g_autoptr(GapTable) same = gap_reader_next(asked, NULL);
        assert_string_equal(gap_table_text(same, 0, 0), cases[i].text);
    }
    g_autofree char *path = named("names1.shp"), *few = named("names7.shp");
    g_autoptr(GError) error = NULL;
    remove_part(few, "cpg"); // a sign tells nothing
    assert_int_equal(read_all(few, NULL, NULL, &error), -1);
    assert_error_says(error, "the encoding of its text cannot be told");
    assert_int_equal(read_all(path, &(GapReadOptions){.encoding = "junk"}, NULL, &error), -1);
    assert_error_says(error, "--encoding junk is not known");
}

// Names of a .dbf stand from byte 32 on, 32 bytes each; a field of text may end in half a letter.
static void a_dbf_is_read_as_it_is(void **state) {
    (void)state;
    g_autofree char *from = towns(), *path = make(from, "raw.shp", "-f|ESRI Shapefile");
    g_autofree char *dbf = named("raw.dbf"), *data = NULL;
    gsize length;
    assert_true(g_file_get_contents(dbf, &data, &length, NULL));
    char *code = memmem(data, length, "K0", 2);
    memcpy(code, "\xd0\x9e\xd1", 3); // the second letter is cut
    memset(code + 3, ' ', 77);
    assert_true(g_file_set_contents(dbf, data, (gssize)length, NULL));
    g_autoptr(GapReader) reader = NULL;
    g_autoptr(GapTable) batch = read_batch(path, &reader);
    g_autoptr(GError) error = NULL;
    assert_string_equal(gap_table_text(batch, 0, 0), "О");
    memcpy(data + 32 + 64, "code", 5);
    assert_true(g_file_set_contents(dbf, data, (gssize)length, NULL));
    assert_int_equal(read_all(path, NULL, NULL, &error), -1);
    assert_error_says(error, "field code: two columns have this name, columns 1 and 3");
}

// A stored query that never ends, in the place of a layer and of a table of the format.
static void endless_queries_are_not_run(void **state) {
    (void)state;
    static const char ENDLESS[] =
        "AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) "
        "SELECT i AS fid, 'x' AS table_name FROM c WHERE i < 0";
    g_autofree char *from = towns(), *notes = NULL;
    g_autofree char *path = make(from, "endless.gpkg", "-f|GPKG");
    g_autofree char *sql = g_strdup_printf(
        "CREATE VIEW endless %s; INSERT INTO gpkg_contents (table_name, data_type, identifier, "
        "srs_id) VALUES ('endless', 'attributes', 'endless', 4326)",
        ENDLESS);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    g_autoptr(GError) error = NULL;
    assert_int_equal(read_all(path, NULL, &notes, &error), 3);
    assert_string_equal(notes, "layer towns read, and not endless (--sheet)\n");
    assert_int_equal(read_all(path, &(GapReadOptions){.layer = "endless"}, NULL, &error), -1);
    assert_error_says(error, "the layer endless is a stored query");
    g_autofree char *worse = g_strdup_printf(
        "ALTER TABLE gpkg_contents RENAME TO old; CREATE VIEW gpkg_contents %s", ENDLESS);
    assert_int_equal(sqlite3_exec(db, worse, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(read_all(path, NULL, NULL, &error), -1);
    assert_error_says(error, "its table gpkg_contents is computed by a query");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_read_or_told),
        cmocka_unit_test(json_is_bounded),
        cmocka_unit_test(large_files_are_bounded),
        cmocka_unit_test(columns_are_bounded),
        cmocka_unit_test(rows_come_in_batches),
        cmocka_unit_test(a_header_without_rows_gives_a_batch),
        cmocka_unit_test(shapes_are_kept_right_or_faulted),
        cmocka_unit_test(formats_hold_the_same),
        cmocka_unit_test(cut_files_are_told),
        cmocka_unit_test(parts_of_a_shapefile_are_missed),
        cmocka_unit_test(encodings_are_found),
        cmocka_unit_test(a_dbf_is_read_as_it_is),
        cmocka_unit_test(endless_queries_are_not_run),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down_folder);
}
