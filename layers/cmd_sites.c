// sites: where to build, with proof.
#include "layers/cmd_sites.h"
#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/cli/listing.h"
#include "geo/files/vector.h"
#include "geo/locate/verify.h"
#include "geo/text/text.h"
#include "layers/sites/matrix.h"
#include "layers/sites/measure.h"
#include "layers/sites/proposal.h"
#include "layers/sites/why.h"

const char *const GAP_SITES_MODELS[] = {[GAP_LOCATE_COVERING] = "covering",
                                        [GAP_LOCATE_SET_COVER] = "set-cover",
                                        [GAP_LOCATE_P_MEDIAN] = "p-median",
                                        [GAP_LOCATE_P_CENTER] = "p-center",
                                        NULL};
#define MODELS GAP_SITES_MODELS
static const char *const CRIME_ENDS[] = {"low", "expected", "high", NULL};
static const GapOption OPTIONS[] = {
    {"model", 0, GAP_OPTION_CHOICE, "MODEL", "what is to be best", "covering", MODELS},
    {"number", 'n', GAP_OPTION_INT, "P", "new sites at most", NULL},
    {"within", 0, GAP_OPTION_TEXT, "LIMIT",
     "covered up to here, included: 5 km (by default the run's); with tables 30 min", NULL},
    {"need", 0, GAP_OPTION_INT, "SITES", "sites that must be within that, 1 or 2", "1"},
    {"share", 0, GAP_OPTION_TEXT, "SHARE", "of all people that set-cover must cover", "100%"},
    {"by-cost", 0, GAP_OPTION_FLAG, NULL, "set-cover: least money, not fewest sites", NULL},
    {"budget", 0, GAP_OPTION_NUMBER, "MONEY", "cost of all new sites at most", NULL},
    {"posts", 0, GAP_OPTION_NUMBER, "N", "posts of all new sites at most", NULL},
    {"province-min", 0, GAP_OPTION_INT, "N", "new sites of each province at least", NULL},
    {"province-max", 0, GAP_OPTION_INT, "N", "new sites of each province at most", NULL},
    {"force", 0, GAP_OPTION_TEXT, "ID,...", "candidates that must be built", NULL},
    {"forbid", 0, GAP_OPTION_TEXT, "ID,...", "candidates that must not be built", NULL},
    {"run", 0, GAP_OPTION_TEXT, "LABEL", "results to build on; by default the newest", NULL},
    {"crime", 0, GAP_OPTION_FLAG, NULL, "weigh by recorded crime, not people", NULL},
    {"move", 0, GAP_OPTION_TEXT, "CODE,...",
     "points that may close so that their crew opens elsewhere; or all", NULL},
    {"any", 0, GAP_OPTION_FLAG, NULL, "also where no plan is endorsed or no local money known",
     NULL},
    {"cells", 0, GAP_OPTION_INT, "N",
     "places of most modelled people beyond reach of each area, as candidates too", "0"},
    {"near-road", 0, GAP_OPTION_LENGTH, "LENGTH", "of these only those with a road as near", NULL},
    {"firm", 0, GAP_OPTION_FLAG, NULL, "try 200 perturbed runs: how often is each site chosen",
     NULL},
    {"crime-interval", 0, GAP_OPTION_CHOICE, "END",
     "weigh by this end of the interval of recorded crime", "expected", CRIME_ENDS},
    {"kinds", 0, GAP_OPTION_PATH, "FILE", "table of kinds that a place may be built as", NULL},
    {"cost", 0, GAP_OPTION_NUMBER, "MONEY", "of a new site", NULL},
    {"running", 0, GAP_OPTION_NUMBER, "MONEY", "of a new site a year", NULL},
    {"years", 0, GAP_OPTION_NUMBER, "N", "that the running cost counts for", NULL},
    {"local-share", 0, GAP_OPTION_TEXT, "SHARE", "of the cost that the local side pays", "50%"},
    {"officers", 0, GAP_OPTION_NUMBER, "N", "of a new site", NULL},
    {"people-per-officer", 0, GAP_OPTION_NUMBER, "N", "whom a new site can serve", NULL},
    {"places", 0, GAP_OPTION_FLAG, NULL, "with --candidates: settlements beside them", NULL},
    {"frontier", 0, GAP_OPTION_CHOICE, "BY", "what each further site, or part of the budget, buys",
     NULL, GAP_SITES_STEPS},
    {"steps", 0, GAP_OPTION_INT, "N", "of the budget", "10"},
    {"definitions", 0, GAP_OPTION_FLAG, NULL,
     "under how many sensible definitions does each site stay", NULL},
    {"score", 0, GAP_OPTION_PATH, "FILE", "price a list of sites (code or name) instead", NULL},
    {"compare", 0, GAP_OPTION_TEXT, "LABEL,LABEL",
     "tell of two proposals beside each other instead", NULL},
    {"label", 0, GAP_OPTION_TEXT, "LABEL", "of the proposal; by default run and model", NULL},
    {"times", 0, GAP_OPTION_PATH, "FILE", "table of times: from, to, minutes", NULL},
    {"demand", 0, GAP_OPTION_PATH, "FILE", "table of who is to be reached: id, people", NULL},
    {"candidates", 0, GAP_OPTION_PATH, "FILE",
     "table of candidates: id, cost, posts and more; in the store points", NULL},
    {"columns", 0, GAP_OPTION_TEXT, "F=COL; ...",
     "names of its columns, where those of the points are others", NULL},
    {"set", 0, GAP_OPTION_TEXT, "F=VALUE; ...", "one value for all points", NULL},
    {"time-limit", 0, GAP_OPTION_TEXT, "TIME", "to stop after: 60, 60 s, 5 min", NULL},
    {"output", 'o', GAP_OPTION_PATH, "FILE", "the .csv file to write", NULL},
    {NULL},
};
static const double EXPLAIN_S = 10;  // for each limit
static const double CAPACITY_S = 30; // of a search with capacities, which seldom proves its answer

