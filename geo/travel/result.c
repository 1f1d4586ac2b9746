#include "geo/travel/result.h"

#include <string.h>

#include "geo/base/error.h"

GapGrid *gap_travel_minutes(const GapTravel *travel, GError **error) {
    const GapSurface *surface = travel->surface;
    const GapSweep *sweep = &travel->sweep;
    g_autoptr(GapGrid) grid = gap_grid_new(surface->cols, surface->rows, error);
    if (!grid)
        return NULL;
    grid->dx = surface->dx;
    grid->dy = surface->dy;
    grid->north = (double)surface->rows * surface->dy;
    const double per_minute = 60 * sweep->ticks_per_s;
    for (size_t row = 0; row < surface->rows; row++) {
        const size_t first = (row + PAD) * surface->stride + PAD;
        float *cells = grid->cells + row * surface->cols;
        for (size_t col = 0; col < surface->cols; col++)
            if (gap_sweep_reached(sweep, first + col))
                cells[col] = (float)((sweep->label[first + col] >> 1) / per_minute);
    }
    return g_steal_pointer(&grid);
}

gint64 gap_travel_source_at(const GapTravel *travel, size_t index) {
    const gsize number =
        GPOINTER_TO_SIZE(g_hash_table_lookup(travel->source_at, GSIZE_TO_POINTER(index)));
    if (number == 0)
        return -1;
    const double turnout_s = 60 * travel->sources[number - 1].turnout_min;
    const bool itself =
        nearbyint(turnout_s * travel->sweep.ticks_per_s) == travel->sweep.label[index] >> 1;
    return itself ? (gint64)number - 1 : -1;
}

int gap_travel_step_to(const GapTravel *travel, size_t index) {
    const GapSweep *sweep = &travel->sweep;
    const uint32_t ticks = sweep->label[index] >> 1;
    if (gap_travel_source_at(travel, index) >= 0)
        return -1;
    for (int k = 0; k < travel->surface->n_steps; k++) {
        const size_t from = index - (size_t)travel->surface->step[k].to;
        if (!gap_sweep_reached(sweep, from) || sweep->label[from] >> 1 >= ticks)
            continue;
        const uint64_t needed = ticks - (sweep->label[from] >> 1);
        if (gap_sweep_step(sweep, from, k) == needed)
            return k;
    }
    g_assert_not_reached(); // the search gave the cell its time by one of these steps
}

/* The number of the step that leads back. */
static uint8_t back(const GapSurface *surface, int k) {
    int j = 0;
    while (surface->step[j].to != -surface->step[k].to)
        j++;
    return (uint8_t)(j + 1);
}

static void *array(const GapSurface *surface, size_t size, GError **error) {
    void *made = g_try_malloc_n(surface->cols * surface->rows, size);
    if (!made)
        gap_fail(error, GAP_ERROR_FAILED, "no memory for %zu x %zu cells: choose larger cells",
                 surface->cols, surface->rows);
    return made;
}

uint8_t *gap_travel_backlinks(const GapTravel *travel, GError **error) {
    const GapSurface *surface = travel->surface;
    uint8_t *links = array(surface, 1, error), backs[MOVES];
    for (int k = 0; k < surface->n_steps; k++)
        backs[k] = back(surface, k);
    for (size_t cell = 0; links && cell < surface->cols * surface->rows; cell++) {
        const size_t index = gap_surface_index(surface, cell);
        if (!gap_sweep_reached(&travel->sweep, index)) {
            links[cell] = GAP_TRAVEL_NOWHERE;
            continue;
        }
        const int k = gap_travel_step_to(travel, index);
        links[cell] = k < 0 ? 0 : backs[k];
    }
    return links;
}

void gap_travel_move(uint8_t move, int *cols, int *rows) {
    static GapSurface any = {.dx = 1, .dy = 1, .options.neighbours = MOVES};
    static gsize made;
    if (g_once_init_enter(&made)) {
        gap_surface_make_steps(&any);
        g_once_init_leave(&made, 1);
    }
    const bool known = move >= 1 && move <= MOVES;
    *cols = known ? any.step[move - 1].dx : 0;
    *rows = known ? any.step[move - 1].dy : 0;
}

/* Every link is followed to the first cell whose source is known, and once more to note it. */
int32_t *gap_travel_allocation(const GapTravel *travel, const uint8_t *backlinks, GError **error) {
    enum { UNKNOWN = -2 };
    const GapSurface *surface = travel->surface;
    const size_t cells = surface->cols * surface->rows;
    int32_t *source = array(surface, sizeof *source, error);
    for (size_t cell = 0; source && cell < cells; cell++)
        source[cell] =
            backlinks[cell] == GAP_TRAVEL_NOWHERE ? -1
            : backlinks[cell] > 0
                ? UNKNOWN
                : (int32_t)gap_travel_source_at(travel, gap_surface_index(surface, cell));
    ptrdiff_t by[MOVES + 1] = {0};
    for (int k = 0; k < surface->n_steps; k++)
        by[k + 1] = surface->step[k].dy * (ptrdiff_t)surface->cols + surface->step[k].dx;
    for (size_t cell = 0; source && cell < cells; cell++) {
        size_t end = cell;
        while (source[end] == UNKNOWN)
            end += (size_t)by[backlinks[end]];
        for (size_t at = cell; source[at] == UNKNOWN; at += (size_t)by[backlinks[at]])
            source[at] = source[end];
    }
    return source;
}
