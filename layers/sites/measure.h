/** What a choice of sites means to people, and to the province that is worst off with it. */
#ifndef GAP_LAYERS_SITES_MEASURE_H
#define GAP_LAYERS_SITES_MEASURE_H

#include "layers/sites/store.h"

/** Figures of some demand. */
typedef struct {
    double people;
    double covered; /**< NaN where there is no limit */
    double mean;    /**< minutes (of the store metres) to the nearest open site, or to the assigned
                         one, of those whom any reaches; NaN: of none */
    double worst;   /**< of these the farthest */
} GapSitesFigures;

typedef struct {
    GapSitesFigures all;
    /** The province with the least share of its people covered; without a limit the one with the
     *  greatest mean. Of equal ones the first; -1 where provinces are not known. */
    gint32 worst;
    GapSitesFigures of_worst;
} GapSitesMeasure;

/** Measures an answer that has sites. `ground` is the store's whose problem it is, or NULL: then
 *  people are counted and not what is weighed, and distances are measured beyond the limit of a
 *  covering model, too; by travel time, where only what is near is searched, mean and worst of such
 *  a model are not told. `within` is the limit (INFINITY: none). O(pairs + demand x new sites). */
void gap_sites_measure(const GapSitesProblem *sites, const GapStoreSites *ground,
                       const GapLocateOptions *options, double within,
                       const GapLocateAnswer *answer, GapSitesMeasure *measure);

/** Finds the province of each demand of the store, by codes. */
bool gap_sites_find_provinces(GapStore *store, const GapStoreSites *ground, GError **error);

#endif
