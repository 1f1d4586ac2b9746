#include "geo/stats/stats.h"

#include <math.h>

static bool has_rate(double count, double people) {
    return !isnan(count) && people > 0;
}

void gap_stats_shrink(const double *count, const double *people, size_t n, double *rate) {
    double all_counts = 0, all_people = 0, areas = 0;
    for (size_t i = 0; i < n; i++) {
        if (!has_rate(count[i], people[i]))
            continue;
        all_counts += count[i];
        all_people += people[i];
        areas++;
    }
    double mean = all_counts / all_people, spread = 0;
    for (size_t i = 0; i < n; i++) {
        if (!has_rate(count[i], people[i]))
            continue;
        double off = count[i] / people[i] - mean;
        spread += people[i] * off * off / all_people;
    }
    /* What is left of the spread when chance (Poisson) is taken off. */
    double between = fmax(0, spread - mean / (all_people / areas));
    for (size_t i = 0; i < n; i++) {
        if (!has_rate(count[i], people[i])) {
            rate[i] = NAN;
            continue;
        }
        double weight = between > 0 ? between / (between + mean / people[i]) : 0;
        rate[i] = mean + weight * (count[i] / people[i] - mean);
    }
}

bool gap_stats_scale(double *value, size_t n, double total) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += isnan(value[i]) ? 0 : value[i];
    if (sum == 0)
        return false;
    for (size_t i = 0; i < n; i++)
        value[i] *= total / sum;
    return true;
}

typedef struct {
    double part;
    size_t at;
} Remainder;

static int by_remainder(const void *a, const void *b) {
    const Remainder *x = a, *y = b;
    if (x->part != y->part)
        return x->part > y->part ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

void gap_stats_round(const double *value, size_t n, gint64 *whole) {
    if (n == 0)
        return;
    g_autofree Remainder *rest = g_new(Remainder, n);
    double floors = 0, parts = 0;
    for (size_t i = 0; i < n; i++) {
        double known = isnan(value[i]) ? 0 : value[i];
        whole[i] = (gint64)floor(known);
        rest[i] = (Remainder){known - floor(known), i};
        floors += floor(known);
        parts += rest[i].part;
    }
    qsort(rest, n, sizeof *rest, by_remainder);
    double missing = round(floors + parts) - floors;
    for (size_t i = 0; i < n && (double)i < missing; i++)
        whole[rest[i].at]++;
}
