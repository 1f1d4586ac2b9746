#include "styles/shapes/arcs.h"

#include "geo/base/error.h"
#include "styles/shapes/sleeve.h"
#include "styles/shapes/topology.h"

#include <string.h>

static const double tell_apart_px = 0.1;

/** Point k of an arc is number from + k (or, backwards, from - k) of a ring of `ring_n`. */
typedef struct {
    const double *ring;
    uint32_t ring_n, from, n;
    bool back;
} Arc;

struct GapArcs {
    const GPtrArray *shapes;
    uint32_t *first_ring; /**< of each row, and their number */
    GArray *first_ref;    /**< uint32_t: of each ring, and their number */
    GArray *refs;         /**< int32_t: arc number + 1, below 0 where it is gone backwards */
    GArray *arcs;         /**< of Arc */
    GArray *px;           /**< double: the arcs laid out */
    uint32_t *first_px;   /**< points: of each arc, and their number */
    guint8 *given;        /**< by gap_arcs_fresh(), an arc each */
    GapView fitted;
};

/* ---- cutting ---- */

typedef struct {
    GapArcs *arcs;
    GHashTable *by_ends; /**< first two vertices of an arc to its number + 1 */
} Cutter;

/** Adds `n` points from number `from` of a ring as an arc, or the same one that was there. An arc
 *  goes from that end whose first two vertices have the lower numbers. */
static void add_arc(Cutter *c, const double *ring, const uint32_t *id, uint32_t ring_n,
                    uint32_t from, uint32_t n) {
    uint32_t to = from + n - 1;
    guint64 ahead = (guint64)id[from % ring_n] << 32 | id[(from + 1) % ring_n];
    guint64 behind = (guint64)id[to % ring_n] << 32 | id[(to - 1) % ring_n];
    bool back = behind < ahead;
    gpointer key = GSIZE_TO_POINTER(back ? behind : ahead);
    int32_t number = GPOINTER_TO_INT(g_hash_table_lookup(c->by_ends, key));
    if (!number) {
        Arc arc = {ring, ring_n, (back ? to : from) % ring_n, n, back};
        g_array_append_val(c->arcs->arcs, arc);
        number = (int32_t)c->arcs->arcs->len;
        g_hash_table_insert(c->by_ends, key, GINT_TO_POINTER(number));
    }
    int32_t ref = back ? -number : number;
    g_array_append_val(c->arcs->refs, ref);
}

/** Where cutting of a closed ring begins: at its first node, else at its lowest vertex. */
static uint32_t ring_start(const GapTopology *t, const uint32_t *id, uint32_t n) {
    uint32_t lowest = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (t->vertex[id[i]].node)
            return i;
        if (id[i] < id[lowest])
            lowest = i;
    }
    return lowest;
}

static void cut_ring(Cutter *c, const GapTopology *t, const double *ring, const uint32_t *id,
                     uint32_t n, bool closed) {
    uint32_t start = closed ? ring_start(t, id, n) : 0, steps = closed ? n : n - 1, from = 0;
    for (uint32_t i = 1; i <= steps; i++)
        if (i == steps || t->vertex[id[(start + i) % n]].node) {
            add_arc(c, ring, id, n, start + from, i - from + 1);
            from = i;
        }
}

static void cut_all(Cutter *c, const GapTopology *t) {
    GapArcs *arcs = c->arcs;
    const uint32_t *id = t->id;
    for (guint row = 0; row < arcs->shapes->len; row++) {
        const GapGeometry *g = arcs->shapes->pdata[row];
        arcs->first_ring[row] = arcs->first_ref->len;
        for (uint32_t r = 0; g && g->kind != GAP_SHAPE_POINT && r < g->n_rings; r++) {
            uint32_t n = gap_topology_ring(g, r);
            g_array_append_val(arcs->first_ref, arcs->refs->len);
            cut_ring(c, t, g->xy + 2 * (size_t)g->ring[r], id, n, g->kind == GAP_SHAPE_POLYGON);
            id += n;
        }
    }
    arcs->first_ring[arcs->shapes->len] = arcs->first_ref->len;
    g_array_append_val(arcs->first_ref, arcs->refs->len);
}

