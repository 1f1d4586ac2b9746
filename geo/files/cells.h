/** The cells of one sheet or table in memory: text by row and column, merged cells known. Internal
 *  to geo/files.
 *
 *  Cells come in any order, and empty ones not at all, so that a million empty rows cost nothing.
 *  A merged cell holds its text in its first column, and of rows in all of them where it covers
 *  several: a province that spans the rows of its districts stands in each. */
#ifndef GAP_FILES_CELLS_H
#define GAP_FILES_CELLS_H

#include "geo/files/rows.h"

/** What the formats allow (ECMA-376; ODF 1.2 programs). */
enum { GAP_CELLS_ROWS = 1048576, GAP_CELLS_COLUMNS = 16384 };

typedef struct GapCells GapCells;

GapCells *gap_cells_new(void);
void gap_cells_free(GapCells *cells); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapCells, gap_cells_free)

/** Adds a cell, from 0; text is trimmed, and nothing added where nothing is left. False beyond the
 *  limits above, or where the cells would hold more than 512 MiB. */
bool gap_cells_add(GapCells *cells, guint row, guint column, const char *text);
/** The cells from here over so many rows and columns are one. */
void gap_cells_merge(GapCells *cells, guint row, guint column, guint rows, guint columns);

/** Sorts what was added, and copies merged cells down; nothing is added afterwards.
 *  O(cells log cells). */
void gap_cells_finish(GapCells *cells);
/** Rows that hold something. */
guint gap_cells_rows(const GapCells *cells);

/** The rows of `cells`, which they own from now on. */
void gap_cells_open(GapCells *cells, GapRows *rows);

#endif
