/** Who goes where: demand to open sites with capacities, each whole to one, the most weight. */
#ifndef GAP_LOCATE_COVERING_ASSIGN_H
#define GAP_LOCATE_COVERING_ASSIGN_H

#include "geo/locate/covering.h"

/** The pairs within reach, by candidate. */
typedef struct {
    const GapLocateProblem *problem;
    const GapLocateOptions *options;
    gsize *first;    /**< n_sites + 1 */
    guint32 *demand; /**< of weight above 0, ascending in each candidate */
} GapReach;

typedef struct {
    double ratio, weight;
    guint32 demand;
} GapRatio;

GapReach *gap_reach_new(const GapLocateProblem *problem, const GapLocateOptions *options);
void gap_reach_free(GapReach *reach); /**< NULL-safe */

/** The demand within reach of `site` with u above 0, by u / weight descending. Answers how many. */
gsize gap_reach_order(const GapReach *reach, guint32 site, const double *u, GapRatio *order);

/** What the capacity of `site` holds of u, the last in part. */
double gap_reach_gain(const GapReach *reach, guint32 site, const double *u, GapRatio *order);

/** An assignment to the sites `in`: the heaviest first, each to the site with most room left.
 *  Answers its weight. */
double gap_reach_assign(const GapReach *reach, const guint8 *in, gint32 *serves);

/** The best assignment, if it is above s->value; `proven` is false where the search was cut. */
double gap_reach_assign_best(const GapReach *reach, const guint8 *in, GapCovering *s,
                             gint32 *serves, bool *proven);

#endif
