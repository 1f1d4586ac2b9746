#include "geo/files/raster_onto.h"

#include <cpl_conv.h>
#include <gdalwarper.h>
#include <math.h>

#include "geo/base/error.h"
#include "geo/files/raster_open.h"
#include "geo/grid/zonal.h"
#include "geo/shape/geodesic.h"

enum { EDGE = 21, ANCHOR = 16 };

/* ---- what a file says ---- */

static OGRCoordinateTransformationH from_to(OGRSpatialReferenceH from, const char *to,
                                            GError **error) {
    OGRSpatialReferenceH target = gap_raster_crs_of(to, error);
    OGRCoordinateTransformationH way = target ? OCTNewCoordinateTransformation(from, target) : NULL;
    if (target)
        OSRRelease(target);
    if (target && !way)
        gap_fail(error, GAP_ERROR_INPUT, "there is no way from its coordinates to those wanted");
    return way;
}

/* A code where there is one: what was made by name stays readable. */
static char *definition_of(OGRSpatialReferenceH crs) {
    const char *authority = OSRGetAuthorityName(crs, NULL), *code = OSRGetAuthorityCode(crs, NULL);
    if (code && g_strcmp0(authority, "EPSG") == 0)
        return g_strdup_printf("EPSG:%s", code);
    char *wkt = NULL;
    const char *const wkt2[] = {"FORMAT=WKT2_2018", NULL};
    OSRExportToWktEx(crs, &wkt, wkt2);
    char *copy = g_strdup(wkt);
    CPLFree(wkt);
    return copy;
}

static void place_of(const double t[6], double col, double row, double *x, double *y) {
    *x = t[0] + t[1] * col + t[2] * row;
    *y = t[3] + t[4] * col + t[5] * row;
}

/* Extent and cell size in degrees and metres. */
static bool locate(GDALDatasetH file, OGRCoordinateTransformationH way, GapRasterInfo *info) {
    double t[6], x[EDGE * EDGE], y[EDGE * EDGE], mx[3], my[3];
    const double cols = GDALGetRasterXSize(file), rows = GDALGetRasterYSize(file);
    GDALGetGeoTransform(file, t);
    for (int i = 0; i < EDGE; i++)
        for (int k = 0; k < EDGE; k++)
            place_of(t, cols * i / (EDGE - 1), rows * k / (EDGE - 1), &x[EDGE * k + i],
                     &y[EDGE * k + i]);
    for (int i = 0; i < 3; i++) // the middle, one cell on, one cell down
        place_of(t, cols / 2 + (i == 1), rows / 2 + (i == 2), &mx[i], &my[i]);
    if (!OCTTransform(way, EDGE * EDGE, x, y, NULL) || !OCTTransform(way, 3, mx, my, NULL))
        return false;
    info->degrees = GAP_BOX_EMPTY;
    for (int i = 0; i < EDGE * EDGE; i++)
        gap_box_add(&info->degrees, (GapBox){x[i], y[i], x[i], y[i]});
    info->cell_m = fmin(gap_geodesic_distance_m(mx[0], my[0], mx[1], my[1]),
                        gap_geodesic_distance_m(mx[0], my[0], mx[2], my[2]));
    return true;
}

static bool describe(GDALDatasetH file, const char *path, GapRasterInfo *info, GError **error) {
    double t[6];
    OGRSpatialReferenceH crs = gap_raster_crs(file, path, error);
    if (!crs)
        return false;
    const bool north_up = gap_raster_is_north_up(file, t);
    info->frame = (GapFrame){(size_t)GDALGetRasterXSize(file),
                             (size_t)GDALGetRasterYSize(file),
                             t[0],
                             t[3],
                             north_up ? t[1] : 0,
                             north_up ? -t[5] : 0};
    info->crs_stated = GDALGetSpatialRef(file) != NULL;
    info->crs = gap_printable(OSRGetName(crs) ? OSRGetName(crs) : "without a name", 100);
    info->definition = definition_of(crs);
    info->metric = north_up && OSRIsProjected(crs) && OSRGetLinearUnits(crs, NULL) == 1;
    const char *unit = GDALGetRasterUnitType(GDALGetRasterBand(file, 1));
    info->unit = unit && *unit ? gap_printable(unit, 40) : NULL;
    OGRCoordinateTransformationH way = from_to(crs, "EPSG:4326", error);
    const bool ok = way && (locate(file, way, info) ||
                            gap_fail(error, GAP_ERROR_INPUT,
                                     "%s: its corners cannot be brought to degrees: check its "
                                     "coordinate system",
                                     path));
    OCTDestroyCoordinateTransformation(way);
    OSRRelease(crs);
    return ok;
}

