#include "layers/sites/measure.h"

#include "geo/shape/nearest.h"
#include "layers/sites/proposal.h"

typedef struct {
    const GapSitesProblem *sites;
    const GapStoreSites *ground;
    const GapLocateAnswer *answer;
    const GapLocateOptions *options;
    double within;
    guint8 *open;        // of each site
    GapNearest *nearest; // of the new sites, in the store
} Work;

/* Sums while they grow; `mean` is people times minutes, `reached` whom any site reaches. */
typedef struct {
    GapSitesFigures figures;
    double reached;
} Sum;

static bool is_covering(const Work *work) {
    return work->options->model == GAP_LOCATE_COVERING ||
           work->options->model == GAP_LOCATE_SET_COVER;
}

static double people_of(const Work *work, gsize i) {
    return work->ground ? gap_store_sites_people(work->ground, i) : work->sites->weight[i];
}

/* Minutes to the nearest open site and how many lie within the limit, of its pairs. */
static double look_near(const Work *work, gsize i, guint32 *within) {
    const GapLocateProblem *problem = &work->sites->problem;
    double nearest = INFINITY;
    *within = 0;
    for (gsize e = problem->first[i]; e < problem->first[i + 1]; e++) {
        const double minutes =
            work->ground ? gap_store_sites_metres(work->ground, e) : (double)problem->minutes[e];
        if (!work->open[problem->site[e]])
            continue;
        if (work->answer->serves && work->answer->serves[i] != (gint32)problem->site[e])
            continue;
        nearest = fmin(nearest, minutes);
        *within +=
            work->ground ? gap_store_sites_reaches(work->ground, e) : minutes <= work->within;
    }
    return nearest;
}

/* The store leaves pairs out that a covering model does not need. */
static double look_far(const Work *work, gsize i) {
    const GapTable *demand = work->ground->demand;
    const double stands = gap_table_real(demand, i, GAP_DEMAND_DISTANCE);
    double distance;
    const gssize found = gap_nearest_find(work->nearest, gap_table_real(demand, i, GAP_DEMAND_LON),
                                          gap_table_real(demand, i, GAP_DEMAND_LAT), &distance);
    return found < 0 ? (isnan(stands) ? INFINITY : stands) : fmin(distance, stands);
}

static void add(Sum *sum, double people, double minutes, bool covered) {
    sum->figures.people += people;
    sum->figures.covered += covered ? people : 0;
    if (isinf(minutes) || !(people > 0))
        return;
    sum->reached += people;
    sum->figures.mean += people * minutes;
    sum->figures.worst = fmax(sum->figures.worst, minutes);
}

static GapSitesFigures finish(const Work *work, const Sum *sum) {
    GapSitesFigures figures = sum->figures;
    const bool near_only = is_covering(work) && work->ground && work->ground->by_travel;
    const bool told = sum->reached > 0 && !near_only;
    figures.mean = told ? gap_sites_minutes(figures.mean / sum->reached) : NAN;
    figures.worst = told ? gap_sites_minutes(figures.worst) : NAN;
    if (isinf(work->within))
        figures.covered = NAN;
    return figures;
}

/* How badly off: the share beyond reach, or the mean; -1 where nobody lives. */
static double badness(const GapSitesFigures *figures) {
    if (!(figures->people > 0))
        return -1;
    if (!isnan(figures->covered))
        return 1 - figures->covered / figures->people;
    return isnan(figures->mean) ? INFINITY : figures->mean;
}

static void find_worst(const Work *work, const Sum *of, GapSitesMeasure *measure) {
    double most = -1;
    measure->worst = -1;
    for (guint g = 0; of && g < work->sites->province_names->len; g++) {
        const GapSitesFigures figures = finish(work, &of[g]);
        if (badness(&figures) <= most)
            continue;
        most = badness(&figures);
        measure->worst = (gint32)g;
        measure->of_worst = figures;
    }
}

