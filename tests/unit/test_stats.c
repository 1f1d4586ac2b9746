#include "tests/check.h"

#include "geo/stats/classes.h"
#include "geo/stats/stats.h"

static void shrinks_as_by_hand(void **state) {
    (void)state;
    /* m = 40 / 2000 = 0.02; x = 0.04, 0.01, 0.02, 0.02; s2 = (500 x 0.0004 + 1000 x 0.0001) / 2000
     * = 0.00015; a = 0.00015 - 0.02 / 500 = 0.00011; w = a / (a + m / people)
     * = 11 / (15, 13, 16, 31). The last two have no rate and count for nothing. */
    const double count[] = {20, 10, 8, 2, 5, NAN}, people[] = {500, 1000, 400, 100, 0, 10};
    double rate[6];
    gap_stats_shrink(count, people, 6, rate);
    assert_near(rate[0], 0.02 + 0.02 * 11 / 15, 1e-15);
    assert_near(rate[1], 0.02 - 0.01 * 11 / 13, 1e-15);
    assert_near(rate[2], 0.02, 1e-15);
    assert_near(rate[3], 0.02, 1e-15);
    assert_near(rate[4], NAN, 0);
    assert_near(rate[5], NAN, 0);
}

static void chance_alone_shrinks_to_the_mean(void **state) {
    (void)state;
    /* s2 = 1e-6, m / mean people = 1e-5: nothing but chance, so all get the mean. */
    const double count[] = {11, 9}, people[] = {1000, 1000};
    double rate[2];
    gap_stats_shrink(count, people, 2, rate);
    assert_near(rate[0], 0.01, 1e-17);
    assert_near(rate[1], 0.01, 1e-17);
}

static void shrinking_edges(void **state) {
    (void)state;
    double rate[2] = {7, 7};
    gap_stats_shrink(NULL, NULL, 0, NULL);
    gap_stats_shrink((double[]){0, 0}, (double[]){10, 20}, 2, rate); /* no crime at all */
    assert_near(rate[0], 0, 0);
    assert_near(rate[1], 0, 0);
    gap_stats_shrink((double[]){3, 0}, (double[]){0, -1}, 2, rate); /* nobody anywhere */
    assert_near(rate[0], NAN, 0);
    assert_near(rate[1], NAN, 0);
    gap_stats_shrink((double[]){3}, (double[]){60}, 1, rate); /* one area is its own mean */
    assert_near(rate[0], 0.05, 1e-17);
}

/** A rate lies between its raw one and the mean, and more people means less shrinking. */
static void shrinking_is_monotone(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    for (int round = 0; round < 200; round++) {
        enum { N = 30 };
        double count[N] = {80, 80000}, people[N] = {1000, 1000000}; /* the same, highest rate */
        double rate[N], counts = 0, all = 0;
        for (int i = 0; i < N; i++) {
            if (i > 1) {
                people[i] = g_rand_int_range(random, 1, 100000);
                count[i] = floor(people[i] * g_rand_double_range(random, 0, 0.05));
            }
            counts += count[i];
            all += people[i];
        }
        gap_stats_shrink(count, people, N, rate);
        for (int i = 0; i < N; i++) {
            double raw = count[i] / people[i], mean = counts / all;
            assert_true(rate[i] >= fmin(raw, mean) - 1e-12 && rate[i] <= fmax(raw, mean) + 1e-12);
        }
        assert_true(rate[1] >= rate[0]);
    }
}

static void scaling_adds_up(void **state) {
    (void)state;
    double value[] = {1, 2, NAN, 3}, none[] = {0, NAN, 0};
    assert_true(gap_stats_scale(value, 4, 12));
    assert_near(value[0], 2, 1e-15);
    assert_near(value[1], 4, 1e-15);
    assert_near(value[2], NAN, 0);
    assert_near(value[3], 6, 1e-15);
    assert_false(gap_stats_scale(none, 3, 5));
    assert_near(none[0], 0, 0);
    assert_true(gap_stats_scale(value, 4, 0));
    assert_near(value[3], 0, 0);
    assert_false(gap_stats_scale(NULL, 0, 5));
}

