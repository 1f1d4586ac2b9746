#include "layers/coverage/route.h"

#include "geo/base/error.h"
#include "geo/shape/geodesic.h"

#include <math.h>

static const GapStatement WATER = {
    "route.water",
    "SELECT name FROM (SELECT coalesce(name_en, name_ky, name_ru) AS name, geom FROM scenery"
    "  WHERE kind IN ('river', 'lake')"
    " UNION ALL SELECT coalesce(name_en, name_ky, name_ru), geom FROM barrier"
    "  WHERE kind IN ('river', 'lake'))"
    " WHERE name IS NOT NULL AND MbrIntersects(geom, BuildCircleMbr(?1, ?2, ?3, 4326))"
    "  AND ST_Distance(geom, MakePoint(?1, ?2, 4326)) <= ?3"
    " ORDER BY ST_Distance(geom, MakePoint(?1, ?2, 4326)), name LIMIT 1"};
static const GapStatement SETTLEMENT = {
    "route.settlement",
    "SELECT coalesce(name_en, name_ky, name_ru, code) AS name, X(geom) AS lon, Y(geom) AS lat"
    " FROM place ORDER BY (X(geom) - ?1) * (X(geom) - ?1) * ?3"
    "  + (Y(geom) - ?2) * (Y(geom) - ?2), code LIMIT 1"};

/* Less than this is no gain: times are rounded step by step. */
static const double LEAST_GAIN_MIN = 0.05;

/* ---- where a path passes closed ground ---- */

/* Moves go up to three cells either way, so that a step leaves a cell at a twelfth of its length or
 * between two of them: halves of twelfths lie within the cells that it crosses, one or more each.
 */
enum { SAMPLES = 12 };

typedef struct {
    const GapTravelField *field; // whose ground it is that is closed
    GArray *crossings; // with lon, lat as the sum of the first and last place, in the plane
    double open_m;     // since the last closed ground
    double first[2];   // of the last crossing
    size_t cell;       // that was looked at before
} Walk;

static bool is_open(const Walk *walk, size_t row, size_t col) {
    return gap_surface_open(walk->field->surface, row * walk->field->ground->frame.cols + col);
}

/* A step through a corner is barred by closed cells at both sides of it. */
static bool is_barred(const Walk *walk, size_t row, size_t col) {
    const size_t cols = walk->field->ground->frame.cols;
    const size_t row_before = walk->cell / cols, col_before = walk->cell % cols;
    return !is_open(walk, row, col) ||
           (row != row_before && col != col_before && !is_open(walk, row, col_before) &&
            !is_open(walk, row_before, col));
}

/* Closed ground a little farther on belongs to the same crossing: a bank, a river with islands. */
static void look(Walk *walk, double col, double row, double length_m) {
    const GapFrame *f = &walk->field->ground->frame;
    const size_t at[] = {(size_t)row, (size_t)col};
    const double xy[] = {f->west + col * f->dx, f->north - row * f->dy};
    const bool barred = is_barred(walk, at[0], at[1]);
    walk->cell = at[0] * f->cols + at[1];
    if (!barred) {
        walk->open_m += length_m;
        return;
    }
    if (walk->crossings->len == 0 || walk->open_m > 2 * fmax(f->dx, f->dy)) {
        g_array_set_size(walk->crossings, walk->crossings->len + 1); // cleared
        walk->first[0] = xy[0];
        walk->first[1] = xy[1];
    }
    GapRouteCrossing *last =
        &g_array_index(walk->crossings, GapRouteCrossing, walk->crossings->len - 1);
    last->lon = (walk->first[0] + xy[0]) / 2;
    last->lat = (walk->first[1] + xy[1]) / 2;
    last->length_m += length_m;
    walk->open_m = 0;
}

static void look_along(Walk *walk, size_t from, size_t to) {
    const GapFrame *f = &walk->field->ground->frame;
    const double col = (double)(from % f->cols) + 0.5, row = (double)(from / f->cols) + 0.5;
    const double cols = (double)(to % f->cols) + 0.5 - col,
                 rows = (double)(to / f->cols) + 0.5 - row;
    for (int i = 0; i < SAMPLES; i++) {
        const double share = (i + 0.5) / SAMPLES;
        look(walk, col + share * cols, row + share * rows,
             hypot(cols * f->dx, rows * f->dy) / SAMPLES);
    }
}

