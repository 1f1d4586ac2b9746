#include "layers/sites/problem.h"

#include "geo/base/error.h"
#include "geo/text/text.h"

GapSitesProblem *gap_sites_problem_new(void) {
    GapSitesProblem *sites = g_new0(GapSitesProblem, 1);
    sites->demand_ids = g_ptr_array_new_with_free_func(g_free);
    sites->site_ids = g_ptr_array_new_with_free_func(g_free);
    sites->group_names = g_ptr_array_new_with_free_func(g_free);
    sites->province_names = g_ptr_array_new_with_free_func(g_free);
    sites->notes = g_ptr_array_new_with_free_func(g_free);
    return sites;
}

void gap_sites_problem_join(GapSitesProblem *sites) {
    sites->problem = (GapLocateProblem){.n_demand = sites->demand_ids->len,
                                        .n_sites = sites->site_ids->len,
                                        .weight = sites->weight,
                                        .sites = sites->sites,
                                        .first = sites->first,
                                        .site = sites->site,
                                        .minutes = sites->minutes,
                                        .n_groups = sites->group_names->len};
}

void gap_sites_problem_provinces(GapSitesProblem *sites, const char *const *names, gsize n) {
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal); // name to number + 1
    sites->province = g_renew(gint32, sites->province, n + 1);
    g_ptr_array_set_size(sites->province_names, 0);
    for (gsize i = 0; i < n; i++) {
        guint number = names[i] ? GPOINTER_TO_UINT(g_hash_table_lookup(numbers, names[i])) : 0;
        if (names[i] && !number) {
            char *copy = g_strdup(names[i]);
            g_ptr_array_add(sites->province_names, copy);
            number = sites->province_names->len;
            g_hash_table_insert(numbers, copy, GUINT_TO_POINTER(number));
        }
        sites->province[i] = (gint32)number - 1;
    }
}

void gap_sites_problem_free(GapSitesProblem *sites) {
    if (!sites)
        return;
    g_ptr_array_unref(sites->province_names);
    g_free(sites->province);
    g_ptr_array_unref(sites->demand_ids);
    g_ptr_array_unref(sites->site_ids);
    g_ptr_array_unref(sites->group_names);
    g_ptr_array_unref(sites->notes);
    g_free(sites->weight);
    g_free(sites->sites);
    g_free(sites->first);
    g_free(sites->site);
    g_free(sites->minutes);
    g_free(sites->group_min);
    g_free(sites->group_max);
    g_free(sites);
}

static const char *name_at(const GPtrArray *names, gsize i) {
    return g_ptr_array_index(names, i);
}

/* ---- states ---- */

static bool fail_unknown(const GapSitesProblem *sites, const char *id, const char *option,
                         GError **error) {
    g_autofree const char **names = g_new0(const char *, sites->site_ids->len + 1);
    for (guint j = 0; j < sites->site_ids->len; j++)
        names[j] = name_at(sites->site_ids, j);
    const char *near = gap_text_nearest(id, names);
    g_autofree char *shown = gap_printable(id, 60);
    g_autofree char *meant = near ? gap_printable(near, 60) : NULL;
    return gap_fail(error, GAP_ERROR_USAGE, "--%s: no candidate is called '%s'%s%s%s", option,
                    shown, meant ? "; did you mean '" : "", meant ? meant : "", meant ? "'?" : "");
}

bool gap_sites_problem_state(GapSitesProblem *sites, char *const *ids, GapSiteState state,
                             const char *option, GError **error) {
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint j = 0; ids && j < sites->site_ids->len; j++)
        g_hash_table_insert(known, g_ptr_array_index(sites->site_ids, j), GUINT_TO_POINTER(j + 1));
    for (; ids && *ids; ids++) {
        const guint j = GPOINTER_TO_UINT(g_hash_table_lookup(known, *ids));
        if (!j)
            return fail_unknown(sites, *ids, option, error);
        GapSiteState *is = &sites->sites[j - 1].state;
        if (*is == GAP_SITE_OPEN)
            return gap_fail(error, GAP_ERROR_USAGE, "--%s: '%s' stands already", option, *ids);
        if (*is != GAP_SITE_FREE && *is != state)
            return gap_fail(error, GAP_ERROR_USAGE, "--%s: '%s' is %s already", option, *ids,
                            *is == GAP_SITE_FORCED ? "forced" : "forbidden");
        *is = state;
    }
    return true;
}

