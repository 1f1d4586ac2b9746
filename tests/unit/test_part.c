#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include "styles/part/part.h"

/** The small country with codes, and figures that the people of demand bear out: of each
 *  municipality 1000 people a hundred metres from its seat, covered in every second one. */
static Country with_codes(void) {
    Country c = country_small();
    g_hash_table_remove(c.data.tables, "demand");
    GapTable *p = country_table(&c, "provinces"), *m = country_table(&c, "municipalities"),
             *d = country_table(&c, "demand"), *districts = country_table(&c, "districts");
    for (size_t i = 0; i < gap_table_rows(d); i++) // nobody else
        put_number(d, i, "people", 0);
    for (size_t i = 0; i < gap_table_rows(m); i++) {
        g_autofree char *province = g_strdup_printf("P%zu", i / 3);
        g_autofree char *code = g_strdup_printf("P%zu-%zu", i / 3, i % 3);
        g_autofree char *district = g_strdup_printf("D%zu", i / 3);
        double covered = i % 2 ? 1000 : 0;
        put_text(m, i, "code", code);
        put_text(m, i, "parent", i % 3 == 0 ? district : province);
        put_text(m, i, "province", province);
        put_number(m, i, "people", 1000);
        put_number(m, i, "people_covered", covered);
        put_number(m, i, "people_beyond", 1000 - covered);
        put_number(m, i, "crime_beyond", 1 + (double)i);
        size_t row = gap_table_add_row(d);
        put_text(d, row, "area", code);
        put_number(d, row, "people", 1000);
        put_number(d, row, "covered", covered > 0);
        put_number(d, row, "minutes", covered > 0 ? 10 : NAN);
        put_point(d, row, gap_cell_number(m, i, "seat_lon") + 0.001,
                  gap_cell_number(m, i, "seat_lat"));
    }
    for (size_t i = 0; i < gap_table_rows(p); i++) {
        g_autofree char *code = g_strdup_printf("P%zu", i), *name = g_strdup_printf("D%zu", i);
        double covered = i % 2 ? 2000 : 1000;
        put_text(p, i, "code", code);
        put_number(p, i, "people", 3000);
        put_number(p, i, "people_covered", covered);
        put_number(p, i, "people_beyond", 3000 - covered);
        put_number(p, i, "people_covered_exact", 500);
        put_number(p, i, "people_modelled_share", 0.5);
        size_t row = gap_table_add_row(districts);
        double w = 70 + 2 * ((double)i - 2 * (double)(i / 2)), s = 40 + (double)(i / 2);
        put_text(districts, row, "code", name);
        put_text(districts, row, "name_en", name);
        put_text(districts, row, "province", code);
        put_number(districts, row, "people", 1000);
        put_number(districts, row, "people_beyond", 1000);
        put_number(districts, row, "people_covered", 0);
        put_box(districts, row, w, s, w + 1, s + 1);
    }
    return c;
}

static GapPart *part_of(const Country *c, const char *codes) {
    GError *error = NULL;
    g_auto(GStrv) list = g_strsplit(codes, ",", -1);
    GapPart *part = gap_part_of_areas(&c->data, (const char *const *)list, &error);
    assert_no_error(error);
    return part;
}

static double fact(const GapPart *part, const char *name) {
    const char *text = g_hash_table_lookup(part->data.facts, name);
    return text ? g_ascii_strtod(text, NULL) : NAN;
}

static void assert_number(double got, double wanted) {
    if (got != wanted)
        fail_msg("%g, not %g", got, wanted);
}

