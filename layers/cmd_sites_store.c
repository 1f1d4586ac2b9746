// sites, from the store: settlements by the programme's rule.
#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/cli/listing.h"
#include "geo/files/vector.h"
#include "geo/text/text.h"
#include "layers/cmd_sites.h"
#include "layers/outputs.h"
#include "layers/sites/keep.h"

enum { MOST_LISTED = 10, MOST_CELLS = 1000 };
static const double FIRM_S = 2; // for each perturbed run

/* Officers serve people, each one site. */
static bool check_capacity(const GapCall *call, GError **error) {
    const char *model = gap_call_text(call, "model");
    if (!gap_call_given(call, "people-per-officer"))
        return true;
    if (gap_call_number(call, "people-per-officer") == 0)
        return gap_fail(error, GAP_ERROR_USAGE, "--people-per-officer: must be above 0");
    if (gap_call_int(call, "need") == 2 || gap_call_flag(call, "crime"))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--people-per-officer counts people, each served once: it goes neither "
                        "with --need 2 nor with --crime");
    return g_str_equal(model, "covering") || g_str_equal(model, "p-median") ||
           gap_fail(error, GAP_ERROR_USAGE, "--people-per-officer: --model %s takes none", model);
}

static bool read_money(const GapCall *call, GapStoreSitesOptions *options, GError **error) {
    static const char *const figures[] = {"cost", "running", "years", "officers",
                                          "people-per-officer"};
    const bool tables = options->given || options->kinds;
    for (gsize i = 0; i < G_N_ELEMENTS(figures); i++)
        if (gap_call_given(call, figures[i]) && !(isfinite(gap_call_number(call, figures[i])) &&
                                                  gap_call_number(call, figures[i]) >= 0))
            return gap_fail(error, GAP_ERROR_USAGE, "--%s: must be a number, not negative",
                            figures[i]);
    if (options->cells < 0 || options->cells > MOST_CELLS)
        return gap_fail(error, GAP_ERROR_USAGE, "--cells: must lie within 0 and %d", MOST_CELLS);
    if (!gap_cmd_share(call, "local-share", &options->local_share, error))
        return false;
    if (!(options->local_share >= 0 && options->local_share <= 1))
        return gap_fail(error, GAP_ERROR_USAGE, "--local-share: must lie within 0%% and 100%%");
    if (gap_call_given(call, "budget") && isnan(options->cost) && !tables)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--budget: say what a new site costs with --cost or --kinds");
    if (gap_call_given(call, "posts") && isnan(options->officers) && !tables)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--posts: say how many officers a new site has with --officers or --kinds");
    return check_capacity(call, error);
}

static bool is_time(const char *limit) {
    bool minutes = false;
    g_autoptr(GArray) limits = gap_parse_limits(limit, &minutes, NULL);
    return limits && minutes;
}

static GapCrimeEnd crime_end(const GapCall *call) {
    const char *end = gap_call_text(call, "crime-interval");
    return g_str_equal(end, "low")    ? GAP_CRIME_LOW
           : g_str_equal(end, "high") ? GAP_CRIME_HIGH
                                      : GAP_CRIME_EXPECTED;
}

