#include "layers/travel/weave.h"

#include <math.h>

#include "geo/base/error.h"

enum {
    INSIDE = 1,    // its centre lies in a lake or closed area
    BAR = 2,       // a barrier runs through it
    HARD = 4,      // of those that are closed to roads too: in it
    HOME = 8,      // its centre lies in the country
    EDGE = 16,     // the border runs through it
    BRIDGED = 32,  // a road in it is bridged
    NEAR = 64,     // of a bridge
    SHUT = 128,    // closed, whatever else
    PASSED = 256,  // a road crosses a barrier or the border in it, and may
    FOREIGN = 512, // the road in it runs abroad
    CUT = 1024,    // a road crosses a barrier in it, and may not
};

typedef struct {
    GapGeometry *geometry;
    GapWeaveRoad road; // of roads
    bool hard;         // of barriers
} Part;

typedef struct {
    double x, y;
    uint8_t class;
} Gate;

/* A segment in a cell where road and barrier may meet. */
typedef struct {
    size_t cell;
    uint32_t id; // of the segment
    bool bridged, hard, area;
    double a[2], b[2];
} Piece;

struct GapWeave {
    GapFrame f;
    GArray *roads, *barriers, *bridges; // of Part
    GArray *gates;
    GapGeometry *country;
    const GapWeaveOptions *options;
    uint8_t *road;   // class by cell, 0: none
    uint16_t *flags; // by cell
    GArray *road_pieces, *barrier_pieces, *border_pieces;
    uint32_t segments; // numbered so far
    GapWeaveReport *report;
};

static void clear_part(gpointer part) {
    gap_geometry_free(((Part *)part)->geometry);
}

static GArray *parts_new(void) {
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(Part));
    g_array_set_clear_func(parts, clear_part);
    return parts;
}

GapWeave *gap_weave_new(const GapFrame *frame) {
    GapWeave *w = g_new0(GapWeave, 1);
    w->f = *frame;
    w->roads = parts_new();
    w->barriers = parts_new();
    w->bridges = parts_new();
    w->gates = g_array_new(FALSE, FALSE, sizeof(Gate));
    w->road_pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    w->barrier_pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    w->border_pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    return w;
}

void gap_weave_free(GapWeave *w) {
    if (!w)
        return;
    g_array_unref(w->roads);
    g_array_unref(w->barriers);
    g_array_unref(w->bridges);
    g_array_unref(w->gates);
    g_array_unref(w->road_pieces);
    g_array_unref(w->barrier_pieces);
    g_array_unref(w->border_pieces);
    gap_geometry_free(w->country);
    g_free(w->road);
    g_free(w->flags);
    g_free(w);
}

void gap_weave_add_road(GapWeave *w, GapGeometry *geometry, GapWeaveRoad road) {
    const Part part = {geometry, road, false};
    g_array_append_val(w->roads, part);
}

void gap_weave_add_barrier(GapWeave *w, GapGeometry *geometry, bool hard) {
    const Part part = {.geometry = geometry, .hard = hard};
    g_array_append_val(w->barriers, part);
}

void gap_weave_add_bridge(GapWeave *w, GapGeometry *geometry) {
    const Part part = {.geometry = geometry};
    g_array_append_val(w->bridges, part);
}

void gap_weave_set_country(GapWeave *w, GapGeometry *polygons) {
    g_return_if_fail(!w->country);
    w->country = polygons;
}

void gap_weave_add_crossing(GapWeave *w, double x, double y, uint8_t class) {
    const Gate gate = {x, y, class};
    g_array_append_val(w->gates, gate);
}

/* ---- cells and their neighbours ---- */

/* The cell beside, or -1 beyond the grid. */
static gssize beside(const GapFrame *f, size_t cell, int right, int down) {
    const gint64 col = (gint64)(cell % f->cols) + right, row = (gint64)(cell / f->cols) + down;
    return col < 0 || row < 0 || col >= (gint64)f->cols || row >= (gint64)f->rows
               ? -1
               : (gssize)(row * (gint64)f->cols + col);
}

/* The i-th of the 8 neighbours, or -1. */
static gssize neighbour(const GapFrame *f, size_t cell, int i) {
    static const signed char right[] = {0, 1, 1, 1, 0, -1, -1, -1};
    static const signed char down[] = {-1, -1, 0, 1, 1, 1, 0, -1};
    return beside(f, cell, right[i], down[i]);
}

