#include "geo/base/error.h"
#include "geo/locate/median.h"

#include <string.h>

enum { ROOT_STEPS = 3000, ROOT_ROUND = 150, NODE_STEPS = 120, REACH_STEPS = 40 };

typedef struct {
    GapRows *rows;
    GapTally *tally;
    double *u;
    double bound;
} Node;

static double cut_of(const GapSearch *s) {
    return s->best - (s->grain > 0 ? s->grain * (1 - 1e-6) : 1e-10 * s->best);
}

// ---- answers found

static void offer(GapSearch *s, bool *in) {
    const double value = gap_start_improve(s->all, s->limits, s->forced, in, &s->watch);
    if (value < s->best && value < s->all->far) {
        s->best = value;
        memcpy(s->best_in, in, s->all->n_sites * sizeof *in);
    }
}

// Tries what is open on the way here and `in` of these rows.
static void offer_node(GapSearch *s, const GapRows *rows, const bool *in) {
    g_autofree bool *whole = g_new0(bool, s->all->n_sites + 1);
    for (guint k = 0; k < s->open->len; k++)
        whole[s->place[g_array_index(s->open, guint32, k)]] = true;
    for (guint32 j = 0; in && j < rows->n_sites; j++)
        if (in[j])
            whole[s->place[rows->id[j]]] = true;
    offer(s, whole);
}

static void start(GapSearch *s) {
    g_autofree bool *in = g_new0(bool, s->all->n_sites + 1);
    for (int priced = 0; priced <= !s->plain; priced++)
        if (gap_start_greedy(s->all, s->limits, s->forced, priced ? s->problem->sites : NULL, in))
            offer(s, in);
}

// The longer its rows, the dearer a step.
static guint32 walk_steps(const GapRows *rows) {
    const double pairs = (double)rows->first[rows->n_rows];
    return (guint32)CLAMP(3e7 * rows->n_rows * rows->n_sites / (pairs * pairs + 1), 200, 5000);
}

static void walk(GapSearch *s, const Node *node, const bool *start, guint32 steps) {
    g_autofree bool *in = g_memdup2(start, node->rows->n_sites * sizeof *in);
    if (gap_reach_walk(node->rows, s->limits, node->tally, in, steps, &s->watch))
        offer_node(s, node->rows, in);
}

// ---- nodes

static void node_clear(Node *node) {
    gap_rows_free(node->rows);
    gap_tally_free(node->tally);
    g_free(node->u);
}

// Takes the sites whose fate is to open, closes what then does not fit; shrinks rows. False where
// that cannot be.
static bool settle(GapSearch *s, const GapRows *from, Node *node, GapRowsFate *fate, double spare) {
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
    GapRows *left = gap_rows_shrink(from, fate, node->u, s->reach ? INFINITY : spare);
    gap_rows_free(node->rows);
    node->rows = left;
    if (!left)
        s->watch.stopped = true; // no memory: as much as there is
    if (left && s->reach && left->base < s->best) {
        g_autofree GapRowsFate *next = g_new0(GapRowsFate, left->n_sites + 1);
        if (gap_rows_reduce(left, s->limits, node->u, next))
            return settle(s, left, node, next, spare);
    }
    return left && gap_limits_completable(s->limits, node->tally, left->id, left->n_sites);
}