/* A limit of money or posts needs all figures of those that may be chosen. */
static bool check_figures(const GapCall *call, const GapStoreSites *ground, GError **error) {
    const bool money = gap_call_given(call, "budget") || gap_call_flag(call, "by-cost"),
               posts = gap_call_given(call, "posts");
    for (gsize j = 0; j < gap_table_rows(ground->candidates); j++) {
        const bool free = ground->sites->sites[j].state != GAP_SITE_FORBIDDEN;
        const bool lacks_money = free && money && isnan(gap_store_sites_cost(ground, j));
        if (free && posts && j < ground->sites->movable &&
            gap_table_is_null(ground->candidates, j, GAP_CANDIDATE_OFFICERS))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "the officers of police point '%s' are not known, which --posts needs "
                            "of points that may move: load them with the point, or leave it out "
                            "of --move",
                            gap_table_text(ground->candidates, j, GAP_CANDIDATE_ID));
        if (lacks_money ||
            (free && posts && gap_table_is_null(ground->candidates, j, GAP_CANDIDATE_OFFICERS)))
            return gap_fail(
                error, GAP_ERROR_INPUT,
                "%s of candidate '%s' %s not known, which a limit of %s needs: give %s in "
                "its row of --candidates, by its kind (--kinds) or for all (--%s)",
                lacks_money ? "the cost" : "the officers",
                gap_table_text(ground->candidates, j, GAP_CANDIDATE_ID), lacks_money ? "is" : "are",
                lacks_money ? "money" : "posts", lacks_money ? "it" : "them",
                lacks_money ? "cost" : "officers");
    }
    return true;
}

/* What was said and changes nothing. */
static void note_running(GapStoreSites *ground) {
    const GapTable *candidates = ground->candidates;
    bool known = false;
    for (gsize j = 0; j < gap_table_rows(candidates); j++)
        known |= !gap_table_is_null(candidates, j, GAP_CANDIDATE_RUNNING);
    if (known && ground->options.years == 0)
        gap_note(ground->sites->notes,
                 "running cost is known and counts for no year: say for how many with --years");
    if (!known && ground->options.years > 0)
        gap_note(ground->sites->notes,
                 "--years counts running cost, and none is known: give it with --running or in a "
                 "table of kinds or candidates");
}

static GapStoreSites *read_ground(GapCall *call, const GapLocateOptions *options, double slack,
                                  GError **error) {
    g_auto(GStrv) force = gap_call_words(call, "force"), forbid = gap_call_words(call, "forbid"),
                  move = gap_call_words(call, "move");
    GapStoreSitesOptions wanted = {
        .run = gap_call_text(call, "run"),
        .within_m = gap_call_given(call, "within") ? options->within : NAN,
        .minutes = gap_call_given(call, "within") && is_time(gap_call_text(call, "within")),
        .progress = gap_call_progress(call),
        .by_crime = gap_call_flag(call, "crime"),
        .crime_end = crime_end(call),
        .any = gap_call_flag(call, "any"),
        .slack = slack,
        .cells = gap_call_int(call, "cells"),
        .near_road_m = gap_call_given(call, "near-road") ? gap_call_length_m(call, "near-road") : 0,
        .given = gap_call_text(call, "candidates"),
        .columns = gap_call_text(call, "columns"),
        .set = gap_call_text(call, "set"),
        .places = gap_call_flag(call, "places"),
        .kinds = gap_call_text(call, "kinds"),
        .cost = gap_call_number(call, "cost"),
        .running = gap_call_number(call, "running"),
        .years = gap_call_given(call, "years") ? gap_call_number(call, "years") : 0,
        .per_officer = gap_call_given(call, "people-per-officer")
                           ? gap_call_number(call, "people-per-officer")
                           : 0,
        .need = options->need,
        .officers = gap_call_number(call, "officers"),
        .move = gap_call_given(call, "move") ? move : NULL,
        .forced = force,
        .forbidden = forbid,
    };
    if (!read_money(call, &wanted, error))
        return NULL;
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, error);
    GapStoreSites *ground =
        store ? gap_store_sites(store, &wanted, options->model <= GAP_LOCATE_SET_COVER, error)
              : NULL;
    if (!ground)
        return NULL;
    note_running(ground);
    ground->options.forced = ground->options.forbidden = NULL; // they end with this call
    if (check_figures(call, ground, error))
        return ground;
    gap_store_sites_free(ground);
    return NULL;
}

GapStoreSites *gap_cmd_sites_ground(GapCall *call, const GapLocateOptions *options,
                                    GError **error) {
    return read_ground(call, options, 0, error);
}

