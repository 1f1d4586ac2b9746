// Points that may close so that their crew opens elsewhere.
#include "tests/sites_fixture.h"

#define MOVE(...)                                                                                  \
    .move = (char *[]) {                                                                           \
        __VA_ARGS__, NULL                                                                          \
    }

static const char *cell(const GapTable *table, gsize row, gsize column) {
    return gap_table_text(table, row, column);
}

static bool stays(const Found *found, gsize point) {
    return gap_table_int(found->result->moves, point, GAP_MOVE_STAYS);
}

static double figure(const Found *found, gsize point, gsize column) {
    return gap_table_real(found->result->moves, point, column);
}

static void assert_sums(const Found *found, double today, double after, double lost) {
    assert_near(found->result->move_sums.today, today, 0);
    assert_near(found->result->move_sums.after, after, 0);
    assert_near(found->result->move_sums.lost, lost, 0);
    assert_near(found->result->covered, after, 0);
}

static void keep_and_check(const Found *found, const char *model) {
    keep(found, model);
    g_autofree char *said = first_finding();
    if (said)
        fail_msg("%s", said);
}

/* P reaches 400, and a2, which may be built, 500. */
static void covers_few(void **state) {
    (void)state;
    const GapStoreSitesOptions wanted = {PLAIN, MOVE("P")};
    Found found = seek(GAP_LOCATE_COVERING, 0, wanted);
    assert_near(found.answer->value, 500, 0);
    assert_false(stays(&found, 0));
    assert_near(figure(&found, 0, GAP_MOVE_PEOPLE), 400, 0);
    assert_near(figure(&found, 0, GAP_MOVE_LOST), 400, 0);
    assert_null(cell(found.result->moves, 0, GAP_MOVE_SERVED_BY));
    assert_int_equal(gap_table_rows(found.result->sites), 1);
    assert_string_equal(cell(found.result->sites, 0, GAP_PROPOSED_CODE), "a2");
    assert_sums(&found, 400, 500, 400);
    keep_and_check(&found, "covering");
    found_free(&found);
    // With one site more it has no need to.
    Found more = seek(GAP_LOCATE_COVERING, 1, wanted);
    assert_true(stays(&more, 0));
    assert_int_equal(gap_table_rows(more.result->sites), 1);
    assert_near(gap_table_real(more.result->sites, 0, GAP_PROPOSED_PEOPLE), 500, 0);
    assert_sums(&more, 400, 900, 0);
    keep_and_check(&more, "covering");
    found_free(&more);
}

static void covers_most(void **state) {
    (void)state;
    world_run(&world, "UPDATE demand SET people = 800 WHERE people = 400");
    world_run(&world, "UPDATE demand_total SET people = 1900 WHERE people = 1500");
    world_measure();
    for (gint64 n = 0; n < 2; n++) {
        Found found = seek(GAP_LOCATE_COVERING, n, (GapStoreSitesOptions){PLAIN, MOVE("P")});
        assert_true(stays(&found, 0));
        assert_int_equal(gap_table_rows(found.result->sites), n);
        assert_sums(&found, 800, n ? 1300 : 800, 0);
        keep_and_check(&found, "covering");
        found_free(&found);
    }
}

/* From 70.28 the 400 and 100 others are within reach. */
static void served_from_elsewhere(void **state) {
    (void)state;
    world_run(&world, "INSERT INTO demand (area, people, basis, geom) VALUES ('A1', 100, 'own',"
                      " MakePoint(70.32, 40.5, 4326))");
    world_run(&world, "UPDATE demand_total SET people = 1600 WHERE people = 1500");
    world_measure();
    g_autofree char *given = world_path(&world, "given.csv");
    assert_true(g_file_set_contents(given, "code,name,lon,lat\ng,Bridge,70.28,40.5\n", -1, NULL));
    Found found = seek(GAP_LOCATE_COVERING, 0,
                       (GapStoreSitesOptions){PLAIN, MOVE("P"), .given = given, .any = true});
    assert_false(stays(&found, 0));
    assert_string_equal(cell(found.result->moves, 0, GAP_MOVE_SERVED_BY), "Bridge (400)");
    assert_near(figure(&found, 0, GAP_MOVE_LOST), 0, 0);
    assert_near(gap_table_real(found.result->sites, 0, GAP_PROPOSED_PEOPLE), 500, 0);
    assert_sums(&found, 400, 500, 0);
    keep_and_check(&found, "covering");
    found_free(&found);
}

