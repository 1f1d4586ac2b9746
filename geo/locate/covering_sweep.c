#include "geo/locate/covering.h"

#include <string.h>

/* Set covering by dynamic programming with bounds, for rows that can be swept over in a narrow
 * order (covering_order.c). The first row that is not covered takes each of its columns in turn;
 * partial selections that leave the same rows uncovered are one state, of which the cheapest stays;
 * and one that cannot be completed for less than the best selection is dropped: what is left costs
 * at least the sum of multipliers of its rows, where the multipliers of no column's rows add up to
 * more than its price. The states of a row all come before it is reached, so that when none is left
 * the search is complete.
 *
 * What a selection costs above the sum of all multipliers, its excess, is made up on the way. A
 * first sweep goes backwards with half of the excess that is allowed, and learns how much the rows
 * behind each place cost at least; with that the sweep forwards drops far more. Columns of the two
 * are never the same: those that cover a row before a place reach only so far behind it.
 *
 * Sources: Bellman 1957; Marsten and Morin 1978 (bounds in dynamic programming); Pohl 1971 (two
 * directions). Work: states x columns of a row x rows / 64; memory: states x rows / 8 bytes. Both
 * are limited. */

enum { MOST_ROWS = 1024, MOST_STATES = 8000000, MOST_BYTES = 256 << 20, NO_TRAIL = -1 };

/** What stands before the bits of a state: rows by their place in the order, 1 if not covered. */
typedef struct {
    double price, rest;  /**< of what is taken; what the rest costs at least */
    gint32 from, column; /**< the trail before the last column, and that column */
} State;

typedef struct {
    gint32 from, column;
} Step;

typedef struct {
    GapCovering *s;
    const GapCoverNode *node;
    const GapCover *cover;
    gsize words, size;  /**< of the bits of a state; bytes of a state */
    guint32 *order;     /**< the row of each place */
    double *u;          /**< of each place */
    guint64 *bits;      /**< of each column: the places that it covers */
    GByteArray **waits; /**< states by the place of their first row that is not covered */
    GArray *trail;      /**< Step: how states that were kept came about */
    double total;       /**< sum of u */
    double *beyond;     /**< of each place: excess that rows behind its columns add at least */
    double *least;      /**< of each place: the least excess of states that wait for it */
    double *passed;     /**< of each place: the least excess of what covers all before it */
    gsize bytes;        /**< of all that wait */
} Sweep;

static void sweep_clear(Sweep *w) {
    for (gsize i = 0; w->waits && i < w->cover->n_rows; i++)
        if (w->waits[i])
            g_byte_array_unref(w->waits[i]);
    void *parts[] = {w->order, w->u, w->bits, w->waits, w->beyond, w->least, w->passed};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(parts[i]);
    if (w->trail)
        g_array_unref(w->trail);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sweep, sweep_clear)

static guint64 *bits_of(void *state) {
    return (guint64 *)((guint8 *)state + sizeof(State));
}

/* ---- multipliers ---- */

static void add_to_columns(const GapCover *c, gsize row, double u, double *gain) {
    for (gsize k = c->row_first[row]; k < c->row_first[row + 1]; k++)
        gain[c->row_columns[k]] += u;
}

/** The node's multipliers, made smaller until no column gains more than its price, then greater
 *  row by row as far as that leaves room. By row. */
static double *make_feasible(const GapCovering *s, const GapCoverNode *node) {
    const GapCover *c = node->cover;
    double *u = g_memdup2(node->u, (c->n_rows + 1) * sizeof *u);
    g_autofree double *gain = g_new0(double, c->n_columns + 1);
    for (gsize r = 0; r < c->n_rows; r++)
        add_to_columns(c, r, u[r], gain);
    for (gsize r = 0; r < c->n_rows; r++) {
        double least = 1;
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++) {
            const guint32 j = c->row_columns[k];
            if (gain[j] > s->price[c->site[j]])
                least = fmin(least, s->price[c->site[j]] / gain[j]);
        }
        u[r] *= least;
    }
    memset(gain, 0, c->n_columns * sizeof *gain);
    for (gsize r = 0; r < c->n_rows; r++)
        add_to_columns(c, r, u[r], gain);
    for (gsize r = 0; r < c->n_rows; r++) {
        double room = INFINITY;
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++)
            room = fmin(room, s->price[c->site[c->row_columns[k]]] - gain[c->row_columns[k]]);
        u[r] += fmax(room, 0);
        add_to_columns(c, r, fmax(room, 0), gain);
    }
    return u;
}

