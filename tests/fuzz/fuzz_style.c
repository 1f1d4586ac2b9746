/* Style documents: a style or an error; whatever parses can be evaluated over a row and is drawn,
 * as a scene or an error, from a small made country. */
#include "tests/fuzz/fuzz.h"

#include "geo/files/image.h"
#include "styles/map.h"

#include <math.h>
#include <string.h>

const char *const fuzz_seeds[] = {
    "{\"version\": 8, \"name\": \"gaps\", \"metadata\": {\"gapmap\": {\"words\": \"gaps\"}},"
    "\"sources\": {\"p\": {\"type\": \"geojson\", \"data\": \"gapmap:provinces/seat\"}},"
    "\"layers\": [{\"id\": \"a\", \"type\": \"circle\", \"source\": \"p\","
    "\"filter\": [\"all\", [\"has\", \"x\"], [\"!=\", [\"get\", \"t\"], null]],"
    "\"metadata\": {\"gapmap:hatch\": [\"match\", [\"get\", \"t\"], [\"a\", \"b\"], \"dots\", "
    "\"\"],"
    "\"gapmap:bar\": {\"width\": 80, \"height\": 9, \"parts\": [[[\"get\", \"x\"], \"#fff\", "
    "\"w\"]]}},"
    "\"paint\": {\"circle-color\": [\"step\", [\"get\", \"x\"], \"#fff\", 1, \"rgb(1, 2, 3)\"],"
    "\"circle-radius\": [\"interpolate\", [\"linear\"], [\"sqrt\", [\"get\", \"x\"]], 0, 1, 9, "
    "[\"/\", 1, [\"-\", [\"get\", \"x\"], 4]]],"
    "\"circle-stroke-color\": [\"let\", \"c\", [\"rgb\", 1, 2, [\"length\", [\"literal\", [1, "
    "\"a\"]]]],"
    "\"n\", [\"index-of\", \"b\", [\"slice\", [\"get\", \"t\"], -2]], [\"interpolate-hcl\","
    "[\"cubic-bezier\", 0, 0.5, 1, 1], [\"var\", \"n\"], -1, [\"var\", \"c\"], 1, \"#fff\"]]}}]}",
    "{\"version\": 8, \"name\": \"gaps\", \"metadata\": {\"gapmap\": {}}, \"layers\": [{\"id\": "
    "\"b\","
    "\"type\": \"background\", \"paint\": {\"background-color\": [\"case\", true, \"#123456\", "
    "[\"coalesce\", null, \"white\"]]}}]}",
    "{\"version\": 8, \"name\": \"gaps\", \"metadata\": {\"gapmap\": {\"words\": \"gaps\","
    "\"extent\": \"p\", \"classes\": {\"f\": \"natural\"}, \"notes\": [\"modelled\"],"
    "\"insets\": [{\"box\": [70, 40, 71, 41], \"title\": \"t\", \"width\": 200},"
    "{\"around\": \"s\", \"km\": 60, \"width\": 380}],"
    "\"panel\": [{\"kind\": \"classes\", \"layer\": \"f\", \"title\": \"no_data\", \"fit\": true},"
    "{\"kind\": \"keys\", \"items\": [{\"layer\": \"l\", \"word\": \"no_data\"}]},"
    "{\"kind\": \"ranking\", \"layer\": \"c\", \"by\": \"x\", \"title\": \"no_data\", \"count\": "
    "3},"
    "{\"kind\": \"sizes\", \"layer\": \"c\", \"title\": \"no_data\", \"column\": \"x\", "
    "\"values\": [1, "
    "9]}]}},"
    "\"sources\": {\"p\": {\"type\": \"geojson\", \"data\": \"gapmap:provinces\"},"
    "\"s\": {\"type\": \"geojson\", \"data\": \"gapmap:provinces/seat\"}},"
    "\"layers\": [{\"id\": \"f\", \"type\": \"fill\", \"source\": \"p\", \"paint\": {"
    "\"fill-color\": [\"step\", [\"get\", \"x\"], \"#fff\", 1, \"#eee\", 3, \"#000\"],"
    "\"fill-outline-color\": \"#f00\", \"fill-pattern\": \"dots\"}},"
    "{\"id\": \"l\", \"type\": \"line\", \"source\": \"p\", \"minzoom\": 2, \"layout\":"
    "{\"line-cap\": \"round\"}, \"paint\": {\"line-width\": [\"interpolate\", [\"exponential\", 2],"
    "[\"zoom\"], 3, 1, 9, 4], \"line-offset\": 3, \"line-dasharray\": [3, 1]}},"
    "{\"id\": \"c\", \"type\": \"circle\", \"source\": \"s\", \"paint\": {\"circle-radius\":"
    "[\"+\", 4, [\"coalesce\", [\"get\", \"x\"], 0]]}},"
    "{\"id\": \"t\", \"type\": \"symbol\", \"source\": \"s\", \"metadata\": {\"gapmap:around\":"
    "\"c\", \"gapmap:apart\": true, \"gapmap:first\": 2}, \"layout\": {\"icon-image\": \"station\","
    "\"text-field\": [\"upcase\", [\"get\", \"name\"]], \"text-size\": 18,"
    "\"text-variable-anchor\": [\"top\", \"left\"], \"text-offset\": [0.5, 1], \"icon-offset\": "
    "[2, 3],"
    "\"text-justify\": \"left\", \"text-radial-offset\": 1, \"symbol-sort-key\":"
    "[\"-\", [\"get\", \"x\"]]}}]}",
    "{\"version\": 8, \"name\": \"gaps\", \"metadata\": {\"gapmap\": {\"words\": \"gaps\"}},"
    "\"sources\": {\"i\": {\"type\": \"image\", \"url\": \"p\", \"coordinates\": [[70, 41], [76, "
    "41],"
    "[76, 40], [70, 40]]}}, \"layers\": [{\"id\": \"r\", \"type\": \"raster\", \"source\": \"i\","
    "\"paint\": {\"raster-opacity\": 0.5, \"raster-hue-rotate\": 30, \"raster-contrast\": 0.2,"
    "\"raster-saturation\": -0.5, \"raster-resampling\": \"nearest\", \"raster-brightness-max\": "
    "0.9}}]}",
    NULL,
};

