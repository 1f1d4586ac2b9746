/* Style documents: a style or an error; and whatever parses can be evaluated over a row. */
#include "tests/fuzz/fuzz.h"

#include "styles/style.h"

const char *const fuzz_seeds[] = {
    "{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {\"words\": \"gaps\"}},"
    "\"sources\": {\"p\": {\"type\": \"geojson\", \"data\": \"gapmap:provinces/seat\"}},"
    "\"layers\": [{\"id\": \"a\", \"type\": \"circle\", \"source\": \"p\","
    "\"filter\": [\"all\", [\"has\", \"x\"], [\"!=\", [\"get\", \"t\"], null]],"
    "\"metadata\": {\"gapmap:hatch\": [\"match\", [\"get\", \"t\"], [\"a\", \"b\"], \"dots\", "
    "\"\"],"
    "\"gapmap:bar\": {\"width\": 80, \"height\": 9, \"parts\": [[[\"get\", \"x\"], \"#fff\", "
    "\"w\"]]}},"
    "\"paint\": {\"circle-color\": [\"step\", [\"get\", \"x\"], \"#fff\", 1, \"rgb(1, 2, 3)\"],"
    "\"circle-radius\": [\"interpolate\", [\"linear\"], [\"sqrt\", [\"get\", \"x\"]], 0, 1, 9, "
    "[\"/\", 1, [\"-\", [\"get\", \"x\"], 4]]]}}]}",
    "{\"version\": 8, \"name\": \"t\", \"metadata\": {\"gapmap\": {}}, \"layers\": [{\"id\": \"b\","
    "\"type\": \"background\", \"paint\": {\"background-color\": [\"case\", true, \"#123456\", "
    "[\"coalesce\", null, \"white\"]]}}]}",
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
            g_assert(value.type <= GAP_VALUE_COLOUR);
        }
    }
    g_string_chunk_free(scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GapStyle) style = gap_style_parse(size ? (const char *)data : "", size, "f", &error);
    fuzz_either(style, error);
    if (style)
        evaluate(style);
    return 0;
}
