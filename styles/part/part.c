#include "styles/part/part.h"

#include "geo/base/error.h"

#include <math.h>
#include <string.h>

static const double least_degrees = 0.01;
enum { SIDE = 64 }; // points a side of a box: straight in degrees, not on the map

const char *const GAP_PART_LAYERS[] = {"provinces", "districts", "municipalities", NULL};

/* ---- codes ---- */

static bool find_area(const GapMapData *whole, const char *code, GapPartArea *area) {
    for (size_t i = 0; GAP_PART_LAYERS[i]; i++) {
        area->table = g_hash_table_lookup(whole->tables, GAP_PART_LAYERS[i]);
        for (area->row = 0; area->table && area->row < gap_table_rows(area->table); area->row++)
            if (g_strcmp0(gap_cell_text(area->table, area->row, "code"), code) == 0)
                return true;
    }
    return false;
}

static bool among(GHashTable *codes, const GapTable *table, size_t row, const char *column) {
    const char *code = gap_cell_text(table, row, column);
    return code && g_hash_table_contains(codes, code);
}

/** Whether what the row lies in is among the codes. */
static bool within(GHashTable *codes, const GapTable *table, size_t row) {
    return among(codes, table, row, "parent") || among(codes, table, row, "province");
}

/** Adds all areas that lie in those of the set; levels stand from the widest on. */
static void add_members(const GapMapData *whole, GHashTable *codes) {
    for (size_t i = 0; GAP_PART_LAYERS[i]; i++) {
        const GapTable *t = g_hash_table_lookup(whole->tables, GAP_PART_LAYERS[i]);
        for (size_t row = 0; t && row < gap_table_rows(t); row++)
            if (within(codes, t, row))
                g_hash_table_add(codes, g_strdup(gap_cell_text(t, row, "code")));
    }
}

static GapPart *part_new(const GapMapData *whole) {
    GapPart *part = g_new0(GapPart, 1);
    part->whole = whole;
    part->areas = g_array_new(FALSE, FALSE, sizeof(GapPartArea));
    part->codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    part->own = g_ptr_array_new_with_free_func((GDestroyNotify)gap_table_free);
    part->box = GAP_BOX_EMPTY;
    return part;
}

void gap_part_free(GapPart *part) {
    if (!part)
        return;
    g_array_unref(part->areas);
    g_ptr_array_unref(part->own);
    g_hash_table_unref(part->codes);
    g_clear_pointer(&part->outline, g_bytes_unref);
    g_clear_pointer(&part->data.tables, g_hash_table_unref);
    g_clear_pointer(&part->data.facts, g_hash_table_unref);
    g_free(part);
}

const GapPartArea *gap_part_only_area(const GapPart *part) {
    return part && part->areas->len == 1 ? &g_array_index(part->areas, GapPartArea, 0) : NULL;
}

/* ---- areas ---- */

/** The union of the areas' outlines; one alone stays as it is. */
static bool join_outlines(GapPart *part, GError **error) {
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < part->areas->len; i++) {
        const GapPartArea *a = &g_array_index(part->areas, GapPartArea, i);
        if (gap_table_geometry(a->table, a->row))
            g_ptr_array_add(all, gap_table_geometry(a->table, a->row));
    }
    if (all->len == 1)
        part->outline = g_bytes_ref(all->pdata[0]);
    if (all->len < 2)
        return true;
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    part->outline = gap_overlay_union(overlay, (GBytes *const *)all->pdata, all->len, error);
    return part->outline != NULL;
}

static bool add_area(GapPart *part, const char *code, GError **error) {
    GapPartArea area;
    if (!find_area(part->whole, code, &area))
        return gap_fail(error, GAP_ERROR_INPUT, "'%.60s' is no area on the day of the run", code);
    if (!within(part->codes, area.table, area.row))
        g_array_append_val(part->areas, area);
    return true;
}

GapPart *gap_part_of_areas(const GapMapData *whole, const char *const *codes, GError **error) {
    g_autoptr(GapPart) part = part_new(whole);
    for (size_t i = 0; codes[i]; i++)
        g_hash_table_add(part->codes, g_strdup(codes[i]));
    for (size_t i = 0; codes[i]; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again |= g_str_equal(codes[k], codes[i]);
        if (!again && !add_area(part, codes[i], error))
            return NULL;
    }
    add_members(whole, part->codes);
    if (!join_outlines(part, error))
        return NULL;
    gap_part_restrict(part);
    return g_steal_pointer(&part);
}

bool gap_part_drawn_by(const GapStyle *style) {
    for (guint i = 0; i < style->sources->len; i++)
        if (g_str_equal(((GapStyleSource *)style->sources->pdata[i])->layer, "visit_flows"))
            return false;
    return !json_object_get(style->page, "multiples");
}

/* ---- boxes ---- */

