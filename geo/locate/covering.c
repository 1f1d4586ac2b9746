/* Maximal covering and set covering, by one search.
 *
 *  1. Demand with equal cover sets becomes one row (aggregate.h).
 *  2. A first answer: greedy by gain tables, then additions, exchanges and removals until none
 *     helps (Church and ReVelle 1974; Resende and Werneck 2007 for the tables).
 *  3. A Lagrangian bound: "a row is covered no more than open columns reach it" is relaxed; what is
 *     left is the best selection within the limits, by sorting (limits.h). Its multipliers are
 *     found by the volume algorithm (Barahona and Anbil 2000); each selection met on the way is
 *     judged as an answer. The formula of the bound stands in locate.h at `multipliers`.
 *  4. Columns that the bound decides are fixed (reduced costs); those that another may stand in for
 *     are dropped; rows merge again, so that problems shrink fast.
 *  5. Branch and bound, depth first, on the column of which the mean selection is least sure.
 *  6. SET_COVER besides: rows that follow from others go (aggregate.h), a walk with weights of rows
 *     (covering_weights.c), and, where all must be covered, before branches a sweep by dynamic
 *     programming (covering_sweep.c), then rows that three others imply (covering_cuts.c).
 *
 *  Branches that cannot hold anything better are not searched, so that among answers of equal value
 *  the first one found stays; each step breaks its ties by the lower number. New sites that add
 *  nothing are left out. */
#include "geo/locate/covering.h"
#include "geo/base/error.h"

#include <string.h>

static void covering_clear(GapCovering *s) {
    gap_limits_free(s->limits);
    g_free(s->price);
    g_free(s->best);
    g_free(s->root);
    g_clear_error(&s->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GapCovering, covering_clear)

static bool is_whole(const double *figures, gsize n) {
    for (gsize i = 0; i < n; i++)
        if (figures[i] != floor(figures[i]) || figures[i] > 1e12)
            return false;
    return true;
}

static double sum_of(const double *figures, gsize n) {
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += figures[i];
    return sum;
}

static void start(GapCovering *s, const GapLocateProblem *problem, const GapLocateOptions *options,
                  const GapProgress *progress) {
    *s = (GapCovering){.problem = problem,
                       .options = options,
                       .limits = gap_limits_new(problem, options),
                       .set_cover = options->model == GAP_LOCATE_SET_COVER,
                       .price = g_new0(double, problem->n_sites + 1),
                       .best = g_new0(guint8, problem->n_sites + 1),
                       .watch = gap_watch(progress, options->seconds),
                       .value = -INFINITY,
                       .open = -INFINITY,
                       .enough = INFINITY};
    s->all = s->set_cover && options->share >= 1;
    s->swept = !s->all || options->need > 1 || !gap_limits_only_number(problem, options) ||
               (options->by_cost && options->p >= 0);
    for (gsize j = 0; j < problem->n_sites && s->set_cover; j++)
        s->price[j] = options->by_cost ? problem->sites[j].cost : 1;
    s->whole = s->set_cover ? is_whole(s->price, problem->n_sites)
                            : is_whole(problem->weight, problem->n_demand);
    if (s->set_cover) { /* rounding of sums must not cost a site */
        const double target = options->share * sum_of(problem->weight, problem->n_demand);
        s->target = target - 5e-10 * fmax(1, target);
    }
}

/** Merges demand; `columns` says of each candidate what it is. False: memory. */
static bool make_root(GapCovering *s, GapCoverNode *root, const guint32 *may, gsize n,
                      gint32 *column, guint32 *row_of, GError **error) {
    const GapLocateProblem *p = s->problem;
    for (gsize j = 0; j < p->n_sites; j++) {
        const GapSiteState state = p->sites[j].state;
        const bool in = state == GAP_SITE_FORCED || state == GAP_SITE_OPEN;
        column[j] = in ? GAP_COLUMN_IN : GAP_COLUMN_OUT;
        root->in[j] = state == GAP_SITE_FORCED;
        root->spent += root->in[j] ? s->price[j] : 0;
    }
    for (gsize k = 0; k < n; k++)
        column[may[k]] = (gint32)k;
    root->cover = gap_cover_new(p, s->options, column, may, n, row_of, error);
    return root->cover != NULL;
}

/** Multipliers to start from: half of what weight is worth; of rows that must be covered what
 *  the cheapest column would cost each of its rows. */
static void start_multipliers(GapCovering *s, GapCoverNode *root) {
    const GapCover *c = root->cover;
    root->u = g_new(double, c->n_rows + 1);
    root->price = 1;
    if (s->set_cover && !s->all && s->value < 0 && isfinite(s->value) && s->target > 0)
        root->price = -s->value / s->target;
    s->least_price = 1e-6 * root->price;
    for (gsize r = 0; r < c->n_rows; r++) {
        root->u[r] = .5 * c->weight[r] / c->need[r];
        if (!s->all)
            continue;
        root->u[r] = INFINITY;
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++) {
            const guint32 j = c->row_columns[k];
            const gsize size = c->column_first[j + 1] - c->column_first[j];
            root->u[r] = fmin(root->u[r], s->price[c->site[j]] / (double)size);
        }
    }
}