static void load_second(void) {
    world_load(&world, "police_points", "q.csv",
               "code,kind,status,precision,lon,lat,officers\n"
               "Q,point,open,exact,70.26,40.5,4\n");
    world_measure();
}

/* Q reaches the 400 too: whether it may move, and how many more may open. */
static void two_points(void **state) {
    (void)state;
    load_second();
    // Whoever has Q loses nothing by P's closing.
    Found one = seek(GAP_LOCATE_COVERING, 0, (GapStoreSitesOptions){PLAIN, MOVE("P")});
    assert_false(stays(&one, 0));
    assert_near(figure(&one, 0, GAP_MOVE_PEOPLE), 0, 0);
    assert_sums(&one, 400, 900, 0);
    keep_and_check(&one, "covering");
    found_free(&one);
    static const struct {
        double after, lost;
        gsize stay, open;
    } want[] = {{1300, 400, 0, 2}, {1800, 400, 0, 3}, {2200, 0, 1, 3}, {2200, 0, 2, 3}};
    for (gint64 n = 0; n < (gint64)G_N_ELEMENTS(want); n++) {
        Found found =
            seek(GAP_LOCATE_COVERING, n, (GapStoreSitesOptions){PLAIN, MOVE("all"), .any = true});
        assert_int_equal(gap_table_rows(found.result->moves), 2);
        assert_int_equal(found.result->n_stay, want[n].stay);
        assert_int_equal(gap_table_rows(found.result->sites), want[n].open);
        assert_sums(&found, 400, want[n].after, want[n].lost);
        keep_and_check(&found, "covering");
        found_free(&found);
    }
}

static void must_stay_or_close(void **state) {
    (void)state;
    Found held = seek(GAP_LOCATE_COVERING, 0,
                      (GapStoreSitesOptions){PLAIN, MOVE("P"), .forced = (char *[]){"P", NULL}});
    assert_true(stays(&held, 0));
    keep_and_check(&held, "covering");
    found_free(&held);
    Found shut = seek(GAP_LOCATE_COVERING, 1,
                      (GapStoreSitesOptions){PLAIN, MOVE("P"), .forbidden = (char *[]){"P", NULL}});
    assert_false(stays(&shut, 0));
    assert_sums(&shut, 400, 500, 400);
    keep_and_check(&shut, "covering");
    found_free(&shut);
}

/* Q has 4 officers, who open one site of 3, or none of 5. */
static void crews(void **state) {
    (void)state;
    load_second();
    for (int officers = 3; officers <= 5; officers += 2) {
        GapStoreSitesOptions wanted = {
            .within_m = NAN, .cost = 50, .officers = officers, MOVE("Q"), .local_share = 0.5};
        GError *error = NULL;
        g_autoptr(GapStoreSites) ground = gap_store_sites(world.store, &wanted, true, &error);
        assert_no_error(error);
        GapLocateOptions options = GAP_LOCATE_DEFAULTS;
        options.p = gap_moves_number(ground, 0);
        options.posts = gap_moves_posts(ground, 0);
        options.budget = 25; // one site's other half
        options.within = (double)(float)ground->within_m;
        assert_int_equal(options.p, 1);
        assert_near(options.posts, 4, 0);
        g_autoptr(GapLocateAnswer) answer =
            gap_locate(&ground->sites->problem, &options, NULL, &error);
        assert_no_error(error);
        assert_true(gap_moves_stay(ground, &options, answer, &error));
        assert_int_equal(answer->n_sites, 1);
        assert_int_equal(answer->sites[0] == 0, officers == 5);
    }
}

