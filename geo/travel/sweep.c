#include "geo/travel/sweep.h"

#include "geo/base/error.h"

size_t gap_sweep_tile_base(const GapSweep *sweep, size_t tile) {
    const size_t row = tile / sweep->tile_cols * TILE, col = tile % sweep->tile_cols * TILE;
    return (row + PAD) * sweep->surface->stride + col + PAD;
}

static void blank(GapSweep *sweep, size_t first, size_t n) {
    for (size_t i = first; i < first + n; i++)
        sweep->label[i] = gap_surface_closed_at(sweep->surface, i) ? 0 : sweep->unreached;
}

/* Twice the whole ticks below, lowered by a hair for what rounding may do. */
static uint32_t least_label(double ticks) {
    return (uint32_t)MIN(2 * floor(ticks * (1 - 1e-9)), (double)G_MAXINT32);
}

/* `best`: seconds a metre where it goes quickest. */
static void make_class_ticks(GapSweep *sweep, size_t number, double best) {
    const GapSurface *surface = sweep->surface;
    const GapPace *pace = &surface->pace[surface->table[number].mode];
    GapClassTicks *class = &sweep->ticks[number];
    class->pace = pace;
    class->langmuir = pace->langmuir && !pace->surface;
    class->steep_from = pace->steep_from;
    for (int k = 0; k < surface->n_steps; k++) {
        const GapStep *step = &surface->step[k];
        const double per_m = step->length_m * sweep->ticks_per_s;
        const double level = surface->slow[number] * per_m, extra = surface->extra[number] * per_m;
        const double least = per_m * best + extra;
        class->per_m[k] = (sweep->inwards ? -1 : 1) * step->per_m;
        class->level[k] = class->langmuir ? level + extra : level;
        class->extra[k] = extra;
        for (int i = 0; i < 3; i++)
            class->rate[i][k] = level * pace->rate[i];
        class->least[k] = least_label(least);
        class->least_end[k] = least_label(least * step->share[0]);
    }
}

static void make_ticks(GapSweep *sweep) {
    const GapSurface *surface = sweep->surface;
    double quickest = INFINITY; // seconds a metre
    sweep->ticks = g_new0(GapClassTicks, MAX(1, surface->n_classes));
    for (size_t i = 0; i < surface->n_classes; i++) {
        const double best = surface->pace[surface->table[i].mode].least * surface->slow[i];
        if (surface->table[i].mode != GAP_MODE_CLOSED)
            quickest = MIN(quickest, best);
        make_class_ticks(sweep, i, best);
    }
    for (int k = 0; k < surface->n_steps; k++) {
        sweep->to[k] = surface->step[k].to;
        sweep->by[k] = (int16_t)(surface->step[k].dy * TILE + surface->step[k].dx);
    }
    for (int k = 0; isfinite(quickest) && k < surface->n_steps; k++)
        sweep->least_between[k] = least_label(surface->step[k].length_m * sweep->ticks_per_s *
                                              quickest * (1 - 2 * surface->step[k].share[0]));
}

static void make_workers(GapSweep *sweep, size_t n) {
    sweep->n_workers = (unsigned)MIN(n, sweep->tile_cols * sweep->tile_rows);
    sweep->worker = g_new0(GapWorker, sweep->n_workers);
    for (unsigned i = 0; i < sweep->n_workers; i++)
        sweep->worker[i] = (GapWorker){.sweep = sweep,
                                       .bucket = g_new0(GapCells, BUCKETS),
                                       .left = g_array_new(FALSE, FALSE, sizeof(GapLeft)),
                                       .tile = NO_TILE};
    g_mutex_init(&sweep->lock);
    g_cond_init(&sweep->changed);
}

static void free_workers(GapSweep *sweep) {
    for (unsigned i = 0; i < sweep->n_workers; i++) {
        for (int b = 0; b < BUCKETS; b++)
            g_free(sweep->worker[i].bucket[b].cell);
        g_free(sweep->worker[i].bucket);
        g_array_unref(sweep->worker[i].left);
    }
    if (sweep->n_workers > 0) {
        g_mutex_clear(&sweep->lock);
        g_cond_clear(&sweep->changed);
    }
    sweep->n_workers = 0;
    g_clear_pointer(&sweep->worker, g_free);
}

