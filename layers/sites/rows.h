/** Rows of small tables of known columns, read a batch at a time: which column is which, how its
 *  numbers are written, and errors that name file, row, field and value. Internal to layers/sites.
 */
#ifndef GAP_LAYERS_SITES_ROWS_H
#define GAP_LAYERS_SITES_ROWS_H

#include "geo/files/reader.h"
#include "geo/text/number.h"

enum { GAP_SITES_MOST_FIELDS = 8 };

typedef struct {
    const char *const *names; /**< usual names of its column, the first is ours; NULL-terminated */
    bool required;            /**< the table must have the column */
    double most;              /**< figures lie in 0..most; 0: text */
} GapSitesField;

typedef struct {
    const char *file;
    const GapSitesField *fields;
    int column[GAP_SITES_MOST_FIELDS]; /**< of each field, or -1 */
    GapDecimal decimal[GAP_SITES_MOST_FIELDS];
    char *cell[GAP_SITES_MOST_FIELDS]; /**< what a figure of a typed column is as text */
    GapReader *reader;
    GapTable *batch;
    gsize row; /**< of the batch */
} GapSitesRows;

/** Opens `file` (kept) and finds the columns of `fields`, `n` of them: by any of their names, case
 *  and spaces aside; of several the one named first. How figures of text are written, the first
 *  batch tells: where it does not, '.' is the decimal sign, but no '1,234' is read. */
bool gap_sites_rows_open(GapSitesRows *rows, const char *file, const GapSitesField *fields, gsize n,
                         GError **error);
void gap_sites_rows_close(GapSitesRows *rows);
/** The next row; false at the end or with `error` set. */
bool gap_sites_rows_next(GapSitesRows *rows, GError **error);
/** Its number in the file, from 1. */
gint64 gap_sites_rows_number(const GapSitesRows *rows);

bool gap_sites_rows_has(const GapSitesRows *rows, gsize field);
/** The cell, trimmed by the reader; NULL where it is empty. Until the next row. */
const char *gap_sites_rows_text(GapSitesRows *rows, gsize field);
/** The same, but empty cells are an error. */
const char *gap_sites_rows_id(GapSitesRows *rows, gsize field, GError **error);
/** The figure of a cell; an empty one is an error that says `missing`. */
bool gap_sites_rows_figure(GapSitesRows *rows, gsize field, const char *missing, double *figure,
                           GError **error);
/** Answers false with an error about the cell of `field`. */
bool gap_sites_rows_fail(GapSitesRows *rows, gsize field, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

#endif
