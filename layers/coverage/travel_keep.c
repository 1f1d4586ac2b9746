#include "layers/coverage/reached.h"

#include "geo/base/error.h"
#include "geo/grid/isochrone.h"
#include "geo/grid/zonal.h"
#include "layers/travel/cover.h"

#include <jansson.h>
#include <math.h>

static const GapStatement INSERT_TRAVEL = {
    "travel.insert",
    "INSERT INTO travel (run, direction, neighbours, scenario, cell_m, crs, known_min, options,"
    " parameters) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const GapStatement INSERT_NOTE = {"run_note.insert",
                                         "INSERT INTO run_note (run, n, note) VALUES (?, ?, ?)"};
static const GapStatement INSERT_ISOCHRONE = {
    "isochrone.insert", "INSERT INTO isochrone (run, minutes, from_min, people, people_band, geom)"
                        " VALUES (?, ?, ?, ?, ?, CastToMulti(GeomFromWKB(?, 4326)))"};
static const GapStatement INSERT_CATCHMENT = {
    "catchment.insert", "INSERT INTO catchment (run, point, people, geom)"
                        " VALUES (?, ?, ?, CastToMulti(GeomFromWKB(?, 4326)))"};
/* Areas of the day without parts. */
static const GapStatement LEAVES = {
    "coverage.leaves", "SELECT a.code, AsBinary(a.geom) AS geom FROM area a WHERE" GAP_AREA_VALID(
                           "a", "?1") " AND NOT EXISTS (SELECT 1 FROM area b WHERE b.parent = "
                                      "a.code AND" GAP_AREA_VALID("b", "?1") ") ORDER BY a.code"};
static const GapStatement INSERT_LEAF = {
    "coverage.insert_leaf",
    "INSERT INTO coverage (run, area, people, people_placed, people_modelled, people_covered,"
    " people_covered_exact, people_cut_off, points) VALUES (?1, ?2, ?3, ?3, ?3, ?4, ?5, 0, ?6)"};

/* ---- the ground of the run ---- */

static bool keep_ground(GapCoverageWork *work, const char *run, const char *parameters,
                        GError **error) {
    const GapTravelField *field = work->travel.field;
    const GapTravelFieldOptions *options = &field->options;
    bool ok =
        gap_store_run(work->store, &INSERT_TRAVEL, error, "ssisdsdss", run,
                      options->inwards ? "people-to-police" : "police-to-people",
                      (gint64)options->surface.neighbours, options->ground.scenario,
                      fmax(field->ground->frame.dx, field->ground->frame.dy),
                      field->ground->definition, work->travel.known_min, work->ground, parameters);
    for (guint i = 0; ok && i < work->travel.notes->len; i++)
        ok = gap_store_run(work->store, &INSERT_NOTE, error, "sis", run, (gint64)i + 1,
                           work->travel.notes->pdata[i]);
    return ok;
}

/* ---- isochrones ---- */

/* People reached within `minutes`. */
static gint64 people_within(const GapCoverageWork *work, double minutes) {
    const GapGrid *people = work->travel.people, *grid = work->travel.minutes;
    double sum = 0;
    for (size_t i = 0; people && i < people->cols * people->rows; i++)
        if (grid->cells[i] <= (float)minutes)
            sum += people->cells[i];
    for (size_t i = 0; !people && i < work->n; i++)
        if (work->demand[i].patrol >= 0 || gap_is_within(work, work->demand[i].away, minutes))
            sum += (double)work->demand[i].people;
    return (gint64)llround(sum);
}

/* The steps below the limit that people think in, the last three of them, then the limit. */
static GArray *bands_of(const GapCoverageTravel *travel, double within) {
    static const double usual[] = {5, 10, 15, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720};
    GArray *bands = g_array_new(FALSE, FALSE, sizeof(double));
    const double *of = travel->bands_min ? travel->bands_min : usual;
    const size_t n = travel->bands_min ? travel->n_bands : G_N_ELEMENTS(usual);
    for (size_t i = 0; i < n; i++)
        if (of[i] < within)
            g_array_append_val(bands, of[i]);
    if (!travel->bands_min && bands->len > 3)
        g_array_remove_range(bands, 0, bands->len - 3);
    g_array_append_val(bands, within);
    return bands;
}

