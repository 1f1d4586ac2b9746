#include "layers/sites/why.h"

#include "geo/base/error.h"
#include "geo/text/text.h"

static char *group_name(const GapSitesProblem *sites, gint32 group) {
    return gap_printable(g_ptr_array_index(sites->group_names, group), 60);
}

/* "3 demand of 40 people (a, b, c)" */
static char *demand(const GapSitesProblem *sites, const GapLocateReason *reason) {
    GString *out = g_string_new(NULL);
    g_autofree char *people = gap_format_number(reason->weight, 0, "en");
    g_string_append_printf(out, "%zu of %zu demand (%s people: ", reason->count,
                           sites->problem.n_demand, people);
    for (gsize k = 0; k < reason->n_first; k++) {
        g_autofree char *id =
            gap_printable(g_ptr_array_index(sites->demand_ids, reason->first[k]), 40);
        g_string_append_printf(out, "%s'%s'", k ? ", " : "", id);
    }
    g_string_append(out, reason->count > reason->n_first ? ", ...)" : ")");
    return g_string_free(out, FALSE);
}

static char *say_demand(const GapSitesProblem *sites, const GapLocateReason *reason) {
    g_autofree char *whom = demand(sites, reason);
    if (reason->why == GAP_WHY_TOO_LARGE)
        return g_strdup_printf("%s is more than any candidate in reach has capacity for: split it, "
                               "or raise a capacity",
                               whom);
    if (reason->freed == 0)
        return g_strdup_printf("no candidate reaches %s: add candidates or times, or take that "
                               "demand out",
                               whom);
    return g_strdup_printf("no allowed candidate reaches %s; forbidden candidates reach %zu of "
                           "these: allow them, or take that demand out",
                           whom, reason->freed);
}

static char *say_group(const GapSitesProblem *sites, const GapLocateReason *reason) {
    g_autofree char *name = group_name(sites, reason->group);
    switch (reason->why) {
    case GAP_WHY_GROUP_FEW:
        return g_strdup_printf("province '%s' must get %.0f new sites and has %.0f candidates to "
                               "choose from: lower its minimum to that",
                               name, reason->needed, reason->given);
    case GAP_WHY_GROUP_CROSSED:
        return g_strdup_printf("province '%s' must get %.0f new sites and may get %.0f", name,
                               reason->needed, reason->given);
    default:
        return g_strdup_printf("%.0f sites of province '%s' are forced, and it may get %.0f: raise "
                               "its maximum to that",
                               reason->needed, name, reason->given);
    }
}

static char *say_limit(const GapSitesProblem *sites, const GapLocateReason *reason) {
    static const char *const measures[] = {"new sites", "money", "posts"};
    if (reason->why == GAP_WHY_NEEDS_SHARE)
        return g_strdup_printf("with all else as it is, %.15g%% of the people can be covered, not "
                               "%.15g%%",
                               floor(reason->needed * 1e4) / 100, 100 * reason->given);
    const char *movable = sites->movable ? ", points that may move included" : "";
    if (reason->why >= GAP_WHY_NEEDS_NUMBER)
        return g_strdup_printf(
            "with all else as it is, the limit of %s must be %s%.15g, not %.15g%s",
            measures[reason->why - GAP_WHY_NEEDS_NUMBER], reason->exact ? "" : "at least ",
            reason->needed, reason->given, movable);
    const bool forced = reason->why < GAP_WHY_MINIMUM_NUMBER;
    const int measure = reason->why - (forced ? GAP_WHY_FORCED_NUMBER : GAP_WHY_MINIMUM_NUMBER);
    return g_strdup_printf(
        "%s take %.15g %s%s, and the limit is %.15g%s",
        forced ? "the forced sites" : "the forced sites and the minimum of each province",
        reason->needed, measure == 1 ? "of " : "", measures[measure], reason->given, movable);
}

static char *say(const GapSitesProblem *sites, const GapLocateReason *reason) {
    switch (reason->why) {
    case GAP_WHY_UNREACHED:
    case GAP_WHY_TOO_LARGE:
        return say_demand(sites, reason);
    case GAP_WHY_SHARE:
        return g_strdup_printf("%.15g%% of the people are to be covered, and all allowed "
                               "candidates together cover %.4g%%: ask for that at most",
                               100 * reason->needed, floor(reason->given * 1e4) / 100);
    case GAP_WHY_CAPACITY:
        return g_strdup_printf("%.15g people are to be served, and all allowed candidates together "
                               "have capacity for %.15g",
                               reason->needed, reason->given);
    case GAP_WHY_GROUP_FEW:
    case GAP_WHY_GROUP_CROSSED:
    case GAP_WHY_GROUP_FORCED:
        return say_group(sites, reason);
    default:
        return say_limit(sites, reason);
    }
}

GPtrArray *gap_sites_why(const GapSitesProblem *sites, const GArray *reasons) {
    GPtrArray *sentences = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < reasons->len; i++)
        g_ptr_array_add(sentences, say(sites, &g_array_index(reasons, GapLocateReason, i)));
    return sentences;
}
