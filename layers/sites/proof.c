#include "layers/sites/proof.h"

static const GapStatement INSERT_PROOF = {
    "site_proof.insert",
    "INSERT INTO site_proof (proposal, crime_end, crime_added_low, crime_added_high, need, number,"
    " budget, posts, share, by_cost, province_min, province_max, years, local_share, multipliers,"
    " root_bound) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const GapStatement INSERT_OPTION = {
    "site_option.insert",
    "INSERT INTO site_option (proposal, number, code, name, kind, area, province, ladder, state,"
    " rank, place, cost, running, officers, capacity, reach_m, geom) VALUES (?, ?, ?, ?, ?, ?, ?,"
    " ?, ?, nullif(?, 0), nullif(?, -1), ?, ?, ?, ?, ?, GeomFromWKB(?, 4326))"};
static const GapStatement INSERT_MULTIPLIER = {
    "site_multiplier.insert",
    "INSERT INTO site_multiplier (proposal, demand, value) VALUES (?, ?, ?)"};
static const GapStatement INSERT_PRICE = {
    "site_price.insert", "INSERT INTO site_price (proposal, number, value) VALUES (?, ?, ?)"};
static const GapStatement INSERT_SERVICE = {
    "site_service.insert", "INSERT INTO site_service (proposal, demand, number) VALUES (?, ?, ?)"};
static const GapStatement INSERT_LEFT = {
    "site_left.insert",
    "INSERT INTO site_left (proposal, demand, reason, number, distance_m) VALUES (?, ?, ?, "
    "nullif(?, -1), ?)"};

static const GapStatement INSERT_MOVE = {
    "site_move.insert",
    "INSERT INTO site_move (proposal, number, point, stays) VALUES (?, ?, ?, ?)"};
static const GapStatement INSERT_MOVE_SUM = {
    "site_move_sum.insert", "INSERT INTO site_move_sum (proposal, today, lost) VALUES (?, ?, ?)"};

static double or_null(double limit) {
    return isfinite(limit) ? limit : NAN;
}

static bool keep_limits(GapStore *store, const GapSitesKeep *keep, const GapStoreSites *ground,
                        const GapLocateAnswer *answer, const GapSitesResult *result,
                        GError **error) {
    static const char *const ends[] = {
        [GAP_CRIME_EXPECTED] = "expected", [GAP_CRIME_LOW] = "low", [GAP_CRIME_HIGH] = "high"};
    const GapLocateOptions *options = keep->options;
    const GapLocateProblem *problem = &ground->sites->problem;
    const bool groups = problem->n_groups && problem->group_min;
    return gap_store_run(
        store, &INSERT_PROOF, error, "ssddiddddiddddid", keep->label,
        ends[ground->options.crime_end], result->crime_added_low, result->crime_added_high,
        (gint64)options->need, options->p < 0 ? NAN : (double)options->p, or_null(options->budget),
        or_null(options->posts), options->share, (gint64)options->by_cost,
        groups ? (double)problem->group_min[0] : NAN, groups ? (double)problem->group_max[0] : NAN,
        ground->options.years, ground->options.local_share, (gint64)answer->n_multipliers,
        answer->root_bound);
}

static bool keep_option(GapStore *store, const char *label, const GapStoreSites *ground, gsize j,
                        gint64 rank, GError **error) {
    static const char *const states[] = {
        [GAP_SITE_FREE] = "free", [GAP_SITE_FORCED] = "forced", [GAP_SITE_FORBIDDEN] = "forbidden"};
    const GapTable *from = ground->candidates;
    const GapSite *site = &ground->sites->sites[j];
    const double cost = gap_store_sites_cost(ground, j);
    return gap_store_run(
        store, &INSERT_OPTION, error, "sisssssssiidddddg", label, (gint64)j,
        gap_table_text(from, j, GAP_CANDIDATE_CODE), gap_table_text(from, j, GAP_CANDIDATE_NAME),
        gap_table_text(from, j, GAP_CANDIDATE_KIND), gap_table_text(from, j, GAP_CANDIDATE_AREA),
        gap_table_text(from, j, GAP_CANDIDATE_PROVINCE),
        gap_table_text(from, j, GAP_CANDIDATE_LADDER), states[site->state], rank,
        (gint64)site->place, cost, cost - gap_table_real(from, j, GAP_CANDIDATE_COST),
        gap_table_real(from, j, GAP_CANDIDATE_OFFICERS), or_null(site->capacity),
        gap_table_real(from, j, GAP_CANDIDATE_REACH), gap_table_geometry(from, j));
}

