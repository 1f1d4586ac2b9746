#include "layers/coverage/coverage.h"

#include "geo/base/error.h"
#include "geo/base/units.h"
#include "layers/areas.h"
#include "layers/coverage/points.h"
#include "layers/digest.h"

#include <jansson.h>

static const GapStatement DEMAND = {"coverage.demand",
                                    "SELECT id, X(geom) AS lon, Y(geom) AS lat FROM demand"
                                    " WHERE basis <> 'unplaced' ORDER BY id"};
static const GapStatement DEMAND_MODEL = {"coverage.demand_model",
                                          "SELECT made_from, people_year FROM demand_model"};
static const GapStatement DEMAND_AREAS = {"coverage.demand_areas",
                                          "SELECT coalesce((SELECT since FROM demand_areas), '')"};
static const GapStatement RUN_FROM = {"run.made_from", "SELECT made_from FROM run WHERE label = ?"};
static const GapStatement DROP_RUN = {"run.drop", "DELETE FROM run WHERE label = ?"};
static const GapStatement INSERT_RUN = {
    "run.insert",
    "INSERT INTO run (label, mode, as_of, within_m, kinds, people_year, points_counted,"
    " points_assumed, points_left_out, version, made_from, made_at)"
    " VALUES (?, 'straight', ?, ?, ?, (SELECT people_year FROM demand_model), ?, ?, ?,"
    " '" GAP_VERSION "', ?, strftime('%Y-%m-%dT%H:%M:%fZ'))"};
static const GapStatement INSERT_REACH = {
    "demand_reach.insert", "INSERT INTO demand_reach (run, demand, distance_m, point, covered,"
                           " covered_exact, cut_off) VALUES (?, ?, ?, ?, ?, ?, ?)"};
static const GapStatement INSERT_SHAPE = {
    "reach.insert", "INSERT INTO reach (run, geom) VALUES (?, CastToMulti(GeomFromWKB(?, 4326)))"};
/* Leaves first: areas that demand names; those of provinces with a known total that nobody lives
 * in get zeros. */
static const GapStatement SUM_LEAVES = {
    "coverage.sum_leaves",
    "INSERT INTO coverage SELECT ?1, a.code, coalesce(sum(d.people), 0),"
    " coalesce(sum(d.people * (d.basis <> 'unplaced')), 0),"
    " coalesce(sum(d.people * (d.basis IN ('shared', 'modelled'))), 0),"
    " coalesce(sum(d.people * r.covered), 0), coalesce(sum(d.people * r.covered_exact), 0),"
    " coalesce(sum(d.people * r.cut_off), 0),"
    " coalesce((SELECT value FROM json_each(?2) WHERE key = a.code), 0), NULL"
    " FROM area a LEFT JOIN demand d ON d.area = a.code"
    " LEFT JOIN demand_reach r ON r.run = ?1 AND r.demand = d.id"
    " JOIN run ON label = ?1"
    " WHERE a.level <> 'country' AND" GAP_AREA_VALID(
        "a",
        "as_of") " AND coalesce("
                 "  (SELECT province FROM demand_total WHERE province = a.code),"
                 "  (SELECT province FROM demand_total WHERE province = a.parent),"
                 "  (SELECT t.province FROM demand_total t JOIN area q ON q.parent = t.province"
                 "   WHERE q.code = a.parent)) IS NOT NULL GROUP BY a.code"};
/* Then a level takes up its parts: districts, provinces, the country. */
static const GapStatement SUM_UP = {
    "coverage.sum_up",
    "INSERT INTO coverage SELECT ?1, w.code, sum(c.people), sum(c.people_placed),"
    " sum(c.people_modelled), sum(c.people_covered), sum(c.people_covered_exact),"
    " sum(c.people_cut_off), sum(c.points), NULL"
    " FROM area w JOIN area a ON a.parent = w.code JOIN coverage c ON c.area = a.code"
    " AND c.run = ?1 WHERE w.level = ?2 GROUP BY w.code"
    " ON CONFLICT (run, area) DO UPDATE SET people = people + excluded.people,"
    " people_placed = people_placed + excluded.people_placed,"
    " people_modelled = people_modelled + excluded.people_modelled,"
    " people_covered = people_covered + excluded.people_covered,"
    " people_covered_exact = people_covered_exact + excluded.people_covered_exact,"
    " people_cut_off = people_cut_off + excluded.people_cut_off,"
    " points = points + excluded.points"};
static const GapStatement LABELS = {"run.labels",
                                    "SELECT label FROM run ORDER BY made_at DESC, label"};

typedef struct {
    double lon, lat;
    gint64 id;
    double distance_m;
    gssize nearest; // row of the fixed points, -1
    gssize patrol;  // row of the mobile ones, -1
    double exact_m; // to the nearest point that is not assumed
    bool exact_patrol;
} Demand;

