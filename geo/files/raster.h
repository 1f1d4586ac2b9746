/** Rasters from files, through GDAL: explicit drivers (GeoTIFF, ESRI ASCII grid, SRTM HGT), regular
 *  files only. */
#ifndef GAP_FILES_RASTER_H
#define GAP_FILES_RASTER_H

#include "geo/grid/grid.h"
#include "geo/shape/geometry.h"

/** Reads band 1 as float, reprojected to EPSG:4326 where it is not, no-data as NaN.
 *  Returns: (transfer full). */
GapGrid *gap_raster_read(const char *path, GError **error);

/** Warps a grid in degrees into the plane of `definition` (a PROJ string), cells of `cell_m`,
 *  covering `box` (in that plane), cubic. Returns: (transfer full). */
GapGrid *gap_raster_warp(const GapGrid *grid, const char *definition, GapBox box, double cell_m,
                         GError **error);

/** Shaded relief, 0 (dark) to 255 (light), of a metric elevation grid: several light directions
 *  (GDAL's multidirectional hillshade, USGS OF 92-422), heights times `exaggeration`.
 *  Returns: (transfer full). */
GapGrid *gap_raster_hillshade(const GapGrid *elevation_m, double exaggeration, GError **error);

#endif
