#include "geo/files/raster_write.h"

#include <cpl_vsi.h>
#include <math.h>

#include "geo/base/error.h"
#include "geo/files/raster_open.h"

// Cells as GDAL sees them, and how they are packed.
typedef struct {
    GDALDataType type;
    const void *cells;
    double nodata;
    const char *predictor, *overviews;
} Values;

/* Text goes into XML within the file. */
static bool check_text(const char *text, GError **error) {
    if (!text || g_utf8_validate(text, -1, NULL))
        return true;
    g_autofree char *shown = gap_printable(text, 60);
    return gap_fail(error, GAP_ERROR_USAGE, "'%s' is not UTF-8: it cannot stand in a raster",
                    shown);
}

static bool describe(GDALDatasetH made, const GapRasterWrite *o, GError **error) {
    GDALRasterBandH band = GDALGetRasterBand(made, 1);
    if (!check_text(o->description, error) || !check_text(o->unit, error))
        return false;
    GDALSetDescription(band, o->description ? o->description : "");
    GDALSetRasterUnitType(band, o->unit ? o->unit : "");
    for (size_t i = 0; i < o->n_items; i++) {
        const GapRasterItem *item = &o->items[i];
        if (!check_text(item->key, error) || !check_text(item->value, error))
            return false;
        GDALSetMetadataItem(made, item->key, item->value, NULL);
    }
    return true;
}

/* The cells as they lie, without a copy. */
static GDALDatasetH borrow(const GapFrame *f, const Values *v) {
    g_autofree char *pointer = g_strdup_printf("DATAPOINTER=%p", v->cells);
    GDALDatasetH made =
        GDALCreate(GDALGetDriverByName("MEM"), "", (int)f->cols, (int)f->rows, 0, v->type, NULL);
    if (made && GDALAddBand(made, v->type, (char *[]){pointer, NULL}) != CE_None)
        g_clear_pointer(&made, GDALClose);
    if (made) {
        GDALSetGeoTransform(made, (double[]){f->west, f->dx, 0, f->north, 0, -f->dy});
        GDALSetRasterNoDataValue(GDALGetRasterBand(made, 1), v->nodata);
    }
    return made;
}

static GDALDatasetH source_of(const GapFrame *f, const Values *v, const char *definition,
                              const GapRasterWrite *options, GError **error) {
    OGRSpatialReferenceH crs = gap_raster_crs_of(definition, error);
    GDALDatasetH made = crs ? borrow(f, v) : NULL;
    if (made) {
        GDALSetSpatialRef(made, crs);
        if (options && !describe(made, options, error))
            g_clear_pointer(&made, GDALClose);
    }
    if (crs)
        OSRRelease(crs);
    return made;
}

/* Level 1 is within 2 % as small as level 6, in half the time. */
static bool lay_out(GDALDatasetH source, const Values *v, const char *name) {
    g_autofree char *predictor = g_strconcat("PREDICTOR=", v->predictor, NULL);
    g_autofree char *overviews = g_strconcat("OVERVIEW_RESAMPLING=", v->overviews, NULL);
    const char *const options[] = {
        "COMPRESS=DEFLATE", "LEVEL=1",        predictor,          overviews,
        "BLOCKSIZE=512",    "OVERVIEWS=AUTO", "BIGTIFF=IF_SAFER", NULL};
    GDALDatasetH made = GDALCreateCopy(GDALGetDriverByName("COG"), name, source, TRUE,
                                       (char **)options, NULL, NULL);
    if (made)
        GDALClose(made);
    return made != NULL;
}

static bool write_values(const GapFrame *f, const Values *v, const char *definition,
                         const GapRasterWrite *options, const char *path, GError **error) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    g_autoptr(GError) why = NULL;
    g_autofree char *name = gap_gdal_memory_name(".tif");
    GDALDatasetH source = source_of(f, v, definition, options, &why);
    const bool made = source && lay_out(source, v, name) && !ear.failed;
    if (source)
        GDALClose(source);
    const bool ok = made && gap_gdal_save(name, path, &why);
    VSIUnlink(name);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    else if (!ok)
        gap_gdal_fail(&ear, path, "cannot be made", "choose larger cells", error);
    return ok;
}

bool gap_raster_write(const GapGrid *grid, const char *definition, const GapRasterWrite *options,
                      const char *path, GError **error) {
    const GapFrame frame = gap_grid_frame(grid);
    const Values values = {GDT_Float32, grid->cells, NAN, "FLOATING_POINT", "AVERAGE"};
    return write_values(&frame, &values, definition, options, path, error);
}

bool gap_raster_write_numbers(const GapFrame *frame, const int32_t *numbers, const char *definition,
                              const GapRasterWrite *options, const char *path, GError **error) {
    const Values values = {GDT_Int32, numbers, -1, "STANDARD", "MODE"};
    return write_values(frame, &values, definition, options, path, error);
}