static void evaluate(const GapStyle *style) {
    g_autoptr(GapTable) table = gap_table_new("row");
    gap_table_add_row(table);
    gap_table_add_column(table, &(GapColumnSpec){"x", GAP_TYPE_REAL, NULL, NULL});
    gap_table_add_column(table, &(GapColumnSpec){"t", GAP_TYPE_TEXT, NULL, NULL});
    gap_table_set_real(table, 0, 0, 4);
    gap_table_set_text(table, 0, 1, "b");
    GStringChunk *scratch = g_string_chunk_new(64);
    GapContext c = {.table = table, .lang = "ky", .scratch = scratch};
    for (guint i = 0; i < style->layers->len; i++) {
        const GapStyleLayer *layer = style->layers->pdata[i];
        gap_expr_holds(layer->filter, &c);
        for (size_t k = 0; k < GAP_PROPS; k++) {
            GapValue value = layer->props[k] ? gap_expr_eval(layer->props[k], &c) : (GapValue){0};
            g_assert(value.type <= GAP_VALUE_LIST);
        }
    }
    g_string_chunk_free(scratch);
}

/* ---- drawing ---- */

static void add_province(GapTable *t, const char *name, double west, double x) {
    double xy[] = {west, 40, west + 2, 40, west + 2, 41, west, 41, west, 40};
    uint32_t part[] = {0, 1}, ring[] = {0, 5};
    GapGeometry box = {GAP_SHAPE_POLYGON, 1, 1, 5, part, ring, xy};
    g_autoptr(GBytes) wkb = gap_geometry_to_wkb(&box);
    size_t row = gap_table_add_row(t);
    gap_table_set_text(t, row, 0, name);
    gap_table_set_real(t, row, 1, x);
    gap_table_set_geometry(t, row, wkb);
}

/** Three provinces in a row: x is 4, missing, and more than any page. */
static GapMapData made_country(void) {
    GapTable *t = gap_table_new("provinces");
    gap_table_add_column(t, &(GapColumnSpec){"name_en", GAP_TYPE_TEXT, NULL, NULL});
    gap_table_add_column(t, &(GapColumnSpec){"x", GAP_TYPE_REAL, NULL, NULL});
    add_province(t, "b", 70, 4);
    add_province(t, "Broad", 72, NAN);
    add_province(t, "", 74, 1e300);
    GapMapData data = {.tables = g_hash_table_new(g_str_hash, g_str_equal),
                       .facts = g_hash_table_new(g_str_hash, g_str_equal),
                       .words = gap_map_words(NULL)};
    static guint8 rgba[] = {255, 0, 0, 255, 0, 255, 0, 128};
    static GapImage picture = {.cols = 2, .rows = 1, .rgba = rgba};
    data.pictures = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_insert(data.pictures, (gpointer) "./p", &picture);
    g_hash_table_insert(data.tables, (gpointer) "provinces", t);
    g_hash_table_insert(data.facts, (gpointer) "as_of", (gpointer) "2017-12-31");
    g_assert(data.words);
    return data;
}

