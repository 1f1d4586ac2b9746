#include "geo/locate/explain.h"

typedef enum { NUMBER, MONEY, POSTS, N_MEASURES } Measure;

typedef struct {
    const GapLocateProblem *problem;
    const GapLocateOptions *options;
    GArray *reasons;
    bool hopeless; // no number, money or posts would help
} Search;

static bool is_allowed(const GapSite *site) {
    return site->state != GAP_SITE_FORBIDDEN;
}

static double measured(const GapSite *site, Measure measure) {
    return measure == NUMBER ? 1 : measure == MONEY ? site->cost : site->posts;
}

static double limit_of(const GapLocateOptions *options, Measure measure) {
    const double p = options->p < 0 ? INFINITY : (double)options->p;
    return measure == NUMBER ? p : measure == MONEY ? options->budget : options->posts;
}

static void add(Search *search, GapLocateReason reason) {
    search->hopeless |= reason.why <= GAP_WHY_GROUP_FORCED;
    g_array_append_val(search->reasons, reason);
}

static void add_conflict(Search *search, GapLocateWhy why, gint32 group, double needed,
                         double given) {
    add(search, (GapLocateReason){.why = why, .group = group, .needed = needed, .given = given});
}

/* ---- demand ---- */

static void note_demand(const Search *search, GapLocateReason *reason, gsize demand) {
    reason->count++;
    reason->weight += search->problem->weight[demand];
    if (reason->n_first < GAP_WHY_LISTED)
        reason->first[reason->n_first++] = (guint32)demand;
}

/* Demand of some weight that nothing reaches, or nothing with enough capacity. */
static void find_unserved(Search *search) {
    const GapLocateProblem *problem = search->problem;
    GapLocateReason unreached = {.why = GAP_WHY_UNREACHED, .group = -1};
    GapLocateReason large = {.why = GAP_WHY_TOO_LARGE, .group = -1};
    const bool capacities = search->options->model == GAP_LOCATE_P_MEDIAN;
    for (gsize i = 0; i < problem->n_demand; i++) {
        double capacity = -1;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++) {
            const GapSite *site = &problem->sites[problem->site[k]];
            if (is_allowed(site))
                capacity = fmax(capacity, site->capacity);
        }
        if (!(problem->weight[i] > 0))
            continue;
        if (capacity < 0) {
            note_demand(search, &unreached, i);
            unreached.freed += problem->first[i] < problem->first[i + 1];
        } else if (capacities && capacity < problem->weight[i])
            note_demand(search, &large, i);
    }
    if (unreached.count)
        add(search, unreached);
    if (large.count)
        add(search, large);
}

/* Weight in all, and what all allowed sites together cover. */
static void find_share(Search *search) {
    const GapLocateProblem *problem = search->problem;
    double all = 0, covered = 0;
    for (gsize i = 0; i < problem->n_demand; i++) {
        guint32 within = 0;
        for (gsize k = problem->first[i]; k < problem->first[i + 1]; k++)
            within += is_allowed(&problem->sites[problem->site[k]]) &&
                      (double)problem->minutes[k] <= search->options->within;
        all += problem->weight[i];
        covered += within >= search->options->need ? problem->weight[i] : 0;
    }
    if (covered < search->options->share * all * (1 - 1e-9))
        add_conflict(search, GAP_WHY_SHARE, -1, search->options->share, covered / all);
}

static void find_capacity(Search *search) {
    const GapLocateProblem *problem = search->problem;
    double all = 0, capacity = 0;
    for (gsize i = 0; i < problem->n_demand; i++)
        all += problem->weight[i];
    for (gsize j = 0; j < problem->n_sites; j++)
        capacity += is_allowed(&problem->sites[j]) ? problem->sites[j].capacity : 0;
    if (capacity < all * (1 - 1e-9))
        add_conflict(search, GAP_WHY_CAPACITY, -1, all, capacity);
}

/* ---- groups ---- */

static double group_min(const GapLocateProblem *problem, gsize group) {
    return problem->group_min ? problem->group_min[group] : 0;
}

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The least measure of each place of the free candidates of a group that no forced candidate has
 * taken; `forced` is set to the number of forced ones. Of double, ascending. */
