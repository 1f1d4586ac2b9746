#include "geo/locate/verify.h"

#include "geo/base/error.h"

static const double TOLERANCE = 1e-9; // of figures, relative

/* An answer under judgement. */
typedef struct {
    const GapLocateProblem *problem;
    const GapLocateOptions *options;
    const GapLocateAnswer *answer;
    bool *open; // by site: stands, or is new
} Case;

static bool is_over(double figure, double limit) {
    return figure > limit + TOLERANCE * fmax(1, fabs(limit));
}

static bool differ(double a, double b) {
    return !(fabs(a - b) <= TOLERANCE * fmax(1, fmax(fabs(a), fabs(b)))); // NaN differs
}

static bool reject(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool reject(GError **error, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    return gap_fail(error, GAP_ERROR_FAILED, "the answer does not hold: %s", what);
}

/* ---- the sites ---- */

static bool check_states(Case *c, GError **error) {
    const GapLocateProblem *problem = c->problem;
    for (gsize k = 0; k < c->answer->n_sites; k++) {
        const guint32 j = c->answer->sites[k];
        if (j >= problem->n_sites)
            return reject(error, "there is no candidate %u", j);
        if (k > 0 && j <= c->answer->sites[k - 1])
            return reject(error, "candidate %u stands after %u", j, c->answer->sites[k - 1]);
        if (problem->sites[j].state == GAP_SITE_FORBIDDEN)
            return reject(error, "candidate %u is forbidden", j);
        if (problem->sites[j].state == GAP_SITE_OPEN)
            return reject(error, "candidate %u stands already, so that it is not new", j);
        c->open[j] = true;
    }
    for (gsize j = 0; j < problem->n_sites; j++) {
        if (problem->sites[j].state == GAP_SITE_FORCED && !c->open[j])
            return reject(error, "candidate %zu must be and is not", j);
        c->open[j] |= problem->sites[j].state == GAP_SITE_OPEN;
    }
    return true;
}

static bool check_sums(const Case *c, GError **error) {
    double cost = 0, posts = 0;
    for (gsize k = 0; k < c->answer->n_sites; k++) {
        cost += c->problem->sites[c->answer->sites[k]].cost;
        posts += c->problem->sites[c->answer->sites[k]].posts;
    }
    const gint64 n = (gint64)c->answer->n_sites, p = c->options->p;
    if (p >= 0 && n > p)
        return reject(error,
                      "%" G_GINT64_FORMAT " new sites, %" G_GINT64_FORMAT " more than allowed", n,
                      n - p);
    if (is_over(cost, c->options->budget))
        return reject(error, "it costs %.15g, %.15g above the budget", cost,
                      cost - c->options->budget);
    if (is_over(posts, c->options->posts))
        return reject(error, "it takes %.15g posts, %.15g more than there are", posts,
                      posts - c->options->posts);
    return true;
}

static bool check_groups(const Case *c, GError **error) {
    const GapLocateProblem *problem = c->problem;
    g_autofree guint32 *count = g_new0(guint32, problem->n_groups + 1);
    for (gsize k = 0; k < c->answer->n_sites; k++) {
        const gint32 group = problem->sites[c->answer->sites[k]].group;
        if (group >= 0)
            count[group]++;
    }
    for (gsize g = 0; g < problem->n_groups; g++) {
        if (problem->group_min && count[g] < problem->group_min[g])
            return reject(error, "group %zu has %u new sites, its least is %u", g, count[g],
                          problem->group_min[g]);
        if (problem->group_max && count[g] > problem->group_max[g])
            return reject(error, "group %zu has %u new sites, its most is %u", g, count[g],
                          problem->group_max[g]);
    }
    return true;
}

static bool check_places(const Case *c, GError **error) {
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
    for (gsize k = 0; k < c->answer->n_sites; k++) {
        const guint32 j = c->answer->sites[k];
        const gint32 place = c->problem->sites[j].place;
        if (place >= 0 && !g_hash_table_add(taken, GINT_TO_POINTER(place)))
            return reject(error, "candidate %u is the second new site of place %d", j, place);
    }
    return true;
}

/* ---- who is served ---- */

static bool covers(const GapLocateOptions *options) {
    return options->model == GAP_LOCATE_COVERING || options->model == GAP_LOCATE_SET_COVER;
}

static bool has_capacities(const GapLocateProblem *problem) { // of sites that may be open
    for (gsize j = 0; j < problem->n_sites; j++)
        if (problem->sites[j].state != GAP_SITE_FORBIDDEN && isfinite(problem->sites[j].capacity))
            return true;
    return false;
}

/* The minutes of a pair, NaN where there is none. */
static double minutes_of(const GapLocateProblem *problem, gsize demand, gint32 site) {
    for (gsize k = problem->first[demand]; k < problem->first[demand + 1]; k++)
        if (problem->site[k] == (guint32)site)
            return (double)problem->minutes[k];
    return NAN;
}

static bool check_load(const Case *c, const double *load, GError **error) {
    for (gsize j = 0; j < c->problem->n_sites; j++)
        if (is_over(load[j], c->problem->sites[j].capacity))
            return reject(error, "candidate %zu serves %.15g, %.15g above its capacity", j, load[j],
                          load[j] - c->problem->sites[j].capacity);
    return true;
}

/* The value where each demand goes to the site that `serves` says. */
static bool assigned_value(const Case *c, double *value, GError **error) {
    const GapLocateProblem *problem = c->problem;
    g_autofree double *load = g_new0(double, problem->n_sites + 1);
    for (gsize i = 0; i < problem->n_demand; i++) {
        const gint32 j = c->answer->serves[i];
        if (j < 0 && c->options->model == GAP_LOCATE_P_MEDIAN && problem->weight[i] > 0)
            return reject(error, "demand %zu is served by no site", i);
        if (j < 0)
            continue;
        if ((gsize)j >= problem->n_sites || !c->open[j])
            return reject(error, "demand %zu is served by candidate %d, which is not open", i, j);
        const double minutes = minutes_of(problem, i, j);
        if (isnan(minutes) || (covers(c->options) && minutes > c->options->within))
            return reject(error, "demand %zu is served by candidate %d, which does not reach it", i,
                          j);
        load[j] += problem->weight[i];
        *value += problem->weight[i] * (covers(c->options) ? 1 : minutes);
    }
    return check_load(c, load, error);
}

/* Whether enough open sites lie within the limit. */
static bool is_covered(const Case *c, gsize demand) {
    guint32 within = 0;
    for (gsize k = c->problem->first[demand]; k < c->problem->first[demand + 1]; k++)
        within +=
            c->open[c->problem->site[k]] && (double)c->problem->minutes[k] <= c->options->within;
    return within >= c->options->need;
}

static double covered_weight(const Case *c) {
    double sum = 0;
    for (gsize i = 0; i < c->problem->n_demand; i++)
        sum += is_covered(c, i) ? c->problem->weight[i] : 0;
    return sum;
}

static bool set_cover_value(const Case *c, double *value, GError **error) {
    double all = 0;
    for (gsize i = 0; i < c->problem->n_demand; i++)
        all += c->problem->weight[i];
    const double covered = covered_weight(c), wanted = c->options->share * all;
    if (is_over(wanted, covered))
        return reject(error, "it covers %.15g, %.15g less than the share asked for", covered,
                      wanted - covered);
    for (gsize k = 0; k < c->answer->n_sites; k++)
        *value += c->options->by_cost ? c->problem->sites[c->answer->sites[k]].cost : 1;
    return true;
}

/* Sum of weight x minutes to the nearest open site, or the greatest of these minutes. */
static bool time_value(const Case *c, double *value, GError **error) {
    const GapLocateProblem *problem = c->problem;
    for (gsize i = 0; i < problem->n_demand; i++) {
        double nearest = INFINITY;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            if (c->open[problem->site[k]])
                nearest = fmin(nearest, (double)problem->minutes[k]);
        if (!(problem->weight[i] > 0))
            continue;
        if (isinf(nearest))
            return reject(error, "no open site reaches demand %zu", i);
        *value = c->options->model == GAP_LOCATE_P_CENTER ? fmax(*value, nearest)
                                                          : *value + problem->weight[i] * nearest;
    }
    return true;
}

static bool recompute_value(const Case *c, double *value, GError **error) {
    *value = 0;
    if (has_capacities(c->problem) && !c->answer->serves)
        return reject(error, "it does not say which site serves whom");
    if (c->answer->serves)
        return assigned_value(c, value, error);
    if (c->options->model == GAP_LOCATE_SET_COVER)
        return set_cover_value(c, value, error);
    if (c->options->model == GAP_LOCATE_COVERING) {
        *value = covered_weight(c);
        return true;
    }
    return time_value(c, value, error);
}

/* ---- the bound ---- */

static bool is_crossed(const Case *c, double bound) {
    const double value = c->answer->value;
    return c->options->model == GAP_LOCATE_COVERING ? is_over(value, bound) : is_over(bound, value);
}

static bool check_bound(const Case *c, double root, GError **error) {
    const GapLocateAnswer *answer = c->answer;
    const double value = answer->value, bound = answer->bound;
    if (isnan(bound) || is_crossed(c, bound))
        return reject(error, "its value is %.15g, and the bound that none is better than %.15g",
                      value, bound);
    if (answer->multipliers && (differ(root, answer->root_bound) || is_crossed(c, root)))
        return reject(error, "its multipliers are said to prove a bound of %.15g and prove %.15g",
                      answer->root_bound, root);
    if (answer->status == GAP_LOCATE_PROVEN && differ(value, bound))
        return reject(error, "it is said to be proven, and its value is %.15g, its bound %.15g",
                      value, bound);
    return true;
}

static bool check_case(Case *c, GapLocateVerdict *verdict, GError **error) {
    if (!check_states(c, error) || !check_sums(c, error) || !check_groups(c, error) ||
        !check_places(c, error) || !recompute_value(c, &verdict->value, error))
        return false;
    if (differ(verdict->value, c->answer->value))
        return reject(error, "its value is said to be %.15g and is %.15g", c->answer->value,
                      verdict->value);
    verdict->bound = gap_locate_root_bound(c->problem, c->options, c->answer);
    return check_bound(c, verdict->bound, error);
}

bool gap_locate_verify(const GapLocateProblem *problem, const GapLocateOptions *options,
                       const GapLocateAnswer *answer, GapLocateVerdict *verdict, GError **error) {
    *verdict = (GapLocateVerdict){NAN, NAN};
    if (answer->status == GAP_LOCATE_INFEASIBLE || answer->status == GAP_LOCATE_UNKNOWN)
        return (answer->n_sites == 0 && isnan(answer->value)) ||
               reject(error, "it is none, and has sites or a value");
    g_autofree bool *open = g_new0(bool, problem->n_sites + 1);
    Case c = {problem, options, answer, open};
    return check_case(&c, verdict, error);
}
