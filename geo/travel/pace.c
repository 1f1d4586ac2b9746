#include "geo/travel/pace.h"

#include <math.h>

#include "geo/base/error.h"

static const double SLOWEST = 1e6;

static double tobler(double slope) {
    return exp(3.5 * (fabs(slope + 0.05) - 0.05));
}

static double langmuir(const GapWalk *walk, double slope) {
    const double rate = slope >= 0 ? walk->b : slope < walk->slope_factor ? walk->d : walk->c;
    return rate * slope / walk->a;
}

/* The forces a rider of constant power meets grow with v, so one root of power is sought: bisected
 * between standing and the braked speed. */
static double bicycle_at(double slope) {
    const double level = 15 / 3.6, most = 2 * level, pushed = 4 / 3.6;
    const double weight = 90 * 9.81, rolling = 0.010, drag = 0.5 * 1.0 * 0.6;
    const double power = level * (weight * rolling + drag * level * level);
    double slow = 0, fast = most;
    for (int i = 0; i < 60; i++) {
        const double v = (slow + fast) / 2;
        *(v * (weight * (rolling + slope) + drag * v * v) > power ? &fast : &slow) = v;
    }
    return slope == 0 ? 1 : level / MAX(slow, pushed / tobler(slope));
}

static double bicycle(double slope) {
    const double at = CLAMP(slope, -4, 4) * GAP_PACE_PER_UNIT, node = floor(at);
    const double value = bicycle_at(node / GAP_PACE_PER_UNIT);
    return value + (at - node) * (bicycle_at((node + 1) / GAP_PACE_PER_UNIT) - value);
}

double gap_pace_factor(GapMode mode, const GapWalk *walk, GapLength length, double slope) {
    const double stretch = length == GAP_LENGTH_SURFACE ? sqrt(1 + slope * slope) : 1;
    double factor = stretch;
    if (mode == GAP_MODE_BICYCLE)
        factor *= bicycle(slope);
    else if (mode == GAP_MODE_WALK && walk->kind == GAP_WALK_TOBLER)
        factor *= tobler(slope);
    else if (mode == GAP_MODE_WALK && walk->kind == GAP_WALK_LANGMUIR)
        factor += langmuir(walk, slope);
    return MIN(factor, SLOWEST);
}

bool gap_walk_check(const GapWalk *walk, GError **error) {
    if (walk->kind != GAP_WALK_LANGMUIR)
        return true;
    const double least = walk->a + MIN(0, walk->c * walk->slope_factor);
    if (walk->a > 0 && walk->b >= 0 && walk->d <= 0 && walk->slope_factor <= 0 &&
        walk->lambda >= 0 && least > 0 && isfinite(walk->a + walk->b + walk->c - walk->d) &&
        isfinite(walk->lambda - walk->slope_factor))
        return true;
    return gap_fail(
        error, GAP_ERROR_USAGE,
        "Langmuir's parameters a=%g, b=%g, c=%g, d=%g, slope factor %g, lambda %g let a "
        "step take no time: a must be positive, b and lambda not negative, d and the "
        "slope factor not positive, and a + c * slope factor positive",
        walk->a, walk->b, walk->c, walk->d, walk->slope_factor, walk->lambda);
}
