/** Files that are whole or not there: written aside in the same folder, flushed, renamed. */
#ifndef GAP_FILES_ATOMIC_H
#define GAP_FILES_ATOMIC_H

#include <glib.h>
#include <stdbool.h>

/** A name beside `path`, not in use, hidden, with its ending kept (drivers go by it); the folder is
 *  made where it is missing. Returns: (transfer full). */
char *gap_atomic_begin(const char *path, GError **error);
/** Flushes `aside` to disk and renames it to `path`. On failure `aside` is removed. */
bool gap_atomic_commit(const char *aside, const char *path, GError **error);
/** Removes `aside`; never fails. */
void gap_atomic_abort(const char *aside);
/** Writes `length` bytes of `data` as the whole of `path`. */
bool gap_atomic_write(const char *path, const void *data, size_t length, GError **error);
/** The name of a file without folder and ending; one that begins with its only dot is kept.
 *  Returns: (transfer full). */
char *gap_file_stem(const char *path);
/** Whether two names are of one file, by name or, with links, by what is there. */
bool gap_file_is_same(const char *a, const char *b);
/** SHA-256 of a regular file in hex. Returns: (transfer full). */
char *gap_file_sha256(const char *path, GError **error);

#endif
