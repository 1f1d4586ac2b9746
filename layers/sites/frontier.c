#include "layers/sites/frontier.h"

#include "geo/locate/verify.h"
#include "layers/sites/measure.h"
#include "layers/sites/proposal.h"

static const double EQUAL = 1e-9; // of value and bound, relative

typedef struct {
    const GapSitesProblem *sites;
    const GapLocateOptions *options;
    const GapFrontierOptions *how;
    const GapProgress *progress;
    gint64 end;         // monotonic microseconds; G_MAXINT64
    GPtrArray *answers; // of each step
} Work;

/* ---- the steps ---- */

static GapLocateOptions step_options(const Work *work, gsize step) {
    GapLocateOptions options = *work->options;
    if (work->how->by == GAP_FRONTIER_NUMBER)
        options.p = (gint64)step + 1;
    else if (step + 1 < work->how->steps)
        options.budget = options.budget * (double)(step + 1) / (double)work->how->steps;
    return options;
}

static bool is_better(const Work *work, double value, double than) {
    return work->options->model == GAP_LOCATE_COVERING ? value > than : value < than;
}

static double trivial_bound(const Work *work) {
    double sum = 0;
    for (gsize i = 0; i < work->sites->problem.n_demand; i++)
        sum += work->sites->weight[i];
    return work->options->model == GAP_LOCATE_COVERING ? sum : 0;
}

/* What an answer lacks that ran out of time, the one before it has. */
static void carry(const Work *work, GapLocateAnswer *answer, const GapLocateAnswer *before) {
    if (answer->status == GAP_LOCATE_INFEASIBLE || !before || isnan(before->value) ||
        !(isnan(answer->value) || is_better(work, before->value, answer->value)))
        return;
    const gsize n_demand = work->sites->problem.n_demand;
    g_free(answer->sites);
    g_free(answer->serves);
    answer->sites = g_new(guint32, before->n_sites + 1);
    for (gsize k = 0; k < before->n_sites; k++)
        answer->sites[k] = before->sites[k];
    answer->n_sites = before->n_sites;
    answer->serves =
        before->serves ? g_memdup2(before->serves, n_demand * sizeof *before->serves) : NULL;
    answer->value = before->value;
    answer->status = GAP_LOCATE_BOUNDED;
    if (isnan(answer->bound))
        answer->bound = trivial_bound(work);
}

static bool solve_step(Work *work, gsize step, GError **error) {
    GapLocateOptions options = step_options(work, step);
    if (work->end < G_MAXINT64)
        options.seconds = fmax(0, (double)(work->end - g_get_monotonic_time()) / 1e6) /
                          (double)(work->how->steps - step);
    GapLocateAnswer *answer = gap_locate(&work->sites->problem, &options, work->progress, error);
    if (!answer)
        return false;
    carry(work, answer, step ? g_ptr_array_index(work->answers, step - 1) : NULL);
    g_ptr_array_add(work->answers, answer);
    return true;
}

/* No step is better than what no later one can be. */
static void tighten(const Work *work) {
    for (guint step = work->answers->len - 1; step-- > 0;) {
        GapLocateAnswer *answer = g_ptr_array_index(work->answers, step);
        const GapLocateAnswer *next = g_ptr_array_index(work->answers, step + 1);
        if (isnan(answer->value) || isnan(next->bound))
            continue;
        if (is_better(work, answer->bound, next->bound))
            answer->bound = next->bound;
        if (fabs(answer->value - answer->bound) > EQUAL * fmax(1, fabs(answer->value)))
            continue;
        answer->bound = answer->value;
        answer->status = GAP_LOCATE_PROVEN;
    }
}

/* ---- the table ---- */

/* Pairs keep seven digits, and what is one of them is shown so. */
static double shown(const Work *work, double value) {
    if (work->options->model == GAP_LOCATE_P_CENTER)
        return gap_sites_minutes(value);
    return isfinite(value) ? value : NAN;
}

static GapTable *new_table(const GapFrontierOptions *how) {
    const bool metres = how->ground && !how->ground->by_travel;
    const char *unit = metres ? "m" : "minutes";
    const GapColumnSpec columns[] = {
        {"step", GAP_TYPE_INT, NULL, "Step"},
        {"most", GAP_TYPE_INT, NULL, "Sites at most"},
        {"budget", GAP_TYPE_REAL, "money", "Budget"},
        {"sites", GAP_TYPE_INT, NULL, "New sites"},
        {"cost", GAP_TYPE_REAL, "money", "Cost"},
        {"value", GAP_TYPE_REAL, NULL, "Value"},
        {"bound", GAP_TYPE_REAL, NULL, "Bound"},
        {"gap", GAP_TYPE_REAL, "share", "Gap"},
        {"proven", GAP_TYPE_INT, "0/1", "Proven"},
        {"adds", GAP_TYPE_REAL, NULL, "Better by"},
        {"covered", GAP_TYPE_REAL, "people", "People covered"},
        {"covered_share", GAP_TYPE_REAL, "share", "Covered"},
        {metres ? "mean_m" : "mean_minutes", GAP_TYPE_REAL, unit, metres ? "Mean m" : "Mean min"},
        {metres ? "worst_m" : "worst_minutes", GAP_TYPE_REAL, unit,
         metres ? "Worst m" : "Worst min"},
        {"worst_province", GAP_TYPE_TEXT, NULL, "Worst-off province"},
        {"worst_covered", GAP_TYPE_REAL, "people", "Covered in it"},
        {"worst_share", GAP_TYPE_REAL, "share", "Share in it"},
        {metres ? "worst_mean_m" : "worst_mean_minutes", GAP_TYPE_REAL, unit,
         metres ? "Mean m in it" : "Mean min in it"},
    };
    GapTable *table = gap_table_new("frontier");
    for (gsize c = 0; c < G_N_ELEMENTS(columns); c++)
        gap_table_add_column(table, &columns[c]);
    return table;
}

