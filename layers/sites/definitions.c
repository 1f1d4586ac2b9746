#include "layers/sites/definitions.h"

#include "geo/locate/verify.h"
#include "layers/coverage/points.h"

/* ---- without assumed points ---- */

static const GapStatement RUN = {"definitions.run",
                                 "SELECT as_of, kinds, points_assumed FROM run WHERE label = ?"};
static const GapColumnSpec RUN_COLUMNS[] = {
    {"as_of", GAP_TYPE_TEXT}, {"kinds", GAP_TYPE_TEXT}, {"assumed", GAP_TYPE_INT}};
enum { RUN_AS_OF, RUN_KINDS, RUN_ASSUMED };

static GapTable *read_run(GapStore *store, const char *run, GError **error) {
    return gap_store_table(store, &RUN, "run", RUN_COLUMNS, G_N_ELEMENTS(RUN_COLUMNS), error, "s",
                           run);
}

/* As coverage keeps them: NULL where all count. */
static char **kinds_of(const char *text) {
    return g_str_equal(text, "all") ? NULL : g_strsplit(text, ",", -1);
}

bool gap_sites_leave_assumed(GapStore *store, const char *run, GapTable *demand, GError **error) {
    g_autoptr(GapTable) row = read_run(store, run, error);
    g_auto(GStrv) kinds = row ? kinds_of(gap_table_text(row, 0, RUN_KINDS)) : NULL;
    g_autoptr(GapPoints) points =
        row ? gap_points_new(store, gap_table_text(row, 0, RUN_AS_OF), kinds, error) : NULL;
    if (!points)
        return false;
    for (gsize i = 0; i < gap_table_rows(demand); i++) {
        const double lon = gap_table_real(demand, i, GAP_DEMAND_LON),
                     lat = gap_table_real(demand, i, GAP_DEMAND_LAT);
        double distance;
        if (gap_nearest_find(points->nearest_exact, lon, lat, &distance) < 0)
            distance = NAN;
        if (gap_area_index_locate(points->patrols_exact, lon, lat) >= 0)
            distance = 0;
        gap_table_set_real(demand, i, GAP_DEMAND_DISTANCE, distance);
    }
    return true;
}

/* ---- the definitions ---- */

static const GapStatement LIMITS = {"definitions.limits",
                                    "SELECT DISTINCT coalesce(o.within_m, o.within_min) FROM run r "
                                    "JOIN run o ON o.mode = r.mode AND o.as_of = r.as_of"
                                    " WHERE r.label = ?1"};
/* Beyond this a run by travel time does not know its minutes. */
static const GapStatement KNOWN = {"definitions.known",
                                   "SELECT known_min FROM travel WHERE run = ?"};
static const GapColumnSpec LIMIT_COLUMNS[] = {{"within_m", GAP_TYPE_REAL}};

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void add_limit(GArray *limits, double within_m) {
    for (guint i = 0; i < limits->len; i++)
        if (fabs(g_array_index(limits, double, i) - within_m) < 1e-6 * within_m)
            return;
    g_array_append_val(limits, within_m);
}

static GArray *limits_of(GapStore *store, const GapStoreSites *ground, bool covering,
                         GError **error) {
    g_autoptr(GapTable) rows =
        gap_store_table(store, &LIMITS, "limits", LIMIT_COLUMNS, G_N_ELEMENTS(LIMIT_COLUMNS), error,
                        "s", ground->run);
    if (!rows)
        return NULL;
    GArray *limits = g_array_new(FALSE, FALSE, sizeof(double));
    add_limit(limits, ground->within_m);
    for (gsize r = 0; covering && r < gap_table_rows(rows); r++)
        add_limit(limits, gap_table_real(rows, r, 0));
    if (covering && limits->len == 1) {
        add_limit(limits, 0.8 * ground->within_m);
        add_limit(limits, 1.2 * ground->within_m);
    }
    const double known = ground->by_travel
                             ? gap_store_number(store, &KNOWN, INFINITY, NULL, "s", ground->run)
                             : INFINITY;
    g_array_sort(limits, by_size);
    while (limits->len > 1 && g_array_index(limits, double, limits->len - 1) > known)
        g_array_set_size(limits, limits->len - 1);
    return limits;
}

