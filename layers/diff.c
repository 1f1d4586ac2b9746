#include "layers/diff.h"

#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "geo/shape/overlay.h"
#include "layers/diff_layers.h"

#include <math.h>
#include <string.h>

enum { PAGE = 1000 };

/* Geometry is WKB there; the fields are a JSON object. */
static const GapStatement MAKE[] = {
    {"diff.make_rows", "CREATE TEMP TABLE IF NOT EXISTS diff_row (side INTEGER NOT NULL, n INTEGER,"
                       " key TEXT NOT NULL, fields TEXT NOT NULL, geom BLOB, UNIQUE (key, side))"},
    {"diff.make_moved", "CREATE TEMP TABLE IF NOT EXISTS diff_moved (n INTEGER PRIMARY KEY,"
                        " key TEXT NOT NULL)"}};
static const GapStatement CLEAR = {"diff.clear", "DELETE FROM temp.diff_row WHERE side = ?"};

#define WITHOUT(side, other)                                                                       \
    " FROM temp.diff_row x WHERE x.side = " side                                                   \
    " AND NOT EXISTS (SELECT 1 FROM temp.diff_row y WHERE y.key = x.key AND y.side = " other ")"
#define BY_KEY " ORDER BY x.n, x.key LIMIT ?"
static const GapStatement COUNT_GONE = {"diff.count_gone", "SELECT count(*)" WITHOUT("0", "1")};
static const GapStatement GONE = {"diff.gone", "SELECT x.key" WITHOUT("0", "1") BY_KEY};
static const GapStatement COUNT_ADDED = {"diff.count_added", "SELECT count(*)" WITHOUT("1", "0")};
static const GapStatement ADDED = {"diff.added", "SELECT x.key" WITHOUT("1", "0") BY_KEY};

/* Fields that differ, with both values; `less`: figures that did not change by more than the share
 * ?1, where 1e-12 keeps "10 %" from being more than 10 %. */
#define CHANGES                                                                                    \
    "WITH pair AS (SELECT b.n, b.key, f.id, f.key AS field, f.atom AS was,"                        \
    "  json_extract(a.fields, f.fullkey) AS now FROM temp.diff_row b JOIN temp.diff_row a"         \
    "  ON a.key = b.key AND a.side = 1, json_each(b.fields) f"                                     \
    "  WHERE b.side = 0 AND a.fields <> b.fields),"                                                \
    " change AS (SELECT *, typeof(was) IN ('integer', 'real') OR typeof(now) IN ('integer',"       \
    "  'real') AS figure, coalesce(was <> 0 AND abs(now - was) <= abs(was) * (?1 + 1e-12), 0)"     \
    "  AND typeof(was) IN ('integer', 'real') AND typeof(now) IN ('integer', 'real') AS less"      \
    "  FROM pair WHERE was IS NOT now) "
static const GapStatement COUNT_CHANGED = {
    "diff.count_changed",
    CHANGES "SELECT coalesce(sum(NOT figure), 0), coalesce(sum(figure AND NOT less), 0),"
            " coalesce(sum(less), 0) FROM change"};
static const GapStatement CHANGED = {
    "diff.changed", CHANGES
    "SELECT key, field, was, now, CASE WHEN figure THEN was END, CASE WHEN figure THEN now END"
    " FROM change x WHERE NOT less AND figure = ?2 ORDER BY n, key, id LIMIT ?3"};

static const GapStatement CLEAR_MOVED = {"diff.clear_moved", "DELETE FROM temp.diff_moved"};
static const GapStatement FIND_MOVED = {
    "diff.find_moved",
    "INSERT INTO temp.diff_moved (key) SELECT b.key FROM temp.diff_row b JOIN temp.diff_row a"
    " ON a.key = b.key AND a.side = 1 WHERE b.side = 0 AND a.geom IS NOT b.geom"
    " ORDER BY b.n, b.key"};
/* Two rows a key, the side before first. */
static const GapStatement MOVED = {
    "diff.moved", "SELECT r.key, r.geom FROM temp.diff_moved m JOIN temp.diff_row r USING (key)"
                  " WHERE m.n BETWEEN ?1 AND ?2 ORDER BY m.n, r.side"};

/* Of a side, a page at a time: for a copy into another store. */
static const GapStatement PAGE_OF = {"diff.page",
                                     "SELECT rowid, n, key, fields, geom FROM temp.diff_row"
                                     " WHERE side = ?1 AND rowid > ?2 ORDER BY rowid LIMIT ?3"};
