/** Gaps: who is beyond reach, how much recorded crime that is, and the next step of each area.
 *
 *  Crime beyond reach of an area (crimes a year) = people of its demand beyond reach x crimes a
 *  person and year. The rate is that of the finest level with counts for the crime years, shrunk
 * and scaled as share.h says. Recorded crime is also low where nobody is there to record it: people
 *  beyond reach stand beside it.
 */
#ifndef GAP_LAYERS_GAPS_GAPS_H
#define GAP_LAYERS_GAPS_GAPS_H

#include "geo/store/store.h"

typedef struct {
    const char *run;             /**< label; NULL: the newest */
    const char *offence;         /**< "all_registered" */
    int crime_first, crime_last; /**< 0: the newest year with counts of provinces */
    gint64 hold_below;           /**< people; see ladder.h */
} GapGapsOptions;

/** Computes the gaps of a run. A year without counts of any province is an error that names those
 *  there are. */
bool gap_gaps(GapStore *store, const GapGapsOptions *options, bool *unchanged, GError **error);

#endif