/* ---- options ---- */

/* Seconds of a bare number of `unit` seconds, or of "5 min". */
static bool read_time(const GapCall *call, const char *option, double unit, double *seconds,
                      GError **error) {
    const char *text = gap_call_text(call, option);
    if (gap_parse_number(text, seconds, NULL)) {
        *seconds *= unit;
    } else if (!gap_parse_duration_s(text, seconds, NULL))
        return gap_fail(error, GAP_ERROR_USAGE, "--%s: '%s' is no time; write 30 min or 2 h",
                        option, text);
    return *seconds >= 0 || gap_fail(error, GAP_ERROR_USAGE, "--%s: must not be negative", option);
}

/* What belongs to other models is refused: it would change nothing. */
static bool check_model(const GapCall *call, GapLocateModel model, GError **error) {
    enum { COVERS = 1 << GAP_LOCATE_COVERING | 1 << GAP_LOCATE_SET_COVER };
    static const struct {
        const char *option;
        unsigned models;
    } only[] = {{"need", COVERS},
                {"share", 1 << GAP_LOCATE_SET_COVER},
                {"by-cost", 1 << GAP_LOCATE_SET_COVER}};
    for (gsize i = 0; i < G_N_ELEMENTS(only); i++)
        if (gap_call_given(call, only[i].option) && !(only[i].models & 1U << model))
            return gap_fail(error, GAP_ERROR_USAGE, "--%s: --model %s takes none", only[i].option,
                            MODELS[model]);
    if (gap_call_given(call, "times") && COVERS & 1U << model && !gap_call_given(call, "within"))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--model %s needs a limit: give --within, as in --within \"30 min\"",
                        MODELS[model]);
    if (gap_call_given(call, "move") && !gap_call_given(call, "number") &&
        (gap_call_given(call, "budget") || gap_call_given(call, "posts")))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--move: say with -n how many sites may open beside those that move; -n 0: "
                        "none");
    const bool limited = gap_call_given(call, "number") || gap_call_given(call, "score") ||
                         gap_call_given(call, "move") || gap_call_given(call, "budget") ||
                         (model != GAP_LOCATE_P_MEDIAN && gap_call_given(call, "posts"));
    return model == GAP_LOCATE_SET_COVER || limited ||
           gap_fail(error, GAP_ERROR_USAGE, "say how many new sites with -n, or give a --budget");
}

