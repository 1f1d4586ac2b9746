/** What the files of this room share: the layout of a surface, the moves, the time of a step. */
#ifndef GAP_TRAVEL_INTERNAL_H
#define GAP_TRAVEL_INTERNAL_H

#include <math.h>

#include "geo/travel/surface.h"

enum {
    PAD = 3, // closed cells on each side, so that no move leaves the arrays
    MOVES = 32,
    CLOSED = 255,     // the class of closed cells
    NODES = 4096,     // slopes from -3.2 to 3.2
    MOST_CROSSED = 6, // cells of one move, both ends included
};

/** Time over that of the level by slope: nodes of a straight line each, or Langmuir's rule as it
 *  is (it jumps). */
typedef struct {
    struct {
        double value, rise;
    } node[NODES];
    double least; // no slope is quicker
    GapMode mode;
    bool langmuir, surface;     // surface: lengths are measured along it
    double rate[3], steep_from; // Langmuir's up, down and steeply down, over that of the level
} GapPace;

/** A move on this surface. Offsets are from the index of the cell it starts in. */
typedef struct {
    int dx, dy; // east and south
    ptrdiff_t to;
    int n; // cells crossed, both ends included
    ptrdiff_t crossed[MOST_CROSSED];
    double share[MOST_CROSSED]; // of the length
    ptrdiff_t corner[2];        // the cells beside the corner it passes; twice its end where none
    double length_m, per_m;     // and 1 / length_m
} GapStep;

struct GapSurface {
    size_t cols, rows, stride, cells; // stride and cells with the padding
    double dx, dy;
    float *z;         // elevation in metres; with friction: seconds a metre; NaN as in the input
    uint8_t *classes; // CLOSED or an index below; NULL with friction
    uint8_t *plain;   // a bit a cell: all within reach of its moves are of its class
    GapSurfaceOptions options;
    GapTravelClass table[CLOSED];
    double slow[CLOSED], extra[CLOSED]; // by class: seconds a level metre, and those of friction
    size_t n_classes;
    GapPace *pace; // by mode
    double mean_s; // of a level step between neighbours, over the open cells
    int n_steps;
    GapStep step[MOVES];
};

static inline size_t gap_surface_index(const GapSurface *surface, size_t cell) {
    return (cell / surface->cols + PAD) * surface->stride + cell % surface->cols + PAD;
}

static inline bool gap_surface_closed_at(const GapSurface *surface, size_t index) {
    return surface->classes ? surface->classes[index] == CLOSED : isnan(surface->z[index]);
}

static inline bool gap_surface_plain_at(const GapSurface *surface, size_t index) {
    return surface->plain && (surface->plain[index >> 3] >> (index & 7) & 1);
}

/** Fills the steps: first the 8 of a king, then 8 knight's, then the 16 of (3,1) and (3,2). */
void gap_surface_make_steps(GapSurface *surface);

/** By the formula: beyond the table. */
double gap_pace_far(const GapSurface *surface, const GapPace *pace, double slope);

/** As gap_pace_factor(), quicker. */
static inline double gap_pace_at(const GapSurface *surface, const GapPace *pace, double slope) {
    const double x = slope * GAP_PACE_PER_UNIT + NODES / 2;
    if (!(x >= 0 && x < NODES))
        return gap_pace_far(surface, pace, slope);
    if (pace->langmuir) {
        const double rate = pace->rate[(slope < 0) + (slope < pace->steep_from)]; // no branch
        return (pace->surface ? sqrt(1 + slope * slope) : 1) + rate * slope;
    }
    const int i = (int)x;
    return pace->node[i].value + (x - i) * pace->node[i].rise;
}

/** The slope of step `k` from `from`, travelled forwards or (`inwards`) from its end; level where
 *  an elevation is unknown. */
static inline double gap_step_slope(const GapSurface *surface, size_t from, int k, bool inwards) {
    const GapStep *step = &surface->step[k];
    const double rise = (double)surface->z[from + (size_t)step->to] - (double)surface->z[from];
    return isnan(rise) ? 0 : (inwards ? -rise : rise) * step->per_m;
}

/** Seconds that step `k` from `from` spends in the cell `index`, the i-th it crosses. */
double gap_step_part_s(const GapSurface *surface, int k, int i, size_t index, double slope);

/** Seconds of step `k` from the open cell `from`; infinite where the way is closed. */
double gap_step_s(const GapSurface *surface, size_t from, int k, bool inwards);

#endif
