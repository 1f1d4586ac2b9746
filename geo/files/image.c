#include "geo/files/image.h"

#include <cpl_vsi.h>
#include <gdal.h>
#include <gdal_utils.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/raster_open.h"
#include "geo/shape/project.h"

enum { BANDS = 4, OPAQUE = 255, SIDE_POINTS = 16 };
static const gsize bytes_max = (gsize)64 << 20;
static const size_t pixels_max = 25000000; // 100 MB
static const double radius_m = 6378137;
static const char mercator[] = "EPSG:3857", remedy[] = "give a PNG or JPEG, whole and unchanged";

void gap_image_free(GapImage *image) {
    if (!image)
        return;
    g_free(image->rgba);
    g_free(image);
}

static GapImage *image_new(size_t cols, size_t rows, const char *what, GError **error) {
    GapImage *image = g_new0(GapImage, 1);
    *image = (GapImage){.cols = cols, .rows = rows};
    if (cols > 0 && rows > 0 && cols <= pixels_max / rows)
        image->rgba = g_try_malloc0(BANDS * cols * rows);
    if (image->rgba)
        return image;
    gap_fail(error, GAP_ERROR_INPUT,
             "%s: a picture of %zu x %zu pixels is too large: make it smaller, at most 25 million",
             what, cols, rows);
    gap_image_free(image);
    return NULL;
}

/* ---- files ---- */

GBytes *gap_image_bytes(const char *path, GError **error) {
    g_autofree char *absolute = gap_gdal_path(path, error), *shown = gap_printable(path, 200);
    g_autoptr(GMappedFile) file = absolute ? g_mapped_file_new(absolute, FALSE, error) : NULL;
    if (!file)
        return NULL;
    if (g_mapped_file_get_length(file) <= bytes_max)
        return g_bytes_new(g_mapped_file_get_contents(file), g_mapped_file_get_length(file));
    gap_fail(error, GAP_ERROR_INPUT, "%s: larger than 64 MiB: make the picture smaller", shown);
    return NULL;
}

/** Reads a band, or of a 16-bit one its upper byte, into the bytes `channel` of the pixels. */
static bool read_channel(GDALRasterBandH band, GapImage *image, int channel) {
    int cols = (int)image->cols, rows = (int)image->rows;
    if (GDALGetRasterDataType(band) == GDT_Byte)
        return GDALRasterIO(band, GF_Read, 0, 0, cols, rows, image->rgba + channel, cols, rows,
                            GDT_Byte, BANDS, BANDS * cols) == CE_None;
    g_autofree guint16 *wide = g_new(guint16, image->cols);
    for (int y = 0; y < rows; y++) {
        if (GDALRasterIO(band, GF_Read, 0, y, cols, 1, wide, cols, 1, GDT_UInt16, 0, 0) != CE_None)
            return false;
        for (int x = 0; x < cols; x++)
            image->rgba[BANDS * ((size_t)y * image->cols + (size_t)x) + (size_t)channel] =
                (guint8)(wide[x] >> 8);
    }
    return true;
}

/** Numbers of a palette become its colours. */
static void use_palette(GDALColorTableH palette, GapImage *image) {
    for (size_t i = 0; i < image->cols * image->rows; i++) {
        guint8 *pixel = image->rgba + BANDS * i;
        const GDALColorEntry *entry = GDALGetColorEntry(palette, pixel[0]);
        pixel[0] = entry ? (guint8)entry->c1 : 0;
        pixel[1] = entry ? (guint8)entry->c2 : 0;
        pixel[2] = entry ? (guint8)entry->c3 : 0;
        pixel[3] = entry ? (guint8)entry->c4 : pixel[3];
    }
}

/** Of grey the first band is all three colours. What is see-through, by alpha, by a palette or by
 *  one colour, is told by the mask. */
