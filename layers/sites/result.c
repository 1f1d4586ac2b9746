#include "layers/sites/result.h"

static const GapColumnSpec PROPOSED[] = {
    {"rank", GAP_TYPE_INT, NULL, "Rank"},
    {"code", GAP_TYPE_TEXT, NULL, "Code"},
    {"name", GAP_TYPE_TEXT, NULL, "Site"},
    {"area", GAP_TYPE_TEXT, NULL, "Area"},
    {"area_name", GAP_TYPE_TEXT, NULL, "Municipality"},
    {"province", GAP_TYPE_TEXT, NULL, "Province"},
    {"ladder", GAP_TYPE_TEXT, NULL, "Ladder"},
    {"kind", GAP_TYPE_TEXT, NULL, "Kind"},
    {"people_added", GAP_TYPE_REAL, "people", "People added"},
    {"crime_added", GAP_TYPE_REAL, "crimes/year", "Crimes added"},
    {"people_lost", GAP_TYPE_REAL, "people", "Lost without"},
    {"replacement", GAP_TYPE_TEXT, NULL, "Best replacement"},
    {"replacement_loss", GAP_TYPE_REAL, "people", "Its loss"},
    {"cost", GAP_TYPE_REAL, "money", "Cost"},
    {"running", GAP_TYPE_REAL, "money", "Of it running"},
    {"local_pays", GAP_TYPE_REAL, "money", "Local side pays"},
    {"outside_pays", GAP_TYPE_REAL, "money", "Outside pays"},
    {"officers", GAP_TYPE_REAL, "officers", "Officers"},
    {"firm", GAP_TYPE_REAL, "share", "Chosen when perturbed"},
    {"prefix_loss", GAP_TYPE_REAL, "share", "So far below the best"},
    {"chosen", GAP_TYPE_INT, NULL, "Chosen under"},
    {"definitions", GAP_TYPE_INT, NULL, "Of definitions"},
};
enum { AREA, AREA_NAME, PROVINCE, LADDER, STEP, CODE, NAME, PEOPLE, CRIME, KIND };
static const GapColumnSpec WAITING[] = {
    {"area", GAP_TYPE_TEXT, NULL, "Area"},
    {"area_name", GAP_TYPE_TEXT, NULL, "Municipality"},
    {"province", GAP_TYPE_TEXT, NULL, "Province"},
    {"ladder", GAP_TYPE_TEXT, NULL, "Ladder"},
    {"step", GAP_TYPE_TEXT, NULL, "What is missing"},
    {"code", GAP_TYPE_TEXT, NULL, "Code"},
    {"name", GAP_TYPE_TEXT, NULL, "Best site"},
    {"people_added", GAP_TYPE_REAL, "people", "People added"},
    {"crime_added", GAP_TYPE_REAL, "crimes/year", "Crimes added"},
    {"kind", GAP_TYPE_TEXT, NULL, "Kind"},
};

typedef struct {
    const GapStoreSites *ground;
    GapSitesResult *result;
    gsize n_demand, n_sites; // candidates
    GArray **reach;          // of each candidate: demand beyond reach of what stands, and how far
    guint32 *covers;         // sites that cover each demand, up to `need` of what stands
    guint32 need;            // that must
    const gint32 *serves;    // site of each demand where sites have capacities, or NULL
    guint8 *chosen;          // of candidates
    bool covering;
} Work;

typedef struct {
    gsize demand;
    double distance_m;
} Reached;

typedef struct {
    double people, crime, weight;
} Worth;

static GapTable *table_of(const char *name, const GapColumnSpec *columns, gsize n) {
    GapTable *table = gap_table_new(name);
    for (gsize c = 0; c < n; c++)
        gap_table_add_column(table, &columns[c]);
    return table;
}

/* Whether a candidate would cover demand that what stands does not. With capacities a chosen one
 * covers whom it serves, and others what nobody new serves. */
