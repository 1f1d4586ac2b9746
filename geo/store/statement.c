#include "geo/base/error.h"
#include "geo/store/internal.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static sqlite3_stmt *prepared(GapStore *store, const GapStatement *statement, GError **error) {
    sqlite3_stmt *stmt = g_hash_table_lookup(store->statements, statement);
    if (stmt)
        return stmt;
    if (sqlite3_prepare_v3(store->db, statement->sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
        SQLITE_OK) {
        gap_store_fail(store, statement->name, error);
        return NULL;
    }
    g_hash_table_insert(store->statements, (gpointer)statement, stmt);
    return stmt;
}

/* `kept`: SQLITE_STATIC where the value outlives the statement's step, else SQLITE_TRANSIENT. */
static int bind_bytes(sqlite3_stmt *stmt, int i, GBytes *bytes, sqlite3_destructor_type kept) {
    if (!bytes)
        return sqlite3_bind_null(stmt, i);
    gsize size;
    const void *data = g_bytes_get_data(bytes, &size);
    return sqlite3_bind_blob64(stmt, i, data, size, kept);
}

static int bind_text(sqlite3_stmt *stmt, int i, const char *text, sqlite3_destructor_type kept) {
    if (text && !g_utf8_validate(text, -1, NULL))
        return SQLITE_MISMATCH;
    return sqlite3_bind_text(stmt, i, text, -1, kept);
}

static int bind_one(sqlite3_stmt *stmt, int i, char type, va_list *args) {
    switch (type) {
    case 's':
        return bind_text(stmt, i, va_arg(*args, const char *), SQLITE_TRANSIENT);
    case 'i':
        return sqlite3_bind_int64(stmt, i, va_arg(*args, gint64));
    case 'd': {
        const double value = va_arg(*args, double);
        return isnan(value) ? sqlite3_bind_null(stmt, i) : sqlite3_bind_double(stmt, i, value);
    }
    case 'g':
    case 'b':
        return bind_bytes(stmt, i, va_arg(*args, GBytes *), SQLITE_TRANSIENT);
    case 'n':
        return sqlite3_bind_null(stmt, i);
    default:
        g_assert_not_reached();
    }
}

/* The statement with its values bound, ready to step; NULL on an error. */
static sqlite3_stmt *bound(GapStore *store, const GapStatement *statement, GError **error,
                           const char *types, va_list *args) {
    sqlite3_stmt *stmt = prepared(store, statement, error);
    if (!stmt)
        return NULL;
    g_assert((int)strlen(types) == sqlite3_bind_parameter_count(stmt));
    for (int i = 0; types[i]; i++) {
        const int code = bind_one(stmt, i + 1, types[i], args);
        if (code != SQLITE_OK) {
            gap_fail(error, GAP_ERROR_INPUT, "%s: value %d cannot be stored: %s", statement->name,
                     i + 1, code == SQLITE_MISMATCH ? "not UTF-8" : sqlite3_errstr(code));
            return NULL;
        }
    }
    return stmt;
}

static void release(sqlite3_stmt *stmt) {
    if (stmt) {
        sqlite3_reset(stmt);
        sqlite3_clear_bindings(stmt);
    }
}

bool gap_store_run(GapStore *store, const GapStatement *statement, GError **error,
                   const char *types, ...) {
    va_list args;
    va_start(args, types);
    sqlite3_stmt *stmt = bound(store, statement, error, types, &args);
    va_end(args);
    int step = SQLITE_DONE;
    if (stmt)
        do
            step = sqlite3_step(stmt);
        while (step == SQLITE_ROW);
    const bool ok = stmt && (step == SQLITE_DONE || gap_store_fail(store, statement->name, error));
    release(stmt);
    return ok;
}

enum { FROM_SOURCE = -1, FROM_GEOMETRY = -2 };

/* What fills parameter i: a column number, or one of the two above. */
static int filler(sqlite3_stmt *stmt, int i, const GapTable *rows) {
    const char *name = sqlite3_bind_parameter_name(stmt, i) + 1;
    if (g_str_equal(name, "source"))
        return FROM_SOURCE;
    if (g_str_equal(name, "geom"))
        return FROM_GEOMETRY;
    const int column = gap_table_find(rows, name);
    g_assert(column >= 0);
    return column;
}

