/** The store: one SpatiaLite file, its versioned schema, transactions and named statements.
 *
 *  The engine knows no table: floors above give it their schema and statements. Geometry passes as
 *  WKB (EPSG:4326): SQL says GeomFromWKB(?, 4326) and AsBinary(geom). One store a thread.
 */
#ifndef GAP_STORE_STORE_H
#define GAP_STORE_STORE_H

#include "geo/table/table.h"

#include <stdio.h>

/** One step of a schema; steps are numbered 1, 2, ... in the order given. */
typedef struct {
    const char *name; /**< of the file that it was written in */
    const char *sql;
} GapMigration;

typedef struct {
    const GapMigration *steps;
    size_t n_steps;
    const char *checks; /**< queries that must return no row, each after a "-- name: TEXT" line */
} GapSchema;

typedef enum { GAP_STORE_READ, GAP_STORE_WRITE, GAP_STORE_CREATE } GapStoreMode;

typedef struct GapStore GapStore;

/** Opens `path`; a store of an older schema is brought up to date (backed up by a transaction),
 *  one of a newer schema is refused. CREATE makes the file aside and renames it, opens it where
 *  it is already a store, and refuses to touch a file that is something else.
 *  Returns: (transfer full). */
GapStore *gap_store_open(const char *path, GapStoreMode mode, const GapSchema *schema,
                         GError **error);
void gap_store_close(GapStore *store); /**< NULL-safe; rolls back what is not committed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapStore, gap_store_close)

const char *gap_store_path(const GapStore *store);

bool gap_store_begin(GapStore *store, GError **error);
bool gap_store_commit(GapStore *store, GError **error);
/** Commits where `ok`, else rolls back; so does a commit that fails. Answers whether it was
 *  committed. */
bool gap_store_end(GapStore *store, bool ok, GError **error);
/** Never fails; does nothing outside a transaction. */
void gap_store_rollback(GapStore *store);

/** For many new or fewer rows (tens of thousands) of one table with geometry, inside a transaction:
 *  until the end SpatiaLite does not look at each row of `table`, and its spatial index stands
 *  still. The end checks all geometry and makes the index anew, at about 1 us a row of the table. A
 *  transaction that is committed in between is a programming error and aborts; one that is rolled
 *  back ends it. Crash-safe, as all of it is part of the transaction. */
bool gap_store_bulk_begin(GapStore *store, const char *table, const char *column, GError **error);
bool gap_store_bulk_end(GapStore *store, GError **error);

/** A statement, prepared once a store and kept by the address of this struct. */
typedef struct {
    const char *name; /**< shown in errors: "coverage.insert" */
    const char *sql;
} GapStatement;

/** Values are bound by a type letter each: `s` const char* (NULL: null), `i` gint64, `d` double
 *  (NaN: null), `g` GBytes* WKB (NULL: null), `b` GBytes* blob (NULL: null), `n` null (no value).
 *  Text that is not UTF-8 and geometry that SpatiaLite answers NULL for are errors. */

/** Runs a statement that returns nothing. */
bool gap_store_run(GapStore *store, const GapStatement *statement, GError **error,
                   const char *types, ...);
/** Runs a statement once a row of `rows`, with named parameters: `:column` takes the column of that
 *  name, `:geom` the row's WKB, `:source` the text given. A parameter that nothing fills is a
 *  programming error and aborts. */
bool gap_store_insert(GapStore *store, const GapStatement *statement, const GapTable *rows,
                      const char *source, GError **error);
/** The only number of the only row, `fallback` where there is no row or it is null; on an error
 *  `fallback` too, with `error` set. */
double gap_store_number(GapStore *store, const GapStatement *statement, double fallback,
                        GError **error, const char *types, ...);
/** The only text of the first row, or NULL where there is none. Returns: (transfer full). */
char *gap_store_text(GapStore *store, const GapStatement *statement, GError **error,
                     const char *types, ...);

/** All rows as a table. `columns` gives name, type, unit and title of the statement's columns in
 *  order; a statement column named `geom` beyond them is the geometry (WKB).
 *  Returns: (transfer full). */
GapTable *gap_store_table(GapStore *store, const GapStatement *statement, const char *name,
                          const GapColumnSpec *columns, size_t n_columns, GError **error,
                          const char *types, ...);
/** As gap_store_table(), with columns named as the statement names them and typed by their first
 *  value that is not null (text where there is none). Returns: (transfer full). */
GapTable *gap_store_select(GapStore *store, const GapStatement *statement, GError **error,
                           const char *types, ...);
/** Rowid of the newest insert. */
gint64 gap_store_last_id(GapStore *store);
/** Rows that the newest statement changed. */
gint64 gap_store_changes(GapStore *store);

/** The canonical dump: every table of the schema in order of name, rows in order of key, without
 *  the columns `loaded_at` and `made_at`; where a UNIQUE constraint tells rows apart it is the key,
 *  and the row's own number `id` is left out. Two stores are the same when their dumps are. */
bool gap_store_dump(GapStore *store, FILE *out, GError **error);

/** Runs the schema's checks; every row of every check becomes a row (check, detail) of the table.
 *  Returns: (transfer full), with no rows where all is well. */
GapTable *gap_store_check(GapStore *store, GError **error);

#endif
