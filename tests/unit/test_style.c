#include "tests/check.h"

#include "styles/style.h"
#include "styles/style_properties.h"

#define HEAD                                                                                       \
    "{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {}}, \"sources\": {\"p\": "      \
    "{\"type\": \"geojson\", \"data\": \"gapmap:provinces\"}}, \"layers\": ["
#define LAYER(type, rest)                                                                          \
    HEAD "{\"id\": \"a\", \"type\": \"" type "\", \"source\": \"p\"" rest "}]}"

static void a_good_style_is_read(void **state) {
    (void)state;
    GError *error = NULL;
    const char text[] =
        LAYER("line", ", \"filter\": [\"has\", \"x\"], \"layout\": {\"visibility\": "
                      "\"none\"}, \"paint\": {\"line-width\": 2, "
                      "\"line-dasharray\": [3, 1]}");
    g_autoptr(GapStyle) style = gap_style_parse(text, strlen(text), "t.json", &error);
    assert_no_error(error);
    const GapStyleLayer *layer = gap_style_layer(style, "a");
    GapContext c = {0};
    assert_non_null(layer);
    assert_true(layer->hidden);
    assert_non_null(layer->filter);
    assert_near(layer->dash[0], 3, 0);
    assert_near(gap_layer_number(layer, GAP_PROP_LINE_WIDTH, &c), 2, 0);
    assert_near(gap_layer_number(layer, GAP_PROP_LINE_OPACITY, &c), 1, 0);
    assert_string_equal(gap_style_source(style, "p")->layer, "provinces");
    assert_null(gap_style_source(style, "q"));
}

static void bad_styles_are_told(void **state) {
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", "t.json, line 1"},
        {"{", "t.json, line 1"},
        {"[]", "a style is a JSON object"},
        {"{\"version\": 7, \"name\": \"t\"}", "version: 8 is wanted"},
        {"{\"version\": 8}", "style.name: text is wanted"},
        {"{\"version\": 8, \"version\": 8}", "duplicate object key"},
        {"{\"version\": 8, \"name\": \"t\", \"layers\": []}", "metadata.gapmap is missing"},
        {"{\"version\": 8, \"nam\": \"t\"}", "style.nam is not supported; did you mean 'name'?"},
        {HEAD "{}]}", "layers[0].id: text is wanted"},
        {HEAD "7]}", "layers[0]: an object is wanted"},
        {HEAD "{\"id\": \"a\", \"type\": \"background\"}, {\"id\": \"a\", \"type\": "
              "\"background\"}]}",
         "layers[1].id: another layer has this id"},
        {LAYER("heatmap", ""), "layers[0].type: layers of type 'heatmap' are not supported"},
        {LAYER("fill", ", \"minzom\": 3"), "layers[0].minzom is not supported; did you mean"},
        {LAYER("fill", ", \"paint\": {\"fill-colour\": \"#fff\"}"),
         "layers[0].paint.fill-colour is not supported; did you mean 'fill-color'?"},
        {LAYER("fill", ", \"paint\": {\"line-width\": 1}"), "layers[0].paint.line-width"},
        {LAYER("fill", ", \"layout\": {\"fill-color\": \"#fff\"}"), "layers[0].layout.fill-color"},
        {LAYER("fill", ", \"paint\": 3"), "layers[0].paint: an object is wanted"},
        {LAYER("fill", ", \"paint\": {\"fill-opacity\": \"x\"}"),
         "layers[0].paint.fill-opacity: a number is wanted, this is text"},
        {LAYER("fill", ", \"paint\": {\"fill-color\": [\"step\", [\"get\", \"x\"], \"#fff\", 2, "
                       "\"red-ish\"]}"),
         "layers[0].paint.fill-color[4]: 'red-ish' is not a colour"},
        {LAYER("fill", ", \"filter\": [\"==\", 1]"), "layers[0].filter: == has 1 arguments"},
        {LAYER("fill", ", \"filter\": [\"+\", 1, 2]"), "layers[0].filter: true or false is wanted"},
        {LAYER("fill", ", \"layout\": {\"visibility\": \"maybe\"}"), "'visible' or 'none'"},
        {LAYER("line", ", \"paint\": {\"line-dasharray\": [1]}"), "a list of two numbers"},
        {LAYER("line", ", \"paint\": {\"line-dasharray\": [1, -1]}"),
         "line-dasharray[1]: a length"},
        {LAYER("symbol", ", \"layout\": {\"text-font\": [\"Arial\"]}"), "Noto Sans Regular"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:frist\": 3}"),
         "layers[0].metadata.gapmap:frist is not supported; did you mean 'gapmap:first'?"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:first\": \"x\"}"), "a number is wanted"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:only\": \"x\"}"), "'map' or 'inset'"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:around\": 3}"), "text is wanted"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:apart\": 1}"),
         "layers[0].metadata.gapmap:apart: true or false is wanted"},
        {LAYER("symbol", ", \"metadata\": 3"), "layers[0].metadata: an object"},
        {LAYER("circle", ", \"metadata\": {\"gapmap:hatch\": [\"sqrt\", 1]}"),
         "layers[0].metadata.gapmap:hatch: text is wanted"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:bar\": {\"width\": 80}}"), "gapmap:bar"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:bar\": {\"width\": 80, \"height\": 9, "
                         "\"parts\": [[1, \"red\", \"x\"]]}}"),
         "gapmap:bar.parts[0]: [expression, colour, word]"},
        {"{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {\"pannel\": []}}}",
         "metadata.gapmap.pannel is not supported; did you mean 'panel'?"},
        {HEAD "{\"id\": \"a\", \"type\": \"fill\"}]}", "layers[0].source: text is wanted"},
        {HEAD "{\"id\": \"a\", \"type\": \"fill\", \"source\": \"q\"}]}", "there is no source 'q'"},
        {"{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {}}, \"sources\": {\"p\": "
         "{\"type\": \"vector\"}}, \"layers\": []}",
         "sources.p.type: only geojson and raster-dem"},
        {"{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {}}, \"sources\": {\"p\": "
         "{\"type\": \"geojson\", \"data\": \"http://x.example/a.json\"}}, \"layers\": []}",
         "sources.p.data: a layer of the store is wanted"},
        {"{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {}}, \"sources\": {\"p\": "
         "{\"type\": \"geojson\", \"data\": \"gapmap:a/b\"}}, \"layers\": []}",
         "only 'seat' is known"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        assert_null(gap_style_parse(cases[i].text, strlen(cases[i].text), "t.json", &error));
        assert_error_says(error, cases[i].says);
    }
}

