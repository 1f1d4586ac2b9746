#include "tests/world_fixture.h"

#include "geo/base/error.h"
#include "layers/coverage/coverage.h"
#include "layers/gaps/gaps.h"

/* A1 has 1000 people of whom 400 are within reach, A2 500 of whom none is, B1 200 likewise. */
static int set_up(void **state) {
    (void)state;
    world = world_new(true);
    world_run(&world, "INSERT INTO demand_model VALUES (1, 2015, '', NULL, 'x')");
    world_run(&world, "INSERT INTO demand_total VALUES ('XX-A', 2015, 1500), ('XX-B', 2015, 200)");
    world_run(&world, "INSERT INTO demand (area, people, basis, geom) VALUES"
                      " ('A1', 400, 'own', MakePoint(70.25, 40.5, 4326)),"
                      " ('A1', 600, 'own', MakePoint(70.25, 40.9, 4326)),"
                      " ('A2', 500, 'own', MakePoint(70.75, 40.5, 4326)),"
                      " ('B1', 200, 'own', MakePoint(71.5, 40.5, 4326))");
    world_load(&world, "police_points", "p.csv",
               "code,kind,status,precision,lon,lat\nP,point,open,exact,70.25,40.5\n");
    const double within = 5000;
    const GapCoverageOptions options = {
        .label = "r", .as_of = "2017-12-31", .within = &within, .n_within = 1};
    size_t unchanged;
    GError *error = NULL;
    gap_coverage(world.store, &options, &unchanged, &error);
    assert_no_error(error);
    return 0;
}

static bool gaps(const char *offence, int first, int last, bool *unchanged, GError **error) {
    const GapGapsOptions options = {
        .offence = offence, .crime_first = first, .crime_last = last, .hold_below = 500};
    return gap_gaps(world.store, &options, unchanged, error);
}

static void make(int first, int last) {
    bool unchanged;
    GError *error = NULL;
    gaps("theft", first, last, &unchanged, &error);
    assert_no_error(error);
    assert_false(unchanged);
    world_check(&world);
}

static double of(const char *column, const char *area) {
    g_autofree char *sql =
        g_strdup_printf("SELECT %s FROM gap WHERE run = 'r' AND area = '%s'", column, area);
    return world_number(&world, sql);
}

static void assert_word(const char *column, const char *area, const char *want) {
    g_autofree char *sql = g_strdup_printf("SELECT %s FROM gap WHERE area = '%s'", column, area);
    g_autofree char *got = world_text(&world, sql);
    if (g_strcmp0(got, want))
        fail_msg("%s of %s is %s, not %s", column, area, got, want);
}

#define CRIME "area,year,offence,count,count_low,count_high,basis\n"

static void crime_goes_with_people_beyond_reach(void **state) {
    (void)state;
    world_load(&world, "crime", "c.csv",
               CRIME "XX-A,2017,theft,30,15,60,published\nXX-B,2017,theft,4,,,published\n");
    make(2017, 2017); // both provinces have the same rate, so that nothing is smoothed
    static const struct {
        const char *area;
        int people;
        double crime, low, high;
    } want[] = {{"A1", 600, 12, 6, 24}, {"A2", 500, 10, 5, 20}, {"XX-A", 1100, 22, 11, 44},
                {"B1", 200, 4, 4, 4},   {"XX-B", 200, 4, 4, 4}, {"XX", 1300, 26, 15, 48}};
    for (size_t i = 0; i < G_N_ELEMENTS(want); i++) {
        assert_near(of("people_beyond", want[i].area), want[i].people, 0);
        assert_near(of("crime_beyond", want[i].area), want[i].crime, 1e-9);
        assert_near(of("crime_low", want[i].area), want[i].low, 1e-9);
        assert_near(of("crime_high", want[i].area), want[i].high, 1e-9);
    }
    // Its rate is the province's, and says so.
    assert_near(of("crime_rate", "A1"), 0.02, 1e-12);
    assert_word("crime_level", "A1", "province");
}

/* The people of a province who live in none of its municipalities have their part of its crime. */
static void people_between_municipalities_count(void **state) {
    (void)state;
    world_run(&world, "UPDATE demand SET area = 'XX-A' WHERE area = 'A2'");
    world_run(&world, "UPDATE demand_model SET made_from = 'y'");
    const double within = 5000;
    const GapCoverageOptions options = {
        .label = "r", .as_of = "2017-12-31", .within = &within, .n_within = 1};
    size_t unchanged;
    assert_true(gap_coverage(world.store, &options, &unchanged, NULL));
    world_load(&world, "crime", "c.csv", CRIME "XX-A,2017,theft,30,,,published\n");
    make(2017, 2017);
    assert_near(of("crime_beyond", "A1"), 12, 1e-9);
    assert_near(of("crime_beyond", "XX-A"), 22, 1e-9);
    assert_near(of("people_beyond", "XX-A"), 1100, 0);
}

