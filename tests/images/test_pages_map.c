// The page around a map: what its words break at, whom its room goes to, what hides what.
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

static const char *const langs[] = {"en", "ru", "ky"};

static GapScene *page(const Country *c, const char *theme, const char *lang, const char *layout,
                      const char *title) {
    return country_page(
        c, theme, &(GapMapPage){.lang = lang, .title = title, .layout = gap_layout_by_name(layout)},
        fonts);
}

/** Texts of a role, joined by '|'. */
static char *texts(const GapScene *scene, const char *role) {
    g_autoptr(GString) all = g_string_new("|");
    for (guint i = 0; i < scene->items->len; i++)
        if (scene_item(scene, i)->text && g_str_equal(scene_item(scene, i)->role, role))
            g_string_append_printf(all, "%s|", scene_item(scene, i)->text);
    return g_strdup(all->str);
}

static const GapItem *first_of(const GapScene *scene, const char *role) {
    for (guint i = 0; i < scene->items->len; i++)
        if (g_str_equal(scene_item(scene, i)->role, role))
            return scene_item(scene, i);
    fail_msg("no %s", role);
    return NULL;
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

/** A subtitle in two lines is broken between things, and no line begins or ends with the sign
 * between them. */
static void subtitles_break_between_things(void **state) {
    (void)state;
    Country c = country_small();
    unsigned broken = 0;
    for (size_t k = 0; k < G_N_ELEMENTS(langs); k++) {
        g_autoptr(GapScene) scene = page(&c, "gap-and-plan", langs[k], "square", NULL);
        const GapItem *item = first_of(scene, "subtitle");
        g_auto(GStrv) lines = g_strsplit(item->text, "\n", -1);
        for (char **line = lines; *line; line++) {
            assert_false(g_str_has_prefix(*line, "·") || g_str_has_suffix(*line, "·"));
            assert_true(gap_fonts_width(fonts, *line, &item->look) <= item->look.wrap);
        }
        broken += lines[1] != NULL;
    }
    assert_true(broken > 0);
    country_free(&c);
}

/** A title too long for a line has two, and moves what is below; what is longer still is cut. */
static void long_titles_have_two_lines(void **state) {
    (void)state;
    Country c = country_small();
    g_autofree char *endless = g_strnfill(10000, 'W');
    const char *const titles[] = {
        "Where people live who have no police point within five kilometres of their home, and what "
        "must be done there before one can be built",
        endless};
    for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
        for (size_t l = 0; GAP_LAYOUTS[l]; l++) {
            g_autoptr(GapScene) scene = page(&c, "gaps", "en", GAP_LAYOUTS[l], titles[i]);
            GapBox title = first_of(scene, "title")->box, below = first_of(scene, "subtitle")->box;
            GapBox map = g_array_index(scene->frames, GapSceneFrame, 0).box;
            double lines = (title.max_y - title.min_y) / (1.362 * 30);
            assert_near(lines, 2, 0.1);
            assert_true(title.max_y <= below.min_y + 0.5 && below.max_y <= map.min_y);
        }
    country_free(&c);
}

/** The lowest line of the panel. */
static double panel_bottom(const GapScene *scene) {
    double bottom = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        bool panel = g_str_equal(item->role, "legend") || g_str_equal(item->role, "ranking") ||
                     g_str_equal(item->role, "chart");
        if (panel && item->text)
            bottom = fmax(bottom, item->box.max_y);
    }
    return bottom;
}

static void maps_take_what_panels_leave(void **state) {
    (void)state;
    static const char *const themes[] = {"visits", "difference", "people", "coverage"};
    static const char *const layouts[] = {"square", "infographic"};
    Country c = country_bundled();
    for (size_t i = 0; i < G_N_ELEMENTS(themes); i++)
        for (size_t l = 0; l < G_N_ELEMENTS(layouts); l++) {
            g_autoptr(GapScene) scene = page(&c, themes[i], "en", layouts[l], NULL);
            double free = first_of(scene, "source")->box.min_y - panel_bottom(scene);
            if (free < 0 || free > 110)
                fail_msg("%s %s: %.0f pixels below the panel", themes[i], layouts[l], free);
        }
    country_free(&c);
}

/** What may give way stands last, and shortened, where there is room for it. */
static void lists_and_charts_take_what_is_left(void **state) {
    (void)state;
    Country c = country_bundled();
    for (size_t k = 0; k < G_N_ELEMENTS(langs); k++) {
        g_autoptr(GapScene) gaps = page(&c, "gaps", langs[k], "square", NULL);
        g_autoptr(GapScene) crime = page(&c, "crime-and-plans", langs[k], "square", NULL);
        g_autofree char *ranking = texts(gaps, "ranking"), *chart = texts(crime, "chart");
        assert_non_null(strstr(ranking, "|3|"));
        assert_non_null(strstr(chart, "|2018|"));
    }
    country_free(&c);
}

