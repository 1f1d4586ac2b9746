/* The least sum of weight x minutes.
 *
 * A start is made greedily and by swaps. The bound relaxes that each demand goes to one site:
 *
 *     L(u) = sum of u_i + least sum, over selections within the limits, of rho_j,
 *     rho_j = sum over i of min(0, w_i t_ij - u_i)
 *
 * Sites that stand cap u_i, so that their own sums are 0. It is raised by the volume algorithm,
 * whose selections are starts for swaps again; sites whose other fate would lift it to the best
 * value known are settled, pairs dearer than u_i and what is spare can be left out, and what then
 * is left is searched by depth, a site open or closed, each node with the same bound. Where all
 * costs are whole multiples of a number, a bound above the best value less that number ends a node.
 *
 * The multipliers of the answer are the u_i, then, where money or posts are limited, the price of
 * each (in this order, of those that are limited). `root_bound` is
 *
 *     sum of u_i - price x limit (of each) + least sum, over at most p sites, of
 *     min(0, rho_j + prices x what j takes), rho_j of OPEN sites and all of FORCED ones always in
 *
 * Sources: Cornuejols, Fisher and Nemhauser 1977 (relaxation); Barahona and Anbil 2000 (volume);
 * Resende and Werneck 2007 (swaps); Briant and Naddef 2004, Avella, Sassano and Vasil'ev 2007
 * (fixing by reduced costs).
 */
#include "geo/locate/median.h"
#include "geo/base/error.h"

#include <string.h>

enum { ROOT_STEPS = 3000, ROOT_ROUND = 150, NODE_STEPS = 120 };

typedef struct {
    const GapLocateProblem *problem;
    GapLimits *limits;
    bool plain;   // only p limits
    GapRows *all; // without what is forced or forbidden
    const GapTally *forced;
    double best, grain; // grain: all costs are multiples of it; 0: not so
    bool *best_in;      // sites of `all`
    gint32 *place;      // of each site of the problem in `all`, or -1
    GArray *open;       // guint32 of the problem: taken on the way to this node
    GapWatch watch;
    guint64 nodes;
    double left; // least bound of nodes that were not finished
} Search;

typedef struct {
    GapRows *rows;
    GapTally *tally;
    double *u;
    double bound;
} Node;

static double cut_of(const Search *s) {
    return s->best - (s->grain > 0 ? s->grain * (1 - 1e-6) : 1e-10 * s->best);
}

// ---- answers found

static void offer(Search *s, bool *in) {
    const double value = gap_start_improve(s->all, s->limits, s->forced, in, &s->watch);
    if (value < s->best && value < s->all->far) {
        s->best = value;
        memcpy(s->best_in, in, s->all->n_sites * sizeof *in);
    }
}

// Tries what is open on the way here and `in` of these rows.
static void offer_node(Search *s, const GapRows *rows, const bool *in) {
    g_autofree bool *whole = g_new0(bool, s->all->n_sites + 1);
    for (guint k = 0; k < s->open->len; k++)
        whole[s->place[g_array_index(s->open, guint32, k)]] = true;
    for (guint32 j = 0; in && j < rows->n_sites; j++)
        if (in[j])
            whole[s->place[rows->id[j]]] = true;
    offer(s, whole);
}

static void start(Search *s) {
    g_autofree bool *in = g_new0(bool, s->all->n_sites + 1);
    for (int priced = 0; priced <= !s->plain; priced++)
        if (gap_start_greedy(s->all, s->limits, s->forced, priced ? s->problem->sites : NULL, in))
            offer(s, in);
}

// ---- nodes

static void node_clear(Node *node) {
    gap_rows_free(node->rows);
    gap_tally_free(node->tally);
    g_free(node->u);
}

// Takes the sites whose fate is to open, closes what then does not fit; shrinks rows. False where
// that cannot be.
static bool settle(Search *s, const GapRows *from, Node *node, GapRowsFate *fate, double spare) {
    for (guint32 j = 0; j < from->n_sites; j++) {
        if (fate[j] != GAP_ROWS_OPEN)
            continue;
        if (!gap_limits_fit(s->limits, node->tally, from->id[j]))
            return false;
        gap_tally_add(s->limits, node->tally, from->id[j]);
        g_array_append_val(s->open, from->id[j]);
    }
    for (guint32 j = 0; j < from->n_sites; j++)
        if (fate[j] == GAP_ROWS_FREE && !gap_limits_fit(s->limits, node->tally, from->id[j]))
            fate[j] = GAP_ROWS_CLOSED;
    GapRows *left = gap_rows_shrink(from, fate, node->u, spare);
    gap_rows_free(node->rows);
    node->rows = left;
    if (!left)
        s->watch.stopped = true; // no memory: as much as there is
    return left && gap_limits_completable(s->limits, node->tally, left->id, left->n_sites);
}

