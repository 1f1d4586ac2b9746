#include "styles/shapes/sleeve.h"

#include <math.h>
#include <string.h>

void gap_sleeve_begin(GapSleeve *s, double x, double y) {
    *s = (GapSleeve){.near = s->near, .x = x, .y = y};
}

/** Above 0: b is to the left of a, y up. */
static double turn(const double *a, const double *b) {
    return a[0] * b[1] - a[1] * b[0];
}

/** Narrows the cone to the lines that pass the point, v from the anchor, near enough. */
static void narrow(GapSleeve *s, const double *v, double distance) {
    double along = sqrt(distance * distance - s->near * s->near);
    double left[2] = {v[0] * along - v[1] * s->near, v[1] * along + v[0] * s->near};
    double right[2] = {v[0] * along + v[1] * s->near, v[1] * along - v[0] * s->near};
    if (!s->cone || turn(left, s->left) > 0)
        memcpy(s->left, left, sizeof left);
    if (!s->cone || turn(s->right, right) > 0)
        memcpy(s->right, right, sizeof right);
    s->cone = true;
}

bool gap_sleeve_take(GapSleeve *s, double x, double y) {
    const double v[2] = {x - s->x, y - s->y}, distance = sqrt(v[0] * v[0] + v[1] * v[1]);
    if (distance < s->reach - s->near)
        return false; // the line turns back: its farthest point must not be lost
    if (s->cone && (turn(s->right, v) < 0 || turn(v, s->left) < 0))
        return false;
    if (distance > s->near)
        narrow(s, v, distance);
    s->reach = fmax(s->reach, distance);
    return true;
}

uint32_t gap_sleeve_line(const double *xy, uint32_t n, double near, double *out) {
    GapSleeve sleeve = {.near = near};
    uint32_t kept = 0;
    double last[2];
    for (uint32_t i = 0; i < n; i++) {
        const double at[2] = {xy[2 * (size_t)i], xy[2 * (size_t)i + 1]};
        if (i && gap_sleeve_take(&sleeve, at[0], at[1])) {
            memcpy(last, at, sizeof last);
            continue;
        }
        memcpy(out + 2 * (size_t)kept++, i ? last : at, sizeof last);
        gap_sleeve_begin(&sleeve, i ? last[0] : at[0], i ? last[1] : at[1]);
        if (i)
            gap_sleeve_take(&sleeve, at[0], at[1]);
        memcpy(last, at, sizeof last);
    }
    memcpy(out + 2 * (size_t)kept, last, sizeof last);
    return kept + 1;
}

void gap_sleeve_thin(GapGeometry *g, double near) {
    const uint32_t least = g->kind == GAP_SHAPE_POLYGON ? 4 : 2;
    uint32_t from = 0, at = 0;
    g_autofree double *thin = g_new(double, 2 * ((size_t)g->n_points + 1));
    for (uint32_t r = 0; r < g->n_rings; r++) {
        uint32_t n = g->ring[r + 1] - from;
        const double *ring = g->xy + 2 * (size_t)from;
        uint32_t kept = n > least ? gap_sleeve_line(ring, n, near, thin) : 0;
        bool good = kept >= least;
        memmove(g->xy + 2 * (size_t)at, good ? thin : ring, sizeof *thin * 2 * (good ? kept : n));
        from = g->ring[r + 1];
        g->ring[r] = at;
        at += good ? kept : n;
    }
    g->ring[g->n_rings] = g->n_points = at;
}
