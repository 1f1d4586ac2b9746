/* Bounds from multipliers, without a search and without the solvers. */
#include "geo/locate/verify.h"

static const double TOLERANCE = 1e-9;

typedef struct {
    const GapLocateProblem *problem;
    const GapLocateOptions *options;
    const double *u;            // of demand
    double money, posts, price; // multipliers of the budget, the posts, the weight to cover
    double forced_cost, forced_posts;
    gint64 n_forced;
    bool *taken;        // of places, by a forced site
    guint32 *in_group;  // forced sites
    gint32 *needs;      // of demand: r_i
    double *gain, *net; // of sites
} Dual;

static bool is_finite(const double *numbers, gsize n) {
    for (gsize k = 0; k < n; k++)
        if (!isfinite(numbers[k]))
            return false;
    return true;
}

/* Whether the multipliers are as many as the model has, and such that they prove something. */
static bool take_multipliers(Dual *d, const GapLocateAnswer *answer) {
    const gsize n = d->problem->n_demand;
    const bool budget = isfinite(d->options->budget), posts = isfinite(d->options->posts);
    const double *more = answer->multipliers + n;
    d->u = answer->multipliers;
    if (!is_finite(d->u, answer->n_multipliers))
        return false;
    if (d->options->model == GAP_LOCATE_P_MEDIAN) {
        if (answer->n_multipliers != n + budget + posts)
            return false;
        d->money = budget ? more[0] : 0;
        d->posts = posts ? more[budget] : 0;
        return d->money >= 0 && d->posts >= 0;
    }
    const bool set_cover = d->options->model == GAP_LOCATE_SET_COVER;
    if (answer->n_multipliers != n + 2 + set_cover)
        return false;
    d->money = more[0];
    d->posts = more[1];
    d->price = set_cover ? more[2] : 0;
    for (gsize i = 0; i < n; i++)
        if (d->u[i] < 0)
            return false;
    return d->money >= 0 && d->posts >= 0 && d->price >= 0 && (budget || d->money == 0) &&
           (posts || d->posts == 0);
}

static void count_forced(Dual *d) {
    for (gsize j = 0; j < d->problem->n_sites; j++) {
        const GapSite *site = &d->problem->sites[j];
        if (site->state != GAP_SITE_FORCED)
            continue;
        d->n_forced++;
        d->forced_cost += site->cost;
        d->forced_posts += site->posts;
        if (site->place >= 0)
            d->taken[site->place] = true;
        if (site->group >= 0)
            d->in_group[site->group]++;
    }
}

static double priced(const Dual *d, const GapSite *site) {
    return d->money * site->cost + d->posts * site->posts;
}

static double left_over(const Dual *d) {
    return (d->money > 0 ? d->money * (d->options->budget - d->forced_cost) : 0) +
           (d->posts > 0 ? d->posts * (d->options->posts - d->forced_posts) : 0);
}

/* ---- the best set of free candidates ---- */

typedef struct {
    double net;
    gint32 group, place;
    gsize site;
} Column;

static bool is_below(double figure, double limit) {
    return figure <= limit + TOLERANCE * fmax(1, fabs(limit));
}

static bool fits_alone(const Dual *d, const GapSite *site) {
    const guint32 *max = d->problem->group_max;
    return site->state == GAP_SITE_FREE && !(site->place >= 0 && d->taken[site->place]) &&
           is_below(d->forced_cost + site->cost, d->options->budget) &&
           is_below(d->forced_posts + site->posts, d->options->posts) &&
           !(site->group >= 0 && max && d->in_group[site->group] >= max[site->group]);
}

static int by_unit(const void *a, const void *b) { // place and group, the best first
    const Column *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return (x->net < y->net) - (x->net > y->net);
}

static int by_net(const void *a, const void *b) {
    const Column *x = a, *y = b;
    return (x->net < y->net) - (x->net > y->net);
}

/* The best of each place and group among those that fit, descending. */
static GArray *columns_of(const Dual *d) {
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(Column));
    for (gsize j = 0; j < d->problem->n_sites; j++) {
        const GapSite *site = &d->problem->sites[j];
        if (fits_alone(d, site))
            g_array_append_val(columns, ((Column){d->net[j], site->group, site->place, j}));
    }
    g_array_sort(columns, by_unit);
    guint kept = 0;
    for (guint c = 0; c < columns->len; c++) {
        const Column *column = &g_array_index(columns, Column, c);
        const Column *last = kept ? &g_array_index(columns, Column, kept - 1) : NULL;
        if (!last || column->place < 0 || column->place != last->place ||
            column->group != last->group)
            g_array_index(columns, Column, kept++) = *column;
    }
    g_array_set_size(columns, kept);
    g_array_sort(columns, by_net);
    return columns;
}

