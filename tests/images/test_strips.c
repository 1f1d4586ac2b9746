// Pictures drawn in strips by several threads: the same as drawn whole, by one.
#include "geo/base/crew.h"
#include "styles/canvas_draw.h"
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include <sched.h>

static cairo_surface_t *draw(const GapScene *scene, double scale, unsigned frame,
                             unsigned strip_rows) {
    GError *error = NULL;
    cairo_surface_t *image =
        gap_canvas_image_in_strips(scene, fonts, scale, frame, strip_rows, &error);
    assert_no_error(error);
    return image;
}

static int bytes_of(cairo_surface_t *image, const guint8 **bytes) {
    *bytes = cairo_image_surface_get_data(image);
    return cairo_image_surface_get_stride(image) * cairo_image_surface_get_height(image);
}

/** No byte of the pixels differs by more than `most`. */
static void assert_alike(cairo_surface_t *a, cairo_surface_t *b, int most) {
    const guint8 *p, *q;
    int n = bytes_of(a, &p);
    assert_int_equal(bytes_of(b, &q), n);
    for (int i = 0; i < n; i++)
        if (abs(p[i] - q[i]) > most && i % 4 != 3)
            fail_msg("row %d differs by %d", i / cairo_image_surface_get_stride(a),
                     abs(p[i] - q[i]));
}

static void assert_seamless(const GapScene *scene, double scale, unsigned frame, int most) {
    cairo_surface_t *whole = draw(scene, scale, frame, 10000);
    unsigned rows = (unsigned)cairo_image_surface_get_height(whole);
    for (unsigned strips = 2; strips <= 7; strips += strips == 3 ? 4 : 1) {
        cairo_surface_t *cut = draw(scene, scale, frame, rows / strips + 1);
        assert_alike(whole, cut, most);
        cairo_surface_destroy(cut);
    }
    cairo_surface_destroy(whole);
}

static void strips_show_no_seams(void **state) {
    (void)state;
    static const char *const themes[] = {"gaps", "sites", "crime-and-plans"};
    Country c = country_bundled();
    c.data.terrain = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(themes); i++) {
        g_autoptr(GapScene) scene = country_scene(&c, themes[i], "ky", fonts);
        for (int scale = 1; scale <= 2; scale++)
            assert_seamless(scene, scale, 0, 0);
        assert_seamless(scene, 1, scene->ground.frame, 0);
    }
    country_free(&c);
}

/** A stretched picture is sampled by fixed-point steps from each strip's edge. */
static void relief_differs_by_a_rounding_at_most(void **state) {
    (void)state;
    Country c = country_bundled();
    g_autoptr(GapScene) scene = country_scene(&c, "gaps", "en", fonts);
    assert_seamless(scene, 2, 0, 1);
    country_free(&c);
}

static void count_one(gpointer data) {
    g_atomic_int_inc((gint *)data);
}

static int count_crew(void) {
    gint workers = 0;
    gap_crew_run(count_one, &workers, 8);
    return workers;
}

static void any_number_of_threads_draws_the_same_bytes(void **state) {
    (void)state;
    cpu_set_t all, one;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    int cpu = 0;
    while (!CPU_ISSET(cpu, &all))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    Country c = country_bundled();
    g_autoptr(GapScene) scene = country_scene(&c, "gaps", "ru", fonts);
    cairo_surface_t *by_all = gap_canvas_image(scene, fonts, 2, 0, NULL);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(count_crew(), 1);
    cairo_surface_t *by_one = gap_canvas_image(scene, fonts, 2, 0, NULL);
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
    assert_alike(by_all, by_one, 0);
    cairo_surface_destroy(by_all);
    cairo_surface_destroy(by_one);
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strips_show_no_seams),
        cmocka_unit_test(relief_differs_by_a_rounding_at_most),
        cmocka_unit_test(any_number_of_threads_draws_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