typedef struct {
    GapStore *store;
    const GapCoverageOptions *options;
    const GapPoints *points;
    GapOverlay *overlay;
    GapAreas *areas; // of the day
    GBytes *country;
    Demand *demand;
    size_t n;
} Work;

static void measure(const GapPoints *points, Demand *d) {
    d->nearest = gap_nearest_find(points->nearest, d->lon, d->lat, &d->distance_m);
    d->patrol = gap_area_index_locate(points->patrols, d->lon, d->lat);
    gap_nearest_find(points->nearest_exact, d->lon, d->lat, &d->exact_m);
    d->exact_patrol = gap_area_index_locate(points->patrols_exact, d->lon, d->lat) >= 0;
}

static bool measure_all(Work *work, GError **error) {
    g_autoptr(GapTable) table = gap_store_select(work->store, &DEMAND, error, "");
    if (!table)
        return false;
    work->n = gap_table_rows(table);
    work->demand = g_new0(Demand, work->n + 1);
    for (size_t i = 0; i < work->n; i++) {
        Demand *d = &work->demand[i];
        d->id = gap_table_int(table, i, 0);
        d->lon = gap_table_real(table, i, 1);
        d->lat = gap_table_real(table, i, 2);
        measure(work->points, d);
    }
    return true;
}

/* Whether no point within the limit can be reached along a line that stays in the country. */
static bool is_cut_off(const Work *work, const Demand *d, double within_m) {
    enum { LON = 3, LAT = 4 };
    const GapTable *fixed = work->points->fixed;
    if (d->patrol >= 0 || !work->country)
        return false;
    for (size_t i = 0; i < gap_table_rows(fixed); i++)
        if (gap_nearest_within(work->points->nearest, i, d->lon, d->lat, within_m) &&
            gap_overlay_sees(work->overlay, work->country, d->lon, d->lat,
                             gap_table_real(fixed, i, LON), gap_table_real(fixed, i, LAT)))
            return false;
    return true;
}

static bool insert_reach(Work *work, const char *label, double within_m, GError **error) {
    bool ok = true;
    for (size_t i = 0; ok && i < work->n; i++) {
        const Demand *d = &work->demand[i];
        if (d->nearest < 0 && d->patrol < 0)
            continue;
        const bool covered = d->patrol >= 0 || d->distance_m <= within_m;
        const bool exact = d->exact_patrol || d->exact_m <= within_m;
        const bool cut = covered && is_cut_off(work, d, within_m);
        const char *point = d->patrol >= 0 ? gap_table_text(work->points->mobile, d->patrol, 0)
                                           : gap_table_text(work->points->fixed, d->nearest, 0);
        ok = gap_store_run(work->store, &INSERT_REACH, error, "sidsiii", label, d->id,
                           d->patrol >= 0 ? 0.0 : d->distance_m, point, (gint64)covered,
                           (gint64)exact, (gint64)cut);
    }
    return ok;
}