static bool check_numbers(const GapCall *call, GError **error) {
    static const char *const counts[] = {"province-min", "province-max", "budget", "posts"};
    for (gsize i = 0; i < G_N_ELEMENTS(counts); i++)
        if (gap_call_given(call, counts[i]) && *gap_call_text(call, counts[i]) == '-')
            return gap_fail(error, GAP_ERROR_USAGE, "--%s: must not be negative", counts[i]);
    const gint64 need = gap_call_int(call, "need");
    const gint64 least = gap_call_given(call, "move") ? 0 : 1;
    if (gap_call_given(call, "number") && gap_call_int(call, "number") < least)
        return gap_fail(error, GAP_ERROR_USAGE,
                        least ? "-n: at least 1 new site" : "-n: must not be negative");
    if (need != 1 && need != 2)
        return gap_fail(error, GAP_ERROR_USAGE, "--need: must be 1 or 2");
    if (gap_call_given(call, "province-max") &&
        gap_call_int(call, "province-max") < gap_call_int(call, "province-min"))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--province-max: must not be less than --province-min");
    return true;
}

static bool check_files(const GapCall *call, GError **error) {
    static const char *const of_store[] = {"run",
                                           "crime",
                                           "crime-interval",
                                           "any",
                                           "cells",
                                           "near-road",
                                           "firm",
                                           "kinds",
                                           "cost",
                                           "running",
                                           "years",
                                           "officers",
                                           "people-per-officer",
                                           "places",
                                           "local-share",
                                           "label",
                                           "move",
                                           "definitions"};
    static const char *const of_points[] = {"columns", "set"};
    const char *output = gap_call_text(call, "output");
    const bool times = gap_call_given(call, "times");
    if (times != gap_call_given(call, "demand"))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "give a table of times with --times and one of demand with --demand, or "
                        "neither and sites are sought in the store");
    for (gsize i = 0; times && i < G_N_ELEMENTS(of_store); i++)
        if (gap_call_given(call, of_store[i]))
            return gap_fail(error, GAP_ERROR_USAGE, "--%s: not with --times, which need no store",
                            of_store[i]);
    if (gap_call_flag(call, "places") && !gap_call_given(call, "candidates"))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--places goes with --candidates; without, settlements are candidates");
    if (!times && gap_call_given(call, "candidates") && gap_call_int(call, "cells") &&
        !gap_call_flag(call, "places"))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--cells: with --candidates only they are candidates; add --places");
    for (gsize i = 0; i < G_N_ELEMENTS(of_points); i++)
        if (gap_call_given(call, of_points[i]) && (times || !gap_call_given(call, "candidates")))
            return gap_fail(error, GAP_ERROR_USAGE,
                            "--%s goes with --candidates as a file of points", of_points[i]);
    if (gap_call_given(call, "crime-interval") && !gap_call_flag(call, "crime"))
        return gap_fail(error, GAP_ERROR_USAGE, "--crime-interval goes with --crime");
    if (output && !g_str_has_suffix(output, ".csv"))
        return gap_fail(error, GAP_ERROR_USAGE, "-o %s: its name ends in .csv", output);
    if (!gap_cmd_check_label(call, "label", error) || !gap_call_spares(call, "output", error))
        return false;
    return true;
}

static double number_or(const GapCall *call, const char *option, double otherwise) {
    return gap_call_given(call, option) ? gap_call_number(call, option) : otherwise;
}

static bool read_within(const GapCall *call, double *within, GError **error) {
    if (!gap_call_given(call, "within"))
        return true;
    if (!gap_call_given(call, "times")) {
        bool minutes;
        g_autoptr(GError) why = NULL;
        g_autoptr(GArray) limits = gap_parse_limits(gap_call_text(call, "within"), &minutes, &why);
        if (!limits || limits->len != 1)
            return gap_fail(error, GAP_ERROR_USAGE, "--within: %s",
                            why ? why->message : "one limit only");
        *within = g_array_index(limits, double, 0);
        return true;
    }
    double within_s;
    if (!read_time(call, "within", 60, &within_s, error))
        return false;
    *within = (double)(float)(within_s / 60); // as exact as pairs are: 12.3 is 12.3
    return true;
}

