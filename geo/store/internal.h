/** What the files of this room share. */
#ifndef GAP_STORE_INTERNAL_H
#define GAP_STORE_INTERNAL_H

#include "geo/store/store.h"

#include <sqlite3.h>

typedef struct GapBulk GapBulk;

struct GapStore {
    char *path;
    sqlite3 *db;
    void *spatialite;
    GHashTable *statements; /**< const GapStatement* to sqlite3_stmt* */
    const GapSchema *schema;
    GapBulk *bulk; /**< between gap_store_bulk_begin() and its end, or NULL */
};

/** Sets `error` from what SQLite said last; `what` is the statement or the work at hand. */
bool gap_store_fail(GapStore *store, const char *what, GError **error);
/** Runs every statement of `sql`. One whose first column answers 0 or NULL failed: so SpatiaLite's
 *  functions complain. */
bool gap_store_script(GapStore *store, const char *name, const char *sql, GError **error);
/** A statement for names that cannot be bound; the caller finalizes it. NULL with `error` set. */
sqlite3_stmt *gap_store_prepare(GapStore *store, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/** The whole number that such a query answers in its first row; -1 with `error` set, or where there
 *  is no row. */
gint64 gap_store_count(GapStore *store, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/** After a rollback, which has brought the triggers back. */
void gap_bulk_forget(GapStore *store);

#endif
