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

#endif