static bool keep_options(GapStore *store, const char *label, const GapStoreSites *ground,
                         const GapSitesResult *result, GError **error) {
    const gsize n = gap_table_rows(ground->candidates);
    g_autofree gint64 *rank = g_new0(gint64, n + 1);
    for (gsize r = 0; r < gap_table_rows(result->sites); r++)
        rank[result->order[r]] = (gint64)r + 1;
    bool ok = true;
    for (gsize j = 0; ok && j < n; j++)
        ok = keep_option(store, label, ground, j, rank[j], error);
    return ok;
}

static bool keep_multipliers(GapStore *store, const char *label, const GapStoreSites *ground,
                             const GapLocateAnswer *answer, GError **error) {
    const gsize n = ground->sites->problem.n_demand;
    bool ok = true;
    for (gsize k = 0; ok && k < answer->n_multipliers; k++) {
        const bool price = k >= n;
        if (price || answer->multipliers[k] != 0)
            ok = gap_store_run(
                store, price ? &INSERT_PRICE : &INSERT_MULTIPLIER, error, "sid", label,
                price ? (gint64)(k - n) : gap_table_int(ground->demand, k, GAP_DEMAND_ID),
                answer->multipliers[k]);
    }
    return ok;
}

static bool keep_services(GapStore *store, const char *label, const GapStoreSites *ground,
                          const GapLocateAnswer *answer, GError **error) {
    bool ok = true;
    for (gsize i = 0; ok && answer->serves && i < ground->sites->problem.n_demand; i++)
        if (answer->serves[i] >= 0)
            ok = gap_store_run(store, &INSERT_SERVICE, error, "sii", label,
                               gap_table_int(ground->demand, i, GAP_DEMAND_ID),
                               (gint64)answer->serves[i]);
    return ok;
}

static bool keep_left(GapStore *store, const char *label, const GapStoreSites *ground,
                      const GArray *left, GError **error) {
    bool ok = true;
    for (guint k = 0; ok && k < left->len; k++) {
        const GapSitesLeft *one = &g_array_index(left, GapSitesLeft, k);
        ok = gap_store_run(store, &INSERT_LEFT, error, "sisid", label,
                           gap_table_int(ground->demand, one->demand, GAP_DEMAND_ID),
                           GAP_LEFT_NAMES[one->reason], (gint64)one->candidate, one->distance_m);
    }
    return ok;
}

static bool keep_moves(GapStore *store, const char *label, const GapSitesResult *result,
                       GError **error) {
    bool ok = !result->moves || gap_store_run(store, &INSERT_MOVE_SUM, error, "sdd", label,
                                              result->move_sums.today, result->move_sums.lost);
    for (gsize r = 0; ok && result->moves && r < gap_table_rows(result->moves); r++)
        ok = gap_store_run(store, &INSERT_MOVE, error, "sisi", label, (gint64)r,
                           gap_table_text(result->moves, r, GAP_MOVE_CODE),
                           gap_table_int(result->moves, r, GAP_MOVE_STAYS));
    return ok;
}

bool gap_sites_proof_keep(GapStore *store, const GapSitesKeep *keep, const GapStoreSites *ground,
                          const GapLocateAnswer *answer, const GapSitesResult *result,
                          GError **error) {
    return keep_limits(store, keep, ground, answer, result, error) &&
           keep_options(store, keep->label, ground, result, error) &&
           keep_multipliers(store, keep->label, ground, answer, error) &&
           keep_services(store, keep->label, ground, answer, error) &&
           keep_left(store, keep->label, ground, result->left, error) &&
           keep_moves(store, keep->label, result, error);
}