static void figures_are_of_the_areas(void **state) {
    (void)state;
    static const struct {
        const char *codes;
        double people, beyond, areas, nobody;
    } cases[] = {
        {"P0", 3000, 2000, 3, 2},
        {"P1", 3000, 1000, 3, 1},
        {"P0,P1", 6000, 3000, 6, 3},
        {"P0,P0-1,D0", 3000, 2000, 3, 2}, // within P0 already
        {"P0-0,P0-0", 1000, 1000, 1, 1},
        {"D1", 1000, 1000, 1, 0},
        {"P0,P1,P2,P3", 12000, 6000, 12, 6},
    };
    Country c = with_codes();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapPart) part = part_of(&c, cases[i].codes);
        const GapTable *m = g_hash_table_lookup(part->data.tables, "municipalities");
        assert_number(fact(part, "people"), cases[i].people);
        assert_number(fact(part, "people_beyond"), cases[i].beyond);
        assert_number(fact(part, "areas"), cases[i].areas);
        assert_number(fact(part, "areas_nobody"), cases[i].nobody);
        assert_int_equal(gap_table_rows(m), (size_t)cases[i].areas);
        assert_false(g_hash_table_contains(part->data.facts, "points_counted")); // of the country
        assert_string_equal(g_hash_table_lookup(part->data.facts, "within"), "5 km");
    }
    g_autoptr(GapPart) one = part_of(&c, "P0");
    assert_number(fact(one, "people_covered_exact"), 500);
    assert_number(fact(one, "people_modelled"), 1500);
    assert_false(g_hash_table_contains(one->data.facts, "crime_beyond")); // provinces have none
    g_autoptr(GapPart) small = part_of(&c, "P0-0,P0-2");
    assert_number(fact(small, "crime_beyond"), 1 + 3);
    country_free(&c);
}

static void boxes_sum_who_is_placed_in_them(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = with_codes();
    // The seats of the first province lie at 70.4, 71 and 71.6 degrees.
    g_autoptr(GapPart) part = gap_part_of_box(&c.data, (GapBox){70.2, 40.1, 71.2, 40.9}, &error);
    assert_no_error(error);
    assert_number(fact(part, "people"), 2000);
    assert_number(fact(part, "people_covered"), 1000);
    assert_number(fact(part, "people_beyond"), 1000);
    assert_number(fact(part, "areas"), 2);
    assert_false(g_hash_table_contains(part->data.facts, "people_covered_exact"));
    country_free(&c);
}

static void wrong_boxes_are_told(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "four numbers"},
        {"1,2,3", "four numbers"},
        {"1,2,3,x", "four numbers"},
        {"1,2,3,4,5", "four numbers"},
        {"1,2,nan,4", "four numbers"},
        {"72,40,72,41", "not west of"},
        {"179,40,-179,41", "antimeridian"},
        {"72,41,73,41", "not south of"},
        {"72,100,73,110", "latitudes"},
        {"72,40,72.001,41", "too narrow"},
        {"10,10,11,11", "outside the country"},
    };
    Country c = with_codes();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        GapBox box;
        g_autoptr(GapPart) part = gap_part_parse_box(cases[i].text, &box, &error)
                                      ? gap_part_of_box(&c.data, box, &error)
                                      : NULL;
        assert_null(part);
        if (!error || !strstr(error->message, cases[i].says))
            fail_msg("'%s': %s", cases[i].text, error ? error->message : "no error");
    }
    g_autoptr(GError) error = NULL;
    const char *const codes[] = {"P0", "P9", NULL};
    assert_null(gap_part_of_areas(&c.data, codes, &error));
    assert_non_null(strstr(error->message, "'P9' is no area"));
    country_free(&c);
}

static void bands_hold_the_part_s_people(void **state) {
    (void)state;
    Country c = with_codes();
    g_autoptr(GapPart) part = part_of(&c, "P0");
    const GapTable *own = g_hash_table_lookup(part->data.tables, "isochrones");
    const GapTable *all = g_hash_table_lookup(c.data.tables, "isochrones");
    assert_int_equal(gap_table_rows(own), gap_table_rows(all));
    for (size_t row = 0; row < gap_table_rows(own); row++) {
        bool first = gap_cell_number(own, row, "from_min") == 0;
        assert_number(gap_cell_number(own, row, "people"), 1000);
        assert_number(gap_cell_number(own, row, "people_band"), first ? 1000 : 0);
    }
    country_free(&c);
}

static const GapItem *find_item(const GapScene *scene, const char *id) {
    for (guint i = 0; i < scene->items->len; i++)
        if (g_strcmp0(scene_item(scene, i)->id, id) == 0)
            return scene_item(scene, i);
    return NULL;
}

