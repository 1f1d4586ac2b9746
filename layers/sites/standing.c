#include "layers/sites/standing.h"

#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "layers/coverage/points.h"
#include "layers/sites/store.h"

enum { LON = 3, LAT = 4 }; // of the table of points

static const GapStatement RUN = {"standing.run",
                                 "SELECT as_of, kinds, mode FROM run WHERE label = ?"};

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
static double second_of(const GapTable *fixed, const GPtrArray *patrols, double lon, double lat) {
    const double metres_a_degree = 110500;
    double best[2] = {INFINITY, INFINITY};
    for (guint p = 0; p < patrols->len; p++)
        if (gap_area_index_locate(g_ptr_array_index(patrols, p), lon, lat) >= 0)
            take(best, 0);
    for (gsize r = 0; r < gap_table_rows(fixed); r++) {
        const double x = gap_table_real(fixed, r, LON), y = gap_table_real(fixed, r, LAT);
        if (fabs(y - lat) * metres_a_degree < best[1])
            take(best, gap_geodesic_distance_m(lon, lat, x, y));
    }
    return best[1];
}

static GapPoints *read_points(GapStore *store, const char *run, GError **error) {
    g_autoptr(GapTable) row = gap_store_select(store, &RUN, error, "s", run);
    if (!row)
        return NULL;
    if (g_strcmp0(gap_table_text(row, 0, 2), "straight") != 0) {
        gap_fail(error, GAP_ERROR_USAGE,
                 "--need 2: the run '%s' measured %s, and only those in straight lines tell the "
                 "second nearest point",
                 run, gap_table_text(row, 0, 2));
        return NULL;
    }
    const char *kinds = gap_table_text(row, 0, 1);
    g_auto(GStrv) wanted = g_str_equal(kinds, "all") ? NULL : g_strsplit(kinds, ",", -1);
    return gap_points_new(store, gap_table_text(row, 0, 0), wanted, error);
}

double *gap_standing_second(GapStore *store, const char *run, const GapTable *demand,
                            GError **error) {
    g_autoptr(GapPoints) points = read_points(store, run, error);
    g_autoptr(GPtrArray) patrols = points ? index_patrols(points->mobile, error) : NULL;
    if (!patrols)
        return NULL;
    const gsize n = gap_table_rows(demand);
    double *second = g_new(double, n + 1);
    for (gsize i = 0; i < n; i++)
        second[i] = second_of(points->fixed, patrols, gap_table_real(demand, i, GAP_DEMAND_LON),
                              gap_table_real(demand, i, GAP_DEMAND_LAT));
    return second;
}
