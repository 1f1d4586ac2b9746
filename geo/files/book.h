/** The sheets of a workbook and the tables of a document, of which one is read. Internal to
 *  geo/files. */
#ifndef GAP_FILES_BOOK_H
#define GAP_FILES_BOOK_H

#include "geo/files/cells.h"
#include "geo/files/input.h"
#include "geo/files/markup.h"

typedef struct {
    const GapInput *input;
    bool largest; /**< by default the one with the most rows is read, not the first with any */
    GapCells *cells;
    char *chosen;
    GPtrArray *names; /**< of all that hold rows, or may */
} GapBook;

/** Whether the sheet of that name may be the one to read, so that it is worth reading. */
bool gap_book_wants(const GapBook *book, const char *name);
/** Takes a sheet that is read, finished (transfer full). */
void gap_book_offer(GapBook *book, const char *name, GapCells *cells);
/** Takes the name of a sheet that is not read. */
void gap_book_name(GapBook *book, const char *name);

/** The readers of the formats; each offers sheets to `book`. */
bool gap_xlsx_read(GapPackage *package, GapBook *book, GError **error);
bool gap_ods_read(GapPackage *package, GapBook *book, GError **error);
bool gap_docx_read(GapPackage *package, GapBook *book, GError **error);
bool gap_xls_read(GapBook *book, GError **error);

/** Opens a workbook or document, told by its first bytes, and notes which of its sheets is read.
 *  A sheet asked for that is not there, and a book without any cell, is an error. */
bool gap_book_open(const GapInput *input, GapRows *rows, GError **error);

#endif