static bool box_overlaps(GapBox a, GapBox b) {
    return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

/** The part is drawn large, its outline strong, the rest veiled, the locator beside it. */
static void check_page(const Country *c, const char *theme, const char *lang) {
    GError *error = NULL;
    g_autoptr(GapPart) part = part_of(c, "P1");
    Country of_part = *c;
    of_part.data = part->data;
    g_autoptr(GapScene) scene = country_scene(&of_part, theme, lang, fonts);
    assert_no_error(error);
    const GapItem *veil = find_item(scene, "veil"), *outline = find_item(scene, "outline");
    const GapItem *here = find_item(scene, "here"), *title = find_item(scene, "title");
    GapBox f = g_array_index(scene->frames, GapSceneFrame, 0).box;
    assert_non_null(veil);
    assert_non_null(here);
    assert_int_equal(veil->path->n_rings, 2);
    assert_true(outline->width > 2);
    assert_true(outline->box.max_x - outline->box.min_x > 0.6 * (f.max_x - f.min_x) ||
                outline->box.max_y - outline->box.min_y > 0.6 * (f.max_y - f.min_y));
    assert_true(outline->box.min_x >= f.min_x && outline->box.max_x <= f.max_x);
    assert_true(outline->box.min_y >= f.min_y && outline->box.max_y <= f.max_y);
    if (!g_str_has_prefix(title->text, "Beta")) // marked, where borrowed from English
        fail_msg("%s %s: the title is '%s'", theme, lang, title->text);
    assert_non_null(find_item(scene, "district"));
    assert_true(says(scene, "label", "D1"));
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->text && strchr(item->text, '{'))
            fail_msg("%s %s: '%s' has a hole", theme, lang, item->text);
        if (g_str_equal(item->role, "locator") && box_overlaps(item->box, outline->box))
            fail_msg("%s %s: the locator hides some of the part", theme, lang);
        for (guint k = i + 1; item->text && k < scene->items->len; k++)
            if (scene_item(scene, k)->text && box_overlaps(item->box, scene_item(scene, k)->box))
                fail_msg("%s %s: '%s' overlaps '%s'", theme, lang, item->text,
                         scene_item(scene, k)->text);
    }
}

static void parts_are_drawn_large(void **state) {
    (void)state;
    static const char *const langs[] = {"ky", "ru", "en"};
    Country c = with_codes();
    country_outline(&c);
    for (size_t i = 0; GAP_THEMES[i]; i++) {
        g_autoptr(GapStyle) style = gap_style_bundled(GAP_THEMES[i], NULL);
        for (size_t k = 0; k < G_N_ELEMENTS(langs); k++)
            if (gap_part_drawn_by(style))
                check_page(&c, GAP_THEMES[i], langs[k]);
    }
    country_free(&c);
}

static void panels_speak_of_the_part(void **state) {
    (void)state;
    Country c = with_codes();
    g_autoptr(GapPart) part = part_of(&c, "P1");
    Country of_part = c;
    of_part.data = part->data;
    g_autoptr(GapScene) gaps = country_scene(&of_part, "gaps", "en", fonts);
    assert_true(says(gaps, "figure", "1,000"));
    assert_true(says(gaps, "ranking", "Beta 2"));
    assert_false(says(gaps, "ranking", "Alpha 1"));
    g_autoptr(GapScene) coverage = country_scene(&of_part, "coverage", "en", fonts);
    assert_true(says(coverage, "figure", "of 3 municipalities"));
    assert_false(says(coverage, "figure", "2,640,707"));
    g_autoptr(GapScene) crime = country_scene(&of_part, "crime-and-plans", "en", fonts);
    assert_false(says(crime, "chart", "34,000")); // a chart of the country says nothing of it
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_of_the_areas),
        cmocka_unit_test(boxes_sum_who_is_placed_in_them),
        cmocka_unit_test(wrong_boxes_are_told),
        cmocka_unit_test(bands_hold_the_part_s_people),
        cmocka_unit_test(parts_are_drawn_large),
        cmocka_unit_test(panels_speak_of_the_part),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