static bool count_point(GapAreas *areas, double lon, double lat, json_t *counts, GError **error) {
    g_autoptr(GError) why = NULL;
    const char *area = gap_areas_finest(areas, lon, lat, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (area)
        json_object_set_new(counts, area,
                            json_integer(1 + json_integer_value(json_object_get(counts, area))));
    return true;
}

/* How many points count in each area of the day, as a JSON object: one value to bind. */
static char *counts_json(const Work *work, GError **error) {
    enum { LON = 3, LAT = 4 };
    json_t *counts = json_object();
    const GapTable *tables[] = {work->points->fixed, work->points->mobile};
    bool ok = true;
    for (size_t t = 0; t < G_N_ELEMENTS(tables); t++)
        for (size_t r = 0; ok && r < gap_table_rows(tables[t]); r++)
            ok = count_point(work->areas, gap_table_real(tables[t], r, LON),
                             gap_table_real(tables[t], r, LAT), counts, error);
    char *text = ok ? json_dumps(counts, JSON_COMPACT) : NULL;
    json_decref(counts);
    return text;
}

static bool write_run(Work *work, const char *label, double within_m, const char *kinds,
                      const char *made_from, GError **error) {
    static const char *const levels[] = {"district", "province", "country"};
    const GapPoints *points = work->points;
    if (!gap_store_run(work->store, &DROP_RUN, error, "s", label) ||
        !gap_store_run(work->store, &INSERT_RUN, error, "ssdsiiis", label, work->options->as_of,
                       within_m, kinds, points->counted, points->assumed, points->left_out,
                       made_from) ||
        !insert_reach(work, label, within_m, error))
        return false;
    char *counts = counts_json(work, error);
    bool ok = counts && gap_store_run(work->store, &SUM_LEAVES, error, "ss", label, counts);
    free(counts);
    for (size_t i = 0; ok && i < G_N_ELEMENTS(levels); i++)
        ok = gap_store_run(work->store, &SUM_UP, error, "ss", label, levels[i]);
    g_autoptr(GError) why = NULL;
    g_autoptr(GBytes) reach = gap_points_reach(points, within_m, work->country, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    return ok && (!reach || gap_store_run(work->store, &INSERT_SHAPE, error, "sg", label, reach));
}

static bool make_run(Work *work, const char *label, double within_m, const char *kinds,
                     const char *made_from, GError **error) {
    if ((!work->demand && !measure_all(work, error)) || !gap_store_begin(work->store, error))
        return false;
    const bool ok = write_run(work, label, within_m, kinds, made_from, error);
    return gap_store_end(work->store, ok, error);
}

static char *label_of(const GapCoverageOptions *options, double within_m) {
    char *length = gap_format_length(within_m);
    if (!options->label)
        return length;
    char *label = options->n_within == 1 ? g_strdup(options->label)
                                         : g_strdup_printf("%s %s", options->label, length);
    g_free(length);
    return label;
}

static bool run_limit(Work *work, double within_m, const char *model, size_t *unchanged,
                      GError **error) {
    const GapCoverageOptions *options = work->options;
    g_autofree char *label = label_of(options, within_m);
    g_autofree char *kinds = options->kinds ? g_strjoinv(",", options->kinds) : g_strdup("all");
    g_autofree char *parameters =
        g_strdup_printf("coverage %s %.15g %s %s", options->as_of, within_m, kinds, model);
    g_autofree char *made_from = gap_digest_sources(work->store, parameters, error);
    if (!made_from)
        return false;
    g_autofree char *before = gap_store_text(work->store, &RUN_FROM, error, "s", label);
    if (g_strcmp0(before, made_from) != 0)
        return make_run(work, label, within_m, kinds, made_from, error);
    ++*unchanged;
    return true;
}

/* The demand must lie in the areas of the day. */
static bool check_areas(GapStore *store, const char *as_of, GError **error) {
    g_autofree char *laid_out = gap_store_text(store, &DEMAND_AREAS, error, "");
    g_autofree char *since = laid_out ? gap_areas_since(store, as_of, error) : NULL;
    if (!since || g_str_equal(since, laid_out))
        return since != NULL;
    return gap_fail(error, GAP_ERROR_MISSING,
                    "the people were laid out over the areas %s%s, but those of %s are others: "
                    "'gapmap demand --as-of %s' comes first",
                    *laid_out ? "since " : "before the first change", laid_out, as_of, as_of);
}

bool gap_coverage(GapStore *store, const GapCoverageOptions *options, size_t *unchanged,
                  GError **error) {
    *unchanged = 0;
    g_autofree char *model = gap_store_text(store, &DEMAND_MODEL, error, "");
    if (!model)
        return gap_fail(error, GAP_ERROR_MISSING,
                        "there is no demand to cover yet: 'gapmap demand' comes first");
    if (!check_areas(store, options->as_of, error))
        return false;
    g_autoptr(GapPoints) points = gap_points_new(store, options->as_of, options->kinds, error);
    g_autoptr(GapAreas) areas = points ? gap_areas_new_on(store, options->as_of, error) : NULL;
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    if (!areas)
        return false;
    Work work = {
        .store = store, .options = options, .points = points, .overlay = overlay, .areas = areas};
    if (gap_areas_country(areas))
        work.country = gap_areas_outline(areas, gap_areas_country(areas), NULL);
    bool ok = true;
    for (size_t i = 0; ok && i < options->n_within; i++)
        ok = run_limit(&work, options->within_m[i], model, unchanged, error);
    g_free(work.demand);
    return ok;
}

char *gap_run_label(GapStore *store, const char *run, GError **error) {
    g_autoptr(GapTable) labels = gap_store_select(store, &LABELS, error, "");
    if (!labels)
        return NULL;
    g_autoptr(GString) known = g_string_new(NULL);
    for (size_t i = 0; i < gap_table_rows(labels); i++) {
        const char *label = gap_table_text(labels, i, 0);
        if (!run || g_str_equal(run, label))
            return g_strdup(label);
        g_string_append_printf(known, "%s'%s'", i ? ", " : "", label);
    }
    if (known->len)
        gap_fail(error, GAP_ERROR_USAGE, "no run '%s'; there are %s", run, known->str);
    else
        gap_fail(error, GAP_ERROR_MISSING,
                 "there are no results yet: 'gapmap coverage' comes first");
    return NULL;
}
