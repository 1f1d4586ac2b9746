#include "geo/base/error.h"
#include "geo/locate/median.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    double cost;
    guint32 site;
} Pair;

static int by_cost(const void *a, const void *b) {
    const Pair *x = a, *y = b;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    return x->site < y->site ? -1 : x->site > y->site;
}

void gap_rows_free(GapRows *rows) {
    if (!rows)
        return;
    g_free(rows->first);
    g_free(rows->site);
    g_free(rows->cost);
    g_free(rows->outside);
    g_free(rows->row);
    g_free(rows->id);
    g_free(rows);
}

static GapRows *rows_new(gsize n_rows, gsize n_sites, gsize n_pairs) {
    g_autoptr(GapRows) rows = g_new0(GapRows, 1);
    rows->first = g_try_new(gsize, n_rows + 1);
    rows->site = g_try_new(guint32, n_pairs + 1);
    rows->cost = g_try_new(double, n_pairs + 1);
    rows->outside = g_try_new(double, n_rows + 1);
    rows->row = g_try_new(guint32, n_rows + 1);
    rows->id = g_try_new(guint32, n_sites + 1);
    if (!rows->first || !rows->site || !rows->cost || !rows->outside || !rows->row || !rows->id)
        return NULL;
    rows->first[0] = 0;
    return g_steal_pointer(&rows);
}

// The pairs of one demand with free sites, dearest last, and what the sites that stand cost it.
static gsize gather(const GapLocateProblem *problem, gsize i, const gint32 *number, Pair *pairs,
                    double *outside) {
    gsize n = 0;
    for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
        if (problem->sites[problem->site[k]].state == GAP_SITE_OPEN)
            *outside = MIN(*outside, problem->weight[i] * problem->minutes[k]);
    for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
        const double cost = problem->weight[i] * problem->minutes[k];
        if (number[problem->site[k]] >= 0 && cost < *outside)
            pairs[n++] = (Pair){cost, (guint32)number[problem->site[k]]};
    }
    qsort(pairs, n, sizeof *pairs, by_cost);
    return n;
}

static double far_of(const GapLocateProblem *problem) {
    double sum = 1;
    for (gsize i = 0; i < problem->n_demand; i++) {
        double most = 0;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            most = MAX(most, problem->weight[i] * problem->minutes[k]);
        sum += 2 * most;
    }
    return sum;
}

// Numbers the sites that may be taken; answers the number of each site, or -1.
static gint32 *number_sites(const GapLocateProblem *problem, GapRows *rows) {
    gint32 *number = g_new(gint32, problem->n_sites);
    for (gsize j = 0; j < problem->n_sites; j++) {
        const GapSiteState state = problem->sites[j].state;
        const bool free = state == GAP_SITE_FREE || state == GAP_SITE_FORCED;
        number[j] = free ? (gint32)rows->n_sites : -1;
        if (free)
            rows->id[rows->n_sites++] = (guint32)j;
    }
    return number;
}

static void add_row(GapRows *rows, gsize i, const Pair *pairs, gsize n, double outside) {
    if (!n) {
        rows->base += outside;
        return;
    }
    gsize at = rows->first[rows->n_rows];
    for (gsize k = 0; k < n; k++, at++) {
        rows->site[at] = pairs[k].site;
        rows->cost[at] = pairs[k].cost;
    }
    rows->outside[rows->n_rows] = outside;
    rows->row[rows->n_rows++] = (guint32)i;
    rows->first[rows->n_rows] = at;
}

static void *no_memory(const GapLocateProblem *problem, GError **error) {
    gap_fail(error, GAP_ERROR_FAILED, "%zu pairs of demand and candidate need more memory",
             problem->first[problem->n_demand]);
    return NULL;
}

GapRows *gap_rows_new(const GapLocateProblem *problem, GError **error) {
    g_autoptr(GapRows) rows =
        rows_new(problem->n_demand, problem->n_sites, problem->first[problem->n_demand]);
    g_autofree Pair *pairs = g_new(Pair, problem->n_sites);
    if (!rows)
        return no_memory(problem, error);
    g_autofree gint32 *number = number_sites(problem, rows);
    rows->far = far_of(problem);
    for (gsize i = 0; i < problem->n_demand; i++) {
        if (!(problem->weight[i] > 0))
            continue;
        double outside = rows->far;
        const gsize n = gather(problem, i, number, pairs, &outside);
        add_row(rows, i, pairs, n, outside);
    }
    return g_steal_pointer(&rows);
}

// ---- rows of reach

// The sites within reach that may be taken, or none where one stands already, which `done` tells.
static gsize gather_within(const GapLocateProblem *problem, gsize i, double reach,
                           const gint32 *number, Pair *pairs, bool *done) {
    gsize n = 0;
    *done = !(problem->weight[i] > 0);
    for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
        if (problem->minutes[k] > reach)
            continue;
        *done = *done || problem->sites[problem->site[k]].state == GAP_SITE_OPEN;
        if (number[problem->site[k]] >= 0)
            pairs[n++] = (Pair){0, (guint32)number[problem->site[k]]};
    }
    return n;
}

// Whether all sites of row `a` are in row `b`; both ascend.
static bool is_within(const GapRows *rows, guint32 a, guint32 b) {
    gsize k = rows->first[b];
    const gsize end = rows->first[b + 1];
    for (gsize q = rows->first[a]; q < rows->first[a + 1]; q++, k++) {
        while (k < end && rows->site[k] < rows->site[q])
            k++;
        if (k == end || rows->site[k] != rows->site[q])
            return false;
    }
    return true;
}

