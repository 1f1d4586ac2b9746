#include "geo/files/raster_write.h"

#include <cpl_vsi.h>
#include <math.h>

#include "geo/base/error.h"
#include "geo/files/raster_open.h"

// Cells as GDAL sees them, and how they are packed. A picture has three bands of a byte each in the
// four bytes of its pixels, and no value that means no data.
typedef struct {
    GDALDataType type;
    const void *cells;
    double nodata;
    const char *predictor, *overviews;
    bool picture;
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

/* Where in a pixel red (0), green or blue (2) stands. */
static size_t byte_of(int colour) {
    return (size_t)(G_BYTE_ORDER == G_LITTLE_ENDIAN ? 2 - colour : 1 + colour);
}

static bool add_band(GDALDatasetH made, const Values *v, int i) {
    const char *first = (const char *)v->cells + (v->picture ? byte_of(i) : 0);
    const int step = v->picture ? (int)sizeof(uint32_t) : GDALGetDataTypeSizeBytes(v->type);
    g_autofree char *pointer = g_strdup_printf("DATAPOINTER=%p", (const void *)first);
    g_autofree char *offset = g_strdup_printf("PIXELOFFSET=%d", step);
    if (GDALAddBand(made, v->type, (char *[]){pointer, offset, NULL}) != CE_None)
        return false;
    GDALRasterBandH band = GDALGetRasterBand(made, i + 1);
    return (v->picture ? GDALSetRasterColorInterpretation(band, GCI_RedBand + (GDALColorInterp)i)
                       : GDALSetRasterNoDataValue(band, v->nodata)) == CE_None;
}

/* The cells as they lie, without a copy. */
static GDALDatasetH borrow(const GapFrame *f, const Values *v) {
    GDALDatasetH made =
        GDALCreate(GDALGetDriverByName("MEM"), "", (int)f->cols, (int)f->rows, 0, v->type, NULL);
    for (int i = 0; made && i < (v->picture ? 3 : 1); i++)
        if (!add_band(made, v, i))
            g_clear_pointer(&made, GDALClose);
    if (made)
        GDALSetGeoTransform(made, (double[]){f->west, f->dx, 0, f->north, 0, -f->dy});
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

bool gap_raster_write_picture(const GapFrame *frame, const uint32_t *pixels, const char *definition,
                              const GapRasterWrite *options, const char *path, GError **error) {
    const Values values = {GDT_Byte, pixels, 0, "STANDARD", "AVERAGE", .picture = true};
    return write_values(frame, &values, definition, options, path, error);
}