static void centre_of(const GapFrame *f, size_t cell, double xy[2]) {
    xy[0] = f->west + ((double)(cell % f->cols) + 0.5) * f->dx;
    xy[1] = f->north - ((double)(cell / f->cols) + 0.5) * f->dy; // NOLINT: the row
}

static bool road_near(const GapWeave *w, size_t cell) {
    bool near = w->road[cell];
    for (int i = 0; i < 8 && !near; i++) {
        const gssize n = neighbour(&w->f, cell, i);
        near = n >= 0 && w->road[n];
    }
    return near;
}

/* ---- marking ---- */

typedef struct {
    GapWeave *w;
    const Part *part;
    uint16_t flag;
    GArray *pieces;
} Marker;

static void mark_road(void *user, size_t cell, uint32_t segment) {
    (void)segment;
    const Marker *m = user;
    const GapWeaveRoad *road = &m->part->road;
    const GapWeaveOptions *o = m->w->options;
    uint8_t *at = &m->w->road[cell];
    if (o->elevation_m && o->elevation_m[cell] > road->closed_above_m)
        return;
    if (!*at || o->kmh[road->class] > o->kmh[*at])
        *at = road->class;
    if (road->bridged)
        m->w->flags[cell] |= BRIDGED;
}

static void add_piece(const Marker *m, size_t cell, uint32_t segment) {
    const GapGeometry *g = m->part->geometry;
    const double *a = g->xy + 2 * (size_t)segment;
    const Piece piece = {cell,          m->w->segments + segment,     m->part->road.bridged,
                         m->part->hard, g->kind == GAP_SHAPE_POLYGON, {a[0], a[1]},
                         {a[2], a[3]}};
    g_array_append_val(m->pieces, piece);
}

static void mark_line(void *user, size_t cell, uint32_t segment) {
    const Marker *m = user;
    m->w->flags[cell] |= m->flag;
    if (road_near(m->w, cell))
        add_piece(m, cell, segment);
}

static void mark_inside(void *user, size_t first, size_t n) {
    const Marker *m = user;
    for (size_t cell = first; cell < first + n; cell++)
        m->w->flags[cell] |= m->flag;
}

static void mark_meeting(void *user, size_t cell, uint32_t segment) {
    const Marker *m = user;
    const GapWeaveOptions *o = m->w->options;
    if ((m->w->flags[cell] & (BAR | EDGE)) &&
        !(o->elevation_m && o->elevation_m[cell] > m->part->road.closed_above_m))
        add_piece(m, cell, segment);
}

static void mark_bridge(void *user, size_t cell, uint32_t segment) {
    (void)segment;
    const Marker *m = user;
    const GapFrame *f = &m->w->f;
    const int cols = (int)ceil(m->w->options->bridge_near_m / f->dx);
    const int rows = (int)ceil(m->w->options->bridge_near_m / f->dy);
    for (int down = -rows; down <= rows; down++)
        for (int right = -cols; right <= cols; right++) {
            const gssize n = beside(f, cell, right, down);
            if (n >= 0)
                m->w->flags[n] |= NEAR;
        }
}

static void mark_lines(GapWeave *w, const Part *part, uint16_t flag, GArray *pieces,
                       GapCellFunc how) {
    if (part->geometry->kind != GAP_SHAPE_POINT || how == mark_bridge)
        gap_rasterize_lines(&w->f, part->geometry, how, &(Marker){w, part, flag, pieces});
    w->segments += part->geometry->n_points;
}

static void mark_area(GapWeave *w, const Part *part, uint16_t flag) {
    if (part->geometry->kind == GAP_SHAPE_POLYGON)
        gap_rasterize_polygon(&w->f, part->geometry, mark_inside, &(Marker){w, part, flag, NULL});
}

static int by_cell(const void *a, const void *b) {
    const Piece *x = a, *y = b;
    return x->cell != y->cell ? (x->cell < y->cell ? -1 : 1) : (x->id > y->id) - (x->id < y->id);
}

/* Roads come first, since of barriers only what is near them is kept. */
static void mark_all(GapWeave *w) {
    for (guint i = 0; i < w->roads->len; i++)
        mark_lines(w, &g_array_index(w->roads, Part, i), 0, NULL, mark_road);
    for (guint i = 0; i < w->bridges->len; i++)
        mark_lines(w, &g_array_index(w->bridges, Part, i), 0, NULL, mark_bridge);
    for (guint i = 0; i < w->barriers->len; i++) {
        const Part *part = &g_array_index(w->barriers, Part, i);
        mark_lines(w, part, BAR, w->barrier_pieces, mark_line);
        mark_area(w, part, part->hard ? INSIDE | HARD : INSIDE);
    }
    if (w->country) {
        const Part part = {.geometry = w->country};
        mark_lines(w, &part, EDGE, w->border_pieces, mark_line);
        mark_area(w, &part, HOME);
    }
    for (guint i = 0; i < w->roads->len; i++)
        mark_lines(w, &g_array_index(w->roads, Part, i), 0, w->road_pieces, mark_meeting);
    g_array_sort(w->road_pieces, by_cell);
    g_array_sort(w->barrier_pieces, by_cell);
    g_array_sort(w->border_pieces, by_cell);
}

