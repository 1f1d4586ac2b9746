// Borders that are not agreed: dashed on the map and in the legend, and a note where the outline is
// older than a change.
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include "styles/page/build.h"
#include "styles/part/part.h"

/** The small country, of 70-74 E and 40-42 N, its western border with one status, its southern one
 *  delimited. */
static Country with_borders(const char *west) {
    Country c = country_small();
    GapTable *t = country_table(&c, "borders"), *p = country_table(&c, "provinces"),
             *m = country_table(&c, "municipalities");
    for (size_t i = 0; i < gap_table_rows(p); i++) {
        g_autofree char *code = g_strdup_printf("P%zu", i);
        put_text(p, i, "code", code);
        for (size_t k = 0; k < 3; k++)
            put_text(m, 3 * i + k, "province", code);
    }
    double lines[][4] = {{70, 42, 70, 40}, {70, 40, 74, 40}};
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        uint32_t part[] = {0, 1}, ring[] = {0, 2};
        GapGeometry line = {GAP_SHAPE_LINE, 1, 1, 2, part, ring, lines[i]};
        g_autoptr(GBytes) wkb = gap_geometry_to_wkb(&line);
        size_t row = gap_table_add_row(t);
        put_text(t, row, "status", i ? "delimited" : west);
        gap_table_set_geometry(t, row, wkb);
    }
    return c;
}

/** The last item of a role and layer; NULL: none. `at` takes its number. */
static const GapItem *last_item(const GapScene *scene, const char *role, const char *id,
                                guint *at) {
    for (guint i = scene->items->len; i-- > 0;)
        if (g_str_equal(scene_item(scene, i)->role, role) &&
            g_str_equal(scene_item(scene, i)->id, id)) {
            *at = i;
            return scene_item(scene, i);
        }
    return NULL;
}

/** No solid line of what is dashed is seen: what covers it lies above, and is wider. */
static void check_covered(const GapScene *scene, const char *theme) {
    static const char *const solid[] = {"country-border", "province-borders", "neighbour-borders"};
    guint at, dashed_at, under;
    const GapItem *casing = last_item(scene, "map", "not-agreed-casing", &at);
    const GapItem *dashed = last_item(scene, "map", "not-agreed", &dashed_at);
    if (!casing || !dashed)
        fail_msg("%s does not draw the border", theme);
    assert_true(dashed_at > at);
    assert_true(dashed->dash[0] > dashed->width && dashed->dash[1] >= 1.5 * dashed->width);
    assert_true(casing->dash[0] == 0 && casing->stroke.a == 1);
    assert_true(casing->width > dashed->width);
    assert_true(dashed->box.max_x - dashed->box.min_x < dashed->box.max_y - dashed->box.min_y);
    for (size_t i = 0; i < G_N_ELEMENTS(solid); i++) {
        const GapItem *line = last_item(scene, "map", solid[i], &under);
        if (!line || line->frame != dashed->frame)
            continue;
        if (under > at || line->width >= casing->width)
            fail_msg("%s: %s shows beside the dashes", theme, solid[i]);
        assert_true(line->width < dashed->width); // it is not mistaken for a lesser border
    }
}

static void what_is_not_agreed_is_dashed(void **state) {
    (void)state;
    static const char *const statuses[] = {"undelimited", "partly_delimited"};
    for (size_t s = 0; s < G_N_ELEMENTS(statuses); s++) {
        Country c = with_borders(statuses[s]);
        for (size_t i = 0; GAP_THEMES[i]; i++) {
            g_autoptr(GapScene) scene = country_scene(&c, GAP_THEMES[i], "en", fonts);
            check_covered(scene, GAP_THEMES[i]);
        }
        country_free(&c);
    }
}