static bool may_cover(const Work *work, gsize i, gsize pair) {
    const GapStoreSites *ground = work->ground;
    const GapLocateProblem *problem = &ground->sites->problem;
    const gsize j = problem->site[pair];
    return !ground->covered[i] && j < work->n_sites && gap_store_sites_reaches(ground, pair) &&
           (!work->serves || !work->chosen[j] || work->serves[i] == (gint32)j);
}

static void list_reach(Work *work) {
    const GapLocateProblem *problem = &work->ground->sites->problem;
    for (gsize j = 0; j < work->n_sites; j++)
        work->reach[j] = g_array_new(FALSE, FALSE, sizeof(Reached));
    for (gsize i = 0; i < work->n_demand; i++) {
        work->covers[i] = work->ground->stands[i];
        for (gsize e = problem->first[i]; e < problem->first[i + 1]; e++) {
            const Reached pair = {i, gap_store_sites_metres(work->ground, e)};
            if (may_cover(work, i, e))
                g_array_append_val(work->reach[problem->site[e]], pair);
        }
    }
}

/* Of what a candidate reaches: that which exactly `times` sites cover. */
static Worth worth_of(const Work *work, gsize site, guint32 times) {
    Worth worth = {0};
    for (guint k = 0; k < work->reach[site]->len; k++) {
        const gsize i = g_array_index(work->reach[site], Reached, k).demand;
        if (work->covers[i] != times)
            continue;
        worth.people += gap_store_sites_people(work->ground, i);
        worth.crime += gap_store_sites_crime(work->ground, i);
        worth.weight += gap_store_sites_weight(work->ground, i);
    }
    return worth;
}

/* What a candidate would add to all that is there. */
static Worth adds(const Work *work, gsize site) {
    const Worth worth = worth_of(work, site, work->need - 1);
    const double most = work->ground->sites->sites[site].capacity;
    if (worth.people <= most || work->chosen[site])
        return worth;
    const double part = most / worth.people;
    return (Worth){most, worth.crime * part, worth.weight * part};
}

static void cover(Work *work, gsize site, int by) {
    for (guint k = 0; k < work->reach[site]->len; k++)
        work->covers[g_array_index(work->reach[site], Reached, k).demand] += (guint32)by;
}

static void serve(Work *work, gsize site, gint64 rank) {
    for (guint k = 0; k < work->reach[site]->len; k++) {
        const Reached *pair = &g_array_index(work->reach[site], Reached, k);
        const GapSitesServed served = {
            gap_table_int(work->ground->demand, pair->demand, GAP_DEMAND_ID), rank,
            pair->distance_m};
        if (work->covers[pair->demand] != work->need - 1)
            continue;
        g_array_append_val(work->result->served, served);
        work->result->crime_added_low +=
            gap_store_sites_crime_at(work->ground, pair->demand, GAP_CRIME_LOW);
        work->result->crime_added_high +=
            gap_store_sites_crime_at(work->ground, pair->demand, GAP_CRIME_HIGH);
    }
}

static void put_money(const Work *work, gsize row, gsize site) {
    const GapTable *from = work->ground->candidates;
    const double cost = gap_store_sites_cost(work->ground, site),
                 share = work->ground->options.local_share;
    GapTable *table = work->result->sites;
    gap_table_set_real(table, row, GAP_PROPOSED_COST, cost);
    gap_table_set_real(table, row, GAP_PROPOSED_RUNNING,
                       cost - gap_table_real(from, site, GAP_CANDIDATE_COST));
    gap_table_set_real(table, row, GAP_PROPOSED_LOCAL, cost * share);
    gap_table_set_real(table, row, GAP_PROPOSED_OUTSIDE, cost * (1 - share));
    gap_table_set_real(table, row, GAP_PROPOSED_OFFICERS,
                       gap_table_real(from, site, GAP_CANDIDATE_OFFICERS));
}

