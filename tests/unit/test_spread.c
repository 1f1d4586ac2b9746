// Marks that must all be seen are moved apart, each a little, and the same way every time.
#include "tests/check.h"

#include "styles/spread.h"

static const GapBox frame = {0, 0, 1000, 800};

static double apart(const double *xy, size_t i, size_t k) {
    return fabs(xy[2 * i] - xy[2 * k]) + fabs(xy[2 * i + 1] - xy[2 * k + 1]);
}

static void assert_apart(const double *xy, size_t n, double reach) {
    for (size_t i = 0; i < n; i++) {
        assert_true(xy[2 * i] >= reach - 1e-9 && xy[2 * i] <= 1000 - reach + 1e-9);
        assert_true(xy[2 * i + 1] >= reach - 1e-9 && xy[2 * i + 1] <= 800 - reach + 1e-9);
        for (size_t k = i + 1; k < n; k++)
            if (apart(xy, i, k) < 2 * reach - 0.5)
                fail_msg("%zu and %zu are %.2f apart", i, k, apart(xy, i, k));
    }
}

static void what_is_apart_stays(void **state) {
    (void)state;
    double xy[] = {100, 100, 140, 100, 100, 140, 500, 500}, before[8];
    memcpy(before, xy, sizeof xy);
    gap_spread(xy, 4, 20, frame);
    assert_memory_equal(xy, before, sizeof xy);
    gap_spread(xy, 1, 20, frame);
    gap_spread(xy, 0, 20, frame);
    assert_memory_equal(xy, before, sizeof xy);
}

/** Two are pushed evenly, along their line. */
static void two_share_the_way(void **state) {
    (void)state;
    double xy[] = {500, 400, 510, 400};
    gap_spread(xy, 2, 20, frame);
    const double want[] = {485, 400, 525, 400};
    for (size_t i = 0; i < 4; i++)
        assert_near(xy[i], want[i], 1e-3);
}

static void crowds_are_parted(void **state) {
    (void)state;
    static const struct {
        double x, y, step;
        size_t n;
    } cases[] = {
        {500, 400, 0, 12}, {500, 400, 3, 30}, {0, 0, 0, 8}, {1000, 800, 1, 10}, {999, 5, 0, 2}};
    for (size_t c = 0; c < G_N_ELEMENTS(cases); c++) {
        double xy[60] = {0}, again[60];
        for (size_t i = 0; i < cases[c].n; i++) {
            xy[2 * i] = cases[c].x + cases[c].step * (double)(i % 5);
            xy[2 * i + 1] = cases[c].y + cases[c].step * (double)(i / 5);
        }
        memcpy(again, xy, sizeof xy);
        gap_spread(xy, cases[c].n, 18, frame);
        gap_spread(again, cases[c].n, 18, frame);
        assert_memory_equal(xy, again, 2 * cases[c].n * sizeof *xy);
        assert_apart(xy, cases[c].n, 18);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_apart_stays),
                                       cmocka_unit_test(two_share_the_way),
                                       cmocka_unit_test(crowds_are_parted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
