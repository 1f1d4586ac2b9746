// Verifies proposals from what is kept of them.
#include "geo/locate/verify.h"
#include "layers/coverage/coverage.h"
#include "layers/sites/apart.h"
#include "layers/sites/proof.h"
#include "layers/sites/standing.h"

static const GapStatement PROOFS = {
    "site_proof.check",
    "SELECT p.label, p.run, p.model, p.weight, p.within_m, p.value, p.bound, p.gap, p.proven,"
    " f.need, f.number, f.budget, f.posts, f.share, f.by_cost, f.province_min, f.province_max,"
    " f.local_share, f.multipliers, f.root_bound, r.points_counted, f.crime_end"
    " FROM site_run p LEFT JOIN site_proof f ON f.proposal = p.label JOIN run r ON r.label = p.run"
    " ORDER BY p.label"};
enum {
    LABEL,
    RUN,
    MODEL,
    WEIGHT,
    WITHIN,
    VALUE,
    BOUND,
    GAP,
    PROVEN,
    NEED,
    NUMBER,
    BUDGET,
    POSTS,
    SHARE,
    BY_COST,
    LEAST,
    MOST,
    LOCAL,
    MULTIPLIERS,
    ROOT,
    POINTS,
    CRIME_END
};
static const GapColumnSpec PROOF_COLUMNS[] = {
    {"label", GAP_TYPE_TEXT},      {"run", GAP_TYPE_TEXT},    {"model", GAP_TYPE_TEXT},
    {"weight", GAP_TYPE_TEXT},     {"within", GAP_TYPE_REAL}, {"value", GAP_TYPE_REAL},
    {"bound", GAP_TYPE_REAL},      {"gap", GAP_TYPE_REAL},    {"proven", GAP_TYPE_INT},
    {"need", GAP_TYPE_INT},        {"number", GAP_TYPE_INT},  {"budget", GAP_TYPE_REAL},
    {"posts", GAP_TYPE_REAL},      {"share", GAP_TYPE_REAL},  {"by_cost", GAP_TYPE_INT},
    {"least", GAP_TYPE_INT},       {"most", GAP_TYPE_INT},    {"local", GAP_TYPE_REAL},
    {"multipliers", GAP_TYPE_INT}, {"root", GAP_TYPE_REAL},   {"points", GAP_TYPE_INT},
    {"crime_end", GAP_TYPE_TEXT}};
static const GapStatement OPTIONS = {
    "site_option.check",
    "SELECT o.code, X(o.geom), Y(o.geom), o.state, o.place, o.cost, o.officers, o.capacity,"
    " o.reach_m, o.province, s.rank, m.stays, m.point FROM site_option o"
    " LEFT JOIN site s ON s.proposal = o.proposal AND s.rank = o.rank AND s.code = o.code"
    " LEFT JOIN site_move m ON m.proposal = o.proposal AND m.number = o.number WHERE o.proposal = "
    "? ORDER BY o.number"};
enum {
    CODE,
    LON,
    LAT,
    STATE,
    PLACE,
    COST,
    OFFICERS,
    CAPACITY,
    REACH,
    PROVINCE,
    RANK,
    STAYS,
    POINT
};
static const GapColumnSpec OPTION_COLUMNS[] = {
    {"code", GAP_TYPE_TEXT},     {"lon", GAP_TYPE_REAL},      {"lat", GAP_TYPE_REAL},
    {"state", GAP_TYPE_TEXT},    {"place", GAP_TYPE_INT},     {"cost", GAP_TYPE_REAL},
    {"officers", GAP_TYPE_REAL}, {"capacity", GAP_TYPE_REAL}, {"reach_m", GAP_TYPE_REAL},
    {"province", GAP_TYPE_TEXT}, {"rank", GAP_TYPE_INT},      {"stays", GAP_TYPE_INT},
    {"point", GAP_TYPE_TEXT}};
/* The first columns are those of GAP_DEMAND_...; the weight is by crime where ?3 is its end. */
static const GapStatement DEMAND = {
    "site_proof.demand",
    "SELECT d.id, d.people, X(d.geom), Y(d.geom), d.people * CASE ?3 WHEN 'people' THEN 1.0"
    " WHEN 'low' THEN" GAP_CRIME_RATE_AT("crime_low") " WHEN 'high' THEN" GAP_CRIME_RATE_AT(
        "crime_high") " ELSE g.crime_rate END, coalesce(x.distance_m, x.minutes), u.value, "
                      "s.number FROM demand d"
                      " LEFT JOIN demand_reach x ON x.run = ?1 AND x.demand = d.id"
                      " LEFT JOIN gap g ON g.run = ?1 AND g.area = d.area"
                      " LEFT JOIN site_multiplier u ON u.proposal = ?2 AND u.demand = d.id"
                      " LEFT JOIN site_service s ON s.proposal = ?2 AND s.demand = d.id"
                      " WHERE d.geom IS NOT NULL AND d.basis <> 'unplaced' ORDER BY d.id"};