/* ---- states ---- */

static void start(Sweep *w, GapCovering *s, const GapCoverNode *node, const double *u,
                  guint32 *order) {
    const GapCover *c = node->cover;
    *w = (Sweep){.s = s,
                 .node = node,
                 .cover = c,
                 .words = (c->n_rows + 63) / 64,
                 .order = order,
                 .u = g_new(double, c->n_rows + 1),
                 .waits = g_new0(GByteArray *, c->n_rows + 1),
                 .trail = g_array_new(FALSE, FALSE, sizeof(Step)),
                 .beyond = g_new0(double, c->n_rows + 1),
                 .least = g_new(double, c->n_rows + 1),
                 .passed = g_new0(double, c->n_rows + 1)};
    w->size = sizeof(State) + w->words * sizeof(guint64);
    w->bits = g_new0(guint64, c->n_columns * w->words + 1);
    for (gsize at = 0; at < c->n_rows; at++) {
        const guint32 r = w->order[at];
        w->total += w->u[at] = u[r];
        w->least[at] = INFINITY;
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++)
            w->bits[c->row_columns[k] * w->words + at / 64] |= G_GUINT64_CONSTANT(1) << at % 64;
    }
}

/** Lets a state wait for the turn of its first uncovered row; bytes as of the struct and bits. */
static void wait_for_turn(Sweep *w, gsize at, const void *state) {
    if (!w->waits[at])
        w->waits[at] = g_byte_array_new();
    g_byte_array_append(w->waits[at], state, (guint)w->size);
    w->bytes += w->size;
    const State *s = state;
    w->least[at] = fmin(w->least[at], s->price + s->rest - w->total);
}

static void begin(Sweep *w) {
    g_autofree guint8 *first = g_malloc0(w->size);
    *(State *)(void *)first = (State){.from = NO_TRAIL, .column = NO_TRAIL};
    ((State *)(void *)first)->rest = w->total;
    for (gsize at = 0; at < w->cover->n_rows; at++)
        bits_of(first)[at / 64] |= G_GUINT64_CONSTANT(1) << at % 64;
    wait_for_turn(w, 0, first);
}

