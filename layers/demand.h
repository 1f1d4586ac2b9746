/** Demand: where the people are who must be reached.
 *
 *  Over the areas valid on a day, every province's official figure is laid out exactly. First it
 *  is divided among its parts, as far as figures of these hang together (grounds.h). Then, on each
 *  ground:
 *  - places with a figure of their own keep it (scaled down together, and said, where they exceed
 *    the ground's people); a place lies on a disc of people / `town_density` km2, not on a point;
 *  - what is left of a figure finer than a province's is shared over the other places there, in
 *    proportion to the fourth root of the weight below at each place: a place is there already, so
 *    ground says less of its people (of 90 towns of the Kyrgyz Republic with a figure of their own
 *    the people grow with the power 0.27 of the weight);
 *  - what is left of a province is modelled over cells of equal area, each with the weight
 *      exp(-(max(0, z - 600) / 500 + (z - z0) / 150 + d / 15)),
 *    z the height in metres, z0 the lowest ground within 10 km, d the distance in kilometres to the
 *    nearest place; none on a lake; only the best cells up to `land_share` of the land are peopled.
 * The scales were fitted to real settlements of the Kyrgyz Republic. Without terrain only d counts;
 *  - where there is no such place cells take the rest, where there is no such cell places do; what
 *    finds neither stays as an `unplaced` row. Whole people, by largest remainder.
 *  Cost: O(cells * places + grounds * (cells + places)).
 */
#ifndef GAP_LAYERS_DEMAND_H
#define GAP_LAYERS_DEMAND_H

#include "geo/store/store.h"

typedef struct {
    int people_year;     /**< 0: the newest year that most provinces have */
    double cell_m;       /**< side of a cell */
    double land_share;   /**< of the country's land that is peopled by the model, 0..1 */
    double town_density; /**< people a km2 in a place with a figure of its own */
    const char *as_of;   /**< the day whose areas count; NULL: when all changes have been made */
} GapDemandOptions;

#define GAP_DEMAND_OPTIONS_INIT                                                                    \
    { .people_year = 0, .cell_m = 2000, .land_share = 0.25, .town_density = 2500 }

typedef struct {
    bool unchanged;
    gint64 rows, people, own, shared, modelled, unplaced;
    int people_year;
    GPtrArray *notes; /**< strings */
} GapDemandReport;

void gap_demand_report_free(GapDemandReport *report); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapDemandReport, gap_demand_report_free)

/** Makes the demand anew where sources or options changed. Returns: (transfer full). */
GapDemandReport *gap_demand(GapStore *store, const GapDemandOptions *options, GError **error);

#endif
