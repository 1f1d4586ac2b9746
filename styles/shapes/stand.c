#include "styles/shapes/stand.h"

#include "geo/base/crew.h"
#include "styles/shapes/arcs.h"
#include "styles/shapes/sleeve.h"

#include <math.h>
#include <string.h>

enum { POINTS_MOST = 1000, POINTS_ENOUGH = 300, ROWS_A_THREAD = 8 };

static bool within(GapBox b, GapBox frame) {
    return b.min_x >= frame.min_x && b.min_y >= frame.min_y && b.max_x <= frame.max_x &&
           b.max_y <= frame.max_y;
}

/** The visible part of an area in pixels; NULL: none. Returns: (transfer full). */
static GBytes *cut_by_frame(GapOverlay *overlay, GBytes *whole, GapBox f) {
    bool changed;
    g_autoptr(GBytes) valid = gap_overlay_make_valid(overlay, whole, &changed, NULL);
    double corners[] = {f.min_x, f.min_y, f.max_x, f.min_y, f.max_x,
                        f.max_y, f.min_x, f.max_y, f.min_x, f.min_y};
    uint32_t part[] = {0, 1}, ring[] = {0, 5};
    GapGeometry rect = {GAP_SHAPE_POLYGON, 1, 1, 5, part, ring, corners};
    g_autoptr(GBytes) window = gap_geometry_to_wkb(&rect);
    return valid ? gap_overlay_intersection(overlay, valid, window, NULL) : NULL;
}

/** A border of very many points as a rough one. */
static void make_coarse(GapGeometry *px, GapBox b) {
    double near = 0.01 * sqrt((b.max_x - b.min_x) * (b.max_y - b.min_y));
    double most = 0.1 * MIN(b.max_x - b.min_x, b.max_y - b.min_y);
    for (; px->n_points > POINTS_ENOUGH && near < most; near *= 2)
        gap_sleeve_thin(px, near);
}

static void find_area(GapOverlay *overlay, GapGeometry *px, GapBox frame, GapStand *place) {
    GapBox box = gap_geometry_box(px);
    if (!gap_box_overlaps(box, frame))
        return;
    bool inside = within(box, frame);
    if (inside && px->n_points > POINTS_MOST)
        make_coarse(px, box);
    g_autoptr(GBytes) whole = gap_geometry_to_wkb(px);
    g_autoptr(GBytes) seen = inside ? g_bytes_ref(whole) : cut_by_frame(overlay, whole, frame);
    if (seen && gap_overlay_inner_point(overlay, seen, &place->x, &place->y, NULL))
        place->area = gap_geometry_from_wkb(seen, NULL);
    place->shown = place->area != NULL;
}

static void find_one(GapOverlay *overlay, const GapRows *rows, const GapView *view, size_t row,
                     GapStand *place) {
    const GapGeometry *m = rows->shapes->pdata[row];
    GapBox f = view->frame;
    if (m->kind == GAP_SHAPE_POLYGON) {
        g_autoptr(GapGeometry) px = gap_arcs_shape(rows->arcs, (guint)row);
        if (px)
            find_area(overlay, px, f, place);
        return;
    }
    gap_view_point(view, m->xy[0], m->xy[1], &place->x, &place->y);
    place->shown =
        place->x >= f.min_x && place->x <= f.max_x && place->y >= f.min_y && place->y <= f.max_y;
}

typedef struct {
    const GapRows *rows;
    const GapView *view;
    const size_t *row;
    size_t n;
    GapStand *places;
    gint next;
} Search;

static void work(gpointer data) {
    Search *s = data;
    g_autoptr(GapOverlay) overlay = gap_overlay_new();
    for (gsize i; gap_crew_take(&s->next, s->n, &i);)
        find_one(overlay, s->rows, s->view, s->row[i], &s->places[s->row[i]]);
}

GapStand *gap_stands_find(const GapRows *rows, const GapView *view, const size_t *row, size_t n) {
    Search search = {rows, view, row, n, g_new0(GapStand, rows->shapes->len + 1), 0};
    gap_crew_run(work, &search, (guint)(n / ROWS_A_THREAD));
    return search.places;
}

void gap_stands_free(GapStand *places, size_t rows) {
    for (size_t i = 0; places && i < rows; i++)
        gap_geometry_free(places[i].area);
    g_free(places);
}
