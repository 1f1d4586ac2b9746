#include "geo/travel/result.h"

#include "geo/base/error.h"

static size_t cell_of(const GapSurface *surface, size_t index) {
    return (index / surface->stride - PAD) * surface->cols + index % surface->stride - PAD;
}

/* What a step spends in one of the cells it crosses, as part of the stretch it continues or opens.
 */
static void add(GArray *parts, const GapTravelPart *more) {
    GapTravelPart *last = parts->len ? &g_array_index(parts, GapTravelPart, parts->len - 1) : NULL;
    if (!last || last->class != more->class) {
        g_array_append_val(parts, *more);
        return;
    }
    last->length_m += more->length_m;
    last->up_m += more->up_m;
    last->down_m += more->down_m;
    last->minutes += more->minutes;
}

static void add_step(const GapTravel *travel, GArray *parts, size_t from, int k) {
    const GapSurface *surface = travel->surface;
    const GapStep *step = &surface->step[k];
    const bool inwards = travel->sweep.inwards;
    const double slope = surface->classes ? gap_step_slope(surface, from, k, inwards) : 0;
    const double stretch =
        surface->options.length == GAP_LENGTH_SURFACE ? sqrt(1 + slope * slope) : 1;
    for (int i = 0; i < step->n; i++) {
        const int nth = inwards ? step->n - 1 - i : i;
        const size_t index = from + (size_t)step->crossed[nth];
        const double run_m = step->share[nth] * step->length_m;
        add(parts, &(GapTravelPart){surface->classes ? surface->classes[index] : 0, run_m * stretch,
                                    run_m * MAX(slope, 0), run_m * MAX(-slope, 0),
                                    gap_step_part_s(surface, k, nth, index, slope) / 60});
    }
}

static void reverse(GArray *cells) {
    for (guint i = 0, j = cells->len; i + 1 < j; i++) {
        const size_t first = g_array_index(cells, size_t, i);
        g_array_index(cells, size_t, i) = g_array_index(cells, size_t, --j);
        g_array_index(cells, size_t, j) = first;
    }
}

GapTravelPath *gap_travel_path(const GapTravel *travel, size_t cell, GError **error) {
    const GapSurface *surface = travel->surface;
    if (cell >= surface->cols * surface->rows || isnan(gap_travel_minutes_at(travel, cell))) {
        gap_fail(error, GAP_ERROR_MISSING, "cell %zu is not reached", cell);
        return NULL;
    }
    g_autoptr(GArray) froms = g_array_new(FALSE, FALSE, sizeof(size_t)); // from the cell back
    g_autoptr(GArray) steps = g_array_new(FALSE, FALSE, sizeof(int));
    GapTravelPath *path = g_new0(GapTravelPath, 1);
    path->minutes = gap_travel_minutes_at(travel, cell);
    path->cells = g_array_new(FALSE, FALSE, sizeof(size_t));
    path->parts = g_array_new(FALSE, FALSE, sizeof(GapTravelPart));
    size_t index = gap_surface_index(surface, cell);
    g_array_append_val(path->cells, cell);
    for (int k; (k = gap_travel_step_to(travel, index)) >= 0;) {
        index -= (size_t)surface->step[k].to;
        const size_t at = cell_of(surface, index);
        g_array_append_val(path->cells, at);
        g_array_append_val(froms, index);
        g_array_append_val(steps, k);
    }
    path->source = (size_t)gap_travel_source_at(travel, index);
    path->turnout_min = travel->sources[path->source].turnout_min;
    for (guint i = 0; i < steps->len; i++) {
        const guint nth = travel->sweep.inwards ? i : steps->len - 1 - i;
        add_step(travel, path->parts, g_array_index(froms, size_t, nth),
                 g_array_index(steps, int, nth));
    }
    if (!travel->sweep.inwards)
        reverse(path->cells);
    return path;
}

void gap_travel_path_free(GapTravelPath *path) {
    if (!path)
        return;
    g_array_unref(path->cells);
    g_array_unref(path->parts);
    g_free(path);
}