enum { DEMAND_WEIGHT = GAP_DEMAND_RATE, DISTANCE, MULTIPLIER, SERVED_BY };
static const GapColumnSpec DEMAND_COLUMNS[] = {
    {"id", GAP_TYPE_INT},   {"people", GAP_TYPE_INT},   {"lon", GAP_TYPE_REAL},
    {"lat", GAP_TYPE_REAL}, {"weight", GAP_TYPE_REAL},  {"distance", GAP_TYPE_REAL},
    {"u", GAP_TYPE_REAL},   {"served_by", GAP_TYPE_INT}};
static const GapStatement PRICES = {
    "site_price.check", "SELECT number, value FROM site_price WHERE proposal = ? ORDER BY number"};
static const GapStatement CHOSEN = {"site.count", "SELECT count(*) FROM site WHERE proposal = ?"};

typedef struct {
    GapStore *store;
    const GapTable *proofs;
    gsize row;
    GapTable *options_of, *demand, *prices; // of the store
    double *second, *turnout_min;
    GapSitesProblem *sites;
    GapLocateOptions options;
    GapLocateAnswer *answer;
    GArray *site, *metres; // pairs
    GapApart *apart;
} Case;

static double figure(const Case *c, gsize column) {
    return gap_table_real(c->proofs, c->row, column);
}

static const char *text(const Case *c, gsize column) {
    return gap_table_text(c->proofs, c->row, column);
}

static bool is_need_2(const Case *c) {
    return gap_table_int(c->proofs, c->row, NEED) == 2;
}

static double or_infinite(double limit) {
    return isnan(limit) ? INFINITY : limit;
}

/* ---- what is kept ---- */

/* Points that might close are the first options; they do not count as standing. */
static bool leave_movable(Case *c, GError **error) {
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    for (gsize j = 0; j < gap_table_rows(c->options_of); j++)
        if (!gap_table_is_null(c->options_of, j, STAYS))
            g_ptr_array_add(codes, (gpointer)gap_table_text(c->options_of, j, POINT));
    c->sites->movable = codes->len;
    if (!codes->len)
        return true;
    g_ptr_array_add(codes, NULL);
    c->turnout_min = gap_standing_turnouts(c->store, c->options_of, c->sites->movable, error);
    return c->turnout_min &&
           gap_standing_leave(c->store, text(c, RUN), (const char *const *)codes->pdata, c->demand,
                              c->second ? &c->second : NULL, error);
}

static bool read_tables(Case *c, GError **error) {
    const char *label = text(c, LABEL);
    const char *by = g_str_equal(text(c, WEIGHT), "people") ? "people" : text(c, CRIME_END);
    c->options_of = gap_store_table(c->store, &OPTIONS, "options", OPTION_COLUMNS,
                                    G_N_ELEMENTS(OPTION_COLUMNS), error, "s", label);
    c->demand = c->options_of ? gap_store_table(c->store, &DEMAND, "demand", DEMAND_COLUMNS,
                                                G_N_ELEMENTS(DEMAND_COLUMNS), error, "sss",
                                                text(c, RUN), label, by)
                              : NULL;
    c->prices = c->demand ? gap_store_select(c->store, &PRICES, error, "s", label) : NULL;
    if (c->prices && is_need_2(c))
        c->second = gap_standing_second(c->store, text(c, RUN), c->demand, error);
    if (!c->prices || (is_need_2(c) && !c->second) || !leave_movable(c, error))
        return false;
    return (c->apart = gap_apart_of(c->store, text(c, RUN), c->options_of, LON, c->turnout_min,
                                    c->demand, GAP_DEMAND_LON, error)) != NULL;
}