/* Of each site in how many perturbed runs it is chosen, where that is asked for. */
static bool find_firm(const GapSeeking *seeking, GapSitesResult *result, GError **error) {
    if (!gap_call_flag(seeking->call, "firm"))
        return true;
    g_autoptr(GapStoreSites) wide =
        read_ground(seeking->call, &seeking->options, GAP_FIRM_MINUTES, error);
    if (!wide)
        return false;
    wide->sites->problem.group_min = seeking->sites->problem.group_min;
    wide->sites->problem.group_max = seeking->sites->problem.group_max;
    g_autoptr(GapSitesFirm) firm =
        gap_sites_firm(wide, &seeking->options, FIRM_S, gap_call_progress(seeking->call), error);
    if (firm)
        gap_sites_result_firm(result, firm);
    if (!firm || seeking->options.model != GAP_LOCATE_COVERING)
        return firm != NULL;
    g_autofree double *best = gap_sites_best_values(
        seeking->ground, &seeking->options, result->n_stay, gap_table_rows(result->sites), FIRM_S,
        gap_call_progress(seeking->call), error);
    if (best)
        gap_sites_result_prefixes(result, best);
    return best != NULL;
}

/* ---- telling ---- */

static char *people(double value) {
    return gap_format_number(value, 0, "en");
}

static void say_worth(const GapSeeking *seeking, const GapSitesResult *result) {
    GapCall *call = seeking->call;
    const GapStoreSites *ground = seeking->ground;
    g_autofree char *within = ground->by_travel ? gap_format_minutes(ground->within_m)
                                                : gap_format_length(ground->within_m);
    g_autofree char *all = people(result->people), *before = people(result->before),
                    *after = people(result->covered),
                    *added = people(result->covered - result->before);
    gap_call_say(call,
                 "%s by %s on run '%s', as of %s: candidates are %zu places, of which %zu may "
                 "be built%s",
                 GAP_SITES_MODELS[seeking->options.model],
                 ground->options.by_crime ? "crime" : "people", ground->run, ground->as_of,
                 ground->places, ground->eligible,
                 ground->options.any ? " (--any: plans and money are not asked for)"
                                     : " (an endorsed, valid plan and local money)");
    for (guint i = 0; i < ground->sites->notes->len; i++)
        gap_call_say(call, "%s", (char *)g_ptr_array_index(ground->sites->notes, i));
    if (result->moves)
        gap_cmd_sites_say_moves(seeking, result);
    else
        gap_call_say(
            call, "%zu new sites bring %s people within %s%s; with them %s of %s are, without %s",
            gap_table_rows(result->sites), added, within,
            seeking->options.need == 2 ? " of two sites" : "", after, all, before);
    if (ground->options.by_crime)
        gap_call_say(call,
                     "%s bring %.1f recorded crimes a year within reach, by their interval "
                     "%.1f to %.1f",
                     ground->move ? "Beside the points that stay they" : "They",
                     result->crime_covered - result->crime_before, result->crime_added_low,
                     result->crime_added_high);
    if (seeking->options.model == GAP_LOCATE_P_MEDIAN)
        gap_call_say(call,
                     ground->by_travel ? "Mean time to the nearest point: %.1f min"
                                       : "Mean distance to the nearest point: %.0f m",
                     seeking->sums.mean_minutes);
    if (seeking->options.model == GAP_LOCATE_P_CENTER)
        gap_call_say(call,
                     ground->by_travel ? "Nobody is farther than %.1f min"
                                       : "Nobody is farther than %.0f m",
                     seeking->sums.worst);
}

static void say_proof(const GapSeeking *seeking) {
    const GapLocateAnswer *answer = seeking->answer;
    if (answer->status == GAP_LOCATE_PROVEN)
        gap_call_say(seeking->call, "Best under these assumptions, which is proven.");
    else
        gap_call_say(seeking->call,
                     "The best found under these assumptions when %s: value %.15g, and no choice "
                     "is better than %.15g (gap %.3g%%).",
                     seeking->interrupted ? "you stopped it" : "the time was over", answer->value,
                     answer->bound, 100 * gap_sites_gap(answer));
}

