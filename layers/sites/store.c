#include "layers/sites/store.h"

#include "geo/base/error.h"
#include "layers/coverage/coverage.h"
#include "layers/sites/definitions.h"
#include "layers/sites/move.h"
#include "layers/sites/standing.h"
#include "layers/source.h"

static const GapStatement RUN = {
    "sites.run",
    "SELECT as_of, coalesce(within_m, within_min) AS within, gaps_from IS NOT NULL AS gaps,"
    " points_counted, mode = 'travel' AS travel FROM run"
    " WHERE label = ?"};
static const GapColumnSpec RUN_COLUMNS[] = {{"as_of", GAP_TYPE_TEXT},
                                            {"within", GAP_TYPE_REAL},
                                            {"gaps", GAP_TYPE_INT},
                                            {"points", GAP_TYPE_INT},
                                            {"travel", GAP_TYPE_INT}};
static const GapStatement DEMAND = {
    "sites.demand",
    "SELECT d.id, d.people, X(d.geom), Y(d.geom), g.crime_rate,"
    " coalesce(x.distance_m, x.minutes), "
    "x.covered," GAP_CRIME_RATE_AT("crime_low") "," GAP_CRIME_RATE_AT(
        "crime_high") ", d.area"
                      " FROM demand d LEFT JOIN demand_reach x ON x.run = ?1 AND x.demand = d.id"
                      " LEFT JOIN gap g ON g.run = ?1 AND g.area = d.area"
                      " WHERE d.geom IS NOT NULL AND d.basis <> 'unplaced' ORDER BY d.id"};
static const GapColumnSpec DEMAND_COLUMNS[] = {
    {"id", GAP_TYPE_INT},      {"people", GAP_TYPE_INT},    {"lon", GAP_TYPE_REAL},
    {"lat", GAP_TYPE_REAL},    {"rate", GAP_TYPE_REAL},     {"distance_m", GAP_TYPE_REAL},
    {"covered", GAP_TYPE_INT}, {"rate_low", GAP_TYPE_REAL}, {"rate_high", GAP_TYPE_REAL},
    {"area", GAP_TYPE_TEXT}};
static const GapStatement FINE_CRIME = {
    "sites.fine_crime", "SELECT count(*) FROM gap JOIN area ON code = area WHERE run = ?"
                        " AND level = 'municipality' AND crime_level IN ('municipality', "
                        "'district')"};

double gap_store_sites_people(const GapStoreSites *ground, gsize demand) {
    return (double)gap_table_int(ground->demand, demand, GAP_DEMAND_PEOPLE);
}

double gap_store_sites_crime_at(const GapStoreSites *ground, gsize demand, GapCrimeEnd end) {
    static const gsize columns[] = {[GAP_CRIME_EXPECTED] = GAP_DEMAND_RATE,
                                    [GAP_CRIME_LOW] = GAP_DEMAND_RATE_LOW,
                                    [GAP_CRIME_HIGH] = GAP_DEMAND_RATE_HIGH};
    const double rate = gap_table_real(ground->demand, demand, columns[end]);
    return isnan(rate) ? 0 : rate * gap_store_sites_people(ground, demand);
}

double gap_store_sites_crime(const GapStoreSites *ground, gsize demand) {
    return gap_store_sites_crime_at(ground, demand, GAP_CRIME_EXPECTED);
}

double gap_store_sites_weight(const GapStoreSites *ground, gsize demand) {
    return ground->options.by_crime
               ? gap_store_sites_crime_at(ground, demand, ground->options.crime_end)
               : gap_store_sites_people(ground, demand);
}

double gap_store_sites_metres(const GapStoreSites *ground, gsize pair) {
    return (double)(ground->metres ? ground->metres : ground->sites->minutes)[pair];
}

bool gap_store_sites_reaches(const GapStoreSites *ground, gsize pair) {
    const gsize j = ground->sites->problem.site[pair];
    const double own = j < gap_table_rows(ground->candidates)
                           ? gap_table_real(ground->candidates, j, GAP_CANDIDATE_REACH)
                           : NAN;
    // Scaled pairs are within their reach where they are within the limit.
    const double limit = ground->metres || isnan(own) ? ground->within_m : own;
    return ground->sites->minutes[pair] <= (float)limit;
}

