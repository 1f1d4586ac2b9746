// Sites of made countries, with all that a planner may ask for: what is kept of each proposal holds
// when it is measured again by other code, and no bound crosses a value.
#include "tests/sites_fixture.h"

enum { WORLDS = 4, PLACES = 14, DEMAND = 60 };

static void scatter(GRand *draws) {
    GString *places = g_string_new("code,name_en,kind,people,lon,lat\n");
    for (int k = 0; k < PLACES; k++)
        g_string_append_printf(
            places, "p%02d,P%d,PPL,%d,%.4f,%.4f\n", k, k, g_rand_int_range(draws, 50, 900),
            g_rand_double_range(draws, 70.1, 71.9), g_rand_double_range(draws, 40.1, 40.9));
    world_load(&world, "places", "places.csv", places->str);
    g_string_free(places, TRUE);
    world_run(&world, "DELETE FROM demand");
    for (int k = 0; k < DEMAND; k++) {
        const double lon = g_rand_double_range(draws, 70.05, 71.95);
        g_autofree char *sql = g_strdup_printf(
            "INSERT INTO demand (area, people, basis, geom) VALUES ('%s', %d, 'own',"
            " MakePoint(%.5f, %.5f, 4326))",
            lon < 70.5 ? "A1"
            : lon < 71 ? "A2"
                       : "B1",
            g_rand_int_range(draws, 1, 400), lon, g_rand_double_range(draws, 40.05, 40.95));
        world_run(&world, sql);
    }
    world_load(&world, "police_points", "q.csv",
               "code,kind,status,precision,lon,lat,officers\n"
               "Q1,point,open,exact,70.9,40.4,3\nQ2,station,open,assumed,70.3,40.6,6\n"
               "Q3,point,open,exact,71.6,40.7,2\n");
    // Totals add up, as the store's own checks want.
    world_run(&world, "UPDATE demand_total SET people = (SELECT sum(people) FROM demand WHERE"
                      " substr(area, 1, 1) = substr(province, 4, 1))");
    world_measure();
}

/* Of half the questions none may close. */
static char *const *draw_points(GRand *draws) {
    static char *const some[][4] = {{"Q2"}, {"P", "Q3"}, {"Q1", "Q3", "P"}, {"all"}};
    const int which = g_rand_int_range(draws, 0, 2 * G_N_ELEMENTS(some));
    return which < (int)G_N_ELEMENTS(some) ? some[which] : NULL;
}

/* Two ways to the people who lose their point: the whole, and point by point. */
static void compare_losses(const Found *found) {
    const GapTable *moves = found->result->moves;
    double lost = 0;
    for (gsize r = 0; moves && r < gap_table_rows(moves); r++)
        lost += gap_table_real(moves, r, GAP_MOVE_LOST);
    assert_near(lost, found->result->move_sums.lost, 1e-6);
    if (moves)
        assert_near(found->result->covered, found->result->move_sums.after, 1e-6);
}

static GapStoreSitesOptions draw_options(GRand *draws, GapLocateModel model, const char *kinds) {
    const bool covers = model <= GAP_LOCATE_SET_COVER;
    GapStoreSitesOptions wanted = {
        .within_m = g_rand_double_range(draws, 4000, 30000),
        .any = g_rand_int_range(draws, 0, 3) > 0,
        .by_crime = g_rand_boolean(draws),
        .crime_end = (GapCrimeEnd)g_rand_int_range(draws, 0, 3),
        .kinds = g_rand_boolean(draws) ? kinds : NULL,
        .cost = g_rand_double_range(draws, 10, 100),
        .running = g_rand_double_range(draws, 1, 10),
        .years = g_rand_int_range(draws, 0, 4),
        .local_share = g_rand_double(draws),
        .officers = g_rand_int_range(draws, 1, 5),
        .move = draw_points(draws),
        .need = covers ? (guint32)g_rand_int_range(draws, 1, 3) : 1,
    };
    if (model == GAP_LOCATE_SET_COVER)
        wanted.move = NULL;
    if (model == GAP_LOCATE_COVERING && wanted.need == 1 && !wanted.by_crime && !wanted.move)
        wanted.per_officer = 100;
    return wanted;
}

