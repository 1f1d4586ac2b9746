#include "geo/grid/rasterize.h"

#include <math.h>

// Crossings kept at once, at most (unless a single row has more).
enum { BAND_CROSSINGS = 1 << 22 };

GapFrame gap_grid_frame(const GapGrid *grid) {
    return (GapFrame){grid->cols, grid->rows, grid->west, grid->north, grid->dx, grid->dy};
}

gssize gap_frame_cell(const GapFrame *f, double x, double y) {
    const double u = (x - f->west) / f->dx, v = (f->north - y) / f->dy;
    if (!(u >= 0 && v >= 0 && u <= (double)f->cols && v <= (double)f->rows))
        return -1;
    return (gssize)(MIN((size_t)v, f->rows - 1) * f->cols + MIN((size_t)u, f->cols - 1));
}

/* ---- lines ---- */

// A segment in units of cells: columns from the west, rows from the north.
typedef struct {
    double u0, v0, u1, v1;
} Segment;

/* Narrows t0..t1 to where p + t d is within 0..limit. */
static bool clip(double p, double d, double limit, double *t0, double *t1) {
    if (d == 0)
        return p >= 0 && p <= limit;
    const double a = -p / d, b = (limit - p) / d;
    *t0 = fmax(*t0, fmin(a, b));
    *t1 = fmin(*t1, fmax(a, b));
    return *t0 <= *t1;
}

/* Liang and Barsky (1984); ends that lie within stay as they are. */
static bool clip_segment(const GapFrame *f, Segment *s) {
    const double du = s->u1 - s->u0, dv = s->v1 - s->v0, u0 = s->u0, v0 = s->v0;
    double t0 = 0, t1 = 1;
    if (!isfinite(du) || !isfinite(dv) || !clip(u0, du, (double)f->cols, &t0, &t1) ||
        !clip(v0, dv, (double)f->rows, &t0, &t1))
        return false;
    if (t1 < 1) {
        s->u1 = u0 + t1 * du;
        s->v1 = v0 + t1 * dv;
    }
    if (t0 > 0) {
        s->u0 = u0 + t0 * du;
        s->v0 = v0 + t0 * dv;
    }
    return true;
}

static gint64 cell_at(double at, size_t n) {
    return (gint64)CLAMP(at, 0, (double)n - 1);
}

/* How far along 0..1 a line from `p` by `d` reaches the next border of cell `at`. */
static double reach(double p, double d, gint64 at) {
    return ((double)(at + (d > 0)) - p) / d;
}

static void walk(const GapFrame *f, const Segment *s, uint32_t segment, GapCellFunc found,
                 void *user) {
    gint64 col = cell_at(s->u0, f->cols), row = cell_at(s->v0, f->rows);
    const gint64 last_col = cell_at(s->u1, f->cols), last_row = cell_at(s->v1, f->rows);
    const double du = s->u1 - s->u0, dv = s->v1 - s->v0;
    const gint64 right = last_col > col ? 1 : -1, down = last_row > row ? 1 : -1;
    const gint64 cols = (gint64)f->cols;
    found(user, (size_t)(row * cols + col), segment);
    // Steps are counted, so that the walk ends where the next segment starts, whatever rounding.
    while (col != last_col || row != last_row) {
        const double tu = col != last_col ? reach(s->u0, du, col) : INFINITY;
        const double tv = row != last_row ? reach(s->v0, dv, row) : INFINITY;
        if (tu == tv) // through a corner: the cell beside it as well
            found(user, (size_t)((row + down) * cols + col), segment);
        if (tu <= tv)
            col += right;
        else
            row += down;
        found(user, (size_t)(row * cols + col), segment);
    }
}

void gap_rasterize_lines(const GapFrame *f, const GapGeometry *g, GapCellFunc found, void *user) {
    for (uint32_t r = 0; r < g->n_rings; r++) {
        const uint32_t first = g->ring[r], last = g->ring[r + 1];
        for (uint32_t i = first; i + 1 < last || i == first; i++) {
            const double *a = g->xy + 2 * (size_t)i, *b = i + 1 < last ? a + 2 : a;
            Segment s = {(a[0] - f->west) / f->dx, (f->north - a[1]) / f->dy,
                         (b[0] - f->west) / f->dx, (f->north - b[1]) / f->dy};
            if (clip_segment(f, &s))
                walk(f, &s, i, found, user);
        }
    }
}

/* ---- polygons ---- */

typedef struct {
    size_t row;
    double u;
} Crossing;

static int by_place(const void *a, const void *b) {
    const Crossing *x = a, *y = b;
    return x->row != y->row ? (x->row < y->row ? -1 : 1) : (x->u > y->u) - (x->u < y->u);
}

/* The first row whose centre lies at or below v, within low..high. */
static size_t row_from(double v, size_t low, size_t high) {
    return (size_t)CLAMP(ceil(v - 0.5), (double)low, (double)high);
}

static void cross_edge(const GapFrame *f, const double *a, const double *b, size_t low, size_t high,
                       GArray *crossings) {
    const double u0 = (a[0] - f->west) / f->dx, v0 = (f->north - a[1]) / f->dy;
    const double u1 = (b[0] - f->west) / f->dx, v1 = (f->north - b[1]) / f->dy;
    if (!isfinite(u1 - u0) || !isfinite(v1 - v0) || v0 == v1)
        return;
    const size_t last = row_from(fmax(v0, v1), low, high);
    for (size_t row = row_from(fmin(v0, v1), low, high); row < last; row++) {
        const double t = ((double)row + 0.5 - v0) / (v1 - v0);
        const Crossing crossing = {row, u0 + t * (u1 - u0)};
        g_array_append_val(crossings, crossing);
    }
}

static void fill_band(const GapFrame *f, GArray *crossings, GapRunFunc found, void *user) {
    const Crossing *c = (const Crossing *)(const void *)crossings->data;
    g_array_sort(crossings, by_place);
    for (guint i = 0; i + 1 < crossings->len; i += 2) { // rings are closed: an even number a row
        const size_t first = row_from(c[i].u, 0, f->cols), last = row_from(c[i + 1].u, 0, f->cols);
        if (first < last)
            found(user, c[i].row * f->cols + first, last - first);
    }
}

void gap_rasterize_polygon(const GapFrame *f, const GapGeometry *g, GapRunFunc found, void *user) {
    const GapBox box = gap_geometry_box(g);
    const size_t top = row_from((f->north - box.max_y) / f->dy, 0, f->rows);
    const size_t end = row_from((f->north - box.min_y) / f->dy, 0, f->rows);
    const size_t band = MAX((size_t)BAND_CROSSINGS / MAX(g->n_points, 1), 1);
    g_autoptr(GArray) crossings = g_array_new(FALSE, FALSE, sizeof(Crossing));
    for (size_t low = top; low < end; low += band) {
        g_array_set_size(crossings, 0);
        for (uint32_t r = 0; r < g->n_rings; r++)
            for (uint32_t i = g->ring[r]; i + 1 < g->ring[r + 1]; i++)
                cross_edge(f, g->xy + 2 * (size_t)i, g->xy + 2 * (size_t)(i + 1), low,
                           MIN(low + band, end), crossings);
        fill_band(f, crossings, found, user);
    }
}
