#include "tests/folder_fixture.h"

#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "geo/files/atomic.h"
#include "geo/files/raster_onto.h"
#include "geo/files/raster_write.h"

enum { COLS = 1500, ROWS = 1100 };

static const char UTM[] = "EPSG:32643";
static const GapRasterItem ITEMS[] = {
    {"run", "within 30 min"}, {"limit_min", "30"}, {"note", "<&>ө"}};
static const GapRasterWrite TIMES = {"travel time", "min", ITEMS, G_N_ELEMENTS(ITEMS)};

static GapGrid *minutes(size_t cols, size_t rows) {
    GapGrid *grid = gap_grid_new(cols, rows, NULL);
    *grid = (GapGrid){cols, rows, 500000, 4700000, 100, 90, grid->cells};
    for (size_t i = 0; i < cols * rows; i++) {
        const size_t col = i % cols, row = i / cols;
        grid->cells[i] =
            (col * 7 + row * 13) % 11 == 0 ? NAN : (float)hypot((double)col, (double)row);
    }
    return grid;
}

static int32_t *owners(size_t cols, size_t rows) {
    int32_t *owner = g_new(int32_t, cols * rows);
    for (size_t i = 0; i < cols * rows; i++)
        owner[i] = (int32_t)(i % cols / 100 + i / cols / 100 * 16) - 1; // -1 in the first block
    return owner;
}

static char *named(const char *name) {
    return g_build_filename(folder, name, NULL);
}

static int files_in(const char *path) {
    int n = 0;
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    while (dir && g_dir_read_name(dir))
        n++;
    return n;
}

/* What GDAL holds in memory under names of ours. */
static int left_in_memory(void) {
    char **names = VSIReadDir("/vsimem/");
    const int n = CSLCount(names);
    CSLDestroy(names);
    return n;
}

static void leavings_are_seen(void **state) {
    (void)state;
    VSIFCloseL(VSIFOpenL("/vsimem/gapmap-left", "wb"));
    assert_int_equal(left_in_memory(), 1);
    VSIUnlink("/vsimem/gapmap-left");
    assert_int_equal(left_in_memory(), 0);
}

static GDALDatasetH open_tif(const char *path) {
    GDALDatasetH file = GDALOpenEx(path, GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR, NULL, NULL, NULL);
    assert_non_null(file);
    return file;
}

static void assert_item(GDALMajorObjectH of, const char *domain, const char *key,
                        const char *want) {
    const char *got = GDALGetMetadataItem(of, key, domain);
    if (g_strcmp0(got, want) != 0)
        fail_msg("%s is '%s', not '%s'", key, got ? got : "", want);
}

static void files_say_what_they_hold(void **state) {
    (void)state;
    g_autofree char *path = named("times.tif");
    g_autoptr(GapGrid) grid = minutes(COLS, ROWS);
    g_autoptr(GError) error = NULL;
    gap_raster_write(grid, UTM, &TIMES, path, &error);
    assert_no_error(error);
    GDALDatasetH file = open_tif(path);
    GDALRasterBandH band = GDALGetRasterBand(file, 1);
    assert_item(file, "IMAGE_STRUCTURE", "LAYOUT", "COG");
    assert_item(file, "IMAGE_STRUCTURE", "COMPRESSION", "DEFLATE");
    assert_item(file, "IMAGE_STRUCTURE", "PREDICTOR", "3");
    for (size_t i = 0; i < G_N_ELEMENTS(ITEMS); i++)
        assert_item(file, NULL, ITEMS[i].key, ITEMS[i].value);
    assert_string_equal(GDALGetDescription(band), "travel time");
    assert_string_equal(GDALGetRasterUnitType(band), "min");
    assert_int_equal(GDALGetRasterDataType(band), GDT_Float32);
    int has_nodata, width, height;
    assert_true(isnan(GDALGetRasterNoDataValue(band, &has_nodata)) && has_nodata);
    GDALGetBlockSize(band, &width, &height);
    assert_true(width == 512 && height == 512);
    assert_int_equal(GDALGetOverviewCount(band), 2);
    GDALClose(file);
    assert_int_equal(left_in_memory(), 0);
    assert_int_equal(files_in(folder), 1);
}

