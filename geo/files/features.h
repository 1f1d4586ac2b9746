/** From tables to OGR layers. Internal to geo/files. */
#ifndef GAP_FILES_FEATURES_H
#define GAP_FILES_FEATURES_H

#include <gdal.h>

#include "geo/files/gdal.h"
#include "geo/table/table.h"

/** Adds `table` as a layer of `file` in EPSG:4326, `options` (NULL-terminated) being the driver's
 *  layer creation options. The layer's type is that of its geometries, single ones raised to Multi
 *  where there are both. Empty geometries become none.
 *  False where GDAL failed (its ear heard why) or, with `error` set, where a geometry is damaged.
 */
bool gap_features_write(GDALDatasetH file, const GapTable *table, const char *const *options,
                        GError **error);

/** Closes `file` (NULL: it could not be made), which stands in GDAL's memory as `memory_name`, and
 *  where it was `made` and `ear` heard no failure writes it as `path`. What GDAL's drivers do not
 *  check (a full disk), gap_atomic_write() does, and no half file, lock or journal ever stands
 *  beside the target. An `error` that is set already stays. */
bool gap_features_save(GDALDatasetH file, bool made, const char *memory_name, const char *path,
                       const GapGdalEar *ear, GError **error);

#endif
