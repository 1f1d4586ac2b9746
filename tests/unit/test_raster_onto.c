#include "tests/folder_fixture.h"

#include <cpl_error.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include "geo/files/raster_onto.h"
#include "geo/shape/project.h"

static GPtrArray *notes;

enum { COLS = 60, ROWS = 40 };
static const double NODATA = -9999;

/* A raster whose value is a function of column and row; `unit` or NULL. */
static char *tif_of(const char *name, int epsg, const double *t, double (*value)(int, int),
                    const char *unit) {
    char *path = g_build_filename(folder, name, NULL);
    float cells[COLS * ROWS];
    GDALDatasetH file =
        GDALCreate(GDALGetDriverByName("GTiff"), path, COLS, ROWS, 1, GDT_Float32, NULL);
    GDALRasterBandH band = GDALGetRasterBand(file, 1);
    GDALSetGeoTransform(file, (double *)t);
    if (epsg) {
        OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);
        OSRImportFromEPSG(crs, epsg);
        GDALSetSpatialRef(file, crs);
        OSRDestroySpatialReference(crs);
    }
    for (int i = 0; i < COLS * ROWS; i++)
        cells[i] = (float)value(i % COLS, i / COLS);
    GDALSetRasterNoDataValue(band, NODATA);
    if (unit)
        GDALSetRasterUnitType(band, unit);
    assert_int_equal(
        GDALRasterIO(band, GF_Write, 0, 0, COLS, ROWS, cells, COLS, ROWS, GDT_Float32, 0, 0), 0);
    GDALClose(file);
    return path;
}

static double plane(int col, int row) {
    return col == 30 && row == 20 ? NODATA : 10 * col - 3 * row;
}

static double stripes(int col, int row) {
    (void)row;
    return col % 2 ? 40 : 50;
}

static double people(int col, int row) {
    return (col * 7 + row * 13) % 5 == 0 ? NODATA : (col * 31 + row * 17) % 100 / 3.0;
}

static double one(int col, int row) {
    (void)col;
    (void)row;
    return 1;
}

static double less(int col, int row) {
    return col == 3 && row == 2 ? -5 : 1;
}

static const double UTM[] = {500000, 1000, 0, 4700000, 0, -1000};
static const double DEGREES[] = {74, 0.01, 0, 42.5, 0, -0.01};

static char *all_notes(void) {
    g_ptr_array_add(notes, NULL);
    char *text = g_strjoinv("\n", (char **)notes->pdata);
    g_ptr_array_set_size(notes, 0);
    return text;
}

static void files_say_what_they_are(void **state) {
    (void)state;
    g_autofree char *utm = tif_of("utm.tif", 32643, UTM, plane, "ft");
    g_autofree char *degrees = tif_of("degrees.tif", 4326, DEGREES, plane, NULL);
    g_autofree char *bare = tif_of("bare.tif", 0, DEGREES, plane, NULL);
    g_autofree char *lost = tif_of("lost.tif", 0, UTM, plane, NULL);
    g_autofree char *feet = tif_of("feet.tif", 2229, UTM, plane, NULL); // US survey feet
    GError *error = NULL;
    g_auto(GapRasterInfo) info = {0};
    assert_true(gap_raster_info(utm, &info, &error));
    assert_true(info.metric && info.crs_stated);
    assert_string_equal(info.definition, "EPSG:32643");
    assert_string_equal(info.unit, "ft");
    assert_near(info.cell_m, 1000, 1);
    assert_near(info.degrees.min_x, 75, 0.01);
    gap_raster_info_clear(&info);
    assert_true(gap_raster_info(degrees, &info, &error));
    assert_true(!info.metric && info.crs_stated && !info.unit);
    assert_near(info.cell_m, 820, 10);
    assert_near(info.degrees.max_y, 42.5, 1e-9);
    gap_raster_info_clear(&info);
    assert_true(gap_raster_info(bare, &info, &error));
    assert_false(info.crs_stated);
    gap_raster_info_clear(&info);
    assert_true(gap_raster_info(feet, &info, &error));
    assert_false(info.metric);
    gap_raster_info_clear(&info);
    assert_false(gap_raster_info(lost, &info, &error));
    assert_error_says(error, "names no coordinate system");
    assert_false(gap_raster_info("/nowhere.tif", &info, &error));
    assert_error_says(error, "no such file");
}

