#include "geo/travel/sweep.h"

#include "geo/base/error.h"

enum { BUCKETS = 256 }; // a window is some 128 steps long: measured, as is the size of tiles

static void push(GapCells *cells, uint16_t cell) {
    if (cells->n == cells->room) {
        cells->room = MAX(64, 2 * cells->room);
        cells->cell = g_renew(uint16_t, cells->cell, cells->room);
    }
    cells->cell[cells->n++] = cell;
}

/* The index of the first cell of a tile. */
static size_t tile_base(const GapSweep *sweep, size_t tile) {
    const size_t row = tile / sweep->tile_cols * TILE, col = tile % sweep->tile_cols * TILE;
    return (row + PAD) * sweep->surface->stride + col + PAD;
}

static void blank(GapSweep *sweep, size_t first, size_t n) {
    for (size_t i = first; i < first + n; i++)
        sweep->label[i] = gap_surface_closed_at(sweep->surface, i) ? 0 : sweep->unreached;
}

/* The nearest whole number, from 1 to more than a label holds. */
static inline uint32_t whole(double ticks) {
    return ticks < 1 ? 1 : ticks < G_MAXINT32 ? (uint32_t)(ticks + 0.5) : G_MAXINT32;
}

/* Twice the whole ticks below, lowered by a hair for what rounding may do. */
static uint32_t least_label(double ticks) {
    return (uint32_t)MIN(2 * floor(ticks * (1 - 1e-9)), (double)G_MAXINT32);
}

static void make_ticks(GapSweep *sweep) {
    const GapSurface *surface = sweep->surface;
    double quickest = INFINITY; // seconds a metre
    sweep->ticks = g_new0(GapStepTicks, MAX(1, surface->n_classes) * MOVES);
    for (size_t i = 0; i < surface->n_classes; i++) {
        const double best = surface->pace[surface->table[i].mode].least * surface->slow[i];
        if (surface->table[i].mode != GAP_MODE_CLOSED)
            quickest = MIN(quickest, best);
        for (int k = 0; k < surface->n_steps; k++) {
            const GapStep *step = &surface->step[k];
            const double per_m = step->length_m * sweep->ticks_per_s;
            const double least = per_m * (best + surface->extra[i]);
            sweep->ticks[i * MOVES + (size_t)k] =
                (GapStepTicks){.level = surface->slow[i] * per_m,
                               .extra = surface->extra[i] * per_m,
                               .per_m = (sweep->inwards ? -1 : 1) * step->per_m,
                               .to = (int32_t)step->to,
                               .least = least_label(least),
                               .least_end = least_label(least * step->share[0])};
        }
    }
    for (int k = 0; isfinite(quickest) && k < surface->n_steps; k++)
        sweep->least_between[k] = least_label(surface->step[k].length_m * sweep->ticks_per_s *
                                              quickest * (1 - 2 * surface->step[k].share[0]));
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
    sweep->bucket = g_new0(GapCells, BUCKETS);
    make_ticks(sweep);
    const double bucket = surface->mean_s * sweep->ticks_per_s / 2;
    while (sweep->shift < 22 && (double)(2u << sweep->shift) <= bucket)
        sweep->shift++;
    blank(sweep, 0, surface->cells);
    return true;
}

void gap_sweep_clear(GapSweep *sweep) {
    for (size_t i = 0; sweep->tile && i < sweep->tile_cols * sweep->tile_rows; i++)
        g_free(sweep->tile[i].waiting.cell);
    for (size_t i = 0; sweep->bucket && i < BUCKETS; i++)
        g_free(sweep->bucket[i].cell);
    g_clear_pointer(&sweep->waiting, g_array_unref);
    g_clear_pointer(&sweep->touched, g_array_unref);
    g_clear_pointer(&sweep->tile, g_free);
    g_clear_pointer(&sweep->bucket, g_free);
    g_clear_pointer(&sweep->ticks, g_free);
    g_clear_pointer(&sweep->label, g_free);
}

void gap_sweep_reset(GapSweep *sweep) {
    const GapSurface *surface = sweep->surface;
    for (guint i = 0; i < sweep->touched->len; i++) {
        const uint32_t t = g_array_index(sweep->touched, uint32_t, i);
        const size_t row = t / sweep->tile_cols * TILE, col = t % sweep->tile_cols * TILE;
        for (size_t r = 0; r < MIN(TILE, surface->rows - row); r++)
            blank(sweep, tile_base(sweep, t) + r * surface->stride, MIN(TILE, surface->cols - col));
        sweep->tile[t].touched = sweep->tile[t].listed = false;
        sweep->tile[t].waiting.n = 0;
    }
    g_array_set_size(sweep->touched, 0);
    g_array_set_size(sweep->waiting, 0);
    sweep->passed = 0;
}

