/** A small country with demand, a run and its gaps, and sites sought in it. */
#ifndef GAP_TESTS_SITES_FIXTURE_H
#define GAP_TESTS_SITES_FIXTURE_H

#include "tests/world_fixture.h"

#include "geo/locate/verify.h"
#include "layers/coverage/coverage.h"
#include "layers/gaps/gaps.h"
#include "layers/sites/keep.h"

/* A run of 5 km and its gaps, from what is loaded. */
static inline void world_measure(void) {
    const double within = 5000;
    const GapCoverageOptions coverage = {
        .label = "r", .as_of = "2017-12-31", .within = &within, .n_within = 1};
    const GapGapsOptions gaps = {.offence = "theft", .hold_below = 500};
    size_t runs;
    bool unchanged;
    GError *error = NULL;
    gap_coverage(world.store, &coverage, &runs, &error);
    assert_no_error(error);
    gap_gaps(world.store, &gaps, &unchanged, &error);
    assert_no_error(error);
}

/* A1: 400 people at a point, 600 beyond reach and no plan; A2: 500 beyond reach, a plan and money;
 * B1: 700 beyond reach of whom nothing is known. */
static inline int set_up_sites(void **state) {
    (void)state;
    world = world_new(true);
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total VALUES ('XX-A', 2015, 1500), ('XX-B', 2015, 700)");
    world_run(&world, "INSERT INTO demand (area, people, basis, geom) VALUES"
                      " ('A1', 400, 'own', MakePoint(70.25, 40.5, 4326)),"
                      " ('A1', 600, 'own', MakePoint(70.25, 40.9, 4326)),"
                      " ('A2', 300, 'own', MakePoint(70.75, 40.5, 4326)),"
                      " ('A2', 200, 'own', MakePoint(70.76, 40.5, 4326)),"
                      " ('B1', 700, 'own', MakePoint(71.5, 40.5, 4326))");
    world_load(&world, "police_points", "p.csv",
               "code,kind,status,precision,lon,lat\nP,point,open,exact,70.25,40.5\n");
    world_load(&world, "places", "places.csv",
               "code,name_en,kind,people,lon,lat\na0,Old,PPL,400,70.25,40.5\n"
               "a1,Far,PPL,600,70.25,40.9\na2,Mid,PPL,300,70.75,40.5\n"
               "a3,Next,PPL,200,70.80,40.5\nb1,East,PPL,700,71.5,40.5\n"
               "b2,Part,PPLX,,71.5,40.5\n");
    world_load(&world, "crime", "c.csv",
               "area,year,offence,count,basis\nXX-A,2017,theft,150,published\n"
               "XX-B,2017,theft,7,published\n");
    world_load(&world, "plans", "plans.csv",
               "area,status,endorsed_on,funded_usd\nA2,endorsed,2017-01-01,1000\nA1,none,,\n");
    world_measure();
    return 0;
}

typedef struct {
    GapStoreSites *ground;
    GapLocateOptions options;
    GapLocateAnswer *answer;
    GapSitesResult *result;
} Found;

/* Sites that were sought, verified and told. */
static inline Found seek_within(GapLocateModel model, gint64 p, double budget,
                                GapStoreSitesOptions wanted) {
    GError *error = NULL;
    const bool covers = model <= GAP_LOCATE_SET_COVER;
    Found found = {.options = GAP_LOCATE_DEFAULTS};
    found.ground = gap_store_sites(world.store, &wanted, covers, &error);
    assert_no_error(error);
    found.options.model = model;
    found.options.budget = budget;
    found.options.p = gap_moves_number(found.ground, p);
    found.options.posts = gap_moves_posts(found.ground, INFINITY);
    found.options.need = MAX(wanted.need, 1);
    if (covers)
        found.options.within = (double)(float)found.ground->within_m;
    found.answer = gap_locate(&found.ground->sites->problem, &found.options, NULL, &error);
    assert_no_error(error);
    gap_moves_stay(found.ground, &found.options, found.answer, &error);
    assert_no_error(error);
    GapLocateVerdict verdict;
    gap_locate_verify(&found.ground->sites->problem, &found.options, found.answer, &verdict,
                      &error);
    assert_no_error(error);
    g_autoptr(GapTable) order =
        gap_sites_proposal(found.ground->sites, &found.options, found.answer, NULL);
    found.result =
        gap_sites_result(found.ground, order, model == GAP_LOCATE_COVERING, found.answer->serves);
    return found;
}

static inline Found seek(GapLocateModel model, gint64 p, GapStoreSitesOptions wanted) {
    return seek_within(model, p, INFINITY, wanted);
}

static inline void found_free(Found *found) {
    gap_sites_result_free(found->result);
    gap_locate_answer_free(found->answer);
    gap_store_sites_free(found->ground);
}

static inline void keep(const Found *found, const char *model) {
    GError *error = NULL;
    g_autofree char *made_from = gap_sites_made_from(world.store, "sites", found->ground, &error);
    assert_no_error(error);
    const GapSitesKeep what = {.made_from = made_from,
                               .label = "s",
                               .model = model,
                               .parameters = "sites",
                               .options = &found->options};
    gap_sites_keep(world.store, &what, found->ground, found->answer, found->result, &error);
    assert_no_error(error);
}

static inline GapTable *check_all(void) {
    GError *error = NULL;
    GapTable *found = gap_store_check(world.store, &error);
    assert_no_error(error);
    gap_sites_check(world.store, found, &error);
    assert_no_error(error);
    return found;
}

static inline gsize findings(void) {
    g_autoptr(GapTable) found = check_all();
    return gap_table_rows(found);
}

/* What a check finds first, or NULL. */
static inline char *first_finding(void) {
    g_autoptr(GapTable) found = check_all();
    return gap_table_rows(found) ? g_strdup(gap_table_text(found, 0, 1)) : NULL;
}

#define PLAIN .within_m = NAN, .cost = NAN, .officers = NAN

#endif
