#include "geo/base/error.h"
#include "geo/store/internal.h"

#include <string.h>

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The tables that the schema's own text creates, sorted: SpatiaLite's are not ours to compare. */
static GPtrArray *schema_tables(const GapSchema *schema) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GRegex) create = g_regex_new("^CREATE TABLE (\\w+)", G_REGEX_MULTILINE, 0, NULL);
    for (size_t i = 0; i < schema->n_steps; i++) {
        g_autoptr(GMatchInfo) match = NULL;
        g_regex_match(create, schema->steps[i].sql, 0, &match);
        for (; g_match_info_matches(match); g_match_info_next(match, NULL))
            g_ptr_array_add(names, g_match_info_fetch(match, 1));
    }
    g_ptr_array_sort(names, by_name);
    return names;
}

/* The names that a query on the database's own catalogue answers, or NULL. */
static GPtrArray *names_of(GapStore *store, const char *sql, const char *table, GError **error) {
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) != SQLITE_OK) {
        gap_store_fail(store, table, error);
        return NULL;
    }
    sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        g_ptr_array_add(names, g_strdup((const char *)sqlite3_column_text(stmt, 0)));
    sqlite3_finalize(stmt);
    return names;
}

static char *quoted(const GPtrArray *names) {
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(out, "%s\"%s\"", i ? ", " : "", (char *)names->pdata[i]);
    return g_string_free(out, FALSE);
}

/* "SELECT a, b FROM t ORDER BY key". Where rows are told apart by a UNIQUE constraint as well, that
 * is the key, and the number of the row, which tells only when it came, is left out. */
static char *select_of(GapStore *store, const char *table, GError **error) {
    static const char unique[] =
        "SELECT c.name FROM pragma_index_info((SELECT name FROM pragma_index_list(?1)"
        " WHERE origin = 'u' ORDER BY seq LIMIT 1)) c ORDER BY c.seqno";
    static const char primary[] = "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk";
    static const char all[] =
        "SELECT name FROM pragma_table_info(?1) WHERE name NOT IN ('loaded_at', 'made_at')";
    static const char numberless[] = "SELECT name FROM pragma_table_info(?1) WHERE name NOT IN"
                                     " ('loaded_at', 'made_at') AND NOT (pk = 1 AND name = 'id')";
    g_autoptr(GPtrArray) key = names_of(store, unique, table, error);
    const bool other = key && key->len > 0;
    if (key && !other) {
        g_ptr_array_unref(key);
        key = names_of(store, primary, table, error);
    }
    g_autoptr(GPtrArray) columns =
        key ? names_of(store, other ? numberless : all, table, error) : NULL;
    if (!columns)
        return NULL;
    g_autofree char *what = quoted(columns), *order = quoted(key);
    return g_strdup_printf("SELECT %s FROM \"%s\" ORDER BY %s", what, table,
                           key->len ? order : "rowid");
}

static void dump_value(sqlite3_stmt *stmt, int column, FILE *out) {
    switch (sqlite3_column_type(stmt, column)) {
    case SQLITE_NULL:
        fputs("NULL", out);
        break;
    case SQLITE_BLOB: {
        const unsigned char *data = sqlite3_column_blob(stmt, column);
        const int size = sqlite3_column_bytes(stmt, column);
        fputs("x'", out);
        for (int i = 0; i < size; i++)
            fprintf(out, "%02x", data[i]);
        fputc('\'', out);
        break;
    }
    case SQLITE_TEXT: {
        g_autofree char *escaped =
            g_strescape((const char *)sqlite3_column_text(stmt, column), NULL);
        fprintf(out, "\"%s\"", escaped);
        break;
    }
    default:
        fputs((const char *)sqlite3_column_text(stmt, column), out);
    }
}

static bool dump_table(GapStore *store, const char *table, FILE *out, GError **error) {
    g_autofree char *sql = select_of(store, table, error);
    if (!sql)
        return false;
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        return gap_store_fail(store, table, error);
    fprintf(out, "# %s\n", table);
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW)
        for (int c = 0, n = sqlite3_column_count(stmt); c < n; c++) {
            dump_value(stmt, c, out);
            fputc(c + 1 < n ? '\t' : '\n', out);
        }
    const bool ok = step == SQLITE_DONE || gap_store_fail(store, table, error);
    sqlite3_finalize(stmt);
    return ok;
}

bool gap_store_dump(GapStore *store, FILE *out, GError **error) {
    g_autoptr(GPtrArray) tables = schema_tables(store->schema);
    for (guint i = 0; i < tables->len; i++)
        if (!dump_table(store, g_ptr_array_index(tables, i), out, error))
            return false;
    return fflush(out) == 0 && !ferror(out)
               ? true
               : gap_fail(error, GAP_ERROR_FAILED, "the dump cannot be written");
}

/* One check: its query's rows become (check, first column as text). */
static bool run_check(GapStore *store, const char *name, const char *sql, GapTable *found,
                      GError **error) {
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        return gap_store_fail(store, name, error);
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        const size_t row = gap_table_add_row(found);
        gap_table_set_text(found, row, 0, name);
        gap_table_set_text(found, row, 1, (const char *)sqlite3_column_text(stmt, 0));
    }
    const bool ok = step == SQLITE_DONE || gap_store_fail(store, name, error);
    sqlite3_finalize(stmt);
    return ok;
}

GapTable *gap_store_check(GapStore *store, GError **error) {
    g_autoptr(GapTable) found = gap_table_new("checks");
    gap_table_add_column(found, &(GapColumnSpec){"check", GAP_TYPE_TEXT, NULL, "Check"});
    gap_table_add_column(found, &(GapColumnSpec){"detail", GAP_TYPE_TEXT, NULL, "Detail"});
    g_auto(GStrv) parts = g_strsplit(store->schema->checks, "-- name: ", -1);
    for (char **part = parts[0] ? parts + 1 : parts; *part; part++) {
        char *sql = strchr(*part, '\n');
        if (!sql)
            continue;
        *sql++ = '\0';
        if (!run_check(store, g_strstrip(*part), sql, found, error))
            return NULL;
    }
    return g_steal_pointer(&found);
}
