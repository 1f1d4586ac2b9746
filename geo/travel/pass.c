#include "geo/travel/plain.h"

enum {
    CHUNK = 256, // cells looked up together
    AHEAD = 4,   // how many cells before its turn one is fetched from memory
};

/* The cell that is passed on: its index, its place in the tile. */
typedef struct {
    size_t index;
    uint16_t cell;
    bool inner; // no step leads out of the tile
} At;

uint32_t gap_sweep_step(const GapSweep *sweep, size_t from, int k) {
    const GapSurface *surface = sweep->surface;
    if (!gap_surface_plain_at(surface, from))
        return gap_whole(sweep->ticks_per_s * gap_step_s(surface, from, k, sweep->inwards));
    const GapClassTicks *class = &sweep->ticks[surface->classes[from]];
    const float *z = &surface->z[from];
    return class->langmuir ? (uint32_t)gap_langmuir_ticks(sweep, class, z, k & ~1)[k & 1]
                           : gap_table_ticks(sweep, class, z, k);
}

/* Out of the tile, or beyond the window. */
static void lower_far(GapWorker *worker, const At *at, int k, uint32_t ticks) {
    const GapStep *step = &worker->sweep->surface->step[k];
    const int row = (at->cell >> TILE_BITS) + step->dy, col = (at->cell & (TILE - 1)) + step->dx;
    const int down = row >> TILE_BITS, right = col >> TILE_BITS; // -1, 0 or 1
    const uint16_t cell = (uint16_t)((row & (TILE - 1)) << TILE_BITS | (col & (TILE - 1)));
    const int tile = (int)worker->tile + down * (int)worker->sweep->tile_cols + right;
    const GapLeft left = {(uint32_t)tile, ticks, cell};
    if (down || right || ticks >= worker->sweep->until)
        g_array_append_val(worker->left, left);
    else
        gap_cells_push(gap_worker_bucket(worker, ticks), cell);
}

/* A lower label: into its bucket, or to wait. */
static inline void lower(GapWorker *worker, const At *at, int k, uint32_t label) {
    const GapSweep *sweep = worker->sweep;
    const uint32_t ticks = label >> 1;
    sweep->label[at->index + (size_t)sweep->to[k]] = label;
    if (at->inner && ticks < sweep->until)
        gap_cells_push(gap_worker_bucket(worker, ticks), (uint16_t)(at->cell + sweep->by[k]));
    else
        lower_far(worker, at, k, ticks);
}

/* The labels that better what is known, picked without branches: a third of those that are tried
 * do not, in an order that no processor foresees. */
typedef struct {
    uint8_t step[MOVES + 1];
    uint32_t label[MOVES + 1];
} Offers;

/* Puts an offer in the n-th place; answers how many there are. */
G_ALWAYS_INLINE static inline unsigned offer(Offers *offers, unsigned n, int k, uint64_t label,
                                             uint32_t known) {
    offers->step[n] = (uint8_t)k;
    offers->label[n] = (uint32_t)label;
    return n + (label < known);
}

G_ALWAYS_INLINE static inline unsigned langmuir_offers(const GapSweep *sweep,
                                                       const GapClassTicks *class, size_t index,
                                                       uint32_t label, int steps, Offers *offers) {
    const float *z = &sweep->surface->z[index];
    const uint32_t *known = &sweep->label[index];
    unsigned n = 0;
#pragma GCC unroll 16
    for (int k = 0; k < steps; k += 2) {
        const GapPairTicks two = gap_langmuir_ticks(sweep, class, z, k);
        const uint64_t first = (uint32_t)two[0], second = (uint32_t)two[1];
        n = offer(offers, n, k, label + 2 * first, known[sweep->to[k]]);
        n = offer(offers, n, k + 1, label + 2 * second, known[sweep->to[k + 1]]);
    }
    return n;
}

/* Looking up a pace takes long, so only for steps that may lead anywhere. */
G_ALWAYS_INLINE static inline unsigned table_offers(const GapSweep *sweep,
                                                    const GapClassTicks *class, size_t index,
                                                    uint32_t label, int steps, Offers *offers) {
    const float *z = &sweep->surface->z[index];
    const uint32_t *known = &sweep->label[index];
    Offers hopeful;
    unsigned n_hopeful = 0, n = 0;
    for (int k = 0; k < steps; k++)
        n_hopeful =
            offer(&hopeful, n_hopeful, k, label + (uint64_t) class->least[k], known[sweep->to[k]]);
    for (unsigned i = 0; i < n_hopeful; i++) {
        const int k = hopeful.step[i];
        const uint64_t ticks = gap_table_ticks(sweep, class, z, k);
        n = offer(offers, n, k, label + 2 * ticks, known[sweep->to[k]]);
    }
    return n;
}