/* First each group up to its least, then what is above 0; -INFINITY where that cannot be. */
static double best_sum(const Dual *d) {
    const GapLocateProblem *problem = d->problem;
    g_autoptr(GArray) columns = columns_of(d);
    g_autofree guint32 *in = g_memdup2(d->in_group, (problem->n_groups + 1) * sizeof *in);
    gint64 room = d->options->p < 0 ? G_MAXINT64 : d->options->p - d->n_forced;
    double sum = 0;
    for (int round = 0; round < 2; round++)
        for (guint c = 0; c < columns->len; c++) {
            Column *column = &g_array_index(columns, Column, c);
            const gint32 g = column->group;
            const bool lacks = g >= 0 && problem->group_min && in[g] < problem->group_min[g];
            const bool full = g >= 0 && problem->group_max && in[g] >= problem->group_max[g];
            if (isnan(column->net) || (round == 0 ? !lacks : full || room <= 0 || column->net <= 0))
                continue;
            sum += column->net;
            column->net = NAN; // taken
            room--;
            if (g >= 0)
                in[g]++;
        }
    for (gsize g = 0; g < problem->n_groups; g++)
        if (problem->group_min && in[g] < problem->group_min[g])
            return -INFINITY;
    return room < 0 ? -INFINITY : sum;
}

/* ---- covering ---- */

static bool is_within(const Dual *d, gsize pair) {
    return (double)d->problem->minutes[pair] <= d->options->within;
}

/* What demand still needs beside open and forced sites. */
static void count_needs(Dual *d) {
    const GapLocateProblem *problem = d->problem;
    for (gsize i = 0; i < problem->n_demand; i++) {
        d->needs[i] = (gint32)d->options->need;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
            const GapSiteState state = problem->sites[problem->site[k]].state;
            if (is_within(d, k) && (state == GAP_SITE_OPEN || state == GAP_SITE_FORCED))
                d->needs[i]--;
        }
        d->needs[i] = MAX(d->needs[i], 0);
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            d->gain[problem->site[k]] += d->needs[i] && is_within(d, k) ? d->u[i] : 0;
    }
}

static void find_net(Dual *d) {
    for (gsize j = 0; j < d->problem->n_sites; j++) {
        const GapSite *site = &d->problem->sites[j];
        const double own = d->options->model != GAP_LOCATE_SET_COVER ? 0
                           : d->options->by_cost                     ? site->cost
                                                                     : 1;
        d->net[j] = d->gain[j] - own - priced(d, site);
    }
}

static double covering_bound(Dual *d) {
    count_needs(d);
    find_net(d);
    double sum = 0;
    for (gsize i = 0; i < d->problem->n_demand; i++)
        sum += fmax(0, d->problem->weight[i] - d->needs[i] * d->u[i]);
    return sum + left_over(d) + best_sum(d);
}

/* What the weight to cover is worth at the price of weight, less what may stay uncovered. */
static double demanded(const Dual *d) {
    const double *weight = d->problem->weight;
    double all = 0, done = 0, lost = 0, whole = 0;
    for (gsize i = 0; i < d->problem->n_demand; i++) {
        all += weight[i];
        if (!d->needs[i])
            done += weight[i];
        else
            lost += fmax(0, d->price * weight[i] - d->needs[i] * d->u[i]);
        whole += weight[i] > 0 ? d->needs[i] * d->u[i] : 0;
    }
    return d->options->share >= 1 ? whole : d->price * (d->options->share * all - done) - lost;
}

static double set_cover_bound(Dual *d) {
    count_needs(d);
    find_net(d);
    const double forced = d->options->by_cost ? d->forced_cost : (double)d->n_forced;
    return forced + demanded(d) - left_over(d) - best_sum(d);
}

/* ---- covering with capacities ---- */

typedef struct {
    double u, weight;
} Item;

static int by_worth(const void *a, const void *b) { // u / weight descending
    const Item *x = a, *y = b;
    const double p = x->u * y->weight, q = y->u * x->weight;
    return (p < q) - (p > q);
}

