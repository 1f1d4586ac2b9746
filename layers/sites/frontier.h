/** Value against the number of new sites, or against money: how much each further step buys.
 *
 *  The same problem is solved for each step, all other limits kept, in what time is left, shared
 *  evenly among the steps to come. What is feasible in one step is so in the next: where time runs
 *  out before a better choice is found, the choice of the step before stands; and the bound of a
 *  step bounds those before it, too. Values so never fall behind as steps go on, and each step is
 *  verified (geo/locate/verify.h). The solvers take no start, so each begins anew. */
#ifndef GAP_LAYERS_SITES_FRONTIER_H
#define GAP_LAYERS_SITES_FRONTIER_H

#include "geo/base/progress.h"
#include "geo/table/table.h"
#include "layers/sites/store.h"

typedef enum {
    GAP_FRONTIER_NUMBER, /**< 1, 2, ... up to the limit of new sites */
    GAP_FRONTIER_BUDGET, /**< equal parts of the budget, up to all of it */
} GapFrontierBy;

typedef struct {
    GapFrontierBy by;
    gsize steps;                 /**< of the budget; as many as sites by number; 1 or more */
    const GapStoreSites *ground; /**< whose problem it is, or NULL */
    double within;               /**< the limit to tell the covered by; INFINITY: there is none */
} GapFrontierOptions;

enum {
    GAP_FRONTIER_STEP,
    GAP_FRONTIER_MOST,  /**< new sites at most; null: no limit */
    GAP_FRONTIER_MONEY, /**< the budget; null: no limit */
    GAP_FRONTIER_SITES, /**< new sites that the answer has */
    GAP_FRONTIER_COST,  /**< of these */
    GAP_FRONTIER_VALUE, /**< null: no choice meets all that is asked (proven), or none was found */
    GAP_FRONTIER_BOUND,
    GAP_FRONTIER_GAP,    /**< share of the value */
    GAP_FRONTIER_PROVEN, /**< 0 or 1 */
    GAP_FRONTIER_ADDS,   /**< by how much the value is better than that of the step before; of the
                              first (COVERING) than what stands already */
    GAP_FRONTIER_COVERED,
    GAP_FRONTIER_SHARE, /**< of all people that are covered */
    GAP_FRONTIER_MEAN,  /**< minutes, of the store metres, to the nearest site */
    GAP_FRONTIER_WORST,
    GAP_FRONTIER_PROVINCE, /**< that is worst off (measure.h) */
    GAP_FRONTIER_PROVINCE_COVERED,
    GAP_FRONTIER_PROVINCE_SHARE,
    GAP_FRONTIER_PROVINCE_MEAN
};

/** A row a step, columns as above. `last` (transfer full) is the answer of the last step, which is
 *  that of `options` themselves. SET_COVER, which finds its number, has no frontier. Stopping
 *  through `progress` answers what is there so far. Returns: (transfer full). */
GapTable *gap_sites_frontier(const GapSitesProblem *sites, const GapLocateOptions *options,
                             const GapFrontierOptions *how, const GapProgress *progress,
                             GapLocateAnswer **last, GError **error);

#endif
