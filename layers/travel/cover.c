#include "layers/travel/cover.h"

#include <math.h>
#include <string.h>

#include "geo/base/error.h"
#include "geo/files/raster_onto.h"

static const double STEP = 0.05; // degrees

enum { MOST_CLASSES = 255, MOST_LISTED = 8 };

bool gap_cover_class(GapTravelGround *g, int number, double most_kmh, uint8_t *class,
                     GError **error) {
    const GapSpeed *speed = gap_speeds_get(g->speeds, number);
    const double kmh = fmin(speed->kmh, most_kmh);
    *class = 0;
    if (speed->mode == GAP_MODE_CLOSED)
        return true;
    size_t i = 1;
    while (i < g->n_classes && !(g->speed[i] == speed && g->table[i].kmh == kmh))
        i++;
    if (i == MOST_CLASSES)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "more than %d classes of roads and land cover at once: put some of them "
                        "together in the speed table",
                        MOST_CLASSES - 1);
    g->speed[i] = speed;
    g->table[i] = (GapTravelClass){.mode = speed->mode, .kmh = kmh};
    g->n_classes = MAX(g->n_classes, i + 1);
    *class = (uint8_t)i;
    return true;
}

/* How many pieces of at most STEP degrees a segment is cut into. */
static uint32_t pieces_of(const double *a, const double *b) {
    return (uint32_t)CLAMP(ceil(fmax(fabs(b[0] - a[0]), fabs(b[1] - a[1])) / STEP), 1, 10000);
}

/* A straight line in degrees is bent in the plane: over 5 km by half a metre, so longer segments
 * get points between. */
static GapGeometry *densify(const GapGeometry *g) {
    g_autoptr(GArray) xy = g_array_new(FALSE, FALSE, 2 * sizeof(double));
    GapGeometry *made = gap_geometry_copy(g);
    for (uint32_t r = 0; r < g->n_rings; r++) {
        made->ring[r] = xy->len;
        for (uint32_t i = g->ring[r]; i < g->ring[r + 1]; i++) {
            const double *a = g->xy + 2 * (size_t)i, *b = a + (i + 1 < g->ring[r + 1] ? 2 : 0);
            const uint32_t n = pieces_of(a, b);
            for (uint32_t k = 0; k < n; k++) {
                const double at[] = {a[0] + (b[0] - a[0]) * k / n, a[1] + (b[1] - a[1]) * k / n};
                g_array_append_val(xy, at);
            }
        }
    }
    g_free(made->xy);
    made->ring[g->n_rings] = made->n_points = xy->len;
    made->xy = (double *)(void *)g_array_free(g_steal_pointer(&xy), FALSE);
    return made;
}

GapGeometry *gap_cover_project(const GapTravelGround *g, GBytes *wkb, GError **error) {
    const GapFrame *f = &g->frame;
    g_autoptr(GapGeometry) given = gap_geometry_from_wkb(wkb, error);
    g_autoptr(GapGeometry) geometry = given ? densify(given) : NULL;
    if (!geometry || !gap_projection_forward(g->plane, geometry->xy, geometry->n_points, error))
        return NULL;
    const GapBox box = {f->west, f->north - f->dy * (double)f->rows,
                        f->west + f->dx * (double)f->cols, f->north};
    return gap_box_overlaps(gap_geometry_box(geometry), box) ? g_steal_pointer(&geometry) : NULL;
}

static bool unknown_class(GapTravelGround *g, uint8_t *class, GError **error) {
    return gap_cover_class(g, gap_speeds_find(g->speeds, GAP_SPEED_LAND, "unknown"), INFINITY,
                           class, error);
}

/* ---- of a raster ---- */

/* The values of a raster that were met: to a class, or to how many cells have it. */
typedef struct {
    GHashTable *class; // value to class + 1
    GHashTable *none;  // value to cells, of those without a speed
    float last;        // the value before, whose class is at hand
    uint8_t last_class;
} Values;

static bool meet(GapTravelGround *g, Values *values, float value, GError **error) {
    const gpointer key = GINT_TO_POINTER((int)value);
    gpointer class = g_hash_table_lookup(values->class, key);
    if (!class && !g_hash_table_contains(values->none, key)) {
        uint8_t number = 0;
        g_autofree char *text = g_strdup_printf("%d", (int)value);
        const int speed = gap_speeds_find(g->speeds, GAP_SPEED_LAND, text);
        if (speed >= 0 && !gap_cover_class(g, speed, INFINITY, &number, error))
            return false;
        if (speed >= 0) {
            class = GINT_TO_POINTER(number + 1);
            g_hash_table_insert(values->class, key, class);
        }
    }
    if (!class) {
        const gsize cells = GPOINTER_TO_SIZE(g_hash_table_lookup(values->none, key));
        g_hash_table_insert(values->none, key, GSIZE_TO_POINTER(cells + 1));
    }
    values->last = class ? value : NAN;
    values->last_class = class ? (uint8_t)(GPOINTER_TO_INT(class) - 1) : 0;
    return true;
}