static GArray *choices_of(const GapLocateProblem *problem, gsize group, Measure measure,
                          guint *forced) {
    g_autoptr(GHashTable) at = g_hash_table_new(NULL, NULL); // place to its number in `least` + 1
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
    *forced = 0;
    for (gsize j = 0; j < problem->n_sites; j++) {
        const GapSite *site = &problem->sites[j];
        if (site->state != GAP_SITE_FORCED)
            continue;
        *forced += site->group == (gint32)group;
        if (site->place >= 0)
            g_hash_table_add(taken, GINT_TO_POINTER(site->place));
    }
    GArray *least = g_array_new(FALSE, FALSE, sizeof(double));
    for (gsize j = 0; j < problem->n_sites; j++) {
        const GapSite *site = &problem->sites[j];
        void *place = GINT_TO_POINTER(site->place);
        if (site->state != GAP_SITE_FREE || site->group != (gint32)group ||
            (site->place >= 0 && g_hash_table_contains(taken, place)))
            continue;
        const double value = measured(site, measure);
        const guint known = site->place >= 0 ? GPOINTER_TO_UINT(g_hash_table_lookup(at, place)) : 0;
        if (known) {
            double *before = &g_array_index(least, double, known - 1);
            *before = fmin(*before, value);
            continue;
        }
        g_array_append_val(least, value);
        if (site->place >= 0)
            g_hash_table_insert(at, place, GUINT_TO_POINTER(least->len));
    }
    g_array_sort(least, by_size);
    return least;
}

static void find_groups(Search *search) {
    const GapLocateProblem *problem = search->problem;
    for (gsize g = 0; g < problem->n_groups; g++) {
        guint forced;
        g_autoptr(GArray) free = choices_of(problem, g, NUMBER, &forced);
        const double min = group_min(problem, g),
                     max = problem->group_max ? problem->group_max[g] : INFINITY;
        if (min > forced + free->len)
            add_conflict(search, GAP_WHY_GROUP_FEW, (gint32)g, min, forced + free->len);
        if (min > max)
            add_conflict(search, GAP_WHY_GROUP_CROSSED, (gint32)g, min, max);
        else if (forced > max)
            add_conflict(search, GAP_WHY_GROUP_FORCED, (gint32)g, forced, max);
    }
}

/* ---- forced sites and minimums against one limit ---- */

static double forced_sum(const GapLocateProblem *problem, Measure measure) {
    double sum = 0;
    for (gsize j = 0; j < problem->n_sites; j++)
        if (problem->sites[j].state == GAP_SITE_FORCED)
            sum += measured(&problem->sites[j], measure);
    return sum;
}

/* The least that meets the minimums of groups beyond forced sites. */
static double minimum_sum(const GapLocateProblem *problem, Measure measure) {
    double sum = 0;
    for (gsize g = 0; problem->group_min && g < problem->n_groups; g++) {
        guint forced;
        g_autoptr(GArray) free = choices_of(problem, g, measure, &forced);
        for (guint k = 0; k < free->len && forced + k < problem->group_min[g]; k++)
            sum += g_array_index(free, double, k);
    }
    return sum;
}

static void find_minimums(Search *search) {
    for (Measure m = NUMBER; m < N_MEASURES; m++) {
        const double limit = limit_of(search->options, m);
        const double slack = 1e-9 * fmax(1, limit), forced = forced_sum(search->problem, m);
        if (isinf(limit))
            continue;
        if (forced > limit + slack) {
            add_conflict(search, GAP_WHY_FORCED_NUMBER + m, -1, forced, limit);
            continue;
        }
        const double least = forced + minimum_sum(search->problem, m);
        if (least > limit + slack)
            add_conflict(search, GAP_WHY_MINIMUM_NUMBER + m, -1, least, limit);
    }
}

/* ---- what a limit would have to be ---- */

/* The question for the least of a measure with all other limits: set covering of whom the model
 * must serve. Of posts as money, the money is what posts were. */
