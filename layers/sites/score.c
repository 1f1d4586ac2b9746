#include "layers/sites/score.h"

#include "geo/base/error.h"
#include "geo/locate/verify.h"
#include "layers/sites/exchange.h"
#include "layers/sites/proposal.h"

typedef struct {
    const GapSitesProblem *sites;
    const GapStoreSites *ground;
    const GapLocateOptions *options;
    const GArray *listed;
    const GapProgress *progress;
    guint32 *chosen; // sites of the list that do not stand, in its order
    GapSitesScore *score;
} Work;

static const GapListedSite *listed_at(const Work *work, gsize row) {
    return &g_array_index(work->listed, GapListedSite, row);
}

static const GapSite *site_at(const Work *work, guint32 j) {
    return &work->sites->problem.sites[j];
}

/* ---- the list and the best ---- */

static GapLocateAnswer *solve(const Work *work, const GapLocateProblem *problem,
                              const GapLocateOptions *options, GError **error) {
    GapLocateVerdict verdict;
    g_autoptr(GapLocateAnswer) answer = gap_locate(problem, options, work->progress, error);
    return answer && gap_locate_verify(problem, options, answer, &verdict, error)
               ? g_steal_pointer(&answer)
               : NULL;
}

/* All of the list and nothing else, whatever the limits. */
static bool price_list(const Work *work, GError **error) {
    GapLocateProblem problem = work->sites->problem;
    GapLocateOptions options = *work->options;
    g_autofree GapSite *sites = g_memdup2(problem.sites, problem.n_sites * sizeof *sites);
    for (gsize j = 0; j < problem.n_sites; j++) {
        if (sites[j].state != GAP_SITE_OPEN)
            sites[j].state = GAP_SITE_FORBIDDEN;
        sites[j].place = -1;
    }
    for (gsize k = 0; k < work->score->size; k++)
        sites[work->chosen[k]].state = GAP_SITE_FORCED;
    problem.sites = sites;
    problem.group_min = problem.group_max = NULL;
    options.p = (gint64)work->score->size;
    options.budget = options.posts = options.seconds = INFINITY;
    work->score->list = solve(work, &problem, &options, error);
    return work->score->list != NULL;
}

static bool find_best(const Work *work, GError **error) {
    GapLocateOptions options = *work->options;
    gint64 may = 0;
    for (guint32 j = 0; j < work->sites->problem.n_sites; j++)
        may +=
            site_at(work, j)->state == GAP_SITE_FREE || site_at(work, j)->state == GAP_SITE_FORCED;
    options.p = MIN((gint64)work->score->size, may);
    work->score->best = solve(work, &work->sites->problem, &options, error);
    return work->score->best != NULL;
}

static double loss_of(const Work *work, double value) {
    const double best = work->score->best->value;
    return work->options->model == GAP_LOCATE_COVERING ? best - value : value - best;
}

/* ---- the sites ---- */

static GapTable *table_of(const char *name, const GapColumnSpec *columns, gsize n) {
    GapTable *table = gap_table_new(name);
    for (gsize c = 0; c < n; c++)
        gap_table_add_column(table, &columns[c]);
    return table;
}

static const char *reason_of(const Work *work, guint32 j) {
    static const char *const ladders[][2] = {{"plan", "no endorsed, valid plan"},
                                             {"fund", "no local money"},
                                             {"hold", "few people there are beyond reach"},
                                             {"unknown", "unknown whether there is a plan"}};
    const GapSiteState state = site_at(work, j)->state;
    if (state == GAP_SITE_OPEN)
        return "stands already";
    if (state != GAP_SITE_FORBIDDEN)
        return NULL;
    const char *ladder =
        work->ground ? gap_table_text(work->ground->candidates, j, GAP_CANDIDATE_LADDER) : NULL;
    if (work->ground && work->ground->options.any)
        return "forbidden";
    for (gsize i = 0; ladder && i < G_N_ELEMENTS(ladders); i++)
        if (g_str_equal(ladder, ladders[i][0]))
            return ladders[i][1];
    return work->ground && !ladder ? "nothing is known of its area" : "forbidden";
}

static const char *name_of(const Work *work, guint32 j, gsize column) {
    return work->ground && j < gap_table_rows(work->ground->candidates)
               ? gap_table_text(work->ground->candidates, j, column)
               : NULL;
}

