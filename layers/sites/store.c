#include "layers/sites/store.h"

#include "geo/base/error.h"
#include "geo/shape/geodesic.h"
#include "layers/areas.h"
#include "layers/coverage/coverage.h"

#define NAME_OF(a) "coalesce(" a ".name_en, " a ".name_ru, " a ".name_ky, " a ".code)"

static const GapStatement RUN = {
    "sites.run", "SELECT as_of, within_m, gaps_from IS NOT NULL AS gaps, points_counted FROM run"
                 " WHERE label = ?"};
static const GapColumnSpec RUN_COLUMNS[] = {{"as_of", GAP_TYPE_TEXT},
                                            {"within_m", GAP_TYPE_REAL},
                                            {"gaps", GAP_TYPE_INT},
                                            {"points", GAP_TYPE_INT}};
/* Settlements, and of each area the points of most modelled people beyond reach. */
#define OF_AREA                                                                                    \
    " JOIN area a ON a.code = p.area LEFT JOIN area u ON u.code = a.parent"                        \
    " LEFT JOIN area v ON v.level = 'province' AND v.code IN (a.code, a.parent, u.parent)"         \
    " LEFT JOIN gap g ON g.run = ?1 AND g.area = a.code JOIN run r ON r.label = ?1 "               \
    "WHERE" GAP_AREA_VALID("a", "r.as_of")
#define FIGURES                                                                                    \
    " a.code, " NAME_OF("a") ", v.code, g.ladder, X(p.geom), Y(p.geom),"                           \
                             " AsBinary(p.geom) AS geom FROM "
static const GapStatement CANDIDATES = {
    "sites.candidates",
    "SELECT p.code, " NAME_OF(
        "p") "," FIGURES "place p" OF_AREA
             " AND (p.people > 0 OR coalesce(p.kind, '') <> 'PPLX') UNION ALL"
             " SELECT 'cell:' || p.id, " NAME_OF(
                 "a") " || printf(', %.3f E %.3f N', X(p.geom), Y(p.geom))," FIGURES
                      "(SELECT d.id, d.area, d.geom, row_number() OVER (PARTITION BY d.area ORDER "
                      "BY d.people"
                      "  DESC, d.id) AS nth FROM demand d LEFT JOIN demand_reach x ON x.run = ?1 "
                      "AND x.demand = d.id"
                      "  WHERE d.geom IS NOT NULL AND d.basis = 'modelled' AND coalesce(x.covered, "
                      "0) = 0) p" OF_AREA " AND p.nth <= ?2 ORDER BY 1"};
static const GapColumnSpec CANDIDATE_COLUMNS[] = {
    {"code", GAP_TYPE_TEXT},      {"name", GAP_TYPE_TEXT},     {"area", GAP_TYPE_TEXT},
    {"area_name", GAP_TYPE_TEXT}, {"province", GAP_TYPE_TEXT}, {"ladder", GAP_TYPE_TEXT},
    {"lon", GAP_TYPE_REAL},       {"lat", GAP_TYPE_REAL}};
static const GapStatement DEMAND = {
    "sites.demand",
    "SELECT d.id, d.people, X(d.geom), Y(d.geom), g.crime_rate, x.distance_m, x.covered"
    " FROM demand d LEFT JOIN demand_reach x ON x.run = ?1 AND x.demand = d.id"
    " LEFT JOIN gap g ON g.run = ?1 AND g.area = d.area"
    " WHERE d.geom IS NOT NULL AND d.basis <> 'unplaced' ORDER BY d.id"};
static const GapColumnSpec DEMAND_COLUMNS[] = {
    {"id", GAP_TYPE_INT},     {"people", GAP_TYPE_INT}, {"lon", GAP_TYPE_REAL},
    {"lat", GAP_TYPE_REAL},   {"rate", GAP_TYPE_REAL},  {"distance_m", GAP_TYPE_REAL},
    {"covered", GAP_TYPE_INT}};
static const GapStatement FINE_CRIME = {
    "sites.fine_crime", "SELECT count(*) FROM gap JOIN area ON code = area WHERE run = ?"
                        " AND level = 'municipality' AND crime_level IN ('municipality', "
                        "'district')"};

typedef struct {
    double x, y, z;
} Unit;

static Unit unit(double lon, double lat) {
    const double a = lon * G_PI / 180, b = lat * G_PI / 180;
    return (Unit){cos(b) * cos(a), cos(b) * sin(a), sin(b)};
}

double gap_store_sites_people(const GapStoreSites *ground, gsize demand) {
    return (double)gap_table_int(ground->demand, demand, GAP_DEMAND_PEOPLE);
}

double gap_store_sites_crime(const GapStoreSites *ground, gsize demand) {
    const double rate = gap_table_real(ground->demand, demand, GAP_DEMAND_RATE);
    return isnan(rate) ? 0 : rate * gap_store_sites_people(ground, demand);
}

