#include "layers/tiling.h"

#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "geo/shape/overlay.h"
#include "geo/shape/patches.h"

#include <math.h>
#include <string.h>

static const char *const LEVELS[] = {"country", "province", "district", "municipality"};
enum { N_LEVELS = G_N_ELEMENTS(LEVELS), MOST_NAMED = 8 };
typedef enum { OVERLAPS, GAPS, OUTSIDE, SLIVERS, N_KINDS } Kind;

static const GapStatement AREAS = {
    "tiling.areas", "SELECT code, coalesce(name_en, name_ky, name_ru, code) AS name, level,"
                    " coalesce(parent, '') AS parent, coalesce(valid_from, '') AS valid_from,"
                    " coalesce(valid_to, '9999') AS valid_to, coalesce(area_km2, 0.0) AS km2,"
                    " AsBinary(geom) AS geom FROM area ORDER BY code"};
enum { CODE, NAME, LEVEL, PARENT, FROM, TO, KM2 };

typedef struct {
    const char *code, *name, *parent, *from, *to; // of the table
    size_t level;
    GBytes *wkb; // valid, or NULL
    double km2;  // 0: not known
} Area;

typedef struct {
    Kind kind;
    const Area *area, *other; // of a gap `other` is NULL
    double km2, lon, lat;
    char *between; // of a gap
} Finding;

typedef struct {
    gint64 n[N_KINDS];
    double km2[N_KINDS];
} Total;

/* What one thread works with; the areas are shared and only read. */
typedef struct {
    const GapTilingOptions *options;
    const GArray *areas; // of Area, by code
    GapOverlay *overlay;
    GArray *findings; // of Finding
    Total totals[N_LEVELS];
    GError *error;
} Work;

/* Adds to the totals of a level; whether the finding is large enough to be listed. */
static bool count(Work *work, size_t level, Kind kind, double km2) {
    const bool listed = km2 >= work->options->sliver_km2;
    work->totals[level].n[listed ? kind : SLIVERS]++;
    work->totals[level].km2[listed ? kind : SLIVERS] += km2;
    return listed;
}

/* ---- overlaps ---- */

/* The areas of one level, as their numbers. */
typedef struct {
    const Work *work;
    GArray *numbers;
} Level;

static const Area *area_at(const Work *work, const GArray *numbers, size_t i) {
    return &g_array_index(work->areas, Area, g_array_index(numbers, size_t, i));
}

static bool never_together(const void *user, size_t a, size_t b) {
    const Level *level = user;
    const Area *x = area_at(level->work, level->numbers, a);
    const Area *y = area_at(level->work, level->numbers, b);
    return strcmp(x->to, y->from) < 0 || strcmp(y->to, x->from) < 0;
}

static GBytes **outlines_of(const Work *work, const GArray *numbers) {
    GBytes **wkb = g_new(GBytes *, numbers->len);
    for (guint i = 0; i < numbers->len; i++)
        wkb[i] = area_at(work, numbers, i)->wkb;
    return wkb;
}

static bool find_overlaps(Work *work, size_t level) {
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t i = 0; i < work->areas->len; i++)
        if (g_array_index(work->areas, Area, i).level == level)
            g_array_append_val(numbers, i);
    const Level own = {work, numbers};
    g_autofree GBytes **wkb = outlines_of(work, numbers);
    g_autoptr(GapPatches) patches = gap_patches_new(wkb, numbers->len, &work->error);
    g_autoptr(GArray) overlaps =
        patches ? gap_patches_overlaps(patches, never_together, &own, &work->error) : NULL;
    for (guint i = 0; overlaps && i < overlaps->len; i++) {
        const GapOverlap *pair = &g_array_index(overlaps, GapOverlap, i);
        const Finding found = {OVERLAPS, area_at(work, numbers, pair->a),
                               area_at(work, numbers, pair->b), pair->m2 / 1e6};
        if (count(work, level, OVERLAPS, found.km2))
            g_array_append_val(work->findings, found);
    }
    return overlaps != NULL;
}

/* ---- gaps, and ground outside ---- */

static bool is_valid(const Work *work, const Area *area) {
    return area->wkb && strcmp(area->from, work->options->as_of) <= 0 &&
           strcmp(work->options->as_of, area->to) <= 0;
}

static GArray *parts_of(const Work *work, const Area *whole) {
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t i = 0; i < work->areas->len; i++) {
        const Area *area = &g_array_index(work->areas, Area, i);
        if (is_valid(work, area) && g_str_equal(area->parent, whole->code))
            g_array_append_val(numbers, i);
    }
    return numbers;
}