bool gap_sweep_init(GapSweep *sweep, const GapSurface *surface, const GapTravelOptions *options,
                    double ticks_per_s, GError **error) {
    const double most = MIN(nearbyint(options->limit_min * 60 * ticks_per_s), MOST_TICKS);
    *sweep = (GapSweep){.surface = surface,
                        .inwards = options->inwards,
                        .ticks_per_s = ticks_per_s,
                        .limit = (uint32_t)most,
                        .unreached = 2 * (uint32_t)most + 2,
                        .label = g_try_malloc_n(surface->cells, sizeof *sweep->label),
                        .tile_cols = (surface->cols + TILE - 1) >> TILE_BITS,
                        .tile_rows = (surface->rows + TILE - 1) >> TILE_BITS};
    if (!sweep->label)
        return gap_fail(error, GAP_ERROR_FAILED,
                        "no memory for travel times of %zu x %zu cells: choose larger cells or a "
                        "smaller extent",
                        surface->cols, surface->rows);
    sweep->tile = g_new0(GapTile, sweep->tile_cols * sweep->tile_rows);
    sweep->waiting = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    sweep->touched = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    make_workers(sweep, options->threads ? options->threads : g_get_num_processors());
    make_ticks(sweep);
    const double bucket = surface->mean_s * sweep->ticks_per_s;
    while (sweep->shift < 22 && (double)(2u << sweep->shift) <= bucket)
        sweep->shift++;
    blank(sweep, 0, surface->cells);
    return true;
}

void gap_sweep_clear(GapSweep *sweep) {
    for (size_t i = 0; sweep->tile && i < sweep->tile_cols * sweep->tile_rows; i++)
        g_free(sweep->tile[i].waiting.cell);
    free_workers(sweep);
    g_clear_pointer(&sweep->waiting, g_array_unref);
    g_clear_pointer(&sweep->touched, g_array_unref);
    g_clear_pointer(&sweep->tile, g_free);
    g_clear_pointer(&sweep->ticks, g_free);
    g_clear_pointer(&sweep->label, g_free);
}

void gap_sweep_reset(GapSweep *sweep) {
    const GapSurface *surface = sweep->surface;
    for (guint i = 0; i < sweep->touched->len; i++) {
        const uint32_t t = g_array_index(sweep->touched, uint32_t, i);
        const size_t row = t / sweep->tile_cols * TILE, col = t % sweep->tile_cols * TILE;
        for (size_t r = 0; r < MIN(TILE, surface->rows - row); r++)
            blank(sweep, gap_sweep_tile_base(sweep, t) + r * surface->stride,
                  MIN(TILE, surface->cols - col));
        sweep->tile[t].touched = sweep->tile[t].listed = false;
        sweep->tile[t].waiting.n = 0;
    }
    g_array_set_size(sweep->touched, 0);
    g_array_set_size(sweep->waiting, 0);
    sweep->passed = 0;
}

void gap_sweep_leave(GapSweep *sweep, uint32_t t, uint16_t cell, uint32_t key) {
    GapTile *tile = &sweep->tile[t];
    if (!tile->listed) {
        tile->place = sweep->waiting->len;
        g_array_append_val(sweep->waiting, t);
        tile->listed = true;
    }
    if (!tile->touched) {
        g_array_append_val(sweep->touched, t);
        tile->touched = true;
    }
    tile->least = tile->waiting.n == 0 ? key : MIN(tile->least, key);
    gap_cells_push(&tile->waiting, cell);
}

void gap_sweep_unlist(GapSweep *sweep, uint32_t t) {
    GapTile *tile = &sweep->tile[t];
    const uint32_t last = g_array_index(sweep->waiting, uint32_t, sweep->waiting->len - 1);
    g_array_remove_index_fast(sweep->waiting, tile->place); // the last takes its place
    sweep->tile[last].place = tile->place;
    tile->listed = false;
    g_clear_pointer(&tile->waiting.cell, g_free);
    tile->waiting.room = 0;
}

void gap_sweep_start(GapSweep *sweep, const GapTravelSource *source) {
    const size_t col = source->cell % sweep->surface->cols,
                 row = source->cell / sweep->surface->cols;
    const size_t index = gap_surface_index(sweep->surface, source->cell);
    const double ticks = nearbyint(source->turnout_min * 60 * sweep->ticks_per_s);
    const uint32_t label = (uint32_t)(2 * MIN(ticks, (double)sweep->limit + 1)) | 1;
    if (label >= sweep->label[index])
        return;
    sweep->label[index] = label;
    gap_sweep_leave(sweep, (uint32_t)((row >> TILE_BITS) * sweep->tile_cols + (col >> TILE_BITS)),
                    (uint16_t)((row & (TILE - 1)) << TILE_BITS | (col & (TILE - 1))), label >> 1);
}