static void cells_come_back_to_the_bit(void **state) {
    (void)state;
    static const char PLANE[] = "+proj=laea +lat_0=41 +lon_0=74 +datum=WGS84 +units=m";
    static const char *const definitions[] = {UTM, PLANE};
    static const size_t sizes[][2] = {{1, 1}, {513, 2}, {COLS, ROWS}};
    g_autofree char *path = named("back.tif");
    for (size_t i = 0; i < G_N_ELEMENTS(definitions) * G_N_ELEMENTS(sizes); i++) {
        const char *definition = definitions[i % 2];
        g_autoptr(GapGrid) grid = minutes(sizes[i / 2][0], sizes[i / 2][1]);
        grid->cells[0] = 0.1f; // of one cell, too, there is data
        const GapFrame frame = gap_grid_frame(grid);
        g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GError) error = NULL;
        g_auto(GapRasterInfo) info = {0};
        gap_raster_write(grid, definition, NULL, path, &error);
        assert_no_error(error);
        assert_true(gap_raster_info(path, &info, NULL) && info.metric && info.crs_stated);
        assert_memory_equal(&info.frame, &frame, sizeof frame);
        g_autoptr(GapGrid) back =
            gap_raster_onto(path, &frame, info.definition, GAP_WARP_NEAREST, notes, &error);
        assert_no_error(error);
        for (size_t k = 0; k < frame.cols * frame.rows; k++)
            assert_near(back->cells[k], grid->cells[k], 0);
    }
}

/* Every cell of the first overview: the mean of those of its four that have data. */
static void overviews_average_what_has_data(void **state) {
    (void)state;
    g_autofree char *path = named("overviews.tif");
    g_autoptr(GapGrid) grid = minutes(COLS, ROWS);
    assert_true(gap_raster_write(grid, UTM, &TIMES, path, NULL));
    GDALDatasetH file = open_tif(path);
    GDALRasterBandH half = GDALGetOverview(GDALGetRasterBand(file, 1), 0);
    const int cols = GDALGetRasterBandXSize(half), rows = GDALGetRasterBandYSize(half);
    assert_true(cols == COLS / 2 && rows == ROWS / 2);
    g_autofree float *cells = g_new(float, cols *rows);
    assert_int_equal(
        GDALRasterIO(half, GF_Read, 0, 0, cols, rows, cells, cols, rows, GDT_Float32, 0, 0), 0);
    for (int i = 0; i < cols * rows; i++) {
        double sum = 0, n = 0;
        for (int k = 0; k < 4; k++) {
            const float value =
                grid->cells[(size_t)(i / cols * 2 + k / 2) * COLS + (size_t)(i % cols * 2 + k % 2)];
            sum += isnan(value) ? 0 : value;
            n += !isnan(value);
        }
        assert_near(cells[i], sum / n, 1e-3);
    }
    GDALClose(file);
}

static void numbers_stay_numbers(void **state) {
    (void)state;
    g_autofree char *path = named("numbers.tif");
    const GapFrame frame = {COLS, ROWS, 500000, 4700000, 100, 90};
    g_autofree int32_t *owner = owners(COLS, ROWS), *back = g_new(int32_t, COLS * ROWS);
    owner[COLS * ROWS - 1] = G_MAXINT32;
    const GapRasterWrite options = {"nearest place", NULL, NULL, 0};
    assert_true(gap_raster_write_numbers(&frame, owner, UTM, &options, path, NULL));
    GDALDatasetH file = open_tif(path);
    GDALRasterBandH band = GDALGetRasterBand(file, 1), half = GDALGetOverview(band, 0);
    assert_item(file, "IMAGE_STRUCTURE", "LAYOUT", "COG");
    assert_int_equal(GDALGetRasterDataType(band), GDT_Int32);
    assert_near(GDALGetRasterNoDataValue(band, NULL), -1, 0);
    assert_int_equal(
        GDALRasterIO(band, GF_Read, 0, 0, COLS, ROWS, back, COLS, ROWS, GDT_Int32, 0, 0), 0);
    assert_memory_equal(back, owner, COLS * ROWS * sizeof *owner);
    const int cols = COLS / 2, rows = ROWS / 2; // blocks of 50 x 50: each is its number alone
    assert_int_equal(
        GDALRasterIO(half, GF_Read, 0, 0, cols, rows, back, cols, rows, GDT_Int32, 0, 0), 0);
    for (int i = 0; i < cols * rows - 1; i++)
        assert_int_equal(back[i], owner[i / cols * 2 * COLS + i % cols * 2]);
    GDALClose(file);
}

