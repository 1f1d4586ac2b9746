#include "layers/coverage/field.h"

#include "geo/base/error.h"
#include "layers/coverage/coverage.h"

#include <math.h>

static const GapStatement TURNOUT = {"field.turnout",
                                     "SELECT turnout_min FROM police_point WHERE code = ?"};
static const GapStatement RUN = {"field.run",
                                 "SELECT r.within_min, t.known_min, t.options FROM run r"
                                 " JOIN travel t ON t.run = r.label WHERE r.label = ?"};

enum { CODE = 0, LON = 3, LAT = 4 }; // of the points

bool gap_travel_field_cell(const GapTravelField *field, double lon, double lat, size_t *cell,
                           double *away_m) {
    const GapFrame *frame = &field->ground->frame;
    double xy[] = {lon, lat};
    if (!gap_projection_forward(field->ground->plane, xy, 1, NULL))
        return false;
    const double col = floor((xy[0] - frame->west) / frame->dx),
                 row = floor((frame->north - xy[1]) / frame->dy);
    return fabs(col) < G_MAXINT32 && fabs(row) < G_MAXINT32 &&
           gap_surface_snap(field->surface, (gint64)col, (gint64)row, field->options.snap_m, cell,
                            away_m);
}

GBytes *gap_travel_field_to_degrees(const GapTravelField *field, GBytes *wkb, GError **error) {
    g_autoptr(GapGeometry) shape = gap_geometry_from_wkb(wkb, error);
    return shape && gap_projection_inverse(field->ground->plane, shape->xy, shape->n_points, error)
               ? gap_geometry_to_wkb(shape)
               : NULL;
}

/* ---- the points on the ground ---- */

static void set_out(GapTravelField *field, GapStore *store, size_t row, GError **error) {
    const GapTable *fixed = field->points->fixed;
    const char *code = gap_table_text(fixed, row, CODE);
    GapTravelSource source = {0, gap_store_number(store, &TURNOUT, 0, error, "s", code)};
    double away_m;
    if (!gap_travel_field_cell(field, gap_table_real(fixed, row, LON),
                               gap_table_real(fixed, row, LAT), &source.cell, &away_m)) {
        gap_note(field->notes, "point %s has no open ground within %.0f m: left out", code,
                 field->options.snap_m);
        return;
    }
    if (away_m > 0)
        gap_note(
            field->notes,
            "point %s stands on closed ground: it counts at the nearest open cell, %.0f m away",
            code, away_m);
    g_array_append_val(field->sources, source);
    g_array_append_val(field->row, row);
}

static bool set_all_out(GapTravelField *field, GapStore *store, GError **error) {
    g_autoptr(GError) why = NULL;
    const size_t n = gap_table_rows(field->points->fixed);
    for (size_t row = 0; row < n && !why; row++)
        set_out(field, store, row, &why);
    if (why)
        g_propagate_error(error, g_steal_pointer(&why));
    else if (field->sources->len || n == 0)
        return true;
    else
        gap_fail(error, GAP_ERROR_INPUT,
                 "none of the %zu police points that count has open ground within %.0f m: %s; do "
                 "the points lie in the extent, and has their ground a speed?",
                 n, field->options.snap_m, (char *)field->notes->pdata[0]);
    return false;
}

GapTravelField *gap_travel_field_new(GapStore *store, GapPoints *points,
                                     const GapTravelFieldOptions *options, GError **error) {
    g_autoptr(GapTravelField) field = g_new0(GapTravelField, 1);
    field->options = *options;
    field->points = points;
    field->sources = g_array_new(FALSE, FALSE, sizeof(GapTravelSource));
    field->row = g_array_new(FALSE, FALSE, sizeof(size_t));
    field->notes = g_ptr_array_new_with_free_func(g_free);
    field->ground = gap_travel_ground_new(store, &options->ground, error);
    if (!field->ground)
        return NULL;
    const GapGround view = gap_travel_ground_view(field->ground);
    field->surface = gap_surface_new(&view, &options->surface, error);
    return field->surface && set_all_out(field, store, error) ? g_steal_pointer(&field) : NULL;
}

void gap_travel_field_free(GapTravelField *field) {
    if (!field)
        return;
    gap_surface_free(field->surface);
    gap_travel_ground_free(field->ground);
    gap_points_free(field->points);
    g_clear_pointer(&field->sources, g_array_unref);
    g_clear_pointer(&field->row, g_array_unref);
    g_clear_pointer(&field->notes, g_ptr_array_unref);
    g_clear_pointer(&field->owned, g_ptr_array_unref);
    g_free(field->run);
    g_free(field);
}

GapTravel *gap_travel_field_travel(const GapTravelField *field, double limit_min, bool exact,
                                   GError **error) {
    g_autoptr(GArray) some = g_array_new(FALSE, FALSE, sizeof(GapTravelSource));
    for (guint i = 0; i < field->sources->len; i++)
        if (!exact ||
            !gap_points_is_assumed(field->points->fixed, g_array_index(field->row, size_t, i)))
            g_array_append_val(some, g_array_index(field->sources, GapTravelSource, i));
    if (!some->len) {
        gap_fail(error, GAP_ERROR_MISSING, "no police point counts: there is nobody to travel");
        return NULL;
    }
    const GapTravelOptions options = {limit_min, field->options.inwards};
    return gap_travel_new(field->surface, (GapTravelSource *)some->data, some->len, &options,
                          field->options.ground.progress, error);
}

/* ---- that of a run ---- */

static GapTravelField *open_run(GapStore *store, const char *run, const GapTable *kept,
                                const GapProgress *progress, GError **error) {
    g_autoptr(GPtrArray) owned = g_ptr_array_new_with_free_func(g_free);
    GapTravelFieldOptions options;
    if (!gap_travel_field_options_read(gap_table_text(kept, 0, 2), gap_store_path(store), &options,
                                       owned, error))
        return NULL;
    options.ground.progress = progress;
    GapPoints *points = gap_points_of_run(store, run, error);
    GapTravelField *field = points ? gap_travel_field_new(store, points, &options, error) : NULL;
    if (!field)
        return NULL;
    field->within_min = gap_table_real(kept, 0, 0);
    field->known_min = gap_table_real(kept, 0, 1);
    field->owned = g_steal_pointer(&owned);
    field->run = g_strdup(run);
    return field;
}

GapTravelField *gap_travel_field_open(GapStore *store, const char *run, const GapProgress *progress,
                                      GError **error) {
    static const GapColumnSpec COLUMNS[] = {
        {"within_min", GAP_TYPE_REAL}, {"known_min", GAP_TYPE_REAL}, {"options", GAP_TYPE_TEXT}};
    g_autoptr(GapTable) row =
        gap_store_table(store, &RUN, "run", COLUMNS, G_N_ELEMENTS(COLUMNS), error, "s", run);
    if (!row)
        return NULL;
    if (gap_table_rows(row) == 0) {
        gap_fail(error, GAP_ERROR_USAGE,
                 "run '%s' is not by travel time: 'gapmap coverage --mode travel' makes one", run);
        return NULL;
    }
    return gap_coverage_is_current(store, run, error) ? open_run(store, run, row, progress, error)
                                                      : NULL;
}