/* ---- sides ---- */

/* Positive where c lies left of a to b. */
static double turn(const double *a, const double *b, const double *c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/* Whether p to q crosses the piece. A corner on p to q belongs to one of its two pieces only, so
 * that crossings of a chain of pieces are counted right. */
static bool crosses(const double *p, const double *q, const Piece *piece) {
    return (turn(p, q, piece->a) > 0) != (turn(p, q, piece->b) > 0) &&
           (turn(piece->a, piece->b, p) > 0) != (turn(piece->a, piece->b, q) > 0);
}

/* The pieces of a cell: the first, and how many. */
static const Piece *pieces_of(const GArray *pieces, size_t cell, size_t *n) {
    const Piece *all = (const Piece *)(const void *)pieces->data;
    size_t low = 0, high = pieces->len;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (all[middle].cell < cell)
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < pieces->len && all[low + *n].cell == cell;)
        ++*n;
    return all + low;
}

/* Whether a line from p in `cell` to q in `to`, itself or a neighbour, ends on the other side of
 * the pieces. Each segment counts once, in however many of these cells it lies. */
static bool is_across(const GapWeave *w, const GArray *pieces, size_t cell, size_t to,
                      const double *p, const double *q, bool areas_alone) {
    const size_t cols = w->f.cols;
    const size_t cells[] = {cell, to, cell / cols * cols + to % cols,
                            to / cols * cols + cell % cols};
    const size_t n_cells = cell == to                                             ? 1
                           : cell / cols == to / cols || cell % cols == to % cols ? 2
                                                                                  : 4;
    g_autoptr(GHashTable) seen = n_cells > 1 ? g_hash_table_new(NULL, NULL) : NULL;
    bool across = false;
    for (size_t i = 0; i < n_cells; i++) {
        size_t n;
        for (const Piece *piece = pieces_of(pieces, cells[i], &n); n; piece++, n--)
            if ((piece->area || !areas_alone) && crosses(p, q, piece) &&
                (!seen || g_hash_table_add(seen, GUINT_TO_POINTER(piece->id + 1))))
                across = !across;
    }
    return across;
}

/* The middle of what of the piece lies in its cell. */
static void middle_in_cell(const GapFrame *f, const Piece *piece, double p[2]) {
    double t0 = 0, t1 = 1, centre[2];
    const double half[] = {f->dx / 2, f->dy / 2};
    centre_of(f, piece->cell, centre);
    for (int i = 0; i < 2; i++) {
        const double d = piece->b[i] - piece->a[i];
        if (d == 0)
            continue;
        const double u = (centre[i] - half[i] - piece->a[i]) / d;
        const double v = (centre[i] + half[i] - piece->a[i]) / d;
        t0 = fmax(t0, fmin(u, v));
        t1 = fmin(t1, fmax(u, v));
    }
    const double t = (t0 + t1) / 2;
    for (int i = 0; i < 2; i++)
        p[i] = piece->a[i] + t * (piece->b[i] - piece->a[i]);
}

/* Whether two pieces of a cell cross within it (to a hair). */
static bool cross_in_cell(const GapFrame *f, const Piece *road, const Piece *other) {
    if (!crosses(road->a, road->b, other))
        return false;
    double centre[2];
    const double from = turn(other->a, other->b, road->a), to = turn(other->a, other->b, road->b);
    const double t = from / (from - to), hair = 1e-9;
    centre_of(f, road->cell, centre);
    return fabs(road->a[0] + t * (road->b[0] - road->a[0]) - centre[0]) <= f->dx * (0.5 + hair) &&
           fabs(road->a[1] + t * (road->b[1] - road->a[1]) - centre[1]) <= f->dy * (0.5 + hair);
}

/* ---- judging ---- */

