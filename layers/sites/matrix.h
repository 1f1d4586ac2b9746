/** A location problem from tables of one's own: the minutes between candidates and demand, as a
 *  router (OSRM, Valhalla, r5r) makes them, who the demand is, and what the candidates are. No
 *  geometry, no store.
 *
 *  Each is a file of any format of geo/files/reader.h. Their columns, with other usual names:
 *
 *  - times: from, to, minutes (or seconds), from a candidate to demand; in any order, each pair
 *    once. Pairs that are not listed are out of reach.
 *  - demand: id, people (0 or more, fractions too); where wanted province, which is told of.
 *  - candidates: id; where wanted cost, posts, capacity (people that it can serve; empty: any),
 *    province, place (of those of one place at most one is built) and state: open (stands already),
 *    forced, forbidden, free (also when empty).
 *
 *  Without a table of candidates they are all that the times start from. Candidates and demand are
 *  numbered in the order of their tables (without one, of the first pair), which is the order that
 *  ties are broken by.
 *
 *  Nothing is dropped in silence: an id that is not known, stands twice or is empty, and a figure
 *  that is missing, negative or none, is an error that names file, row, field and value. */
#ifndef GAP_LAYERS_SITES_MATRIX_H
#define GAP_LAYERS_SITES_MATRIX_H

#include "geo/base/progress.h"
#include "layers/sites/problem.h"

typedef struct {
    const char *times, *demand;
    const char *candidates; /**< NULL: those of the times */
} GapMatrixFiles;

/** Reads them. `progress` may stop it, which is an error. O(pairs); memory some 40 bytes a pair at
 *  most. Returns: (transfer full). */
GapSitesProblem *gap_matrix_read(const GapMatrixFiles *files, const GapProgress *progress,
                                 GError **error);

#endif
