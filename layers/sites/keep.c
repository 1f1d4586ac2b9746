#include "layers/sites/keep.h"

#include "layers/coverage/coverage.h"
#include "layers/digest.h"
#include "layers/sites/apart.h"
#include "layers/sites/proof.h"
#include "layers/sites/standing.h"

static const GapStatement RUN_FROM = {
    "site_run.run_from", "SELECT made_from || coalesce(gaps_from, '') FROM run WHERE label = ?"};
static const GapStatement MADE_FROM = {"site_run.made_from",
                                       "SELECT made_from FROM site_run WHERE label = ?"};
/* Layers show the proposal of a run with the highest number. */
static const GapStatement RENEW = {
    "site_run.renew",
    "UPDATE site_run SET rowid = (SELECT max(rowid) + 1 FROM site_run) WHERE label = ?1 AND"
    " rowid < (SELECT max(o.rowid) FROM site_run o WHERE o.run = site_run.run)"};
static const GapStatement DROP = {"site_run.drop", "DELETE FROM site_run WHERE label = ?"};
static const GapStatement INSERT_RUN = {
    "site_run.insert",
    "INSERT INTO site_run (label, run, model, weight, within_m, parameters, value, bound, gap,"
    " proven, covered_before, covered, made_from, made_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"};
static const GapStatement INSERT_SITES = {
    "site.insert",
    "INSERT INTO site (proposal, rank, code, name, area, province, ladder, people_added,"
    " crime_added, people_lost, replacement, replacement_loss, cost, local_pays, outside_pays,"
    " officers, firm, prefix_loss, chosen, definitions, geom) VALUES (:source, :rank, :code, "
    ":name, :area, :province, "
    ":ladder,"
    " :people_added, :crime_added, :people_lost, :replacement, :replacement_loss, :cost,"
    " :local_pays, :outside_pays, :officers, :firm, :prefix_loss, :chosen, :definitions, "
    "GeomFromWKB(:geom, 4326))"};
static const GapStatement INSERT_DEMAND = {
    "site_demand.insert",
    "INSERT INTO site_demand (proposal, demand, rank, distance_m) VALUES (?, ?, ?, ?)"};

/* Of metres, or of minutes. */
#define INSERT_STEPS_IN(unit)                                                                      \
    {                                                                                              \
        "frontier.insert_" unit,                                                                   \
            "INSERT INTO frontier (proposal, step, most, budget, sites, cost, value, bound, gap,"  \
            " proven, adds, covered, covered_share, mean, worst, worst_province, worst_covered,"   \
            " worst_share, worst_mean) VALUES (:source, :step, :most, :budget, :sites, :cost,"     \
            " :value, :bound, :gap, :proven, :adds, :covered, :covered_share, :mean_" unit         \
            ", :worst_" unit ", :worst_province, :worst_covered, :worst_share, :worst_mean_" unit  \
            ")"                                                                                    \
    }
static const GapStatement INSERT_STEPS[] = {INSERT_STEPS_IN("m"), INSERT_STEPS_IN("minutes")};

static bool keep_served(GapStore *store, const char *label, const GArray *served, GError **error) {
    bool ok = true;
    for (guint k = 0; ok && k < served->len; k++) {
        const GapSitesServed *one = &g_array_index(served, GapSitesServed, k);
        ok = gap_store_run(store, &INSERT_DEMAND, error, "siid", label, one->demand, one->rank,
                           one->distance_m);
    }
    return ok;
}

char *gap_sites_made_from(GapStore *store, const char *parameters, const GapStoreSites *ground,
                          GError **error) {
    const GapTable *candidates = ground->candidates;
    g_autofree char *run = gap_store_text(store, &RUN_FROM, error, "s", ground->run);
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (gsize j = 0; j < gap_table_rows(candidates); j++)
        for (gsize c = 0; c < gap_table_columns(candidates); c++) {
            g_autofree char *cell = gap_table_cell_string(candidates, j, c);
            g_checksum_update(sum, (const guchar *)(cell ? cell : ""), -1);
            g_checksum_update(sum, (const guchar *)"|", 1);
        }
    g_autofree char *whole =
        run ? g_strjoin(" ", parameters, run, g_checksum_get_string(sum), NULL) : NULL;
    return whole ? gap_digest_sources(store, whole, error) : NULL;
}

bool gap_sites_is_current(GapStore *store, const char *label, const char *made_from,
                          GError **error) {
    g_autofree char *before = gap_store_text(store, &MADE_FROM, error, "s", label);
    return g_strcmp0(before, made_from) == 0 && gap_store_run(store, &RENEW, error, "s", label);
}

