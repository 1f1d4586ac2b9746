#include "geo/shape/area_index.h"

#include "geo/base/error.h"

#include <float.h>
#include <math.h>

/* Equal steps along x or y. What lies beyond either end counts as of the step there; steps rise
 * with the value, so whatever lies between two values lies between their steps. */
typedef struct {
    double from, scale;
    size_t n;
} Axis;

/* The lower end first. */
typedef struct {
    double x1, y1, x2, y2;
} Edge;

typedef struct {
    GapBox box;
    Axis slabs;
    size_t *start; // slabs.n + 1 numbers of edges
    Edge *edges;   // by slab: those that reach into it
} Area;

struct GapAreaIndex {
    Area *areas;
    size_t n;
    Axis columns, rows;
    size_t *start;    // a cell and one more, numbers of listed
    uint32_t *listed; // by cell: areas whose boxes reach into it, ascending
};

static Axis axis_new(double from, double to, size_t n) {
    const double scale = (double)n / (to - from);
    return (Axis){from, isfinite(scale) ? scale : 0, n};
}

static size_t step_of(const Axis *axis, double value) {
    const double step = (value - axis->from) * axis->scale;
    if (!(step > 0))
        return 0;
    return step < (double)axis->n ? (size_t)step : axis->n - 1;
}

// ---- one area

static Edge edge_at(const double *xy) {
    return xy[1] <= xy[3] ? (Edge){xy[0], xy[1], xy[2], xy[3]} : (Edge){xy[2], xy[3], xy[0], xy[1]};
}

/* Slabs such that an edge lies in about three of them, and no more slabs than edges: the edges
 * together rise `total` and each also lies in the slab of its lower end. */
static Axis slabs_of(const GapGeometry *g, const GapBox *box) {
    double total = 0;
    for (uint32_t r = 0; r < g->n_rings; r++)
        for (uint32_t i = g->ring[r]; i + 1 < g->ring[r + 1]; i++)
            total += fabs(g->xy[2 * i + 3] - g->xy[2 * i + 1]);
    const double n = 2.0 * g->n_points * (box->max_y - box->min_y) / total;
    return axis_new(box->min_y, box->max_y, n >= 1 ? (size_t)fmin(n, g->n_points) : 1);
}

/* Calls for every edge and every slab that it reaches into: counts (`edges` NULL) or places. */
static void fill_slabs(Area *area, const GapGeometry *g, Edge *edges) {
    for (uint32_t r = 0; r < g->n_rings; r++)
        for (uint32_t i = g->ring[r]; i + 1 < g->ring[r + 1]; i++) {
            const Edge edge = edge_at(g->xy + 2 * i);
            const size_t last = step_of(&area->slabs, edge.y2);
            for (size_t s = step_of(&area->slabs, edge.y1); s <= last; s++) {
                if (edges)
                    edges[area->start[s]] = edge;
                area->start[s]++;
            }
        }
}

/* Counts by bin become the number of the first of each. */
static size_t starts(size_t *count, size_t n) {
    size_t sum = 0;
    for (size_t i = 0; i <= n; i++) {
        const size_t here = count[i];
        count[i] = sum;
        sum += here;
    }
    return sum;
}

/* After placing, every start has become the next one's. */
static void shift_back(size_t *start, size_t n) {
    for (size_t i = n; i > 0; i--)
        start[i] = start[i - 1];
    start[0] = 0;
}

static void area_init(Area *area, const GapGeometry *g) {
    area->box = gap_geometry_box(g);
    area->slabs = slabs_of(g, &area->box);
    area->start = g_new0(size_t, area->slabs.n + 1);
    fill_slabs(area, g, NULL);
    area->edges = g_new(Edge, starts(area->start, area->slabs.n));
    fill_slabs(area, g, area->edges);
    shift_back(area->start, area->slabs.n);
}

/* Adds `value` to a sum kept exactly as parts that do not overlap, smallest first. */
static void add_exactly(double *part, int *n, double value) {
    int kept = 0;
    for (int i = 0; i < *n; i++) {
        const double sum = part[i] + value, shadow = sum - part[i];
        const double rest = (part[i] - (sum - shadow)) + (value - shadow);
        if (rest != 0)
            part[kept++] = rest;
        value = sum;
    }
    if (value != 0 || kept == 0)
        part[kept++] = value;
    *n = kept;
}

