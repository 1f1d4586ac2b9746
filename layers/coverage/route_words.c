#include "layers/coverage/route.h"

#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/text/text.h"

#include <math.h>
#include <string.h>

/* Tenths, without a useless one. */
static char *tenths(double value, const char *unit) {
    g_autofree char *number = g_strdup_printf("%.1f", value);
    if (g_str_has_suffix(number, ".0"))
        number[strlen(number) - 2] = '\0';
    return g_strconcat(number, " ", unit, NULL);
}

static char *minutes_text(double minutes) {
    return minutes < 600 ? tenths(minutes, "min") : tenths(minutes / 60, "h");
}

static char *length_text(double metres) {
    return metres < 1000 ? g_strdup_printf("%.0f m", metres) : tenths(metres / 1000, "km");
}

/* ---- the legs ---- */

static const double STEEP = 0.03, OTHER = 0.1, CLIMB_M = 10;

/* Nothing where it goes up and down alike, as over a pass. */
static const char *slope_word(const GapRouteLeg *leg) {
    const double most = fmax(leg->up_m, leg->down_m), least = fmin(leg->up_m, leg->down_m);
    if (most - least <= STEEP * leg->length_m || 3 * least > most)
        return "";
    return leg->up_m > leg->down_m ? "uphill " : "downhill ";
}

static char *climb_text(const GapRouteLeg *leg) {
    const bool up = leg->up_m >= CLIMB_M, down = leg->down_m >= CLIMB_M;
    if (up && down)
        return g_strdup_printf(", %.0f m up and %.0f m down", leg->up_m, leg->down_m);
    if (up || down)
        return g_strdup_printf(", %.0f m %s", up ? leg->up_m : leg->down_m, up ? "up" : "down");
    return g_strdup_printf(" at %g km/h", leg->kmh);
}

/* The label as it stands within a sentence; one in capitals keeps them. */
static char *ground_text(const GapRouteLeg *leg) {
    const char *rest = g_utf8_next_char(leg->label);
    const bool capitals = g_unichar_isupper(g_utf8_get_char(*leg->label ? rest : leg->label));
    char first[7] = "";
    g_unichar_to_utf8(g_unichar_tolower(g_utf8_get_char(leg->label)), first);
    return g_strconcat(leg->other_m > OTHER * leg->length_m ? "mostly " : "",
                       capitals ? leg->label : first, capitals ? NULL : rest, NULL);
}

char *gap_route_leg_text(const GapRouteLeg *leg) {
    g_autofree char *length = length_text(leg->length_m), *minutes = minutes_text(leg->minutes);
    if (leg->mode == GAP_MODE_CLOSED)
        return g_strdup_printf("%s over the raster of friction, %s", length, minutes);
    g_autofree char *ground = ground_text(leg);
    if (leg->mode == GAP_MODE_VEHICLE)
        return g_strdup_printf("%s %s at %g km/h, %s", length, ground, leg->kmh, minutes);
    g_autofree char *climb = climb_text(leg);
    return g_strdup_printf("%s %s%s (%s%s), %s", length, slope_word(leg),
                           leg->mode == GAP_MODE_WALK ? "on foot" : "by bicycle", ground, climb,
                           minutes);
}

/* ---- the way ---- */

static char *point_text(const GapRouteWay *way) {
    return g_strconcat(way->point, way->name ? ", " : "", way->name ? way->name : "",
                       way->kind ? " (" : "", way->kind ? way->kind : "", way->kind ? ")" : "",
                       NULL);
}

/* "12.3 min within the limit of 30 min". The limit is included, and minutes are compared as runs
 * compare them. */
static char *limit_text(const GapRoute *route) {
    const double minutes = route->now.minutes;
    g_autofree char *limit = gap_format_minutes(route->within_min);
    if ((float)minutes <= (float)route->within_min)
        return g_strdup_printf("within the limit of %s", limit);
    g_autofree char *beyond = minutes_text(minutes - route->within_min);
    g_autofree char *known = gap_format_minutes(route->known_min);
    return minutes > route->known_min
               ? g_strdup_printf("%s beyond the limit of %s, and beyond the %s that the run knows",
                                 beyond, limit, known)
               : g_strdup_printf("%s beyond the limit of %s", beyond, limit);
}

static void say_way(const GapRoute *route, GPtrArray *out) {
    const GapRouteWay *way = &route->now;
    g_autofree char *point = point_text(way), *minutes = minutes_text(way->minutes);
    g_autofree char *turnout = minutes_text(way->turnout_min), *limit = limit_text(route);
    gap_note(out, "%s %s: %s%s%s%s, %s", route->inwards ? "to" : "from", point, minutes,
             way->turnout_min > 0 ? ", of it " : "", way->turnout_min > 0 ? turnout : "",
             way->turnout_min > 0 ? " turnout" : "", limit);
    for (guint i = 0; i < way->legs->len; i++) {
        g_autofree char *leg = gap_route_leg_text(&g_array_index(way->legs, GapRouteLeg, i));
        gap_note(out, "  %u. %s", i + 1, leg);
    }
}

