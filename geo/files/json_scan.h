/** A look through a JSON file before GDAL reads it: GDAL leaves out, without a word, what stands
 *  after the first value, and needs memory for the largest. Internal to geo/files. */
#ifndef GAP_FILES_JSON_SCAN_H
#define GAP_FILES_JSON_SCAN_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    bool sequence; /**< several values, one a line */
    bool mark;     /**< a byte order mark stands before them */
    gint64 rows;   /**< values of a sequence, or features of the collection; -1: it is none */
} GapJsonShape;

/** Judges brackets and strings only. Errors name the line or row: cut off, no JSON, nested deeper
 *  than 100, a feature of more than 32 MiB (GDAL takes 22 times as much to read it), properties of
 *  more than 1,000 names (GDAL's time grows with their square), several values that do not stand on
 *  lines of their own. O(bytes), some 1 s a GB; memory constant. */
bool gap_json_scan(const char *path, const char *shown, GapJsonShape *shape, GError **error);

#endif
