#include "tests/check.h"

#include "geo/text/assign.h"

static void greedy_is_beaten(void **state) {
    (void)state;
    // The best single pair (0, 0) spoils the sum: 10 + 1 against 9 + 8.
    const GapAssignEdge edges[] = {{0, 0, 10}, {0, 1, 9}, {1, 0, 8}, {1, 1, 1}};
    g_auto(GapAssignment) a = {0};
    assert_true(gap_assign(2, 2, edges, 4, INFINITY, &a, NULL));
    assert_int_equal(a.column[0], 1);
    assert_int_equal(a.column[1], 0);
    assert_near(a.gain, 17, 1e-12);
    assert_near(a.regret[0], 6, 1e-12);
    assert_near(a.regret[1], 6, 1e-12);
}

static void shapes_that_are_not_square(void **state) {
    (void)state;
    const GapAssignEdge edges[] = {{0, 2, 1}, {1, 2, 3}, {3, 2, 2}, {3, 0, 0.5}};
    g_auto(GapAssignment) a = {0};
    assert_true(gap_assign(5, 3, edges, 4, INFINITY, &a, NULL));
    const gint32 want[] = {GAP_ASSIGN_NONE, 2, GAP_ASSIGN_NONE, 0, GAP_ASSIGN_NONE};
    for (int i = 0; i < 5; i++)
        assert_int_equal(a.column[i], want[i]);
    assert_near(a.gain, 3.5, 1e-12);
}

static void twins_have_no_regret(void **state) {
    (void)state;
    const GapAssignEdge edges[] = {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}, {2, 2, 1}};
    g_auto(GapAssignment) a = {0};
    assert_true(gap_assign(3, 3, edges, 5, INFINITY, &a, NULL));
    assert_near(a.gain, 3, 1e-12);
    assert_near(a.regret[0], 0, 1e-12);
    assert_near(a.regret[1], 0, 1e-12);
    assert_near(a.regret[2], 1, 1e-12);
}

static void nothing_to_pair(void **state) {
    (void)state;
    g_auto(GapAssignment) none = {0}, rows = {0};
    assert_true(gap_assign(0, 0, NULL, 0, INFINITY, &none, NULL));
    assert_true(gap_assign(2, 0, NULL, 0, 1, &rows, NULL));
    assert_int_equal(rows.column[1], GAP_ASSIGN_NONE);
    assert_near(rows.gain, 0, 0);
}

static void bad_pairs_are_refused(void **state) {
    (void)state;
    static const struct {
        GapAssignEdge edges[2];
        const char *says;
    } cases[] = {
        {{{2, 0, 1}, {0, 0, 1}}, "out of range"},
        {{{0, 0, 1}, {0, 2, 1}}, "out of range"},
        {{{0, 0, 0}, {0, 1, 1}}, "gains nothing"},
        {{{0, 0, NAN}, {0, 1, 1}}, "gains nothing"},
        {{{0, 0, INFINITY}, {0, 1, 1}}, "gains nothing"},
        {{{1, 1, 1}, {1, 1, 2}}, "there twice"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        GapAssignment a = {0};
        assert_false(gap_assign(2, 2, cases[i].edges, 2, 1, &a, &error));
        assert_error_says(error, cases[i].says);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(greedy_is_beaten),      cmocka_unit_test(shapes_that_are_not_square),
        cmocka_unit_test(twins_have_no_regret),  cmocka_unit_test(nothing_to_pair),
        cmocka_unit_test(bad_pairs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