static int bind_cell(sqlite3_stmt *stmt, int i, const GapTable *rows, size_t row, int column) {
    if (gap_table_is_null(rows, row, (size_t)column))
        return sqlite3_bind_null(stmt, i);
    switch (gap_table_column(rows, (size_t)column)->type) {
    case GAP_TYPE_TEXT:
        return bind_text(stmt, i, gap_table_text(rows, row, (size_t)column), SQLITE_STATIC);
    case GAP_TYPE_INT:
        return sqlite3_bind_int64(stmt, i, gap_table_int(rows, row, (size_t)column));
    default:
        return sqlite3_bind_double(stmt, i, gap_table_real(rows, row, (size_t)column));
    }
}

bool gap_store_insert(GapStore *store, const GapStatement *statement, const GapTable *rows,
                      const char *source, GError **error) {
    sqlite3_stmt *stmt = prepared(store, statement, error);
    if (!stmt)
        return false;
    const int n = sqlite3_bind_parameter_count(stmt);
    g_autofree int *from = g_new(int, n + 1);
    for (int i = 1; i <= n; i++)
        from[i] = filler(stmt, i, rows);
    bool ok = true;
    for (size_t row = 0; ok && row < gap_table_rows(rows); row++) {
        for (int i = 1; ok && i <= n; i++) {
            const int code = from[i] == FROM_SOURCE ? bind_text(stmt, i, source, SQLITE_STATIC)
                             : from[i] == FROM_GEOMETRY
                                 ? bind_bytes(stmt, i, gap_table_geometry(rows, row), SQLITE_STATIC)
                                 : bind_cell(stmt, i, rows, row, from[i]);
            ok = code == SQLITE_OK || gap_store_fail(store, statement->name, error);
        }
        ok = ok &&
             (sqlite3_step(stmt) == SQLITE_DONE || gap_store_fail(store, statement->name, error));
        sqlite3_reset(stmt);
    }
    sqlite3_clear_bindings(stmt);
    return ok;
}

double gap_store_number(GapStore *store, const GapStatement *statement, double fallback,
                        GError **error, const char *types, ...) {
    va_list args;
    va_start(args, types);
    sqlite3_stmt *stmt = bound(store, statement, error, types, &args);
    va_end(args);
    const int step = stmt ? sqlite3_step(stmt) : SQLITE_DONE;
    double value = fallback;
    if (step == SQLITE_ROW && sqlite3_column_type(stmt, 0) != SQLITE_NULL)
        value = sqlite3_column_double(stmt, 0);
    else if (step != SQLITE_ROW && step != SQLITE_DONE)
        gap_store_fail(store, statement->name, error);
    release(stmt);
    return value;
}

char *gap_store_text(GapStore *store, const GapStatement *statement, GError **error,
                     const char *types, ...) {
    va_list args;
    va_start(args, types);
    sqlite3_stmt *stmt = bound(store, statement, error, types, &args);
    va_end(args);
    const int step = stmt ? sqlite3_step(stmt) : SQLITE_DONE;
    char *text = NULL;
    if (step == SQLITE_ROW)
        text = g_strdup((const char *)sqlite3_column_text(stmt, 0));
    else if (step != SQLITE_DONE)
        gap_store_fail(store, statement->name, error);
    release(stmt);
    return text;
}

static void copy_cell(GapTable *table, size_t row, size_t column, sqlite3_stmt *stmt) {
    const int i = (int)column;
    if (sqlite3_column_type(stmt, i) == SQLITE_NULL)
        return;
    switch (gap_table_column(table, column)->type) {
    case GAP_TYPE_TEXT:
        gap_table_set_text(table, row, column, (const char *)sqlite3_column_text(stmt, i));
        break;
    case GAP_TYPE_INT:
        gap_table_set_int(table, row, column, sqlite3_column_int64(stmt, i));
        break;
    case GAP_TYPE_REAL:
        gap_table_set_real(table, row, column, sqlite3_column_double(stmt, i));
        break;
    }
}

