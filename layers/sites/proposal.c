#include "layers/sites/proposal.h"

/* A demand that a new site reaches. */
typedef struct {
    guint32 demand;
    float minutes;
} Reach;

typedef struct {
    double people, more; // `more` decides among equals: minutes saved, or half a backup cover
} Gain;

typedef struct {
    const GapSitesProblem *sites;
    const GapLocateProblem *problem;
    const GapLocateOptions *options;
    const GapLocateAnswer *answer;
    bool covering;
    GArray **reach;  // of each new site, of Reach
    double *nearest; // of demand: minutes to what stands and is placed so far; INFINITY
    guint32 *within; // of demand: open sites so far within the limit
    double *serves, *minutes, *worst; // of each new site
    gsize *order;
    Gain *gain; // of each new site, at its turn
} Proposal;

double gap_sites_minutes(double minutes) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return isfinite(minutes)
               ? g_ascii_strtod(g_ascii_formatd(text, sizeof text, "%.7g", minutes), NULL)
               : minutes;
}

double gap_sites_gap(const GapLocateAnswer *answer) {
    const double apart = fabs(answer->bound - answer->value);
    if (answer->status == GAP_LOCATE_PROVEN || apart == 0)
        return 0;
    return answer->value > 0 && isfinite(apart) ? apart / answer->value : NAN;
}

static bool is_within(const Proposal *p, float minutes) {
    return !p->covering || (double)minutes <= p->options->within;
}

static void take_site(Proposal *p, gsize demand, float minutes) {
    p->nearest[demand] = fmin(p->nearest[demand], (double)minutes);
    p->within[demand]++;
}

/* Lists what each new site reaches, and starts from what stands. */
static void start(Proposal *p) {
    const GapLocateProblem *problem = p->problem;
    g_autofree guint32 *number = g_new0(guint32, problem->n_sites + 1); // of new sites, + 1
    for (gsize k = 0; k < p->answer->n_sites; k++) {
        number[p->answer->sites[k]] = (guint32)k + 1;
        p->reach[k] = g_array_new(FALSE, FALSE, sizeof(Reach));
    }
    for (gsize i = 0; i < problem->n_demand; i++) {
        p->nearest[i] = INFINITY;
        for (gsize e = problem->first[i]; e < problem->first[i + 1]; e++) {
            const guint32 k = number[problem->site[e]];
            if (!is_within(p, problem->minutes[e]))
                continue;
            if (problem->sites[problem->site[e]].state == GAP_SITE_OPEN)
                take_site(p, i, problem->minutes[e]);
            else if (k)
                g_array_append_val(p->reach[k - 1], ((Reach){(guint32)i, problem->minutes[e]}));
        }
    }
}

/* ---- whom each serves ---- */

static void serve(Proposal *p, gsize k, gsize demand, double minutes) {
    const double weight = p->problem->weight[demand];
    p->serves[k] += weight;
    p->minutes[k] += weight * minutes;
    if (weight > 0)
        p->worst[k] = fmax(p->worst[k], minutes);
}

static void serve_assigned(Proposal *p) {
    for (gsize k = 0; k < p->answer->n_sites; k++)
        for (guint e = 0; e < p->reach[k]->len; e++) {
            const Reach *reach = &g_array_index(p->reach[k], Reach, e);
            if (p->answer->serves[reach->demand] == (gint32)p->answer->sites[k])
                serve(p, k, reach->demand, (double)reach->minutes);
        }
}

/* What stands goes before what is new and as near, and of new ones the lower number. */
static void serve_nearest(Proposal *p) {
    const gsize n = p->problem->n_demand;
    g_autofree double *nearest = g_memdup2(p->nearest, n * sizeof *nearest);
    g_autofree guint32 *by = g_new0(guint32, n + 1); // new site + 1
    for (gsize k = 0; k < p->answer->n_sites; k++)
        for (guint e = 0; e < p->reach[k]->len; e++) {
            const Reach *reach = &g_array_index(p->reach[k], Reach, e);
            if ((double)reach->minutes >= nearest[reach->demand])
                continue;
            nearest[reach->demand] = (double)reach->minutes;
            by[reach->demand] = (guint32)k + 1;
        }
    for (gsize i = 0; i < n; i++)
        if (by[i])
            serve(p, by[i] - 1, i, nearest[i]);
}

