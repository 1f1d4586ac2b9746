#include "tests/folder_fixture.h"

#include <cpl_error.h>
#include <gdal_utils.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/files/vector.h"
#include "geo/shape/geodesic.h"
#include "geo/shape/geometry.h"

static char *named(const char *name) {
    return g_build_filename(folder, name, NULL);
}

static char *file_of(const char *name, const char *data, gssize length) {
    char *path = named(name);
    assert_true(g_file_set_contents(path, data, length, NULL));
    return path;
}

static char *content(const char *path, gsize *length) {
    char *data = NULL;
    assert_true(g_file_get_contents(path, &data, length, NULL));
    return data;
}

static const double REALS[] = {0.1, 1.0 / 3, 1e-7, 0.30000000000000004, 42.99999999999, 1e22, -0.5};

enum { CODE, PEOPLE, SHARE, EMPTY_ROW = 2 };

// Hostile names, nulls, awkward numbers; discs, of which one is double, or points.
static GapTable *sample(bool points) {
    GapTable *t = gap_table_new("areas");
    gap_table_add_column(t, &(GapColumnSpec){"code", GAP_TYPE_TEXT, NULL, "The \"code\", it's"});
    gap_table_add_column(t, &(GapColumnSpec){"people", GAP_TYPE_INT, "people", "People"});
    gap_table_add_column(t, &(GapColumnSpec){"share", GAP_TYPE_REAL, "share", NULL});
    static const char *const texts[] = {"Ысык-Көл", "a,b;\t\"c\"\nd",      NULL, " x ", "'; DROP--",
                                        "=1+1",     "\\u0000\x01</script>"};
    for (size_t i = 0; i < G_N_ELEMENTS(REALS); i++) {
        const size_t row = gap_table_add_row(t);
        if (i == EMPTY_ROW)
            continue;
        gap_table_set_text(t, row, CODE, texts[i]);
        gap_table_set_int(t, row, PEOPLE, (gint64)i * 9007199254740993);
        gap_table_set_real(t, row, SHARE, REALS[i]);
        const double lon = 70 + 0.123456789 * (double)i;
        g_autoptr(GBytes) wkb =
            points ? gap_wkb_point(lon, 42) : gap_geodesic_disc(lon, 42, 3000, 12);
        gap_table_set_geometry(t, row, wkb);
    }
    return t;
}

// `within` in degrees: GeoJSON keeps seven decimals.
static void assert_same(const GapTable *got, const GapTable *want, double within) {
    assert_int_equal(gap_table_rows(got), gap_table_rows(want));
    assert_int_equal(gap_table_columns(got), gap_table_columns(want));
    for (size_t row = 0; row < gap_table_rows(want); row++) {
        for (size_t c = 0; c < gap_table_columns(want); c++) {
            g_autofree char *a = gap_table_cell_string(got, row, c);
            g_autofree char *b = gap_table_cell_string(want, row, c);
            if (g_strcmp0(a, b) != 0)
                fail_msg("row %zu, column %zu: '%s', not '%s'", row, c, a, b);
        }
        GBytes *a = gap_table_geometry(got, row), *b = gap_table_geometry(want, row);
        assert_int_equal(a != NULL, b != NULL);
        if (!a)
            continue;
        g_autoptr(GapGeometry) g = gap_geometry_from_wkb(a, NULL);
        g_autoptr(GapGeometry) h = gap_geometry_from_wkb(b, NULL);
        assert_int_equal(g->n_points, h->n_points);
        for (size_t i = 0; i < 2 * (size_t)g->n_points; i++)
            assert_near(g->xy[i], h->xy[i], within);
    }
}

static void formats_go_round(void **state) {
    (void)state;
    for (int points = 0; points < 2; points++) {
        g_autoptr(GapTable) table = sample(points);
        g_autoptr(GError) error = NULL;
        g_autofree char *geojson = named("t.geojson");
        assert_true(gap_vector_write_geojson(table, geojson, &error));
        g_autoptr(GapTable) a = gap_vector_read(geojson, NULL, &error);
        assert_no_error(error);
        assert_same(a, table, 0.5e-7 + 1e-12);
        assert_string_equal(gap_table_name(a), "areas");
        assert_int_equal(gap_table_column(a, PEOPLE)->type, GAP_TYPE_INT);
        assert_int_equal(gap_table_column(a, SHARE)->type, GAP_TYPE_REAL);
        g_autofree char *gpkg = named("t.gpkg");
        assert_true(gap_vector_write_gpkg(&table, NULL, 1, "2017-12-31", gpkg, &error));
        g_autoptr(GapTable) b = gap_vector_read(gpkg, "areas", &error);
        assert_no_error(error);
        assert_same(b, table, 0);
    }
}