bool gap_raster_info(const char *path, GapRasterInfo *info, GError **error) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    *info = (GapRasterInfo){0};
    GDALDatasetH file = gap_raster_open(path, &ear, error);
    const bool ok = file && describe(file, path, info, error);
    if (file)
        GDALClose(file);
    return ok;
}

void gap_raster_info_clear(GapRasterInfo *info) {
    g_free(info->crs);
    g_free(info->definition);
    g_free(info->unit);
    *info = (GapRasterInfo){0};
}

/* ---- values ---- */

/* A raster in memory with the cells of `f`, all without data. */
static GDALDatasetH empty_of(const GapFrame *f, const char *definition, GError **error) {
    OGRSpatialReferenceH crs = gap_raster_crs_of(definition, error);
    if (!crs)
        return NULL;
    GDALDatasetH made = GDALCreate(GDALGetDriverByName("MEM"), "", (int)f->cols, (int)f->rows, 1,
                                   GDT_Float32, NULL);
    if (made) {
        GDALSetSpatialRef(made, crs);
        GDALSetGeoTransform(made, (double[]){f->west, f->dx, 0, f->north, 0, -f->dy});
        GDALSetRasterNoDataValue(GDALGetRasterBand(made, 1), NAN);
        GDALFillRaster(GDALGetRasterBand(made, 1), NAN, 0);
    } else
        gap_fail(error, GAP_ERROR_FAILED, "no memory for a raster of %zu x %zu cells", f->cols,
                 f->rows);
    OSRRelease(crs);
    return made;
}

/* Band 1, since the raster that it goes to has one only. */
static GDALDatasetH warp(GDALDatasetH file, OGRSpatialReferenceH crs, const GapFrame *f,
                         const char *definition, GapWarp how, GError **error) {
    char *wkt = NULL;
    const double most_off = 0.125; // cells, as gdalwarp has it
    GDALDatasetH made = empty_of(f, definition, error);
    if (!made)
        return NULL;
    OSRExportToWkt(crs, &wkt);
    const CPLErr failed = GDALReprojectImage(
        file, wkt, made, NULL, how == GAP_WARP_NEAREST ? GRA_NearestNeighbour : GRA_Bilinear, 0,
        most_off, NULL, NULL, NULL);
    CPLFree(wkt);
    if (failed)
        g_clear_pointer(&made, GDALClose);
    return made;
}

static GapGrid *grid_of(GDALDatasetH made, const GapFrame *f, GError **error) {
    g_autoptr(GapGrid) grid = gap_grid_new(f->cols, f->rows, error);
    if (!grid)
        return NULL;
    *grid = (GapGrid){f->cols, f->rows, f->west, f->north, f->dx, f->dy, grid->cells};
    return GDALRasterIO(GDALGetRasterBand(made, 1), GF_Read, 0, 0, (int)f->cols, (int)f->rows,
                        grid->cells, (int)f->cols, (int)f->rows, GDT_Float32, 0, 0) == CE_None
               ? g_steal_pointer(&grid)
               : NULL;
}

/* Scale and offset of the file; answers how many cells have data. */
static size_t interpret(GDALRasterBandH band, GapGrid *grid) {
    int has_scale, has_offset;
    const double scale = GDALGetRasterScale(band, &has_scale);
    const double offset = GDALGetRasterOffset(band, &has_offset);
    size_t known = 0;
    for (size_t i = 0; i < grid->cols * grid->rows; i++) {
        if (has_scale || has_offset)
            grid->cells[i] =
                (float)(grid->cells[i] * (has_scale ? scale : 1) + (has_offset ? offset : 0));
        known += !isnan(grid->cells[i]);
    }
    return known;
}

