#include "geo/base/error.h"
#include "geo/store/internal.h"
#include "geo/store/spatial_index.h"

struct GapBulk {
    char *table, *column;
    GPtrArray *triggers; // their statements
};

void gap_bulk_forget(GapStore *store) {
    if (!store->bulk)
        return;
    g_free(store->bulk->table);
    g_free(store->bulk->column);
    g_ptr_array_unref(store->bulk->triggers);
    g_clear_pointer(&store->bulk, g_free);
}

/* Reads the triggers that SpatiaLite made for the column and answers what drops them; NULL on an
 * error. */
static char *read_triggers(GapStore *store, GError **error) {
    const GapBulk *bulk = store->bulk;
    sqlite3_stmt *stmt = gap_store_prepare(
        store, error,
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '%s'"
        " AND name GLOB '???_%s_%s' ORDER BY rowid",
        bulk->table, bulk->table, bulk->column);
    if (!stmt)
        return NULL;
    GString *drop = g_string_new(NULL);
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        g_string_append_printf(drop, "DROP TRIGGER \"%s\";",
                               (const char *)sqlite3_column_text(stmt, 0));
        g_ptr_array_add(bulk->triggers, g_strdup((const char *)sqlite3_column_text(stmt, 1)));
    }
    const bool ok = step == SQLITE_DONE || gap_store_fail(store, bulk->table, error);
    sqlite3_finalize(stmt);
    return g_string_free(drop, !ok);
}

bool gap_store_bulk_begin(GapStore *store, const char *table, const char *column, GError **error) {
    g_assert(!store->bulk && !sqlite3_get_autocommit(store->db));
    store->bulk = g_new0(GapBulk, 1);
    *store->bulk =
        (GapBulk){g_strdup(table), g_strdup(column), g_ptr_array_new_with_free_func(g_free)};
    g_autofree char *drop = read_triggers(store, error);
    return drop && gap_store_script(store, table, drop, error);
}

/* What SpatiaLite's triggers would have noted with every row. */
static bool note_time(GapStore *store, GError **error) {
    g_autofree char *sql = g_strdup_printf(
        "UPDATE geometry_columns_time SET last_insert = strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ')"
        " WHERE f_table_name = lower('%s') AND f_geometry_column = lower('%s')",
        store->bulk->table, store->bulk->column);
    return gap_store_script(store, store->bulk->table, sql, error);
}

bool gap_store_bulk_end(GapStore *store, GError **error) {
    const GapBulk *bulk = store->bulk;
    g_assert(bulk);
    bool ok =
        gap_spatial_index_build(store, bulk->table, bulk->column, error) && note_time(store, error);
    for (guint i = 0; ok && i < bulk->triggers->len; i++)
        ok = gap_store_script(store, bulk->table, g_ptr_array_index(bulk->triggers, i), error);
    if (ok)
        gap_bulk_forget(store);
    return ok;
}
