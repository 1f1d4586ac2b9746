/** Opening a raster, for those who read it in one way or another. Internal to geo/files. */
#ifndef GAP_FILES_RASTER_OPEN_H
#define GAP_FILES_RASTER_OPEN_H

#include <gdal.h>
#include <ogr_srs_api.h>

#include "geo/files/gdal.h"
#include "geo/shape/geometry.h"

/** A regular file by the drivers that may read rasters: GeoTIFF, ESRI ASCII grid, SRTM HGT. None
 *  of them follows a name within the file to another. `ear` listens already. */
GDALDatasetH gap_raster_open(const char *path, const GapGdalEar *ear, GError **error);

/** The system of its coordinates, axes in the order of GIS; where the file names none and its
 *  extent fits degrees, those. NULL with an error where it is not to be told, and where the file
 *  does not say where it lies. Free with OSRRelease(). */
OGRSpatialReferenceH gap_raster_crs(GDALDatasetH file, const char *path, GError **error);

/** Of a north-up raster; false where it is turned. */
bool gap_raster_is_north_up(GDALDatasetH file, double transform[6]);

/** A code or a PROJ string or WKT as a system, axes in the order of GIS; NULL with an error. */
OGRSpatialReferenceH gap_raster_crs_of(const char *definition, GError **error);

#endif
