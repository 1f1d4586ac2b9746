// Pixels, with tolerance where antialiasing may differ; files, to the byte.
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include <glib/gstdio.h>

typedef struct {
    guint32 *at;
    unsigned cols, rows;
} Pixels;

static Pixels pixels(const GapScene *scene, double scale) {
    GError *error = NULL;
    Pixels p;
    p.at = gap_canvas_pixels(scene, fonts, scale, &p.cols, &p.rows, &error);
    assert_no_error(error);
    return p;
}

static void assert_pixel(Pixels p, double x, double y, guint32 want, int within) {
    guint32 got = p.at[(size_t)y * p.cols + (size_t)x];
    for (int shift = 0; shift < 24; shift += 8) {
        int difference = (int)(got >> shift & 255) - (int)(want >> shift & 255);
        if (abs(difference) > within)
            fail_msg("pixel %.0f, %.0f is #%06x, not #%06x", x, y, got & 0xffffff, want & 0xffffff);
    }
}

static GapItem *rect(GapScene *scene, double x, guint32 rgb) {
    GapColour colour = {(rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0,
                        1};
    return gap_scene_rect(scene, "map", "r", (GapBox){x, 10, x + 20, 30}, colour, (GapColour){0},
                          0);
}

static void shapes_are_drawn_where_they_stand(void **state) {
    (void)state;
    g_autoptr(GapScene) scene = gap_scene_new(100, 40);
    unsigned frame = gap_scene_add_frame(scene, "map", (GapBox){0, 0, 100, 20});
    rect(scene, 10, 0x2c7fb8);
    rect(scene, 40, 0xe34a33)->frame = frame;
    gap_scene_add(scene, (GapItem){GAP_ITEM_CIRCLE, "map", (char *)"c", .x = 80, .y = 20, .r = 8,
                                   .fill = {0, 0, 0, 1}});
    for (int scale = 1; scale <= 2; scale++) {
        Pixels p = pixels(scene, scale);
        assert_int_equal(p.cols, 100 * scale);
        assert_pixel(p, 20 * scale, 25 * scale, 0x2c7fb8, 1);
        assert_pixel(p, 50 * scale, 15 * scale, 0xe34a33, 1);
        assert_pixel(p, 50 * scale, 25 * scale, 0xffffff, 0); // clipped
        assert_pixel(p, 80 * scale, 20 * scale, 0x000000, 0);
        assert_pixel(p, 80 * scale, 30 * scale, 0xffffff, 0);
        g_free(p.at);
    }
}

static void hatches_can_be_told_apart(void **state) {
    (void)state;
    double ink[5] = {0};
    g_autofree guint32 *first = NULL;
    for (int hatch = 0; hatch < 5; hatch++) {
        g_autoptr(GapScene) scene = gap_scene_new(60, 60);
        GapItem *item = gap_scene_rect(scene, "map", "r", (GapBox){5, 5, 55, 55},
                                       (GapColour){1, 1, 1, 1}, (GapColour){0}, 0);
        item->hatch = (GapHatch)hatch;
        item->hatch_colour = (GapColour){0, 0, 0, 1};
        Pixels p = pixels(scene, 1);
        for (size_t i = 0; i < (size_t)p.cols * p.rows; i++)
            ink[hatch] += (255 - (p.at[i] & 255)) / 255.0;
        if (hatch == GAP_HATCH_UP)
            first = g_memdup2(p.at, sizeof(guint32) * p.cols * p.rows);
        if (hatch == GAP_HATCH_DOWN)
            assert_memory_not_equal(first, p.at, sizeof(guint32) * p.cols * p.rows);
        g_free(p.at);
    }
    assert_near(ink[GAP_HATCH_NONE], 0, 0);
    assert_near(ink[GAP_HATCH_UP], ink[GAP_HATCH_DOWN], 0.15 * ink[GAP_HATCH_UP]);
    assert_true(ink[GAP_HATCH_CROSS] > 1.5 * ink[GAP_HATCH_UP]);
    assert_true(ink[GAP_HATCH_DOTS] > 0 && ink[GAP_HATCH_DOTS] < ink[GAP_HATCH_UP]);
}

static void maps_show_their_colours(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "crime-and-plans", "en", fonts);
    Pixels p = pixels(scene, 1);
    unsigned checked = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->frame != 1 || !g_str_equal(item->id, "rates"))
            continue;
        GapColour f = item->fill;
        guint32 want = (guint32)lround(f.r * 255) << 16 | (guint32)lround(f.g * 255) << 8 |
                       (guint32)lround(f.b * 255);
        // a tenth in from the lower left corner: no label, no border
        assert_pixel(p, item->box.min_x * 0.9 + item->box.max_x * 0.1,
                     item->box.min_y * 0.1 + item->box.max_y * 0.9, want, 2);
        checked++;
    }
    assert_true(checked >= 3);
    g_free(p.at);
    country_free(&c);
}

