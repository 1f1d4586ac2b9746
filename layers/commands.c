#include "layers/commands.h"

#include "layers/cmd.h"

const GapCommand *const gap_layers_commands[] = {
    &gap_cmd_init,     &gap_cmd_load,   &gap_cmd_sources,
    &gap_cmd_unload,   &gap_cmd_join,   &gap_cmd_demand,
    &gap_cmd_coverage, &gap_cmd_gaps,   &gap_cmd_sites,
    &gap_cmd_runs,     &gap_cmd_check,  &gap_cmd_explain,
    &gap_cmd_describe, &gap_cmd_export, &gap_cmd_diff,
    &gap_cmd_match,    &gap_cmd_dump,   NULL,
};