static double filled(GArray *items, double capacity) {
    g_array_sort(items, by_worth);
    double sum = 0;
    for (guint k = 0; k < items->len; k++) {
        const Item *item = &g_array_index(items, Item, k);
        if (item->weight > capacity)
            return sum + item->u * capacity / item->weight;
        sum += item->u;
        capacity -= item->weight;
    }
    return sum;
}

static double capacity_bound(Dual *d) {
    const GapLocateProblem *problem = d->problem;
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    double sum = 0;
    for (gsize j = 0; j < problem->n_sites; j++)
        g_ptr_array_add(items, g_array_new(FALSE, FALSE, sizeof(Item)));
    for (gsize i = 0; i < problem->n_demand; i++) {
        sum += fmax(0, problem->weight[i] - d->u[i]);
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            if (is_within(d, k) && d->u[i] > 0)
                g_array_append_val((GArray *)items->pdata[problem->site[k]],
                                   ((Item){d->u[i], problem->weight[i]}));
    }
    for (gsize j = 0; j < problem->n_sites; j++) {
        d->gain[j] = filled(items->pdata[j], problem->sites[j].capacity);
        if (problem->sites[j].state == GAP_SITE_OPEN || problem->sites[j].state == GAP_SITE_FORCED)
            sum += d->gain[j];
    }
    find_net(d);
    return sum + left_over(d) + best_sum(d);
}

/* ---- median ---- */

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_bound(Dual *d) {
    const GapLocateProblem *problem = d->problem;
    double sum = -(d->money > 0 ? d->money * d->options->budget : 0) -
                 (d->posts > 0 ? d->posts * d->options->posts : 0);
    for (gsize i = 0; i < problem->n_demand; i++) {
        if (!(problem->weight[i] > 0)) // nobody, who need not be served
            continue;
        sum += d->u[i];
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            d->gain[problem->site[k]] +=
                fmin(0, problem->weight[i] * (double)problem->minutes[k] - d->u[i]);
    }
    gsize n = 0;
    for (gsize j = 0; j < problem->n_sites; j++) {
        const GapSite *site = &problem->sites[j];
        const double net = d->gain[j] + priced(d, site);
        if (site->state == GAP_SITE_FREE)
            d->net[n++] = net;
        else if (site->state != GAP_SITE_FORBIDDEN)
            sum += site->state == GAP_SITE_OPEN ? d->gain[j] : net;
    }
    qsort(d->net, n, sizeof *d->net, ascending);
    const gint64 room = d->options->p < 0 ? (gint64)n : d->options->p - d->n_forced;
    for (gsize k = 0; k < n && (gint64)k < room && d->net[k] < 0; k++)
        sum += d->net[k];
    return sum;
}

/* ---- all models ---- */

static double bound_of(Dual *d) {
    bool capacities = false;
    for (gsize j = 0; j < d->problem->n_sites; j++)
        capacities |= isfinite(d->problem->sites[j].capacity);
    switch (d->options->model) {
    case GAP_LOCATE_COVERING:
        return capacities ? capacity_bound(d) : covering_bound(d);
    case GAP_LOCATE_SET_COVER:
        return set_cover_bound(d);
    case GAP_LOCATE_P_MEDIAN:
        return median_bound(d);
    default:
        return NAN;
    }
}

double gap_locate_root_bound(const GapLocateProblem *problem, const GapLocateOptions *options,
                             const GapLocateAnswer *answer) {
    Dual d = {.problem = problem, .options = options};
    if (!answer->multipliers || answer->n_multipliers < problem->n_demand ||
        !take_multipliers(&d, answer))
        return NAN;
    gint32 places = 0;
    for (gsize j = 0; j < problem->n_sites; j++)
        places = MAX(places, problem->sites[j].place + 1);
    g_autofree bool *taken = d.taken = g_new0(bool, (gsize)places + 1);
    g_autofree guint32 *in_group = d.in_group = g_new0(guint32, problem->n_groups + 1);
    g_autofree gint32 *needs = d.needs = g_new0(gint32, problem->n_demand + 1);
    g_autofree double *gain = d.gain = g_new0(double, problem->n_sites + 1);
    g_autofree double *net = d.net = g_new0(double, problem->n_sites + 1);
    count_forced(&d);
    return bound_of(&d);
}