double gap_store_sites_cost(const GapStoreSites *ground, gsize candidate) {
    const double running = gap_table_real(ground->candidates, candidate, GAP_CANDIDATE_RUNNING);
    return gap_table_real(ground->candidates, candidate, GAP_CANDIDATE_COST) +
           (ground->options.years > 0 && !isnan(running) ? running * ground->options.years : 0);
}

static bool read_run(GapStore *store, GapStoreSites *ground, gint64 *points, GError **error) {
    const GapStoreSitesOptions *options = &ground->options;
    ground->run = gap_run_label(store, options->run, error);
    g_autoptr(GapTable) run =
        ground->run ? gap_store_table(store, &RUN, "run", RUN_COLUMNS, G_N_ELEMENTS(RUN_COLUMNS),
                                      error, "s", ground->run)
                    : NULL;
    if (!run)
        return false;
    ground->as_of = g_strdup(gap_table_text(run, 0, 0));
    ground->within_m = isnan(options->within_m) ? gap_table_real(run, 0, 1) : options->within_m;
    *points = gap_table_int(run, 0, 3);
    ground->by_travel = gap_table_int(run, 0, 4);
    if (!isnan(options->within_m) && options->minutes != ground->by_travel)
        return gap_fail(error, GAP_ERROR_USAGE, "--within: the run '%s' is %s: its limit is a %s",
                        ground->run, ground->by_travel ? "by travel time" : "in straight lines",
                        ground->by_travel ? "time, 30 min" : "length, 5 km");
    return gap_table_int(run, 0, 2) || (options->any && !options->by_crime) ||
           gap_fail(error, GAP_ERROR_MISSING,
                    "the run '%s' has no gaps yet, which tell where a plan and money are: 'gapmap "
                    "gaps' comes first, or --any drops the rule",
                    ground->run);
}

static bool read_tables(GapStore *store, GapStoreSites *ground, GError **error) {
    const GapStoreSitesOptions *options = &ground->options;
    if (options->move &&
        !(ground->move = gap_moves_codes(store, ground->run, options->move, error)))
        return false;
    const GapCandidateOptions wanted = {.given = options->given,
                                        .columns = options->columns,
                                        .set = options->set,
                                        .places = options->places,
                                        .cells = options->cells,
                                        .near_road_m = options->near_road_m,
                                        .kinds = options->kinds,
                                        .move = (const char *const *)ground->move,
                                        .cost = options->cost,
                                        .running = options->running,
                                        .officers = options->officers};
    ground->options.move = ground->move;
    ground->sites->movable = ground->move ? g_strv_length(ground->move) : 0;
    ground->candidates = gap_candidates_read(store, ground->run, ground->as_of, &wanted,
                                             ground->sites->notes, ground->refusals, error);
    ground->demand = ground->candidates
                         ? gap_store_table(store, &DEMAND, "demand", DEMAND_COLUMNS,
                                           G_N_ELEMENTS(DEMAND_COLUMNS), error, "s", ground->run)
                         : NULL;
    if (!ground->demand || options->need < 2)
        return ground->demand != NULL;
    ground->second = gap_standing_second(store, ground->run, ground->demand, error);
    return ground->second != NULL;
}

/* ---- demand and candidates ---- */

static void set_demand(GapStoreSites *ground, bool stands) {
    GapSitesProblem *sites = ground->sites;
    const gsize n = gap_table_rows(ground->demand);
    sites->weight = g_new0(double, n + 1);
    ground->covered = g_new0(guint8, n + 1);
    ground->stands = g_new0(guint8, n + 1);
    double unrated = 0;
    for (gsize i = 0; i < n; i++) {
        const double distance = gap_table_real(ground->demand, i, GAP_DEMAND_DISTANCE);
        g_ptr_array_add(sites->demand_ids,
                        g_strdup_printf("%" G_GINT64_FORMAT, gap_table_int(ground->demand, i, 0)));
        sites->weight[i] = gap_store_sites_weight(ground, i);
        ground->stands[i] = stands && distance <= ground->within_m;
        if (ground->second)
            ground->stands[i] += stands && ground->second[i] <= ground->within_m;
        ground->covered[i] = ground->stands[i] >= MAX(ground->options.need, 1);
        if (gap_table_is_null(ground->demand, i, GAP_DEMAND_RATE))
            unrated += gap_store_sites_people(ground, i);
    }
    if (ground->options.by_crime && unrated > 0)
        g_ptr_array_add(sites->notes,
                        g_strdup_printf("%.0f people live where no crime rate is known: they count "
                                        "for nothing with --crime",
                                        unrated));
}

