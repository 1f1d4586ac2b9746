#include "styles/shapes/offset.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/** The direction from one point to another, of length 1; 0 where they are one. */
static void direction(const double *from, const double *to, double *d) {
    double dx = to[0] - from[0], dy = to[1] - from[1], length = hypot(dx, dy);
    d[0] = length > 0 ? dx / length : 0;
    d[1] = length > 0 ? dy / length : 0;
}

/** Where a corner between two directions goes: along the bisector of their right sides. */
static void move(double *point, const double *in, const double *out, double offset) {
    double x = -(in[1] + out[1]), y = in[0] + out[0], length = hypot(x, y);
    if (length <= 0)
        return;
    bool corner = (in[0] != 0 || in[1] != 0) && (out[0] != 0 || out[1] != 0);
    double stretch = corner ? fmin(2 / length, 2) : 1;
    point[0] += x / length * offset * stretch;
    point[1] += y / length * offset * stretch;
}

/** Twice the area of a ring, above 0 where its inside lies to the right, y down. */
static double turn_of(const double *xy, size_t n) {
    double sum = 0;
    for (size_t i = 0; i + 1 < n; i++)
        sum += xy[2 * i] * xy[2 * i + 3] - xy[2 * i + 2] * xy[2 * i + 1];
    return sum;
}

/** `n` points, the last of a ring being its first. */
static void move_line(double *xy, size_t n, bool ring, double offset) {
    double in[2] = {0, 0}, out[2];
    if (ring && n > 2)
        direction(xy + 2 * (n - 2), xy, in);
    for (size_t i = 0; i < n; i++) {
        double *point = xy + 2 * i;
        direction(point, i + 1 < n ? point + 2 : point, out);
        if (ring && i + 1 == n)
            memcpy(point, xy, 2 * sizeof *xy);
        else
            move(point, in, out, offset);
        memcpy(in, out, sizeof in);
    }
}

void gap_line_offset(GapGeometry *shape, double offset) {
    bool area = shape->kind == GAP_SHAPE_POLYGON;
    for (uint32_t p = 0; p < shape->n_parts; p++)
        for (uint32_t r = shape->part[p]; r < shape->part[p + 1]; r++) {
            double *xy = shape->xy + 2 * (size_t)shape->ring[r];
            size_t n = shape->ring[r + 1] - shape->ring[r];
            bool hole = area && r > shape->part[p];
            bool inside = turn_of(xy, n) > 0; // to the right
            move_line(xy, n, area, area && inside == hole ? -offset : offset);
        }
}
