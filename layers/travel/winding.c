#include "layers/travel/winding.h"

#include <math.h>
#include <string.h>

enum {
    PIECE = 32,      // cells of length
    LEAST_CHAIN = 4, // cells
    MARGIN = 2,      // cells around a piece, so that no step leaves the square
    SIDE = PIECE + 2 + 2 * MARGIN,
    CELLS = SIDE * SIDE,
    STRAIGHT = 1000000, // lengths of steps, in millionths of a cell
    DIAGONAL = 1414214,
    FAR = G_MAXINT,
};

/* The cells of a piece, on a square of their own, and how long the way to them is from its first.
 */
typedef struct {
    bool mine[CELLS];
    int way[CELLS];
} Piece;

static void mark(void *user, size_t cell, uint32_t segment) {
    (void)segment;
    ((Piece *)user)->mine[cell] = true;
}

static int step_to(const Piece *p, int at, int right, int down) {
    const int to = at + down * SIDE + right;
    // As in geo/travel: one of the cells beside a corner must be open.
    if (!p->mine[to] || (right && down && !p->mine[at + right] && !p->mine[at + down * SIDE]))
        return FAR;
    return right && down ? DIAGONAL : STRAIGHT;
}

/* Ways are corrected in the order in which they were found. */
static int way_to(Piece *p, int from, int goal) {
    g_autoptr(GArray) queue = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < CELLS; i++)
        p->way[i] = FAR;
    p->way[from] = 0;
    g_array_append_val(queue, from);
    for (guint next = 0; next < queue->len; next++) {
        const int at = g_array_index(queue, int, next);
        for (int i = 0; i < 9; i++) {
            const int right = i % 3 - 1, down = i / 3 - 1, to = at + down * SIDE + right;
            const int step = step_to(p, at, right, down);
            if (step == FAR || p->way[at] + step >= p->way[to])
                continue;
            p->way[to] = p->way[at] + step;
            g_array_append_val(queue, to);
        }
    }
    return p->way[goal];
}

/* A square of the cells of `frame` that holds the piece. */
static GapFrame frame_of(const GapFrame *frame, const GapGeometry *piece) {
    const GapBox box = gap_geometry_box(piece);
    const double col = floor((box.min_x - frame->west) / frame->dx) - MARGIN;
    const double row = floor((frame->north - box.max_y) / frame->dy) - MARGIN;
    return (GapFrame){.cols = SIDE,
                      .rows = SIDE,
                      .west = frame->west + col * frame->dx,
                      .north = frame->north - row * frame->dy,
                      .dx = frame->dx,
                      .dy = frame->dy};
}

static double winding_of(const GapFrame *frame, const GapGeometry *line, double length) {
    const GapFrame own = frame_of(frame, line);
    const double *end = line->xy + 2 * (size_t)(line->n_points - 1);
    const gssize from = gap_frame_cell(&own, line->xy[0], line->xy[1]);
    const gssize goal = gap_frame_cell(&own, end[0], end[1]);
    g_autofree Piece *p = g_new0(Piece, 1);
    gap_rasterize_lines(&own, line, mark, p);
    const double chain = way_to(p, (int)from, (int)goal) / 1e6;
    return chain < LEAST_CHAIN ? 1 : fmax(1, length / chain);
}

/* The points of the next piece, and its length in cells. */
typedef struct {
    const GapFrame *frame;
    GArray *xy;
    double length;
    GapWindingFunc found;
    void *user;
} Cutter;

static void finish_piece(Cutter *c) {
    const guint n = c->xy->len;
    const GapGeometry piece = {GAP_SHAPE_LINE,
                               1,
                               1,
                               n,
                               (uint32_t[]){0, 1},
                               (uint32_t[]){0, n},
                               (double *)(void *)c->xy->data};
    if (n > 1) // of two points it is straight, however long
        c->found(c->user, gap_geometry_copy(&piece),
                 n == 2 ? 1 : winding_of(c->frame, &piece, c->length));
    g_array_set_size(c->xy, 0);
    c->length = 0;
}

static void add_point(Cutter *c, const double *to) {
    if (c->xy->len > 0) {
        const double *end = (const double *)(void *)c->xy->data + 2 * (size_t)(c->xy->len - 1);
        const double last[] = {end[0], end[1]};
        const double cells =
            hypot((to[0] - last[0]) / c->frame->dx, (to[1] - last[1]) / c->frame->dy);
        if (c->length + cells > PIECE && c->xy->len > 1) {
            finish_piece(c);
            g_array_append_vals(c->xy, last, 1);
        }
        c->length += cells;
    }
    g_array_append_vals(c->xy, to, 1);
}

unsigned gap_winding_level(double winding) {
    return (unsigned)nearbyint(log(winding) / log(GAP_WINDING_STEP));
}

void gap_winding_pieces(const GapFrame *frame, const GapGeometry *line, GapWindingFunc found,
                        void *user) {
    g_autoptr(GArray) xy = g_array_new(FALSE, FALSE, 2 * sizeof(double));
    Cutter c = {frame, xy, 0, found, user};
    for (uint32_t r = 0; r < line->n_rings; r++) {
        for (uint32_t i = line->ring[r]; i < line->ring[r + 1]; i++)
            add_point(&c, line->xy + 2 * (size_t)i);
        finish_piece(&c);
    }
}
