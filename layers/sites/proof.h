/** What proves a proposal of the store: kept beside it, and verified again from nothing else. */
#ifndef GAP_LAYERS_SITES_PROOF_H
#define GAP_LAYERS_SITES_PROOF_H

#include "layers/sites/keep.h"

/** Keeps candidates, limits, multipliers and who serves whom of an answer, after the proposal. */
bool gap_sites_proof_keep(GapStore *store, const GapSitesKeep *keep, const GapStoreSites *ground,
                          const GapLocateAnswer *answer, const GapSitesResult *result,
                          GError **error);

/** Makes the problem of each proposal anew from what is kept, with distances measured by another
 *  piece of code, and verifies its answer (geo/locate/verify.h): every limit, the value, the root
 *  bound from the multipliers; then that bound, gap and `proven` hang together. Adds a row (check,
 *  detail) to `findings` for each proposal that does not hold. O(demand x candidates). */
bool gap_sites_proof_check(GapStore *store, GapTable *findings, GError **error);

#endif