GapArcs *gap_arcs_new(const GPtrArray *shapes, GError **error) {
    GapTopology topology = {0};
    if (!gap_topology_make(&topology, shapes)) {
        gap_topology_clear(&topology);
        gap_fail(error, GAP_ERROR_FAILED, "no memory for the outlines of %u shapes", shapes->len);
        return NULL;
    }
    GapArcs *arcs = g_new0(GapArcs, 1);
    arcs->shapes = shapes;
    arcs->first_ring = g_new(uint32_t, shapes->len + 1);
    arcs->first_ref = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    arcs->refs = g_array_new(FALSE, FALSE, sizeof(int32_t));
    arcs->arcs = g_array_new(FALSE, FALSE, sizeof(Arc));
    arcs->px = g_array_new(FALSE, FALSE, sizeof(double));
    Cutter cutter = {arcs, g_hash_table_new(g_direct_hash, g_direct_equal)};
    cut_all(&cutter, &topology);
    g_hash_table_unref(cutter.by_ends);
    gap_topology_clear(&topology);
    arcs->first_px = g_new0(uint32_t, arcs->arcs->len + 1);
    arcs->given = g_new0(guint8, arcs->arcs->len + 1);
    return arcs;
}

void gap_arcs_free(GapArcs *arcs) {
    if (!arcs)
        return;
    g_array_unref(arcs->first_ref);
    g_array_unref(arcs->refs);
    g_array_unref(arcs->arcs);
    g_array_unref(arcs->px);
    g_free(arcs->first_ring);
    g_free(arcs->first_px);
    g_free(arcs->given);
    g_free(arcs);
}

/* ---- laying out ---- */

static void arc_point(const Arc *arc, const GapView *view, uint32_t k, double *xy) {
    uint32_t at = arc->back ? (arc->from + 2 * arc->ring_n - k) : arc->from + k;
    const double *m = arc->ring + 2 * (size_t)(at % arc->ring_n);
    gap_view_point(view, m[0], m[1], &xy[0], &xy[1]);
}

static void fit_arc(const Arc *arc, const GapView *view, GArray *px) {
    uint32_t first = px->len / 2;
    g_array_set_size(px, 2 * (first + arc->n));
    double *out = (double *)(void *)px->data + 2 * (size_t)first;
    for (uint32_t k = 0; k < arc->n; k++)
        arc_point(arc, view, k, out + 2 * (size_t)k);
    g_array_set_size(px, 2 * (first + gap_sleeve_line(out, arc->n, tell_apart_px, out)));
}

void gap_arcs_fit(GapArcs *arcs, const GapView *view) {
    const GapView *had = &arcs->fitted;
    if (had->scale == view->scale && had->west_m == view->west_m && had->north_m == view->north_m &&
        had->frame.min_x == view->frame.min_x && had->frame.min_y == view->frame.min_y)
        return;
    arcs->fitted = *view;
    g_array_set_size(arcs->px, 0);
    for (guint i = 0; i < arcs->arcs->len; i++) {
        arcs->first_px[i] = arcs->px->len / 2;
        fit_arc(&g_array_index(arcs->arcs, Arc, i), view, arcs->px);
    }
    arcs->first_px[arcs->arcs->len] = arcs->px->len / 2;
}

/* ---- putting together ---- */

/** Shapes in the making: points, and where rings begin. */
typedef struct {
    GArray *xy, *starts;
} Rings;

static Rings rings_new(void) {
    return (Rings){g_array_new(FALSE, FALSE, sizeof(double)),
                   g_array_new(FALSE, FALSE, sizeof(uint32_t))};
}

static void ring_begin(Rings *rings) {
    uint32_t at = rings->xy->len / 2;
    g_array_append_val(rings->starts, at);
}

/** Ends the last ring, or drops it where it has fewer than `least` points. */
static bool ring_end(Rings *rings, uint32_t least) {
    uint32_t at = g_array_index(rings->starts, uint32_t, rings->starts->len - 1);
    if (rings->xy->len / 2 - at >= least)
        return true;
    g_array_set_size(rings->xy, 2 * at);
    g_array_set_size(rings->starts, rings->starts->len - 1);
    return false;
}