/* "Osh (KG-O), Uzgen (KG04) and 3 more". */
static char *name_some(const Work *work, const GArray *numbers, const GArray *some) {
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < MIN(some->len, MOST_NAMED); i++) {
        const Area *area = area_at(work, numbers, g_array_index(some, size_t, i));
        g_string_append_printf(out, "%s%s (%s)", i ? ", " : "", area->name, area->code);
    }
    if (some->len > MOST_NAMED)
        g_string_append_printf(out, " and %u more", some->len - MOST_NAMED);
    return g_string_free(out, FALSE);
}

static bool add_gap(Work *work, const Area *whole, const GArray *numbers, GapPatches *patches,
                    GBytes *hole, GError **error) {
    Finding found = {GAPS, whole, NULL, gap_geodesic_wkb_km2(hole)};
    if (!count(work, area_at(work, numbers, 0)->level, GAPS, found.km2))
        return true;
    g_autoptr(GArray) near = gap_patches_near(patches, hole, error);
    if (!near || !gap_overlay_inner_point(work->overlay, hole, &found.lon, &found.lat, error))
        return false;
    found.between = name_some(work, numbers, near);
    g_array_append_val(work->findings, found);
    return true;
}

static bool find_gaps(Work *work, const Area *whole, const GArray *numbers, GError **error) {
    g_autofree GBytes **wkb = outlines_of(work, numbers);
    g_autoptr(GapPatches) patches = gap_patches_new(wkb, numbers->len, error);
    g_autoptr(GBytes) covered =
        patches ? gap_overlay_union(work->overlay, wkb, numbers->len, error) : NULL;
    g_autoptr(GBytes) open =
        covered ? gap_overlay_difference(work->overlay, whole->wkb, covered, error) : NULL;
    if (!open || gap_wkb_is_empty(open))
        return open != NULL;
    g_autoptr(GapGeometry) holes = gap_geometry_from_wkb(open, error);
    bool ok = holes != NULL;
    for (uint32_t p = 0; ok && p < holes->n_parts; p++) {
        g_autoptr(GBytes) hole = gap_geometry_part_to_wkb(holes, p);
        ok = add_gap(work, whole, numbers, patches, hole, error);
    }
    return ok;
}

static bool find_outside(Work *work, const Area *whole, const Area *part, GError **error) {
    g_autoptr(GBytes) outside = gap_overlay_difference(work->overlay, part->wkb, whole->wkb, error);
    if (!outside || gap_wkb_is_empty(outside))
        return outside != NULL;
    const Finding found = {OUTSIDE, part, whole, gap_geodesic_wkb_km2(outside)};
    if (count(work, part->level, OUTSIDE, found.km2))
        g_array_append_val(work->findings, found);
    return true;
}

static bool hold_against_parts(Work *work, const Area *whole, GError **error) {
    g_autoptr(GArray) numbers = parts_of(work, whole);
    if (numbers->len == 0)
        return true;
    bool ok = find_gaps(work, whole, numbers, error);
    for (guint i = 0; ok && i < numbers->len; i++)
        ok = find_outside(work, whole, area_at(work, numbers, i), error);
    return ok;
}

/* ---- all of it ---- */

static size_t level_of(const char *name) {
    size_t level = 0;
    while (level < N_LEVELS - 1 && !g_str_equal(LEVELS[level], name))
        level++;
    return level;
}

/* Outlines that are not valid are judged as they would be repaired; `gapmap check` lists them. */
static bool take_area(GArray *areas, GapOverlay *overlay, const GapTable *t, size_t r,
                      GError **error) {
    Area area = {gap_table_text(t, r, CODE),
                 gap_table_text(t, r, NAME),
                 gap_table_text(t, r, PARENT),
                 gap_table_text(t, r, FROM),
                 gap_table_text(t, r, TO),
                 level_of(gap_table_text(t, r, LEVEL)),
                 NULL,
                 gap_table_real(t, r, KM2)};
    GBytes *given = gap_table_geometry(t, r);
    bool changed;
    if (given && !(area.wkb = gap_overlay_make_valid(overlay, given, &changed, error))) {
        g_prefix_error(error, "area %s: ", area.code);
        return false;
    }
    g_array_append_val(areas, area);
    return true;
}

static gpointer find_all_overlaps(gpointer data) {
    Work *work = data;
    bool ok = true;
    for (size_t level = 0; ok && level < N_LEVELS; level++)
        ok = find_overlaps(work, level);
    return GINT_TO_POINTER(ok);
}

