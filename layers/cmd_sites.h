/** What the two ways of `gapmap sites`, from tables and from the store, share. */
#ifndef GAP_LAYERS_CMD_SITES_H
#define GAP_LAYERS_CMD_SITES_H

#include "layers/cmd.h"
#include "layers/sites/definitions.h"
#include "layers/sites/proposal.h"
#include "layers/sites/result.h"
#include "layers/sites/store.h"

/** Names of models, by GapLocateModel; NULL-terminated. */
extern const char *const GAP_SITES_MODELS[];

/** What is at hand while sites are sought. */
typedef struct {
    GapCall *call;
    GapSitesProblem *sites;
    GapStoreSites *ground; /**< of the store, which has `sites`; NULL with tables */
    GapLocateOptions options;
    GapLocateAnswer *answer;
    GapTable *table; /**< of its sites */
    GapSitesSums sums;
    GapTable *frontier;       /**< of its steps (frontier.h), where asked for */
    GapSitesDefined *defined; /**< under other definitions, where asked for */
    char *label, *made_from;  /**< of the proposal that the store is to keep */
    bool interrupted;
} GapSeeking;

/** The problem of the store that the options of the call ask for. Returns: (transfer full). */
GapStoreSites *gap_cmd_sites_ground(GapCall *call, const GapLocateOptions *options, GError **error);
/** Fills `label` and `made_from`. `kept` is set where the store has that proposal already, and its
 *  CSV is written where wanted: then it is told from the store, and nothing is left to do. With
 *  --json all is computed anew, since the store does not keep all of it. */
bool gap_cmd_sites_kept(GapSeeking *seeking, bool *kept, GError **error);
/** Keeps a verified answer to it in the store, prints it, and writes its CSV where wanted. */
bool gap_cmd_sites_tell(const GapSeeking *seeking, GError **error);

/** What a frontier may go by, NULL-terminated. */
extern const char *const GAP_SITES_STEPS[];
/** Whether --frontier and --steps go with the other options. */
bool gap_cmd_sites_check_frontier(const GapCall *call, GapLocateModel model, GError **error);
/** Solves the problem; with --frontier each step of it, of which the last is the answer. */
bool gap_cmd_sites_solve(GapSeeking *seeking, GError **error);
/** Says the steps, and adds them to what is told with --json, where there are any. */
void gap_cmd_sites_say_frontier(const GapSeeking *seeking);
void gap_cmd_sites_add_frontier(const GapSeeking *seeking, json_t *json);

/** Tries other definitions, where asked for. */
bool gap_cmd_sites_define(GapSeeking *seeking, GError **error);
/** Says of each proposed site under how many it is chosen. */
void gap_cmd_sites_put_definitions(const GapSeeking *seeking, GapTable *sites);
/** Says the definitions, and adds them to what is told with --json, where there are any. */
void gap_cmd_sites_say_definitions(const GapSeeking *seeking);
void gap_cmd_sites_add_definitions(const GapSeeking *seeking, json_t *json);

/** Whether --move goes with the other options. */
bool gap_cmd_sites_check_move(const GapCall *call, GapLocateModel model, GError **error);
/** Says which points close and what that loses, and adds it to what is told with --json, where
 *  points may. */
void gap_cmd_sites_say_moves(const GapSeeking *seeking, const GapSitesResult *result);
void gap_cmd_sites_add_moves(const GapSitesResult *result, json_t *json);

/** Whether --score goes with the other options. */
bool gap_cmd_sites_check_score(const GapCall *call, GapLocateModel model, GError **error);
/** Prices the list of --score, prints that, and writes its CSV where wanted. */
bool gap_cmd_sites_score(const GapSeeking *seeking, GError **error);

/** Tells of the two proposals of --compare. */
bool gap_cmd_sites_compare(GapCall *call, GError **error);

#endif
