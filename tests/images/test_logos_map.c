// Pages with logos: in every layout they stand apart from all else, in files of every format.
#include "styles/lint/lint.h"
#include "styles/logos/logos.h"
#include "styles/page/build.h"
#include "tests/images/country.h"
#include "tests/logo_files.h"

static GapFonts *fonts;
static GapLogos *logos;

static int set_up(void **state) {
    if (set_up_folder(state) || !(fonts = gap_fonts_new(NULL)))
        return -1;
    g_autofree char *square = logo_file("square.png", 300, 300, 20, 0xff0000ff);
    g_autofree char *wide = logo_file("wide.png", 1600, 400, 0, 0x80ff0000);
    logos = gap_logos_read((const char *const[]){square, wide, NULL}, NULL);
    return logos ? 0 : -1;
}

static int tear_down(void **state) {
    gap_logos_free(logos);
    gap_fonts_free(fonts);
    return tear_down_folder(state);
}

static GapScene *page_of(const Country *c, const char *theme, const char *lang,
                         const char *layout) {
    GapMapPage page = {lang, NULL, gap_layout_by_name(layout), .logos = logos};
    return country_page(c, theme, &page, fonts);
}

static const GapItem *logo_item(const GapScene *scene, unsigned number) {
    for (guint i = 0; i < scene->items->len; i++)
        if (g_str_equal(scene_item(scene, i)->role, "logo") && !number--)
            return scene_item(scene, i);
    return NULL;
}

static bool apart(GapBox a, GapBox b) {
    return a.max_x <= b.min_x || b.max_x <= a.min_x || a.max_y <= b.min_y || b.max_y <= a.min_y;
}

static void check_logo(const GapScene *scene, const GapItem *logo, const char *what) {
    assert_int_equal(logo->kind, GAP_ITEM_IMAGE);
    assert_true(logo->box.min_x >= 0 && logo->box.max_x <= scene->width);
    assert_true(logo->box.min_y >= 0 && logo->box.max_y <= scene->height);
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->text && !item->frame && !apart(item->box, logo->box))
            fail_msg("%s: '%s' lies on '%s'", what, item->text, logo->id);
    }
    for (guint k = 0; k < scene->frames->len; k++)
        if (!apart(g_array_index(scene->frames, GapSceneFrame, k).box, logo->box))
            fail_msg("%s: '%s' lies on a map", what, logo->id);
}

static void logos_stand_apart(void **state) {
    (void)state;
    static const char *const themes[] = {"gaps", "crime-and-plans", "crime-years"};
    static const char *const langs[] = {"ky", "ru", "en", "ky+ru"};
    Country c = country_bundled();
    for (size_t t = 0; t < G_N_ELEMENTS(themes); t++)
        for (size_t k = 0; k < G_N_ELEMENTS(langs); k++)
            for (size_t l = 0; GAP_LAYOUTS[l]; l++) {
                if (strchr(langs[k], '+') && g_str_equal(GAP_LAYOUTS[l], "square"))
                    continue;
                g_autoptr(GapScene) scene = page_of(&c, themes[t], langs[k], GAP_LAYOUTS[l]);
                g_autofree char *what = g_strjoin(" ", themes[t], langs[k], GAP_LAYOUTS[l], NULL);
                check_logo(scene, logo_item(scene, 0), what);
                check_logo(scene, logo_item(scene, 1), what);
                assert_string_equal(logo_item(scene, 0)->id, "square.png");
                assert_null(logo_item(scene, 2));
            }
    country_free(&c);
}

static void a_long_title_wraps_beside_them(void **state) {
    (void)state;
    Country c = country_small();
    GapMapPage page = {.lang = "en",
                       .title = "Where police points stand, where they are missing, "
                                "and where the next one would reach most people",
                       .layout = gap_layout_by_name("slide-4x3"),
                       .logos = logos};
    g_autoptr(GapScene) scene = country_page(&c, "gaps", &page, fonts);
    const GapItem *title = NULL, *subtitle = NULL;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        title = g_str_equal(item->role, "title") ? item : title;
        subtitle = g_str_equal(item->role, "subtitle") ? item : subtitle;
    }
    assert_true(title->box.max_y - title->box.min_y > 2 * title->look.size);
    assert_true(title->box.max_x < logo_item(scene, 0)->box.min_x);
    assert_true(subtitle->box.min_y >= title->box.max_y);
    assert_true(subtitle->box.max_y <= g_array_index(scene->frames, GapSceneFrame, 0).box.min_y);
    country_free(&c);
}

static void the_linter_holds_all_off_them(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_small();
    g_autoptr(GapScene) scene = page_of(&c, "gaps", "en", "slide");
    g_autoptr(GapStyle) style = gap_style_bundled("gaps", &error);
    GapLintPage page = {style, &c.data, "en", gap_layout_by_name("slide"), scene, fonts};
    GapItem *logo = (GapItem *)logo_item(scene, 1);
    for (int spoilt = 0; spoilt < 3; spoilt++) {
        // As it is; on the title; on the map.
        logo->box.min_x -= spoilt == 1 ? 900 : 0;
        logo->box.max_y += spoilt == 2 ? 90 : 0;
        g_autoptr(GArray) findings = gap_lint(&page, &error);
        assert_no_error(error);
        unsigned n = 0;
        for (guint i = 0; i < findings->len; i++)
            n += g_str_equal(g_array_index(findings, GapFinding, i).what, "logo 'wide.png'");
        assert_true(spoilt ? n > 0 : n == 0);
        logo->box.min_x += spoilt == 1 ? 900 : 0;
    }
    country_free(&c);
}

static guint32 colour_in(const guint32 *pixels, unsigned cols, const GapItem *item, double scale) {
    double x = (item->box.min_x + item->box.max_x) / 2, y = (item->box.min_y + item->box.max_y) / 2;
    return pixels[(gsize)(y * scale) * cols + (gsize)(x * scale)] & 0xffffff;
}

static void they_are_drawn_in_their_colours(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_small();
    g_autoptr(GapScene) scene = page_of(&c, "gaps", "en", "slide");
    GapScene *first = gap_build_scene(scene, 1); // of a map built up
    for (int scale = 1; scale <= 2; scale++) {
        unsigned cols, rows;
        g_autofree guint32 *pixels =
            gap_canvas_pixels(scale == 1 ? scene : first, fonts, scale, &cols, &rows, &error);
        assert_no_error(error);
        assert_int_equal(colour_in(pixels, cols, logo_item(scene, 0), scale), 0x0000ff);
        guint32 red = colour_in(pixels, cols, logo_item(scene, 1), scale); // half of it, on paper
        assert_true(red >> 16 > 0xf8 && (red & 0xff) > 0x70 && (red & 0xff) < 0x80);
    }
    gap_build_free(first);
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logos_stand_apart),
        cmocka_unit_test(a_long_title_wraps_beside_them),
        cmocka_unit_test(the_linter_holds_all_off_them),
        cmocka_unit_test(they_are_drawn_in_their_colours),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