static void put_listed(const Work *work, gsize row) {
    const GapListedSite *one = listed_at(work, row);
    const GapSite *site = site_at(work, one->site);
    GapTable *table = work->score->sites;
    gap_table_add_row(table);
    gap_table_set_int(table, row, GAP_SCORED_ROW, one->row);
    gap_table_set_text(table, row, GAP_SCORED_CODE,
                       g_ptr_array_index(work->sites->site_ids, one->site));
    gap_table_set_text(table, row, GAP_SCORED_NAME, name_of(work, one->site, GAP_CANDIDATE_NAME));
    gap_table_set_text(table, row, GAP_SCORED_AREA,
                       name_of(work, one->site, GAP_CANDIDATE_AREA_NAME));
    if (site->group >= 0)
        gap_table_set_text(table, row, GAP_SCORED_PROVINCE,
                           g_ptr_array_index(work->sites->group_names, site->group));
    gap_table_set_text(table, row, GAP_SCORED_LADDER,
                       name_of(work, one->site, GAP_CANDIDATE_LADDER));
    gap_table_set_text(table, row, GAP_SCORED_REASON, reason_of(work, one->site));
    gap_table_set_real(table, row, GAP_SCORED_COST, work->sites->has_costs ? site->cost : NAN);
}

/* What each adds in the best order of building the list. */
static void put_order(const Work *work) {
    g_autoptr(GapTable) order =
        gap_sites_proposal(work->sites, work->options, work->score->list, NULL);
    const gsize id = (gsize)gap_table_find(order, "id"),
                rank = (gsize)gap_table_find(order, "rank"),
                adds = (gsize)gap_table_find(order, "adds"),
                saves = (gsize)gap_table_find(order, "saves");
    g_autoptr(GHashTable) rows = g_hash_table_new(g_str_hash, g_str_equal);
    GapTable *table = work->score->sites;
    for (gsize row = 0; row < gap_table_rows(table); row++)
        g_hash_table_insert(rows, (gpointer)gap_table_text(table, row, GAP_SCORED_CODE),
                            GSIZE_TO_POINTER(row));
    for (gsize r = 0; r < gap_table_rows(order); r++) {
        const gsize row = GPOINTER_TO_SIZE(g_hash_table_lookup(rows, gap_table_text(order, r, id)));
        if (!gap_table_is_null(order, r, rank))
            gap_table_set_int(table, row, GAP_SCORED_RANK, gap_table_int(order, r, rank));
        gap_table_set_real(table, row, GAP_SCORED_ADDS, gap_table_real(order, r, adds));
        gap_table_set_real(table, row, GAP_SCORED_SAVES, gap_table_real(order, r, saves));
    }
}

static void put_sites(const Work *work) {
    static const GapColumnSpec columns[] = {
        {"row", GAP_TYPE_INT, NULL, "Row"},
        {"code", GAP_TYPE_TEXT, NULL, "Code"},
        {"name", GAP_TYPE_TEXT, NULL, "Site"},
        {"area_name", GAP_TYPE_TEXT, NULL, "Municipality"},
        {"province", GAP_TYPE_TEXT, NULL, "Province"},
        {"ladder", GAP_TYPE_TEXT, NULL, "Ladder"},
        {"reason", GAP_TYPE_TEXT, NULL, "May not be built"},
        {"rank", GAP_TYPE_INT, NULL, "Rank"},
        {"adds", GAP_TYPE_REAL, NULL, "Adds"},
        {"saves", GAP_TYPE_REAL, NULL, "Saves"},
        {"lost", GAP_TYPE_REAL, NULL, "Lost without"},
        {"cost", GAP_TYPE_REAL, "money", "Cost"},
    };
    work->score->sites = table_of("listed", columns, G_N_ELEMENTS(columns));
    for (gsize row = 0; row < work->listed->len; row++)
        put_listed(work, row);
    if (!isnan(work->score->list->value))
        put_order(work);
}

/* ---- without one, and with another ---- */

static void put_lost(const Work *work, GapExchange *exchange) {
    const GapWorth all = gap_exchange_worth(exchange);
    for (gsize row = 0, k = 0; row < work->listed->len; row++) {
        if (k == work->score->size || work->chosen[k] != listed_at(work, row)->site)
            continue; // it stands already
        const GapWorth without = gap_exchange_without(exchange, k++);
        if (without.unreached <= 0 && all.unreached <= 0)
            gap_table_set_real(work->score->sites, row, GAP_SCORED_LOST,
                               fabs(all.value - without.value));
    }
}

/* `worth` is that afterwards, summed up anew: sums that were changed step by step leave a rest. */
static void put_swap(const Work *work, guint32 out, const GapSwap *swap, GapWorth before,
                     GapWorth worth) {
    GapTable *table = work->score->swaps;
    const gsize row = gap_table_add_row(table);
    gap_table_set_int(table, row, GAP_SWAP_STEP, (gint64)row + 1);
    gap_table_set_text(table, row, GAP_SWAP_OUT, g_ptr_array_index(work->sites->site_ids, out));
    gap_table_set_text(table, row, GAP_SWAP_OUT_NAME, name_of(work, out, GAP_CANDIDATE_NAME));
    gap_table_set_text(table, row, GAP_SWAP_IN, g_ptr_array_index(work->sites->site_ids, swap->in));
    gap_table_set_text(table, row, GAP_SWAP_IN_NAME, name_of(work, swap->in, GAP_CANDIDATE_NAME));
    if (worth.unreached > 0)
        return;
    if (before.unreached <= 0)
        gap_table_set_real(table, row, GAP_SWAP_GAIN, fabs(worth.value - before.value));
    gap_table_set_real(table, row, GAP_SWAP_VALUE, worth.value);
    gap_table_set_real(table, row, GAP_SWAP_LOSS, loss_of(work, worth.value));
    work->score->left = loss_of(work, worth.value);
}

