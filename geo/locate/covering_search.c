#include "geo/locate/covering.h"

#include <string.h>

/* Work of the walk at the root: for each pair, and at most; small problems need none. */
enum { WALK_EACH = 10000, WALK_MOST = 400000000, WALK_SHORT = 20000000, WALK_COLUMNS = 40 };

void gap_cover_node_clear(GapCoverNode *node) {
    gap_cover_free(node->cover);
    gap_tally_free(node->taken);
    g_free(node->in);
    g_free(node->u);
}

bool gap_covering_over(GapCovering *s, double bound) {
    const double sign = s->set_cover ? -1 : 1;
    return gap_watch_over(&s->watch, sign * s->value, sign * fmin(bound, s->top));
}

bool gap_covering_shut(const GapCovering *s, double bound) {
    if (s->value >= s->enough)
        return true;
    if (isinf(s->value))
        return bound == -INFINITY;
    if (s->whole)
        bound = floor(bound + 1e-6);
    return bound <= s->value + 1e-10 * fabs(s->value);
}

/** Weight covered by what is taken and the columns; or -1 where that misses the target. */
static double weigh(const GapCovering *s, const GapCover *c, const guint8 *columns) {
    double covered = c->covered;
    for (gsize r = 0; r < c->n_rows; r++) {
        guint32 count = 0;
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1] && count < c->need[r]; k++)
            count += columns[c->row_columns[k]];
        if (count >= c->need[r])
            covered += c->weight[r];
        else if (s->all)
            return -1;
    }
    return s->set_cover && (s->all ? c->lost > 0 : covered < s->target) ? -1 : covered;
}

static bool holds(const GapCovering *s, const GapCoverNode *node, const guint8 *columns) {
    g_autoptr(GapTally) t = gap_tally_copy(s->limits, node->taken);
    for (gsize j = 0; j < node->cover->n_columns; j++)
        if (columns[j]) {
            if (!gap_limits_fit(s->limits, t, node->cover->site[j]))
                return false;
            gap_tally_add(s->limits, t, node->cover->site[j]);
        }
    return gap_limits_hold(s->limits, t);
}

void gap_covering_offer(GapCovering *s, const GapCoverNode *node, const guint8 *columns) {
    const GapCover *c = node->cover;
    double value = -node->spent;
    for (gsize j = 0; j < c->n_columns; j++)
        value -= columns[j] ? s->price[c->site[j]] : 0;
    if (s->set_cover && value <= s->value)
        return;
    const double covered = weigh(s, c, columns);
    if (!s->set_cover)
        value = covered;
    if (covered < 0 || value <= s->value || !holds(s, node, columns))
        return;
    s->value = value;
    memcpy(s->best, node->in, s->problem->n_sites);
    for (gsize j = 0; j < c->n_columns; j++)
        s->best[c->site[j]] |= columns[j];
}

/* ---- making a node smaller ---- */

/** The node that is left of `parent` when columns go in or out, by `column`: 0 stays. */
static bool descend(GapCovering *s, const GapCoverNode *parent, gint32 *column,
                    GapCoverNode *child) {
    const GapCover *c = parent->cover;
    gint32 n = 0;
    *child = (GapCoverNode){.taken = gap_tally_copy(s->limits, parent->taken),
                            .in = g_memdup2(parent->in, s->problem->n_sites),
                            .u = g_new(double, c->n_rows + 1),
                            .prices = parent->prices,
                            .price = parent->price,
                            .pace = parent->pace,
                            .spent = parent->spent,
                            .bound = parent->bound};
    for (gsize j = 0; j < c->n_columns; j++) {
        if (column[j] != GAP_COLUMN_IN)
            continue;
        if (!gap_limits_fit(s->limits, child->taken, c->site[j]))
            child->bound = -INFINITY; /* nothing better is there */
        gap_tally_add(s->limits, child->taken, c->site[j]);
        child->in[c->site[j]] = 1;
        child->spent += s->price[c->site[j]];
    }
    for (gsize j = 0; j < c->n_columns; j++)
        if (column[j] == 0)
            column[j] = gap_limits_fit(s->limits, child->taken, c->site[j]) ? n++ : GAP_COLUMN_OUT;
    child->cover = gap_cover_reduce(c, column, (gsize)n, parent->u, child->u, &s->error);
    if (child->cover && s->all)
        gap_cover_thin(child->cover, child->u, NULL, 0);
    return child->cover != NULL;
}

/** Whether column `b` reaches nothing that `a` does not reach. `mark` has 1 at a's rows. */
static bool within(const GapCover *c, gsize b, const guint8 *mark) {
    for (gsize k = c->column_first[b]; k < c->column_first[b + 1]; k++)
        if (!mark[c->column_rows[k]])
            return false;
    return true;
}

