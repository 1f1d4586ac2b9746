/** The encoding of the text in a .dbf, which its .cpg and its header often state wrongly or not at
 *  all. Internal to geo/files.
 *
 *  `options.encoding` goes before everything. Else, where nine in ten values that are not ASCII are
 *  valid UTF-8, it is that. Else the one that encoding.h finds, or the stated one where the text
 *  looks as good in it. Where neither tells, the file is refused. Cost: one pass over the rows
 *  without their shapes, up to a million of them. */
#ifndef GAP_FILES_DBF_TEXT_H
#define GAP_FILES_DBF_TEXT_H

#include <ogr_api.h>

#include "geo/files/input.h"

typedef struct {
    GIConv from; /**< (GIConv)-1: all text is ASCII or UTF-8 */
} GapDbfText;

/** Decides for `layer`, opened with raw text (ENCODING=), and notes what was found. */
bool gap_dbf_text_find(const GapInput *input, OGRLayerH layer, GapDbfText *text, GError **error);
/** As UTF-8, without the half of a letter that a field cut off at its end. NULL where `raw` is not
 *  text in that encoding. Returns: (transfer full). */
char *gap_dbf_text_convert(const GapDbfText *text, const char *raw);
void gap_dbf_text_clear(GapDbfText *text);

#endif
