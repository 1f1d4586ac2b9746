/** The commands of this floor, one file each or a few that belong together. */
#ifndef GAP_LAYERS_CMD_H
#define GAP_LAYERS_CMD_H

#include "geo/cli/command.h"
#include "layers/coverage/route.h"
#include "layers/diff.h"

#include <jansson.h>

extern const GapCommand gap_cmd_init, gap_cmd_load, gap_cmd_sources, gap_cmd_unload, gap_cmd_join,
    gap_cmd_demand, gap_cmd_coverage, gap_cmd_gaps, gap_cmd_runs, gap_cmd_check, gap_cmd_explain,
    gap_cmd_describe, gap_cmd_export, gap_cmd_dump, gap_cmd_diff, gap_cmd_match, gap_cmd_sites;

/** The line that heads every summary: run, day, limit, vintage of people, years of crime, and a
 *  warning where they lie far apart. */
bool gap_cmd_say_run(GapCall *call, GapStore *store, const char *run, GError **error);

/** A table as an array of objects, nulls kept, `proven` as a boolean. Returns: a new
 * reference. */
json_t *gap_cmd_table_json(const GapTable *table);
/** The first `most` rows of a table under a title, and how many more there are; nothing where it
 * has no rows. The table is cut. */
void gap_cmd_say_first(GapCall *call, GapTable *table, const char *title, gsize most);
/** Strings as an array; refused rows (of GapRefusal) as one of objects. Returns: a new reference.
 */
json_t *gap_cmd_strings_json(const GPtrArray *strings);
json_t *gap_cmd_refusals_json(const GPtrArray *refusals);
/** Warns of refused rows of a file, a line each, the first `most` of them. */
void gap_cmd_tell_refusals(GapCall *call, const char *path, const GPtrArray *refusals, guint most);
/** Prints what a command answers with --json; takes the reference. Real numbers have 15 digits. */
void gap_cmd_print_json(GapCall *call, json_t *answer);

/** Whether an option that names a result can be a label: up to 200 letters, none of them a comma,
 *  which parts labels, or a control character, and not blank; where it is not given, too. */
bool gap_cmd_check_label(const GapCall *call, const char *option, GError **error);
/** The share that an option says, "10%" or "0.1"; 0 where it is not given. */
bool gap_cmd_share(const GapCall *call, const char *option, double *share, GError **error);
/** What a load or a comparison found to differ: a line of counts, then the rows that are listed. */
void gap_cmd_tell_diff(GapCall *call, const char *what, const GapDiff *diff, double changed_by);
/** The same for machines. Returns: a new reference. */
json_t *gap_cmd_diff_json(const GapDiff *diff);

/** How a place is reached, in sentences below a title; and for machines, null where `route` is.
 *  Returns: a new reference. */
void gap_cmd_say_route(GapCall *call, const GapRoute *route);
json_t *gap_cmd_route_json(const GapRoute *route);

#endif