static void put_site(Work *work, gsize site) {
    const GapTable *from = work->ground->candidates;
    GapTable *table = work->result->sites;
    const gsize row = gap_table_add_row(table);
    const Worth worth = worth_of(work, site, work->need - 1);
    gap_table_set_int(table, row, GAP_PROPOSED_RANK, (gint64)row + 1);
    for (gsize c = 0; c <= GAP_CANDIDATE_LADDER; c++)
        gap_table_set_text(table, row, GAP_PROPOSED_CODE + c, gap_table_text(from, site, c));
    gap_table_set_real(table, row, GAP_PROPOSED_PEOPLE, worth.people);
    gap_table_set_real(table, row, GAP_PROPOSED_CRIME, worth.crime);
    gap_table_set_geometry(table, row, gap_table_geometry(from, site));
    gap_table_set_text(table, row, GAP_PROPOSED_KIND,
                       gap_table_text(from, site, GAP_CANDIDATE_KIND));
    put_money(work, row, site);
    serve(work, site, (gint64)row + 1);
    cover(work, site, 1);
    work->result->covered += worth.people;
    work->result->crime_covered += worth.crime;
    g_array_append_val(work->result->weight_added, worth.weight);
}

/* Whether a candidate may stand in for a chosen one: at a place where none is chosen, since another
 * kind of the same place is no other place. */
static bool may_replace(const Work *work, gsize j) {
    const GapSite *sites = work->ground->sites->sites;
    bool ok = !work->chosen[j] && sites[j].state != GAP_SITE_FORBIDDEN;
    for (gsize k = 0; ok && sites[j].place >= 0 && k < work->n_sites; k++)
        ok = !work->chosen[k] || sites[k].place != sites[j].place;
    return ok;
}

/* What is lost without a site, and which other candidate would lose the least. */
static void put_loss(Work *work, gsize row, gsize site) {
    GapTable *table = work->result->sites;
    const Worth lost = worth_of(work, site, work->need);
    gssize best = -1;
    Worth most = {0};
    cover(work, site, -1);
    for (gsize j = 0; j < work->n_sites; j++) {
        const Worth worth = worth_of(work, j, work->need - 1);
        if ((best < 0 || worth.weight > most.weight) && may_replace(work, j)) {
            best = (gssize)j;
            most = worth;
        }
    }
    cover(work, site, 1);
    gap_table_set_real(table, row, GAP_PROPOSED_LOST, lost.people);
    if (best < 0 || most.weight <= 0)
        return;
    gap_table_set_text(table, row, GAP_PROPOSED_REPLACEMENT,
                       gap_table_text(work->ground->candidates, (gsize)best, GAP_CANDIDATE_NAME));
    gap_table_set_real(table, row, GAP_PROPOSED_REPLACEMENT_LOSS, lost.people - most.people);
}

/* Id of a candidate to its number. */
static GHashTable *numbers_of(const GapStoreSites *ground) {
    GHashTable *numbers = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize j = 0; j < gap_table_rows(ground->candidates); j++)
        g_hash_table_insert(numbers, g_ptr_array_index(ground->sites->site_ids, j),
                            GSIZE_TO_POINTER(j));
    return numbers;
}

/* The candidates of an order of building; those that are there already are none. Returns: (transfer
 * full). */
static gsize *choose(Work *work, const GapTable *order, gsize *n) {
    const gsize id = (gsize)gap_table_find(order, "id");
    gsize *site = g_new0(gsize, gap_table_rows(order) + 1);
    g_autoptr(GHashTable) numbers = numbers_of(work->ground);
    *n = 0;
    for (gsize r = 0; r < gap_table_rows(order); r++) {
        const gsize j =
            GPOINTER_TO_SIZE(g_hash_table_lookup(numbers, gap_table_text(order, r, id)));
        work->chosen[j] = 1;
        if (j >= work->ground->sites->movable)
            site[(*n)++] = j;
    }
    return site;
}

