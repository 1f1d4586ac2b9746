// Round numbers.
#include "geo/stats/classes.h"
#include "geo/stats/stats.h"

#include <math.h>

static const double digits[] = {5, 2, 1};

double gap_stats_decimal(double times, int power) {
    char text[40];
    g_snprintf(text, sizeof text, "%.0fe%d", times, power);
    return g_ascii_strtod(text, NULL) + 0; // -0 is 0
}

double gap_stats_round_down(double value) {
    if (!(value > 0) || isinf(value))
        return 0;
    for (int power = (int)floor(log10(value)) + 1;; power--)
        for (size_t i = 0; i < G_N_ELEMENTS(digits); i++) {
            double round = gap_stats_decimal(digits[i], power);
            if (round <= value)
                return round;
        }
}

double gap_stats_round_between(double below, double limit) {
    enum { DIGITS = 17 }; // which tell any two doubles apart
    if (below < 0 && limit >= 0)
        return 0;
    if (!(below < limit) || isinf(limit))
        return limit;
    double most = isinf(below) ? fabs(limit) : MAX(fabs(below), fabs(limit));
    int first = (int)floor(log10(most));
    for (int power = first; power > first - DIGITS; power--)
        for (size_t i = 0; i < G_N_ELEMENTS(digits); i++) {
            double times = floor(limit / gap_stats_decimal(digits[i], power));
            // One more, since the division may have lost it.
            for (int more = 1; more >= 0; more--) {
                double round = gap_stats_decimal((times + more) * digits[i], power);
                if (round > below && round <= limit)
                    return round;
            }
        }
    return limit;
}
