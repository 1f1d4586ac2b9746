/** The one map layer of a zip archive. Internal to geo/files.
 *
 *  The directory of the archive is judged before anything is unpacked: at most 1,000 members and
 *  2 GiB unpacked, at most a hundred times the archive where that is over 64 MiB; no zip64, no
 *  encrypted members, no archives within, no member whose name is absolute or goes up ("..").
 *  Then the chosen member and those of its stem are read through once, so that a size or checksum
 *  that is not what the directory states is found. Nothing is unpacked to disk. */
#ifndef GAP_FILES_ARCHIVE_H
#define GAP_FILES_ARCHIVE_H

#include <glib.h>

/** The name by which GDAL reads the layer of the archive `path` (as gap_gdal_path() gives it).
 *  `layer` picks by name, without folder and ending, where there are several; it is set to NULL
 *  where it did. Returns: (transfer full). */
char *gap_archive_find(const char *path, const char *shown, const char **layer, GError **error);

#endif
