#include "geo/locate/limits.h"

#include <string.h>

struct GapLimits {
    const GapSite *sites;
    gsize n_sites, n_groups, n_places, n_units;
    gint64 p;
    double budget, posts;           /**< as they are */
    double budget_most, posts_most; /**< with their slack */
    guint32 *group_min, *group_max;
    gint32 *place;       /**< of each site: dense, or -1 */
    gint32 *unit;        /**< of each site: its place and group as one number, or -1 */
    bool grouped, least; /**< some group has a limit; a lower one */
    /* work space, a number a site */
    double *net;
    guint32 *order;
    gint32 *best;     /**< of each unit */
    guint32 *taken;   /**< of each group */
    double *least_in; /**< of each group */
};

/** Place (and group) of sites as dense numbers; -1 stays -1. Answers how many. */
static gsize number_keys(const GapSite *sites, gsize n, bool with_group, gint32 *out) {
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    for (gsize j = 0; j < n; j++) {
        const gint64 key = sites[j].place * ((gint64)1 << 32) + (with_group ? sites[j].group : 0);
        void *at;
        out[j] = -1;
        if (sites[j].place < 0)
            continue;
        if (!g_hash_table_lookup_extended(seen, &key, NULL, &at)) {
            at = GUINT_TO_POINTER(g_hash_table_size(seen));
            g_hash_table_insert(seen, g_memdup2(&key, sizeof key), at);
        }
        out[j] = (gint32)GPOINTER_TO_UINT(at);
    }
    return g_hash_table_size(seen);
}

static double with_slack(double limit) {
    return limit + 1e-9 * fabs(limit);
}

GapLimits *gap_limits_new(const GapLocateProblem *problem, const GapLocateOptions *options) {
    const gsize n = problem->n_sites, groups = problem->n_groups;
    GapLimits *l = g_new0(GapLimits, 1);
    *l = (GapLimits){.sites = problem->sites,
                     .n_sites = n,
                     .n_groups = groups,
                     .p = options->p < 0 ? (gint64)n : options->p,
                     .budget = options->budget,
                     .posts = options->posts,
                     .budget_most = with_slack(options->budget),
                     .posts_most = with_slack(options->posts),
                     .group_min = g_new0(guint32, groups + 1),
                     .group_max = g_new0(guint32, groups + 1),
                     .place = g_new(gint32, n + 1),
                     .unit = g_new(gint32, n + 1),
                     .net = g_new(double, n + 1),
                     .order = g_new(guint32, n + 1),
                     .taken = g_new(guint32, groups + 1),
                     .least_in = g_new(double, groups + 1)};
    for (gsize g = 0; g < groups; g++) {
        l->group_min[g] = problem->group_min ? problem->group_min[g] : 0;
        l->group_max[g] = problem->group_max ? problem->group_max[g] : G_MAXUINT32;
        l->least |= l->group_min[g] > 0;
        l->grouped |= l->group_min[g] > 0 || l->group_max[g] < n;
    }
    l->n_places = number_keys(l->sites, n, false, l->place);
    l->n_units = number_keys(l->sites, n, true, l->unit);
    l->best = g_new(gint32, l->n_units + 1);
    return l;
}

void gap_limits_free(GapLimits *l) {
    if (!l)
        return;
    void *parts[] = {l->group_min, l->group_max, l->place, l->unit,     l->net,
                     l->order,     l->best,      l->taken, l->least_in, l};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        g_free(parts[i]);
}

/* ---- tallies ---- */

GapTally *gap_tally_new(const GapLimits *l) {
    GapTally *tally = g_new0(GapTally, 1);
    tally->in_group = g_new0(guint32, l->n_groups + 1);
    tally->in_place = g_new0(guint8, l->n_places + 1);
    return tally;
}

GapTally *gap_tally_copy(const GapLimits *l, const GapTally *from) {
    GapTally *tally = g_memdup2(from, sizeof *from);
    tally->in_group = g_memdup2(from->in_group, (l->n_groups + 1) * sizeof *from->in_group);
    tally->in_place = g_memdup2(from->in_place, l->n_places + 1);
    return tally;
}

void gap_tally_free(GapTally *tally) {
    if (!tally)
        return;
    g_free(tally->in_group);
    g_free(tally->in_place);
    g_free(tally);
}

