/** Where sections and keys stand in the text of a recipe. GKeyFile merges sections that stand
 *  twice and forgets lines; this finds both before it reads.
 */
#ifndef GAP_CLI_SCAN_H
#define GAP_CLI_SCAN_H

#include <glib.h>

typedef struct {
    const char *path;
    GHashTable *lines; /**< "section" or "section\nkey" to its line, as a pointer */
} GapScan;

/** A line that is no section, key or comment, a section that stands twice (whatever its spaces) and
 *  a key twice in a section are errors that name the lines. O(length). Returns: (transfer full). */
GapScan *gap_scan(const char *path, const char *text, GError **error);
void gap_scan_free(GapScan *scan); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapScan, gap_scan_free)

/** "PATH, line N", of the key where it is not NULL, else of the section. Returns: (transfer full).
 */
char *gap_scan_place(const GapScan *scan, const char *section, const char *key);

/** Runs of space made one, trimmed. Returns: (transfer full). */
char *gap_scan_squeeze(const char *text);

#endif
