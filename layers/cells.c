#include "layers/cells.h"

#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "geo/shape/overlay.h"
#include "geo/shape/voronoi.h"

#define MOST_LOST 0.01 // of a province, to districts that are not there

/* ---- statements ---- */

static const GapStatement RESTORE[] = {
    {"cells.restore", "UPDATE area SET geom = CastToMulti(GeomFromWKB(given, 4326)),"
                      " area_km2 = given_km2 FROM area_made m WHERE m.area = code"
                      " AND how = 'filled'"},
    {"cells.forget_filled", "DELETE FROM area_made WHERE how = 'filled'"},
    {"cells.drop_wholes",
     "DELETE FROM area WHERE code IN (SELECT area FROM area_made WHERE how = 'whole')"}};
static const GapStatement ASKED = {
    "cells.fill_asked", "SELECT count(*) FROM area WHERE level = 'district' AND source IN"
                        " (SELECT source FROM area_fill)"};
static const GapStatement DISTRICTS = {"cells.districts",
                                       "SELECT code, parent, AsBinary(geom) AS geom FROM area"
                                       " WHERE level = 'district' ORDER BY code"};
static const GapStatement PROVINCES = {
    "cells.provinces", "SELECT code, coalesce(name_en, name_ky, name_ru, code),"
                       " AsBinary(geom) AS geom FROM area WHERE level = 'province' ORDER BY code"};
static const GapStatement PUT_OUTLINE = {
    "cells.put_outline",
    "UPDATE area SET geom = CastToMulti(GeomFromWKB(?2, 4326)), area_km2 = ?3 WHERE code = ?1"};
static const GapStatement PUT_FILLED = {
    "cells.put_filled",
    "INSERT INTO area_made (area, how, given, given_km2, note) VALUES (?, 'filled', ?, ?, ?)"};
static const GapStatement PUT_HOLES = {"cells.put_holes", "UPDATE area_fill SET note = ?"};
static const GapStatement PUT_WHOLES[] = {
    {"cells.put_wholes",
     "INSERT INTO area (code, level, parent, name_en, name_ru, name_ky, boundary_quality, source,"
     " valid_from, valid_to, area_km2, geom) SELECT code || '.1', 'municipality', code, name_en, "
     "name_ru, name_ky,"
     " boundary_quality, (SELECT min(source) FROM area JOIN area_made ON area = code"
     " WHERE how = 'cell'), valid_from, valid_to, area_km2, geom FROM area a"
     " WHERE level IN ('province', 'district')"
     " AND NOT EXISTS (SELECT 1 FROM area WHERE parent = a.code)"
     " AND NOT EXISTS (SELECT 1 FROM area c JOIN area_made ON area = c.code"
     "  WHERE how = 'cell' AND c.parent = a.parent)"
     " AND EXISTS (SELECT 1 FROM area_made WHERE how = 'cell')"},
    {"cells.put_whole_notes",
     "INSERT INTO area_made (area, how, note) SELECT code, 'whole', coalesce(name_en, name_ky,"
     " name_ru, parent) || ' (' || parent || ') has no municipality: it stands for one itself, ' ||"
     " code FROM area WHERE code = parent || '.1' AND level = 'municipality'"
     " AND NOT EXISTS (SELECT 1 FROM area_made WHERE area = code)"}};
/* Units of different days are divided apart: each generation fills its parent. */
static const GapStatement PARENTS = {
    "cells.parents", "SELECT p.code, a.valid_from, a.valid_to, AsBinary(p.geom) AS geom FROM area a"
                     " JOIN area_made m ON m.area = a.code JOIN area p ON p.code = a.parent"
                     " WHERE m.how = 'cell' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"};
static const GapStatement SITES = {
    "cells.sites", "SELECT a.code, m.lon, m.lat FROM area a JOIN area_made m ON m.area = a.code"
                   " WHERE m.how = 'cell' AND a.parent = ?1 AND a.valid_from IS ?2"
                   " AND a.valid_to IS ?3 ORDER BY a.code"};
