/** How slope slows a traveller, by mode. */
#ifndef GAP_TRAVEL_PACE_H
#define GAP_TRAVEL_PACE_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
    GAP_MODE_CLOSED, /**< a barrier: never entered, never crossed */
    GAP_MODE_WALK,
    GAP_MODE_BICYCLE,
    GAP_MODE_VEHICLE,
} GapMode;

typedef enum { GAP_WALK_TOBLER, GAP_WALK_LANGMUIR, GAP_WALK_NONE } GapWalkKind;

typedef enum {
    GAP_LENGTH_SURFACE, /**< a step is as long as its slope: run * sqrt(1 + slope^2) */
    GAP_LENGTH_MAP,     /**< a step is as long as its run, as in GRASS r.walk and r.cost */
} GapLength;

/** The walking function and, for Langmuir, r.walk's parameters: seconds a metre of distance (a),
 *  of ascent (b), of descent gentler (c) and steeper (d) than `slope_factor`; `lambda` weighs the
 *  friction of a class. */
typedef struct {
    GapWalkKind kind;
    double a, b, c, d, lambda, slope_factor;
} GapWalk;

#define GAP_WALK_INIT                                                                              \
    { GAP_WALK_TOBLER, 0.72, 6.0, 1.9998, -1.9998, 1.0, -0.2125 }

/** Nodes of a table of paces to a unit of slope. Tobler's kink, at -0.05, is on one. */
enum { GAP_PACE_PER_UNIT = 640 };

/** Time of a step over the time of a level step of the same run; `slope` is rise over run, positive
 *  uphill, any finite number. 1 at slope 0; at most 1e6, where ground is as good as closed.
 *
 *  - Walking, Tobler (Three presentations on geographical analysis and modeling, NCGIA 93-1,
 *    1993): v = v0 exp(-3.5 |s + 0.05|) / exp(-0.175), so that v0 is the speed on the level and
 *    the fastest walk, 1.19 v0, leads down 5 %.
 *  - Walking, Langmuir (Mountaincraft and leadership, 1984, which corrects Naismith's rule for
 *    descents; the form and defaults are those of r.walk): a + b s uphill, a + c s down to
 *    `slope_factor`, a + d s below, all over a. With GAP_LENGTH_SURFACE only the first term grows.
 *  - Bicycle: a rider of constant power (Martin et al., Validation of a mathematical model for
 *    road cycling power, J. Applied Biomechanics 14, 1998; no wind, no acceleration):
 *    P = v (m g (Crr + s) + rho CdA v^2 / 2), P that of 15 km/h on the level, with m = 90 kg,
 *    Crr = 0.010 (unpaved), CdA = 0.6 m2, rho = 1.0 kg/m3 (2,000 m above the sea). The speed is at
 *    most twice that of the level (brakes), and at least that of pushing the bicycle: Tobler from
 *    4 km/h on the level. The ratio of speeds holds for any speed on the level. Straight between
 *    slopes of 1 / GAP_PACE_PER_UNIT, constant beyond 4.
 *  - Vehicle: 1, apart from the length. */
double gap_pace_factor(GapMode mode, const GapWalk *walk, GapLength length, double slope);

/** False with `error` where Langmuir's parameters would let a step take no time. */
bool gap_walk_check(const GapWalk *walk, GError **error);

#endif
