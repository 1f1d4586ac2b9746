#include "styles/spread.h"

#include <glib.h>
#include <math.h>

enum { ROUNDS = 400 };
static const double golden_angle = 2.399963229728653; // no two of the first many alike

/** Half of what two diamonds lack, along the line between their centres; false: nothing. */
static bool push_of(const double *p, const double *q, size_t number, double reach, double *dx,
                    double *dy) {
    *dx = q[0] - p[0];
    *dy = q[1] - p[1];
    if (hypot(*dx, *dy) < 1e-6) {
        *dx = cos(golden_angle * (double)number);
        *dy = sin(golden_angle * (double)number);
        *dx *= 1e-3;
        *dy *= 1e-3;
    }
    double sum = fabs(*dx) + fabs(*dy); // the distance of diamonds
    double lacks = 2 * reach - sum;
    *dx *= lacks / sum / 2;
    *dy *= lacks / sum / 2;
    return lacks > 1e-3;
}

void gap_spread(double *xy, size_t n, double reach, GapBox f) {
    bool moved = n > 1;
    for (int round = 0; round < ROUNDS && moved; round++) {
        moved = false;
        for (size_t i = 0; i < n; i++)
            for (size_t k = i + 1; k < n; k++) {
                double *p = xy + 2 * i, *q = xy + 2 * k, dx, dy;
                if (!push_of(p, q, k, reach, &dx, &dy))
                    continue;
                moved = true;
                p[0] -= dx;
                p[1] -= dy;
                q[0] += dx;
                q[1] += dy;
            }
        for (size_t i = 0; i < n; i++) {
            xy[2 * i] = CLAMP(xy[2 * i], f.min_x + reach, f.max_x - reach);
            xy[2 * i + 1] = CLAMP(xy[2 * i + 1], f.min_y + reach, f.max_y - reach);
        }
    }
}
