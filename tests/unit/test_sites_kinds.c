// Candidates of a file, kinds of site, capacities, backup and crime at an end of its interval.
#include "tests/sites_fixture.h"

#define KINDS                                                                                      \
    "kind,cost,running,officers,reach_m\nstation,100,10,6,\nroof,40,5,2,\nmobile,30,15,4,9000\n"

/* The file of a text in the folder of the world. */
static const char *file_of(const char *name, const char *text) {
    g_autofree char *path = world_path(&world, name);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return g_intern_string(path);
}

static GapStoreSites *ground_of(GapStoreSitesOptions wanted, char **message) {
    g_autoptr(GError) error = NULL;
    GapStoreSites *ground = gap_store_sites(world.store, &wanted, true, &error);
    if (message)
        *message = error ? g_strdup(error->message) : NULL;
    else
        assert_no_error(error);
    return ground;
}

static const char *cell(const Found *found, gsize row, gsize column) {
    return gap_table_text(found->result->sites, row, column);
}

static double figure(const Found *found, gsize row, gsize column) {
    return gap_table_real(found->result->sites, row, column);
}

#define GIVEN(text) PLAIN, .given = file_of("given.csv", text)

static void given_points(void **state) {
    (void)state;
    Found found = seek(GAP_LOCATE_COVERING, 5,
                       (GapStoreSitesOptions){GIVEN("code,name,lon,lat,cost\n"
                                                    "g1,Ridge,70.755,40.5,70\n"
                                                    "g2,North,70.25,40.9,20\n")});
    assert_int_equal(found.ground->places, 2);
    assert_int_equal(found.ground->eligible, 1); // g2 lies in A1, which has no plan
    assert_int_equal(gap_table_rows(found.result->sites), 1);
    assert_string_equal(cell(&found, 0, GAP_PROPOSED_CODE), "g1");
    assert_string_equal(cell(&found, 0, GAP_PROPOSED_NAME), "Ridge");
    assert_string_equal(cell(&found, 0, GAP_PROPOSED_AREA), "A2");
    assert_near(figure(&found, 0, GAP_PROPOSED_COST), 70, 0);
    assert_near(figure(&found, 0, GAP_PROPOSED_PEOPLE), 500, 0);
    assert_string_equal(gap_table_text(found.result->document, 0, 5), "g2");
    keep(&found, "covering");
    assert_int_equal(findings(), 0);
    assert_near(world_number(&world, "SELECT count(*) FROM site_option WHERE state = 'forbidden'"
                                     " AND ladder = 'plan' AND code = 'g2'"),
                1, 0);
    found_free(&found);
    Found beside =
        seek(GAP_LOCATE_COVERING, 5,
             (GapStoreSitesOptions){GIVEN("code,lon,lat\ng1,70.755,40.5\n"), .places = true});
    assert_int_equal(beside.ground->places, 6);
    found_free(&beside);
}

static void refused_rows(void **state) {
    (void)state;
    const char *text = "code,lon,lat,cost,kind\n"
                       "a,70.75,40.5,10,\n"       // 1: taken
                       "b,10,50,10,\n"            // outside
                       "c,,,10,\n"                // no point
                       "d,70.75,40.5,-1,\n"       // negative
                       "a,70.75,40.5,10,\n"       // again
                       ",70.75,40.5,10,\n"        // no code
                       "e,70.75,40.5,10,castle\n" // no such kind
                       "f,70.75,40.5,10,roof\n"   // 8: taken
                       "f,70.80,40.5,10,mobile\n" // elsewhere
                       "a1,70.75,40.5,10,\n";     // of the store
    g_autoptr(GapStoreSites) ground = ground_of(
        (GapStoreSitesOptions){GIVEN(text), .places = true, .kinds = file_of("k.csv", KINDS)},
        NULL);
    static const struct {
        gint64 row;
        const char *field, *reason;
    } want[] = {{2, "geometry", "outside the country"},
                {3, "geometry", "no geometry"},
                {4, "cost", "negative"},
                {5, "code", "already in row 1"},
                {6, "code", "required"},
                {7, "kind", "station, roof, mobile"},
                {9, "code", "share its point"},
                {10, "code", "place of the store"}};
    assert_int_equal(ground->refusals->len, G_N_ELEMENTS(want));
    for (guint k = 0; k < ground->refusals->len; k++) {
        const GapRefusal *refusal = g_ptr_array_index(ground->refusals, k);
        assert_int_equal(refusal->row, want[k].row);
        assert_string_equal(refusal->field, want[k].field);
        if (!strstr(refusal->reason, want[k].reason))
            fail_msg("'%s' does not say '%s'", refusal->reason, want[k].reason);
    }
    // Of 5 settlements and a: three kinds each; of f one.
    assert_int_equal(gap_table_rows(ground->candidates), 19);
    assert_int_equal(ground->places, 7);
}

