#include <gdal.h>
#include <math.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "geo/base/error.h"
#include "geo/files/columns.h"
#include "geo/files/csv.h"
#include "geo/files/gdal.h"
#include "geo/files/vector.h"

enum { MAX_ROWS = 10000000 };

// One layer on its way into a table.
typedef struct {
    const char *shown;
    OGRLayerH layer;
    OGRCoordinateTransformationH to_degrees; // NULL: they are degrees already
    bool unknown_crs;
    GapTable *table;
    GapGdalEar *ear;
    GError **error;
} Reader;

static GDALDatasetH open_file(const char *path, const char *shown, const GapGdalEar *ear,
                              GError **error) {
    static const char *const drivers[] = {
        "GeoJSON", "GPKG", "ESRI Shapefile", "FlatGeobuf", "LIBKML", "XLSX", "ODS", NULL};
    static const char *const options[] = {"DATE_AS_STRING=YES", NULL};
    GDALDatasetH file = GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                   drivers, options, NULL);
    if (!file || GDALDatasetGetLayerCount(file) == 0) {
        gap_gdal_fail(
            ear, shown, "cannot be read as a table or map layer",
            "give GeoJSON, GeoPackage, CSV, Shapefile, FlatGeobuf, KML, XLSX or ODS, whole "
            "and unchanged",
            error);
        g_clear_pointer(&file, GDALClose);
    }
    return file;
}

static OGRLayerH pick_layer(GDALDatasetH file, const char *shown, const char *name,
                            GError **error) {
    OGRLayerH layer = name ? GDALDatasetGetLayerByName(file, name) : GDALDatasetGetLayer(file, 0);
    if (layer)
        return layer;
    GString *names = g_string_new(NULL);
    const int n = GDALDatasetGetLayerCount(file);
    for (int i = 0; i < MIN(n, 10); i++) {
        g_autofree char *one = gap_printable(OGR_L_GetName(GDALDatasetGetLayer(file, i)), 60);
        g_string_append_printf(names, "%s%s", i ? ", " : "", one);
    }
    g_autofree char *wanted = gap_printable(name, 60);
    gap_fail(error, GAP_ERROR_USAGE, "%s: has no layer '%s': it has %s%s", shown, wanted,
             names->str, n > 10 ? ", ..." : "");
    g_string_free(names, TRUE);
    return NULL;
}

static GapType type_of(OGRFieldDefnH field) {
    switch (OGR_Fld_GetType(field)) {
    case OFTInteger:
    case OFTInteger64:
        return GAP_TYPE_INT;
    case OFTReal:
        return GAP_TYPE_REAL;
    default:
        return GAP_TYPE_TEXT;
    }
}

static bool read_columns(Reader *r) {
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(r->layer);
    const int n = OGR_FD_GetFieldCount(definition);
    for (int i = 0; i < n; i++) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        if (!gap_columns_add(r->table, r->shown, OGR_Fld_GetNameRef(field), type_of(field),
                             r->error))
            return false;
    }
    return true;
}

// OGR writes dates with slashes; everybody else reads ISO 8601.
static char *iso_date(OGRFeatureH feature, int i, OGRFieldType type) {
    int year, month, day, hour, minute, zone;
    float second;
    OGR_F_GetFieldAsDateTimeEx(feature, i, &year, &month, &day, &hour, &minute, &second, &zone);
    if (type == OFTDate)
        return g_strdup_printf("%04d-%02d-%02d", year, month, day);
    return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute,
                           (int)second);
}

static bool read_field(Reader *r, OGRFeatureH feature, size_t row, int i) {
    if (!OGR_F_IsFieldSetAndNotNull(feature, i))
        return true;
    const size_t column = (size_t)i;
    const GapType type = gap_table_column(r->table, column)->type;
    const OGRFieldType stored = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature, i));
    if (type == GAP_TYPE_INT)
        gap_table_set_int(r->table, row, column, OGR_F_GetFieldAsInteger64(feature, i));
    else if (type == GAP_TYPE_REAL)
        gap_table_set_real(r->table, row, column, OGR_F_GetFieldAsDouble(feature, i));
    else if (stored == OFTDate || stored == OFTDateTime) {
        g_autofree char *text = iso_date(feature, i, stored);
        gap_table_set_text(r->table, row, column, text);
    } else
        return gap_columns_set_text(r->table, r->shown, row, column,
                                    OGR_F_GetFieldAsString(feature, i), r->error);
    return true;
}

static bool fits_degrees(OGRGeometryH geometry) {
    OGREnvelope box;
    OGR_G_GetEnvelope(geometry, &box);
    return box.MinX >= -180 && box.MaxX <= 180 && box.MinY >= -90 && box.MaxY <= 90;
}