static bool read_pixels(GDALDatasetH file, GapImage *image) {
    bool coloured = GDALGetRasterCount(file) >= 3;
    GDALRasterBandH first = GDALGetRasterBand(file, 1), mask = GDALGetMaskBand(first);
    GDALColorTableH palette = GDALGetRasterColorTable(first);
    for (int i = 0; i < 3; i++)
        if (!read_channel(GDALGetRasterBand(file, coloured ? i + 1 : 1), image, i))
            return false;
    bool opaque = (GDALGetMaskFlags(first) & GMF_ALL_VALID) != 0;
    for (size_t i = 0; opaque && i < image->cols * image->rows; i++)
        image->rgba[BANDS * i + 3] = OPAQUE;
    if (!opaque && !read_channel(mask, image, 3))
        return false;
    if (palette)
        use_palette(palette, image);
    return true;
}

static GDALDatasetH open_memory(const char *name) {
    static const char *const drivers[] = {"PNG", "JPEG", NULL};
    static const char *const alone[] = {NULL};
    return GDALOpenEx(name, GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers,
                      NULL, alone);
}

GapImage *gap_image_read(const char *path, GError **error) {
    g_autofree char *shown = gap_printable(path, 200), *name = gap_gdal_memory_name(".picture");
    g_autoptr(GBytes) bytes = gap_image_bytes(path, error);
    g_autoptr(GError) why = NULL;
    g_auto(GapGdalEar) ear = {0};
    if (!bytes)
        return NULL;
    gap_gdal_listen(&ear);
    VSIFCloseL(VSIFileFromMemBuffer(name, (GByte *)g_bytes_get_data(bytes, NULL),
                                    g_bytes_get_size(bytes), FALSE));
    GDALDatasetH file = open_memory(name);
    g_autoptr(GapImage) image = file ? image_new((size_t)GDALGetRasterXSize(file),
                                                 (size_t)GDALGetRasterYSize(file), shown, &why)
                                     : NULL;
    bool good = image && read_pixels(file, image) && !ear.failed;
    if (file)
        GDALClose(file);
    VSIUnlink(name);
    if (good)
        return g_steal_pointer(&image);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    else
        gap_gdal_fail(&ear, shown, "cannot be read as a picture", remedy, error);
    return NULL;
}

/* ---- where it lies ---- */

static void to_mercator(const double *degrees, double *metres) {
    metres[0] = radius_m * degrees[0] * G_PI / 180;
    metres[1] = radius_m * log(tan(G_PI / 4 + degrees[1] * G_PI / 360));
}

static void to_degrees(const double *metres, double *degrees) {
    degrees[0] = metres[0] / radius_m * 180 / G_PI;
    degrees[1] = atan(sinh(metres[1] / radius_m)) * 180 / G_PI;
}

bool gap_image_place(GapImage *image, const double corners[8], GError **error) {
    double at[4][2], cols = (double)image->cols, rows = (double)image->rows;
    for (size_t i = 0; i < 4; i++)
        to_mercator(corners + 2 * i, at[i]);
    double t[] = {at[0][0], (at[1][0] - at[0][0]) / cols, (at[3][0] - at[0][0]) / rows,
                  at[0][1], (at[1][1] - at[0][1]) / cols, (at[3][1] - at[0][1]) / rows};
    double area = fabs(t[1] * t[5] - t[2] * t[4]); // of a pixel, square metres
    double off = hypot(at[2][0] - (at[1][0] + at[3][0] - at[0][0]),
                       at[2][1] - (at[1][1] + at[3][1] - at[0][1]));
    if (!(area > 1e-6) || !isfinite(area))
        return gap_fail(error, GAP_ERROR_INPUT, "the corners enclose nothing");
    if (off > sqrt(area))
        return gap_fail(
            error, GAP_ERROR_INPUT,
            "the corners are no parallelogram in Web Mercator: the third is %.0f m off, "
            "a pixel is %.0f m",
            off, sqrt(area));
    memcpy(image->transform, t, sizeof t);
    return true;
}

/** Points round the edge of the picture, in turn. */
static void edge_point(const GapImage *image, size_t i, double *metres) {
    const double *t = image->transform, along = (double)(i % SIDE_POINTS) / SIDE_POINTS;
    const double u[] = {along, 1, 1 - along, 0}, v[] = {0, along, 1, 1 - along};
    double x = u[i / SIDE_POINTS] * (double)image->cols,
           y = v[i / SIDE_POINTS] * (double)image->rows;
    metres[0] = t[0] + t[1] * x + t[2] * y;
    metres[1] = t[3] + t[4] * x + t[5] * y;
}