static const GapStatement PUT_NOTE = {"cells.put_note",
                                      "UPDATE area_made SET note = ?2 WHERE area = ?1"};
static const GapStatement NOTES = {
    "cells.notes",
    "SELECT note FROM (SELECT m.note, m.how = 'whole' AS rank, m.area FROM area_made m"
    " JOIN area a ON a.code = m.area WHERE"
    " CASE m.how WHEN 'filled' THEN ?1 IN (SELECT source FROM area_fill) ELSE a.source = ?1 END"
    " UNION ALL SELECT note, 2, '' FROM area_fill WHERE source = ?1)"
    " WHERE note IS NOT NULL ORDER BY rank, area"};
static const GapStatement COUNTS = {
    "cells.counts", "SELECT coalesce(sum(m.how = 'cell'), 0), coalesce(sum(m.how = 'whole'), 0),"
                    " count(DISTINCT a.parent)"
                    " FROM area_made m JOIN area a ON a.code = m.area WHERE a.source = ?"};

/* ---- provinces from their districts ---- */

typedef struct {
    GapStore *store;
    GapOverlay *overlay;
    GapTable *districts, *provinces;
    GBytes *all;      // the union of all districts
    GPtrArray *holes; // of that, as polygons
} Fill;

enum { CODE, PARENT, PROVINCE_NAME = PARENT };

static double shared_km2(const Fill *fill, GBytes *a, GBytes *b) {
    g_autoptr(GBytes) shared = gap_overlay_intersection(fill->overlay, a, b, NULL);
    return shared ? gap_geodesic_wkb_km2(shared) : 0;
}

/* The rings inside the parts of a polygon, each turned into a polygon of its own. */
static GPtrArray *holes_of(GBytes *wkb, GError **error) {
    g_autoptr(GapGeometry) g = gap_geometry_from_wkb(wkb, error);
    if (!g)
        return NULL;
    GPtrArray *holes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    for (uint32_t p = 0; p < g->n_parts; p++)
        for (uint32_t r = g->part[p] + 1; r < g->part[p + 1]; r++) {
            uint32_t part[] = {0, 1}, ring[] = {0, g->ring[r + 1] - g->ring[r]};
            const GapGeometry hole = {
                GAP_SHAPE_POLYGON, 1, 1, ring[1], part, ring, g->xy + 2 * (size_t)g->ring[r]};
            g_ptr_array_add(holes, gap_geometry_to_wkb(&hole));
        }
    return holes;
}

/* The union of the districts of `parent` (NULL: of all). */
static GBytes *union_of(const Fill *fill, const char *parent, size_t *n, GError **error) {
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (size_t r = 0; r < gap_table_rows(fill->districts); r++)
        if (!parent || g_str_equal(gap_table_text(fill->districts, r, PARENT), parent))
            g_ptr_array_add(parts, gap_table_geometry(fill->districts, r));
    *n = parts->len;
    return gap_overlay_union(fill->overlay, (GBytes *const *)parts->pdata, parts->len, error);
}

static bool put_outline(GapStore *store, const char *code, GBytes *wkb, GError **error) {
    return gap_store_run(store, &PUT_OUTLINE, error, "sgd", code, wkb, gap_geodesic_wkb_km2(wkb));
}

/* The outline of province r by its districts, and the km2 of holes in it. */
static GBytes *outline_of(const Fill *fill, size_t r, size_t *n_districts, double *holes_km2,
                          GError **error) {
    GBytes *before = gap_table_geometry(fill->provinces, r);
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    g_autoptr(GBytes) own =
        union_of(fill, gap_table_text(fill->provinces, r, CODE), n_districts, error);
    g_autoptr(GBytes) rest = own && *n_districts == 0
                                 ? gap_overlay_difference(fill->overlay, before, fill->all, error)
                                 : NULL;
    if (!own || (*n_districts == 0 && !rest))
        return NULL;
    g_ptr_array_add(parts, rest ? rest : own);
    *holes_km2 = 0;
    for (guint h = 0; h < fill->holes->len; h++) {
        GBytes *hole = g_ptr_array_index(fill->holes, h);
        if (shared_km2(fill, hole, before) <= gap_geodesic_wkb_km2(hole) / 2)
            continue;
        g_ptr_array_add(parts, hole);
        *holes_km2 += gap_geodesic_wkb_km2(hole);
    }
    return gap_overlay_union(fill->overlay, (GBytes *const *)parts->pdata, parts->len, error);
}

