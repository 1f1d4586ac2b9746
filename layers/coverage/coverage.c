#include "layers/coverage/coverage.h"

#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/files/atomic.h"
#include "layers/coverage/reached.h"
#include "layers/digest.h"
#include "layers/outputs.h"

#include <math.h>

static const GapStatement DEMAND = {"coverage.demand",
                                    "SELECT id, X(geom) AS lon, Y(geom) AS lat, people FROM demand"
                                    " WHERE basis <> 'unplaced' ORDER BY id"};
static const GapStatement DEMAND_MODEL = {"coverage.demand_model",
                                          "SELECT made_from, people_year FROM demand_model"};
static const GapStatement DEMAND_AREAS = {"coverage.demand_areas",
                                          "SELECT coalesce((SELECT since FROM demand_areas), '')"};
static const GapStatement RUN_FROM = {"run.made_from", "SELECT made_from FROM run WHERE label = ?"};
static const GapStatement PARAMETERS = {"travel.parameters",
                                        "SELECT parameters FROM travel WHERE run = ?"};
static const GapStatement LABELS = {"run.labels",
                                    "SELECT label FROM run ORDER BY made_at DESC, label"};

/* Times are known up to so many limits, for those who are beyond reach and for new points. */
static const double KNOWN_LIMITS = 4;

static void measure(const GapCoverageWork *work, GapReached *d) {
    d->patrol = gap_area_index_locate(work->points->patrols, d->lon, d->lat);
    d->patrol_exact = gap_area_index_locate(work->points->patrols_exact, d->lon, d->lat) >= 0;
    if (work->options->travel)
        gap_travel_measure(work, d);
    else
        gap_straight_measure(work, d);
}

static bool measure_all(GapCoverageWork *work, GError **error) {
    g_autoptr(GapTable) table = gap_store_select(work->store, &DEMAND, error, "");
    if (!table)
        return false;
    work->n = gap_table_rows(table);
    work->demand = g_new0(GapReached, work->n + 1);
    for (size_t i = 0; i < work->n; i++) {
        GapReached *d = &work->demand[i];
        d->id = gap_table_int(table, i, 0);
        d->lon = gap_table_real(table, i, 1);
        d->lat = gap_table_real(table, i, 2);
        d->people = gap_table_int(table, i, 3);
        measure(work, d);
    }
    return true;
}

static double longest(const GapCoverageOptions *options) {
    double most = 0;
    for (size_t i = 0; i < options->n_within; i++)
        most = fmax(most, options->within[i]);
    return most;
}

/* What all limits share. */
static bool prepare(GapCoverageWork *work, GError **error) {
    if (work->demand)
        return true;
    if (work->options->travel &&
        !gap_travel_work_new(work, KNOWN_LIMITS * longest(work->options), error))
        return false;
    if (!measure_all(work, error))
        return false;
    if (work->options->travel)
        gap_travel_note_nowhere(work);
    return true;
}

static bool make_run(GapCoverageWork *work, const char *label, double within,
                     const char *parameters, const char *made_from, GError **error) {
    if (!prepare(work, error) || !gap_store_begin(work->store, error))
        return false;
    const bool ok = gap_coverage_write(work, label, within, parameters, made_from, error);
    return gap_store_end(work->store, ok, error);
}

char *gap_coverage_label(const GapCoverageOptions *options, double within) {
    char *limit = options->travel ? gap_format_minutes(within) : gap_format_length(within);
    if (!options->label)
        return limit;
    char *label = options->n_within == 1 ? g_strdup(options->label)
                                         : g_strdup_printf("%s %s", options->label, limit);
    g_free(limit);
    return label;
}

/* Reads all files once, however many limits there are. */
static bool digest_files(GapCoverageWork *work, const char *model, GError **error) {
    const GapCoverageTravel *travel = work->options->travel;
    if (!travel) {
        work->people = g_strdup(model);
        return true;
    }
    work->ground =
        gap_travel_field_options_json(&travel->field, gap_store_path(work->store), error);
    if (work->ground)
        work->people = travel->people ? gap_file_sha256(travel->people, error) : g_strdup(model);
    return work->people != NULL;
}