static bool keep_all(GapStore *store, const GapSitesKeep *keep, const GapStoreSites *ground,
                     const GapLocateAnswer *answer, const GapSitesResult *result, GError **error) {
    return gap_store_run(store, &DROP, error, "s", keep->label) &&
           gap_store_run(store, &INSERT_RUN, error, "ssssdsdddidds", keep->label, ground->run,
                         keep->model, ground->options.by_crime ? "crime" : "people",
                         ground->within_m, keep->parameters, answer->value, answer->bound,
                         gap_sites_gap(answer), (gint64)(answer->status == GAP_LOCATE_PROVEN),
                         result->before, result->covered, keep->made_from) &&
           gap_store_insert(store, &INSERT_SITES, result->sites, keep->label, error) &&
           keep_served(store, keep->label, result->served, error) &&
           gap_sites_proof_keep(store, keep, ground, answer, result, error) &&
           (!keep->frontier || gap_store_insert(store, &INSERT_STEPS[ground->by_travel ? 1 : 0],
                                                keep->frontier, keep->label, error));
}

bool gap_sites_keep(GapStore *store, const GapSitesKeep *keep, const GapStoreSites *ground,
                    const GapLocateAnswer *answer, const GapSitesResult *result, GError **error) {
    return gap_store_begin(store, error) &&
           gap_store_end(store, keep_all(store, keep, ground, answer, result, error), error);
}

/* ---- checking ---- */

static const GapStatement PROPOSALS = {
    "site_run.check",
    "SELECT p.label, p.run, p.model, p.weight, p.within_m, p.value, p.covered_before, p.covered,"
    " f.need, f.crime_end, EXISTS (SELECT 1 FROM site_service s WHERE s.proposal = p.label)"
    " FROM site_run p LEFT JOIN site_proof f ON f.proposal = p.label ORDER BY p.label"};
enum { LABEL, RUN, MODEL, WEIGHT, WITHIN, VALUE, BEFORE, COVERED, NEED, CRIME_END, SERVED };
static const GapColumnSpec PROPOSAL_COLUMNS[] = {
    {"label", GAP_TYPE_TEXT},     {"run", GAP_TYPE_TEXT},     {"model", GAP_TYPE_TEXT},
    {"weight", GAP_TYPE_TEXT},    {"within", GAP_TYPE_REAL},  {"value", GAP_TYPE_REAL},
    {"before", GAP_TYPE_REAL},    {"covered", GAP_TYPE_REAL}, {"need", GAP_TYPE_INT},
    {"crime_end", GAP_TYPE_TEXT}, {"served", GAP_TYPE_INT}};
static const GapStatement SITES = {
    "site.check", "SELECT s.rank, s.people_added, X(s.geom), Y(s.geom), o.reach_m FROM site s"
                  " LEFT JOIN site_option o ON o.proposal = s.proposal AND o.rank = s.rank"
                  " WHERE s.proposal = ? ORDER BY s.rank"};
enum { RANK, ADDED, SITE_LON, SITE_LAT, REACH };
static const GapColumnSpec SITE_COLUMNS[] = {{"rank", GAP_TYPE_INT},
                                             {"added", GAP_TYPE_REAL},
                                             {"lon", GAP_TYPE_REAL},
                                             {"lat", GAP_TYPE_REAL},
                                             {"reach_m", GAP_TYPE_REAL}};
/* The first columns are those of GAP_DEMAND_... */
static const GapStatement DEMAND = {
    "site_demand.check",
    "SELECT d.id, d.people, X(d.geom), Y(d.geom), d.people * CASE ?3 WHEN 'low' "
    "THEN" GAP_CRIME_RATE_AT("crime_low") " WHEN 'high' THEN" GAP_CRIME_RATE_AT(
        "crime_high") " ELSE g.crime_rate END, coalesce(x.distance_m, x.minutes), s.rank FROM "
                      "demand d"
                      " LEFT JOIN demand_reach x ON x.run = ?1 AND x.demand = d.id"
                      " LEFT JOIN gap g ON g.run = ?1 AND g.area = d.area"
                      " LEFT JOIN site_demand s ON s.proposal = ?2 AND s.demand = d.id"
                      " WHERE d.geom IS NOT NULL AND d.basis <> 'unplaced'"};
enum { CRIME = GAP_DEMAND_RATE, STANDS, SERVED_BY };
static const GapColumnSpec DEMAND_COLUMNS[] = {
    {"id", GAP_TYPE_INT},       {"people", GAP_TYPE_REAL}, {"lon", GAP_TYPE_REAL},
    {"lat", GAP_TYPE_REAL},     {"crime", GAP_TYPE_REAL},  {"stands", GAP_TYPE_REAL},
    {"served_by", GAP_TYPE_INT}};
