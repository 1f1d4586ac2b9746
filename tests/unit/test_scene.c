#include "styles/page/build.h"
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include "styles/classes.h"

static const char *const langs[] = {"ky", "ru", "en"};

static bool overlap(GapBox a, GapBox b) {
    const double hair = 0.01;
    return a.min_x + hair < b.max_x && b.min_x + hair < a.max_x && a.min_y + hair < b.max_y &&
           b.min_y + hair < a.max_y;
}

/** Of text along a line it is the letters that must not overlap, not the box around all. */
static bool texts_overlap(const GapItem *a, const GapItem *b) {
    if (!overlap(a->box, b->box))
        return false;
    g_autoptr(GArray) p = gap_scene_text_boxes(a), q = gap_scene_text_boxes(b);
    for (guint i = 0; i < p->len; i++)
        for (guint k = 0; k < q->len; k++)
            if (overlap(g_array_index(p, GapBox, i), g_array_index(q, GapBox, k)))
                return true;
    return false;
}

/** What a text and another must not do on a page: overlap, where they are drawn in one frame or
 *  neither is clipped. */
static void assert_texts_apart(const GapScene *scene, const char *what) {
    for (guint i = 0; i < scene->items->len; i++)
        for (guint k = i + 1; k < scene->items->len; k++) {
            const GapItem *a = scene_item(scene, i), *b = scene_item(scene, k);
            if (a->text && b->text && texts_overlap(a, b))
                fail_msg("%s: '%s' overlaps '%s'", what, a->text, b->text);
        }
}

static void assert_texts_are_sound(const GapScene *scene, const char *what) {
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (!item->text)
            continue;
        if (item->look.size < 18)
            fail_msg("%s: '%s' is %.1f pixels high", what, item->text, item->look.size);
        if (strchr(item->text, '{') || strstr(item->text, "⟨"))
            fail_msg("%s: '%s' has a hole", what, item->text);
        if (item->box.min_x < 0 || item->box.min_y < 0 || item->box.max_x > scene->width ||
            item->box.max_y > scene->height)
            fail_msg("%s: '%s' leaves the page (%.0f %.0f %.0f %.0f)", what, item->text,
                     item->box.min_x, item->box.min_y, item->box.max_x, item->box.max_y);
    }
}

static void assert_map_takes(const GapScene *scene, double least, const char *what) {
    const GapSceneFrame *map = &g_array_index(scene->frames, GapSceneFrame, 0);
    double area = (map->box.max_x - map->box.min_x) * (map->box.max_y - map->box.min_y);
    assert_string_equal(map->name, "map");
    if (area < least * scene->width * scene->height)
        fail_msg("%s: the map has %.3f of the page", what, area / scene->width / scene->height);
}

static void assert_page_is_sound(const GapScene *scene, const char *what) {
    assert_texts_are_sound(scene, what);
    // A screen that is no higher than wide gives the map most of it, a poster has more to tell.
    double least = scene->height > scene->width    ? 0.39
                   : scene->height == scene->width ? 0.43
                                                   : 0.56;
    least = scene->width == 1920 ? 0.65 : least;
    // Two languages need two thirds more room for words.
    assert_map_takes(scene, (strchr(what, '+') ? 0.6 : 1) * least, what);
}

static unsigned count_role(const GapScene *scene, const char *role) {
    unsigned n = 0;
    for (guint i = 0; i < scene->items->len; i++)
        n += g_str_equal(scene_item(scene, i)->role, role);
    return n;
}

static void check_page(const Country *c, const char *theme, const GapMapPage *page,
                       const char *what) {
    static const char *const roles[] = {"title", "subtitle", "legend", "scale", "source", "label"};
    g_autoptr(GapScene) scene = country_page(c, theme, page, fonts);
    g_autofree char *name = g_strjoin(" ", what, theme, page->lang, page->layout->name, NULL);
    assert_texts_apart(scene, name);
    assert_page_is_sound(scene, name);
    for (size_t r = 0; r < G_N_ELEMENTS(roles); r++)
        if (!count_role(scene, roles[r]) &&
            !(g_str_equal(roles[r], "label") && count_role(scene, "panel")))
            fail_msg("%s: no %s", name, roles[r]);
}