static bool read_run(GapStore *store, GapStoreSites *ground, gint64 *points, GError **error) {
    const GapStoreSitesOptions *options = &ground->options;
    ground->run = gap_run_label(store, options->run, error);
    g_autoptr(GapTable) run =
        ground->run ? gap_store_table(store, &RUN, "run", RUN_COLUMNS, G_N_ELEMENTS(RUN_COLUMNS),
                                      error, "s", ground->run)
                    : NULL;
    if (!run)
        return false;
    ground->as_of = g_strdup(gap_table_text(run, 0, 0));
    ground->within_m = isnan(options->within_m) ? gap_table_real(run, 0, 1) : options->within_m;
    *points = gap_table_int(run, 0, 3);
    return gap_table_int(run, 0, 2) || (options->any && !options->by_crime) ||
           gap_fail(error, GAP_ERROR_MISSING,
                    "the run '%s' has no gaps yet, which tell where a plan and money are: 'gapmap "
                    "gaps' comes first, or --any drops the rule",
                    ground->run);
}

static bool read_tables(GapStore *store, GapStoreSites *ground, GError **error) {
    ground->candidates = gap_store_table(store, &CANDIDATES, "candidates", CANDIDATE_COLUMNS,
                                         G_N_ELEMENTS(CANDIDATE_COLUMNS), error, "si", ground->run,
                                         ground->options.cells);
    ground->demand = ground->candidates
                         ? gap_store_table(store, &DEMAND, "demand", DEMAND_COLUMNS,
                                           G_N_ELEMENTS(DEMAND_COLUMNS), error, "s", ground->run)
                         : NULL;
    return ground->demand && (gap_table_rows(ground->candidates) ||
                              gap_fail(error, GAP_ERROR_MISSING,
                                       "no place lies inside an area, so there is no candidate: "
                                       "load places with 'gapmap load places FILE'"));
}

/* ---- demand and candidates ---- */

static void set_demand(GapStoreSites *ground, bool stands) {
    GapSitesProblem *sites = ground->sites;
    const gsize n = gap_table_rows(ground->demand);
    sites->weight = g_new0(double, n + 1);
    ground->covered = g_new0(guint8, n + 1);
    double unrated = 0;
    for (gsize i = 0; i < n; i++) {
        const double distance = gap_table_real(ground->demand, i, GAP_DEMAND_DISTANCE);
        g_ptr_array_add(sites->demand_ids,
                        g_strdup_printf("%" G_GINT64_FORMAT, gap_table_int(ground->demand, i, 0)));
        sites->weight[i] = ground->options.by_crime ? gap_store_sites_crime(ground, i)
                                                    : gap_store_sites_people(ground, i);
        ground->covered[i] = stands && distance <= ground->within_m;
        if (gap_table_is_null(ground->demand, i, GAP_DEMAND_RATE))
            unrated += gap_store_sites_people(ground, i);
    }
    if (ground->options.by_crime && unrated > 0)
        g_ptr_array_add(sites->notes,
                        g_strdup_printf("%.0f people live where no crime rate is known: they count "
                                        "for nothing with --crime",
                                        unrated));
}

static gint32 group_of(GapSitesProblem *sites, GHashTable *groups, const char *province) {
    if (!province)
        return -1;
    gpointer number;
    if (!g_hash_table_lookup_extended(groups, province, NULL, &number)) {
        number = GINT_TO_POINTER((gint)sites->group_names->len);
        g_ptr_array_add(sites->group_names, g_strdup(province));
        g_hash_table_insert(groups, (gpointer)province, number);
    }
    return GPOINTER_TO_INT(number);
}

static void set_candidates(GapStoreSites *ground, bool stands) {
    GapSitesProblem *sites = ground->sites;
    const GapStoreSitesOptions *options = &ground->options;
    const gsize n = gap_table_rows(ground->candidates);
    g_autoptr(GHashTable) groups = g_hash_table_new(g_str_hash, g_str_equal);
    sites->has_costs = !isnan(options->cost);
    sites->has_posts = !isnan(options->officers);
    sites->sites = g_new0(GapSite, n + 2);
    for (gsize j = 0; j < n; j++) {
        g_ptr_array_add(sites->site_ids,
                        g_strdup(gap_table_text(ground->candidates, j, GAP_CANDIDATE_CODE)));
        sites->sites[j] = (GapSite){
            .cost = sites->has_costs ? options->cost * (1 - options->local_share) : 0,
            .posts = sites->has_posts ? options->officers : 0,
            .capacity = INFINITY,
            .group = group_of(sites, groups,
                              gap_table_text(ground->candidates, j, GAP_CANDIDATE_PROVINCE)),
            .place = -1};
    }
    if (stands) {
        g_ptr_array_add(sites->site_ids, g_strdup("(what stands)"));
        sites->sites[n] =
            (GapSite){.state = GAP_SITE_OPEN, .capacity = INFINITY, .group = -1, .place = -1};
    }
}