static bool name_crossing(GapStore *store, double cell_m, GapRouteCrossing *c, GError **error) {
    g_autoptr(GError) why = NULL;
    const double near_deg = 2 * cell_m / 111000, squeeze = cos(c->lat * G_PI / 180);
    c->water = gap_store_text(store, &WATER, &why, "ddd", c->lon, c->lat, near_deg);
    g_autoptr(GapTable) place =
        why ? NULL
            : gap_store_select(store, &SETTLEMENT, &why, "ddd", c->lon, c->lat, squeeze * squeeze);
    if (!place) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    if (gap_table_rows(place)) {
        c->place = g_strdup(gap_table_text(place, 0, 0));
        c->place_m = gap_geodesic_distance_m(c->lon, c->lat, gap_table_real(place, 0, 1),
                                             gap_table_real(place, 0, 2));
    }
    return true;
}

static bool find_crossings(GapStore *store, const GapTravelField *field, const GArray *cells,
                           GArray *crossings, GError **error) {
    const GapFrame *f = &field->ground->frame;
    Walk walk = {.field = field, .crossings = crossings, .cell = g_array_index(cells, size_t, 0)};
    for (guint i = 1; i < cells->len; i++)
        look_along(&walk, g_array_index(cells, size_t, i - 1), g_array_index(cells, size_t, i));
    for (guint i = 0; i < crossings->len; i++) {
        GapRouteCrossing *c = &g_array_index(crossings, GapRouteCrossing, i);
        double xy[] = {c->lon, c->lat};
        if (!gap_projection_inverse(field->ground->plane, xy, 1, error))
            return false;
        c->lon = xy[0];
        c->lat = xy[1];
        if (!name_crossing(store, fmax(f->dx, f->dy), c, error))
            return false;
    }
    return true;
}

/* ---- the ground with bridges ---- */

/* All set out where they do in the run, so that only the way between changes. */
static void set_out_alike(GapTravelField *bridged, const GapTravelField *field) {
    g_array_set_size(bridged->sources, 0);
    g_array_set_size(bridged->row, 0);
    for (guint i = 0; i < field->sources->len; i++) {
        const GapTravelSource source = g_array_index(field->sources, GapTravelSource, i);
        if (!gap_surface_open(bridged->surface, source.cell))
            continue;
        g_array_append_val(bridged->sources, source);
        g_array_append_val(bridged->row, g_array_index(field->row, size_t, i));
    }
}

static GapTravelField *bridged_field(GapStore *store, const GapTravelField *field, GError **error) {
    GapPoints *points = gap_points_of_run(store, field->run, error);
    GapTravelFieldOptions options = field->options;
    options.ground.bridges = GAP_BRIDGES_ALL;
    options.ground.rivers_pass = true;
    GapTravelField *bridged = points ? gap_travel_field_new(store, points, &options, error) : NULL;
    if (bridged)
        set_out_alike(bridged, field);
    return bridged;
}

bool gap_route_bridge(GapStore *store, const GapTravelField *field, size_t place, GapRoute *route,
                      GError **error) {
    const GapRouteWay *now = &route->now;
    if (now->minutes - now->turnout_min <= LEAST_GAIN_MIN)
        return true;
    if (!field->ground->classes) {
        route->bridge_trouble =
            g_strdup("the ground is a raster of friction, in which rivers are not told apart");
        return true;
    }
    g_autoptr(GapTravelField) bridged = bridged_field(store, field, error);
    if (!bridged)
        return false;
    if (!bridged->sources->len || !gap_surface_open(bridged->surface, place))
        return true;
    g_autoptr(GArray) cells = NULL;
    // Only quicker ways matter.
    const double limit_min = isnan(now->minutes) ? INFINITY : now->minutes;
    if (!gap_route_way(store, bridged, place, limit_min, &cells, &route->bridged, error) ||
        (cells && !find_crossings(store, field, cells, route->crossings, error)))
        return false;
    if (route->crossings->len == 0 || now->minutes - route->bridged.minutes < LEAST_GAIN_MIN) {
        gap_route_way_clear(&route->bridged);
        g_array_set_size(route->crossings, 0);
    }
    return true;
}