// Rows of each site: the first of each in `from`, then their number; what the sites' rows are.
static guint32 *transpose(const GapRows *rows, gsize *from) {
    guint32 *at = g_new(guint32, rows->first[rows->n_rows] + 1);
    memset(from, 0, (rows->n_sites + 2) * sizeof *from);
    for (gsize k = 0; k < rows->first[rows->n_rows]; k++)
        from[rows->site[k] + 2]++;
    for (guint32 j = 0; j < rows->n_sites; j++)
        from[j + 2] += from[j + 1];
    for (guint32 i = 0; i < rows->n_rows; i++)
        for (gsize k = rows->first[i]; k < rows->first[i + 1]; k++)
            at[from[rows->site[k] + 1]++] = i;
    return at;
}

// Rows that are met whenever another is: they have all its sites. Of equals the first stays.
static bool *find_met(const GapRows *rows) {
    g_autofree gsize *from = g_new(gsize, rows->n_sites + 2);
    g_autofree guint32 *at = transpose(rows, from);
    bool *met = g_new0(bool, rows->n_rows + 1);
    for (guint32 a = 0; a < rows->n_rows; a++) {
        if (met[a])
            continue;
        const gsize n = rows->first[a + 1] - rows->first[a];
        guint32 rarest = rows->site[rows->first[a]];
        for (gsize k = rows->first[a]; k < rows->first[a + 1]; k++)
            if (from[rows->site[k] + 1] - from[rows->site[k]] < from[rarest + 1] - from[rarest])
                rarest = rows->site[k];
        for (gsize q = from[rarest]; q < from[rarest + 1]; q++) {
            const guint32 b = at[q];
            const gsize n_b = rows->first[b + 1] - rows->first[b];
            if (b != a && !met[b] && (n_b > n || (n_b == n && b > a)) && is_within(rows, a, b))
                met[b] = true;
        }
    }
    return met;
}

static void leave_out(GapRows *rows, const bool *met) {
    guint32 kept = 0;
    gsize at = 0;
    for (guint32 i = 0; i < rows->n_rows; i++) {
        const gsize from = rows->first[i], to = rows->first[i + 1];
        rows->first[kept] = at;
        if (met[i])
            continue;
        for (gsize k = from; k < to; k++)
            rows->site[at++] = rows->site[k];
        rows->outside[kept] = rows->outside[i];
        rows->row[kept++] = rows->row[i];
    }
    rows->n_rows = kept;
    rows->first[kept] = at;
}

GapRows *gap_rows_within(const GapLocateProblem *problem, double reach, GError **error) {
    g_autoptr(GapRows) rows =
        rows_new(problem->n_demand, problem->n_sites, problem->first[problem->n_demand]);
    g_autofree Pair *pairs = g_new(Pair, problem->n_sites);
    if (!rows)
        return no_memory(problem, error);
    g_autofree gint32 *number = number_sites(problem, rows);
    rows->far = (double)problem->n_demand + 1;
    for (gsize i = 0; i < problem->n_demand; i++) {
        bool done;
        const gsize n = gather_within(problem, i, reach, number, pairs, &done);
        if (!done)
            add_row(rows, i, pairs, n, 1);
    }
    g_autofree bool *met = find_met(rows);
    leave_out(rows, met);
    return g_steal_pointer(&rows);
}

// ---- less of them

// Copies what is left of one row; answers how many pairs.
static gsize shrink_row(const GapRows *from, gsize i, const guint32 *number, double limit,
                        const GapRowsFate *fate, GapRows *to, gsize at, double *outside) {
    gsize n = 0;
    for (gsize k = from->first[i]; k < from->first[i + 1]; k++) {
        const guint32 j = from->site[k];
        if (fate[j] == GAP_ROWS_OPEN) {
            *outside = from->cost[k];
            break;
        }
        if (from->cost[k] > limit)
            break;
        if (fate[j] == GAP_ROWS_FREE) {
            to->site[at + n] = number[j];
            to->cost[at + n++] = from->cost[k];
        }
    }
    if (*outside > limit) // an answer in which demand goes further is of no use
        *outside = from->far;
    return n;
}

GapRows *gap_rows_shrink(const GapRows *rows, const GapRowsFate *fate, double *u, double spare) {
    GapRows *left = rows_new(rows->n_rows, rows->n_sites, rows->first[rows->n_rows]);
    g_autofree guint32 *number = g_new(guint32, rows->n_sites + 1);
    if (!left)
        return NULL;
    left->base = rows->base;
    left->far = rows->far;
    for (guint32 j = 0; j < rows->n_sites; j++)
        if (fate[j] == GAP_ROWS_FREE) {
            number[j] = left->n_sites;
            left->id[left->n_sites++] = rows->id[j];
        }
    gsize at = 0;
    for (guint32 i = 0; i < rows->n_rows; i++) {
        double outside = rows->outside[i];
        const double limit = u ? u[i] + spare : INFINITY;
        const gsize n = shrink_row(rows, i, number, limit, fate, left, at, &outside);
        if (!n) {
            left->base += outside;
            continue;
        }
        at += n;
        if (u)
            u[left->n_rows] = MIN(u[i], outside);
        left->outside[left->n_rows] = outside;
        left->row[left->n_rows++] = rows->row[i];
        left->first[left->n_rows] = at;
    }
    return left;
}

double gap_rows_cost(const GapRows *rows, const bool *in) {
    double sum = rows->base;
    for (guint32 i = 0; i < rows->n_rows; i++) {
        gsize k = rows->first[i];
        const gsize end = rows->first[i + 1];
        while (k < end && !in[rows->site[k]])
            k++;
        sum += k < end ? rows->cost[k] : rows->outside[i];
    }
    return sum;
}
