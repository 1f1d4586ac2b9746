#include "styles/label/along.h"

#include <math.h>
#include <string.h>

enum { STEPS_MAX = 20000, JOINED_MAX = 400 };
static const double longest_way = 1.6; // of a window's line, to its chord

/* ---- the line ---- */

/** Parts end to end as one: x, y, x, y, ... */
typedef struct {
    GArray *xy;
    bool used;
} Chain;

static void chain_clear(gpointer data) {
    g_array_unref(((Chain *)data)->xy);
}

static GArray *chains_of(const GapGeometry *line) {
    GArray *chains = g_array_new(FALSE, FALSE, sizeof(Chain));
    g_array_set_clear_func(chains, chain_clear);
    for (uint32_t r = 0; r < line->n_rings; r++) {
        Chain chain = {g_array_new(FALSE, FALSE, sizeof(double)), false};
        uint32_t n = line->ring[r + 1] - line->ring[r];
        g_array_append_vals(chain.xy, line->xy + 2 * (size_t)line->ring[r], 2 * n);
        g_array_append_val(chains, chain);
    }
    return chains;
}

static const double *end_of(const Chain *c, bool last) {
    return (const double *)(const void *)c->xy->data + (last ? c->xy->len - 2 : 0);
}

static bool meet(const double *p, const double *q) {
    return hypot(p[0] - q[0], p[1] - q[1]) < 0.5;
}

static void reverse(Chain *c) {
    double *xy = (double *)(void *)c->xy->data;
    for (guint i = 0, k = c->xy->len / 2; i + 1 < k--; i++)
        for (guint d = 0; d < 2; d++) {
            double kept = xy[2 * i + d];
            xy[2 * i + d] = xy[2 * k + d];
            xy[2 * k + d] = kept;
        }
}

/** Puts `b` behind `a` where an end of one meets an end of the other. */
static bool join(Chain *a, Chain *b) {
    for (int turn = 0; turn < 4; turn++) {
        if (meet(end_of(a, true), end_of(b, false))) {
            g_array_append_vals(a->xy, end_of(b, false), b->xy->len);
            b->used = true;
            return true;
        }
        reverse(turn % 2 ? a : b);
    }
    return false;
}

/** Grows each chain by all that meet it. Beyond some hundreds of parts they stay as they are. */
static void join_all(GArray *chains) {
    for (guint i = 0; chains->len <= JOINED_MAX && i < chains->len; i++) {
        Chain *a = &g_array_index(chains, Chain, i);
        for (guint k = i + 1; !a->used && k < chains->len; k++) {
            Chain *b = &g_array_index(chains, Chain, k);
            if (!b->used && join(a, b))
                k = i; // from the first again: the ends moved
        }
    }
}

static double length_of(const Chain *c) {
    const double *xy = end_of(c, false);
    double length = 0;
    for (guint i = 2; i + 1 < c->xy->len; i += 2)
        length += hypot(xy[i] - xy[i - 2], xy[i + 1] - xy[i - 1]);
    return length;
}

/** Points every `step` along the chain. Returns: (transfer full): x, y, x, y, ... */
static GArray *walk(const Chain *c, double step) {
    GArray *out = g_array_new(FALSE, FALSE, sizeof(double));
    const double *xy = end_of(c, false);
    double next = 0; // from the point before
    for (guint i = 2; i + 1 < c->xy->len; i += 2) {
        double dx = xy[i] - xy[i - 2], dy = xy[i + 1] - xy[i - 1], d = hypot(dx, dy);
        for (; next < d; next += step) {
            double at[] = {xy[i - 2] + dx * next / d, xy[i - 1] + dy * next / d};
            g_array_append_vals(out, at, 2);
        }
        next -= d;
    }
    return out;
}

/* ---- a window ---- */

/** y = a + b t + c t^2 with t = x / half, x along the chord from its middle, y to its right. */
typedef struct {
    double x, y, ux, uy, half; /**< middle and direction of the chord */
    double a, b, c;
    double over, under; /**< how far the line strays to either side of the parabola */
} Window;

static void local(const Window *w, const double *p, double *t, double *v) {
    double dx = p[0] - w->x, dy = p[1] - w->y;
    *t = (dx * w->ux + dy * w->uy) / w->half;
    *v = dx * -w->uy + dy * w->ux;
}