static void csv_goes_round(void **state) {
    (void)state;
    g_autofree char *path = named("t.csv");
    g_autoptr(GError) error = NULL;
    g_autoptr(GapTable) areas = sample(false);
    gap_table_set_text(areas, EMPTY_ROW, CODE, "e"); // a line of nothing is no row
    assert_true(gap_vector_write_csv(areas, path, &error));
    g_autoptr(GapTable) a = gap_vector_read(path, NULL, &error);
    assert_no_error(error);
    assert_same(a, areas, 1e-12);
    g_autoptr(GapTable) points = sample(true);
    gap_table_set_text(points, EMPTY_ROW, CODE, "e");
    assert_true(gap_vector_write_csv(points, path, &error));
    g_autoptr(GapTable) b = gap_vector_read(path, NULL, &error);
    assert_no_error(error);
    assert_int_equal(gap_table_columns(b), 5);
    assert_string_equal(gap_table_column(b, 3)->name, "lon");
    assert_string_equal(gap_table_text(b, 0, 3), "70");
    assert_string_equal(gap_table_text(b, 0, 4), "42");
    assert_null(gap_table_text(b, EMPTY_ROW, 3));
    assert_string_equal(gap_table_text(b, 1, CODE), "a,b;\t\"c\"\nd");
}