static bool find_all_gaps(Work *work) {
    bool ok = true;
    for (guint i = 0; ok && i < work->areas->len; i++) {
        const Area *whole = &g_array_index(work->areas, Area, i);
        ok = !is_valid(work, whole) || hold_against_parts(work, whole, &work->error);
    }
    return ok;
}

/* ---- as tables ---- */

static const GapColumnSpec OVERLAP_COLUMNS[] = {
    {"level", GAP_TYPE_TEXT, NULL, "Level"},
    {"area", GAP_TYPE_TEXT, NULL, "Area"},
    {"name", GAP_TYPE_TEXT, NULL, "Name"},
    {"other", GAP_TYPE_TEXT, NULL, "Other area"},
    {"other_name", GAP_TYPE_TEXT, NULL, "Its name"},
    {"km2", GAP_TYPE_REAL, "km2", "km2 shared"},
    {"share", GAP_TYPE_REAL, "share", "Of the smaller"},
};
static const GapColumnSpec GAP_COLUMNS[] = {
    {"area", GAP_TYPE_TEXT, NULL, "Area"},          {"name", GAP_TYPE_TEXT, NULL, "Name"},
    {"between", GAP_TYPE_TEXT, NULL, "Between"},    {"km2", GAP_TYPE_REAL, "km2", "km2 open"},
    {"lon", GAP_TYPE_REAL, "degrees", "Longitude"}, {"lat", GAP_TYPE_REAL, "degrees", "Latitude"},
};
static const GapColumnSpec OUTSIDE_COLUMNS[] = {
    {"area", GAP_TYPE_TEXT, NULL, "Area"},        {"name", GAP_TYPE_TEXT, NULL, "Name"},
    {"part_of", GAP_TYPE_TEXT, NULL, "Part of"},  {"part_of_name", GAP_TYPE_TEXT, NULL, "Its name"},
    {"km2", GAP_TYPE_REAL, "km2", "km2 outside"}, {"share", GAP_TYPE_REAL, "share", "Of the area"},
};
static const GapColumnSpec TOTAL_COLUMNS[] = {
    {"level", GAP_TYPE_TEXT, NULL, "Level"},
    {"overlaps", GAP_TYPE_INT, "pairs", "Overlaps"},
    {"overlap_km2", GAP_TYPE_REAL, "km2", "km2 shared"},
    {"gaps", GAP_TYPE_INT, "gaps", "Gaps"},
    {"gap_km2", GAP_TYPE_REAL, "km2", "km2 open"},
    {"outside", GAP_TYPE_INT, "areas", "Beyond their parent"},
    {"outside_km2", GAP_TYPE_REAL, "km2", "km2 beyond"},
    {"slivers", GAP_TYPE_INT, "slivers", "Slivers"},
    {"sliver_km2", GAP_TYPE_REAL, "km2", "km2 of slivers"},
};

static GapTable *new_table(const char *name, const GapColumnSpec *columns, size_t n) {
    GapTable *table = gap_table_new(name);
    for (size_t c = 0; c < n; c++)
        gap_table_add_column(table, &columns[c]);
    return table;
}

/* A new row, filled column by column: text, then numbers. */
static void add_row(GapTable *table, const char *const *texts, size_t n_texts,
                    const double *numbers, size_t n_numbers) {
    const size_t row = gap_table_add_row(table);
    for (size_t c = 0; c < n_texts; c++)
        gap_table_set_text(table, row, c, texts[c]);
    for (size_t c = 0; c < n_numbers; c++)
        gap_table_set_real(table, row, n_texts + c, numbers[c]);
}

static double share(double km2, double of_km2) {
    return of_km2 > 0 ? MIN(km2 / of_km2, 1) : NAN;
}

static void report_finding(GapTilingReport *report, const Finding *found) {
    const Area *a = found->area, *b = found->other;
    if (found->kind == GAPS)
        add_row(report->gaps, (const char *[]){a->code, a->name, found->between}, 3,
                (double[]){found->km2, found->lon, found->lat}, 3);
    else if (found->kind == OUTSIDE)
        add_row(report->outside, (const char *[]){a->code, a->name, b->code, b->name}, 4,
                (double[]){found->km2, share(found->km2, a->km2)}, 2);
    else
        add_row(report->overlaps,
                (const char *[]){LEVELS[a->level], a->code, a->name, b->code, b->name}, 5,
                (double[]){found->km2, share(found->km2, MIN(a->km2, b->km2))}, 2);
}