/** Least squares of a parabola: Cramer's rule on the normal equations. */
static bool fit(Window *w, const double *xy, guint n) {
    double s[5] = {0}, q[3] = {0};
    for (guint i = 0; i < n; i++) {
        double t, v, power = 1;
        local(w, xy + 2 * i, &t, &v);
        for (int k = 0; k < 5; k++, power *= t) {
            s[k] += power;
            if (k < 3)
                q[k] += power * v;
        }
    }
    double m0 = s[2] * s[4] - s[3] * s[3], m1 = s[1] * s[4] - s[2] * s[3],
           m2 = s[1] * s[3] - s[2] * s[2];
    double det = s[0] * m0 - s[1] * m1 + s[2] * m2;
    if (!(fabs(det) > 1e-9))
        return false;
    w->a =
        (q[0] * m0 - s[1] * (q[1] * s[4] - q[2] * s[3]) + s[2] * (q[1] * s[3] - q[2] * s[2])) / det;
    w->b =
        (s[0] * (q[1] * s[4] - q[2] * s[3]) - q[0] * m1 + s[2] * (s[1] * q[2] - s[2] * q[1])) / det;
    w->c =
        (s[0] * (s[2] * q[2] - s[3] * q[1]) - s[1] * (s[1] * q[2] - s[2] * q[1]) + q[0] * m2) / det;
    return true;
}

/** The window from point 0 to n - 1, turned so that it reads from left to right, or upwards. */
static bool open_window(const double *xy, guint n, Window *w) {
    const double *p = xy, *q = xy + 2 * (n - 1);
    double dx = q[0] - p[0], dy = q[1] - p[1], chord = hypot(dx, dy);
    bool backwards = fabs(dx) > 0.05 * chord ? dx < 0 : dy > 0;
    double sign = backwards ? -1 : 1;
    *w = (Window){.x = (p[0] + q[0]) / 2,
                  .y = (p[1] + q[1]) / 2,
                  .ux = sign * dx / chord,
                  .uy = sign * dy / chord,
                  .half = chord / 2};
    if (!(chord > 0) || !fit(w, xy, n))
        return false;
    for (guint i = 0; i < n; i++) {
        double t, v;
        local(w, xy + 2 * i, &t, &v);
        double stray = v - (w->a + w->b * t + w->c * t * t);
        w->over = fmax(w->over, -stray);
        w->under = fmax(w->under, stray);
    }
    return true;
}

/** Radians from the chord. */
static double slope(const Window *w, double t) {
    return atan((w->b + 2 * w->c * t) / w->half);
}

/* ---- letters on it ---- */

/** How far on the parabola t is from its middle, both ways, in steps of t: half as many again as
 * the chord has, since the parabola is longer. */
enum { TABLE = 48 };
typedef struct {
    double t_step, arc[2][TABLE + 1];
} Arcs;

static void measure_arcs(const Window *w, Arcs *arcs) {
    arcs->t_step = 1.5 / TABLE;
    for (int way = 0; way < 2; way++) {
        double step = way ? arcs->t_step : -arcs->t_step;
        arcs->arc[way][0] = 0;
        for (int k = 0; k < TABLE; k++) {
            double rise = w->b + 2 * w->c * step * (k + 0.5); // in the middle of the step
            double d = sqrt(w->half * w->half + rise * rise) * arcs->t_step;
            arcs->arc[way][k + 1] = arcs->arc[way][k] + d;
        }
    }
}

/** Where the parabola is `off` pixels from its middle; NaN beyond the table. */
static double t_at(const Arcs *arcs, double off) {
    const double *arc = arcs->arc[off > 0];
    double d = fabs(off);
    int k = 1;
    while (k <= TABLE && arc[k] < d)
        k++;
    if (k > TABLE)
        return NAN;
    double t = arcs->t_step * (k - 1 + (d - arc[k - 1]) / (arc[k] - arc[k - 1]));
    return off > 0 ? t : -t;
}

/** Places the clusters on the parabola, its middle at theirs. False where it turns too much between
 *  two, or is too short. */
static bool set_letters(const GapLabelLine *want, const Window *w, GapTextPlace *places) {
    const GapGlyphCluster *cluster = (const GapGlyphCluster *)(const void *)want->clusters->data;
    const guint n = want->clusters->len;
    double middle = (cluster[0].middle - cluster[0].width / 2 + cluster[n - 1].middle +
                     cluster[n - 1].width / 2) /
                    2;
    double turn = atan2(w->uy, w->ux);
    Arcs arcs;
    measure_arcs(w, &arcs);
    for (guint i = 0; i < n; i++) {
        double t = t_at(&arcs, cluster[i].middle - middle);
        double x = t * w->half, v = w->a + w->b * t + w->c * t * t;
        places[i] = (GapTextPlace){w->x + x * w->ux - v * w->uy, w->y + x * w->uy + v * w->ux,
                                   cluster[i].width, want->height, turn + slope(w, t)};
        if (isnan(t) || (i && fabs(places[i].angle - places[i - 1].angle) > want->max_angle))
            return false;
    }
    return true;
}

/** Moves them across the chord. */
static void shift_letters(const Window *w, double by, GapTextPlace *places, guint n) {
    for (guint i = 0; i < n; i++) {
        places[i].x -= by * w->uy;
        places[i].y += by * w->ux;
    }
}