static gsize size_of(const GapCover *c, gsize column) {
    return c->column_first[column + 1] - c->column_first[column];
}

/** Marks columns out for which another may always stand in: one that reaches all that they reach,
 *  at no higher price. Only where rows need one column. Answers how many. */
static gsize drop_dominated(const GapCovering *s, const GapCover *c, gint32 *column) {
    gsize dropped = 0;
    for (gsize j = 0; j < c->n_columns && !gap_limits_have_least(s->limits); j++)
        if (column[j] == 0 && size_of(c, j) == 0) {
            column[j] = GAP_COLUMN_OUT;
            dropped++;
        }
    if (s->options->need > 1)
        return dropped;
    g_autofree guint8 *mark = g_new0(guint8, c->n_rows + 1);
    g_autofree guint8 *tried = g_new(guint8, c->n_columns + 1);
    for (gsize a = 0; a < c->n_columns; a++) {
        if (column[a] != 0)
            continue;
        memset(tried, 0, c->n_columns);
        for (gsize k = c->column_first[a]; k < c->column_first[a + 1]; k++)
            mark[c->column_rows[k]] = 1;
        for (gsize k = c->column_first[a]; k < c->column_first[a + 1]; k++) {
            const guint32 r = c->column_rows[k];
            for (gsize i = c->row_first[r]; i < c->row_first[r + 1]; i++) {
                const guint32 b = c->row_columns[i];
                if (b == a || tried[b] || column[b] != 0)
                    continue;
                tried[b] = 1;
                if (size_of(c, b) <= size_of(c, a) && (size_of(c, b) < size_of(c, a) || a < b) &&
                    s->price[c->site[a]] <= s->price[c->site[b]] &&
                    gap_limits_stands_in(s->limits, c->site[a], c->site[b]) && within(c, b, mark)) {
                    column[b] = GAP_COLUMN_OUT;
                    dropped++;
                }
            }
        }
        for (gsize k = c->column_first[a]; k < c->column_first[a + 1]; k++)
            mark[c->column_rows[k]] = 0;
    }
    return dropped;
}

/** Marks columns that a row cannot do without, where all must be covered. Answers how many. */
static gsize take_needed(const GapCovering *s, const GapCover *c, gint32 *column) {
    gsize taken = 0;
    for (gsize r = 0; s->all && r < c->n_rows; r++) {
        if (c->row_first[r + 1] - c->row_first[r] != c->need[r])
            continue;
        for (gsize k = c->row_first[r]; k < c->row_first[r + 1]; k++) {
            taken += column[c->row_columns[k]] != GAP_COLUMN_IN;
            column[c->row_columns[k]] = GAP_COLUMN_IN;
        }
    }
    return taken;
}

/** Marks columns that the bound decides: any better selection has, or has not, them. */
static gsize fix(GapCovering *s, const GapCoverNode *node, const GapCoverDual *d, gint32 *column) {
    const GapCover *c = node->cover;
    gsize fixed = 0;
    g_autofree double *swing = g_new(double, c->n_columns + 1);
    gap_limits_swing(s->limits, node->taken, c->site, c->n_columns, d->net, d->prices, d->chosen,
                     swing);
    for (gsize j = 0; j < c->n_columns; j++)
        if (gap_covering_shut(s, d->bound - swing[j])) {
            column[j] = d->chosen[j] ? GAP_COLUMN_IN : GAP_COLUMN_OUT;
            fixed++;
        }
    return fixed;
}

/** Whether nothing better can be in the node, without a bound. */
static bool is_void(GapCovering *s, const GapCoverNode *node) {
    const GapCover *c = node->cover;
    if (!gap_limits_completable(s->limits, node->taken, c->site, c->n_columns))
        return true;
    if (!s->set_cover)
        return false;
    double reachable = c->covered;
    for (gsize r = 0; r < c->n_rows; r++)
        reachable += c->weight[r];
    return s->all ? c->lost > 0 : reachable < s->target;
}

/* ---- branch and bound ---- */

static bool search(GapCovering *s, GapCoverNode *node, guint depth);

/** Descends into what `column` says and searches it. */
static bool search_below(GapCovering *s, const GapCoverNode *node, gint32 *column, guint depth) {
    g_auto(GapCoverNode) child = {0};
    return descend(s, node, column, &child) && search(s, &child, depth);
}

/** The column to branch on: what the mean of selections is least sure of, weighed by its gain. */
static gsize branching_column(const GapCover *c, const GapCoverDual *d) {
    gsize best = 0;
    double best_score = -1;
    for (gsize j = 0; j < c->n_columns; j++) {
        const double y = CLAMP(d->mean[j], 0, 1);
        const double score = fmin(y, 1 - y) + 1e-6 * (d->chosen[j] != 0);
        if (score > best_score) {
            best = j;
            best_score = score;
        }
    }
    return best;
}

