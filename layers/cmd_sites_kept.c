// sites: a proposal that the store has already.
#include "geo/cli/listing.h"
#include "geo/text/text.h"
#include "layers/cmd_sites.h"
#include "layers/outputs.h"
#include "layers/sites/keep.h"

enum { MOST_REFUSED = 10 };

static const GapStatement WORTH = {
    "sites.kept",
    "SELECT count(s.id), p.covered - coalesce(v.today - v.lost, p.covered_before), p.covered,"
    " p.proven, v.lost FROM site_run p LEFT JOIN site s ON s.proposal = p.label"
    " LEFT JOIN site_move_sum v ON v.proposal = p.label WHERE p.label = ?"};
static const GapStatement SITES = {
    "sites.kept_list",
    "SELECT rank, code, name, area, people_added FROM site WHERE proposal = ? ORDER BY rank"};
static const GapColumnSpec COLUMNS[] = {{"rank", GAP_TYPE_INT, NULL, "Rank"},
                                        {"code", GAP_TYPE_TEXT, NULL, "Code"},
                                        {"name", GAP_TYPE_TEXT, NULL, "Site"},
                                        {"area", GAP_TYPE_TEXT, NULL, "Area"},
                                        {"people_added", GAP_TYPE_REAL, NULL, "People added"}};

static bool say_kept(const GapSeeking *seeking, GapStore *store, GError **error) {
    GapCall *call = seeking->call;
    g_autoptr(GapTable) worth = gap_store_select(store, &WORTH, error, "s", seeking->label);
    g_autoptr(GapTable) sites =
        worth ? gap_store_table(store, &SITES, "sites", COLUMNS, G_N_ELEMENTS(COLUMNS), error, "s",
                                seeking->label)
              : NULL;
    if (!sites)
        return false;
    g_autofree char *added = gap_format_number(gap_table_real(worth, 0, 1), 0, "en"),
                    *covered = gap_format_number(gap_table_real(worth, 0, 2), 0, "en");
    gap_call_say(call,
                 "Proposal '%s' stands, nothing it is made from has changed: %zu new sites bring "
                 "%s people within reach, with them %s are; %s under these assumptions",
                 seeking->label, gap_table_rows(sites), added, covered,
                 gap_table_int(worth, 0, 3) ? "proven to be the best" : "the best that was found");
    if (!gap_table_is_null(worth, 0, 4)) {
        g_autofree char *lost = gap_format_number(gap_table_real(worth, 0, 4), 0, "en");
        gap_call_say(call, "Points close: %s people who are within reach today no longer are",
                     lost);
    }
    if (gap_table_rows(sites))
        gap_call_list(call, sites);
    return true;
}

bool gap_cmd_sites_kept(GapSeeking *seeking, bool *kept, GError **error) {
    GapCall *call = seeking->call;
    const GapStoreSites *ground = seeking->ground;
    const char *label = gap_call_text(call, "label"), *output = gap_call_text(call, "output");
    g_autofree char *parameters = gap_call_fingerprint(call);
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, error);
    if (!store || !(seeking->made_from = gap_sites_made_from(store, parameters, ground, error)))
        return false;
    seeking->label =
        label ? g_strdup(label)
              : g_strdup_printf("%s %s", ground->run, GAP_SITES_MODELS[seeking->options.model]);
    GError *wrong = NULL;
    *kept = !gap_call_json(call) &&
            (!output || gap_output_fresh(store, output, seeking->made_from)) &&
            gap_sites_is_current(store, seeking->label, seeking->made_from, &wrong);
    if (wrong) {
        g_propagate_error(error, wrong);
        return false;
    }
    if (!*kept)
        return true;
    if (output)
        gap_call_made(call, output);
    gap_call_unchanged(call);
    gap_cmd_tell_refusals(call, ground->options.given, ground->refusals, MOST_REFUSED);
    return say_kept(seeking, store, error);
}
