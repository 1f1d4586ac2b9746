/** What all readers check of columns. Internal to geo/files. */
#ifndef GAP_FILES_COLUMNS_H
#define GAP_FILES_COLUMNS_H

#include "geo/table/table.h"

/** Adds a column named by the file, trimmed. A name that is empty, not UTF-8 or taken is an
 *  error. */
bool gap_columns_add(GapTable *table, const char *path, const char *name, GapType type,
                     GError **error);

#endif
