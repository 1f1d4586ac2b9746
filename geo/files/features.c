#include "geo/files/features.h"

#include <cpl_vsi.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "geo/base/error.h"
#include "geo/shape/geometry.h"

static OGRFieldType field_type(GapType type) {
    return type == GAP_TYPE_TEXT ? OFTString : type == GAP_TYPE_INT ? OFTInteger64 : OFTReal;
}

static bool add_fields(OGRLayerH layer, const GapTable *table) {
    for (size_t i = 0; i < gap_table_columns(table); i++) {
        const GapColumnSpec *spec = gap_table_column(table, i);
        OGRFieldDefnH field = OGR_Fld_Create(spec->name, field_type(spec->type));
        OGR_Fld_SetAlternativeName(field, spec->title ? spec->title : "");
        const bool ok = OGR_L_CreateField(layer, field, FALSE) == OGRERR_NONE;
        OGR_Fld_Destroy(field);
        if (!ok)
            return false;
    }
    return true;
}

static void set_field(OGRFeatureH feature, const GapTable *table, size_t row, size_t i) {
    const int field = (int)i;
    if (gap_table_is_null(table, row, i))
        OGR_F_SetFieldNull(feature, field);
    else if (gap_table_column(table, i)->type == GAP_TYPE_TEXT)
        OGR_F_SetFieldString(feature, field, gap_table_text(table, row, i));
    else if (gap_table_column(table, i)->type == GAP_TYPE_INT)
        OGR_F_SetFieldInteger64(feature, field, gap_table_int(table, row, i));
    else
        OGR_F_SetFieldDouble(feature, field, gap_table_real(table, row, i));
}

// Our own reader first: OGR must not meet bytes that were never checked.
static OGRGeometryH make_geometry(GBytes *wkb, GError **error) {
    g_autoptr(GapGeometry) checked = gap_geometry_from_wkb(wkb, error);
    if (!checked)
        return NULL;
    g_autoptr(GBytes) clean = gap_geometry_to_wkb(checked);
    gsize length;
    const void *data = g_bytes_get_data(clean, &length);
    OGRGeometryH geometry = NULL;
    if (OGR_G_CreateFromWkb(data, NULL, &geometry, (int)length) != OGRERR_NONE)
        gap_fail(error, GAP_ERROR_INPUT, "geometry cannot be used: GDAL refuses it");
    return geometry;
}

static bool add_feature(OGRLayerH layer, const GapTable *table, size_t row, OGRwkbGeometryType type,
                        GError **error) {
    OGRGeometryH geometry = NULL;
    GBytes *wkb = gap_table_geometry(table, row);
    if (wkb && !gap_wkb_is_empty(wkb) && !(geometry = make_geometry(wkb, error))) {
        g_prefix_error(error, "%s, row %zu: ", gap_table_name(table), row + 1);
        return false;
    }
    if (geometry && type != wkbUnknown)
        geometry = OGR_G_ForceTo(geometry, type, NULL);
    OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    for (size_t i = 0; i < gap_table_columns(table); i++)
        set_field(feature, table, row, i);
    OGR_F_SetGeometryDirectly(feature, geometry);
    const bool ok = OGR_L_CreateFeature(layer, feature) == OGRERR_NONE;
    OGR_F_Destroy(feature);
    return ok;
}

static OGRwkbGeometryType common_type(const GapTable *table) {
    GapShapeKind kind = 0;
    bool multi = false;
    for (size_t row = 0; row < gap_table_rows(table); row++) {
        GBytes *wkb = gap_table_geometry(table, row);
        GapShapeKind own;
        bool one_multi;
        if (!wkb || !gap_wkb_kind(wkb, &own, &one_multi))
            continue;
        if (kind && own != kind)
            return wkbUnknown;
        kind = own;
        multi |= one_multi;
    }
    const OGRwkbGeometryType types[] = {wkbNone, wkbPoint, wkbLineString, wkbPolygon};
    return multi ? OGR_GT_GetCollection(types[kind]) : types[kind];
}

bool gap_features_write(GDALDatasetH file, const GapTable *table, const char *const *options,
                        GError **error) {
    const OGRwkbGeometryType type = common_type(table);
    OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(crs, 4326);
    OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer =
        GDALDatasetCreateLayer(file, gap_table_name(table), crs, type, (char **)options);
    OSRRelease(crs);
    bool ok = layer && add_fields(layer, table);
    for (size_t row = 0; ok && row < gap_table_rows(table); row++)
        ok = add_feature(layer, table, row, type, error);
    return ok;
}

bool gap_features_save(GDALDatasetH file, bool made, const char *memory_name, const char *path,
                       const GapGdalEar *ear, GError **error) {
    if (file)
        GDALClose(file);
    const bool failed = !file || !made || ear->failed;
    // A damaged geometry has set the error already.
    if (failed && (!error || !*error))
        gap_gdal_fail(ear, path, "cannot be made", "check the layer with 'gapmap check'", error);
    const bool ok = !failed && gap_gdal_save(memory_name, path, error);
    VSIUnlink(memory_name);
    return ok;
}
