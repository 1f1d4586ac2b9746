// sites: what anybody's own list is worth.
#include "geo/base/error.h"
#include "geo/cli/listing.h"
#include "geo/files/vector.h"
#include "geo/text/text.h"
#include "layers/areas.h"
#include "layers/cmd_sites.h"
#include "layers/sites/score.h"

bool gap_cmd_sites_check_score(const GapCall *call, GapLocateModel model, GError **error) {
    static const char *const proposing[] = {"number", "frontier", "firm", "definitions", "label"};
    if (!gap_call_given(call, "score"))
        return true;
    for (gsize i = 0; i < G_N_ELEMENTS(proposing); i++)
        if (gap_call_given(call, proposing[i]))
            return gap_fail(error, GAP_ERROR_USAGE,
                            "--%s: not with --score, which prices the sites of its list and "
                            "proposes none",
                            proposing[i]);
    return model != GAP_LOCATE_SET_COVER ||
           gap_fail(error, GAP_ERROR_USAGE,
                    "--score: set-cover has no size to compare with; --model covering tells what "
                    "the list covers");
}

static GArray *read_list(const GapSeeking *seeking, GError **error) {
    GPtrArray *notes = seeking->sites->notes;
    GapCall *call = seeking->call;
    const char *file = gap_call_text(call, "score");
    if (!seeking->ground)
        return gap_sites_list_read(file, seeking->sites, NULL, notes, error);
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GapAreas) areas = store ? gap_areas_new(store, error) : NULL;
    g_autoptr(GapFinder) finder = areas ? gap_finder_new(store, areas) : NULL;
    return finder ? gap_sites_list_read(file, seeking->sites, finder, notes, error) : NULL;
}

/* ---- telling ---- */

static const char *unit_of(const GapSeeking *seeking) {
    const GapStoreSites *ground = seeking->ground;
    const bool metres = ground && !ground->by_travel, crime = ground && ground->options.by_crime;
    switch (seeking->options.model) {
    case GAP_LOCATE_P_MEDIAN:
        return crime ? (metres ? "crimes x m" : "crimes x minutes")
                     : (metres ? "people x m" : "people x minutes");
    case GAP_LOCATE_P_CENTER:
        return metres ? "m" : "minutes";
    default:
        return crime ? "crimes a year" : "people";
    }
}

static char *figure(double value) {
    return gap_format_number(value, value == floor(value) || fabs(value) >= 1000 ? 0 : 1, "en");
}

static char *with_unit(const GapSeeking *seeking, double value) {
    const bool center = seeking->options.model == GAP_LOCATE_P_CENTER;
    g_autofree char *number = figure(center ? gap_sites_minutes(value) : value);
    return g_strdup_printf("%s %s", number, unit_of(seeking));
}

static void say_loss(const GapSeeking *seeking, const GapSitesScore *score) {
    GapCall *call = seeking->call;
    const GapLocateAnswer *best = score->best;
    if (isnan(best->value)) {
        gap_call_say(call, "No choice of %zu sites that may be built meets all that is asked%s.",
                     score->size,
                     best->status == GAP_LOCATE_INFEASIBLE ? "" : ", as far as the time told");
        return;
    }
    g_autofree char *worth = with_unit(seeking, best->value);
    gap_call_say(call, "The best %zu that may be built under these assumptions: %s%s",
                 best->n_sites, worth,
                 best->status == GAP_LOCATE_PROVEN ? ", which is proven" : "");
    if (best->status != GAP_LOCATE_PROVEN) {
        g_autofree char *bound = with_unit(seeking, best->bound);
        gap_call_say(call,
                     "That is the best found when the search was stopped; none is better "
                     "than %s.",
                     bound);
    }
    if (isnan(score->loss))
        return;
    g_autofree char *lost = with_unit(seeking, fabs(score->loss));
    if (score->loss < 0)
        gap_call_say(call,
                     "The list is better by %s, with sites that may not be built or beyond "
                     "a limit.",
                     lost);
    else
        gap_call_say(call, "The list loses %s (%.1f%%).", lost,
                     best->value > 0 ? 100 * score->loss / best->value : 0);
}