static double price_of_letters(const GapLabelLine *want, GapLabelRoom *room,
                               const GapTextPlace *places, double limit) {
    double cost = 0;
    for (guint i = 0; want->shun && i < want->shun->len; i += 2)
        if (hypot(places[0].x - g_array_index(want->shun, double, i),
                  places[0].y - g_array_index(want->shun, double, i + 1)) < want->apart)
            return INFINITY;
    GapItem item = {.along = (GapTextPlace *)places, .n_along = want->clusters->len};
    g_autoptr(GArray) boxes = gap_scene_text_boxes(&item);
    for (guint i = 0; i < boxes->len && cost < limit; i++)
        cost += gap_label_room_price(room, g_array_index(boxes, GapBox, i), GAP_LABEL_OF_POINT);
    return cost;
}

/* ---- the best of all ---- */

typedef struct {
    const GapLabelLine *want;
    GapLabelRoom *room;
    GapTextPlace *best, *trial, *letters; // the last on the parabola itself
    double cost;                          // of the best, at first the limit
} Search;

/** What a window costs whatever lies there; `side`: -1 above the line, 1 below, 0 on it. */
static double window_cost(const GapLabelLine *want, const Window *w, int side) {
    double stray = side < 0 ? w->over : side > 0 ? w->under : fmax(w->over, w->under);
    double bend = fabs(slope(w, 1) - slope(w, -1));
    double steep = fabs(atan2(w->uy, w->ux));
    if (bend > 2 * G_PI / 3)
        return INFINITY;
    return (side == 0  ? 0.35
            : side > 0 ? 0.08
                       : 0) +
           0.3 * stray / want->size + 0.3 * bend + 0.35 * fmax(steep - G_PI / 4, 0);
}

static void try_window(Search *s, const Window *w) {
    static const int sides[] = {-1, 1, 0};
    const guint n = s->want->clusters->len;
    bool set = false;
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
        double gap = s->want->height / 2 + 0.22 * s->want->size;
        double shift = sides[i] < 0 ? -w->over - gap : sides[i] > 0 ? w->under + gap : 0;
        double cost = window_cost(s->want, w, sides[i]);
        if (cost >= s->cost)
            continue;
        if (!set && !set_letters(s->want, w, s->letters))
            return;
        set = true;
        memcpy(s->trial, s->letters, n * sizeof *s->trial);
        shift_letters(w, shift, s->trial, n);
        cost += price_of_letters(s->want, s->room, s->trial, s->cost - cost);
        if (cost >= s->cost)
            continue;
        GapTextPlace *other = s->best;
        s->best = s->trial;
        s->trial = other;
        s->cost = cost;
    }
}

/** The first point at least `wide` from the first of n as the crow flies, or 0. */
static guint far_enough(const double *xy, guint n, guint least, double wide) {
    for (guint i = least; i < n; i++) {
        double dx = xy[2 * i] - xy[0], dy = xy[2 * i + 1] - xy[1];
        if (dx * dx + dy * dy >= wide * wide)
            return i;
    }
    return 0;
}

static void search_chain(Search *s, const Chain *chain, double wide, double step) {
    g_autoptr(GArray) points = walk(chain, step);
    const double *xy = (const double *)(const void *)points->data;
    guint n = points->len / 2, least = (guint)(wide / step);
    guint most = (guint)(longest_way * wide / step) + 2;
    for (guint i = 0; i + least < n; i += 2) {
        guint end = far_enough(xy + 2 * i, MIN(most, n - i), least, wide);
        Window w;
        if (end && open_window(xy + 2 * i, end + 1, &w))
            try_window(s, &w);
    }
}

GapTextPlace *gap_label_along(const GapLabelLine *want, GapLabelRoom *room, double limit,
                              double *cost) {
    guint n = want->clusters->len;
    if (!n)
        return NULL;
    const GapGlyphCluster *last = &g_array_index(want->clusters, GapGlyphCluster, n - 1);
    double wide = last->middle + last->width / 2 + want->size, length = 0;
    g_autoptr(GArray) chains = chains_of(want->line);
    join_all(chains);
    for (guint i = 0; i < chains->len; i++)
        length += length_of(&g_array_index(chains, Chain, i));
    if (!isfinite(length) || !(wide > 0))
        return NULL;
    double step = fmax(fmax(want->size / 4, 1), length / STEPS_MAX);
    Search s = {want, room, g_new(GapTextPlace, n), g_new(GapTextPlace, n), g_new(GapTextPlace, n),
                limit};
    for (guint i = 0; i < chains->len; i++) {
        const Chain *chain = &g_array_index(chains, Chain, i);
        if (!chain->used && chain->xy->len >= 4)
            search_chain(&s, chain, wide, step);
    }
    g_free(s.trial);
    g_free(s.letters);
    if (s.cost >= limit)
        g_clear_pointer(&s.best, g_free);
    *cost = s.cost;
    return s.best;
}