static void geojson_follows_the_rules(void **state) {
    (void)state;
    // A shell that runs clockwise, a hole that runs counter-clockwise.
    double xy[] = {0, 0, 0, 4, 4, 4, 4, 0, 0, 0, 1, 1, 3, 1, 3, 3, 1, 3, 1, 1};
    uint32_t part[] = {0, 2}, ring[] = {0, 5, 10};
    g_autoptr(GBytes) wkb =
        gap_geometry_to_wkb(&(GapGeometry){GAP_SHAPE_POLYGON, 1, 2, 10, part, ring, xy});
    g_autoptr(GapTable) t = gap_table_new("n\"m");
    gap_table_add_column(t, &(GapColumnSpec){"v", GAP_TYPE_REAL, NULL, NULL});
    gap_table_set_geometry(t, gap_table_add_row(t), wkb);
    g_autoptr(GBytes) point = gap_wkb_point(-0.00000001, 74.12345678);
    gap_table_set_geometry(t, gap_table_add_row(t), point);
    gap_table_add_row(t);
    g_autofree char *path = named("rules.geojson");
    assert_true(gap_vector_write_geojson(t, path, NULL));
    g_autofree char *text = content(path, NULL);
    assert_string_equal(
        text,
        "{\"type\": \"FeatureCollection\", \"name\": \"n\\\"m\", \"bbox\": [0,0,4,74.1234568], "
        "\"features\": [\n"
        "{\"type\": \"Feature\", \"bbox\": [0,0,4,4], \"properties\": {\"v\": null}, \"geometry\": "
        "{\"type\": \"Polygon\", \"coordinates\": [[[0,0],[4,0],[4,4],[0,4],[0,0]],"
        "[[1,1],[1,3],[3,3],[3,1],[1,1]]]}},\n"
        "{\"type\": \"Feature\", \"properties\": {\"v\": null}, \"geometry\": "
        "{\"type\": \"Point\", \"coordinates\": [0,74.1234568]}},\n"
        "{\"type\": \"Feature\", \"properties\": {\"v\": null}, \"geometry\": null}\n]}\n");
    // An empty table is a collection of nothing.
    g_autoptr(GapTable) none = gap_table_new("none");
    assert_true(gap_vector_write_geojson(none, path, NULL));
    g_autofree char *bare = content(path, NULL);
    assert_string_equal(bare, "{\"type\": \"FeatureCollection\", \"name\": \"none\", "
                              "\"features\": [\n\n]}\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(GapTable) back = gap_vector_read(path, NULL, &error);
    assert_no_error(error);
    assert_int_equal(gap_table_rows(back), 0);
}

static char *query(const char *path, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    char *text = g_strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return text;
}

static void geopackage_tells_what_it_holds(void **state) {
    (void)state;
    g_autoptr(GapTable) areas = sample(false);
    g_autoptr(GapTable) plain = gap_table_new("plain 'table'");
    gap_table_add_column(plain, &(GapColumnSpec){"a", GAP_TYPE_TEXT, NULL, "Ä \" '"});
    gap_table_add_row(plain);
    GapTable *tables[] = {areas, plain};
    static const char *const descriptions[] = {"Areas & 'things'", NULL};
    g_autoptr(GError) error = NULL;
    g_autofree char *path = named("two.gpkg");
    g_unsetenv("SOURCE_DATE_EPOCH");
    assert_true(gap_vector_write_gpkg(tables, descriptions, 2, "2017-12-31", path, &error));
    static const struct {
        const char *sql, *want;
    } cases[] = {
        {"SELECT group_concat(table_name || ':' || data_type) FROM gpkg_contents",
         "areas:features,plain 'table':attributes"},
        {"SELECT description FROM gpkg_contents WHERE table_name = 'areas'", "Areas & 'things'"},
        {"SELECT DISTINCT last_change FROM gpkg_contents", "2017-12-31T00:00:00.000Z"},
        {"SELECT geometry_type_name || srs_id FROM gpkg_geometry_columns", "POLYGON4326"},
        {"SELECT title FROM gpkg_data_columns WHERE column_name = 'code'", "The \"code\", it's"},
        {"SELECT title FROM gpkg_data_columns WHERE column_name = 'a'", "Ä \" '"},
        {"SELECT description FROM gpkg_data_columns WHERE column_name = 'share'", "share"},
        {"SELECT count(*) FROM rtree_areas_geom", "6"},
        {"PRAGMA integrity_check", "ok"},
        {"PRAGMA journal_mode", "delete"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *got = query(path, cases[i].sql);
        assert_string_equal(got, cases[i].want);
    }
    g_autoptr(GapTable) back = gap_vector_read(path, "plain 'table'", &error);
    assert_no_error(error);
    assert_int_equal(gap_table_rows(back), 1);
    assert_null(gap_vector_read(path, "roads", &error));
    assert_error_says(error, "has no layer 'roads': it has areas, plain 'table'");
}

static void the_same_table_gives_the_same_bytes(void **state) {
    (void)state;
    g_autoptr(GapTable) table = sample(false);
    char *bytes[4];
    gsize length[4];
    g_autofree char *path = named("same.gpkg");
    for (int i = 0; i < 4; i++) {
        if (i == 2)
            g_setenv("SOURCE_DATE_EPOCH", "1514678400", TRUE); // 2017-12-31
        if (i == 3)
            g_setenv("SOURCE_DATE_EPOCH", "1514764800", TRUE); // 2018-01-01
        if (i == 1)
            g_usleep(1100000); // a clock that showed through would have moved
        assert_true(gap_vector_write_gpkg(&table, NULL, 1, "2017-12-31", path, NULL));
        bytes[i] = content(path, &length[i]);
    }
    g_unsetenv("SOURCE_DATE_EPOCH");
    for (int i = 1; i < 3; i++) {
        assert_int_equal(length[i], length[0]);
        assert_memory_equal(bytes[i], bytes[0], length[0]);
    }
    assert_true(length[3] != length[0] || memcmp(bytes[3], bytes[0], length[0]) != 0);
    for (int i = 0; i < 4; i++)
        g_free(bytes[i]);
}

static void csv_is_read_as_written(void **state) {
    (void)state;
    static const struct {
        const char *data;
        size_t rows, columns;
        const char *name, *value; // of the first column, and of its first row
    } cases[] = {
        {"a,b\n1,2\n", 1, 2, "a", "1"},
        {" a ,b\r\n 1 ,2\r\n", 1, 2, "a", "1"},
        {"\xef\xbb\xbfname;x\nA;1,5\n", 1, 2, "name", "A"},
        {"name\tx\nA\t1,5\n", 1, 2, "name", "A"},
        {"a,b\n", 0, 2, "a", NULL},
        {"a", 0, 1, "a", NULL},
        {"a\n\n\n7\n", 1, 1, "a", "7"},
        {"a,b,,\n1,2,,\n", 1, 2, "a", "1"},
        {"a,b\n\"x\n\"\"y\"\"\",2\n", 1, 2, "a", "x\n\"y\""},
        {"a,b\n,2\n", 1, 2, "a", NULL},
        {"a,b\n\"\",2\n", 1, 2, "a", NULL},
        {"a,b\n1\n", 1, 2, "a", "1"},
        {"a,b\n007,1e5\n", 1, 2, "a", "007"},
        {"geom,a\nPOINT Z (74 42 1),x\n,y\n", 2, 1, "a", "x"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = file_of("case.csv", cases[i].data, -1);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapTable) t = gap_vector_read(path, NULL, &error);
        assert_no_error(error);
        assert_string_equal(gap_table_name(t), "case");
        assert_int_equal(gap_table_rows(t), cases[i].rows);
        assert_int_equal(gap_table_columns(t), cases[i].columns);
        assert_string_equal(gap_table_column(t, 0)->name, cases[i].name);
        if (cases[i].rows && g_strcmp0(gap_table_text(t, 0, 0), cases[i].value) != 0)
            fail_msg("case %zu: '%s'", i, gap_table_text(t, 0, 0));
    }
}

// A .csvt beside it must not turn text into numbers.
static void sidecars_change_nothing(void **state) {
    (void)state;
    g_autofree char *path = file_of("side.csv", "a,b\n007,x\n", -1);
    g_autofree char *types = file_of("side.csvt", "Integer,String\n", -1);
    g_autoptr(GapTable) t = gap_vector_read(path, NULL, NULL);
    assert_string_equal(gap_table_text(t, 0, 0), "007");
}

#define FEATURE(geometry)                                                                          \
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"a\":1," \
    "\"on\":\"2017-12-31\",\"n\":null},\"geometry\":" geometry "}]}"
#define POINT "{\"type\":\"Point\",\"coordinates\":[500000,4700000]}"

// Made by GDAL from our GeoJSON. `mapped`: keeps geometry.
static void other_formats_keep_rows_and_fields(void **state) {
    (void)state;
    static const struct {
        const char *driver, *name;
        bool mapped;
    } cases[] = {{"XLSX", "x.xlsx", false},
                 {"ODS", "x.ods", false},
                 {"LIBKML", "x.kml", true},
                 {"FlatGeobuf", "x.fgb", true},
                 {"ESRI Shapefile", "x.shp", true}};
    g_autoptr(GapTable) table = sample(false);
    gap_table_set_text(table, 0, CODE, "K-1");                     // Shapefile is Latin-1
    gap_table_set_text(table, G_N_ELEMENTS(REALS) - 1, CODE, "x"); // XML has no control characters
    CPLPushErrorHandler(CPLQuietErrorHandler);
    g_autofree char *path = named("from.geojson");
    assert_true(gap_vector_write_geojson(table, path, NULL));
    // Drivers are registered by now: the table is read once before.
    g_autoptr(GapTable) ready = gap_vector_read(path, NULL, NULL);
    assert_non_null(ready);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *made = named(cases[i].name);
        const char *const arguments[] = {"-f", cases[i].driver, NULL};
        GDALVectorTranslateOptions *options =
            GDALVectorTranslateOptionsNew((char **)arguments, NULL);
        GDALDatasetH from = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
        GDALClose(GDALVectorTranslate(made, NULL, 1, &from, options, NULL));
        GDALClose(from);
        GDALVectorTranslateOptionsFree(options);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapTable) t = gap_vector_read(made, NULL, &error);
        assert_no_error(error);
        const int code = gap_table_find(t, "code"), share = gap_table_find(t, "share");
        assert_true(code >= 0 && share >= 0);
        size_t with_code = 0, found = gap_table_rows(t);
        for (size_t row = 0; row < gap_table_rows(t); row++) {
            with_code += !g_strcmp0(gap_table_text(t, row, (size_t)code), "K-1");
            g_autofree char *text = gap_table_cell_string(t, row, (size_t)share); // sheets: text
            found = text && g_ascii_strtod(text, NULL) == REALS[0] ? row : found;
        }
        assert_int_equal(with_code, 1);
        assert_true(found < gap_table_rows(t));
        assert_int_equal(gap_table_geometry(t, found) != NULL, cases[i].mapped);
    }
    CPLPopErrorHandler();
}

