/** What every reader of a file is told. Internal to geo/files. */
#ifndef GAP_FILES_INPUT_H
#define GAP_FILES_INPUT_H

#include "geo/files/format.h"
#include "geo/files/reader.h"

typedef struct {
    const char *path;  /**< absolute and safe (gap_gdal_path()), or a member of an archive */
    const char *shown; /**< how messages name it */
    const GapReadOptions *options; /**< never NULL */
    GPtrArray *notes;              /**< strings, added to */
    GapFormat format;
} GapInput;

/** Adds a sentence to the notes. */
void gap_input_note(const GapInput *input, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
