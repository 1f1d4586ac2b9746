#include "tests/check.h"

#include "geo/stats/classes.h"

#include <float.h>

enum { CLASSES_MAX = 12 };

static const struct {
    const char *name;
    GapLimits find;
} methods[] = {{"natural", gap_stats_natural},    {"natural-ratios", gap_stats_natural_ratios},
               {"quantile", gap_stats_quantiles}, {"equal", gap_stats_equal},
               {"pretty", gap_stats_pretty},      {"sd", gap_stats_deviations}};

static void limits_by_hand(void **state) {
    (void)state;
    static const struct {
        GapLimits find;
        size_t n;
        unsigned classes;
        double value[10];
        size_t limits;
        double limit[5];
    } cases[] = {
        {gap_stats_natural, 6, 3, {1, 2, 10, 11, 20, 21}, 2, {10, 20}},
        {gap_stats_natural, 7, 3, {21, 2, 10, NAN, 11, 20, 1}, 2, {10, 20}},
        {gap_stats_natural, 4, 3, {5, 5, 5, 5}, 0, {0}},
        {gap_stats_natural, 4, 4, {5, 5, 9, 9}, 1, {9}},
        {gap_stats_natural, 1, 5, {7}, 0, {0}},
        {gap_stats_natural, 0, 5, {0}, 0, {0}},
        {gap_stats_natural, 2, 3, {NAN, INFINITY}, 0, {0}},
        {gap_stats_natural, 3, 1, {1, 2, 3}, 0, {0}},
        {gap_stats_natural, 3, 2, {1, 2, 3}, 1, {2}}, // a tie: the last class begins lowest
        {gap_stats_natural, 5, 3, {1, 2, 3, 4, 5}, 2, {2, 4}}, // 1 | 2 3 | 4 5
        {gap_stats_natural, 5, 2, {-9, -8, 0, 0, 1}, 1, {0}},
        {gap_stats_natural, 4, 2, {1e308, -1e308, 9e307, -9e307}, 1, {9e307}},
        {gap_stats_natural, 4, 2, {1e-310, 2e-310, 9e-310, 8e-310}, 1, {8e-310}},
        {gap_stats_natural, 4, 2, {1e15, 1e15 + 1, 1e15 + 9, 1e15 + 8}, 1, {1e15 + 8}},
        {gap_stats_natural, 6, 2, {1, 2, 4, 100, 200, 1000}, 1, {1000}},
        {gap_stats_natural_ratios, 6, 2, {1, 2, 4, 100, 200, 1000}, 1, {100}},
        {gap_stats_natural_ratios, 6, 2, {0, 2, 4, 100, 200, 1000}, 1, {1000}},
        {gap_stats_natural_ratios, 3, 2, {1, 10, -INFINITY}, 1, {10}},
        {gap_stats_equal, 3, 5, {0, 10, 3}, 4, {2, 4, 6, 8}},
        {gap_stats_equal, 3, 2, {-4, 10, NAN}, 1, {3}},
        {gap_stats_equal, 2, 2, {-DBL_MAX, DBL_MAX}, 1, {0}},
        {gap_stats_equal, 2, 4, {5, 5}, 0, {0}},
        {gap_stats_equal, 2, 5, {1, 1 + DBL_EPSILON}, 1, {1 + DBL_EPSILON}},
        {gap_stats_pretty, 2, 5, {3, 97}, 4, {20, 40, 60, 80}},
        {gap_stats_pretty, 2, 5, {0, 100}, 4, {20, 40, 60, 80}},
        {gap_stats_pretty, 2, 5, {-0.31, 0.39}, 3, {-0.2, 0, 0.2}},
        {gap_stats_pretty, 2, 5, {1e-300, 4.5e-300}, 3, {2e-300, 3e-300, 4e-300}},
        {gap_stats_pretty, 2, 2, {1.9, 4.1}, 1, {4}}, // a multiple of 2, for 5 has none
        {gap_stats_pretty, 2, 5, {-DBL_MAX, DBL_MAX}, 3, {-1e308, 0, 1e308}},
        {gap_stats_pretty, 1, 5, {4}, 0, {0}},
        {gap_stats_deviations, 8, 5, {2, 4, 4, 4, 5, 5, 7, 9}, 4, {2, 4, 6, 8}}, // 5, deviation 2
        {gap_stats_deviations, 8, 4, {2, 4, 4, 4, 5, 5, 7, 9}, 3, {3, 5, 7}},
        {gap_stats_deviations, 2, 2, {-1e308, 1e308}, 1, {0}},
        {gap_stats_deviations, 3, 4, {6, 6, 6}, 0, {0}},
        {gap_stats_symmetric, 6, 5, {0.1, -0.2, 20, -40, 41, NAN}, 4, {-30, -10, 10, 30}},
        {gap_stats_symmetric, 6, 4, {0.1, -0.2, 20, -40, 41, NAN}, 3, {-10, 0, 10}},
        {gap_stats_symmetric, 2, 5, {0, 8}, 4, {-INFINITY, -5, 5, INFINITY}},
        {gap_stats_symmetric, 2, 3, {0, 0}, 2, {-INFINITY, INFINITY}},
        {gap_stats_symmetric, 2, 1, {-3, 4}, 0, {0}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double limit[CLASSES_MAX] = {0};
        size_t limits = cases[i].find(cases[i].value, cases[i].n, cases[i].classes, limit);
        if (limits != cases[i].limits)
            fail_msg("case %zu has %zu limits, not %zu", i, limits, cases[i].limits);
        for (size_t k = 0; k < limits; k++)
            assert_near(limit[k], cases[i].limit[k], 1e-15 * fabs(cases[i].limit[k]));
    }
}

/* ---- natural breaks against the plain programme and all partitions ---- */

/** Sum of squared distances from their mean, in two passes. */
static double scatter(const double *x, size_t i, size_t j) {
    double mean = 0, square = 0;
    for (size_t k = i; k < j; k++)
        mean += x[k] / (double)(j - i);
    for (size_t k = i; k < j; k++)
        square += (x[k] - mean) * (x[k] - mean);
    return square;
}

/** Least scatter of the sorted values in `classes` classes that never part equal ones, by trying
 *  every partition. */
static double try_all(const double *x, size_t n, unsigned classes) {
    double least = classes == 1 ? scatter(x, 0, n) : INFINITY;
    for (size_t i = 1; classes > 1 && i < n; i++)
        if (x[i] > x[i - 1])
            least = MIN(least, try_all(x, i, classes - 1) + scatter(x, i, n));
    return least;
}

/** The plain programme, O(classes x n^2) and each scatter from the values themselves; the same rule
 *  for ties. `start` has where each different value begins among the n sorted ones, and n. */
static size_t plain(const double *x, const size_t *start, size_t m, unsigned classes,
                    double *limit) {
    double *best = g_new(double, classes *(m + 1)), tie = 1e-12 * scatter(x, 0, start[m]);
    size_t *cut = g_new0(size_t, classes * (m + 1)), limits = MIN(classes, m) - 1;
    for (size_t j = 1; j <= m; j++)
        best[j] = scatter(x, 0, start[j]);
    for (size_t k = 1; k <= limits; k++)
        for (size_t j = k + 1; j <= m; j++) {
            double *least = &best[k * (m + 1) + j];
            *least = INFINITY;
            for (size_t i = k; i < j; i++) {
                double total = best[(k - 1) * (m + 1) + i] + scatter(x, start[i], start[j]);
                if (total < *least - tie) {
                    *least = total;
                    cut[k * (m + 1) + j] = i;
                }
            }
        }
    for (size_t k = limits, j = m; k > 0; k--) {
        j = cut[k * (m + 1) + j];
        limit[k - 1] = x[start[j]];
    }
    g_free(best);
    g_free(cut);
    return limits;
}

/** What only a broken table holds, and what doubles end at. */
static void make_wild(GRand *random, double *value, size_t n) {
    static const double wild[] = {0,           -0.0,          1,
                                  -1,          NAN,           INFINITY,
                                  -INFINITY,   DBL_MAX,       -DBL_MAX,
                                  DBL_MIN,     -DBL_TRUE_MIN, 1e-300,
                                  DBL_MAX / 2, 1e15,          1 + DBL_EPSILON,
                                  DBL_TRUE_MIN};
    size_t kinds = (size_t)g_rand_int_range(random, 1, G_N_ELEMENTS(wild)), from = n % 8;
    for (size_t i = 0; i < n; i++)
        value[i] =
            wild[(from + (size_t)g_rand_int_range(random, 0, (int)kinds)) % G_N_ELEMENTS(wild)];
}

/** Values of several kinds: any, whole numbers that repeat, steep, in clumps. */
static void make_values(GRand *random, int kind, double *value, size_t n) {
    for (size_t i = 0; i < n; i++) {
        double x = g_rand_double(random);
        value[i] = kind == 0   ? 100 * x - 30
                   : kind == 1 ? floor(12 * x)
                   : kind == 2 ? pow(10, 6 * x)
                               : g_rand_int_range(random, 0, 4) * 1000 + x;
    }
}

static void halves_find_what_the_plain_programme_finds(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(58);
    for (int round = 0; round < 400; round++) {
        double value[70], sorted[70], limit[CLASSES_MAX], want[CLASSES_MAX];
        size_t n = (size_t)g_rand_int_range(random, 1, 70), start[71], m = 0;
        unsigned classes = (unsigned)g_rand_int_range(random, 1, 9);
        make_values(random, round % 4, value, n);
        gap_stats_sort(value, n, sorted);
        for (size_t i = 0; i < n; i++)
            if (i == 0 || sorted[i] > sorted[i - 1])
                start[m++] = i;
        start[m] = n;
        size_t limits = gap_stats_natural(value, n, classes, limit);
        assert_int_equal(limits, plain(sorted, start, m, classes, want));
        for (size_t k = 0; k < limits; k++)
            assert_near(limit[k], want[k], 0);
    }
}

static void no_partition_is_better(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(67);
    for (int round = 0; round < 400; round++) {
        double value[12], sorted[12], limit[CLASSES_MAX];
        size_t n = (size_t)g_rand_int_range(random, 2, 12);
        unsigned classes = (unsigned)g_rand_int_range(random, 2, 6);
        make_values(random, round % 4, value, n);
        gap_stats_sort(value, n, sorted);
        size_t limits = gap_stats_natural(value, n, classes, limit);
        double whole = scatter(sorted, 0, n);
        double within = try_all(sorted, n, (unsigned)limits + 1);
        assert_near(gap_stats_fit(value, n, limit, limits), whole > 0 ? 1 - within / whole : 1,
                    1e-9);
    }
}

/* ---- what holds for all methods ---- */

static size_t class_of(double value, const double *limit, size_t limits) {
    size_t class = 0;
    for (size_t k = 0; k < limits; k++)
        class += value >= limit[k];
    return class;
}

static void limits_ascend_and_natural_fits_best(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(71);
    for (int round = 0; round < 400; round++) {
        double value[80], limit[CLASSES_MAX], best[CLASSES_MAX];
        size_t n = (size_t)g_rand_int_range(random, 1, 80);
        unsigned classes = (unsigned)g_rand_int_range(random, 1, CLASSES_MAX);
        make_values(random, round % 4, value, n);
        if (round % 5 == 0)
            value[0] = NAN;
        for (size_t i = 0; i < G_N_ELEMENTS(methods); i++) {
            size_t limits = methods[i].find(value, n, classes, limit);
            assert_true(limits < classes);
            for (size_t k = 1; k < limits; k++)
                assert_true(limit[k] > limit[k - 1]);
            size_t most = gap_stats_natural(value, n, (unsigned)limits + 1, best);
            double fit = gap_stats_fit(value, n, limit, limits);
            if (fit > gap_stats_fit(value, n, best, most) + 1e-9 || fit < -1e-9)
                fail_msg("%s fits better than natural breaks, round %d", methods[i].name, round);
        }
    }
}

static void rounding_moves_no_value(void **state) {
    (void)state;
    static const double sizes[] = {1, 1e-9, 1e12, 1e300, 1e-300, -1, -1e-5};
    g_autoptr(GRand) random = g_rand_new_with_seed(99);
    for (int round = 0; round < 600; round++) {
        double value[50], limit[CLASSES_MAX], rounded[CLASSES_MAX];
        size_t n = (size_t)g_rand_int_range(random, 1, 50), i = (size_t)round % 6;
        double slack = i < 3 ? INFINITY : 0.05;
        make_values(random, g_rand_int_range(random, 0, 4), value, n);
        for (size_t k = 0; k < n; k++)
            value[k] *= sizes[round % 7];
        size_t limits = methods[i].find(value, n, 6, limit);
        memcpy(rounded, limit, sizeof limit);
        gap_stats_round_limits(value, n, slack, rounded, limits);
        for (size_t k = 1; k < limits; k++)
            assert_true(rounded[k] > rounded[k - 1]);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(class_of(value[k], limit, limits),
                             class_of(value[k], rounded, limits));
        for (size_t k = 1; slack < 1 && k < limits; k++)
            assert_true(fabs(rounded[k] - limit[k]) <= 0.0501 * (limit[k] - limit[k - 1]));
    }
}

static void wild_values_do_no_harm(void **state) {
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(5);
    for (int round = 0; round < 3000; round++) {
        double value[20], limit[CLASSES_MAX], rounded[CLASSES_MAX];
        size_t n = (size_t)g_rand_int_range(random, 0, 20), i = (size_t)round % 6;
        unsigned classes = (unsigned)g_rand_int_range(random, 1, CLASSES_MAX);
        make_wild(random, value, n);
        size_t limits = methods[i].find(value, n, classes, limit);
        assert_true(limits < classes);
        memcpy(rounded, limit, sizeof limit);
        gap_stats_round_limits(value, n, i < 3 ? INFINITY : 0.05, rounded, limits);
        for (size_t k = 0; k < limits; k++)
            if (!isfinite(limit[k]) || !isfinite(rounded[k]) ||
                (k > 0 && !(limit[k] > limit[k - 1] && rounded[k] > rounded[k - 1])))
                fail_msg("%s, round %d: limit %zu is %.17g, rounded %.17g", methods[i].name, round,
                         k, limit[k], rounded[k]);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(class_of(value[k], limit, limits),
                             class_of(value[k], rounded, limits));
        double fit = gap_stats_fit(value, n, limit, limits);
        assert_true(isnan(fit) || (fit > -1e-9 && fit <= 1));
    }
}

static void round_numbers_between(void **state) {
    (void)state;
    static const double cases[][3] = {
        {176.9, 219, 200},
        {835, 1135, 1000},
        {266, 465, 400},
        {0.377, 0.384, 0.38},
        {0.2, 0.3, 0.3},
        {-5, 3, 0},
        {-5, 0, 0},
        {0, 7, 5},
        {-1000, -300, -500},
        {-0.384, -0.377, -0.38},
        {-INFINITY, 12, 0},
        {-INFINITY, -12, -50},
        {1, 1 + DBL_EPSILON, 1 + DBL_EPSILON},
        {1e300, 3e300, 2e300},
        {2e-310, 9e-310, 5e-310},
        {1e308, DBL_MAX, 1.5e308},
        {123456789.1, 123456789.3, 123456789.2},
        {3, 3, 3},
        {-DBL_MAX, -1e308, -1e308},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double got = gap_stats_round_between(cases[i][0], cases[i][1]);
        assert_near(got, cases[i][2], 1e-15 * fabs(cases[i][2]));
    }
}

static void fit_by_hand(void **state) {
    (void)state;
    // Mean 4: 9 + 4 + 4 + 9 = 26; within 1 | 2 and 6 | 7: 0.5 + 0.5.
    const double value[] = {1, 2, NAN, 6, 7, INFINITY}, limit[] = {6};
    assert_near(gap_stats_fit(value, 6, limit, 1), 1 - 1 / 26.0, 1e-15);
    assert_near(gap_stats_fit(value, 6, NULL, 0), 0, 0);
    assert_near(gap_stats_fit(value, 1, NULL, 0), 1, 0); // one area
    assert_near(gap_stats_fit(value, 0, NULL, 0), NAN, 0);
    const double all[] = {1, 2, 6, 7}, size[] = {1e307, 1e-307, -1};
    for (size_t s = 0; s < G_N_ELEMENTS(size); s++) {
        double scaled[4], at = size[s] * (size[s] < 0 ? 2 : 6);
        for (size_t i = 0; i < 4; i++)
            scaled[i] = all[i] * size[s];
        assert_near(gap_stats_fit(scaled, 4, &at, 1), 1 - 1 / 26.0, 1e-12);
    }
}

/** The plain programme would take minutes. */
static void many_values_are_parted_exactly(void **state) {
    (void)state;
    enum { N = 60000 };
    g_autofree double *value = g_new(double, N);
    double limit[4];
    for (size_t i = 0; i < N; i++) // five clumps, the last of them small
        value[i] = (double)(i * 7919 % N < 100 ? 900 : 100 * (i % 4)) + (double)(i % 1000) / 50;
    assert_int_equal(gap_stats_natural(value, N, 5, limit), 4);
    for (size_t k = 0; k < 4; k++)
        assert_true(limit[k] >= (k < 3 ? 100.0 * (double)(k + 1) : 900) &&
                    limit[k] < (k < 3 ? 100.0 * (double)(k + 1) : 900) + 0.1);
}

/** A value and its opposite lie in opposite classes, and nothing lies beyond its limits. */
static void symmetric_limits_mirror_the_values(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(3);
    for (int round = 0; round < 400; round++) {
        double value[60], turned[60], limit[CLASSES_MAX], other[CLASSES_MAX];
        size_t n = (size_t)g_rand_int_range(rand, 1, 60);
        unsigned classes = (unsigned)g_rand_int_range(rand, 2, CLASSES_MAX);
        for (size_t i = 0; i < n; i++) {
            value[i] = round % 3 ? g_rand_double_range(rand, -1, 1) : g_rand_int_range(rand, -4, 5);
            turned[i] = -value[i];
        }
        size_t limits = gap_stats_symmetric(value, n, classes, limit);
        assert_int_equal(limits, classes - 1);
        assert_int_equal(gap_stats_symmetric(turned, n, classes, other), limits);
        for (size_t k = 0; k < limits; k++) {
            assert_true(limit[k] == other[k] && limit[k] == -limit[limits - 1 - k]);
            if (k && isfinite(limit[k]) && !(limit[k - 1] < limit[k]))
                fail_msg("round %d: %g is not below %g", round, limit[k - 1], limit[k]);
            for (size_t i = 0; i < n; i++)
                if (limit[k] != 0 && value[i] == limit[k])
                    fail_msg("round %d: %g is a value", round, limit[k]);
        }
    }
    g_rand_free(rand);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symmetric_limits_mirror_the_values),
        cmocka_unit_test(limits_by_hand),
        cmocka_unit_test(halves_find_what_the_plain_programme_finds),
        cmocka_unit_test(no_partition_is_better),
        cmocka_unit_test(limits_ascend_and_natural_fits_best),
        cmocka_unit_test(rounding_moves_no_value),
        cmocka_unit_test(wild_values_do_no_harm),
        cmocka_unit_test(round_numbers_between),
        cmocka_unit_test(fit_by_hand),
        cmocka_unit_test(many_values_are_parted_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
