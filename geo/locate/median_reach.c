/* Rows of reach, in which all costs are 0: what the least greatest minutes are searched with. */
#include "geo/locate/median.h"

#include <string.h>

// The sites within reach that may be taken, or none where one stands already, which `done` tells.
static gsize gather_within(const GapLocateProblem *problem, gsize i, double reach,
                           const gint32 *number, GapRowsPair *pairs, bool *done) {
    gsize n = 0;
    *done = !(problem->weight[i] > 0);
    for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
        if (problem->minutes[k] > reach)
            continue;
        *done = *done || problem->sites[problem->site[k]].state == GAP_SITE_OPEN;
        if (number[problem->site[k]] >= 0)
            pairs[n++] = (GapRowsPair){0, (guint32)number[problem->site[k]]};
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

guint32 *gap_rows_transpose(const GapRows *rows, gsize *from) {
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
    g_autofree guint32 *at = gap_rows_transpose(rows, from);
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

static void leave_out(GapRows *rows, const bool *met, double *u) {
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
        if (u)
            u[kept] = u[i];
        rows->row[kept++] = rows->row[i];
    }
    rows->n_rows = kept;
    rows->first[kept] = at;
}

GapRows *gap_rows_within(const GapLocateProblem *problem, double reach, GError **error) {
    g_autoptr(GapRows) rows =
        gap_rows_alloc(problem->n_demand, problem->n_sites, problem->first[problem->n_demand]);
    g_autofree GapRowsPair *pairs = g_new(GapRowsPair, problem->n_sites);
    if (!rows)
        return gap_rows_no_memory(problem, error);
    g_autofree gint32 *number = gap_rows_number(problem, rows);
    rows->far = (double)problem->n_demand + 1;
    for (gsize i = 0; i < problem->n_demand; i++) {
        bool done;
        const gsize n = gather_within(problem, i, reach, number, pairs, &done);
        if (!done)
            gap_rows_add(rows, i, pairs, n, 1);
    }
    return g_steal_pointer(&rows);
}

// Whether a site reaches no more than another that may stand in for it.
static bool is_dominated(const GapRows *rows, const GapLimits *limits, guint32 a, const gsize *from,
                         const guint32 *at) {
    const gsize n = from[a + 1] - from[a];
    guint32 shortest = at[from[a]];
    for (gsize q = from[a]; q < from[a + 1]; q++)
        if (rows->first[at[q] + 1] - rows->first[at[q]] <
            rows->first[shortest + 1] - rows->first[shortest])
            shortest = at[q];
    for (gsize k = rows->first[shortest]; k < rows->first[shortest + 1]; k++) {
        const guint32 b = rows->site[k];
        const gsize n_b = from[b + 1] - from[b];
        if (b == a || n_b < n || (n_b == n && b > a) ||
            !gap_limits_stands_in(limits, rows->id[b], rows->id[a]))
            continue;
        gsize p = from[a];
        for (gsize q = from[b]; q < from[b + 1] && p < from[a + 1]; q++)
            p += at[q] == at[p];
        if (p == from[a + 1])
            return true;
    }
    return false;
}

bool gap_rows_reduce(GapRows *rows, const GapLimits *limits, double *u, GapRowsFate *fate) {
    g_autofree bool *met = find_met(rows);
    leave_out(rows, met, u);
    g_autofree gsize *from = g_new(gsize, rows->n_sites + 2);
    g_autofree guint32 *at = gap_rows_transpose(rows, from);
    bool changed = false;
    for (guint32 i = 0; i < rows->n_rows; i++)
        if (rows->first[i + 1] - rows->first[i] == 1) {
            fate[rows->site[rows->first[i]]] = GAP_ROWS_OPEN;
            changed = true;
        }
    for (guint32 j = 0; j < rows->n_sites; j++)
        if (fate[j] == GAP_ROWS_FREE && from[j + 1] > from[j] &&
            is_dominated(rows, limits, j, from, at)) {
            fate[j] = GAP_ROWS_CLOSED;
            changed = true;
        }
    return changed;
}

guint32 gap_rows_pivot(const GapRows *rows) {
    g_autofree guint32 *n = g_new0(guint32, rows->n_sites + 1);
    guint32 shortest = 0;
    for (gsize k = 0; k < rows->first[rows->n_rows]; k++)
        n[rows->site[k]]++;
    for (guint32 i = 1; i < rows->n_rows; i++)
        if (rows->first[i + 1] - rows->first[i] < rows->first[shortest + 1] - rows->first[shortest])
            shortest = i;
    guint32 best = rows->site[rows->first[shortest]];
    for (gsize k = rows->first[shortest]; k < rows->first[shortest + 1]; k++)
        if (n[rows->site[k]] > n[best])
            best = rows->site[k];
    return best;
}