static bool read_geometry(Reader *r, OGRFeatureH feature, size_t row) {
    OGRGeometryH geometry = OGR_F_StealGeometry(feature);
    if (!geometry || OGR_G_IsEmpty(geometry)) {
        OGR_G_DestroyGeometry(geometry);
        return true;
    }
    geometry = OGR_G_ForceTo(geometry, OGR_GT_GetLinear(OGR_G_GetGeometryType(geometry)), NULL);
    OGR_G_FlattenTo2D(geometry);
    OGR_G_CloseRings(geometry);
    const GapPlace place = {.file = r->shown, .row = (gint64)row + 1};
    const char *why = NULL;
    if (r->unknown_crs && !fits_degrees(geometry))
        why = "the file names no coordinate system and its coordinates are not degrees: add a .prj "
              "or save it in EPSG:4326";
    else if (r->to_degrees && OGR_G_Transform(geometry, r->to_degrees) != OGRERR_NONE)
        why = "its coordinates cannot be turned into longitude and latitude: check the coordinate "
              "system of the file";
    if (!why) {
        const size_t size = (size_t)OGR_G_WkbSize(geometry);
        guint8 *data = g_malloc(size);
        OGR_G_ExportToIsoWkb(geometry, wkbNDR, data);
        g_autoptr(GBytes) wkb = g_bytes_new_take(data, size);
        gap_table_set_geometry(r->table, row, wkb);
    }
    OGR_G_DestroyGeometry(geometry);
    return !why || gap_fail_at(r->error, place, "%s", why);
}

static bool read_feature(Reader *r, OGRFeatureH feature) {
    const size_t row = gap_table_add_row(r->table);
    if (row >= MAX_ROWS)
        return gap_fail(r->error, GAP_ERROR_INPUT, "%s: has more than %d rows: cut it first",
                        r->shown, MAX_ROWS);
    const int n = OGR_F_GetFieldCount(feature);
    for (int i = 0; i < n; i++)
        if (!read_field(r, feature, row, i))
            return false;
    return read_geometry(r, feature, row);
}

static bool read_features(Reader *r) {
    OGRFeatureH feature;
    bool ok = true;
    OGR_L_ResetReading(r->layer);
    while (ok && (feature = OGR_L_GetNextFeature(r->layer))) {
        ok = read_feature(r, feature);
        OGR_F_Destroy(feature);
    }
    if (ok && r->ear->failed)
        return gap_gdal_fail(r->ear, r->shown, "breaks off or is damaged",
                             "get it again from where it came", r->error);
    return ok;
}

// The usual case is told by its code alone: looking it up costs more than reading a small file.
static bool is_degrees(OGRSpatialReferenceH crs) {
    const char *code = crs ? OSRGetAuthorityCode(crs, NULL) : NULL;
    return !g_strcmp0(code, "4326") || !g_strcmp0(code, "CRS84");
}

// Traditional axis order on both sides: longitude first, whatever an authority says.
static OGRCoordinateTransformationH make_transformation(OGRSpatialReferenceH from) {
    OGRSpatialReferenceH degrees = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(degrees, 4326);
    OSRSetAxisMappingStrategy(degrees, OAMS_TRADITIONAL_GIS_ORDER);
    OGRSpatialReferenceH source = OSRClone(from);
    OSRSetAxisMappingStrategy(source, OAMS_TRADITIONAL_GIS_ORDER);
    OGRCoordinateTransformationH made =
        OSRIsSame(source, degrees) ? NULL : OCTNewCoordinateTransformation(source, degrees);
    OSRDestroySpatialReference(source);
    OSRDestroySpatialReference(degrees);
    return made;
}

static bool read_layer(Reader *r) {
    OGRSpatialReferenceH crs = OGR_L_GetSpatialRef(r->layer);
    r->unknown_crs = !crs;
    r->to_degrees = crs && !is_degrees(crs) ? make_transformation(crs) : NULL;
    if (r->ear->failed)
        return gap_gdal_fail(r->ear, r->shown, "its coordinate system cannot be used",
                             "save it in EPSG:4326", r->error);
    const bool ok = read_columns(r) && read_features(r);
    if (r->to_degrees)
        OCTDestroyCoordinateTransformation(r->to_degrees);
    return ok;
}

static GapTable *read_ogr(const char *path, const char *shown, const char *layer, GError **error) {
    g_auto(GapGdalEar) ear = {0};
    gap_gdal_listen(&ear);
    GDALDatasetH file = open_file(path, shown, &ear, error);
    if (!file)
        return NULL;
    g_autoptr(GapTable) table = NULL;
    OGRLayerH found = pick_layer(file, shown, layer, error);
    bool ok = false;
    if (found) {
        table = gap_table_new(OGR_L_GetName(found));
        Reader reader = {
            .shown = shown, .layer = found, .table = table, .ear = &ear, .error = error};
        ok = read_layer(&reader);
    }
    GDALClose(file);
    return ok ? g_steal_pointer(&table) : NULL;
}

GapTable *gap_vector_read(const char *path, const char *layer, GError **error) {
    g_autofree char *absolute = gap_gdal_path(path, error);
    if (!absolute)
        return NULL;
    g_autofree char *shown = gap_printable(path, 300);
    g_autofree char *lower = g_ascii_strdown(path, -1);
    if (g_str_has_suffix(lower, ".csv") || g_str_has_suffix(lower, ".tsv"))
        return gap_csv_read(absolute, shown, error);
    return read_ogr(absolute, shown, layer, error);
}