static bool read_options(const GapCall *call, GapLocateOptions *options, GError **error) {
    *options = GAP_LOCATE_DEFAULTS;
    while (!g_str_equal(MODELS[options->model], gap_call_text(call, "model")))
        options->model++;
    if (!check_files(call, error) || !check_model(call, options->model, error) ||
        !check_numbers(call, error) || !gap_cmd_sites_check_frontier(call, options->model, error) ||
        !gap_cmd_sites_check_score(call, options->model, error) ||
        !gap_cmd_sites_check_move(call, options->model, error) ||
        !gap_cmd_share(call, "share", &options->share, error))
        return false;
    if (options->share > 1)
        return gap_fail(error, GAP_ERROR_USAGE, "--share: must not be above 100%%");
    double within = options->within;
    if (!read_within(call, &within, error))
        return false;
    if (options->model <= GAP_LOCATE_SET_COVER || !gap_call_given(call, "times"))
        options->within = within;
    options->p = gap_call_given(call, "number") ? gap_call_int(call, "number")
                 : gap_call_given(call, "move") ? 0
                                                : -1;
    options->need = (guint32)gap_call_int(call, "need");
    options->by_cost = gap_call_flag(call, "by-cost");
    options->budget = number_or(call, "budget", INFINITY);
    options->posts = number_or(call, "posts", INFINITY);
    if (gap_call_given(call, "people-per-officer"))
        options->seconds = CAPACITY_S;
    return !gap_call_given(call, "time-limit") ||
           read_time(call, "time-limit", 1, &options->seconds, error);
}

/* ---- the problem ---- */

static bool set_groups(const GapCall *call, GapSitesProblem *sites, GError **error) {
    const bool min = gap_call_given(call, "province-min"),
               max = gap_call_given(call, "province-max");
    if (!min && !max)
        return true;
    if (sites->problem.n_groups == 0)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--province-%s: the provinces of the candidates are not known: give "
                        "--candidates with a column province",
                        min ? "min" : "max");
    gap_sites_problem_groups(sites, (guint32)MIN(gap_call_int(call, "province-min"), G_MAXUINT32),
                             max ? (guint32)MIN(gap_call_int(call, "province-max"), G_MAXUINT32)
                                 : G_MAXUINT32);
    return true;
}

static GapSitesProblem *read_problem(GapCall *call, const GapLocateOptions *options,
                                     GError **error) {
    const GapMatrixFiles files = {.times = gap_call_text(call, "times"),
                                  .demand = gap_call_text(call, "demand"),
                                  .candidates = gap_call_text(call, "candidates")};
    g_autoptr(GapSitesProblem) sites = gap_matrix_read(&files, gap_call_progress(call), error);
    g_auto(GStrv) force = gap_call_words(call, "force"), forbid = gap_call_words(call, "forbid");
    return sites && gap_sites_problem_state(sites, force, GAP_SITE_FORCED, "force", error) &&
                   gap_sites_problem_state(sites, forbid, GAP_SITE_FORBIDDEN, "forbid", error) &&
                   set_groups(call, sites, error) && gap_sites_problem_judge(sites, options, error)
               ? g_steal_pointer(&sites)
               : NULL;
}

/* Places of the store; fewer eligible ones than asked for are no error: none is padded. */
static bool read_store(GapSeeking *seeking, GError **error) {
    GapCall *call = seeking->call;
    GapLocateOptions *options = &seeking->options;
    seeking->ground = gap_cmd_sites_ground(call, options, error);
    seeking->sites = seeking->ground ? seeking->ground->sites : NULL;
    if (!seeking->sites || !set_groups(call, seeking->sites, error))
        return false;
    if (options->model <= GAP_LOCATE_SET_COVER)
        options->within = (double)(float)seeking->ground->within_m;
    options->p = gap_moves_number(seeking->ground, options->p);
    options->posts = gap_moves_posts(seeking->ground, options->posts);
    return (options->model == GAP_LOCATE_COVERING && seeking->ground->eligible == 0) ||
           gap_sites_problem_judge(seeking->sites, options, error);
}

