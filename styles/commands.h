/** The commands of the top floor. */
#ifndef GAP_STYLES_COMMANDS_H
#define GAP_STYLES_COMMANDS_H

#include "geo/cli/command.h"

extern const GapCommand *const gap_styles_commands[];

/** For `gapmap doctor`: whether the maps' font is there. */
bool gap_styles_check_fonts(FILE *out);

#endif