/** The mean of each 2 x 2 block of the large picture is near the small picture's pixel. */
static void the_large_picture_is_the_same_picture(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "gaps", "en", fonts);
    Pixels one = pixels(scene, 1), two = pixels(scene, 2);
    double difference = 0;
    for (unsigned y = 0; y < one.rows; y++)
        for (unsigned x = 0; x < one.cols; x++) {
            double mean = 0;
            for (unsigned k = 0; k < 4; k++)
                mean +=
                    (two.at[(size_t)(2 * y + k / 2) * two.cols + 2 * x + k % 2] >> 8 & 255) / 4.0;
            difference += fabs(mean - (one.at[(size_t)y * one.cols + x] >> 8 & 255));
        }
    assert_int_equal(two.cols, 3840);
    assert_int_equal(two.rows, 2160);
    assert_true(difference / ((double)one.cols * one.rows) < 0.5);
    g_free(one.at);
    g_free(two.at);
    country_free(&c);
}

static void files_are_equal_to_the_byte(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_bundled();
    g_autofree char *folder = g_dir_make_tmp("gapmap-XXXXXX", &error);
    assert_no_error(error);
    g_autofree char *path = g_build_filename(folder, "map.png", NULL);
    g_autofree char *bytes[2] = {NULL};
    gsize length[2];
    for (int i = 0; i < 2; i++) {
        g_autoptr(GapFonts) own = gap_fonts_new(&error);
        g_autoptr(GapScene) scene = country_scene(&c, "coverage", "ky", own);
        assert_true(gap_canvas_write_png(scene, own, 1, path, &error));
        assert_true(g_file_get_contents(path, &bytes[i], &length[i], &error));
    }
    assert_int_equal(length[0], length[1]);
    assert_memory_equal(bytes[0], bytes[1], length[0]);
    assert_memory_equal(bytes[0], "\x89PNG\r\n\x1a\n", 8);
    static const char *const chunks[] = {
        "iTXtTitle", "iTXtDescription", "iTXtSource", "iTXtSoftware", "sRGB", "pHYs"};
    for (size_t i = 0; i < G_N_ELEMENTS(chunks); i++)
        assert_non_null(memmem(bytes[0], length[0], chunks[i], strlen(chunks[i])));
    assert_null(memmem(bytes[0], 2000, "tIME", 4));
    g_unlink(path);
    g_rmdir(folder);
    g_free(bytes[1]);
    country_free(&c);
}

static void a_folder_that_cannot_be_is_told(void **state) {
    (void)state;
    GError *error = NULL;
    g_autoptr(GapScene) scene = gap_scene_new(10, 10);
    assert_false(gap_canvas_write_png(scene, fonts, 1, "/dev/null/map.png", &error));
    assert_error_says(error, "/dev/null");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shapes_are_drawn_where_they_stand),
        cmocka_unit_test(hatches_can_be_told_apart),
        cmocka_unit_test(maps_show_their_colours),
        cmocka_unit_test(the_large_picture_is_the_same_picture),
        cmocka_unit_test(files_are_equal_to_the_byte),
        cmocka_unit_test(a_folder_that_cannot_be_is_told),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