/** No selection is worth more. */
static double plain_bound(const GapCovering *s, const GapCoverNode *root) {
    if (s->set_cover)
        return -root->spent;
    return root->cover->covered + sum_of(root->cover->weight, root->cover->n_rows);
}

/* ---- the root's multipliers, for whoever checks ---- */

/** Sites that stand or are forced within reach of a demand. */
static guint32 sites_in(const GapCovering *s, const gint32 *column, gsize i) {
    guint32 count = 0;
    for (gsize k = s->problem->first[i]; k < s->problem->first[i + 1]; k++)
        count += column[s->problem->site[k]] == GAP_COLUMN_IN &&
                 (double)s->problem->minutes[k] <= s->options->within;
    return count;
}

/** The share of its row's multiplier that a demand carries. */
static double multiplier_of(const GapCovering *s, const GapCover *c, guint32 row, gsize i,
                            guint32 still) {
    const double w = s->problem->weight[i];
    if (row != GAP_NO_ROW)
        return s->root[row] * (w / c->weight[row]);
    return still > 0 && !s->all ? w / still : 0;
}

/** The bound of locate.h from nothing but the answer's multipliers. */
static double root_bound(GapCovering *s, const GapCoverNode *root, const gint32 *column,
                         const guint32 *row_of, GapLocateAnswer *a) {
    const GapLocateProblem *p = s->problem;
    const GapCover *c = root->cover;
    g_autofree double *net = g_new0(double, c->n_columns + 1);
    const double price = s->set_cover && !s->all ? s->root_price : 1;
    double rows = 0, covered = 0;
    for (gsize i = 0; i < p->n_demand; i++) {
        const double w = p->weight[i];
        const guint32 in = sites_in(s, column, i);
        const guint32 still = in < s->options->need ? s->options->need - in : 0;
        const double u = a->multipliers[i] = price * multiplier_of(s, c, row_of[i], i, still);
        if (still == 0)
            covered += w;
        else
            rows += s->all ? -(double)still * u : fmax(0, price * w - still * u);
        for (gsize k = p->first[i]; k < p->first[i + 1] && still > 0 && u > 0; k++)
            if (column[p->site[k]] >= 0 && (double)p->minutes[k] <= s->options->within)
                net[column[p->site[k]]] += u;
    }
    for (gsize j = 0; j < c->n_columns; j++)
        net[j] -= s->price[c->site[j]];
    const double best =
        gap_limits_bound(s->limits, root->taken, c->site, c->n_columns, net, s->root_prices, NULL);
    if (!s->set_cover)
        return covered + rows + best;
    if (!s->all) {
        const double wanted = s->options->share * sum_of(p->weight, p->n_demand);
        rows += price * (covered - wanted);
    }
    return root->spent - rows - best;
}

static void tell_root(GapCovering *s, const GapCoverNode *root, const gint32 *column,
                      const guint32 *row_of, GapLocateAnswer *a) {
    const gsize n = s->problem->n_demand;
    if (!s->root)
        return;
    a->n_multipliers = n + 2 + s->set_cover;
    a->multipliers = g_new(double, a->n_multipliers);
    a->multipliers[n] = s->root_prices.money;
    a->multipliers[n + 1] = s->root_prices.posts;
    if (s->set_cover)
        a->multipliers[n + 2] = s->all ? 0 : s->root_price;
    a->root_bound = root_bound(s, root, column, row_of, a);
}

/* ---- the answer ---- */