void gap_sites_problem_groups(GapSitesProblem *sites, guint32 min, guint32 max) {
    const gsize n = sites->problem.n_groups;
    g_free(sites->group_min);
    g_free(sites->group_max);
    sites->group_min = g_new(guint32, n + 1);
    sites->group_max = g_new(guint32, n + 1);
    for (gsize g = 0; g < n; g++) {
        sites->group_min[g] = min;
        sites->group_max[g] = max;
    }
    sites->problem.group_min = sites->group_min;
    sites->problem.group_max = sites->group_max;
}

/* ---- judging ---- */

static bool judge_demand(const GapSitesProblem *sites, GError **error) {
    double all = 0;
    for (gsize i = 0; i < sites->problem.n_demand; i++)
        all += sites->weight[i];
    return all > 0 ||
           gap_fail(error, GAP_ERROR_INPUT,
                    sites->problem.n_demand ? "all demand is of 0 people: there is nobody to serve"
                                            : "there is no demand: nobody to serve");
}

static gsize count_state(const GapSitesProblem *sites, GapSiteState state) {
    gsize n = 0;
    for (gsize j = 0; j < sites->problem.n_sites; j++)
        n += sites->sites[j].state == state;
    return n;
}

static bool judge_number(const GapSitesProblem *sites, gint64 p, GError **error) {
    const gsize free = count_state(sites, GAP_SITE_FREE),
                forced = count_state(sites, GAP_SITE_FORCED);
    const gsize forbidden = count_state(sites, GAP_SITE_FORBIDDEN),
                open = count_state(sites, GAP_SITE_OPEN);
    if (free + forced == 0)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "there is no candidate to choose from (%zu forbidden, %zu that stand "
                        "already)",
                        forbidden, open);
    if (p > (gint64)(free + forced))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%" G_GINT64_FORMAT " new sites are asked for, and there are %zu "
                        "candidates to choose from (%zu more are forbidden, %zu stand already)",
                        p, free + forced, forbidden, open);
    return true;
}

static bool judge_budget(const GapSitesProblem *sites, double budget, GError **error) {
    gsize cheapest = 0;
    double least = INFINITY;
    for (gsize j = 0; j < sites->problem.n_sites; j++) {
        const GapSite *site = &sites->sites[j];
        if ((site->state == GAP_SITE_FREE || site->state == GAP_SITE_FORCED) &&
            site->cost < least) {
            least = site->cost;
            cheapest = j;
        }
    }
    if (least <= budget)
        return true;
    g_autofree char *shown = gap_printable(name_at(sites->site_ids, cheapest), 60);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "a budget of %.15g buys no candidate; the cheapest, '%s', costs %.15g", budget,
                    shown, least);
}

static bool judge_places(const GapSitesProblem *sites, GError **error) {
    g_autoptr(GHashTable) forced = g_hash_table_new(NULL, NULL); // place to candidate + 1
    for (gsize j = 0; j < sites->problem.n_sites; j++) {
        const GapSite *site = &sites->sites[j];
        if (site->state != GAP_SITE_FORCED || site->place < 0)
            continue;
        void *place = GINT_TO_POINTER(site->place);
        const gsize other = GPOINTER_TO_SIZE(g_hash_table_lookup(forced, place));
        if (other) {
            g_autofree char *a = gap_printable(name_at(sites->site_ids, other - 1), 60);
            g_autofree char *b = gap_printable(name_at(sites->site_ids, j), 60);
            return gap_fail(error, GAP_ERROR_INPUT,
                            "'%s' and '%s' are candidates of one place and both forced; a place "
                            "gets one new site at most",
                            a, b);
        }
        g_hash_table_insert(forced, place, GSIZE_TO_POINTER(j + 1));
    }
    return true;
}

bool gap_sites_problem_judge(const GapSitesProblem *sites, const GapLocateOptions *options,
                             GError **error) {
    const bool money = isfinite(options->budget) || options->by_cost;
    if (money && !sites->has_costs)
        return gap_fail(
            error, GAP_ERROR_INPUT,
            "the costs of the candidates are not known, which a budget needs: give a "
            "table of candidates with a column cost (in the store also one of kinds, or "
            "--cost)");
    if (isfinite(options->posts) && !sites->has_posts)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "the posts of the candidates are not known, which a limit of posts needs: "
                        "give a table of candidates with a column posts (in the store also one of "
                        "kinds, or --officers)");
    return judge_demand(sites, error) && judge_number(sites, options->p, error) &&
           (!money || judge_budget(sites, options->budget, error)) && judge_places(sites, error);
}