bool gap_image_box(const GapImage *image, const char *definition, GapBox *box, GError **error) {
    double xy[2 * 4 * SIDE_POINTS];
    g_autoptr(GapProjection) plane = gap_projection_new(definition, error);
    for (size_t i = 0; i < G_N_ELEMENTS(xy) / 2; i++) {
        double metres[2];
        edge_point(image, i, metres);
        to_degrees(metres, xy + 2 * i);
    }
    if (!plane || !gap_projection_forward(plane, xy, G_N_ELEMENTS(xy) / 2, error))
        return false;
    *box = GAP_BOX_EMPTY;
    for (size_t i = 0; i < G_N_ELEMENTS(xy) / 2; i++)
        gap_box_add(box, (GapBox){xy[2 * i], xy[2 * i + 1], xy[2 * i], xy[2 * i + 1]});
    return true;
}

/* ---- warping ---- */

/** GDAL may be off by so many pixels of the picture: an eighth of one, or of a cell where cells are
 *  smaller. */
static double error_allowed(const GapImage *image, double cell_m) {
    const double *t = image->transform;
    double pixel = fmax(hypot(t[1], t[4]), hypot(t[2], t[5]));
    return 0.125 * fmin(1, cell_m / pixel);
}

/** The picture as GDAL sees it, where it lies. */
static GDALDatasetH as_dataset(const GapImage *image, const char *definition, const double *t) {
    GDALDatasetH set = GDALCreate(GDALGetDriverByName("MEM"), "", (int)image->cols,
                                  (int)image->rows, 0, GDT_Byte, NULL);
    for (int i = 0; set && i < BANDS; i++) {
        g_autofree char *pointer = g_strdup_printf("DATAPOINTER=%p", (void *)(image->rgba + i));
        g_autofree char *offset = g_strdup_printf("PIXELOFFSET=%d", BANDS);
        if (GDALAddBand(set, GDT_Byte, (char *[]){pointer, offset, NULL}) != CE_None)
            g_clear_pointer(&set, GDALClose);
        else
            GDALSetRasterColorInterpretation(GDALGetRasterBand(set, i + 1),
                                             GCI_RedBand + (GDALColorInterp)i);
    }
    OGRSpatialReferenceH crs = set ? gap_raster_crs_of(definition, NULL) : NULL;
    if (crs) {
        GDALSetSpatialRef(set, crs);
        OSRRelease(crs);
        GDALSetGeoTransform(set, (double *)t);
    }
    return set;
}

GapImage *gap_image_warp(const GapImage *image, const char *definition, GapBox box, double cell_m,
                         bool smooth, GError **error) {
    char error_pixels[G_ASCII_DTOSTR_BUF_SIZE];
    const char *const arguments[] = {
        "-r", smooth ? "bilinear" : "near", "-srcalpha", "-et", error_pixels, NULL};
    double cols = ceil((box.max_x - box.min_x) / cell_m),
           rows = ceil((box.max_y - box.min_y) / cell_m);
    g_autoptr(GapImage) made =
        image_new((size_t)fmin(cols, 1e6), (size_t)fmin(rows, 1e6), "warping a picture", error);
    if (!made)
        return NULL;
    double t[] = {box.min_x, cell_m, 0, box.max_y, 0, -cell_m};
    memcpy(made->transform, t, sizeof t);
    g_ascii_dtostr(error_pixels, sizeof error_pixels, error_allowed(image, cell_m));
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    GDALDatasetH from = as_dataset(image, mercator, image->transform);
    GDALDatasetH to = as_dataset(made, definition, t);
    GDALWarpAppOptions *options = GDALWarpAppOptionsNew((char **)arguments, NULL);
    bool good = from && to && options && GDALWarp(NULL, to, 1, &from, options, NULL) && !ear.failed;
    GDALWarpAppOptionsFree(options);
    if (from)
        GDALClose(from);
    if (to)
        GDALClose(to);
    if (good)
        return g_steal_pointer(&made);
    gap_gdal_fail(&ear, "warping a picture", "failed", "check its coordinates", error);
    return NULL;
}
