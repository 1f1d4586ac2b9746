/** Why a location problem has no answer, in sentences. */
#ifndef GAP_LAYERS_SITES_WHY_H
#define GAP_LAYERS_SITES_WHY_H

#include "geo/locate/explain.h"
#include "layers/sites/problem.h"

/** A sentence a reason (of GapLocateReason), with the names of what it is about.
 *  Returns: (transfer full), of strings. */
GPtrArray *gap_sites_why(const GapSitesProblem *sites, const GArray *reasons);

#endif
