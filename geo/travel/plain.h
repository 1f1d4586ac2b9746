/** Ticks of the steps out of a plain cell, where one class fills all that a step crosses, and of
 *  steps in general. */
#ifndef GAP_TRAVEL_PLAIN_H
#define GAP_TRAVEL_PLAIN_H

#include "geo/travel/sweep.h"

/** Two at once: gcc and clang make vectors of any machine's instructions. */
typedef double GapPair __attribute__((vector_size(16)));
typedef int64_t GapPairMask __attribute__((vector_size(16)));
typedef int32_t GapPairTicks __attribute__((vector_size(8)));

static inline GapPair gap_pair_of(const double *first) {
    return (GapPair){first[0], first[1]};
}

static inline GapPair gap_pair_pick(GapPairMask mask, GapPair yes, GapPair no) {
    return (GapPair)((mask & (GapPairMask)yes) | (~mask & (GapPairMask)no));
}

/** The nearest whole numbers, from 1 to more than a label holds. */
static inline GapPairTicks gap_pair_whole(GapPair ticks) {
    const GapPair most = {G_MAXINT32, G_MAXINT32}, least = {1, 1};
    ticks = gap_pair_pick(ticks < most, ticks, most);
    ticks = gap_pair_pick(ticks > least, ticks, least);
    return __builtin_convertvector(ticks + 0.5, GapPairTicks);
}

static inline uint32_t gap_whole(double ticks) {
    return ticks < 1 ? 1 : ticks < G_MAXINT32 ? (uint32_t)(ticks + 0.5) : G_MAXINT32;
}

/** Steps `k` (even) and k + 1 by Langmuir on map distance, from the cell whose elevation is at `z`.
 */
G_ALWAYS_INLINE static inline GapPairTicks
gap_langmuir_ticks(const GapSweep *sweep, const GapClassTicks *class, const float *z, int k) {
    const GapPair end = {(double)z[sweep->to[k]], (double)z[sweep->to[k + 1]]};
    const GapPair known = (end - (double)*z) * gap_pair_of(&class->per_m[k]);
    const GapPair slope = (GapPair)((GapPairMask)known & (known == known)); // NaN is level
    const GapPair down = gap_pair_pick(slope < class->steep_from, gap_pair_of(&class->rate[2][k]),
                                       gap_pair_of(&class->rate[1][k]));
    const GapPair rate = gap_pair_pick(slope > 0, gap_pair_of(&class->rate[0][k]), down);
    return gap_pair_whole(gap_pair_of(&class->level[k]) + rate * slope);
}

/** Step `k` by the table of paces. */
static inline uint32_t gap_table_ticks(const GapSweep *sweep, const GapClassTicks *class,
                                       const float *z, int k) {
    const double rise = (double)z[sweep->to[k]] - (double)*z;
    const double slope = isnan(rise) ? 0 : rise * class->per_m[k];
    const double factor = gap_pace_at(sweep->surface, class->pace, slope);
    return gap_whole(class->level[k] * factor + class->extra[k]);
}

#endif
