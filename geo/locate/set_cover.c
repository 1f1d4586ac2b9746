#include "geo/locate/covering.h"

/* The search of covering.c, which here maximises less the price of sites under the condition that
 * enough weight is covered. */
GapLocateAnswer *gap_locate_set_cover(const GapLocateProblem *problem,
                                      const GapLocateOptions *options, const GapProgress *progress,
                                      GError **error) {
    if (!gap_locate_check(problem, options, error))
        return NULL;
    return gap_covering_solve(problem, options, progress, error);
}