static char *parameters_of(const GapCoverageWork *work, double within) {
    const GapCoverageOptions *options = work->options;
    const GapCoverageTravel *travel = options->travel;
    g_autofree char *kinds = options->kinds ? g_strjoinv(",", options->kinds) : g_strdup("all");
    if (!travel)
        return g_strdup_printf("coverage %s %.15g %s %s", options->as_of, within, kinds,
                               work->people);
    g_autoptr(GString) bands = g_string_new(NULL);
    for (size_t i = 0; i < travel->n_bands; i++)
        g_string_append_printf(bands, " %.15g", travel->bands_min[i]);
    return g_strdup_printf("coverage %s %.15g of %.15g min %s %s%s%s %s", options->as_of, within,
                           longest(options), kinds, work->people, travel->density ? " a km2" : "",
                           bands->str, work->ground);
}

static bool run_limit(GapCoverageWork *work, double within, size_t *unchanged, GError **error) {
    g_autofree char *label = gap_coverage_label(work->options, within);
    g_autofree char *parameters = parameters_of(work, within);
    g_autofree char *made_from = gap_digest_sources(work->store, parameters, error);
    if (!made_from)
        return false;
    g_autofree char *before = gap_store_text(work->store, &RUN_FROM, error, "s", label);
    if (g_strcmp0(before, made_from) != 0)
        return make_run(work, label, within, parameters, made_from, error);
    ++*unchanged;
    return true;
}

/* Those of all limits together, where they are not there already. */
static bool write_rasters(GapCoverageWork *work, GError **error) {
    const GapCoverageTravel *travel = work->options->travel;
    const char *paths[] = {travel ? travel->minutes_to : NULL, travel ? travel->nearest_to : NULL};
    if (!paths[0] && !paths[1])
        return true;
    g_autofree char *parameters = parameters_of(work, longest(work->options));
    g_autofree char *made_from = gap_digest_sources(work->store, parameters, error);
    if (!made_from)
        return false;
    bool fresh = true;
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
        fresh = fresh && (!paths[i] || gap_output_fresh(work->store, paths[i], made_from));
    if (fresh)
        return true;
    bool ok = prepare(work, error) && gap_travel_write(work, error);
    for (size_t i = 0; ok && i < G_N_ELEMENTS(paths); i++)
        ok = !paths[i] || gap_output_record(work->store, paths[i], made_from, error);
    return ok;
}

bool gap_coverage_is_current(GapStore *store, const char *run, GError **error) {
    g_autofree char *parameters = gap_store_text(store, &PARAMETERS, error, "s", run);
    g_autofree char *now = parameters ? gap_digest_sources(store, parameters, error) : NULL;
    g_autofree char *then = now ? gap_store_text(store, &RUN_FROM, error, "s", run) : NULL;
    return then && (g_str_equal(now, then) ||
                    gap_fail(error, GAP_ERROR_MISSING,
                             "layers have changed since run '%s' was made: 'gapmap coverage' makes "
                             "it anew",
                             run));
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

static bool check_demand(GapStore *store, const GapCoverageOptions *options, const char *model,
                         GError **error) {
    if (options->travel && options->travel->people)
        return true;
    return model ? check_areas(store, options->as_of, error)
                 : gap_fail(error, GAP_ERROR_MISSING,
                            "there is no demand to cover yet: 'gapmap demand' comes first");
}

bool gap_coverage(GapStore *store, const GapCoverageOptions *options, size_t *unchanged,
                  GError **error) {
    *unchanged = 0;
    g_autofree char *model = gap_store_text(store, &DEMAND_MODEL, error, "");
    if (!check_demand(store, options, model, error))
        return false;
    GapPoints *points = gap_points_new(store, options->as_of, options->kinds, error);
    g_autoptr(GapAreas) areas = points ? gap_areas_new_on(store, options->as_of, error) : NULL;
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    GapCoverageWork work = {
        .store = store, .options = options, .points = points, .overlay = overlay, .areas = areas};
    if (areas && gap_areas_country(areas))
        work.country = gap_areas_outline(areas, gap_areas_country(areas), NULL);
    bool ok = areas && digest_files(&work, model, error);
    for (size_t i = 0; ok && i < options->n_within; i++)
        ok = run_limit(&work, options->within[i], unchanged, error);
    ok = ok && write_rasters(&work, error);
    g_free(work.demand);
    g_free(work.ground);
    g_free(work.people);
    if (!work.travel.field)
        gap_points_free(work.points);
    gap_travel_work_clear(&work.travel);
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
