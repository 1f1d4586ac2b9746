// Distances between demand and candidates of the store.
#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "layers/sites/apart.h"
#include "layers/sites/store.h"

typedef struct {
    double x, y, z;
} Unit;

/* An option of a place, as demand sees it. */
typedef struct {
    Unit at;
    double lon, lat;
    double reach_m; // of its own, INFINITY: none
    double scale;   // of its metres in the problem
} Option;

typedef struct {
    GapStoreSites *ground;
    Option *options;
    gsize n;
    bool scaled, covering;
    double far;  // metres of the problem that may matter
    double near; // within which what stands leaves no doubt
    GArray *site, *minutes, *metres;
    GapApart *apart; // by travel time, else NULL
} Pairing;

static Unit unit(double lon, double lat) {
    const double a = lon * G_PI / 180, b = lat * G_PI / 180;
    return (Unit){cos(b) * cos(a), cos(b) * sin(a), sin(b)};
}

/* Ellipsoid and sphere differ by less than 0.7 %, and a chord is shorter than its arc. */
static double chord2_of(double limit_m) {
    const double chord = limit_m / (6371008.8 * 0.993);
    return chord * chord;
}

static void add(Pairing *pairing, guint32 site, float minutes, double metres) {
    const float kept = (float)metres;
    g_array_append_val(pairing->site, site);
    g_array_append_val(pairing->minutes, minutes);
    if (pairing->scaled)
        g_array_append_val(pairing->metres, kept);
}

/* Metres of an option in the problem; rounding moves none across its reach. */
static float scaled(const Pairing *pairing, const Option *option, double metres) {
    const float limit = (float)pairing->ground->within_m;
    if (option->scale == 1)
        return (float)metres;
    const float value = (float)(metres * option->scale);
    return metres <= option->reach_m ? fminf(value, limit)
                                     : fmaxf(value, nextafterf(limit, INFINITY));
}

/* How far a candidate is looked for: up to `limit` in metres of the problem, but where no limit
 * holds for all up to its own reach, though what stands may be nearer. */
static double most_of(const Pairing *pairing, const Option *option, double limit) {
    if (pairing->covering)
        return limit / option->scale;
    return isfinite(option->reach_m) ? option->reach_m : limit;
}

static void add_near(Pairing *pairing, double lon, double lat, double limit) {
    const Unit u = unit(lon, lat);
    double metres = NAN; // to the last point measured
    gsize last = 0;
    for (guint32 j = 0; j < pairing->n; j++) {
        const Option *option = &pairing->options[j], *before = &pairing->options[last];
        const double x = u.x - option->at.x, y = u.y - option->at.y, z = u.z - option->at.z,
                     most = most_of(pairing, option, limit);
        if (x * x + y * y + z * z > chord2_of(most))
            continue;
        if (isnan(metres) || before->lon != option->lon || before->lat != option->lat)
            metres = gap_geodesic_distance_m(lon, lat, option->lon, option->lat);
        last = j;
        if (metres <= most)
            add(pairing, j, scaled(pairing, option, metres), metres);
    }
}

/* The same by travel time: all that is near is known. */
static void add_reached(Pairing *pairing, gsize demand, double limit) {
    const guint32 *sites;
    const float *minutes;
    const gsize n = gap_apart_near(pairing->apart, demand, &sites, &minutes);
    for (gsize k = 0; k < n; k++)
        if ((double)minutes[k] <= limit)
            add(pairing, sites[k], minutes[k], (double)minutes[k]);
}

static void add_standing(Pairing *pairing, guint32 site, double metres) {
    if (pairing->covering ? metres <= pairing->far : isfinite(metres))
        add(pairing, site, (float)metres, metres);
}