/* Asked for by name goes before the rule. */
static bool set_states(GapStoreSites *ground, GError **error) {
    GapSitesProblem *sites = ground->sites;
    const GapStoreSitesOptions *options = &ground->options;
    if (!gap_sites_problem_state(sites, options->forced, GAP_SITE_FORCED, "force", error) ||
        !gap_sites_problem_state(sites, options->forbidden, GAP_SITE_FORBIDDEN, "forbid", error))
        return false;
    for (gsize j = 0; j < gap_table_rows(ground->candidates); j++) {
        GapSiteState *state = &sites->sites[j].state;
        const char *ladder = gap_table_text(ground->candidates, j, GAP_CANDIDATE_LADDER);
        if (*state == GAP_SITE_FREE && !options->any && g_strcmp0(ladder, "site"))
            *state = GAP_SITE_FORBIDDEN;
        ground->eligible += *state != GAP_SITE_FORBIDDEN;
    }
    return true;
}

/* ---- pairs ---- */

/* Ellipsoid and sphere differ by less than 0.7 %, and a chord is shorter than its arc. */
static double chord2_of(double limit_m) {
    const double chord = limit_m / (6371008.8 * 0.993);
    return chord * chord;
}

static void add_pairs(GapStoreSites *ground, gsize i, const Unit *at, double limit_m, GArray *site,
                      GArray *minutes) {
    const double lon = gap_table_real(ground->demand, i, GAP_DEMAND_LON),
                 lat = gap_table_real(ground->demand, i, GAP_DEMAND_LAT), most = chord2_of(limit_m);
    const Unit u = unit(lon, lat);
    for (guint32 j = 0; j < gap_table_rows(ground->candidates); j++) {
        const double x = u.x - at[j].x, y = u.y - at[j].y, z = u.z - at[j].z;
        if (x * x + y * y + z * z > most)
            continue;
        const double distance = gap_geodesic_distance_m(
            lon, lat, gap_table_real(ground->candidates, j, GAP_CANDIDATE_LON),
            gap_table_real(ground->candidates, j, GAP_CANDIDATE_LAT));
        const float kept = (float)distance;
        if (distance > limit_m)
            continue;
        g_array_append_val(site, j);
        g_array_append_val(minutes, kept);
    }
}

static void set_pairs(GapStoreSites *ground, bool stands, bool covering) {
    GapSitesProblem *sites = ground->sites;
    const gsize n = gap_table_rows(ground->demand), m = gap_table_rows(ground->candidates);
    g_autofree Unit *at = g_new(Unit, m + 1);
    g_autoptr(GArray) site = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) minutes = g_array_new(FALSE, FALSE, sizeof(float));
    for (gsize j = 0; j < m; j++)
        at[j] = unit(gap_table_real(ground->candidates, j, GAP_CANDIDATE_LON),
                     gap_table_real(ground->candidates, j, GAP_CANDIDATE_LAT));
    sites->first = g_new0(gsize, n + 1);
    const double slack = 1 - ground->options.slack, far = ground->within_m / slack,
                 near = ground->within_m / (2 - slack);
    for (gsize i = 0; i < n; i++) {
        const double stood = gap_table_real(ground->demand, i, GAP_DEMAND_DISTANCE),
                     nearest = stands && !isnan(stood) ? stood : INFINITY;
        const bool reached = covering ? nearest <= far : isfinite(nearest);
        if (!covering || nearest > near)
            add_pairs(ground, i, at, fmin(covering ? far : INFINITY, nearest), site, minutes);
        if (reached) {
            const guint32 last = (guint32)m;
            const float distance = (float)nearest;
            g_array_append_val(site, last);
            g_array_append_val(minutes, distance);
        }
        sites->first[i + 1] = site->len;
    }
    sites->site = (guint32 *)(void *)g_array_free(g_steal_pointer(&site), FALSE);
    sites->minutes = (float *)(void *)g_array_free(g_steal_pointer(&minutes), FALSE);
}

GapStoreSites *gap_store_sites(GapStore *store, const GapStoreSitesOptions *options, bool covering,
                               GError **error) {
    g_autoptr(GapStoreSites) ground = g_new0(GapStoreSites, 1);
    ground->options = *options;
    ground->sites = gap_sites_problem_new();
    gint64 points;
    if (!read_run(store, ground, &points, error) || !read_tables(store, ground, error))
        return NULL;
    set_demand(ground, points > 0);
    set_candidates(ground, points > 0);
    set_pairs(ground, points > 0, covering);
    gap_sites_problem_join(ground->sites);
    if (options->by_crime && gap_store_number(store, &FINE_CRIME, 0, NULL, "s", ground->run) == 0)
        g_ptr_array_add(ground->sites->notes,
                        g_strdup("crime is known by province only: inside a province it adds "
                                 "nothing to what people tell"));
    return set_states(ground, error) ? g_steal_pointer(&ground) : NULL;
}

void gap_store_sites_free(GapStoreSites *ground) {
    if (!ground)
        return;
    gap_sites_problem_free(ground->sites);
    gap_table_free(ground->candidates);
    gap_table_free(ground->demand);
    g_free(ground->covered);
    g_free(ground->run);
    g_free(ground->as_of);
    g_free(ground);
}