static bool knows_crime(const GapStoreSites *ground) {
    for (gsize i = 0; i < gap_table_rows(ground->demand); i++)
        if (gap_table_real(ground->demand, i, GAP_DEMAND_RATE) > 0)
            return true;
    return false;
}

GArray *gap_sites_definitions(GapStore *store, const GapStoreSites *ground,
                              const GapLocateOptions *options, GError **error) {
    const bool covering = options->model <= GAP_LOCATE_SET_COVER,
               crime = knows_crime(ground) && ground->options.per_officer <= 0;
    g_autoptr(GArray) limits = limits_of(store, ground, covering, error);
    g_autoptr(GapTable) run = limits ? read_run(store, ground->run, error) : NULL;
    if (!run)
        return NULL;
    const bool assumed = gap_table_int(run, 0, RUN_ASSUMED) > 0 && options->need == 1 &&
                         !ground->by_travel && !ground->move;
    GArray *definitions = g_array_new(FALSE, FALSE, sizeof(GapDefinition));
    for (guint l = 0; l < limits->len; l++)
        for (int by_crime = 0; by_crime <= crime; by_crime++)
            for (int without = 0; without <= assumed; without++) {
                const GapDefinition one = {g_array_index(limits, double, l), by_crime, without};
                g_array_append_val(definitions, one);
            }
    return definitions;
}

/* ---- trying them ---- */

enum { WITHIN, WEIGHT, ASSUMED, VALUE, PROVEN, SAME };

typedef struct {
    GapStore *store;
    const GapStoreSites *ground;
    const GapLocateOptions *options;
    const GapProgress *progress;
    guint8 *proposed; // by site
    GapSitesDefined *defined;
} Work;

/* The ground of a definition: candidates, money and who may be chosen are those of the proposal. */
static GapStoreSites *ground_of(const Work *work, const GapDefinition *definition, GError **error) {
    GapStoreSitesOptions wanted = work->ground->options;
    wanted.run = work->ground->run;
    wanted.within_m = definition->within_m;
    wanted.minutes = work->ground->by_travel;
    wanted.by_crime = definition->by_crime;
    wanted.without_assumed = definition->without_assumed;
    g_autoptr(GapStoreSites) ground =
        gap_store_sites(work->store, &wanted, work->options->model <= GAP_LOCATE_SET_COVER, error);
    if (!ground)
        return NULL;
    g_assert(gap_table_rows(ground->candidates) == gap_table_rows(work->ground->candidates));
    for (gsize j = 0; j < gap_table_rows(ground->candidates); j++)
        ground->sites->sites[j].state = work->ground->sites->sites[j].state;
    ground->sites->problem.group_min = work->ground->sites->problem.group_min;
    ground->sites->problem.group_max = work->ground->sites->problem.group_max;
    return g_steal_pointer(&ground);
}

static bool has_note(GPtrArray *notes, const char *text) {
    return g_ptr_array_find_with_equal_func(notes, text, g_str_equal, NULL);
}

static void take_notes(const Work *work, const GapStoreSites *ground) {
    const GPtrArray *found = ground->sites->notes;
    for (guint i = 0; i < found->len; i++) {
        const char *text = g_ptr_array_index(found, i);
        if (!has_note(work->ground->sites->notes, text) && !has_note(work->defined->notes, text))
            g_ptr_array_add(work->defined->notes, g_strdup(text));
    }
}

