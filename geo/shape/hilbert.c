#include "geo/shape/hilbert.h"

#include <math.h>

enum { BITS = 16, LAST = (1 << BITS) - 1 };

static uint32_t step_of(double value, double from, double to) {
    const double step = (value - from) / (to - from) * (LAST + 1);
    return step > 0 ? (uint32_t)fmin(step, LAST) : 0;
}

uint32_t gap_hilbert(const GapBox *box, double x, double y) {
    uint32_t column = step_of(x, box->min_x, box->max_x);
    uint32_t row = step_of(y, box->min_y, box->max_y);
    uint32_t place = 0;
    // From the whole square down: which quarter, then that quarter turned to lie as the whole does.
    for (int bit = BITS - 1; bit >= 0; bit--) {
        const uint32_t right = column >> bit & 1, upper = row >> bit & 1;
        place = place << 2 | ((3 * right) ^ upper);
        if (upper)
            continue;
        if (right) {
            column = LAST - column;
            row = LAST - row;
        }
        const uint32_t turned = column;
        column = row;
        row = turned;
    }
    return place;
}
