#include "styles/shades.h"

#include "tests/check.h"

#include <math.h>
#include <string.h>

static const char plane[] = "+proj=utm +zone=43 +datum=WGS84";

static GapGrid *hills(void) {
    GapGrid *grid = gap_grid_new(60, 40, NULL);
    grid->west = 74;
    grid->north = 43;
    grid->dx = grid->dy = 0.02;
    for (size_t i = 0; i < grid->cols * grid->rows; i++)
        grid->cells[i] = (float)(1000 + 400 * sin((double)i / 7) * cos((double)i / 130));
    return grid;
}

/** A view within the hills, another for each number. */
static GapBox view(unsigned i) {
    double x = 430000 + 300 * i, y = 4690000 + 200 * i;
    return (GapBox){x, y, x + 40000, y + 30000};
}

static GapGrid *shade(GapShades *shades, const GapGrid *terrain, unsigned i, double cell_m) {
    GError *error = NULL;
    GapGrid *grid = gap_shades_of(shades, terrain, plane, view(i), cell_m, &error);
    assert_no_error(error);
    return grid;
}

static void assert_same(const GapGrid *a, const GapGrid *b) {
    assert_int_equal(a->cols, b->cols);
    assert_int_equal(a->rows, b->rows);
    assert_true(a->west == b->west && a->north == b->north && a->dx == b->dx && a->dy == b->dy);
    assert_memory_equal(a->cells, b->cells, a->cols * a->rows * sizeof(float));
}

static void kept_shades_are_those_made_anew(void **state) {
    (void)state;
    g_autoptr(GapGrid) terrain = hills();
    GapShades *shades = gap_shades_new();
    for (unsigned round = 0; round < 2; round++)
        for (unsigned i = 0; i < 40; i++) { // more than are kept
            double cell_m = i % 3 ? 1000 : 2000;
            g_autoptr(GapGrid) one = shade(shades, terrain, i / 2, cell_m);
            g_autoptr(GapGrid) other = shade(shades, terrain, i / 2, cell_m);
            g_autoptr(GapGrid) fresh = shade(NULL, terrain, i / 2, cell_m);
            assert_same(one, fresh);
            assert_same(other, fresh);
        }
    gap_shades_free(shades);
}

/** What is kept does not look at the terrain again, and so must be that of the same plane. */
static void a_view_asked_for_again_is_not_made_again(void **state) {
    (void)state;
    g_autoptr(GapGrid) terrain = hills();
    GapShades *shades = gap_shades_new();
    g_autoptr(GapGrid) first = shade(shades, terrain, 0, 1000);
    memset(terrain->cells, 0, terrain->cols * terrain->rows * sizeof(float));
    g_autoptr(GapGrid) again = shade(shades, terrain, 0, 1000);
    assert_same(first, again);
    g_autoptr(GapGrid) elsewhere =
        gap_shades_of(shades, terrain, "+proj=utm +zone=44 +datum=WGS84", view(0), 1000, NULL);
    assert_non_null(elsewhere);
    assert_true(memcmp(first->cells, elsewhere->cells, first->cols * sizeof(float)) != 0);
    gap_shades_free(shades);
}

static void what_cannot_be_made_is_an_error_and_not_kept(void **state) {
    (void)state;
    g_autoptr(GapGrid) terrain = hills();
    GapShades *shades = gap_shades_new();
    for (int i = 0; i < 2; i++) {
        g_autoptr(GError) error = NULL;
        assert_null(gap_shades_of(shades, terrain, "nonsense", view(0), 1000, &error));
        assert_non_null(error);
    }
    gap_shades_free(shades);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_shades_are_those_made_anew),
        cmocka_unit_test(a_view_asked_for_again_is_not_made_again),
        cmocka_unit_test(what_cannot_be_made_is_an_error_and_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
