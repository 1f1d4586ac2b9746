#include "geo/locate/locate.h"
#include "geo/base/error.h"

#include <float.h>

void gap_locate_answer_free(GapLocateAnswer *answer) {
    if (!answer)
        return;
    g_free(answer->sites);
    g_free(answer->serves);
    g_free(answer->multipliers);
    g_free(answer);
}

static bool counted(double figure) { // 0 or more, finite
    return figure >= 0 && isfinite(figure);
}

static bool check_options(const GapLocateOptions *o, GError **error) {
    if (o->model > GAP_LOCATE_P_CENTER)
        return gap_fail(error, GAP_ERROR_USAGE, "%d is no model of a location problem",
                        (int)o->model);
    if (o->p < -1)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "the number of new sites is %" G_GINT64_FORMAT "; it must be 0 or more",
                        o->p);
    const struct {
        const char *name;
        double figure;
    } limits[] = {{"the budget of money", o->budget},
                  {"the budget of posts", o->posts},
                  {"the time to stop after", o->seconds}};
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++)
        if (!(limits[i].figure >= 0))
            return gap_fail(error, GAP_ERROR_USAGE, "%s is %g; it must be 0 or more",
                            limits[i].name, limits[i].figure);
    if (o->model == GAP_LOCATE_P_MEDIAN && o->p < 0 && isinf(o->budget))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "the least mean time needs a number of new sites or a budget");
    if (o->model > GAP_LOCATE_SET_COVER)
        return true;
    if (!(o->within >= 0))
        return gap_fail(error, GAP_ERROR_USAGE, "the reach is %g minutes; it must be 0 or more",
                        o->within);
    if (o->need != 1 && o->need != 2)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "covering by %u sites is asked for; it must be 1 or 2", o->need);
    if (o->model == GAP_LOCATE_SET_COVER && !(o->share >= 0 && o->share <= 1))
        return gap_fail(error, GAP_ERROR_USAGE, "the share to cover is %g; it must lie in 0 to 1",
                        o->share);
    return true;
}

static bool check_site(const GapLocateProblem *problem, GapLocateModel model, gsize j,
                       GError **error) {
    const GapSite *site = &problem->sites[j];
    if (!counted(site->cost))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "candidate %zu: its cost is %g; it must be 0 or more", j, site->cost);
    if (!counted(site->posts))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "candidate %zu: its posts are %g; they must be 0 or more", j, site->posts);
    if (!(site->capacity >= 0))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "candidate %zu: its capacity is %g; it must be 0 or more", j,
                        site->capacity);
    if (isfinite(site->capacity) && (model == GAP_LOCATE_SET_COVER || model == GAP_LOCATE_P_CENTER))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "candidate %zu has a capacity, which this model does not take", j);
    if (site->state > GAP_SITE_OPEN)
        return gap_fail(error, GAP_ERROR_INPUT, "candidate %zu: %d is no state", j,
                        (int)site->state);
    if (site->group < -1 || (site->group >= 0 && (gsize)site->group >= problem->n_groups))
        return gap_fail(error, GAP_ERROR_INPUT, "candidate %zu: there is no group %d of %zu", j,
                        site->group, problem->n_groups);
    if (site->place < -1)
        return gap_fail(error, GAP_ERROR_INPUT, "candidate %zu: its place is %d", j, site->place);
    return true;
}