/* Leaves a cell for the next sweep of its tile. */
static void leave(GapSweep *sweep, uint32_t t, uint16_t cell, uint32_t key) {
    GapTile *tile = &sweep->tile[t];
    if (!tile->listed) {
        g_array_append_val(sweep->waiting, t);
        tile->listed = true;
    }
    if (!tile->touched) {
        g_array_append_val(sweep->touched, t);
        tile->touched = true;
    }
    tile->least = tile->waiting.n == 0 ? key : MIN(tile->least, key);
    push(&tile->waiting, cell);
}

/* The cell that is passed on: its tile, its place in it, its index. */
typedef struct {
    uint32_t tile;
    int row, col;
    size_t index;
} At;

/* A lower label: into its bucket, or to wait. */
static inline void lower(GapSweep *sweep, const At *at, const GapStep *step, size_t to,
                         uint32_t label) {
    const int row = at->row + step->dy, col = at->col + step->dx;
    const uint16_t cell = (uint16_t)((row & (TILE - 1)) << TILE_BITS | (col & (TILE - 1)));
    const uint32_t key = label >> 1;
    sweep->label[to] = label;
    if ((unsigned)row < TILE && (unsigned)col < TILE) {
        if (key < sweep->until)
            push(&sweep->bucket[(key - sweep->from) >> sweep->shift], cell);
        else
            leave(sweep, at->tile, cell, key);
        return;
    }
    const int down = row >> TILE_BITS, right = col >> TILE_BITS; // -1, 0 or 1
    leave(sweep, at->tile + (uint32_t)(down * (int)sweep->tile_cols + right), cell, key);
}

static inline void offer(GapSweep *sweep, const At *at, int k, size_t to, uint64_t label) {
    if (label < sweep->label[to])
        lower(sweep, at, &sweep->surface->step[k], to, (uint32_t)label);
}

/* Of a step from a plain cell, whose elevation is `z`, to `to`. */
static inline uint32_t plain_ticks(const GapSurface *surface, const GapPace *pace,
                                   const GapStepTicks *ticks, float z, size_t to) {
    const double rise = (double)surface->z[to] - (double)z;
    const double slope = isnan(rise) ? 0 : rise * ticks->per_m;
    return whole(ticks->level * gap_pace_at(surface, pace, slope) + ticks->extra);
}

uint32_t gap_sweep_step(const GapSweep *sweep, size_t from, int k) {
    const GapSurface *surface = sweep->surface;
    if (!gap_surface_plain_at(surface, from))
        return whole(sweep->ticks_per_s * gap_step_s(surface, from, k, sweep->inwards));
    const uint8_t class = surface->classes[from];
    return plain_ticks(surface, &surface->pace[surface->table[class].mode],
                       &sweep->ticks[class * MOVES + k], surface->z[from],
                       from + (size_t)surface->step[k].to);
}

static void pass_on_plain(GapSweep *sweep, const At *at, uint32_t label) {
    const GapSurface *surface = sweep->surface;
    const uint32_t *labels = sweep->label;
    const uint8_t class = surface->classes[at->index];
    const GapPace *pace = &surface->pace[surface->table[class].mode];
    const GapStepTicks *ticks = &sweep->ticks[class * MOVES];
    const float z = surface->z[at->index];
    for (int k = 0; k < surface->n_steps; k++) {
        const size_t to = at->index + (size_t)(ptrdiff_t)ticks[k].to;
        if (labels[to] <= (uint64_t)label + ticks[k].least)
            continue;
        const uint64_t cost = plain_ticks(surface, pace, &ticks[k], z, to);
        offer(sweep, at, k, to, label + 2 * cost);
    }
}

/* Whether step `k` between cells of these classes cannot better `label` at its end. */
static inline bool hopeless(const GapSweep *sweep, int k, size_t from, size_t to, uint32_t label) {
    const uint8_t *classes = sweep->surface->classes;
    if (sweep->label[to] <= label || !classes)
        return sweep->label[to] <= label;
    return sweep->label[to] <= (uint64_t)label + sweep->least_between[k] +
                                   sweep->ticks[classes[from] * MOVES + k].least_end +
                                   sweep->ticks[classes[to] * MOVES + k].least_end;
}