static void no_row_is_left(void **state) {
    (void)state;
    char *message;
    assert_null(ground_of((GapStoreSitesOptions){GIVEN("code,lon,lat\nx,10,50\n")}, &message));
    assert_non_null(strstr(message, "row 1"));
    assert_non_null(strstr(message, "no candidate is left"));
    g_free(message);
    assert_null(ground_of((GapStoreSitesOptions){GIVEN("code,lon,lat\n")}, &message));
    assert_non_null(strstr(message, "candidates are needed"));
    g_free(message);
}

static void bad_kinds(void **state) {
    (void)state;
    static const char *const bad[][2] = {
        {"kind,cost\na,1\na,2\n", "row 1 already"},
        {"kind,cost\na,-1\n", "row 1, field cost, value '-1'"},
        {"kind,running\na,-1\n", "field running"},
        {"kind,reach_m\na,0\n", "serves nobody"},
        {"kind,cost\n,5\n", "every row needs it"},
        {"kind,cost\n", "at least one kind"},
        {"cost\n5\n", "no column 'kind'"},
    };
    for (gsize k = 0; k < G_N_ELEMENTS(bad); k++) {
        char *message;
        assert_null(ground_of((GapStoreSitesOptions){PLAIN, .kinds = file_of("k.csv", bad[k][0])},
                              &message));
        assert_non_null(message);
        if (!strstr(message, bad[k][1]))
            fail_msg("'%s' does not say '%s'", message, bad[k][1]);
        g_free(message);
    }
}

/* b1 700 people, a1 600, a2 500 by 9 km or less all: the cheapest kind that serves them wins, and a
 * place gets one. */
static void kinds_of_one_place(void **state) {
    (void)state;
    const GapStoreSitesOptions wanted = {PLAIN, .any = true, .kinds = file_of("k.csv", KINDS),
                                         .years = 2, .local_share = 0.5};
    // A roof is 40 + 2 x 5 = 50, of which the other side pays 25; three of them are 75.
    Found found = seek_within(GAP_LOCATE_COVERING, -1, 75, wanted);
    assert_int_equal(gap_table_rows(found.result->sites), 3);
    assert_near(found.answer->value, 2200, 0);
    int replaced = 0;
    for (gsize r = 0; r < 3; r++) {
        assert_near(figure(&found, r, GAP_PROPOSED_COST), 50, 0);
        assert_near(figure(&found, r, GAP_PROPOSED_RUNNING), 10, 0);
        assert_near(figure(&found, r, GAP_PROPOSED_OUTSIDE), 25, 0);
        assert_near(figure(&found, r, GAP_PROPOSED_OFFICERS), 2, 0);
        assert_string_equal(cell(&found, r, GAP_PROPOSED_KIND), "roof");
        // Another kind of the same place is no replacement of it.
        const char *instead = cell(&found, r, GAP_PROPOSED_REPLACEMENT);
        assert_true(!instead || strcmp(instead, cell(&found, r, GAP_PROPOSED_NAME)) != 0);
        replaced += instead != NULL;
    }
    assert_int_equal(replaced, 1); // Mid by Next
    keep(&found, "covering");
    assert_int_equal(findings(), 0);
    found_free(&found);
    // More sites than places would buy nothing: each place is built once.
    Found rich = seek(GAP_LOCATE_COVERING, 15, wanted);
    assert_true(gap_table_rows(rich.result->sites) <= 5);
    found_free(&rich);
}

