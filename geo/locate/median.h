/** The parts of the median solver; for its own files only. */
#ifndef GAP_LOCATE_MEDIAN_H
#define GAP_LOCATE_MEDIAN_H

#include "geo/locate/limits.h"
#include "geo/locate/locate.h"
#include "geo/locate/watch.h"

/** Demand with its pairs by cost (weight x minutes) ascending: all of a problem, or what is left
 *  of it in a node of the search, where sites are open (then they are in `outside`), closed (gone)
 *  or free (numbered 0..n_sites - 1 here). Rows without pairs are in `base`. */
typedef struct {
    guint32 n_rows, n_sites;
    gsize *first;     /**< n_rows + 1 */
    guint32 *site;    /**< of each pair */
    double *cost;     /**< of each pair, below the row's `outside` */
    double *outside;  /**< of each row: cost from the open sites; `far` where none reaches it */
    guint32 *row;     /**< number of each row in the problem */
    guint32 *id;      /**< number of each site in the problem */
    double base, far; /**< `far` is more than any answer in which all demand is served */
} GapRows;

/** All demand of weight above 0 with the sites that are neither OPEN nor FORBIDDEN; FORCED ones are
 *  free still. NULL with an error where memory does not suffice. */
GapRows *gap_rows_new(const GapLocateProblem *problem, GError **error);

/** The same with a cost of 0 for each pair within `reach` minutes, others left out, and 1 for
 *  demand that none reaches: an answer that costs 0 reaches all. */
GapRows *gap_rows_within(const GapLocateProblem *problem, double reach, GError **error);

/* What both are made with: room for so many (NULL: no memory), numbers of the sites that may be
 * taken (transfer full; -1 for others), a row of pairs by cost, the error. */
typedef struct {
    double cost;
    guint32 site;
} GapRowsPair;
GapRows *gap_rows_alloc(gsize n_rows, gsize n_sites, gsize n_pairs);
gint32 *gap_rows_number(const GapLocateProblem *problem, GapRows *rows);
void gap_rows_add(GapRows *rows, gsize i, const GapRowsPair *pairs, gsize n, double outside);
void *gap_rows_no_memory(const GapLocateProblem *problem, GError **error);

typedef enum { GAP_ROWS_FREE, GAP_ROWS_OPEN, GAP_ROWS_CLOSED } GapRowsFate;

/** What is left when each site has its fate. `u` (shortened alike; may be NULL) and `spare`: pairs
 *  of cost above u + spare are dropped, since an answer that uses one costs more than wanted.
 *  NULL where memory does not suffice. */
GapRows *gap_rows_shrink(const GapRows *rows, const GapRowsFate *fate, double *u, double spare);

/** Of rows of reach: leaves out demand that is reached whenever other demand is; sets the fate of
 *  sites that alone reach some (OPEN) and of those that reach no more than one that may stand in
 *  for them (CLOSED). Answers whether there were any. Fates must be 0 before. */
bool gap_rows_reduce(GapRows *rows, const GapLimits *limits, double *u, GapRowsFate *fate);
/** The rows of each site, ascending: those of site j are from[j]..from[j + 1] - 1 of the answer.
 *  `from` has room for n_sites + 2. Returns: (transfer full). */
guint32 *gap_rows_transpose(const GapRows *rows, gsize *from);
/** Of rows of reach: the site of most reach among those of the demand that has fewest. */
guint32 gap_rows_pivot(const GapRows *rows);
void gap_rows_free(GapRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapRows, gap_rows_free)

/** Sum over rows of the cost from the nearest site that is `in`. O(pairs before it). */
double gap_rows_cost(const GapRows *rows, const bool *in);

/** The dual of a node. For multipliers u, a number a row at most its `outside`, no answer costs
 *  less than base + sum of u + the least sum, over selections within the limits, of
 *  rho_j = sum over rows of min(0, cost_ij - u_i). */
typedef struct {
    double *u;         /**< the best found; given to start from */
    double bound;      /**< what it proves */
    double *share;     /**< of each site, 0..1: how much the primal estimate opens it */
    GapRowsFate *fate; /**< of each site: what no answer below the cut can do without, or with */
    guint32 n_open, n_closed;
    bool *in;     /**< the cheapest selection by these rows that a dual proposed... */
    double value; /**< ...and what it costs by them; INFINITY: none */
    guint64 steps;
    double *way;       /**< of each row: mean of the slopes, along which steps go */
    double scale, mix; /**< of the next step; how much of a new slope goes into the mean, at most */
} GapDual;