static const GapStatement PUT = {"diff.put",
                                 "INSERT INTO temp.diff_row (side, n, key, fields, geom)"
                                 " VALUES (:side, :n, :key, :fields, :geom)"};

enum { LAYER, KEY, WHAT, FIELD, BEFORE, AFTER, CHANGE };
static const GapColumnSpec COLUMNS[] = {
    {"layer", GAP_TYPE_TEXT, NULL, "Layer"},   {"key", GAP_TYPE_TEXT, NULL, "Key"},
    {"what", GAP_TYPE_TEXT, NULL, "What"},     {"field", GAP_TYPE_TEXT, NULL, "Field"},
    {"before", GAP_TYPE_TEXT, NULL, "Before"}, {"after", GAP_TYPE_TEXT, NULL, "After"},
    {"change", GAP_TYPE_TEXT, NULL, "Change"},
};

GapDiff *gap_diff_new(void) {
    GapDiff *diff = g_new0(GapDiff, 1);
    diff->rows = gap_table_new("differences");
    for (size_t c = 0; c < G_N_ELEMENTS(COLUMNS); c++)
        gap_table_add_column(diff->rows, &COLUMNS[c]);
    return diff;
}

void gap_diff_free(GapDiff *diff) {
    if (diff)
        gap_table_free(diff->rows);
    g_free(diff);
}

static void add_part(GString *out, gint64 n, const char *one, const char *many) {
    if (n)
        g_string_append_printf(out, "%s%" G_GINT64_FORMAT " %s", out->len ? ", " : "", n,
                               n == 1 ? one : many);
}

char *gap_diff_summary(const GapDiff *diff, double changed_by) {
    g_autoptr(GString) out = g_string_new(NULL);
    add_part(out, diff->gone, "row gone", "rows gone");
    add_part(out, diff->added, "row added", "rows added");
    add_part(out, diff->moved, "row moved", "rows moved");
    add_part(out, diff->fields, "field changed", "fields changed");
    g_autofree char *share =
        changed_by > 0 ? g_strdup_printf(" by more than %.6g %%", 100 * changed_by) : g_strdup("");
    g_autofree char *one = g_strconcat("figure changed", share, NULL);
    g_autofree char *many = g_strconcat("figures changed", share, NULL);
    add_part(out, diff->figures, one, many);
    add_part(out, diff->figures_less, "figure by less", "figures by less");
    return out->len ? g_string_free(g_steal_pointer(&out), FALSE) : g_strdup("nothing changed");
}

bool gap_diff_take(GapStore *store, GapDiffSide side, const char *layer, const char *source,
                   GError **error) {
    const GapDiffLayer *known = gap_diff_layer(layer);
    for (size_t i = 0; i < G_N_ELEMENTS(MAKE); i++)
        if (!gap_store_run(store, &MAKE[i], error, ""))
            return false;
    return gap_store_run(store, &CLEAR, error, "i", (gint64)side) &&
           (!known || gap_store_run(store, &known->take, error, "si", source, (gint64)side));
}

/* A new row; what is not known of it is NULL. */
static void put(GapDiff *diff, const char *const cells[G_N_ELEMENTS(COLUMNS)]) {
    const size_t row = gap_table_add_row(diff->rows);
    for (size_t c = 0; c < G_N_ELEMENTS(COLUMNS); c++)
        gap_table_set_text(diff->rows, row, c, cells[c]);
}

static bool list_keys(GapStore *store, const GapStatement *statement, const char *layer,
                      const char *what, gint64 most, GapDiff *diff, GError **error) {
    g_autoptr(GapTable) keys = gap_store_select(store, statement, error, "i", most);
    for (size_t r = 0; keys && r < gap_table_rows(keys); r++) {
        g_autofree char *key = gap_table_cell_string(keys, r, 0);
        put(diff, (const char *const[]){layer, key, what, NULL, NULL, NULL, NULL});
    }
    return keys != NULL;
}

static bool compare_keys(GapStore *store, const char *layer, gint64 most, GapDiff *diff,
                         GError **error) {
    g_autoptr(GError) why = NULL;
    diff->gone += (gint64)gap_store_number(store, &COUNT_GONE, 0, &why, "");
    if (!why)
        diff->added += (gint64)gap_store_number(store, &COUNT_ADDED, 0, &why, "");
    if (why) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    return list_keys(store, &GONE, layer, "gone", most, diff, error) &&
           list_keys(store, &ADDED, layer, "added", most, diff, error);
}

/* ---- geometry ---- */

