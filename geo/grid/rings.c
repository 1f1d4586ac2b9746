#include "geo/grid/rings.h"

#include <stdlib.h>

#include "geo/base/error.h"

typedef struct {
    double u, v;
} Point;

typedef struct {
    uint32_t start, n; // points
    uint32_t owner;
    uint32_t first; // the least number of its sides
    uint32_t shell; // a ring; a shell's own
} Ring;

// A growing array that says no where memory ends.
typedef struct {
    void *items;
    size_t n, room;
} Heap;

struct GapRings {
    GapFrame frame;
    bool straighten, full;
    Heap points, rings;
    Heap entries; // uint64_t: a side that enters the ground, and below it the ring
    Ring at_hand;
};

static const size_t MAX_POINTS = (size_t)1 << 26; // WKB of more than 2 GiB could not be read again

GapRings *gap_rings_new(const GapFrame *frame, bool straighten) {
    GapRings *rings = g_new0(GapRings, 1);
    rings->frame = *frame;
    rings->straighten = straighten;
    rings->at_hand.first = G_MAXUINT32;
    return rings;
}

void gap_rings_free(GapRings *rings) {
    if (!rings)
        return;
    g_free(rings->points.items);
    g_free(rings->rings.items);
    g_free(rings->entries.items);
    g_free(rings);
}

/* Room for one more, or NULL; by halves, so that little is left over. */
static void *more(Heap *heap, size_t size) {
    if (heap->n == heap->room) {
        const size_t room = heap->room + heap->room / 2 + 64;
        void *items = g_try_realloc_n(heap->items, room, size);
        if (!items)
            return NULL;
        heap->items = items;
        heap->room = room;
    }
    return (char *)heap->items + size * heap->n++;
}

/* ---- tracing ---- */

static bool on_line(Point a, Point b, Point c) {
    return (b.u - a.u) * (c.v - b.v) == (b.v - a.v) * (c.u - b.u);
}

void gap_rings_point(GapRings *rings, double u, double v) {
    const Point next = {u, v};
    Point *points = rings->points.items;
    const size_t n = rings->points.n;
    if (rings->straighten && n >= rings->at_hand.start + (size_t)2 &&
        on_line(points[n - 2], points[n - 1], next)) {
        points[n - 1] = next;
        return;
    }
    Point *point = n < MAX_POINTS ? more(&rings->points, sizeof *point) : NULL;
    if (point)
        *point = next;
    else
        rings->full = true;
}

void gap_rings_side(GapRings *rings, uint32_t number, bool southwards) {
    rings->at_hand.first = MIN(rings->at_hand.first, number);
    uint64_t *entry = southwards ? more(&rings->entries, sizeof *entry) : NULL;
    if (entry)
        *entry = (uint64_t)number << 32 | rings->rings.n;
    else
        rings->full |= southwards;
}

/* The line may go on where the ring was begun. */
static void straighten_ends(GapRings *rings) {
    Point *p = (Point *)rings->points.items + rings->at_hand.start;
    size_t n = rings->points.n - rings->at_hand.start;
    if (n > 3 && on_line(p[n - 2], p[n - 1], p[0]))
        n--;
    if (n > 3 && on_line(p[n - 1], p[0], p[1])) {
        p[0] = p[n - 1];
        n--;
    }
    rings->points.n = rings->at_hand.start + n;
}

/* Rows count southwards, so that counter-clockwise on the ground is negative. About the first
 * point, so that small rings far from the corner keep their digits. */
static bool is_hole(const Point *p, size_t n) {
    double area = 0;
    for (size_t i = 0; i < n; i++) {
        const Point a = p[i], b = p[i + 1 < n ? i + 1 : 0];
        area += (a.u - p->u) * (b.v - p->v) - (b.u - p->u) * (a.v - p->v);
    }
    return area > 0;
}

void gap_rings_close(GapRings *rings, uint32_t owner) {
    if (rings->full)
        return;
    if (rings->straighten)
        straighten_ends(rings);
    Ring *ring = more(&rings->rings, sizeof *ring);
    if (!ring) {
        rings->full = true;
        return;
    }
    const size_t start = rings->at_hand.start;
    *ring = (Ring){(uint32_t)start, (uint32_t)(rings->points.n - start), owner,
                   rings->at_hand.first, (uint32_t)rings->rings.n - 1};
    if (is_hole((Point *)rings->points.items + start, ring->n))
        ring->shell = G_MAXUINT32; // not known yet
    rings->at_hand.start = (uint32_t)rings->points.n;
    rings->at_hand.first = G_MAXUINT32;
}

/* ---- holes into shells ---- */

