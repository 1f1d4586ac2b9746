/** How geo/files uses GDAL: few drivers, no plugins, no printing, nothing but regular files.
 *  Internal to geo/files.
 */
#ifndef GAP_FILES_GDAL_H
#define GAP_FILES_GDAL_H

#include <glib.h>
#include <stdbool.h>

/** Hears what GDAL would print. On the stack, as `g_auto(GapGdalEar) ear = {0};` and then
 *  gap_gdal_listen(&ear): it is taken off again where the scope ends. */
typedef struct {
    char *message; /**< the last failure, or the last warning where nothing failed; or NULL */
    bool failed, listening;
} GapGdalEar;

/** Registers the drivers of gapmap (first call only; thread-safe) and listens in this thread. */
void gap_gdal_listen(GapGdalEar *ear);
void gap_gdal_ear_clear(GapGdalEar *ear);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GapGdalEar, gap_gdal_ear_clear)

/** Sets `error` to "PATH: WHAT (GDAL's words): REMEDY"; answers false. */
bool gap_gdal_fail(const GapGdalEar *ear, const char *path, const char *what, const char *remedy,
                   GError **error);

/** The absolute name of a regular file of 1 byte to 2 GiB, which is safe to hand to GDAL: no
 *  address, no prefix of a driver and no virtual file system can be read out of it.
 *  Returns: (transfer full). */
char *gap_gdal_path(const char *path, GError **error);

/** GDAL also opens files that are called alike (x.dbf, x.gpkg-wal): one that is a pipe or a device
 * is an error. `path` as gap_gdal_path() gives it. */
bool gap_gdal_check_beside(const char *path, const char *shown, GError **error);

/** A name in GDAL's memory file system, not in use, with the ending given. What is written there
 *  goes to disk by gap_gdal_save() only when it is whole. Returns: (transfer full). */
char *gap_gdal_memory_name(const char *ending);
/** Writes the memory file as `path` through gap_atomic_write(). */
bool gap_gdal_save(const char *memory_name, const char *path, GError **error);

#endif
