/** Tables of text cells as spreadsheets have them: CSV and TSV, XLSX, XLS, ODS, tables of DOCX.
 *  Finds where the header is, joins a header of two lines, leaves out what stands above it, and
 *  recognises rows of totals. Internal to geo/files; same shape as GapReader, which hands on to it.
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
/** As gap_reader_next(), gap_reader_row(), gap_reader_left_out(). */
GapTable *gap_sheet_next(GapSheet *sheet, GError **error);
gint64 gap_sheet_row(const GapSheet *sheet, size_t i);
gint64 gap_sheet_left_out(const GapSheet *sheet);

#endif
