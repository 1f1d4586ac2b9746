#include "geo/files/raster.h"

#include <gdal.h>
#include <gdal_utils.h>
#include <math.h>
#include <ogr_srs_api.h>

#include "geo/base/error.h"
#include "geo/files/raster_open.h"

typedef struct {
    size_t cols, rows;
    double transform[6];
} Frame;

static const size_t MAX_CELLS = (size_t)1 << 28; // 1 GiB of floats
static const char DEGREES[] = "EPSG:4326";

static bool frame_of(GDALDatasetH file, Frame *f) {
    f->cols = (size_t)GDALGetRasterXSize(file);
    f->rows = (size_t)GDALGetRasterYSize(file);
    return GDALGetGeoTransform(file, f->transform) == CE_None;
}

static bool is_north_up(const Frame *f) {
    const double *t = f->transform;
    return t[1] > 0 && t[2] == 0 && t[4] == 0 && t[5] < 0;
}

static bool fits(size_t cols, size_t rows, const char *what, GError **error) {
    return (cols > 0 && rows > 0 && cols <= MAX_CELLS / rows) ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: %zu x %zu cells are too many: cut it or make its cells larger", what, cols,
                    rows);
}

// What the file means by its numbers: no-data, scale and offset.
static void interpret(GDALRasterBandH band, GapGrid *grid) {
    int has_nodata, has_scale, has_offset;
    const double nodata = GDALGetRasterNoDataValue(band, &has_nodata);
    const double scale = GDALGetRasterScale(band, &has_scale);
    const double offset = GDALGetRasterOffset(band, &has_offset);
    for (size_t i = 0; i < grid->cols * grid->rows; i++) {
        float *cell = &grid->cells[i];
        if (has_nodata && *cell == (float)nodata)
            *cell = NAN;
        if (has_scale || has_offset)
            *cell = (float)(*cell * (has_scale ? scale : 1) + (has_offset ? offset : 0));
    }
}

static GapGrid *to_grid(GDALDatasetH file, GError **error) {
    Frame f;
    if (!frame_of(file, &f))
        return NULL;
    g_autoptr(GapGrid) grid = gap_grid_new(f.cols, f.rows, error);
    if (!grid)
        return NULL;
    grid->west = f.transform[0];
    grid->north = f.transform[3];
    grid->dx = f.transform[1];
    grid->dy = -f.transform[5];
    GDALRasterBandH band = GDALGetRasterBand(file, 1);
    if (GDALRasterIO(band, GF_Read, 0, 0, (int)f.cols, (int)f.rows, grid->cells, (int)f.cols,
                     (int)f.rows, GDT_Float32, 0, 0) != CE_None)
        return NULL;
    interpret(band, grid);
    return g_steal_pointer(&grid);
}

static GDALDatasetH from_grid(const GapGrid *grid) {
    const int cols = (int)grid->cols, rows = (int)grid->rows;
    GDALDatasetH file =
        GDALCreate(GDALGetDriverByName("MEM"), "", cols, rows, 1, GDT_Float32, NULL);
    if (!file)
        return NULL;
    double transform[] = {grid->west, grid->dx, 0, grid->north, 0, -grid->dy};
    GDALSetGeoTransform(file, transform);
    GDALRasterBandH band = GDALGetRasterBand(file, 1);
    GDALSetRasterNoDataValue(band, NAN);
    if (GDALRasterIO(band, GF_Write, 0, 0, cols, rows, grid->cells, cols, rows, GDT_Float32, 0,
                     0) != CE_None)
        g_clear_pointer(&file, GDALClose);
    return file;
}

static GDALDatasetH warp(GDALDatasetH file, const char *const *arguments) {
    GDALWarpAppOptions *options = GDALWarpAppOptionsNew((char **)arguments, NULL);
    GDALDatasetH made = options ? GDALWarp("", NULL, 1, &file, options, NULL) : NULL;
    GDALWarpAppOptionsFree(options);
    return made;
}

static bool in_degrees(GDALDatasetH file) {
    OGRSpatialReferenceH degrees = gap_raster_crs_of(DEGREES, NULL);
    OGRSpatialReferenceH own = GDALGetSpatialRef(file);
    const char *const any_order[] = {"IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", NULL};
    const bool same = !own || OSRIsSameEx(own, degrees, any_order);
    OSRRelease(degrees);
    return same;
}

