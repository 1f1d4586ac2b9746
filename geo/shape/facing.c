#include "geo/shape/facing.h"

#include "geo/shape/geodesic.h"

#include <geos_c.h>
#include <math.h>
#include <string.h>

static const double piece_m = 500,
                    degree_m = 111320; // of latitude, and of longitude at the equator

typedef struct {
    double x1, y1, x2, y2; // metres
    size_t owner;          // the number of the shape whose edge this is
} Edge;

typedef struct {
    GEOSContextHandle_t geos;
    GEOSSTRtree *tree;
    GArray *edges; // of Edge: those of all others
    double x_m;    // a degree of longitude
    double limit_m;
    size_t none;
    GPtrArray *lines; // the answer's parts as they grow, GArray of double; one a line
    GArray *owners;   // of size_t: whose line it is
} Facing;

static GEOSGeometry *segment(GEOSContextHandle_t geos, const Edge *e) {
    const double xy[] = {e->x1, e->y1, e->x2, e->y2};
    return GEOSGeom_createLineString_r(geos, GEOSCoordSeq_copyFromBuffer_r(geos, xy, 2, 0, 0));
}

/* Of the point that begins `point` from an edge. GEOS asks for items in either order. */
static double distance_of(const Edge *edge, const Edge *point) {
    const double dx = edge->x2 - edge->x1, dy = edge->y2 - edge->y1, length2 = dx * dx + dy * dy;
    const double along = (point->x1 - edge->x1) * dx + (point->y1 - edge->y1) * dy;
    const double t = length2 > 0 ? CLAMP(along / length2, 0, 1) : 0;
    return hypot(edge->x1 + t * dx - point->x1, edge->y1 + t * dy - point->y1);
}

static int measure(const void *a, const void *b, double *distance, void *point) {
    *distance = distance_of(a == point ? b : a, point);
    return 1;
}

/* Those that `owner` has, into the list. */
static void take_edges(Facing *f, const GapGeometry *g, size_t owner) {
    for (uint32_t r = 0; g && r < g->n_rings; r++)
        for (uint32_t i = g->ring[r]; i + 1 < g->ring[r + 1]; i++) {
            const double *p = g->xy + 2 * (size_t)i;
            const Edge e = {p[0] * f->x_m, p[1] * degree_m, p[2] * f->x_m, p[3] * degree_m, owner};
            g_array_append_val(f->edges, e);
        }
}

/* The tree keeps addresses of edges, so all must be in the list. */
static void plant(Facing *f) {
    f->tree = GEOSSTRtree_create_r(f->geos, 10);
    for (guint i = 0; i < f->edges->len; i++) {
        Edge *e = &g_array_index(f->edges, Edge, i);
        GEOSGeometry *box = segment(f->geos, e);
        GEOSSTRtree_insert_r(f->geos, f->tree, box, e);
        GEOSGeom_destroy_r(f->geos, box);
    }
}

typedef struct {
    Facing *f;
    const Edge *point;
    size_t owner;
    double nearest;
} Tie;

/* Edges that two shapes share are equally near: the lower number has them. */
static void settle_tie(void *item, void *data) {
    Tie *tie = data;
    const Edge *edge = item;
    if (edge->owner < tie->owner && distance_of(edge, tie->point) <= tie->nearest)
        tie->owner = edge->owner;
}

static size_t owner_at(Facing *f, double lon, double lat) {
    if (!f->edges->len)
        return f->none;
    Edge point = {lon * f->x_m, lat * degree_m, lon * f->x_m, lat * degree_m, f->none};
    GEOSGeometry *box = segment(f->geos, &point);
    const Edge *edge =
        GEOSSTRtree_nearest_generic_r(f->geos, f->tree, &point, box, measure, &point);
    GEOSGeom_destroy_r(f->geos, box);
    Tie tie = {f, &point, f->none, edge ? distance_of(edge, &point) : INFINITY};
    if (tie.nearest > f->limit_m)
        return f->none;
    tie.owner = edge->owner;
    const double r = tie.nearest + 1e-3;
    const Edge around = {point.x1 - r, point.y1 - r, point.x1 + r, point.y1 + r, f->none};
    box = segment(f->geos, &around);
    GEOSSTRtree_query_r(f->geos, f->tree, box, settle_tie, &tie);
    GEOSGeom_destroy_r(f->geos, box);
    return tie.owner;
}

/* Goes on with the line of the same owner that ended at `from`, where there is one. */
static void draw(Facing *f, size_t owner, const double *from, const double *to, bool begins) {
    GArray *line = f->lines->len ? g_ptr_array_index(f->lines, f->lines->len - 1) : NULL;
    if (begins || g_array_index(f->owners, size_t, f->owners->len - 1) != owner) {
        line = g_array_new(FALSE, FALSE, sizeof(double));
        g_array_append_vals(line, from, 2);
        g_ptr_array_add(f->lines, line);
        g_array_append_val(f->owners, owner);
    }
    g_array_append_vals(line, to, 2);
}