/* Keeps the outline as it was and says what became of it. */
static bool fill_province(const Fill *fill, size_t r, GError **error) {
    const char *code = gap_table_text(fill->provinces, r, CODE);
    const char *name = gap_table_text(fill->provinces, r, PROVINCE_NAME);
    GBytes *before = gap_table_geometry(fill->provinces, r);
    size_t n;
    double holes_km2;
    g_autoptr(GBytes) whole = outline_of(fill, r, &n, &holes_km2, error);
    if (!whole)
        return false;
    const double km2 = gap_geodesic_wkb_km2(before), kept = shared_km2(fill, before, whole);
    if (kept < km2 * (1 - MOST_LOST))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "--fill: %.1f km2 of province %s (%s), %.0f %% of it, lie in no district: "
                        "load all its districts in one go, or leave --fill out; nothing was "
                        "changed",
                        km2 - kept, name, code, 100 * (1 - kept / km2));
    g_autofree char *made =
        n ? g_strdup_printf("its districts (%zu)", n) : g_strdup("what districts leave of it");
    g_autofree char *note = g_strdup_printf(
        "province %s (%s) is now %s and %.2f km2 of holes between districts: %.2f km2 are new, "
        "%.2f km2 of its own outline are gone",
        name, code, made, holes_km2, gap_geodesic_wkb_km2(whole) - kept, km2 - kept);
    return gap_store_run(fill->store, &PUT_FILLED, error, "sbds", code, before, km2, note) &&
           put_outline(fill->store, code, whole, error);
}

/* Says which holes no province covers: lakes that the outlines leave out, enclaves. */
static bool tell_holes(const Fill *fill, GError **error) {
    g_autoptr(GString) note = g_string_new(NULL);
    for (guint h = 0; h < fill->holes->len; h++) {
        GBytes *hole = g_ptr_array_index(fill->holes, h);
        double covered = 0, lon = 0, lat = 0;
        for (size_t r = 0; r < gap_table_rows(fill->provinces); r++)
            covered = MAX(covered, shared_km2(fill, hole, gap_table_geometry(fill->provinces, r)));
        if (covered > gap_geodesic_wkb_km2(hole) / 2)
            continue;
        if (!gap_overlay_inner_point(fill->overlay, hole, &lon, &lat, error))
            return false;
        g_string_append_printf(note, "%s%.2f km2 at %.3f E %.3f N",
                               note->len ? ", "
                                         : "holes between districts that no province "
                                           "covers stay open: ",
                               gap_geodesic_wkb_km2(hole), lon, lat);
    }
    return gap_store_run(fill->store, &PUT_HOLES, error, "s", note->len ? note->str : NULL);
}

static bool fill_provinces(GapStore *store, GError **error) {
    g_autoptr(GError) why = NULL;
    if (gap_store_number(store, &ASKED, 0, &why, "") == 0) {
        if (why)
            g_propagate_error(error, g_steal_pointer(&why));
        return !why;
    }
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autoptr(GapTable) districts = gap_store_select(store, &DISTRICTS, error, "");
    g_autoptr(GapTable) provinces = gap_store_select(store, &PROVINCES, error, "");
    Fill fill = {store, overlay, districts, provinces, NULL, NULL};
    size_t n;
    g_autoptr(GBytes) all = districts && provinces ? union_of(&fill, NULL, &n, error) : NULL;
    g_autoptr(GPtrArray) holes = all ? holes_of(all, error) : NULL;
    fill.all = all;
    fill.holes = holes;
    bool ok = holes != NULL;
    for (size_t r = 0; ok && r < gap_table_rows(provinces); r++)
        ok = fill_province(&fill, r, error);
    return ok && tell_holes(&fill, error);
}