static void say_now(const GapRoute *route, GPtrArray *out) {
    if (route->patrol)
        gap_note(out, "it lies in the patrol area of %s: within reach", route->patrol);
    if (route->nowhere)
        gap_note(out,
                 "it has no open ground within %.0f m, or lies outside the grid: nobody gets there",
                 route->snap_m);
    else if (route->away_m > 0)
        gap_note(out,
                 "it stands on closed ground: it counts at the nearest open ground, "
                 "%.0f m away",
                 route->away_m);
    if (route->nowhere)
        return;
    if (isnan(route->now.minutes))
        gap_note(out, "no police point that counts has a way to it: closed ground lies between");
    else
        say_way(route, out);
}

/* ---- what would change ---- */

static char *crossing_text(const GapRouteCrossing *c) {
    g_autofree char *length = length_text(c->length_m), *away = length_text(c->place_m);
    return g_strdup_printf("%.4f %c, %.4f %c%s%s%s%s%s%s (%s of closed ground)", fabs(c->lon),
                           c->lon < 0 ? 'W' : 'E', fabs(c->lat), c->lat < 0 ? 'S' : 'N',
                           c->water ? ", over " : "", c->water ? c->water : "",
                           c->place ? ", " : "", c->place ? away : "", c->place ? " from " : "",
                           c->place ? c->place : "", length);
}

static char *gain_text(const GapRoute *route) {
    g_autofree char *minutes = minutes_text(route->bridged.minutes);
    g_autofree char *less = minutes_text(route->now.minutes - route->bridged.minutes);
    const bool other = g_strcmp0(route->now.point, route->bridged.point) != 0;
    g_autofree char *point = other ? point_text(&route->bridged) : g_strdup("");
    g_autofree char *gain = isnan(route->now.minutes) ? g_strdup("where there is no way now")
                                                      : g_strconcat(less, " less", NULL);
    return g_strconcat(minutes, other ? route->inwards ? " to " : " from " : "", point, ", ", gain,
                       NULL);
}

/* The point stands at the place, which nothing makes quicker. */
static bool is_there(const GapRouteWay *way) {
    return way->minutes - way->turnout_min < 0.05;
}

static void say_bridge(const GapRoute *route, GPtrArray *out) {
    if (route->bridge_trouble) {
        gap_note(out, "what a bridge would change is not known: %s", route->bridge_trouble);
        return;
    }
    if (is_there(&route->now))
        return;
    if (isnan(route->bridged.minutes)) {
        gap_note(out, "no bridge over a river or lake would %s",
                 isnan(route->now.minutes) ? "open one" : "make it quicker");
        return;
    }
    g_autofree char *gain = gain_text(route);
    const guint n = route->crossings->len;
    if (n > 1)
        gap_note(out, "with %u bridges: %s; at", n, gain);
    for (guint i = 0; i < n; i++) {
        g_autofree char *at = crossing_text(&g_array_index(route->crossings, GapRouteCrossing, i));
        if (n > 1)
            gap_note(out, "  %u. %s", i + 1, at);
        else
            gap_note(out, "a bridge at %s: %s", at, gain);
    }
}

static void say_gain(const GapRoute *route, GPtrArray *out) {
    g_autofree char *limit = gap_format_minutes(route->within_min);
    if (route->gain_trouble) {
        gap_note(out, "what a new point here would change is not known: %s", route->gain_trouble);
        return;
    }
    g_autofree char *people = gap_format_number((double)route->gained, 0, "en");
    const bool none = route->gained == 0;
    g_autofree char *now =
        isnan(route->now.minutes) ? g_strdup("no way") : minutes_text(route->now.minutes);
    g_autofree char *itself = is_there(&route->now)
                                  ? g_strdup("")
                                  : g_strdup_printf("; the place itself 0 min instead of %s", now);
    gap_note(out, "a new point here, without turnout: %s%s more within %s%s",
             none ? "nobody" : people, none ? "" : " people", limit, itself);
}

GPtrArray *gap_route_sentences(const GapRoute *route) {
    GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
    if (route->trouble) {
        gap_note(out, "not known: %s", route->trouble);
        return out;
    }
    say_now(route, out);
    if (route->nowhere)
        return out;
    say_bridge(route, out);
    say_gain(route, out);
    return out;
}
