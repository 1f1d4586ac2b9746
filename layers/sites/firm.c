#include "layers/sites/firm.h"

#include "geo/locate/verify.h"

enum { SEED = 20171231 }; // any will do, if always the same

/* The number of the free candidate that is refused, of those that may be chosen. */
static gsize draw_refused(GRand *draws, const GapLocateProblem *problem) {
    g_autoptr(GArray) free = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize j = 0; j < problem->n_sites; j++)
        if (problem->sites[j].state == GAP_SITE_FREE)
            g_array_append_val(free, j);
    return free->len ? g_array_index(free, gsize, g_rand_int_range(draws, 0, (gint32)free->len))
                     : problem->n_sites;
}

static bool run_once(const GapStoreSites *wide, const GapLocateOptions *options, GRand *draws,
                     GapSitesFirm *firm, const GapProgress *progress, GError **error) {
    GapLocateProblem problem = wide->sites->problem;
    GapLocateOptions perturbed = *options;
    g_autofree double *weight = g_new(double, problem.n_demand + 1);
    g_autofree GapSite *sites = g_memdup2(problem.sites, problem.n_sites * sizeof *sites);
    // Distances times f within a limit are distances within the limit over f.
    perturbed.within /= g_rand_double_range(draws, 1 - GAP_FIRM_MINUTES, 1 + GAP_FIRM_MINUTES);
    for (gsize i = 0; i < problem.n_demand; i++)
        weight[i] = problem.weight[i] * g_rand_double_range(draws, 0.9, 1.1);
    const gsize refused = draw_refused(draws, &problem);
    if (refused < problem.n_sites)
        sites[refused].state = GAP_SITE_FORBIDDEN;
    problem.weight = weight;
    problem.sites = sites;
    gint64 free = 0;
    for (gsize j = 0; j < problem.n_sites; j++)
        free += sites[j].state == GAP_SITE_FREE || sites[j].state == GAP_SITE_FORCED;
    perturbed.p = MIN(perturbed.p, free);
    g_autoptr(GapLocateAnswer) answer = gap_locate(&problem, &perturbed, progress, error);
    if (!answer)
        return false;
    firm->runs += !isnan(answer->value);
    for (gsize k = 0; k < answer->n_sites; k++)
        firm->chosen[answer->sites[k]]++;
    return true;
}

GapSitesFirm *gap_sites_firm(const GapStoreSites *wide, const GapLocateOptions *options,
                             double seconds, const GapProgress *progress, GError **error) {
    g_autoptr(GapSitesFirm) firm = g_new0(GapSitesFirm, 1);
    g_autoptr(GRand) draws = g_rand_new_with_seed(SEED);
    GapLocateOptions each = *options;
    each.seconds = fmin(each.seconds, seconds);
    firm->chosen = g_new0(guint32, wide->sites->problem.n_sites + 1);
    for (int run = 0; run < GAP_FIRM_RUNS && gap_progress(progress, 1, NULL); run++)
        if (!run_once(wide, &each, draws, firm, progress, error))
            return NULL;
    return g_steal_pointer(&firm);
}

double *gap_sites_best_values(const GapStoreSites *ground, const GapLocateOptions *options,
                              gsize beside, gsize n, double seconds, const GapProgress *progress,
                              GError **error) {
    g_autofree double *best = g_new0(double, n + 1);
    GapLocateOptions each = *options;
    each.seconds = fmin(each.seconds, seconds);
    for (gsize k = 0; k < n; k++) {
        each.p = (gint64)(beside + k) + 1;
        GapLocateVerdict verdict;
        g_autoptr(GapLocateAnswer) answer =
            gap_locate(&ground->sites->problem, &each, progress, error);
        if (!answer || !gap_locate_verify(&ground->sites->problem, &each, answer, &verdict, error))
            return NULL;
        best[k] = answer->status == GAP_LOCATE_INFEASIBLE ? NAN : answer->bound;
    }
    return g_steal_pointer(&best);
}

void gap_sites_firm_free(GapSitesFirm *firm) {
    if (!firm)
        return;
    g_free(firm->chosen);
    g_free(firm);
}
