/** Made data of the benches: areas of wiggly borders over the country's box, and points in it. The
 *  same numbers whenever they are made.
 */
#ifndef GAP_TESTS_MADE_H
#define GAP_TESTS_MADE_H

#include "geo/shape/geometry.h"

#include <math.h>

enum { MADE_COLUMNS = 25, MADE_ROWS = 20, MADE_AREAS = MADE_COLUMNS * MADE_ROWS };

static const GapBox MADE_BOX = {69.2, 39.1, 80.3, 43.3};

static inline double made_rounded(double degrees) {
    return nearbyint(degrees * 1e6) / 1e6;
}

/** A normal deviate (Box and Muller's). */
static inline double made_normal(GRand *rand) {
    const double u = 1 - g_rand_double(rand), v = g_rand_double(rand);
    return sqrt(-2 * log(u)) * cos(2 * G_PI * v);
}

/** `m` points of the border that leaves corner (column, row) to the east or to the north, without
 *  its end: they stray from the straight line by 3 % of an area's side. `calm`: how much of its
 *  straying a point has from the one before; 0 is a scribble, 0.95 is like real borders. */
static inline void made_border(double *xy, int m, int column, int row, bool north, double calm) {
    const double dx = (MADE_BOX.max_x - MADE_BOX.min_x) / MADE_COLUMNS;
    const double dy = (MADE_BOX.max_y - MADE_BOX.min_y) / MADE_ROWS;
    GRand *rand = g_rand_new_with_seed((guint32)(1 + 1000 * row + 2 * column + north));
    double astray = 0;
    for (int i = 0; i < m; i++) {
        const double along = (double)i / m;
        if (i)
            astray = calm * astray + sqrt(1 - calm * calm) * 0.03 * made_normal(rand);
        xy[2 * i] = made_rounded(MADE_BOX.min_x + (column + (north ? astray : along)) * dx);
        xy[2 * i + 1] = made_rounded(MADE_BOX.min_y + (row + (north ? along : astray)) * dy);
    }
    g_rand_free(rand);
}

/** Turns a border round: from its end (not in it) to before its start. */
static inline void made_turn(double *xy, int m, int column, int row) {
    for (int i = 1; 2 * i < m; i++)
        for (int c = 0; c < 2; c++) {
            const double other = xy[2 * (m - i) + c];
            xy[2 * (m - i) + c] = xy[2 * i + c];
            xy[2 * i + c] = other;
        }
    made_border(xy, 1, column, row, false, 0);
}

/** The area at (column, row) as WKB of 4 `m` vertices; neighbours share their borders.
 *  Returns: (transfer full). */
static inline GBytes *made_area_at(int column, int row, int m, double calm) {
    const uint32_t n = 4 * (uint32_t)m + 1;
    g_autofree double *xy = g_new(double, 2 * n);
    made_border(xy, m, column, row, false, calm);
    made_border(xy + 2 * m, m, column + 1, row, true, calm);
    made_border(xy + 4 * m, m, column, row + 1, false, calm);
    made_turn(xy + 4 * m, m, column + 1, row + 1);
    made_border(xy + 6 * m, m, column, row, true, calm);
    made_turn(xy + 6 * m, m, column, row + 1);
    xy[2 * n - 2] = xy[0];
    xy[2 * n - 1] = xy[1];
    uint32_t part[] = {0, 1}, ring[] = {0, n};
    return gap_geometry_to_wkb(&(GapGeometry){GAP_SHAPE_POLYGON, 1, 1, n, part, ring, xy});
}

/** Area `i`, of scribbled borders. Returns: (transfer full). */
static inline GBytes *made_area(int i, int m) {
    return made_area_at(i % MADE_COLUMNS, i / MADE_COLUMNS, m, 0);
}

/** `n` points, x and y in turn, to six decimals. Returns: (transfer full). */
static inline double *made_points(size_t n) {
    GRand *rand = g_rand_new_with_seed(1);
    double *xy = g_new(double, 2 * n);
    for (size_t i = 0; i < n; i++) {
        xy[2 * i] = made_rounded(g_rand_double_range(rand, MADE_BOX.min_x, MADE_BOX.max_x));
        xy[2 * i + 1] = made_rounded(g_rand_double_range(rand, MADE_BOX.min_y, MADE_BOX.max_y));
    }
    g_rand_free(rand);
    return xy;
}

#endif
