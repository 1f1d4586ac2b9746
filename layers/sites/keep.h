/** Proposals in the store: kept once they were verified, and checked again from what is stored. */
#ifndef GAP_LAYERS_SITES_KEEP_H
#define GAP_LAYERS_SITES_KEEP_H

#include "layers/sites/result.h"

typedef struct {
    const char *label, *model;
    const char *parameters; /**< the command, as a person reads it */
    const char *made_from;  /**< gap_sites_made_from(); other text where it was stopped early */
    const GapLocateOptions *options;
    const GapTable *frontier; /**< its steps (frontier.h); NULL: none */
} GapSitesKeep;

/** What a proposal is made from: gapmap's version, the sources, the run with its gaps, the call,
 * and what its files say of candidates, since a file may change under its name. Returns: (transfer
 * full). */
char *gap_sites_made_from(GapStore *store, const char *parameters, const GapStoreSites *ground,
                          GError **error);

/** Whether the proposal `label` was made from that; then layers show it from now on, as if it were
 *  new. False without an error where it is another or none. */
bool gap_sites_is_current(GapStore *store, const char *label, const char *made_from,
                          GError **error);

/** Keeps a proposal, in place of one of the same label, in one transaction. */
bool gap_sites_keep(GapStore *store, const GapSitesKeep *keep, const GapStoreSites *ground,
                    const GapLocateAnswer *answer, const GapSitesResult *result, GError **error);

/** Measures every stored proposal anew, from the demand and the places of its sites, by a route of
 *  its own (all distances, no lists of pairs): whom it covers, how many are new at each site, and
 *  its value; then what proves it (proof.h). Adds a row (check, detail) to `findings` for each
 *  figure that does not hold, as gap_store_check() does. O(demand x candidates). */
bool gap_sites_check(GapStore *store, GapTable *findings, GError **error);

#endif
