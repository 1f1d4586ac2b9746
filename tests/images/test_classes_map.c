// Classes of a map: how their limits are written, and what a theme's method makes of a layer.
#include "geo/text/message.h"
#include "tests/fonts_fixture.h"
#include "tests/images/country.h"

#include "styles/classes.h"

#include <float.h>

static const char *const all_methods[] = {"natural", "natural-plain", "quantile", "equal", "pretty",
                                          "sd",      "manual",        "values"};

/** Five colours: limits 10, 20, 30, 40. */
static GapExpr *five(void) {
    GError *error = NULL;
    json_t *json = json_loads("[\"step\", [\"get\", \"x\"], \"#000001\", 10, \"#000002\", 20, "
                              "\"#000003\", 30, \"#000004\", 40, \"#000005\"]",
                              0, NULL);
    GapExpr *step = gap_expr_parse(json, GAP_VALUE_COLOUR, "x", &error);
    json_decref(json);
    assert_no_error(error);
    return step;
}

static void limits_are_written_for_people(void **state) {
    (void)state;
    static const struct {
        double from, to;
        GapClassFormat format;
        const char *lang, *text;
    } cases[] = {
        {10, 20, GAP_CLASS_NUMBER, "en", "10–20"},
        {0.1, 0.2, GAP_CLASS_PERCENT, "en", "10–20%"},
        {0.07, 0.14, GAP_CLASS_PERCENT, "en", "7–14%"},
        {0.28, 0.29, GAP_CLASS_PERCENT, "ru", "28–29\u202f%"},
        {0.38, 0.384, GAP_CLASS_NUMBER, "en", "0.38–0.384"},
        {0.38, 0.384, GAP_CLASS_NUMBER, "ky", "0,38–0,384"},
        {0.0012, 0.00125, GAP_CLASS_PERCENT, "en", "0.12–0.125%"},
        {-INFINITY, 0.005, GAP_CLASS_NUMBER, "en", "under 0.005"},
        {1500, INFINITY, GAP_CLASS_NUMBER, "en", "1,500 and more"},
        {0.8, INFINITY, GAP_CLASS_PERCENT, "en", "80–100%"},
        {-20, -10, GAP_CLASS_NUMBER, "en", "\u221220 … \u221210"},
        {-0.5, 2, GAP_CLASS_NUMBER, "ru", "\u22120,5 … 2"},
        {0, 2e-9, GAP_CLASS_NUMBER, "en", "0–2×10⁻⁹"},
        {2.5e300, 1e301, GAP_CLASS_NUMBER, "ru", "2,5×10³⁰⁰–1×10³⁰¹"},
        {1, 1 + DBL_EPSILON, GAP_CLASS_NUMBER, "en", "1–1.0000000000000002"},
        {0.05, 0.25, GAP_CLASS_POINTS, "en", "+5 … +25"},
        {-0.025, 0, GAP_CLASS_POINTS, "ky", "\u22122,5 … 0"},
        {-INFINITY, -0.54, GAP_CLASS_POINTS, "ru", "\u2212100 … \u221254"},
        {0.54, INFINITY, GAP_CLASS_POINTS, "en", "+54 … +100"},
        {-INFINITY, INFINITY, GAP_CLASS_NUMBER, "en", "all values"},
    };
    Country c = country_small();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GHashTable) said = gap_message_values_new();
        GapMap map = {.data = &c.data, .lang = cases[i].lang, .group = "gaps", .said = said};
        GapClass class = {cases[i].from, cases[i].to, {0}};
        g_autofree char *text = gap_class_text(&map, class, cases[i].format);
        assert_string_equal(text, cases[i].text);
    }
    country_free(&c);
}

/** Whatever the values: no class has the text of another, none has one limit twice, and the colour
 *  of each value is that of the class that holds it. */
static void each_class_reads_differently(void **state) {
    (void)state;
    static const double sizes[] = {1, 1e-3, 1e-12, 1e9, 1e200, -1};
    g_autoptr(GRand) random = g_rand_new_with_seed(38);
    Country c = country_small();
    g_autoptr(GHashTable) said = gap_message_values_new();
    GapMap map = {.data = &c.data, .lang = "en", .group = "gaps", .said = said};
    for (int round = 0; round < 300; round++) {
        double value[30], close = round % 3 ? 1 : 1e-7;
        size_t n = (size_t)g_rand_int_range(random, 1, 30);
        for (size_t i = 0; i < n; i++)
            value[i] = sizes[round % 6] * (3 + close * g_rand_double(random));
        g_autoptr(GapExpr) step = five();
        assert_true(gap_classes_fit(step, all_methods[round % 6], value, n));
        GapClass class[GAP_CLASSES_MAX];
        size_t classes = gap_classes_read(step, class);
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (size_t k = 0; k < classes; k++) {
            assert_true(class[k].from < class[k].to);
            char *text = gap_class_text(&map, class[k], GAP_CLASS_NUMBER);
            if (!g_hash_table_add(seen, text))
                fail_msg("twice '%s', %s", text, all_methods[round % 6]);
        }
        for (size_t i = 0; i < n; i++) {
            GapContext at = {.given = "x", .given_value = value[i]};
            GapColour colour = gap_expr_colour(step, &at, (GapColour){0});
            unsigned holds = 0;
            for (size_t k = 0; k < classes; k++)
                if (value[i] >= class[k].from && value[i] < class[k].to) {
                    assert_memory_equal(&colour, &class[k].colour, sizeof colour);
                    holds++;
                }
            assert_int_equal(holds, 1);
        }
    }
    country_free(&c);
}

