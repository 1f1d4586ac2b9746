/** A location problem from the store: who a run leaves beyond reach, what stands, and settlements
 *  as candidates, by the programme's rule.
 *
 *  Demand is that of the run, weighed by people or by crime (people x the rate of their area).
 *  Whatever counts in the run stands as one OPEN site at the distance of each demand's nearest
 *  point, so that any run with such distances will do. Distances are metres (the `minutes` of
 *  geo/locate/locate.h), geodesic, limits included, or, of a run by travel time, minutes over its
 *  ground, also where it says metres below; a new site turns out at once. A pair no nearer than
 * what stands, or beyond the limit of a covering model, changes no answer and is left out.
 *
 *  Where two sites are needed (`need`) what stands is two OPEN sites: at the distance of the
 * nearest point, and of the next. A site that serves up to a reach of its own has its distances in
 *  covering models scaled by limit / reach, so that one limit holds for all; `metres` keeps them.
 *
 *  Candidates are places inside an area, except nameless parts of others (PPLX without people), and
 *  points of a file (candidates.h). Only those of areas whose ladder says `site` may be chosen,
 *  unless `any`; the rest is FORBIDDEN and keeps its ladder as the reason. Several options of a
 *  place are candidates of one place. Their cost is that of building and of running them for
 *  `years`, less the local share. */
#ifndef GAP_LAYERS_SITES_STORE_H
#define GAP_LAYERS_SITES_STORE_H

#include "geo/base/progress.h"
#include "geo/store/store.h"
#include "layers/sites/candidates.h"
#include "layers/sites/problem.h"

/** Which end of the interval of recorded crime is weighed. */
typedef enum { GAP_CRIME_EXPECTED, GAP_CRIME_LOW, GAP_CRIME_HIGH } GapCrimeEnd;

typedef struct {
    const char *run; /**< label; NULL: the newest */
    double within_m; /**< NaN: that of the run */
    bool minutes;    /**< these are minutes, of a run by travel time */
    bool by_crime;
    GapCrimeEnd crime_end;
    bool any;           /**< drops the rule */
    double slack;       /**< covering: also the pairs that matter with limits by up to this share
                             less or more; 0: of the limit alone */
    gint64 cells;       /**< points of most modelled people beyond reach of each area that are
                             candidates beside settlements: `cell:ID` of the demand */
    double near_road_m; /**< of these, with a road as near as that; 0: anywhere */
    const char *given;  /**< file of candidates; NULL: none */
    const char *columns, *set; /**< of it (candidates.h) */
    bool places;               /**< settlements and cells beside those; always without them */
    const char *kinds;         /**< file of kinds (kinds.h); NULL: none */
    double cost;               /**< of a new site; NaN: not known */
    double running;            /**< of it a year; NaN: not known */
    double years;              /**< that its running cost counts for, 0 or more */
    double local_share;        /**< of all that cost that the local side pays, 0..1 */
    double officers;           /**< of a new site; NaN: not known */
    double per_officer;        /**< people that an officer can serve, of new sites; 0: any number */
    guint32 need;              /**< sites within reach that cover, 1 or 2; 0 is 1 */
    char *const *move;         /**< codes of points that may close (move.h); NULL: none */
    char *const *forced;       /**< codes of places; NULL: none. They need no plan */
    bool without_assumed;      /**< points whose place is assumed do not count (definitions.h) */
    char *const *forbidden;
    const GapProgress *progress; /**< of searches over the ground; NULL: none */
} GapStoreSitesOptions;

enum {
    GAP_DEMAND_ID,
    GAP_DEMAND_PEOPLE,
    GAP_DEMAND_LON,
    GAP_DEMAND_LAT,
    GAP_DEMAND_RATE,
    GAP_DEMAND_DISTANCE,
    GAP_DEMAND_COVERED,
    GAP_DEMAND_RATE_LOW,
    GAP_DEMAND_RATE_HIGH,
    GAP_DEMAND_AREA
};

typedef struct {
    GapSitesProblem *sites;
    GapTable *candidates; /**< row j is site j; what stands is the sites after the last */
    GapTable *demand;     /**< row i is demand i */
    double *second;  /**< of each demand: metres to the next nearest that stands; NULL: unused */
    guint8 *stands;  /**< of each demand: how many that stand are within reach, up to `need` */
    guint8 *covered; /**< of each demand: these are enough */
    guint8 *today;   /**< the same as `stands`, those that may close counting; NULL: none may */
    double
        *turnout_min; /**< of each candidate, where some may close; NULL: they turn out at once */
    char **move;      /**< codes of those that may close, the first candidates; NULL: none */
    float *metres;    /**< of each pair, where the problem's are scaled; else NULL */
    char *run, *as_of;
    double within_m; /**< minutes where the run is by travel time */
    bool by_travel;
    gsize places;        /**< of candidates but those, each with one option or several */
    gsize eligible;      /**< places that may be chosen or must be */
    GPtrArray *refusals; /**< rows of the file of candidates, of GapRefusal (layers/load.h) */
    GapStoreSitesOptions options;
} GapStoreSites;

/** Reads it. `covering` leaves pairs beyond the limit out. O(candidates x demand) of three
 *  multiplications each, a geodesic for those in question. Returns: (transfer full). */
GapStoreSites *gap_store_sites(GapStore *store, const GapStoreSitesOptions *options, bool covering,
                               GError **error);
void gap_store_sites_free(GapStoreSites *ground); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapStoreSites, gap_store_sites_free)

/** People, or crimes a year as expected or at an end of the interval, of a demand. */
double gap_store_sites_people(const GapStoreSites *ground, gsize demand);
double gap_store_sites_crime(const GapStoreSites *ground, gsize demand);
double gap_store_sites_crime_at(const GapStoreSites *ground, gsize demand, GapCrimeEnd end);
/** What the model weighs it by. */
double gap_store_sites_weight(const GapStoreSites *ground, gsize demand);
/** Metres of a pair of the problem. */
double gap_store_sites_metres(const GapStoreSites *ground, gsize pair);
/** Whether the site of a pair covers its demand: within its own reach, else the limit. */
bool gap_store_sites_reaches(const GapStoreSites *ground, gsize pair);
/** Building and running a candidate for the years, both sides' money; NaN: not known. */
double gap_store_sites_cost(const GapStoreSites *ground, gsize candidate);

/* ---- between the files of the ground ---- */

/** Sets the pairs of the problem, once demand, candidates and what stands are there. */
bool gap_store_sites_pair(GapStore *store, GapStoreSites *ground, bool stands, bool covering,
                          GError **error);

#endif