/* ---- answers ---- */

static bool fail_infeasible(const GapSeeking *seeking, GError **error) {
    GapCall *call = seeking->call;
    g_autoptr(GArray) reasons = gap_locate_explain(&seeking->sites->problem, &seeking->options,
                                                   EXPLAIN_S, gap_call_progress(call), error);
    if (!reasons)
        return false;
    g_autoptr(GPtrArray) why = gap_sites_why(seeking->sites, reasons);
    g_autoptr(GString) text = g_string_new("no choice of sites meets all that is asked");
    for (guint i = 0; i < why->len; i++)
        g_string_append_printf(text, "%s%s", i ? "; " : ": ", (char *)g_ptr_array_index(why, i));
    if (!why->len)
        g_string_append(text, ", which a search of all choices proved; no single limit is at "
                              "fault: loosen several");
    return gap_fail(error, GAP_ERROR_INPUT, "%s", text->str);
}

/* Nothing is told that does not hold. */
static bool verify(const GapSeeking *seeking, GError **error) {
    GapLocateVerdict verdict;
    if (gap_locate_verify(&seeking->sites->problem, &seeking->options, seeking->answer, &verdict,
                          error))
        return true;
    g_prefix_error(error, "this is a fault of gapmap, please report it with the tables: ");
    return false;
}

static bool seek(GapSeeking *seeking, GError **error) {
    const GapProgress *progress = gap_call_progress(seeking->call);
    if (!gap_cmd_sites_solve(seeking, error) ||
        (seeking->ground &&
         !gap_moves_stay(seeking->ground, &seeking->options, seeking->answer, error)) ||
        !verify(seeking, error))
        return false;
    seeking->interrupted = !gap_progress(progress, 1, NULL);
    if (seeking->answer->status == GAP_LOCATE_INFEASIBLE)
        return fail_infeasible(seeking, error);
    if (seeking->answer->status == GAP_LOCATE_UNKNOWN)
        return gap_fail(error, GAP_ERROR_FAILED,
                        "%s before any choice of sites was found, and none is excluded: give it "
                        "more time%s",
                        seeking->interrupted ? "stopped" : "the time was over",
                        isfinite(seeking->options.seconds) ? " with --time-limit" : "");
    seeking->table =
        gap_sites_proposal(seeking->sites, &seeking->options, seeking->answer, &seeking->sums);
    return true;
}

/* ---- telling ---- */

static char *figure(double value) {
    return gap_format_number(value, value == floor(value) || fabs(value) >= 1000 ? 0 : 1, "en");
}

static double shown_value(const GapSeeking *seeking, double value) {
    return seeking->options.model == GAP_LOCATE_P_CENTER ? gap_sites_minutes(value) : value;
}

static const char *unit_of(const GapLocateOptions *options) {
    switch (options->model) {
    case GAP_LOCATE_COVERING:
        return "people";
    case GAP_LOCATE_SET_COVER:
        return options->by_cost ? "money" : "sites";
    case GAP_LOCATE_P_MEDIAN:
        return "people x minutes";
    default:
        return "minutes";
    }
}

/* What the answer is worth, in the words of its model. */
static void tell_value(const GapSeeking *seeking) {
    const GapSitesSums *sums = &seeking->sums;
    const GapLocateOptions *options = &seeking->options;
    const gsize n = seeking->answer->n_sites;
    g_autofree char *people = figure(sums->people), *covered = figure(sums->covered);
    g_autofree char *cost =
        seeking->sites->has_costs ? g_strdup_printf(" (cost %.15g)", sums->cost) : g_strdup("");
    const char *model = MODELS[options->model], *sites = n == 1 ? "site" : "sites";
    if (options->model <= GAP_LOCATE_SET_COVER) {
        g_autofree char *before = figure(sums->before);
        gap_call_say(seeking->call,
                     "%s: with %zu new %s%s %s of %s people (%.1f%%) are within %.7g min%s; "
                     "without, %s",
                     model, n, sites, cost, covered, people, 100 * sums->covered / sums->people,
                     options->within, options->need == 2 ? " of two sites" : "", before);
    } else if (options->model == GAP_LOCATE_P_MEDIAN) {
        gap_call_say(seeking->call, "%s: with %zu new %s%s the mean time of %s people is %.2f min",
                     model, n, sites, cost, people, sums->mean_minutes);
    } else
        gap_call_say(seeking->call,
                     "%s: with %zu new %s%s nobody of %s people is farther than %.7g min", model, n,
                     sites, cost, people, sums->worst);
}

