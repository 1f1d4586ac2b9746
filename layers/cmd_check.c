// check: proof that sums hold, how areas lie side by side, and a page by province.
#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/cli/listing.h"
#include "layers/cmd.h"
#include "layers/coverage/coverage.h"
#include "layers/layers.h"
#include "layers/sites/keep.h"
#include "layers/summary.h"
#include "layers/tiling.h"

enum { MOST_LISTED = 20 };

/* All that the command says, in the order in which it says it. */
typedef struct {
    GapTable *sources, *broken, *runs, *provinces, *claims, *statements;
    GapTilingReport *tiling;
    const char *as_of;
    double sliver_km2;
} Findings;

static void findings_clear(Findings *found) {
    gap_table_free(found->sources);
    gap_table_free(found->broken);
    gap_table_free(found->runs);
    gap_table_free(found->provinces);
    gap_table_free(found->claims);
    gap_table_free(found->statements);
    gap_tiling_free(found->tiling);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Findings, findings_clear)

static const GapOption CHECK_OPTIONS[] = {
    {"run", 0, GAP_OPTION_TEXT, "LABEL", "run of the summary; by default the newest", NULL},
    {"as-of", 0, GAP_OPTION_DATE, "DATE", "gaps between areas on this day; by default today", NULL},
    {"sliver", 0, GAP_OPTION_NUMBER, "KM2", "overlaps and gaps below it are summed, not listed",
     "0.001"},
    {"strict", 0, GAP_OPTION_FLAG, NULL, "fail where areas overlap or leave gaps", NULL},
    {NULL},
};

/* A run that is asked for must be there, even where there is none at all. */
static bool find_results(GapStore *store, const char *run, Findings *found, GError **error) {
    found->runs = gap_summary_runs(store, error);
    if (!found->runs)
        return false;
    if (gap_table_rows(found->runs) > 0)
        return (found->provinces = gap_summary_provinces(store, run, error)) != NULL;
    if (run)
        g_free(gap_run_label(store, run, error));
    return !run;
}

static bool find_all(GapCall *call, GapStore *store, Findings *found, GError **error) {
    const GapTilingOptions tiling = {found->sliver_km2, found->as_of};
    return (found->sources = gap_layer_table(store, "sources", NULL, error)) &&
           (found->broken = gap_store_check(store, error)) &&
           gap_sites_check(store, found->broken, error) &&
           find_results(store, gap_call_text(call, "run"), found, error) &&
           (found->claims = gap_summary_claims(store, error)) &&
           (found->statements = gap_summary_statements(store, error)) &&
           (found->tiling = gap_tiling(store, &tiling, error));
}

/* ---- for people ---- */

static gint64 sum_of(const GapTable *table, const char *column) {
    gint64 sum = 0;
    for (size_t r = 0; r < gap_table_rows(table); r++)
        sum += gap_table_int(table, r, (size_t)gap_table_find(table, column));
    return sum;
}

static void say_sources(GapCall *call, const GapTable *sources) {
    const gint64 read = sum_of(sources, "rows_read"), kept = sum_of(sources, "rows_kept"),
                 refused = sum_of(sources, "rows_refused"), left_out = read - kept - refused;
    g_autofree char *rest =
        left_out ? g_strdup_printf(" + %" G_GINT64_FORMAT " left out", left_out) : g_strdup("");
    gap_call_say(call,
                 "%zu sources: %" G_GINT64_FORMAT " rows read = %" G_GINT64_FORMAT
                 " kept + %" G_GINT64_FORMAT " refused%s",
                 gap_table_rows(sources), read, kept, refused, rest);
}

/* The page that a planner reads: runs side by side, provinces of the newest, what was claimed. */
static bool say_results(GapCall *call, GapStore *store, const Findings *found, GError **error) {
    if (!found->provinces) {
        gap_call_say(call, "\nNo results yet: 'gapmap coverage' makes them");
        return true;
    }
    gap_call_say(call, "\nRuns side by side");
    gap_call_list(call, found->runs);
    gap_call_say(call, "\nBy province");
    if (!gap_cmd_say_run(call, store, gap_call_text(call, "run"), error))
        return false;
    gap_call_list(call, found->provinces);
    return true;
}

