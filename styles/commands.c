#include "styles/commands.h"
#include "styles/cmd.h"

const GapCommand *const gap_styles_commands[] = {&gap_cmd_render, NULL};