static void pictures_keep_their_colours(void **state) {
    (void)state;
    static const GDALColorInterp wanted[] = {GCI_RedBand, GCI_GreenBand, GCI_BlueBand};
    const GapFrame frame = {700, 3, 500000, 4700000, 25, 25};
    g_autofree char *path = named("picture.tif");
    g_autofree uint32_t *pixels = g_new(uint32_t, frame.cols * frame.rows);
    for (size_t i = 0; i < frame.cols * frame.rows; i++)
        pixels[i] = (uint32_t)(i * 2654435761u); // alpha as well is anything
    g_autoptr(GError) error = NULL;
    gap_raster_write_picture(&frame, pixels, UTM, &TIMES, path, &error);
    assert_no_error(error);
    GDALDatasetH file = open_tif(path);
    assert_int_equal(GDALGetRasterCount(file), 3);
    double transform[6];
    assert_int_equal(GDALGetGeoTransform(file, transform), CE_None);
    assert_near(transform[0], 500000, 0);
    assert_near(transform[5], -25, 0);
    for (int b = 0; b < 3; b++) {
        GDALRasterBandH band = GDALGetRasterBand(file, b + 1);
        g_autofree GByte *bytes = g_new(GByte, frame.cols * frame.rows);
        int has_nodata;
        GDALGetRasterNoDataValue(band, &has_nodata);
        assert_false(has_nodata);
        assert_int_equal(GDALGetRasterColorInterpretation(band), wanted[b]);
        assert_int_equal(GDALRasterIO(band, GF_Read, 0, 0, 700, 3, bytes, 700, 3, GDT_Byte, 0, 0),
                         CE_None);
        for (size_t i = 0; i < frame.cols * frame.rows; i++)
            assert_int_equal(bytes[i], pixels[i] >> (16 - 8 * b) & 255);
    }
    GDALClose(file);
}

static void the_same_bytes_again(void **state) {
    (void)state;
    g_autoptr(GapGrid) grid = minutes(COLS, ROWS);
    g_autofree char *a = named("a.tif"), *b = named("b.tif");
    assert_true(gap_raster_write(grid, UTM, &TIMES, a, NULL));
    g_usleep(G_USEC_PER_SEC); // a stamp would tell
    assert_true(gap_raster_write(grid, UTM, &TIMES, b, NULL));
    assert_true(gap_raster_write(grid, UTM, &TIMES, b, NULL)); // over a file that is there
    g_autofree char *one = gap_file_sha256(a, NULL), *two = gap_file_sha256(b, NULL);
    assert_string_equal(one, two);
}

/* Whatever a name looks like to GDAL, it is a file. */
static void names_are_files(void **state) {
    (void)state;
    static const char *const names[] = {"vsimem/x.tif",      "vsizip/{a.zip}/x.tif",
                                        "GTIFF_DIR:1:x.tif", "x.tif?y=1",
                                        "no ending",         "<VRTDataset>.tif"};
    g_autoptr(GapGrid) grid = minutes(3, 2);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = named(names[i]);
        g_autoptr(GError) error = NULL;
        gap_raster_write(grid, UTM, NULL, path, &error);
        assert_no_error(error);
        assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
    }
    assert_int_equal(left_in_memory(), 0);
}

static void what_cannot_be_is_refused(void **state) {
    (void)state;
    static const GapRasterItem broken[] = {{"run", "\xff"}};
    static const struct {
        const char *name, *definition;
        GapRasterWrite options;
        const char *says;
    } cases[] = {
        {"x.tif", "EPSG:0", {0}, "'EPSG:0' is no coordinate system"},
        {"x.tif", "/etc/passwd", {0}, "is no coordinate system"},
        {"x.tif", UTM, {"\xff"}, "is not UTF-8"},
        {"x.tif", UTM, {NULL, NULL, broken, 1}, "is not UTF-8"},
        {"x/", UTM, {0}, "is not the name of a file"},
        {"../../../../../../../../dev/full", UTM, {0}, "exists and is not a file"},
    };
    g_autoptr(GapGrid) grid = minutes(3, 2);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat(folder, "/", cases[i].name, NULL);
        g_autoptr(GError) error = NULL;
        assert_false(gap_raster_write(grid, cases[i].definition, &cases[i].options, path, &error));
        assert_error_says(error, cases[i].says);
    }
    assert_int_equal(files_in(folder), 0);
    assert_int_equal(left_in_memory(), 0);
}