static void tally(const GapLimits *l, GapTally *t, guint32 site, int sign) {
    const GapSite *s = &l->sites[site];
    t->n += sign;
    t->cost += sign * s->cost;
    t->posts += sign * s->posts;
    if (s->group >= 0)
        t->in_group[s->group] += (guint32)sign;
    if (l->place[site] >= 0)
        t->in_place[l->place[site]] = (guint8)(t->in_place[l->place[site]] + sign);
}

void gap_tally_add(const GapLimits *l, GapTally *t, guint32 site) {
    tally(l, t, site, 1);
}

void gap_tally_remove(const GapLimits *l, GapTally *t, guint32 site) {
    tally(l, t, site, -1);
}

/* ---- what holds ---- */

bool gap_limits_have_least(const GapLimits *l) {
    return l->least;
}

bool gap_limits_only_number(const GapLocateProblem *problem, const GapLocateOptions *options) {
    bool plain = isinf(options->budget) && isinf(options->posts);
    for (gsize j = 0; plain && j < problem->n_sites; j++)
        plain = problem->sites[j].place < 0;
    for (gsize g = 0; plain && g < problem->n_groups; g++)
        plain = !(problem->group_min && problem->group_min[g]) &&
                !(problem->group_max && problem->group_max[g] < problem->n_sites);
    return plain;
}

bool gap_limits_have_budget(const GapLimits *l) {
    return isfinite(l->budget) || isfinite(l->posts);
}

bool gap_limits_stands_in(const GapLimits *l, guint32 a, guint32 b) {
    const GapSite *x = &l->sites[a], *y = &l->sites[b];
    const bool frees = l->place[a] < 0 || l->place[a] == l->place[b];
    return frees && !l->least && (!l->grouped || x->group == y->group) &&
           (isinf(l->budget) || x->cost <= y->cost) && (isinf(l->posts) || x->posts <= y->posts);
}

bool gap_limits_fit(const GapLimits *l, const GapTally *t, guint32 site) {
    const GapSite *s = &l->sites[site];
    return t->n < l->p && t->cost + s->cost <= l->budget_most &&
           t->posts + s->posts <= l->posts_most &&
           (s->group < 0 || t->in_group[s->group] < l->group_max[s->group]) &&
           (l->place[site] < 0 || !t->in_place[l->place[site]]);
}

bool gap_limits_hold(const GapLimits *l, const GapTally *t) {
    for (gsize g = 0; g < l->n_groups; g++)
        if (t->in_group[g] < l->group_min[g] || t->in_group[g] > l->group_max[g])
            return false;
    for (gsize k = 0; k < l->n_places; k++)
        if (t->in_place[k] > 1)
            return false;
    return t->n <= l->p && t->cost <= l->budget_most && t->posts <= l->posts_most;
}

bool gap_limits_lack(const GapLimits *l, const GapTally *t, guint32 site) {
    const gint32 group = l->sites[site].group;
    return group >= 0 && t->in_group[group] < l->group_min[group];
}

bool gap_limits_can_spare(const GapLimits *l, const GapTally *t, guint32 site) {
    const gint32 group = l->sites[site].group;
    return group < 0 || t->in_group[group] > l->group_min[group];
}

bool gap_limits_exchange(const GapLimits *l, GapTally *t, guint32 out, guint32 in) {
    if (!gap_limits_can_spare(l, t, out) && l->sites[in].group != l->sites[out].group)
        return false;
    gap_tally_remove(l, t, out);
    const bool fits = gap_limits_fit(l, t, in);
    gap_tally_add(l, t, out);
    return fits;
}

gssize gap_limits_start(const GapLimits *l, GapTally *t, guint32 *may) {
    gssize n = 0;
    for (guint32 j = 0; j < l->n_sites; j++)
        if (l->sites[j].state == GAP_SITE_FORCED) {
            if (!gap_limits_fit(l, t, j))
                return -1;
            gap_tally_add(l, t, j);
        }
    for (guint32 j = 0; j < l->n_sites; j++)
        if (l->sites[j].state == GAP_SITE_FREE && gap_limits_fit(l, t, j))
            may[n++] = j;
    return n;
}

gint64 gap_limits_number_left(const GapLimits *l, const GapTally *t) {
    return l->p - t->n;
}

/* ---- the best selection in X ---- */

typedef struct {
    GapLimits *l;
    const GapTally *t;
    const guint32 *may;
} Pick;