static void measure_all(const Work *work, GapSitesMeasure *measure) {
    const GapSitesProblem *sites = work->sites;
    Sum all = {0};
    g_autofree Sum *of = sites->province ? g_new0(Sum, sites->province_names->len + 1) : NULL;
    for (gsize i = 0; i < sites->problem.n_demand; i++) {
        guint32 within;
        double minutes = look_near(work, i, &within);
        const bool covered = within >= (work->answer->serves ? 1 : work->options->need);
        if (work->nearest)
            minutes = look_far(work, i);
        add(&all, people_of(work, i), minutes, covered);
        if (of && sites->province[i] >= 0)
            add(&of[sites->province[i]], people_of(work, i), minutes, covered);
    }
    measure->all = finish(work, &all);
    find_worst(work, of, measure);
}

static GapNearest *index_new(const GapStoreSites *ground, const GapLocateAnswer *answer) {
    g_autofree double *lonlat = g_new(double, 2 * answer->n_sites + 1);
    for (gsize k = 0; k < answer->n_sites; k++) {
        lonlat[2 * k] = gap_table_real(ground->candidates, answer->sites[k], GAP_CANDIDATE_LON);
        lonlat[2 * k + 1] = gap_table_real(ground->candidates, answer->sites[k], GAP_CANDIDATE_LAT);
    }
    return gap_nearest_new(lonlat, answer->n_sites);
}

void gap_sites_measure(const GapSitesProblem *sites, const GapStoreSites *ground,
                       const GapLocateOptions *options, double within,
                       const GapLocateAnswer *answer, GapSitesMeasure *measure) {
    const GapLocateProblem *problem = &sites->problem;
    g_autofree guint8 *open = g_new0(guint8, problem->n_sites + 1);
    Work work = {sites, ground, answer, options, within, open, NULL};
    for (gsize j = 0; j < problem->n_sites; j++)
        open[j] = problem->sites[j].state == GAP_SITE_OPEN;
    for (gsize k = 0; k < answer->n_sites; k++)
        open[answer->sites[k]] = 1;
    if (ground && is_covering(&work) && !answer->serves && !ground->by_travel)
        work.nearest = index_new(ground, answer);
    *measure = (GapSitesMeasure){0};
    measure_all(&work, measure);
    gap_nearest_free(work.nearest);
}

/* ---- provinces of the store ---- */

static const GapStatement PROVINCES = {
    "measure.provinces",
    "SELECT d.id, v.code FROM demand d JOIN area a ON a.code = d.area"
    " LEFT JOIN area u ON u.code = a.parent"
    " LEFT JOIN area v ON v.level = 'province' AND v.code IN (a.code, a.parent, u.parent)"
    " WHERE d.geom IS NOT NULL AND d.basis <> 'unplaced' ORDER BY d.id"};
static const GapColumnSpec PROVINCE_COLUMNS[] = {{"id", GAP_TYPE_INT}, {"province", GAP_TYPE_TEXT}};

bool gap_sites_find_provinces(GapStore *store, const GapStoreSites *ground, GError **error) {
    g_autoptr(GapTable) rows = gap_store_table(store, &PROVINCES, "provinces", PROVINCE_COLUMNS,
                                               G_N_ELEMENTS(PROVINCE_COLUMNS), error, "");
    if (!rows)
        return false;
    const gsize n = gap_table_rows(ground->demand);
    g_autoptr(GHashTable) of = g_hash_table_new(g_int64_hash, g_int64_equal); // id to code
    g_autofree gint64 *ids = g_new(gint64, gap_table_rows(rows) + 1);
    g_autofree const char **names = g_new0(const char *, n + 1);
    for (gsize r = 0; r < gap_table_rows(rows); r++) {
        ids[r] = gap_table_int(rows, r, 0);
        g_hash_table_insert(of, &ids[r], (gpointer)gap_table_text(rows, r, 1));
    }
    for (gsize i = 0; i < n; i++) {
        const gint64 id = gap_table_int(ground->demand, i, GAP_DEMAND_ID);
        names[i] = g_hash_table_lookup(of, &id);
    }
    gap_sites_problem_provinces(ground->sites, names, n);
    return true;
}
