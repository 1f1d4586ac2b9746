#include "geo/travel/sweep.h"

#include <stdlib.h>

/* What waits for this window goes into the buckets, the rest goes on waiting. */
static void take(GapWorker *worker, uint32_t t) {
    const GapSweep *sweep = worker->sweep;
    GapTile *tile = &sweep->tile[t];
    GapCells *waiting = &tile->waiting;
    const uint32_t *labels = &sweep->label[gap_sweep_tile_base(sweep, t)];
    uint32_t kept = 0, least = UINT32_MAX;
    for (uint32_t i = 0; i < waiting->n; i++) {
        const uint16_t cell = waiting->cell[i];
        const uint32_t label =
            labels[(cell >> TILE_BITS) * sweep->surface->stride + (cell & (TILE - 1))];
        if (!(label & 1))
            continue;
        if (label >> 1 < sweep->until) {
            gap_cells_push(gap_worker_bucket(worker, label >> 1), cell);
            continue;
        }
        waiting->cell[kept++] = cell;
        least = MIN(least, label >> 1);
    }
    waiting->n = kept;
    tile->least = least;
}

static void sweep_tile(GapWorker *worker) {
    take(worker, worker->tile);
    for (int b = 0; b < BUCKETS; b++)
        gap_worker_pass_on(worker, &worker->bucket[b]);
}

/* With all below: under the lock. What the tile led to, and the tile itself, may be swept again. */
static void put_back(GapWorker *worker) {
    GapSweep *sweep = worker->sweep;
    for (guint i = 0; i < worker->left->len; i++) {
        const GapLeft *left = &g_array_index(worker->left, GapLeft, i);
        gap_sweep_leave(sweep, left->tile, left->cell, left->ticks);
    }
    g_array_set_size(worker->left, 0);
    if (sweep->tile[worker->tile].waiting.n == 0)
        gap_sweep_unlist(sweep, worker->tile);
    worker->tile = NO_TILE;
    sweep->passed += worker->passed;
    worker->passed = 0;
    g_cond_broadcast(&sweep->changed);
}

static bool beside(const GapSweep *sweep, uint32_t one, uint32_t other) {
    const int cols = (int)sweep->tile_cols, a = (int)one, b = (int)other;
    return abs(a / cols - b / cols) <= 1 && abs(a % cols - b % cols) <= 1;
}

static bool free_to_sweep(const GapSweep *sweep, uint32_t t) {
    for (unsigned i = 0; i < sweep->n_workers; i++)
        if (sweep->worker[i].tile != NO_TILE && beside(sweep, t, sweep->worker[i].tile))
            return false;
    return sweep->tile[t].least < sweep->until;
}

/* The next tile with labels for this window that is away from all that are being swept. */
static uint32_t find_tile(GapSweep *sweep) {
    for (guint tried = 0; tried < sweep->waiting->len; tried++) {
        sweep->next = sweep->next + 1 < sweep->waiting->len ? sweep->next + 1 : 0;
        const uint32_t t = g_array_index(sweep->waiting, uint32_t, sweep->next);
        if (free_to_sweep(sweep, t))
            return t;
    }
    return NO_TILE;
}

static bool idle(const GapSweep *sweep) {
    for (unsigned i = 0; i < sweep->n_workers; i++)
        if (sweep->worker[i].tile != NO_TILE)
            return false;
    return true;
}

/* From the least label that waits on; false where none does. */
static bool next_window(GapSweep *sweep) {
    if (sweep->waiting->len == 0)
        return false;
    sweep->from = UINT32_MAX;
    for (guint i = 0; i < sweep->waiting->len; i++)
        sweep->from =
            MIN(sweep->from, sweep->tile[g_array_index(sweep->waiting, uint32_t, i)].least);
    sweep->until = sweep->from + ((uint32_t)BUCKETS << sweep->shift);
    g_cond_broadcast(&sweep->changed);
    return true;
}

static void report(GapSweep *sweep) {
    const double cells = (double)sweep->surface->cols * (double)sweep->surface->rows;
    const double share = sweep->limit < MOST_TICKS ? (double)sweep->from / sweep->limit
                                                   : (double)sweep->passed / cells;
    if (!gap_progress(sweep->progress, MIN(share, 0.99), "travel times"))
        sweep->stopped = true;
}

/* Waits where all that is left lies beside what others sweep. */
static bool next_tile(GapWorker *worker) {
    GapSweep *sweep = worker->sweep;
    if (worker == sweep->worker)
        report(sweep);
    while (!sweep->stopped) {
        worker->tile = find_tile(sweep);
        if (worker->tile != NO_TILE)
            return true;
        if (!idle(sweep))
            g_cond_wait(&sweep->changed, &sweep->lock);
        else if (!next_window(sweep))
            break;
    }
    g_cond_broadcast(&sweep->changed);
    return false;
}

static gpointer work(gpointer data) {
    GapWorker *worker = data;
    g_mutex_lock(&worker->sweep->lock);
    while (next_tile(worker)) {
        g_mutex_unlock(&worker->sweep->lock);
        sweep_tile(worker);
        g_mutex_lock(&worker->sweep->lock);
        put_back(worker);
    }
    g_mutex_unlock(&worker->sweep->lock);
    return NULL;
}

bool gap_sweep_run(GapSweep *sweep, const GapProgress *progress) {
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    sweep->from = sweep->until = 0;
    sweep->progress = progress;
    for (unsigned i = 1; i < sweep->n_workers; i++)
        g_ptr_array_add(others, g_thread_new("travel", work, &sweep->worker[i]));
    work(&sweep->worker[0]);
    for (guint i = 0; i < others->len; i++)
        g_thread_join(others->pdata[i]);
    return !sweep->stopped;
}
