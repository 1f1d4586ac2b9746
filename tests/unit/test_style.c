#include "tests/check.h"

#include "styles/expr_node.h"
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

static void assert_refused(const char *text, const char *says) {
    GError *error = NULL;
    assert_null(gap_style_parse(text, strlen(text), "t.json", &error));
    if (error && !g_str_has_prefix(error->message, "t.json"))
        fail_msg("'%s' does not name the file", error->message);
    assert_error_says(error, says);
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
        {LAYER("line", ", \"paint\": {\"line-dasharray\": [1]}"), "a list of 2, 4, 6 or 8 numbers"},
        {LAYER("line", ", \"paint\": {\"line-dasharray\": [1, -1]}"),
         "line-dasharray[1]: a length"},
        {LAYER("symbol", ", \"layout\": {\"text-font\": [\"Arial\"]}"), "Noto Sans Regular"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:frist\": 3}"),
         "layers[0].metadata.gapmap:frist is not supported; did you mean 'gapmap:first'?"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:first\": \"x\"}"), "a number is wanted"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:only\": \"x\"}"), "'map' or 'inset'"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:around\": 3}"), "text is wanted"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:leader\": true}"),
         "layers[0].metadata.gapmap:leader: 'always', 'once', 'never' or an expression"},
        {LAYER("symbol", ", \"metadata\": {\"gapmap:leader\": \"often\"}"), "'always', 'once'"},
        {LAYER("symbol", ", \"layout\": {\"symbol-placement\": \"line-center\"}"),
         "layers[0].layout.symbol-placement: 'point' or 'line' is wanted"},
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
         "sources.p.type: only geojson, raster-dem and image"},
        {"{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {}}, \"sources\": {\"p\": "
         "{\"type\": \"geojson\", \"data\": \"http://x.example/a.json\"}}, \"layers\": []}",
         "sources.p.data: a layer of the store is wanted"},
        {"{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {}}, \"sources\": {\"p\": "
         "{\"type\": \"geojson\", \"data\": \"gapmap:a/b\"}}, \"layers\": []}",
         "only 'seat' is known"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_refused(cases[i].text, cases[i].says);
}