/* In degrees; NULL without an error where nothing is reached. */
static GBytes *isochrone(const GapCoverageWork *work, double minutes, GError **error) {
    g_autoptr(GBytes) plane = gap_isochrone(work->travel.minutes, minutes, error);
    return plane ? gap_travel_field_to_degrees(work->travel.field, plane, error) : NULL;
}

static bool keep_isochrones(GapCoverageWork *work, const char *run, double within, GError **error) {
    g_autoptr(GArray) bands = bands_of(work->options->travel, within);
    double from = 0;
    gint64 before = 0;
    for (guint i = 0; i < bands->len; i++) {
        g_autoptr(GError) why = NULL;
        const double minutes = g_array_index(bands, double, i);
        g_autoptr(GBytes) shape = isochrone(work, minutes, &why);
        const gint64 people = people_within(work, minutes);
        if (why) {
            g_propagate_error(error, g_steal_pointer(&why));
            return false;
        }
        if (shape && !gap_store_run(work->store, &INSERT_ISOCHRONE, error, "sddiig", run, minutes,
                                    from, people, people - before, shape))
            return false;
        from = minutes;
        before = people;
    }
    return true;
}

GBytes *gap_travel_reach(GapCoverageWork *work, double within, GError **error) {
    g_autoptr(GError) why = NULL;
    const GapTable *mobile = work->points->mobile;
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    g_autoptr(GBytes) reached = isochrone(work, within, &why);
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return NULL;
    }
    if (reached)
        g_ptr_array_add(parts, reached);
    for (size_t r = 0; r < gap_table_rows(mobile); r++)
        if (gap_table_geometry(mobile, r))
            g_ptr_array_add(parts, gap_table_geometry(mobile, r));
    if (parts->len < 2)
        return parts->len ? g_bytes_ref(parts->pdata[0]) : NULL;
    return gap_overlay_union(work->overlay, (GBytes **)parts->pdata, parts->len, error);
}

/* ---- catchments ---- */

/* Whose ground a cell is within the limit. Returns: (transfer full), NULL without memory. */
static int32_t *owners_within(const GapCoverageWork *work, double within, GError **error) {
    const GapGrid *minutes = work->travel.minutes;
    const size_t n = minutes->cols * minutes->rows;
    int32_t *owner = g_try_malloc_n(n, sizeof *owner);
    if (!owner)
        gap_fail(error, GAP_ERROR_FAILED, "not enough memory for %zu cells", n);
    for (size_t i = 0; owner && i < n; i++)
        owner[i] = minutes->cells[i] <= (float)within ? work->travel.owner[i] : -1;
    return owner;
}

static double *people_of_points(const GapCoverageWork *work, const int32_t *owner, double within) {
    double *people = g_new0(double, gap_table_rows(work->points->fixed) + 1);
    const GapGrid *grid = work->travel.people;
    for (size_t i = 0; grid && i < grid->cols * grid->rows; i++)
        if (owner[i] >= 0)
            people[owner[i]] += grid->cells[i];
    for (size_t i = 0; !grid && i < work->n; i++) {
        const GapReached *d = &work->demand[i];
        if (d->patrol < 0 && d->nearest >= 0 && gap_is_within(work, d->away, within))
            people[d->nearest] += (double)d->people;
    }
    return people;
}

static bool keep_catchments(GapCoverageWork *work, const char *run, double within, GError **error) {
    const size_t n = gap_table_rows(work->points->fixed);
    if (!work->travel.owner)
        return true;
    g_autofree int32_t *owner = owners_within(work, within, error);
    g_autoptr(GPtrArray) areas =
        owner ? gap_allocation_areas(&work->travel.field->ground->frame, owner, n, error) : NULL;
    if (!areas)
        return false;
    g_autofree double *people = people_of_points(work, owner, within);
    for (size_t r = 0; r < n; r++) {
        GBytes *plane = areas->pdata[r];
        g_autoptr(GBytes) shape =
            plane ? gap_travel_field_to_degrees(work->travel.field, plane, error) : NULL;
        if (plane && (!shape || !gap_store_run(work->store, &INSERT_CATCHMENT, error, "ssig", run,
                                               gap_table_text(work->points->fixed, r, 0),
                                               (gint64)llround(people[r]), shape)))
            return false;
    }
    return true;
}

