/** Errors: one domain, a handful of codes, messages that a planner can act on.
 *
 *  Every failing function of the library takes a trailing `GError **` (NULL allowed) and answers
 *  false or NULL. A message says what is wrong, where (file, row, field, value) and what to do
 * next.
 */
#ifndef GAP_BASE_ERROR_H
#define GAP_BASE_ERROR_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    GAP_ERROR_FAILED,  /**< the machine or a library failed: disk full, no memory, read-only */
    GAP_ERROR_USAGE,   /**< the command or recipe asks for something that does not exist */
    GAP_ERROR_INPUT,   /**< a file, row or value cannot be used */
    GAP_ERROR_NEWER,   /**< the store was made by a newer gapmap */
    GAP_ERROR_MISSING, /**< something that must be loaded or computed first is not there */
} GapErrorCode;

#define GAP_ERROR (gap_error_quark())
GQuark gap_error_quark(void);

/** Where in an input a value stood; zero or NULL where that is not known. */
typedef struct {
    const char *file;
    gint64 row; /**< 1 is the first row of data, below the header */
    const char *field;
    const char *value; /**< shown in quotes, shortened to 60 characters */
} GapPlace;

/** Sets `error` to "FILE, row R, field F, value 'V': MESSAGE" and answers false, so that a caller
 *  can write `return gap_fail_at(...)`. */
bool gap_fail_at(GError **error, GapPlace place, const char *format, ...) G_GNUC_PRINTF(3, 4);

/** Sets `error` with `code` and answers false. */
bool gap_fail(GError **error, GapErrorCode code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/** Appends a sentence to notes, strings of what was done or found on the way. */
void gap_note(GPtrArray *notes, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** Text made safe to print: control characters and broken UTF-8 escaped, at most `limit`
 *  characters with an ellipsis. Returns: (transfer full). */
char *gap_printable(const char *text, size_t limit);

#endif