static void rounding_by_hand(void **state) {
    (void)state;
    static const struct {
        double value[4];
        gint64 whole[4];
    } cases[] = {
        {{1.2, 2.3, 3.5, 0}, {1, 2, 4, 0}},       /* the largest remainder first */
        {{0.5, 0.5, 0.5, 0.5}, {1, 1, 0, 0}},     /* ties to the first */
        {{0.4, 0.4, 0.4, 0.4}, {1, 1, 0, 0}},     /* 1.6 becomes 2 */
        {{5, 6, 7, 8}, {5, 6, 7, 8}},             /* whole already */
        {{NAN, 1.5, 1.5, 0}, {0, 2, 1, 0}},       /* no data is 0 */
        {{-0.5, -0.25, -0.25, 0}, {-1, 0, 0, 0}}, /* -1 */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 whole[4];
        gap_stats_round(cases[i].value, 4, whole);
        for (int k = 0; k < 4; k++)
            if (whole[k] != cases[i].whole[k])
                fail_msg("case %zu, value %d: %" G_GINT64_FORMAT, i, k, whole[k]);
    }
    gap_stats_round(NULL, 0, NULL);
}

static void rounding_adds_up_within_one(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(2);
    for (int round = 0; round < 500; round++) {
        enum { MOST = 200 };
        double value[MOST];
        gint64 whole[MOST], sum = 0;
        long double exact = 0;
        int n = g_rand_int_range(random, 1, MOST);
        for (int i = 0; i < n; i++) {
            value[i] = g_rand_double_range(random, round % 2 ? 0 : -50, 5000);
            exact += (long double)value[i];
        }
        gap_stats_round(value, (size_t)n, whole);
        for (int i = 0; i < n; i++) {
            assert_true(fabs((double)whole[i] - value[i]) < 1);
            sum += whole[i];
        }
        assert_int_equal(sum, llroundl(exact));
    }
}

static void quantiles_by_hand(void **state) {
    (void)state;
    static const struct {
        size_t n, limits;
        double value[10], limit[4];
    } cases[] = {
        {10, 4, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, {2, 4, 6, 8}},
        {10, 0, {0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, {0}}, /* nine tenths are one value */
        {10, 2, {0, 0, 0, 0, 0, 1, 1, 1, 2, 2}, {1, 2}},
        {3, 2, {1, 2, 3}, {2, 3}},
        {5, 2, {1, NAN, 2, 3, NAN}, {2, 3}}, /* no data is left out */
        {4, 0, {5, 5, 5, 5}, {0}},
        {2, 0, {NAN, NAN}, {0}},
        {0, 0, {0}, {0}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double limit[4];
        size_t limits = gap_stats_quantiles(cases[i].value, cases[i].n, 5, limit);
        assert_int_equal(limits, cases[i].limits);
        for (size_t k = 0; k < limits; k++)
            assert_near(limit[k], cases[i].limit[k], 0);
    }
}

static void quantiles_ascend(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    for (int round = 0; round < 500; round++) {
        double value[40], limit[9];
        size_t n = (size_t)g_rand_int_range(random, 1, 40);
        unsigned classes = (unsigned)g_rand_int_range(random, 1, 10);
        for (size_t i = 0; i < n; i++)
            value[i] = g_rand_int_range(random, 0, 12);
        size_t limits = gap_stats_quantiles(value, n, classes, limit);
        assert_true(limits < classes);
        for (size_t k = 1; k < limits; k++)
            assert_true(limit[k] > limit[k - 1]);
    }
}

static void round_numbers(void **state) {
    (void)state;
    static const double cases[][2] = {
        {1, 1},       {1.99, 1},      {2, 2},       {4.999, 2},     {5, 5},
        {9.99, 5},    {10, 10},       {1000, 1000}, {999.9, 500},   {0.001, 0.001},
        {0.05, 0.05}, {0.0499, 0.02}, {5e-7, 5e-7}, {1e300, 1e300}, {123456, 100000},
        {0, 0},       {-3, 0},        {NAN, 0},     {INFINITY, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_near(gap_stats_round_down(cases[i][0]), cases[i][1], 0);
    assert_true(gap_stats_round_down(4.9e-324) > 0);
    assert_near(gap_stats_round_down(G_MAXDOUBLE), 1e308, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shrinks_as_by_hand),
        cmocka_unit_test(chance_alone_shrinks_to_the_mean),
        cmocka_unit_test(shrinking_edges),
        cmocka_unit_test(shrinking_is_monotone),
        cmocka_unit_test(scaling_adds_up),
        cmocka_unit_test(rounding_by_hand),
        cmocka_unit_test(rounding_adds_up_within_one),
        cmocka_unit_test(quantiles_by_hand),
        cmocka_unit_test(quantiles_ascend),
        cmocka_unit_test(round_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
