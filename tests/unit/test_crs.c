#include "tests/files.h"

static void swap_file(const char *path) {
    GDALDatasetH file = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_UPDATE, NULL, NULL, NULL);
    assert_non_null(file);
    OGRLayerH layer = GDALDatasetGetLayer(file, 0);
    OGRFeatureH feature;
    while ((feature = OGR_L_GetNextFeature(layer))) {
        OGR_G_SwapXY(OGR_F_GetGeometryRef(feature));
        assert_int_equal(OGR_L_SetFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    GDALClose(file);
}

static void systems_are_found(void **state) {
    (void)state;
    static const char LOCAL[] = "such as EPSG:32643";
    static const struct {
        const char *srs;   // that the towns are written in
        bool prj, swapped; // the .prj is kept; axes are swapped in the file
        bool few;          // the middle town only
        GapReadOptions options;
        bool ok;
        const char *says; // in the error or the notes; "": no note at all
    } cases[] = {
        {"EPSG:4326", true, false, false, {0}, true, ""},
        {"EPSG:28413", true, false, false, {.expected = &COUNTRY}, true, ""},
        {"EPSG:4326", false, false, false, {0}, true, "taken as longitude and latitude"},
        {"EPSG:4326", false, false, false, {.expected = &COUNTRY}, true, "taken as longitude"},
        {"EPSG:32643", false, false, false, {0}, false, LOCAL},
        {"EPSG:32643",
         false,
         false,
         false,
         {.expected = &COUNTRY},
         true,
         "taken as EPSG:32643 (WGS 84 / UTM zone 43N), the only one"},
        {"EPSG:32642", false, false, false, {.expected = &COUNTRY}, true, "taken as EPSG:32642"},
        {"EPSG:28413", false, false, false, {.expected = &COUNTRY}, true, "taken as EPSG:28413"},
        {"EPSG:2541", false, false, false, {.expected = &COUNTRY}, true, "taken as EPSG:2541"},
        {"EPSG:7694", false, false, false, {.expected = &COUNTRY}, true, "taken as EPSG:7694"},
        {"EPSG:3857", false, false, false, {.expected = &COUNTRY}, true, "taken as EPSG:3857"},
        // One town in the middle of a zone could be in the middle of any.
        {"EPSG:32643",
         false,
         false,
         true,
         {.expected = &COUNTRY},
         false,
         "fit several: say which it is by --crs: EPSG:32643, EPSG:32644"},
        {"EPSG:28413", false, false, true, {.expected = &COUNTRY}, true, "taken as EPSG:28413"},
        {"EPSG:32643", false, false, true, {.expected = &COUNTRY, .crs = "EPSG:32643"}, true, ""},
        {"EPSG:32643", false, false, false, {.crs = "epsg:32643"}, true, ""},
        {"EPSG:32643", false, false, false, {.crs = "+proj=utm +zone=43 +datum=WGS84"}, true, ""},
        {"EPSG:32643", true, false, false, {.crs = "EPSG:32643"}, true, ""},
        {"EPSG:32643",
         true,
         false,
         false,
         {.crs = "EPSG:32642"},
         true,
         "the file states EPSG:32643 (WGS 84 / UTM zone 43N), but is read as EPSG:32642"},
        {"EPSG:32643",
         false,
         false,
         false,
         {.crs = "EPSG:999999"},
         false,
         "is no coordinate system"},
        {"EPSG:32643",
         false,
         false,
         false,
         {.crs = "http://127.0.0.1:9/x"},
         false,
         "is no coordinate system"},
        {"EPSG:32643",
         false,
         false,
         false,
         {.crs = "/etc/passwd"},
         false,
         "is no coordinate system"},
        {"EPSG:4326", true, true, false, {0}, true, ""},
        {"EPSG:4326", true, true, false, {.expected = &COUNTRY}, false, "in all rows: add --swap"},
        {"EPSG:4326", false, true, false, {.expected = &COUNTRY}, false, "in all rows: add --swap"},
        {"EPSG:4326", true, true, false, {.expected = &COUNTRY, .swap = true}, true, "(--swap)"},
        {"EPSG:28413", true, true, false, {.expected = &COUNTRY}, false, "in all rows: add --swap"},
        {"EPSG:28413",
         false,
         true,
         false,
         {.expected = &COUNTRY},
         false,
         "swapped: say --swap and --crs and which it is: EPSG:28413"},
        {"EPSG:28413",
         false,
         true,
         false,
         {.expected = &COUNTRY, .swap = true},
         true,
         "taken as EPSG:28413"},
        {"EPSG:3413",
         false,
         false,
         false,
         {.expected = &COUNTRY},
         false,
         "none of those tried puts all its rows where data are expected"},
    };
    g_autofree char *from = towns();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_strdup_printf("crs%zu.shp", i), *notes = NULL;
        g_autofree char *plain = g_strdup_printf("-f|ESRI Shapefile|-t_srs|%s%s", cases[i].srs,
                                                 cases[i].few ? "|-where|n = 1" : "");
        g_autofree char *path = make(from, name, plain);
        if (cases[i].swapped)
            swap_file(path);
        if (!cases[i].prj)
            remove_part(path, "prj");
        g_autoptr(GError) error = NULL;
        const gint64 rows = read_all(path, &cases[i].options, &notes, &error);
        if ((rows > 0) != cases[i].ok)
            fail_msg("case %zu: %s%s", i, notes, error ? error->message : "");
        if (!cases[i].ok)
            assert_error_says(error, cases[i].says);
        else if (*cases[i].says ? !strstr(notes, cases[i].says) : *notes)
            fail_msg("case %zu: '%s' does not say '%s'", i, notes, cases[i].says);
    }
}

// Degrees that are none: GeoJSON states longitude and latitude by itself.
static void mislabelled_degrees_are_seen(void **state) {
    (void)state;
    static const char METRES[] =
        COLLECTION(FEATURE(POINT("20000,4390000")) "," FEATURE(POINT("930000,4700000")));
    static const char MIXED[] = COLLECTION(FEATURE(POINT("500000,4700000")) "," TOWN);
    g_autofree char *path = file_of("metres.geojson", METRES, -1), *notes = NULL;
    g_autofree char *mixed = file_of("mixed.geojson", MIXED, -1);
    const GapReadOptions near = {.expected = &COUNTRY};
    g_autoptr(GError) error = NULL;
    assert_int_equal(read_all(path, &near, &notes, &error), 2);
    assert_non_null(strstr(notes, "taken as EPSG:32643"));
    assert_int_equal(read_all(path, NULL, NULL, &error), -1);
    assert_error_says(error, "say by --crs which it is");
    assert_int_equal(read_all(mixed, &near, NULL, &error), 2); // one bad row is a matter of the row
    assert_no_error(error);
    // What PROJ cannot turn is a fault of its row, and no number is made up.
    g_autofree char *far = file_of(
        "far.geojson",
        COLLECTION(FEATURE(POINT("1e30,4700000")) "," FEATURE(POINT("500000,4700000"))), -1);
    g_autoptr(GapReader) reader =
        gap_reader_open(far, &(GapReadOptions){.crs = "EPSG:32643"}, &error);
    assert_no_error(error);
    g_autoptr(GapTable) batch = gap_reader_next(reader, &error);
    assert_non_null(strstr(gap_reader_fault(reader, 0), "cannot be turned into "
                                                        "longitude"));
    assert_null(gap_geometry_from_wkb(gap_table_geometry(batch, 0), NULL));
    assert_null(gap_reader_fault(reader, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(systems_are_found),
        cmocka_unit_test(mislabelled_degrees_are_seen),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down_folder);
}
