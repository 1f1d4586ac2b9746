#include "layers/layers.h"

#include "geo/base/error.h"
#include "geo/base/units.h"
#include "layers/coverage/coverage.h"
#include "layers/digest.h"
#include "layers/sites/compare.h"
#include "layers/views.h"

#include <math.h>
#include <string.h>

const char *const GAP_LAYER_NAMES[] = {
    "country",    "provinces",  "districts",  "municipalities", "police_points", "reach",
    "isochrones", "catchments", "sites",      "site_moves",     "frontier",      "site_difference",
    "places",     "demand",     "candidates", "site_demand",    "uncovered",     "lakes",
    "rivers",     "neighbours", "borders",    "border_changes", "roads",         "landcover",
    "barriers",   "crossings",  "names",      "crime",          "crime_years",   "coverage_runs",
    "plans",      "programme",  "visits",     "visit_flows",    "visit_areas",   "runs",
    "sources",    NULL,
};

static const GapStatement ANY_RUN = {"layers.any_run", "SELECT count(*) FROM run"};
static const GapStatement STATE = {
    "layers.state",
    "SELECT 'source', id, made_from FROM source UNION ALL SELECT 'demand', '', made_from FROM"
    " demand_model UNION ALL SELECT 'run', label, made_from || coalesce(gaps_from, '') FROM run"
    " UNION ALL SELECT 'sites', label, made_from || ' ' || value || ' ' || (rowid = (SELECT"
    " max(o.rowid) FROM site_run o WHERE o.run = p.run)) FROM site_run p"
    " UNION ALL SELECT 'compared', first || ' ' || second, CAST(id = (SELECT max(id) FROM"
    " site_comparison) AS TEXT) FROM site_comparison ORDER BY 1, 2"};
static const GapStatement RUN_FACTS = {
    "layers.run_facts",
    "SELECT r.label AS run, r.as_of, r.mode, r.within_m, r.within_min, r.kinds, r.points_counted, "
    "r.points_assumed,"
    " r.offence, r.crime_first, r.crime_last, r.hold_below, r.people_year,"
    " coalesce(r.gaps_from, r.made_from) AS made_from,"
    " (SELECT t.direction FROM travel t WHERE t.run = r.label) AS direction,"
    " (SELECT t.scenario FROM travel t WHERE t.run = r.label) AS scenario,"
    " (SELECT min(year) FROM demand_total) AS people_first,"
    " (SELECT max(year) FROM demand_total) AS people_last, c.people,"
    " c.people_placed, c.people_modelled, c.people_covered, c.people_covered_exact,"
    " c.people_placed - c.people_covered AS people_beyond, c.people_cut_off,"
    " c.people_covered * 1.0 / nullif(c.people_placed, 0) AS coverage, g.crime_beyond,"
    " g.crime_low, g.crime_high,"
    " (SELECT count(*) FROM coverage m JOIN area a ON a.code = m.area WHERE m.run = r.label"
    "  AND a.level = 'municipality') AS areas,"
    " (SELECT count(*) FROM coverage m JOIN area a ON a.code = m.area WHERE m.run = r.label"
    "  AND a.level = 'municipality' AND m.people_placed > 0 AND m.people_covered = 0)"
    "  AS areas_nobody"
    " FROM run r LEFT JOIN area w ON w.level = 'country'"
    " LEFT JOIN coverage c ON c.run = r.label AND c.area = w.code"
    " LEFT JOIN gap g ON g.run = r.label AND g.area = w.code WHERE r.label = ?"};
/* Of the proposal of the run that was made last; no row where there is none. The rule is loosened
 * where the call says --any. */
