/** From tables to OGR layers. Internal to geo/files. */
#ifndef GAP_FILES_FEATURES_H
#define GAP_FILES_FEATURES_H

#include <gdal.h>

#include "geo/table/table.h"

/** Adds `table` as a layer of `file` in EPSG:4326, `options` (NULL-terminated) being the driver's
 *  layer creation options. The layer's type is that of its geometries, single ones raised to Multi
 *  where there are both. Empty geometries become none.
 *  False where GDAL failed (its ear heard why) or, with `error` set, where a geometry is damaged.
 */
bool gap_features_write(GDALDatasetH file, const GapTable *table, const char *const *options,
                        GError **error);

#endif
