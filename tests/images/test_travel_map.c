// Maps of runs by travel time: bands, their legend, relief, and what the words say of such a run.
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include "styles/classes.h"

/** All texts of a role, joined by '|'. */
static char *texts(const GapScene *scene, const char *role) {
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->text && g_str_equal(item->role, role))
            g_string_append_printf(all, "%s%s", all->len ? "|" : "", item->text);
    }
    return g_strdup(all->str);
}

static void assert_says(const GapScene *scene, const char *role, const char *words) {
    g_autofree char *got = texts(scene, role);
    if (!strstr(got, words))
        fail_msg("%s is '%s', without '%s'", role, got, words);
}

static void pages_say_how_reach_is_measured(void **state) {
    (void)state;
    static const struct {
        const char *theme, *lang, *direction, *role, *says;
    } cases[] = {
        {"travel", "en", "police-to-people", "title", "How soon can the police be there?"},
        {"travel", "en", "people-to-police", "title", "How soon can people reach the police?"},
        {"travel", "en", "police-to-people", "subtitle",
         "up to 45\u00a0min · scenario: winter · as of"},
        {"travel", "ru", "people-to-police", "subtitle", "до 45\u00a0мин · сценарий: зима · на 31"},
        {"travel", "ky", "police-to-people", "subtitle", "эң көбү 45\u00a0мүн. · сценарий: кыш ·"},
        {"travel", "en", "police-to-people", "source", "Travel times are modelled from terrain"},
        {"coverage", "en", "police-to-people", "subtitle",
         "within 45\u00a0min of a police point (travel time, police to people)"},
        {"coverage", "ru", "people-to-police", "subtitle", "(время в пути, от людей к милиции)"},
        {"coverage", "ky", "people-to-police", "subtitle", "(жол убактысы, калктан милицияга)"},
        {"coverage", "en", "police-to-people", "source", "Travel times are modelled from terrain"},
        {"coverage", "en", "police-to-people", "legend", "within 45\u00a0min of a point"},
        {"gaps", "en", "police-to-people", "subtitle",
         "farther than 45\u00a0min from a police point"},
        {"gaps", "ru", "police-to-people", "figure", "дальше 45\u00a0мин пути"},
    };
    Country c = country_small();
    country_mode(&c, true);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        put_fact(&c, "direction", cases[i].direction);
        g_autoptr(GapScene) scene = country_scene(&c, cases[i].theme, cases[i].lang, fonts);
        assert_says(scene, cases[i].role, cases[i].says);
    }
    country_mode(&c, false);
    g_autoptr(GapScene) straight = country_scene(&c, "coverage", "en", fonts);
    assert_says(straight, "subtitle", "(straight line) ·");
    g_autofree char *notes = texts(straight, "source");
    assert_null(strstr(notes, "Travel times"));
    country_free(&c);
}

static void a_run_in_a_straight_line_is_refused(void **state) {
    (void)state;
    GError *error = NULL;
    Country c = country_small();
    g_autoptr(GapStyle) style = gap_style_bundled("travel", NULL);
    put_fact(&c, "run", "5 km");
    assert_null(gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
    assert_error_says(error, "draws runs of mode travel only, and '5 km' is none");
    g_hash_table_remove(c.data.facts, "people_covered");
    assert_null(gap_map_scene(style, &c.data, &(GapMapPage){.lang = "en"}, fonts, &error));
    assert_error_says(error, "nothing is known yet of people_covered");
    country_free(&c);
}

static double grey(GapColour c) {
    return 0.299 * c.r + 0.587 * c.g + 0.114 * c.b;
}

/** The bands as they are drawn in the main frame, in drawing order. */
static size_t bands_drawn(const GapScene *scene, const GapItem **bands, size_t most) {
    size_t n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (item->frame == 1 && g_str_equal(item->id, "bands") && n < most)
            bands[n++] = item;
    }
    return n;
}

static void bands_are_nested_and_darken_inwards(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "travel", "en", fonts);
    const GapItem *band[4];
    assert_int_equal(bands_drawn(scene, band, 4), 3);
    for (size_t i = 1; i < 3; i++) {
        assert_true(band[i]->box.min_x > band[i - 1]->box.min_x);
        assert_true(band[i]->box.max_x < band[i - 1]->box.max_x);
        assert_true(grey(band[i]->fill) < grey(band[i - 1]->fill) - 0.1);
    }
    country_free(&c);
}