static GapLocateOptions changed_options(const GapLocateOptions *asked, Measure measure) {
    GapLocateOptions options = *asked;
    const bool covering = asked->model == GAP_LOCATE_COVERING;
    if (asked->model != GAP_LOCATE_SET_COVER) {
        options.within = covering ? asked->within : INFINITY;
        options.need = covering ? asked->need : 1;
        options.share = covering ? 0 : 1;
    }
    options.model = GAP_LOCATE_SET_COVER;
    options.by_cost = measure != NUMBER;
    if (measure == NUMBER)
        options.p = -1;
    else
        options.budget = INFINITY;
    if (measure == POSTS)
        options.posts = asked->budget;
    return options;
}

static GapSite changed_site(GapSite site, Measure measure) {
    const double cost = site.cost;
    site.capacity = INFINITY;
    if (measure == POSTS) {
        site.cost = site.posts;
        site.posts = cost;
    }
    return site;
}

static bool find_change(Search *search, Measure measure, double seconds,
                        const GapProgress *progress, GError **error) {
    const GapLocateProblem *problem = search->problem;
    GapLocateOptions options = changed_options(search->options, measure);
    options.seconds = seconds;
    g_autofree GapSite *sites = g_new(GapSite, problem->n_sites + 1);
    bool capacities = false;
    for (gsize j = 0; j < problem->n_sites; j++) {
        capacities |= isfinite(problem->sites[j].capacity);
        sites[j] = changed_site(problem->sites[j], measure);
    }
    GapLocateProblem changed = *problem;
    changed.sites = sites;
    g_autoptr(GapLocateAnswer) answer = gap_locate(&changed, &options, progress, error);
    if (!answer)
        return false;
    if (answer->status == GAP_LOCATE_PROVEN || answer->status == GAP_LOCATE_BOUNDED)
        add(search, (GapLocateReason){
                        .why = GAP_WHY_NEEDS_NUMBER + measure,
                        .group = -1,
                        .needed = answer->bound,
                        .given = limit_of(search->options, measure),
                        .exact = answer->status == GAP_LOCATE_PROVEN &&
                                 (search->options->model == GAP_LOCATE_COVERING || !capacities)});
    return true;
}

/* The greatest share that all limits allow. */
static bool find_best_share(Search *search, double seconds, const GapProgress *progress,
                            GError **error) {
    GapLocateOptions options = *search->options;
    options.model = GAP_LOCATE_COVERING;
    options.seconds = seconds;
    g_autoptr(GapLocateAnswer) answer = gap_locate(search->problem, &options, progress, error);
    if (!answer)
        return false;
    double all = 0;
    for (gsize i = 0; i < search->problem->n_demand; i++)
        all += search->problem->weight[i];
    if (answer->status == GAP_LOCATE_PROVEN || answer->status == GAP_LOCATE_BOUNDED)
        add(search, (GapLocateReason){.why = GAP_WHY_NEEDS_SHARE,
                                      .group = -1,
                                      .needed = answer->value / all,
                                      .given = search->options->share,
                                      .exact = answer->status == GAP_LOCATE_PROVEN});
    return true;
}

static bool find_changes(Search *search, double seconds, const GapProgress *progress,
                         GError **error) {
    bool limited = false;
    for (Measure m = NUMBER; m < N_MEASURES && !search->hopeless; m++) {
        if (isinf(limit_of(search->options, m)))
            continue;
        limited = true;
        if (!find_change(search, m, seconds, progress, error))
            return false;
    }
    return !limited || search->options->model != GAP_LOCATE_SET_COVER ||
           find_best_share(search, seconds, progress, error);
}

GArray *gap_locate_explain(const GapLocateProblem *problem, const GapLocateOptions *options,
                           double seconds, const GapProgress *progress, GError **error) {
    g_autoptr(GArray) reasons = g_array_new(FALSE, FALSE, sizeof(GapLocateReason));
    Search search = {problem, options, reasons, false};
    if (options->model == GAP_LOCATE_P_MEDIAN || options->model == GAP_LOCATE_P_CENTER)
        find_unserved(&search);
    if (options->model == GAP_LOCATE_P_MEDIAN)
        find_capacity(&search);
    if (options->model == GAP_LOCATE_SET_COVER)
        find_share(&search);
    find_groups(&search);
    find_minimums(&search);
    return find_changes(&search, seconds, progress, error) ? g_steal_pointer(&reasons) : NULL;
}
