#include "geo/files/geopackage.h"

#include <cpl_vsi.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#include "geo/base/error.h"

static bool fail(sqlite3 *db, const char *shown, GError **error) {
    g_autofree char *said = gap_printable(sqlite3_errmsg(db), 200);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: cannot be read as a GeoPackage (%s): it is cut off or damaged; get it "
                    "again from where it came",
                    shown, said);
}

// sqlite_master is the one table that a file cannot replace.
static bool collect(sqlite3 *db, const char *shown, GHashTable *names, GError **error) {
    static const char sql[] =
        "SELECT lower(name) FROM sqlite_master WHERE type = 'view' UNION "
        "SELECT lower(m.name) FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c "
        "WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND c.hidden IN (2, 3)";
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
            g_hash_table_add(names, g_strdup((const char *)sqlite3_column_text(statement, 0)));
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE || fail(db, shown, error);
}

static bool judge(GHashTable *names, const char *shown, GError **error) {
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (g_str_has_prefix(name, "gpkg_") || g_str_has_prefix(name, "rtree_"))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "%s: its table %s is computed by a query, which a sound GeoPackage "
                            "never does: do not trust the file",
                            shown, (const char *)name);
    return true;
}

GHashTable *gap_geopackage_computed(const char *path, const char *shown, GError **error) {
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    sqlite3 *db = NULL;
    bool ok = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
                  ? collect(db, shown, names, error)
                  : fail(db, shown, error);
    sqlite3_close(db);
    return ok && judge(names, shown, error) ? g_steal_pointer(&names) : NULL;
}

static bool copy(VSILFILE *from, int to) {
    g_autofree char *chunk = g_malloc(1 << 18);
    size_t n;
    while ((n = VSIFReadL(chunk, 1, 1 << 18, from)) > 0)
        for (size_t done = 0; done < n;) {
            const ssize_t wrote = write(to, chunk + done, n - done);
            if (wrote < 0)
                return false;
            done += (size_t)wrote;
        }
    return true;
}

char *gap_geopackage_unpack(const char *member, const char *shown, GError **error) {
    g_autofree char *name = NULL;
    const int to = g_file_open_tmp("gapmap-XXXXXX.gpkg", &name, error);
    if (to < 0)
        return NULL;
    VSILFILE *from = VSIFOpenL(member, "rb");
    const bool ok = from && copy(from, to);
    const int why = errno;
    if (from)
        VSIFCloseL(from);
    close(to);
    if (ok)
        return g_steal_pointer(&name);
    g_unlink(name);
    gap_fail(error, GAP_ERROR_FAILED,
             "%s: cannot be unpacked to %s (%s): make room there, or "
             "unpack it yourself",
             shown, g_get_tmp_dir(), g_strerror(why));
    return NULL;
}