G_ALWAYS_INLINE static inline void pass_on_plain(GapWorker *worker, const At *at, uint32_t label,
                                                 int steps) {
    const GapSweep *sweep = worker->sweep;
    const GapClassTicks *class = &sweep->ticks[sweep->surface->classes[at->index]];
    Offers offers;
    const unsigned n = class->langmuir
                           ? langmuir_offers(sweep, class, at->index, label, steps, &offers)
                           : table_offers(sweep, class, at->index, label, steps, &offers);
    for (unsigned i = 0; i < n; i++)
        lower(worker, at, offers.step[i], offers.label[i]);
}

/* Whether step `k` between cells of these classes cannot better `label` at its end. */
static inline bool hopeless(const GapSweep *sweep, int k, size_t from, size_t to, uint32_t label) {
    const uint8_t *classes = sweep->surface->classes;
    if (sweep->label[to] <= label || !classes)
        return sweep->label[to] <= label;
    return sweep->label[to] <= (uint64_t)label + sweep->least_between[k] +
                                   sweep->ticks[classes[from]].least_end[k] +
                                   sweep->ticks[classes[to]].least_end[k];
}

static void pass_on_mixed(GapWorker *worker, const At *at, uint32_t label) {
    const GapSweep *sweep = worker->sweep;
    const GapSurface *surface = sweep->surface;
    for (int k = 0; k < surface->n_steps; k++) {
        const size_t to = at->index + (size_t)sweep->to[k];
        if (hopeless(sweep, k, at->index, to, label))
            continue;
        const double seconds = gap_step_s(surface, at->index, k, sweep->inwards);
        const uint64_t new = label + 2 * (uint64_t)gap_whole(seconds * sweep->ticks_per_s);
        if (isfinite(seconds) && new < sweep->label[to])
            lower(worker, at, k, (uint32_t) new);
    }
}

/* The number of steps as a constant lets the compiler lay the loops over them out flat. */
static inline void pass_on(GapWorker *worker, const At *at) {
    const GapSweep *sweep = worker->sweep;
    const uint32_t label = sweep->label[at->index] | 1;
    if (!gap_surface_plain_at(sweep->surface, at->index))
        pass_on_mixed(worker, at, label);
    else if (sweep->surface->n_steps == 8)
        pass_on_plain(worker, at, label, 8);
    else if (sweep->surface->n_steps == 16)
        pass_on_plain(worker, at, label, 16);
    else
        pass_on_plain(worker, at, label, 32);
}

/* Those of `n` cells that still wait, which they then no longer do; of two alike the first. */
static unsigned take_waiting(const GapSweep *sweep, uint32_t tile, const uint16_t *cell, unsigned n,
                             At *waiting) {
    const size_t base = gap_sweep_tile_base(sweep, tile), stride = sweep->surface->stride;
    unsigned found = 0;
    for (unsigned i = 0; i < n; i++) {
        const unsigned row = cell[i] >> TILE_BITS, col = cell[i] & (TILE - 1);
        const size_t index = base + row * stride + col;
        const uint32_t label = sweep->label[index];
        const bool inner = (row - PAD < TILE - 2 * PAD) & (col - PAD < TILE - 2 * PAD);
        waiting[found] = (At){index, cell[i], inner};
        sweep->label[index] = label & ~1u;
        found += label & 1;
    }
    return found;
}

static inline void fetch(const GapSweep *sweep, size_t index) {
    const GapSurface *surface = sweep->surface;
    const size_t north = index - surface->stride, south = index + surface->stride;
    __builtin_prefetch(&sweep->label[north]);
    __builtin_prefetch(&sweep->label[south]);
    __builtin_prefetch(&surface->z[north]);
    __builtin_prefetch(&surface->z[index]);
    __builtin_prefetch(&surface->z[south]);
    if (!surface->classes)
        return;
    __builtin_prefetch(&surface->classes[index]);
    __builtin_prefetch(&surface->plain[index >> 3]);
}

void gap_worker_pass_on(GapWorker *worker, GapCells *bucket) {
    const GapSweep *sweep = worker->sweep;
    At waiting[CHUNK];
    for (uint32_t done = 0; done < bucket->n;) { // it grows
        const unsigned n = MIN(CHUNK, bucket->n - done);
        const unsigned found = take_waiting(sweep, worker->tile, bucket->cell + done, n, waiting);
        done += n;
        worker->passed += found;
        for (unsigned i = 0; i < found; i++) {
            fetch(sweep, waiting[MIN(i + AHEAD, found - 1)].index);
            pass_on(worker, &waiting[i]);
        }
    }
    bucket->n = 0;
}
