#include "layers/gaps/gaps.h"

#include "geo/base/error.h"
#include "layers/areas.h"
#include "layers/coverage/coverage.h"
#include "layers/digest.h"
#include "layers/gaps/ladder.h"
#include "layers/gaps/share.h"

#include <math.h>

static const GapStatement NEWEST = {"gaps.newest_year",
                                    "SELECT max(year) FROM crime JOIN area ON code = area WHERE "
                                    "offence = ? AND level = 'province'"};
static const GapStatement YEARS = {
    "gaps.years",
    "SELECT group_concat(y, ', ') FROM (SELECT DISTINCT year AS y FROM crime JOIN area"
    " ON code = area WHERE offence = ? AND level = 'province' ORDER BY year)"};
static const GapStatement OFFENCES = {
    "gaps.offences",
    "SELECT group_concat(o, ', ') FROM (SELECT DISTINCT offence AS o FROM crime ORDER BY o)"};
static const GapStatement COUNTED = {
    "gaps.counted", "SELECT count(*) FROM crime JOIN area ON code = area WHERE offence = ?"
                    " AND year BETWEEN ? AND ? AND level = 'province'"};
/* Parents stand before their parts: the order of levels, then the code. */
static const GapStatement AREAS = {
    "gaps.areas",
    "SELECT a.code, a.level, a.parent, c.people, c.people_placed - c.people_covered AS beyond,"
    " avg(k.count) AS count, avg(coalesce(k.count_low, k.count)) AS low,"
    " avg(coalesce(k.count_high, k.count)) AS high"
    " FROM area a LEFT JOIN coverage c ON c.area = a.code AND c.run = ?1"
    " LEFT JOIN crime k ON k.area = a.code AND k.offence = ?2 AND k.year BETWEEN ?3 AND ?4"
    " AND a.level <> 'country' JOIN run r ON r.label = ?1 WHERE" GAP_AREA_VALID(
        "a", "r.as_of") " GROUP BY a.code ORDER BY CASE a.level WHEN 'country' THEN 0 WHEN "
                        "'province' THEN 1"
                        " WHEN 'district' THEN 2 ELSE 3 END, a.code"};
static const GapStatement PLANS = {
    "gaps.plans",
    "SELECT area, max(CASE WHEN status = 'endorsed' AND valid THEN 3"
    " WHEN status = 'drafted' AND valid THEN 2 ELSE 1 END) AS status,"
    " max(CASE WHEN status <> 'endorsed' OR NOT valid THEN 0"
    "  WHEN funded_usd > 0 OR local_share > 0 THEN 2"
    "  WHEN funded_usd = 0 OR local_share = 0 THEN 1 ELSE 0 END) AS money,"
    " CASE WHEN sum(covers_people IS NULL) = 0 THEN sum(covers_people) ELSE -1 END AS covers FROM"
    " (SELECT *, coalesce(valid_from <= ?1, 1) AND coalesce(valid_to >= ?1, 1)"
    "  AND coalesce(endorsed_on <= ?1, 1) AS valid FROM plan) GROUP BY area"};
static const GapStatement AS_OF = {"gaps.as_of", "SELECT as_of FROM run WHERE label = ?"};
static const GapStatement RUN_FROM = {"gaps.run_from", "SELECT made_from FROM run WHERE label = ?"};
static const GapStatement GAPS_FROM = {"gaps.made_from",
                                       "SELECT gaps_from FROM run WHERE label = ?"};
static const GapStatement CLEAR = {"gap.clear", "DELETE FROM gap WHERE run = ?"};
static const GapStatement INSERT = {
    "gap.insert",
    "INSERT INTO gap (run, area, people_beyond, crime_rate, crime_level, crime_beyond, crime_low,"
    " crime_high, plan_status, plan_people, local_money, ladder)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const GapStatement MARK = {
    "gaps.mark", "UPDATE run SET offence = ?, crime_first = ?, crime_last = ?, hold_below = ?,"
                 " gaps_from = ? WHERE label = ?"};

enum { CODE, LEVEL, PARENT, PEOPLE, BEYOND, COUNT, LOW, HIGH };
static const GapColumnSpec COLUMNS[] = {
    {"code", GAP_TYPE_TEXT},   {"level", GAP_TYPE_TEXT}, {"parent", GAP_TYPE_TEXT},
    {"people", GAP_TYPE_REAL}, {"beyond", GAP_TYPE_INT}, {"count", GAP_TYPE_REAL},
    {"low", GAP_TYPE_REAL},    {"high", GAP_TYPE_REAL},
};