/* x1 y2 - x2 y1 + x2 y - x y2 + x y1 - x1 y, each product as its rounded value and what is left. */
static double exact_side(const Edge *e, double x, double y) {
    const double factor[][2] = {{e->x1, e->y2}, {-e->x2, e->y1}, {e->x2, y},
                                {-x, e->y2},    {x, e->y1},      {-e->x1, y}};
    double part[2 * G_N_ELEMENTS(factor)];
    int n = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(factor); i++) {
        const double product = factor[i][0] * factor[i][1];
        add_exactly(part, &n, fma(factor[i][0], factor[i][1], -product));
        add_exactly(part, &n, product);
    }
    return part[n - 1];
}

/* Above 0 where the point lies left of the edge, below where right, 0 on its line. The bound is
 * Shewchuk's for the rounding of the determinant. */
static double side_of(const Edge *e, double x, double y) {
    const double unit = DBL_EPSILON / 2, bound = (3 + 16 * unit) * unit;
    const double a = (e->x1 - x) * (e->y2 - y), b = (e->y1 - y) * (e->x2 - x);
    return fabs(a - b) > bound * (fabs(a) + fabs(b)) ? a - b : exact_side(e, x, y);
}

/* Counts the edges right of the point; one of two that meet at its height counts, the upper. */
static bool covers(const Area *area, double x, double y) {
    const GapBox *box = &area->box;
    if (x < box->min_x || x > box->max_x || y < box->min_y || y > box->max_y)
        return false;
    const size_t slab = step_of(&area->slabs, y);
    const Edge *end = area->edges + area->start[slab + 1];
    bool inside = false;
    for (const Edge *e = area->edges + area->start[slab]; e < end; e++) {
        if (y < e->y1 || y > e->y2 || (x > e->x1 && x > e->x2))
            continue;
        const double side = x < e->x1 && x < e->x2 ? 1 : side_of(e, x, y);
        if (side == 0)
            return true;
        inside ^= side > 0 && y < e->y2;
    }
    return inside;
}

// ---- all areas

static bool add_area(Area *area, GBytes *wkb, GError **error) {
    area->box = GAP_BOX_EMPTY;
    if (!wkb || gap_wkb_is_empty(wkb))
        return true;
    g_autoptr(GapGeometry) geometry = gap_geometry_from_wkb(wkb, error);
    if (geometry && geometry->kind != GAP_SHAPE_POLYGON)
        return gap_fail(error, GAP_ERROR_INPUT, "not a polygon");
    if (geometry)
        area_init(area, geometry);
    return geometry != NULL;
}

/* Calls for every area and every cell that its box reaches into, as fill_slabs(). */
static void fill_cells(GapAreaIndex *index, uint32_t *listed) {
    for (size_t i = 0; i < index->n; i++) {
        const GapBox *box = &index->areas[i].box;
        if (!index->areas[i].edges)
            continue;
        const size_t left = step_of(&index->columns, box->min_x);
        const size_t right = step_of(&index->columns, box->max_x);
        const size_t top = step_of(&index->rows, box->max_y);
        for (size_t row = step_of(&index->rows, box->min_y); row <= top; row++)
            for (size_t column = left; column <= right; column++) {
                size_t *at = &index->start[row * index->columns.n + column];
                if (listed)
                    listed[*at] = (uint32_t)i;
                ++*at;
            }
    }
}

/* In how many cells of `side` x `side` the boxes lie, together and about. */
static double count_listed(const GapAreaIndex *index, const GapBox *all, double side) {
    const double across = side / (all->max_x - all->min_x), up = side / (all->max_y - all->min_y);
    double sum = 0;
    for (size_t i = 0; i < index->n; i++) {
        const GapBox *box = &index->areas[i].box;
        if (index->areas[i].edges)
            sum += (1 + across * (box->max_x - box->min_x)) * (1 + up * (box->max_y - box->min_y));
    }
    return sum;
}

/* Four cells an area, or fewer where large boxes would stand in too many of them. */
static void build_grid(GapAreaIndex *index) {
    enum { MOST_LISTED = 12 }; // an area
    GapBox all = GAP_BOX_EMPTY;
    for (size_t i = 0; i < index->n; i++)
        gap_box_add(&all, index->areas[i].box);
    size_t side = 1 + (size_t)(2 * sqrt((double)index->n));
    while (side > 1 && !(count_listed(index, &all, (double)side) <= MOST_LISTED * (double)index->n))
        side /= 2;
    index->columns = axis_new(all.min_x, all.max_x, side);
    index->rows = axis_new(all.min_y, all.max_y, side);
    index->start = g_new0(size_t, side * side + 1);
    fill_cells(index, NULL);
    index->listed = g_new(uint32_t, starts(index->start, side * side));
    fill_cells(index, index->listed);
    shift_back(index->start, side * side);
}