static void put_row(const Work *work, const GapDefinition *definition,
                    const GapLocateAnswer *answer) {
    GapTable *table = work->defined->table;
    const gsize row = gap_table_add_row(table);
    gint64 same = 0;
    for (gsize k = 0; k < answer->n_sites; k++)
        same +=
            answer->sites[k] >= work->ground->sites->movable && work->proposed[answer->sites[k]];
    gap_table_set_real(table, row, WITHIN, definition->within_m);
    gap_table_set_text(table, row, WEIGHT, definition->by_crime ? "crime" : "people");
    gap_table_set_text(table, row, ASSUMED, definition->without_assumed ? "without" : "with");
    gap_table_set_real(table, row, VALUE, answer->value);
    gap_table_set_int(table, row, PROVEN, answer->status == GAP_LOCATE_PROVEN);
    if (!isnan(answer->value))
        gap_table_set_int(table, row, SAME, same);
}

static bool try_one(const Work *work, const GapDefinition *definition, double seconds,
                    GError **error) {
    GapLocateOptions options = *work->options;
    GapLocateVerdict verdict;
    g_autoptr(GapStoreSites) ground = ground_of(work, definition, error);
    if (!ground)
        return false;
    options.seconds = fmin(options.seconds, seconds);
    if (options.model <= GAP_LOCATE_SET_COVER)
        options.within = (double)(float)definition->within_m;
    g_autoptr(GapLocateAnswer) answer =
        gap_locate(&ground->sites->problem, &options, work->progress, error);
    if (!answer || !gap_locate_verify(&ground->sites->problem, &options, answer, &verdict, error))
        return false;
    take_notes(work, ground);
    put_row(work, definition, answer);
    work->defined->n += !isnan(answer->value);
    for (gsize k = 0; k < answer->n_sites; k++)
        work->defined->chosen[answer->sites[k]]++;
    return true;
}

static GapTable *new_table(bool travel) {
    const GapColumnSpec columns[] = {
        [WITHIN] = {travel ? "within_min" : "within_m", GAP_TYPE_REAL, travel ? "min" : "m",
                    travel ? "Limit min" : "Limit m"},
        [WEIGHT] = {"weight", GAP_TYPE_TEXT, NULL, "Weighed by"},
        [ASSUMED] = {"assumed", GAP_TYPE_TEXT, NULL, "Assumed points"},
        [VALUE] = {"value", GAP_TYPE_REAL, NULL, "Value"},
        [PROVEN] = {"proven", GAP_TYPE_INT, "0/1", "Proven"},
        [SAME] = {"same", GAP_TYPE_INT, "sites", "Same sites"},
    };
    GapTable *table = gap_table_new("definitions");
    for (gsize c = 0; c < G_N_ELEMENTS(columns); c++)
        gap_table_add_column(table, &columns[c]);
    return table;
}

GapSitesDefined *gap_sites_try_definitions(GapStore *store, const GapStoreSites *ground,
                                           const GapLocateOptions *options,
                                           const GapLocateAnswer *answer, const GArray *definitions,
                                           double seconds, const GapProgress *progress,
                                           GError **error) {
    const gsize n_sites = ground->sites->problem.n_sites;
    g_autoptr(GapSitesDefined) defined = g_new0(GapSitesDefined, 1);
    g_autofree guint8 *proposed = g_new0(guint8, n_sites + 1);
    defined->chosen = g_new0(guint32, n_sites + 1);
    defined->notes = g_ptr_array_new_with_free_func(g_free);
    defined->table = new_table(ground->by_travel);
    const Work work = {store, ground, options, progress, proposed, defined};
    for (gsize k = 0; k < answer->n_sites; k++)
        proposed[answer->sites[k]] = 1;
    for (guint d = 0; d < definitions->len && gap_progress(progress, 1, NULL); d++)
        if (!try_one(&work, &g_array_index(definitions, GapDefinition, d), seconds, error))
            return NULL;
    return g_steal_pointer(&defined);
}

void gap_sites_defined_free(GapSitesDefined *defined) {
    if (!defined)
        return;
    g_free(defined->chosen);
    gap_table_free(defined->table);
    g_clear_pointer(&defined->notes, g_ptr_array_unref);
    g_free(defined);
}
