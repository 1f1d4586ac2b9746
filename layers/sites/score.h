/** What anybody's own list of sites is worth, against the best of that size. */
#ifndef GAP_LAYERS_SITES_SCORE_H
#define GAP_LAYERS_SITES_SCORE_H

#include "geo/base/progress.h"
#include "layers/sites/list.h"
#include "layers/sites/store.h"

enum {
    GAP_SCORED_ROW,  /**< of the list */
    GAP_SCORED_CODE, /**< the candidate */
    GAP_SCORED_NAME, /**< of the store; so the next three */
    GAP_SCORED_AREA,
    GAP_SCORED_PROVINCE, /**< or the group */
    GAP_SCORED_LADDER,
    GAP_SCORED_REASON, /**< why it may not be built, or adds nothing; null: it may */
    GAP_SCORED_RANK,   /**< in the best order of building the list; null with P_CENTER */
    GAP_SCORED_ADDS,   /**< weight, in that order (proposal.h) */
    GAP_SCORED_SAVES,  /**< P_MEDIAN: weight x minutes */
    GAP_SCORED_LOST,   /**< by how much the value is worse without it; null where then, or now, some
                            are not reached, or there are capacities */
    GAP_SCORED_COST
};
enum {
    GAP_SWAP_STEP,
    GAP_SWAP_OUT,
    GAP_SWAP_OUT_NAME, /**< of the store */
    GAP_SWAP_IN,
    GAP_SWAP_IN_NAME,
    GAP_SWAP_GAIN,  /**< by how much the value is better; null where more are reached by it */
    GAP_SWAP_VALUE, /**< afterwards; null: some are not reached */
    GAP_SWAP_LOSS   /**< that remains */
};

typedef struct {
    GapTable *sites;       /**< a row a site, in the order of the list; columns as above */
    GapTable *swaps;       /**< a row a swap, each the best after those before it, until none gains;
                                NULL with capacities, where whom a site serves depends on all */
    GapLocateAnswer *list; /**< of all sites of the list and no other, verified */
    GapLocateAnswer *best; /**< of as many that may be built, all limits kept, verified */
    gsize size;            /**< sites of the list that do not stand already */
    double unreached;      /**< weight that the list must reach and does not */
    double loss;      /**< of the list's value against the best; below 0 where sites that may not
                           be built, or a limit that it breaks, make it better; NaN: not known */
    double left;      /**< the same after the swaps */
    GPtrArray *notes; /**< limits that the list does not keep */
} GapSitesScore;

/** Prices a list (gap_sites_list_read()). Its sites are priced whether they may be built or not;
 * the best and the swaps take only what may. `ground` is the store's whose problem it is, or NULL;
 *  models other than SET_COVER, which has no size. O(list x pairs) beside the best. Returns:
 *  (transfer full). */
GapSitesScore *gap_sites_score(const GapSitesProblem *sites, const GapStoreSites *ground,
                               const GapLocateOptions *options, const GArray *listed,
                               const GapProgress *progress, GError **error);
void gap_sites_score_free(GapSitesScore *score); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSitesScore, gap_sites_score_free)

#endif
