/** What all readers check of columns and text. Internal to geo/files. */
#ifndef GAP_FILES_COLUMNS_H
#define GAP_FILES_COLUMNS_H

#include "geo/table/table.h"

/** Adds a column named by the file, trimmed. A name that is empty, not UTF-8 or taken is an
 *  error. */
bool gap_columns_add(GapTable *table, const char *path, const char *name, GapType type,
                     GError **error);
/** Sets text that a file holds, "" as null; text that is not UTF-8 is an error with row and
 *  field. */
bool gap_columns_set_text(GapTable *table, const char *path, size_t row, size_t column,
                          const char *text, GError **error);

#endif
