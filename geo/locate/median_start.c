#include "geo/locate/median.h"

#include <string.h>

enum { MOST_CELLS = 1 << 22 };

// ---- greedy

typedef struct {
    const GapRows *rows;
    double *cost; // of each row from what is chosen
    double *gain; // of each site
} Greedy;

static void greedy_gains(Greedy *g) {
    const GapRows *rows = g->rows;
    memset(g->gain, 0, rows->n_sites * sizeof *g->gain);
    for (guint32 i = 0; i < rows->n_rows; i++) {
        g->cost[i] = rows->outside[i];
        for (gsize k = rows->first[i]; k < rows->first[i + 1]; k++)
            g->gain[rows->site[k]] += g->cost[i] - rows->cost[k];
    }
}

static void greedy_take(Greedy *g, guint32 site) {
    const GapRows *rows = g->rows;
    for (guint32 i = 0; i < rows->n_rows; i++) {
        gsize k = rows->first[i];
        const gsize end = rows->first[i + 1];
        while (k < end && rows->cost[k] < g->cost[i] && rows->site[k] != site)
            k++;
        if (k == end || rows->site[k] != site || rows->cost[k] >= g->cost[i])
            continue;
        const double was = g->cost[i], is = rows->cost[k];
        for (k = rows->first[i]; k < end && rows->cost[k] < was; k++)
            g->gain[rows->site[k]] -= was - MAX(rows->cost[k], is);
        g->cost[i] = is;
    }
}

// The site to add, or -1: of those not barred the one of most gain.
static gint32 greedy_best(const Greedy *g, const GapLimits *limits, const GapTally *tally,
                          const GapSite *priced, const bool *barred) {
    gint32 best = -1;
    double most = -INFINITY;
    for (guint32 j = 0; j < g->rows->n_sites; j++) {
        if (barred[j] || !gap_limits_fit(limits, tally, g->rows->id[j]))
            continue;
        const double worth =
            priced ? g->gain[j] / (priced[g->rows->id[j]].cost + 1e-9) : g->gain[j];
        if (worth > most) {
            most = worth;
            best = (gint32)j;
        }
    }
    return best;
}

// Whether the rest can still be met when the site is taken; takes it then.
static bool greedy_try(const GapRows *rows, GapLimits *limits, GapTally *tally, guint32 site,
                       const bool *in, guint32 *may) {
    gap_tally_add(limits, tally, rows->id[site]);
    gsize n = 0;
    for (guint32 j = 0; j < rows->n_sites; j++)
        if (gap_limits_fit(limits, tally, rows->id[j]) && j != site && !in[j])
            may[n++] = rows->id[j];
    if (gap_limits_completable(limits, tally, may, n))
        return true;
    gap_tally_remove(limits, tally, rows->id[site]);
    return false;
}

bool gap_start_greedy(const GapRows *rows, GapLimits *limits, const GapTally *tally,
                      const GapSite *priced, bool *in) {
    g_autofree double *cost = g_new(double, rows->n_rows + 1);
    g_autofree double *gain = g_new(double, rows->n_sites + 1);
    g_autofree bool *barred = g_new0(bool, rows->n_sites + 1);
    g_autofree guint32 *may = g_new(guint32, rows->n_sites + 1);
    g_autoptr(GapTally) taken = gap_tally_copy(limits, tally);
    Greedy g = {rows, cost, gain};
    greedy_gains(&g);
    memset(in, 0, rows->n_sites * sizeof *in);
    for (gint32 j; (j = greedy_best(&g, limits, taken, priced, barred)) >= 0;) {
        barred[j] = true;
        if ((gain[j] <= 0 && gap_limits_hold(limits, taken)) ||
            !greedy_try(rows, limits, taken, (guint32)j, in, may))
            continue;
        in[j] = true;
        greedy_take(&g, (guint32)j);
    }
    return gap_limits_hold(limits, taken);
}

// ---- swaps

typedef struct {
    const GapRows *rows;
    bool *in;
    guint32 n_in, *of_in; // the sites that are in, ascending
    gint32 *place_in;     // of each site in `of_in`, or -1
    double *gain;         // of each site not in: what adding it saves
    double *loss;         // of each of `of_in`: what leaving it out costs
    double *extra;        // of the two together, beyond gain - loss: n_in x block
    guint32 block;
} Swap;

typedef struct {
    double profit;
    gint32 out; // -1: none goes
    guint32 add;
} Move;

static double swap_list(Swap *s) {
    s->n_in = 0;
    for (guint32 j = 0; j < s->rows->n_sites; j++) {
        s->place_in[j] = s->in[j] ? (gint32)s->n_in : -1;
        if (s->in[j])
            s->of_in[s->n_in++] = j;
    }
    return gap_rows_cost(s->rows, s->in);
}

