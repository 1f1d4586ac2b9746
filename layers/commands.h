/** The commands and the schema of the first floor. */
#ifndef GAP_LAYERS_COMMANDS_H
#define GAP_LAYERS_COMMANDS_H

#include "geo/cli/command.h"
#include "layers/schema.h"

extern const GapCommand *const gap_layers_commands[];

#endif
