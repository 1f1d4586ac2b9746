/** Tables of text cells as spreadsheets have them: CSV and TSV, XLSX, XLS, ODS, tables of DOCX.
 *  Finds where the header is, joins a header of several lines, leaves out what stands above it, and
 *  rows of totals and footnotes, and says so. Internal to geo/files; same shape as GapReader, which
 *  hands on to it.
 *
 *  - Which file is what, its first bytes tell. CSV is read as csv.h has it, a batch at a time;
 *    workbooks and documents are held in memory, at most 512 MiB unpacked. Of formulas their last
 *    result is read, of links their text, of dates ISO 8601, of numbers the 15 digits that are
 *    shown; what is merged over several rows stands in each.
 *  - The sheet is `layer`; else the first that holds anything, of documents ("table 1", "table 2",
 *    ...) the table with the most rows.
 *  - The header is found as header.h has it, among the first lines, or ends in line `header`.
 *  - Rows of nothing are no rows. Rows are left out, noted and counted that are totals, or
 * footnotes (totals.h).
 *  - A column `geom`, `wkt` or `geometry` that holds WKT becomes the geometry; all others are text.
 *    Control characters are kept: whoever prints text makes it safe.
 */
#ifndef GAP_FILES_SHEET_H
#define GAP_FILES_SHEET_H

#include "geo/files/reader.h"

typedef struct GapSheet GapSheet;

/** `path` is absolute and safe (gap_gdal_path()), `shown` is how messages name it; `notes` is kept
 *  by reference and added to. Returns: (transfer full). */
GapSheet *gap_sheet_open(const char *path, const char *shown, const GapReadOptions *options,
                         GPtrArray *notes, GError **error);
void gap_sheet_free(GapSheet *sheet); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSheet, gap_sheet_free)
/** As gap_reader_next(), gap_reader_row(), gap_reader_fault(), gap_reader_left_out(). */
GapTable *gap_sheet_next(GapSheet *sheet, GError **error);
gint64 gap_sheet_row(const GapSheet *sheet, size_t i);
const char *gap_sheet_fault(const GapSheet *sheet, size_t i);
gint64 gap_sheet_left_out(const GapSheet *sheet);

#endif
