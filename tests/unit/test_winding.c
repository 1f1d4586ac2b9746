#include "tests/check.h"

#include "layers/travel/winding.h"

static const GapFrame FRAME = {200, 200, 1000, 2000, 10, 10};

typedef struct {
    size_t n;
    double length, winding[400], end[2]; // length: in cells
} Found;

static void collect(void *user, GapGeometry *piece, double winding) {
    Found *f = user;
    double length = 0;
    assert_int_equal(piece->n_rings, 1);
    if (f->n) // from where the one before ended
        assert_memory_equal(f->end, piece->xy, sizeof f->end);
    for (uint32_t i = 1; i < piece->n_points; i++)
        length += hypot(piece->xy[2 * i] - piece->xy[2 * i - 2],
                        piece->xy[2 * i + 1] - piece->xy[2 * i - 1]) /
                  FRAME.dx;
    assert_true(length <= 32 + 1e-9 || piece->n_points == 2);
    assert_true(winding >= 1 && winding <= 8);
    memcpy(f->end, piece->xy + 2 * (size_t)(piece->n_points - 1), sizeof f->end);
    f->length += length;
    f->winding[f->n++] = winding;
    gap_geometry_free(piece);
}

/* Points in cells from the middle of the frame. */
static Found pieces_of(const double *xy, uint32_t n) {
    g_autofree double *at = g_new(double, 2 * n);
    for (uint32_t i = 0; i < n; i++) {
        at[2 * i] = FRAME.west + 1000 + 10 * xy[2 * i];
        at[2 * i + 1] = FRAME.north - 1000 + 10 * xy[2 * i + 1];
    }
    const GapGeometry line = {GAP_SHAPE_LINE, 1, 1, n, (uint32_t[]){0, 1}, (uint32_t[]){0, n}, at};
    Found f = {0};
    gap_winding_pieces(&FRAME, &line, collect, &f);
    return f;
}

/* Legs across, each a `step` above the one before. */
static Found hairpins(int legs, double leg, double step) {
    double xy[4 * 100];
    for (int i = 0; i < legs; i++) {
        xy[4 * i] = i % 2 ? leg : 0;
        xy[4 * i + 2] = i % 2 ? 0 : leg;
        xy[4 * i + 1] = xy[4 * i + 3] = 0.4 + i * step;
    }
    return pieces_of(xy, (uint32_t)(2 * legs));
}

static void straight_roads_do_not_wind(void **state) {
    (void)state;
    for (int degree = 0; degree < 360; degree += 3) {
        double xy[2 * 101];
        for (int i = 0; i <= 100; i++) {
            xy[2 * i] = 0.3 + 0.9 * i * cos(degree * G_PI / 180);
            xy[2 * i + 1] = 0.1 + 0.9 * i * sin(degree * G_PI / 180);
        }
        const Found f = pieces_of(xy, 101);
        assert_int_equal(f.n, 3);
        assert_near(f.length, 90, 1e-9);
        for (size_t i = 0; i < f.n; i++)
            assert_int_equal(gap_winding_level(f.winding[i]), 0);
    }
}

static void hairpins_by_hand(void **state) {
    (void)state;
    /* 8 legs of 3.5 cells, half a cell apart, are 31.5 cells. The chain climbs 3 cells and goes
     * none aside: it is too short to tell. */
    assert_near(hairpins(8, 3.5, 0.5).winding[0], 1, 0);
    /* A cell apart: 7 legs and 7 steps are 31.5 cells, the next leg is too much. Its end lies 7
     * rows up and 3 columns aside: 3 diagonals and 4 up. */
    const Found f = hairpins(8, 3.5, 1);
    assert_int_equal(f.n, 2);
    assert_near(f.winding[0], (7 * 3.5 + 7) / (4 + 3 * sqrt(2)), 1e-5);
}

static void legs_far_apart_are_not_lost(void **state) {
    (void)state;
    const Found f = hairpins(6, 12, 3);
    assert_true(f.n >= 3);
    for (size_t i = 0; i < f.n; i++)
        assert_near(f.winding[i], 1, 0.1);
}

static void loops_and_odd_lines(void **state) {
    (void)state;
    double ring[2 * 41];
    for (int i = 0; i <= 40; i++) {
        ring[2 * i] = 4 * cos(i * G_PI / 20);
        ring[2 * i + 1] = 4 * sin(i * G_PI / 20);
    }
    Found f = pieces_of(ring, 41);
    assert_int_equal(f.n, 1);
    assert_near(f.winding[0], 1, 0);
    /* Two points, however far apart and wherever; one place twice. */
    f = pieces_of((double[]){-1e9, 3, 1e9, 4, 1e9, 4, 1e9 + 1, 4}, 4);
    assert_near(f.length, 2e9 + 1, 10);
    for (size_t i = 0; i < f.n; i++)
        assert_near(f.winding[i], 1, 0);
    f = pieces_of((double[]){5, 5, 5, 5, 5, 5}, 3);
    assert_int_equal(f.n, 1);
    assert_near(f.winding[0], 1, 0);
}

/* Lines at random, on the edges of cells as well: nothing of them is lost, windings keep their
 * bounds (and no step leaves the square: sanitizers). */
static void any_line(void **state) {
    (void)state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(32);
    for (int round = 0; round < 2000; round++) {
        double xy[2 * 200], length = 0;
        const double stride = g_rand_double_range(rand, 0.05, 4), turn = g_rand_double(rand) * 3;
        double heading = 7 * g_rand_double(rand);
        for (int i = 0; i < 200; i++) {
            heading += g_rand_double_range(rand, -turn, turn);
            xy[2 * i] = (i ? xy[2 * i - 2] : 0) + stride * cos(heading);
            xy[2 * i + 1] = (i ? xy[2 * i - 1] : 0) + stride * sin(heading);
            if (round % 3 == 0) {
                xy[2 * i] = nearbyint(xy[2 * i]);
                xy[2 * i + 1] = nearbyint(xy[2 * i + 1]);
            }
            length += i ? hypot(xy[2 * i] - xy[2 * i - 2], xy[2 * i + 1] - xy[2 * i - 1]) : 0;
        }
        const Found f = pieces_of(xy, 200);
        assert_near(f.length, length, 1e-6);
        for (size_t i = 0; i < f.n; i++)
            assert_true(gap_winding_level(f.winding[i]) < GAP_WINDING_LEVELS);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(straight_roads_do_not_wind),
        cmocka_unit_test(hairpins_by_hand),
        cmocka_unit_test(legs_far_apart_are_not_lost),
        cmocka_unit_test(loops_and_odd_lines),
        cmocka_unit_test(any_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