static void say_tiling(GapCall *call, const Findings *found) {
    GapTilingReport *tiling = found->tiling;
    if (gap_table_rows(tiling->totals) == 0)
        return;
    gap_call_say(call,
                 "\nHow areas lie side by side, on %s; below %g km2 (--sliver) it counts as a "
                 "sliver",
                 found->as_of, found->sliver_km2);
    gap_call_list(call, tiling->totals);
    gap_cmd_say_first(call, tiling->overlaps, "Ground in two areas of one level, largest first",
                      MOST_LISTED);
    gap_cmd_say_first(call, tiling->gaps, "Ground of an area that none of its parts covers",
                      MOST_LISTED);
    gap_cmd_say_first(call, tiling->outside, "Ground of a part that lies outside its area",
                      MOST_LISTED);
}

static bool say_all(GapCall *call, GapStore *store, const Findings *found, GError **error) {
    say_sources(call, found->sources);
    if (gap_table_rows(found->broken))
        gap_call_list(call, found->broken);
    if (!say_results(call, store, found, error))
        return false;
    if (gap_table_rows(found->claims)) {
        gap_call_say(call, "\nClaims held against the figures");
        gap_call_list(call, found->claims);
    }
    if (gap_table_rows(found->statements)) {
        gap_call_say(call, "\nFigures said elsewhere, beside those that count");
        gap_call_list(call, found->statements);
    }
    say_tiling(call, found);
    return true;
}

/* ---- for machines ---- */

static json_t *tiling_json(const Findings *found) {
    const GapTilingReport *tiling = found->tiling;
    return json_pack("{s:s, s:f, s:o, s:o, s:o, s:o}", "as_of", found->as_of, "sliver_km2",
                     found->sliver_km2, "totals", gap_cmd_table_json(tiling->totals), "overlaps",
                     gap_cmd_table_json(tiling->overlaps), "gaps", gap_cmd_table_json(tiling->gaps),
                     "outside", gap_cmd_table_json(tiling->outside));
}

static void print_json(GapCall *call, const Findings *found) {
    gap_cmd_print_json(
        call,
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "findings",
                  gap_cmd_table_json(found->broken), "sources", gap_cmd_table_json(found->sources),
                  "runs", gap_cmd_table_json(found->runs), "provinces",
                  found->provinces ? gap_cmd_table_json(found->provinces) : json_array(), "claims",
                  gap_cmd_table_json(found->claims), "statements",
                  gap_cmd_table_json(found->statements), "tiling", tiling_json(found)));
}

/* How many of overlaps, gaps and areas outside theirs were found. */
static gint64 count_tiling(const Findings *found) {
    const GapTable *totals = found->tiling->totals;
    return sum_of(totals, "overlaps") + sum_of(totals, "gaps") + sum_of(totals, "outside");
}

static int run_check(GapCall *call, GError **error) {
    g_autofree char *today = gap_today();
    const char *as_of = gap_call_text(call, "as-of");
    g_auto(Findings)
        found = {.as_of = as_of ? as_of : today, .sliver_km2 = gap_call_number(call, "sliver")};
    if (!(found.sliver_km2 >= 0)) {
        gap_fail(error, GAP_ERROR_USAGE, "--sliver: a number of km2, not below 0");
        return -1;
    }
    GapStore *store = gap_call_store(call, GAP_STORE_READ, error);
    if (!store || !find_all(call, store, &found, error))
        return -1;
    const size_t broken = gap_table_rows(found.broken);
    const gint64 untidy = gap_call_flag(call, "strict") ? count_tiling(&found) : 0;
    if (gap_call_json(call)) {
        print_json(call, &found);
        return broken || untidy ? GAP_EXIT_FAILED : GAP_EXIT_DONE;
    }
    if (!say_all(call, store, &found, error))
        return -1;
    if (broken)
        gap_fail(error, GAP_ERROR_FAILED, "%zu findings above: load the sources named again",
                 broken);
    else if (untidy)
        gap_fail(error, GAP_ERROR_FAILED,
                 "%" G_GINT64_FORMAT " overlaps, gaps and areas outside theirs above: mend the "
                 "boundaries and load them again, or leave --strict out",
                 untidy);
    else
        gap_call_say(call, "\nAll checks hold.");
    return broken || untidy ? -1 : GAP_EXIT_DONE;
}

const GapCommand gap_cmd_check = {
    .name = "check",
    .arguments = "",
    .summary = "prove that sums hold, measure overlaps and gaps, and print a page by province",
    .options = CHECK_OPTIONS,
    .run = run_check,
};
