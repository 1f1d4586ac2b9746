/** Under how many of the sensible definitions of what is sought the proposed sites stay. */
#ifndef GAP_LAYERS_SITES_DEFINITIONS_H
#define GAP_LAYERS_SITES_DEFINITIONS_H

#include "geo/base/progress.h"
#include "layers/sites/store.h"

/** One way to say what is sought. The direction of travel belongs here, too; it is the run's, as
 *  long as a run keeps its ground in one direction. */
typedef struct {
    double within_m; /**< minutes of a run by travel time */
    bool by_crime;
    bool without_assumed; /**< points whose place is assumed do not count */
} GapDefinition;

/** All combinations of: the limits of the store's runs of the same day and way to measure, with
 * that of the proposal (where that is all, 0.8, 1 and 1.2 times it; the model has no limit: only
 * its own); people, and crime where a rate is known and officers serve any number; with assumed
 * points, and without where any counts, one site suffices and the run is in straight lines. Limits
 * beyond what a run by travel time knows are left out. Returns: (transfer full), of GapDefinition.
 */
GArray *gap_sites_definitions(GapStore *store, const GapStoreSites *ground,
                              const GapLocateOptions *options, GError **error);

typedef struct {
    gsize n;         /**< definitions under which there is an answer */
    guint32 *chosen; /**< of each site of the problem: under how many of these */
    GapTable *table; /**< a row a definition: within_m, weight, assumed, value, proven, same (of the
                          proposed sites how many are chosen) */
    GPtrArray *notes; /**< found on the way, those of `ground` aside */
} GapSitesDefined;

/** Solves the problem under each, verified, each stopped after `seconds`: the same candidates,
 *  limits and model as `ground` and `options`, of which `answer` is the proposal. `progress` may
 *  stop it, after which fewer count. Costs a gap_store_sites() and a gap_locate() each. Returns:
 *  (transfer full). */
GapSitesDefined *gap_sites_try_definitions(GapStore *store, const GapStoreSites *ground,
                                           const GapLocateOptions *options,
                                           const GapLocateAnswer *answer, const GArray *definitions,
                                           double seconds, const GapProgress *progress,
                                           GError **error);
void gap_sites_defined_free(GapSitesDefined *defined); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSitesDefined, gap_sites_defined_free)

/** Sets the distance of each demand (GAP_DEMAND_DISTANCE) to the nearest point of a run that is not
 *  assumed; null where there is none. */
bool gap_sites_leave_assumed(GapStore *store, const char *run, GapTable *demand, GError **error);

#endif
