#include "geo/grid/zonal.h"

#include <math.h>

#include "geo/base/error.h"

// Pieces of edges kept at once, about.
enum { BAND_PIECES = 1 << 21 };

static const double NOTHING = 1e-9; // a share that is rounding only

/* What edges add to a cell: the area east of them within it, and to all cells farther east. */
typedef struct {
    uint32_t row, col;
    double area, height;
} Piece;

typedef struct {
    const GapFrame *frame;
    GArray *pieces;
    double sign;      // of the ring: its inside counts, or is taken off
    double low, high; // rows of this band
} Scan;

static void add_piece(const Scan *scan, double u0, double v0, double u1, double v1) {
    const double u = (u0 + u1) / 2, v = (v0 + v1) / 2;
    const uint32_t col = (uint32_t)CLAMP(u, 0, (double)scan->frame->cols - 1);
    const uint32_t row = (uint32_t)CLAMP(v, scan->low, scan->high - 1);
    const double height = scan->sign * (v1 - v0);
    const Piece piece = {row, col, height * ((double)col + 1 - u), height};
    g_array_append_val(scan->pieces, piece);
}

/* Within one row, from west or east: cut where columns begin. */
static void cut_by_columns(const Scan *scan, double u0, double v0, double u1, double v1) {
    const double per_u = (v1 - v0) / (u1 - u0);
    const bool east = u1 > u0;
    double u = u0, v = v0;
    for (double next = east ? floor(u0) + 1 : ceil(u0) - 1; east ? next < u1 : next > u1;
         next += east ? 1 : -1) {
        const double at = v0 + (next - u0) * per_u;
        add_piece(scan, u, v, next, at);
        u = next;
        v = at;
    }
    add_piece(scan, u, v, u1, v1);
}

/* Cut where it leaves the frame to the west, where only its height counts, and to the east, where
 * nothing does. */
static void cut_by_sides(const Scan *scan, double u0, double v0, double u1, double v1) {
    const double cols = (double)scan->frame->cols, sides[] = {0, cols};
    double t[4] = {0, 1, 1, 1};
    int n = 1;
    for (int i = 0; i < 2; i++) {
        const double at = (sides[u1 > u0 ? i : 1 - i] - u0) / (u1 - u0);
        if (at > 0 && at < 1)
            t[n++] = at;
    }
    for (int i = 0; i < n; i++) {
        const double a = u0 + t[i] * (u1 - u0), b = t[i + 1] < 1 ? u0 + t[i + 1] * (u1 - u0) : u1;
        const double from = v0 + t[i] * (v1 - v0),
                     to = t[i + 1] < 1 ? v0 + t[i + 1] * (v1 - v0) : v1;
        const double middle = (a + b) / 2;
        if (middle < 0)
            add_piece(scan, 0, from, 0, to);
        else if (middle < cols)
            cut_by_columns(scan, CLAMP(a, 0, cols), from, CLAMP(b, 0, cols), to);
    }
}

static void scan_edge(const Scan *scan, const double *a, const double *b) {
    const GapFrame *f = scan->frame;
    const double u0 = (a[0] - f->west) / f->dx, v0 = (f->north - a[1]) / f->dy;
    const double u1 = (b[0] - f->west) / f->dx, v1 = (f->north - b[1]) / f->dy;
    const double per_v = (u1 - u0) / (v1 - v0);
    if (v0 == v1 || !isfinite(per_v) || !isfinite(u0 + v0 + v1))
        return;
    const double from = CLAMP(v0, scan->low, scan->high), to = CLAMP(v1, scan->low, scan->high);
    const bool down = to > from;
    for (double v = from; v != to;) {
        const double border = down ? floor(v) + 1 : ceil(v) - 1;
        const double next = down ? fmin(border, to) : fmax(border, to);
        const double x0 = v == v0 ? u0 : u0 + (v - v0) * per_v;
        const double x1 = next == v1 ? u1 : u0 + (next - v0) * per_v;
        cut_by_sides(scan, x0, v, x1, next);
        v = next;
    }
}

static void scan_ring(const GapGeometry *g, uint32_t ring, Scan *scan) {
    for (uint32_t i = g->ring[ring]; i + 1 < g->ring[ring + 1]; i++)
        scan_edge(scan, g->xy + 2 * (size_t)i, g->xy + 2 * (size_t)(i + 1));
}

/* A counting sort, stable: by column, then by row, is by cell. Keys are `low` to `low` + n - 1. */
static void sort_by(bool rows, const GArray *from, GArray *to, size_t low, size_t n) {
    g_autofree guint *start = g_new0(guint, n + 1);
    const Piece *p = (const Piece *)(const void *)from->data, *end = p + from->len;
    g_array_set_size(to, from->len);
    for (const Piece *i = p; i < end; i++)
        start[(rows ? i->row : i->col) - low + 1]++;
    for (size_t k = 0; k < n; k++)
        start[k + 1] += start[k];
    for (; p < end; p++)
        g_array_index(to, Piece, start[(rows ? p->row : p->col) - low]++) = *p;
}

static void tell(size_t first, size_t n, double share, GapShareFunc found, void *user) {
    if (n > 0 && share > NOTHING)
        found(user, first, n, share > 1 - NOTHING ? 1 : share);
}