static GapDualTask task_of(const Search *s, const Node *node, guint32 steps) {
    const double cut = cut_of(s), target = MIN(s->best, fabs(node->bound) * 2 + 1);
    return (GapDualTask){.limits = s->plain ? NULL : s->limits,
                         .tally = node->tally,
                         .p = gap_limits_number_left(s->limits, node->tally),
                         .cut = cut,
                         .target = target,
                         .steps = steps,
                         .patience = 20,
                         .fixed = G_MAXUINT32};
}

// The site to branch on: the one that the primal estimate is least sure of.
static guint32 doubtful(const GapRows *rows, const double *share) {
    guint32 best = 0;
    for (guint32 j = 1; j < rows->n_sites; j++)
        if (fabs(share[j] - 0.5) < fabs(share[best] - 0.5) - 1e-12)
            best = j;
    return best;
}

static void search(Search *s, Node *node);

static void branch(Search *s, const Node *node, guint32 site) {
    for (int open = 1; open >= 0; open--) {
        const guint depth = s->open->len;
        if (node->bound >= cut_of(s))
            return;
        if (s->watch.stopped) {
            s->left = MIN(s->left, node->bound);
            return;
        }
        g_autofree GapRowsFate *fate = g_new0(GapRowsFate, node->rows->n_sites + 1);
        fate[site] = open ? GAP_ROWS_OPEN : GAP_ROWS_CLOSED;
        Node child = {NULL, gap_tally_copy(s->limits, node->tally),
                      g_memdup2(node->u, (node->rows->n_rows + 1) * sizeof *node->u), node->bound};
        if (settle(s, node->rows, &child, fate, cut_of(s) - node->bound))
            search(s, &child);
        else if (s->watch.stopped)
            s->left = MIN(s->left, node->bound);
        node_clear(&child);
        g_array_set_size(s->open, depth);
    }
}

// Raises the bound and settles sites as long as that makes the node smaller; answers whether the
// node is done, else the site to branch on.
static bool bound(Search *s, Node *node, guint32 steps, guint32 *site) {
    for (;;) {
        if (!node->rows->n_sites || !gap_limits_number_left(s->limits, node->tally)) {
            if (gap_limits_hold(s->limits, node->tally))
                offer_node(s, node->rows, NULL);
            return true;
        }
        const GapDualTask task = task_of(s, node, steps);
        g_autoptr(GapDual) dual = gap_dual_new(node->rows);
        memcpy(dual->u, node->u, node->rows->n_rows * sizeof *dual->u);
        gap_dual_climb(dual, node->rows, &task, &s->watch);
        node->bound = MAX(node->bound, dual->bound);
        if (dual->value < s->best)
            offer_node(s, node->rows, dual->in);
        if (node->bound >= cut_of(s))
            return true;
        if (s->watch.stopped) {
            s->left = MIN(s->left, node->bound);
            return true;
        }
        *site = doubtful(node->rows, dual->share);
        memcpy(node->u, dual->u, node->rows->n_rows * sizeof *dual->u);
        if (!dual->n_open && !dual->n_closed)
            return false;
        const bool worth = 8 * (dual->n_open + dual->n_closed) > node->rows->n_sites;
        const guint32 id = node->rows->id[*site];
        const bool free = dual->fate[*site] == GAP_ROWS_FREE;
        if (!settle(s, node->rows, node, dual->fate, cut_of(s) - node->bound)) {
            if (s->watch.stopped)
                s->left = MIN(s->left, node->bound);
            return true;
        }
        if (worth || !free)
            continue;
        for (guint32 j = 0; j < node->rows->n_sites; j++)
            if (node->rows->id[j] == id) {
                *site = j;
                return false;
            }
    }
}

static void search(Search *s, Node *node) {
    guint32 site = 0;
    s->nodes++;
    if (!bound(s, node, NODE_STEPS, &site))
        branch(s, node, site);
}

// ---- the root

// u between the costs from the nearest and the next site of the start.
static void first_guess(const Search *s, Node *node) {
    const GapRows *rows = node->rows;
    for (guint32 i = 0; i < rows->n_rows; i++) {
        gsize k = rows->first[i];
        const gsize end = rows->first[i + 1];
        while (k < end && !s->best_in[s->place[rows->id[rows->site[k]]]])
            k++;
        node->u[i] = k < end ? rows->cost[k] : MIN(rows->outside[i], rows->cost[end - 1]);
    }
}