/** What is wrong in one layer: its id, its place and what would be right are told. */
static void bad_layers_are_told(void **state) {
    (void)state;
    static const struct {
        const char *type, *rest, *says;
    } cases[] = {
        {"heatmap", "",
         "layers[0].type: layers of type 'heatmap' are not supported; a layer is "
         "background, fill, line, circle, symbol, hillshade or raster"},
        {"raster", "", "layers[0].source: 'p' is no source of type image"},
        {"raster", ", \"paint\": {\"raster-saturation\": -2}",
         "layers[0].source: 'p' is no source of type image"},
        {"fill", ", \"ref\": \"a\"", "layers[0].ref is not supported"},
        {"fill", ", \"source-layer\": \"x\"", "layers[0].source-layer is not supported"},
        {"fill", ", \"paint\": {\"fill-translate\": [1, 1]}",
         "layers[0].paint.fill-translate: MapLibre has it, but no page shows it; leave it out"},
        {"fill", ", \"paint\": {\"line-blur\": 1}",
         "layers[0].paint.line-blur is not supported; here stands fill-color, fill-opacity"},
        {"symbol", ", \"layout\": {\"text-rotate\": 90}",
         "layers[0].layout.text-rotate: MapLibre has"},
        {"symbol", ", \"layout\": {\"text-offset\": [1]}",
         "layers[0].layout.text-offset: a list of two numbers is wanted"},
        {"symbol", ", \"layout\": {\"text-offset\": 1}",
         "layers[0].layout.text-offset: a list is wanted, this is a number"},
        {"symbol",
         ", \"layout\": {\"text-offset\": [\"case\", true, [\"literal\", [0, \"a\"]], [0, 1]]}",
         "layers[0].layout.text-offset: a list of two numbers is wanted"},
        {"symbol",
         ", \"layout\": {\"text-offset\": [\"interpolate\", [\"linear\"], [\"zoom\"], 1, [0, 1]]}",
         "only numbers and colours lie between others"},
        {"symbol", ", \"layout\": {\"text-variable-anchor\": [\"top\", \"middle\"]}",
         "layers[0].layout.text-variable-anchor: a list of center, left, right"},
        {"symbol", ", \"layout\": {\"text-variable-anchor\": []}", "a list of center, left"},
        {"line", ", \"paint\": {\"line-dasharray\": [1, 2, 3]}", "a list of 2, 4, 6 or 8"},
        {"background", ", \"paint\": {\"background-opacity\": 2}", "2 is out of range"},
        {"line", ", \"paint\": {\"line-cap\": \"round\"}",
         "layers[0].paint.line-cap: it stands under layout"},
        {"fill", ", \"layout\": {\"fill-color\": \"#fff\"}", "it stands under paint"},
        {"fill", ", \"paint\": {\"fill-opacity\": 3}",
         "layers[0].paint.fill-opacity: 3 is out of range, a number from 0 to 1 is wanted"},
        {"line", ", \"paint\": {\"line-width\": [\"step\", [\"get\", \"x\"], 1, 5, -2]}",
         "layers[0].paint.line-width: -2 is out of range, a number, 0 or more is wanted"},
        {"symbol", ", \"layout\": {\"text-size\": [\"coalesce\", [\"get\", \"x\"], -1]}",
         "layers[0].layout.text-size: -1 is out of range"},
        {"fill", ", \"paint\": {\"fill-pattern\": \"hatch-upp\"}",
         "layers[0].paint.fill-pattern: 'hatch-upp' is not known here; did you mean 'hatch-up'?; "
         "wanted is hatch-up, hatch-down, hatch-cross or dots"},
        {"fill",
         ", \"paint\": {\"fill-pattern\": [\"match\", [\"get\", \"x\"], \"a\", \"dots\", "
         "\"lines\"]}",
         "'lines' is not known here; wanted is hatch-up"},
        {"symbol", ", \"layout\": {\"icon-image\": \"kiosk\"}",
         "layers[0].layout.icon-image: 'kiosk' is not known here; wanted is station, district"},
        {"symbol", ", \"layout\": {\"text-transform\": \"upper\"}",
         "layers[0].layout.text-transform: 'upper' is not known here"},
        {"symbol", ", \"layout\": {\"text-anchor\": \"lefty\"}",
         "'lefty' is not known here; did you mean 'left'?; wanted is center, left, right, top"},
        {"symbol", ", \"layout\": {\"text-field\": 3}", "text is wanted, this is a number"},
        {"line", ", \"layout\": {\"line-join\": [\"case\", true, \"round\", \"sharp\"]}",
         "'sharp' is not known here; wanted is miter, round or bevel"},
        {"circle", ", \"metadata\": {\"gapmap:hatch\": [\"case\", true, \"dots\", \"dost\"]}",
         "layers[0].metadata.gapmap:hatch: 'dost' is not known here; did you mean 'dots'?"},
        {"circle", ", \"metadata\": {\"gapmap:around\": \"b\"}",
         "layers[0].metadata.gapmap:around: 'b' is no circle layer"},
        {"symbol", ", \"metadata\": {\"gapmap:around\": \"a\"}", "'a' is no circle layer"},
        {"circle",
         ", \"paint\": {\"circle-radius\": [\"*\", 2, [\"interpolate\", [\"linear\"], [\"zoom\"], "
         "5, "
         "1, 9, 3]]}",
         "layers[0].paint.circle-radius: zoom stands only as the input"},
        {"circle", ", \"paint\": {\"circle-radius\": [\"zoom\"]}", "zoom stands only"},
        {"fill", ", \"minzoom\": \"x\"", "layers[0].minzoom: a number from 0 to 24 is wanted"},
        {"fill", ", \"maxzoom\": 25", "layers[0].maxzoom: a number from 0 to 24 is wanted"},
        {"hillshade", "", "layers[0].source: 'p' is no source of type raster-dem"},
        {"fill", ", \"source\": \"p\"", "duplicate object key"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf("%s{\"id\": \"a\", \"type\": \"%s\", \"source\": \"p\"%s}]}", HEAD,
                            cases[i].type, cases[i].rest);
        assert_refused(text, cases[i].says);
        if (!strstr(cases[i].says, "duplicate"))
            assert_refused(text, "t.json: layer 'a': ");
    }
}

#define SQUARE "[[70, 41], [71, 41], [71, 40], [70, 40]]"
#define IMAGE(url, corners)                                                                        \
    "\"t\": {\"type\": \"image\", \"url\": \"" url "\", \"coordinates\": " corners "}"

static void bad_pages_are_told(void **state) {
    (void)state;
    static const struct {
        const char *page, *sources, *says;
    } cases[] = {
        {"\"panel\": {}", "", "metadata.gapmap.panel: a list of objects is wanted"},
        {"\"panel\": [1]", "", "metadata.gapmap.panel: a list of objects is wanted"},
        {"\"insets\": \"x\"", "", "metadata.gapmap.insets: a list of objects is wanted"},
        {"\"notes\": [1]", "", "metadata.gapmap.notes: a list of texts is wanted"},
        {"\"needs\": \"within\"", "", "metadata.gapmap.needs: a list of texts is wanted"},
        {"\"classes\": []", "", "metadata.gapmap.classes: an object is wanted"},
        {"\"words\": 1", "", "metadata.gapmap.words: text is wanted"},
        {"\"mode\": \"walk\"", "", "metadata.gapmap.mode: 'walk' is none; straight or travel"},
        {"\"extent\": \"q\"", "", "metadata.gapmap.extent: 'q' is no source"},
        {"\"graticule\": 1", "", "metadata.gapmap.graticule: true or false is wanted"},
        {"\"titel\": \"x\"", "", "metadata.gapmap.titel is not supported"},
        {"", "\"t\": {\"type\": \"raster-dem\", \"url\": \"gapmap:people\"}",
         "sources.t.url: a layer of the store is wanted, such as gapmap:terrain"},
        {"", "\"t\": {\"type\": \"raster-dem\", \"url\": \"gapmap:terrain/seat\"}",
         "sources.t.url"},
        {"", "\"t\": {\"type\": \"raster\", \"url\": \"gapmap:terrain\"}",
         "sources.t.type: only geojson, raster-dem and image"},
        {"", IMAGE("map.png", SQUARE) ", \"u\": {\"type\": \"video\"}", "sources.u.type: only"},
        {"", IMAGE("", SQUARE), "sources.t.url: '' is no file beside the style"},
        {"", IMAGE("https://example.org/map.png", SQUARE), "is no file beside the style"},
        {"", IMAGE("file:map.png", SQUARE), "'file:map.png' is no file beside the style"},
        {"", IMAGE("C:map.png", SQUARE), "is no file beside the style"},
        {"", IMAGE("data:image/png;base64,AAAA", SQUARE), "is no file beside the style"},
        {"", IMAGE("//server/map.png", SQUARE), "is no file beside the style"},
        {"", IMAGE("/vsicurl/x.png", SQUARE), "is no file beside the style"},
        {"", IMAGE("|cat", SQUARE), "'|cat' is no file beside the style"},
        {"", IMAGE("a\\nb.png", SQUARE), "is no file beside the style"},
        {"", IMAGE("map.png", "[[70, 41], [71, 41], [71, 40]]"),
         "sources.t.coordinates: four corners are wanted"},
        {"", IMAGE("map.png", "[[70, 41], [71, 41], [71, 40], [70, 90]]"),
         "sources.t.coordinates[3]: longitude and latitude"},
        {"", IMAGE("map.png", "[[70, 41], [71, \"41\"], [71, 40], [70, 40]]"),
         "sources.t.coordinates[1]: longitude"},
        {"", IMAGE("map.png", "7"), "sources.t.coordinates: four corners"},
        {"", "\"t\": {\"type\": \"image\", \"url\": \"a.png\", \"attribution\": \"x\"}",
         "sources.t.attribution is not supported; here stands type, url or coordinates"},
        {"", "\"t\": {\"type\": \"geojson\", \"data\": \"gapmap:\"}", "sources.t.data: a layer"},
        {"", "\"t\": {\"type\": \"geojson\", \"data\": {}}", "sources.t.data: text is wanted"},
        {"", "\"t\": {\"type\": \"geojson\", \"data\": \"gapmap:a\", \"cluster\": true}",
         "sources.t.cluster is not supported; here stands type, data, url or attribution"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strdup_printf("{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {%s}}, "
                            "\"sources\": {%s}, \"layers\": []}",
                            cases[i].page, cases[i].sources);
        assert_refused(text, cases[i].says);
    }
}

static char *line_as_wide_as(const char *width) {
    return g_strdup_printf(LAYER("line", ", \"paint\": {\"line-width\": %s}"), width);
}

/** Sums in one another. */
static char *nested_sum(int levels) {
    g_autoptr(GString) sum = g_string_new("1");
    for (int i = 0; i < levels; i++) {
        g_string_prepend(sum, "[\"+\", ");
        g_string_append(sum, "]");
    }
    return line_as_wide_as(sum->str);
}

static char *long_sum(int terms) {
    g_autoptr(GString) sum = g_string_new("[\"+\"");
    for (int i = 0; i < terms; i++)
        g_string_append(sum, ", 1");
    g_string_append(sum, "]");
    return line_as_wide_as(sum->str);
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
    assert_error_says(error, "t.json, line 1");
    const char hidden[] = "{\"a\\u0000b\": 1}";
    assert_null(gap_style_parse(hidden, strlen(hidden), "t.json", &error));
    assert_error_says(error, "t.json, line 1");
    assert_refused("{\"version\": 1e999}", "t.json, line 1");
    assert_refused("{\"version\": NaN}", "t.json, line 1");
    assert_refused("{\"version\": 99999999999999999999}", "t.json, line 1");
    g_autofree char *nested = nested_sum(40), *list = long_sum(500);
    assert_refused(nested, "expressions nest more than 32 deep");
    assert_refused(list, "+ has 500 arguments, which is too many");
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

/* ---- the manual's tables are the program's ---- */

/** A cell of a table of scdoc, what it would take for markup escaped. */
static void put_cell(GString *table, char border, const char *text) {
    g_string_append_printf(table, "%c  ", border);
    for (; *text; text++)
        g_string_append_printf(table, strchr("_*+", *text) ? "\\%c" : "%c", *text);
    g_string_append_c(table, '\n');
}

static void put_row(GString *table, const char *name, bool layout, const char *values,
                    const char *otherwise) {
    put_cell(table, '|', name);
    put_cell(table, ':', layout ? "layout" : "paint");
    put_cell(table, ':', values);
    put_cell(table, ':', otherwise);
}

/** The table of a layer type; of GAP_LAYER_TYPES what all have. */
static char *property_table(GapLayerType type) {
    GString *table = g_string_new("|[ *property*\n:[ *under*\n:[ *value*\n:[ *default*\n");
    for (size_t i = 0; i < GAP_PROPS; i++) {
        const GapPropertySpec *p = &gap_properties[i];
        g_autofree char *values = gap_property_values(p);
        g_autofree char *number = g_strdup_printf("%g", p->number);
        if (p->layer == type)
            put_row(table, p->name, p->layout, values,
                    p->type == GAP_VALUE_NUMBER ? number
                    : p->text                   ? p->text
                                                : "none");
    }
    for (const GapPlainProperty *p = gap_plain_properties; p->name; p++)
        if (p->layer == type)
            put_row(table, p->name, p->layout, p->values, p->otherwise);
    return g_string_free(table, FALSE);
}

static char *expression_table(void) {
    static const char *const types[] = {"anything", "true or false", "a number", "text",
                                        "a colour"};
    GString *table =
        g_string_new("|[ *expression*\n:[ *arguments*\n:[ *of them each*\n:[ *gives*\n");
    for (const GapOperator *o = gap_operators; o->name; o++) {
        g_autofree char *count = o->most < 0 ? g_strdup_printf("%d or more", o->least)
                                 : o->most > o->least
                                     ? g_strdup_printf("%d to %d", o->least, o->most)
                                     : g_strdup_printf("%d", o->least);
        put_cell(table, '|', o->name);
        put_cell(table, ':', count);
        put_cell(table, ':', o->most == 0 ? "" : types[o->argument_type]);
        put_cell(table, ':', types[o->result_type]);
    }
    return g_string_free(table, FALSE);
}

/** cmocka cuts long messages. */
static void fail_table(const char *heading, const char *table) {
    g_auto(GStrv) lines = g_strsplit(table, "\n", -1);
    for (size_t i = 0; lines[i]; i++)
        print_error("%s\n", lines[i]);
    fail_msg("gapmap-styles(7), below %s: the table must be that above", heading);
}

/** Fails unless the manual has the table as it is here, below a heading of that name. Answers its
 *  rows. */
static size_t assert_table(const char *manual, const char *heading, const char *table) {
    g_autofree char *line = g_strdup_printf("\n## %s\n", heading);
    const char *at = strstr(manual, line), *next = at ? strstr(at + 1, "\n#") : NULL;
    const char *found = at ? strstr(at, table) : NULL;
    if (!found || (next && found > next) || found[strlen(table)] == '|')
        fail_table(heading, table);
    size_t rows = 0;
    for (at = table; (at = strstr(at, "\n|  ")); at++)
        rows++;
    return rows;
}

static char *manual_text(void) {
    g_autofree char *path = g_build_filename(GAP_SOURCE, "styles/gapmap-styles.scd", NULL);
    char *manual = NULL;
    assert_true(g_file_get_contents(path, &manual, NULL, NULL));
    return manual;
}

static void the_manual_has_the_tables(void **state) {
    (void)state;
    g_autofree char *manual = manual_text(), *expressions = expression_table();
    size_t rows = assert_table(manual, "operators", expressions), all = 0;
    for (size_t i = 0; i <= GAP_LAYER_TYPES; i++) {
        g_autofree char *table = property_table((GapLayerType)i);
        rows += assert_table(manual, i < GAP_LAYER_TYPES ? gap_layer_types[i] : "any layer", table);
    }
    for (const char *at = manual; (at = strstr(at, "\n|  ")); at++)
        all++;
    assert_int_equal(rows, all); // and none that the program does not know
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
        cmocka_unit_test(a_good_style_is_read),       cmocka_unit_test(bad_styles_are_told),
        cmocka_unit_test(bad_layers_are_told),        cmocka_unit_test(bad_pages_are_told),
        cmocka_unit_test(size_and_depth_are_bounded), cmocka_unit_test(bundled_styles_are_read),
        cmocka_unit_test(the_manual_has_the_tables),  cmocka_unit_test(colours_are_parsed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