static void check_country(const Country *c, const char *const *spoken, const char *what) {
    for (size_t i = 0; GAP_THEMES[i]; i++)
        for (size_t k = 0; spoken[k]; k++)
            for (size_t l = 0; GAP_LAYOUTS[l]; l++)
                if (!strchr(spoken[k], '+') || !g_str_equal(GAP_LAYOUTS[l], "square"))
                    check_page(c, GAP_THEMES[i],
                               &(GapMapPage){spoken[k], NULL, gap_layout_by_name(GAP_LAYOUTS[l])},
                               what);
}

static void check_pages(const char *const *spoken) {
    Country small = country_small(), bundled = country_bundled();
    for (int travel = 0; travel < 2; travel++) { // whose words are longer
        country_mode(&small, travel);
        country_mode(&bundled, travel);
        check_country(&small, spoken, travel ? "small, by time" : "small");
        check_country(&bundled, spoken, travel ? "bundled, by time" : "bundled");
    }
    country_free(&small);
    country_free(&bundled);
}

static void pages_are_sound(void **state) {
    (void)state;
    check_pages((const char *const[]){"ky", "ru", "en", NULL});
}

static void pages_in_two_languages_are_sound(void **state) {
    (void)state;
    check_pages((const char *const[]){"ky+ru", NULL});
}

/** All texts of a role, joined by '|'. */
static char *texts(const GapScene *scene, const char *role) {
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->text && g_str_equal(item->role, role))
            g_ptr_array_add(all, item->text);
    }
    g_ptr_array_add(all, NULL);
    return g_strjoinv("|", (char **)all->pdata);
}

static void pages_say_what_they_show(void **state) {
    (void)state;
    static const struct {
        const char *theme, *lang, *role, *says;
    } cases[] = {
        {"coverage", "en", "subtitle", "within 5\u00a0km of a police point"},
        {"coverage", "en", "subtitle", "as of 31 December 2017"},
        {"coverage", "en", "subtitle", "people of 2015"},
        {"coverage", "en", "legend", "80–100%|60–80%|40–60%|20–40%|under 20%|no data"},
        {"coverage", "en", "legend", "district department, assumed"},
        {"coverage", "en", "figure", "2,640,707|45%"},
        {"coverage", "en", "figure", "without assumed points 570,289"},
        {"coverage", "ru", "figure", "2\u202f640\u202f707"},
        {"coverage", "en", "source", "OpenStreetMap (ODbL)"},
        {"coverage", "en", "source", "do not imply official endorsement"},
        {"coverage", "en", "source", "Municipal boundaries are approximate"},
        {"coverage", "en", "source", "Where people live is partly modelled"},
        {"coverage", "en", "source", "up to 5 years apart"},
        {"coverage", "en", "label", "Elsewhere"},
        {"coverage", "en", "label", "Mere"},
        {"gaps", "en", "ranking", "Alpha 1"},
        {"gaps", "en", "legend", "nothing known of a plan (4)"},
        {"gaps", "en", "label", "1\u00a0Alpha 1"},
        {"crime-and-plans", "en", "subtitle",
         "All registered crimes per 100,000 people a year, "
         "2017"},
        {"crime-and-plans", "en", "label", "Beta\n289"},
        {"crime-and-plans", "en", "legend", "endorsed|drafted|none|unknown"},
        {"crime-and-plans", "en", "chart", "2010"},
        {"crime-and-plans", "en", "chart", "34,000"},
        {"crime-and-plans", "en", "chart", "published|reconstructed from shares"},
    };
    Country c = country_small();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapScene) scene = country_scene(&c, cases[i].theme, cases[i].lang, fonts);
        g_autofree char *got = texts(scene, cases[i].role);
        if (!strstr(got, cases[i].says))
            fail_msg("%s %s: %s is '%s', without '%s'", cases[i].theme, cases[i].lang,
                     cases[i].role, got, cases[i].says);
    }
    country_free(&c);
}