static void counts_of_a_municipality_are_taken_off(void **state) {
    (void)state;
    world_load(&world, "crime", "c.csv",
               CRIME "XX-A,2017,theft,30,,,published\nA2,2017,theft,20,,,published\n");
    make(2017, 2017);
    assert_near(of("crime_beyond", "A2"), 20, 1e-9);
    assert_near(of("crime_beyond", "A1"), 6, 1e-9); // 600 of 1000 people, of the 10 left
    assert_word("crime_level", "A2", "municipality");
    assert_word("crime_level", "A1", "province");
    // No province of the other has a figure: no crime, not zero, and people stand all the same.
    assert_near(of("crime_beyond IS NULL", "B1"), 1, 0);
    assert_near(of("people_beyond", "B1"), 200, 0);
}

static void years_are_averaged_and_missing_ones_named(void **state) {
    (void)state;
    world_load(&world, "crime", "c.csv",
               CRIME "XX-A,2014,theft,10,,,published\nXX-A,2015,theft,50,,,published\n"
                     "XX-B,2015,theft,4,,,published\nXX,2019,theft,99,,,published\n");
    make(2014, 2015);
    assert_near(of("crime_beyond", "XX-A"), 22, 1e-9); // 30 a year
    assert_near(of("crime_beyond", "XX-B"), 4, 1e-9);  // of the one year that it has
    make(2014, 2014);
    assert_near(of("crime_beyond", "XX-A"), 22.0 / 3, 1e-9);
    make(0, 0); // the newest year with counts of provinces
    assert_near(world_number(&world, "SELECT crime_first FROM run"), 2015, 0);
    bool unchanged;
    g_autoptr(GError) error = NULL;
    assert_true(gaps("theft", 2015, 2015, &unchanged, &error));
    assert_true(unchanged);
    assert_false(gaps("theft", 2016, 2018, &unchanged, &error));
    assert_int_equal(error->code, GAP_ERROR_MISSING);
    assert_error_says(
        error, "no province has a count of 'theft' in 2016-2018; years that have: 2014, 2015");
    assert_false(gaps("murder", 0, 0, &unchanged, &error));
    assert_error_says(error, "no province has a count of 'murder'; offences loaded: theft");
    const GapGapsOptions other = {.run = "nope", .offence = "theft"};
    assert_false(gap_gaps(world.store, &other, &unchanged, &error));
    assert_error_says(error, "no run 'nope'; there are 'r'");
}

/* What a plan must be on the day, and what its money is. */
static void plans_climb_the_ladder(void **state) {
    (void)state;
    world_load(&world, "crime", "c.csv", CRIME "XX-A,2017,theft,30,,,published\n");
    static const struct {
        const char *row, *status, *money, *ladder;
    } cases[] = {
        {"endorsed,,,,,", "endorsed", "unknown", "unknown"},
        {"endorsed,,,,0,", "endorsed", "no", "fund"},
        {"endorsed,,,,,0", "endorsed", "no", "fund"},
        {"endorsed,,,,5000,", "endorsed", "yes", "site"},
        {"endorsed,,,,,0.5", "endorsed", "yes", "site"},
        {"endorsed,,,,0,0.5", "endorsed", "yes", "site"},
        {"endorsed,2017-12-31,2017-12-31,2017-12-31,1,", "endorsed", "yes", "site"},
        {"endorsed,2018-01-01,,,1,", "none", "unknown", "plan"}, // endorsed only later
        {"endorsed,,2018-01-01,,1,", "none", "unknown", "plan"}, // holds only later
        {"endorsed,,,2017-12-30,1,", "none", "unknown", "plan"}, // ended
        {"drafted,,,,1,", "drafted", "unknown", "plan"},
        {"none,,,,,", "none", "unknown", "plan"},
        {"none,,,,,\nA1,endorsed,,,,1,", "endorsed", "yes", "site"}, // the best of several
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(
            "area,status,endorsed_on,valid_from,valid_to,funded_usd,local_share\nA1,%s\n",
            cases[i].row);
        world_load(&world, "plans", "plans.csv", text);
        make(2017, 2017);
        assert_word("plan_status", "A1", cases[i].status);
        assert_word("local_money", "A1", cases[i].money);
        assert_word("ladder", "A1", cases[i].ladder);
        assert_word("plan_status", "A2", "unknown");
        assert_word("ladder", "A2", "unknown");
        assert_word("ladder", "B1", "hold"); // 200 are fewer than 500
        assert_word("ladder", "XX-A", NULL); // provinces climb no ladder
    }
}

static void a_plan_may_cover_part_of_an_area(void **state) {
    (void)state;
    world_load(&world, "crime", "c.csv", CRIME "XX-A,2017,theft,30,,,published\n");
    world_load(&world, "plans", "plans.csv",
               "area,status,covers_people\nA1,endorsed,300\nA2,endorsed,\nB1,endorsed,9000\n");
    make(2017, 2017);
    assert_near(of("plan_people", "A1"), 300, 0);
    assert_near(of("plan_people", "A2"), 500, 0);
    assert_near(of("plan_people", "B1"), 200, 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(crime_goes_with_people_beyond_reach),
        TEST(people_between_municipalities_count),
        TEST(counts_of_a_municipality_are_taken_off),
        TEST(years_are_averaged_and_missing_ones_named),
        TEST(plans_climb_the_ladder),
        TEST(a_plan_may_cover_part_of_an_area),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
