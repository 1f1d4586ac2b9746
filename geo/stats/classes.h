/** Limits of classes: where to cut numbers for a map. Arrays in, arrays out.
 *
 *  Values that are not finite are no data and count for nothing. `classes` classes have at most
 *  classes - 1 inner limits, ascending, for which `limit` has room; a class holds its lower limit
 *  and not its upper one, the first and the last are open, so that every value lies in one class
 *  only. There are fewer limits where values repeat, none where all are equal or none is known.
 *  A limit lies above the least value and not above the greatest, unless said otherwise.
 *  Values are as large or as small as a double can be; sums are taken of them scaled.
 *  O(n log n) unless said otherwise.
 */
#ifndef GAP_STATS_CLASSES_H
#define GAP_STATS_CLASSES_H

#include <glib.h>
#include <stdbool.h>

/** A way to find limits. Returns how many were written. */
typedef size_t (*GapLimits)(const double *value, size_t n, unsigned classes, double *limit);

/** Natural breaks: the classes with the least sum of squared distances from their means (Fisher,
 *  On grouping for maximum homogeneity, J. Am. Stat. Assoc. 53, 1958; in maps since Jenks, The data
 *  model concept in statistical mapping, Int. Yearbook of Cartography 7, 1967), exact by dynamic
 *  programming. Where the last class begins never moves down as values are added above, so that
 *  each row of the programme is filled by halves. As many classes as asked for, or as there are
 *  different values. A limit is a value, of the class above it. Of partitions equally good (to
 *  1e-12 of the whole scatter) the one whose last class begins lowest, then the last but one, ...
 *  O(n log n + classes x d log d), d different values; memory O(classes x d). */
size_t gap_stats_natural(const double *value, size_t n, unsigned classes, double *limit);

/** Natural breaks of the logarithms where all values are positive, so that 100 and 200 lie as far
 *  apart as 500 and 1,000; else as gap_stats_natural(). */
size_t gap_stats_natural_ratios(const double *value, size_t n, unsigned classes, double *limit);

/** About equal numbers of values in each class. A limit is a value, of the class above it. */
size_t gap_stats_quantiles(const double *value, size_t n, unsigned classes, double *limit);

/** Classes of equal width from the least to the greatest value; they may be empty. O(n). */
size_t gap_stats_equal(const double *value, size_t n, unsigned classes, double *limit);

/** Multiples of a nice number, 1, 2 or 5 times a power of ten, the least one that makes no more
 *  than `classes` classes (Heckbert, Nice numbers for graph labels, in Graphics Gems, 1990; but the
 *  number of classes is a bound here). Where no multiple parts the values, the one limit is the
 *  roundest number that does. Classes may be empty. O(n). */
size_t gap_stats_pretty(const double *value, size_t n, unsigned classes, double *limit);

/** Classes one standard deviation wide, the mean in the middle of the middle class, or between the
 *  two middle ones where their number is even. Of all values, not of a sample: divided by n. Always
 *  classes - 1 limits unless all values are equal; those at the ends may lie beyond the values.
 *  O(n). */
size_t gap_stats_deviations(const double *value, size_t n, unsigned classes, double *limit);

/** For differences: limits that lie as far below 0 as above it, with 0 in the middle of the middle
 *  class or, where the number of classes is even, between the two in the middle. The class
 *  next to 0 ends at a twentieth of the greatest size, the others are natural breaks of the sizes
 *  above that, each limit at the roundest number that parts the same and is no size itself. Always
 * classes - 1 limits: those that sizes do not need are infinite, and limits may lie beyond the
 * values. */
size_t gap_stats_symmetric(const double *value, size_t n, unsigned classes, double *limit);

/** Goodness of variance fit, 1 - SDCM / SDAM: sums of squared distances from the class means and
 *  from the mean of all (Jenks and Caspall, Error on choroplethic maps, Annals of the AAG 61,
 *  1971). 0: no better than one class; 1: no class has different values. NaN where no value is
 *  known. O(n log limits). */
double gap_stats_fit(const double *value, size_t n, const double *limit, size_t limits);

/** Moves each of the ascending `limit` to the roundest number that parts the same values, no
 *  further than `slack` times the narrowest inner class (with one limit: the range of values);
 *  INFINITY: as far as the values let it. Limits that differ stay so where `slack` is under 0.5 or
 *  values lie between them. O(n x limits). */
void gap_stats_round_limits(const double *value, size_t n, double slack, double *limit,
                            size_t limits);

/** The roundest number above `below` and at most `limit`: 0, else a multiple of 5, 2 or 1 times a
 *  power of ten, as great as may be; `limit` where doubles have none between. */
double gap_stats_round_between(double below, double limit);

/** `times` x 10^`power`, the nearest double: 3 x 10^-1 is 0.3 and not three times 0.1. `times` is a
 *  whole number under 1e20. */
double gap_stats_decimal(double times, int power);

/** Finite values, ascending, into `sorted` (room for n). Returns how many. */
size_t gap_stats_sort(const double *value, size_t n, double *sorted);

#endif
