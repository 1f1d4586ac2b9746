/* Exports of a small country; the formats themselves are tested with the files room. */
#include "tests/world_fixture.h"

#include "geo/base/error.h"
#include "layers/coverage/coverage.h"
#include "layers/export.h"
#include "layers/gaps/gaps.h"
#include "layers/layers.h"
#include "layers/views.h"

#include <jansson.h>
#include <sqlite3.h>

static int set_up(void **state) {
    (void)state;
    world = world_new(true);
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total VALUES ('XX-A', 2015, 1500), ('XX-B', 2015, 200)");
    world_run(&world, "INSERT INTO demand (area, people, basis, geom) VALUES"
                      " ('A1', 1000, 'own', MakePoint(70.25, 40.5, 4326)),"
                      " ('A2', 500, 'modelled', MakePoint(70.75, 40.5, 4326)),"
                      " ('B1', 200, 'unplaced', NULL)");
    world_load(&world, "police_points", "p.csv",
               "code,name_ky,kind,status,precision,lon,lat\n"
               "P,Ысык-Көл,point,open,assumed,70.251234567,40.5\n");
    world_load(&world, "crime", "c.csv",
               "area,year,offence,count,basis\nXX-A,2017,theft,30,published\n");
    const double within[] = {5000, 10000};
    const GapCoverageOptions coverage = {.as_of = "2017-12-31", .within = within, .n_within = 2};
    const GapGapsOptions gaps = {.run = "5 km", .offence = "theft", .hold_below = 500};
    size_t n;
    bool unchanged;
    GError *error = NULL;
    gap_coverage(world.store, &coverage, &n, &error);
    assert_no_error(error);
    gap_gaps(world.store, &gaps, &unchanged, &error);
    assert_no_error(error);
    return 0;
}

static char *export_to(const char *name, const char *layer, const char *run) {
    char *path = world_path(&world, name);
    char *layers[] = {(char *)layer, NULL};
    GError *error = NULL;
    gap_export(world.store, g_str_equal(layer, "all") ? (char **)GAP_LAYER_NAMES : layers, run,
               path, &error);
    assert_no_error(error);
    return path;
}

static json_t *parse(const char *path) {
    json_error_t why;
    json_t *json = json_load_file(path, 0, &why);
    if (!json)
        fail_msg("%s: %s", path, why.text);
    return json;
}

static double signed_area(const json_t *ring) {
    double sum = 0;
    for (size_t i = 0; i + 1 < json_array_size(ring); i++) {
        const json_t *a = json_array_get(ring, i), *b = json_array_get(ring, i + 1);
        sum += json_number_value(json_array_get(a, 0)) * json_number_value(json_array_get(b, 1)) -
               json_number_value(json_array_get(b, 0)) * json_number_value(json_array_get(a, 1));
    }
    return sum / 2;
}

/* RFC 7946: bbox, no crs, outer rings counter-clockwise; the columns are those of the contract. */
static void every_layer_is_what_it_says(void **state) {
    (void)state;
    for (size_t i = 0; i < GAP_LAYER_VIEW_COUNT; i++) {
        const GapLayerView *view = &GAP_LAYER_VIEWS[i];
        g_autofree char *path = export_to("x.geojson", view->name, "5 km");
        json_t *json = parse(path);
        assert_string_equal(json_string_value(json_object_get(json, "type")), "FeatureCollection");
        assert_null(json_object_get(json, "crs"));
        size_t f;
        json_t *feature, *features = json_object_get(json, "features");
        json_array_foreach(features, f, feature) {
            json_t *properties = json_object_get(feature, "properties");
            assert_int_equal(json_object_size(properties), view->n_columns);
            for (size_t c = 0; c < view->n_columns; c++)
                assert_non_null(json_object_get(properties, view->columns[c].name));
            json_t *geometry = json_object_get(feature, "geometry");
            if (json_is_null(geometry))
                continue;
            assert_non_null(json_object_get(json, "bbox"));
            const char *type = json_string_value(json_object_get(geometry, "type"));
            if (view->geometry && !g_str_equal(view->geometry, "Geometry") &&
                !g_str_equal(type, view->geometry) &&
                !(g_str_equal(view->geometry, "MultiPolygon") && g_str_equal(type, "Polygon")))
                fail_msg("%s holds a %s", view->name, type);
            json_t *parts = json_object_get(geometry, "coordinates");
            if (g_str_equal(type, "MultiPolygon"))
                for (size_t p = 0; p < json_array_size(parts); p++)
                    assert_true(signed_area(json_array_get(json_array_get(parts, p), 0)) > 0);
            else if (g_str_equal(type, "Polygon"))
                assert_true(signed_area(json_array_get(parts, 0)) > 0);
        }
        json_decref(json);
    }
    g_autofree char *path = export_to("points.geojson", "police_points", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_non_null(strstr(text, "70.2512346")); // seven decimals
    assert_null(strstr(text, "70.25123456"));
    assert_non_null(strstr(text, "Ысык-Көл"));
    assert_non_null(strstr(text, "\"precision\": \"assumed\""));
}

static void the_same_store_gives_the_same_bytes(void **state) {
    (void)state;
    static const char *const names[] = {"m.geojson", "m.csv", "m.gpkg", "m.fgb", "m.xlsx", "m.kml"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *first = NULL, *again = NULL;
        gsize n, m;
        g_autofree char *path = export_to(names[i], "municipalities", NULL);
        assert_true(g_file_get_contents(path, &first, &n, NULL));
        g_remove(path);
        g_autofree char *second = export_to(names[i], "municipalities", NULL);
        assert_true(g_file_get_contents(second, &again, &m, NULL));
        assert_int_equal(n, m);
        assert_memory_equal(first, again, n);
    }
}

/* The sidecar says what the file is, of which run, with the units and sources. */
static void the_sidecar_tells_what_it_stands_beside(void **state) {
    (void)state;
    g_autofree char *path = export_to("m.geojson", "municipalities", "10 km");
    g_autofree char *sidecar = g_strconcat(path, ".meta.json", NULL);
    json_t *json = parse(sidecar);
    assert_string_equal(json_string_value(json_object_get(json, "file")), "m.geojson");
    json_t *run = json_object_get(json, "run");
    assert_string_equal(json_string_value(json_object_get(run, "run")), "10 km");
    assert_string_equal(json_string_value(json_object_get(run, "as_of")), "2017-12-31");
    assert_string_equal(json_string_value(json_object_get(run, "people_covered")), "1000");
    assert_string_equal(json_string_value(json_object_get(run, "people_covered_exact")), "0");
    json_t *layer = json_array_get(json_object_get(json, "layers"), 0);
    assert_int_equal(json_integer_value(json_object_get(layer, "rows")), 3);
    json_t *columns = json_object_get(layer, "columns");
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(columns, "area_km2"), "x-unit")), "km2");
    assert_int_equal(json_array_size(json_object_get(json, "sources")), 4);
    json_decref(json);
}

