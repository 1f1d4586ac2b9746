#include "geo/base/error.h"
#include "geo/store/internal.h"
#include "geo/store/version.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <spatialite.h>
#include <string.h>
#include <unistd.h>

// "GAPM" in SQLite's header tells our files from other SpatiaLite databases.
#define APPLICATION_ID 0x4741504D

bool gap_store_fail(GapStore *store, const char *what, GError **error) {
    const int code = sqlite3_errcode(store->db);
    const char *remedy = "";
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        remedy = "; another program has the store open: close it and try again";
    else if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN)
        remedy = "; the file or its folder cannot be written: check its permissions";
    else if (code == SQLITE_FULL)
        remedy = "; the disk is full: make room and try again";
    return gap_fail(error, GAP_ERROR_FAILED, "%s: %s: %s%s", store->path, what,
                    sqlite3_errmsg(store->db), remedy);
}

bool gap_store_script(GapStore *store, const char *name, const char *sql, GError **error) {
    for (const char *rest = sql; *rest;) {
        sqlite3_stmt *stmt = NULL;
        if (sqlite3_prepare_v2(store->db, rest, -1, &stmt, &rest) != SQLITE_OK)
            return gap_store_fail(store, name, error);
        if (!stmt) // only a comment was left
            continue;
        const int step = sqlite3_step(stmt);
        const bool refused = step == SQLITE_ROW && sqlite3_column_int(stmt, 0) == 0;
        g_autofree char *text = refused ? g_strdup(sqlite3_sql(stmt)) : NULL;
        sqlite3_finalize(stmt);
        if (refused)
            return gap_fail(error, GAP_ERROR_FAILED, "%s: %s: refused: %s", store->path, name,
                            text);
        if (step != SQLITE_ROW && step != SQLITE_DONE)
            return gap_store_fail(store, name, error);
    }
    return true;
}

static sqlite3_stmt *prepare_list(GapStore *store, GError **error, const char *format,
                                  va_list args) {
    g_autofree char *sql = g_strdup_vprintf(format, args);
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        gap_store_fail(store, sql, error);
    return stmt;
}

sqlite3_stmt *gap_store_prepare(GapStore *store, GError **error, const char *format, ...) {
    va_list args;
    va_start(args, format);
    sqlite3_stmt *stmt = prepare_list(store, error, format, args);
    va_end(args);
    return stmt;
}

gint64 gap_store_count(GapStore *store, GError **error, const char *format, ...) {
    va_list args;
    va_start(args, format);
    sqlite3_stmt *stmt = prepare_list(store, error, format, args);
    va_end(args);
    gint64 value = -1;
    if (stmt && sqlite3_step(stmt) == SQLITE_ROW)
        value = sqlite3_column_int64(stmt, 0);
    else if (stmt)
        gap_store_fail(store, sqlite3_sql(stmt), error);
    sqlite3_finalize(stmt);
    return value;
}

static bool exec(GapStore *store, const char *sql, GError **error) {
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    return gap_store_fail(store, sql, error);
}

static void finalize(gpointer stmt) {
    sqlite3_finalize(stmt);
}

/* `shown` is the name that messages give it. */
static GapStore *connect_file(const char *path, const char *shown, int flags,
                              const GapSchema *schema, GError **error) {
    g_autoptr(GapStore) store = g_new0(GapStore, 1);
    store->path = g_strdup(shown);
    store->schema = schema;
    store->statements = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, finalize);
    if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK) {
        gap_store_fail(store, "cannot be opened", error);
        return NULL;
    }
    sqlite3_busy_timeout(store->db, 2000);
    store->spatialite = spatialite_alloc_connection();
    spatialite_init_ex(store->db, store->spatialite, 0);
    // A cache in which the inner pages of every index of a large load stay; in KiB, on demand.
    if (!exec(store, "PRAGMA foreign_keys=ON", error) ||
        !exec(store, "PRAGMA cache_size=-65536", error) ||
        !exec(store, "PRAGMA synchronous=NORMAL", error))
        return NULL;
    return g_steal_pointer(&store);
}

static bool migrate(GapStore *store, int from, GError **error) {
    const int to = (int)store->schema->n_steps;
    if (from == to)
        return true;
    if (!gap_store_begin(store, error))
        return false;
    for (int i = from; i < to; i++)
        if (!gap_store_script(store, store->schema->steps[i].name, store->schema->steps[i].sql,
                              error))
            return false;
    g_autofree char *stamp =
        g_strdup_printf("PRAGMA application_id=%d; PRAGMA user_version=%d", APPLICATION_ID, to);
    return exec(store, stamp, error) && gap_store_commit(store, error);
}

