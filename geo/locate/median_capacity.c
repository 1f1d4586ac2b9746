/* The median where sites serve at most so much: each demand goes whole to one site.
 *
 * The same relaxation as in median.c, but what a site takes of its demand is a knapsack, filled in
 * part by its last piece: rho_j = least sum of (w_i t_ij - u_i) x_ij, sum of w_i x_ij at most its
 * capacity, 0 <= x <= 1. Raised by subgradient steps (Held, Wolfe and Crowder 1974), whose
 * selections are served greedily, then mended by moves and exchanges; then sites are searched by
 * depth at these multipliers, and where all are decided the demand is assigned by depth as well,
 * heaviest first. Meant for hundreds of demands; what is larger is bounded when time runs out.
 *
 * Source: Pirkul 1987 (relaxation); Ross and Soland 1975 (assignment by search).
 */
#include "geo/locate/median.h"

#include <stdlib.h>
#include <string.h>

enum { STEPS = 300, MEND_ROUNDS = 10 };

typedef struct {
    double cost; // weight x minutes
    double net;  // less u
    guint32 row;
} Piece;

typedef struct {
    const GapLocateProblem *problem;
    GapLimits *limits;
    GapTally *tally;
    GapWatch *watch;
    GapLocateAnswer *answer;
    gsize *from; // of each site: its first piece, and their number
    Piece *pieces;
    guint32 *order; // demand, heaviest first
    double *u, *rho, *g, *worth;
    bool *open;    // stands, forced or taken on the way
    double *room;  // of each site while demand is assigned
    double *least; // cost of all demand in `order` from here on, capacities aside
    gint32 *serves, *best_serves;
    bool *best_open;
    double cost, best, left;
    guint32 *may; // sites that the search decides on
    guint8 *chosen;
    gsize n_may;
} Case;

static double weight_of(const Case *c, gsize i) {
    return c->problem->weight[i];
}

static double cut_of(const Case *c) {
    return isfinite(c->best) ? c->best - 1e-10 * c->best : INFINITY;
}

