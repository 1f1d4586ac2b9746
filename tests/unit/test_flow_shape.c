// Bent arrows: they keep their width, end at the edges of discs, bend to the right, and their boxes
// cover them.
#include "tests/check.h"

#include "styles/kinds/flow_shape.h"

#include <math.h>

static double gap_to(const GapFlowOutline *o, GapFlowEnd end) {
    double least = INFINITY;
    for (size_t i = 0; i < o->n; i++)
        least = MIN(least, hypot(o->xy[2 * i] - end.x, o->xy[2 * i + 1] - end.y) - end.r);
    return least;
}

/** Whether a point of the outline's edge lies in one of its boxes. */
static bool covered(const GapFlowOutline *o, double x, double y) {
    for (size_t k = 0; k < o->n_boxes; k++) {
        GapBox b = o->box[k];
        if (x >= b.min_x - 0.01 && x <= b.max_x + 0.01 && y >= b.min_y - 0.01 &&
            y <= b.max_y + 0.01)
            return true;
    }
    return false;
}

static void assert_covered(const GapFlowOutline *o) {
    for (size_t i = 0; i < o->n; i++) {
        size_t next = (i + 1) % o->n;
        for (int part = 0; part <= 8; part++) {
            double at = part / 8.0;
            double x = o->xy[2 * i] * (1 - at) + o->xy[2 * next] * at;
            double y = o->xy[2 * i + 1] * (1 - at) + o->xy[2 * next + 1] * at;
            if (!covered(o, x, y))
                fail_msg("%.2f, %.2f on edge %zu lies in no box", x, y, i);
        }
    }
}

static void arrows_end_at_edges(void **state) {
    (void)state;
    GRand *rand = g_rand_new_with_seed(7);
    unsigned drawn = 0;
    for (int i = 0; i < 2000; i++) {
        GapFlow f = {{g_rand_double_range(rand, 0, 1000), g_rand_double_range(rand, 0, 600),
                      g_rand_double_range(rand, 0, 20)},
                     {g_rand_double_range(rand, 0, 1000), g_rand_double_range(rand, 0, 600),
                      g_rand_double_range(rand, 0, 20)},
                     g_rand_double_range(rand, 0.5, 16),
                     g_rand_double_range(rand, -0.4, 0.4)};
        GapFlowOutline o;
        if (!gap_flow_outline(&f, &o))
            continue;
        drawn++;
        assert_near(gap_to(&o, f.to), 2, 0.01); // the tip, 2 pixels off
        if (gap_to(&o, f.from) < 2 - f.width / 2)
            fail_msg("%d: the arrow runs %.2f into its beginning", i, -gap_to(&o, f.from));
        assert_covered(&o);
    }
    assert_in_range(drawn, 1800, 2000);
    g_rand_free(rand);
}

/** Eastwards, the right is below. */
static void arrows_bend_to_the_right(void **state) {
    (void)state;
    GapFlowOutline there, back;
    assert_true(gap_flow_outline(&(GapFlow){{0, 0, 5}, {200, 0, 5}, 4, 0.2}, &there));
    assert_true(gap_flow_outline(&(GapFlow){{200, 0, 5}, {0, 0, 5}, 4, 0.2}, &back));
    double low = 0, high = 0;
    for (size_t i = 0; i < there.n; i++)
        low = MAX(low, there.xy[2 * i + 1]);
    for (size_t i = 0; i < back.n; i++)
        high = MIN(high, back.xy[2 * i + 1]);
    assert_near(low, 0.2 * 200 + 2, 0.1); // the middle of the curve, and half the width
    assert_near(high, -0.2 * 200 - 2, 0.1);
}

static void no_arrow_without_room(void **state) {
    (void)state;
    GapFlowOutline o;
    assert_false(gap_flow_outline(&(GapFlow){{0, 0, 10}, {24, 0, 10}, 5, 0.1}, &o));
    assert_false(gap_flow_outline(&(GapFlow){{0, 0, 10}, {0, 0, 10}, 5, 0.1}, &o));
    assert_true(gap_flow_outline(&(GapFlow){{0, 0, 10}, {24, 0, 10}, 5, 2}, &o)); // around
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrows_end_at_edges),
        cmocka_unit_test(arrows_bend_to_the_right),
        cmocka_unit_test(no_arrow_without_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