static gint64 count_in(sqlite3 *db, const char *sql) {
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const gint64 count = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return count;
}

static void the_geopackage_has_titles_and_every_layer_with_rows(void **state) {
    (void)state;
    g_autofree char *path = export_to("all.gpkg", "all", "5 km");
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    // country, provinces, municipalities, police_points, reach, demand, names, crime, crime_years,
    // coverage_runs, runs, sources
    assert_int_equal(count_in(db, "SELECT count(*) FROM gpkg_contents"), 12);
    for (size_t i = 0; i < GAP_LAYER_VIEW_COUNT; i++)
        for (size_t c = 0; c < GAP_LAYER_VIEWS[i].n_columns; c++) {
            g_autofree char *sql = g_strdup_printf(
                "SELECT (SELECT count(*) FROM gpkg_data_columns WHERE table_name = '%s' AND"
                " column_name = '%s' AND name IS NOT NULL) = (SELECT count(*) FROM gpkg_contents"
                " WHERE table_name = '%s')",
                GAP_LAYER_VIEWS[i].name, GAP_LAYER_VIEWS[i].columns[c].name,
                GAP_LAYER_VIEWS[i].name);
            if (!count_in(db, sql))
                fail_msg("%s.%s has no title", GAP_LAYER_VIEWS[i].name,
                         GAP_LAYER_VIEWS[i].columns[c].name);
        }
    sqlite3_close(db);
}

/* What municipalities, provinces and the country say is one. */
static void parts_add_up_to_wholes(void **state) {
    (void)state;
    static const char *const columns[] = {"people",        "people_covered", "people_covered_exact",
                                          "people_beyond", "people_cut_off", "points",
                                          "crime_beyond"};
    g_autoptr(GapTable) whole = gap_layer_table(world.store, "provinces", "5 km", NULL);
    g_autoptr(GapTable) parts = gap_layer_table(world.store, "municipalities", "5 km", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        double sums[2] = {0, 0};
        const GapTable *const tables[] = {whole, parts};
        for (size_t t = 0; t < 2; t++)
            for (size_t r = 0; r < gap_table_rows(tables[t]); r++) {
                const double value =
                    gap_table_real(tables[t], r, (size_t)gap_table_find(tables[t], columns[i]));
                sums[t] += isnan(value) ? 0 : value;
            }
        if (fabs(sums[0] - sums[1]) > 0.02) // of crime two decimals are written
            fail_msg("%s: %g in provinces, %g in municipalities", columns[i], sums[0], sums[1]);
    }
}

static void what_cannot_be_exported_is_named(void **state) {
    (void)state;
    static const struct {
        const char *layers[3], *name, *run, *says;
        int code;
    } cases[] = {
        {{"municipality"},
         "x.csv",
         NULL,
         "no layer 'municipality'; did you mean 'municipalities'?; there are country, provinces",
         GAP_ERROR_USAGE},
        {{"crime"},
         "x.txt",
         NULL,
         "x.txt: cannot tell the format; end the name in .geojson",
         GAP_ERROR_USAGE},
        {{"crime", "plans"},
         "x.csv",
         NULL,
         "x.csv: one layer goes into such a file",
         GAP_ERROR_USAGE},
        {{"plans"}, "x.gpkg", NULL, "x.gpkg: the layers have no rows", GAP_ERROR_MISSING},
        {{"provinces"}, "x.csv", "4 km", "no run '4 km'; there are", GAP_ERROR_USAGE},
        {{"provinces"}, "no/such/x.csv/y.csv", NULL, "y.csv", GAP_ERROR_FAILED},
    };
    g_autofree char *in_the_way = world_file(&world, "no", "x", -1);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = world_path(&world, cases[i].name);
        g_autoptr(GError) error = NULL;
        assert_false(gap_export(world.store, (char **)cases[i].layers, cases[i].run, path, &error));
        assert_int_equal(error->code, cases[i].code);
        assert_error_says(error, cases[i].says);
        assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_layer_is_what_it_says),
        TEST(the_same_store_gives_the_same_bytes),
        TEST(the_sidecar_tells_what_it_stands_beside),
        TEST(the_geopackage_has_titles_and_every_layer_with_rows),
        TEST(parts_add_up_to_wholes),
        TEST(what_cannot_be_exported_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