static int by_worth(const void *a, const void *b) { // net / weight ascending, in the work lists
    const Piece *x = a, *y = b;
    if (x->net != y->net)
        return x->net < y->net ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

// What site j would take of demand at u; with `g` it is taken off there.
static double fill(Case *c, gsize j, Piece *work, double *g) {
    gsize n = 0;
    for (gsize k = c->from[j]; k < c->from[j + 1]; k++) {
        const Piece piece = c->pieces[k];
        const double net = piece.cost - c->u[piece.row];
        if (net < 0)
            work[n++] = (Piece){piece.cost, net / weight_of(c, piece.row), piece.row};
    }
    double room = c->problem->sites[j].capacity, sum = 0;
    if (isfinite(room))
        qsort(work, n, sizeof *work, by_worth);
    for (gsize k = 0; k < n && room > 0; k++) {
        const double weight = weight_of(c, work[k].row), taken = MIN(weight, room);
        sum += work[k].net * taken;
        room -= taken;
        if (g)
            g[work[k].row] -= taken / weight;
    }
    return sum;
}

// The bound at u over the sites not decided (`may`), others open or closed; -`rho` stay in `worth`.
static double bound_at(Case *c, const guint32 *may, gsize n) {
    GapPrices prices;
    double sum = 0;
    for (gsize i = 0; i < c->problem->n_demand; i++)
        sum += c->u[i];
    for (gsize j = 0; j < c->problem->n_sites; j++)
        sum += c->open[j] ? c->rho[j] : 0;
    for (gsize k = 0; k < n; k++)
        c->worth[k] = -c->rho[may[k]];
    return sum - gap_limits_least_bound(c->limits, c->tally, may, n, c->worth, &prices, c->chosen);
}

// ---- answers

static float minutes_of(const GapLocateProblem *problem, gsize i, gint32 site) {
    gsize from = problem->first[i], to = problem->first[i + 1];
    while (from < to) {
        const gsize middle = (from + to) / 2;
        if (problem->site[middle] == (guint32)site)
            return problem->minutes[middle];
        if (problem->site[middle] < (guint32)site)
            from = middle + 1;
        else
            to = middle;
    }
    return INFINITY;
}

static double cost_of(const Case *c, gsize i, gint32 site) {
    return weight_of(c, i) * minutes_of(c->problem, i, site);
}

static bool fits(const Case *c, gsize i, gsize j) {
    return c->open[j] && weight_of(c, i) <= c->room[j];
}

static void offer(Case *c) {
    double sum = 0;
    for (gsize i = 0; i < c->problem->n_demand; i++)
        sum += c->serves[i] < 0 ? 0 : cost_of(c, i, c->serves[i]);
    if (!(sum < c->best))
        return;
    c->best = sum;
    memcpy(c->best_serves, c->serves, c->problem->n_demand * sizeof *c->serves);
    memcpy(c->best_open, c->open, c->problem->n_sites * sizeof *c->open);
}

static void empty(Case *c) {
    for (gsize j = 0; j < c->problem->n_sites; j++)
        c->room[j] = c->problem->sites[j].capacity * (1 + 1e-12);
    for (gsize i = 0; i < c->problem->n_demand; i++)
        c->serves[i] = -1;
}

static void move(Case *c, gsize i, gint32 site) {
    if (c->serves[i] >= 0)
        c->room[c->serves[i]] += weight_of(c, i);
    c->serves[i] = site;
    if (site >= 0)
        c->room[site] -= weight_of(c, i);
}

// The cheapest open site with room, or -1.
static gint32 cheapest(const Case *c, gsize i) {
    const GapLocateProblem *problem = c->problem;
    gint32 best = -1;
    float least = INFINITY;
    for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
        if (problem->minutes[k] < least && fits(c, i, problem->site[k])) {
            least = problem->minutes[k];
            best = (gint32)problem->site[k];
        }
    return best;
}

// Moves and exchanges that save, by rounds.
static bool mend(Case *c) {
    const gsize n = c->problem->n_demand;
    bool better = false;
    for (gsize i = 0; i < n; i++) {
        if (c->serves[i] < 0)
            continue;
        const gint32 to = cheapest(c, i), from = c->serves[i];
        if (to >= 0 && cost_of(c, i, to) < cost_of(c, i, from)) {
            move(c, i, to);
            better = true;
            continue;
        }
        for (gsize k = 0; k < i; k++) {
            const gint32 a = c->serves[i], b = c->serves[k];
            if (b < 0 || a == b || weight_of(c, i) > c->room[b] + weight_of(c, k) ||
                weight_of(c, k) > c->room[a] + weight_of(c, i) ||
                !(cost_of(c, i, b) + cost_of(c, k, a) <
                  (cost_of(c, i, a) + cost_of(c, k, b)) * (1 - 1e-12)))
                continue;
            move(c, i, -1);
            move(c, k, a);
            move(c, i, b);
            better = true;
        }
    }
    return better;
}

// Serves all demand from the open sites, heaviest first, and mends that.
static void serve(Case *c) {
    empty(c);
    for (gsize k = 0; k < c->problem->n_demand; k++) {
        const guint32 i = c->order[k];
        const gint32 to = cheapest(c, i);
        if (to < 0 && weight_of(c, i) > 0)
            return;
        if (to >= 0)
            move(c, i, to);
    }
    for (int round = 0; round < MEND_ROUNDS && mend(c); round++)
        ;
    offer(c);
}

// ---- assignment by search

static void assign(Case *c, gsize k) {
    const GapLocateProblem *problem = c->problem;
    if (k == problem->n_demand) {
        offer(c);
        return;
    }
    if (gap_watch_over(c->watch, c->best, c->answer->bound))
        return;
    const guint32 i = c->order[k];
    if (!(weight_of(c, i) > 0)) { // those stand last
        const gint32 to = cheapest(c, i);
        move(c, i, to);
        assign(c, k + 1);
        move(c, i, -1);
        return;
    }
    const gsize n = problem->first[i + 1] - problem->first[i];
    g_autofree bool *tried = g_new0(bool, n + 1);
    for (;;) { // the cheapest site not tried
        gsize at = n;
        for (gsize q = 0; q < n; q++)
            if (!tried[q] && fits(c, i, problem->site[problem->first[i] + q]) &&
                (at == n || problem->minutes[problem->first[i] + q] <
                                problem->minutes[problem->first[i] + at]))
                at = q;
        if (at == n)
            break;
        tried[at] = true;
        const double cost = weight_of(c, i) * problem->minutes[problem->first[i] + at];
        if (c->cost + cost + c->least[k + 1] >= cut_of(c))
            break;
        c->cost += cost;
        move(c, i, (gint32)problem->site[problem->first[i] + at]);
        assign(c, k + 1);
        move(c, i, -1);
        c->cost -= cost;
    }
}

static void assign_all(Case *c) {
    const gsize n = c->problem->n_demand;
    empty(c);
    c->least[n] = 0;
    for (gsize k = n; k-- > 0;) {
        const guint32 i = c->order[k];
        const gint32 to = cheapest(c, i);
        if (to < 0 && weight_of(c, i) > 0)
            return;
        c->least[k] = c->least[k + 1] + (to < 0 ? 0 : cost_of(c, i, to));
    }
    c->cost = 0;
    assign(c, 0);
}

// ---- sites by search

static void search(Case *c, const guint32 *may, gsize n) {
    c->answer->nodes++;
    const double bound = bound_at(c, may, n);
    if (bound >= cut_of(c))
        return;
    if (!gap_watch_over(c->watch, c->best, c->answer->bound)) {
        guint32 *rest = g_new(guint32, n + 1), site = 0;
        gsize left = 0, best = n;
        for (gsize k = 0; k < n; k++)
            if (gap_limits_fit(c->limits, c->tally, may[k]) &&
                (best == n || c->rho[may[k]] < c->rho[may[best]]))
                best = k;
        for (gsize k = 0; best < n && k < n; k++)
            if (k != best && gap_limits_fit(c->limits, c->tally, may[k]))
                rest[left++] = may[k];
        if (best == n) {
            if (gap_limits_hold(c->limits, c->tally))
                assign_all(c);
        } else {
            site = may[best];
            gap_tally_add(c->limits, c->tally, site);
            c->open[site] = true;
            search(c, rest, left);
            c->open[site] = false;
            gap_tally_remove(c->limits, c->tally, site);
            if (gap_limits_completable(c->limits, c->tally, rest, left))
                search(c, rest, left);
        }
        g_free(rest);
    }
    if (c->watch->stopped)
        c->left = MIN(c->left, bound);
}

// ---- the bound

// Serves from what the dual chose, where that keeps the limits.
static void try_chosen(Case *c) {
    if (!gap_selection_allowed(c->limits, c->tally, c->may, c->chosen, c->n_may))
        return;
    for (gsize k = 0; k < c->n_may; k++)
        c->open[c->may[k]] = c->chosen[k];
    serve(c);
    for (gsize k = 0; k < c->n_may; k++)
        c->open[c->may[k]] = false;
}

static double evaluate(Case *c, Piece *work) {
    const GapLocateProblem *problem = c->problem;
    for (gsize j = 0; j < problem->n_sites; j++)
        c->rho[j] = fill(c, j, work, NULL);
    const double bound = bound_at(c, c->may, c->n_may);
    for (gsize i = 0; i < problem->n_demand; i++)
        c->g[i] = weight_of(c, i) > 0;
    for (gsize j = 0; j < problem->n_sites; j++)
        if (c->open[j])
            fill(c, j, work, c->g);
    for (gsize k = 0; k < c->n_may; k++)
        if (c->chosen[k])
            fill(c, c->may[k], work, c->g);
    return bound;
}

static void ascend(Case *c) {
    const gsize n = c->problem->n_demand;
    g_autofree Piece *work = g_new(Piece, n + 1);
    g_autofree double *best_u = g_new0(double, n + 1);
    double most = -INFINITY, scale = 1;
    for (int step = 0, poor = 0; step < STEPS && scale > 1e-3; step++) {
        const double bound = evaluate(c, work);
        double norm = 0;
        if (step % 10 == 0 || bound > most + 0.01 * fabs(most))
            try_chosen(c);
        if (bound > most) {
            most = bound;
            memcpy(best_u, c->u, n * sizeof *best_u);
            poor = 0;
        } else if (++poor % 15 == 0)
            scale /= 2;
        for (gsize i = 0; i < n; i++)
            norm += c->g[i] * c->g[i];
        if (!(norm > 0) || most >= cut_of(c) || gap_watch_over(c->watch, c->best, most))
            break;
        const double target = isfinite(c->best) ? c->best : fabs(bound) * 1.2 + 1;
        for (gsize i = 0; i < n; i++)
            c->u[i] += scale * (target - bound) / norm * c->g[i];
    }
    memcpy(c->u, best_u, n * sizeof *best_u);
    c->answer->bound = evaluate(c, work);
}

// ---- the whole

// Sites that may serve list their demand; false where some of it has none.
static bool list_pieces(Case *c) {
    const GapLocateProblem *problem = c->problem;
    for (int pass = 0; pass < 2; pass++) {
        for (gsize i = 0; i < problem->n_demand; i++) {
            bool any = !(problem->weight[i] > 0);
            for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
                const guint32 j = problem->site[k];
                const GapSite *site = &problem->sites[j];
                if (!(problem->weight[i] > 0) || site->state == GAP_SITE_FORBIDDEN ||
                    problem->weight[i] > site->capacity * (1 + 1e-12))
                    continue;
                any = true;
                if (pass)
                    c->pieces[c->from[j + 1]++] =
                        (Piece){problem->weight[i] * problem->minutes[k], 0, (guint32)i};
                else
                    c->from[j + 2]++;
            }
            if (!any)
                return false;
        }
        for (gsize j = 0; !pass && j < problem->n_sites; j++)
            c->from[j + 2] += c->from[j + 1];
        if (!pass)
            c->pieces = g_new(Piece, c->from[problem->n_sites + 1] + 1);
    }
    return true;
}