/* Points that may close and do not: they stand. */
static void stay(Work *work) {
    GapSitesResult *result = work->result;
    for (gsize j = 0; j < work->ground->sites->movable; j++) {
        if (!work->chosen[j])
            continue;
        const Worth worth = worth_of(work, j, work->need - 1);
        result->before += worth.people;
        result->crime_before += worth.crime;
        result->weight_before += worth.weight;
        cover(work, j, 1);
        result->n_stay++;
    }
    result->covered = result->before;
    result->crime_covered = result->crime_before;
    if (work->ground->move)
        result->moves = gap_moves_told(work->ground, work->chosen, &result->move_sums);
}

static void put_sites(Work *work, const gsize *site, gsize n) {
    for (gsize r = 0; r < n; r++)
        put_site(work, site[r]);
    for (gsize r = 0; work->covering && !work->serves && r < n; r++)
        put_loss(work, r, site[r]);
}

/* ---- areas that wait ---- */

typedef struct {
    gsize site;
    Worth worth;
    double weight;
} Best;

static int by_value(const void *a, const void *b) {
    const Best *x = a, *y = b;
    return x->weight != y->weight ? (x->weight < y->weight ? 1 : -1)
                                  : (x->site > y->site) - (x->site < y->site);
}

/* The best site of each area whose ladder is one of two words. */
static GArray *best_of_areas(const Work *work, const char *const *ladders) {
    const GapTable *from = work->ground->candidates;
    GArray *best = g_array_new(FALSE, FALSE, sizeof(Best));
    g_autoptr(GHashTable) at = g_hash_table_new(g_str_hash, g_str_equal); // area to number + 1
    for (gsize j = work->ground->sites->movable; j < work->n_sites; j++) {
        const char *ladder = gap_table_text(from, j, GAP_CANDIDATE_LADDER);
        const char *area = gap_table_text(from, j, GAP_CANDIDATE_AREA);
        const Worth worth = adds(work, j);
        const Best one = {j, worth, worth.weight};
        if (!g_strv_contains(ladders, ladder ? ladder : "unknown") || work->chosen[j] ||
            one.weight <= 0)
            continue;
        const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(at, area));
        if (!known) {
            g_array_append_val(best, one);
            g_hash_table_insert(at, (gpointer)area, GUINT_TO_POINTER(best->len));
        } else if (one.weight > g_array_index(best, Best, known - 1).weight)
            g_array_index(best, Best, known - 1) = one;
    }
    g_array_sort(best, by_value);
    return best;
}

static GapTable *waiting(const Work *work, const char *name, const char *const *ladders) {
    const GapTable *from = work->ground->candidates;
    GapTable *table = table_of(name, WAITING, G_N_ELEMENTS(WAITING));
    g_autoptr(GArray) best = best_of_areas(work, ladders);
    for (guint k = 0; k < best->len; k++) {
        const Best *one = &g_array_index(best, Best, k);
        const gsize row = gap_table_add_row(table);
        const char *ladder = gap_table_text(from, one->site, GAP_CANDIDATE_LADDER);
        for (gsize c = 0; c <= GAP_CANDIDATE_LADDER - GAP_CANDIDATE_AREA; c++)
            gap_table_set_text(table, row, AREA + c,
                               gap_table_text(from, one->site, GAP_CANDIDATE_AREA + c));
        gap_table_set_text(table, row, STEP,
                           g_strcmp0(ladder, "plan") == 0   ? "an endorsed, valid plan"
                           : g_strcmp0(ladder, "fund") == 0 ? "local money"
                                                            : "ask: is there a plan, and money?");
        gap_table_set_text(table, row, CODE, gap_table_text(from, one->site, GAP_CANDIDATE_CODE));
        gap_table_set_text(table, row, NAME, gap_table_text(from, one->site, GAP_CANDIDATE_NAME));
        gap_table_set_real(table, row, PEOPLE, one->worth.people);
        gap_table_set_real(table, row, CRIME, one->worth.crime);
        gap_table_set_text(table, row, KIND, gap_table_text(from, one->site, GAP_CANDIDATE_KIND));
    }
    return table;
}