static int by_number(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* How many entries lie before a side. */
static size_t entries_before(const Heap *entries, uint32_t side) {
    const uint64_t *entry = entries->items;
    size_t low = 0, high = entries->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (entry[middle] >> 32 < side)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Holes in the order of their first sides: the ring that is entered before one has its shell. */
static bool find_shells(GapRings *rings) {
    Ring *ring = rings->rings.items;
    uint64_t *entry = rings->entries.items, *hole;
    Heap holes = {0};
    qsort(entry, rings->entries.n, sizeof *entry, by_number);
    for (size_t i = 0; i < rings->rings.n; i++)
        if (ring[i].shell != i) {
            if (!(hole = more(&holes, sizeof *hole))) {
                g_free(holes.items);
                return false;
            }
            *hole = (uint64_t)ring[i].first << 32 | i;
        }
    hole = holes.items;
    if (hole)
        qsort(hole, holes.n, sizeof *hole, by_number);
    for (size_t i = 0; i < holes.n; i++) {
        const size_t before = entries_before(&rings->entries, (uint32_t)(hole[i] >> 32));
        ring[(uint32_t)hole[i]].shell = ring[(uint32_t)entry[before - 1]].shell;
    }
    g_free(holes.items);
    return true;
}

/* ---- polygons ---- */

/* By owner, then shell by shell, each before its holes. */
static int by_polygon(const void *a, const void *b, void *user) {
    const Ring *ring = user;
    const uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    const Ring *x = &ring[i], *y = &ring[k];
    if (x->owner != y->owner)
        return x->owner < y->owner ? -1 : 1;
    if (x->shell != y->shell)
        return x->shell < y->shell ? -1 : 1;
    if ((x->shell == i) != (y->shell == k))
        return x->shell == i ? -1 : 1;
    return (i > k) - (i < k);
}

static void put_ring(const GapRings *rings, const Ring *ring, GapGeometry *g) {
    const GapFrame *f = &rings->frame;
    const Point *p = (const Point *)rings->points.items + ring->start;
    for (uint32_t i = 0; i <= ring->n; i++, g->n_points++) {
        const Point at = p[i < ring->n ? i : 0];
        g->xy[2 * (size_t)g->n_points] = f->west + at.u * f->dx;
        g->xy[2 * (size_t)g->n_points + 1] = f->north - at.v * f->dy;
    }
    g->ring[++g->n_rings] = g->n_points;
}

/* `order` are the n rings of one owner. */
static GBytes *polygon_of(const GapRings *rings, const uint32_t *order, size_t n) {
    const Ring *ring = rings->rings.items;
    size_t points = n;
    for (size_t i = 0; i < n; i++)
        points += ring[order[i]].n;
    g_autofree uint32_t *part_ends = g_try_new(uint32_t, n + 1);
    g_autofree uint32_t *ring_ends = g_try_new(uint32_t, n + 1);
    g_autofree double *xy = g_try_new(double, 2 * points);
    if (!part_ends || !ring_ends || !xy)
        return NULL;
    GapGeometry g = {GAP_SHAPE_POLYGON, 0, 0, 0, part_ends, ring_ends, xy};
    ring_ends[0] = 0;
    for (size_t i = 0; i < n; i++) {
        if (ring[order[i]].shell == order[i])
            part_ends[g.n_parts++] = g.n_rings;
        put_ring(rings, &ring[order[i]], &g);
    }
    part_ends[g.n_parts] = g.n_rings;
    return gap_geometry_to_multi_wkb(&g);
}

static GPtrArray *polygons(const GapRings *rings, const uint32_t *order, size_t n) {
    const Ring *ring = rings->rings.items;
    g_autoptr(GPtrArray) made = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    size_t from = 0, to = 0;
    for (size_t owner = 0; owner < n; owner++, from = to) {
        while (to < rings->rings.n && ring[order[to]].owner == owner)
            to++;
        GBytes *wkb = to > from ? polygon_of(rings, order + from, to - from) : NULL;
        if (to > from && !wkb)
            return NULL;
        g_ptr_array_add(made, wkb);
    }
    return g_steal_pointer(&made);
}

GPtrArray *gap_rings_polygons(GapRings *rings, size_t n, GError **error) {
    const size_t n_rings = rings->rings.n;
    g_autofree uint32_t *order = g_try_new(uint32_t, MAX(n_rings, 1));
    GPtrArray *made = NULL;
    if (!rings->full && order && (n_rings == 0 || find_shells(rings))) {
        for (uint32_t i = 0; i < n_rings; i++)
            order[i] = i;
        g_qsort_with_data(order, (gint)n_rings, sizeof *order, by_polygon, rings->rings.items);
        made = polygons(rings, order, n);
    }
    if (!made)
        gap_fail(error, GAP_ERROR_FAILED,
                 "outlines of %zu points in %zu rings are too many for memory or one geometry: "
                 "choose larger cells",
                 rings->points.n, n_rings);
    return made;
}
