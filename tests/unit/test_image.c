/* Pictures: every kind of PNG and JPEG as colours and alpha, laid where their corners say. */
#include "tests/folder_fixture.h"

#include <gdal.h>
#include <gdal_frmts.h>

#include "geo/files/image.h"
#include "geo/shape/project.h"

enum { COLS = 4, ROWS = 3 };

static char *named(const char *name) {
    return g_build_filename(folder, name, NULL);
}

/** A picture of `bands` whose pixel i has the values i * 10 + band (times 257 where wide). */
static char *write_picture(const char *name, const char *driver, int bands, GDALDataType type,
                           bool palette) {
    char *path = named(name);
    GDALRegister_PNG();
    GDALRegister_JPEG();
    GDALRegister_MEM();
    GDALDatasetH from = GDALCreate(GDALGetDriverByName("MEM"), "", COLS, ROWS, bands, type, NULL);
    for (int b = 0; b < bands; b++) {
        guint16 values[COLS * ROWS];
        for (int i = 0; i < COLS * ROWS; i++)
            values[i] = (guint16)((i * 10 + b) * (type == GDT_Byte ? 1 : 257));
        GDALRasterBandH band = GDALGetRasterBand(from, b + 1);
        assert_int_equal(
            GDALRasterIO(band, GF_Write, 0, 0, COLS, ROWS, values, COLS, ROWS, GDT_UInt16, 0, 0),
            CE_None);
        if (b == 3 || (bands == 2 && b == 1))
            GDALSetRasterColorInterpretation(band, GCI_AlphaBand);
    }
    if (palette) {
        GDALColorTableH table = GDALCreateColorTable(GPI_RGB);
        for (short i = 0; i < 120; i++)
            GDALSetColorEntry(table, i, &(GDALColorEntry){i, 255 - i, 7, i == 10 ? 0 : 255});
        GDALSetRasterColorTable(GDALGetRasterBand(from, 1), table);
        GDALDestroyColorTable(table);
    }
    GDALDatasetH file =
        GDALCreateCopy(GDALGetDriverByName(driver), path, from, FALSE, NULL, NULL, NULL);
    assert_non_null(file);
    GDALClose(file);
    GDALClose(from);
    return path;
}

static void pictures_are_read(void **state) {
    (void)state;
    static const struct {
        const char *name, *driver;
        int bands;
        GDALDataType type;
        bool palette;
        guint8 second[4]; /**< the second pixel: red, green, blue, alpha */
    } cases[] = {{"rgb.png", "PNG", 3, GDT_Byte, false, {10, 11, 12, 255}},
                 {"rgba.png", "PNG", 4, GDT_Byte, false, {10, 11, 12, 13}},
                 {"grey.png", "PNG", 1, GDT_Byte, false, {10, 10, 10, 255}},
                 {"grey-alpha.png", "PNG", 2, GDT_Byte, false, {10, 10, 10, 11}},
                 {"wide.png", "PNG", 3, GDT_UInt16, false, {10, 11, 12, 255}},
                 {"wide-alpha.png", "PNG", 4, GDT_UInt16, false, {10, 11, 12, 13}},
                 {"palette.png", "PNG", 1, GDT_Byte, true, {10, 245, 7, 0}},
                 {"grey.jpg", "JPEG", 1, GDT_Byte, false, {10, 10, 10, 255}},
                 {"rgb.jpg", "JPEG", 3, GDT_Byte, false, {10, 11, 12, 255}}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autofree char *path = write_picture(cases[i].name, cases[i].driver, cases[i].bands,
                                              cases[i].type, cases[i].palette);
        g_autoptr(GapImage) image = gap_image_read(path, &error);
        assert_no_error(error);
        assert_int_equal(image->cols, COLS);
        assert_int_equal(image->rows, ROWS);
        for (size_t k = 0; k < 4; k++)
            if (abs(image->rgba[4 + k] - cases[i].second[k]) > (cases[i].driver[0] == 'J' ? 6 : 0))
                fail_msg("%s: channel %zu is %d", cases[i].name, k, image->rgba[4 + k]);
    }
}