static void tell(const GapCovering *s, GapLocateAnswer *a) {
    const bool found = isfinite(s->value), open = isfinite(s->open);
    const double sign = s->set_cover ? -1 : 1;
    a->nodes = s->nodes;
    a->status = found  ? open ? GAP_LOCATE_BOUNDED : GAP_LOCATE_PROVEN
                : open ? GAP_LOCATE_UNKNOWN
                       : GAP_LOCATE_INFEASIBLE;
    if (open) {
        const double bound = fmin(s->top, fmax(s->open, s->value));
        a->bound = sign * (s->whole ? floor(bound + 1e-6) : bound);
    }
    if (!found)
        return;
    a->value = sign * s->value + 0.0;
    a->sites = g_new(guint32, s->problem->n_sites + 1);
    for (guint32 j = 0; j < s->problem->n_sites; j++)
        if (s->best[j] && s->problem->sites[j].state != GAP_SITE_OPEN)
            a->sites[a->n_sites++] = j;
    if (!open)
        a->bound = a->value;
    else if (gap_covering_shut(s, sign * a->bound)) {
        a->status = GAP_LOCATE_PROVEN;
        a->bound = a->value;
    }
}

static bool solve(GapCovering *s, GapLocateAnswer *answer, GError **error) {
    g_auto(GapCoverNode)
        root = {.taken = gap_tally_new(s->limits), .in = g_new0(guint8, s->problem->n_sites + 1)};
    g_autofree guint32 *may = g_new0(guint32, s->problem->n_sites + 1);
    g_autofree gint32 *column = g_new(gint32, s->problem->n_sites + 1);
    g_autofree guint32 *row_of = g_try_new(guint32, s->problem->n_demand + 1);
    const gssize n = gap_limits_start(s->limits, root.taken, may);
    if (n < 0)
        return true;
    if (!row_of)
        return gap_fail(error, GAP_ERROR_FAILED, "memory does not suffice for the demand");
    if (!make_root(s, &root, may, (gsize)n, column, row_of, error))
        return false;
    root.bound = s->top = plain_bound(s, &root);
    gap_cover_greedy(s, &root);
    start_multipliers(s, &root);
    if (s->all)
        gap_cover_thin(root.cover, root.u, row_of, s->problem->n_demand);
    if (!gap_covering_search(s, &root)) {
        g_propagate_error(error, g_steal_pointer(&s->error));
        return false;
    }
    tell_root(s, &root, column, row_of, answer);
    return true;
}

int gap_covering_reach(const GapLocateProblem *problem, const GapLocateOptions *options, bool quick,
                       GapWatch *watch, GapLocateAnswer *answer, GError **error) {
    g_auto(GapCovering) s = {0};
    g_autoptr(GapLocateAnswer) found = g_new0(GapLocateAnswer, 1);
    start(&s, problem, options, NULL);
    s.quick = quick;
    s.watch = *watch;
    s.enough = -(double)options->p;
    s.value = s.enough - 1; /* as if that were known, so that only less is looked for */
    const bool done = solve(&s, found, error);
    *watch = s.watch;
    if (!done)
        return -2;
    answer->nodes += s.nodes + 1;
    if (s.value < s.enough)
        return isfinite(s.open) ? -1 : 0;
    tell(&s, found);
    g_free(answer->sites);
    answer->sites = g_steal_pointer(&found->sites);
    answer->n_sites = found->n_sites;
    return 1;
}

static bool has_capacities(const GapLocateProblem *problem) {
    for (gsize j = 0; j < problem->n_sites; j++)
        if (isfinite(problem->sites[j].capacity))
            return true;
    return false;
}

GapLocateAnswer *gap_covering_solve(const GapLocateProblem *problem,
                                    const GapLocateOptions *options, const GapProgress *progress,
                                    GError **error) {
    g_auto(GapCovering) s = {0};
    g_autoptr(GapLocateAnswer) answer = g_new0(GapLocateAnswer, 1);
    answer->value = answer->bound = answer->root_bound = NAN;
    start(&s, problem, options, progress);
    if (!(has_capacities(problem) ? gap_covering_capacities(&s, answer) : solve(&s, answer, error)))
        return NULL;
    tell(&s, answer);
    return g_steal_pointer(&answer);
}

GapLocateAnswer *gap_locate_covering(const GapLocateProblem *problem,
                                     const GapLocateOptions *options, const GapProgress *progress,
                                     GError **error) {
    if (!gap_locate_check(problem, options, error))
        return NULL;
    return gap_covering_solve(problem, options, progress, error);
}