static void put_swaps(const Work *work, GapExchange *exchange) {
    static const GapColumnSpec columns[] = {
        {"step", GAP_TYPE_INT, NULL, "Swap"},          {"out", GAP_TYPE_TEXT, NULL, "Out"},
        {"out_name", GAP_TYPE_TEXT, NULL, "Site out"}, {"in", GAP_TYPE_TEXT, NULL, "In"},
        {"in_name", GAP_TYPE_TEXT, NULL, "Site in"},   {"gain", GAP_TYPE_REAL, NULL, "Gain"},
        {"value", GAP_TYPE_REAL, NULL, "Value"},       {"loss", GAP_TYPE_REAL, NULL, "Loss left"},
    };
    work->score->swaps = table_of("swaps", columns, G_N_ELEMENTS(columns));
    g_autofree guint32 *now = g_memdup2(work->chosen, (work->score->size + 1) * sizeof *now);
    GapWorth before = gap_exchange_worth(exchange);
    work->score->unreached = fmax(0, before.unreached);
    GapSwap swap;
    while (gap_progress(work->progress, 1, NULL) && gap_exchange_best(exchange, &swap)) {
        gap_exchange_make(exchange, &swap);
        const GapWorth worth = gap_exchange_worth(exchange);
        put_swap(work, now[swap.out], &swap, before, worth);
        now[swap.out] = swap.in;
        before = worth;
    }
}

/* ---- limits ---- */

static void note_limits(const Work *work) {
    const GapLocateProblem *problem = &work->sites->problem;
    double cost = 0, posts = 0;
    g_autofree guint32 *in_group = g_new0(guint32, problem->n_groups + 1);
    for (gsize k = 0; k < work->score->size; k++) {
        const GapSite *site = site_at(work, work->chosen[k]);
        cost += site->cost;
        posts += site->posts;
        if (site->group >= 0)
            in_group[site->group]++;
    }
    if (cost > work->options->budget)
        gap_note(work->score->notes, "the list costs %.15g, above the budget of %.15g", cost,
                 work->options->budget);
    if (posts > work->options->posts)
        gap_note(work->score->notes, "the list takes %.15g posts, above the %.15g there are", posts,
                 work->options->posts);
    for (gsize g = 0; g < problem->n_groups && problem->group_min; g++)
        if (in_group[g] < problem->group_min[g] || in_group[g] > problem->group_max[g])
            gap_note(work->score->notes,
                     "the list has %u sites in province '%s', which is not within its limits",
                     in_group[g], (const char *)g_ptr_array_index(work->sites->group_names, g));
}

static bool has_capacities(const GapLocateProblem *problem) {
    for (gsize j = 0; j < problem->n_sites; j++)
        if (isfinite(problem->sites[j].capacity))
            return true;
    return false;
}

static bool score_all(Work *work, GError **error) {
    GapSitesScore *score = work->score;
    for (gsize row = 0; row < work->listed->len; row++)
        if (site_at(work, listed_at(work, row)->site)->state != GAP_SITE_OPEN)
            work->chosen[score->size++] = listed_at(work, row)->site;
    if (!price_list(work, error) || !find_best(work, error))
        return false;
    score->loss = score->left = loss_of(work, score->list->value);
    put_sites(work);
    note_limits(work);
    if (has_capacities(&work->sites->problem))
        return true;
    g_autoptr(GapExchange) exchange =
        gap_exchange_new(&work->sites->problem, work->options, work->chosen, score->size);
    put_lost(work, exchange);
    put_swaps(work, exchange);
    return true;
}

GapSitesScore *gap_sites_score(const GapSitesProblem *sites, const GapStoreSites *ground,
                               const GapLocateOptions *options, const GArray *listed,
                               const GapProgress *progress, GError **error) {
    g_assert(options->model != GAP_LOCATE_SET_COVER);
    g_autoptr(GapSitesScore) score = g_new0(GapSitesScore, 1);
    g_autofree guint32 *chosen = g_new0(guint32, listed->len + 1);
    Work work = {sites, ground, options, listed, progress, chosen, score};
    score->notes = g_ptr_array_new_with_free_func(g_free);
    return score_all(&work, error) ? g_steal_pointer(&score) : NULL;
}

void gap_sites_score_free(GapSitesScore *score) {
    if (!score)
        return;
    gap_table_free(score->sites);
    gap_table_free(score->swaps);
    gap_locate_answer_free(score->list);
    gap_locate_answer_free(score->best);
    g_clear_pointer(&score->notes, g_ptr_array_unref);
    g_free(score);
}