static void copy_geometry(GapTable *table, size_t row, sqlite3_stmt *stmt, int column) {
    if (sqlite3_column_type(stmt, column) != SQLITE_BLOB)
        return;
    const void *data = sqlite3_column_blob(stmt, column);
    g_autoptr(GBytes) wkb = g_bytes_new(data, (gsize)sqlite3_column_bytes(stmt, column));
    gap_table_set_geometry(table, row, wkb);
}

/* Steps through all rows; columns before `geom` (a column number, or -1) go into the table. */
static bool fetch(GapStore *store, const char *name, sqlite3_stmt *stmt, GapTable *table, int geom,
                  GError **error) {
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        const size_t row = gap_table_add_row(table);
        for (size_t c = 0; c < gap_table_columns(table); c++)
            copy_cell(table, row, c, stmt);
        if (geom >= 0)
            copy_geometry(table, row, stmt, geom);
    }
    return step == SQLITE_DONE || gap_store_fail(store, name, error);
}

static int geometry_column(sqlite3_stmt *stmt) {
    const int last = sqlite3_column_count(stmt) - 1;
    return g_strcmp0(sqlite3_column_name(stmt, last), "geom") == 0 ? last : -1;
}

GapTable *gap_store_table(GapStore *store, const GapStatement *statement, const char *name,
                          const GapColumnSpec *columns, size_t n_columns, GError **error,
                          const char *types, ...) {
    va_list args;
    va_start(args, types);
    sqlite3_stmt *stmt = bound(store, statement, error, types, &args);
    va_end(args);
    if (!stmt)
        return NULL;
    const int geom = geometry_column(stmt);
    g_assert((int)n_columns + (geom >= 0) == sqlite3_column_count(stmt));
    g_autoptr(GapTable) table = gap_table_new(name);
    for (size_t c = 0; c < n_columns; c++)
        gap_table_add_column(table, &columns[c]);
    const bool ok = fetch(store, statement->name, stmt, table, geom, error);
    release(stmt);
    return ok ? g_steal_pointer(&table) : NULL;
}

static GapType type_of(sqlite3_stmt *stmt, int column) {
    switch (sqlite3_column_type(stmt, column)) {
    case SQLITE_INTEGER:
        return GAP_TYPE_INT;
    case SQLITE_FLOAT:
        return GAP_TYPE_REAL;
    default:
        return GAP_TYPE_TEXT;
    }
}

/* The type of a column is that of its first value; a column that starts with nulls is looked at
 * further down, so the statement runs once more for its rows. */
static void guess_types(sqlite3_stmt *stmt, int n, GapType *types, bool *known) {
    int left = n;
    while (left > 0 && sqlite3_step(stmt) == SQLITE_ROW)
        for (int c = 0; c < n; c++)
            if (!known[c] && sqlite3_column_type(stmt, c) != SQLITE_NULL) {
                types[c] = type_of(stmt, c);
                known[c] = true;
                left--;
            }
    sqlite3_reset(stmt);
}

GapTable *gap_store_select(GapStore *store, const GapStatement *statement, GError **error,
                           const char *types, ...) {
    va_list args;
    va_start(args, types);
    sqlite3_stmt *stmt = bound(store, statement, error, types, &args);
    va_end(args);
    if (!stmt)
        return NULL;
    const int geom = geometry_column(stmt);
    const int n = geom >= 0 ? geom : sqlite3_column_count(stmt);
    g_autofree GapType *found = g_new0(GapType, n);
    g_autofree bool *known = g_new0(bool, n);
    guess_types(stmt, n, found, known);
    g_autoptr(GapTable) table = gap_table_new(statement->name);
    for (int c = 0; c < n; c++)
        gap_table_add_column(table,
                             &(GapColumnSpec){sqlite3_column_name(stmt, c), found[c], NULL, NULL});
    const bool ok = fetch(store, statement->name, stmt, table, geom, error);
    release(stmt);
    return ok ? g_steal_pointer(&table) : NULL;
}

gint64 gap_store_last_id(GapStore *store) {
    return sqlite3_last_insert_rowid(store->db);
}
gint64 gap_store_changes(GapStore *store) {
    return sqlite3_changes64(store->db);
}
