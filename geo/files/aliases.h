/** Titles of columns inside a GeoPackage. Internal to geo/files. */
#ifndef GAP_FILES_ALIASES_H
#define GAP_FILES_ALIASES_H

#include <gdal.h>

#include "geo/table/table.h"

/** Writes title and unit of every column that has one into gpkg_data_columns (the Schema extension
 *  of OGC 12-128r18, annex F.9), which GDAL 3.6 leaves
 *  out. */
void gap_aliases_write(GDALDatasetH file, GapTable *const *tables, size_t n);

#endif