static void the_legend_says_minutes_and_people(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) en = country_scene(&c, "travel", "en", fonts);
    assert_says(en, "legend",
                "900,000|up to 15\u00a0min|900,000|15–30\u00a0min|900,000|30–45\u00a0min|"
                "3,185,500|not reached within 45\u00a0min|classes include their upper limit");
    g_autoptr(GapScene) ru = country_scene(&c, "travel", "ru", fonts);
    assert_says(ru, "legend", "900\u202f000|до 15\u00a0мин|900\u202f000|15–30\u00a0мин");
    g_autoptr(GapScene) ky = country_scene(&c, "travel", "ky", fonts);
    assert_says(ky, "legend", "|0–15\u00a0мүн.|900\u202f000|15–30\u00a0мүн.");
    GapTable *bands = country_table(&c, "isochrones");
    for (size_t row = 0; row < gap_table_rows(bands); row++) { // 1, 2 and 3 hours
        put_number(bands, row, "minutes", gap_cell_number(bands, row, "minutes") * 4);
        put_number(bands, row, "from_min", gap_cell_number(bands, row, "from_min") * 4);
        put_number(bands, row, "people_band", row == 0 ? NAN : 5);
    }
    g_autoptr(GapScene) hours = country_scene(&c, "travel", "en", fonts);
    assert_says(hours, "legend",
                "5|up to 1\u00a0h|5|1–2\u00a0h|2–3\u00a0h|3,185,500|not reached within 3\u00a0h");
    country_free(&c);
}

/** Bars are as long as the people they stand for. */
static void bars_are_to_scale(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) scene = country_scene(&c, "travel", "en", fonts);
    double length[8] = {0};
    size_t n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = scene_item(scene, i);
        if (g_str_equal(item->role, "legend") && g_str_equal(item->id, "people") && item->path)
            length[n++] = item->box.max_x - item->box.min_x;
    }
    assert_int_equal(n, 4);
    for (size_t i = 0; i < 3; i++)
        assert_near(length[i] / length[3], 900000 / 3185500.0, 0.001);
    country_free(&c);
}

static void times_are_written_out(void **state) {
    (void)state;
    static const struct {
        double minutes;
        const char *lang, *text;
    } cases[] = {
        {30, "en", "30\u00a0min"},
        {60, "en", "1\u00a0h"},
        {90, "en", "1\u00a0h\u00a030\u00a0min"},
        {7.5, "en", "7.5\u00a0min"},
        {7.5, "ru", "7,5\u00a0мин"},
        {120, "ru", "2\u00a0ч"},
        {90, "ky", "1\u00a0саат\u00a030\u00a0мүн."},
    };
    Country c = country_small();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GapMap map = {.data = &c.data, .lang = cases[i].lang};
        g_autofree char *text = gap_map_minutes(&map, cases[i].minutes);
        assert_string_equal(text, cases[i].text);
    }
    country_free(&c);
}

static GapExpr *ramp(void) {
    GError *error = NULL;
    g_autoptr(GapStyle) style = gap_style_bundled("travel", &error);
    assert_no_error(error);
    const json_t *layers = json_object_get(style->document, "layers"), *paint = NULL;
    for (size_t i = 0; i < json_array_size(layers) && !paint; i++)
        if (g_str_equal(json_string_value(json_object_get(json_array_get(layers, i), "id")),
                        "bands"))
            paint = json_object_get(json_array_get(layers, i), "paint");
    GapExpr *step =
        gap_expr_parse(json_object_get(paint, "fill-color"), GAP_VALUE_COLOUR, "bands", &error);
    assert_no_error(error);
    return step;
}