static gint32 group_of(GapSitesProblem *sites, GHashTable *groups, const char *province) {
    if (!province)
        return -1;
    gpointer number;
    if (!g_hash_table_lookup_extended(groups, province, NULL, &number)) {
        number = GINT_TO_POINTER((gint)sites->group_names->len);
        g_ptr_array_add(sites->group_names, g_strdup(province));
        g_hash_table_insert(groups, (gpointer)province, number);
    }
    return GPOINTER_TO_INT(number);
}

/* Places get numbers where they have several options. */
static gint32 place_of(const GapStoreSites *ground, GHashTable *places, gsize j) {
    const char *code = gap_table_text(ground->candidates, j, GAP_CANDIDATE_CODE);
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(places, code)),
                number = known ? known : g_hash_table_size(places) + 1;
    g_hash_table_insert(places, (gpointer)code, GUINT_TO_POINTER(number));
    const char *id = gap_table_text(ground->candidates, j, GAP_CANDIDATE_ID);
    return g_str_equal(id, code) ? -1 : (gint32)number;
}

static GapSite site_of(const GapStoreSites *ground, gsize j) {
    const GapStoreSitesOptions *options = &ground->options;
    const double cost = gap_store_sites_cost(ground, j),
                 officers = gap_table_real(ground->candidates, j, GAP_CANDIDATE_OFFICERS);
    return (GapSite){.cost = isnan(cost) ? 0 : cost * (1 - options->local_share),
                     .posts = isnan(officers) ? 0 : officers,
                     .capacity = options->per_officer > 0 && !isnan(officers)
                                     ? officers * options->per_officer
                                     : INFINITY};
}

static void set_candidates(GapStoreSites *ground, bool stands) {
    GapSitesProblem *sites = ground->sites;
    const gsize n = gap_table_rows(ground->candidates);
    g_autoptr(GHashTable) groups = g_hash_table_new(g_str_hash, g_str_equal),
                          places = g_hash_table_new(g_str_hash, g_str_equal);
    sites->has_costs = sites->has_posts = true;
    sites->sites = g_new0(GapSite, n + 3);
    for (gsize j = 0; j < n; j++) {
        g_ptr_array_add(sites->site_ids,
                        g_strdup(gap_table_text(ground->candidates, j, GAP_CANDIDATE_ID)));
        GapSite *site = &sites->sites[j];
        *site = site_of(ground, j);
        site->group = site->place = -1;
        if (j < sites->movable) // no new site of its province
            continue;
        site->group =
            group_of(sites, groups, gap_table_text(ground->candidates, j, GAP_CANDIDATE_PROVINCE));
        site->place = place_of(ground, places, j);
    }
    ground->places = g_hash_table_size(places);
    for (gsize k = 0; stands && k < (ground->second ? 2 : 1); k++) {
        g_ptr_array_add(sites->site_ids, g_strdup(k ? "(what stands next)" : "(what stands)"));
        sites->sites[n + k] =
            (GapSite){.state = GAP_SITE_OPEN, .capacity = INFINITY, .group = -1, .place = -1};
    }
}

/* ---- states ---- */

static bool fail_options(const GapStoreSites *ground, const char *code, GError **error) {
    g_autoptr(GString) ids = g_string_new(NULL);
    for (gsize j = 0; j < gap_table_rows(ground->candidates); j++)
        if (g_str_equal(gap_table_text(ground->candidates, j, GAP_CANDIDATE_CODE), code))
            g_string_append_printf(ids, "%s%s", ids->len ? ", " : "",
                                   gap_table_text(ground->candidates, j, GAP_CANDIDATE_ID));
    return gap_fail(error, GAP_ERROR_USAGE,
                    "--force: '%s' may be built as several kinds; say "
                    "which: %s",
                    code, ids->str);
}