bool gap_part_parse_box(const char *text, GapBox *b, GError **error) {
    double *const into[] = {&b->min_x, &b->min_y, &b->max_x, &b->max_y};
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    bool good = g_strv_length(parts) == 4;
    for (size_t i = 0; good && i < 4; i++) {
        char *end, *number = g_strstrip(parts[i]);
        *into[i] = g_ascii_strtod(number, &end);
        good = *number && !*end && isfinite(*into[i]);
    }
    if (!good)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--bbox '%.60s': four numbers of degrees are wanted, west, south, east and "
                        "north: 72.5,40.2,73.5,41",
                        text);
    if (fabs(b->min_x) > 180 || fabs(b->max_x) > 180 || fabs(b->min_y) > 90 || fabs(b->max_y) > 90)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--bbox '%.60s': longitudes are -180 to 180, latitudes -90 to 90; the "
                        "order is west, south, east, north",
                        text);
    if (b->min_x >= b->max_x)
        return gap_fail(error, GAP_ERROR_USAGE, "--bbox '%.60s': %g is not west of %g%s", text,
                        b->min_x, b->max_x,
                        b->min_x > b->max_x ? "; a box across the antimeridian is not drawn" : "");
    if (b->min_y >= b->max_y)
        return gap_fail(error, GAP_ERROR_USAGE, "--bbox '%.60s': %g is not south of %g", text,
                        b->min_y, b->max_y);
    return true;
}

/** The box as a polygon with points along its sides. Returns: (transfer full). */
static GBytes *box_outline(GapBox b) {
    enum { N = 4 * SIDE + 1 };
    double xy[2 * N], x[] = {b.min_x, b.max_x, b.max_x, b.min_x, b.min_x},
                      y[] = {b.min_y, b.min_y, b.max_y, b.max_y, b.min_y};
    for (size_t i = 0; i < N; i++) {
        size_t side = MIN(i / SIDE, 3);
        double at = (double)(i - side * SIDE) / SIDE;
        xy[2 * i] = x[side] + (x[side + 1] - x[side]) * at;
        xy[2 * i + 1] = y[side] + (y[side + 1] - y[side]) * at;
    }
    uint32_t part[] = {0, 1}, ring[] = {0, N};
    GapGeometry polygon = {GAP_SHAPE_POLYGON, 1, 1, N, part, ring, xy};
    return gap_geometry_to_wkb(&polygon);
}

/** Whether the box covers any of the country's ground; `land` becomes the country's extent. */
static bool meets_country(const GapPart *part, GapBox *land, GError **error) {
    const GapTable *t = g_hash_table_lookup(part->whole->tables, "provinces");
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    bool meets = false;
    *land = GAP_BOX_EMPTY;
    for (size_t row = 0; t && row < gap_table_rows(t); row++) {
        GBytes *wkb = gap_table_geometry(t, row);
        g_autoptr(GapGeometry) shape = wkb ? gap_geometry_from_wkb(wkb, error) : NULL;
        if (!shape)
            continue;
        GapBox box = gap_geometry_box(shape);
        gap_box_add(land, box);
        g_autoptr(GBytes) shared =
            meets || !gap_box_overlaps(box, part->box)
                ? NULL
                : gap_overlay_intersection(overlay, wkb, part->outline, NULL);
        meets |= shared && !gap_wkb_is_empty(shared);
    }
    return meets;
}

GapPart *gap_part_of_box(const GapMapData *whole, GapBox degrees, GError **error) {
    g_autoptr(GapPart) part = part_new(whole);
    GapBox b = part->box = degrees, land;
    if (b.max_x - b.min_x < least_degrees || b.max_y - b.min_y < least_degrees) {
        gap_fail(error, GAP_ERROR_INPUT,
                 "the box %g,%g,%g,%g is too narrow to be drawn: %g degrees are the least", b.min_x,
                 b.min_y, b.max_x, b.max_y, least_degrees);
        return NULL;
    }
    part->outline = box_outline(b);
    if (!meets_country(part, &land, NULL)) {
        gap_fail(error, GAP_ERROR_INPUT,
                 "the box %g,%g,%g,%g lies outside the country, which reaches from %.2f,%.2f to "
                 "%.2f,%.2f",
                 b.min_x, b.min_y, b.max_x, b.max_y, land.min_x, land.min_y, land.max_x,
                 land.max_y);
        return NULL;
    }
    const GapTable *t = g_hash_table_lookup(whole->tables, "municipalities");
    for (size_t row = 0; t && row < gap_table_rows(t); row++)
        if (gap_part_holds(part, t, row, "code") && gap_cell_text(t, row, "code"))
            g_hash_table_add(part->codes, g_strdup(gap_cell_text(t, row, "code")));
    gap_part_restrict(part);
    return g_steal_pointer(&part);
}

bool gap_part_holds(const GapPart *part, const GapTable *table, size_t row, const char *column) {
    GBytes *wkb = gap_table_geometry(table, row);
    double x = gap_cell_number(table, row, "seat_lon"), y = gap_cell_number(table, row, "seat_lat");
    bool point = !isnan(x) && !isnan(y);
    if (wkb && gap_wkb_read_point(wkb, &x, &y))
        point = true;
    GapBox b = part->box;
    return part->areas->len || !point
               ? among(part->codes, table, row, column)
               : x >= b.min_x && x <= b.max_x && y >= b.min_y && y <= b.max_y;
}