static void pass_on_mixed(GapSweep *sweep, const At *at, uint32_t label) {
    const GapSurface *surface = sweep->surface;
    for (int k = 0; k < surface->n_steps; k++) {
        const size_t to = at->index + (size_t)surface->step[k].to;
        if (hopeless(sweep, k, at->index, to, label))
            continue;
        const double seconds = gap_step_s(surface, at->index, k, sweep->inwards);
        if (isfinite(seconds))
            offer(sweep, at, k, to, label + 2 * (uint64_t)whole(seconds * sweep->ticks_per_s));
    }
}

static void pass_on(GapSweep *sweep, const At *at) {
    const uint32_t label = sweep->label[at->index];
    if (!(label & 1))
        return; // passed on since
    sweep->label[at->index] = label - 1;
    sweep->passed++;
    if (gap_surface_plain_at(sweep->surface, at->index))
        pass_on_plain(sweep, at, label);
    else
        pass_on_mixed(sweep, at, label);
}

/* What waits for this window goes into the buckets, the rest goes on waiting. */
static void take(GapSweep *sweep, GapTile *tile, size_t base) {
    GapCells *waiting = &tile->waiting;
    uint32_t kept = 0, least = UINT32_MAX;
    for (uint32_t i = 0; i < waiting->n; i++) {
        const uint16_t cell = waiting->cell[i];
        const uint32_t label =
            sweep->label[base + (cell >> TILE_BITS) * sweep->surface->stride + (cell & (TILE - 1))];
        if (!(label & 1))
            continue;
        if (label >> 1 < sweep->until) {
            push(&sweep->bucket[((label >> 1) - sweep->from) >> sweep->shift], cell);
            continue;
        }
        waiting->cell[kept++] = cell;
        least = MIN(least, label >> 1);
    }
    waiting->n = kept;
    tile->least = least;
}

static void sweep_tile(GapSweep *sweep, uint32_t t) {
    const size_t base = tile_base(sweep, t);
    take(sweep, &sweep->tile[t], base);
    for (int b = 0; b < BUCKETS; b++) {
        GapCells *bucket = &sweep->bucket[b];
        for (uint32_t i = 0; i < bucket->n; i++) {
            const int row = bucket->cell[i] >> TILE_BITS, col = bucket->cell[i] & (TILE - 1);
            const At at = {t, row, col, base + (size_t)row * sweep->surface->stride + (size_t)col};
            pass_on(sweep, &at);
        }
        bucket->n = 0;
    }
}

/* Sweeps the tiles that have labels for this window; answers whether there was any. */
static bool sweep_window(GapSweep *sweep) {
    bool any = false;
    for (guint i = 0; i < sweep->waiting->len;) {
        const uint32_t t = g_array_index(sweep->waiting, uint32_t, i);
        GapTile *tile = &sweep->tile[t];
        if (tile->least < sweep->until) {
            any = true;
            sweep_tile(sweep, t);
        }
        if (tile->waiting.n > 0) {
            i++;
            continue;
        }
        tile->listed = false;
        g_array_remove_index_fast(sweep->waiting, i);
        g_clear_pointer(&tile->waiting.cell, g_free);
        tile->waiting.room = 0;
    }
    return any;
}

static double share_done(const GapSweep *sweep, bool limited) {
    const double cells = (double)sweep->surface->cols * (double)sweep->surface->rows;
    const double share =
        limited ? (double)sweep->from / sweep->limit : (double)sweep->passed / cells;
    return MIN(share, 0.99);
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
    leave(sweep, (uint32_t)((row >> TILE_BITS) * sweep->tile_cols + (col >> TILE_BITS)),
          (uint16_t)((row & (TILE - 1)) << TILE_BITS | (col & (TILE - 1))), label >> 1);
}

bool gap_sweep_run(GapSweep *sweep, const GapProgress *progress) {
    const bool limited = sweep->limit < MOST_TICKS;
    while (sweep->waiting->len > 0) {
        sweep->from = UINT32_MAX;
        for (guint i = 0; i < sweep->waiting->len; i++)
            sweep->from =
                MIN(sweep->from, sweep->tile[g_array_index(sweep->waiting, uint32_t, i)].least);
        sweep->until = sweep->from + ((uint32_t)BUCKETS << sweep->shift);
        while (sweep_window(sweep))
            if (!gap_progress(progress, share_done(sweep, limited), "travel times"))
                return false;
    }
    return true;
}