static void bad_files_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *name, *data;
        gssize length;
        const char *says;
    } cases[] = {
        {"zero.csv", "", 0, "zero.csv: the file is empty"},
        {"zero.geojson", "", 0, "the file is empty"},
        {"latin.csv", "a,b\n1,x\n2,caf\xe9\n", -1,
         "latin.csv, row 2, field b, value 'caf\xef\xbf\xbd': the value is not UTF-8"},
        {"latin2.csv", "caf\xe9,b\n1,2\n", -1, "a column name is not UTF-8"},
        {"utf16.csv",
         "\xff\xfe"
         "a\0,\0b\0\n",
         9, "is cut off, damaged or not UTF-16LE"},
        {"nul.csv", "a,b\n1,x\0y\n", 10, "is not UTF-8 text"},
        {"twice.csv", "a,b, a\n1,2,3\n", -1, "field a: two columns have this name"},
        {"nohead.csv", "\n ,\n", -1, "no line names columns"},
        {"long.csv", "a,b\n1,2\n1,2,3\n", -1, "row 2, value '3': the row has more values"},
        {"open.csv", "a,b\n1,2\n1,\"2\n3,4\n", -1, "row 2, value '\"2\\u000A3,4': a quote"},
        {"wkt.csv", "a,geom\n1,POLYGON((1 2\n", -1, "wkt.csv, row 1"},
        {"cut.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feat", -1,
         "cut.geojson: is cut off inside of what begins in line 1"},
        {"cut2.geojson", FEATURE(POINT), sizeof FEATURE(POINT) - 3, "cut2.geojson: is cut off"},
        {"text.geojson", "hello", -1, "give GeoJSON, GeoPackage, Shapefile"},
        {"object.geojson", "{\"a\": 1}", -1, "cannot be read as GeoJSON"},
        {"vrt.geojson",
         "<OGRVRTDataSource><OGRVRTLayer name=\"latin\"><SrcDataSource "
         "relativeToVRT=\"1\">latin.csv"
         "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
         -1, "give GeoJSON, GeoPackage, Shapefile"},
        {"cut.gpkg", "SQLite format 3\0\20\0\1\1\0@  ", 24, "cut.gpkg: cannot be read"},
        {"bad.kml", "<kml><Document><Placemark>", -1, "bad.kml"},
        {"dtd.kml",
         "<!DOCTYPE k [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><kml><Document>"
         "<Placemark><name>&x;</name></Placemark></Document></kml>",
         -1, "dtd.kml: cannot be read"},
        {"bad.xlsx", "PK\3\4garbage", -1, "bad.xlsx: cannot be read"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = file_of(cases[i].name, cases[i].data, cases[i].length);
        g_autoptr(GError) error = NULL;
        if (gap_vector_read(path, NULL, &error))
            fail_msg("%s was read", cases[i].name);
        assert_error_says(error, cases[i].says);
    }
}

