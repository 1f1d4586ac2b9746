// How a place is reached, for people and for machines.
#include "layers/cmd.h"

#include <math.h>

static json_t *number(double value) {
    return isnan(value) ? json_null() : json_real(value);
}

void gap_cmd_say_route(GapCall *call, const GapRoute *route) {
    if (!route)
        return;
    g_autoptr(GPtrArray) lines = gap_route_sentences(route);
    gap_call_say(call, "\nHow it is reached, in run '%s'", route->run);
    for (guint i = 0; i < lines->len; i++)
        gap_call_say(call, "  %s", (char *)lines->pdata[i]);
}

static json_t *legs_json(const GArray *legs) {
    static const char *const modes[] = {NULL, "walk", "bicycle", "vehicle"};
    json_t *all = json_array();
    for (guint i = 0; i < legs->len; i++) {
        const GapRouteLeg *leg = &g_array_index(legs, GapRouteLeg, i);
        g_autofree char *text = gap_route_leg_text(leg);
        json_array_append_new(all, json_pack("{s:s, s:s, s:s?, s:o, s:f, s:f, s:f, s:f, s:f, s:s}",
                                             "class", leg->class, "label", leg->label, "mode",
                                             modes[leg->mode], "kmh", number(leg->kmh), "length_m",
                                             leg->length_m, "other_m", leg->other_m, "up_m",
                                             leg->up_m, "down_m", leg->down_m, "minutes",
                                             leg->minutes, "text", text));
    }
    return all;
}

/* A point alone where someone stands at the other end already. */
static json_t *line_json(const GArray *lonlat) {
    json_t *all = json_array();
    const double *xy = (const double *)lonlat->data;
    for (guint i = 0; i + 1 < lonlat->len; i += 2)
        json_array_append_new(all, json_pack("[f,f]", xy[i], xy[i + 1]));
    if (lonlat->len > 2)
        return json_pack("{s:s, s:o}", "type", "LineString", "coordinates", all);
    json_t *only = json_pack("{s:s, s:O}", "type", "Point", "coordinates", json_array_get(all, 0));
    json_decref(all);
    return only;
}

static json_t *way_json(const GapRouteWay *way) {
    return isnan(way->minutes)
               ? json_null()
               : json_pack("{s:s, s:s?, s:s?, s:f, s:f, s:o, s:o}", "point", way->point, "name",
                           way->name, "kind", way->kind, "minutes", way->minutes, "turnout_min",
                           way->turnout_min, "parts", legs_json(way->legs), "path",
                           line_json(way->lonlat));
}

static json_t *bridges_json(const GArray *crossings) {
    json_t *all = json_array();
    for (guint i = 0; i < crossings->len; i++) {
        const GapRouteCrossing *c = &g_array_index(crossings, GapRouteCrossing, i);
        json_array_append_new(all, json_pack("{s:f, s:f, s:f, s:s?, s:s?, s:o}", "lon", c->lon,
                                             "lat", c->lat, "length_m", c->length_m, "water",
                                             c->water, "near", c->place, "near_m",
                                             c->place ? json_real(c->place_m) : json_null()));
    }
    return all;
}

json_t *gap_cmd_route_json(const GapRoute *route) {
    if (!route)
        return json_null();
    const bool known = !route->trouble;
    return json_pack(
        "{s:s, s:s?, s:f, s:f, s:s?, s:o, s:o, s:o, s:s?, s:b, s:o, s:o, s:o, s:s?, s:o, s:s?}",
        "run", route->run, "direction",
        known ? route->inwards ? "people-to-police" : "police-to-people" : NULL, "lon", route->lon,
        "lat", route->lat, "not_known", route->trouble, "within_min",
        number(known ? route->within_min : NAN), "known_min",
        number(known ? route->known_min : NAN), "snapped_m",
        number(known && !route->nowhere ? route->away_m : NAN), "patrol", route->patrol,
        "open_ground", known && !route->nowhere, "way", way_json(&route->now), "with_bridges",
        way_json(&route->bridged), "bridges", bridges_json(route->crossings), "bridges_not_known",
        route->bridge_trouble, "people_gained",
        route->gained < 0 ? json_null() : json_integer(route->gained), "people_gained_not_known",
        route->gain_trouble);
}