static void say_swaps(const GapSeeking *seeking, const GapSitesScore *score) {
    GapCall *call = seeking->call;
    if (!score->swaps)
        gap_call_say(call, "\nWith capacities swaps and what is lost without a site are not told.");
    else if (!gap_table_rows(score->swaps))
        gap_call_say(call, "\nNo single swap gains anything.");
    else {
        gap_call_say(call, "\nSwaps that mend it, each the best after those before it");
        gap_call_list(call, score->swaps);
    }
}

static void say_all(const GapSeeking *seeking, const GapSitesScore *score) {
    GapCall *call = seeking->call;
    const GPtrArray *found[] = {seeking->sites->notes, score->notes};
    for (gsize n = 0; n < G_N_ELEMENTS(found); n++)
        for (guint i = 0; i < found[n]->len; i++)
            gap_call_say(call, "%s", (char *)g_ptr_array_index(found[n], i));
    const char *model = GAP_SITES_MODELS[seeking->options.model];
    const guint rows = (guint)gap_table_rows(score->sites);
    if (isnan(score->list->value)) {
        g_autofree char *unreached = figure(score->unreached);
        gap_call_say(call, "%s: the list of %u sites does not reach %s of those to be served",
                     model, rows, unreached);
    } else {
        g_autofree char *worth = with_unit(seeking, score->list->value);
        gap_call_say(call, "%s: the list of %u sites: %s", model, rows, worth);
    }
    say_loss(seeking, score);
    gap_call_list(call, score->sites);
    say_swaps(seeking, score);
}

static json_t *number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

static void tell_json(const GapSeeking *seeking, const GapSitesScore *score) {
    const GapLocateAnswer *best = score->best;
    json_t *json = json_pack(
        "{s:s, s:s, s:I, s:s, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:o, s:o}", "list",
        gap_call_text(seeking->call, "score"), "model", GAP_SITES_MODELS[seeking->options.model],
        "size", (json_int_t)score->size, "unit", unit_of(seeking), "value",
        number(score->list->value), "best", number(best->value), "bound", number(best->bound),
        "proven", best->status == GAP_LOCATE_PROVEN, "loss", number(score->loss), "loss_share",
        number(best->value > 0 ? score->loss / best->value : NAN), "loss_after_swaps",
        number(score->left), "sites", gap_cmd_table_json(score->sites), "swaps",
        score->swaps ? gap_cmd_table_json(score->swaps) : json_null(), "notes",
        gap_cmd_strings_json(score->notes));
    json_t *notes = gap_cmd_strings_json(seeking->sites->notes);
    json_array_extend(json_object_get(json, "notes"), notes);
    json_decref(notes);
    if (seeking->ground) {
        json_object_set_new(json, "run", json_string(seeking->ground->run));
        json_object_set_new(json, seeking->ground->by_travel ? "within_min" : "within_m",
                            json_real(seeking->ground->within_m));
    }
    gap_cmd_print_json(seeking->call, json);
}

bool gap_cmd_sites_score(const GapSeeking *seeking, GError **error) {
    GapCall *call = seeking->call;
    const char *output = gap_call_text(call, "output");
    g_autoptr(GArray) listed = read_list(seeking, error);
    g_autoptr(GapSitesScore) score =
        listed ? gap_sites_score(seeking->sites, seeking->ground, &seeking->options, listed,
                                 gap_call_progress(call), error)
               : NULL;
    if (!score || (output && !gap_vector_write_csv(score->sites, output, error)))
        return false;
    if (output)
        gap_call_made(call, output);
    if (gap_call_json(call))
        tell_json(seeking, score);
    else
        say_all(seeking, score);
    return true;
}
