// join, demand, gaps, runs: from layers to results.
#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/coverage/coverage.h"
#include "layers/demand.h"
#include "layers/gaps/gaps.h"
#include "layers/join.h"
#include "layers/layers.h"
#include "layers/summary.h"

static int run_join(GapCall *call, GError **error) {
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    g_autoptr(GapTable) left = store ? gap_join_leftovers(store, error) : NULL;
    if (!left)
        return -1;
    if (gap_table_rows(left) == 0 && !gap_call_json(call))
        gap_call_say(call, "nothing is left over on either side");
    else
        gap_call_list(call, left);
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_join = {
    .name = "join",
    .arguments = "",
    .summary = "show what does not meet: points without area, areas without figures, ...",
    .run = run_join,
};

static const GapOption DEMAND_OPTIONS[] = {
    {"people-year", 0, GAP_OPTION_INT, "YEAR",
     "year of the people; where a province lacks it, its nearest year", NULL},
    {"cell", 0, GAP_OPTION_LENGTH, "LENGTH", "side of a cell of ground", "2 km"},
    {"as-of", 0, GAP_OPTION_DATE, "DATE", "areas valid on this day; by default today", NULL},
    {"land-share", 0, GAP_OPTION_NUMBER, "SHARE", "part of the land that the model peoples, 0 to 1",
     "0.25"},
    {"town-density", 0, GAP_OPTION_NUMBER, "PEOPLE", "people a km2 in places with their own figure",
     "2500"},
    {NULL},
};

static bool read_demand_options(GapCall *call, GapDemandOptions *options, GError **error) {
    options->people_year = (int)gap_call_int(call, "people-year");
    options->cell_m = gap_call_length_m(call, "cell");
    options->land_share = gap_call_number(call, "land-share");
    options->town_density = gap_call_number(call, "town-density");
    if (options->cell_m < 200 || options->cell_m > 50000)
        return gap_fail(error, GAP_ERROR_USAGE, "--cell: must lie within 200 m and 50 km");
    if (!(options->land_share > 0 && options->land_share <= 1))
        return gap_fail(error, GAP_ERROR_USAGE, "--land-share: must lie above 0 and up to 1");
    if (!(options->town_density >= 10 && options->town_density <= 100000))
        return gap_fail(error, GAP_ERROR_USAGE, "--town-density: must lie within 10 and 100000");
    return true;
}

static int run_demand(GapCall *call, GError **error) {
    GapDemandOptions options = GAP_DEMAND_OPTIONS_INIT;
    if (!read_demand_options(call, &options, error))
        return -1;
    g_autofree char *today = gap_today();
    options.as_of = gap_call_text(call, "as-of") ? gap_call_text(call, "as-of") : today;
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, error);
    g_autoptr(GapDemandReport) report = store ? gap_demand(store, &options, error) : NULL;
    if (!report)
        return -1;
    gap_call_say(call,
                 "%" G_GINT64_FORMAT " people of %d at %" G_GINT64_FORMAT
                 " points: %" G_GINT64_FORMAT " by figures of their places, %" G_GINT64_FORMAT
                 " shared over places, %" G_GINT64_FORMAT " modelled, %" G_GINT64_FORMAT
                 " unplaced",
                 report->people, report->people_year, report->rows, report->own, report->shared,
                 report->modelled, report->unplaced);
    for (guint i = 0; i < report->notes->len; i++)
        gap_call_say(call, "%s", (char *)g_ptr_array_index(report->notes, i));
    if (report->unchanged)
        gap_call_unchanged(call);
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_demand = {
    .name = "demand",
    .arguments = "",
    .summary = "lay the official figures of people out on the ground",
    .options = DEMAND_OPTIONS,
    .run = run_demand,
};

bool gap_cmd_say_run(GapCall *call, GapStore *store, const char *run, GError **error) {
    g_autoptr(GHashTable) facts = gap_layer_facts(store, run, error);
    if (!facts)
        return false;
    const char *years = g_hash_table_lookup(facts, "crime_years");
    const char *apart = g_hash_table_lookup(facts, "years_apart");
    gap_call_say(call, "run '%s': as of %s, within %s (included), people of %s, %s%s",
                 (char *)g_hash_table_lookup(facts, "run"),
                 (char *)g_hash_table_lookup(facts, "as_of"),
                 (char *)g_hash_table_lookup(facts, "within"),
                 (char *)g_hash_table_lookup(facts, "people_vintages"),
                 years ? "crime of " : "no crime yet: 'gapmap gaps' brings it", years ? years : "");
    if (apart)
        gap_call_warn(call, "run '%s': day, people and crime lie up to %s years apart",
                      (char *)g_hash_table_lookup(facts, "run"), apart);
    return true;
}

static const GapOption GAPS_OPTIONS[] = {
    {"run", 0, GAP_OPTION_TEXT, "LABEL", "coverage to work on; by default the newest", NULL},
    {"offence", 0, GAP_OPTION_TEXT, "NAME", "offence whose counts are used", "all_registered"},
    {"crime-years", 0, GAP_OPTION_YEARS, "YEAR[-YEAR]",
     "years of the counts; by default the newest with counts of provinces", NULL},
    {"hold-below", 0, GAP_OPTION_INT, "PEOPLE", "an area with fewer people beyond reach is on hold",
     "500"},
    {NULL},
};

static int run_gaps(GapCall *call, GError **error) {
    GapGapsOptions options = {
        .run = gap_call_text(call, "run"),
        .offence = gap_call_text(call, "offence"),
        .hold_below = gap_call_int(call, "hold-below"),
    };
    if (options.hold_below < 0) {
        gap_fail(error, GAP_ERROR_USAGE, "--hold-below: a number of people, not below 0");
        return -1;
    }
    gap_call_years(call, "crime-years", &options.crime_first, &options.crime_last);
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, error);
    bool unchanged;
    if (!store || !gap_gaps(store, &options, &unchanged, error))
        return -1;
    if (unchanged)
        gap_call_unchanged(call);
    g_autoptr(GapTable) steps = gap_summary_ladder(store, options.run, error);
    if (!steps || !gap_cmd_say_run(call, store, options.run, error))
        return -1;
    gap_call_list(call, steps);
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_gaps = {
    .name = "gaps",
    .arguments = "",
    .summary = "compute people and crime beyond reach, and each area's next step",
    .options = GAPS_OPTIONS,
    .run = run_gaps,
};

static const GapOption RUNS_OPTIONS[] = {
    {"drop", 0, GAP_OPTION_TEXT, "LABEL", "take a run and its results out of the store", NULL},
    {NULL},
};

static int run_runs(GapCall *call, GError **error) {
    const char *drop = gap_call_text(call, "drop");
    GapStore *store = gap_call_store(call, drop ? GAP_STORE_WRITE : GAP_STORE_READ, error);
    if (!store || (drop && !gap_run_drop(store, drop, error)))
        return -1;
    g_autoptr(GapTable) runs = gap_summary_runs(store, error);
    if (!runs)
        return -1;
    gap_call_list(call, runs);
    return GAP_EXIT_DONE;
}

const GapCommand gap_cmd_runs = {
    .name = "runs",
    .arguments = "",
    .summary = "list the results side by side, or drop one",
    .options = RUNS_OPTIONS,
    .run = run_runs,
};