typedef struct {
    GapPlanStatus status;
    GapMoney money;
    gint64 covers; // people, -1: all of the area
} Plan;

typedef struct {
    double expected, low, high; // crimes a year
} CrimeBeyond;

typedef struct {
    GapStore *store;
    const GapGapsOptions *options;
    const char *run;
    int first, last;
    GapTable *areas;
    GapShareArea *share;
    CrimeBeyond *crime_beyond;
    GHashTable *plans; // code to Plan
} Work;

static bool find_years(Work *work, GError **error) {
    const GapGapsOptions *options = work->options;
    work->first = options->crime_first;
    work->last = options->crime_last;
    if (!work->first)
        work->first = work->last =
            (int)gap_store_number(work->store, &NEWEST, 0, error, "s", options->offence);
    if (!work->first) {
        g_autofree char *known = gap_store_text(work->store, &OFFENCES, NULL, "");
        return gap_fail(error, GAP_ERROR_MISSING,
                        "no province has a count of '%s'; offences loaded: %s", options->offence,
                        known ? known : "none");
    }
    if (gap_store_number(work->store, &COUNTED, 0, error, "sii", options->offence,
                         (gint64)work->first, (gint64)work->last) > 0)
        return true;
    g_autofree char *years = gap_store_text(work->store, &YEARS, NULL, "s", options->offence);
    return gap_fail(error, GAP_ERROR_MISSING,
                    "no province has a count of '%s' in %d-%d; years that have: %s",
                    options->offence, work->first, work->last, years ? years : "none");
}

static bool read_areas(Work *work, GError **error) {
    work->areas =
        gap_store_table(work->store, &AREAS, "gaps", COLUMNS, G_N_ELEMENTS(COLUMNS), error, "ssii",
                        work->run, work->options->offence, (gint64)work->first, (gint64)work->last);
    if (!work->areas)
        return false;
    const size_t n = gap_table_rows(work->areas);
    g_autoptr(GHashTable) row_of = g_hash_table_new(g_str_hash, g_str_equal);
    work->share = g_new0(GapShareArea, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *parent = gap_table_text(work->areas, i, PARENT);
        gpointer row;
        g_hash_table_insert(row_of, (gpointer)gap_table_text(work->areas, i, CODE),
                            GSIZE_TO_POINTER(i));
        const bool inner = parent && g_hash_table_lookup_extended(row_of, parent, NULL, &row);
        work->share[i] = (GapShareArea){
            .parent = inner ? (gssize)GPOINTER_TO_SIZE(row) : -1,
            .people = gap_table_real(work->areas, i, PEOPLE),
            .count = gap_table_real(work->areas, i, COUNT),
            .low = gap_table_real(work->areas, i, LOW),
            .high = gap_table_real(work->areas, i, HIGH),
        };
    }
    gap_share_counts(work->share, n);
    return true;
}

static bool read_plans(Work *work, GError **error) {
    g_autofree char *as_of = gap_store_text(work->store, &AS_OF, error, "s", work->run);
    g_autoptr(GapTable) plans =
        as_of ? gap_store_select(work->store, &PLANS, error, "s", as_of) : NULL;
    if (!plans)
        return false;
    work->plans = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (size_t i = 0; i < gap_table_rows(plans); i++) {
        const Plan plan = {(GapPlanStatus)gap_table_int(plans, i, 1),
                           (GapMoney)gap_table_int(plans, i, 2), gap_table_int(plans, i, 3)};
        g_hash_table_insert(work->plans, g_strdup(gap_table_text(plans, i, 0)),
                            g_memdup2(&plan, sizeof plan));
    }
    return true;
}

static void add_up(double *sum, double value) {
    if (!isnan(value))
        *sum = isnan(*sum) ? value : *sum + value;
}

/* Crime beyond reach: what the parts of an area have of it, and the crime expected of those who
 * live in none of them (of a leaf: of all) by their share beyond reach. Parts stand behind their
 * parents.
 */
