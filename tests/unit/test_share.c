#include "tests/check.h"

#include "layers/gaps/share.h"

enum { MOST = 6 };

/* A province (0) and its municipalities; the expected counts, NaN where not checked one by one. */
static const struct {
    const char *what;
    double people[MOST], count[MOST], expected[MOST];
    gssize from[MOST];
    size_t n;
} CASES[] = {
#define NONE NAN
    {"only the province",
     {100, 50, 30, 20},
     {60, NONE, NONE, NONE},
     {60, 30, 18, 12},
     {0, 0, 0, 0},
     4},
    {"some of its people live in no municipality",
     {100, 50, 30},
     {60, NONE, NONE},
     {60, 30, 18},
     {0, 0, 0},
     3},
    {"one municipality known",
     {100, 50, 30, 20},
     {60, 20, NONE, NONE},
     {60, 20, 24, 16},
     {0, 1, 0, 0},
     4},
    {"all known", {100, 50, 50}, {60, 20, 40}, {60, NONE, NONE}, {0, 1, 2}, 3},
    {"all known, not all of the whole",
     {100, 50, 50},
     {60, 10, 20},
     {60, NONE, NONE},
     {0, 1, 2},
     3},
    {"the known exceed the whole",
     {100, 50, 30, 20},
     {60, 90, NONE, NONE},
     {60, 90, 0, 0},
     {0, 1, 0, 0},
     4},
    {"nobody lives in one", {100, 0, 100}, {60, NONE, NONE}, {60, 0, 60}, {0, 0, 0}, 3},
    {"people of one are not known", {100, NONE, 100}, {60, NONE, NONE}, {60, 0, 60}, {0, 0, 0}, 3},
    {"nobody lives where it was counted",
     {100, 0, 50, 50},
     {60, 6, NONE, NONE},
     {60, 6, 27, 27},
     {0, 1, 0, 0},
     4},
    {"no crime", {100, 50, 50}, {0, NONE, NONE}, {0, 0, 0}, {0, 0, 0}, 3},
    {"no crime in the parts", {100, 50, 50}, {0, 0, 0}, {0, 0, 0}, {0, 1, 2}, 3},
    {"nothing known", {100, 50, 50}, {NONE, NONE, NONE}, {NONE, NONE, NONE}, {-1, -1, -1}, 3},
    {"only a municipality known", {100, 50, 50}, {NONE, 7, NONE}, {NONE, 7, NONE}, {-1, 1, -1}, 3},
    {"a province without municipalities", {100}, {60}, {60}, {0}, 1},
};

static void fill(GapShareArea *areas, size_t i) {
    for (size_t a = 0; a < CASES[i].n; a++)
        areas[a] = (GapShareArea){.parent = a ? 0 : -1,
                                  .people = CASES[i].people[a],
                                  .count = CASES[i].count[a],
                                  .low = CASES[i].count[a],
                                  .high = CASES[i].count[a]};
}

static void assert_ordered(const GapShareArea *areas, size_t n, const char *what) {
    for (size_t a = 0; a < n; a++)
        if (!isnan(areas[a].expected) &&
            !(areas[a].expected >= 0 && areas[a].expected_low <= areas[a].expected * (1 + 1e-12) &&
              areas[a].expected <= areas[a].expected_high * (1 + 1e-12)))
            fail_msg("%s, area %zu: %g not within %g to %g", what, a, areas[a].expected,
                     areas[a].expected_low, areas[a].expected_high);
}