// Climbs by rounds, with swaps from each round's selection between.
static void root(Search *s, Node *node) {
    first_guess(s, node);
    double before = -INFINITY;
    g_autoptr(GapDual) dual = gap_dual_new(node->rows);
    memcpy(dual->u, node->u, node->rows->n_rows * sizeof *dual->u);
    for (guint32 done = 0; done < ROOT_STEPS && node->rows->n_sites; done += ROOT_ROUND) {
        const GapDualTask task = task_of(s, node, ROOT_ROUND);
        gap_dual_climb(dual, node->rows, &task, &s->watch);
        memcpy(node->u, dual->u, node->rows->n_rows * sizeof *dual->u);
        node->bound = MAX(node->bound, dual->bound);
        if (isfinite(dual->value))
            offer_node(s, node->rows, dual->in);
        if (node->bound >= cut_of(s) || s->watch.stopped ||
            node->bound - before < 0.01 * (s->best - node->bound))
            break;
        before = node->bound;
    }
}

// ---- the answer

static guint64 divisor(guint64 a, guint64 b) {
    while (a) {
        const guint64 rest = b % a;
        b = a;
        a = rest;
    }
    return b;
}

// A number that all costs are whole multiples of, or 0.
static double grain_of(const GapRows *rows) {
    guint64 grain = 0;
    for (guint32 i = 0; i < rows->n_rows; i++)
        for (gsize k = rows->first[i]; k <= rows->first[i + 1]; k++) {
            const double cost = k < rows->first[i + 1] ? rows->cost[k] : rows->outside[i];
            if (cost == rows->far)
                continue;
            if (!(cost < 1e15) || cost != floor(cost))
                return 0;
            if (grain != 1)
                grain = divisor((guint64)cost, grain);
        }
    return rows->far < 1e9 * (double)grain ? (double)grain : 0; // beyond that, sums are too coarse
}

static gint32 *places_of(const GapLocateProblem *problem, const GapRows *rows) {
    gint32 *place = g_new(gint32, problem->n_sites);
    for (gsize j = 0; j < problem->n_sites; j++)
        place[j] = -1;
    for (guint32 j = 0; j < rows->n_sites; j++)
        place[rows->id[j]] = (gint32)j;
    return place;
}

// Whether nothing but the number limits a selection.
static bool is_plain(const GapLocateProblem *problem, const GapLocateOptions *options) {
    bool plain = isinf(options->budget) && isinf(options->posts);
    for (gsize j = 0; plain && j < problem->n_sites; j++)
        plain = problem->sites[j].place < 0;
    for (gsize g = 0; plain && g < problem->n_groups; g++)
        plain = !(problem->group_min && problem->group_min[g]) &&
                !(problem->group_max && problem->group_max[g] < problem->n_sites);
    return plain;
}

// ---- what the multipliers prove, by the formula above

static double *row_sums(const GapLocateProblem *problem, const double *u) {
    double *rho = g_new0(double, problem->n_sites);
    for (gsize i = 0; i < problem->n_demand; i++)
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            rho[problem->site[k]] += MIN(0, problem->weight[i] * problem->minutes[k] - u[i]);
    return rho;
}

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static double proven(const GapLocateProblem *problem, const GapLocateOptions *options,
                     const double *u, GapPrices prices) {
    g_autofree double *rho = row_sums(problem, u);
    double sum = 0;
    gsize n = 0;
    gint64 p = options->p < 0 ? G_MAXINT64 : options->p;
    for (gsize i = 0; i < problem->n_demand; i++)
        sum += u[i];
    sum -= prices.money > 0 ? prices.money * options->budget : 0;
    sum -= prices.posts > 0 ? prices.posts * options->posts : 0;
    for (gsize j = 0; j < problem->n_sites; j++) {
        const GapSite *site = &problem->sites[j];
        const double taken = rho[j] + prices.money * site->cost + prices.posts * site->posts;
        if (site->state == GAP_SITE_OPEN)
            sum += rho[j];
        else if (site->state == GAP_SITE_FORCED) {
            sum += taken;
            p--;
        } else if (site->state == GAP_SITE_FREE)
            rho[n++] = taken; // n is at most j
    }
    qsort(rho, n, sizeof *rho, by_value);
    for (gsize j = 0; j < n && (gint64)j < p; j++)
        sum += MIN(0, rho[j]);
    return sum;
}

// The cost of demand from sites that stand or are forced; 0 where none reaches it.
static double standing_cost(const GapLocateProblem *problem, gsize i) {
    double least = INFINITY;
    for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
        const GapSiteState state = problem->sites[problem->site[k]].state;
        if (state == GAP_SITE_OPEN || state == GAP_SITE_FORCED)
            least = MIN(least, problem->weight[i] * problem->minutes[k]);
    }
    return isfinite(least) ? least : 0;
}

static void keep_multipliers(const Search *s, const GapLocateOptions *options, const Node *root,
                             GapPrices prices, GapLocateAnswer *answer) {
    const gsize n = s->problem->n_demand;
    double *u = answer->multipliers = g_new0(double, n + 2);
    for (gsize i = 0; i < n; i++)
        u[i] = standing_cost(s->problem, i);
    for (guint32 i = 0; i < root->rows->n_rows; i++)
        u[root->rows->row[i]] = root->u[i];
    answer->n_multipliers = n;
    if (isfinite(options->budget))
        u[answer->n_multipliers++] = prices.money;
    if (isfinite(options->posts))
        u[answer->n_multipliers++] = prices.posts;
    answer->root_bound = proven(s->problem, options, u, prices);
}

