/** A location problem (geo/locate/locate.h) with the names of what it is made of. Where it comes
 *  from, a table of times (matrix.h) or the store, whoever solves and tells it need not know. */
#ifndef GAP_LAYERS_SITES_PROBLEM_H
#define GAP_LAYERS_SITES_PROBLEM_H

#include "geo/locate/locate.h"

typedef struct {
    GapLocateProblem problem;                       /**< its arrays are those of this struct */
    GPtrArray *demand_ids, *site_ids, *group_names; /**< strings, by number */
    double *weight;
    GapSite *sites;
    gsize *first;
    guint32 *site, *group_min, *group_max;
    float *minutes;
    gint32 *province; /**< of demand, where any is known: number in `province_names`, or -1 */
    GPtrArray *province_names; /**< of demand; those of sites are groups */
    bool has_costs, has_posts; /**< whether those of `sites` are known, not just 0 */
    gsize movable;    /**< candidates that are there today and may close: the first so many */
    GPtrArray *notes; /**< what was found on the way, a sentence each */
} GapSitesProblem;

/** Without demand and sites. Returns: (transfer full). */
GapSitesProblem *gap_sites_problem_new(void);
/** Makes `problem` of its arrays, once they are there. */
void gap_sites_problem_join(GapSitesProblem *sites);
/** Says in which province each of `n` demand lies (NULL: not known). */
void gap_sites_problem_provinces(GapSitesProblem *sites, const char *const *names, gsize n);
void gap_sites_problem_free(GapSitesProblem *sites); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSitesProblem, gap_sites_problem_free)

/** Makes candidates of these ids (NULL-terminated; NULL: none) forced or forbidden. One that is not
 *  known, stands already, or was said to be the other, is an error that names `option`. */
bool gap_sites_problem_state(GapSitesProblem *sites, char *const *ids, GapSiteState state,
                             const char *option, GError **error);
/** The same least and most of new sites for each group. */
void gap_sites_problem_groups(GapSitesProblem *sites, guint32 min, guint32 max);

/** Whether it can be asked at all with these options, else an error in the words of a planner: no
 *  demand, no candidate, more new sites than candidates, a budget that buys none or costs that are
 *  not known, two forced candidates of one place. O(candidates + demand). */
bool gap_sites_problem_judge(const GapSitesProblem *sites, const GapLocateOptions *options,
                             GError **error);

#endif