/** Seen in grey, each class is lighter than the one before; also by eyes that lack a cone. */
static void the_ramp_is_monotone_in_grey(void **state) {
    (void)state;
    // Weights of red, green and blue in the lightness that is left: everyone's, then as protan and
    // deutan viewers see it (their red and green confused, blue as it is).
    static const double weights[][3] = {{0.30, 0.59, 0.11}, {0.11, 0.78, 0.11}, {0.45, 0.44, 0.11}};
    g_autoptr(GapExpr) step = ramp();
    GapClass class[GAP_CLASSES_MAX];
    size_t n = gap_classes_read(step, class);
    assert_int_equal(n, 6);
    for (size_t w = 0; w < G_N_ELEMENTS(weights); w++)
        for (size_t i = 1; i < n; i++) {
            GapColour a = class[i - 1].colour, b = class[i].colour;
            double rise = weights[w][0] * (b.r - a.r) + weights[w][1] * (b.g - a.g) +
                          weights[w][2] * (b.b - a.b);
            assert_true(rise > 0.06);
        }
}

static void colours_are_spread_over_the_values(void **state) {
    (void)state;
    static const struct {
        double values[8];
        size_t n;
        int colour[8]; // of each value, ascending
    } cases[] = {
        {{0}, 1, {3}},
        {{15, 0}, 2, {1, 4}},
        {{30, 15, 0}, 3, {1, 3, 5}},
        {{45, 30, 15, 0}, 4, {0, 2, 3, 5}},
        {{0, 10, 20, 30, 45, 60}, 6, {0, 1, 2, 3, 4, 5}},
        {{15, 0, 15, NAN}, 4, {1, 4}},
        {{0, 1, 2, 3, 4, 5, 6, 7}, 8, {0, 1, 1, 2, 3, 4, 4, 5}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapExpr) all = ramp(), step = ramp();
        GapContext c = {.given = "from_min"};
        GapColour colour[6];
        for (int k = 0; k < 6; k++) {
            c.given_value = 15 * k;
            colour[k] = gap_expr_colour(all, &c, (GapColour){0});
        }
        gap_classes_spread(step, cases[i].values, cases[i].n);
        double values[8];
        size_t m = 0;
        for (double at = 0; at <= 60; at++) // the values, sorted, each once
            for (size_t k = 0; k < cases[i].n; k++)
                if (cases[i].values[k] == at && (m == 0 || values[m - 1] < at))
                    values[m++] = at;
        for (size_t k = 0; k < m; k++) {
            c.given_value = values[k];
            GapColour got = gap_expr_colour(step, &c, (GapColour){0});
            assert_memory_equal(&got, &colour[cases[i].colour[k]], sizeof got);
        }
    }
    g_autoptr(GapExpr) step = ramp();
    gap_classes_spread(step, NULL, 0); // nothing known: one class
    GapClass class[GAP_CLASSES_MAX];
    assert_int_equal(gap_classes_read(step, class), 1);
}

/** A ridge from north to south along 72 degrees, 3 km high, without data east of 73. */
static GapGrid *ridge(void) {
    GError *error = NULL;
    GapGrid *g = gap_grid_new(480, 240, &error);
    assert_no_error(error);
    g->west = 70;
    g->north = 42;
    g->dx = g->dy = 1 / 120.0;
    for (size_t i = 0; i < g->cols * g->rows; i++) {
        double lon = g->west + ((double)(i % g->cols) + 0.5) * g->dx;
        g->cells[i] = lon > 73 ? NAN : (float)(3000 * MAX(1 - 2 * fabs(lon - 72), 0));
    }
    return g;
}

static const GapItem *relief_of(const GapScene *scene) {
    for (guint i = 0; i < scene->items->len; i++)
        if (scene_item(scene, i)->kind == GAP_ITEM_IMAGE && scene_item(scene, i)->frame == 1)
            return scene_item(scene, i);
    return NULL;
}

/** The mean ink of the relief between two longitudes (of 70 to 74): how much of it is shadow, and
 *  how much light. */
static void ink(const GapItem *relief, double from, double to, double *dark, double *light) {
    const guint32 *pixels = g_bytes_get_data(relief->pixels, NULL);
    size_t n = 0;
    *dark = *light = 0;
    for (unsigned y = relief->rows / 3; y < relief->rows / 2; y++)
        for (unsigned x = (unsigned)(relief->cols * from); x < relief->cols * to; x++, n++) {
            guint32 p = pixels[(size_t)y * relief->cols + x];
            *((p & 255) < (p >> 24) / 2 ? dark : light) += (p >> 24) / 255.0;
        }
    *dark /= (double)n;
    *light /= (double)n;
}

