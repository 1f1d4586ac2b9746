/** Typed columns plus geometry: the common currency of files, store, layers and styles.
 *
 *  Rows and columns count from 0. Every cell may be null. Geometry is ISO WKB, longitude and
 *  latitude in degrees (EPSG:4326), one blob a row or none.
 *  Cost: constant time a cell, amortised constant time a row added.
 */
#ifndef GAP_TABLE_TABLE_H
#define GAP_TABLE_TABLE_H

#include <glib.h>
#include <stdbool.h>

typedef enum { GAP_TYPE_TEXT, GAP_TYPE_INT, GAP_TYPE_REAL } GapType;

/** What a column means. The strings of a spec given to gap_table_add_column() are copied. */
typedef struct {
    const char *name; /**< snake_case, stable: a contract with users */
    GapType type;
    const char *unit;  /**< "people", "km2", "share" (0..1), ... or NULL */
    const char *title; /**< for people, or NULL */
} GapColumnSpec;

typedef struct GapTable GapTable;

GapTable *gap_table_new(const char *name);
void gap_table_free(GapTable *table); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapTable, gap_table_free)

const char *gap_table_name(const GapTable *table);
size_t gap_table_rows(const GapTable *table);
size_t gap_table_columns(const GapTable *table);

/** Adds a column of nulls. Returns its number. */
size_t gap_table_add_column(GapTable *table, const GapColumnSpec *spec);
/** Adds a row of nulls. Returns its number. */
size_t gap_table_add_row(GapTable *table);
/** Takes the last row away again. */
void gap_table_drop_last_row(GapTable *table);

/** The spec of a column; its strings live as long as the table. */
const GapColumnSpec *gap_table_column(const GapTable *table, size_t column);
/** The number of the column with that name, or -1. */
int gap_table_find(const GapTable *table, const char *name);

bool gap_table_is_null(const GapTable *table, size_t row, size_t column);
/** NULL where the cell is null or not text; the string belongs to the table. */
const char *gap_table_text(const GapTable *table, size_t row, size_t column);
/** 0 where null. Defined for int columns. */
gint64 gap_table_int(const GapTable *table, size_t row, size_t column);
/** NaN where null. Defined for int and real columns. */
double gap_table_real(const GapTable *table, size_t row, size_t column);

void gap_table_set_null(GapTable *table, size_t row, size_t column);
/** A copy of `text` (NULL: null). */
void gap_table_set_text(GapTable *table, size_t row, size_t column, const char *text);
void gap_table_set_int(GapTable *table, size_t row, size_t column, gint64 value);
/** NaN sets null. */
void gap_table_set_real(GapTable *table, size_t row, size_t column, double value);

/** WKB of a row, or NULL; belongs to the table. */
GBytes *gap_table_geometry(const GapTable *table, size_t row);
/** Keeps a reference to `wkb` (NULL: none). */
void gap_table_set_geometry(GapTable *table, size_t row, GBytes *wkb);
/** Whether any row has geometry. */
bool gap_table_has_geometry(const GapTable *table);

/** The cell as text for a CSV or a message: numbers in their shortest exact form.
 *  Returns: (transfer full), NULL where null. */
char *gap_table_cell_string(const GapTable *table, size_t row, size_t column);

#endif
