#include "geo/grid/isochrone.h"

#include <math.h>

#include "geo/base/error.h"
#include "geo/grid/rings.h"

typedef struct {
    const GapGrid *minutes;
    float limit;
    uint8_t *seen; // a bit a cell: the side that enters it from the west belongs to a ring
    GapRings *rings;
} Contour;

// Where a contour stands: between a cell that is reached, on its left, and one that is not. It runs
// by (dc, dr), one of which is 0; the right is (-dr, dc), the left (dr, -dc).
typedef struct {
    gint64 col, row; // of the left cell
    int dc, dr;
} Stand;

static const double OFF_CENTRE = 1.0 / 32;

static float minutes_at(const Contour *c, gint64 col, gint64 row) {
    const GapGrid *g = c->minutes;
    return col >= 0 && row >= 0 && col < (gint64)g->cols && row < (gint64)g->rows
               ? g->cells[(size_t)row * g->cols + (size_t)col]
               : NAN;
}

/* How far from the centre of the left cell the edge lies: never less where the limit is larger. */
static double share(const Contour *c, const Stand *at) {
    const double a = minutes_at(c, at->col, at->row);
    const double b = minutes_at(c, at->col - at->dr, at->row + at->dc);
    const double way = ((double)c->limit - a) / (b - a);
    return isfinite(b - a) ? CLAMP(way, OFF_CENTRE, 1 - OFF_CENTRE) : 0.5;
}

static void put_point(const Contour *c, const Stand *at) {
    const double t = share(c, at);
    gap_rings_point(c->rings, (double)at->col + 0.5 - t * at->dr,
                    (double)at->row + 0.5 + t * at->dc);
}

static bool is_seen(const Contour *c, size_t cell) {
    return c->seen[cell / 8] >> cell % 8 & 1;
}

/* The row of centres is crossed: sides are numbered, cols + 1 to a row. */
static void put_side(Contour *c, const Stand *at) {
    const size_t cols = c->minutes->cols, cell = (size_t)at->row * cols + (size_t)at->col;
    const bool southwards = at->dr > 0;
    if (southwards)
        c->seen[cell / 8] |= (uint8_t)(1 << cell % 8);
    gap_rings_side(c->rings, (uint32_t)(cell + (size_t)at->row + !southwards), southwards);
}

/* Through the square between four centres to the side where the contour leaves it. */
static Stand next(const Contour *c, const Stand *at) {
    const gint64 col = at->col, row = at->row;
    const float left = minutes_at(c, col + at->dc, row + at->dr);
    const float right = minutes_at(c, col + at->dc - at->dr, row + at->dr + at->dc);
    if (left <= c->limit && !(right <= c->limit))
        return (Stand){col + at->dc, row + at->dr, at->dc, at->dr};
    const double four =
        (double)minutes_at(c, col, row) + minutes_at(c, col - at->dr, row + at->dc) + left + right;
    if (right <= c->limit && (left <= c->limit || four <= 4 * (double)c->limit))
        return (Stand){col + at->dc - at->dr, row + at->dr + at->dc, -at->dr, at->dc};
    return (Stand){col, row, at->dr, -at->dc};
}

static void trace(Contour *c, size_t col, size_t row) {
    const Stand start = {(gint64)col, (gint64)row, 0, 1};
    Stand at = start;
    do {
        put_point(c, &at);
        if (at.dr)
            put_side(c, &at);
        at = next(c, &at);
    } while (at.col != start.col || at.row != start.row || at.dc != start.dc || at.dr != start.dr);
    gap_rings_close(c->rings, 0);
}

/* Every ring goes around a centre, so that it enters some row from the west. */
static void trace_all(Contour *c) {
    const GapGrid *g = c->minutes;
    for (size_t row = 0; row < g->rows; row++) {
        bool inside = false;
        for (size_t col = 0; col < g->cols; col++) {
            const bool reached = g->cells[row * g->cols + col] <= c->limit;
            if (reached && !inside && !is_seen(c, row * g->cols + col))
                trace(c, col, row);
            inside = reached;
        }
    }
}

GBytes *gap_isochrone(const GapGrid *minutes, double limit_min, GError **error) {
    const GapFrame frame = gap_grid_frame(minutes);
    if (isnan(limit_min)) {
        gap_fail(error, GAP_ERROR_USAGE, "the limit of an isochrone is no number: give minutes");
        return NULL;
    }
    g_autoptr(GapRings) rings = gap_rings_new(&frame, true);
    g_autofree uint8_t *seen = g_try_malloc0(minutes->cols * minutes->rows / 8 + 1);
    if (!seen) {
        gap_fail(error, GAP_ERROR_FAILED, "no memory to trace %zu x %zu cells", minutes->cols,
                 minutes->rows);
        return NULL;
    }
    Contour contour = {minutes, (float)limit_min, seen, rings};
    trace_all(&contour);
    g_autoptr(GPtrArray) made = gap_rings_polygons(rings, 1, error);
    return made ? g_steal_pointer(&made->pdata[0]) : NULL;
}
