#include "geo/stats/classes.h"

#include <math.h>

/** The middle class holds sizes under a twentieth of the greatest, as changes that hardly count. */
static const double slight = 0.05;

/** Sizes of the values that are known, ascending. Returns how many. */
static size_t sizes_of(const double *value, size_t n, double *size) {
    for (size_t i = 0; i < n; i++)
        size[i] = fabs(value[i]);
    return gap_stats_sort(size, n, size);
}

/** The roundest number between size number i and the one before: not at either, so that a value and
 *  its opposite never lie in classes of different sizes. */
static double before(const double *size, size_t i) {
    return gap_stats_round_between(i ? size[i - 1] : 0, nextafter(size[i], 0));
}

/** Limits above 0, at most `half`. Returns how many. */
static size_t limits_above(const double *size, size_t n, unsigned half, double *above) {
    size_t first = 0, m = 0;
    while (first < n && (size[first] == 0 || size[first] < slight * size[n - 1]))
        first++;
    if (first == n || !half)
        return 0;
    above[0] = before(size, first);
    if (half > 1)
        m = gap_stats_natural(size + first, n - first, half, above + 1);
    for (size_t k = 1, i = first; k <= m; k++) {
        while (size[i] < above[k])
            i++;
        above[k] = before(size, i);
    }
    return m + 1;
}

size_t gap_stats_symmetric(const double *value, size_t n, unsigned classes, double *limit) {
    unsigned half = classes > 1 ? (classes - 1) / 2 : 0;
    bool even = classes > 1 && classes % 2 == 0;
    g_autofree double *size = g_new(double, n + 1), *above = g_new(double, half + 1);
    size_t m = limits_above(size, sizes_of(value, n, size), half, above);
    for (unsigned k = 0; k < half; k++) {
        double at = k < m ? above[k] : INFINITY;
        limit[half - 1 - k] = -at;
        limit[half + even + k] = at;
    }
    if (even)
        limit[half] = 0;
    return classes > 1 ? classes - 1 : 0;
}