static void bad_pictures_are_told(void **state) {
    (void)state;
    static const struct {
        const char *name, *text, *says;
    } cases[] = {{"none.png", NULL, "no such file"},
                 {"empty.png", "", "the file is empty"},
                 {"text.png", "<VRTDataset/>", "cannot be read as a picture"},
                 {"cut.png", "\x89PNG\r\n\x1a\n", "cannot be read as a picture"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autofree char *path = named(cases[i].name);
        if (cases[i].text)
            g_file_set_contents(path, cases[i].text, -1, NULL);
        assert_null(gap_image_read(path, &error));
        assert_error_says(error, cases[i].says);
    }
    GError *error = NULL;
    assert_null(gap_image_read(folder, &error));
    assert_error_says(error, "not a regular file");
    assert_null(gap_image_read("/vsicurl/http://127.0.0.1:9/x.png", &error));
    assert_error_says(error, "/vsicurl");
}

/** A header that promises more pixels than may be. */
static void large_pictures_are_refused(void **state) {
    (void)state;
    static const guint8 head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0,    0,    0,
                                  13,   'I', 'H', 'D', 'R',  0,    0,    0x7d, 0,    0,    0,
                                  0x7d, 0,   8,   2,   0,    0,    0,    0x4f, 0xa5, 0xa4, 0x5a};
    GError *error = NULL;
    g_autofree char *path = named("large.png");
    g_file_set_contents(path, (const char *)head, sizeof head, NULL);
    assert_null(gap_image_read(path, &error));
    assert_non_null(error);
    if (!strstr(error->message, "32000 x 32000 pixels is too large") &&
        !strstr(error->message, "cannot be read"))
        fail_msg("%s", error->message);
    g_error_free(error);
}

static const double square[] = {74, 42, 76, 42, 76, 41, 74, 41};

static void corners_are_checked(void **state) {
    (void)state;
    GapImage image = {.cols = 100, .rows = 50};
    GError *error = NULL;
    assert_true(gap_image_place(&image, square, &error));
    const double slanted[] = {74, 42, 76, 42.2, 76.5, 41, 74, 41};
    assert_false(gap_image_place(&image, slanted, &error));
    assert_error_says(error, "no parallelogram in Web Mercator");
    const double flat[] = {74, 42, 76, 42, 76, 42, 74, 42};
    assert_false(gap_image_place(&image, flat, &error));
    assert_error_says(error, "enclose nothing");
}

/** A row of the picture is stretched evenly in Web Mercator: its middle row lies at the latitude
 *  half way there, not half way in degrees; and what lies beyond the picture is transparent. */
static void pictures_are_warped(void **state) {
    (void)state;
    GError *error = NULL;
    enum { N = 200 };
    const double corners[] = {70, 60, 80, 60, 80, 20, 70, 20};
    GapImage image = {.cols = N, .rows = N, .rgba = g_new0(guint8, 4 * N * N)};
    for (size_t i = 0; i < (size_t)N * N; i++) {
        guint8 value = i < (size_t)N * N / 2 ? 255 : 0; // the upper half is white
        memset(image.rgba + 4 * i, value, 3);
        image.rgba[4 * i + 3] = 255;
    }
    assert_true(gap_image_place(&image, corners, &error));
    const char *plane = "+proj=eqc +R=6371000 +units=m";
    double metre = 6371000 * G_PI / 180; // a degree
    GapBox box, view = {69 * metre, 20 * metre + 1, 81 * metre - 1, 60 * metre};
    assert_true(gap_image_box(&image, plane, &box, &error));
    assert_no_error(error);
    assert_near(box.min_x, 70 * metre, 1000);
    assert_near(box.max_y, 60 * metre, metre / 4); // a sphere for the ellipsoid
    g_autoptr(GapImage) warped = gap_image_warp(&image, plane, view, metre / 10, false, &error);
    assert_no_error(error);
    assert_int_equal(warped->cols, 120);
    assert_int_equal(warped->rows, 400);
    assert_int_equal(warped->rgba[4 * (200 * 120 + 5) + 3], 0);
    assert_int_equal(warped->rgba[4 * (200 * 120 + 60) + 3], 255);
    double middle = atan(sinh((asinh(tan(60 * G_PI / 180)) + asinh(tan(20 * G_PI / 180))) / 2)) *
                    180 / G_PI; // 43 degrees
    size_t row = (size_t)((60 - middle) * 10);
    assert_int_equal(warped->rgba[4 * ((row - 3) * 120 + 60)], 255);
    assert_int_equal(warped->rgba[4 * ((row + 3) * 120 + 60)], 0);
    g_autoptr(GapImage) smooth = gap_image_warp(&image, plane, view, metre / 10, true, &error);
    assert_no_error(error);
    assert_int_equal(smooth->rgba[4 * (200 * 120 + 60) + 3], 255);
    assert_null(gap_image_warp(&image, plane, view, 1, true, &error));
    assert_error_says(error, "is too large");
    g_free(image.rgba);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pictures_are_read),          cmocka_unit_test(bad_pictures_are_told),
        cmocka_unit_test(corners_are_checked),        cmocka_unit_test(pictures_are_warped),
        cmocka_unit_test(large_pictures_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up_folder, tear_down_folder);
}
