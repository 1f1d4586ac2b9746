/** Location problems: which candidate sites to open so that demand is served best, with proof.
 *
 *  A problem is demand with weights, candidates with costs, and the minutes between them, sparse:
 *  pairs that are not listed are out of reach. Models:
 *
 *    COVERING   the most weight of demand that has `need` open sites within `within` minutes
 *               (maximal covering; Church and ReVelle 1974; backup cover where `need` is 2)
 *    SET_COVER  the fewest new sites, or the least cost, so that at least `share` of all weight is
 *               so covered (Toregas and others 1971)
 *    P_MEDIAN   the least sum of weight times minutes to the nearest open site (Hakimi 1964)
 *    P_CENTER   the least greatest minutes of demand of weight above 0 to its nearest open site
 *
 *  Every model keeps the same limits: number of new sites, money, posts, at least and at most so
 *  many new sites of a group (a province), at most one new site of a place (kinds of site are
 *  candidates of one place), forced and forbidden candidates, and sites that stand already
 *  (OPEN: they cost nothing and count against no limit). Candidates with a finite capacity serve at
 *  most that weight: each demand goes whole to one open site that reaches it, or to none (COVERING)
 *  or must (P_MEDIAN); SET_COVER and P_CENTER take no capacities.
 *  P_MEDIAN without a limit `p` needs a budget; demand that no allowed candidate reaches makes it
 *  infeasible, as it does P_CENTER.
 *
 *  Among answers of equal value the search keeps the first that it meets, and breaks each tie on
 *  its way by the lower number of a candidate: which of them that is, is always the same. The same
 *  problem gives the same answer, on any number of processors, unless time ran out or the user
 *  stopped it.
 */
#ifndef GAP_LOCATE_LOCATE_H
#define GAP_LOCATE_LOCATE_H

#include "geo/base/progress.h"

#include <glib.h>
#include <math.h>

typedef enum {
    GAP_LOCATE_COVERING,
    GAP_LOCATE_SET_COVER,
    GAP_LOCATE_P_MEDIAN,
    GAP_LOCATE_P_CENTER
} GapLocateModel;

typedef enum {
    GAP_SITE_FREE,
    GAP_SITE_FORCED,    /**< a new site that must be */
    GAP_SITE_FORBIDDEN, /**< must not be */
    GAP_SITE_OPEN,      /**< stands already */
} GapSiteState;

typedef struct {
    GapSiteState state;
    double cost;     /**< money of its own side, 0 or more; finite */
    double posts;    /**< officers, 0 or more */
    double capacity; /**< weight that it can serve; INFINITY: any */
    gint32 group;    /**< 0..n_groups - 1, or -1: of none */
    gint32 place;    /**< candidates of one place have one number; -1: a place of its own */
} GapSite;

/** The minutes of one demand's pairs stand together, by candidate ascending, each candidate once.
 */
typedef struct {
    gsize n_demand, n_sites;
    const double *weight; /**< of demand, 0 or more, finite */
    const GapSite *sites;
    const gsize *first;   /**< n_demand + 1: the first pair of each demand, then their number */
    const guint32 *site;  /**< of each pair */
    const float *minutes; /**< of each pair, 0 or more, finite */
    gsize n_groups;
    const guint32 *group_min, *group_max; /**< new sites of each group; NULL: 0, and no limit */
} GapLocateProblem;

typedef struct {
    GapLocateModel model;
    gint64 p;       /**< new sites at most (P_MEDIAN, P_CENTER, COVERING); -1: no limit */
    double within;  /**< COVERING, SET_COVER: minutes, inclusive */
    guint32 need;   /**< COVERING, SET_COVER: open sites within that; 1 or 2 */
    double share;   /**< SET_COVER: of all weight, 0..1 */
    bool by_cost;   /**< SET_COVER: least cost, not fewest sites */
    double budget;  /**< sum of cost of new sites at most; INFINITY: no limit */
    double posts;   /**< sum of posts of new sites at most; INFINITY */
    double seconds; /**< to stop after with what is best so far; INFINITY: when it is proven */
} GapLocateOptions;
#define GAP_LOCATE_DEFAULTS                                                                        \
    (GapLocateOptions) {                                                                           \
        .p = -1, .within = INFINITY, .need = 1, .share = 1, .budget = INFINITY, .posts = INFINITY, \
        .seconds = INFINITY                                                                        \
    }

