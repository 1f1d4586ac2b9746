/** Who stays beyond reach of what stands and is proposed, and why. */
#ifndef GAP_LAYERS_SITES_LEFT_H
#define GAP_LAYERS_SITES_LEFT_H

#include "layers/sites/store.h"

/** In the order in which candidates come nearer to serving somebody. */
typedef enum {
    GAP_LEFT_NO_CANDIDATE, /**< none reaches */
    GAP_LEFT_HOLD,         /**< those that do: too few people of the area are beyond reach */
    GAP_LEFT_UNKNOWN,      /**< nothing is known of its plan or its money */
    GAP_LEFT_PLAN,         /**< no plan is endorsed and valid */
    GAP_LEFT_FUND,         /**< no local money */
    GAP_LEFT_FORBIDDEN,    /**< by the user */
    GAP_LEFT_CAPACITY,     /**< one that may be built serves others, or fewer at all */
    GAP_LEFT_LIMIT,        /**< one that may be built reaches: number, money, posts or provinces */
    GAP_LEFT_REASONS
} GapLeftReason;
extern const char *const GAP_LEFT_NAMES[]; /**< by GapLeftReason; NULL-terminated */

typedef struct {
    gsize demand; /**< row */
    GapLeftReason reason;
    gssize candidate; /**< the nearest of those that come nearest to serving it; -1: none */
    double distance_m;
} GapSitesLeft;

/** Demand of people above 0 that `served` (of demand: new sites cover it) and what stands leave, by
 *  row; a candidate counts as within reach as the problem has it. `chosen` of candidates.
 *  O(pairs). Returns: (transfer full), of GapSitesLeft. */
GArray *gap_sites_left(const GapStoreSites *ground, const guint8 *served, const guint8 *chosen);

#endif
