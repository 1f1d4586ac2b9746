#include "layers/sites/move.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "layers/sites/standing.h"

static const GapStatement KNOWN = {"move.known",
                                   "SELECT count(*) FROM police_point WHERE code = ?"};
#define NAME_OF(a) "coalesce(" a ".name_en, " a ".name_ru, " a ".name_ky, " a ".code)"
static const GapStatement POINT = {
    "move.point",
    "SELECT p.code, " NAME_OF("p") ", a.code, " NAME_OF(
        "a") ", v.code, g.ladder, X(p.geom), Y(p.geom), p.kind, 0.0, 0.0, p.officers,"
             " AsBinary(p.geom) AS geom FROM police_point p JOIN area a ON a.code = p.area"
             " LEFT JOIN area u ON u.code = a.parent"
             " LEFT JOIN area v ON v.level = 'province' AND v.code IN (a.code, a.parent, u.parent)"
             " LEFT JOIN gap g ON g.run = ?1 AND g.area = a.code WHERE p.code = ?2"};
static const GapColumnSpec COLUMNS[] = {
    {"code", GAP_TYPE_TEXT},      {"name", GAP_TYPE_TEXT},     {"area", GAP_TYPE_TEXT},
    {"area_name", GAP_TYPE_TEXT}, {"province", GAP_TYPE_TEXT}, {"ladder", GAP_TYPE_TEXT},
    {"lon", GAP_TYPE_REAL},       {"lat", GAP_TYPE_REAL},      {"kind", GAP_TYPE_TEXT},
    {"cost", GAP_TYPE_REAL},      {"running", GAP_TYPE_REAL},  {"officers", GAP_TYPE_REAL}};

/* ---- which ---- */

static int by_code(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool has_code(const GapTable *points, const char *code) {
    for (gsize r = 0; r < gap_table_rows(points); r++)
        if (g_str_equal(gap_table_text(points, r, 0), code))
            return true;
    return false;
}

static bool fail_code(GapStore *store, const GapPoints *points, const char *run, const char *code,
                      GError **error) {
    g_autofree char *shown = gap_printable(code, 60);
    if (has_code(points->mobile, code))
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--move: '%s' is a mobile group, which moves anyhow; name points that stay "
                        "in one place",
                        shown);
    if (gap_store_number(store, &KNOWN, 0, NULL, "s", code) > 0)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--move: the police point '%s' does not count in the run '%s', so nothing "
                        "is lost or won by closing it; leave it out",
                        shown, run);
    g_autofree const char **codes = g_new0(const char *, gap_table_rows(points->fixed) + 1);
    for (gsize r = 0; r < gap_table_rows(points->fixed); r++)
        codes[r] = gap_table_text(points->fixed, r, 0);
    const char *near = gap_text_nearest(code, codes);
    return gap_fail(error, GAP_ERROR_USAGE, "--move: no police point has the code '%s'%s%s%s",
                    shown, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
}

char **gap_moves_codes(GapStore *store, const char *run, char *const *wanted, GError **error) {
    g_autoptr(GapPoints) points = gap_points_of_run(store, run, error);
    if (!points)
        return NULL;
    g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(g_free);
    const bool all = *wanted && !wanted[1] && g_str_equal(*wanted, "all");
    for (gsize r = 0; all && r < gap_table_rows(points->fixed); r++)
        g_ptr_array_add(codes, g_strdup(gap_table_text(points->fixed, r, 0)));
    for (; !all && *wanted; wanted++) {
        if (!has_code(points->fixed, *wanted)) {
            fail_code(store, points, run, *wanted, error);
            return NULL;
        }
        g_ptr_array_add(codes, g_strdup(*wanted));
    }
    g_ptr_array_sort(codes, by_code);
    for (guint k = 1; k < codes->len; k++)
        if (g_str_equal(g_ptr_array_index(codes, k), g_ptr_array_index(codes, k - 1))) {
            gap_fail(error, GAP_ERROR_USAGE, "--move: '%s' stands twice; name each point once",
                     (char *)g_ptr_array_index(codes, k));
            return NULL;
        }
    if (!codes->len) {
        gap_fail(error, GAP_ERROR_USAGE,
                 "--move: no point of the run '%s' may move: it has none but mobile groups", run);
        return NULL;
    }
    g_ptr_array_add(codes, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&codes), FALSE);
}

