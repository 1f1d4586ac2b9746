#include "layers/coverage/route.h"

#include <math.h>

static const double SHORT_M = 50, SHORT_MIN = 1;
enum { MOST_LEGS = 12 };

static GapRouteLeg leg_of(const GapTravelGround *ground, const GapTravelPart *part) {
    const GapSpeed *speed = ground->classes ? ground->speed[part->class] : NULL;
    return (GapRouteLeg){.class = g_intern_string(speed ? speed->name : "friction"),
                         .label = g_intern_string(speed ? speed->label : "Ground"),
                         .mode =
                             ground->classes ? ground->table[part->class].mode : GAP_MODE_CLOSED,
                         .kmh = ground->classes ? ground->table[part->class].kmh : NAN,
                         .length_m = part->length_m,
                         .up_m = part->up_m,
                         .down_m = part->down_m,
                         .minutes = part->minutes};
}

static bool is_same_ground(const GapRouteLeg *a, const GapRouteLeg *b) {
    return a->class == b->class && a->mode == b->mode && (a->kmh == b->kmh || isnan(a->kmh));
}

/* Adds leg `from` to its neighbour `to` and takes it out. */
static void join(GArray *legs, guint from, guint to) {
    const GapRouteLeg *one = &g_array_index(legs, GapRouteLeg, from);
    GapRouteLeg *all = &g_array_index(legs, GapRouteLeg, to);
    all->other_m += is_same_ground(one, all) ? one->other_m : one->length_m;
    all->length_m += one->length_m;
    all->up_m += one->up_m;
    all->down_m += one->down_m;
    all->minutes += one->minutes;
    g_array_remove_index(legs, from);
}

/* Legs of the same ground that have come to lie beside each other at `i`. */
static void join_alike(GArray *legs, guint i) {
    if (i > 0 && is_same_ground(&g_array_index(legs, GapRouteLeg, i - 1),
                                &g_array_index(legs, GapRouteLeg, i)))
        join(legs, i, i - 1);
}

static bool is_short(const GapRouteLeg *leg, double short_m) {
    return leg->length_m < short_m && leg->minutes < SHORT_MIN;
}

/* The quickest of the short legs, of all where there are too many; -1: none. */
static gssize least_leg(const GArray *legs, double short_m) {
    gssize least = -1;
    for (guint i = 0; i < legs->len; i++) {
        const GapRouteLeg *leg = &g_array_index(legs, GapRouteLeg, i);
        if ((legs->len > MOST_LEGS || is_short(leg, short_m)) &&
            (least < 0 || leg->minutes < g_array_index(legs, GapRouteLeg, least).minutes))
            least = i;
    }
    return least;
}

static double length_at(const GArray *legs, gssize i) {
    return i >= 0 && i < (gssize)legs->len ? g_array_index(legs, GapRouteLeg, i).length_m : -1;
}

GArray *gap_route_legs(const GapTravelGround *ground, const GArray *parts) {
    GArray *legs = g_array_new(FALSE, FALSE, sizeof(GapRouteLeg));
    // The ground knows nothing finer than a cell.
    const double short_m = fmax(SHORT_M, fmin(ground->frame.dx, ground->frame.dy));
    for (guint i = 0; i < parts->len; i++) {
        const GapRouteLeg leg = leg_of(ground, &g_array_index(parts, GapTravelPart, i));
        g_array_append_val(legs, leg);
        join_alike(legs, legs->len - 1);
    }
    for (gssize i; legs->len > 1 && (i = least_leg(legs, short_m)) >= 0;) {
        const bool back = length_at(legs, i - 1) >= length_at(legs, i + 1);
        join(legs, (guint)i, (guint)(back ? i - 1 : i + 1));
        if (i < (gssize)legs->len)
            join_alike(legs, (guint)i);
    }
    return legs;
}
