/** An independent check of answers to location problems: shares no code with the solvers. */
#ifndef GAP_LOCATE_VERIFY_H
#define GAP_LOCATE_VERIFY_H

#include "geo/locate/locate.h"

typedef struct {
    double value; /**< recomputed from the pairs and the open sites */
    double bound; /**< recomputed from the multipliers; NAN where there are none */
} GapLocateVerdict;

/** Recomputes value, feasibility (every limit, state, place, group, capacity and assignment) and
 *  root bound from nothing but the problem, the options and the answer's lists. False with an error
 *  that says what does not hold: a limit that is broken and by how much, a value or bound that
 *  differs by more than 1e-9 relative, a bound worse than the value. O(pairs). */
bool gap_locate_verify(const GapLocateProblem *problem, const GapLocateOptions *options,
                       const GapLocateAnswer *answer, GapLocateVerdict *verdict, GError **error);

/** What the multipliers of an answer prove without any search: weak duality, by the formulas that
 *  stand at GapLocateAnswer.multipliers and, of P_MEDIAN, here:
 *
 *    u of each demand, of any sign; then the price of money A where that is limited, then the price
 *    of posts B likewise. Over demand of weight above 0:
 *
 *    rho_j = sum of min(0, weight x minutes - u_i)
 *    bound = sum of u_i - A budget - B posts
 *            + sum of rho_j of OPEN sites + sum of rho_j + A cost_j + B posts_j of FORCED ones
 *            + the least sum of that over at most p less the forced of FREE ones
 *
 *  NAN where there are no multipliers, or some that prove nothing: too few, not finite, a price
 *  below 0. O(pairs + candidates log candidates). */
double gap_locate_root_bound(const GapLocateProblem *problem, const GapLocateOptions *options,
                             const GapLocateAnswer *answer);

#endif
