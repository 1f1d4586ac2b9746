#include "geo/files/raster_open.h"

#include <string.h>

#include "geo/base/error.h"

GDALDatasetH gap_raster_open(const char *path, const GapGdalEar *ear, GError **error) {
    static const char *const drivers[] = {"GTiff", "AAIGrid", "SRTMHGT", NULL};
    g_autofree char *absolute = gap_gdal_path(path, error);
    if (!absolute || !gap_gdal_check_beside(absolute, path, error))
        return NULL;
    GDALDatasetH file = GDALOpenEx(
        absolute, GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers, NULL, NULL);
    if (!file)
        gap_gdal_fail(ear, path, "cannot be read as a raster",
                      "give a GeoTIFF, whole and unchanged", error);
    return file;
}

bool gap_raster_is_north_up(GDALDatasetH file, double t[6]) {
    return GDALGetGeoTransform(file, t) == CE_None && t[1] > 0 && t[2] == 0 && t[4] == 0 &&
           t[5] < 0;
}

static bool fits_degrees(GDALDatasetH file) {
    double t[6];
    return gap_raster_is_north_up(file, t) && t[0] >= -180.5 && t[3] <= 90.5 &&
           t[0] + t[1] * GDALGetRasterXSize(file) <= 180.5 &&
           t[3] + t[5] * GDALGetRasterYSize(file) >= -90.5;
}

// OSRSetFromUserInput() would also open files and addresses.
static bool import(OGRSpatialReferenceH crs, const char *definition) {
    if (g_str_has_prefix(definition, "EPSG:"))
        return OSRImportFromEPSG(crs, (int)g_ascii_strtoll(definition + 5, NULL, 10)) ==
               OGRERR_NONE;
    if (strstr(definition, "+proj="))
        return OSRImportFromProj4(crs, definition) == OGRERR_NONE;
    g_autofree char *wkt = g_strdup(definition);
    return strchr(wkt, '[') && OSRImportFromWkt(crs, &(char *){wkt}) == OGRERR_NONE;
}

OGRSpatialReferenceH gap_raster_crs_of(const char *definition, GError **error) {
    OGRSpatialReferenceH crs = OSRNewSpatialReference(NULL);
    OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    if (import(crs, definition))
        return crs;
    OSRRelease(crs);
    g_autofree char *shown = gap_printable(definition, 100);
    gap_fail(error, GAP_ERROR_USAGE,
             "'%s' is no coordinate system: give an EPSG code or a PROJ string", shown);
    return NULL;
}

OGRSpatialReferenceH gap_raster_crs(GDALDatasetH file, const char *path, GError **error) {
    double t[6];
    OGRSpatialReferenceH own = GDALGetSpatialRef(file);
    if (GDALGetGeoTransform(file, t) != CE_None) {
        gap_fail(error, GAP_ERROR_INPUT, "%s: does not say where it lies: add its georeference",
                 path);
        return NULL;
    }
    if (!own && !fits_degrees(file)) {
        gap_fail(error, GAP_ERROR_INPUT,
                 "%s: names no coordinate system and its extent is not in degrees: add it, for "
                 "example by 'gdal_edit.py -a_srs EPSG:32643'",
                 path);
        return NULL;
    }
    OGRSpatialReferenceH crs = own ? OSRClone(own) : gap_raster_crs_of("EPSG:4326", error);
    if (crs)
        OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    return crs;
}