/* What stands already covers, by weight; NaN where capacities or another model tell otherwise. */
static double value_before(const Work *work, const GapLocateAnswer *answer) {
    const GapLocateProblem *problem = &work->sites->problem;
    double value = 0;
    if (work->options->model != GAP_LOCATE_COVERING || answer->serves)
        return NAN;
    for (gsize i = 0; i < problem->n_demand; i++) {
        guint32 within = 0;
        for (gsize e = problem->first[i]; e < problem->first[i + 1]; e++)
            within += problem->sites[problem->site[e]].state == GAP_SITE_OPEN &&
                      (double)problem->minutes[e] <= work->options->within;
        value += within >= work->options->need ? problem->weight[i] : 0;
    }
    return value;
}

static void put_measure(const Work *work, GapTable *table, gsize row,
                        const GapLocateAnswer *answer) {
    GapSitesMeasure measure;
    gap_sites_measure(work->sites, work->how->ground, work->options, work->how->within, answer,
                      &measure);
    const GapSitesFigures *all = &measure.all, *worst = &measure.of_worst;
    gap_table_set_real(table, row, GAP_FRONTIER_COVERED, all->covered);
    gap_table_set_real(table, row, GAP_FRONTIER_SHARE, all->covered / all->people);
    gap_table_set_real(table, row, GAP_FRONTIER_MEAN, all->mean);
    gap_table_set_real(table, row, GAP_FRONTIER_WORST, all->worst);
    if (measure.worst < 0)
        return;
    gap_table_set_text(table, row, GAP_FRONTIER_PROVINCE,
                       g_ptr_array_index(work->sites->province_names, measure.worst));
    gap_table_set_real(table, row, GAP_FRONTIER_PROVINCE_COVERED, worst->covered);
    gap_table_set_real(table, row, GAP_FRONTIER_PROVINCE_SHARE, worst->covered / worst->people);
    gap_table_set_real(table, row, GAP_FRONTIER_PROVINCE_MEAN, worst->mean);
}

static void put_answer(const Work *work, GapTable *table, gsize row,
                       const GapLocateAnswer *answer) {
    double cost = 0;
    for (gsize k = 0; k < answer->n_sites; k++)
        cost += work->sites->sites[answer->sites[k]].cost;
    gap_table_set_int(table, row, GAP_FRONTIER_SITES, (gint64)answer->n_sites);
    gap_table_set_real(table, row, GAP_FRONTIER_COST, work->sites->has_costs ? cost : NAN);
    gap_table_set_real(table, row, GAP_FRONTIER_VALUE, shown(work, answer->value));
    gap_table_set_real(table, row, GAP_FRONTIER_GAP, gap_sites_gap(answer));
    const double before =
        row ? gap_table_real(table, row - 1, GAP_FRONTIER_VALUE) : value_before(work, answer);
    gap_table_set_real(table, row, GAP_FRONTIER_ADDS,
                       fabs(gap_table_real(table, row, GAP_FRONTIER_VALUE) - before));
    put_measure(work, table, row, answer);
}

static void put_step(const Work *work, GapTable *table, gsize step) {
    const GapLocateAnswer *answer = g_ptr_array_index(work->answers, step);
    const GapLocateOptions options = step_options(work, step);
    const gsize row = gap_table_add_row(table);
    gap_table_set_int(table, row, GAP_FRONTIER_STEP, (gint64)step + 1);
    if (options.p >= 0)
        gap_table_set_int(table, row, GAP_FRONTIER_MOST, options.p);
    gap_table_set_real(table, row, GAP_FRONTIER_MONEY,
                       isfinite(options.budget) ? options.budget : NAN);
    gap_table_set_real(table, row, GAP_FRONTIER_BOUND, shown(work, answer->bound));
    gap_table_set_int(table, row, GAP_FRONTIER_PROVEN,
                      answer->status == GAP_LOCATE_PROVEN ||
                          answer->status == GAP_LOCATE_INFEASIBLE);
    if (!isnan(answer->value))
        put_answer(work, table, row, answer);
}

static bool verify(const Work *work, gsize step, GError **error) {
    const GapLocateOptions options = step_options(work, step);
    GapLocateVerdict verdict;
    if (gap_locate_verify(&work->sites->problem, &options, g_ptr_array_index(work->answers, step),
                          &verdict, error))
        return true;
    g_prefix_error(error, "step %zu of the frontier: ", step + 1);
    return false;
}

GapTable *gap_sites_frontier(const GapSitesProblem *sites, const GapLocateOptions *options,
                             const GapFrontierOptions *how, const GapProgress *progress,
                             GapLocateAnswer **last, GError **error) {
    g_assert(options->model != GAP_LOCATE_SET_COVER && how->steps > 0);
    g_autoptr(GPtrArray) answers =
        g_ptr_array_new_with_free_func((GDestroyNotify)gap_locate_answer_free);
    g_autoptr(GapTable) table = new_table(how);
    Work work = {sites, options, how, progress, G_MAXINT64, answers};
    if (options->seconds < 1e9)
        work.end = g_get_monotonic_time() + (gint64)(options->seconds * 1e6);
    for (gsize step = 0; step < how->steps; step++)
        if (!solve_step(&work, step, error))
            return NULL;
    tighten(&work);
    for (gsize step = 0; step < how->steps; step++) {
        if (!verify(&work, step, error))
            return NULL;
        put_step(&work, table, step);
    }
    *last = g_ptr_array_steal_index(answers, answers->len - 1);
    return g_steal_pointer(&table);
}
