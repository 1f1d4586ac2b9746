/** Roads and barriers woven into a grid of land cover, so that roads lead on, nothing leaks through
 *  a barrier, and a road beside a river is no bridge over it.
 *
 *  A barrier closes every cell that it runs through, and those whose centre it covers. A road opens
 *  its cells again:
 *  - where it crosses a barrier, if it is bridged (see GapWeaveRoad) or a bridge is near; else the
 *    cell stays closed, and so do the cells that it shares with the barrier beside it;
 *  - where it shares a cell with a barrier without crossing it, as roads in valleys do. To keep the
 *    barrier whole, it is then moved: the cells beside that one whose centre lies across the
 *    barrier are closed instead, unless a road runs there too;
 *  - within water where it is bridged; never within a closed area.
 *  Outside the country all is closed, but for roads if crossings are given. The border is then a
 *  barrier between roads abroad and everything at home, open only where a road crosses it near an
 *  open crossing.
 *
 *  Where roads run on both banks of a barrier in one cell or in neighbouring ones, the grid is too
 *  coarse to part them: one may change sides there. They are counted.
 *
 *  Times along roads differ from those of a graph of the same roads: chains of moves are too
 *  long by direction (1.4 % in the mean with 16 neighbours), and roads less than about two cells
 *  apart are one, so that hairpins are cut short (layers/travel/winding.h says how that is mended).
 *  By how much: gapmap-definitions(7), measured by tests/property/test_roads_as_cells.c.
 *
 *  Geometry is in the plane of the frame. Memory: 4 bytes a cell, and 56 bytes a segment and cell
 *  where roads and barriers meet. O(cells + m log m) for m of these.
 */
#ifndef GAP_LAYERS_TRAVEL_WEAVE_H
#define GAP_LAYERS_TRAVEL_WEAVE_H

#include "geo/grid/rasterize.h"

typedef struct GapWeave GapWeave;

/** Classes are 1 to 254; 0 is closed. */
typedef struct {
    uint8_t class;
    bool bridged;          /**< gets over water wherever it meets it */
    double closed_above_m; /**< cells that lie higher have no road; infinity: none does */
} GapWeaveRoad;

GapWeave *gap_weave_new(const GapFrame *frame);
void gap_weave_free(GapWeave *weave); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapWeave, gap_weave_free)

/** Each takes `geometry` over. */
void gap_weave_add_road(GapWeave *weave, GapGeometry *geometry, GapWeaveRoad road);
/** Lines or polygons; `hard`: closed to roads too, bridged or not. Points bar nothing. */
void gap_weave_add_barrier(GapWeave *weave, GapGeometry *geometry, bool hard);
/** Where roads that cross a barrier within `near_m` of it get over. */
void gap_weave_add_bridge(GapWeave *weave, GapGeometry *geometry);
/** The ground that is not abroad; without it nothing is. Once at most. */
void gap_weave_set_country(GapWeave *weave, GapGeometry *polygons);
/** An open crossing; `class` is that of the cell where roads cross the border there, 0 the road's.
 */
void gap_weave_add_crossing(GapWeave *weave, double x, double y, uint8_t class);

typedef struct {
    const float *elevation_m; /**< NULL: not known */
    const double *kmh;        /**< by class: of several roads in a cell the fastest counts */
    double bridge_near_m, crossing_near_m;
} GapWeaveOptions;

typedef struct {
    size_t road_cells, barrier_cells; /**< open and closed by them in the end */
    size_t bridges;                   /**< cells where a road crosses a barrier */
    size_t cut;                       /**< cells where one does not get over */
    size_t moved;                     /**< cells closed across a barrier beside a road */
    size_t both_banks;                /**< cells where one may change sides, see above */
    size_t crossings, shut;           /**< cells where a road crosses the border, or may not */
    size_t abroad;                    /**< open cells of roads abroad */
} GapWeaveReport;

/** Weaves everything into `classes` (rows * cols, land cover before, 0 closed). False only without
 *  memory. */
bool gap_weave_make(GapWeave *weave, const GapWeaveOptions *options, uint8_t *classes,
                    GapWeaveReport *report, GError **error);

#endif
