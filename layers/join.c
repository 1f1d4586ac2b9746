#include "layers/join.h"

#include "layers/areas.h"

#define POINTS_OF(table)                                                                           \
    "SELECT id, area, ST_X(geom), ST_Y(geom) FROM " table " WHERE id > ? ORDER BY id LIMIT 50000"
static const GapStatement PLACES = {"join.places", POINTS_OF("place")};
static const GapStatement POINTS = {"join.police_points", POINTS_OF("police_point")};
static const GapStatement SET_PLACE = {"join.set_place", "UPDATE place SET area = ? WHERE id = ?"};
static const GapStatement SET_POINT = {"join.set_police_point",
                                       "UPDATE police_point SET area = ? WHERE id = ?"};

enum { ID, AREA, LON, LAT };
static const GapColumnSpec COLUMNS[] = {
    {"id", GAP_TYPE_INT}, {"area", GAP_TYPE_TEXT}, {"lon", GAP_TYPE_REAL}, {"lat", GAP_TYPE_REAL}};

/* One row a kind of leftover; zero counts stay out. */
static const GapStatement LEFTOVERS = {
    "join.leftovers",
    "WITH last (day) AS (SELECT nullif(?1, '')),"
    " valid (code, level) AS (SELECT code, level FROM area a, last"
    "  WHERE" GAP_AREA_VALID(
        "a",
        "day") "),"
               " found (side, what, item) AS ("
               " SELECT 'police points', 'in no area', code FROM police_point WHERE area IS NULL"
               " UNION ALL SELECT 'places', 'in no area', code FROM place WHERE area IS NULL"
               " UNION ALL SELECT 'areas', 'municipalities with no place in them', code FROM valid "
               "a"
               "  WHERE level = 'municipality' AND NOT EXISTS (SELECT 1 FROM place WHERE area = "
               "a.code)"
               " UNION ALL SELECT 'areas', 'provinces without a figure of people', code FROM valid "
               "a"
               "  WHERE level = 'province' AND NOT EXISTS (SELECT 1 FROM people WHERE area = "
               "a.code)"
               " UNION ALL SELECT 'areas', 'provinces without a figure of crime', code FROM valid a"
               "  WHERE level = 'province' AND NOT EXISTS (SELECT 1 FROM crime WHERE area = a.code)"
               " UNION ALL SELECT 'areas', 'municipalities whose plan is unknown', code FROM valid "
               "a"
               "  WHERE level = 'municipality' AND NOT EXISTS (SELECT 1 FROM plan WHERE area = "
               "a.code)"
               " UNION ALL SELECT 'crime', 'totals that their parts do not add up to',"
               "  area || ' ' || year || ' ' || item || ': ' || CAST(amount AS INTEGER) FROM "
               "unallocated"
               "  WHERE layer = 'crime'"
               " UNION ALL SELECT 'changes', 'figures of former units that reach no new one',"
               "  area || ' ' || year || ' ' || item || ': ' || CAST(amount AS INTEGER) FROM "
               "unallocated"
               "  WHERE layer = 'changes'"
               " UNION ALL SELECT DISTINCT 'changes', 'figures that stand beside a derived one',"
               "  area || ' ' || year || CASE layer WHEN 'crime' THEN ' ' || item ELSE ' people' "
               "END"
               "  FROM derived_part WHERE NOT counts"
               " UNION ALL SELECT layer, 'rows refused', name || ' row ' || row FROM refused"
               "  JOIN source ON source.id = refused.source),"
               " ranked AS (SELECT *, row_number() OVER (PARTITION BY side, what ORDER BY item) AS "
               "n"
               "  FROM found)"
               " SELECT side, what, count(*) AS count,"
               "  group_concat(CASE WHEN n <= 5 THEN item END, ', ') AS examples, NULL AS amount"
               " FROM ranked GROUP BY side, what"
               " UNION ALL SELECT 'plans', 'endorsed plans that no row of an area explains',"
               "  CAST(sum(amount) AS INTEGER), NULL, NULL FROM unallocated"
               "  WHERE layer = 'plans' AND item = 'plans_endorsed' GROUP BY item"
               " UNION ALL SELECT 'plans', 'local money (USD) that no row of an area explains',"
               "  NULL, NULL, CAST(sum(amount) AS INTEGER) FROM unallocated"
               "  WHERE layer = 'plans' AND item = 'funded_usd' GROUP BY item"
               " ORDER BY side, what"};

/* Writes the areas of those points whose area is another one now. */
static bool join_batch(GapStore *store, GapAreas *areas, const GapTable *points,
                       const GapStatement *set, GError **error) {
    const size_t n = gap_table_rows(points);
    g_autofree double *xy = g_new(double, 2 * n);
    g_autofree const char **codes = g_new(const char *, n);
    for (size_t i = 0; i < n; i++) {
        xy[2 * i] = gap_table_real(points, i, LON);
        xy[2 * i + 1] = gap_table_real(points, i, LAT);
    }
    bool ok = gap_areas_finest_many(areas, xy, n, codes, error);
    for (size_t i = 0; ok && i < n; i++)
        if (g_strcmp0(codes[i], gap_table_text(points, i, AREA)) != 0)
            ok = gap_store_run(store, set, error, "si", codes[i], gap_table_int(points, i, ID));
    return ok;
}

static bool join_points(GapStore *store, GapAreas *areas, const GapStatement *list,
                        const GapStatement *set, GError **error) {
    for (gint64 last = G_MININT64;;) {
        g_autoptr(GapTable) points = gap_store_table(store, list, "points", COLUMNS,
                                                     G_N_ELEMENTS(COLUMNS), error, "i", last);
        if (!points || !join_batch(store, areas, points, set, error))
            return false;
        const size_t n = gap_table_rows(points);
        if (n == 0)
            return true;
        last = gap_table_int(points, n - 1, ID);
    }
}

bool gap_join(GapStore *store, GError **error) {
    g_autofree char *since = gap_areas_since(store, NULL, error);
    g_autoptr(GapAreas) areas =
        since ? gap_areas_new_on(store, *since ? since : NULL, error) : NULL;
    return areas && join_points(store, areas, &PLACES, &SET_PLACE, error) &&
           join_points(store, areas, &POINTS, &SET_POINT, error);
}

GapTable *gap_join_leftovers(GapStore *store, GError **error) {
    g_autofree char *since = gap_areas_since(store, NULL, error);
    return since ? gap_store_select(store, &LEFTOVERS, error, "s", since) : NULL;
}