/* ---- who is left ---- */

static double people_left(const GapStoreSites *ground, const GapSitesResult *result,
                          GapLeftReason reason) {
    double sum = 0;
    for (guint k = 0; k < result->left->len; k++) {
        const GapSitesLeft *left = &g_array_index(result->left, GapSitesLeft, k);
        sum += left->reason == reason ? gap_store_sites_people(ground, left->demand) : 0;
    }
    return sum;
}

static void say_left(const GapSeeking *seeking, const GapSitesResult *result) {
    static const char *const words[] = {[GAP_LEFT_NO_CANDIDATE] = "no candidate reaches them",
                                        [GAP_LEFT_HOLD] = "few people of the area are beyond reach",
                                        [GAP_LEFT_UNKNOWN] = "nothing is known of a plan or money",
                                        [GAP_LEFT_PLAN] = "no plan is endorsed and valid",
                                        [GAP_LEFT_FUND] = "no local money",
                                        [GAP_LEFT_FORBIDDEN] = "the candidate is forbidden",
                                        [GAP_LEFT_CAPACITY] = "officers serve others",
                                        [GAP_LEFT_LIMIT] =
                                            "number, money, posts or limits of provinces"};
    g_autoptr(GString) line = g_string_new(NULL);
    for (GapLeftReason reason = 0; reason < GAP_LEFT_REASONS; reason++) {
        const double sum = people_left(seeking->ground, result, reason);
        g_autofree char *shown = people(sum);
        if (sum > 0)
            g_string_append_printf(line, "%s%s (%s)", line->len ? ", " : "", shown, words[reason]);
    }
    if (line->len)
        gap_call_say(seeking->call, "\nPeople who stay beyond reach: %s", line->str);
}

static json_t *left_json(const GapStoreSites *ground, const GapSitesResult *result) {
    json_t *json = json_object();
    for (GapLeftReason reason = 0; reason < GAP_LEFT_REASONS; reason++)
        json_object_set_new(json, GAP_LEFT_NAMES[reason],
                            json_real(people_left(ground, result, reason)));
    return json;
}

static json_t *number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

static void tell_json(const GapSeeking *seeking, const GapSitesResult *result, const char *label) {
    const GapLocateAnswer *answer = seeking->answer;
    const GapStoreSites *ground = seeking->ground;
    const bool proven = answer->status == GAP_LOCATE_PROVEN;
    json_t *json = json_pack(
        "{s:s, s:s, s:s, s:s, s:f, s:s, s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o}", "proposal", label,
        "model", GAP_SITES_MODELS[seeking->options.model], "run", ground->run, "as_of",
        ground->as_of, ground->by_travel ? "within_min" : "within_m", ground->within_m, "weight",
        ground->options.by_crime ? "crime" : "people", "value", number(answer->value), "bound",
        number(answer->bound), "gap", number(gap_sites_gap(answer)), "proven", proven, "sites",
        gap_cmd_table_json(result->sites), "one_document_away",
        gap_cmd_table_json(result->document), "unknown", gap_cmd_table_json(result->unknown),
        "notes", gap_cmd_strings_json(ground->sites->notes));
    json_object_set_new(json, "people", json_real(result->people));
    json_object_set_new(json, "covered_before", json_real(result->before));
    json_object_set_new(json, "covered", json_real(result->covered));
    json_object_set_new(json, "crime_covered_before", json_real(result->crime_before));
    json_object_set_new(json, "crime_covered", json_real(result->crime_covered));
    json_object_set_new(json, "crime_added_low", json_real(result->crime_added_low));
    json_object_set_new(json, "crime_added_high", json_real(result->crime_added_high));
    if (result->moves)
        gap_cmd_sites_add_moves(result, json);
    json_object_set_new(json, "uncovered", left_json(ground, result));
    json_object_set_new(json, "refused", gap_cmd_refusals_json(ground->refusals));
    json_object_set_new(json, "stopped",
                        proven                 ? json_null()
                        : seeking->interrupted ? json_string("user")
                                               : json_string("time"));
    gap_cmd_sites_add_frontier(seeking, json);
    gap_cmd_sites_add_definitions(seeking, json);
    gap_cmd_print_json(seeking->call, json);
}

