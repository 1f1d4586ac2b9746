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

static bool is_time(const char *column) {
    return g_str_equal(column, "loaded_at") || g_str_equal(column, "made_at");
}

/* "SELECT a, b FROM t ORDER BY key": identifiers come from the database's own catalogue. */
static char *select_of(GapStore *store, const char *table, GError **error) {
    g_autofree char *info = g_strdup_printf("SELECT name, pk FROM pragma_table_info('%s')", table);
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(store->db, info, -1, &stmt, NULL) != SQLITE_OK) {
        gap_store_fail(store, table, error);
        return NULL;
    }
    g_autoptr(GString) columns = g_string_new(NULL);
    g_autoptr(GString) keys = g_string_new(NULL);
    for (; sqlite3_step(stmt) == SQLITE_ROW;) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        if (is_time(name))
            continue;
        g_string_append_printf(columns, "%s\"%s\"", columns->len ? ", " : "", name);
        if (sqlite3_column_int(stmt, 1))
            g_string_append_printf(keys, "%s\"%s\"", keys->len ? ", " : "", name);
    }
    sqlite3_finalize(stmt);
    return g_strdup_printf("SELECT %s FROM \"%s\" ORDER BY %s", columns->str, table,
                           keys->len ? keys->str : "rowid");
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
        g_autofree char *quoted =
            g_strescape((const char *)sqlite3_column_text(stmt, column), NULL);
        fprintf(out, "\"%s\"", quoted);
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
