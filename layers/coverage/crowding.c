#include "layers/coverage/reached.h"

#include "geo/base/error.h"
#include "geo/stats/catchment.h"

#include <math.h>

static const GapStatement OFFICERS = {"crowding.officers",
                                      "SELECT officers FROM police_point WHERE code = ?"};
static const GapStatement SET_ACCESS = {
    "crowding.set", "UPDATE demand_reach SET access = ? WHERE run = ? AND demand = ?"};
/* The mean over all people of an area and its parts, those beyond reach too. */
static const GapStatement SUM_ACCESS = {
    "crowding.sum",
    "UPDATE coverage SET officers_access ="
    " (WITH RECURSIVE part (code) AS (SELECT coverage.area UNION SELECT a.code FROM area a"
    "   JOIN part ON a.parent = part.code)"
    "  SELECT 10000.0 * sum(d.people * coalesce(r.access, 0)) / sum(d.people) FROM part"
    "  JOIN demand d ON d.area = part.code AND d.basis <> 'unplaced'"
    "  LEFT JOIN demand_reach r ON r.run = ?1 AND r.demand = d.id) WHERE run = ?1"};

/* Points whose officers are known, and people with ground under their feet. */
typedef struct {
    GArray *sources, *officers;      // GapTravelSource, double
    GArray *cells, *people, *demand; // size_t, double, size_t: its number in the work
} Crowd;

static void crowd_clear(Crowd *crowd) {
    GArray *all[] = {crowd->sources, crowd->officers, crowd->cells, crowd->people, crowd->demand};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        g_clear_pointer(&all[i], g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Crowd, crowd_clear)

static bool add_points(const GapCoverageWork *work, Crowd *crowd, GError **error) {
    const GapTravelField *field = work->travel.field;
    g_autoptr(GError) why = NULL;
    for (guint i = 0; i < field->sources->len && !why; i++) {
        const char *code =
            gap_table_text(work->points->fixed, g_array_index(field->row, size_t, i), 0);
        const double n = gap_store_number(work->store, &OFFICERS, NAN, &why, "s", code);
        if (isnan(n))
            continue;
        g_array_append_val(crowd->sources, g_array_index(field->sources, GapTravelSource, i));
        g_array_append_val(crowd->officers, n);
    }
    if (!why)
        return true;
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

void gap_travel_note_officers(GapCoverageWork *work) {
    guint known = 0;
    const GapTravelField *field = work->travel.field;
    for (guint i = 0; i < field->row->len; i++) {
        const char *code =
            gap_table_text(work->points->fixed, g_array_index(field->row, size_t, i), 0);
        known += !isnan(gap_store_number(work->store, &OFFICERS, NAN, NULL, "s", code));
    }
    if (known && known < field->row->len)
        gap_note(work->travel.notes,
                 "officers are known of %u of %u points: the others count as none in officers "
                 "within reach",
                 known, field->row->len);
}

static void add_people(const GapCoverageWork *work, Crowd *crowd) {
    for (size_t i = 0; i < work->n; i++) {
        const double people = (double)work->demand[i].people;
        if (work->demand[i].nowhere)
            continue;
        g_array_append_val(crowd->cells, work->demand[i].cell);
        g_array_append_val(crowd->people, people);
        g_array_append_val(crowd->demand, i);
    }
}

static bool keep_access(const GapCoverageWork *work, const Crowd *crowd, const char *run,
                        const double *access, GError **error) {
    bool ok = true;
    for (guint i = 0; ok && i < crowd->demand->len; i++)
        if (access[i] > 0)
            ok = gap_store_run(work->store, &SET_ACCESS, error, "dsi", access[i], run,
                               work->demand[g_array_index(crowd->demand, size_t, i)].id);
    return ok && gap_store_run(work->store, &SUM_ACCESS, error, "s", run);
}

static bool share_out(const GapCoverageWork *work, const Crowd *crowd, double within,
                      double *access, GError **error) {
    const GapTravelField *field = work->travel.field;
    const GapTravelOptions options = {within, field->options.inwards};
    GapCatchmentZone zones[3];
    g_autofree double *ratio = g_new(double, crowd->sources->len);
    g_autoptr(GArray) pairs =
        gap_travel_many(field->surface, (GapTravelSource *)crowd->sources->data,
                        crowd->sources->len, (size_t *)crowd->cells->data, crowd->cells->len,
                        &options, 0, field->options.ground.progress, error);
    gap_catchment_zones(within, zones);
    const GapCatchment problem = {.n_supplies = crowd->sources->len,
                                  .n_demand = crowd->cells->len,
                                  .n_pairs = pairs ? pairs->len : 0,
                                  .n_zones = G_N_ELEMENTS(zones),
                                  .capacity = (double *)crowd->officers->data,
                                  .people = (double *)crowd->people->data,
                                  .pairs = pairs ? (GapTravelPair *)pairs->data : NULL,
                                  .zones = zones};
    return pairs && gap_catchment(&problem, ratio, access, error);
}

bool gap_travel_keep_crowding(GapCoverageWork *work, const char *run, double within,
                              GError **error) {
    g_auto(Crowd) crowd = {
        g_array_new(FALSE, FALSE, sizeof(GapTravelSource)),
        g_array_new(FALSE, FALSE, sizeof(double)), g_array_new(FALSE, FALSE, sizeof(size_t)),
        g_array_new(FALSE, FALSE, sizeof(double)), g_array_new(FALSE, FALSE, sizeof(size_t))};
    if (!add_points(work, &crowd, error))
        return false;
    if (crowd.sources->len == 0)
        return true;
    add_people(work, &crowd);
    g_autofree double *access = g_new0(double, crowd.demand->len + 1);
    return share_out(work, &crowd, within, access, error) &&
           keep_access(work, &crowd, run, access, error);
}