static void tell_people(const GapSeeking *seeking, const GapSitesResult *result) {
    const GapStoreSites *ground = seeking->ground;
    GapCall *call = seeking->call;
    say_worth(seeking, result);
    say_proof(seeking);
    gap_cmd_sites_say_frontier(seeking);
    gap_cmd_sites_say_definitions(seeking);
    if (result->moves) {
        gap_call_say(call, "\nPoints that might move");
        gap_call_list(call, result->moves);
    }
    if (gap_table_rows(result->sites)) {
        gap_call_say(call, "\nBuildable now, in the order of building");
        gap_call_list(call, result->sites);
    } else if (result->moves)
        gap_call_say(call, "\nNothing opens: no choice serves people better than what is there.");
    else
        gap_call_say(call,
                     "\nNothing can be built now: %zu places may be built at, and none reaches "
                     "anyone who is beyond reach%s.",
                     ground->eligible,
                     ground->options.cells ? "" : "; --cells 5 adds places between settlements");
    gap_cmd_say_first(call, result->document,
                      "One document away: what a decision would unlock, beside the sites above",
                      MOST_LISTED);
    gap_cmd_say_first(call, result->unknown,
                      "Not known: what to ask first, by what the best site there would add",
                      MOST_LISTED);
    say_left(seeking, result);
}

/* A search that was stopped is no answer for the next time; which one it was is. */
static char *made_from(const GapSeeking *seeking) {
    return seeking->interrupted
               ? g_strdup_printf("stopped at %.17g of %.17g, %s", seeking->answer->value,
                                 seeking->answer->bound, seeking->made_from)
               : g_strdup(seeking->made_from);
}

static bool keep(const GapSeeking *seeking, const GapSitesResult *result, GError **error) {
    GapCall *call = seeking->call;
    g_autofree char *parameters = gap_call_fingerprint(call), *from = made_from(seeking);
    const GapSitesKeep keep = {.label = seeking->label,
                               .model = GAP_SITES_MODELS[seeking->options.model],
                               .parameters = parameters,
                               .made_from = from,
                               .options = &seeking->options,
                               .frontier = seeking->frontier};
    GapStore *store = gap_call_store(call, GAP_STORE_WRITE, error);
    const char *output = gap_call_text(call, "output");
    if (!store || !gap_sites_keep(store, &keep, seeking->ground, seeking->answer, result, error))
        return false;
    if (!output)
        return true;
    if (!gap_vector_write_csv(seeking->frontier ? seeking->frontier : result->sites, output,
                              error) ||
        !gap_output_record(store, output, from, error))
        return false;
    gap_call_made(call, output);
    return true;
}

bool gap_cmd_sites_tell(const GapSeeking *seeking, GError **error) {
    GapCall *call = seeking->call;
    const GapStoreSites *ground = seeking->ground;
    g_autoptr(GapSitesResult) result =
        gap_sites_result(ground, seeking->table, seeking->options.model == GAP_LOCATE_COVERING,
                         seeking->answer->serves);
    gap_cmd_sites_put_definitions(seeking, result->sites);
    if (!find_firm(seeking, result, error) || !keep(seeking, result, error))
        return false;
    gap_cmd_tell_refusals(call, ground->options.given, ground->refusals, MOST_LISTED);
    if (gap_call_json(call))
        tell_json(seeking, result, seeking->label);
    else
        tell_people(seeking, result);
    return true;
}