typedef struct {
    GapLimits *limits; /**< NULL: only `p` */
    const GapTally *tally;
    gint64 p;         /**< sites that may still open */
    double cut;       /**< a bound from here on ends the node */
    double target;    /**< the cost that the bound is thought to reach */
    guint32 steps;    /**< at most */
    guint32 patience; /**< steps without gain before the step is shortened */
    guint32 fixed;    /**< return once so many sites have their fate */
} GapDualTask;

GapDual *gap_dual_new(const GapRows *rows);
void gap_dual_free(GapDual *dual);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapDual, gap_dual_free)
/** Whether those of `may` that are `in` can all be taken and then break no limit. */
bool gap_selection_allowed(const GapLimits *limits, const GapTally *tally, const guint32 *may,
                           const guint8 *in, gsize n);
/** Raises the bound by the volume algorithm (Barahona and Anbil 2000). O(pairs below u) a step. */
void gap_dual_climb(GapDual *dual, const GapRows *rows, const GapDualTask *task, GapWatch *watch);

/** A selection within the limits, `in` by the rows' sites, made by adding what saves most (or, with
 *  `priced`, all sites of the problem, most for its money), and whether there is one. `tally` is of
 * the sites taken besides. */
bool gap_start_greedy(const GapRows *rows, GapLimits *limits, const GapTally *tally,
                      const GapSite *priced, bool *in);

/** Swaps and additions that save most, until none saves, by tables of gain and loss (Resende and
 *  Werneck 2007). Answers what `in` costs then. */
double gap_start_improve(const GapRows *rows, GapLimits *limits, const GapTally *tally, bool *in,
                         GapWatch *watch);

/** A search for a selection that costs less than `best` by the rows of `all`. */
typedef struct {
    const GapLocateProblem *problem;
    GapLimits *limits;
    bool plain;       /**< only p limits */
    bool reach;       /**< these are rows of reach */
    bool quick;       /**< no search below the root */
    bool walks;       /**< in rows of reach, walks are tried at the root */
    GapRows *all;     /**< without what is forced or forbidden */
    GapTally *forced; /**< of the forced sites */
    double best;      /**< of what was found; at first what must be beaten */
    double grain;     /**< all costs are multiples of it; 0: not so */
    bool *best_in;    /**< sites of `all` */
    gint32 *place;    /**< of each site of the problem in `all`, or -1 */
    GArray *open;     /**< guint32 of the problem: taken on the way to this node */
    GapWatch watch;
    guint64 nodes;
    double left; /**< least bound of nodes that were not finished */
    double *u;   /**< of each row of `all`: the root's multipliers */
} GapSearch;

/** Rows (taken over, settled for the forced) of a search; false with an error where memory does
 *  not suffice. Where forced sites break a limit, `base` of the rows is `far`. */
bool gap_search_init(GapSearch *search, const GapLocateProblem *problem,
                     const GapLocateOptions *options, GapLimits *limits, GapRows *rows,
                     GError **error);
void gap_search_clear(GapSearch *search);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GapSearch, gap_search_clear)
/** Searches until the best is proven, or the watch ends it. */
void gap_search_run(GapSearch *search);
/** Whether nothing below `best` is left to be found. */
bool gap_search_done(const GapSearch *search);
/** The new sites of the best, ascending. Returns: (transfer full). */
guint32 *gap_search_sites(const GapSearch *search, gsize *n);

/** Of rows of reach: walks from `in`, which keeps the limits, to a selection that reaches all;
 *  false where so many steps find none. The same walk each time. */
bool gap_reach_walk(const GapRows *rows, GapLimits *limits, const GapTally *tally, bool *in,
                    guint32 steps, GapWatch *watch);

/** Solves where capacities are finite: fills the answer, of whose multipliers those of demand (room
 *  for two more); see median_capacity.c. */
void gap_median_capacity(const GapLocateProblem *problem, GapLimits *limits, GapWatch *watch,
                         GapLocateAnswer *answer);

#endif