/* How far `after` lies from `before`, as text; NULL where it does not, or hardly, or on an error.
 */
static char *point_change(GBytes *before, GBytes *after) {
    double x1, y1, x2, y2;
    if (!gap_wkb_read_point(before, &x1, &y1) || !gap_wkb_read_point(after, &x2, &y2))
        return NULL;
    const double metres = gap_geodesic_distance_m(x1, y1, x2, y2);
    return metres < 0.001 ? NULL : g_strdup_printf("%.1f m", metres);
}

/* The area that lies in one of two outlines but not in both; both areas as text. */
static bool outline_change(GapOverlay *overlay, GBytes *before, GBytes *after, char **was,
                           char **now, char **change, GError **error) {
    g_autoptr(GBytes) lost = gap_overlay_difference(overlay, before, after, error);
    g_autoptr(GBytes) won = lost ? gap_overlay_difference(overlay, after, before, error) : NULL;
    if (!won)
        return false;
    const double km2 = gap_geodesic_wkb_km2(lost) + gap_geodesic_wkb_km2(won);
    if (km2 < 1e-6)
        return true;
    *was = g_strdup_printf("%.3f km2", gap_geodesic_wkb_km2(before));
    *now = g_strdup_printf("%.3f km2", gap_geodesic_wkb_km2(after));
    *change = g_strdup_printf("%.3f km2 differ", km2);
    return true;
}

static bool compare_shape(GapOverlay *overlay, const char *layer, const char *key, GBytes *before,
                          GBytes *after, gint64 most, GapDiff *diff, GError **error) {
    GapShapeKind kind = 0, other = 0;
    bool multi;
    g_autofree char *was = NULL, *now = NULL, *change = NULL;
    gap_wkb_kind(before, &kind, &multi);
    gap_wkb_kind(after, &other, &multi);
    if (!before || !after || kind != other || kind == GAP_SHAPE_LINE)
        change = g_strdup(kind == other ? "its line" : "another kind of shape");
    else if (kind == GAP_SHAPE_POINT)
        change = point_change(before, after);
    else if (!outline_change(overlay, before, after, &was, &now, &change, error))
        return false;
    if (!change)
        return true;
    if (most < 0 || diff->moved < most)
        put(diff, (const char *const[]){layer, key, "moved", NULL, was, now, change});
    diff->moved++;
    return true;
}

static bool compare_page(GapStore *store, GapOverlay *overlay, const char *layer, gint64 first,
                         gint64 most, GapDiff *diff, GError **error) {
    static const GapColumnSpec columns[] = {{"key", GAP_TYPE_TEXT}};
    g_autoptr(GapTable) page =
        gap_store_table(store, &MOVED, "moved", columns, 1, error, "ii", first, first + PAGE - 1);
    for (size_t r = 0; page && r + 1 < gap_table_rows(page); r += 2)
        if (!compare_shape(overlay, layer, gap_table_text(page, r, 0), gap_table_geometry(page, r),
                           gap_table_geometry(page, r + 1), most, diff, error))
            return false;
    return page != NULL;
}

static bool compare_shapes(GapStore *store, const char *layer, gint64 most, GapDiff *diff,
                           GError **error) {
    if (!gap_store_run(store, &CLEAR_MOVED, error, "") ||
        !gap_store_run(store, &FIND_MOVED, error, ""))
        return false;
    const gint64 n = gap_store_changes(store);
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    // What was listed of earlier layers does not count against the limit of this one.
    const gint64 limit = most < 0 ? most : diff->moved + most;
    bool ok = true;
    for (gint64 first = 1; ok && first <= n; first += PAGE)
        ok = compare_page(store, overlay, layer, first, limit, diff, error);
    return ok;
}

/* ---- fields ---- */

/* "+12 (+3.5 %)", NULL where one of the two is no number. */
static char *figure_change(double was, double now) {
    if (isnan(was) || isnan(now))
        return NULL;
    return was == 0
               ? g_strdup_printf("%+.10g", now - was)
               : g_strdup_printf("%+.10g (%+.1f %%)", now - was, 100 * (now - was) / fabs(was));
}

