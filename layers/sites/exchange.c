#include "layers/sites/exchange.h"

static const double EQUAL = 1e-9; // of values, relative

typedef struct {
    guint32 demand;
    float minutes;
} Reach;

struct GapExchange {
    const GapLocateProblem *problem;
    const GapLocateOptions *options;
    gsize n;
    guint32 *sites; // in their order
    guint8 *open;   // of each site: stands or is new
    gsize *first;   // of each site: its first reach, then their number
    Reach *reach;
    // Of demand, without the site that is taken out:
    guint32 *within; // open sites within the limit
    double *nearest; // minutes; INFINITY
    guint8 *touched; // of P_CENTER: reached sooner by the candidate that is tried
};

static bool is_covering(const GapExchange *e) {
    return e->options->model == GAP_LOCATE_COVERING;
}

bool gap_exchange_is_better(const GapExchange *e, GapWorth a, GapWorth b) {
    const double same = EQUAL * fmax(1, fmax(fabs(a.value), fabs(b.value)));
    const double fewer = b.unreached - a.unreached;
    if (fabs(fewer) > EQUAL * fmax(1, b.unreached))
        return fewer > 0;
    return is_covering(e) ? a.value > b.value + same : a.value < b.value - same;
}

/* ---- what is open ---- */

static void list_reach(GapExchange *e) {
    const GapLocateProblem *problem = e->problem;
    for (gsize k = 0; k < problem->first[problem->n_demand]; k++)
        e->first[problem->site[k] + 1]++;
    for (gsize j = 0; j < problem->n_sites; j++)
        e->first[j + 1] += e->first[j];
    g_autofree gsize *next = g_memdup2(e->first, (problem->n_sites + 1) * sizeof *next);
    for (gsize i = 0; i < problem->n_demand; i++)
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            e->reach[next[problem->site[k]]++] = (Reach){(guint32)i, problem->minutes[k]};
}

/* Looks at each demand with all that is open. */
static void look(GapExchange *e) {
    const GapLocateProblem *problem = e->problem;
    for (gsize i = 0; i < problem->n_demand; i++) {
        e->within[i] = 0;
        e->nearest[i] = INFINITY;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
            const double minutes = (double)problem->minutes[k];
            if (!e->open[problem->site[k]])
                continue;
            e->within[i] += minutes <= e->options->within;
            e->nearest[i] = fmin(e->nearest[i], minutes);
        }
    }
}

static GapWorth worth_now(const GapExchange *e) {
    GapWorth worth = {0, 0};
    for (gsize i = 0; i < e->problem->n_demand; i++) {
        const double weight = e->problem->weight[i];
        if (is_covering(e))
            worth.value += e->within[i] >= e->options->need ? weight : 0;
        else if (!(weight > 0))
            continue;
        else if (isinf(e->nearest[i]))
            worth.unreached += weight;
        else if (e->options->model == GAP_LOCATE_P_MEDIAN)
            worth.value += weight * e->nearest[i];
        else
            worth.value = fmax(worth.value, e->nearest[i]);
    }
    return worth;
}

/* ---- one more ---- */

static GapWorth with_covering(const GapExchange *e, guint32 site, GapWorth worth) {
    for (gsize k = e->first[site]; k < e->first[site + 1]; k++) {
        const Reach *reach = &e->reach[k];
        if ((double)reach->minutes <= e->options->within &&
            e->within[reach->demand] + 1 == e->options->need)
            worth.value += e->problem->weight[reach->demand];
    }
    return worth;
}

static GapWorth with_median(const GapExchange *e, guint32 site, GapWorth worth) {
    for (gsize k = e->first[site]; k < e->first[site + 1]; k++) {
        const double weight = e->problem->weight[e->reach[k].demand],
                     minutes = (double)e->reach[k].minutes,
                     nearest = e->nearest[e->reach[k].demand];
        if (isinf(nearest)) {
            worth.unreached -= weight;
            worth.value += weight * minutes;
        } else if (minutes < nearest)
            worth.value -= weight * (nearest - minutes);
    }
    return worth;
}

static GapWorth with_center(GapExchange *e, guint32 site) {
    GapWorth worth = {0, 0};
    for (gsize k = e->first[site]; k < e->first[site + 1]; k++) {
        const gsize i = e->reach[k].demand;
        e->touched[i] = (double)e->reach[k].minutes < e->nearest[i];
        if (e->touched[i] && e->problem->weight[i] > 0)
            worth.value = fmax(worth.value, (double)e->reach[k].minutes);
    }
    for (gsize i = 0; i < e->problem->n_demand; i++) {
        const double weight = e->problem->weight[i];
        if (e->touched[i] || !(weight > 0))
            continue;
        if (isinf(e->nearest[i]))
            worth.unreached += weight;
        else
            worth.value = fmax(worth.value, e->nearest[i]);
    }
    for (gsize k = e->first[site]; k < e->first[site + 1]; k++)
        e->touched[e->reach[k].demand] = 0;
    return worth;
}

