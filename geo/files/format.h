/** What a file is, told by its first bytes and, where those leave it open, by the ending of its
 *  name. Internal to geo/files. */
#ifndef GAP_FILES_FORMAT_H
#define GAP_FILES_FORMAT_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    GAP_FORMAT_SHEET,   /**< CSV, TSV, XLSX, XLS, ODS, DOCX: geo/files/sheet.h reads it */
    GAP_FORMAT_ARCHIVE, /**< a zip archive that is none of those */
    GAP_FORMAT_JSON,    /**< GeoJSON, as one value or a feature a line */
    GAP_FORMAT_GEOPACKAGE,
    GAP_FORMAT_SHAPEFILE,
    GAP_FORMAT_FLATGEOBUF,
    GAP_FORMAT_KML,
    GAP_FORMAT_OSM,
} GapFormat;

/** `path` as gap_gdal_path() gives it, or a member of an archive; `shown` for messages. A file of
 *  no known format is an error that lists those that are read. */
bool gap_format_find(const char *path, const char *shown, GapFormat *format, GError **error);
/** Whether a name ends in a dot and `ending`, whatever its case. */
bool gap_format_ends(const char *name, const char *ending);

#endif