static void the_legend_has_it_where_it_is_drawn(void **state) {
    (void)state;
    static const char *const words[][2] = {{"en", "border not fully agreed"},
                                           {"ru", "граница ещё уточняется"},
                                           {"ky", "толук такталбаган чек ара"}};
    Country some = with_borders("undelimited"), none = with_borders("demarcated");
    for (size_t i = 0; GAP_THEMES[i]; i++)
        for (size_t k = 0; k < G_N_ELEMENTS(words); k++) {
            g_autoptr(GapScene) with = country_scene(&some, GAP_THEMES[i], words[k][0], fonts);
            g_autoptr(GapScene) without = country_scene(&none, GAP_THEMES[i], words[k][0], fonts);
            guint at;
            if (!says(with, "legend", words[k][1]) || says(without, "legend", words[k][1]))
                fail_msg("%s in %s: the legend does not follow the map", GAP_THEMES[i],
                         words[k][0]);
            assert_true(last_item(with, "legend", "not-agreed", &at)->dash[0] > 0);
            assert_null(last_item(without, "map", "not-agreed", &at));
        }
    country_free(&some);
    country_free(&none);
}

/** A map built up before an audience shows no border first one way, then another. */
static void borders_are_there_from_the_beginning(void **state) {
    (void)state;
    for (size_t i = 0; GAP_THEMES[i]; i++) {
        g_autoptr(GapStyle) style = gap_style_bundled(GAP_THEMES[i], NULL);
        assert_int_equal(gap_build_frame_of(style, "country-border"), 1);
        assert_int_equal(gap_build_frame_of(style, "not-agreed-casing"), 1);
        assert_int_equal(gap_build_frame_of(style, "not-agreed"), 1);
    }
}

static unsigned count_ranked(const GapScene *scene) {
    unsigned n = 0;
    for (guint i = 0; i < scene->items->len; i++)
        n += scene_item(scene, i)->kind == GAP_ITEM_CIRCLE &&
             g_str_equal(scene_item(scene, i)->role, "ranking");
    return n;
}

/** A line more in the legend of a full panel costs the list some rows, not all of them. */
static void the_list_of_a_full_panel_is_shortened(void **state) {
    (void)state;
    Country c = country_bundled();
    GapTable *t = country_table(&c, "borders"), *p = country_table(&c, "provinces");
    g_autoptr(GapScene) before = country_scene(&c, "gaps", "ky+ru", fonts);
    size_t row = gap_table_add_row(t);
    put_text(t, row, "status", "undelimited");
    gap_table_set_geometry(t, row, gap_table_geometry(p, 0));
    g_autoptr(GapScene) after = country_scene(&c, "gaps", "ky+ru", fonts);
    assert_true(says(after, "legend", "граница ещё уточняется"));
    assert_int_equal(count_ranked(before), 10);
    assert_in_range(count_ranked(after), 6, 10);
    country_free(&c);
}

static void put_change_of_segment(Country *c, const char *segment, const char *since) {
    GapTable *t = country_table(c, "border_changes");
    size_t row = gap_table_add_row(t);
    put_text(t, row, "segment", segment);
    put_text(t, row, "since", since);
    put_number(t, row, "newer", 1);
}

static void put_change(Country *c, const char *name, const char *since, double newer) {
    GapTable *t = country_table(c, "border_changes");
    size_t row = gap_table_add_row(t);
    put_text(t, row, "neighbour", name);
    put_text(t, row, "name_en", name);
    put_text(t, row, "name_ru", g_str_equal(name, "Uria") ? "Урия" : name);
    put_text(t, row, "since", since);
    put_number(t, row, "newer", newer);
}

static void an_old_outline_is_told(void **state) {
    (void)state;
    Country c = with_borders("undelimited");
    put_change(&c, "Uria", "2001-05-06", 0);
    g_autoptr(GapScene) fresh = country_scene(&c, "gaps", "en", fonts);
    assert_false(says(fresh, "source", "outline"));
    put_change(&c, "Uria", "2017-09-05", 1);
    put_change(&c, "Uria", "2023-01-27", 1); // the last of one neighbour is enough
    g_autoptr(GapScene) one = country_scene(&c, "gaps", "en", fonts);
    assert_true(
        says(one, "source",
             "The outline was made before a change of the border: Uria (27 January 2023)."));
    put_change(&c, "Vela", "2025", 1);
    g_autoptr(GapScene) two = country_scene(&c, "gaps", "ru", fonts);
    assert_true(says(two, "source",
                     "Контур страны сделан до изменений границы: Урия (27 января 2023 г.), Vela"
                     " (2025)."));
    g_autoptr(GapScene) kyrgyz = country_scene(&c, "gaps", "ky", fonts);
    assert_true(says(kyrgyz, "source", "өзгөрүүлөрүнө чейинки абалды көрсөтөт: Урия"));
    g_autoptr(GapScene) both = country_scene(&c, "gaps", "ky+ru", fonts);
    assert_true(says(both, "source", "өзгөрүүлөрүнө чейинки") &&
                says(both, "source", "до изменений границы: Урия"));
    country_free(&c);
}

