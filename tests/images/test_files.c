// Files other than PNG: PDF, SVG and GeoTIFF, to the byte, and where they say that they lie.
#include <gdal.h>
#include <ogr_srs_api.h>

#include "tests/images/country.h"

#include <glib/gstdio.h>

static GapFonts *fonts;
static char *folder;

static int open_all(void **state) {
    (void)state;
    g_unsetenv("SOURCE_DATE_EPOCH");
    folder = g_dir_make_tmp("gapmap-XXXXXX", NULL);
    return folder && (fonts = gap_fonts_new(NULL)) ? 0 : -1;
}

static int close_all(void **state) {
    (void)state;
    gap_fonts_free(fonts);
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

static char *named(const char *name) {
    return g_build_filename(folder, name, NULL);
}

/** The file that `scene` makes; it is taken away again. */
static GBytes *made(const GapScene *scene, const char *name) {
    g_autoptr(GError) error = NULL;
    g_autofree char *path = named(name);
    char *text;
    gsize length;
    gap_canvas_write(scene, fonts, 1, path, &error);
    assert_no_error(error);
    assert_true(g_file_get_contents(path, &text, &length, NULL));
    g_unlink(path);
    return g_bytes_new_take(text, length);
}

static bool holds(GBytes *bytes, const char *text) {
    gsize length;
    const char *at = g_bytes_get_data(bytes, &length);
    return memmem(at, length, text, strlen(text)) != NULL;
}

static void formats_go_by_the_ending(void **state) {
    (void)state;
    assert_int_equal(gap_canvas_format("a.pdf/x.png"), GAP_FORMAT_PNG);
    assert_int_equal(gap_canvas_format("{map}.pdf"), GAP_FORMAT_PDF);
    assert_int_equal(gap_canvas_format("x.svg"), GAP_FORMAT_SVG);
    assert_int_equal(gap_canvas_format("x.tif"), GAP_FORMAT_TIFF);
    assert_int_equal(gap_canvas_format("x.tiff"), GAP_FORMAT_TIFF);
    assert_int_equal(gap_canvas_format("maps"), GAP_FORMAT_NONE);
}

static void equal_scenes_are_equal_files(void **state) {
    (void)state;
    static const char *const names[] = {"m.pdf", "m.svg", "m.tif"};
    Country c = country_bundled();
    put_fact(&c, "run", "5 km");
    put_fact(&c, "made_from", "0a1b2c");
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GapScene) first = country_scene(&c, "coverage", "ky", fonts);
        g_autoptr(GBytes) one = made(first, names[i]);
        g_autoptr(GapScene) between = country_scene(&c, "gaps", "en", fonts);
        g_autoptr(GBytes) other = made(between, names[i]);
        g_autoptr(GapScene) again = country_scene(&c, "coverage", "ky", fonts);
        g_autoptr(GBytes) two = made(again, names[i]);
        assert_true(g_bytes_equal(one, two));
        assert_false(g_bytes_equal(one, other));
        if (i > 0) // a PDF has it packed
            assert_true(holds(one, "run 5 km; as of 2017-12-31; made from 0a1b2c"));
    }
    country_free(&c);
}

static void a_pdf_is_dated_by_its_data(void **state) {
    (void)state;
    static const struct {
        const char *day, *epoch, *want;
    } cases[] = {{"2017-12-31", NULL, "/CreationDate (D:20171231)"},
                 {"2017-12-31", "1514764800", "/CreationDate (D:20180101)"},
                 {NULL, "1514764800", "/CreationDate (D:20180101)"},
                 {NULL, NULL, NULL}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapScene) scene = gap_scene_new(1920, 1080);
        scene->title = g_strdup("Title");
        scene->day = g_strdup(cases[i].day);
        if (cases[i].epoch)
            g_setenv("SOURCE_DATE_EPOCH", cases[i].epoch, TRUE);
        g_autoptr(GBytes) pdf = made(scene, "d.pdf");
        g_unsetenv("SOURCE_DATE_EPOCH");
        assert_true(holds(pdf, "/Title (Title)"));
        assert_true(holds(pdf, "/Creator (gapmap "));
        assert_true(holds(pdf, "/MediaBox [ 0 0 960 540 ]"));
        assert_true(holds(pdf, cases[i].want ? cases[i].want : "/Title"));
        assert_int_equal(holds(pdf, "Date"), cases[i].want != NULL);
    }
}