static void draw(GapStyle *style) {
    static GapMapData data;
    static GapFonts *fonts;
    if (!fonts) {
        data = made_country();
        fonts = gap_fonts_new(NULL);
    }
    const GapMapPage page = {.lang = "en"};
    g_autoptr(GError) error = NULL;
    g_autoptr(GapScene) scene = gap_map_scene(style, &data, &page, fonts, &error);
    fuzz_either(scene, error);
    g_assert(!scene || scene->items->len > 0);
}

static void read_and_draw(const char *text, size_t size) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GapStyle) style = gap_style_parse(text, size, "f", &error);
    fuzz_either(style, error);
    if (!style)
        return;
    evaluate(style);
    draw(style);
}

/* ---- seeds with some values exchanged: most bytes make no JSON, these always do ---- */

static void collect(json_t *json, GPtrArray *parents) {
    const char *key;
    json_t *value;
    size_t i;
    if (json_is_object(json) || json_is_array(json))
        g_ptr_array_add(parents, json);
    json_object_foreach(json, key, value) collect(value, parents);
    json_array_foreach(json, i, value) collect(value, parents);
}

/** A value that is odd anywhere, or one from elsewhere in the document. Returns: (transfer full).
 */
static json_t *odd_value(guint8 which, const GPtrArray *parents) {
    static const char *const pool[] = {"-1",
                                       "0",
                                       "1e308",
                                       "1e-308",
                                       "24",
                                       "\"\"",
                                       "\"dots\"",
                                       "\"p\"",
                                       "[]",
                                       "{}",
                                       "null",
                                       "true",
                                       "[\"get\", \"x\"]",
                                       "[\"get\", \"name\"]",
                                       "[\"*\", 1e300, [\"get\", \"x\"]]",
                                       "[\"zoom\"]",
                                       "[\"var\", \"c\"]",
                                       "[\"slice\", \"ab\", [\"get\", \"x\"]]",
                                       "[\"literal\", [1, 2]]",
                                       "[\"case\", [\"has\", \"x\"], 1e9, -1e9]",
                                       "[\"to-string\", [\"get\", \"x\"]]"};
    if (which < 128)
        return json_loads(pool[which % G_N_ELEMENTS(pool)], JSON_DECODE_ANY, NULL);
    return json_deep_copy(parents->pdata[which % parents->len]);
}

static void exchange(json_t *document, guint8 where, guint8 child, guint8 which) {
    g_autoptr(GPtrArray) parents = g_ptr_array_new();
    collect(document, parents);
    json_t *parent = parents->pdata[where % parents->len], *value = odd_value(which, parents);
    size_t n = json_is_array(parent) ? json_array_size(parent) : json_object_size(parent);
    void *at = json_object_iter(parent);
    for (size_t i = 0; json_is_object(parent) && n && i < child % n; i++)
        at = json_object_iter_next(parent, at);
    if (n && json_is_array(parent))
        json_array_set(parent, child % n, value);
    else if (at)
        json_object_iter_set(parent, at, value);
    json_decref(value);
}

static void draw_exchanged(const uint8_t *data, size_t size) {
    json_t *document = json_loads(fuzz_seeds[data[0] % 4], 0, NULL);
    g_assert(document);
    for (size_t i = 1; i + 2 < size && i < 10; i += 3)
        exchange(document, data[i], data[i + 1], data[i + 2]);
    char *text = json_dumps(document, JSON_COMPACT);
    if (text)
        read_and_draw(text, strlen(text));
    free(text);
    json_decref(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    read_and_draw(size ? (const char *)data : "", size);
    if (size) {
        /* The bytes of a text are much alike: a digest of them chooses. */
        guint8 choice[32];
        gsize length = sizeof choice;
        g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
        g_checksum_update(sum, data, (gssize)size);
        g_checksum_get_digest(sum, choice, &length);
        draw_exchanged(choice, 4 + 3 * (choice[31] % 3));
    }
    return 0;
}