/* People of a model without a limit who are within one all the same; NaN where none is given. */
static double people_within(const GapSeeking *seeking, double *within) {
    GapSitesMeasure measure;
    *within = INFINITY;
    if (seeking->options.model <= GAP_LOCATE_SET_COVER ||
        !gap_call_given(seeking->call, "within") || !read_within(seeking->call, within, NULL))
        return NAN;
    gap_sites_measure(seeking->sites, NULL, &seeking->options, *within, seeking->answer, &measure);
    return measure.all.covered;
}

static void tell_within(const GapSeeking *seeking) {
    double within;
    const double covered = people_within(seeking, &within);
    g_autofree char *people = isnan(covered) ? NULL : figure(covered);
    if (people)
        gap_call_say(seeking->call,
                     "%s of them are within %.7g min, which this model does not seek.", people,
                     within);
}

static void tell_proof(const GapSeeking *seeking) {
    const GapLocateAnswer *answer = seeking->answer;
    if (answer->status == GAP_LOCATE_PROVEN) {
        gap_call_say(seeking->call, "Best under these assumptions, which is proven.");
        return;
    }
    const double gap = gap_sites_gap(answer);
    g_autofree char *apart =
        isnan(gap) ? g_strdup("") : g_strdup_printf(" (gap %.*g%%)", gap < 1 ? 2 : 4, 100 * gap);
    gap_call_say(seeking->call,
                 "The best found under these assumptions when %s: value %.15g %s, and no choice is "
                 "better than %.15g%s.",
                 seeking->interrupted ? "you stopped it" : "the time was over",
                 shown_value(seeking, answer->value), unit_of(&seeking->options),
                 shown_value(seeking, answer->bound), apart);
}