static bool list_changed(GapStore *store, const char *layer, bool figures,
                         const GapDiffOptions *options, GapDiff *diff, GError **error) {
    enum { AT_KEY, AT_FIELD, WAS, NOW, WAS_VALUE, NOW_VALUE };
    static const GapColumnSpec columns[] = {
        {"key", GAP_TYPE_TEXT}, {"field", GAP_TYPE_TEXT},     {"was", GAP_TYPE_TEXT},
        {"now", GAP_TYPE_TEXT}, {"was_value", GAP_TYPE_REAL}, {"now_value", GAP_TYPE_REAL}};
    g_autoptr(GapTable) rows =
        gap_store_table(store, &CHANGED, "changed", columns, G_N_ELEMENTS(columns), error, "dii",
                        options->changed_by, (gint64)figures, options->most);
    for (size_t r = 0; rows && r < gap_table_rows(rows); r++) {
        g_autofree char *change =
            figure_change(gap_table_real(rows, r, WAS_VALUE), gap_table_real(rows, r, NOW_VALUE));
        put(diff,
            (const char *const[]){layer, gap_table_text(rows, r, AT_KEY), "changed",
                                  gap_table_text(rows, r, AT_FIELD), gap_table_text(rows, r, WAS),
                                  gap_table_text(rows, r, NOW), change});
    }
    return rows != NULL;
}

static bool compare_fields(GapStore *store, const char *layer, const GapDiffOptions *options,
                           GapDiff *diff, GError **error) {
    g_autoptr(GapTable) counts =
        gap_store_select(store, &COUNT_CHANGED, error, "d", options->changed_by);
    if (!counts)
        return false;
    diff->fields += gap_table_int(counts, 0, 0);
    diff->figures += gap_table_int(counts, 0, 1);
    diff->figures_less += gap_table_int(counts, 0, 2);
    return list_changed(store, layer, true, options, diff, error) &&
           list_changed(store, layer, false, options, diff, error);
}

bool gap_diff_compare(GapStore *store, const char *layer, const GapDiffOptions *options,
                      GapDiff *diff, GError **error) {
    return compare_keys(store, layer, options->most, diff, error) &&
           compare_shapes(store, layer, options->most, diff, error) &&
           compare_fields(store, layer, options, diff, error) &&
           gap_store_run(store, &CLEAR, error, "i", (gint64)GAP_DIFF_BEFORE) &&
           gap_store_run(store, &CLEAR, error, "i", (gint64)GAP_DIFF_AFTER);
}

/* ---- sources and stores ---- */

/* The side AFTER of `from`, into that of `to`. */
static bool copy_after(GapStore *from, GapStore *to, GError **error) {
    static const GapColumnSpec columns[] = {{"side", GAP_TYPE_INT},
                                            {"n", GAP_TYPE_INT},
                                            {"key", GAP_TYPE_TEXT},
                                            {"fields", GAP_TYPE_TEXT}};
    gint64 last = 0;
    size_t n = PAGE;
    while (n == PAGE) {
        g_autoptr(GapTable) page = gap_store_table(from, &PAGE_OF, "page", columns, 4, error, "iii",
                                                   (gint64)GAP_DIFF_AFTER, last, (gint64)PAGE);
        if (!page)
            return false;
        n = gap_table_rows(page);
        last = n ? gap_table_int(page, n - 1, 0) : last; // the row's number stands in that column
        for (size_t r = 0; r < n; r++)
            gap_table_set_int(page, r, 0, GAP_DIFF_AFTER);
        if (!gap_store_insert(to, &PUT, page, NULL, error))
            return false;
    }
    return true;
}

static bool compare_layer(GapDiffOf before, GapDiffOf after, const char *layer,
                          const GapDiffOptions *options, GapDiff *diff, GError **error) {
    return gap_diff_take(before.store, GAP_DIFF_BEFORE, layer, before.source, error) &&
           gap_diff_take(before.store, GAP_DIFF_AFTER, "", NULL, error) &&
           gap_diff_take(after.store, GAP_DIFF_AFTER, layer, after.source, error) &&
           (before.store == after.store || copy_after(after.store, before.store, error)) &&
           gap_diff_compare(before.store, layer, options, diff, error);
}

GapDiff *gap_diff(GapDiffOf before, GapDiffOf after, const GapDiffOptions *options,
                  GError **error) {
    g_autoptr(GapDiff) diff = gap_diff_new();
    if (before.source) {
        g_autofree char *layer = g_strndup(before.source, strcspn(before.source, "/"));
        return compare_layer(before, after, layer, options, diff, error) ? g_steal_pointer(&diff)
                                                                         : NULL;
    }
    for (const GapDiffLayer *known = GAP_DIFF_LAYERS; known->layer; known++)
        if (!compare_layer(before, after, known->layer, options, diff, error))
            return NULL;
    return g_steal_pointer(&diff);
}
