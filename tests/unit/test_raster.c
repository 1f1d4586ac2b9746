#include "tests/folder_fixture.h"

#include <gdal.h>
#include <gdal_frmts.h>
#include <ogr_srs_api.h>

#include "geo/files/raster.h"
#include "geo/shape/project.h"

static char *named(const char *name) {
    return g_build_filename(folder, name, NULL);
}

// A GeoTIFF whose cells hold 10 * column + row, with one cell of no data.
static void write_tif(const char *path, int epsg, const double *transform) {
    enum { COLS = 6, ROWS = 4 };
    GDALDatasetH file =
        GDALCreate(GDALGetDriverByName("GTiff"), path, COLS, ROWS, 1, GDT_Int16, NULL);
    if (transform)
        GDALSetGeoTransform(file, (double *)transform);
    if (epsg) {
        OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);
        OSRImportFromEPSG(crs, epsg);
        GDALSetSpatialRef(file, crs);
        OSRDestroySpatialReference(crs);
    }
    short cells[ROWS * COLS];
    for (int i = 0; i < ROWS * COLS; i++)
        cells[i] = (short)(10 * (i % COLS) + i / COLS);
    cells[7] = -999;
    GDALSetRasterNoDataValue(GDALGetRasterBand(file, 1), -999);
    assert_int_equal(GDALRasterIO(GDALGetRasterBand(file, 1), GF_Write, 0, 0, COLS, ROWS, cells,
                                  COLS, ROWS, GDT_Int16, 0, 0),
                     CE_None);
    GDALClose(file);
}

static void files_are_read(void **state) {
    (void)state;
    g_autofree char *path = named("degrees.tif");
    write_tif(path, 4326, (double[]){70, 0.5, 0, 43, 0, -0.25});
    g_autoptr(GError) error = NULL;
    g_autoptr(GapGrid) grid = gap_raster_read(path, &error);
    assert_no_error(error);
    assert_int_equal(grid->cols, 6);
    assert_int_equal(grid->rows, 4);
    assert_near(grid->west, 70, 0);
    assert_near(grid->north, 43, 0);
    assert_near(grid->dx, 0.5, 0);
    assert_near(grid->dy, 0.25, 0);
    assert_near(grid->cells[0], 0, 0);
    assert_near(grid->cells[8], 21, 0);
    assert_near(grid->cells[23], 53, 0);
    assert_near(grid->cells[7], NAN, 0);
}