/* ---- the order ---- */

static Gain gain_of(const Proposal *p, gsize k) {
    Gain gain = {0};
    for (guint e = 0; e < p->reach[k]->len; e++) {
        const Reach *reach = &g_array_index(p->reach[k], Reach, e);
        const double weight = p->problem->weight[reach->demand], before = p->nearest[reach->demand];
        const guint32 within = p->within[reach->demand];
        if (p->covering) {
            gain.people += within + 1 == p->options->need ? weight : 0;
            gain.more += within + 1 < p->options->need ? weight : 0;
        } else if (isinf(before))
            gain.people += weight;
        else
            gain.more += weight * fmax(0, before - (double)reach->minutes);
    }
    return gain;
}

static bool is_better(Gain a, Gain b) {
    return a.people != b.people ? a.people > b.people : a.more > b.more;
}

static bool is_there(const Proposal *p, gsize k) {
    return p->answer->sites[k] < p->sites->movable;
}

/* Whether site `k` goes before the best so far: what is there already goes first. */
static bool goes_before(const Proposal *p, gsize k, Gain gain, gsize best) {
    return is_there(p, k) != is_there(p, best) ? is_there(p, k) : is_better(gain, p->gain[best]);
}

static void place_next(Proposal *p, gsize place, bool *placed) {
    gsize best = p->answer->n_sites;
    for (gsize k = 0; k < p->answer->n_sites; k++) {
        if (placed[k])
            continue;
        const Gain gain = p->answer->serves ? (Gain){p->serves[k], 0} : gain_of(p, k);
        if (best < p->answer->n_sites && !goes_before(p, k, gain, best))
            continue;
        best = k;
        p->gain[k] = gain;
    }
    placed[best] = true;
    p->order[place] = best;
    for (guint e = 0; e < p->reach[best]->len; e++) {
        const Reach *reach = &g_array_index(p->reach[best], Reach, e);
        take_site(p, reach->demand, reach->minutes);
    }
}

static void put_in_order(Proposal *p) {
    g_autofree bool *placed = g_new0(bool, p->answer->n_sites + 1);
    for (gsize place = 0; place < p->answer->n_sites; place++)
        place_next(p, place, placed);
    if (p->options->model == GAP_LOCATE_P_CENTER)
        for (gsize k = 0; k < p->answer->n_sites; k++)
            p->order[k] = k;
}

/* ---- sums ---- */

static double covered_now(const Proposal *p) {
    double sum = 0;
    for (gsize i = 0; i < p->problem->n_demand; i++)
        sum += p->within[i] >= p->options->need ? p->problem->weight[i] : 0;
    return sum;
}

static void sum_up(const Proposal *p, GapSitesSums *sums) {
    double served = 0, minutes = 0, worst = 0;
    for (gsize i = 0; i < p->problem->n_demand; i++) {
        const double weight = p->problem->weight[i];
        sums->people += weight;
        if (isinf(p->nearest[i]) || !(weight > 0))
            continue;
        served += weight;
        minutes += weight * p->nearest[i];
        worst = fmax(worst, p->nearest[i]);
    }
    sums->covered = p->answer->serves ? p->answer->value : covered_now(p);
    if (p->answer->serves && !p->covering) { // of the assigned, not the nearest
        minutes = p->answer->value;
        worst = NAN;
    }
    sums->mean_minutes = served > 0 ? gap_sites_minutes(minutes / served) : NAN;
    sums->worst = gap_sites_minutes(worst);
    for (gsize k = 0; k < p->answer->n_sites; k++) {
        sums->cost += p->problem->sites[p->answer->sites[k]].cost;
        sums->posts += p->problem->sites[p->answer->sites[k]].posts;
    }
}

/* ---- the table ---- */

enum { RANK, ID, PROVINCE, COST, POSTS, ADDS, SAVES, SERVES, MEAN, WORST };