static bool before(const Pick *pick, guint32 a, guint32 b) {
    const double x = pick->l->net[a], y = pick->l->net[b];
    return x > y || (x == y && a < b);
}

static int by_net(gconstpointer a, gconstpointer b, gpointer user) {
    return before(user, *(const guint32 *)a, *(const guint32 *)b) ? -1 : 1;
}

/** Moves the first `k` of `n` by `before` to the front, k < n (Hoare 1961, as Wirth has it). */
static void select_first(const Pick *pick, guint32 *order, gssize n, gssize k) {
    for (gssize from = 0, to = n - 1; from < to;) {
        const guint32 pivot = order[k];
        gssize i = from, j = to;
        do {
            while (before(pick, order[i], pivot))
                i++;
            while (before(pick, pivot, order[j]))
                j--;
            if (i <= j) {
                const guint32 swap = order[i];
                order[i++] = order[j];
                order[j--] = swap;
            }
        } while (i <= j);
        if (j < k)
            from = i;
        if (k < i)
            to = j;
    }
}

/** Lists into `order` what still fits, the best of each unit only. Answers how many. */
static gsize list_candidates(const Pick *pick, gsize n, bool positive) {
    GapLimits *l = pick->l;
    gsize count = 0;
    memset(l->best, -1, l->n_units * sizeof *l->best);
    for (guint32 k = 0; k < n; k++) {
        const guint32 site = pick->may[k];
        if ((positive && l->net[k] <= 0) || !gap_limits_fit(l, pick->t, site))
            continue;
        const gint32 unit = l->unit[site];
        if (unit < 0)
            l->order[count++] = k;
        else if (l->best[unit] < 0)
            l->order[l->best[unit] = (gint32)count++] = k;
        else if (before(pick, k, l->order[l->best[unit]]))
            l->order[l->best[unit]] = k;
    }
    return count;
}

/** Takes what groups lack, then what is worth it, in order. Answers false where X is empty; the
 *  taken come first in `order`, their number in `*n`. */
static bool take_grouped(Pick *pick, gsize *n) {
    GapLimits *l = pick->l;
    gsize kept = 0, rest = 0;
    gint64 slots = l->p - pick->t->n, lack = 0;
    g_autofree guint32 *later = g_new(guint32, *n + 1);
    g_qsort_with_data(l->order, (gint)*n, sizeof *l->order, by_net, pick);
    memcpy(l->taken, pick->t->in_group, l->n_groups * sizeof *l->taken);
    for (gsize i = 0; i < *n; i++) {
        const gint32 group = l->sites[pick->may[l->order[i]]].group;
        if (group >= 0 && l->taken[group] < l->group_min[group]) {
            l->taken[group]++;
            l->order[kept++] = l->order[i];
        } else
            later[rest++] = l->order[i];
    }
    for (gsize g = 0; g < l->n_groups; g++)
        lack += l->taken[g] < l->group_min[g];
    slots -= (gint64)kept;
    for (gsize i = 0; i < rest && slots > 0 && l->net[later[i]] > 0; i++) {
        const gint32 group = l->sites[pick->may[later[i]]].group;
        if (group >= 0 && l->taken[group] >= l->group_max[group])
            continue;
        if (group >= 0)
            l->taken[group]++;
        l->order[kept++] = later[i];
        slots--;
    }
    *n = kept;
    return lack == 0 && slots >= 0;
}

/** The best S in X by `net`; its members' positions stand first in `order`. */
static double pick_best(GapLimits *l, const GapTally *t, const guint32 *may, gsize n,
                        gsize *n_picked) {
    Pick pick = {l, t, may};
    const gsize slots = (gsize)MAX(l->p - t->n, 0);
    double sum = 0;
    gsize count = list_candidates(&pick, n, !l->least);
    if (l->grouped) {
        if (!take_grouped(&pick, &count))
            return -INFINITY;
    } else if (count > slots) {
        select_first(&pick, l->order, (gssize)count, (gssize)slots);
        count = slots;
    }
    for (gsize i = 0; i < count; i++)
        sum += l->net[l->order[i]];
    *n_picked = count;
    return sum;
}

static void set_net(GapLimits *l, const guint32 *may, gsize n, const double *value,
                    GapPrices prices) {
    for (gsize k = 0; k < n; k++)
        l->net[k] =
            value[k] - prices.money * l->sites[may[k]].cost - prices.posts * l->sites[may[k]].posts;
}