static int by_demand(const void *a, const void *b) {
    const GapSitesServed *x = a, *y = b;
    return (x->demand > y->demand) - (x->demand < y->demand);
}

static void sum_up(const Work *work) {
    GapSitesResult *result = work->result;
    for (gsize i = 0; i < work->n_demand; i++) {
        const double people = gap_store_sites_people(work->ground, i),
                     crime = gap_store_sites_crime(work->ground, i);
        result->people += people;
        result->crime += crime;
        result->before += work->ground->covered[i] ? people : 0;
        result->crime_before += work->ground->covered[i] ? crime : 0;
        result->weight_before +=
            work->ground->covered[i] ? gap_store_sites_weight(work->ground, i) : 0;
    }
}

static void list_left(Work *work) {
    g_autofree guint8 *served = g_new0(guint8, work->n_demand + 1);
    for (gsize i = 0; i < work->n_demand; i++)
        served[i] = work->covers[i] >= work->need;
    work->result->left = gap_sites_left(work->ground, served, work->chosen);
}

GapSitesResult *gap_sites_result(const GapStoreSites *ground, const GapTable *order, bool covering,
                                 const gint32 *serves) {
    static const char *const documents[] = {"plan", "fund", NULL}, *const unknowns[] = {"unknown",
                                                                                        NULL};
    GapSitesResult *result = g_new0(GapSitesResult, 1);
    const gsize n = gap_table_rows(ground->candidates), m = gap_table_rows(ground->demand);
    g_autoptr(GPtrArray) reach = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_ptr_array_set_size(reach, (gint)n);
    g_autofree guint32 *covers = g_new0(guint32, m + 1);
    g_autofree guint8 *chosen = g_new0(guint8, n + 1);
    Work work = {
        ground, result, m,       n, (GArray **)reach->pdata, covers, MAX(ground->options.need, 1),
        serves, chosen, covering};
    gsize n_new;
    result->order = choose(&work, order, &n_new);
    result->sites = table_of("sites", PROPOSED, G_N_ELEMENTS(PROPOSED));
    result->served = g_array_new(FALSE, FALSE, sizeof(GapSitesServed));
    result->weight_added = g_array_new(FALSE, FALSE, sizeof(double));
    list_reach(&work);
    sum_up(&work);
    stay(&work);
    put_sites(&work, result->order, n_new);
    list_left(&work);
    g_array_sort(result->served, by_demand);
    result->document = waiting(&work, "one_document_away", documents);
    result->unknown = waiting(&work, "unknown", unknowns);
    return result;
}

void gap_sites_result_firm(GapSitesResult *result, const GapSitesFirm *firm) {
    for (gsize r = 0; firm->runs && r < gap_table_rows(result->sites); r++)
        gap_table_set_real(result->sites, r, GAP_PROPOSED_FIRM,
                           (double)firm->chosen[result->order[r]] / (double)firm->runs);
}

void gap_sites_result_prefixes(GapSitesResult *result, const double *best) {
    double value = result->weight_before;
    for (gsize r = 0; r < gap_table_rows(result->sites); r++) {
        value += g_array_index(result->weight_added, double, r);
        if (best[r] > 0)
            gap_table_set_real(result->sites, r, GAP_PROPOSED_PREFIX_LOSS,
                               fmax(0, (best[r] - value) / best[r]));
    }
}

void gap_sites_result_free(GapSitesResult *result) {
    if (!result)
        return;
    gap_table_free(result->sites);
    gap_table_free(result->document);
    gap_table_free(result->unknown);
    gap_table_free(result->moves);
    g_clear_pointer(&result->served, g_array_unref);
    g_clear_pointer(&result->weight_added, g_array_unref);
    g_clear_pointer(&result->left, g_array_unref);
    g_free(result->order);
    g_free(result);
}
