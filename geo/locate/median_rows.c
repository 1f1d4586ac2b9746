#include "geo/base/error.h"
#include "geo/locate/median.h"

#include <stdlib.h>

static int by_cost(const void *a, const void *b) {
    const GapRowsPair *x = a, *y = b;
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

GapRows *gap_rows_alloc(gsize n_rows, gsize n_sites, gsize n_pairs) {
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
static gsize gather(const GapLocateProblem *problem, gsize i, const gint32 *number,
                    GapRowsPair *pairs, double *outside) {
    gsize n = 0;
    for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
        if (problem->sites[problem->site[k]].state == GAP_SITE_OPEN)
            *outside = MIN(*outside, problem->weight[i] * problem->minutes[k]);
    for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
        const double cost = problem->weight[i] * problem->minutes[k];
        if (number[problem->site[k]] >= 0 && cost < *outside)
            pairs[n++] = (GapRowsPair){cost, (guint32)number[problem->site[k]]};
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
gint32 *gap_rows_number(const GapLocateProblem *problem, GapRows *rows) {
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

void gap_rows_add(GapRows *rows, gsize i, const GapRowsPair *pairs, gsize n, double outside) {
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

void *gap_rows_no_memory(const GapLocateProblem *problem, GError **error) {
    gap_fail(error, GAP_ERROR_FAILED, "%zu pairs of demand and candidate need more memory",
             problem->first[problem->n_demand]);
    return NULL;
}

GapRows *gap_rows_new(const GapLocateProblem *problem, GError **error) {
    g_autoptr(GapRows) rows =
        gap_rows_alloc(problem->n_demand, problem->n_sites, problem->first[problem->n_demand]);
    g_autofree GapRowsPair *pairs = g_new(GapRowsPair, problem->n_sites);
    if (!rows)
        return gap_rows_no_memory(problem, error);
    g_autofree gint32 *number = gap_rows_number(problem, rows);
    rows->far = far_of(problem);
    for (gsize i = 0; i < problem->n_demand; i++) {
        if (!(problem->weight[i] > 0))
            continue;
        double outside = rows->far;
        const gsize n = gather(problem, i, number, pairs, &outside);
        gap_rows_add(rows, i, pairs, n, outside);
    }
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
    while (n && to->cost[at + n - 1] >= *outside) // as near as a site that is open
        n--;
    if (*outside > limit) // an answer in which demand goes further is of no use
        *outside = from->far;
    return n;
}

GapRows *gap_rows_shrink(const GapRows *rows, const GapRowsFate *fate, double *u, double spare) {
    GapRows *left = gap_rows_alloc(rows->n_rows, rows->n_sites, rows->first[rows->n_rows]);
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