// ---- the whole

static void report(Search *s, GapLocateAnswer *answer) {
    const bool found = s->best < s->all->far;
    answer->nodes = s->nodes;
    answer->value = found ? s->best : NAN;
    answer->bound = MIN(s->left, found ? s->best : INFINITY);
    answer->status = isfinite(s->left) && s->left < cut_of(s)
                         ? (found ? GAP_LOCATE_BOUNDED : GAP_LOCATE_UNKNOWN)
                     : found ? GAP_LOCATE_PROVEN
                             : GAP_LOCATE_INFEASIBLE;
    if (answer->status == GAP_LOCATE_PROVEN)
        answer->bound = answer->value;
    if (!found)
        return;
    answer->sites = g_new(guint32, s->problem->n_sites + 1);
    for (gsize j = 0; j < s->problem->n_sites; j++)
        if ((s->place[j] >= 0 && s->best_in[s->place[j]]) ||
            s->problem->sites[j].state == GAP_SITE_FORCED)
            answer->sites[answer->n_sites++] = (guint32)j;
}

// Rows without what is forced or cannot be; false where the forced break a limit.
static bool set_out(Search *s, GapTally *tally, GError **error) {
    const GapLocateProblem *problem = s->problem;
    g_autoptr(GapRows) rows = gap_rows_new(problem, error);
    g_autofree guint32 *may = g_new(guint32, problem->n_sites + 1);
    if (!rows)
        return false;
    g_autofree GapRowsFate *fate = g_new0(GapRowsFate, rows->n_sites + 1);
    const gssize n = gap_limits_start(s->limits, tally, may);
    gssize k = 0;
    for (guint32 j = 0; j < rows->n_sites; j++) {
        const bool listed = k < n && may[k] == rows->id[j];
        k += listed;
        fate[j] = problem->sites[rows->id[j]].state == GAP_SITE_FORCED ? GAP_ROWS_OPEN
                  : listed                                             ? GAP_ROWS_FREE
                                                                       : GAP_ROWS_CLOSED;
    }
    s->all = gap_rows_shrink(rows, fate, NULL, 0);
    if (!s->all)
        return gap_fail(error, GAP_ERROR_FAILED,
                        "the pairs of demand and candidate need more "
                        "memory");
    if (n < 0 || !gap_limits_completable(s->limits, tally, may, (gsize)n))
        s->all->base = s->all->far;
    return true;
}

static void solve(Search *s, const GapLocateOptions *options, GapLocateAnswer *answer) {
    Node node = {NULL, gap_tally_copy(s->limits, s->forced), g_new0(double, s->all->n_rows + 1),
                 s->all->base};
    g_autofree GapRowsFate *free = g_new0(GapRowsFate, s->all->n_sites + 1);
    GapPrices prices = {0, 0};
    guint32 site = 0;
    start(s);
    if (settle(s, s->all, &node, free, INFINITY)) {
        root(s, &node);
        keep_multipliers(s, options, &node, prices, answer);
        if (!bound(s, &node, ROOT_ROUND, &site))
            branch(s, &node, site);
    }
    node_clear(&node);
}

GapLocateAnswer *gap_locate_median(const GapLocateProblem *problem, const GapLocateOptions *options,
                                   const GapProgress *progress, GError **error) {
    if (!gap_locate_check(problem, options, error))
        return NULL;
    g_autoptr(GapLimits) limits = gap_limits_new(problem, options);
    g_autoptr(GapTally) tally = gap_tally_new(limits);
    Search s = {.problem = problem,
                .limits = limits,
                .plain = is_plain(problem, options),
                .forced = tally,
                .left = INFINITY,
                .watch = gap_watch(progress, options->seconds)};
    if (!set_out(&s, tally, error)) {
        gap_rows_free(s.all);
        return NULL;
    }
    g_autoptr(GapLocateAnswer) answer = g_new0(GapLocateAnswer, 1);
    answer->root_bound = NAN;
    s.best = s.all->far;
    s.best_in = g_new0(bool, s.all->n_sites + 1);
    s.place = places_of(problem, s.all);
    s.open = g_array_new(FALSE, FALSE, sizeof(guint32));
    s.grain = grain_of(s.all);
    if (s.all->base < s.all->far)
        solve(&s, options, answer);
    report(&s, answer);
    g_array_unref(s.open);
    g_free(s.place);
    g_free(s.best_in);
    gap_rows_free(s.all);
    return g_steal_pointer(&answer);
}
