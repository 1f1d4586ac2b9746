/** Least travel time over a surface, from or to many places at once, and how it comes about.
 *
 *  Arithmetic: times are whole ticks, and every step is rounded to the nearest tick (at least one),
 *  so that sums are exact, do not depend on the order of the search, and a path that takes exactly
 *  the limit counts. The tick is the finest of 1, 2, 5, 10, ... microseconds with which the limit
 *  fits into 2^31 - 2 of them: 2 us up to 71 min, 5 us up to 2.9 h, 10 us up to 5.9 h. A time is
 *  therefore within (steps / 2) ticks of the sum of its steps; paces by slope come from a table
 *  whose error is below 5e-6 of the pace (none for Langmuir, and none on the level). Without a
 * limit the tick is 100 us, or 1 ms where some time exceeds 59 h, and cells beyond 24 days count as
 * not reached.
 */
#ifndef GAP_TRAVEL_TRAVEL_H
#define GAP_TRAVEL_TRAVEL_H

#include "geo/base/progress.h"
#include "geo/travel/surface.h"

/** A place to travel from (or to): `turnout_min`, 0 or more, is added to every time from it. */
typedef struct {
    size_t cell;
    double turnout_min;
} GapTravelSource;

typedef struct {
    double limit_min; /**< inclusive, positive; INFINITY for none */
    bool inwards;     /**< from the cells to the sources; else from the sources to the cells */
    unsigned threads; /**< of one search, 0: one a processor; the answer is the same */
} GapTravelOptions;

#define GAP_TRAVEL_OPTIONS_INIT                                                                    \
    { INFINITY, false, 0 }

/** An answered search. It borrows the surface, which must outlive it. */
typedef struct GapTravel GapTravel;

/** The least times from `sources` to all cells within the limit. A source on a closed cell is an
 *  error (gap_surface_snap() beforehand), one whose turnout exceeds the limit reaches nothing; of
 *  several in a cell the one that turns out first counts, of equal ones the first. About 5 bytes a
 *  cell beside the surface, O(cells) to set up, then proportional to the cells reached. Stops,
 *  with an error, where `progress` says so. Returns: (transfer full). */
GapTravel *gap_travel_new(const GapSurface *surface, const GapTravelSource *sources,
                          size_t n_sources, const GapTravelOptions *options,
                          const GapProgress *progress, GError **error);
void gap_travel_free(GapTravel *travel); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapTravel, gap_travel_free)

double gap_travel_tick_s(const GapTravel *travel);
size_t gap_travel_reached(const GapTravel *travel); /**< cells */

/** Minutes to one cell, NaN where it is not reached. */
double gap_travel_minutes_at(const GapTravel *travel, size_t cell);

/** All minutes, rounded to float, NaN where not reached; one metre a unit, west = 0 and north =
 *  rows * dy (the caller knows better). A float is compared with a threshold as `m <= (float)T`: a
 *  time of exactly T is then within. Returns: (transfer full). */
GapGrid *gap_travel_minutes(const GapTravel *travel, GError **error);

/** For each cell the move (below) that leads back along a least path towards its source, 0 at
 *  sources, GAP_TRAVEL_NOWHERE where not reached; of equally quick ones the first move. The same
 *  whatever the order of the search. O(cells * neighbours). Returns: (transfer full),
 *  rows * cols. */
#define GAP_TRAVEL_NOWHERE 255
uint8_t *gap_travel_backlinks(const GapTravel *travel, GError **error);

/** Cols east and rows south of a move of 1 to 32; zeros otherwise. 1-8 are a king's, then eight
 *  knight's, then sixteen of (3,1) and (3,2). */
void gap_travel_move(uint8_t move, int *cols, int *rows);

/** The source, as its number in `sources`, that each cell is reached from along its backlinks; -1
 *  where not reached. `backlinks` as answered above. Returns: (transfer full), rows * cols. */
int32_t *gap_travel_allocation(const GapTravel *travel, const uint8_t *backlinks, GError **error);

/** A stretch of a path within cells of one class, in the order of travel. With friction grids all
 *  is one class, 0. */
typedef struct {
    uint8_t class;
    double length_m; /**< as steps are measured: along the surface or on the map */
    double up_m, down_m;
    double minutes;
} GapTravelPart;

typedef struct {
    GArray *cells; /**< size_t, from the start of the journey to its end, ends of steps only */
    GArray *parts; /**< GapTravelPart; their minutes add up to minutes_at less the turnout, within
                        the rounding of steps */
    size_t source; /**< its number */
    double turnout_min, minutes; /**< minutes with the turnout */
} GapTravelPath;

/** A least path between `cell` and its source, in the direction of travel; NULL with an error where
 *  it is not reached. O(steps * neighbours). Returns: (transfer full). */
GapTravelPath *gap_travel_path(const GapTravel *travel, size_t cell, GError **error);
void gap_travel_path_free(GapTravelPath *path); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapTravelPath, gap_travel_path_free)

/** One entry of a sparse table of times: from the i-th origin to the j-th target. */
typedef struct {
    uint32_t from, to;
    float minutes;
} GapTravelPair;

/** Times from each of many origins to each of many targets, one search an origin, pairs beyond the
 *  limit left out; in the order of origins, then of targets.
 *  `options` says direction and limit: where speeds are to be varied later, ask for more than is
 *  needed, a quarter say; its threads do not count. Uses `threads` threads (0: one a processor),
 *  each one search at a time and 4 bytes a cell; time proportional to the cells reached. Origins on
 *  closed cells are an error, targets there are not reached. Without a limit the tick is 1 ms.
 * Returns: (transfer full), GapTravelPair. */
GArray *gap_travel_many(const GapSurface *surface, const GapTravelSource *origins, size_t n_origins,
                        const size_t *targets, size_t n_targets, const GapTravelOptions *options,
                        unsigned threads, const GapProgress *progress, GError **error);

#endif