static void set_options(Case *c) {
    static const char *const models[] = {[GAP_LOCATE_COVERING] = "covering",
                                         [GAP_LOCATE_SET_COVER] = "set-cover",
                                         [GAP_LOCATE_P_MEDIAN] = "p-median",
                                         [GAP_LOCATE_P_CENTER] = "p-center"};
    GapLocateOptions *options = &c->options;
    *options = GAP_LOCATE_DEFAULTS;
    while (!g_str_equal(models[options->model], text(c, MODEL)))
        options->model++;
    options->p = gap_table_is_null(c->proofs, c->row, NUMBER)
                     ? -1
                     : gap_table_int(c->proofs, c->row, NUMBER);
    if (options->model <= GAP_LOCATE_SET_COVER)
        options->within = (double)(float)figure(c, WITHIN);
    options->need = (guint32)gap_table_int(c->proofs, c->row, NEED);
    options->share = figure(c, SHARE);
    options->by_cost = gap_table_int(c->proofs, c->row, BY_COST);
    options->budget = or_infinite(figure(c, BUDGET));
    options->posts = or_infinite(figure(c, POSTS));
}

static bool stands(const Case *c) {
    return figure(c, POINTS) > (double)c->sites->movable;
}

static gint32 group_of(Case *c, gsize j) {
    const char *province = gap_table_text(c->options_of, j, PROVINCE);
    GPtrArray *names = c->sites->group_names;
    for (guint g = 0; province && gap_table_is_null(c->options_of, j, STAYS) && g < names->len; g++)
        if (g_str_equal(g_ptr_array_index(names, g), province))
            return (gint32)g;
    if (!province || !gap_table_is_null(c->options_of, j, STAYS))
        return -1;
    g_ptr_array_add(names, g_strdup(province));
    return (gint32)names->len - 1;
}

static GapSiteState state_of(const char *state) {
    return g_str_equal(state, "free")     ? GAP_SITE_FREE
           : g_str_equal(state, "forced") ? GAP_SITE_FORCED
                                          : GAP_SITE_FORBIDDEN;
}

static void set_candidates(Case *c) {
    const GapTable *from = c->options_of;
    const gsize n = gap_table_rows(from);
    const gsize stand = stands(c) ? is_need_2(c) ? 2 : 1 : 0;
    c->sites->sites = g_new0(GapSite, n + stand + 1);
    for (gsize j = 0; j < n + stand; j++) {
        const bool open = j >= n;
        g_ptr_array_add(c->sites->site_ids,
                        g_strdup(open ? "(stands)" : gap_table_text(from, j, CODE)));
        c->sites->sites[j] =
            (GapSite){.state = GAP_SITE_OPEN, .capacity = INFINITY, .group = -1, .place = -1};
        if (open)
            continue;
        const double cost = gap_table_real(from, j, COST),
                     posts = gap_table_real(from, j, OFFICERS);
        c->sites->sites[j] = (GapSite){.state = state_of(gap_table_text(from, j, STATE)),
                                       .cost = isnan(cost) ? 0 : cost * (1 - figure(c, LOCAL)),
                                       .posts = isnan(posts) ? 0 : posts,
                                       .capacity = or_infinite(gap_table_real(from, j, CAPACITY)),
                                       .group = group_of(c, j),
                                       .place = gap_table_is_null(from, j, PLACE)
                                                    ? -1
                                                    : (gint32)gap_table_int(from, j, PLACE)};
    }
}

/* ---- distances ---- */

static void add(Case *c, gsize site, double metres) {
    const guint32 number = (guint32)site;
    const float kept = (float)metres;
    g_array_append_val(c->site, number);
    g_array_append_val(c->metres, kept);
}

/* What one demand is from a candidate, in metres of the problem; INFINITY where it does not
 * matter: beyond the reach, the limit of a covering model, or what stands. */
static double apart(const Case *c, gsize i, gsize j, double enough) {
    const double metres_a_degree = 110500; // of latitude, at least
    const bool covers = c->options.model <= GAP_LOCATE_SET_COVER;
    const double own = gap_table_real(c->options_of, j, REACH), within = figure(c, WITHIN);
    const double most = !isnan(own) ? own : covers ? fmin(within, enough) : enough;
    const double lat = gap_table_real(c->demand, i, GAP_DEMAND_LAT),
                 y = gap_table_real(c->options_of, j, LAT);
    if (!gap_apart_is_travel(c->apart) && fabs(lat - y) * metres_a_degree > most)
        return INFINITY;
    const double metres = gap_apart(c->apart, j, i);
    if (metres > most)
        return INFINITY;
    return covers && !isnan(own) ? fmin(metres * (within / own), within) : metres;
}

static void add_standing(Case *c, gsize site, double metres) {
    if (c->options.model <= GAP_LOCATE_SET_COVER ? metres <= figure(c, WITHIN) : isfinite(metres))
        add(c, site, metres);
}

