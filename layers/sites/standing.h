/** What stands beyond the nearest point, which is all that a run keeps. */
#ifndef GAP_LAYERS_SITES_STANDING_H
#define GAP_LAYERS_SITES_STANDING_H

#include "layers/coverage/points.h"

/** SQL: crimes a person and year at an end of the interval of recorded crime, of row `g` of gap:
 *  its rate by as much as what is beyond reach goes down or up; where nothing is, the rate. */
#define GAP_CRIME_RATE_AT(end)                                                                     \
    " CASE WHEN g.crime_beyond > 0 THEN g.crime_rate * coalesce(g." end                            \
    ", g.crime_beyond) / g.crime_beyond WHEN g.people_beyond > 0 AND g." end                       \
    " IS NOT NULL THEN g." end " * 1.0 / g.people_beyond ELSE g.crime_rate END"

/** Metres from each demand (a table whose columns are those of GAP_DEMAND_..., store.h) to the next
 *  nearest point that counts in a run, as coverage.h measures it: geodesic, 0 in the patrol area of
 *  a mobile group; INFINITY where there is none; minutes of a run by travel time. O(demand x
 *  points). Returns: (transfer full). */
double *gap_standing_second(GapStore *store, const char *run, const GapTable *demand,
                            GError **error);
/** Measures what stands without some points (codes; NULL-terminated): sets the GAP_DEMAND_DISTANCE
 *  of each demand anew, null where nothing else stands, and, where `second` is asked for, makes the
 *  same as above (transfer full). */
bool gap_standing_leave(GapStore *store, const char *run, const char *const *codes,
                        GapTable *demand, double **second, GError **error);

/** Minutes in which the first `n` points of a table with their codes turn out, 0 for the rest of
 *  it. Returns: (transfer full). */
double *gap_standing_turnouts(GapStore *store, const GapTable *points, gsize n, GError **error);

#endif