static void only_regular_files_are_opened(void **state) {
    (void)state;
    g_autofree char *fifo = named("fifo.geojson");
    g_autofree char *none = named("none.geojson");
    g_autofree char *link = named("link.geojson");
    assert_return_code(mkfifo(fifo, 0600), 0);
    assert_return_code(symlink("/dev/zero", link), 0);
    const char *const cases[] = {
        fifo,
        none,
        link,
        folder,
        "",
        "/dev/null",
        "http://127.0.0.1:1/x.geojson",
        "/vsicurl/http://127.0.0.1:1/x.geojson",
        "/vsimem/x.geojson",
        "/vsistdin/",
        "{\"type\":\"Point\",\"coordinates\":[1,2]}",
        "GPKG:x.gpkg:areas",
        "CSV:/etc/passwd",
        "PG:dbname=x",
        "<OGRVRTDataSource></OGRVRTDataSource>",
        "a\nb\x1b[31m.csv",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        if (gap_vector_read(cases[i], NULL, &error))
            fail_msg("%s was read", cases[i]);
        assert_true(strstr(error->message, "no such file") ||
                    strstr(error->message, "not a regular file"));
        assert_null(strchr(error->message, '\x1b'));
    }
}

static void coordinate_systems_are_minded(void **state) {
    (void)state;
    static const char UTM[] = "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\","
                              "\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::32643\"}},"
                              "\"features\":[{\"type\":\"Feature\",\"properties\":{\"a\":1,"
                              "\"on\":\"2017-12-31\",\"n\":null},\"geometry\":" POINT "}]}";
    g_autofree char *path = file_of("utm.geojson", UTM, -1);
    g_autoptr(GError) error = NULL;
    g_autoptr(GapTable) t = gap_vector_read(path, NULL, &error);
    assert_no_error(error);
    double x, y;
    assert_true(gap_wkb_read_point(gap_table_geometry(t, 0), &x, &y));
    assert_near(x, 75, 1e-9);
    assert_near(y, 42.45237, 1e-4);
    assert_string_equal(gap_table_text(t, 0, 1), "2017-12-31");
    assert_true(gap_table_is_null(t, 0, 2));
}

