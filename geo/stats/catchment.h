/** How crowded what is within reach is: the enhanced two-step floating catchment area (E2SFCA; Luo
 *  and Qi, An enhanced two-step floating catchment area method for measuring spatial accessibility
 *  to primary care physicians, Health & Place 15, 2009; two steps without weights: Luo and Wang,
 *  Environment and Planning B 30, 2003).
 *
 *  With capacity S of supplies j, people P of demand i, minutes t between them and a weight W(t)
 *  by zones of minutes, 0 beyond the last:
 *
 *      R_j = S_j / sum_i P_i W(t_ij)     ratio of a supply, capacity a weighted person
 *      A_i = sum_j R_j W(t_ij)           access of a demand, capacity a person
 *
 *  so that sum_i P_i A_i is the capacity of all supplies that anybody reaches: it is shared out, no
 *  more and no less. Officers are capacity as well as beds.
 */
#ifndef GAP_STATS_CATCHMENT_H
#define GAP_STATS_CATCHMENT_H

#include "geo/travel/travel.h"

/** Minutes above those of the zone before and at most `most_min`. */
typedef struct {
    double most_min; /**< inclusive, compared as a float: see gap_travel_minutes() */
    double weight;   /**< 0 or more, finite */
} GapCatchmentZone;

typedef struct {
    size_t n_supplies, n_demand, n_pairs, n_zones;
    const double *capacity; /**< of supplies, 0 or more, finite */
    const double *people;   /**< of demand, 0 or more, finite */
    /** From supplies to demand, ascending and each once, as gap_travel_many() answers them from
     *  supplies as origins, in whichever direction one travels. What is not listed is too far. */
    const GapTravelPair *pairs;
    const GapCatchmentZone *zones; /**< ascending */
} GapCatchment;

/** Three equal zones with the weights of Luo and Qi, from a Gaussian: 1.00, 0.68, 0.22 (theirs are
 *  of 10 minutes each). `limit_min` is positive. */
void gap_catchment_zones(double limit_min, GapCatchmentZone zones[3]);

/** Fills `ratio`, by supply, NaN where nobody reaches it, and `access`, by demand, 0 where it
 *  reaches no supply that has a ratio. False with an error that names the first figure that is
 *  negative, NaN, infinite or out of order, by its number from 1. O(supplies + demand + pairs *
 *  zones), no memory. */
bool gap_catchment(const GapCatchment *problem, double *ratio, double *access, GError **error);

#endif
