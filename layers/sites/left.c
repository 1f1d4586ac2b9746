#include "layers/sites/left.h"

const char *const GAP_LEFT_NAMES[] = {[GAP_LEFT_NO_CANDIDATE] = "no_candidate",
                                      [GAP_LEFT_HOLD] = "hold",
                                      [GAP_LEFT_UNKNOWN] = "unknown",
                                      [GAP_LEFT_PLAN] = "plan",
                                      [GAP_LEFT_FUND] = "fund",
                                      [GAP_LEFT_FORBIDDEN] = "forbidden",
                                      [GAP_LEFT_CAPACITY] = "capacity",
                                      [GAP_LEFT_LIMIT] = "limit",
                                      NULL};

/* Why a candidate does not serve whom it reaches. Ladders are named like their reasons. */
static GapLeftReason reason_of(const GapStoreSites *ground, const guint8 *chosen, gsize i,
                               gsize j) {
    const char *ladder = gap_table_text(ground->candidates, j, GAP_CANDIDATE_LADDER);
    const GapSite *site = &ground->sites->sites[j];
    const bool full = isfinite(site->capacity) &&
                      (chosen[j] || gap_store_sites_people(ground, i) > site->capacity);
    if (site->state != GAP_SITE_FORBIDDEN)
        return full ? GAP_LEFT_CAPACITY : GAP_LEFT_LIMIT;
    const bool by_rule = !ground->options.any && j >= ground->sites->movable;
    for (GapLeftReason reason = GAP_LEFT_HOLD; by_rule && reason <= GAP_LEFT_FUND; reason++)
        if (g_strcmp0(ladder ? ladder : "unknown", GAP_LEFT_NAMES[reason]) == 0)
            return reason;
    return GAP_LEFT_FORBIDDEN;
}

static GapSitesLeft find(const GapStoreSites *ground, const guint8 *chosen, gsize i) {
    const GapLocateProblem *problem = &ground->sites->problem;
    GapSitesLeft left = {i, GAP_LEFT_NO_CANDIDATE, -1, NAN};
    for (gsize e = problem->first[i]; e < problem->first[i + 1]; e++) {
        const gsize j = problem->site[e];
        if (j >= gap_table_rows(ground->candidates) || !gap_store_sites_reaches(ground, e))
            continue;
        const GapLeftReason reason = reason_of(ground, chosen, i, j);
        const double distance = gap_store_sites_metres(ground, e);
        if (reason > left.reason || (reason == left.reason && distance < left.distance_m))
            left = (GapSitesLeft){i, reason, (gssize)j, distance};
    }
    return left;
}

GArray *gap_sites_left(const GapStoreSites *ground, const guint8 *served, const guint8 *chosen) {
    GArray *all = g_array_new(FALSE, FALSE, sizeof(GapSitesLeft));
    for (gsize i = 0; i < gap_table_rows(ground->demand); i++) {
        if (served[i] || ground->covered[i] || !(gap_store_sites_people(ground, i) > 0))
            continue;
        const GapSitesLeft left = find(ground, chosen, i);
        g_array_append_val(all, left);
    }
    return all;
}