static bool same_place(GDALDatasetH file, OGRSpatialReferenceH crs, const GapFrame *f,
                       const char *definition) {
    double t[6];
    OGRSpatialReferenceH wanted = gap_raster_crs_of(definition, NULL);
    const bool same = wanted && OSRIsSame(crs, wanted) && gap_raster_is_north_up(file, t) &&
                      t[0] == f->west && t[3] == f->north && t[1] == f->dx && -t[5] == f->dy &&
                      GDALGetRasterXSize(file) == (int)f->cols &&
                      GDALGetRasterYSize(file) == (int)f->rows;
    if (wanted)
        OSRRelease(wanted);
    return same;
}

/* What was done to the values on the way. */
static void tell(GDALDatasetH file, OGRSpatialReferenceH crs, const char *path, const GapGrid *grid,
                 size_t known, bool same, GapWarp how, GPtrArray *notes) {
    int has_nodata;
    double t[6];
    GDALRasterBandH band = GDALGetRasterBand(file, 1);
    const double nodata = GDALGetRasterNoDataValue(band, &has_nodata);
    GDALGetGeoTransform(file, t);
    g_autofree char *name = gap_printable(OSRGetName(crs) ? OSRGetName(crs) : "?", 100);
    if (!GDALGetSpatialRef(file))
        gap_note(notes,
                 "%s: names no coordinate system; its extent fits degrees, so it is taken for "
                 "longitude and latitude",
                 path);
    if (!same)
        gap_note(notes,
                 "%s: %d x %d cells of %.6g x %.6g (%s) brought to %zu x %zu cells of %g x %g m "
                 "(%s)",
                 path, GDALGetRasterXSize(file), GDALGetRasterYSize(file), hypot(t[1], t[4]),
                 hypot(t[2], t[5]), name, grid->cols, grid->rows, grid->dx, grid->dy,
                 how == GAP_WARP_NEAREST ? "nearest" : "bilinear");
    if (GDALGetRasterCount(file) > 1)
        gap_note(notes, "%s: the first of its %d bands is read", path, GDALGetRasterCount(file));
    if (known == grid->cols * grid->rows)
        return;
    g_autofree char *value = has_nodata ? g_strdup_printf(" (%g in the file)", nodata) : NULL;
    gap_note(notes, "%s: %zu of %zu cells of the grid (%.1f %%) have no data%s", path,
             grid->cols * grid->rows - known, grid->cols * grid->rows,
             100.0 * (double)(grid->cols * grid->rows - known) / (double)(grid->cols * grid->rows),
             value ? value : "");
}

static GapGrid *read_onto(GDALDatasetH file, const char *path, const GapFrame *f,
                          const char *definition, GapWarp how, GPtrArray *notes, GError **error) {
    g_autoptr(GapGrid) grid = NULL;
    OGRSpatialReferenceH crs = gap_raster_crs(file, path, error);
    GDALDatasetH made = crs ? warp(file, crs, f, definition, how, error) : NULL;
    if (made) {
        grid = grid_of(made, f, error);
        GDALClose(made);
    }
    if (grid) {
        const size_t known = interpret(GDALGetRasterBand(file, 1), grid);
        if (known == 0) {
            gap_fail(error, GAP_ERROR_INPUT,
                     "%s: has no data where the grid lies: check that it shows the same country, "
                     "and its coordinate system",
                     path);
            g_clear_pointer(&grid, gap_grid_free);
        } else
            tell(file, crs, path, grid, known, same_place(file, crs, f, definition), how, notes);
    }
    if (crs)
        OSRRelease(crs);
    return g_steal_pointer(&grid);
}

/* Hands `grid` on unless GDAL complained of damage. */
static GapGrid *finish(GapGrid *grid, GError *why, const GapGdalEar *ear, const char *path,
                       GError **error) {
    if (grid && !ear->failed)
        return grid;
    gap_grid_free(grid);
    if (why)
        g_propagate_error(error, why);
    else
        gap_gdal_fail(ear, path, "cannot be read as a raster",
                      "give a GeoTIFF, whole and unchanged", error);
    return NULL;
}

GapGrid *gap_raster_onto(const char *path, const GapFrame *f, const char *definition, GapWarp how,
                         GPtrArray *notes, GError **error) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    GError *why = NULL;
    GDALDatasetH file = gap_raster_open(path, &ear, &why);
    GapGrid *grid = file ? read_onto(file, path, f, definition, how, notes, &why) : NULL;
    if (file)
        GDALClose(file);
    return finish(grid, why, &ear, path, error);
}

