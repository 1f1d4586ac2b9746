/** What GDAL must not be let loose on in a GeoPackage. Internal to geo/files.
 *
 *  A view is a program: it may run for ever, or make a gigabyte of each row. So layers that are
 *  views, or tables with computed columns, are not read; and a file in which a table of the format
 *  itself is one is not opened. */
#ifndef GAP_FILES_GEOPACKAGE_H
#define GAP_FILES_GEOPACKAGE_H

#include <glib.h>
#include <stdbool.h>

/** The names, in small letters, of what is computed. `path` is a regular file.
 *  Returns: (transfer full). */
GHashTable *gap_geopackage_computed(const char *path, const char *shown, GError **error);
/** Copies a GeoPackage out of its archive to the folder for temporary files, since SQLite reads
 *  here and there. The caller removes it, which may be as soon as it is open.
 *  Returns: (transfer full). */
char *gap_geopackage_unpack(const char *member, const char *shown, GError **error);

#endif