static void tell_band(const GapFrame *f, const GArray *pieces, GapShareFunc found, void *user) {
    const Piece *p = (const Piece *)(const void *)pieces->data, *end = p + pieces->len;
    while (p < end) {
        const size_t row = p->row;
        double height = 0;
        while (p < end && p->row == row) {
            const size_t col = p->col;
            double share = height;
            for (; p < end && p->row == row && p->col == col; p++) {
                share += p->area;
                height += p->height;
            }
            const size_t next = p < end && p->row == row ? p->col : f->cols;
            tell(row * f->cols + col, 1, share, found, user);
            tell(row * f->cols + col + 1, next - col - 1, height, found, user);
        }
    }
}

/* Twice the area, positive where the inside is left of an edge. */
static double ring_area(const GapGeometry *g, uint32_t ring) {
    const double *first = g->xy + 2 * (size_t)g->ring[ring];
    double sum = 0;
    for (uint32_t i = g->ring[ring]; i + 1 < g->ring[ring + 1]; i++) {
        const double *a = g->xy + 2 * (size_t)i, *b = a + 2;
        sum += (a[0] - first[0]) * (b[1] - first[1]) - (b[0] - first[0]) * (a[1] - first[1]);
    }
    return sum;
}

void gap_zonal_shares(const GapFrame *f, const GapGeometry *g, GapShareFunc found, void *user) {
    const GapBox box = gap_geometry_box(g);
    const double rows = (double)f->rows;
    const size_t top = (size_t)CLAMP(floor((f->north - box.max_y) / f->dy), 0, rows);
    const size_t end = (size_t)CLAMP(ceil((f->north - box.min_y) / f->dy), 0, rows);
    const size_t band = MAX((size_t)BAND_PIECES / MAX(g->n_points, 1), 1);
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_autoptr(GArray) sorted = g_array_new(FALSE, FALSE, sizeof(Piece));
    for (size_t low = top; low < end; low += band) {
        Scan scan = {f, pieces, 0, (double)low, (double)MIN(low + band, end)};
        g_array_set_size(pieces, 0);
        for (uint32_t p = 0; p < g->n_parts; p++)
            for (uint32_t r = g->part[p]; r < g->part[p + 1]; r++) {
                // The west side of a shell runs down, as rows do, where it turns counter-clockwise.
                scan.sign = (ring_area(g, r) > 0) == (r == g->part[p]) ? 1 : -1;
                scan_ring(g, r, &scan);
            }
        sort_by(false, pieces, sorted, 0, f->cols);
        sort_by(true, sorted, pieces, low, MIN(band, end - low));
        tell_band(f, pieces, found, user);
    }
}

typedef struct {
    const float *cells;
    GapZone *zone;
} Sum;

static void add_run(void *user, size_t first, size_t n, double share) {
    const Sum *sum = user;
    double total = 0;
    size_t known = 0;
    for (const float *cell = sum->cells + first, *end = cell + n; cell < end; cell++) {
        const bool is = *cell == *cell; // no NaN
        total += is ? *cell : 0;
        known += is;
    }
    sum->zone->sum += share * total;
    sum->zone->cells += share * (double)known;
    sum->zone->empty += share * (double)(n - known);
}

bool gap_zonal_sums(const GapGrid *grid, GBytes *const *wkb, size_t n, GapZone *zones,
                    GError **error) {
    const GapFrame frame = gap_grid_frame(grid);
    for (size_t i = 0; i < n; i++) {
        zones[i] = (GapZone){0};
        if (!wkb[i] || gap_wkb_is_empty(wkb[i]))
            continue;
        g_autoptr(GapGeometry) polygon = gap_geometry_from_wkb(wkb[i], error);
        if (!polygon) {
            g_prefix_error(error, "area %zu: ", i + 1);
            return false;
        }
        if (polygon->kind != GAP_SHAPE_POLYGON)
            return gap_fail(error, GAP_ERROR_INPUT, "area %zu: is no polygon", i + 1);
        gap_zonal_shares(&frame, polygon, add_run, &(Sum){grid->cells, &zones[i]});
    }
    return true;
}

/* ---- from grid to grid ---- */

/* How much of first..last lies in cell `i`. */
static double share_of(double first, double last, size_t i) {
    return (fmin(last, (double)i + 1) - fmax(first, (double)i)) / (last - first);
}

double gap_zonal_spread(const GapFrame *f, double *cells, double x, double y, double width,
                        double height, double value) {
    const double u0 = (x - width / 2 - f->west) / f->dx, u1 = u0 + width / f->dx;
    const double v0 = (f->north - y - height / 2) / f->dy, v1 = v0 + height / f->dy;
    // Written so that NaN falls out too, and a box of no size.
    if (!(u1 > 0 && v1 > 0 && u0 < (double)f->cols && v0 < (double)f->rows && u1 > u0 && v1 > v0))
        return 0;
    const size_t left = (size_t)fmax(u0, 0), top = (size_t)fmax(v0, 0);
    const size_t right = (size_t)fmin(ceil(u1), (double)f->cols);
    const size_t end = (size_t)fmin(ceil(v1), (double)f->rows);
    double within = 0;
    for (size_t row = top; row < end; row++)
        for (size_t col = left; col < right; col++) {
            const double share = share_of(u0, u1, col) * share_of(v0, v1, row);
            cells[row * f->cols + col] += share * value;
            within += share;
        }
    return within;
}

void gap_zonal_to_floats(const double *from, size_t n, float *to) {
    double owed = 0;
    for (size_t i = 0; i < n; i++) {
        if (from[i] == 0) {
            to[i] = 0;
            continue;
        }
        to[i] = (float)fmax(from[i] + owed, 0);
        owed += from[i] - (double)to[i];
    }
}