static json_t *real_json(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

static void tell_json(const GapSeeking *seeking) {
    const GapLocateAnswer *answer = seeking->answer;
    const bool proven = answer->status == GAP_LOCATE_PROVEN;
    json_t *json = json_pack(
        "{s:s, s:o, s:o, s:o, s:b, s:s, s:s?, s:o, s:f, s:o, s:o}", "model",
        MODELS[seeking->options.model], "value", real_json(shown_value(seeking, answer->value)),
        "bound", real_json(shown_value(seeking, answer->bound)), "gap",
        real_json(gap_sites_gap(answer)), "proven", proven, "unit", unit_of(&seeking->options),
        "stopped",
        proven                 ? NULL
        : seeking->interrupted ? "user"
                               : "time",
        "sites", gap_cmd_table_json(seeking->table), "people", seeking->sums.people, "mean_minutes",
        real_json(seeking->sums.mean_minutes), "notes",
        gap_cmd_strings_json(seeking->sites->notes));
    if (seeking->options.model <= GAP_LOCATE_SET_COVER) {
        json_object_set_new(json, "covered", json_real(seeking->sums.covered));
        json_object_set_new(json, "covered_before", json_real(seeking->sums.before));
    }
    double within;
    const double covered = people_within(seeking, &within);
    if (!isnan(covered))
        json_object_set_new(json, "covered", json_real(covered));
    gap_cmd_sites_add_frontier(seeking, json);
    gap_cmd_print_json(seeking->call, json);
}

static void tell(const GapSeeking *seeking) {
    GapCall *call = seeking->call;
    if (gap_call_json(call)) {
        tell_json(seeking);
        return;
    }
    for (guint i = 0; i < seeking->sites->notes->len; i++)
        gap_call_say(call, "%s", (char *)g_ptr_array_index(seeking->sites->notes, i));
    tell_value(seeking);
    tell_within(seeking);
    if (seeking->options.model <= GAP_LOCATE_SET_COVER &&
        seeking->sums.before >= seeking->sums.people * (1 - 1e-9))
        gap_call_say(call, "Everybody is covered by what stands already: no new site adds anyone.");
    tell_proof(seeking);
    if (gap_table_rows(seeking->table))
        gap_call_list(call, seeking->table);
    gap_cmd_sites_say_frontier(seeking);
}

static bool write_table(const GapSeeking *seeking, const GapTable *table, const char *output,
                        GError **error) {
    if (!gap_vector_write_csv(table, output, error))
        return false;
    gap_call_made(seeking->call, output);
    return true;
}

/* The steps, or the sites with what is known of the whole beside each, since a CSV has rows only.
 */
static bool write_csv(const GapSeeking *seeking, GError **error) {
    const char *output = gap_call_text(seeking->call, "output");
    if (!output)
        return true;
    if (seeking->frontier)
        return write_table(seeking, seeking->frontier, output, error);
    const GapLocateAnswer *answer = seeking->answer;
    static const GapColumnSpec columns[] = {{"model", GAP_TYPE_TEXT},
                                            {"value", GAP_TYPE_REAL},
                                            {"bound", GAP_TYPE_REAL},
                                            {"gap", GAP_TYPE_REAL},
                                            {"proven", GAP_TYPE_TEXT}};
    const gsize first = gap_table_columns(seeking->table);
    for (gsize c = 0; c < G_N_ELEMENTS(columns); c++)
        gap_table_add_column(seeking->table, &columns[c]);
    for (gsize r = 0; r < gap_table_rows(seeking->table); r++) {
        gap_table_set_text(seeking->table, r, first, MODELS[seeking->options.model]);
        gap_table_set_real(seeking->table, r, first + 1, shown_value(seeking, answer->value));
        gap_table_set_real(seeking->table, r, first + 2, shown_value(seeking, answer->bound));
        gap_table_set_real(seeking->table, r, first + 3, gap_sites_gap(answer));
        gap_table_set_text(seeking->table, r, first + 4,
                           answer->status == GAP_LOCATE_PROVEN ? "true" : "false");
    }
    return write_table(seeking, seeking->table, output, error);
}

static bool propose(GapSeeking *seeking, GError **error) {
    const bool tables = gap_call_given(seeking->call, "times");
    if (!read_options(seeking->call, &seeking->options, error))
        return false;
    if (tables)
        seeking->sites = read_problem(seeking->call, &seeking->options, error);
    if (tables ? !seeking->sites : !read_store(seeking, error))
        return false;
    if (gap_call_given(seeking->call, "score"))
        return gap_cmd_sites_score(seeking, error);
    bool kept = false;
    if ((!tables && !gap_cmd_sites_kept(seeking, &kept, error)) || (!kept && !seek(seeking, error)))
        return false;
    if (kept)
        return true;
    if (!tables)
        return gap_cmd_sites_define(seeking, error) && gap_cmd_sites_tell(seeking, error);
    tell(seeking);
    return write_csv(seeking, error);
}

static int run_sites(GapCall *call, GError **error) {
    if (gap_call_given(call, "compare"))
        return gap_cmd_sites_compare(call, error) ? GAP_EXIT_DONE : -1;
    GapSeeking seeking = {.call = call};
    const bool ok = propose(&seeking, error),
               refused = seeking.ground && seeking.ground->refusals->len > 0;
    if (seeking.ground)
        gap_store_sites_free(seeking.ground);
    else
        gap_sites_problem_free(seeking.sites);
    gap_locate_answer_free(seeking.answer);
    gap_table_free(seeking.table);
    gap_table_free(seeking.frontier);
    gap_sites_defined_free(seeking.defined);
    g_free(seeking.label);
    g_free(seeking.made_from);
    return !ok ? -1 : refused ? GAP_EXIT_REFUSED_ROWS : GAP_EXIT_DONE;
}

const GapCommand gap_cmd_sites = {
    .name = "sites",
    .arguments = "",
    .summary = "propose where to build, with proof of how good it is",
    .options = OPTIONS,
    .run = run_sites,
};