static void other_models(void **state) {
    (void)state;
    load_second();
    for (gint64 n = 0; n < 3; n++) {
        Found mean = seek(GAP_LOCATE_P_MEDIAN, n,
                          (GapStoreSitesOptions){PLAIN, MOVE("P", "Q"), .any = true});
        keep_and_check(&mean, "p-median");
        found_free(&mean);
        Found worst =
            seek(GAP_LOCATE_P_CENTER, n, (GapStoreSitesOptions){PLAIN, MOVE("Q"), .any = true});
        keep_and_check(&worst, "p-center");
        found_free(&worst);
    }
    // Two stand for the 400; with one site more a0 can do for Q.
    Found backup = seek(GAP_LOCATE_COVERING, 0,
                        (GapStoreSitesOptions){PLAIN, MOVE("Q"), .any = true, .need = 2});
    assert_sums(&backup, 400, 400, 0);
    assert_true(stays(&backup, 0));
    keep_and_check(&backup, "covering");
    found_free(&backup);
    Found both = seek(GAP_LOCATE_COVERING, 0,
                      (GapStoreSitesOptions){PLAIN, MOVE("P", "Q"), .any = true, .need = 2});
    assert_sums(&both, 400, 500, 400);
    keep_and_check(&both, "covering");
    found_free(&both);
}

static void refusals(void **state) {
    (void)state;
    world_load(&world, "police_points", "r.csv",
               "code,kind,status,precision,lon,lat,patrol_radius_m\n"
               "M,mobile_group,open,exact,70.26,40.5,2000\n"
               "L,point,planned,exact,70.26,40.5,\n"
               "a2,point,open,exact,70.3,40.5,\n");
    world_measure();
    const struct {
        char *codes[3];
        const char *says;
    } bad[] = {{{"X1"}, "no police point has the code 'X1'"},
               {{"M"}, "'M' is a mobile group"},
               {{"L"}, "does not count in the run 'r'"},
               {{"P", "P"}, "'P' stands twice"},
               {{"a2"}, "of a police point and of a candidate"}};
    for (gsize k = 0; k < G_N_ELEMENTS(bad); k++) {
        g_autoptr(GError) error = NULL;
        const GapStoreSitesOptions wanted = {PLAIN, .move = (char *const *)bad[k].codes};
        assert_null(gap_store_sites(world.store, &wanted, true, &error));
        if (!error || !strstr(error->message, bad[k].says))
            fail_msg("'%s' does not say '%s'", error ? error->message : "nothing", bad[k].says);
    }
}

static void tampered(void **state) {
    (void)state;
    static const char *const changes[] = {
        "UPDATE site_move SET stays = 1",
        "UPDATE site_move SET point = 'Q'",
        "DELETE FROM site_move",
        "DELETE FROM site_move_sum",
        "UPDATE site_move_sum SET lost = 0",
        "UPDATE site_move_sum SET today = today + 1",
        "UPDATE site_option SET geom = MakePoint(70.1, 40.1, 4326) WHERE number = 0",
        "UPDATE site_option SET cost = 5 WHERE number = 0",
        "UPDATE site_option SET state = 'forced' WHERE number = 0",
        "UPDATE site_proof SET number = 0",
    };
    for (gsize k = 0; k < G_N_ELEMENTS(changes); k++) {
        Found found = seek(GAP_LOCATE_COVERING, 0, (GapStoreSitesOptions){PLAIN, MOVE("P")});
        keep_and_check(&found, "covering");
        world_run(&world, changes[k]);
        if (findings() == 0)
            fail_msg("nothing is found after: %s", changes[k]);
        found_free(&found);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(covers_few, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(covers_most, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(served_from_elsewhere, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(two_points, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(must_stay_or_close, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(crews, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(other_models, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(refusals, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(tampered, set_up_sites, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