/* The nearest gate within reach, or NULL. */
static const Gate *gate_near(const GapWeave *w, size_t cell) {
    double xy[2], nearest = w->options->crossing_near_m;
    const Gate *found = NULL;
    centre_of(&w->f, cell, xy);
    for (guint i = 0; i < w->gates->len; i++) {
        const Gate *gate = &g_array_index(w->gates, Gate, i);
        const double away = hypot(gate->x - xy[0], gate->y - xy[1]);
        if (away <= nearest) {
            nearest = away;
            found = gate;
        }
    }
    return found;
}

/* A road in a cell with barriers: over it, cut by it, or beside it. */
static void judge_barrier(GapWeave *w, size_t cell, const Piece *road, size_t n) {
    size_t n_bars;
    const Piece *bars = pieces_of(w->barrier_pieces, cell, &n_bars);
    bool met = false, over = false, hard = false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n_bars; k++)
            if (cross_in_cell(&w->f, &road[i], &bars[k])) {
                met = true;
                over |= road[i].bridged || (w->flags[cell] & NEAR);
                hard |= bars[k].hard;
            }
    if (met && over && !hard) {
        w->flags[cell] |= PASSED;
        w->report->bridges++;
    } else if (met) {
        w->flags[cell] |= SHUT | CUT;
        w->report->cut++;
    } else {
        double p[2], centre[2];
        middle_in_cell(&w->f, road, p);
        centre_of(&w->f, cell, centre);
        const bool inside = ((w->flags[cell] & INSIDE) != 0) !=
                            is_across(w, w->barrier_pieces, cell, cell, p, centre, true);
        if (inside && ((w->flags[cell] & HARD) || !(w->flags[cell] & BRIDGED)))
            w->flags[cell] |= SHUT;
    }
}

/* A road in a cell on the border. */
static void judge_border(GapWeave *w, size_t cell, const Piece *road, size_t n) {
    size_t n_edges;
    const Piece *edges = pieces_of(w->border_pieces, cell, &n_edges);
    bool met = false;
    for (size_t i = 0; i < n && !met; i++)
        for (size_t k = 0; k < n_edges && !met; k++)
            met = cross_in_cell(&w->f, &road[i], &edges[k]);
    if (!met) {
        double p[2], centre[2];
        middle_in_cell(&w->f, road, p);
        centre_of(&w->f, cell, centre);
        const bool home = ((w->flags[cell] & HOME) != 0) !=
                          is_across(w, w->border_pieces, cell, cell, p, centre, false);
        w->flags[cell] |= home ? 0 : FOREIGN;
        return;
    }
    const Gate *gate = gate_near(w, cell);
    if (gate) {
        w->road[cell] = gate->class ? gate->class : w->road[cell];
        w->flags[cell] |= PASSED;
        w->report->crossings++;
    } else {
        w->flags[cell] |= SHUT;
        w->report->shut++;
    }
}

static void judge_meetings(GapWeave *w) {
    const Piece *road = (const Piece *)(const void *)w->road_pieces->data;
    const Piece *end = road + w->road_pieces->len;
    while (road < end) {
        size_t n = 1;
        while (road + n < end && road[n].cell == road->cell)
            n++;
        if (w->flags[road->cell] & BAR)
            judge_barrier(w, road->cell, road, n);
        if (w->country && (w->flags[road->cell] & EDGE))
            judge_border(w, road->cell, road, n);
        road += n;
    }
}

/* Cells of roads that meet neither barrier nor border. */
static void judge_others(GapWeave *w) {
    for (size_t cell = 0; cell < w->f.cols * w->f.rows; cell++) {
        const uint16_t flags = w->flags[cell];
        if (!w->road[cell])
            continue;
        if (!(flags & BAR) && (flags & INSIDE) && ((flags & HARD) || !(flags & BRIDGED)))
            w->flags[cell] |= SHUT;
        if (w->country && !(flags & (EDGE | HOME)))
            w->flags[cell] |= FOREIGN;
    }
}

/* ---- what lies beside ---- */

static bool passed_near(const GapWeave *w, size_t cell) {
    bool near = w->flags[cell] & PASSED;
    for (int i = 0; i < 8 && !near; i++) {
        const gssize n = neighbour(&w->f, cell, i);
        near = n >= 0 && (w->flags[n] & PASSED);
    }
    return near;
}

/* Roads that are cut would find a way round by cells that they share with the barrier. */
static void widen_cuts(GapWeave *w) {
    for (size_t k = 0; k < w->road_pieces->len; k++) {
        const size_t cell = g_array_index(w->road_pieces, Piece, k).cell;
        const uint16_t flags = w->flags[cell];
        if (!(flags & BAR) || (flags & (SHUT | PASSED | BRIDGED)))
            continue;
        for (int i = 0; i < 8; i++) {
            const gssize n = neighbour(&w->f, cell, i);
            if (n >= 0 && (w->flags[n] & CUT))
                w->flags[cell] |= SHUT;
        }
    }
}

