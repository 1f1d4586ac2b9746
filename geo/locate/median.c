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
#include "geo/locate/median.h"

#include <stdlib.h>

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

// The prices at which the limits on money and posts tell most.
static GapPrices prices_of(const GapLocateProblem *problem, GapLimits *limits, const double *u) {
    GapPrices prices = {0, 0};
    g_autofree double *rho = row_sums(problem, u);
    g_autofree guint32 *may = g_new(guint32, problem->n_sites);
    g_autoptr(GapTally) tally = gap_tally_new(limits);
    const gssize n = gap_limits_start(limits, tally, may);
    for (gssize k = 0; k < n; k++) // may[k] is at least k
        rho[k] = -rho[may[k]];
    if (n >= 0)
        gap_limits_least_bound(limits, tally, may, (gsize)n, rho, &prices, NULL);
    return prices;
}

// Adds prices to the multipliers of demand, and what all prove; there is room for two.
static void keep_multipliers(const GapLocateProblem *problem, const GapLocateOptions *options,
                             GapLimits *limits, GapLocateAnswer *answer) {
    double *u = answer->multipliers;
    const GapPrices prices = prices_of(problem, limits, u);
    answer->n_multipliers = problem->n_demand;
    if (isfinite(options->budget))
        u[answer->n_multipliers++] = prices.money;
    if (isfinite(options->posts))
        u[answer->n_multipliers++] = prices.posts;
    answer->root_bound = proven(problem, options, u, prices);
}

// The multipliers of demand: those of the search's rows, and what sites that stand cost the rest.
static double *multipliers_of(const GapSearch *s) {
    double *u = g_new0(double, s->problem->n_demand + 2);
    for (gsize i = 0; i < s->problem->n_demand; i++)
        u[i] = standing_cost(s->problem, i);
    for (guint32 i = 0; i < s->all->n_rows; i++)
        u[s->all->row[i]] = s->u[i];
    return u;
}

// ---- the whole

static void report(const GapSearch *s, GapLocateAnswer *answer) {
    const bool found = s->best < s->all->far, done = gap_search_done(s);
    answer->nodes = s->nodes;
    answer->value = found ? s->best : NAN;
    answer->bound = done && found ? s->best : MIN(s->left, s->best);
    answer->status = found  ? (done ? GAP_LOCATE_PROVEN : GAP_LOCATE_BOUNDED)
                     : done ? GAP_LOCATE_INFEASIBLE
                            : GAP_LOCATE_UNKNOWN;
    if (found)
        answer->sites = gap_search_sites(s, &answer->n_sites);
    else if (done)
        answer->bound = INFINITY;
}

static bool has_capacities(const GapLocateProblem *problem) {
    for (gsize j = 0; j < problem->n_sites; j++)
        if (isfinite(problem->sites[j].capacity) && problem->sites[j].state != GAP_SITE_FORBIDDEN)
            return true;
    return false;
}

static bool search(const GapLocateProblem *problem, const GapLocateOptions *options,
                   GapLimits *limits, GapWatch watch, GapLocateAnswer *answer, GError **error) {
    GapRows *rows = gap_rows_new(problem, error);
    g_auto(GapSearch) s = {.watch = watch};
    if (!rows || !gap_search_init(&s, problem, options, limits, rows, error))
        return false;
    s.best = s.all->far;
    s.grain = grain_of(s.all);
    gap_search_run(&s);
    if (s.u)
        answer->multipliers = multipliers_of(&s);
    report(&s, answer);
    return true;
}

GapLocateAnswer *gap_locate_median(const GapLocateProblem *problem, const GapLocateOptions *options,
                                   const GapProgress *progress, GError **error) {
    if (!gap_locate_check(problem, options, error))
        return NULL;
    GapWatch watch = gap_watch(progress, options->seconds);
    g_autoptr(GapLimits) limits = gap_limits_new(problem, options);
    g_autoptr(GapLocateAnswer) answer = g_new0(GapLocateAnswer, 1);
    answer->root_bound = NAN;
    if (has_capacities(problem))
        gap_median_capacity(problem, limits, &watch, answer);
    else if (!search(problem, options, limits, watch, answer, error))
        return NULL;
    if (answer->multipliers)
        keep_multipliers(problem, options, limits, answer);
    return g_steal_pointer(&answer);
}