bool gap_moves_add(GapStore *store, const char *run, const char *const *codes, GapTable *candidates,
                   GError **error) {
    for (; *codes; codes++) {
        g_autoptr(GapTable) point = gap_store_table(
            store, &POINT, "point", COLUMNS, G_N_ELEMENTS(COLUMNS), error, "ss", run, *codes);
        if (!point)
            return false;
        if (gap_table_rows(point) == 0)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "--move: the police point '%s' lies in no area; mend its place, or "
                            "leave it out",
                            *codes);
        const gsize row = gap_table_add_row(candidates);
        for (gsize c = 0; c < G_N_ELEMENTS(COLUMNS); c++)
            if (COLUMNS[c].type == GAP_TYPE_TEXT)
                gap_table_set_text(candidates, row, c, gap_table_text(point, 0, c));
            else
                gap_table_set_real(candidates, row, c, gap_table_real(point, 0, c));
        gap_table_set_geometry(candidates, row, gap_table_geometry(point, 0));
    }
    return true;
}

bool gap_moves_leave(GapStore *store, GapStoreSites *ground, GError **error) {
    const gsize n = gap_table_rows(ground->demand);
    ground->today = g_new0(guint8, n + 1);
    for (gsize i = 0; i < n; i++)
        ground->today[i] =
            (gap_table_real(ground->demand, i, GAP_DEMAND_DISTANCE) <= ground->within_m) +
            (ground->second && ground->second[i] <= ground->within_m);
    ground->turnout_min =
        gap_standing_turnouts(store, ground->candidates, ground->sites->movable, error);
    double slowest = 0;
    for (gsize j = 0; ground->turnout_min && ground->by_travel && j < ground->sites->movable; j++)
        slowest = fmax(slowest, ground->turnout_min[j]);
    if (slowest > 0)
        gap_note(
            ground->sites->notes,
            "points that may move take up to %.15g min to turn out and new sites none, so that "
            "a move may win by that alone",
            slowest);
    return ground->turnout_min &&
           gap_standing_leave(store, ground->run, (const char *const *)ground->move, ground->demand,
                              ground->second ? &ground->second : NULL, error);
}

/* ---- limits ---- */

gint64 gap_moves_number(const GapStoreSites *ground, gint64 n) {
    gint64 free = 0;
    for (gsize j = 0; j < ground->sites->movable; j++)
        free += ground->sites->sites[j].state != GAP_SITE_FORBIDDEN;
    return MIN(n < 0 ? n : n + (gint64)ground->sites->movable, (gint64)ground->eligible + free);
}

double gap_moves_posts(const GapStoreSites *ground, double posts) {
    for (gsize j = 0; j < ground->sites->movable; j++)
        posts += ground->sites->sites[j].posts;
    return posts;
}

/* ---- staying ---- */

/* The value of a choice: that of the problem that leaves no other. */
static bool tell_value(const GapStoreSites *ground, const GapLocateOptions *options,
                       GapLocateAnswer *answer, GError **error) {
    GapLocateProblem only = ground->sites->problem;
    g_autofree GapSite *sites = g_memdup2(only.sites, only.n_sites * sizeof *sites);
    for (gsize j = 0; j < only.n_sites; j++)
        if (sites[j].state != GAP_SITE_OPEN)
            sites[j].state = GAP_SITE_FORBIDDEN;
    for (gsize k = 0; k < answer->n_sites; k++)
        sites[answer->sites[k]].state = GAP_SITE_FORCED;
    only.sites = sites;
    g_autoptr(GapLocateAnswer) told = gap_locate(&only, options, NULL, error);
    if (told)
        answer->value = told->value;
    return told != NULL;
}

static int by_number(const void *a, const void *b) {
    const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    return (x > y) - (x < y);
}

bool gap_moves_stay(const GapStoreSites *ground, const GapLocateOptions *options,
                    GapLocateAnswer *answer, GError **error) {
    const GapSite *sites = ground->sites->sites;
    const gsize movable = ground->sites->movable, before = answer->n_sites;
    if (!movable || isnan(answer->value))
        return true;
    g_autofree guint8 *chosen = g_new0(guint8, ground->sites->problem.n_sites + 1);
    double posts = 0;
    for (gsize k = 0; k < before; k++) {
        chosen[answer->sites[k]] = 1;
        posts += sites[answer->sites[k]].posts;
    }
    answer->sites = g_renew(guint32, answer->sites, before + movable + 1);
    for (gsize j = 0; j < movable && (options->p < 0 || (gint64)answer->n_sites < options->p);
         j++) {
        if (chosen[j] || sites[j].state != GAP_SITE_FREE || posts + sites[j].posts > options->posts)
            continue;
        answer->sites[answer->n_sites++] = (guint32)j;
        posts += sites[j].posts;
    }
    qsort(answer->sites, answer->n_sites, sizeof *answer->sites, by_number);
    return answer->n_sites == before || answer->status == GAP_LOCATE_PROVEN ||
           tell_value(ground, options, answer, error);
}

/* ---- telling ---- */