static const GapStatement CLOSED = {
    "site_move.closed",
    "SELECT point FROM site_move WHERE proposal = ? AND NOT stays ORDER BY point"};
static const GapStatement MOVES = {"site_move.count",
                                   "SELECT count(*) FROM site_move WHERE proposal = ?"};
static const GapStatement TODAY = {"site_move_sum.today",
                                   "SELECT today FROM site_move_sum WHERE proposal = ?"};
static const GapStatement LOST = {"site_move_sum.lost",
                                  "SELECT lost FROM site_move_sum WHERE proposal = ?"};

typedef struct {
    const GapTable *proposals;
    gsize row;
    GapTable *sites, *demand;
    double *added;  // of each site
    double *second; // of each demand: to the next nearest that stands; NULL: one is enough
    GapApart *apart;
    guint8 *today; // of each demand: enough stand, those that close counting; NULL: none may
    double before, covered, value, was, lost;
    GapTable *findings;
} Check;

static void find(const Check *check, const char *what, double kept, double measured) {
    if (fabs(kept - measured) <= 1e-6 * fmax(1, fabs(measured)))
        return;
    g_autofree char *detail =
        g_strdup_printf("%s: %s is kept as %.15g and measures %.15g",
                        gap_table_text(check->proposals, check->row, LABEL), what, kept, measured);
    const gsize row = gap_table_add_row(check->findings);
    gap_table_set_text(check->findings, row, 0, "proposed sites are worth what is said");
    gap_table_set_text(check->findings, row, 1, detail);
}

/* Whether a site may cover a demand: with capacities only one that is said to serve it. */
static bool may_serve(const Check *check, gsize i, gsize s) {
    return !gap_table_int(check->proposals, check->row, SERVED) ||
           gap_table_int(check->demand, i, SERVED_BY) == gap_table_int(check->sites, s, RANK);
}

/* Counts the sites within reach one by one, and finds the nearest. */
static void measure_sites(Check *check, gsize i, double within_m, gint64 lacks, double *nearest) {
    const double people = gap_table_real(check->demand, i, GAP_DEMAND_PEOPLE);
    const bool before = lacks <= 0;
    check->before += before ? people : 0;
    for (gsize s = 0; s < gap_table_rows(check->sites); s++) {
        const double distance = gap_apart(check->apart, s, i);
        const double own = gap_table_real(check->sites, s, REACH);
        if (isnan(own) || distance <= own)
            *nearest = fmin(*nearest, distance); // of NaN and a number the number
        if (!(distance <= (isnan(own) ? within_m : own)) || !may_serve(check, i, s))
            continue;
        lacks--;
        check->added[s] += !before && lacks == 0 ? people : 0;
    }
    check->covered += lacks <= 0 ? people : 0;
    if (check->today && check->today[i]) {
        check->was += people;
        check->lost += lacks <= 0 ? 0 : people;
    }
}

static void measure_demand(Check *check, gsize i, double within_m, const char *model, bool crime) {
    const double rated = gap_table_real(check->demand, i, CRIME);
    const double weight = !crime         ? gap_table_real(check->demand, i, GAP_DEMAND_PEOPLE)
                          : isnan(rated) ? 0
                                         : rated;
    double nearest = gap_table_real(check->demand, i, STANDS);
    const double covered = check->covered;
    const gint64 stand = (nearest <= within_m) + (check->second && check->second[i] <= within_m);
    measure_sites(check, i, within_m, (check->second ? 2 : 1) - stand, &nearest);
    if (g_str_equal(model, "covering"))
        check->value += check->covered > covered ? weight : 0;
    else if (g_str_equal(model, "p-median"))
        check->value += weight > 0 ? weight * nearest : 0;
    else if (g_str_equal(model, "p-center") && weight > 0)
        check->value = fmax(check->value, nearest);
}

/* Of those that might close: those that do stand no more. */
static bool leave_closed(GapStore *store, Check *check, GError **error) {
    const char *label = gap_table_text(check->proposals, check->row, LABEL);
    const double within_m = gap_table_real(check->proposals, check->row, WITHIN);
    g_autoptr(GapTable) closed = gap_store_select(store, &CLOSED, error, "s", label);
    if (!closed || gap_store_number(store, &MOVES, 0, NULL, "s", label) == 0)
        return closed != NULL;
    const gsize n = gap_table_rows(check->demand), m = gap_table_rows(closed);
    check->today = g_new0(guint8, n + 1);
    for (gsize i = 0; i < n; i++) // of two the second is the farther
        check->today[i] = (check->second ? check->second[i]
                                         : gap_table_real(check->demand, i, STANDS)) <= within_m;
    g_autofree const char **codes = g_new0(const char *, m + 1);
    for (gsize r = 0; r < m; r++)
        codes[r] = gap_table_text(closed, r, 0);
    return !m || gap_standing_leave(store, gap_table_text(check->proposals, check->row, RUN), codes,
                                    check->demand, check->second ? &check->second : NULL, error);
}