static void measure(Work *work) {
    const size_t n = gap_table_rows(work->areas);
    work->crime_beyond = g_new(CrimeBeyond, n + 1);
    g_autofree double *beyond = g_new(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        work->crime_beyond[i] = (CrimeBeyond){NAN, NAN, NAN};
        beyond[i] = (double)gap_table_int(work->areas, i, BEYOND);
    }
    for (size_t i = n; i-- > 0;) {
        const GapShareArea *area = &work->share[i];
        CrimeBeyond *crime = &work->crime_beyond[i];
        if (area->alone_people > 0) {
            const double part = beyond[i] / area->alone_people;
            add_up(&crime->expected, area->alone * part);
            add_up(&crime->low, area->alone_low * part);
            add_up(&crime->high, area->alone_high * part);
        }
        if (area->parent < 0)
            continue;
        beyond[area->parent] -= (double)gap_table_int(work->areas, i, BEYOND);
        add_up(&work->crime_beyond[area->parent].expected, crime->expected);
        add_up(&work->crime_beyond[area->parent].low, crime->low);
        add_up(&work->crime_beyond[area->parent].high, crime->high);
    }
}

static bool insert_gap(Work *work, size_t i, GError **error) {
    const GapShareArea *area = &work->share[i];
    const char *code = gap_table_text(work->areas, i, CODE);
    const char *level = gap_table_text(work->areas, i, LEVEL);
    const CrimeBeyond crime = work->crime_beyond[i];
    const Plan *found = g_hash_table_lookup(work->plans, code);
    const Plan plan = found ? *found : (Plan){GAP_PLAN_UNKNOWN, GAP_MONEY_UNKNOWN, 0};
    const gint64 people = area->people > 0 ? (gint64)area->people : 0;
    const gint64 planned = plan.covers < 0 ? people : MIN(plan.covers, people);
    const gint64 beyond = gap_table_int(work->areas, i, BEYOND);
    // The ladder is a municipality's: plans are made and paid for there.
    const bool climbs = g_str_equal(level, "municipality") && area->people > 0;
    return gap_store_run(
        work->store, &INSERT, error, "ssidsdddsiss", work->run, code, beyond,
        area->people > 0 ? area->expected / area->people : NAN,
        area->from >= 0 ? gap_table_text(work->areas, (size_t)area->from, LEVEL) : NULL,
        crime.expected, crime.low, crime.high, gap_plan_status_name(plan.status), planned,
        gap_money_name(plan.money),
        climbs ? gap_ladder(beyond, work->options->hold_below, plan.status, plan.money) : NULL);
}

static bool write_gaps(Work *work, const char *made_from, GError **error) {
    bool ok = gap_store_run(work->store, &CLEAR, error, "s", work->run);
    for (size_t i = 0; ok && i < gap_table_rows(work->areas); i++)
        if (!gap_table_is_null(work->areas, i, PEOPLE))
            ok = insert_gap(work, i, error);
    return ok && gap_store_run(work->store, &MARK, error, "siiiss", work->options->offence,
                               (gint64)work->first, (gint64)work->last, work->options->hold_below,
                               made_from, work->run);
}

static bool compute(Work *work, const char *made_from, GError **error) {
    if (!read_areas(work, error) || !read_plans(work, error))
        return false;
    measure(work);
    if (!gap_store_begin(work->store, error))
        return false;
    const bool ok = write_gaps(work, made_from, error);
    return gap_store_end(work->store, ok, error);
}

bool gap_gaps(GapStore *store, const GapGapsOptions *options, bool *unchanged, GError **error) {
    *unchanged = false;
    g_autofree char *run = gap_run_label(store, options->run, error);
    Work work = {.store = store, .options = options, .run = run};
    if (!run || !find_years(&work, error))
        return false;
    g_autofree char *run_from = gap_store_text(store, &RUN_FROM, error, "s", run);
    g_autofree char *parameters =
        g_strdup_printf("gaps %s %s %d-%d %" G_GINT64_FORMAT, run_from, options->offence,
                        work.first, work.last, options->hold_below);
    g_autofree char *made_from = gap_digest_sources(store, parameters, error);
    g_autofree char *before = made_from ? gap_store_text(store, &GAPS_FROM, error, "s", run) : NULL;
    *unchanged = made_from && g_strcmp0(before, made_from) == 0;
    const bool ok = made_from && (*unchanged || compute(&work, made_from, error));
    gap_table_free(work.areas);
    g_free(work.share);
    g_free(work.crime_beyond);
    g_clear_pointer(&work.plans, g_hash_table_unref);
    return ok;
}