static void what_is_kept_holds(void **state) {
    (void)state;
    static const char *const names[] = {"covering", "set-cover", "p-median", "p-center"};
    g_autoptr(GRand) draws = g_rand_new_with_seed(182);
    g_autofree char *kinds = world_path(&world, "kinds.csv");
    assert_true(g_file_set_contents(kinds,
                                    "kind,cost,running,officers,reach_m\nstation,90,8,5,\n"
                                    "roof,40,5,2,12000\nmobile,30,9,3,25000\n",
                                    -1, NULL));
    int answers = 0, bounded = 0, closed = 0;
    for (int w = 0; w < WORLDS; w++) {
        scatter(draws);
        for (int k = 0; k < 16; k++) {
            const GapLocateModel model = (GapLocateModel)(k % 4);
            const GapStoreSitesOptions wanted = draw_options(draws, model, kinds);
            const double budget = g_rand_boolean(draws) ? INFINITY : 150;
            Found found = seek_within(model, g_rand_int_range(draws, 1, 6), budget, wanted);
            if (!isnan(found.answer->value)) {
                keep(&found, names[model]);
                compare_losses(&found);
                closed += found.result->moves &&
                          gap_table_rows(found.result->moves) > found.result->n_stay;
                g_autofree char *said = first_finding();
                if (said)
                    fail_msg("world %d, question %d, %s: %s", w, k, names[model], said);
                answers++;
                bounded += found.answer->multipliers != NULL;
            }
            found_free(&found);
        }
    }
    assert_true(answers > 8 * WORLDS && bounded > 4 * WORLDS && closed > WORLDS);
}

/* Points that must stay change nothing, and that they may move makes nothing worse. */
static void staying_is_one_choice(void **state) {
    (void)state;
    static char *const codes[] = {"P", "Q1", "Q2", "Q3", NULL};
    static const GapLocateModel models[] = {GAP_LOCATE_COVERING, GAP_LOCATE_P_MEDIAN,
                                            GAP_LOCATE_P_CENTER};
    g_autoptr(GRand) draws = g_rand_new_with_seed(194);
    int better = 0;
    for (int w = 0; w < WORLDS; w++) {
        scatter(draws);
        for (int k = 0; k < 12; k++) {
            const GapLocateModel model = models[k % 3];
            const bool covers = model == GAP_LOCATE_COVERING;
            GapStoreSitesOptions wanted = {.within_m = g_rand_double_range(draws, 4000, 30000),
                                           .any = true,
                                           .cost = NAN,
                                           .officers = NAN,
                                           .need =
                                               covers ? (guint32)g_rand_int_range(draws, 1, 3) : 1};
            const int n = g_rand_int_range(draws, 1, 5);
            Found plain = seek(model, n, wanted);
            wanted.move = codes;
            Found free = seek(model, n, wanted);
            wanted.forced = codes;
            Found held = seek(model, n, wanted);
            const double value = plain.answer->value;
            assert_near(held.answer->value, value, 1e-6 * value);
            assert_near(held.result->covered, plain.result->covered, 1e-6);
            assert_int_equal(held.result->n_stay, 4);
            assert_near(held.result->move_sums.today, plain.result->before, 1e-6);
            const double won = covers ? free.answer->value - value : value - free.answer->value;
            assert_true(won >= -1e-6 * value);
            better += won > 1e-6 * value;
            found_free(&plain);
            found_free(&free);
            found_free(&held);
        }
    }
    assert_true(better > WORLDS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_kept_holds, set_up_sites, tear_down),
        cmocka_unit_test_setup_teardown(staying_is_one_choice, set_up_sites, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