static const GapStatement SITES_FACTS = {
    "layers.sites_facts",
    "SELECT (SELECT count(*) FROM site s WHERE s.proposal = p.label) AS sites,"
    " p.label AS sites_proposal, p.model AS sites_model, p.weight AS sites_weight,"
    " CASE r.mode WHEN 'straight' THEN p.within_m END AS sites_within_m,"
    " CASE r.mode WHEN 'travel' THEN p.within_m END AS sites_within_min,"
    " p.proven AS sites_proven, p.gap AS sites_gap, f.need AS sites_need, f.share AS sites_share,"
    " CAST(coalesce(v.today, p.covered_before) AS INTEGER) AS sites_before,"
    " CAST(p.covered - coalesce(v.today - v.lost, p.covered_before) AS INTEGER) AS sites_added,"
    " CAST(v.lost AS INTEGER) AS sites_lost,"
    " CAST(p.covered AS INTEGER) AS sites_covered, m.cost AS sites_cost,"
    " m.local_pays AS sites_local_pays, instr(p.parameters || char(10), '--any=' || char(10)) = 0"
    "  AS sites_any FROM site_run p JOIN run r ON r.label = p.run"
    " LEFT JOIN site_proof f ON f.proposal = p.label"
    " LEFT JOIN site_move_sum v ON v.proposal = p.label"
    " LEFT JOIN (SELECT proposal, sum(cost) AS cost, sum(local_pays) AS local_pays FROM site"
    "  GROUP BY proposal HAVING count(cost) = count(*)) m ON m.proposal = p.label"
    " WHERE p.rowid = (SELECT max(rowid) FROM site_run WHERE run = ?1)"};
static const GapStatement COMPARED_FACTS = {
    "layers.compared_facts",
    "SELECT c.first AS compared_first, c.second AS compared_second,"
    " total(x.only_first) AS only_first, total(x.only_second) AS only_second,"
    " total(x.both_new) AS both_new FROM site_comparison c LEFT JOIN (" GAP_SITES_COMPARED ") x"
    " WHERE c.id = (SELECT max(o.id) FROM site_comparison o JOIN site_run p ON p.label = o.second"
    "  WHERE p.run = ?1) GROUP BY c.id"};
/* What maps of their own are about. */
static const GapStatement KNOWN = {
    "layers.known",
    "SELECT (SELECT nullif(count(*), 0) FROM visit) AS visits,"
    " (SELECT sum(people) FROM visit) AS visit_people,"
    " (SELECT nullif(count(DISTINCT k.year), 1) FROM crime k JOIN area a ON a.code = k.area"
    "  AND a.level = 'province' WHERE k.offence ="
    "  coalesce((SELECT offence FROM run WHERE label = ?1), 'all_registered')"
    "  HAVING count(*) > 0) AS years_known"};
/* Several vintages, oldest first, joined in words by the map: "2012, 2015". */
static const GapStatement VINTAGES = {
    "layers.vintages",
    "SELECT group_concat(year, ', ') FROM (SELECT DISTINCT year FROM demand_total ORDER BY year)"};
/* One credit a title and licence, with its vintages, in the order of loading, in a language ('': as
 * the titles came). What figures are only held against is in none of them. */
static const GapStatement CREDITS = {
    "layers.credits",
    "SELECT group_concat(title || coalesce(' (' || detail || ')', ''), '; ') FROM"
    " (SELECT shown AS title, nullif(coalesce(licence, '')"
    "  || CASE WHEN licence IS NOT NULL AND count(vintage) > 0 THEN ', ' ELSE '' END"
    "  || coalesce(replace(group_concat(DISTINCT vintage), ',', ', '), ''), '') AS detail"
    "  FROM (SELECT s.rowid AS at, layer, licence, vintage, coalesce(CASE ?1 WHEN 'ky' THEN "
    "title_ky"
    "   WHEN 'ru' THEN title_ru WHEN 'en' THEN title_en END, title, title_en, title_ru, title_ky,"
    "   name) AS shown FROM source s) WHERE layer NOT IN ('claims', 'statements')"
    "  GROUP BY shown, licence ORDER BY min(at))"};

static const char *const CREDIT_FACTS[][2] = {
    {"sources", ""}, {"sources_ky", "ky"}, {"sources_ru", "ru"}, {"sources_en", "en"}};

/* The run that a layer of results shows: the one asked for, else the newest, else none. */
static bool choose_run(GapStore *store, const char *run, char **label, GError **error) {
    *label = NULL;
    if (!run && gap_store_number(store, &ANY_RUN, 0, error, "") == 0)
        return true;
    *label = gap_run_label(store, run, error);
    return *label != NULL;
}