GapGrid *gap_raster_grid_onto(const GapGrid *degrees, const GapFrame *f, const char *definition,
                              const char *name, GPtrArray *notes, GError **error) {
    const GapFrame own = gap_grid_frame(degrees);
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    GError *why = NULL;
    GDALDatasetH file = empty_of(&own, "EPSG:4326", &why);
    GapGrid *grid = NULL;
    if (file &&
        GDALRasterIO(GDALGetRasterBand(file, 1), GF_Write, 0, 0, (int)own.cols, (int)own.rows,
                     degrees->cells, (int)own.cols, (int)own.rows, GDT_Float32, 0, 0) == CE_None)
        grid = read_onto(file, name, f, definition, GAP_WARP_BILINEAR, notes, &why);
    if (file)
        GDALClose(file);
    return finish(grid, why, &ear, name, error);
}

/* ---- people ---- */

typedef struct {
    const char *path;
    const GapFrame *frame;
    GDALDatasetH file;
    OGRCoordinateTransformationH way, to_degrees;
    double t[6];
    bool density;
    double *cells; // of the frame
    float *row;    // of the file
    double *x, *y; // of its centres, in the plane of the frame
    int has_nodata;
    double nodata;
    GapPeopleSums *sums;
    double scale, offset; // of its values
} Spread;

/* The centres of a row: each ANCHORth is transformed, those between lie on the line. Over 16 cells
 * of 1 km its sagitta is 5 m, of 100 m cells 5 cm. */
static bool place_row(Spread *s, int row, int cols, GError **error) {
    const int n = (cols + ANCHOR - 2) / ANCHOR + 1;
    g_autofree double *x = g_new(double, n), *y = g_new(double, n);
    for (int i = 0; i < n; i++)
        place_of(s->t, MIN(i * ANCHOR, cols - 1) + 0.5, row + 0.5, &x[i], &y[i]);
    if (!OCTTransform(s->way, n, x, y, NULL))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: row %d cannot be brought to the grid: check "
                        "its coordinate system",
                        s->path, row + 1);
    for (int col = 0; col < cols; col++) {
        const int i = MIN(col / ANCHOR, MAX(n - 2, 0)), k = MIN(i + 1, n - 1);
        const int from = i * ANCHOR, to = MIN(k * ANCHOR, cols - 1);
        const double share = to > from ? (double)(col - from) / (to - from) : 0;
        s->x[col] = x[i] + share * (x[k] - x[i]);
        s->y[col] = y[i] + share * (y[k] - y[i]);
    }
    return true;
}

/* The sides of the cells of a row in the plane of the frame, as the middle one has them, and the
 * ground of each on the ellipsoid. */
static bool measure_row(const Spread *s, int row, int cols, double *width, double *height,
                        double *km2) {
    double x[4], y[4];
    for (int i = 0; i < 4; i++) // west, east, north, south
        place_of(s->t,
                 cols / 2 + (i == 0   ? 0
                             : i == 1 ? 1
                                      : 0.5),
                 row + (i == 2   ? 0
                        : i == 3 ? 1
                                 : 0.5),
                 &x[i], &y[i]);
    double lon[4], lat[4];
    for (int i = 0; i < 4; i++) {
        lon[i] = x[i];
        lat[i] = y[i];
    }
    if (!OCTTransform(s->way, 4, x, y, NULL) || !OCTTransform(s->to_degrees, 4, lon, lat, NULL))
        return false;
    *width = hypot(x[1] - x[0], y[1] - y[0]);
    *height = hypot(x[3] - x[2], y[3] - y[2]);
    *km2 = gap_geodesic_distance_m(lon[0], lat[0], lon[1], lat[1]) *
           gap_geodesic_distance_m(lon[2], lat[2], lon[3], lat[3]) / 1e6;
    return true;
}

/* What a cell of the file says of people, 0 where it says nothing. */
static double people_of(const Spread *s, float value) {
    if (isnan(value) || (s->has_nodata && value == (float)s->nodata))
        return 0;
    return s->scale * (double)value + s->offset;
}