static bool read_case(GapStore *store, Check *check, GError **error) {
    const char *label = gap_table_text(check->proposals, check->row, LABEL),
               *run = gap_table_text(check->proposals, check->row, RUN);
    const bool two = gap_table_int(check->proposals, check->row, NEED) == 2;
    check->sites = gap_store_table(store, &SITES, "sites", SITE_COLUMNS, G_N_ELEMENTS(SITE_COLUMNS),
                                   error, "s", label);
    check->demand = check->sites
                        ? gap_store_table(store, &DEMAND, "demand", DEMAND_COLUMNS,
                                          G_N_ELEMENTS(DEMAND_COLUMNS), error, "sss", run, label,
                                          gap_table_text(check->proposals, check->row, CRIME_END))
                        : NULL;
    if (check->demand && two)
        check->second = gap_standing_second(store, run, check->demand, error);
    if (!check->demand || (two && !check->second) || !leave_closed(store, check, error))
        return false;
    return (check->apart = gap_apart_of(store, run, check->sites, SITE_LON, NULL, check->demand,
                                        GAP_DEMAND_LON, error)) != NULL;
}

/* By travel time the ground must be there still; where it is not, that is a finding. */
static bool can_measure(GapStore *store, const Check *check) {
    g_autoptr(GError) why = NULL;
    const char *run = gap_table_text(check->proposals, check->row, RUN);
    if (!gap_run_is_travel(store, run) || gap_coverage_is_current(store, run, &why))
        return true;
    const gsize row = gap_table_add_row(check->findings);
    gap_table_set_text(check->findings, row, 0, "proposed sites can be measured again");
    gap_table_set_text(check->findings, row, 1, why->message);
    return false;
}

static void find_moves(GapStore *store, const Check *check) {
    const char *label = gap_table_text(check->proposals, check->row, LABEL);
    find(check, "people within reach today", gap_store_number(store, &TODAY, NAN, NULL, "s", label),
         check->was);
    find(check, "people who no longer are", gap_store_number(store, &LOST, NAN, NULL, "s", label),
         check->lost);
}

static bool check_one(GapStore *store, Check *check, GError **error) {
    if (!can_measure(store, check))
        return true;
    const char *model = gap_table_text(check->proposals, check->row, MODEL);
    if (!read_case(store, check, error))
        return false;
    const gsize n = gap_table_rows(check->sites);
    check->added = g_new0(double, n + 1);
    for (gsize i = 0; i < gap_table_rows(check->demand); i++)
        measure_demand(check, i, gap_table_real(check->proposals, check->row, WITHIN), model,
                       g_str_equal(gap_table_text(check->proposals, check->row, WEIGHT), "crime"));
    find(check, "people covered before", gap_table_real(check->proposals, check->row, BEFORE),
         check->before);
    find(check, "people covered", gap_table_real(check->proposals, check->row, COVERED),
         check->covered);
    // With capacities not all are served by the nearest; proof.h measures that.
    if (!g_str_equal(model, "set-cover") && !gap_table_int(check->proposals, check->row, SERVED))
        find(check, "the value", gap_table_real(check->proposals, check->row, VALUE), check->value);
    if (check->today)
        find_moves(store, check);
    for (gsize s = 0; s < n; s++)
        find(check, "what a site adds", gap_table_real(check->sites, s, ADDED), check->added[s]);
    return true;
}

bool gap_sites_check(GapStore *store, GapTable *findings, GError **error) {
    g_autoptr(GapTable) proposals =
        gap_store_table(store, &PROPOSALS, "proposals", PROPOSAL_COLUMNS,
                        G_N_ELEMENTS(PROPOSAL_COLUMNS), error, "");
    bool ok = proposals != NULL;
    for (gsize row = 0; ok && row < gap_table_rows(proposals); row++) {
        Check check = {.proposals = proposals, .row = row, .findings = findings};
        ok = check_one(store, &check, error);
        gap_table_free(check.sites);
        gap_table_free(check.demand);
        g_free(check.added);
        g_free(check.second);
        g_free(check.today);
        gap_apart_free(check.apart);
    }
    return ok && gap_sites_proof_check(store, findings, error);
}