static void relief_lies_over_bands_and_is_lit_from_the_west(void **state) {
    (void)state;
    Country c = country_small();
    g_hash_table_insert(c.data.tables, g_strdup("isochrones"), gap_table_new("none"));
    c.data.terrain = c.terrain = ridge();
    g_autoptr(GapScene) scene = country_scene(&c, "travel", "en", fonts);
    const GapItem *relief = relief_of(scene);
    assert_non_null(relief);
    // The country fills the frame from some 0.06 to 0.94 of its width or less; the ridge stands in
    // the middle, its flanks half a degree wide.
    double west_dark, west_light, east_dark, east_light, flat_dark, flat_light;
    ink(relief, 0.42, 0.48, &west_dark, &west_light);
    ink(relief, 0.52, 0.58, &east_dark, &east_light);
    ink(relief, 0.15, 0.25, &flat_dark, &flat_light);
    assert_true(east_dark > west_dark + 0.02);
    assert_true(flat_dark < 0.02 && flat_light < 0.02);
    ink(relief, 0.97, 1, &east_dark, &east_light); // no data: nothing
    assert_near(east_dark + east_light, 0, 1e-9);
    country_free(&c);
}

static void relief_is_drawn_after_the_bands(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) without = country_scene(&c, "travel", "en", fonts);
    assert_null(relief_of(without));
    c.data.terrain = c.terrain = ridge();
    g_autoptr(GapScene) scene = country_scene(&c, "travel", "en", fonts);
    const GapItem *band[4], *relief = relief_of(scene);
    size_t n = bands_drawn(scene, band, 4);
    assert_true(n == 3 && relief > band[n - 1]); // items lie in drawing order
    country_free(&c);
}

/** A run in one corner is drawn large; one over most of the country, with the whole country. */
static void the_map_shows_where_the_bands_are(void **state) {
    (void)state;
    Country c = country_small();
    g_autoptr(GapScene) whole = country_scene(&c, "travel", "en", fonts);
    GapTable *bands = country_table(&c, "isochrones");
    for (size_t row = 0; row < gap_table_rows(bands); row++)
        put_box(bands, row, 70.3 + 0.05 * (double)row, 40.3, 70.8 - 0.05 * (double)row, 40.6);
    g_autoptr(GapScene) part = country_scene(&c, "travel", "en", fonts);
    const GapItem *a[4], *b[4];
    bands_drawn(whole, a, 4);
    bands_drawn(part, b, 4);
    const GapBox frame = g_array_index(part->frames, GapSceneFrame, 0).box;
    assert_true(b[0]->box.min_x > frame.min_x && b[0]->box.max_x < frame.max_x);
    assert_true(b[0]->box.min_y > frame.min_y && b[0]->box.max_y < frame.max_y);
    assert_true(b[0]->box.max_y - b[0]->box.min_y > 0.7 * (frame.max_y - frame.min_y));
    // The small map says where in the country that is; a map of the whole has none.
    const GapItem *here = NULL, *land = NULL;
    for (guint i = 0; i < part->items->len; i++) {
        const GapItem *item = scene_item(part, i);
        here = g_str_equal(item->id, "here") ? item : here;
        land = g_str_equal(item->id, "locator") && item->frame ? item : land;
    }
    assert_non_null(here);
    double middle = (here->box.min_x + here->box.max_x) / 2; // 70.55 degrees of 70 to 74
    assert_near((middle - land->box.min_x) / (land->box.max_x - land->box.min_x), 0.55 / 4, 0.02);
    for (guint i = 0; i < whole->items->len; i++)
        assert_string_not_equal(scene_item(whole, i)->role, "locator");
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_say_how_reach_is_measured),
        cmocka_unit_test(a_run_in_a_straight_line_is_refused),
        cmocka_unit_test(bands_are_nested_and_darken_inwards),
        cmocka_unit_test(the_legend_says_minutes_and_people),
        cmocka_unit_test(bars_are_to_scale),
        cmocka_unit_test(times_are_written_out),
        cmocka_unit_test(the_ramp_is_monotone_in_grey),
        cmocka_unit_test(colours_are_spread_over_the_values),
        cmocka_unit_test(relief_lies_over_bands_and_is_lit_from_the_west),
        cmocka_unit_test(relief_is_drawn_after_the_bands),
        cmocka_unit_test(the_map_shows_where_the_bands_are),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