static GapDualTask task_of(const GapSearch *s, const Node *node, guint32 steps) {
    // Without an answer the best is far off, and steps towards it would leap.
    const double target = s->best < s->all->far ? s->best : MIN(s->best, fabs(node->bound) * 2 + 1);
    return (GapDualTask){.limits = s->plain ? NULL : s->limits,
                         .tally = node->tally,
                         .p = gap_limits_number_left(s->limits, node->tally),
                         .cut = cut_of(s),
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

static void search(GapSearch *s, Node *node);

static void branch(GapSearch *s, const Node *node, guint32 site) {
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
static bool bound(GapSearch *s, Node *node, guint32 steps, guint32 *site) {
    for (;;) {
        if (!node->rows->n_sites || !gap_limits_number_left(s->limits, node->tally)) {
            if (node->rows->base < s->best && gap_limits_hold(s->limits, node->tally))
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
        *site = s->reach ? gap_rows_pivot(node->rows) : doubtful(node->rows, dual->share);
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

static void search(GapSearch *s, Node *node) {
    guint32 site = 0;
    s->nodes++;
    if (!bound(s, node, s->reach ? REACH_STEPS : NODE_STEPS, &site))
        branch(s, node, site);
}

// ---- the root

// u between the costs from the nearest and the next site of the start.
static void first_guess(const GapSearch *s, Node *node) {
    const GapRows *rows = node->rows;
    for (guint32 i = 0; i < rows->n_rows; i++) {
        gsize k = rows->first[i];
        const gsize end = rows->first[i + 1];
        while (k < end && !s->best_in[s->place[rows->id[rows->site[k]]]])
            k++;
        node->u[i] = s->reach  ? 0.5 * rows->outside[i]
                     : k < end ? rows->cost[k]
                               : MIN(rows->outside[i], rows->cost[end - 1]);
    }
}

// Climbs by rounds, with swaps from each round's selection between.
static void root(GapSearch *s, Node *node) {
    first_guess(s, node);
    g_autoptr(GapDual) dual = gap_dual_new(node->rows);
    memcpy(dual->u, node->u, node->rows->n_rows * sizeof *dual->u);
    for (guint32 done = 0; done < ROOT_STEPS && node->rows->n_sites; done += ROOT_ROUND) {
        const GapDualTask task = task_of(s, node, ROOT_ROUND);
        gap_dual_climb(dual, node->rows, &task, &s->watch);
        node->bound = MAX(node->bound, dual->bound);
        if (dual->value < (s->reach ? s->best : INFINITY))
            offer_node(s, node->rows, dual->in);
        if (s->walks && done % (3 * ROOT_ROUND) == 0 && s->best >= 1 && node->bound < cut_of(s) &&
            isfinite(dual->value))
            walk(s, node, dual->in, walk_steps(node->rows));
        if (node->bound >= cut_of(s) || s->watch.stopped || dual->scale < 1e-3)
            break;
    }
    memcpy(node->u, dual->u, node->rows->n_rows * sizeof *dual->u);
    if (!s->reach) // else rows are fewer than all
        s->u = g_memdup2(dual->u, (node->rows->n_rows + 1) * sizeof *dual->u);
}

// ---- the whole

static gint32 *places_of(const GapLocateProblem *problem, const GapRows *rows) {
    gint32 *place = g_new(gint32, problem->n_sites);
    for (gsize j = 0; j < problem->n_sites; j++)
        place[j] = -1;
    for (guint32 j = 0; j < rows->n_sites; j++)
        place[rows->id[j]] = (gint32)j;
    return place;
}

// Fate of each site of the rows of a problem: FORCED ones open, others closed that do not fit.
static GapRowsFate *fate_of(const GapSearch *s, const GapRows *rows, const guint32 *may, gssize n) {
    GapRowsFate *fate = g_new0(GapRowsFate, rows->n_sites + 1);
    gssize k = 0;
    for (guint32 j = 0; j < rows->n_sites; j++) {
        const bool listed = k < n && may[k] == rows->id[j];
        k += listed;
        if (s->problem->sites[rows->id[j]].state == GAP_SITE_FORCED)
            fate[j] = GAP_ROWS_OPEN;
        else if (!listed || !gap_limits_fit(s->limits, s->forced, rows->id[j]))
            fate[j] = GAP_ROWS_CLOSED;
    }
    return fate;
}

bool gap_search_init(GapSearch *s, const GapLocateProblem *problem, const GapLocateOptions *options,
                     GapLimits *limits, GapRows *rows, GError **error) {
    g_autofree guint32 *may = g_new(guint32, problem->n_sites + 1);
    s->problem = problem;
    s->limits = limits;
    s->plain = gap_limits_only_number(problem, options);
    s->forced = gap_tally_new(limits);
    s->left = INFINITY;
    s->open = g_array_new(FALSE, FALSE, sizeof(guint32));
    const gssize n = gap_limits_start(limits, s->forced, may);
    g_autofree GapRowsFate *fate = fate_of(s, rows, may, n);
    s->all = gap_rows_shrink(rows, fate, NULL, 0);
    gap_rows_free(rows);
    if (!s->all)
        return gap_fail(error, GAP_ERROR_FAILED,
                        "the pairs of demand and candidate need more memory");
    if (n < 0 || !gap_limits_completable(limits, s->forced, may, (gsize)n))
        s->all->base = s->all->far;
    s->best_in = g_new0(bool, s->all->n_sites + 1);
    s->place = places_of(problem, s->all);
    return true;
}

void gap_search_clear(GapSearch *s) {
    gap_rows_free(s->all);
    gap_tally_free(s->forced);
    if (s->open)
        g_array_unref(s->open);
    g_free(s->best_in);
    g_free(s->place);
    g_free(s->u);
}

void gap_search_run(GapSearch *s) {
    if (s->all->base >= s->best)
        return;
    Node node = {NULL, gap_tally_copy(s->limits, s->forced), g_new0(double, s->all->n_rows + 1),
                 s->all->base};
    g_autofree GapRowsFate *free = g_new0(GapRowsFate, s->all->n_sites + 1);
    guint32 site = 0;
    start(s);
    if (settle(s, s->all, &node, free, INFINITY)) {
        root(s, &node);
        if (s->quick && node.bound < cut_of(s))
            s->left = MIN(s->left, node.bound);
        else if (!bound(s, &node, ROOT_ROUND, &site))
            branch(s, &node, site);
    }
    node_clear(&node);
}

bool gap_search_done(const GapSearch *s) {
    return s->left >= cut_of(s);
}

guint32 *gap_search_sites(const GapSearch *s, gsize *n) {
    guint32 *sites = g_new(guint32, s->problem->n_sites + 1);
    *n = 0;
    for (guint32 j = 0; j < s->problem->n_sites; j++)
        if (s->problem->sites[j].state == GAP_SITE_FORCED ||
            (s->place[j] >= 0 && s->best_in[s->place[j]]))
            sites[(*n)++] = j;
    return sites;
}