double gap_limits_bound(GapLimits *l, const GapTally *t, const guint32 *may, gsize n,
                        const double *value, GapPrices prices, guint8 *chosen) {
    gsize picked = 0;
    set_net(l, may, n, value, prices);
    double bound = pick_best(l, t, may, n, &picked);
    if (prices.money > 0)
        bound += prices.money * (l->budget - t->cost);
    if (prices.posts > 0)
        bound += prices.posts * (l->posts - t->posts);
    if (chosen) {
        memset(chosen, 0, n);
        for (gsize i = 0; i < picked; i++)
            chosen[l->order[i]] = 1;
    }
    return bound;
}

bool gap_limits_completable(GapLimits *l, const GapTally *t, const guint32 *may, gsize n) {
    gsize picked;
    bool lacks = false;
    if (t->n > l->p || t->cost > l->budget_most || t->posts > l->posts_most)
        return false;
    for (gsize g = 0; g < l->n_groups; g++)
        lacks |= t->in_group[g] < l->group_min[g];
    if (!lacks)
        return true;
    for (gsize k = 0; k < n; k++)
        l->net[k] = -l->sites[may[k]].cost;
    if (-pick_best(l, t, may, n, &picked) > l->budget_most - t->cost)
        return false;
    for (gsize k = 0; k < n; k++)
        l->net[k] = -l->sites[may[k]].posts;
    return -pick_best(l, t, may, n, &picked) <= l->posts_most - t->posts;
}

/* ---- the prices ---- */

typedef struct {
    GapLimits *l;
    const GapTally *t;
    const guint32 *may;
    gsize n;
    const double *value;
    guint8 *chosen;
} Search;

/** What the selection at these prices leaves of the budget (or of the posts). */
static double left_at(const Search *s, GapPrices prices, bool posts, double *bound) {
    double left = posts ? s->l->posts - s->t->posts : s->l->budget - s->t->cost;
    *bound = gap_limits_bound(s->l, s->t, s->may, s->n, s->value, prices, s->chosen);
    for (gsize k = 0; k < s->n; k++)
        if (s->chosen[k])
            left -= posts ? s->l->sites[s->may[k]].posts : s->l->sites[s->may[k]].cost;
    return left;
}

/** Bisects one price to where its limit is just used up, the other standing still. */
static double search_price(const Search *s, GapPrices *prices, bool posts) {
    double *price = posts ? &prices->posts : &prices->money;
    double low = 0, high = 0, bound, least, best = 0;
    *price = 0;
    if (left_at(s, *prices, posts, &least) >= 0)
        return least;
    for (gsize k = 0; k < s->n; k++) {
        const GapSite *site = &s->l->sites[s->may[k]];
        const double used = posts ? site->posts : site->cost;
        if (used > 0)
            high = fmax(high, fabs(s->value[k]) / used);
    }
    high = 2 * high + 1;
    for (int i = 0; i < 50 && high - low > 1e-12 * high; i++) {
        *price = (low + high) / 2;
        const bool enough = left_at(s, *prices, posts, &bound) >= 0;
        *(enough ? &high : &low) = *price;
        if (bound < least) {
            least = bound;
            best = *price;
        }
    }
    *price = best;
    return least;
}

double gap_limits_least_bound(GapLimits *l, const GapTally *t, const guint32 *may, gsize n,
                              const double *value, GapPrices *prices, guint8 *chosen) {
    g_autofree guint8 *own = g_new(guint8, n + 1);
    const Search s = {l, t, may, n, value, chosen ? chosen : own};
    const bool money = isfinite(l->budget), posts = isfinite(l->posts);
    *prices = (GapPrices){0, 0};
    for (int round = 0; round < (money && posts ? 3 : 1); round++) {
        if (money)
            search_price(&s, prices, false);
        if (posts)
            search_price(&s, prices, true);
    }
    return gap_limits_bound(l, t, may, n, value, *prices, chosen);
}

/* ---- fixing, repair ---- */