GapAreaIndex *gap_area_index_new(GBytes *const *wkb, size_t n, GError **error) {
    g_assert(n <= INT32_MAX);
    g_autoptr(GapAreaIndex) index = g_new0(GapAreaIndex, 1);
    index->areas = g_new0(Area, n);
    index->n = n;
    for (size_t i = 0; i < n; i++)
        if (!add_area(&index->areas[i], wkb[i], error)) {
            g_prefix_error(error, "area %zu: ", i + 1);
            return NULL;
        }
    build_grid(index);
    return g_steal_pointer(&index);
}

void gap_area_index_free(GapAreaIndex *index) {
    if (!index)
        return;
    for (size_t i = 0; i < index->n; i++) {
        g_free(index->areas[i].start);
        g_free(index->areas[i].edges);
    }
    g_free(index->areas);
    g_free(index->start);
    g_free(index->listed);
    g_free(index);
}

static size_t cell_of(const GapAreaIndex *index, const double *xy) {
    return step_of(&index->rows, xy[1]) * index->columns.n + step_of(&index->columns, xy[0]);
}

/* The first of the cell's areas that covers the point is the lowest. */
static int32_t locate_in(const GapAreaIndex *index, size_t cell, const double *xy) {
    for (size_t i = index->start[cell]; i < index->start[cell + 1]; i++)
        if (covers(&index->areas[index->listed[i]], xy[0], xy[1]))
            return (int32_t)index->listed[i];
    return -1;
}

gssize gap_area_index_locate(const GapAreaIndex *index, double x, double y) {
    const double xy[] = {x, y};
    return isfinite(x) && isfinite(y) ? locate_in(index, cell_of(index, xy), xy) : -1;
}

// ---- many points

typedef struct {
    const GapAreaIndex *index;
    const double *xy;
    size_t n;
    int32_t *area;
} Share;

/* The numbers of the points, cell by cell. */
static uint32_t *order_points(const Share *share, size_t *start) {
    const size_t cells = share->index->columns.n * share->index->rows.n;
    uint32_t *order = g_new(uint32_t, share->n);
    for (size_t i = 0; i < share->n; i++)
        start[cell_of(share->index, share->xy + 2 * i)]++;
    starts(start, cells);
    for (size_t i = 0; i < share->n; i++)
        order[start[cell_of(share->index, share->xy + 2 * i)]++] = (uint32_t)i;
    shift_back(start, cells);
    return order;
}

static void locate_block(const Share *share) {
    const size_t cells = share->index->columns.n * share->index->rows.n;
    g_autofree size_t *start = g_new0(size_t, cells + 1);
    g_autofree uint32_t *order = order_points(share, start);
    for (size_t cell = 0; cell < cells; cell++)
        for (size_t i = start[cell]; i < start[cell + 1]; i++) {
            const double *xy = share->xy + 2 * (size_t)order[i];
            share->area[order[i]] =
                isfinite(xy[0]) && isfinite(xy[1]) ? locate_in(share->index, cell, xy) : -1;
        }
}

/* In blocks, so that the order of the points takes little memory. */
static gpointer locate_share(gpointer data) {
    enum { BLOCK = 1 << 20 };
    const Share *share = data;
    for (size_t at = 0; at < share->n; at += BLOCK)
        locate_block(&(Share){share->index, share->xy + 2 * at, MIN(BLOCK, share->n - at),
                              share->area + at});
    return NULL;
}

void gap_area_index_locate_many(const GapAreaIndex *index, const double *xy, size_t n,
                                int32_t *area, unsigned threads) {
    enum { WORTH_A_THREAD = 10000 };
    const size_t most = MAX(1, n / WORTH_A_THREAD);
    const size_t wanted = MIN(threads ? threads : g_get_num_processors(), most);
    g_autofree Share *shares = g_new(Share, wanted);
    g_autofree GThread **running = g_new0(GThread *, wanted);
    for (size_t t = 0; t < wanted; t++) {
        const size_t from = n * t / wanted, to = n * (t + 1) / wanted;
        shares[t] = (Share){index, xy + 2 * from, to - from, area + from};
        if (t + 1 < wanted)
            running[t] = g_thread_try_new("locate", locate_share, &shares[t], NULL);
        if (!running[t]) // the last share, or no thread to be had
            locate_share(&shares[t]);
    }
    for (size_t t = 0; t < wanted; t++)
        if (running[t])
            g_thread_join(running[t]);
}