/** What the schema allows in a column has a word in every language. */
static void every_value_has_its_word(void **state) {
    (void)state;
    static const struct {
        const char *group, *keys[9];
    } lists[] = {
        {"kinds",
         {"station", "point", "district_department", "one_stop_shop", "shared_roof", "mobile_group",
          "assumed"}},
        {"ladder", {"hold", "unknown", "plan", "fund", "site"}},
        {"plans", {"endorsed", "drafted", "none", "unknown"}},
        {"reach", {"within", "beyond"}},
        {"methods",
         {"natural", "natural-plain", "quantile", "equal", "pretty", "sd", "manual", "values"}},
        {"offence", {"all_registered", "public_place", "intentional_homicide"}},
    };
    g_autoptr(GapWords) words = gap_map_words(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        for (size_t k = 0; lists[i].keys[k]; k++)
            for (size_t l = 0; l < G_N_ELEMENTS(langs); l++)
                if (!gap_words_get(words, lists[i].group, lists[i].keys[k], langs[l]))
                    fail_msg("no word for %s in [%s], %s", lists[i].keys[k], lists[i].group,
                             langs[l]);
}

static void long_names_are_cut_in_lists(void **state) {
    (void)state;
    Country c = country_small();
    GapTable *m = country_table(&c, "municipalities");
    g_autofree char *name = g_strnfill(5000, 'W');
    put_text(m, 0, "name_en", name);
    put_text(m, 1, "name_en", "Two\nlines {people} <b>&amp;");
    g_autoptr(GapScene) scene = country_scene(&c, "gaps", "en", fonts);
    assert_texts_apart(scene, "long names");
    for (guint i = 0; i < scene->items->len; i++)
        assert_true(!scene_item(scene, i)->text || scene_item(scene, i)->box.max_x <= 1920);
    country_free(&c);
}

static void posters_have_key_figures_and_charts(void **state) {
    (void)state;
    Country c = country_bundled();
    const GapLayout *poster = gap_layout_by_name("infographic");
    g_autoptr(GapScene) scene =
        country_page(&c, "coverage", &(GapMapPage){"en", NULL, poster}, fonts);
    g_autofree char *charts = texts(scene, "chart");
    GapBox row = poster->figures;
    size_t provinces = gap_table_rows(country_table(&c, "provinces"));
    unsigned figures = 0, bars = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        bars += !item->text && g_str_equal(item->role, "chart");
        if (!item->text || !g_str_equal(item->role, "figure"))
            continue;
        figures++;
        assert_true(item->box.min_y >= row.min_y - 8 && item->box.max_y <= row.max_y);
    }
    assert_int_equal(figures, 8); // three numbers with captions, two shares
    assert_int_equal(bars, provinces);
    assert_non_null(strstr(charts, "by province|"));
    assert_non_null(strstr(charts, "|74%|")); // the last row, which is the longest bar
    assert_null(strstr(charts, " Region"));
    country_free(&c);
}

/** How many numbers a graticule has. */
static unsigned graticule(const Country *c, unsigned *lines, bool *north) {
    g_autoptr(GapScene) scene =
        country_page(c, "coverage", &(GapMapPage){.lang = "ru", .graticule = true}, fonts);
    unsigned numbers = 0;
    *lines = 0;
    *north = count_role(scene, "north");
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (!g_str_equal(item->role, "graticule"))
            continue;
        *lines += item->kind == GAP_ITEM_PATH;
        numbers += item->text && g_str_has_suffix(item->text, "°");
    }
    assert_texts_apart(scene, "graticule");
    return numbers;
}

static void graticules_have_degrees_and_only_parts_an_arrow(void **state) {
    (void)state;
    Country c = country_bundled();
    unsigned lines;
    bool north;
    // 69 to 80.3 degrees in steps of 2, 39.2 to 43.3 and some ground around in steps of 1.
    assert_true(graticule(&c, &lines, &north) >= 9);
    assert_in_range(lines, 10, 13);
    assert_false(north);
    g_autoptr(GapScene) plain = country_scene(&c, "coverage", "en", fonts);
    assert_int_equal(count_role(plain, "graticule"), 0);
    g_autofree char *notes = texts(plain, "source");
    assert_non_null(strstr(notes, "Albers equal-area projection, scale ±0.2% at the edges."));
    country_free(&c);
}