/** `part` gives the ring numbers where parts begin (NULL: each ring is one); NULL where empty. */
static GapGeometry *rings_finish(Rings *rings, GapShapeKind kind, const GArray *part) {
    GapGeometry *g = NULL;
    uint32_t n = rings->starts->len;
    if (n) {
        g = g_new0(GapGeometry, 1);
        g->kind = kind;
        g->n_rings = n;
        g->n_points = rings->xy->len / 2;
        g_array_append_val(rings->starts, g->n_points);
        g->n_parts = part ? part->len : n;
        g->part = g_new(uint32_t, g->n_parts + 1);
        for (uint32_t i = 0; i < g->n_parts; i++)
            g->part[i] = part ? g_array_index(part, uint32_t, i) : i;
        g->part[g->n_parts] = n;
        g->ring = (uint32_t *)(void *)g_array_free(g_steal_pointer(&rings->starts), FALSE);
        g->xy = (double *)(void *)g_array_free(g_steal_pointer(&rings->xy), FALSE);
    }
    g_clear_pointer(&rings->starts, g_array_unref);
    g_clear_pointer(&rings->xy, g_array_unref);
    return g;
}

/** Goes on with an arc, whose first point is there already where `joined`. */
static void put_arc(const GapArcs *arcs, int32_t ref, bool joined, Rings *out) {
    uint32_t arc = (uint32_t)ABS(ref) - 1, first = arcs->first_px[arc];
    uint32_t n = arcs->first_px[arc + 1] - first, skip = joined ? 1 : 0;
    const double *px = (const double *)(const void *)arcs->px->data + 2 * (size_t)first;
    if (ref > 0)
        g_array_append_vals(out->xy, px + 2 * skip, 2 * (n - skip));
    for (uint32_t k = n - skip; ref < 0 && k > 0; k--)
        g_array_append_vals(out->xy, px + 2 * (size_t)(k - 1), 2);
}

static void put_ring(const GapArcs *arcs, uint32_t ring, Rings *out) {
    uint32_t first = g_array_index(arcs->first_ref, uint32_t, ring);
    ring_begin(out);
    for (uint32_t i = first; i < g_array_index(arcs->first_ref, uint32_t, ring + 1); i++)
        put_arc(arcs, g_array_index(arcs->refs, int32_t, i), i > first, out);
}

GapGeometry *gap_arcs_shape(const GapArcs *arcs, guint row) {
    const GapGeometry *m = arcs->shapes->pdata[row];
    if (!m || m->kind == GAP_SHAPE_POINT)
        return NULL;
    Rings rings = rings_new();
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    const uint32_t least = m->kind == GAP_SHAPE_POLYGON ? 4 : 2;
    for (uint32_t p = 0; p < m->n_parts; p++) {
        uint32_t first = rings.starts->len;
        for (uint32_t r = m->part[p]; r < m->part[p + 1]; r++) {
            put_ring(arcs, arcs->first_ring[row] + r, &rings);
            if (!ring_end(&rings, least) && r == m->part[p])
                break; // without a shell its holes are nothing
        }
        if (rings.starts->len > first)
            g_array_append_val(parts, first);
    }
    return rings_finish(&rings, m->kind, parts);
}

void gap_arcs_begin(GapArcs *arcs) {
    memset(arcs->given, 0, arcs->arcs->len);
}

GapGeometry *gap_arcs_fresh(GapArcs *arcs, guint row) {
    Rings rings = rings_new();
    for (uint32_t r = arcs->first_ring[row]; r < arcs->first_ring[row + 1]; r++) {
        bool open = false;
        for (uint32_t i = g_array_index(arcs->first_ref, uint32_t, r);
             i < g_array_index(arcs->first_ref, uint32_t, r + 1); i++) {
            int32_t ref = g_array_index(arcs->refs, int32_t, i);
            bool fresh = !arcs->given[ABS(ref) - 1];
            if (fresh && !open)
                ring_begin(&rings);
            if (fresh)
                put_arc(arcs, ref, open, &rings);
            open = fresh;
            arcs->given[ABS(ref) - 1] = 1;
        }
    }
    return rings_finish(&rings, GAP_SHAPE_LINE, NULL);
}

GapGeometry *gap_view_shape(const GapView *view, const GapGeometry *metres) {
    g_autoptr(GPtrArray) one = g_ptr_array_new();
    g_ptr_array_add(one, (gpointer)metres);
    g_autoptr(GapArcs) arcs = gap_arcs_new(one, NULL);
    if (!arcs)
        return NULL;
    gap_arcs_fit(arcs, view);
    return gap_arcs_shape(arcs, 0);
}