/* Whether nothing has changed that the proposal is made from. */
static bool stands(const Found *found) {
    GError *error = NULL;
    g_autofree char *made_from = gap_sites_made_from(world.store, "sites", found->ground, &error);
    const bool is = gap_sites_is_current(world.store, "s", made_from, &error);
    assert_no_error(error);
    return is;
}

/* Maps are drawn anew where a file says other things under its old name. */
static void another_table_of_kinds(void **state) {
    (void)state;
    static const char *const tables[] = {KINDS, "kind,cost\nstation,101\n"};
    for (gsize k = 0; k < G_N_ELEMENTS(tables); k++) {
        Found found = seek(GAP_LOCATE_COVERING, 1,
                           (GapStoreSitesOptions){PLAIN, .kinds = file_of("k.csv", tables[k])});
        assert_false(stands(&found));
        keep(&found, "covering");
        assert_true(stands(&found));
        found_free(&found);
        world_run(&world, k ? "CREATE TABLE other AS SELECT made_from FROM site_run"
                            : "CREATE TABLE one AS SELECT made_from FROM site_run");
    }
    assert_near(world_number(&world, "SELECT count(*) FROM one JOIN other ON one.made_from ="
                                     " other.made_from"),
                0, 0);
}

static void another_run_of_that_name(void **state) {
    (void)state;
    const GapStoreSitesOptions wanted = {PLAIN};
    Found found = seek(GAP_LOCATE_COVERING, 1, wanted);
    keep(&found, "covering");
    assert_true(stands(&found));
    world_run(&world, "UPDATE run SET gaps_from = coalesce(gaps_from, '') || '.'");
    assert_false(stands(&found));
    found_free(&found);
}

/* From 70.80 the 300 at 70.75 are 4.2 km, the 600 at 40.9 far; a mobile group of 9 km at a0 reaches
 * none of them, at a3 both of A2 though the limit is 2 km. */
static void reach_of_its_own(void **state) {
    (void)state;
    const GapStoreSitesOptions wanted = {.within_m = 2000,
                                         .cost = NAN,
                                         .officers = NAN,
                                         .kinds = file_of("k.csv", KINDS),
                                         .forced = (char *[]){"a3:mobile", NULL}};
    Found found = seek(GAP_LOCATE_COVERING, 1, wanted);
    assert_string_equal(cell(&found, 0, GAP_PROPOSED_KIND), "mobile");
    assert_near(figure(&found, 0, GAP_PROPOSED_PEOPLE), 500, 0);
    keep(&found, "covering");
    assert_int_equal(findings(), 0);
    assert_true(world_number(&world, "SELECT max(distance_m) FROM site_demand") > 4000);
    found_free(&found);
    // The station there serves up to the limit, its two hundred being 3.4 km off.
    GapStoreSitesOptions station = wanted;
    station.forced = (char *[]){"a3:station", NULL};
    Found near = seek(GAP_LOCATE_COVERING, 1, station);
    assert_near(figure(&near, 0, GAP_PROPOSED_PEOPLE), 0, 0);
    found_free(&near);
}

static void named_places(void **state) {
    (void)state;
    char *message;
    const GapStoreSitesOptions wanted = {PLAIN, .kinds = file_of("k.csv", KINDS)};
    GapStoreSitesOptions force = wanted, forbid = wanted;
    force.forced = (char *[]){"a3", NULL};
    assert_null(ground_of(force, &message));
    assert_non_null(strstr(message, "a3:station, a3:roof, a3:mobile"));
    g_free(message);
    forbid.forbidden = (char *[]){"a3", NULL};
    g_autoptr(GapStoreSites) ground = ground_of(forbid, NULL);
    assert_int_equal(ground->eligible, 1); // a2
}

