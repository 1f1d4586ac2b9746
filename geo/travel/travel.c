#include "geo/travel/sweep.h"

#include <string.h>

#include "geo/base/error.h"
#include "geo/travel/result.h"

double gap_travel_ticks_per_s(double limit_min) {
    static const double all[] = {1e6, 5e5, 2e5, 1e5, 5e4, 2e4, 1e4, 5e3, 2e3, 1e3};
    size_t i = 0;
    while (i + 1 < G_N_ELEMENTS(all) && limit_min * 60 * all[i] >= MOST_TICKS)
        i++;
    return all[i];
}

static bool check_source(const GapSurface *surface, const GapTravelSource *source, size_t number,
                         GError **error) {
    const size_t cols = gap_surface_cols(surface), cells = cols * gap_surface_rows(surface);
    if (source->cell >= cells)
        return gap_fail(error, GAP_ERROR_USAGE, "source %zu lies outside the grid: cell %zu of %zu",
                        number, source->cell, cells);
    if (!gap_surface_open(surface, source->cell))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "source %zu lies on a barrier, in column %zu, row %zu of the grid: move it "
                        "to an open cell",
                        number, source->cell % cols + 1, source->cell / cols + 1);
    if (!(source->turnout_min >= 0))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "source %zu turns out after %g minutes: give 0 or more", number,
                        source->turnout_min);
    return true;
}

bool gap_travel_check(const GapSurface *surface, const GapTravelSource *sources, size_t n_sources,
                      const GapTravelOptions *options, GError **error) {
    if (!(options->limit_min > 0))
        return gap_fail(error, GAP_ERROR_USAGE, "a limit of %g minutes reaches nothing",
                        options->limit_min);
    if (n_sources > G_MAXINT32)
        return gap_fail(error, GAP_ERROR_USAGE, "%zu sources are too many", n_sources);
    for (size_t i = 0; i < n_sources; i++)
        if (!check_source(surface, &sources[i], i + 1, error))
            return false;
    return true;
}

/* Whether a way leads on from a reached cell to one that is not: the limit cut it. */
static bool cut_off(const GapSweep *sweep) {
    const GapSurface *surface = sweep->surface;
    for (size_t cell = 0; cell < surface->cols * surface->rows; cell++) {
        const size_t index = gap_surface_index(surface, cell);
        if (sweep->label[index] != sweep->unreached)
            continue;
        for (int k = 0; k < surface->n_steps; k++) {
            const size_t from = index - (size_t)surface->step[k].to;
            if (gap_sweep_reached(sweep, from) &&
                isfinite(gap_step_s(surface, from, k, sweep->inwards)))
                return true;
        }
    }
    return false;
}

static bool search(GapTravel *travel, const GapTravelOptions *options, double ticks_per_s,
                   const GapProgress *progress, GError **error) {
    gap_sweep_clear(&travel->sweep);
    if (!gap_sweep_init(&travel->sweep, travel->surface, options, ticks_per_s, error))
        return false;
    for (size_t i = 0; i < travel->n_sources; i++)
        gap_sweep_start(&travel->sweep, &travel->sources[i]);
    return gap_sweep_run(&travel->sweep, progress) ||
           gap_fail(error, GAP_ERROR_FAILED, "travel times: stopped on request");
}

/* First come, first served, of those that turn out first. */
static void note_sources(GapTravel *travel) {
    travel->source_at = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < travel->n_sources; i++) {
        const size_t index = gap_surface_index(travel->surface, travel->sources[i].cell);
        const gpointer key = GSIZE_TO_POINTER(index),
                       had = g_hash_table_lookup(travel->source_at, key);
        if (!had ||
            travel->sources[i].turnout_min < travel->sources[GPOINTER_TO_SIZE(had) - 1].turnout_min)
            g_hash_table_insert(travel->source_at, key, GSIZE_TO_POINTER(i + 1));
    }
}

GapTravel *gap_travel_new(const GapSurface *surface, const GapTravelSource *sources,
                          size_t n_sources, const GapTravelOptions *options,
                          const GapProgress *progress, GError **error) {
    if (!gap_travel_check(surface, sources, n_sources, options, error))
        return NULL;
    g_autoptr(GapTravel) travel = g_new0(GapTravel, 1);
    travel->surface = surface;
    travel->sources = g_memdup2(sources, n_sources * sizeof *sources);
    travel->n_sources = n_sources;
    note_sources(travel);
    const bool limited = isfinite(options->limit_min);
    const double ticks_per_s = limited ? gap_travel_ticks_per_s(options->limit_min) : 1e4;
    if (!search(travel, options, ticks_per_s, progress, error) ||
        (!limited && cut_off(&travel->sweep) && !search(travel, options, 1e3, progress, error)))
        return NULL;
    return g_steal_pointer(&travel);
}

void gap_travel_free(GapTravel *travel) {
    if (!travel)
        return;
    gap_sweep_clear(&travel->sweep);
    g_clear_pointer(&travel->source_at, g_hash_table_unref);
    g_free(travel->sources);
    g_free(travel);
}

double gap_travel_tick_s(const GapTravel *travel) {
    return 1 / travel->sweep.ticks_per_s;
}

double gap_travel_minutes_at(const GapTravel *travel, size_t cell) {
    const size_t index = gap_surface_index(travel->surface, cell);
    if (!gap_sweep_reached(&travel->sweep, index))
        return NAN;
    return (travel->sweep.label[index] >> 1) / (60 * travel->sweep.ticks_per_s);
}

size_t gap_travel_reached(const GapTravel *travel) {
    size_t n = 0;
    for (size_t cell = 0; cell < travel->surface->cols * travel->surface->rows; cell++)
        n += gap_sweep_reached(&travel->sweep, gap_surface_index(travel->surface, cell));
    return n;
}