static GapWorth with(GapExchange *e, guint32 site, GapWorth worth) {
    return is_covering(e)                             ? with_covering(e, site, worth)
           : e->options->model == GAP_LOCATE_P_MEDIAN ? with_median(e, site, worth)
                                                      : with_center(e, site);
}

/* ---- limits ---- */

typedef struct {
    double cost, posts;
    guint32 *in_group;
    GHashTable *places; // taken
} Used;

static void use_up(const GapExchange *e, Used *used) {
    used->in_group = g_new0(guint32, e->problem->n_groups + 1);
    used->places = g_hash_table_new(NULL, NULL);
    for (gsize k = 0; k < e->n; k++) {
        const GapSite *site = &e->problem->sites[e->sites[k]];
        used->cost += site->cost;
        used->posts += site->posts;
        if (site->group >= 0)
            used->in_group[site->group]++;
        if (site->place >= 0)
            g_hash_table_add(used->places, GINT_TO_POINTER(site->place));
    }
}

/* Whether a sum stays within its limit, or where it is beyond does not grow. */
static bool keeps(double sum, double out, double in, double limit) {
    const double most = fmax(limit, sum);
    return sum - out + in <= most + EQUAL * fmax(1, fabs(most));
}

static bool keeps_groups(const GapLocateProblem *problem, const Used *used, const GapSite *out,
                         const GapSite *in) {
    if (out->group == in->group)
        return true;
    if (in->group >= 0 && problem->group_max &&
        used->in_group[in->group] >= problem->group_max[in->group])
        return false;
    return out->group < 0 || !problem->group_min ||
           used->in_group[out->group] > problem->group_min[out->group];
}

static bool may_swap(const GapExchange *e, const Used *used, gsize k, guint32 j) {
    const GapSite *out = &e->problem->sites[e->sites[k]], *in = &e->problem->sites[j];
    if (e->open[j] || in->state == GAP_SITE_FORBIDDEN || in->state == GAP_SITE_OPEN ||
        out->state == GAP_SITE_FORCED)
        return false;
    if (in->place >= 0 && in->place != out->place &&
        g_hash_table_contains(used->places, GINT_TO_POINTER(in->place)))
        return false;
    return keeps(used->cost, out->cost, in->cost, e->options->budget) &&
           keeps(used->posts, out->posts, in->posts, e->options->posts) &&
           keeps_groups(e->problem, used, out, in);
}

/* ---- all of it ---- */

GapExchange *gap_exchange_new(const GapLocateProblem *problem, const GapLocateOptions *options,
                              const guint32 *sites, gsize n) {
    GapExchange *e = g_new0(GapExchange, 1);
    e->problem = problem;
    e->options = options;
    e->n = n;
    e->sites = g_new0(guint32, n + 1);
    e->open = g_new0(guint8, problem->n_sites + 1);
    e->first = g_new0(gsize, problem->n_sites + 2);
    e->reach = g_new(Reach, problem->first[problem->n_demand] + 1);
    e->within = g_new0(guint32, problem->n_demand + 1);
    e->nearest = g_new0(double, problem->n_demand + 1);
    e->touched = g_new0(guint8, problem->n_demand + 1);
    for (gsize j = 0; j < problem->n_sites; j++)
        e->open[j] = problem->sites[j].state == GAP_SITE_OPEN;
    for (gsize k = 0; k < n; k++) {
        e->sites[k] = sites[k];
        e->open[sites[k]] = 1;
    }
    list_reach(e);
    return e;
}

void gap_exchange_free(GapExchange *e) {
    if (!e)
        return;
    g_free(e->sites);
    g_free(e->open);
    g_free(e->first);
    g_free(e->reach);
    g_free(e->within);
    g_free(e->nearest);
    g_free(e->touched);
    g_free(e);
}

GapWorth gap_exchange_worth(GapExchange *e) {
    look(e);
    return worth_now(e);
}

GapWorth gap_exchange_without(GapExchange *e, gsize k) {
    e->open[e->sites[k]] = 0;
    look(e);
    e->open[e->sites[k]] = 1;
    return worth_now(e);
}

bool gap_exchange_best(GapExchange *e, GapSwap *swap) {
    bool found = false;
    GapWorth best = gap_exchange_worth(e);
    Used used = {0};
    use_up(e, &used);
    for (gsize k = 0; k < e->n; k++) {
        const GapWorth without = gap_exchange_without(e, k);
        for (guint32 j = 0; j < e->problem->n_sites; j++) {
            if (!may_swap(e, &used, k, j))
                continue;
            const GapWorth worth = with(e, j, without);
            if (!gap_exchange_is_better(e, worth, best))
                continue;
            best = worth;
            *swap = (GapSwap){k, j, worth};
            found = true;
        }
    }
    g_free(used.in_group);
    g_hash_table_unref(used.places);
    return found;
}

void gap_exchange_make(GapExchange *e, const GapSwap *swap) {
    e->open[e->sites[swap->out]] = 0;
    e->open[swap->in] = 1;
    e->sites[swap->out] = swap->in;
}