static bool check_sites(const GapLocateProblem *problem, const GapLocateOptions *options,
                        GError **error) {
    if (!problem->n_sites)
        return gap_fail(error, GAP_ERROR_INPUT, "there is no candidate site to choose from");
    if (problem->n_sites > G_MAXINT32)
        return gap_fail(error, GAP_ERROR_INPUT, "more than %d candidate sites", G_MAXINT32);
    g_autoptr(GHashTable) forced = g_hash_table_new(NULL, NULL); // place + 1 -> candidate + 1
    gint64 n_candidates = 0;
    for (gsize j = 0; j < problem->n_sites; j++) {
        const GapSite *site = &problem->sites[j];
        if (!check_site(problem, options->model, j, error))
            return false;
        n_candidates += site->state != GAP_SITE_OPEN;
        if (site->state != GAP_SITE_FORCED || site->place < 0)
            continue;
        void *place = GUINT_TO_POINTER((guint)site->place + 1);
        const guint other = GPOINTER_TO_UINT(g_hash_table_lookup(forced, place));
        if (other)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "candidates %u and %zu are of one place and both forced; at most one "
                            "new site of a place can be",
                            other - 1, j);
        g_hash_table_insert(forced, place, GUINT_TO_POINTER((guint)j + 1));
    }
    if (options->p > n_candidates)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%" G_GINT64_FORMAT " new sites are asked for of %" G_GINT64_FORMAT
                        " candidates",
                        options->p, n_candidates);
    return true;
}

static bool check_pairs(const GapLocateProblem *problem, gsize i, GError **error) {
    const gsize from = problem->first[i], to = problem->first[i + 1];
    if (to < from || to > problem->first[problem->n_demand])
        return gap_fail(error, GAP_ERROR_INPUT, "demand %zu: its pairs are %zu to %zu of %zu", i,
                        from, to, problem->first[problem->n_demand]);
    for (gsize k = from; k < to; k++) {
        if (problem->site[k] >= problem->n_sites)
            return gap_fail(error, GAP_ERROR_INPUT, "demand %zu: there is no candidate %u of %zu",
                            i, problem->site[k], problem->n_sites);
        if (k > from && problem->site[k] <= problem->site[k - 1])
            return gap_fail(error, GAP_ERROR_INPUT,
                            "demand %zu: candidate %u stands after %u; pairs must ascend, each "
                            "candidate once",
                            i, problem->site[k], problem->site[k - 1]);
        if (!counted(problem->minutes[k]))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "demand %zu, candidate %u: %g minutes; they must be 0 or more", i,
                            problem->site[k], (double)problem->minutes[k]);
    }
    return true;
}

static bool check_demand(const GapLocateProblem *problem, GError **error) {
    if (!problem->n_demand)
        return gap_fail(error, GAP_ERROR_INPUT, "there is no demand to serve");
    if (problem->n_demand > G_MAXINT32)
        return gap_fail(error, GAP_ERROR_INPUT, "more than %d points of demand", G_MAXINT32);
    if (problem->first[0] != 0)
        return gap_fail(error, GAP_ERROR_INPUT, "the pairs of demand 0 start at %zu, not at 0",
                        problem->first[0]);
    double total = 0;
    for (gsize i = 0; i < problem->n_demand; i++) {
        if (!counted(problem->weight[i]))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "demand %zu: its weight is %g; it must be 0 or more", i,
                            problem->weight[i]);
        total += problem->weight[i];
        if (!check_pairs(problem, i, error))
            return false;
    }
    if (!isfinite(total * FLT_MAX))
        return gap_fail(error, GAP_ERROR_INPUT, "all weight together is %g, too much to count with",
                        total);
    return true;
}

bool gap_locate_check(const GapLocateProblem *problem, const GapLocateOptions *options,
                      GError **error) {
    return check_options(options, error) && check_sites(problem, options, error) &&
           check_demand(problem, error);
}

GapLocateAnswer *gap_locate(const GapLocateProblem *problem, const GapLocateOptions *options,
                            const GapProgress *progress, GError **error) {
    static GapLocateAnswer *(*const solvers[])(const GapLocateProblem *, const GapLocateOptions *,
                                               const GapProgress *, GError **) = {
        [GAP_LOCATE_COVERING] = gap_locate_covering,
        [GAP_LOCATE_SET_COVER] = gap_locate_set_cover,
        [GAP_LOCATE_P_MEDIAN] = gap_locate_median,
        [GAP_LOCATE_P_CENTER] = gap_locate_center};
    // The rest of the problem is the solver's to check.
    if (!check_options(options, error))
        return NULL;
    return solvers[options->model](problem, options, progress, error);
}