static void methods_set_the_limits(void **state) {
    (void)state;
    static const struct {
        const char *method;
        size_t n, classes;
        double value[10], from[5];
        int first; // colour of the first class
    } cases[] = {
        {"manual", 3, 5, {1, 2, 3}, {-INFINITY, 10, 20, 30, 40}, 1},
        {"natural", 4, 4, {176, 289, 402, 515}, {-INFINITY, 200, 400, 500}, 1},
        {"quantile", 10, 5, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {-INFINITY, 3, 5, 7, 9}, 1},
        {"equal", 2, 5, {0, 49}, {-INFINITY, 10, 20, 29, 39}, 1}, // 9.8, 19.6, 29.4, 39.2,
        {"pretty", 2, 5, {3, 98}, {-INFINITY, 20, 40, 60, 80}, 1},
        {"pretty", 2, 4, {3, 78}, {-INFINITY, 20, 40, 60}, 1},
        // Mean 5, deviation 2: 2, 4, 6 and 8. Nothing lies under 2.
        {"sd", 8, 4, {2, 4, 4, 4, 5, 5, 7, 9}, {-INFINITY, 4, 6, 8}, 2},
        {"sd", 2, 3, {0, 1}, {-INFINITY, 0.25, 0.75}, 2},
        {"values", 2, 2, {0, 1}, {-INFINITY, 1}, 2},
        {"natural", 1, 1, {7}, {-INFINITY}, 1},
        {"equal", 3, 1, {7, 7, 7}, {-INFINITY}, 1},
        {"sd", 3, 1, {7, NAN, 7}, {-INFINITY}, 1},
        {"quantile", 2, 1, {NAN, NAN}, {-INFINITY}, 1},
        {"pretty", 0, 1, {0}, {-INFINITY}, 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GapExpr) step = five();
        GapClass class[GAP_CLASSES_MAX];
        assert_true(gap_classes_fit(step, cases[i].method, cases[i].value, cases[i].n));
        size_t classes = gap_classes_read(step, class);
        if (classes != cases[i].classes)
            fail_msg("case %zu, %s: %zu classes", i, cases[i].method, classes);
        assert_int_equal((int)round(class[0].colour.b * 255), cases[i].first);
        for (size_t k = 1; k < classes; k++)
            if (class[k].from != cases[i].from[k])
                fail_msg("case %zu, %s: limit %zu is %.17g", i, cases[i].method, k, class[k].from);
    }
    g_autoptr(GapExpr) step = five();
    assert_false(gap_classes_fit(step, "jenks", NULL, 0));
}

/** The theme of crime and plans with other classes (taken over), their fit asked for. */
static GapScene *scene_of(Country *c, json_t *classes, const char *lang, GError **error) {
    static const char path[] = GAP_SOURCE "/styles/themes/crime-and-plans.json";
    json_t *json = json_load_file(path, 0, NULL);
    json_t *page = json_object_get(json_object_get(json, "metadata"), "gapmap");
    assert_non_null(page);
    json_object_set_new(page, "classes", classes);
    json_object_set_new(json_array_get(json_object_get(page, "panel"), 0), "fit", json_true());
    char *text = json_dumps(json, 0);
    json_decref(json);
    g_autoptr(GapStyle) style = gap_style_parse(text, strlen(text), "mine", error);
    free(text);
    return style ? gap_map_scene(style, &c->data, &(GapMapPage){.lang = lang}, fonts, error) : NULL;
}

static void the_legend_states_the_fit(void **state) {
    (void)state;
    // Rates 176, 289, 402 and 515: a class for each, but by deviations (345.5, 126.3), where the
    // second and the third share one: 2 x 56.5^2 of 2 x (56.5^2 + 169.5^2) is a tenth.
    static const char *const cases[][3] = {
        {"natural", "en", "classes: natural breaks, fit 1.00"},
        {"natural-plain", "en", "classes: natural breaks, fit 1.00"},
        {"quantile", "ru", "классы: квантили, соответствие 1,00"},
        {"equal", "ky", "класстар: бирдей аралыктар, дал келүүсү 1,00"},
        {"pretty", "en", "classes: round numbers, fit 1.00"},
        {"manual", "en", "classes: given limits, fit "},
        {"sd", "ru", "классы: стандартные отклонения, соответствие 0,90"},
        {"values", "ky", "класстар: ар бир маани, дал келүүсү 1,00"},
    };
    Country c = country_small();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autoptr(GapScene) scene =
            scene_of(&c, json_pack("{ss}", "rates", cases[i][0]), cases[i][1], &error);
        assert_no_error(error);
        if (!says(scene, NULL, cases[i][2]))
            fail_msg("the page does not say '%s'", cases[i][2]);
    }
    g_autoptr(GapScene) plain = country_scene(&c, "crime-and-plans", "en", fonts);
    assert_false(says(plain, NULL, "fit "));
    country_free(&c);
}

static void what_is_no_method_is_told(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"{\"rates\": \"jenks\"}", "metadata.gapmap.classes.rates: 'jenks' is no method: natural"},
        {"{\"rates\": 5}", "metadata.gapmap.classes.rates: the id of a fill"},
        {"{\"lakes\": \"sd\"}", "metadata.gapmap.classes.lakes: the id of a fill"},
        {"{\"none\": \"sd\"}", "metadata.gapmap.classes.none: the id of a fill"},
        {"[\"sd\"]", "metadata.gapmap.classes: an object"},
    };
    Country c = country_small();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        assert_null(scene_of(&c, json_loads(cases[i][0], 0, NULL), "en", &error));
        assert_error_says(error, cases[i][1]);
    }
    country_free(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_written_for_people),
        cmocka_unit_test(each_class_reads_differently),
        cmocka_unit_test(methods_set_the_limits),
        cmocka_unit_test(the_legend_states_the_fit),
        cmocka_unit_test(what_is_no_method_is_told),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