static void maps_are_built_up_layer_by_layer(void **state) {
    (void)state;
    Country c = country_bundled();
    for (size_t t = 0; GAP_THEMES[t]; t++) {
        g_autoptr(GapStyle) style = gap_style_bundled(GAP_THEMES[t], NULL);
        g_autoptr(GapScene) whole = country_scene(&c, GAP_THEMES[t], "en", fonts);
        unsigned frames = gap_build_frames(style), before = 0;
        assert_true(frames > 1);
        for (unsigned n = 1; n <= frames; n++) {
            GapScene *part = gap_build_scene(whole, n);
            assert_true(part->items->len >= before);
            assert_int_equal(n == frames, part->items->len == whole->items->len);
            if (n == 1) {
                assert_int_equal(count_role(part, "legend"), 0);
                assert_int_equal(count_role(part, "title"), 1);
            }
            before = part->items->len;
            gap_build_free(part);
        }
    }
    g_autoptr(GapStyle) style = gap_style_bundled("coverage", NULL);
    assert_int_equal(gap_build_frames(style), 4);
    assert_int_equal(gap_build_frame_of(style, "province-borders"), 1);
    assert_int_equal(gap_build_frame_of(style, "reach-edge"), 2);
    assert_int_equal(gap_build_frame_of(style, "names"), 3);
    assert_int_equal(gap_build_frame_of(style, "points"), 4);
    country_free(&c);
}

static void the_same_map_is_the_same_scene(void **state) {
    (void)state;
    Country c = country_bundled();
    for (size_t i = 0; GAP_THEMES[i]; i++) {
        g_autoptr(GapScene) once = country_scene(&c, GAP_THEMES[i], "ky", fonts);
        g_autoptr(GapScene) again = country_scene(&c, GAP_THEMES[i], "ky", fonts);
        g_autofree char *a = gap_scene_to_json(once), *b = gap_scene_to_json(again);
        assert_string_equal(a, b);
    }
    country_free(&c);
}

/** GAP_UPDATE=1 writes the files anew; git diff then shows what changed on the pages. */
static void scenes_are_as_recorded(void **state) {
    (void)state;
    Country c = country_small();
    for (size_t i = 0; GAP_THEMES[i]; i++) {
        g_autoptr(GapScene) scene = country_scene(&c, GAP_THEMES[i], "en", fonts);
        g_autofree char *path =
            g_strdup_printf("%s/tests/images/scenes/%s.json", GAP_SOURCE, GAP_THEMES[i]);
        g_autofree char *got = gap_scene_to_json(scene), *want = NULL;
        if (g_getenv("GAP_UPDATE"))
            assert_true(g_file_set_contents(path, got, -1, NULL));
        assert_true(g_file_get_contents(path, &want, NULL, NULL));
        if (!g_str_equal(got, want)) {
            size_t at = 0;
            while (got[at] == want[at])
                at++;
            fail_msg("%s: recorded '%.60s', got '%.60s'", GAP_THEMES[i],
                     want + (at > 30 ? at - 30 : 0), got + (at > 30 ? at - 30 : 0));
        }
    }
    country_free(&c);
}

static unsigned count_layer(const GapScene *scene, const char *id) {
    unsigned n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        n += item->frame == 1 && !item->text && g_str_equal(item->id, id);
    }
    return n;
}

/** Length of the strokes of a layer in the main frame. */
static double stroke_length(const GapScene *scene, const char *id) {
    double length = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        const GapGeometry *g = item->path;
        if (!g || item->frame != 1 || !g_str_equal(item->id, id))
            continue;
        for (uint32_t r = 0; r < g->n_rings; r++)
            for (uint32_t k = g->ring[r]; k + 1 < g->ring[r + 1]; k++)
                length +=
                    hypot(g->xy[2 * k + 2] - g->xy[2 * k], g->xy[2 * k + 3] - g->xy[2 * k + 1]);
    }
    return length;
}

static void shared_borders_are_drawn_once(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "gaps", "en", fonts);
    double inner_and_outer = stroke_length(scene, "province-borders");
    double outer = stroke_length(scene, "country-border");
    // Four cells of 2 x 1 degrees: 8 widths and heights outside, 4 inside, of which 2 are widths.
    assert_near(inner_and_outer / outer, 1.5, 0.02);
    country_free(&c);
}

