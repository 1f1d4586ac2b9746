#include "layers/coverage/route.h"

#include "geo/base/error.h"

#include <math.h>

static const GapStatement NEWEST = {"route.newest", "SELECT label FROM run WHERE mode = 'travel'"
                                                    " ORDER BY made_at DESC, label LIMIT 1"};
static const GapStatement PLACE = {
    "route.place", "SELECT X(geom) AS lon, Y(geom) AS lat FROM place WHERE code = ?"};
static const GapStatement AREA = {
    "route.area",
    "SELECT lon, lat FROM ("
    " SELECT 0 AS n, 0 AS people, seat_lon AS lon, seat_lat AS lat FROM area WHERE code = ?1"
    "  AND seat_lon IS NOT NULL AND seat_lat IS NOT NULL"
    " UNION ALL SELECT * FROM (SELECT 1, people, X(geom), Y(geom) FROM place"
    "  WHERE area IN (SELECT code FROM area WHERE ?1 IN (code, parent)) AND people > 0"
    "  ORDER BY people DESC, code LIMIT 1)"
    " UNION ALL SELECT * FROM (SELECT 2, people, X(geom), Y(geom) FROM demand"
    "  WHERE area IN (SELECT code FROM area WHERE ?1 IN (code, parent)) AND basis <> 'unplaced'"
    "  ORDER BY people DESC, X(geom), Y(geom) LIMIT 1)) ORDER BY n LIMIT 1"};
static const GapStatement POINT = {
    "route.point", "SELECT coalesce(name_en, name_ky, name_ru) AS name, kind FROM police_point"
                   " WHERE code = ?"};
static const GapStatement PEOPLE_FROM = {"route.people_from",
                                         "SELECT people_from FROM run WHERE label = ?"};
static const GapStatement BEYOND = {
    "route.beyond", "SELECT X(d.geom) AS lon, Y(d.geom) AS lat, d.people FROM demand d"
                    " LEFT JOIN demand_reach r ON r.demand = d.id AND r.run = ?"
                    " WHERE d.basis <> 'unplaced' AND coalesce(r.covered, 0) = 0"};

char *gap_route_run(GapStore *store, GError **error) {
    return gap_store_text(store, &NEWEST, error, "");
}

bool gap_route_where(GapStore *store, const char *area, const char *place, double *lon, double *lat,
                     GError **error) {
    g_autoptr(GapTable) at =
        gap_store_select(store, place ? &PLACE : &AREA, error, "s", place ? place : area);
    if (!at || gap_table_rows(at) == 0 || gap_table_is_null(at, 0, 0))
        return false;
    *lon = gap_table_real(at, 0, 0);
    *lat = gap_table_real(at, 0, 1);
    return true;
}

/* ---- the way ---- */

static bool name_point(GapStore *store, GapRouteWay *way, GError **error) {
    g_autoptr(GapTable) point = gap_store_select(store, &POINT, error, "s", way->point);
    if (!point)
        return false;
    if (gap_table_rows(point)) {
        way->name = g_strdup(gap_table_text(point, 0, 0));
        way->kind = g_strdup(gap_table_text(point, 0, 1));
    }
    return true;
}

static bool to_degrees(const GapTravelField *field, const GArray *cells, GapRouteWay *way,
                       GError **error) {
    const GapFrame *f = &field->ground->frame;
    way->lonlat = g_array_sized_new(FALSE, FALSE, sizeof(double), 2 * cells->len);
    for (guint i = 0; i < cells->len; i++) {
        const size_t cell = g_array_index(cells, size_t, i);
        const double xy[] = {f->west + ((double)(cell % f->cols) + 0.5) * f->dx,
                             f->north - ((double)(cell / f->cols) + 0.5) * f->dy};
        g_array_append_vals(way->lonlat, xy, 2);
    }
    return gap_projection_inverse(field->ground->plane, (double *)way->lonlat->data, cells->len,
                                  error);
}

bool gap_route_way(GapStore *store, const GapTravelField *field, size_t place, double limit_min,
                   GArray **cells, GapRouteWay *way, GError **error) {
    *way = (GapRouteWay){.minutes = NAN};
    g_autoptr(GapTravel) travel = gap_travel_field_travel(field, limit_min, false, error);
    if (!travel || isnan(gap_travel_minutes_at(travel, place)))
        return travel != NULL;
    g_autoptr(GapTravelPath) path = gap_travel_path(travel, place, error);
    if (!path)
        return false;
    const size_t row = g_array_index(field->row, size_t, path->source);
    way->minutes = path->minutes;
    way->turnout_min = path->turnout_min;
    way->point = g_strdup(gap_table_text(field->points->fixed, row, 0));
    way->legs = gap_route_legs(field->ground, path->parts);
    if (cells)
        *cells = g_array_ref(path->cells);
    return to_degrees(field, path->cells, way, error) && name_point(store, way, error);
}

/* Times within what the run knows have the run's ticks; only beyond it all of the ground counts. */
static bool find_way(GapStore *store, const GapTravelField *field, size_t place, GapRouteWay *way,
                     GError **error) {
    return gap_route_way(store, field, place, field->known_min, NULL, way, error) &&
           (!isnan(way->minutes) || gap_route_way(store, field, place, INFINITY, NULL, way, error));
}

/* ---- a new point ---- */