static GapTable *read_view(GapStore *store, const GapLayerView *view, const char *run,
                           GError **error) {
    if (!view->by_run)
        return gap_store_table(store, view->statement, view->name, view->columns, view->n_columns,
                               error, "");
    g_autofree char *label = NULL;
    if (!choose_run(store, run, &label, error))
        return NULL;
    return gap_store_table(store, view->statement, view->name, view->columns, view->n_columns,
                           error, "s", label);
}

GapTable *gap_layer_table(GapStore *store, const char *layer, const char *run, GError **error) {
    const GapLayerView *view = gap_layer_view_find(layer, error);
    GapTable *table = view ? read_view(store, view, run, error) : NULL;
    if (table && view->complete && !view->complete(store, table, error))
        g_clear_pointer(&table, gap_table_free);
    return table;
}

static void add_fact(GHashTable *facts, const char *name, char *value) {
    if (value)
        g_hash_table_insert(facts, g_strdup(name), value);
}

static gint64 fact_year(GHashTable *facts, const char *name) {
    const char *text = g_hash_table_lookup(facts, name);
    return text ? g_ascii_strtoll(text, NULL, 10) : 0;
}

/* Crime, people and the day are chosen apart; more than three years between them is worth a word.
 */
static void add_years(GHashTable *facts) {
    const gint64 first = fact_year(facts, "crime_first"), last = fact_year(facts, "crime_last");
    if (first && first == last)
        add_fact(facts, "crime_years", g_strdup_printf("%" G_GINT64_FORMAT, first));
    else if (first)
        add_fact(facts, "crime_years",
                 g_strdup_printf("%" G_GINT64_FORMAT "–%" G_GINT64_FORMAT, first, last));
    const gint64 day = fact_year(facts, "as_of");
    const gint64 low = MIN(MIN(day, fact_year(facts, "people_first")), first ? first : day);
    const gint64 high = MAX(MAX(day, fact_year(facts, "people_last")), last ? last : day);
    if (high - low > 3)
        add_fact(facts, "years_apart", g_strdup_printf("%" G_GINT64_FORMAT, high - low));
}

/* The cells of the only row, each by the name of its column. */
static bool add_row(GHashTable *facts, GapStore *store, const GapStatement *statement,
                    const char *run, GError **error) {
    g_autoptr(GapTable) row = gap_store_select(store, statement, error, "s", run);
    for (size_t c = 0; row && gap_table_rows(row) && c < gap_table_columns(row); c++)
        add_fact(facts, gap_table_column(row, c)->name, gap_table_cell_string(row, 0, c));
    return row != NULL;
}

GHashTable *gap_layer_facts(GapStore *store, const char *run, GError **error) {
    g_autoptr(GHashTable) facts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree char *label = NULL;
    if (!choose_run(store, run, &label, error))
        return NULL;
    if (!add_row(facts, store, &RUN_FACTS, label, error) ||
        !add_row(facts, store, &SITES_FACTS, label, error) ||
        !add_row(facts, store, &COMPARED_FACTS, label, error) ||
        !add_row(facts, store, &KNOWN, label, error))
        return NULL;
    const char *metres = g_hash_table_lookup(facts, "within_m"),
               *minutes = g_hash_table_lookup(facts, "within_min");
    if (metres)
        add_fact(facts, "within", gap_format_length(g_ascii_strtod(metres, NULL)));
    else if (minutes)
        add_fact(facts, "within", gap_format_minutes(g_ascii_strtod(minutes, NULL)));
    add_years(facts);
    add_fact(facts, "people_vintages", gap_store_text(store, &VINTAGES, NULL, ""));
    for (size_t i = 0; i < G_N_ELEMENTS(CREDIT_FACTS); i++)
        add_fact(facts, CREDIT_FACTS[i][0],
                 gap_store_text(store, &CREDITS, NULL, "s", CREDIT_FACTS[i][1]));
    add_fact(facts, "version", g_strdup(GAP_VERSION));
    return g_steal_pointer(&facts);
}

char *gap_layer_state(GapStore *store, GError **error) {
    return gap_digest(store, &STATE, "state", error);
}
