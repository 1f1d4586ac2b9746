/** The rules held against maps, and what they find told: for `gapmap render --check`. */
#ifndef GAP_STYLES_LINT_CMD_CHECK_H
#define GAP_STYLES_LINT_CMD_CHECK_H

#include "geo/cli/command.h"
#include "styles/render.h"

/** Prints a line a finding, or with --json all as one object. Returns an exit code, or -1 with an
 *  error: that of a scene that cannot be drawn, or how many findings there are. */
int gap_cmd_check_maps(GapCall *call, const GapRenderMap *maps, size_t n, const GapMapData *data,
                       GError **error);

#endif