/** With room for them, all sites are listed that the map has numbers for. */
static void all_sites_are_listed_where_there_is_room(void **state) {
    (void)state;
    Country c = country_small();
    while (gap_table_rows(country_table(&c, "sites")) < 15)
        put_site(&c, "Another", "A", 71.2, 40.4, 100);
    GapTable *steps = country_table(&c, "frontier");
    while (gap_table_rows(steps))
        gap_table_drop_last_row(steps);
    g_autoptr(GapScene) scene = page(&c, "sites", "en", "a4", NULL);
    g_autofree char *list = texts(scene, "ranking");
    assert_non_null(strstr(list, "|15|"));
    assert_null(strstr(list, "more"));
    country_free(&c);
}

/** Where all is unknown no number holds; where a little is known, it is not nothing. */
static void shares_say_what_is_known(void **state) {
    (void)state;
    Country c = country_small();
    GapTable *p = country_table(&c, "provinces");
    for (size_t row = 0; row < gap_table_rows(p); row++) {
        put_number(p, row, "plan_people_share", row == 1 ? 0.0012 : 0);
        put_number(p, row, "people_plan_endorsed", row == 1 ? 12 : 0);
        put_number(p, row, "people_plan_drafted", 0);
        put_number(p, row, "people_plan_none", row == 2 ? 10000 : 0);
        put_number(p, row, "people_plan_unknown", row == 2 ? 0 : 10000);
    }
    g_autoptr(GapScene) scene = page(&c, "crime-and-plans", "en", "infographic", NULL);
    g_autofree char *chart = texts(scene, "chart");
    assert_non_null(strstr(chart, "|0.1%|"));
    assert_non_null(strstr(chart, "|0%|"));
    assert_non_null(strstr(chart, "|–|"));
    country_free(&c);
}

/** The legend of sizes is of losses, too. */
static void sizes_count_losses(void **state) {
    (void)state;
    Country c = country_small();
    GapTable *d = country_table(&c, "run_difference");
    for (size_t row = 0; row < gap_table_rows(d); row++) {
        put_number(d, row, "change", row ? -150000 : 2000);
        put_number(d, row, "gained", row ? 0 : 2000);
        put_number(d, row, "lost", row ? 150000 : 0);
    }
    g_autoptr(GapScene) scene = page(&c, "run-difference", "en", "a4", NULL);
    g_autofree char *legend = texts(scene, "legend");
    assert_non_null(strstr(legend, "|100,000|10,000|1,000|"));
    country_free(&c);
}

/** Differences of shares are percentage points: they have no sign of percent. */
static void differences_are_in_points(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = page(&c, "run-difference", "en", "a4", NULL);
    g_autofree char *legend = texts(scene, "legend");
    assert_non_null(strstr(legend, "percentage points"));
    assert_null(strstr(legend, "%"));
    country_free(&c);
}

/** What two languages say takes a line each where one is too short for both. */
static void two_languages_have_a_line_each(void **state) {
    (void)state;
    Country c = country_bundled();
    g_autoptr(GapScene) scene = page(&c, "coverage", "ky+ru", "infographic", NULL);
    const char *const roles[] = {"legend", "inset"};
    unsigned broken = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        bool told = item->text && item->look.wrap > 0 &&
                    (g_str_equal(item->role, roles[0]) || g_str_equal(item->role, roles[1]));
        if (told && strstr(item->text, " / "))
            assert_true(gap_fonts_width(fonts, item->text, &item->look) <= item->look.wrap);
        broken += told && strchr(item->text, '\n');
    }
    assert_true(broken > 0);
    country_free(&c);
}

/** Boxes of key figures are as high as what stands in them, and no higher. */
static void boxes_hold_their_figures(void **state) {
    (void)state;
    static const char *const spoken[] = {"en", "ky", "ky+ru"};
    Country c = country_bundled();
    for (size_t k = 0; k < G_N_ELEMENTS(spoken); k++) {
        g_autoptr(GapScene) scene = page(&c, "coverage", spoken[k], "infographic", NULL);
        double bottom = 0, edge = 0;
        for (guint i = 0; i < scene->items->len; i++) {
            const GapItem *item = scene_item(scene, i);
            if (g_str_equal(item->role, "figure"))
                bottom = fmax(bottom, item->box.max_y);
            if (g_str_equal(item->id, "figures"))
                edge = item->box.max_y;
        }
        assert_true(edge >= bottom && edge <= bottom + 20);
        assert_true(edge < g_array_index(scene->frames, GapSceneFrame, 0).box.min_y);
    }
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scale_bars_keep_off_circles),
        cmocka_unit_test(subtitles_break_between_things),
        cmocka_unit_test(long_titles_have_two_lines),
        cmocka_unit_test(maps_take_what_panels_leave),
        cmocka_unit_test(lists_and_charts_take_what_is_left),
        cmocka_unit_test(all_sites_are_listed_where_there_is_room),
        cmocka_unit_test(shares_say_what_is_known),
        cmocka_unit_test(sizes_count_losses),
        cmocka_unit_test(differences_are_in_points),
        cmocka_unit_test(two_languages_have_a_line_each),
        cmocka_unit_test(boxes_hold_their_figures),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
