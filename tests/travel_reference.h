/** Least travel time the plain way, to hold the fast one against: a binary heap, doubles, formulas
 *  instead of tables, and moves cut into cells by geometry. Shares no code with it but the pace by
 *  slope, which tests of its own and GRASS check. */
#ifndef GAP_TESTS_TRAVEL_REFERENCE_H
#define GAP_TESTS_TRAVEL_REFERENCE_H

#include <glib.h>
#include <math.h>
#include <stdlib.h>

#include "geo/travel/travel.h"

typedef struct {
    double key;
    size_t cell;
} GapHeapEntry;

static void heap_push(GArray *heap, double key, size_t cell) {
    const GapHeapEntry entry = {key, cell};
    g_array_append_val(heap, entry);
    GapHeapEntry *at = (GapHeapEntry *)(void *)heap->data;
    for (guint i = heap->len - 1; i > 0 && at[(i - 1) / 2].key > at[i].key; i = (i - 1) / 2) {
        const GapHeapEntry up = at[i];
        at[i] = at[(i - 1) / 2];
        at[(i - 1) / 2] = up;
    }
}

static GapHeapEntry heap_pop(GArray *heap) {
    GapHeapEntry *at = (GapHeapEntry *)(void *)heap->data;
    const GapHeapEntry first = at[0];
    g_array_remove_index_fast(heap, 0);
    for (guint i = 0, child; (child = 2 * i + 1) < heap->len; i = child) {
        child += child + 1 < heap->len && at[child + 1].key < at[child].key;
        if (at[child].key >= at[i].key)
            break;
        const GapHeapEntry down = at[i];
        at[i] = at[child];
        at[child] = down;
    }
    return first;
}

typedef struct {
    const GapGround *ground;
    const GapSurfaceOptions *options;
    bool inwards;
} GapReference;

static bool reference_open(const GapReference *ref, gint64 col, gint64 row) {
    const GapGround *g = ref->ground;
    if (col < 0 || row < 0 || col >= (gint64)g->cols || row >= (gint64)g->rows)
        return false;
    const size_t cell = (size_t)row * g->cols + (size_t)col;
    if (g->friction_min_per_m)
        return !isnan(g->friction_min_per_m[cell]);
    if (g->elevation_m && isnan(g->elevation_m[cell]) && ref->options->unknown_closed)
        return false;
    return g->table[g->classes ? g->classes[cell] : 0].mode != GAP_MODE_CLOSED;
}

/** Seconds a metre. */
static double reference_pace(const GapReference *ref, size_t cell, double slope) {
    const GapGround *g = ref->ground;
    if (g->friction_min_per_m)
        return 60 * (double)g->friction_min_per_m[cell];
    const GapTravelClass *class = &g->table[g->classes ? g->classes[cell] : 0];
    const GapWalk *walk = &ref->options->walk;
    const double extra = class->mode == GAP_MODE_WALK && walk->kind == GAP_WALK_LANGMUIR
                             ? walk->lambda * class->friction_s_per_m
                             : 0;
    return 3.6 / class->kmh * gap_pace_factor(class->mode, walk, ref->options->length, slope) +
           extra;
}

static int by_value(const void *a, const void *b) {
    const double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

/** Where a straight line of dx by dy cells meets the borders of cells, as shares of its length,
 *  with both ends, in order. */
static size_t reference_cuts(int dx, int dy, double cuts[10]) {
    size_t n = 0;
    cuts[n++] = 0;
    for (int i = 0; i < abs(dx); i++)
        cuts[n++] = (i + 0.5) / abs(dx);
    for (int i = 0; i < abs(dy); i++)
        cuts[n++] = (i + 0.5) / abs(dy);
    cuts[n++] = 1;
    qsort(cuts, n, sizeof *cuts, by_value);
    return n;
}

/** INFINITY where a cell crossed is closed, or both beside a corner. */
static double reference_step_s(const GapReference *ref, gint64 col, gint64 row, int dx, int dy) {
    const GapGround *g = ref->ground;
    double cuts[10], seconds = 0, slope = 0;
    const size_t n = reference_cuts(dx, dy, cuts);
    const double length = hypot(dx * g->dx, dy * g->dy);
    const size_t from = (size_t)row * g->cols + (size_t)col;
    const size_t to = (size_t)(row + dy) * g->cols + (size_t)(col + dx);
    if (g->elevation_m && !g->friction_min_per_m && reference_open(ref, col + dx, row + dy))
        slope = ((double)g->elevation_m[to] - (double)g->elevation_m[from]) / length;
    slope = isnan(slope) ? 0 : ref->inwards ? -slope : slope;
    gint64 last_x = col, last_y = row;
    for (size_t i = 0; i + 1 < n; i++) {
        if (cuts[i + 1] - cuts[i] < 1e-9)
            continue; // both borders at once: a corner
        const double middle = (cuts[i] + cuts[i + 1]) / 2;
        const gint64 x = col + (gint64)nearbyint(middle * dx),
                     y = row + (gint64)nearbyint(middle * dy);
        if (!reference_open(ref, x, y))
            return INFINITY;
        if (x != last_x && y != last_y && !reference_open(ref, x, last_y) &&
            !reference_open(ref, last_x, y))
            return INFINITY;
        seconds += (cuts[i + 1] - cuts[i]) * length *
                   reference_pace(ref, (size_t)y * g->cols + (size_t)x, slope);
        last_x = x;
        last_y = y;
    }
    return seconds;
}

static int common_divisor(int a, int b) {
    return b ? common_divisor(b, a % b) : abs(a);
}

/** Minutes to every cell, NaN where not reached within the limit. Returns: (transfer full). */
static double *reference_minutes(const GapReference *ref, const GapTravelSource *sources, size_t n,
                                 double limit_min) {
    const GapGround *g = ref->ground;
    const int reach = ref->options->neighbours == 8 ? 1 : ref->options->neighbours == 16 ? 2 : 3;
    double *seconds = g_new(double, g->cols * g->rows);
    for (size_t i = 0; i < g->cols * g->rows; i++)
        seconds[i] = INFINITY;
    g_autoptr(GArray) heap = g_array_new(FALSE, FALSE, sizeof(GapHeapEntry));
    for (size_t i = 0; i < n; i++)
        if (60 * sources[i].turnout_min < seconds[sources[i].cell]) {
            seconds[sources[i].cell] = 60 * sources[i].turnout_min;
            heap_push(heap, seconds[sources[i].cell], sources[i].cell);
        }
    while (heap->len > 0) {
        const GapHeapEntry first = heap_pop(heap);
        if (first.key > seconds[first.cell])
            continue;
        const gint64 col = (gint64)(first.cell % g->cols), row = (gint64)(first.cell / g->cols);
        for (int dy = -reach; dy <= reach; dy++)
            for (int dx = -reach; dx <= reach; dx++) {
                if (common_divisor(dx, dy) != 1)
                    continue;
                const double then = first.key + reference_step_s(ref, col, row, dx, dy);
                const size_t to = (size_t)((row + dy) * (gint64)g->cols + col + dx);
                if (isfinite(then) && then < seconds[to]) {
                    seconds[to] = then;
                    heap_push(heap, then, to);
                }
            }
    }
    for (size_t i = 0; i < g->cols * g->rows; i++)
        seconds[i] = isfinite(seconds[i]) && seconds[i] <= 60 * limit_min ? seconds[i] / 60 : NAN;
    return seconds;
}

#endif
