#include "styles/shapes/topology.h"

#include <string.h>

uint32_t gap_topology_ring(const GapGeometry *g, uint32_t r) {
    return g->ring[r + 1] - g->ring[r] - (g->kind == GAP_SHAPE_POLYGON ? 1 : 0);
}

static uint32_t hash(double x, double y) {
    guint64 bits[2];
    memcpy(bits, (double[2]){x, y}, sizeof bits);
    guint64 h = (bits[0] ^ bits[1] * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15)) *
                G_GUINT64_CONSTANT(0xD6E8FEB86659FD93);
    return (uint32_t)(h >> 32);
}

static uint32_t number_of(GapTopology *t, const double *xy) {
    const double x = xy[0] + 0.0, y = xy[1] + 0.0; // no negative zero
    for (uint32_t at = hash(x, y) & t->mask;; at = (at + 1) & t->mask) {
        uint32_t v = t->slot[at];
        if (v && (t->vertex[v - 1].x != x || t->vertex[v - 1].y != y))
            continue;
        if (v)
            return v - 1;
        t->vertex[t->n] = (GapVertex){.x = x, .y = y};
        t->slot[at] = ++t->n;
        return t->n - 1;
    }
}

static void meet(GapVertex *v, uint32_t before, uint32_t after) {
    const uint32_t *b = v->beside;
    if (!v->met)
        *v = (GapVertex){v->x, v->y, {before, after}, true, v->node};
    else if ((b[0] != before || b[1] != after) && (b[0] != after || b[1] != before))
        v->node = true;
}

/** Takes in a ring of n points; a line's ends are nodes. */
static void add_ring(GapTopology *t, const double *xy, uint32_t n, bool closed, uint32_t *id) {
    for (uint32_t i = 0; i < n; i++)
        id[i] = number_of(t, xy + 2 * (size_t)i);
    for (uint32_t i = 0; i < n; i++)
        if (closed || (i && i + 1 < n))
            meet(&t->vertex[id[i]], id[i ? i - 1 : n - 1], id[i + 1 < n ? i + 1 : 0]);
        else
            t->vertex[id[i]].node = true;
}

static uint32_t count_points(const GPtrArray *shapes) {
    uint32_t n = 0;
    for (guint i = 0; i < shapes->len; i++) {
        const GapGeometry *g = shapes->pdata[i];
        n += g && g->kind != GAP_SHAPE_POINT ? g->n_points : 0;
    }
    return n;
}

bool gap_topology_make(GapTopology *t, const GPtrArray *shapes) {
    const size_t n = count_points(shapes);
    size_t slots = 16;
    while (slots < 2 * n)
        slots *= 2;
    *t = (GapTopology){g_try_new(GapVertex, n + 1), 0, (uint32_t)(slots - 1),
                       g_try_new0(uint32_t, slots), g_try_new(uint32_t, n + 1)};
    if (!t->vertex || !t->slot || !t->id)
        return false;
    uint32_t *id = t->id;
    for (guint i = 0; i < shapes->len; i++) {
        const GapGeometry *g = shapes->pdata[i];
        for (uint32_t r = 0; g && g->kind != GAP_SHAPE_POINT && r < g->n_rings; r++) {
            uint32_t m = gap_topology_ring(g, r);
            add_ring(t, g->xy + 2 * (size_t)g->ring[r], m, g->kind == GAP_SHAPE_POLYGON, id);
            id += m;
        }
    }
    return true;
}

void gap_topology_clear(GapTopology *t) {
    g_free(t->vertex);
    g_free(t->slot);
    g_free(t->id);
    *t = (GapTopology){0};
}
