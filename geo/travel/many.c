#include "geo/travel/result.h"

#include <string.h>

#include "geo/base/error.h"

/* A target by where it lies, so that a search looks only where it went. */
typedef struct {
    uint32_t tile, number;
    size_t index;
} Target;

typedef struct {
    const GapSurface *surface;
    const GapTravelSource *origins;
    size_t n_origins;
    const GapTravelOptions *options;
    Target *targets; // by tile
    size_t *first;   // by tile: its first in `targets`; one more at the end
    GArray **found;  // by origin
    const GapProgress *progress;
    GMutex lock; // of all below
    size_t next;
    bool stopped;
    GError *error;
} Many;

static int by_target(gconstpointer a, gconstpointer b) {
    const GapTravelPair *one = a, *other = b;
    return one->to < other->to ? -1 : one->to > other->to;
}

/* Sorts the targets into tiles by counting. */
static bool place_targets(Many *many, const size_t *targets, size_t n, GError **error) {
    const GapSurface *surface = many->surface;
    const size_t tile_cols = (surface->cols + TILE - 1) >> TILE_BITS;
    const size_t tiles = tile_cols * ((surface->rows + TILE - 1) >> TILE_BITS);
    g_autofree Target *all = g_new0(Target, n);
    many->first = g_new0(size_t, tiles + 1);
    many->targets = g_new(Target, n);
    for (size_t i = 0; i < n; i++) {
        if (targets[i] >= surface->cols * surface->rows)
            return gap_fail(error, GAP_ERROR_USAGE, "target %zu lies outside the grid: cell %zu",
                            i + 1, targets[i]);
        const size_t row = targets[i] / surface->cols, col = targets[i] % surface->cols;
        all[i] = (Target){(uint32_t)((row >> TILE_BITS) * tile_cols + (col >> TILE_BITS)),
                          (uint32_t)i, gap_surface_index(surface, targets[i])};
        many->first[all[i].tile + 1]++;
    }
    for (size_t t = 0; t < tiles; t++)
        many->first[t + 1] += many->first[t];
    g_autofree size_t *next = g_memdup2(many->first, tiles * sizeof *next);
    for (size_t i = 0; i < n; i++)
        many->targets[next[all[i].tile]++] = all[i];
    return true;
}

static GArray *answers(const Many *many, const GapSweep *sweep, uint32_t origin) {
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(GapTravelPair));
    for (guint i = 0; i < sweep->touched->len; i++) {
        const uint32_t t = g_array_index(sweep->touched, uint32_t, i);
        for (size_t j = many->first[t]; j < many->first[t + 1]; j++) {
            const size_t index = many->targets[j].index;
            if (!gap_sweep_reached(sweep, index))
                continue;
            const double minutes = (sweep->label[index] >> 1) / (60 * sweep->ticks_per_s);
            const GapTravelPair pair = {origin, many->targets[j].number, (float)minutes};
            g_array_append_val(pairs, pair);
        }
    }
    g_array_sort(pairs, by_target);
    return pairs;
}

/* The next origin, or false where there is none or the work is to stop. */
static bool take(Many *many, size_t *origin) {
    g_mutex_lock(&many->lock);
    if (!many->stopped && many->next < many->n_origins)
        many->stopped = !gap_progress(many->progress, (double)many->next / (double)many->n_origins,
                                      "travel times");
    const bool taken = !many->stopped && many->next < many->n_origins;
    *origin = taken ? many->next++ : 0;
    g_mutex_unlock(&many->lock);
    return taken;
}

static void give_up(Many *many, GError *error) {
    g_mutex_lock(&many->lock);
    many->stopped = true;
    if (many->error)
        g_error_free(error);
    else
        many->error = error;
    g_mutex_unlock(&many->lock);
}

static gpointer work(gpointer data) {
    Many *many = data;
    GapSweep sweep;
    GError *error = NULL;
    const double ticks_per_s =
        isfinite(many->options->limit_min) ? gap_travel_ticks_per_s(many->options->limit_min) : 1e3;
    GapTravelOptions options = *many->options;
    options.threads = 1;
    if (!gap_sweep_init(&sweep, many->surface, &options, ticks_per_s, &error))
        give_up(many, error);
    for (size_t origin; take(many, &origin); gap_sweep_reset(&sweep)) {
        gap_sweep_start(&sweep, &many->origins[origin]);
        gap_sweep_run(&sweep, NULL);
        many->found[origin] = answers(many, &sweep, (uint32_t)origin);
    }
    gap_sweep_clear(&sweep);
    return NULL;
}

static GArray *gather(Many *many) {
    GArray *all = g_array_new(FALSE, FALSE, sizeof(GapTravelPair));
    for (size_t i = 0; i < many->n_origins; i++) {
        g_array_append_vals(all, many->found[i]->data, many->found[i]->len);
        g_clear_pointer(&many->found[i], g_array_unref);
    }
    return all;
}

static GArray *all_pairs(Many *many, unsigned threads, GError **error) {
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    while (others->len + 1 < MIN(threads, many->n_origins))
        g_ptr_array_add(others, g_thread_new("travel", work, many));
    work(many);
    for (guint i = 0; i < others->len; i++)
        g_thread_join(others->pdata[i]);
    if (many->error) {
        g_propagate_error(error, g_steal_pointer(&many->error));
        return NULL;
    }
    if (many->stopped) {
        gap_fail(error, GAP_ERROR_FAILED, "travel times: stopped on request");
        return NULL;
    }
    return gather(many);
}

GArray *gap_travel_many(const GapSurface *surface, const GapTravelSource *origins, size_t n_origins,
                        const size_t *targets, size_t n_targets, const GapTravelOptions *options,
                        unsigned threads, const GapProgress *progress, GError **error) {
    if (!gap_travel_check(surface, origins, n_origins, options, error))
        return NULL;
    if (n_targets > G_MAXUINT32) {
        gap_fail(error, GAP_ERROR_USAGE, "%zu targets are too many", n_targets);
        return NULL;
    }
    Many many = {.surface = surface,
                 .origins = origins,
                 .n_origins = n_origins,
                 .options = options,
                 .found = g_new0(GArray *, n_origins + 1),
                 .progress = progress};
    g_mutex_init(&many.lock);
    GArray *pairs = NULL;
    if (place_targets(&many, targets, n_targets, error))
        pairs = all_pairs(&many, threads ? threads : g_get_num_processors(), error);
    for (size_t i = 0; i < n_origins; i++)
        g_clear_pointer(&many.found[i], g_array_unref);
    g_mutex_clear(&many.lock);
    g_free(many.found);
    g_free(many.targets);
    g_free(many.first);
    return pairs;
}