bool gap_travel_keep(GapCoverageWork *work, const char *run, double within, const char *parameters,
                     GError **error) {
    return keep_ground(work, run, parameters, error) && keep_isochrones(work, run, within, error) &&
           keep_catchments(work, run, within, error) &&
           gap_travel_keep_crowding(work, run, within, error);
}

/* ---- people of a raster ---- */

/* Of all people, or of those whose cells are within the limit. Returns: (transfer full). */
static GapZone *sum_zones(const GapCoverageWork *work, const GapGrid *minutes, double within,
                          GPtrArray *shapes, GError **error) {
    const GapGrid *people = work->travel.people;
    const size_t n = people->cols * people->rows;
    g_autofree GapZone *zones = g_new0(GapZone, shapes->len + 1);
    g_autofree float *cells = g_try_malloc_n(n, sizeof *cells);
    if (!cells) {
        gap_fail(error, GAP_ERROR_FAILED, "not enough memory for %zu cells", n);
        return NULL;
    }
    for (size_t i = 0; i < n; i++)
        cells[i] = minutes->cells[i] <= (float)within ? people->cells[i] : 0;
    GapGrid covered = *people;
    covered.cells = isinf(within) ? people->cells : cells;
    return gap_zonal_sums(&covered, (GBytes **)shapes->pdata, shapes->len, zones, error)
               ? g_steal_pointer(&zones)
               : NULL;
}

/* Outlines in the plane; NULL where nothing of one lies in the frame. */
static GPtrArray *leaf_shapes(const GapCoverageWork *work, const GapTable *leaves, GError **error) {
    g_autoptr(GPtrArray) shapes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    for (size_t r = 0; r < gap_table_rows(leaves); r++) {
        g_autoptr(GError) why = NULL;
        GBytes *outline = gap_table_geometry(leaves, r);
        g_autoptr(GapGeometry) shape =
            outline ? gap_cover_project(work->travel.field->ground, outline, &why) : NULL;
        if (why) {
            g_propagate_error(error, g_steal_pointer(&why));
            return NULL;
        }
        g_ptr_array_add(shapes, shape ? gap_geometry_to_wkb(shape) : NULL);
    }
    return g_steal_pointer(&shapes);
}

bool gap_travel_sum_raster(GapCoverageWork *work, const char *run, double within,
                           const char *counts, GError **error) {
    const GapTravelWork *travel = &work->travel;
    const GapGrid *exact = travel->minutes_exact ? travel->minutes_exact : travel->minutes;
    g_autoptr(GapTable) leaves =
        gap_store_select(work->store, &LEAVES, error, "s", work->options->as_of);
    g_autoptr(GPtrArray) shapes = leaves ? leaf_shapes(work, leaves, error) : NULL;
    if (!shapes)
        return false;
    g_autofree GapZone *all = sum_zones(work, travel->minutes, INFINITY, shapes, error);
    g_autofree GapZone *in = all ? sum_zones(work, travel->minutes, within, shapes, error) : NULL;
    g_autofree GapZone *sure = in ? sum_zones(work, exact, within, shapes, error) : NULL;
    json_t *points = json_loads(counts, 0, NULL);
    bool ok = sure != NULL;
    for (size_t r = 0; ok && r < shapes->len; r++) {
        const char *code = gap_table_text(leaves, r, 0);
        ok = gap_store_run(work->store, &INSERT_LEAF, error, "ssiiii", run, code,
                           (gint64)llround(all[r].sum), (gint64)llround(in[r].sum),
                           (gint64)llround(sure[r].sum),
                           (gint64)json_integer_value(json_object_get(points, code)));
    }
    json_decref(points);
    return ok;
}