static void size_and_depth_are_bounded(void **state) {
    (void)state;
    GError *error = NULL;
    g_autofree char *large = g_strnfill(10 << 20, ' ');
    assert_null(gap_style_parse(large, strlen(large), "t.json", &error));
    assert_error_says(error, "at most 1 MiB");
    g_autofree char *deep = g_strnfill(100000, '[');
    assert_null(gap_style_parse(deep, strlen(deep), "t.json", &error));
    assert_error_says(error, "64 levels");
    const char zero[] = "{\"a\": \0}";
    assert_null(gap_style_parse(zero, sizeof zero, "t.json", &error));
    assert_error_says(error, "t.json");
}

static void bundled_styles_are_read(void **state) {
    (void)state;
    GError *error = NULL;
    for (size_t i = 0; GAP_THEMES[i]; i++) {
        g_autoptr(GapStyle) style = gap_style_bundled(GAP_THEMES[i], &error);
        assert_no_error(error);
        assert_string_equal(style->name, GAP_THEMES[i]);
    }
    assert_null(gap_style_bundled("covrage", &error));
    assert_error_says(error, "did you mean 'coverage'?");
}

/** Every property stands in the manual of styles. */
static void the_manual_names_every_property(void **state) {
    (void)state;
    g_autofree char *path = g_build_filename(GAP_SOURCE, "styles/gapmap-styles.scd", NULL);
    g_autofree char *manual = NULL;
    assert_true(g_file_get_contents(path, &manual, NULL, NULL));
    for (size_t i = 0; i < GAP_PROPS; i++)
        if (!strstr(manual, gap_properties[i].name))
            fail_msg("gapmap-styles(7) does not tell of %s", gap_properties[i].name);
}

static void colours_are_parsed(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool good;
    } cases[] = {{"#fff", true},         {"#FFFFFF", true},       {"#ffffff80", true},
                 {"white", true},        {"transparent", true},   {"", false},
                 {"#", false},           {"#ff", false},          {"#gggggg", false},
                 {"rgb(1,2,3)", true},   {"rgb(1,2)", false},     {"rgba(1,2,3,2)", false},
                 {"rgb(-1,2,3)", false}, {"rgb(1,2,3) x", false}, {"rgb(nan,1,1)", false}};
    GapColour colour;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (gap_colour_parse(cases[i].text, &colour) != cases[i].good)
            fail_msg("'%s' is %s", cases[i].text, cases[i].good ? "a colour" : "no colour");
    assert_true(gap_colour_parse("#ff000080", &colour));
    assert_near(gap_colour_fade(colour, 0.5).a, 0.251, 0.001);
    assert_near(gap_colour_fade(colour, 7).a, colour.a, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_style_is_read),
        cmocka_unit_test(bad_styles_are_told),
        cmocka_unit_test(size_and_depth_are_bounded),
        cmocka_unit_test(bundled_styles_are_read),
        cmocka_unit_test(the_manual_names_every_property),
        cmocka_unit_test(colours_are_parsed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