typedef struct {
    const GapStoreSites *ground;
    const guint8 *chosen;
    gsize n;               // candidates
    double *people, *lost; // of each movable point
    double *served;        // movable x candidates
    GapMoveSums *sums;
} Telling;

static void tell_demand(Telling *t, gsize i) {
    const GapStoreSites *ground = t->ground;
    const GapLocateProblem *problem = &ground->sites->problem;
    const guint need = MAX(ground->options.need, 1);
    const double people = gap_store_sites_people(ground, i);
    guint within = ground->stands[i];
    gssize point = -1, by = -1; // nearest movable, nearest chosen
    double to_point = INFINITY, to_by = INFINITY;
    for (gsize e = problem->first[i]; e < problem->first[i + 1]; e++) {
        const gsize j = problem->site[e];
        const double metres = gap_store_sites_metres(ground, e);
        if (j >= t->n || !gap_store_sites_reaches(ground, e))
            continue;
        if (j < ground->sites->movable && metres < to_point) {
            point = (gssize)j;
            to_point = metres;
        }
        if (t->chosen[j] && metres < to_by) {
            by = (gssize)j;
            to_by = metres;
        }
        within += t->chosen[j];
    }
    const bool today = ground->today[i] >= need, after = within >= need;
    t->sums->today += today ? people : 0;
    t->sums->after += after ? people : 0;
    t->sums->lost += today && !after ? people : 0;
    if (!today || ground->covered[i] || point < 0)
        return;
    t->people[point] += people;
    t->lost[point] += after ? 0 : people;
    if (after && by >= 0)
        t->served[(gsize)point * t->n + (gsize)by] += people;
}

static char *served_by(const Telling *t, gsize point) {
    GString *out = g_string_new(NULL);
    for (gsize j = 0; j < t->n; j++) {
        const double people = t->served[point * t->n + j];
        g_autofree char *shown = gap_format_number(people, 0, "en");
        if (people > 0)
            g_string_append_printf(out, "%s%s (%s)", out->len ? ", " : "",
                                   gap_table_text(t->ground->candidates, j, GAP_CANDIDATE_NAME),
                                   shown);
    }
    return g_string_free(out, FALSE);
}

static void put_point(const Telling *t, GapTable *table, gsize point) {
    const GapTable *from = t->ground->candidates;
    const gsize row = gap_table_add_row(table);
    g_autofree char *by = t->chosen[point] ? NULL : served_by(t, point);
    gap_table_set_text(table, row, GAP_MOVE_CODE, gap_table_text(from, point, GAP_CANDIDATE_CODE));
    gap_table_set_text(table, row, GAP_MOVE_NAME, gap_table_text(from, point, GAP_CANDIDATE_NAME));
    gap_table_set_int(table, row, GAP_MOVE_STAYS, t->chosen[point]);
    gap_table_set_real(table, row, GAP_MOVE_PEOPLE, t->people[point]);
    if (by && *by)
        gap_table_set_text(table, row, GAP_MOVE_SERVED_BY, by);
    gap_table_set_real(table, row, GAP_MOVE_LOST, t->lost[point]);
}

GapTable *gap_moves_told(const GapStoreSites *ground, const guint8 *chosen, GapMoveSums *sums) {
    static const GapColumnSpec columns[] = {
        [GAP_MOVE_CODE] = {"code", GAP_TYPE_TEXT, NULL, "Code"},
        [GAP_MOVE_NAME] = {"name", GAP_TYPE_TEXT, NULL, "Point"},
        [GAP_MOVE_STAYS] = {"stays", GAP_TYPE_INT, "0/1", "Stays"},
        [GAP_MOVE_PEOPLE] = {"people", GAP_TYPE_REAL, "people", "Its people today"},
        [GAP_MOVE_SERVED_BY] = {"served_by", GAP_TYPE_TEXT, NULL, "Served by"},
        [GAP_MOVE_LOST] = {"lost", GAP_TYPE_REAL, "people", "Beyond reach then"},
    };
    const gsize n = gap_table_rows(ground->candidates), m = ground->sites->movable;
    g_autofree double *people = g_new0(double, m + 1), *lost = g_new0(double, m + 1),
                      *served = g_new0(double, m *n + 1);
    *sums = (GapMoveSums){0};
    Telling t = {ground, chosen, n, people, lost, served, sums};
    for (gsize i = 0; i < gap_table_rows(ground->demand); i++)
        tell_demand(&t, i);
    GapTable *table = gap_table_new("moves");
    for (gsize c = 0; c < G_N_ELEMENTS(columns); c++)
        gap_table_add_column(table, &columns[c]);
    for (gsize point = 0; point < m; point++)
        put_point(&t, table, point);
    return table;
}
