/** The ground as a traveller meets it: elevation and, cell by cell, by what means and how fast.
 *
 *  A surface is a metric north-up grid with everything that a search for least time reads. It is
 *  built once, never changes, and may be shared by threads. It knows nothing of files, layers or
 *  projections. Cells are named by their number, row * cols + col, row 0 at the north.
 *
 *  A step leads from the centre of a cell to that of another by one of 8, 16 or 32 moves (a king's
 *  at chess; with the knights' (2,1); with (3,1) and (3,2)). Its slope is the rise between its two
 *  ends over the run. Its time is the sum over all cells that the straight line crosses, of
 *
 *      share of the length in the cell * length * pace of the cell at that slope
 *
 *  where the pace is that of the cell's class (geo/travel/pace.h). Each of the cells crossed must
 *  be open. Where the line passes exactly through a corner (king's diagonals, (3,1)), at least one
 *  of the two cells beside the corner must be open too: two closed cells that touch by a corner do
 *  not leak, so a barrier needs to be connected by corners only, and roads likewise.
 *
 *  On level ground of one class the least time exceeds the straight line's by at most 8.24 %
 *  (8 moves), 2.75 % (16) and 1.31 % (32), each in the direction halfway between two neighbouring
 *  moves (square cells).
 */
#ifndef GAP_TRAVEL_SURFACE_H
#define GAP_TRAVEL_SURFACE_H

#include <stdint.h>

#include "geo/grid/grid.h"
#include "geo/travel/pace.h"

/** What a cell's class means. */
typedef struct {
    GapMode mode;
    double kmh;              /**< on the level, 0.01 to 1000; of no meaning where closed */
    double friction_s_per_m; /**< r.walk's friction: lambda times it is added to each metre walked
                                  by Langmuir, 0 or more; of no meaning otherwise */
} GapTravelClass;

/** What the ground is made of. Either classes with a table, or a friction grid. All grids have
 *  the same cols and rows; the surface copies what it needs, the caller may free them at once. */
typedef struct {
    size_t cols, rows;
    double dx, dy;            /**< cell size in metres, not necessarily square */
    const float *elevation_m; /**< NaN where unknown; NULL is level ground */
    const uint8_t *classes;   /**< per cell, an index of `table`; NULL: all cells are class 0 */
    const GapTravelClass *table;
    size_t n_classes;                /**< 1 to 255 */
    const float *friction_min_per_m; /**< positive, NaN is closed: a ready friction surface, whose
                                          slopes are in it already: elevation, classes and the
                                          walking function are not read, lengths are the map's */
} GapGround;

typedef struct {
    int neighbours; /**< 8, 16 or 32 */
    GapLength length;
    GapWalk walk;
    bool unknown_closed; /**< cells without elevation are closed; else steps to, from them are level
                          */
} GapSurfaceOptions;

#define GAP_SURFACE_OPTIONS_INIT                                                                   \
    { 16, GAP_LENGTH_SURFACE, GAP_WALK_INIT, false }

typedef struct GapSurface GapSurface;

/** Builds a surface: O(cells), 5.2 bytes a cell (4 for friction). Errors name the cell (1 is the
 *  first col and row): a class that the table lacks, a friction that is not positive, an elevation
 *  that is infinite, speeds that are none, bad parameters, too many cells. Returns: (transfer
 *  full). */
GapSurface *gap_surface_new(const GapGround *ground, const GapSurfaceOptions *options,
                            GError **error);
void gap_surface_free(GapSurface *surface); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSurface, gap_surface_free)

/** To be asked before any grid is made: false with `error` where `width_m` by `height_m` in cells
 *  of `dx` by `dy` are more than 2^30 cells, or than 20 bytes a cell fit in this machine's memory.
 *  The message names the cell size that would fit. */
bool gap_surface_fits(double width_m, double height_m, double dx, double dy, GError **error);

size_t gap_surface_cols(const GapSurface *surface);
size_t gap_surface_rows(const GapSurface *surface);
bool gap_surface_open(const GapSurface *surface, size_t cell);

/** The open cell whose centre is nearest to that of `col`, `row` (which may lie outside) within
 *  `most_m`; of equally near ones the first. False where there is none. O(cells within). */
bool gap_surface_snap(const GapSurface *surface, gint64 col, gint64 row, double most_m,
                      size_t *cell, double *away_m);

#endif
