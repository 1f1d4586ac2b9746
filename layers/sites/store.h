/** A location problem from the store: who a run leaves beyond reach, what stands, and settlements
 *  as candidates, by the programme's rule.
 *
 *  Demand is that of the run, weighed by people or by crime (people x the rate of their area).
 *  Whatever counts in the run stands as one OPEN site at the distance of each demand's nearest
 *  point, so that any run with such distances will do. Distances are metres (the `minutes` of
 *  geo/locate/locate.h), geodesic, limits included; a pair no nearer than what stands, or beyond
 *  the limit of a covering model, changes no answer and is left out.
 *
 *  Candidates are places inside an area, except nameless parts of others (PPLX without people).
 *  Only those of areas whose ladder says `site` may be chosen, unless `any`; the rest is FORBIDDEN
 *  and keeps its ladder as the reason. */
#ifndef GAP_LAYERS_SITES_STORE_H
#define GAP_LAYERS_SITES_STORE_H

#include "geo/store/store.h"
#include "layers/sites/problem.h"

typedef struct {
    const char *run; /**< label; NULL: the newest */
    double within_m; /**< NaN: that of the run */
    bool by_crime;
    bool any;            /**< drops the rule */
    double slack;        /**< covering: also the pairs that matter with limits by up to this share
                              less or more; 0: of the limit alone */
    gint64 cells;        /**< points of most modelled people beyond reach of each area that are
                              candidates beside settlements: `cell:ID` of the demand */
    double cost;         /**< of a new site; NaN: not known */
    double local_share;  /**< of it that the local side pays, 0..1 */
    double officers;     /**< of a new site; NaN: not known */
    char *const *forced; /**< codes of places; NULL: none. They need no plan */
    char *const *forbidden;
} GapStoreSitesOptions;

enum {
    GAP_CANDIDATE_CODE,
    GAP_CANDIDATE_NAME,
    GAP_CANDIDATE_AREA,
    GAP_CANDIDATE_AREA_NAME,
    GAP_CANDIDATE_PROVINCE,
    GAP_CANDIDATE_LADDER,
    GAP_CANDIDATE_LON,
    GAP_CANDIDATE_LAT
};
enum {
    GAP_DEMAND_ID,
    GAP_DEMAND_PEOPLE,
    GAP_DEMAND_LON,
    GAP_DEMAND_LAT,
    GAP_DEMAND_RATE,
    GAP_DEMAND_DISTANCE,
    GAP_DEMAND_COVERED
};

typedef struct {
    GapSitesProblem *sites;
    GapTable *candidates; /**< row j is site j; what stands is the site after the last */
    GapTable *demand;     /**< row i is demand i */
    guint8 *covered;      /**< of each demand: within reach of what stands */
    char *run, *as_of;
    double within_m;
    gsize eligible; /**< candidates that may be chosen or must be */
    GapStoreSitesOptions options;
} GapStoreSites;

/** Reads it. `covering` leaves pairs beyond the limit out. O(candidates x demand) of three
 *  multiplications each, a geodesic for those in question. Returns: (transfer full). */
GapStoreSites *gap_store_sites(GapStore *store, const GapStoreSitesOptions *options, bool covering,
                               GError **error);
void gap_store_sites_free(GapStoreSites *ground); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapStoreSites, gap_store_sites_free)

/** People, or crimes a year, of a demand. */
double gap_store_sites_people(const GapStoreSites *ground, gsize demand);
double gap_store_sites_crime(const GapStoreSites *ground, gsize demand);

#endif
