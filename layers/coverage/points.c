#include "layers/coverage/points.h"

#include "geo/shape/geodesic.h"
#include "geo/shape/overlay.h"

enum { CODE, PRECISION, KIND, LON, LAT };

const char *const GAP_POINT_KINDS[] = {
    "station",      "point", "district_department", "one_stop_shop", "shared_roof",
    "mobile_group", NULL};
/* Where two are equally near the first counts: one that is known goes before one that is assumed.
 */
#define BY_CERTAINTY " ORDER BY precision = 'assumed', code"

static const GapStatement FIXED = {
    "points.fixed", "SELECT code, precision, kind, X(geom) AS lon, Y(geom) AS lat FROM police_point"
                    " WHERE kind <> 'mobile_group' AND" GAP_POINT_OPEN("?1") BY_CERTAINTY};
static const GapStatement MOBILE = {
    "points.mobile",
    "SELECT code, precision, kind, X(geom) AS lon, Y(geom) AS lat, AsBinary(patrol) AS geom"
    " FROM police_point WHERE kind = 'mobile_group' AND" GAP_POINT_OPEN("?1") BY_CERTAINTY};
static const GapStatement ALL = {"points.all", "SELECT count(*) FROM police_point"};

static const GapColumnSpec COLUMNS[] = {{"code", GAP_TYPE_TEXT},
                                        {"precision", GAP_TYPE_TEXT},
                                        {"kind", GAP_TYPE_TEXT},
                                        {"lon", GAP_TYPE_REAL},
                                        {"lat", GAP_TYPE_REAL}};

bool gap_points_is_assumed(const GapTable *table, size_t row) {
    return g_str_equal(gap_table_text(table, row, PRECISION), "assumed");
}

/* The rows of `all` whose kind is wanted. */
static GapTable *of_kinds(const GapTable *all, char **kinds) {
    GapTable *kept = gap_table_new(gap_table_name(all));
    for (size_t c = 0; c < G_N_ELEMENTS(COLUMNS); c++)
        gap_table_add_column(kept, &COLUMNS[c]);
    for (size_t r = 0; r < gap_table_rows(all); r++) {
        if (kinds && !g_strv_contains((const char *const *)kinds, gap_table_text(all, r, KIND)))
            continue;
        const size_t at = gap_table_add_row(kept);
        for (size_t c = CODE; c <= KIND; c++)
            gap_table_set_text(kept, at, c, gap_table_text(all, r, c));
        gap_table_set_real(kept, at, LON, gap_table_real(all, r, LON));
        gap_table_set_real(kept, at, LAT, gap_table_real(all, r, LAT));
        gap_table_set_geometry(kept, at, gap_table_geometry(all, r));
    }
    return kept;
}

static GapTable *read_points(GapStore *store, const GapStatement *statement, const char *as_of,
                             char **kinds, GError **error) {
    g_autoptr(GapTable) all = gap_store_table(store, statement, "points", COLUMNS,
                                              G_N_ELEMENTS(COLUMNS), error, "s", as_of);
    return all ? of_kinds(all, kinds) : NULL;
}

static void index_fixed(GapPoints *points) {
    const size_t n = gap_table_rows(points->fixed);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) exact = g_array_new(FALSE, FALSE, sizeof(double));
    points->exact_row = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t r = 0; r < n; r++) {
        const double at[] = {gap_table_real(points->fixed, r, LON),
                             gap_table_real(points->fixed, r, LAT)};
        g_array_append_vals(all, at, 2);
        if (gap_points_is_assumed(points->fixed, r))
            continue;
        g_array_append_vals(exact, at, 2);
        g_array_append_val(points->exact_row, r);
    }
    points->nearest = gap_nearest_new((double *)all->data, n);
    points->nearest_exact = gap_nearest_new((double *)exact->data, points->exact_row->len);
}

static bool index_mobile(GapPoints *points, GError **error) {
    const size_t n = gap_table_rows(points->mobile);
    g_autofree GBytes **patrols = g_new0(GBytes *, n + 1);
    for (size_t r = 0; r < n; r++)
        patrols[r] = gap_table_geometry(points->mobile, r);
    points->patrols = gap_area_index_new(patrols, n, error);
    for (size_t r = 0; r < n; r++)
        if (gap_points_is_assumed(points->mobile, r))
            patrols[r] = NULL;
    points->patrols_exact = points->patrols ? gap_area_index_new(patrols, n, error) : NULL;
    return points->patrols_exact != NULL;
}

static gint64 count_assumed(const GapTable *table) {
    gint64 n = 0;
    for (size_t r = 0; r < gap_table_rows(table); r++)
        n += gap_points_is_assumed(table, r);
    return n;
}

GapPoints *gap_points_new(GapStore *store, const char *as_of, char **kinds, GError **error) {
    g_autoptr(GapPoints) points = g_new0(GapPoints, 1);
    points->fixed = read_points(store, &FIXED, as_of, kinds, error);
    points->mobile = points->fixed ? read_points(store, &MOBILE, as_of, kinds, error) : NULL;
    if (!points->mobile)
        return NULL;
    index_fixed(points);
    points->counted = (gint64)(gap_table_rows(points->fixed) + gap_table_rows(points->mobile));
    points->assumed = count_assumed(points->fixed) + count_assumed(points->mobile);
    points->left_out = (gint64)gap_store_number(store, &ALL, 0, error, "") - points->counted;
    return index_mobile(points, error) ? g_steal_pointer(&points) : NULL;
}

GapPoints *gap_points_of_run(GapStore *store, const char *run, GError **error) {
    static const GapStatement RUN = {"points.run", "SELECT as_of, kinds FROM run WHERE label = ?"};
    g_autoptr(GapTable) row = gap_store_select(store, &RUN, error, "s", run);
    if (!row)
        return NULL;
    const char *kinds = gap_table_text(row, 0, 1);
    g_auto(GStrv) wanted = g_str_equal(kinds, "all") ? NULL : g_strsplit(kinds, ",", -1);
    return gap_points_new(store, gap_table_text(row, 0, 0), wanted, error);
}

void gap_points_free(GapPoints *points) {
    if (!points)
        return;
    gap_table_free(points->fixed);
    gap_table_free(points->mobile);
    gap_nearest_free(points->nearest);
    gap_nearest_free(points->nearest_exact);
    gap_area_index_free(points->patrols);
    gap_area_index_free(points->patrols_exact);
    g_clear_pointer(&points->exact_row, g_array_unref);
    g_free(points);
}

GBytes *gap_points_reach(const GapPoints *points, double within_m, GBytes *country,
                         GError **error) {
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    for (size_t r = 0; r < gap_table_rows(points->fixed); r++)
        g_ptr_array_add(parts,
                        gap_geodesic_disc(gap_table_real(points->fixed, r, LON),
                                          gap_table_real(points->fixed, r, LAT), within_m, 72));
    for (size_t r = 0; r < gap_table_rows(points->mobile); r++)
        if (gap_table_geometry(points->mobile, r))
            g_ptr_array_add(parts, g_bytes_ref(gap_table_geometry(points->mobile, r)));
    if (parts->len == 0)
        return NULL;
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autoptr(GBytes) whole =
        gap_overlay_union(overlay, (GBytes **)parts->pdata, parts->len, error);
    if (!whole || !country)
        return g_steal_pointer(&whole);
    return gap_overlay_intersection(overlay, whole, country, error);
}