static GapGrid *read_open(GDALDatasetH file, const char *path, GError **error) {
    static const char *const to_degrees[] = {"-of",        "MEM",      "-t_srs", DEGREES,
                                             "-r",         "bilinear", "-ot",    "Float32",
                                             "-dstnodata", "nan",      NULL};
    Frame f;
    OGRSpatialReferenceH crs = gap_raster_crs(file, path, error);
    if (!crs)
        return NULL;
    OSRRelease(crs);
    if (!frame_of(file, &f) || !fits(f.cols, f.rows, path, error))
        return NULL;
    if (in_degrees(file) && is_north_up(&f))
        return to_grid(file, error);
    GDALDatasetH warped = warp(file, to_degrees);
    GapGrid *grid = warped ? to_grid(warped, error) : NULL;
    if (warped)
        GDALClose(warped);
    return grid;
}

GapGrid *gap_raster_read(const char *path, GError **error) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    g_autoptr(GError) why = NULL;
    GDALDatasetH file = gap_raster_open(path, &ear, &why);
    g_autoptr(GapGrid) grid = file ? read_open(file, path, &why) : NULL;
    if (file)
        GDALClose(file);
    if (grid && !ear.failed)
        return g_steal_pointer(&grid);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    else
        gap_gdal_fail(&ear, path, "cannot be read as a raster",
                      "give a GeoTIFF, whole and unchanged", error);
    return NULL;
}

// Takes the dataset that GDAL made (NULL: it failed).
static GapGrid *finish(GDALDatasetH made, const GapGdalEar *ear, const char *what, GError **error) {
    g_autoptr(GError) why = NULL;
    GapGrid *grid = made ? to_grid(made, &why) : NULL;
    if (made)
        GDALClose(made);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    else if (!grid)
        gap_gdal_fail(ear, what, "failed", "check the raster and the projection", error);
    return grid;
}

// Numbers for GDAL's arguments: exact, with a point whatever the locale.
static const char *number(GStringChunk *chunk, double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_string_chunk_insert(chunk, g_ascii_dtostr(text, sizeof text, value));
}

GapGrid *gap_raster_warp(const GapGrid *grid, const char *definition, GapBox box, double cell_m,
                         GError **error) {
    const double cols = ceil((box.max_x - box.min_x) / cell_m);
    const double rows = ceil((box.max_y - box.min_y) / cell_m);
    if (!(cell_m > 0 && cols >= 1 && rows >= 1 && cols * rows <= (double)MAX_CELLS)) {
        gap_fail(error, GAP_ERROR_USAGE,
                 "a raster of %g x %g cells of %g m cannot be made: choose another cell size", cols,
                 rows, cell_m);
        return NULL;
    }
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    g_autoptr(GStringChunk) chunk = g_string_chunk_new(256);
    const char *const arguments[] = {"-of",
                                     "MEM",
                                     "-s_srs",
                                     DEGREES,
                                     "-t_srs",
                                     definition,
                                     "-r",
                                     "cubic",
                                     "-dstnodata",
                                     "nan",
                                     "-te",
                                     number(chunk, box.min_x),
                                     number(chunk, box.max_y - rows * cell_m),
                                     number(chunk, box.min_x + cols * cell_m),
                                     number(chunk, box.max_y),
                                     "-ts",
                                     number(chunk, cols),
                                     number(chunk, rows),
                                     NULL};
    GDALDatasetH from = from_grid(grid);
    GDALDatasetH made = from ? warp(from, arguments) : NULL;
    if (from)
        GDALClose(from);
    return finish(made, &ear, "warping a raster", error);
}

GapGrid *gap_raster_hillshade(const GapGrid *elevation_m, double exaggeration, GError **error) {
    if (!(exaggeration > 0 && isfinite(exaggeration))) {
        gap_fail(error, GAP_ERROR_USAGE, "exaggeration %g: give a number above 0", exaggeration);
        return NULL;
    }
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    g_autoptr(GStringChunk) chunk = g_string_chunk_new(64);
    const char *const arguments[] = {
        "-of", "MEM", "-multidirectional", "-compute_edges", "-z", number(chunk, exaggeration),
        NULL};
    GDALDatasetH from = from_grid(elevation_m), made = NULL;
    GDALDEMProcessingOptions *options = GDALDEMProcessingOptionsNew((char **)arguments, NULL);
    if (from && options)
        made = GDALDEMProcessing("", from, "hillshade", NULL, options, NULL);
    GDALDEMProcessingOptionsFree(options);
    if (from)
        GDALClose(from);
    return finish(made, &ear, "shading relief", error);
}
