#include "layers/coverage/reached.h"

#include <jansson.h>
#include <math.h>

static const GapStatement DROP_RUN = {"run.drop", "DELETE FROM run WHERE label = ?"};
static const GapStatement INSERT_RUN = {
    "run.insert",
    "INSERT INTO run (label, mode, as_of, within_m, within_min, kinds, people_year, people_from,"
    " points_counted, points_assumed, points_left_out, version, made_from, made_at)"
    " VALUES (?1, CASE WHEN ?3 IS NULL THEN 'travel' ELSE 'straight' END, ?2, ?3, ?4, ?5,"
    " CASE WHEN ?6 IS NULL THEN (SELECT people_year FROM demand_model) END, ?6, ?7, ?8, ?9,"
    " '" GAP_VERSION "', ?10, strftime('%Y-%m-%dT%H:%M:%fZ'))"};
static const GapStatement INSERT_REACH = {
    "demand_reach.insert", "INSERT INTO demand_reach (run, demand, distance_m, minutes, point,"
                           " covered, covered_exact, cut_off) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
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

static bool insert_reach(GapCoverageWork *work, const char *label, double within, GError **error) {
    const GapPoints *points = work->points;
    const bool travel = work->options->travel != NULL;
    bool ok = true;
    for (size_t i = 0; ok && i < work->n; i++) {
        const GapReached *d = &work->demand[i];
        if (d->nearest < 0 && d->patrol < 0)
            continue;
        const double away = d->patrol >= 0 ? 0 : d->away;
        const bool covered = gap_is_within(work, away, within);
        const bool exact = d->patrol_exact || gap_is_within(work, d->away_exact, within);
        const bool cut = covered && !travel && gap_straight_is_cut_off(work, d, within);
        const char *point = d->patrol >= 0 ? gap_table_text(points->mobile, (size_t)d->patrol, 0)
                                           : gap_table_text(points->fixed, (size_t)d->nearest, 0);
        ok = gap_store_run(work->store, &INSERT_REACH, error, "siddsiii", label, d->id,
                           travel ? NAN : away, travel ? away : NAN, point, (gint64)covered,
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
static char *counts_json(const GapCoverageWork *work, GError **error) {
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

static bool insert_sums(GapCoverageWork *work, const char *label, double within, GError **error) {
    static const char *const levels[] = {"district", "province", "country"};
    char *counts = counts_json(work, error);
    bool ok = counts && (work->travel.people
                             ? gap_travel_sum_raster(work, label, within, counts, error)
                             : gap_store_run(work->store, &SUM_LEAVES, error, "ss", label, counts));
    free(counts);
    for (size_t i = 0; ok && i < G_N_ELEMENTS(levels); i++)
        ok = gap_store_run(work->store, &SUM_UP, error, "ss", label, levels[i]);
    return ok;
}

static bool insert_shape(GapCoverageWork *work, const char *label, double within, GError **error) {
    g_autoptr(GError) why = NULL;
    g_autoptr(GBytes) reach = work->options->travel
                                  ? gap_travel_reach(work, within, &why)
                                  : gap_points_reach(work->points, within, work->country, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    return !reach || gap_store_run(work->store, &INSERT_SHAPE, error, "sg", label, reach);
}

bool gap_coverage_write(GapCoverageWork *work, const char *label, double within,
                        const char *parameters, const char *made_from, GError **error) {
    const GapPoints *points = work->points;
    const GapCoverageOptions *options = work->options;
    const GapCoverageTravel *travel = options->travel;
    g_autofree char *kinds = options->kinds ? g_strjoinv(",", options->kinds) : g_strdup("all");
    return gap_store_run(work->store, &DROP_RUN, error, "s", label) &&
           gap_store_run(work->store, &INSERT_RUN, error, "ssddssiiis", label, options->as_of,
                         travel ? NAN : within, travel ? within : NAN, kinds,
                         travel ? travel->people : NULL, points->counted, points->assumed,
                         points->left_out, made_from) &&
           insert_reach(work, label, within, error) && insert_sums(work, label, within, error) &&
           insert_shape(work, label, within, error) &&
           (!travel || gap_travel_keep(work, label, within, parameters, error));
}