static void an_svg_is_xml_whatever_the_title(void **state) {
    (void)state;
    g_autoptr(GapScene) scene = gap_scene_new(192, 108);
    scene->title = g_strdup("<b> & \"ө\"\a id=\"image7\"");
    g_autoptr(GBytes) svg = made(scene, "x.svg");
    assert_true(holds(svg, "viewBox=\"0 0 192 108\""));
    assert_true(holds(svg, "<title>&lt;b&gt; &amp; &quot;ө&quot;  id=&quot;image7&quot;</title>"));
    assert_true(holds(svg, "</svg>"));
}

/* ---- where a GeoTIFF lies ---- */

/** The colour at a place in degrees, through the file's own system and corner. */
static guint32 colour_at(GDALDatasetH file, double lon, double lat) {
    OGRSpatialReferenceH degrees = OSRNewSpatialReference(NULL);
    assert_int_equal(OSRSetFromUserInput(degrees, "EPSG:4326"), OGRERR_NONE);
    OSRSetAxisMappingStrategy(degrees, OAMS_TRADITIONAL_GIS_ORDER);
    OGRCoordinateTransformationH way =
        OCTNewCoordinateTransformation(degrees, GDALGetSpatialRef(file));
    double t[6], x = lon, y = lat;
    assert_non_null(way);
    assert_true(OCTTransform(way, 1, &x, &y, NULL));
    GDALGetGeoTransform(file, t);
    OCTDestroyCoordinateTransformation(way);
    OSRRelease(degrees);
    GByte rgb[3];
    assert_int_equal(GDALDatasetRasterIO(file, GF_Read, (int)floor((x - t[0]) / t[1]),
                                         (int)floor((y - t[3]) / t[5]), 1, 1, rgb, 1, 1, GDT_Byte,
                                         3, NULL, 0, 0, 0),
                     CE_None);
    return (guint32)rgb[0] << 16 | (guint32)rgb[1] << 8 | rgb[2];
}

/** The edges of the lake of country_small(), 72.8 to 73.6 and 41.4 to 41.7 degrees, which is drawn
 *  without an outline; a pixel is less than 0.004 degrees. */
static void a_geotiff_lies_where_it_says(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "crime-and-plans", "en", fonts);
    g_autofree char *path = named("g.tif");
    double edges[][4] = {{72.81, 41.65, 72.79, 41.65}, // a place within, one beyond
                         {73.59, 41.45, 73.61, 41.45},
                         {73.5, 41.69, 73.5, 41.71},
                         {73.5, 41.41, 73.5, 41.39}};
    for (int scale = 1; scale <= 2; scale++) {
        gap_canvas_write(scene, fonts, scale, path, &error);
        assert_no_error(error);
        GDALDatasetH file = GDALOpen(path, GA_ReadOnly);
        assert_non_null(file);
        assert_int_equal(GDALGetRasterXSize(file), 1540 * scale);
        assert_int_equal(GDALGetRasterYSize(file), 886 * scale);
        assert_int_equal(GDALGetRasterCount(file), 3);
        assert_int_equal(GDALGetRasterColorInterpretation(GDALGetRasterBand(file, 3)),
                         GCI_BlueBand);
        guint32 water = colour_at(file, 73.3, 41.5);
        for (size_t i = 0; i < G_N_ELEMENTS(edges); i++) {
            assert_int_equal(colour_at(file, edges[i][0], edges[i][1]), water);
            assert_int_not_equal(colour_at(file, edges[i][2], edges[i][3]), water);
        }
        GDALClose(file);
    }
    g_unlink(path);
    country_free(&c);
}

static void a_page_without_a_map_is_no_geotiff(void **state) {
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GapScene) scene = gap_scene_new(10, 10);
    g_autofree char *path = named("none.tif");
    assert_false(gap_canvas_write(scene, fonts, 1, path, &error));
    assert_error_says(error, "the page has no map");
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void a_folder_that_cannot_be_is_told(void **state) {
    (void)state;
    static const char *const paths[] = {"/dev/null/m.pdf", "/dev/null/m.svg", "/dev/null/m.tif"};
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "gaps", "en", fonts);
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        GError *error = NULL;
        assert_false(gap_canvas_write(scene, fonts, 1, paths[i], &error));
        assert_error_says(error, "/dev/null");
    }
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_go_by_the_ending),
        cmocka_unit_test(equal_scenes_are_equal_files),
        cmocka_unit_test(a_pdf_is_dated_by_its_data),
        cmocka_unit_test(an_svg_is_xml_whatever_the_title),
        cmocka_unit_test(a_geotiff_lies_where_it_says),
        cmocka_unit_test(a_page_without_a_map_is_no_geotiff),
        cmocka_unit_test(a_folder_that_cannot_be_is_told),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