static void samples_are_between_centres(void **state) {
    (void)state;
    g_autoptr(GapGrid) grid = gap_grid_new(3, 2, NULL);
    *grid = (GapGrid){3, 2, 10, 20, 2, 1, grid->cells};
    for (int i = 0; i < 6; i++)
        grid->cells[i] = (float)(10 * (i % 3) + i / 3);
    static const struct {
        double x, y, value;
    } cases[] = {{11, 19.5, 0},  {13, 19.5, 10},  {12, 19.5, 5}, {12, 19, 5.5},
                 {15, 18.5, 21}, {10, 19.5, NAN}, {16, 19, NAN}, {12, 18.4, NAN},
                 {NAN, 19, NAN}, {1e300, 19, NAN}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_near(gap_grid_sample(grid, cases[i].x, cases[i].y), cases[i].value, 1e-12);
    grid->cells[1] = NAN;
    assert_near(gap_grid_sample(grid, 12, 19.5), NAN, 0);
    g_autoptr(GError) error = NULL;
    assert_null(gap_grid_new(0, 5, &error));
    assert_error_says(error, "no memory for a grid");
    assert_null(gap_grid_new(G_MAXINT32, G_MAXINT32, &error));
    assert_error_says(error, "no memory for a grid");
}

static void other_systems_come_in_degrees(void **state) {
    (void)state;
    g_autofree char *path = named("utm.tif");
    write_tif(path, 32643, (double[]){500000, 1000, 0, 4700000, 0, -1000});
    g_autoptr(GError) error = NULL;
    g_autoptr(GapGrid) grid = gap_raster_read(path, &error);
    assert_no_error(error);
    assert_near(grid->west, 75, 0.001);
    assert_near(grid->north, 42.45, 0.01);
    // The centre of the cell of column 4 and row 2, projected.
    g_autoptr(GapProjection) utm = gap_projection_new("EPSG:32643", NULL);
    double xy[] = {504500, 4697500};
    assert_true(gap_projection_inverse(utm, xy, 1, NULL));
    assert_near(gap_grid_sample(grid, xy[0], xy[1]), 42, 0.5);
}

static void bad_files_are_refused(void **state) {
    (void)state;
    g_autofree char *good = named("good.tif");
    g_autofree char *plain = named("plain.tif");
    g_autofree char *metric = named("metric.tif");
    g_autofree char *cut = named("cut.tif");
    g_autofree char *text = named("text.tif");
    g_autofree char *vrt = named("vrt.tif");
    g_autofree char *empty = named("empty.tif");
    g_autofree char *none = named("none.tif");
    write_tif(good, 4326, (double[]){70, 0.5, 0, 43, 0, -0.5});
    write_tif(plain, 0, NULL);
    write_tif(metric, 0, (double[]){500000, 1000, 0, 4700000, 0, -1000});
    g_autofree char *data = NULL;
    gsize length;
    assert_true(g_file_get_contents(good, &data, &length, NULL));
    assert_true(g_file_set_contents(cut, data, (gssize)length / 3, NULL));
    assert_true(g_file_set_contents(text, "no picture", -1, NULL));
    g_autofree char *xml = g_strdup_printf(
        "<VRTDataset rasterXSize=\"6\" rasterYSize=\"4\"><VRTRasterBand dataType=\"Int16\" "
        "band=\"1\">"
        "<SimpleSource><SourceFilename>%s</SourceFilename></SimpleSource></VRTRasterBand>"
        "</VRTDataset>",
        good);
    assert_true(g_file_set_contents(vrt, xml, -1, NULL));
    assert_true(g_file_set_contents(empty, "", 0, NULL));
    const struct {
        const char *path, *says;
    } cases[] = {{plain, "does not say where it lies"},
                 {metric, "names no coordinate system"},
                 {cut, "cut.tif: cannot be read"},
                 {text, "give a GeoTIFF"},
                 {vrt, "give a GeoTIFF"},
                 {empty, "the file is empty"},
                 {none, "there is no such file"},
                 {folder, "not a regular file"},
                 {"/vsimem/x.tif", "no such file"},
                 {"GTIFF_DIR:1:x", "no such file"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        if (gap_raster_read(cases[i].path, &error))
            fail_msg("%s was read", cases[i].path);
        assert_error_says(error, cases[i].says);
    }
}

// A plane in degrees stays nearly the same plane when warped: values are where they were.
static void warping_keeps_places(void **state) {
    (void)state;
    g_autoptr(GapGrid) grid = gap_grid_new(120, 60, NULL);
    *grid = (GapGrid){120, 60, 69, 44, 0.1, 0.1, grid->cells};
    for (size_t i = 0; i < 120 * 60; i++)
        grid->cells[i] = (float)(100 * (69.05 + 0.1 * (double)(i % 120)) - 4000);
    g_autoptr(GError) error = NULL;
    g_autoptr(GapProjection) p = gap_projection_equal_area((GapBox){69, 39, 80, 43}, &error);
    const GapBox box = {-300000, -150000, 301000, 150500};
    g_autoptr(GapGrid) warped =
        gap_raster_warp(grid, gap_projection_definition(p), box, 2000, &error);
    assert_no_error(error);
    assert_int_equal(warped->cols, 301);
    assert_int_equal(warped->rows, 151);
    assert_near(warped->west, -300000, 0);
    assert_near(warped->north, 150500, 0);
    assert_near(warped->dx, 2000, 0);
    for (double x = -290000; x < 290000; x += 50000)
        for (double y = -140000; y < 140000; y += 50000) {
            double xy[] = {x, y};
            assert_true(gap_projection_inverse(p, xy, 1, NULL));
            assert_near(gap_grid_sample(warped, x, y), 100 * xy[0] - 4000, 0.5);
        }
    static const double cells[] = {0, -1, NAN, 1e-9, INFINITY};
    for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
        assert_null(gap_raster_warp(grid, gap_projection_definition(p), box, cells[i], &error));
        assert_error_says(error, "choose another cell size");
    }
    assert_null(gap_raster_warp(grid, "nonsense", box, 2000, &error));
    assert_error_says(error, "warping a raster");
}

// Light comes from the north-west quarter: a slope that faces it is lighter than one that does not.
static void relief_is_lit_from_the_north_west(void **state) {
    (void)state;
    enum { N = 41 };
    g_autoptr(GapGrid) ridge = gap_grid_new(N, N, NULL);
    ridge->dx = ridge->dy = 1000;
    for (int i = 0; i < N * N; i++)
        ridge->cells[i] = (float)(300 * (N / 2 - abs(i % N + i / N - N + 1) / 2.0));
    g_autoptr(GError) error = NULL;
    g_autoptr(GapGrid) shade = gap_raster_hillshade(ridge, 1, &error);
    assert_no_error(error);
    assert_int_equal(shade->cols, N);
    const float north_west = shade->cells[12 * N + 12], south_east = shade->cells[28 * N + 28];
    assert_true(north_west > south_east + 10);
    g_autoptr(GapGrid) steeper = gap_raster_hillshade(ridge, 2, &error);
    assert_no_error(error);
    assert_true(steeper->cells[28 * N + 28] < south_east);
    for (int i = 0; i < N * N; i++)
        assert_true(shade->cells[i] >= 0 && shade->cells[i] <= 255);
    assert_null(gap_raster_hillshade(ridge, 0, &error));
    assert_error_says(error, "exaggeration");
}

static int set_up(void **state) {
    GDALRegister_GTiff();
    return set_up_folder(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_read),
        cmocka_unit_test(samples_are_between_centres),
        cmocka_unit_test(other_systems_come_in_degrees),
        cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(warping_keeps_places),
        cmocka_unit_test(relief_is_lit_from_the_north_west),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down_folder);
}