static void geometry_comes_flat_and_closed(void **state) {
    (void)state;
    static const struct {
        const char *geometry;
        guint32 points; // 0: none
    } cases[] = {
        {"{\"type\":\"Point\",\"coordinates\":[74,42,700]}", 1},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4]]]}", 4},
        {"{\"type\":\"Polygon\",\"coordinates\":[]}", 0},
        {"{\"type\":\"MultiPolygon\",\"coordinates\":[]}", 0},
        {"null", 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(FEATURE("%s"), cases[i].geometry);
        g_autofree char *path = file_of("g.geojson", text, -1);
        g_autoptr(GError) error = NULL;
        g_autoptr(GapTable) t = gap_vector_read(path, NULL, &error);
        assert_no_error(error);
        assert_int_equal(gap_table_rows(t), 1);
        GBytes *wkb = gap_table_geometry(t, 0);
        g_autoptr(GapGeometry) g = wkb ? gap_geometry_from_wkb(wkb, &error) : NULL;
        assert_no_error(error);
        assert_int_equal(g ? g->n_points : 0, cases[i].points);
    }
}

static void what_cannot_be_written_is_named(void **state) {
    (void)state;
    g_autofree char *good = file_of("file", "x", 1);
    g_autofree char *path = g_build_filename(good, "out.any", NULL);
    g_autoptr(GapTable) table = sample(false);
    g_autoptr(GError) error = NULL;
    assert_false(gap_vector_write_geojson(table, path, &error));
    assert_error_says(error, "out.any: cannot be written");
    assert_false(gap_vector_write_gpkg(&table, NULL, 1, "2017-12-31", path, &error));
    assert_error_says(error, "out.any: cannot be written");
    assert_false(gap_vector_write_csv(table, path, &error));
    assert_error_says(error, "out.any: cannot be written");
    // What the table holds may be at fault too; then no file appears.
    g_autofree char *out = named("out.any");
    g_autoptr(GBytes) bad = g_bytes_new_static("\1\3\0\0\0\377\377\377\377", 9);
    gap_table_set_geometry(table, 3, bad);
    assert_false(gap_vector_write_geojson(table, out, &error));
    assert_error_says(error, "areas, row 4: geometry cannot be used");
    assert_false(gap_vector_write_gpkg(&table, NULL, 1, "2017-12-31", out, &error));
    assert_error_says(error, "areas, row 4: geometry cannot be used");
    assert_false(gap_vector_write_csv(table, out, &error));
    assert_error_says(error, "areas, row 4: geometry cannot be used");
    gap_table_set_geometry(table, 3, NULL);
    gap_table_set_real(table, 3, SHARE, INFINITY);
    assert_false(gap_vector_write_geojson(table, out, &error));
    assert_error_says(error, "areas, row 4, field share: cannot be written as JSON");
    assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
    // Without a place for the error nothing breaks.
    assert_false(gap_vector_write_gpkg(&table, NULL, 1, "2017-12-31", path, NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_go_round),
        cmocka_unit_test(csv_goes_round),
        cmocka_unit_test(geojson_follows_the_rules),
        cmocka_unit_test(geopackage_tells_what_it_holds),
        cmocka_unit_test(the_same_table_gives_the_same_bytes),
        cmocka_unit_test(csv_is_read_as_written),
        cmocka_unit_test(sidecars_change_nothing),
        cmocka_unit_test(other_formats_keep_rows_and_fields),
        cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(only_regular_files_are_opened),
        cmocka_unit_test(coordinate_systems_are_minded),
        cmocka_unit_test(geometry_comes_flat_and_closed),
        cmocka_unit_test(what_cannot_be_written_is_named),
    };
    return cmocka_run_group_tests(tests, set_up_folder, tear_down_folder);
}