static void odd_data_make_sound_pages(void **state) {
    (void)state;
    Country empty = country_small(), equal = country_small(), one = country_new();
    GapTable *m = country_table(&equal, "municipalities"), *p = country_table(&equal, "provinces");
    for (size_t row = 0; row < gap_table_rows(m); row++) {
        put_number(m, row, "people", 5000);
        put_number(m, row, "coverage", 0.5);
    }
    for (size_t row = 0; row < gap_table_rows(p); row++)
        put_number(p, row, "crime_rate", 200);
    g_hash_table_insert(empty.data.tables, g_strdup("municipalities"), gap_table_new("none"));
    g_hash_table_insert(empty.data.tables, g_strdup("police_points"), gap_table_new("none"));
    g_hash_table_insert(empty.data.tables, g_strdup("crime"), gap_table_new("none"));
    p = country_table(&one, "provinces");
    put_text(p, gap_table_add_row(p), "name_en", "Only");
    put_box(p, 0, 70, 40, 71, 41);
    const Country *all[] = {&empty, &equal, &one};
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        for (size_t k = 0; GAP_THEMES[k]; k++) {
            g_autoptr(GapScene) scene = country_scene(all[i], GAP_THEMES[k], "en", fonts);
            assert_texts_apart(scene, GAP_THEMES[k]);
            assert_page_is_sound(scene, GAP_THEMES[k]);
        }
    g_autoptr(GapScene) scene = country_scene(&equal, "crime-and-plans", "en", fonts);
    g_autofree char *legend = texts(scene, "legend");
    assert_non_null(strstr(legend, "all values"));
    assert_int_equal(count_layer(scene, "rates"), 4);
    country_free(&empty);
    country_free(&equal);
    country_free(&one);
}

static void official_areas_are_filled(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) before = country_scene(&c, "coverage", "en", fonts);
    assert_int_equal(count_layer(before, "areas"), 0);
    assert_int_equal(count_layer(before, "circles"), 12);
    GapTable *m = country_table(&c, "municipalities");
    for (size_t row = 0; row < gap_table_rows(m); row++) {
        double w = 70 + 2 * (double)(row / 3 % 2), s = 40 + (double)(row / 6);
        put_text(m, row, "boundary_quality", "official");
        put_box(m, row, w, s + (double)(row % 3) / 3, w + 2, s + (double)(row % 3 + 1) / 3);
    }
    g_autoptr(GapScene) after = country_scene(&c, "coverage", "en", fonts);
    assert_int_equal(count_layer(after, "areas"), 12);
    assert_int_equal(count_layer(after, "circles"), 0);
    g_autofree char *legend = texts(after, "legend");
    assert_non_null(strstr(legend, "80–100%"));
    assert_null(strstr(legend, "People of the municipality"));
    country_free(&c);
}

/** Numbers that no page needs do no harm: nothing hangs, nothing overflows. */
static void wild_numbers_are_drawn(void **state) {
    (void)state;
    static const char text[] =
        "{\"version\": 8, \"name\": \"gaps\", \"metadata\": {\"gapmap\": {}}, \"sources\": {\"s\": "
        "{\"type\": \"geojson\", \"data\": \"gapmap:municipalities/seat\"}, \"p\": {\"type\": "
        "\"geojson\", \"data\": \"gapmap:provinces\"}}, \"layers\": ["
        "{\"id\": \"c\", \"type\": \"circle\", \"source\": \"s\", \"paint\": {\"circle-radius\": "
        "[\"*\", 1e300, [\"get\", \"people\"]], \"circle-stroke-width\": 1e300}},"
        "{\"id\": \"l\", \"type\": \"line\", \"source\": \"p\", \"paint\": {\"line-width\": 1e-9, "
        "\"line-dasharray\": [1e-9, 1e-9]}},"
        "{\"id\": \"t\", \"type\": \"symbol\", \"source\": \"s\", \"layout\": {\"text-field\": "
        "[\"get\", \"name\"], \"text-size\": 1e300, \"text-letter-spacing\": -1e300, "
        "\"icon-image\": \"station\", \"icon-size\": 1e300, \"symbol-sort-key\": 1e300}}]}";
    GError *error = NULL;
    Country c = country_small();
    g_autoptr(GapStyle) style = gap_style_parse(text, strlen(text), "wild", &error);
    assert_no_error(error);
    g_autoptr(GapScene) scene =
        gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error);
    assert_no_error(error);
    unsigned cols, rows;
    g_autofree guint32 *pixels = gap_canvas_pixels(scene, fonts, 1, &cols, &rows, &error);
    assert_no_error(error);
    country_free(&c);
}