/* From point to point of a ring, cut where the owner changes. */
static void follow(Facing *f, const double *p, bool begins) {
    const double dx = p[2] - p[0], dy = p[3] - p[1];
    const unsigned pieces = (unsigned)ceil(hypot(dx * f->x_m, dy * degree_m) / piece_m);
    double from[2] = {p[0], p[1]};
    size_t before = f->none;
    for (unsigned i = 0; i < pieces; i++) {
        const double middle = (i + 0.5) / pieces, at = (double)i / pieces;
        const size_t owner = owner_at(f, p[0] + middle * dx, p[1] + middle * dy);
        if (i && owner != before) {
            const double cut[] = {p[0] + at * dx, p[1] + at * dy};
            draw(f, before, from, cut, begins);
            begins = false;
            memcpy(from, cut, sizeof from);
        }
        before = owner;
    }
    if (pieces)
        draw(f, before, from, p + 2, begins);
}

static bool is_of(const Facing *f, guint line, size_t owner) {
    return g_array_index(f->owners, size_t, line) == owner;
}

/* A ring whose first and last lines are one's is cut nowhere there. */
static void close_ring(Facing *f, guint first) {
    const guint last = f->lines->len - 1;
    if (f->lines->len <= first + 1 || !is_of(f, last, g_array_index(f->owners, size_t, first)))
        return;
    const GArray *head = g_ptr_array_index(f->lines, first);
    GArray *tail = g_ptr_array_index(f->lines, last);
    g_array_append_vals(tail, (double *)head->data + 2, head->len - 2);
    g_ptr_array_remove_index(f->lines, first);
    g_array_remove_index(f->owners, first);
}

/* All lines of one owner; NULL where there is none. */
static GapGeometry *gather(const Facing *f, size_t owner) {
    uint32_t parts = 0, points = 0;
    for (guint i = 0; i < f->lines->len; i++)
        if (is_of(f, i, owner)) {
            parts++;
            points += ((GArray *)g_ptr_array_index(f->lines, i))->len / 2;
        }
    if (!parts)
        return NULL;
    GapGeometry *g = g_new0(GapGeometry, 1);
    *g = (GapGeometry){GAP_SHAPE_LINE,
                       parts,
                       parts,
                       points,
                       g_new(uint32_t, parts + 1),
                       g_new(uint32_t, parts + 1),
                       g_new(double, 2 * (size_t)points)};
    uint32_t part = 0, point = 0;
    for (guint i = 0; i < f->lines->len; i++) {
        const GArray *line = g_ptr_array_index(f->lines, i);
        if (!is_of(f, i, owner))
            continue;
        g->part[part] = part;
        g->ring[part++] = point;
        memcpy(g->xy + 2 * (size_t)point, line->data, line->len * sizeof(double));
        point += line->len / 2;
    }
    g->part[part] = part;
    g->ring[part] = point;
    return g;
}

GPtrArray *gap_facing(const GapGeometry *shape, const GapGeometry *const *others, size_t n,
                      double limit_m) {
    const GapBox box = gap_geometry_box(shape);
    Facing f = {.geos = GEOS_init_r(),
                .edges = g_array_new(FALSE, FALSE, sizeof(Edge)),
                .x_m = degree_m * cos((box.min_y + box.max_y) / 2 * G_PI / 180),
                .limit_m = limit_m,
                .none = n,
                .lines = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref),
                .owners = g_array_new(FALSE, FALSE, sizeof(size_t))};
    for (size_t i = 0; i < n; i++)
        take_edges(&f, others[i], i);
    plant(&f);
    for (uint32_t r = 0; r < shape->n_rings; r++) {
        const guint first = f.lines->len;
        for (uint32_t i = shape->ring[r]; i + 1 < shape->ring[r + 1]; i++)
            follow(&f, shape->xy + 2 * (size_t)i, f.lines->len == first);
        if (shape->kind == GAP_SHAPE_POLYGON)
            close_ring(&f, first);
    }
    GPtrArray *faces = g_ptr_array_new_with_free_func((GDestroyNotify)gap_geometry_free);
    for (size_t i = 0; i <= n; i++)
        g_ptr_array_add(faces, gather(&f, i));
    GEOSSTRtree_destroy_r(f.geos, f.tree);
    GEOS_finish_r(f.geos);
    g_array_unref(f.edges);
    g_ptr_array_unref(f.lines);
    g_array_unref(f.owners);
    return faces;
}

double gap_facing_length_m(const GapGeometry *line) {
    double length = 0;
    for (uint32_t r = 0; line && r < line->n_rings; r++)
        for (uint32_t i = line->ring[r]; i + 1 < line->ring[r + 1]; i++) {
            const double *p = line->xy + 2 * (size_t)i;
            length += gap_geodesic_distance_m(p[0], p[1], p[2], p[3]);
        }
    return length;
}
