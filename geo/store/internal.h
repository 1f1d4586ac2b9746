/** What the files of this room share. */
#ifndef GAP_STORE_INTERNAL_H
#define GAP_STORE_INTERNAL_H

#include "geo/store/store.h"

#include <sqlite3.h>

struct GapStore {
    char *path;
    sqlite3 *db;
    void *spatialite;
    GHashTable *statements; /**< const GapStatement* to sqlite3_stmt* */
    const GapSchema *schema;
};

/** Sets `error` from what SQLite said last; `what` is the statement or the work at hand. */
bool gap_store_fail(GapStore *store, const char *what, GError **error);
/** Runs every statement of `sql`. One whose first column answers 0 or NULL failed: so SpatiaLite's
 *  functions complain. */
bool gap_store_script(GapStore *store, const char *name, const char *sql, GError **error);

#endif
