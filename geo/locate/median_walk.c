/* A walk for a selection that reaches all: one site out, one in, rows out of reach weighing more
 * with each step that they stay so (Gao, Weise and Li 2015: row weighting local search). */
#include "geo/locate/median.h"

#include <string.h>

typedef struct {
    const GapRows *rows;
    GapLimits *limits;
    GapTally *tally;
    bool *in;
    gsize *from;
    guint32 *at;                     // rows of each site
    guint32 *reached;                // of each row: by how many sites
    guint32 *out, *place_out, n_out; // rows out of reach; the place of each in that list
    gint64 *weight, *score;          // of rows; of sites: what going in or out would change
    guint32 *since;                  // of sites: the step of their last change
    gint32 left;                     // the site that went last: it does not come back at once
} Walk;

static void rescore(Walk *w, guint32 row, gint64 outs, gint64 ins) {
    for (gsize k = w->rows->first[row]; k < w->rows->first[row + 1]; k++)
        w->score[w->rows->site[k]] += w->in[w->rows->site[k]] ? ins : outs;
}

static void flip(Walk *w, guint32 site) {
    const bool in = w->in[site] = !w->in[site];
    gint64 own = 0;
    for (gsize q = w->from[site]; q < w->from[site + 1]; q++) {
        const guint32 row = w->at[q], was = w->reached[row];
        const gint64 weight = w->weight[row];
        w->reached[row] += in ? 1 : -1;
        if (in && was == 0) {
            rescore(w, row, -weight, 0);
            const guint32 last = w->out[--w->n_out];
            w->out[w->place_out[row]] = last;
            w->place_out[last] = w->place_out[row];
        } else if (in && was == 1)
            rescore(w, row, 0, -weight);
        else if (!in && was == 1) {
            rescore(w, row, weight, 0);
            w->place_out[row] = w->n_out;
            w->out[w->n_out++] = row;
        } else if (!in && was == 2)
            rescore(w, row, 0, weight);
        own += (in && was == 0) || (!in && was == 1) ? weight : 0;
    }
    w->score[site] = own;
    (in ? gap_tally_add : gap_tally_remove)(w->limits, w->tally, w->rows->id[site]);
}

static bool better(const Walk *w, guint32 a, gint32 b, int sign) {
    if (b < 0 || w->score[a] != w->score[b])
        return b < 0 || sign * w->score[a] > sign * w->score[b];
    return w->since[a] < w->since[b];
}

// The site whose leaving costs least, but the one that came last; -1: none.
static gint32 to_leave(const Walk *w, guint32 step) {
    gint32 best = -1;
    for (guint32 j = 0; j < w->rows->n_sites; j++)
        if (w->in[j] && (w->since[j] < step || !step) && better(w, j, best, -1))
            best = (gint32)j;
    return best;
}

// The site of most gain that reaches the row and may be; -1: none.
static gint32 to_come(Walk *w, guint32 row) {
    gint32 best = -1;
    for (gsize k = w->rows->first[row]; k < w->rows->first[row + 1]; k++) {
        const guint32 j = w->rows->site[k];
        if ((gint32)j != w->left && !w->in[j] &&
            gap_limits_fit(w->limits, w->tally, w->rows->id[j]) && better(w, j, best, 1))
            best = (gint32)j;
    }
    return best;
}

static void walk_step(Walk *w, GRand *rand, guint32 step) {
    const gint32 leaves = to_leave(w, step);
    w->left = leaves;
    if (leaves >= 0) {
        flip(w, (guint32)leaves);
        w->since[leaves] = step;
    }
    const gint32 comes = to_come(w, w->out[g_rand_int_range(rand, 0, (gint32)w->n_out)]);
    if (comes >= 0) {
        flip(w, (guint32)comes);
        w->since[comes] = step + 1;
    }
    for (guint32 k = 0; k < w->n_out; k++) {
        w->weight[w->out[k]]++;
        rescore(w, w->out[k], 1, 0);
    }
}

bool gap_reach_walk(const GapRows *rows, GapLimits *limits, const GapTally *tally, bool *in,
                    guint32 steps, GapWatch *watch) {
    const gsize n = rows->n_rows, m = rows->n_sites;
    g_autofree gsize *from = g_new(gsize, m + 2);
    g_autofree guint32 *at = gap_rows_transpose(rows, from);
    g_autofree guint32 *reached = g_new0(guint32, n + 1), *out = g_new(guint32, n + 1);
    g_autofree guint32 *place = g_new(guint32, n + 1), *since = g_new0(guint32, m + 1);
    g_autofree gint64 *weight = g_new(gint64, n + 1), *score = g_new0(gint64, m + 1);
    g_autofree bool *now = g_new0(bool, m + 1);
    g_autoptr(GapTally) taken = gap_tally_copy(limits, tally);
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    Walk w = {rows, limits, taken, now, from, at, reached, out, place, 0, weight, score, since, -1};
    for (guint32 i = 0; i < n; i++) {
        weight[i] = 1;
        out[i] = place[i] = i;
        rescore(&w, i, 1, 0);
    }
    w.n_out = (guint32)n;
    for (guint32 j = 0; j < m; j++)
        if (in[j])
            flip(&w, j);
    for (guint32 step = 1; w.n_out && step < steps && !gap_watch_over(watch, 1, 0); step++)
        walk_step(&w, rand, step);
    if (w.n_out || !gap_limits_hold(limits, taken))
        return false;
    memcpy(in, now, m * sizeof *in);
    return true;
}
