#include "layers/coverage/reached.h"

#include "geo/base/error.h"
#include "geo/files/raster_onto.h"
#include "geo/files/raster_write.h"

#include <math.h>
#include <string.h>

/* Minutes over the whole ground, where its frame lies; all NaN where nobody travels. */
static GapGrid *minutes_of(const GapTravelField *field, const GapTravel *travel, GError **error) {
    const GapFrame *frame = &field->ground->frame;
    GapGrid *grid =
        travel ? gap_travel_minutes(travel, error) : gap_grid_new(frame->cols, frame->rows, error);
    if (!grid)
        return NULL;
    grid->west = frame->west;
    grid->north = frame->north;
    grid->dx = frame->dx;
    grid->dy = frame->dy;
    return grid;
}

static bool search_all(GapTravelWork *work, GError **error) {
    GapTravelField *field = work->field;
    const size_t n = field->ground->frame.cols * field->ground->frame.rows;
    g_autoptr(GapTravel) travel =
        field->sources->len ? gap_travel_field_travel(field, work->known_min, false, error) : NULL;
    if (field->sources->len && !travel)
        return false;
    work->minutes = minutes_of(field, travel, error);
    g_autofree uint8_t *back = travel && work->minutes ? gap_travel_backlinks(travel, error) : NULL;
    if (back)
        work->owner = gap_travel_allocation(travel, back, error);
    for (size_t i = 0; work->owner && i < n; i++)
        if (work->owner[i] >= 0)
            work->owner[i] = (int32_t)g_array_index(field->row, size_t, work->owner[i]);
    return work->minutes && (!travel || work->owner);
}

static bool search_exact(GapTravelWork *work, GError **error) {
    const GapTravelField *field = work->field;
    guint assumed = 0;
    for (guint i = 0; i < field->row->len; i++)
        assumed +=
            gap_points_is_assumed(field->points->fixed, g_array_index(field->row, size_t, i));
    if (assumed == 0)
        return true;
    g_autoptr(GapTravel) travel = assumed < field->row->len
                                      ? gap_travel_field_travel(field, work->known_min, true, error)
                                      : NULL;
    if (assumed < field->row->len && !travel)
        return false;
    work->minutes_exact = minutes_of(field, travel, error);
    return work->minutes_exact != NULL;
}

static bool read_people(GapTravelWork *work, const GapCoverageTravel *travel, GError **error) {
    GapPeopleSums sums;
    const GapTravelGround *ground = work->field->ground;
    if (!travel->people)
        return true;
    work->people = gap_raster_people(travel->people, &ground->frame, ground->definition,
                                     travel->density, &sums, work->notes, error);
    if (!work->people)
        return false;
    gap_note(work->notes, "%s: %.1f people, %.1f on the grid and %.1f beyond it", travel->people,
             sums.before, sums.placed, sums.outside);
    return sums.placed > 0 ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: nobody of its %.1f people lives on the grid: check that it shows the same "
                    "country, and its coordinate system",
                    travel->people, sums.before);
}

static void add_notes(GPtrArray *all, const GPtrArray *some) {
    for (guint i = 0; i < some->len; i++)
        g_ptr_array_add(all, g_strdup(some->pdata[i]));
}

bool gap_travel_work_new(GapCoverageWork *work, double known_min, GError **error) {
    GapTravelWork *travel = &work->travel;
    const GapCoverageTravel *options = work->options->travel;
    travel->known_min = known_min;
    travel->notes = g_ptr_array_new_with_free_func(g_free);
    travel->field =
        gap_travel_field_new(work->store, g_steal_pointer(&work->points), &options->field, error);
    if (!travel->field)
        return false;
    work->points = travel->field->points;
    add_notes(travel->notes, travel->field->ground->notes);
    add_notes(travel->notes, travel->field->notes);
    gap_travel_note_officers(work);
    return search_all(travel, error) && search_exact(travel, error) &&
           read_people(travel, options, error);
}

void gap_travel_work_clear(GapTravelWork *travel) {
    gap_travel_field_free(travel->field);
    gap_grid_free(travel->minutes);
    gap_grid_free(travel->minutes_exact);
    gap_grid_free(travel->people);
    g_free(travel->owner);
    g_clear_pointer(&travel->notes, g_ptr_array_unref);
}

static double minutes_at(const GapGrid *minutes, size_t cell) {
    return isnan(minutes->cells[cell]) ? INFINITY : (double)minutes->cells[cell];
}

void gap_travel_measure(const GapCoverageWork *work, GapReached *d) {
    const GapTravelWork *travel = &work->travel;
    double away_m;
    d->nearest = -1;
    d->away = d->away_exact = INFINITY;
    d->nowhere = !gap_travel_field_cell(travel->field, d->lon, d->lat, &d->cell, &away_m);
    if (d->nowhere)
        return;
    d->away = minutes_at(travel->minutes, d->cell);
    d->nearest = isinf(d->away) ? -1 : travel->owner[d->cell];
    d->away_exact =
        minutes_at(travel->minutes_exact ? travel->minutes_exact : travel->minutes, d->cell);
}

void gap_travel_note_nowhere(GapCoverageWork *work) {
    gint64 people = 0;
    size_t places = 0;
    for (size_t i = 0; i < work->n; i++)
        if (work->demand[i].nowhere && work->demand[i].patrol < 0) {
            people += work->demand[i].people;
            places++;
        }
    if (places)
        gap_note(work->travel.notes,
                 "%" G_GINT64_FORMAT " people at %zu places have no open ground within %.0f m, or "
                 "lie outside the grid: they count as beyond reach",
                 people, places, work->travel.field->options.snap_m);
}

/* ---- rasters ---- */

static bool write_minutes(const GapCoverageWork *work, const GapRasterItem *items, size_t n,
                          GError **error) {
    const GapRasterWrite how = {"travel time", "min", items, n};
    const char *path = work->options->travel->minutes_to;
    return !path || gap_raster_write(work->travel.minutes, work->travel.field->ground->definition,
                                     &how, path, error);
}

/* The quickest points by number, and what the numbers mean. */
static bool write_nearest(const GapCoverageWork *work, GError **error) {
    const GapTable *fixed = work->points->fixed;
    const GapTravelGround *ground = work->travel.field->ground;
    const char *path = work->options->travel->nearest_to;
    if (!path || !work->travel.owner)
        return true;
    const size_t n = gap_table_rows(fixed);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_autofree GapRasterItem *items = g_new0(GapRasterItem, n + 1);
    for (size_t r = 0; r < n; r++) {
        g_ptr_array_add(keys, g_strdup_printf("point_%zu", r));
        items[r] = (GapRasterItem){keys->pdata[r], gap_table_text(fixed, r, 0)};
    }
    const GapRasterWrite how = {"quickest police point", NULL, items, n};
    return gap_raster_write_numbers(&ground->frame, work->travel.owner, ground->definition, &how,
                                    path, error);
}

bool gap_travel_write(const GapCoverageWork *work, GError **error) {
    const GapTravelField *field = work->travel.field;
    g_autofree char *known = g_strdup_printf("%.15g", work->travel.known_min);
    const GapRasterItem items[] = {
        {"as_of", work->options->as_of},
        {"direction", field->options.inwards ? "people-to-police" : "police-to-people"},
        {"known_to_min", known},
        {"scenario", field->options.ground.scenario ? field->options.ground.scenario : "none"},
        {"TIFFTAG_SOFTWARE", "gapmap " GAP_VERSION},
    };
    return write_minutes(work, items, G_N_ELEMENTS(items), error) && write_nearest(work, error);
}
