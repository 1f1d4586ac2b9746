#include "geo/locate/covering.h"
GapLocateAnswer *gap_covering_capacities(const GapLocateProblem *problem,
                                         const GapLocateOptions *options,
                                         const GapProgress *progress, GError **error) {
    return gap_covering_solve(problem, options, progress, error);
}
