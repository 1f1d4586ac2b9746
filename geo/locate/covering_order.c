#include "geo/locate/covering.h"

#include <stdlib.h>
#include <string.h>

/* An order of rows in which those that share columns stand near each other, as when a line sweeps
 * over a map. Rows that share much are close (Jaccard 1901); the way along close rows measures how
 * far two are apart (Dijkstra 1959). From four rows that are far from each other, as corners are,
 * come some sweeps, of which the narrowest is taken (Gibbs, Poole and Stockmeyer 1976 order
 * matrices so). O(rows^2). */

enum { CORNERS = 4 };

/* How the distances from the corners make the place in a sweep. */
static const gint8 sweeps[][CORNERS] = {{1, -1, 0, 0},  {1, 0, -1, 0},  {1, 0, 0, -1},
                                        {0, 1, -1, 0},  {0, 1, 0, -1},  {0, 0, 1, -1},
                                        {1, 1, -1, -1}, {1, -1, 1, -1}, {1, -1, -1, 1}};

typedef struct {
    double place;
    guint32 row;
} Place;

typedef struct {
    guint32 n;
    float *apart;             /**< n x n: of rows that share a column, else INFINITY */
    double *far[CORNERS];     /**< of each row: how far from the corner */
    const double *u;          /**< of each row */
    guint8 *placed, *touched; /**< of each row */
} Order;

static void order_clear(Order *o) {
    g_free(o->apart);
    g_free(o->placed);
    g_free(o->touched);
    for (int i = 0; i < CORNERS; i++)
        g_free(o->far[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Order, order_clear)

static gsize length_of(const GapCover *c, gsize row) {
    return c->row_first[row + 1] - c->row_first[row];
}

static void measure(Order *o, const GapCover *c) {
    for (gsize k = 0; k < (gsize)o->n * o->n; k++)
        o->apart[k] = 0;
    for (gsize j = 0; j < c->n_columns; j++)
        for (gsize a = c->column_first[j]; a < c->column_first[j + 1]; a++)
            for (gsize b = c->column_first[j]; b < c->column_first[j + 1]; b++)
                o->apart[(gsize)c->column_rows[a] * o->n + c->column_rows[b]]++;
    for (gsize a = 0; a < o->n; a++)
        for (gsize b = 0; b < o->n; b++) {
            float *x = &o->apart[a * o->n + b];
            const float all = (float)(length_of(c, a) + length_of(c, b)) - *x;
            *x = *x > 0 ? 1 - *x / all : INFINITY;
        }
}

static void find_far(const Order *o, guint32 from, double *far) {
    g_autofree guint8 *done = g_new0(guint8, o->n + 1);
    for (guint32 i = 0; i < o->n; i++)
        far[i] = INFINITY;
    far[from] = 0;
    for (;;) {
        guint32 at = o->n;
        for (guint32 i = 0; i < o->n; i++)
            if (!done[i] && isfinite(far[i]) && (at == o->n || far[i] < far[at]))
                at = i;
        if (at == o->n)
            return;
        done[at] = 1;
        for (guint32 i = 0; i < o->n; i++)
            far[i] = fmin(far[i], far[at] + (double)o->apart[(gsize)at * o->n + i]);
    }
}

/** The row farthest from the first `n` corners. */
static guint32 farthest(const Order *o, int n) {
    guint32 best = 0;
    double most = -1;
    for (guint32 i = 0; i < o->n; i++) {
        double least = INFINITY;
        for (int k = 0; k < n; k++)
            least = fmin(least, o->far[k][i]);
        if (isfinite(least) && least > most) {
            most = least;
            best = i;
        }
    }
    return best;
}

static int by_place(const void *a, const void *b) {
    const Place *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/** The most multipliers of rows that are touched and not yet passed. */
static double width_of(const Order *o, const Place *places, guint32 n) {
    double now = 0, most = 0;
    memset(o->touched, 0, o->n);
    for (guint32 k = 0; k < n; k++) {
        const guint32 row = places[k].row;
        for (guint32 i = 0; i < o->n; i++)
            if (isfinite(o->apart[(gsize)row * o->n + i]) && !o->touched[i]) {
                o->touched[i] = 1;
                now += o->u[i];
            }
        most = fmax(most, now);
        now -= o->u[row];
    }
    return most;
}

/** Rows that hang together with `first`, in the narrowest order, to `order`. Answers how many. */
static guint32 place_part(Order *o, guint32 first, guint32 *order) {
    g_autofree Place *places = g_new(Place, o->n);
    double narrowest = INFINITY;
    guint32 n = 0;
    find_far(o, first, o->far[0]);
    for (int i = 0; i < CORNERS; i++)
        find_far(o, farthest(o, MAX(i, 1)), o->far[i]);
    for (gsize s = 0; s < G_N_ELEMENTS(sweeps); s++) {
        n = 0;
        for (guint32 i = 0; i < o->n; i++) {
            double place = 0;
            if (!isfinite(o->far[0][i]))
                continue;
            for (int k = 0; k < CORNERS; k++)
                place += sweeps[s][k] * o->far[k][i];
            places[n++] = (Place){place, i};
        }
        qsort(places, n, sizeof *places, by_place);
        const double width = width_of(o, places, n);
        for (guint32 k = 0; k < n && width < narrowest; k++)
            order[k] = places[k].row;
        narrowest = fmin(narrowest, width);
    }
    for (guint32 k = 0; k < n; k++)
        o->placed[order[k]] = 1;
    return n;
}

guint32 *gap_cover_order(const GapCover *c, const double *u) {
    const guint32 n = (guint32)c->n_rows;
    guint32 *order = g_new(guint32, (gsize)n + 1), at = 0;
    g_auto(Order) o = {.n = n,
                       .u = u,
                       .apart = g_new(float, (gsize)n *n + 1),
                       .placed = g_new0(guint8, n + 1),
                       .touched = g_new(guint8, n + 1)};
    for (int i = 0; i < CORNERS; i++)
        o.far[i] = g_new(double, n + 1);
    measure(&o, c);
    for (guint32 i = 0; i < n; i++)
        if (!o.placed[i])
            at += place_part(&o, i, order + at);
    return order;
}
