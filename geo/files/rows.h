/** Rows of text cells, whatever they come from. Internal to geo/files. */
#ifndef GAP_FILES_ROWS_H
#define GAP_FILES_ROWS_H

#include <glib.h>
#include <stdbool.h>

enum { GAP_ROWS_MOST_COLUMNS = 1000 };

/** Belongs to its source, until the next one is asked for. */
typedef struct {
    const char **cells; /**< bytes of the file's encoding, "" where there is nothing */
    guint n;            /**< cells that the row has: a spreadsheet's all have the same */
    gint64 line;        /**< of the sheet or file, from 1 */
} GapRow;

typedef enum {
    GAP_ROWS_ROW,
    GAP_ROWS_END,
    GAP_ROWS_OPEN_QUOTE, /**< the row's one cell is what begins with a quote that is never closed */
    GAP_ROWS_TOO_LONG,
    GAP_ROWS_TOO_MANY, /**< cells */
} GapRowsState;

/** A source. Blank lines, and rows of nothing but empty cells, do not come. */
typedef struct {
    GapRowsState (*next)(gpointer source, GapRow *row);
    void (*rewind)(gpointer source);
    void (*free)(gpointer source);
    gpointer source;
    /** Columns that a cell covers, where merged cells are known; or NULL. */
    guint (*span)(gpointer source, gint64 line, guint column);
    bool ragged; /**< rows have as many cells as were written, not as the sheet is wide */
} GapRows;

static inline GapRowsState gap_rows_next(const GapRows *rows, GapRow *row) {
    return rows->next(rows->source, row);
}

static inline void gap_rows_rewind(const GapRows *rows) {
    rows->rewind(rows->source);
}

static inline void gap_rows_clear(GapRows *rows) {
    if (rows->source)
        rows->free(rows->source);
    rows->source = NULL;
}

#endif
