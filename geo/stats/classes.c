#include "geo/stats/classes.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

size_t gap_stats_sort(const double *value, size_t n, double *sorted) {
    size_t known = 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(value[i]))
            sorted[known++] = value[i];
    qsort(sorted, known, sizeof *sorted, by_value);
    return known;
}

/** Least and greatest of the finite values; false where there are not two different ones. */
static bool bounds(const double *value, size_t n, double *least, double *greatest) {
    *least = INFINITY;
    *greatest = -INFINITY;
    for (size_t i = 0; i < n; i++)
        if (isfinite(value[i])) {
            *least = MIN(*least, value[i]);
            *greatest = MAX(*greatest, value[i]);
        }
    return *least < *greatest;
}

size_t gap_stats_quantiles(const double *value, size_t n, unsigned classes, double *limit) {
    g_autofree double *known = g_new(double, n + 1);
    size_t count = gap_stats_sort(value, n, known), limits = 0;
    for (unsigned k = 1; k < classes && count; k++) {
        double next = known[k * count / classes];
        // Not above the one before: its class would be empty.
        if (next > (limits ? limit[limits - 1] : known[0]))
            limit[limits++] = next;
    }
    return limits;
}

size_t gap_stats_equal(const double *value, size_t n, unsigned classes, double *limit) {
    double least, greatest;
    size_t limits = 0;
    if (!bounds(value, n, &least, &greatest))
        return 0;
    for (unsigned k = 1; k < classes; k++) {
        double share = (double)k / classes, next = least * (1 - share) + greatest * share;
        // Doubles next to each other have nothing between.
        if (next > (limits ? limit[limits - 1] : least) && next <= greatest)
            limit[limits++] = next;
    }
    return limits;
}

size_t gap_stats_pretty(const double *value, size_t n, unsigned classes, double *limit) {
    static const double digit[] = {1, 2, 5};
    double least, greatest, first = 0, last = -1;
    if (!bounds(value, n, &least, &greatest) || classes < 2)
        return 0;
    double range = MIN(greatest - least, G_MAXDOUBLE);
    int power = (int)floor(log10(range) - log10(classes)) - 1;
    size_t i = 0, limits = 0;
    for (bool fits = false; !fits; i++) {
        double unit = gap_stats_decimal(digit[i % 3], power + (int)(i / 3));
        first = floor(least / unit) + 1;
        last = ceil(greatest / unit) - 1;
        fits = last - first + 1 <= classes - 1; // not where the unit is 0
    }
    for (double k = 0; k <= last - first; k++) {
        double next =
            gap_stats_decimal((first + k) * digit[(i - 1) % 3], power + (int)((i - 1) / 3));
        if (next > (limits ? limit[limits - 1] : least) && next <= greatest)
            limit[limits++] = next;
    }
    if (!limits)
        limit[limits++] = gap_stats_round_between(least, greatest);
    return limits;
}

/** The power of two that brings the finite values between -1 and 1, and the largest above 1/2. */
static int scale_of(const double *value, size_t n) {
    double most = 0;
    int power = 0;
    for (size_t i = 0; i < n; i++)
        most = isfinite(value[i]) ? MAX(most, fabs(value[i])) : most;
    frexp(most, &power);
    return power;
}

typedef struct {
    double count, mean, square; // sum of squared distances from the mean
} Scatter;

/** One more value, without the loss of a sum of squares (Welford, Technometrics 4, 1962). */
static void add(Scatter *s, double value) {
    double off = value - s->mean;
    s->count++;
    s->mean += off / s->count;
    s->square += off * (value - s->mean);
}

size_t gap_stats_deviations(const double *value, size_t n, unsigned classes, double *limit) {
    double least, greatest;
    if (!bounds(value, n, &least, &greatest))
        return 0;
    Scatter all = {0};
    int power = scale_of(value, n);
    for (size_t i = 0; i < n; i++)
        if (isfinite(value[i]))
            add(&all, ldexp(value[i], -power));
    double deviation = sqrt(all.square / all.count);
    size_t limits = 0;
    for (unsigned k = 1; k < classes; k++) {
        double next = ldexp(all.mean + (k - classes / 2.0) * deviation, power);
        if (isfinite(next) && (!limits || next > limit[limits - 1]))
            limit[limits++] = next;
    }
    return limits;
}

/** Which class a value lies in: how many limits are at most it. */
static size_t class_of(double value, const double *limit, size_t limits) {
    size_t low = 0;
    while (low < limits) {
        size_t middle = low + (limits - low) / 2;
        if (limit[middle] <= value)
            low = middle + 1;
        else
            limits = middle;
    }
    return low;
}

double gap_stats_fit(const double *value, size_t n, const double *limit, size_t limits) {
    g_autofree Scatter *class = g_new0(Scatter, limits + 1);
    Scatter all = {0};
    int power = scale_of(value, n);
    for (size_t i = 0; i < n; i++)
        if (isfinite(value[i])) {
            add(&all, ldexp(value[i], -power));
            add(&class[class_of(value[i], limit, limits)], ldexp(value[i], -power));
        }
    double within = 0;
    for (size_t k = 0; k <= limits; k++)
        within += class[k].square;
    return all.count == 0 ? NAN : all.square > 0 ? 1 - within / all.square : 1;
}

void gap_stats_round_limits(const double *value, size_t n, double slack, double *limit,
                            size_t limits) {
    double least, greatest, width = INFINITY;
    if (!bounds(value, n, &least, &greatest) || !limits)
        return;
    for (size_t k = 1; k < limits; k++)
        width = MIN(width, limit[k] - limit[k - 1]);
    width = slack * (limits > 1 ? width : greatest - least);
    for (size_t k = 0; k < limits; k++) {
        double below = limit[k] - width, at = MIN(limit[k] + width, G_MAXDOUBLE);
        for (size_t i = 0; i < n; i++) {
            if (value[i] < limit[k])
                below = MAX(below, value[i]);
            else if (value[i] >= limit[k])
                at = MIN(at, value[i]);
        }
        limit[k] = gap_stats_round_between(below, at);
    }
}