static void pair_demand(Pairing *pairing, gsize i, bool stands) {
    const GapStoreSites *ground = pairing->ground;
    const double stood = gap_table_real(ground->demand, i, GAP_DEMAND_DISTANCE),
                 nearest = stands && !isnan(stood) ? stood : INFINITY,
                 second = stands && ground->second ? ground->second[i] : INFINITY,
                 enough = ground->second ? fmax(nearest, second) : nearest;
    const double limit = fmin(pairing->covering ? pairing->far : INFINITY, enough);
    const bool open = !pairing->covering || enough > pairing->near;
    if (open && pairing->apart)
        add_reached(pairing, i, limit);
    else if (open)
        add_near(pairing, gap_table_real(ground->demand, i, GAP_DEMAND_LON),
                 gap_table_real(ground->demand, i, GAP_DEMAND_LAT), limit);
    add_standing(pairing, (guint32)pairing->n, nearest);
    if (ground->second)
        add_standing(pairing, (guint32)pairing->n + 1, second);
}

static void set_options(Pairing *pairing) {
    const GapStoreSites *ground = pairing->ground;
    for (gsize j = 0; j < pairing->n; j++) {
        const double lon = gap_table_real(ground->candidates, j, GAP_CANDIDATE_LON),
                     lat = gap_table_real(ground->candidates, j, GAP_CANDIDATE_LAT),
                     reach = gap_table_real(ground->candidates, j, GAP_CANDIDATE_REACH);
        const bool own = !isnan(reach);
        pairing->options[j] = (Option){unit(lon, lat), lon, lat, own ? reach : INFINITY,
                                       own && pairing->covering ? ground->within_m / reach : 1};
        pairing->scaled |= pairing->options[j].scale != 1;
    }
}

/* A reach of its own is a length, which says nothing of minutes. */
static bool check_reach(const GapStoreSites *ground, GError **error) {
    for (gsize j = 0; j < gap_table_rows(ground->candidates); j++)
        if (!gap_table_is_null(ground->candidates, j, GAP_CANDIDATE_REACH))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "'%s' has a reach of its own in metres, but run '%s' is by travel "
                            "time: leave the reach empty, or take a run in straight lines",
                            gap_table_text(ground->candidates, j, GAP_CANDIDATE_ID), ground->run);
    return true;
}

static bool search(Pairing *pairing, GapStore *store, GError **error) {
    const GapStoreSites *ground = pairing->ground;
    g_autofree double *sites = gap_lonlat_of(ground->candidates, GAP_CANDIDATE_LON),
                      *demand = gap_lonlat_of(ground->demand, GAP_DEMAND_LON);
    const GapApartPlaces from = {sites, ground->turnout_min, pairing->n},
                         to = {demand, NULL, gap_table_rows(ground->demand)};
    if (!ground->by_travel)
        return true;
    pairing->apart =
        check_reach(ground, error)
            ? gap_apart_new(store, ground->run, &from, &to, pairing->covering ? pairing->far : NAN,
                            ground->options.progress, error)
            : NULL;
    return pairing->apart != NULL;
}

bool gap_store_sites_pair(GapStore *store, GapStoreSites *ground, bool stands, bool covering,
                          GError **error) {
    GapSitesProblem *sites = ground->sites;
    const gsize n = gap_table_rows(ground->demand), m = gap_table_rows(ground->candidates);
    const double slack = 1 - ground->options.slack;
    g_autofree Option *options = g_new0(Option, m + 1);
    Pairing pairing = {.ground = ground,
                       .options = options,
                       .n = m,
                       .covering = covering,
                       .far = ground->within_m / slack,
                       .near = ground->within_m / (2 - slack)};
    if (!search(&pairing, store, error))
        return false;
    pairing.site = g_array_new(FALSE, FALSE, sizeof(guint32));
    pairing.minutes = g_array_new(FALSE, FALSE, sizeof(float));
    pairing.metres = g_array_new(FALSE, FALSE, sizeof(float));
    set_options(&pairing);
    sites->first = g_new0(gsize, n + 1);
    for (gsize i = 0; i < n; i++) {
        pair_demand(&pairing, i, stands);
        sites->first[i + 1] = pairing.site->len;
    }
    sites->site = (guint32 *)(void *)g_array_free(pairing.site, FALSE);
    sites->minutes = (float *)(void *)g_array_free(pairing.minutes, FALSE);
    ground->metres = (float *)(void *)g_array_free(pairing.metres, !pairing.scaled);
    gap_apart_free(pairing.apart);
    return true;
}
