/** The commands of this floor, one file each or a few that belong together. */
#ifndef GAP_LAYERS_CMD_H
#define GAP_LAYERS_CMD_H

#include "geo/cli/command.h"

extern const GapCommand gap_cmd_init, gap_cmd_load, gap_cmd_sources, gap_cmd_unload, gap_cmd_join,
    gap_cmd_demand, gap_cmd_coverage, gap_cmd_gaps, gap_cmd_runs, gap_cmd_check, gap_cmd_explain,
    gap_cmd_describe, gap_cmd_export, gap_cmd_dump;

/** The line that heads every summary: run, day, limit, vintage of people, years of crime, and a
 *  warning where they lie far apart. */
bool gap_cmd_say_run(GapCall *call, GapStore *store, const char *run, GError **error);

#endif
