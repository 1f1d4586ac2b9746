/** Inside of the covering solvers: one search for maximal covering and for set covering. Both
 *  maximise: weight covered, or less what sites cost. Algorithm and sources: covering.c. */
#ifndef GAP_LOCATE_COVERING_H
#define GAP_LOCATE_COVERING_H

#include "geo/locate/aggregate.h"
#include "geo/locate/limits.h"
#include "geo/locate/watch.h"

typedef struct {
    const GapLocateProblem *problem;
    const GapLocateOptions *options;
    GapLimits *limits;
    bool set_cover;
    bool all;       /**< SET_COVER: every row must be covered */
    bool whole;     /**< values are whole numbers */
    double target;  /**< SET_COVER: weight to cover */
    double *price;  /**< SET_COVER: of each candidate; COVERING: zeros */
    GapWatch watch; /**< when to stop */
    double value;   /**< of the best selection so far; -INFINITY */
    guint8 *best;   /**< of each candidate: whether that has it */
    double enough;  /**< a value from which on nothing better is wanted; INFINITY */
    bool quick;     /**< only the root: no branches, no sweep */
    bool swept;     /**< a sweep was tried, or cannot be */
    double top;     /**< bound of the root */
    double open;    /**< no selection in what was left unsearched is better; -INFINITY */
    guint64 nodes;
    GError *error;      /**< memory */
    double least_price; /**< of weight, so that it stays above 0 */
    /* multipliers of the root */
    double *root; /**< of its rows */
    GapPrices root_prices;
    double root_price; /**< of weight */
} GapCovering;

/** A subproblem: what is taken, what may be, and the rows that are left. */
typedef struct {
    GapCover *cover;
    GapTally *taken;
    guint8 *in; /**< of each candidate: whether it is taken */
    double *u;  /**< multipliers of rows */
    GapPrices prices;
    double price; /**< multiplier of the weight to cover */
    double pace;  /**< of steps, as it ended above; 0: as at first */
    double spent; /**< prices of what is taken */
    double bound; /**< what is known to bound it */
} GapCoverNode;

void gap_cover_node_clear(GapCoverNode *node);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GapCoverNode, gap_cover_node_clear)

/** Lagrangian bound by the volume algorithm (Barahona and Anbil 2000). */
typedef struct {
    double bound;
    double *mean; /**< of each column: how much of it the mean of the selections has */
    double *net;  /**< of each column at the best multipliers */
    double *u;    /**< the best multipliers; prices beside them */
    GapPrices prices;
    double price;
    guint8 *chosen; /**< of each column at the best multipliers */
} GapCoverDual;

/** Lowers the bound of `node` in at most `steps`, from its multipliers, which it replaces by the
 *  best; gives every selection met to gap_covering_offer(). Stops where the bound says that nothing
 *  better than the best selection is there. */
void gap_cover_dual(GapCovering *s, GapCoverNode *node, int steps, GapCoverDual *dual);
void gap_cover_dual_clear(GapCoverDual *dual);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GapCoverDual, gap_cover_dual_clear)

/** Whether to stop; tells value and bound now and then. */
bool gap_covering_over(GapCovering *s, double bound);

/** Whether a bound leaves no room for better than the best selection. */
bool gap_covering_shut(const GapCovering *s, double bound);

/** Keeps a selection of a node (its columns beside what is taken) if it is feasible and best. */
void gap_covering_offer(GapCovering *s, const GapCoverNode *node, const guint8 *columns);

/** Betters a selection of the node by additions, exchanges and removals; false if none is found. */
bool gap_cover_improve(GapCovering *s, const GapCoverNode *node, guint8 *columns);

/** Greedy by added weight for what a site uses up, lazily evaluated (Minoux 1978), then bettered.
 */
void gap_cover_greedy(GapCovering *s, const GapCoverNode *node);

/** SET_COVER: looks for cheaper selections near `columns`, for so much work (pairs touched). */
void gap_cover_walk(GapCovering *s, const GapCoverNode *node, const guint8 *columns,
                    guint64 most_work);

/** Where all must be covered: adds to a node rows that every selection keeps and the `mean` of
 *  selections breaks. Answers how many. */
gsize gap_cover_cut(GapCoverNode *node, const double *mean);

/** Where all must be covered, each row by one column, and nothing else limits a selection: searches
 *  the node by dynamic programming, and offers the best there is. False where that would take too
 *  much: then nothing is known. */
bool gap_cover_sweep(GapCovering *s, const GapCoverNode *node);

/** An order of rows in which those that share columns are near each other, and the sum of `u` of
 *  rows that are begun but not passed stays small. O(rows^2). Returns: (transfer full). */
guint32 *gap_cover_order(const GapCover *cover, const double *u);

/** Branch and bound from the root node. False: memory; s->error is set. */
bool gap_covering_search(GapCovering *s, GapCoverNode *root);

/** All of it: both public solvers call this. */
GapLocateAnswer *gap_covering_solve(const GapLocateProblem *problem,
                                    const GapLocateOptions *options, const GapProgress *progress,
                                    GError **error);

/** Whether at most `options->p` new sites, which alone limits them, reach all demand within
 *  `options->within`: 1 with the sites, 0 where that is proven impossible, -1 where it was not
 *  found out (with `quick`, or stopped), -2 with an error. `watch` and `nodes` go on. */
int gap_covering_reach(const GapLocateProblem *problem, const GapLocateOptions *options, bool quick,
                       GapWatch *watch, GapLocateAnswer *answer, GError **error);

/** COVERING with finite capacities. Sets what an answer has beside the rest. False: memory. */
bool gap_covering_capacities(GapCovering *s, GapLocateAnswer *answer);

#endif
