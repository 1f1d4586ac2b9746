/** Statistics of areas: rates, shrinkage, round numbers. Arrays in, arrays out; NaN is no data. */
#ifndef GAP_STATS_STATS_H
#define GAP_STATS_STATS_H

#include <glib.h>
#include <stdbool.h>

/** Empirical Bayes rates towards the common mean (Marshall 1991, Applied Statistics 40, global
 *  estimator): rate_i = m + w_i (x_i - m), m = sum count / sum people,
 *  w_i = a / (a + m / people_i), a = s2 - m / mean people, 0 where that is negative;
 *  s2 = sum people_i (x_i - m)^2 / sum people.
 *  `count` and `people` have n entries; areas without people or without a count get NaN and
 *  count for nothing. `rate` may be one of the two. O(n). */
void gap_stats_shrink(const double *count, const double *people, size_t n, double *rate);

/** `value` so that it adds up to `total`: each times total / sum. NaN counts for nothing and
 *  stays. False, with nothing changed, where the sum is 0. O(n). */
bool gap_stats_scale(double *value, size_t n, double total);

/** Whole numbers that add up to round(sum of value), each within 1 of its value (largest
 *  remainder; ties to the first). NaN becomes 0. O(n log n). */
void gap_stats_round(const double *value, size_t n, gint64 *whole);

/** The round number (1, 2 or 5 times a power of ten) at or below `value` > 0; 0 for any other. */
double gap_stats_round_down(double value);

#endif