static void report_total(GapTilingReport *report, size_t level, const Total *total) {
    if (!total->n[OVERLAPS] && !total->n[GAPS] && !total->n[OUTSIDE] && !total->n[SLIVERS])
        return;
    const size_t row = gap_table_add_row(report->totals);
    gap_table_set_text(report->totals, row, 0, LEVELS[level]);
    for (size_t kind = 0; kind < N_KINDS; kind++) {
        gap_table_set_int(report->totals, row, 1 + 2 * kind, total->n[kind]);
        gap_table_set_real(report->totals, row, 2 + 2 * kind, total->km2[kind]);
    }
}

static int largest_first(const void *a, const void *b) {
    const Finding *x = a, *y = b;
    if (x->km2 != y->km2)
        return x->km2 > y->km2 ? -1 : 1;
    const int order = strcmp(x->area->code, y->area->code);
    return order || !x->other || !y->other ? order : strcmp(x->other->code, y->other->code);
}

static GapTilingReport *report_of(Work *work) {
    GapTilingReport *report = g_new(GapTilingReport, 1);
    report->overlaps = new_table("overlaps", OVERLAP_COLUMNS, G_N_ELEMENTS(OVERLAP_COLUMNS));
    report->gaps = new_table("gaps", GAP_COLUMNS, G_N_ELEMENTS(GAP_COLUMNS));
    report->outside = new_table("outside", OUTSIDE_COLUMNS, G_N_ELEMENTS(OUTSIDE_COLUMNS));
    report->totals = new_table("totals", TOTAL_COLUMNS, G_N_ELEMENTS(TOTAL_COLUMNS));
    g_array_sort(work->findings, largest_first);
    for (guint i = 0; i < work->findings->len; i++)
        report_finding(report, &g_array_index(work->findings, Finding, i));
    for (size_t level = 0; level < N_LEVELS; level++)
        report_total(report, level, &work->totals[level]);
    return report;
}

void gap_tiling_free(GapTilingReport *report) {
    if (!report)
        return;
    gap_table_free(report->overlaps);
    gap_table_free(report->gaps);
    gap_table_free(report->outside);
    gap_table_free(report->totals);
    g_free(report);
}

/* ---- in two threads ---- */

static Work work_new(const GapTilingOptions *options, const GArray *areas) {
    return (Work){options, areas, gap_overlay_new(), g_array_new(FALSE, FALSE, sizeof(Finding))};
}

static void work_clear(Work *work) {
    for (guint i = 0; i < work->findings->len; i++)
        g_free(g_array_index(work->findings, Finding, i).between);
    g_array_unref(work->findings);
    gap_overlay_free(work->overlay);
    g_clear_error(&work->error);
}

/* Moves what `from` found. */
static void merge(Work *work, Work *from) {
    g_array_append_vals(work->findings, from->findings->data, from->findings->len);
    g_array_set_size(from->findings, 0);
    for (size_t level = 0; level < N_LEVELS; level++)
        for (size_t kind = 0; kind < N_KINDS; kind++) {
            work->totals[level].n[kind] += from->totals[level].n[kind];
            work->totals[level].km2[kind] += from->totals[level].km2[kind];
        }
}

static GapTilingReport *measure(const GArray *areas, const GapTilingOptions *options,
                                GError **error) {
    Work overlaps = work_new(options, areas), gaps = work_new(options, areas);
    GThread *thread = g_thread_new("overlaps", find_all_overlaps, &overlaps);
    const bool gaps_ok = find_all_gaps(&gaps), overlaps_ok = g_thread_join(thread) != NULL;
    GapTilingReport *report = NULL;
    if (gaps_ok && overlaps_ok) {
        merge(&gaps, &overlaps);
        report = report_of(&gaps);
    } else
        g_propagate_error(error, g_error_copy(gaps_ok ? overlaps.error : gaps.error));
    work_clear(&overlaps);
    work_clear(&gaps);
    return report;
}

static void area_clear(gpointer area) {
    g_clear_pointer(&((Area *)area)->wkb, g_bytes_unref);
}

GapTilingReport *gap_tiling(GapStore *store, const GapTilingOptions *options, GError **error) {
    g_autoptr(GapTable) table = gap_store_select(store, &AREAS, error, "");
    if (!table)
        return NULL;
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    g_autoptr(GArray) areas = g_array_new(FALSE, FALSE, sizeof(Area));
    g_array_set_clear_func(areas, area_clear);
    for (size_t r = 0; r < gap_table_rows(table); r++)
        if (!take_area(areas, overlay, table, r, error))
            return NULL;
    return measure(areas, options, error);
}
