// sites: what each further site, or part of the budget, buys.
#include "geo/base/error.h"
#include "geo/cli/listing.h"
#include "layers/cmd_sites.h"
#include "layers/sites/frontier.h"
#include "layers/sites/measure.h"

enum { MOST_STEPS = 1000 };
const char *const GAP_SITES_STEPS[] = {
    [GAP_FRONTIER_NUMBER] = "number", [GAP_FRONTIER_BUDGET] = "budget", NULL};

static GapFrontierBy frontier_by(const GapCall *call) {
    return g_str_equal(gap_call_text(call, "frontier"), GAP_SITES_STEPS[GAP_FRONTIER_BUDGET])
               ? GAP_FRONTIER_BUDGET
               : GAP_FRONTIER_NUMBER;
}

bool gap_cmd_sites_check_frontier(const GapCall *call, GapLocateModel model, GError **error) {
    const bool budget =
        gap_call_given(call, "frontier") && frontier_by(call) == GAP_FRONTIER_BUDGET;
    const gint64 steps = gap_call_int(call, "steps");
    if (gap_call_given(call, "steps") && !budget)
        return gap_fail(error, GAP_ERROR_USAGE, "--steps goes with --frontier budget");
    if (steps < 1 || steps > MOST_STEPS)
        return gap_fail(error, GAP_ERROR_USAGE, "--steps: must lie within 1 and %d", MOST_STEPS);
    if (!gap_call_given(call, "frontier"))
        return true;
    if (model == GAP_LOCATE_SET_COVER)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--frontier: set-cover finds the number itself; --model covering tells "
                        "what each number covers");
    const char *limit = budget ? "budget" : "number";
    if (!gap_call_given(call, limit))
        return gap_fail(error, GAP_ERROR_USAGE, "--frontier %s: say how far with --%s", limit,
                        limit);
    return gap_call_int(call, "number") <= MOST_STEPS || budget ||
           gap_fail(error, GAP_ERROR_USAGE, "--frontier number: at most %d steps", MOST_STEPS);
}

bool gap_cmd_sites_solve(GapSeeking *seeking, GError **error) {
    GapCall *call = seeking->call;
    const GapProgress *progress = gap_call_progress(call);
    const bool by_steps = gap_call_given(call, "frontier") && seeking->options.p != 0;
    if (!by_steps) {
        seeking->answer = gap_locate(&seeking->sites->problem, &seeking->options, progress, error);
        return seeking->answer != NULL;
    }
    const GapStoreSites *ground = seeking->ground;
    GapFrontierOptions how = {.by = frontier_by(call), .ground = ground};
    how.steps = how.by == GAP_FRONTIER_BUDGET ? (gsize)gap_call_int(call, "steps")
                                              : (gsize)seeking->options.p;
    how.within = ground ? (double)(float)ground->within_m : seeking->options.within;
    if (ground) {
        GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
        if (!store || !gap_sites_find_provinces(store, ground, error))
            return false;
    }
    seeking->frontier = gap_sites_frontier(seeking->sites, &seeking->options, &how, progress,
                                           &seeking->answer, error);
    return seeking->frontier != NULL;
}

void gap_cmd_sites_say_frontier(const GapSeeking *seeking) {
    if (!seeking->frontier)
        return;
    gsize none = 0;
    for (gsize row = 0; row < gap_table_rows(seeking->frontier); row++)
        none += gap_table_is_null(seeking->frontier, row, GAP_FRONTIER_VALUE);
    gap_call_say(seeking->call, "\nWhat each step buys");
    gap_call_list(seeking->call, seeking->frontier);
    if (none)
        gap_call_say(seeking->call,
                     "Steps without a value: no choice of so few meets all that is asked, or none "
                     "was found in time (not proven).");
}

void gap_cmd_sites_add_frontier(const GapSeeking *seeking, json_t *json) {
    if (seeking->frontier)
        json_object_set_new(json, "frontier", gap_cmd_table_json(seeking->frontier));
}
