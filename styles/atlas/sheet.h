/** A contact sheet: all maps, small, in a grid, each with the name to ask for it by. */
#ifndef GAP_STYLES_ATLAS_SHEET_H
#define GAP_STYLES_ATLAS_SHEET_H

#include "geo/base/progress.h"
#include "styles/map.h"

/** One map of the sheet. */
typedef struct {
    const char *name; /**< of the theme */
    GapMapPage page;
} GapSheetMap;

typedef struct {
    const GapMapData *data;
    const GapSheetMap *maps;
    size_t n;
    unsigned across; /**< maps in a row; 0: as many as make a sheet that is wider than high */
    GapStyle *(*style)(const void *user, const char *name, GError **error); /**< any thread */
    const void *user;
    double scale; /**< of a picture */
} GapContactSheet;

/** Writes the sheet as PNG or PDF by the ending of the path, whole or not at all. Few maps are in
 *  memory at a time. */
bool gap_contact_sheet_write(const GapContactSheet *sheet, const char *path,
                             const GapProgress *progress, GError **error);

#endif