static void counts_go_to_those_who_live_there(void **state) {
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        GapShareArea areas[MOST];
        fill(areas, i);
        gap_share_counts(areas, CASES[i].n);
        for (size_t a = 0; a < CASES[i].n; a++) {
            const double want = CASES[i].expected[a];
            const bool nothing = CASES[i].from[a] < 0;
            if (isnan(areas[a].expected) != nothing ||
                (!isnan(want) && fabs(areas[a].expected - want) > 1e-9 * MAX(1, want)))
                fail_msg("%s, area %zu: %g, not %g", CASES[i].what, a, areas[a].expected, want);
            if (areas[a].from != CASES[i].from[a])
                fail_msg("%s, area %zu: from %d", CASES[i].what, a, (int)areas[a].from);
        }
        assert_ordered(areas, CASES[i].n, CASES[i].what);
        // What is in the parts and beside them is the whole, where anybody is left to have it.
        double sum = areas[0].alone, known = 0;
        bool rest = areas[0].alone_people > 0;
        for (size_t a = 1; a < CASES[i].n; a++) {
            sum += areas[a].expected;
            known += isnan(CASES[i].count[a]) ? 0 : CASES[i].count[a];
            rest = rest || (isnan(CASES[i].count[a]) && CASES[i].people[a] > 0);
        }
        if (areas[0].from == 0)
            assert_near(sum, rest ? MAX(areas[0].expected, known) : known, 1e-9 * 100);
    }
}

/* Small places are drawn to the common rate, and the known still add up to what was counted. */
static void known_counts_are_smoothed_and_add_up(void **state) {
    (void)state;
    GapShareArea areas[] = {
        {-1, 10100, 110, 110, 110}, {0, 5000, 100, 90, 120},  {0, 5000, 5, 5, 5},
        {0, 100, 0, 0, 0},          {-1, NAN, NAN, NAN, NAN},
    };
    gap_share_counts(areas, G_N_ELEMENTS(areas));
    assert_near(areas[1].expected + areas[2].expected + areas[3].expected, 105, 105e-9);
    assert_true(areas[3].expected > 0); // none was counted, none in a hundred people is no proof
    assert_ordered(areas, G_N_ELEMENTS(areas), "smoothed");
    assert_near(areas[1].expected_high / areas[1].expected, 1.2, 1e-12);
    assert_true(areas[1].expected / 5000 < 0.02);
    assert_true(isnan(areas[4].expected));
}

/* The interval of the province is that of its municipalities; of a count of zero only the upper
 * end can be off. */
static void intervals_go_down_the_tree(void **state) {
    (void)state;
    GapShareArea areas[] = {
        {-1, 100, 60, 30, 120}, {0, 50, NAN, NAN, NAN},  {0, 50, NAN, NAN, NAN},
        {-1, 100, 0, 0, 8},     {3, 100, NAN, NAN, NAN},
    };
    gap_share_counts(areas, G_N_ELEMENTS(areas));
    assert_near(areas[1].expected_low, 15, 1e-12);
    assert_near(areas[1].expected_high, 60, 1e-12);
    assert_near(areas[3].expected_high, 8, 1e-12);
    assert_near(areas[4].expected_high, 8, 1e-12);
    assert_near(areas[4].expected, 0, 0);
    assert_ordered(areas, G_N_ELEMENTS(areas), "intervals");
}

/* Three levels: province, districts, municipalities. */
static void districts_pass_on_what_they_get(void **state) {
    (void)state;
    GapShareArea areas[] = {
        {-1, 100, 60, 60, 60},  {0, 60, NAN, NAN, NAN}, {0, 40, 30, 30, 30},
        {1, 20, NAN, NAN, NAN}, {1, 40, NAN, NAN, NAN}, {2, 40, NAN, NAN, NAN},
    };
    gap_share_counts(areas, G_N_ELEMENTS(areas));
    static const double want[] = {60, 30, 30, 10, 20, 30};
    static const gssize from[] = {0, 0, 2, 0, 0, 2};
    for (size_t a = 0; a < G_N_ELEMENTS(areas); a++) {
        assert_near(areas[a].expected, want[a], 1e-9);
        assert_int_equal(areas[a].from, from[a]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_go_to_those_who_live_there),
        cmocka_unit_test(known_counts_are_smoothed_and_add_up),
        cmocka_unit_test(intervals_go_down_the_tree),
        cmocka_unit_test(districts_pass_on_what_they_get),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