static int heaviest(const void *a, const void *b, void *user) {
    const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    const double *weight = user;
    if (weight[x] != weight[y])
        return weight[x] > weight[y] ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void report(const Case *c, double left) {
    GapLocateAnswer *answer = c->answer;
    const bool found = isfinite(c->best), done = left >= cut_of(c);
    answer->status = found  ? (done ? GAP_LOCATE_PROVEN : GAP_LOCATE_BOUNDED)
                     : done ? GAP_LOCATE_INFEASIBLE
                            : GAP_LOCATE_UNKNOWN;
    answer->value = found ? c->best : NAN;
    answer->bound = done ? c->best : MAX(answer->bound, MIN(left, c->best));
    if (!found)
        return;
    answer->sites = g_new(guint32, c->problem->n_sites + 1);
    for (guint32 j = 0; j < c->problem->n_sites; j++)
        if (c->best_open[j] && c->problem->sites[j].state != GAP_SITE_OPEN)
            answer->sites[answer->n_sites++] = j;
    answer->serves = g_memdup2(c->best_serves, c->problem->n_demand * sizeof *c->best_serves);
}

static void solve(Case *c) {
    const GapLocateProblem *problem = c->problem;
    for (gsize i = 0; i < problem->n_demand; i++) {
        double least = INFINITY;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            if (problem->sites[problem->site[k]].state != GAP_SITE_FORBIDDEN)
                least = MIN(least, problem->minutes[k]);
        c->order[i] = (guint32)i;
        c->u[i] = problem->weight[i] > 0 ? problem->weight[i] * least : 0;
    }
    g_qsort_with_data(c->order, (gint)problem->n_demand, sizeof *c->order, heaviest,
                      (void *)problem->weight);
    ascend(c);
    search(c, c->may, c->n_may);
}

void gap_median_capacity(const GapLocateProblem *problem, GapLimits *limits, GapWatch *watch,
                         GapLocateAnswer *answer) {
    const gsize n = problem->n_demand, m = problem->n_sites;
    g_autoptr(GapTally) tally = gap_tally_new(limits);
    Case c = {.problem = problem,
              .limits = limits,
              .tally = tally,
              .watch = watch,
              .answer = answer,
              .from = g_new0(gsize, m + 2),
              .order = g_new(guint32, n),
              .u = answer->multipliers = g_new0(double, n + 2),
              .rho = g_new0(double, m),
              .g = g_new0(double, n),
              .worth = g_new0(double, m),
              .open = g_new0(bool, m),
              .room = g_new0(double, m),
              .least = g_new0(double, n + 1),
              .serves = g_new0(gint32, n),
              .best_serves = g_new0(gint32, n),
              .best_open = g_new0(bool, m),
              .best = INFINITY,
              .left = INFINITY,
              .may = g_new0(guint32, m),
              .chosen = g_new0(guint8, m)};
    answer->bound = 0;
    const gssize n_may = gap_limits_start(limits, tally, c.may);
    c.n_may = (gsize)MAX(n_may, 0);
    for (gsize j = 0; j < m; j++)
        c.open[j] =
            problem->sites[j].state == GAP_SITE_OPEN || problem->sites[j].state == GAP_SITE_FORCED;
    if (n_may >= 0 && list_pieces(&c))
        solve(&c);
    report(&c, c.left);
    void *const all[] = {c.from, c.pieces, c.order,  c.rho,         c.g,         c.worth, c.open,
                         c.room, c.least,  c.serves, c.best_serves, c.best_open, c.may,   c.chosen};
    for (gsize k = 0; k < G_N_ELEMENTS(all); k++)
        g_free(all[k]);
}
