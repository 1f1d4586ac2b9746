/** What the files of `gapmap render` are called, and what they are made from. */
#ifndef GAP_STYLES_RENDER_FILES_H
#define GAP_STYLES_RENDER_FILES_H

#include "geo/cli/command.h"
#include "styles/map.h"

/** Whether a file of that name may have the scales (NULL-terminated): what has no pixels has none.
 */
bool gap_render_check_scale(const char *output, char *const *scales, GError **error);

/** Of what there are several, so that names of files must tell them apart. */
typedef struct {
    bool maps, langs, layouts;
} GapRenderMany;

/** The name that files are made from: `output`, or names in it where it is a folder, with {map},
 *  {lang} and {layout} where there are several; an error where they do not stand in it.
 *  Returns: (transfer full). */
char *gap_render_pattern(const char *output, GapRenderMany many, GError **error);

/** NAME.png, or NAME@2x.png where the scale is not 1; NAME-2.png for frame 2 of a map that is built
 *  up, {frame} where that stands in the pattern; `frame` 0: the whole map. Returns: (transfer
 * full).
 */
char *gap_render_file_name(const char *pattern, const char *map, const GapMapPage *page,
                           double scale, unsigned frame);

/** A digest of what a file is made from: program, `state` of the store, call, its own name, the
 *  words, and the document of a style (NULL: none). Returns: (transfer full). */
char *gap_render_made_from(const GapCall *call, const char *state, const char *path,
                           const GapStyle *style);

#endif
