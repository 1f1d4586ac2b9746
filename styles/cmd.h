/** The commands of this floor, each in its cmd_*.c. */
#ifndef GAP_STYLES_CMD_H
#define GAP_STYLES_CMD_H

#include "geo/cli/command.h"

extern const GapCommand gap_cmd_render;

#endif