static void a_grid_of_its_own_comes_as_it_is(void **state) {
    (void)state;
    g_autofree char *path = tif_of("own.tif", 32643, UTM, plane, NULL);
    const GapFrame frame = {COLS, ROWS, 500000, 4700000, 1000, 1000};
    for (GapWarp how = GAP_WARP_NEAREST; how <= GAP_WARP_BILINEAR; how++) {
        GError *error = NULL;
        g_autoptr(GapGrid) grid = gap_raster_onto(path, &frame, "EPSG:32643", how, notes, &error);
        assert_no_error(error);
        for (int i = 0; i < COLS * ROWS; i++) {
            const double want = plane(i % COLS, i / COLS);
            assert_near(grid->cells[i], want == NODATA ? NAN : want, 1e-3);
        }
        g_autofree char *said = all_notes();
        assert_null(strstr(said, "brought to"));
        assert_non_null(strstr(said, "1 of 2400 cells of the grid (0.0 %) have no data (-9999"));
    }
}

static void measures_are_between_and_classes_are_not(void **state) {
    (void)state;
    g_autofree char *slope = tif_of("slope.tif", 32643, UTM, plane, NULL);
    g_autofree char *classes = tif_of("classes.tif", 32643, UTM, stripes, NULL);
    const GapFrame frame = {200, 100, 510000, 4690000, 130, 90}; // not square
    GError *error = NULL;
    g_autoptr(GapGrid) between =
        gap_raster_onto(slope, &frame, "EPSG:32643", GAP_WARP_BILINEAR, notes, &error);
    assert_no_error(error);
    g_autoptr(GapGrid) nearest =
        gap_raster_onto(classes, &frame, "EPSG:32643", GAP_WARP_NEAREST, notes, &error);
    assert_no_error(error);
    for (int i = 0; i < 200 * 100; i++) {
        const double x = 510000 + 130 * (i % 200 + 0.5), y = 4690000 - 90 * (i / 200 + 0.5);
        const double col = (x - 500000) / 1000 - 0.5, row = (4700000 - y) / 1000 - 0.5;
        if (fabs(col - 30) > 1.01 || fabs(row - 20) > 1.01)
            assert_near(between->cells[i], 10 * col - 3 * row, 1e-3);
        assert_true(nearest->cells[i] == 40 || nearest->cells[i] == 50);
    }
    g_autofree char *said = all_notes();
    assert_non_null(strstr(said, "60 x 40 cells of 1000 x 1000 (WGS 84 / UTM zone 43N) brought to "
                                 "200 x 100 cells of 130 x 90 m (bilinear)"));
    assert_non_null(strstr(said, "(nearest)"));
}

static void what_does_not_fit_is_refused(void **state) {
    (void)state;
    g_autofree char *path = tif_of("far.tif", 32643, UTM, plane, NULL);
    const GapFrame far = {10, 10, 100000, 3000000, 1000, 1000};
    GError *error = NULL;
    assert_null(gap_raster_onto(path, &far, "EPSG:32643", GAP_WARP_BILINEAR, notes, &error));
    assert_error_says(error, "has no data where the grid lies");
    static const char *const bad[] = {"nonsense", "EPSG:-1", "/etc/passwd", "http://a/b", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        assert_null(gap_raster_onto(path, &far, bad[i], GAP_WARP_BILINEAR, notes, &error));
        assert_error_says(error, "is no coordinate system");
    }
}

static double sum_of(const GapGrid *grid) {
    double sum = 0;
    for (size_t i = 0; i < grid->cols * grid->rows; i++)
        sum += grid->cells[i];
    return sum;
}