static void capacities(void **state) {
    (void)state;
    GapStoreSitesOptions wanted = {
        .within_m = NAN, .cost = NAN, .officers = 3, .per_officer = 200, .any = true};
    static const char *const names[] = {"covering", "p-median"};
    static const GapLocateModel models[] = {GAP_LOCATE_COVERING, GAP_LOCATE_P_MEDIAN};
    for (gsize m = 0; m < G_N_ELEMENTS(models); m++) {
        Found found = seek(models[m], 3, wanted);
        // 600 each: b1 cannot serve its 700; a1 serves 600, a2 500, whole.
        assert_non_null(found.answer->serves);
        if (m == 0) {
            assert_near(found.answer->value, 1500, 0);
            assert_near(found.result->covered, 1500, 0);
        }
        keep(&found, names[m]);
        assert_int_equal(findings(), 0);
        if (m == 0)
            assert_near(world_number(&world, "SELECT count(*) FROM site_left l JOIN demand d ON"
                                             " d.id = l.demand WHERE reason = 'capacity' AND"
                                             " d.people = 700"),
                        1, 0);
        found_free(&found);
    }
    world_run(&world, "UPDATE site_service SET number = 0 WHERE demand ="
                      " (SELECT max(demand) FROM site_service)");
    assert_true(findings() > 0);
    char *message;
    wanted.officers = NAN;
    assert_null(ground_of(wanted, &message));
    assert_non_null(strstr(message, "without its officers"));
    g_free(message);
}

/* P stands at A1's 400: with one site more they have two. The 500 of A2 take two new ones. */
static void backup(void **state) {
    (void)state;
    Found found =
        seek(GAP_LOCATE_COVERING, 1, (GapStoreSitesOptions){PLAIN, .any = true, .need = 2});
    assert_near(found.answer->value, 400, 0);
    assert_near(found.result->before, 0, 0);
    assert_near(found.result->covered, 400, 0);
    assert_string_equal(cell(&found, 0, GAP_PROPOSED_CODE), "a0");
    keep(&found, "covering");
    assert_int_equal(findings(), 0);
    found_free(&found);
    world_load(&world, "police_points", "q.csv",
               "code,kind,status,precision,lon,lat\nQ,point,open,exact,70.26,40.5\n");
    world_measure();
    Found more =
        seek(GAP_LOCATE_COVERING, 2, (GapStoreSitesOptions){PLAIN, .any = true, .need = 2});
    assert_near(more.result->before, 400, 0); // two stand
    assert_near(more.result->covered, 900, 0);
    keep(&more, "covering");
    assert_int_equal(findings(), 0);
    found_free(&more);
}

static void crime_interval(void **state) {
    (void)state;
    world_run(&world, "UPDATE gap SET crime_low = crime_beyond / 2, crime_high = crime_beyond * 3"
                      " WHERE area = 'A2'");
    static const GapCrimeEnd ends[] = {GAP_CRIME_LOW, GAP_CRIME_EXPECTED, GAP_CRIME_HIGH};
    static const double times[] = {0.5, 1, 3};
    const double beyond = world_number(&world, "SELECT crime_beyond FROM gap WHERE area = 'A2'");
    for (gsize k = 0; k < G_N_ELEMENTS(ends); k++) {
        Found found = seek(GAP_LOCATE_COVERING, 1,
                           (GapStoreSitesOptions){PLAIN, .by_crime = true, .crime_end = ends[k]});
        assert_string_equal(cell(&found, 0, GAP_PROPOSED_CODE), "a2");
        assert_near(g_array_index(found.result->weight_added, double, 0), beyond * times[k], 1e-9);
        assert_near(found.result->crime_added_low, beyond / 2, 1e-9);
        assert_near(found.result->crime_added_high, beyond * 3, 1e-9);
        keep(&found, "covering");
        assert_int_equal(findings(), 0);
        found_free(&found);
    }
}