static bool spread_row(Spread *s, int row, int cols, GError **error) {
    double width, height, km2;
    bool any = false;
    if (GDALRasterIO(GDALGetRasterBand(s->file, 1), GF_Read, 0, row, cols, 1, s->row, cols, 1,
                     GDT_Float32, 0, 0) != CE_None)
        return false;
    for (int col = 0; col < cols && !any; col++)
        any = people_of(s, s->row[col]) != 0;
    if (!any)
        return true;
    if (!place_row(s, row, cols, error) || !measure_row(s, row, cols, &width, &height, &km2))
        return false;
    for (int col = 0; col < cols; col++) {
        const double value = people_of(s, s->row[col]);
        if (value == 0)
            continue;
        if (!(value > 0 && isfinite(value)))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "%s: row %d, column %d has %g people: no place has fewer than none; "
                            "state the value that stands for no data in the file",
                            s->path, row + 1, col + 1, value);
        const double people = s->density ? value * km2 : value;
        const double within =
            gap_zonal_spread(s->frame, s->cells, s->x[col], s->y[col], width, height, people);
        s->sums->before += people;
        s->sums->placed += people * within;
        s->sums->outside += people * (1 - within);
    }
    return true;
}

static bool spread(Spread *s, GError **error) {
    const int cols = GDALGetRasterXSize(s->file), rows = GDALGetRasterYSize(s->file);
    s->row = g_new(float, cols);
    s->x = g_new(double, cols);
    s->y = g_new(double, cols);
    s->nodata = GDALGetRasterNoDataValue(GDALGetRasterBand(s->file, 1), &s->has_nodata);
    int has_scale, has_offset;
    s->scale = GDALGetRasterScale(GDALGetRasterBand(s->file, 1), &has_scale);
    s->offset = GDALGetRasterOffset(GDALGetRasterBand(s->file, 1), &has_offset);
    s->scale = has_scale ? s->scale : 1;
    s->offset = has_offset ? s->offset : 0;
    GDALGetGeoTransform(s->file, s->t);
    bool ok = true;
    for (int row = 0; row < rows && ok; row++)
        ok = spread_row(s, row, cols, error);
    g_free(s->row);
    g_free(s->x);
    g_free(s->y);
    return ok;
}

static GapGrid *people_grid(Spread *s, GError **error) {
    const GapFrame *f = s->frame;
    g_autoptr(GapGrid) grid = gap_grid_new(f->cols, f->rows, error);
    g_autofree double *cells = grid ? g_try_new0(double, f->cols * f->rows) : NULL;
    if (grid && !cells)
        gap_fail(error, GAP_ERROR_FAILED, "no memory for people on %zu x %zu cells", f->cols,
                 f->rows);
    if (!cells)
        return NULL;
    *grid = (GapGrid){f->cols, f->rows, f->west, f->north, f->dx, f->dy, grid->cells};
    s->cells = cells;
    if (!spread(s, error))
        return NULL;
    gap_zonal_to_floats(cells, f->cols * f->rows, grid->cells);
    return g_steal_pointer(&grid);
}

static void tell_people(const Spread *s, GPtrArray *notes) {
    const GapPeopleSums *sums = s->sums;
    gap_note(notes, "%s: %.0f people in the file%s, %.0f on the grid, %.0f beyond it", s->path,
             sums->before, s->density ? " (density times the ground of its cells)" : "",
             sums->placed, sums->outside);
}

GapGrid *gap_raster_people(const char *path, const GapFrame *f, const char *definition,
                           bool density, GapPeopleSums *sums, GPtrArray *notes, GError **error) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    GError *why = NULL;
    *sums = (GapPeopleSums){0};
    GDALDatasetH file = gap_raster_open(path, &ear, &why);
    OGRSpatialReferenceH crs = file ? gap_raster_crs(file, path, &why) : NULL;
    Spread s = {.path = path, .frame = f, .file = file, .density = density, .sums = sums};
    GapGrid *grid = NULL;
    if (crs) {
        s.way = from_to(crs, definition, &why);
        s.to_degrees = s.way ? from_to(crs, "EPSG:4326", &why) : NULL;
        grid = s.to_degrees ? people_grid(&s, &why) : NULL;
        OCTDestroyCoordinateTransformation(s.way);
        OCTDestroyCoordinateTransformation(s.to_degrees);
        OSRRelease(crs);
    }
    if (file)
        GDALClose(file);
    if (grid)
        tell_people(&s, notes);
    return finish(grid, why, &ear, path, error);
}