static void pair_demand(Case *c, gsize i) {
    const gsize n = gap_table_rows(c->options_of);
    const bool stand = stands(c);
    const double first = gap_table_real(c->demand, i, DISTANCE),
                 nearest = stand && !isnan(first) ? first : INFINITY,
                 second = stand && c->second ? c->second[i] : INFINITY,
                 enough = c->second ? fmax(nearest, second) : nearest;
    const bool open = c->options.model > GAP_LOCATE_SET_COVER || enough > figure(c, WITHIN);
    for (gsize j = 0; open && j < n; j++) {
        const double metres = apart(c, i, j, enough);
        if (isfinite(metres))
            add(c, j, metres);
    }
    add_standing(c, n, nearest);
    if (c->second)
        add_standing(c, n + 1, second);
}

static void set_demand(Case *c) {
    const gsize n = gap_table_rows(c->demand);
    c->sites->weight = g_new0(double, n + 1);
    c->sites->first = g_new0(gsize, n + 1);
    for (gsize i = 0; i < n; i++) {
        const double weight = gap_table_real(c->demand, i, DEMAND_WEIGHT);
        g_ptr_array_add(c->sites->demand_ids, NULL);
        c->sites->weight[i] = isnan(weight) ? 0 : weight;
        pair_demand(c, i);
        c->sites->first[i + 1] = c->site->len;
    }
    c->sites->site = (guint32 *)(void *)g_array_free(g_steal_pointer(&c->site), FALSE);
    c->sites->minutes = (float *)(void *)g_array_free(g_steal_pointer(&c->metres), FALSE);
}

/* ---- the answer ---- */

static void set_multipliers(Case *c) {
    const gsize n = gap_table_rows(c->demand);
    GapLocateAnswer *answer = c->answer;
    answer->n_multipliers = (gsize)gap_table_int(c->proofs, c->row, MULTIPLIERS);
    answer->root_bound = figure(c, ROOT);
    if (answer->n_multipliers < n)
        return;
    answer->multipliers = g_new0(double, answer->n_multipliers + 1);
    for (gsize i = 0; i < n; i++)
        if (!gap_table_is_null(c->demand, i, MULTIPLIER))
            answer->multipliers[i] = gap_table_real(c->demand, i, MULTIPLIER);
    for (gsize k = 0; k < gap_table_rows(c->prices); k++) {
        const gsize number = n + (gsize)gap_table_int(c->prices, k, 0);
        if (number < answer->n_multipliers)
            answer->multipliers[number] = gap_table_real(c->prices, k, 1);
    }
}

static void set_answer(Case *c) {
    const gsize n = gap_table_rows(c->options_of);
    GapLocateAnswer *answer = c->answer = g_new0(GapLocateAnswer, 1);
    answer->status =
        gap_table_int(c->proofs, c->row, PROVEN) ? GAP_LOCATE_PROVEN : GAP_LOCATE_BOUNDED;
    answer->value = figure(c, VALUE);
    answer->bound = figure(c, BOUND);
    answer->sites = g_new0(guint32, n + 1);
    bool capacities = false;
    for (gsize j = 0; j < n; j++) {
        capacities |= !gap_table_is_null(c->options_of, j, CAPACITY);
        if (!gap_table_is_null(c->options_of, j, RANK) || gap_table_int(c->options_of, j, STAYS))
            answer->sites[answer->n_sites++] = (guint32)j;
    }
    answer->serves = capacities ? g_new0(gint32, gap_table_rows(c->demand) + 1) : NULL;
    for (gsize i = 0; capacities && i < gap_table_rows(c->demand); i++)
        answer->serves[i] = gap_table_is_null(c->demand, i, SERVED_BY)
                                ? -1
                                : (gint32)gap_table_int(c->demand, i, SERVED_BY);
    set_multipliers(c);
}

/* ---- the verdict ---- */

static bool differ(double a, double b) {
    return !(fabs(a - b) <= 1e-9 * fmax(1, fmax(fabs(a), fabs(b))));
}

/* What geo/locate does not judge: the sites are those of the candidates, a search never made the
 * bound of the root worse, and the gap is what lies between. Returns: (transfer full), or NULL. */