/* From degrees to metres, finer and coarser, whole and in part: nobody is lost. */
static void no_people_are_lost(void **state) {
    (void)state;
    g_autofree char *path = tif_of("people.tif", 4326, DEGREES, people, NULL);
    double want = 0;
    for (int i = 0; i < COLS * ROWS; i++)
        want += people(i % COLS, i / COLS) > 0 ? (float)people(i % COLS, i / COLS) : 0;
    g_autoptr(GapProjection) utm = gap_projection_new("EPSG:32643", NULL);
    double xy[] = {74, 42.5};
    assert_true(gap_projection_forward(utm, xy, 1, NULL));
    static const struct {
        double cell, size_m;
        bool whole;
    } cases[] = {{100, 80000, true}, {250, 80000, true}, {2000, 80000, true}, {500, 20000, false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const size_t n = (size_t)(cases[i].size_m / cases[i].cell);
        const GapFrame frame = {n, n, xy[0] - 8000, xy[1] + 8000, cases[i].cell, cases[i].cell};
        GapPeopleSums sums;
        GError *error = NULL;
        g_autoptr(GapGrid) grid =
            gap_raster_people(path, &frame, "EPSG:32643", false, &sums, notes, &error);
        assert_no_error(error);
        assert_near(sums.before, want, 1e-6 * want);
        assert_near(sums.placed + sums.outside, sums.before, 1e-9 * want);
        assert_near(sum_of(grid), sums.placed, 1e-7 * want);
        assert_true(cases[i].whole == (sums.outside < 1e-9 * want));
        g_autofree char *said = all_notes();
        assert_non_null(strstr(said, "people in the file"));
    }
}

static void density_is_people_of_the_ground(void **state) {
    (void)state;
    g_autofree char *path = tif_of("density.tif", 4326, DEGREES, one, NULL);
    const GapFrame frame = {200, 200, 400000, 4750000, 1000, 1000};
    GapPeopleSums sums;
    GError *error = NULL;
    g_autoptr(GapGrid) grid =
        gap_raster_people(path, &frame, "EPSG:32643", true, &sums, notes, &error);
    assert_no_error(error);
    // 0.6 x 0.4 degrees at 42.3 N: one a square kilometre.
    assert_near(sums.before, 0.6 * 0.4 * 111.07 * 82.46, 3);
    assert_near(sum_of(grid), sums.before, 1e-3);
    g_autofree char *bad = tif_of("less.tif", 4326, DEGREES, less, NULL);
    assert_null(gap_raster_people(bad, &frame, "EPSG:32643", false, &sums, notes, &error));
    assert_error_says(error, "row 3, column 4 has -5 people");
}

/* Values that a file keeps in tenths are not ten times the people. */
static void the_scale_of_a_file_counts(void **state) {
    (void)state;
    g_autofree char *path = tif_of("tenths.tif", 4326, DEGREES, people, NULL);
    const GapFrame frame = {200, 200, 400000, 4750000, 1000, 1000};
    double before[2];
    for (int scaled = 0; scaled < 2; scaled++) {
        GapPeopleSums sums;
        GError *error = NULL;
        g_autoptr(GapGrid) grid =
            gap_raster_people(path, &frame, "EPSG:32643", false, &sums, notes, &error);
        assert_no_error(error);
        before[scaled] = sums.before;
        GDALDatasetH file = GDALOpen(path, GA_Update);
        GDALSetRasterScale(GDALGetRasterBand(file, 1), 0.1);
        GDALClose(file);
    }
    assert_true(before[0] > 0);
    assert_near(before[1], before[0] / 10, 1e-9 * before[0]);
}

static int set_up(void **state) {
    notes = g_ptr_array_new_with_free_func(g_free);
    g_auto(GapRasterInfo) info = {0};
    return !set_up_folder(state) && !gap_raster_info("/nowhere", &info, NULL)
               ? 0
               : -1; // registers the drivers
}

static int tear_down(void **state) {
    g_ptr_array_unref(notes);
    return tear_down_folder(state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_say_what_they_are),
        cmocka_unit_test(a_grid_of_its_own_comes_as_it_is),
        cmocka_unit_test(measures_are_between_and_classes_are_not),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(no_people_are_lost),
        cmocka_unit_test(the_scale_of_a_file_counts),
        cmocka_unit_test(density_is_people_of_the_ground),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
