/** Map formats, through OGR, a batch at a time. Internal to geo/files; same shape as GapReader,
 *  which hands on to it. */
#ifndef GAP_FILES_OGR_READ_H
#define GAP_FILES_OGR_READ_H

#include "geo/files/input.h"

typedef struct GapOgr GapOgr;

/** `input` is copied; what it points to must outlive the reader, but for `path`.
 *  Returns: (transfer full). */
GapOgr *gap_ogr_open(const GapInput *input, GError **error);
void gap_ogr_free(GapOgr *ogr); /**< NULL-safe */
/** As gap_reader_next(), gap_reader_row(), gap_reader_fault(). */
GapTable *gap_ogr_next(GapOgr *ogr, GError **error);
gint64 gap_ogr_row(const GapOgr *ogr, size_t i);
const char *gap_ogr_fault(const GapOgr *ogr, size_t i);

#endif