static guint64 hash_of(const Sweep *w, const guint64 *bits) {
    guint64 hash = 0;
    for (gsize k = 0; k < w->words; k++) {
        hash = (hash ^ bits[k]) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    return hash;
}

/** Of states that leave the same rows keeps the cheapest, the first of equals. Answers how many. */
static gsize merge(const Sweep *w, GByteArray *states) {
    const gsize n = states->len / w->size;
    gsize room = 16, kept = 0;
    while (room < 2 * n)
        room *= 2;
    g_autofree guint32 *slots = g_new(guint32, room);
    memset(slots, 0xff, room * sizeof *slots);
    for (gsize i = 0; i < n; i++) {
        guint8 *state = states->data + i * w->size, *other = NULL;
        gsize at = hash_of(w, bits_of(state)) & (room - 1);
        for (; slots[at] != G_MAXUINT32; at = (at + 1) & (room - 1)) {
            other = states->data + slots[at] * w->size;
            if (!memcmp(bits_of(other), bits_of(state), w->words * sizeof(guint64)))
                break;
        }
        if (slots[at] == G_MAXUINT32) {
            slots[at] = (guint32)kept;
            memmove(states->data + kept++ * w->size, state, w->size);
        } else if (((State *)(void *)state)->price < ((State *)(void *)other)->price)
            memcpy(other, state, w->size);
    }
    return kept;
}

/** Offers the selection that led to a state. */
static void offer(Sweep *w, const State *last) {
    g_autofree guint8 *columns = g_new0(guint8, w->cover->n_columns + 1);
    columns[last->column] = 1;
    for (gint32 at = last->from; at != NO_TRAIL;) {
        const Step *step = &g_array_index(w->trail, Step, at);
        if (step->column != NO_TRAIL)
            columns[step->column] = 1;
        at = step->from;
    }
    gap_covering_offer(w->s, w->node, columns);
}

/** What is left of a state when a column comes in: to `next`, or offered where nothing is left. */
static void take(Sweep *w, const void *state, gint32 trail, guint32 column, void *next) {
    const State *old = state;
    const guint64 *before = bits_of((void *)state), *covers = w->bits + column * w->words;
    State *now = next;
    guint64 *after = bits_of(next);
    gsize at = w->cover->n_rows;
    *now =
        (State){old->price + w->s->price[w->cover->site[column]], old->rest, trail, (gint32)column};
    for (gsize k = w->words; k-- > 0;) {
        after[k] = before[k] & ~covers[k];
        for (guint64 gone = before[k] & covers[k]; gone; gone &= gone - 1)
            now->rest -= w->u[64 * k + (gsize)__builtin_ctzll(gone)];
        at = after[k] ? 64 * k + (gsize)__builtin_ctzll(after[k]) : at;
    }
    if (at == w->cover->n_rows)
        offer(w, now);
    else if (!gap_covering_shut(w->s, -(w->node->spent + now->price + now->rest + w->beyond[at])))
        wait_for_turn(w, at, next);
}

/** Takes all states whose first row is at a place one step further. False: too many. */
static bool pass(Sweep *w, gsize at, void *next) {
    const GapCover *c = w->cover;
    const guint32 row = w->order[at];
    GByteArray *states = w->waits[at];
    const gsize n = states ? merge(w, states) : 0;
    if (w->trail->len + n > MOST_STATES)
        return false;
    for (gsize i = 0; i < n && w->bytes < MOST_BYTES; i++) {
        const void *state = states->data + i * w->size;
        const Step step = {((const State *)state)->from, ((const State *)state)->column};
        const gint32 trail = (gint32)w->trail->len;
        g_array_append_val(w->trail, step);
        for (gsize k = c->row_first[row]; k < c->row_first[row + 1]; k++)
            take(w, state, trail, c->row_columns[k], next);
        if (i % 1024 == 1023 && gap_covering_over(w->s, w->node->bound))
            return false;
    }
    if (w->bytes >= MOST_BYTES)
        return false;
    w->bytes -= states ? states->len : 0;
    g_clear_pointer(&w->waits[at], g_byte_array_unref);
    return true;
}

/** Goes through all places, and tells with how little excess each is passed by what is not dropped.
 *  False: too many states; then what was learnt of the places before holds for those behind. */
static bool run(Sweep *w) {
    const gsize n = w->cover->n_rows;
    g_autofree void *next = g_malloc(w->size);
    bool done = true;
    begin(w);
    for (gsize at = 0; at < n; at++) {
        w->passed[at] = INFINITY;
        for (gsize k = at; k < n; k++)
            w->passed[at] = fmin(w->passed[at], w->least[k]);
        w->passed[at] = done ? w->passed[at] : w->passed[at - 1];
        done = done && pass(w, at, next);
    }
    return done;
}

/** The excess that a better selection has at most. */
static double allowed(const Sweep *w) {
    return fmax(0, -w->s->value - w->s->whole - w->node->spent - w->total);
}

/** Sets what is added at least behind each place, from a sweep backwards that dropped no less than
 *  `most`. */
static void learn(Sweep *w, const Sweep *back, double most) {
    const GapCover *c = w->cover;
    g_autofree gsize *place = g_new(gsize, c->n_rows + 1);
    gsize reach = 0; /* places before it are those of columns that cover a row before `at` */
    for (gsize at = 0; at < c->n_rows; at++)
        place[w->order[at]] = at;
    for (gsize at = 0; at < c->n_rows; at++) {
        const guint32 r = w->order[at];
        w->beyond[at] = reach < c->n_rows ? fmin(most, back->passed[c->n_rows - MAX(reach, 1)]) : 0;
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++) {
            const guint32 j = c->row_columns[k];
            for (gsize i = c->column_first[j]; i < c->column_first[j + 1]; i++)
                reach = MAX(reach, place[c->column_rows[i]] + 1);
        }
    }
}

static guint32 *reversed(const guint32 *order, gsize n) {
    guint32 *back = g_new(guint32, n + 1);
    for (gsize k = 0; k < n; k++)
        back[k] = order[n - 1 - k];
    return back;
}

bool gap_cover_sweep(GapCovering *s, const GapCoverNode *node) {
    const gsize n = node->cover->n_rows;
    g_auto(Sweep) there = {0}, back = {0};
    if (n == 0 || n > MOST_ROWS || isinf(s->value))
        return false;
    g_autofree double *u = make_feasible(s, node);
    guint32 *order = gap_cover_order(node->cover, u);
    start(&back, s, node, u, reversed(order, n));
    start(&there, s, node, u, order);
    const double half = allowed(&back) / 2;
    for (gsize at = 0; at < n; at++)
        back.beyond[at] = half;
    run(&back);
    learn(&there, &back, fmax(0, allowed(&back) - half));
    sweep_clear(&back);
    back = (Sweep){0};
    return run(&there);
}
