// The page around a map: what its words break at, whom its room goes to, what hides what.
#include "tests/images/country.h"

static GapFonts *fonts;

static int open_fonts(void **state) {
    (void)state;
    return (fonts = gap_fonts_new(NULL)) ? 0 : -1;
}

static int close_fonts(void **state) {
    (void)state;
    gap_fonts_free(fonts);
    return 0;
}

static GapScene *page(const Country *c, const char *theme, const char *lang, const char *layout,
                      const char *title) {
    return country_page(
        c, theme, &(GapMapPage){.lang = lang, .title = title, .layout = gap_layout_by_name(layout)},
        fonts);
}

/** How many circles of a frame lie under a box. */
static unsigned hidden(const GapScene *scene, guint frame, GapBox box) {
    unsigned n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        n += item->kind == GAP_ITEM_CIRCLE && item->frame == frame &&
             g_str_equal(item->role, "map") && gap_box_overlaps(item->box, box);
    }
    return n;
}

/** The bar of an inset hides no more than it would at the left bottom, and moves where that helps.
 */
static void scale_bars_keep_off_circles(void **state) {
    (void)state;
    Country c = country_bundled();
    g_autoptr(GapScene) scene = page(&c, "coverage", "en", "square", NULL);
    unsigned moved = 0;
    assert_true(scene->frames->len > 1);
    for (guint n = 2; n <= scene->frames->len; n++) {
        GapBox f = g_array_index(scene->frames, GapSceneFrame, n - 1).box, bar = GAP_BOX_EMPTY;
        for (guint i = 0; i < scene->items->len; i++)
            if (g_str_equal(scene_item(scene, i)->role, "scale") &&
                gap_box_overlaps(scene_item(scene, i)->box, f) && bar.max_x < bar.min_x)
                bar = scene_item(scene, i)->box;
        assert_true(bar.min_x >= f.min_x && bar.max_x <= f.max_x && bar.min_y >= f.min_y);
        GapBox left = {f.min_x + 4, f.max_y - 48, f.min_x + 4 + bar.max_x - bar.min_x, f.max_y - 6};
        assert_true(hidden(scene, n, bar) <= hidden(scene, n, left));
        moved += hidden(scene, n, bar) < hidden(scene, n, left);
    }
    assert_true(moved > 0);
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scale_bars_keep_off_circles),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