static bool branch(GapCovering *s, const GapCoverNode *node, const GapCoverDual *d, guint depth) {
    const gsize n = node->cover->n_columns, at = branching_column(node->cover, d);
    const bool in_first = d->mean[at] >= .3;
    g_autofree gint32 *column = g_new0(gint32, n + 1);
    column[at] = in_first ? GAP_COLUMN_IN : GAP_COLUMN_OUT;
    if (!search_below(s, node, column, depth + 1))
        return false;
    memset(column, 0, n * sizeof *column);
    column[at] = in_first ? GAP_COLUMN_OUT : GAP_COLUMN_IN;
    return search_below(s, node, column, depth + 1);
}

static void keep_root(GapCovering *s, const GapCoverNode *node) {
    s->top = fmin(s->top, node->bound);
    s->root = g_memdup2(node->u, (node->cover->n_rows + 1) * sizeof *node->u);
    s->root_prices = node->prices;
    s->root_price = node->price;
}

/** Bounds a node anew with more rows, round by round, while that helps. */
static void cut(GapCovering *s, GapCoverNode *node, GapCoverDual *d, int rounds, int steps) {
    for (int i = 0; i < rounds && !gap_covering_shut(s, node->bound); i++) {
        const double before = d->bound;
        if (!gap_cover_cut(node, d->mean))
            return;
        node->pace = fmax(node->pace, .1);
        gap_cover_dual_clear(d);
        gap_cover_dual(s, node, steps, d);
        if (before - d->bound < 1e-4 * fabs(before))
            return;
    }
}

static void walk(GapCovering *s, const GapCoverNode *node, const guint8 *columns) {
    const guint64 most = s->quick ? WALK_SHORT : WALK_MOST;
    if (s->set_cover && s->nodes == 1 && node->cover->n_columns > WALK_COLUMNS)
        gap_cover_walk(s, node, columns, MIN(WALK_EACH * (guint64)node->cover->n_pairs, most));
}

/** Whether a sweep, tried once, finishes the node. */
static bool sweep(GapCovering *s, const GapCoverNode *node) {
    if (s->swept || s->quick)
        return false;
    s->swept = true;
    return gap_cover_sweep(s, node);
}

/** What to do with a node that the bound makes no smaller. */
static bool divide(GapCovering *s, const GapCoverNode *node, const GapCoverDual *d, guint depth) {
    if (!s->quick)
        return sweep(s, node) || branch(s, node, d, depth);
    s->open = fmax(s->open, node->bound);
    return true;
}

/** Bounds a node, fixes what the bound decides, searches what is left. `depth` counts branches. */
static bool search(GapCovering *s, GapCoverNode *node, guint depth) {
    const GapCover *c = node->cover;
    if (is_void(s, node) || gap_covering_shut(s, node->bound))
        return true;
    if (gap_covering_over(s, node->bound)) {
        s->open = fmax(s->open, node->bound);
        return true;
    }
    s->nodes++;
    const int steps = depth == 0 ? 1500 : 60;
    g_auto(GapCoverDual) d = {0};
    gap_cover_dual(s, node, steps, &d);
    if (!s->root)
        keep_root(s, node);
    if (gap_covering_shut(s, node->bound))
        return true;
    g_autofree guint8 *columns = g_memdup2(d.chosen, c->n_columns + 1);
    if (!s->set_cover || depth == 0 || s->nodes % 8 == 0)
        gap_cover_improve(s, node, columns);
    walk(s, node, columns);
    /* Cuts help branches; a sweep has no use for them, so that it comes before. */
    const bool reach = s->enough < INFINITY; /* no value wanted: the smaller the node the better */
    if (!reach && s->nodes == 2 && sweep(s, node))
        return true;
    if (s->all && s->nodes > 1 && (s->swept || !reach))
        cut(s, node, &d, depth == 0 ? 10 : 1, steps);
    if (depth == 0)
        s->top = fmin(s->top, fmax(node->bound, s->value));
    if (gap_covering_shut(s, node->bound) || c->n_columns == 0)
        return true;
    g_autofree gint32 *column = g_new0(gint32, c->n_columns + 1);
    const gsize fixed =
        fix(s, node, &d, column) + take_needed(s, c, column) + drop_dominated(s, c, column);
    return fixed ? search_below(s, node, column, depth) : divide(s, node, &d, depth);
}

bool gap_covering_search(GapCovering *s, GapCoverNode *root) {
    return search(s, root, 0);
}