/* Makes the whole file under another name first: a store is there complete or not at all. */
static bool create(const char *path, const GapSchema *schema, GError **error) {
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *name = g_strdup_printf(".%s.%d.new", base, (int)getpid());
    g_autofree char *aside = g_build_filename(folder, name, NULL);
    if (g_mkdir_with_parents(folder, 0777) != 0)
        return gap_fail(error, GAP_ERROR_FAILED,
                        "%s: the folder cannot be made (%s): check its permissions", folder,
                        g_strerror(errno));
    GapStore *store =
        connect_file(aside, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, schema, error);
    // Nobody else sees the file yet and a crash leaves nothing behind under its name.
    bool done = store && exec(store, "PRAGMA journal_mode=MEMORY", error) &&
                gap_store_script(store, "spatial metadata",
                                 "SELECT InitSpatialMetaDataFull(1, 'WGS84')", error) &&
                migrate(store, 0, error);
    gap_store_close(store);
    if (done && g_rename(aside, path) != 0)
        done = gap_fail(error, GAP_ERROR_FAILED, "%s: %s: check the folder's permissions", path,
                        g_strerror(errno));
    if (!done)
        g_unlink(aside);
    return done;
}

/* Whether the file starts as SQLite databases do. */
static bool is_database(const char *path) {
    static const char magic[] = "SQLite format 3";
    char head[sizeof magic] = "";
    FILE *file = g_fopen(path, "rb");
    const size_t got = file ? fread(head, 1, sizeof head, file) : 0;
    if (file)
        fclose(file);
    return got == sizeof magic && memcmp(head, magic, sizeof magic) == 0;
}

static bool check_version(GapStore *store, GError **error) {
    if (gap_store_count(store, NULL, "PRAGMA application_id") != APPLICATION_ID)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: a database, but not one of gapmap's; give another --store, or make "
                        "one with 'gapmap init FILE.gapmap'",
                        store->path);
    const int version = (int)gap_store_count(store, NULL, "PRAGMA user_version");
    if (version < 1)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: damaged (schema %d): load the sources into a new store", store->path,
                        version);
    if (version > (int)store->schema->n_steps)
        return gap_fail(error, GAP_ERROR_NEWER,
                        "%s: made by a newer gapmap (schema %d, this one knows %zu): install a "
                        "newer gapmap, or load the sources into a new store",
                        store->path, version, store->schema->n_steps);
    return migrate(store, version, error);
}

GapStore *gap_store_open(const char *path, GapStoreMode mode, const GapSchema *schema,
                         GError **error) {
    if (mode == GAP_STORE_CREATE && !g_file_test(path, G_FILE_TEST_EXISTS) &&
        !create(path, schema, error))
        return NULL;
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        gap_fail(error, GAP_ERROR_MISSING,
                 "%s: no such store; make it with 'gapmap init %s' or name another with --store",
                 path, path);
        return NULL;
    }
    if (!is_database(path)) {
        gap_fail(error, GAP_ERROR_INPUT, "%s: not a gapmap store; give another --store", path);
        return NULL;
    }
    // A store of an older schema is migrated whatever the mode, so it is opened for writing where
    // that is allowed.
    const bool writable = mode != GAP_STORE_READ || g_access(path, W_OK) == 0;
    g_autoptr(GapStore) store = connect_file(
        path, path, writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, schema, error);
    if (!store || !check_version(store, error))
        return NULL;
    if (mode != GAP_STORE_READ && sqlite3_db_readonly(store->db, "main") == 1) {
        gap_fail(error, GAP_ERROR_FAILED,
                 "%s: the store is read-only: check its permissions, or copy it", path);
        return NULL;
    }
    return g_steal_pointer(&store);
}

void gap_store_close(GapStore *store) {
    if (!store)
        return;
    gap_store_rollback(store);
    g_hash_table_unref(store->statements);
    sqlite3_close(store->db);
    if (store->spatialite)
        spatialite_cleanup_ex(store->spatialite);
    g_free(store->path);
    g_free(store);
}

const char *gap_store_path(const GapStore *store) {
    return store->path;
}

bool gap_store_begin(GapStore *store, GError **error) {
    // Rows of a reloaded source may be gone for a moment; at commit every reference must hold.
    return exec(store, "BEGIN IMMEDIATE", error) &&
           exec(store, "PRAGMA defer_foreign_keys=ON", error);
}

bool gap_store_commit(GapStore *store, GError **error) {
    g_assert(!store->bulk);
    return exec(store, "COMMIT", error);
}

bool gap_store_end(GapStore *store, bool ok, GError **error) {
    const bool done = ok && gap_store_commit(store, error);
    if (!done)
        gap_store_rollback(store);
    return done;
}

void gap_store_rollback(GapStore *store) {
    if (store->db && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    gap_bulk_forget(store);
}

const char *gap_store_version(void) {
    static char text[80];
    g_snprintf(text, sizeof text, "SQLite %s, SpatiaLite %s", sqlite3_libversion(),
               spatialite_version());
    return text;
}