/* ---- cells ---- */

static bool put_cells(GapStore *store, const GapTable *sites, const GPtrArray *parts,
                      const double *moved_m, GError **error) {
    for (size_t i = 0; i < gap_table_rows(sites); i++) {
        const char *code = gap_table_text(sites, i, 0);
        if (!put_outline(store, code, g_ptr_array_index(parts, i), error))
            return false;
        if (moved_m[i] == 0)
            continue;
        g_autofree char *note = g_strdup_printf(
            "%s: its point lies outside its parent, or on another point, and counts as %.3f km "
            "from there",
            code, moved_m[i] / 1000);
        if (!gap_store_run(store, &PUT_NOTE, error, "ss", code, note))
            return false;
    }
    return true;
}

static bool divide_parent(GapStore *store, const GapTable *parents, size_t r, GError **error) {
    const char *code = gap_table_text(parents, r, 0);
    g_autoptr(GapTable) sites =
        gap_store_select(store, &SITES, error, "sss", code, gap_table_text(parents, r, 1),
                         gap_table_text(parents, r, 2));
    if (!sites)
        return false;
    const size_t n = gap_table_rows(sites);
    g_autofree double *lonlat = g_new(double, 2 * n);
    g_autofree double *moved_m = g_new0(double, n);
    for (size_t i = 0; i < n; i++) {
        lonlat[2 * i] = gap_table_real(sites, i, 1);
        lonlat[2 * i + 1] = gap_table_real(sites, i, 2);
    }
    g_autoptr(GPtrArray) parts =
        gap_voronoi(gap_table_geometry(parents, r), lonlat, n, moved_m, error);
    if (parts)
        return put_cells(store, sites, parts, moved_m, error);
    g_prefix_error(error, "cells of %s: ", code);
    return false;
}

static bool divide_parents(GapStore *store, GError **error) {
    g_autoptr(GapTable) parents = gap_store_select(store, &PARENTS, error, "");
    bool ok = parents != NULL;
    for (size_t r = 0; ok && r < gap_table_rows(parents); r++)
        ok = divide_parent(store, parents, r, error);
    return ok;
}

static bool run_all(GapStore *store, const GapStatement *steps, size_t n, GError **error) {
    for (size_t i = 0; i < n; i++)
        if (!gap_store_run(store, &steps[i], error, ""))
            return false;
    return true;
}

bool gap_cells_settle(GapStore *store, GError **error) {
    return run_all(store, RESTORE, G_N_ELEMENTS(RESTORE), error) && fill_provinces(store, error) &&
           run_all(store, PUT_WHOLES, G_N_ELEMENTS(PUT_WHOLES), error) &&
           divide_parents(store, error);
}

bool gap_cells_tell(GapLoad *load, GError **error) {
    g_autoptr(GapTable) counts = gap_store_select(load->store, &COUNTS, error, "s", load->source);
    g_autoptr(GapTable) notes =
        counts ? gap_store_select(load->store, &NOTES, error, "s", load->source) : NULL;
    if (!notes)
        return false;
    const gint64 cells = gap_table_int(counts, 0, 0);
    if (cells > 0)
        gap_load_note(load,
                      "nearest-place cells made: %" G_GINT64_FORMAT
                      "; areas that stand for the one above: %" G_GINT64_FORMAT
                      "; areas so divided: %" G_GINT64_FORMAT,
                      cells, gap_table_int(counts, 0, 1), gap_table_int(counts, 0, 2));
    for (size_t r = 0; r < gap_table_rows(notes); r++)
        gap_load_note(load, "%s", gap_table_text(notes, r, 0));
    return true;
}