// Gains and extras of sites from..to - 1; losses.
static void swap_tables(Swap *s, guint32 from, guint32 to) {
    const GapRows *rows = s->rows;
    memset(s->gain, 0, rows->n_sites * sizeof *s->gain);
    memset(s->loss, 0, (s->n_in + 1) * sizeof *s->loss);
    memset(s->extra, 0, (gsize)s->n_in * s->block * sizeof *s->extra);
    for (guint32 i = 0; i < rows->n_rows; i++) {
        const gsize end = rows->first[i + 1];
        gsize k = rows->first[i];
        for (; k < end && !s->in[rows->site[k]]; k++)
            ;
        const double near = k < end ? rows->cost[k] : rows->outside[i];
        const gint32 nearest = k < end ? s->place_in[rows->site[k]] : -1;
        for (gsize q = rows->first[i]; q < k; q++)
            s->gain[rows->site[q]] += near - rows->cost[q];
        if (nearest < 0)
            continue;
        for (k++; k < end && !s->in[rows->site[k]]; k++)
            ;
        const double second = k < end ? rows->cost[k] : rows->outside[i];
        s->loss[nearest] += second - near;
        double *extra = s->extra + (gsize)nearest * s->block;
        for (gsize q = rows->first[i]; q < k; q++)
            if (rows->site[q] >= from && rows->site[q] < to)
                extra[rows->site[q] - from] += second - MAX(rows->cost[q], near);
    }
}

static bool swap_allowed(const Swap *s, const GapLimits *limits, GapTally *tally, Move move) {
    const guint32 *id = s->rows->id;
    if (move.out >= 0)
        gap_tally_remove(limits, tally, id[s->of_in[move.out]]);
    bool may = gap_limits_fit(limits, tally, id[move.add]);
    gap_tally_add(limits, tally, id[move.add]);
    may = may && gap_limits_hold(limits, tally);
    gap_tally_remove(limits, tally, id[move.add]);
    if (move.out >= 0)
        gap_tally_add(limits, tally, id[s->of_in[move.out]]);
    return may;
}

static void swap_best(const Swap *s, const GapLimits *limits, GapTally *tally, guint32 from,
                      guint32 to, Move *best) {
    for (guint32 j = from; j < to; j++) {
        if (s->in[j] || s->gain[j] <= best->profit)
            continue;
        const Move add = {s->gain[j], -1, j};
        if (swap_allowed(s, limits, tally, add)) {
            *best = add;
            continue;
        }
        for (guint32 r = 0; r < s->n_in; r++) {
            const Move move = {s->gain[j] - s->loss[r] + s->extra[(gsize)r * s->block + j - from],
                               (gint32)r, j};
            if (move.profit > best->profit && swap_allowed(s, limits, tally, move))
                *best = move;
        }
    }
}

static bool swap_once(Swap *s, const GapLimits *limits, GapTally *tally, double value) {
    Move best = {1e-12 * value, -1, 0};
    const Move none = best;
    for (guint32 from = 0; from < s->rows->n_sites; from += s->block) {
        const guint32 to = MIN(from + s->block, s->rows->n_sites);
        swap_tables(s, from, to);
        swap_best(s, limits, tally, from, to, &best);
    }
    if (best.profit <= none.profit)
        return false;
    if (best.out >= 0) {
        s->in[s->of_in[best.out]] = false;
        gap_tally_remove(limits, tally, s->rows->id[s->of_in[best.out]]);
    }
    s->in[best.add] = true;
    gap_tally_add(limits, tally, s->rows->id[best.add]);
    return true;
}

double gap_start_improve(const GapRows *rows, GapLimits *limits, const GapTally *tally, bool *in,
                         GapWatch *watch) {
    const gsize n = rows->n_sites;
    g_autofree guint32 *of_in = g_new(guint32, n + 1);
    g_autofree gint32 *place_in = g_new(gint32, n + 1);
    g_autofree double *gain = g_new(double, n + 1), *loss = g_new(double, n + 1);
    g_autoptr(GapTally) taken = gap_tally_copy(limits, tally);
    Swap s = {rows, in, 0, of_in, place_in, gain, loss, NULL, 0};
    double value = swap_list(&s);
    for (guint32 r = 0; r < s.n_in; r++)
        gap_tally_add(limits, taken, rows->id[of_in[r]]);
    // Additions make it more sites; room for twice as many is room enough, or there are more
    // blocks.
    s.block = (guint32)CLAMP(MOST_CELLS / (s.n_in + 1), 1, n + 1);
    gsize room = 0;
    g_autofree double *extra = NULL;
    do {
        if ((gsize)s.n_in * s.block >= room) {
            room = 2 * ((gsize)s.n_in + 1) * s.block;
            g_free(extra);
            s.extra = extra = g_new(double, room);
        }
    } while (!gap_watch_over(watch, value, NAN) && swap_once(&s, limits, taken, value) &&
             (value = swap_list(&s)) >= 0);
    return value;
}
