/** The search itself: labels in ticks, corrected until none can be lowered.
 *
 *  Delta-stepping (Meyer and Sanders, Journal of Algorithms 49, 2003; buckets as Dial's, Comm. ACM
 *  12, 1969) by tiles. The grid is cut into square tiles. Time advances in windows; within one,
 *  tile after tile is swept with a queue of buckets of its own, each about a level step wide, so
 *  that what it touches stays in the nearest cache, and what leads out of the tile waits in the
 *  other's list. A tile that gets an earlier label after its sweep is swept again, for the cells
 *  concerned only: O(cells * neighbours) where no step is much quicker than the level one, some
 *  1.07 times each cell on rough relief.
 *
 *  Several threads sweep tiles that do not touch: a sweep reads and writes labels of its tile and
 *  of the three cells around it, so they share none. Labels are least sums of whole ticks, hence
 *  the same in whatever order they are found; buckets, windows and threads are matters of speed.
 */
#ifndef GAP_TRAVEL_SWEEP_H
#define GAP_TRAVEL_SWEEP_H

#include "geo/travel/internal.h"
#include "geo/travel/travel.h"

enum {
    TILE_BITS = 7,
    TILE = 1 << TILE_BITS,
    BUCKETS = 256, // a window is some 200 steps long: measured, as is the size of tiles
    MOST_TICKS = G_MAXINT32 - 1,
};
#define NO_TILE UINT32_MAX

/** Cells of a tile, by row << TILE_BITS | col within it. */
typedef struct {
    uint16_t *cell;
    uint32_t n, room;
} GapCells;

typedef struct {
    GapCells waiting;
    uint32_t least;       // no label that waits is below it
    uint32_t place;       // in `waiting` of the sweep
    bool listed, touched; // whether in it, in `touched` of the sweep
} GapTile;

/** The ways out of a plain cell of one class, by step: side by side what the search reads together.
 */
typedef struct {
    const GapPace *pace;
    bool langmuir; // on map distance: ticks are `level` (friction in it) + rate * slope, the rate
                   // up, down or steeply down; else `level` * pace by slope + `extra`
    double steep_from;
    double level[MOVES], extra[MOVES], rate[3][MOVES];
    double per_m[MOVES];       // 1 / length, signed by the direction of travel
    uint32_t least[MOVES];     // twice the fewest ticks, and of these
    uint32_t least_end[MOVES]; // what the first or the last cell takes
} GapClassTicks;

/** A cell that awaits the next sweep of its tile, from `ticks` on. */
typedef struct {
    uint32_t tile, ticks;
    uint16_t cell;
} GapLeft;

typedef struct GapSweep GapSweep;

/** A thread of a search. */
typedef struct {
    GapSweep *sweep;
    uint32_t tile; // that it sweeps, or NO_TILE
    GapCells *bucket;
    GArray *left;  // GapLeft: told to the others once the tile is swept
    size_t passed; // labels passed on
} GapWorker;

struct GapSweep {
    const GapSurface *surface;
    bool inwards;
    double ticks_per_s;
    uint32_t limit, unreached; // unreached = 2 * limit + 2
    uint32_t *label;           // by index: 2 * ticks + 1 while it waits, 2 * ticks once passed on
                               // 0 where closed
    GapClassTicks *ticks;      // by class
    ptrdiff_t to[MOVES];       // from the index of a cell to that of a step's end
    int16_t by[MOVES];         // the same within a tile
    uint32_t least_between[MOVES]; // twice the fewest ticks in the cells between the ends
    size_t tile_cols, tile_rows;
    GapTile *tile;
    GArray *waiting, *touched; // uint32_t: numbers of tiles
    unsigned shift;            // 2^shift ticks to a bucket
    uint32_t from, until;      // the window
    unsigned n_workers;
    GapWorker *worker;
    GMutex lock; // of what tiles wait, who sweeps which, the window and all below
    GCond changed;
    guint next;    // the last tile taken, its place in `waiting`
    size_t passed; // labels passed on
    bool stopped;
    const GapProgress *progress;
};

static inline void gap_cells_push(GapCells *cells, uint16_t cell) {
    if (G_UNLIKELY(cells->n == cells->room)) {
        cells->room = MAX(64, 2 * cells->room);
        cells->cell = g_renew(uint16_t, cells->cell, cells->room);
    }
    cells->cell[cells->n++] = cell;
}

/** Leaves a cell for the next sweep of its tile. */
void gap_sweep_leave(GapSweep *sweep, uint32_t tile, uint16_t cell, uint32_t ticks);

/** Takes off `waiting` a tile in which nothing waits. */
void gap_sweep_unlist(GapSweep *sweep, uint32_t tile);

/** The index of the first cell of a tile. */
size_t gap_sweep_tile_base(const GapSweep *sweep, size_t tile);

/** Of a time within the window. */
static inline GapCells *gap_worker_bucket(const GapWorker *worker, uint32_t ticks) {
    return &worker->bucket[(ticks - worker->sweep->from) >> worker->sweep->shift];
}

/** Passes on what the cells of a bucket know, and empties it. */
void gap_worker_pass_on(GapWorker *worker, GapCells *bucket);

/** Memory for searches, all cells unreached. Returns false where there is none. */
bool gap_sweep_init(GapSweep *sweep, const GapSurface *surface, const GapTravelOptions *options,
                    double ticks_per_s, GError **error);
void gap_sweep_clear(GapSweep *sweep);

/** Puts back what the last search touched. */
void gap_sweep_reset(GapSweep *sweep);

/** A source; beyond the limit it does nothing. */
void gap_sweep_start(GapSweep *sweep, const GapTravelSource *source);

/** Until no label waits; false where `progress` said stop. */
bool gap_sweep_run(GapSweep *sweep, const GapProgress *progress);

/** Ticks of step `k` from the open cell at `from`; G_MAXINT32 where the way is closed or takes more
 *  than a label holds. */
uint32_t gap_sweep_step(const GapSweep *sweep, size_t from, int k);

static inline bool gap_sweep_reached(const GapSweep *sweep, size_t index) {
    return sweep->label[index] < sweep->unreached && !gap_surface_closed_at(sweep->surface, index);
}

#endif
