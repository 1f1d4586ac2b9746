#include "geo/stats/stats.h"

#include <math.h>
#include <string.h>

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

size_t gap_stats_quantiles(const double *value, size_t n, unsigned classes, double *limit) {
    g_autofree double *known = g_new(double, n);
    size_t count = 0, limits = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            known[count++] = value[i];
    if (count == 0)
        return 0;
    qsort(known, count, sizeof *known, by_value);
    for (unsigned k = 1; k < classes; k++) {
        double next = known[k * count / classes];
        /* Not above the one before: its class would be empty. */
        if (next > (limits ? limit[limits - 1] : known[0]))
            limit[limits++] = next;
    }
    return limits;
}

double gap_stats_round_down(double value) {
    if (!(value > 0) || isinf(value))
        return 0;
    /* From text, so that 5e-7 is the nearest double and not five times one. */
    static const char digit[] = {'5', '2', '1'};
    for (int power = (int)floor(log10(value)) + 1;; power--)
        for (size_t i = 0; i < G_N_ELEMENTS(digit); i++) {
            char text[16];
            g_snprintf(text, sizeof text, "%ce%d", digit[i], power);
            double round = g_ascii_strtod(text, NULL);
            if (round <= value)
                return round;
        }
}