/** Least of the chosen that an exchange could push out, over all and in each group. */
static double least_chosen(GapLimits *l, const guint32 *may, gsize n, const guint8 *chosen) {
    double least = INFINITY;
    for (gsize g = 0; g < l->n_groups; g++)
        l->least_in[g] = INFINITY;
    memset(l->best, -1, l->n_units * sizeof *l->best);
    for (gsize k = 0; k < n; k++) {
        if (!chosen[k])
            continue;
        const gint32 group = l->sites[may[k]].group, unit = l->unit[may[k]];
        least = fmin(least, l->net[k]);
        if (group >= 0)
            l->least_in[group] = fmin(l->least_in[group], l->net[k]);
        if (unit >= 0)
            l->best[unit] = (gint32)k;
    }
    return least;
}

/* The best selection with one site's state turned differs from the best by at most one exchange
 * (generalized matroids), so that the best exchange that could be allowed bounds it. */
void gap_limits_swing(GapLimits *l, const GapTally *t, const guint32 *may, gsize n,
                      const double *value, GapPrices prices, const guint8 *chosen, double *swing) {
    gint64 count = t->n;
    double best_other = l->least ? -INFINITY : 0;
    set_net(l, may, n, value, prices);
    const double least = least_chosen(l, may, n, chosen);
    memcpy(l->taken, t->in_group, l->n_groups * sizeof *l->taken);
    for (gsize k = 0; k < n; k++) {
        const gint32 group = l->sites[may[k]].group;
        count += chosen[k];
        if (chosen[k] && group >= 0)
            l->taken[group]++;
        if (!chosen[k])
            best_other = fmax(best_other, l->net[k]);
    }
    best_other = fmax(best_other, 0);
    for (gsize k = 0; k < n; k++) {
        const gint32 group = l->sites[may[k]].group, unit = l->unit[may[k]];
        if (chosen[k]) {
            swing[k] = fmax(l->net[k] - best_other, 0);
            continue;
        }
        double pushed = l->least ? fmin(least, 0) : 0;
        if (count >= l->p)
            pushed = least;
        if (group >= 0 && l->taken[group] >= l->group_max[group])
            pushed = fmax(pushed, l->least_in[group]);
        if (unit >= 0 && l->best[unit] >= 0)
            pushed = fmax(pushed, l->net[l->best[unit]]);
        swing[k] = fmax(pushed - l->net[k], 0);
    }
}

double gap_limits_use(const GapLimits *l, const GapTally *t, guint32 site) {
    const double money = l->budget - t->cost, posts = l->posts - t->posts;
    double share = 1 / (double)MAX(l->p - t->n, 1);
    if (isfinite(money) && money > 0)
        share = fmax(share, l->sites[site].cost / money);
    if (isfinite(posts) && posts > 0)
        share = fmax(share, l->sites[site].posts / posts);
    return share;
}

bool gap_limits_keep(GapLimits *l, GapTally *t, const guint32 *may, gsize n, const guint8 *chosen,
                     gsize k) {
    if (!gap_limits_fit(l, t, may[k]))
        return false;
    if (!l->least)
        return true;
    g_autofree guint32 *rest = g_new(guint32, n);
    gsize n_rest = 0;
    for (gsize i = 0; i < n; i++)
        if (!chosen[i] && i != k)
            rest[n_rest++] = may[i];
    gap_tally_add(l, t, may[k]);
    const bool can = gap_limits_completable(l, t, rest, n_rest);
    gap_tally_remove(l, t, may[k]);
    return can;
}

/** The next to add, or -1. */
static gssize best_addition(GapLimits *l, GapTally *t, const guint32 *may, gsize n,
                            const double *value, const guint8 *chosen) {
    gssize best = -1;
    double best_score = 0;
    for (gsize k = 0; k < n; k++) {
        const bool lacks = gap_limits_lack(l, t, may[k]);
        if (chosen[k] || (value[k] <= 0 && !lacks))
            continue;
        const double share = gap_limits_use(l, t, may[k]);
        const double score = value[k] > 0 ? value[k] / share : value[k] * share;
        if ((best < 0 || score > best_score) && gap_limits_keep(l, t, may, n, chosen, k)) {
            best = (gssize)k;
            best_score = score;
        }
    }
    return best;
}

bool gap_limits_repair(GapLimits *l, const GapTally *taken, const guint32 *may, gsize n,
                       const double *value, guint8 *chosen) {
    g_autoptr(GapTally) t = gap_tally_copy(l, taken);
    memset(chosen, 0, n);
    for (gssize k; (k = best_addition(l, t, may, n, value, chosen)) >= 0;) {
        chosen[k] = 1;
        gap_tally_add(l, t, may[k]);
    }
    return gap_limits_hold(l, t);
}