static GapTable *new_table(void) {
    static const GapColumnSpec columns[] = {
        [RANK] = {"rank", GAP_TYPE_INT},
        [ID] = {"id", GAP_TYPE_TEXT},
        [PROVINCE] = {"province", GAP_TYPE_TEXT},
        [COST] = {"cost", GAP_TYPE_REAL},
        [POSTS] = {"posts", GAP_TYPE_REAL},
        [ADDS] = {"adds", GAP_TYPE_REAL, "people", "adds people"},
        [SAVES] = {"saves", GAP_TYPE_REAL, "people x minutes", "saves people x min"},
        [SERVES] = {"serves", GAP_TYPE_REAL, "people", "serves people"},
        [MEAN] = {"mean_minutes", GAP_TYPE_REAL, "minutes", "mean min"},
        [WORST] = {"worst_minutes", GAP_TYPE_REAL, "minutes", "worst min"},
    };
    GapTable *table = gap_table_new("sites");
    for (gsize c = 0; c < G_N_ELEMENTS(columns); c++)
        gap_table_add_column(table, &columns[c]);
    return table;
}

static void put_site(const Proposal *p, GapTable *table, gsize place) {
    const gsize k = p->order[place], row = gap_table_add_row(table);
    const guint32 j = p->answer->sites[k];
    const GapSite *site = &p->problem->sites[j];
    const bool center = p->options->model == GAP_LOCATE_P_CENTER;
    if (!center) {
        gap_table_set_int(table, row, RANK, (gint64)place + 1);
        gap_table_set_real(table, row, ADDS, p->gain[k].people);
    }
    if (p->options->model == GAP_LOCATE_P_MEDIAN && !p->answer->serves)
        gap_table_set_real(table, row, SAVES, p->gain[k].more);
    gap_table_set_text(table, row, ID, g_ptr_array_index(p->sites->site_ids, j));
    if (site->group >= 0)
        gap_table_set_text(table, row, PROVINCE,
                           g_ptr_array_index(p->sites->group_names, site->group));
    gap_table_set_real(table, row, COST, p->sites->has_costs ? site->cost : NAN);
    gap_table_set_real(table, row, POSTS, p->sites->has_posts ? site->posts : NAN);
    gap_table_set_real(table, row, SERVES, p->serves[k]);
    gap_table_set_real(table, row, MEAN,
                       p->serves[k] > 0 ? gap_sites_minutes(p->minutes[k] / p->serves[k]) : NAN);
    gap_table_set_real(table, row, WORST, p->serves[k] > 0 ? gap_sites_minutes(p->worst[k]) : NAN);
}

GapTable *gap_sites_proposal(const GapSitesProblem *sites, const GapLocateOptions *options,
                             const GapLocateAnswer *answer, GapSitesSums *sums) {
    const gsize n = answer->n_sites, n_demand = sites->problem.n_demand;
    g_autoptr(GPtrArray) reach = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    g_ptr_array_set_size(reach, (gint)n);
    g_autofree double *nearest = g_new0(double, n_demand + 1),
                      *of_sites = g_new0(double, 3 * n + 1);
    g_autofree guint32 *within = g_new0(guint32, n_demand + 1);
    g_autofree gsize *order = g_new0(gsize, n + 1);
    g_autofree Gain *gain = g_new0(Gain, n + 1);
    Proposal p = {sites,
                  &sites->problem,
                  options,
                  answer,
                  .covering = options->model == GAP_LOCATE_COVERING ||
                              options->model == GAP_LOCATE_SET_COVER,
                  .reach = (GArray **)reach->pdata,
                  .nearest = nearest,
                  .within = within,
                  .serves = of_sites,
                  .minutes = of_sites + n,
                  .worst = of_sites + 2 * n,
                  .order = order,
                  .gain = gain};
    GapSitesSums own = {0};
    start(&p);
    own.before = covered_now(&p);
    if (answer->serves)
        serve_assigned(&p);
    else
        serve_nearest(&p);
    put_in_order(&p);
    sum_up(&p, &own);
    GapTable *table = new_table();
    for (gsize place = 0; place < n; place++)
        put_site(&p, table, place);
    if (sums)
        *sums = own;
    return table;
}
