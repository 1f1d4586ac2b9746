#include "layers/sites/standing.h"

#include "geo/base/error.h"
#include "layers/sites/apart.h"
#include "layers/sites/store.h"

enum { LON = 3, LAT = 4 }; // of the table of points

/* The patrol areas, an index each: a demand may lie in several. */
static GPtrArray *index_patrols(const GapTable *mobile, GError **error) {
    g_autoptr(GPtrArray) patrols =
        g_ptr_array_new_with_free_func((GDestroyNotify)gap_area_index_free);
    for (gsize r = 0; r < gap_table_rows(mobile); r++) {
        GBytes *patrol = gap_table_geometry(mobile, r);
        GapAreaIndex *index = gap_area_index_new(&patrol, 1, error);
        if (!index)
            return NULL;
        g_ptr_array_add(patrols, index);
    }
    return g_steal_pointer(&patrols);
}

static void take(double best[2], double metres) {
    if (metres < best[0]) {
        best[1] = best[0];
        best[0] = metres;
    } else
        best[1] = fmin(best[1], metres);
}

/* A degree of latitude is 110.57 km and more: who is farther north or south than the second so far
 * is not measured. */
static void nearest_two(const GapTable *fixed, const GPtrArray *patrols, const GapApart *apart,
                        const GapTable *demand, gsize i, double best[2]) {
    const double metres_a_degree = 110500;
    const double lon = gap_table_real(demand, i, GAP_DEMAND_LON),
                 lat = gap_table_real(demand, i, GAP_DEMAND_LAT);
    const bool travel = gap_apart_is_travel(apart);
    best[0] = best[1] = INFINITY;
    for (guint p = 0; p < patrols->len; p++)
        if (gap_area_index_locate(g_ptr_array_index(patrols, p), lon, lat) >= 0)
            take(best, 0);
    for (gsize r = 0; r < gap_table_rows(fixed); r++) {
        const double y = gap_table_real(fixed, r, LAT);
        if (travel || fabs(y - lat) * metres_a_degree < best[1])
            take(best, gap_apart(apart, r, i));
    }
}

double *gap_standing_turnouts(GapStore *store, const GapTable *points, gsize n, GError **error) {
    static const GapStatement TURNOUT = {"standing.turnout",
                                         "SELECT turnout_min FROM police_point WHERE code = ?"};
    g_autoptr(GError) why = NULL;
    g_autofree double *minutes = g_new0(double, gap_table_rows(points) + 1);
    for (gsize r = 0; r < n && !why; r++)
        minutes[r] = gap_store_number(store, &TURNOUT, 0, &why, "s", gap_table_text(points, r, 0));
    if (!why)
        return g_steal_pointer(&minutes);
    g_propagate_error(error, g_steal_pointer(&why));
    return NULL;
}

/* Those that are not mobile groups, but for some; code, precision, kind, lon and lat. */
static GapTable *fixed_but(const GapPoints *points, const char *const *codes) {
    GapTable *kept = gap_table_new("points");
    for (gsize c = 0; c <= LAT; c++)
        gap_table_add_column(kept, gap_table_column(points->fixed, c));
    for (gsize r = 0; r < gap_table_rows(points->fixed); r++) {
        const char *code = gap_table_text(points->fixed, r, 0);
        if (codes && g_strv_contains(codes, code))
            continue;
        const gsize row = gap_table_add_row(kept);
        gap_table_set_text(kept, row, 0, code);
        for (gsize c = LON; c <= LAT; c++)
            gap_table_set_real(kept, row, c, gap_table_real(points->fixed, r, c));
    }
    return kept;
}

/* Of each demand, to the nearest and the next. Returns: (transfer full). */
static double *measure(GapStore *store, const char *run, const char *const *without,
                       const GapTable *demand, GError **error) {
    g_autoptr(GapPoints) points = gap_points_of_run(store, run, error);
    g_autoptr(GPtrArray) patrols = points ? index_patrols(points->mobile, error) : NULL;
    if (!patrols)
        return NULL;
    g_autoptr(GapTable) fixed = fixed_but(points, without);
    const gsize n = gap_table_rows(demand);
    g_autofree double *from = gap_lonlat_of(fixed, LON),
                      *to = gap_lonlat_of(demand, GAP_DEMAND_LON),
                      *turnout = gap_standing_turnouts(store, fixed, gap_table_rows(fixed), error);
    const GapApartPlaces sites = {from, turnout, gap_table_rows(fixed)}, of = {to, NULL, n};
    g_autoptr(GapApart) apart =
        turnout ? gap_apart_new(store, run, &sites, &of, NAN, NULL, error) : NULL;
    if (!apart)
        return NULL;
    double *two = g_new(double, 2 * n + 1);
    for (gsize i = 0; i < n; i++)
        nearest_two(fixed, patrols, apart, demand, i, two + 2 * i);
    return two;
}

static double *second_of(const double *two, gsize n) {
    double *second = g_new(double, n + 1);
    for (gsize i = 0; i < n; i++)
        second[i] = two[2 * i + 1];
    return second;
}

double *gap_standing_second(GapStore *store, const char *run, const GapTable *demand,
                            GError **error) {
    g_autofree double *two = measure(store, run, NULL, demand, error);
    return two ? second_of(two, gap_table_rows(demand)) : NULL;
}

bool gap_standing_leave(GapStore *store, const char *run, const char *const *codes,
                        GapTable *demand, double **second, GError **error) {
    g_autofree double *two = measure(store, run, codes, demand, error);
    const gsize n = gap_table_rows(demand);
    for (gsize i = 0; two && i < n; i++)
        gap_table_set_real(demand, i, GAP_DEMAND_DISTANCE, isfinite(two[2 * i]) ? two[2 * i] : NAN);
    if (two && second) {
        g_free(*second);
        *second = second_of(two, n);
    }
    return two != NULL;
}
