// Natural breaks by dynamic programming over the different values, each with how often it occurs.
#include "geo/stats/classes.h"

#include <math.h>

typedef struct {
    size_t n;                     // different values
    double *value;                // ascending
    double *count, *sum, *square; // of the first i of them, scaled, less their mean
    double *before, *best;        // least scatter of the first j in one class less, in these
    double tie;                   // what differs by no more is the same: rounding
} Fisher;

/** Sum of squared distances from their mean of the values i to j - 1. */
static double scatter(const Fisher *f, size_t i, size_t j) {
    double sum = f->sum[j] - f->sum[i];
    return MAX(f->square[j] - f->square[i] - sum * sum / (f->count[j] - f->count[i]), 0);
}

/** Where the last class of the first j values begins, for j from `from` to before `to`, known to
 *  lie within `low` to `high`. */
static void fill(const Fisher *f, guint32 *cut, size_t from, size_t to, size_t low, size_t high) {
    if (from >= to)
        return;
    size_t j = from + (to - from) / 2, at = low;
    double least = INFINITY;
    for (size_t i = low; i <= high && i < j; i++) {
        double total = f->before[i] + scatter(f, i, j);
        if (total < least - f->tie) {
            least = total;
            at = i;
        }
    }
    f->best[j] = least;
    cut[j] = (guint32)at;
    fill(f, cut, from, j, low, at);
    fill(f, cut, j + 1, to, at, high);
}

/** Different values and running sums of `n` sorted ones. Sums are small, and squares of the largest
 *  doubles finite, since values are scaled by a power of two and their mean is taken off. */
static void sum_up(Fisher *f, const double *sorted, size_t n) {
    int power = 0;
    double mean = 0;
    frexp(MAX(fabs(sorted[0]), fabs(sorted[n - 1])), &power);
    for (size_t i = 0; i < n; i++)
        mean += (ldexp(sorted[i], -power) - mean) / (double)(i + 1);
    for (size_t i = 0; i < n; i++) {
        double x = ldexp(sorted[i], -power) - mean;
        if (i == 0 || sorted[i] > sorted[i - 1]) {
            size_t j = f->n++;
            f->value[j] = sorted[i];
            f->count[j + 1] = f->count[j];
            f->sum[j + 1] = f->sum[j];
            f->square[j + 1] = f->square[j];
        }
        f->count[f->n]++;
        f->sum[f->n] += x;
        f->square[f->n] += x * x;
    }
    f->tie = 1e-12 * scatter(f, 0, f->n);
}

size_t gap_stats_natural(const double *value, size_t n, unsigned classes, double *limit) {
    g_autofree double *sorted = g_new(double, n + 1), *room = g_new0(double, 6 * (n + 1));
    size_t known = gap_stats_sort(value, n, sorted), row = n + 1;
    Fisher f = {0, room, room + row, room + 2 * row, room + 3 * row, room + 4 * row, room + 5 * row,
                0};
    if (!known)
        return 0;
    sum_up(&f, sorted, known);
    size_t limits = MIN(MAX(classes, 1), f.n) - 1;
    g_autofree guint32 *cut = g_new(guint32, (limits + 1) * (f.n + 1));
    for (size_t j = 1; j <= f.n; j++)
        f.best[j] = scatter(&f, 0, j);
    for (size_t k = 1; k <= limits; k++) { // k + 1 classes, of k + 1 values or more
        double *done = f.before;
        f.before = f.best;
        f.best = done;
        fill(&f, cut + k * (f.n + 1), k + 1, f.n + 1, k, f.n - 1);
    }
    for (size_t k = limits, j = f.n; k > 0; k--) {
        j = cut[k * (f.n + 1) + j];
        limit[k - 1] = f.value[j];
    }
    return limits;
}

size_t gap_stats_natural_ratios(const double *value, size_t n, unsigned classes, double *limit) {
    g_autofree double *ratio = g_new(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (isfinite(value[i]) && value[i] <= 0)
            return gap_stats_natural(value, n, classes, limit);
        ratio[i] = isfinite(value[i]) ? log(value[i]) : NAN;
    }
    size_t limits = gap_stats_natural(ratio, n, classes, limit);
    for (size_t k = 0; k < limits; k++) {
        double at = INFINITY; // the least value that reaches the limit
        for (size_t i = 0; i < n; i++)
            if (ratio[i] >= limit[k])
                at = MIN(at, value[i]);
        limit[k] = at;
    }
    return limits;
}