static void what_is_missing_is_told(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_new();
    g_autoptr(GapStyle) style = gap_style_bundled("coverage", NULL);
    assert_null(gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
    assert_error_says(error, "no province boundaries");
    g_hash_table_remove(c.data.facts, "within");
    assert_null(gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
    assert_error_says(error, "nothing is known yet of within");
    country_free(&c);
    c = country_small();
    g_hash_table_remove(c.data.tables, "police_points");
    assert_null(gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
    assert_error_says(error, "there is no layer 'police_points'");
    country_free(&c);
}

static void long_titles_and_sources_fit(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_small();
    g_autoptr(GString) many = g_string_new("First source (CC BY 4.0)");
    for (int i = 0; i < 60; i++)
        g_string_append(many, "; Another source of figures (public)");
    put_fact(&c, "sources", many->str);
    g_autoptr(GapStyle) style = gap_style_bundled("gaps", NULL);
    g_autoptr(GapScene) scene = gap_map_scene(
        style, &c.data,
        &(GapMapPage){.lang = "en",
                      .title =
                          "A title that goes on for much longer than any title ought to go on"},
        fonts, &error);
    assert_no_error(error);
    assert_texts_are_sound(scene, "long");
    assert_map_takes(scene, 0.6,
                     "long"); // sources that licences want come before a little of the map
    g_autofree char *source = texts(scene, "source");
    assert_non_null(strstr(source, "First source"));
    assert_non_null(strstr(source, "partly modelled"));
    country_free(&c);
}

static void limits_are_round_and_part_the_same_values(void **state) {
    (void)state;
    GError *error = NULL;
    json_t *json = json_loads("[\"step\", 0, \"#fff\", 1, \"#eee\", 2, \"#ddd\", 3, \"#ccc\", 4, "
                              "\"#bbb\"]",
                              0, NULL);
    g_autoptr(GapExpr) step = gap_expr_parse(json, GAP_VALUE_COLOUR, "x", &error);
    json_decref(json);
    assert_no_error(error);
    const double rates[] = {176.3, 219, 176.9, 465, 259, 670, 266, 835, 1135};
    const double want[] = {-INFINITY, 200, 400, 500, 1000};
    GapClass classes[GAP_CLASSES_MAX];
    gap_classes_fit(step, "natural", rates, G_N_ELEMENTS(rates));
    assert_int_equal(gap_classes_read(step, classes), 5);
    for (size_t i = 1; i < 5; i++)
        assert_near(classes[i].from, want[i], 1e-9);
    gap_classes_fit(step, "natural", rates, 1);
    assert_int_equal(gap_classes_read(step, classes), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_sound),
        cmocka_unit_test(pages_in_two_languages_are_sound),
        cmocka_unit_test(pages_say_what_they_show),
        cmocka_unit_test(every_value_has_its_word),
        cmocka_unit_test(long_names_are_cut_in_lists),
        cmocka_unit_test(the_same_map_is_the_same_scene),
        cmocka_unit_test(graticules_have_degrees_and_only_parts_an_arrow),
        cmocka_unit_test(maps_are_built_up_layer_by_layer),
        cmocka_unit_test(posters_have_key_figures_and_charts),
        cmocka_unit_test(scenes_are_as_recorded),
        cmocka_unit_test(shared_borders_are_drawn_once),
        cmocka_unit_test(odd_data_make_sound_pages),
        cmocka_unit_test(official_areas_are_filled),
        cmocka_unit_test(wild_numbers_are_drawn),
        cmocka_unit_test(what_is_missing_is_told),
        cmocka_unit_test(long_titles_and_sources_fit),
        cmocka_unit_test(limits_are_round_and_part_the_same_values),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
