/** How firm a proposal is: in how many of many perturbed runs each of its sites is chosen again. */
#ifndef GAP_LAYERS_SITES_FIRM_H
#define GAP_LAYERS_SITES_FIRM_H

#include "geo/base/progress.h"
#include "layers/sites/store.h"

enum { GAP_FIRM_RUNS = 200 };
#define GAP_FIRM_MINUTES 0.2 /**< all distances of a run are scaled by up to that, either way */

typedef struct {
    gsize runs;      /**< that had an answer */
    guint32 *chosen; /**< of each site of the problem: in how many of them */
} GapSitesFirm;

/** GAP_FIRM_RUNS times: all distances scaled by one factor of 0.8 to 1.2, the weight of each demand
 *  by one of its own of 0.9 to 1.1, one of the free candidates refused; each run stopped after
 *  `seconds`. Crime has no interval of its own here, being weight. `wide` is the problem with
 *  `slack` GAP_FIRM_MINUTES (store.h), of the same candidates. Draws are the same each time.
 *  `progress` may stop it, after which fewer runs count. Returns: (transfer full). */
GapSitesFirm *gap_sites_firm(const GapStoreSites *wide, const GapLocateOptions *options,
                             double seconds, const GapProgress *progress, GError **error);
/** Of a COVERING answer the best value with 1, 2, ... `n` sites more than `beside`, all other
 * limits kept, or what it is at most where that is not proven within `seconds` each; each is
 * verified. Against these the first sites of an order of building are held. Returns: (transfer
 * full), `n` values. */
double *gap_sites_best_values(const GapStoreSites *ground, const GapLocateOptions *options,
                              gsize beside, gsize n, double seconds, const GapProgress *progress,
                              GError **error);
void gap_sites_firm_free(GapSitesFirm *firm); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSitesFirm, gap_sites_firm_free)

#endif