typedef enum {
    GAP_LOCATE_PROVEN,  /**< value is best: the bound meets it */
    GAP_LOCATE_BOUNDED, /**< feasible; the bound is stated; time ran out or the user stopped it */
    GAP_LOCATE_INFEASIBLE, /**< proven to have no answer */
    GAP_LOCATE_UNKNOWN,    /**< none found, none excluded, when it was stopped */
} GapLocateStatus;

typedef struct {
    GapLocateStatus status;
    double value; /**< weight covered, sites or money, weight x minutes, minutes; NAN: none found */
    double bound; /**< no answer is better: upper for COVERING, lower for others */
    guint32 *sites; /**< new sites, ascending */
    gsize n_sites;
    gint32 *serves; /**< with finite capacities: the site of each demand, -1: none; else NULL */
    /** From which verify.h recomputes `root_bound`; NULL where the model's bound needs none.
     *
     *  COVERING, SET_COVER: u of each demand, 0 or more; then the price of money A and the price of
     *  posts B, 0 or more, 0 where that has no limit; SET_COVER: then the price of weight T. Let
     *    r_i     = need less the open and the forced sites within reach of i, at least 0
     *    gain_j  = sum of u_i over demand with r_i > 0 within reach of j
     *    net_j   = gain_j - o_j - A cost_j - B posts_j, where o_j = 0 for COVERING, for SET_COVER 1
     *              or (by_cost) cost_j
     *    best    = greatest sum of net_j over sets S of free candidates that fit each alone beside
     *              the forced: at most p less the forced; of each group from its least to its most,
     *              less the forced; at most one of those of the same place and group. By sorting:
     *              the best of each place and group; first the best of each group up to its least
     *              whatever their sign; then the best above 0 while p and groups allow.
     *    left    = A (budget - cost of forced) + B (posts - posts of forced)
     *  COVERING:  bound = sum_i max(0, w_i - r_i u_i) + left + best
     *  SET_COVER: bound = sum_j forced o_j + D - left - best, where D is with share 1:
     *    sum_i r_i u_i over w_i > 0, else: T (share W - sum_{r_i = 0} w_i) - sum_{r_i > 0}
     *    max(0, T w_i - r_i u_i), W being all weight.
     *  COVERING with need 1 and finite capacities: r_i = 1 for all; gain_j is what the capacity
     *  holds of u_i of those within reach, by u_i / w_i descending, the last one in part; and
     *  gain_j of the open, net_j of the forced are added to `best`. */
    double *multipliers;
    gsize n_multipliers;
    double root_bound; /**< what they prove without branching; NAN: none */
    guint64 nodes;     /**< of the search */
} GapLocateAnswer;

void gap_locate_answer_free(GapLocateAnswer *answer); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapLocateAnswer, gap_locate_answer_free)

/** Whether the problem is well formed, else an error that names the first fault by its numbers:
 *  negative, infinite or NaN figures, pairs out of order, a forced pair of one place, p above the
 *  number of candidates. O(pairs). Every solver calls it. */
bool gap_locate_check(const GapLocateProblem *problem, const GapLocateOptions *options,
                      GError **error);

/** Solves it by the solver of its model. `progress` tells value and bound; stopping through it (or
 *  by `seconds`) answers what is best so far, which is no error. Fails where the problem is not
 *  well formed or memory does not suffice. Returns: (transfer full). */
GapLocateAnswer *gap_locate(const GapLocateProblem *problem, const GapLocateOptions *options,
                            const GapProgress *progress, GError **error);

/* ---- the solvers of the models, one file or few each; algorithm and sources in their files ----
 */

GapLocateAnswer *gap_locate_covering(const GapLocateProblem *problem,
                                     const GapLocateOptions *options, const GapProgress *progress,
                                     GError **error);
GapLocateAnswer *gap_locate_set_cover(const GapLocateProblem *problem,
                                      const GapLocateOptions *options, const GapProgress *progress,
                                      GError **error);
GapLocateAnswer *gap_locate_median(const GapLocateProblem *problem, const GapLocateOptions *options,
                                   const GapProgress *progress, GError **error);
GapLocateAnswer *gap_locate_center(const GapLocateProblem *problem, const GapLocateOptions *options,
                                   const GapProgress *progress, GError **error);

#endif