static void who_is_left_and_why(void **state) {
    (void)state;
    Found found = seek(GAP_LOCATE_COVERING, 10, (GapStoreSitesOptions){PLAIN});
    keep(&found, "covering");
    found_free(&found);
    assert_near(world_number(&world, "SELECT count(*) FROM site_left"), 2, 0);
    assert_near(world_number(&world, "SELECT d.people FROM site_left l JOIN demand d ON d.id ="
                                     " l.demand WHERE reason = 'plan'"),
                600, 0);
    assert_near(world_number(&world, "SELECT d.people FROM site_left l JOIN demand d ON d.id ="
                                     " l.demand WHERE reason = 'unknown'"),
                700, 0);
    // Of both that may be built none is: number.
    Found one = seek(GAP_LOCATE_COVERING, 1, (GapStoreSitesOptions){PLAIN, .any = true});
    keep(&one, "covering");
    found_free(&one);
    assert_near(world_number(&world, "SELECT count(*) FROM site_left WHERE reason = 'limit'"), 3,
                0);
    GapStoreSitesOptions far = {PLAIN, .given = file_of("g.csv", "code,lon,lat\nz,70.6,40.1\n")};
    Found none = seek(GAP_LOCATE_COVERING, 1, far);
    keep(&none, "covering");
    found_free(&none);
    assert_near(world_number(&world, "SELECT count(*) FROM site_left WHERE reason ="
                                     " 'no_candidate' AND number IS NULL"),
                4, 0);
}

/* Each figure of a proof that is changed is found. */
static void tampered(void **state) {
    (void)state;
    static const char *const changes[] = {
        "UPDATE site_run SET value = value + 1, bound = bound + 1",
        "UPDATE site_run SET bound = bound + 1",
        "UPDATE site_run SET bound = bound + 100, proven = 0, gap = 100.0 / value",
        "UPDATE site_run SET gap = 0.5, proven = 0, bound = value",
        "UPDATE site_multiplier SET value = value * 1.5",
        "UPDATE site_proof SET root_bound = root_bound + 1",
        "UPDATE site_proof SET number = 0",
        "UPDATE site_proof SET budget = 1",
        "UPDATE site_option SET state = 'forbidden' WHERE rank = 1",
        "UPDATE site_option SET place = 7 WHERE rank IN (1, 2)",
        "UPDATE site_option SET geom = MakePoint(70.1, 40.1, 4326) WHERE rank = 1",
        "UPDATE site SET code = 'a3' WHERE rank = 1",
        "DELETE FROM site WHERE rank = 2",
        "DELETE FROM site_proof",
    };
    const GapStoreSitesOptions wanted = {.within_m = NAN, .cost = 100, .officers = 3, .any = true};
    for (gsize k = 0; k < G_N_ELEMENTS(changes); k++) {
        Found found = seek(GAP_LOCATE_COVERING, 2, wanted);
        keep(&found, "covering");
        assert_true(found.answer->multipliers != NULL);
        assert_int_equal(findings(), 0);
        world_run(&world, changes[k]);
        if (findings() == 0)
            fail_msg("nothing is found after: %s", changes[k]);
        found_free(&found);
    }
}

static void every_model_is_proven_again(void **state) {
    (void)state;
    static const struct {
        GapLocateModel model;
        const char *name;
    } models[] = {{GAP_LOCATE_COVERING, "covering"},
                  {GAP_LOCATE_SET_COVER, "set-cover"},
                  {GAP_LOCATE_P_MEDIAN, "p-median"},
                  {GAP_LOCATE_P_CENTER, "p-center"}};
    for (gsize m = 0; m < G_N_ELEMENTS(models); m++) {
        const GapStoreSitesOptions wanted = {.within_m = NAN,
                                             .cost = 100,
                                             .officers = 3,
                                             .any = true,
                                             .local_share = 0.3,
                                             .kinds = file_of("k.csv", KINDS)};
        Found found = seek_within(models[m].model, 3, 300, wanted);
        assert_false(isnan(found.answer->value));
        keep(&found, models[m].name);
        assert_int_equal(findings(), 0);
        world_run(&world, "UPDATE site_run SET value = value * 1.01, bound = bound * 1.01");
        assert_true(findings() > 0);
        found_free(&found);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(given_points, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(refused_rows, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(no_row_is_left, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(bad_kinds, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(kinds_of_one_place, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(another_table_of_kinds, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(another_run_of_that_name, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(reach_of_its_own, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(named_places, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(capacities, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(backup, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(crime_interval, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(who_is_left_and_why, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(tampered, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(every_model_is_proven_again, set_up_sites, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
