#include "tests/check.h"

#include "geo/shape/hilbert.h"

#include <stdlib.h>

/* Every cell of a coarse raster once, and each beside the one before: that is the curve. */
static void the_curve_visits_neighbours(void **state) {
    (void)state;
    enum { SIDE = 32, CELLS = SIDE * SIDE };
    const GapBox box = {0, 0, SIDE, SIDE};
    int at[CELLS];
    memset(at, -1, sizeof at);
    for (int i = 0; i < CELLS; i++) {
        const uint32_t place = gap_hilbert(&box, i % SIDE + 0.5, i / SIDE + 0.5);
        const uint32_t step = place / (uint32_t)((1ull << 32) / CELLS);
        assert_in_range(step, 0, CELLS - 1);
        assert_int_equal(at[step], -1);
        at[step] = i;
    }
    for (int i = 1; i < CELLS; i++)
        assert_int_equal(
            abs(at[i] % SIDE - at[i - 1] % SIDE) + abs(at[i] / SIDE - at[i - 1] / SIDE), 1);
}

static void what_lies_beyond_is_on_the_edge(void **state) {
    (void)state;
    const GapBox box = {-10, 5, 10, 6}, flat = {3, 3, 3, 3};
    static const struct {
        double x, y, as_x, as_y;
    } cases[] = {{-11, 4, -10, 5},     {99, 99, 10, 6},      {INFINITY, 5.5, 10, 5.5},
                 {NAN, 5.5, -10, 5.5}, {0, -INFINITY, 0, 5}, {1e308, -1e308, 10, 5}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(gap_hilbert(&box, cases[i].x, cases[i].y),
                         gap_hilbert(&box, cases[i].as_x, cases[i].as_y));
    assert_int_equal(gap_hilbert(&flat, 3, 3), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_curve_visits_neighbours),
        cmocka_unit_test(what_lies_beyond_is_on_the_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