/* A place of several options is forbidden with all of them; which one is forced must be said. */
static bool set_state(GapStoreSites *ground, char *const *codes, GapSiteState state,
                      const char *option, GError **error) {
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (; codes && *codes; codes++) {
        const guint before = ids->len;
        for (gsize j = 0; j < gap_table_rows(ground->candidates); j++) {
            const char *id = gap_table_text(ground->candidates, j, GAP_CANDIDATE_ID);
            if (!g_str_equal(gap_table_text(ground->candidates, j, GAP_CANDIDATE_CODE), *codes) ||
                g_str_equal(id, *codes))
                continue;
            if (state == GAP_SITE_FORCED)
                return fail_options(ground, *codes, error);
            g_ptr_array_add(ids, (gpointer)id);
        }
        if (ids->len == before)
            g_ptr_array_add(ids, *codes);
    }
    g_ptr_array_add(ids, NULL);
    return gap_sites_problem_state(ground->sites, (char *const *)ids->pdata, state, option, error);
}

/* Asked for by name goes before the rule. */
static bool set_states(GapStoreSites *ground, GError **error) {
    GapSitesProblem *sites = ground->sites;
    const GapStoreSitesOptions *options = &ground->options;
    g_autoptr(GHashTable) eligible = g_hash_table_new(g_str_hash, g_str_equal); // places
    if (!set_state(ground, options->forced, GAP_SITE_FORCED, "force", error) ||
        !set_state(ground, options->forbidden, GAP_SITE_FORBIDDEN, "forbid", error))
        return false;
    for (gsize j = 0; j < gap_table_rows(ground->candidates); j++) {
        GapSiteState *state = &sites->sites[j].state;
        const char *ladder = gap_table_text(ground->candidates, j, GAP_CANDIDATE_LADDER);
        const bool is_new = j >= sites->movable;
        if (is_new && *state == GAP_SITE_FREE && !options->any && g_strcmp0(ladder, "site"))
            *state = GAP_SITE_FORBIDDEN;
        if (*state == GAP_SITE_FORBIDDEN)
            continue;
        if (is_new)
            g_hash_table_add(eligible,
                             (gpointer)gap_table_text(ground->candidates, j, GAP_CANDIDATE_CODE));
        sites->has_costs &= !isnan(gap_store_sites_cost(ground, j));
        sites->has_posts &= !gap_table_is_null(ground->candidates, j, GAP_CANDIDATE_OFFICERS);
    }
    ground->eligible = g_hash_table_size(eligible);
    return options->per_officer <= 0 || sites->has_posts ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "whom a site can serve is not known without its officers: give them with "
                    "--officers, or in the tables of kinds or candidates");
}

/* ---- all of it ---- */

GapStoreSites *gap_store_sites(GapStore *store, const GapStoreSitesOptions *options, bool covering,
                               GError **error) {
    g_autoptr(GapStoreSites) ground = g_new0(GapStoreSites, 1);
    ground->options = *options;
    ground->sites = gap_sites_problem_new();
    ground->refusals = g_ptr_array_new_with_free_func(gap_refusal_free);
    gint64 points;
    if (!read_run(store, ground, &points, error) || !read_tables(store, ground, error))
        return NULL;
    if (options->without_assumed &&
        !gap_sites_leave_assumed(store, ground->run, ground->demand, error))
        return NULL;
    if (ground->move && !gap_moves_leave(store, ground, error))
        return NULL;
    const bool stands = points > (gint64)ground->sites->movable;
    set_demand(ground, stands);
    set_candidates(ground, stands);
    if (!gap_store_sites_pair(store, ground, stands, covering, error))
        return NULL;
    gap_sites_problem_join(ground->sites);
    if (options->by_crime && gap_store_number(store, &FINE_CRIME, 0, NULL, "s", ground->run) == 0)
        g_ptr_array_add(ground->sites->notes,
                        g_strdup("crime is known by province only: inside a province it adds "
                                 "nothing to what people tell"));
    return set_states(ground, error) ? g_steal_pointer(&ground) : NULL;
}

void gap_store_sites_free(GapStoreSites *ground) {
    if (!ground)
        return;
    gap_sites_problem_free(ground->sites);
    gap_table_free(ground->candidates);
    gap_table_free(ground->demand);
    g_clear_pointer(&ground->refusals, g_ptr_array_unref);
    g_free(ground->second);
    g_free(ground->stands);
    g_free(ground->today);
    g_free(ground->turnout_min);
    g_strfreev(ground->move);
    g_free(ground->covered);
    g_free(ground->metres);
    g_free(ground->run);
    g_free(ground->as_of);
    g_free(ground);
}
