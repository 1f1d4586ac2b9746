/** Reading CSV. Internal to geo/files. */
#ifndef GAP_FILES_CSV_H
#define GAP_FILES_CSV_H

#include "geo/table/table.h"

/** `path` as gap_gdal_path() gives it, `shown` as the user wrote it, for messages. Separated by
 *  comma, semicolon or tab, whichever the first line has most of. A column `geom` of WKT becomes
 *  the geometry; all others are text. Returns: (transfer full). */
GapTable *gap_csv_read(const char *path, const char *shown, GError **error);

#endif