static gint64 sum_within(const GapTable *beyond, const GapTravelField *field,
                         const GapTravel *travel) {
    gint64 people = 0;
    for (size_t r = 0; r < gap_table_rows(beyond); r++) {
        size_t cell;
        double away_m;
        if (gap_travel_field_cell(field, gap_table_real(beyond, r, 0), gap_table_real(beyond, r, 1),
                                  &cell, &away_m) &&
            (float)gap_travel_minutes_at(travel, cell) <= (float)field->within_min)
            people += gap_table_int(beyond, r, 2);
    }
    return people;
}

static bool find_gain(GapStore *store, const GapTravelField *field, size_t place, GapRoute *route,
                      GError **error) {
    g_autoptr(GError) why = NULL;
    g_autofree char *raster = gap_store_text(store, &PEOPLE_FROM, &why, "s", route->run);
    if (raster) {
        route->gain_trouble = g_strdup_printf(
            "the people of run '%s' are of a raster (%s), not of places", route->run, raster);
        return true;
    }
    const GapTravelSource here = {place, 0};
    const GapTravelOptions options = {field->within_min, route->inwards};
    g_autoptr(GapTable) beyond =
        why ? NULL : gap_store_select(store, &BEYOND, &why, "s", route->run);
    g_autoptr(GapTravel) travel = beyond ? gap_travel_new(field->surface, &here, 1, &options,
                                                          field->options.ground.progress, &why)
                                         : NULL;
    if (travel)
        route->gained = sum_within(beyond, field, travel);
    else
        g_propagate_error(error, g_steal_pointer(&why));
    return travel != NULL;
}

/* ---- all of it ---- */

/* An interruption ends it all; what else fails is said, and the rest goes on. */
static bool tell(char **trouble, const GapProgress *progress, GError *why, GError **error) {
    if (!gap_progress(progress, 1, "done")) {
        g_propagate_error(error, why);
        return false;
    }
    *trouble = g_strdup(why->message);
    g_error_free(why);
    return true;
}

static void find_patrol(const GapTravelField *field, GapRoute *route) {
    const gssize row = gap_area_index_locate(field->points->patrols, route->lon, route->lat);
    if (row >= 0)
        route->patrol = g_strdup(gap_table_text(field->points->mobile, (size_t)row, 0));
}

static bool explore(GapStore *store, const GapTravelField *field, const GapProgress *progress,
                    GapRoute *route, GError **error) {
    size_t place;
    GError *why = NULL;
    route->inwards = field->options.inwards;
    route->within_min = field->within_min;
    route->known_min = field->known_min;
    route->snap_m = field->options.snap_m;
    find_patrol(field, route);
    route->nowhere = !gap_travel_field_cell(field, route->lon, route->lat, &place, &route->away_m);
    if (route->nowhere)
        return true;
    if (field->sources->len && !find_way(store, field, place, &route->now, &why))
        return tell(&route->trouble, progress, why, error);
    if (!find_gain(store, field, place, route, &why) &&
        !tell(&route->gain_trouble, progress, g_steal_pointer(&why), error))
        return false;
    return !field->sources->len || gap_route_bridge(store, field, place, route, &why) ||
           tell(&route->bridge_trouble, progress, why, error);
}

/* Shares of the work, since each search and each ground counts from 0 to 1. */
typedef struct {
    const GapProgress *whole;
    double from;
    double last;
} Shares;

static bool report(void *user, double share, const char *what) {
    Shares *shares = user;
    if (share < shares->last && shares->from < 0.8)
        shares->from += 0.2;
    shares->last = share;
    return gap_progress(shares->whole, shares->from + 0.2 * share, what);
}

static void clear_crossing(gpointer item) {
    GapRouteCrossing *crossing = item;
    g_free(crossing->water);
    g_free(crossing->place);
}

GapRoute *gap_route_new(GapStore *store, const char *run, double lon, double lat,
                        const GapProgress *progress, GError **error) {
    g_autoptr(GapRoute) route = g_new0(GapRoute, 1);
    Shares shares = {progress, 0, 0};
    const GapProgress part = {report, &shares};
    GError *why = NULL;
    route->run = g_strdup(run);
    route->lon = lon;
    route->lat = lat;
    route->gained = -1;
    route->now.minutes = route->bridged.minutes = NAN;
    route->crossings = g_array_new(FALSE, TRUE, sizeof(GapRouteCrossing));
    g_array_set_clear_func(route->crossings, clear_crossing);
    g_autoptr(GapTravelField) field = gap_travel_field_open(store, run, &part, &why);
    const bool ok = field ? explore(store, field, &part, route, error)
                          : tell(&route->trouble, &part, why, error);
    return ok ? g_steal_pointer(&route) : NULL;
}

void gap_route_way_clear(GapRouteWay *way) {
    g_free(way->point);
    g_free(way->name);
    g_free(way->kind);
    g_clear_pointer(&way->legs, g_array_unref);
    g_clear_pointer(&way->lonlat, g_array_unref);
    *way = (GapRouteWay){.minutes = NAN};
}

void gap_route_free(GapRoute *route) {
    if (!route)
        return;
    g_array_unref(route->crossings);
    gap_route_way_clear(&route->now);
    gap_route_way_clear(&route->bridged);
    g_free(route->patrol);
    g_free(route->trouble);
    g_free(route->bridge_trouble);
    g_free(route->gain_trouble);
    g_free(route->run);
    g_free(route);
}