/* Where one stands in a cell: on its road where it has one, which matters where a barrier runs
 * through it too, else in its middle. */
static void stand_in(const GapWeave *w, size_t cell, double xy[2]) {
    size_t n;
    const Piece *road = pieces_of(w->road_pieces, cell, &n);
    if (n)
        middle_in_cell(&w->f, road, xy);
    else
        centre_of(&w->f, cell, xy);
}

/* A road beside a barrier: what lies across it in the cells around is closed in its stead. */
static void move_barrier(GapWeave *w, const Piece *road, size_t n_roads) {
    double p[2], q[2];
    bool both = false;
    middle_in_cell(&w->f, road, p);
    for (size_t i = 1; i < n_roads && !both; i++) {
        middle_in_cell(&w->f, &road[i], q);
        both = is_across(w, w->barrier_pieces, road->cell, road->cell, p, q, false);
    }
    for (int i = 0; i < 8; i++) {
        const gssize n = neighbour(&w->f, road->cell, i);
        if (n < 0 || (w->flags[n] & (SHUT | PASSED)))
            continue;
        stand_in(w, (size_t)n, q);
        if (!is_across(w, w->barrier_pieces, road->cell, (size_t)n, p, q, false))
            continue;
        if (w->road[n])
            both = true;
        else {
            w->report->moved += !(w->flags[n] & (BAR | INSIDE));
            w->flags[n] |= SHUT;
        }
    }
    w->report->both_banks += both;
}

static void move_barriers(GapWeave *w) {
    const Piece *road = (const Piece *)(const void *)w->road_pieces->data;
    const Piece *end = road + w->road_pieces->len;
    for (size_t n; road < end; road += n) {
        for (n = 1; road + n < end && road[n].cell == road->cell;)
            n++;
        if ((w->flags[road->cell] & (BAR | SHUT | PASSED)) == BAR)
            move_barrier(w, road, n);
    }
}

/* Between a road abroad and what lies beside it at home there is the border. */
static void part_from_home(GapWeave *w, size_t cell) {
    for (int i = 0; i < 8; i++) {
        const gssize n = neighbour(&w->f, cell, i);
        if (n < 0 || (w->flags[n] & (SHUT | PASSED)))
            continue;
        if (!w->road[n] && (w->flags[n] & HOME))
            w->flags[n] |= SHUT;
        else if (w->road[n] && !(w->flags[n] & FOREIGN) && !passed_near(w, cell))
            w->flags[cell] |= SHUT;
    }
}

static void close_abroad(GapWeave *w) {
    for (size_t cell = 0; w->country && cell < w->f.cols * w->f.rows; cell++) {
        if (!w->road[cell] || !(w->flags[cell] & FOREIGN) || (w->flags[cell] & SHUT))
            continue;
        if (w->gates->len == 0)
            w->flags[cell] |= SHUT;
        else
            part_from_home(w, cell);
    }
}

static void write_classes(const GapWeave *w, uint8_t *classes) {
    GapWeaveReport *report = w->report;
    for (size_t cell = 0; cell < w->f.cols * w->f.rows; cell++) {
        const uint16_t flags = w->flags[cell];
        const bool abroad = w->country && !(flags & HOME);
        if (w->road[cell] && !(flags & SHUT)) {
            classes[cell] = w->road[cell];
            report->road_cells++;
            report->abroad += (flags & FOREIGN) != 0;
        } else if (abroad || (flags & (SHUT | BAR | INSIDE))) {
            report->barrier_cells += !abroad;
            classes[cell] = 0;
        }
    }
}

bool gap_weave_make(GapWeave *w, const GapWeaveOptions *options, uint8_t *classes,
                    GapWeaveReport *report, GError **error) {
    const size_t cells = w->f.cols * w->f.rows;
    *report = (GapWeaveReport){0};
    w->options = options;
    w->report = report;
    w->road = g_try_new0(uint8_t, cells);
    w->flags = g_try_new0(uint16_t, cells);
    if (!w->road || !w->flags)
        return gap_fail(error, GAP_ERROR_FAILED,
                        "no memory for roads on %zu x %zu cells: choose larger cells", w->f.cols,
                        w->f.rows);
    mark_all(w);
    judge_meetings(w);
    judge_others(w);
    widen_cuts(w);
    move_barriers(w);
    close_abroad(w);
    write_classes(w, classes);
    return true;
}
