/** Why a location problem has no answer, and what would give it one.
 *
 *  First what can be seen from the problem itself: each is alone a proof that there is no answer.
 *  Then what each limit would have to be for an answer to exist, all others kept as they are: the
 *  least number, money or posts, found by set covering (geo/locate/locate.h), or the greatest
 * share.
 */
#ifndef GAP_LOCATE_EXPLAIN_H
#define GAP_LOCATE_EXPLAIN_H

#include "geo/locate/locate.h"

typedef enum {
    /* Proofs. `needed` is the least that would do, `given` what is allowed or there. */
    GAP_WHY_UNREACHED,      /**< demand of some weight that no allowed candidate nor standing site
                                 reaches; `freed`: of these a forbidden candidate would */
    GAP_WHY_SHARE,          /**< SET_COVER: share of all weight that could be covered: given */
    GAP_WHY_CAPACITY,       /**< P_MEDIAN: weight in all, and capacity of all that may be open */
    GAP_WHY_TOO_LARGE,      /**< P_MEDIAN: demand greater than any capacity that reaches it */
    GAP_WHY_GROUP_FEW,      /**< minimum of `group`, and places of allowed candidates in it */
    GAP_WHY_GROUP_CROSSED,  /**< minimum and maximum of `group` */
    GAP_WHY_GROUP_FORCED,   /**< forced sites and maximum of `group` */
    GAP_WHY_FORCED_NUMBER,  /**< forced sites against p */
    GAP_WHY_FORCED_BUDGET,  /**< their cost against the budget */
    GAP_WHY_FORCED_POSTS,   /**< their posts against the posts */
    GAP_WHY_MINIMUM_NUMBER, /**< forced sites and minimums of groups against p */
    GAP_WHY_MINIMUM_BUDGET, /**< the cheapest that meet them against the budget */
    GAP_WHY_MINIMUM_POSTS,
    /* Changes, one limit alone: with `needed` there is an answer (`exact`), or below it none. */
    GAP_WHY_NEEDS_NUMBER,
    GAP_WHY_NEEDS_BUDGET,
    GAP_WHY_NEEDS_POSTS,
    GAP_WHY_NEEDS_SHARE, /**< SET_COVER: with this share there is an answer, above it (`exact`) none
                          */
} GapLocateWhy;

enum { GAP_WHY_LISTED = 5 };

typedef struct {
    GapLocateWhy why;
    gint32 group; /**< or -1 */
    double needed, given;
    bool exact;  /**< of changes */
    gsize count; /**< demand concerned */
    double weight;
    gsize freed;
    guint32 first[GAP_WHY_LISTED]; /**< the first of that demand, by number */
    gsize n_first;
} GapLocateReason;

/** The reasons of a problem that gap_locate() found infeasible, in the order above; of several
 *  about forced sites and minimums of one limit only the stronger. Empty where no single one is
 *  seen: limits then conflict only together. O(pairs), and up to four solutions of covering models,
 * each stopped after `seconds`. NULL where that fails. Returns: (transfer full), of
 * GapLocateReason. */
GArray *gap_locate_explain(const GapLocateProblem *problem, const GapLocateOptions *options,
                           double seconds, const GapProgress *progress, GError **error);

#endif