/** Segments of which no neighbour is said are told by their own names, each. */
static void segments_without_neighbours_are_told(void **state) {
    (void)state;
    Country c = with_borders("undelimited");
    put_change_of_segment(&c, "the lake shore", "2018-02-03");
    put_change_of_segment(&c, "the pass", "2019-03-04");
    put_change_of_segment(&c, "the lake shore", "2020-04-05");
    g_autoptr(GapScene) scene = country_scene(&c, "gaps", "en", fonts);
    assert_true(
        says(scene, "source", "border: the pass (4 March 2019), the lake shore (5 April 2020)."));
    country_free(&c);
}

static GapScene *scene_of_part(const Country *c, const char *code) {
    GError *error = NULL;
    const char *const codes[] = {code, NULL};
    g_autoptr(GapPart) part = gap_part_of_areas(&c->data, codes, &error);
    assert_no_error(error);
    Country of_part = *c;
    of_part.data = part->data;
    return country_scene(&of_part, "crime-and-plans", "en", fonts);
}

/** The outline of a part is solid, but not where it is such a border. */
static void a_part_has_the_dashes_of_its_outline(void **state) {
    (void)state;
    Country c = with_borders("undelimited");
    guint outline_at, at;
    g_autoptr(GapScene) west = scene_of_part(&c, "P0");
    const GapItem *outline = last_item(west, "part", "outline", &outline_at);
    const GapItem *dashed = last_item(west, "part", "not-agreed", &at);
    assert_non_null(dashed);
    assert_true(at > outline_at);
    assert_true(last_item(west, "part", "not-agreed-casing", &at)->width > outline->width);
    assert_true(dashed->dash[0] > 0);
    // From the south-western corner as far north as the province, and not beyond.
    double high = outline->box.max_y - outline->box.min_y;
    assert_near(dashed->box.max_y - dashed->box.min_y, high, 0.06 * high);
    assert_non_null(last_item(west, "locator", "not-agreed", &at));
    g_autoptr(GapScene) east = scene_of_part(&c, "P1");
    assert_null(last_item(east, "part", "not-agreed", &at));
    country_free(&c);
}

/** Longer dashes of a theme of one's own are drawn there too, whole. */
static void a_part_has_the_looks_of_its_theme(void **state) {
    (void)state;
    const char *const codes[] = {"P0", NULL};
    Country c = with_borders("undelimited");
    g_autoptr(GapPart) part = gap_part_of_areas(&c.data, codes, NULL);
    g_autoptr(GapStyle) style = gap_style_bundled("crime-and-plans", NULL);
    GapStyleLayer *layer = gap_style_layer(style, "not-agreed");
    memcpy(layer->dash, (double[]){6, 2, 1, 2}, 4 * sizeof(double));
    g_autoptr(GapScene) scene =
        gap_map_scene(style, &part->data, &(GapMapPage){.lang = "en"}, fonts, NULL);
    assert_non_null(scene);
    static const char *const roles[] = {"map", "part", "locator", "legend"};
    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
        guint at;
        const GapItem *line = last_item(scene, roles[i], "not-agreed", &at);
        assert_near(line->dash[2], line->width, 1e-9);
        assert_near(line->dash[3], 2 * line->width, 1e-9);
    }
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_agreed_is_dashed),
        cmocka_unit_test(the_legend_has_it_where_it_is_drawn),
        cmocka_unit_test(borders_are_there_from_the_beginning),
        cmocka_unit_test(the_list_of_a_full_panel_is_shortened),
        cmocka_unit_test(an_old_outline_is_told),
        cmocka_unit_test(segments_without_neighbours_are_told),
        cmocka_unit_test(a_part_has_the_dashes_of_its_outline),
        cmocka_unit_test(a_part_has_the_looks_of_its_theme),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