static char *fault_of(const Case *c, gint64 sites) {
    const GapLocateAnswer *answer = c->answer;
    const double gap = gap_sites_gap(answer);
    gsize stay = 0;
    for (gsize j = 0; j < gap_table_rows(c->options_of); j++) {
        const char *point = gap_table_text(c->options_of, j, POINT),
                   *code = gap_table_text(c->options_of, j, CODE);
        stay += gap_table_int(c->options_of, j, STAYS);
        if (j < c->sites->movable ? g_strcmp0(point, code) != 0 : point != NULL)
            return g_strdup_printf("candidate '%s' is not the point that might close", code);
    }
    if (sites + (gint64)stay != (gint64)answer->n_sites)
        return g_strdup_printf("%" G_GINT64_FORMAT " sites are kept, of which %zu are candidates",
                               sites, answer->n_sites - stay);
    const bool worse = c->options.model == GAP_LOCATE_COVERING ? answer->bound > answer->root_bound
                                                               : answer->bound < answer->root_bound;
    if (answer->multipliers && worse && differ(answer->bound, answer->root_bound))
        return g_strdup_printf("the bound is kept as %.15g, and multipliers prove %.15g",
                               answer->bound, answer->root_bound);
    if (!isnan(gap) && differ(gap, figure(c, GAP)))
        return g_strdup_printf("the gap is kept as %.15g and is %.15g", figure(c, GAP), gap);
    return NULL;
}

static void find(const Case *c, GapTable *findings, const char *what) {
    g_autofree char *detail = g_strdup_printf("%s: %s", text(c, LABEL), what);
    const gsize row = gap_table_add_row(findings);
    gap_table_set_text(findings, row, 0, "proposed sites are proven as is said");
    gap_table_set_text(findings, row, 1, detail);
}

static void judge(Case *c, GapTable *findings, gint64 sites) {
    GapLocateVerdict verdict;
    g_autoptr(GError) why = NULL;
    if (!gap_locate_verify(&c->sites->problem, &c->options, c->answer, &verdict, &why)) {
        find(c, findings, why->message);
        return;
    }
    g_autofree char *fault = fault_of(c, sites);
    if (fault)
        find(c, findings, fault);
}

static bool check_one(Case *c, GapTable *findings, GError **error) {
    if (gap_table_is_null(c->proofs, c->row, NEED)) {
        find(c, findings, "no proof is kept; 'gapmap sites' makes it anew");
        return true;
    }
    g_autoptr(GError) why = NULL;
    const double sites = gap_store_number(c->store, &CHOSEN, 0, &why, "s", text(c, LABEL));
    if (why || !read_tables(c, why ? NULL : error)) {
        if (why)
            g_propagate_error(error, g_steal_pointer(&why));
        return false;
    }
    set_options(c);
    set_candidates(c);
    set_demand(c);
    gap_sites_problem_join(c->sites);
    if (!gap_table_is_null(c->proofs, c->row, LEAST))
        gap_sites_problem_groups(c->sites, (guint32)gap_table_int(c->proofs, c->row, LEAST),
                                 (guint32)gap_table_int(c->proofs, c->row, MOST));
    set_answer(c);
    judge(c, findings, (gint64)sites);
    return true;
}

/* Said once, by keep.c: what cannot be measured again. */
static bool can_measure(GapStore *store, const char *run) {
    return !gap_run_is_travel(store, run) || gap_coverage_is_current(store, run, NULL);
}

bool gap_sites_proof_check(GapStore *store, GapTable *findings, GError **error) {
    g_autoptr(GapTable) proofs = gap_store_table(store, &PROOFS, "proofs", PROOF_COLUMNS,
                                                 G_N_ELEMENTS(PROOF_COLUMNS), error, "");
    bool ok = proofs != NULL;
    for (gsize row = 0; ok && row < gap_table_rows(proofs); row++) {
        Case c = {.store = store,
                  .proofs = proofs,
                  .row = row,
                  .sites = gap_sites_problem_new(),
                  .site = g_array_new(FALSE, FALSE, sizeof(guint32)),
                  .metres = g_array_new(FALSE, FALSE, sizeof(float))};
        if (can_measure(store, text(&c, RUN)))
            ok = check_one(&c, findings, error);
        gap_table_free(c.options_of);
        gap_table_free(c.demand);
        gap_table_free(c.prices);
        g_free(c.second);
        g_free(c.turnout_min);
        gap_apart_free(c.apart);
        gap_sites_problem_free(c.sites);
        gap_locate_answer_free(c.answer);
        g_clear_pointer(&c.site, g_array_unref);
        g_clear_pointer(&c.metres, g_array_unref);
    }
    return ok;
}
