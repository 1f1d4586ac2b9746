/** The maps that there are, and which of them a store can draw: for `gapmap render --list`. */
#ifndef GAP_STYLES_LIST_CMD_LIST_H
#define GAP_STYLES_LIST_CMD_LIST_H

#include "styles/render_whole.h"

/** Prints each map of the job with what it needs, then layouts and languages; where the job has a
 *  store, what of that is missing in it. With --json all as one object. */
bool gap_cmd_list_maps(const GapRenderJob *job, const char *const *languages, GError **error);

#endif
