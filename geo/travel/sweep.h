/** The search itself: labels in ticks, corrected until none can be lowered.
 *
 *  The grid is cut into square tiles. Time advances in windows; within one, tile after tile is
 *  swept with a queue of buckets of its own, so that what it touches stays in the nearest cache,
 *  and what leads out of the tile waits in the other's list. A tile that gets an earlier label
 *  after its sweep is swept again, for the cells concerned only. Labels are least sums of whole
 *  ticks, hence the same in whatever order they are found; buckets and windows are matters of
 * speed.
 */
#ifndef GAP_TRAVEL_SWEEP_H
#define GAP_TRAVEL_SWEEP_H

#include "geo/travel/internal.h"
#include "geo/travel/travel.h"

enum { TILE_BITS = 7, TILE = 1 << TILE_BITS, MOST_TICKS = G_MAXINT32 - 1 };

/** Cells of a tile, by row << TILE_BITS | col within it. */
typedef struct {
    uint16_t *cell;
    uint32_t n, room;
} GapCells;

typedef struct {
    GapCells waiting;
    uint32_t least;       // no label that waits is below it
    bool listed, touched; // in `waiting`, in `touched` of the sweep
} GapTile;

/** One way out of a cell of a class: ticks are `level * factor of slope + extra`. What the search
 *  reads most, side by side. */
typedef struct {
    double level, extra, per_m; // per_m: 1 / length of the step, signed by the direction of travel
    int32_t to;                 // from the index of the cell to that of the end
    uint32_t least;             // twice the fewest ticks it can take
    uint32_t least_end;         // of that, what its first or last cell takes
} GapStepTicks;

typedef struct {
    const GapSurface *surface;
    bool inwards;
    double ticks_per_s;
    uint32_t limit, unreached; // unreached = 2 * limit + 2
    uint32_t *label;           // by index: 2 * ticks + 1 while it waits, 2 * ticks once passed on
                               // 0 where closed
    GapStepTicks *ticks;       // by class and step
    uint32_t least_between[MOVES]; // twice the fewest ticks in the cells between the ends
    size_t tile_cols, tile_rows;
    GapTile *tile;
    GArray *waiting, *touched; // uint32_t: numbers of tiles
    GapCells *bucket;
    unsigned shift;       // 2^shift ticks to a bucket
    uint32_t from, until; // the window
    size_t passed;        // labels passed on
} GapSweep;

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