// The super-user may write everywhere, so the test becomes nobody for a moment.
static void a_read_only_folder_is_named(void **state) {
    (void)state;
    enum { NOBODY = 65534 };
    g_autofree char *path = named("x.tif");
    g_autoptr(GapGrid) grid = minutes(30, 20);
    g_autoptr(GError) error = NULL;
    assert_return_code(g_chmod(folder, 0555), 0);
    const bool root = geteuid() == 0;
    if (root)
        assert_return_code(seteuid(NOBODY), 0);
    const bool written = gap_raster_write(grid, UTM, &TIMES, path, &error);
    if (root)
        assert_return_code(seteuid(0), 0);
    assert_return_code(g_chmod(folder, 0755), 0);
    assert_false(written);
    assert_error_says(error, "choose a folder that you may write to");
    assert_int_equal(files_in(folder), 0);
    assert_int_equal(left_in_memory(), 0);
}

// A limit on file sizes fails a write half-way.
static void half_a_write_leaves_the_old_file(void **state) {
    (void)state;
    g_autofree char *path = named("x.tif");
    g_autoptr(GapGrid) grid = minutes(COLS, ROWS), small = minutes(3, 2);
    g_autoptr(GError) error = NULL;
    struct rlimit old;
    assert_true(gap_raster_write(small, UTM, NULL, path, NULL));
    g_autofree char *before = gap_file_sha256(path, NULL);
    getrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){1 << 16, old.rlim_max});
    const bool written = gap_raster_write(grid, UTM, &TIMES, path, &error);
    setrlimit(RLIMIT_FSIZE, &old);
    assert_false(written);
    assert_error_says(error, "x.tif: cannot be written");
    g_autofree char *after = gap_file_sha256(path, NULL);
    assert_string_equal(before, after);
    assert_int_equal(files_in(folder), 1);
    assert_int_equal(left_in_memory(), 0);
}

/* In a file system of 256 KiB that only this process sees; 77 where it may not make one. */
static int write_on_a_full_disk(const char *path, const GapGrid *grid) {
    g_autoptr(GError) error = NULL;
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", folder, "tmpfs", 0, "size=256k") != 0)
        return 77;
    if (gap_raster_write(grid, UTM, &TIMES, path, &error))
        return 1;
    return !strstr(error->message, "x.tif: cannot be written") ||
           !strstr(error->message, "make room on the disk") || files_in(folder) != 0;
}

static void a_full_disk_is_named(void **state) {
    (void)state;
    int status = 0;
    {
        g_autofree char *path = named("x.tif");
        g_autoptr(GapGrid) grid = minutes(COLS, ROWS);
        const pid_t child = fork();
        if (child == 0)
            _exit(write_on_a_full_disk(path, grid));
        assert_int_equal(waitpid(child, &status, 0), child);
    }
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leavings_are_seen),
        cmocka_unit_test_setup_teardown(files_say_what_they_hold, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(cells_come_back_to_the_bit, set_up_folder,
                                        tear_down_folder),
        cmocka_unit_test_setup_teardown(overviews_average_what_has_data, set_up_folder,
                                        tear_down_folder),
        cmocka_unit_test_setup_teardown(numbers_stay_numbers, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(pictures_keep_their_colours, set_up_folder,
                                        tear_down_folder),
        cmocka_unit_test_setup_teardown(the_same_bytes_again, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(names_are_files, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(what_cannot_be_is_refused, set_up_folder, tear_down_folder),
        cmocka_unit_test_setup_teardown(a_read_only_folder_is_named, set_up_folder,
                                        tear_down_folder),
        cmocka_unit_test_setup_teardown(half_a_write_leaves_the_old_file, set_up_folder,
                                        tear_down_folder),
        cmocka_unit_test_setup_teardown(a_full_disk_is_named, set_up_folder, tear_down_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