static bool refuse_values(const GapTravelGround *g, const char *path, GHashTable *none,
                          GError **error) {
    g_autoptr(GString) list = g_string_new(NULL);
    g_autofree char *known = gap_speeds_known(g->speeds, GAP_SPEED_LAND);
    GHashTableIter i;
    gpointer value, cells;
    int listed = 0;
    g_hash_table_iter_init(&i, none);
    while (g_hash_table_iter_next(&i, &value, &cells) && listed++ < MOST_LISTED)
        g_string_append_printf(list, "%s%d (%zu cells)", listed > 1 ? ", " : "",
                               GPOINTER_TO_INT(value), GPOINTER_TO_SIZE(cells));
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: %u classes of land cover have no speed: %s%s; give them one in a speed "
                    "table (columns class, label, speed, mode), 0 for closed. Known: %s",
                    path, g_hash_table_size(none), list->str,
                    g_hash_table_size(none) > MOST_LISTED ? ", ..." : "", known);
}

static bool fill_values(GapTravelGround *g, const char *path, const GapGrid *grid, Values *values,
                        GError **error) {
    uint8_t unknown;
    if (!unknown_class(g, &unknown, error))
        return false;
    for (size_t i = 0; i < grid->cols * grid->rows; i++) {
        const float value = grid->cells[i];
        if (isnan(value)) {
            g->classes[i] = unknown;
            continue;
        }
        if (value != floorf(value) || fabsf(value) > 1e9f)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "%s: column %zu, row %zu of the grid has %g: classes of land cover are "
                            "whole numbers",
                            path, i % grid->cols + 1, i / grid->cols + 1, value);
        if (value != values->last && !meet(g, values, value, error))
            return false;
        g->classes[i] = values->last_class;
    }
    return g_hash_table_size(values->none) == 0 || refuse_values(g, path, values->none, error);
}

static bool fill_from_raster(GapTravelGround *g, const char *path, GError **error) {
    g_autoptr(GapGrid) grid =
        gap_raster_onto(path, &g->frame, g->definition, GAP_WARP_NEAREST, g->notes, error);
    if (!grid)
        return false;
    Values values = {g_hash_table_new(NULL, NULL), g_hash_table_new(NULL, NULL), NAN, 0};
    const bool ok = fill_values(g, path, grid, &values, error);
    g_hash_table_unref(values.class);
    g_hash_table_unref(values.none);
    return ok;
}

/* ---- of polygons ---- */

typedef struct {
    uint8_t *classes, class;
} Fill;

static void fill_run(void *user, size_t first, size_t n) {
    const Fill *fill = user;
    memset(fill->classes + first, fill->class, n);
}

static bool fill_row(GapTravelGround *g, const GapTable *rows, size_t r, GError **error) {
    const char *text = gap_table_text(rows, r, 0);
    const int speed = gap_speeds_find(g->speeds, GAP_SPEED_LAND, text);
    Fill fill = {g->classes, 0};
    g_autoptr(GError) why = NULL;
    if (speed < 0) {
        g_autofree char *known = gap_speeds_known(g->speeds, GAP_SPEED_LAND);
        const GapPlace place = {gap_table_text(rows, r, 2), gap_table_int(rows, r, 1), "class",
                                text};
        return gap_fail_at(error, place,
                           "this class of land cover has no speed; give it one in a speed table, 0 "
                           "for closed. Known: %s",
                           known);
    }
    if (!gap_cover_class(g, speed, INFINITY, &fill.class, error))
        return false;
    g_autoptr(GapGeometry) polygon = gap_cover_project(g, gap_table_geometry(rows, r), &why);
    if (polygon)
        gap_rasterize_polygon(&g->frame, polygon, fill_run, &fill);
    if (!why)
        return true;
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
}

static bool fill_from_layer(GapTravelGround *g, GapStore *store, GError **error) {
    static const GapStatement READ = {"travel.landcover",
                                      "SELECT class, row, source, AsBinary(geom) AS geom"
                                      " FROM landcover ORDER BY source, row"};
    uint8_t unknown;
    g_autoptr(GapTable) rows = gap_store_select(store, &READ, error, "");
    if (!rows || !unknown_class(g, &unknown, error))
        return false;
    memset(g->classes, unknown, g->frame.cols * g->frame.rows);
    for (size_t r = 0; r < gap_table_rows(rows); r++)
        if (!fill_row(g, rows, r, error))
            return false;
    const GapTravelClass *class = &g->table[unknown];
    if (gap_table_rows(rows) == 0)
        gap_note(g->notes,
                 "no land cover is loaded or given: all ground off the roads counts as '%s' "
                 "at %g km/h",
                 g->speed[unknown]->label, class->kmh);
    return true;
}

bool gap_cover_fill(GapTravelGround *g, GapStore *store, const char *path, GError **error) {
    return path ? fill_from_raster(g, path, error) : fill_from_layer(g, store, error);
}
