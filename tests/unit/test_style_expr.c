#include "tests/check.h"

#include "styles/expr.h"

#include <math.h>

/** One row: a = 3, b = -2, t = "plan", empty = null, colour = "#ff0000". */
static GapTable *row(void) {
    GapTable *t = gap_table_new("row");
    gap_table_add_row(t);
    static const GapColumnSpec specs[] = {{"a", GAP_TYPE_INT},       {"b", GAP_TYPE_REAL},
                                          {"t", GAP_TYPE_TEXT},      {"empty", GAP_TYPE_REAL},
                                          {"colour", GAP_TYPE_TEXT}, {"name_ru", GAP_TYPE_TEXT},
                                          {"name_en", GAP_TYPE_TEXT}};
    for (size_t i = 0; i < G_N_ELEMENTS(specs); i++)
        gap_table_add_column(t, &specs[i]);
    gap_table_set_int(t, 0, 0, 3);
    gap_table_set_real(t, 0, 1, -2);
    gap_table_set_text(t, 0, 2, "plan");
    gap_table_set_text(t, 0, 4, "#ff0000");
    gap_table_set_text(t, 0, 5, "Ош");
    gap_table_set_text(t, 0, 6, "Osh");
    return t;
}

static char *shown(GapValue v) {
    switch (v.type) {
    case GAP_VALUE_BOOL:
        return g_strdup(v.truth ? "true" : "false");
    case GAP_VALUE_NUMBER:
        return g_strdup_printf("%.6g", v.number);
    case GAP_VALUE_STRING:
        return g_strdup(v.string);
    case GAP_VALUE_COLOUR:
        return g_strdup_printf("%.2f %.2f %.2f %.2f", v.colour.r, v.colour.g, v.colour.b,
                               v.colour.a);
    default:
        return g_strdup("null");
    }
}

static GapExpr *parse(const char *text, GapValueType want, GError **error) {
    json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
    assert_non_null(json);
    GapExpr *expr = gap_expr_parse(json, want, "here", error);
    json_decref(json);
    return expr;
}

static void expressions_give_values(void **state) {
    (void)state;
    static const struct {
        const char *text;
        GapValueType want;
        const char *value;
    } cases[] = {
        {"1.5", GAP_VALUE_NUMBER, "1.5"},
        {"true", GAP_VALUE_NULL, "true"},
        {"null", GAP_VALUE_NUMBER, "null"},
        {"\"#0080ff\"", GAP_VALUE_COLOUR, "0.00 0.50 1.00 1.00"},
        {"\"rgba(255, 0, 0, 0.5)\"", GAP_VALUE_COLOUR, "1.00 0.00 0.00 0.50"},
        {"[\"literal\", \"x\"]", GAP_VALUE_STRING, "x"},
        {"[\"get\", \"a\"]", GAP_VALUE_NULL, "3"},
        {"[\"get\", \"empty\"]", GAP_VALUE_NULL, "null"},
        {"[\"get\", \"missing\"]", GAP_VALUE_NULL, "null"},
        {"[\"get\", \"name\"]", GAP_VALUE_NULL, "Ош"},
        {"[\"has\", \"a\"]", GAP_VALUE_BOOL, "true"},
        {"[\"has\", \"empty\"]", GAP_VALUE_BOOL, "false"},
        {"[\"+\", 1, 2, [\"get\", \"a\"]]", GAP_VALUE_NUMBER, "6"},
        {"[\"-\", [\"get\", \"b\"]]", GAP_VALUE_NUMBER, "2"},
        {"[\"-\", 1, 4]", GAP_VALUE_NUMBER, "-3"},
        {"[\"*\", 2, 3]", GAP_VALUE_NUMBER, "6"},
        {"[\"/\", 1, 0]", GAP_VALUE_NUMBER, "null"},
        {"[\"/\", 6, 4]", GAP_VALUE_NUMBER, "1.5"},
        {"[\"sqrt\", 9]", GAP_VALUE_NUMBER, "3"},
        {"[\"sqrt\", -1]", GAP_VALUE_NUMBER, "null"},
        {"[\"+\", [\"get\", \"t\"], 1]", GAP_VALUE_NUMBER, "null"},
        {"[\"==\", [\"get\", \"t\"], \"plan\"]", GAP_VALUE_BOOL, "true"},
        {"[\"!=\", [\"get\", \"t\"], 3]", GAP_VALUE_BOOL, "true"},
        {"[\"==\", [\"get\", \"empty\"], null]", GAP_VALUE_BOOL, "true"},
        {"[\"<\", [\"get\", \"a\"], 3]", GAP_VALUE_BOOL, "false"},
        {"[\"<=\", [\"get\", \"a\"], 3]", GAP_VALUE_BOOL, "true"},
        {"[\">\", [\"get\", \"empty\"], 3]", GAP_VALUE_BOOL, "null"},
        {"[\">=\", 3, 3]", GAP_VALUE_BOOL, "true"},
        {"[\"all\"]", GAP_VALUE_BOOL, "true"},
        {"[\"any\"]", GAP_VALUE_BOOL, "false"},
        {"[\"all\", true, [\"!\", false]]", GAP_VALUE_BOOL, "true"},
        {"[\"any\", false, [\"has\", \"t\"]]", GAP_VALUE_BOOL, "true"},
        {"[\"case\", false, 1, [\"has\", \"a\"], 2, 3]", GAP_VALUE_NUMBER, "2"},
        {"[\"case\", [\"has\", \"empty\"], 1, 3]", GAP_VALUE_NUMBER, "3"},
        {"[\"match\", [\"get\", \"t\"], [\"x\", \"plan\"], 7, \"y\", 8, 9]", GAP_VALUE_NUMBER, "7"},
        {"[\"match\", [\"get\", \"a\"], 3, \"three\", \"other\"]", GAP_VALUE_STRING, "three"},
        {"[\"match\", [\"get\", \"empty\"], 3, \"three\", \"other\"]", GAP_VALUE_STRING, "other"},
        {"[\"step\", [\"get\", \"a\"], 0, 3, 1, 4, 2]", GAP_VALUE_NUMBER, "1"},
        {"[\"step\", 2.999, 0, 3, 1]", GAP_VALUE_NUMBER, "0"},
        {"[\"step\", [\"get\", \"empty\"], 0, 3, 1]", GAP_VALUE_NUMBER, "null"},
        {"[\"interpolate\", [\"linear\"], 5, 0, 0, 10, 100]", GAP_VALUE_NUMBER, "50"},
        {"[\"interpolate\", [\"linear\"], -5, 0, 1, 10, 100]", GAP_VALUE_NUMBER, "1"},
        {"[\"interpolate\", [\"linear\"], 50, 0, 1, 10, 100]", GAP_VALUE_NUMBER, "100"},
        {"[\"interpolate\", [\"linear\"], 0.5, 0, \"#000000\", 1, \"#ffffff\"]", GAP_VALUE_COLOUR,
         "0.50 0.50 0.50 1.00"},
        {"[\"coalesce\", [\"get\", \"empty\"], [\"get\", \"b\"], 4]", GAP_VALUE_NUMBER, "-2"},
        {"[\"to-string\", 12.5]", GAP_VALUE_STRING, "12.5"},
        {"[\"round\", 2.5]", GAP_VALUE_NUMBER, "3"},
        {"[\"concat\", [\"get\", \"t\"], \" \", 2]", GAP_VALUE_STRING, "plan 2"},
        {"[\"number-format\", 1234.56, {\"max-fraction-digits\": 1}]", GAP_VALUE_STRING,
         "1\u202f234,6"},
        {"[\"number-format\", 0.5, {}]", GAP_VALUE_STRING, "0,5"},
        {"[\"number-format\", 100, {\"max-fraction-digits\": 2}]", GAP_VALUE_STRING, "100"},
        {"[\"number-format\", 1.5, {\"min-fraction-digits\": 2}]", GAP_VALUE_STRING, "1,50"},
        {"[\"number-format\", 2, {\"min-fraction-digits\": 5}]", GAP_VALUE_STRING, "2,00000"},
        {"[\"image\", [\"get\", \"t\"]]", GAP_VALUE_STRING, "plan"},
        {"[\"zoom\"]", GAP_VALUE_NUMBER, "6"},
        {"[\"interpolate\", [\"exponential\", 2], 2, 0, 0, 4, 150]", GAP_VALUE_NUMBER, "30"},
        {"[\"interpolate\", [\"exponential\", 1], 2, 0, 0, 4, 150]", GAP_VALUE_NUMBER, "75"},
        {"[\"interpolate\", [\"exponential\", 99], 1, 0, 0, 1e6, 1]", GAP_VALUE_NUMBER, "0"},
        {"[\"interpolate\", [\"exponential\", 99], 9e5, 0, \"#000000\", 1e6, \"#ffffff\"]",
         GAP_VALUE_COLOUR, "null"},
        {"[\"%\", 7, 4]", GAP_VALUE_NUMBER, "3"},
        {"[\"%\", 7, 0]", GAP_VALUE_NUMBER, "null"},
        {"[\"^\", 2, 10]", GAP_VALUE_NUMBER, "1024"},
        {"[\"^\", 10, 999]", GAP_VALUE_NUMBER, "null"},
        {"[\"min\", 3, [\"get\", \"b\"], 5]", GAP_VALUE_NUMBER, "-2"},
        {"[\"max\", 3, [\"get\", \"b\"], 5]", GAP_VALUE_NUMBER, "5"},
        {"[\"max\", 3, [\"get\", \"empty\"]]", GAP_VALUE_NUMBER, "null"},
        {"[\"abs\", [\"get\", \"b\"]]", GAP_VALUE_NUMBER, "2"},
        {"[\"floor\", -1.5]", GAP_VALUE_NUMBER, "-2"},
        {"[\"ceil\", -1.5]", GAP_VALUE_NUMBER, "-1"},
        {"[\"ln\", 1]", GAP_VALUE_NUMBER, "0"},
        {"[\"ln\", 0]", GAP_VALUE_NUMBER, "null"},
        {"[\"log10\", 1000]", GAP_VALUE_NUMBER, "3"},
        {"[\"in\", [\"get\", \"t\"], [\"literal\", [\"x\", \"plan\"]]]", GAP_VALUE_BOOL, "true"},
        {"[\"in\", [\"get\", \"a\"], [\"literal\", [\"3\", 4]]]", GAP_VALUE_BOOL, "false"},
        {"[\"in\", [\"get\", \"a\"], [\"literal\", []]]", GAP_VALUE_BOOL, "false"},
        {"[\"upcase\", [\"get\", \"t\"]]", GAP_VALUE_STRING, "PLAN"},
        {"[\"downcase\", [\"get\", \"name\"]]", GAP_VALUE_STRING, "ош"},
        {"[\"upcase\", [\"get\", \"a\"]]", GAP_VALUE_STRING, "null"},
        {"[\"to-number\", \"12.5\"]", GAP_VALUE_NUMBER, "12.5"},
        {"[\"to-number\", \"12 km\"]", GAP_VALUE_NUMBER, "null"},
        {"[\"to-number\", \"nan\"]", GAP_VALUE_NUMBER, "null"},
        {"[\"to-number\", true]", GAP_VALUE_NUMBER, "1"},
    };
    g_autoptr(GapTable) table = row();
    GStringChunk *scratch = g_string_chunk_new(64);
    GapContext c = {.table = table, .lang = "ru", .zoom = 6, .scratch = scratch};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autoptr(GapExpr) expr = parse(cases[i].text, cases[i].want, &error);
        assert_no_error(error);
        g_autofree char *got = shown(gap_expr_eval(expr, &c));
        if (!g_str_equal(got, cases[i].value))
            fail_msg("%s gives '%s', not '%s'", cases[i].text, got, cases[i].value);
    }
    g_string_chunk_free(scratch);
}

/** The outcome as the shared table writes it: numbers to 9 digits. */
static bool is_as_told(GapValue value, const json_t *told) {
    switch (value.type) {
    case GAP_VALUE_NUMBER:
        return json_is_number(told) &&
               fabs(value.number - json_number_value(told)) <= 1e-8 * fabs(value.number) + 1e-15;
    case GAP_VALUE_STRING:
        return g_strcmp0(value.string, json_string_value(told)) == 0;
    case GAP_VALUE_BOOL:
        return json_is_boolean(told) && value.truth == json_is_true(told);
    default:
        return value.type == GAP_VALUE_NULL && json_is_null(told);
    }
}

/** Whether the colour is "rgba(r,g,b,a)" of whole r, g and b. */
static bool is_colour_told(GapValue value, const json_t *told) {
    GapColour c;
    bool known = value.type == GAP_VALUE_STRING && gap_colour_parse(value.string, &c);
    if (value.type == GAP_VALUE_COLOUR)
        c = value.colour;
    else if (!known)
        return json_is_null(told);
    g_autofree char *text = g_strdup_printf("rgba(%ld,%ld,%ld,%.16g)", lround(c.r * 255),
                                            lround(c.g * 255), lround(c.b * 255), c.a);
    return g_strcmp0(text, json_string_value(told)) == 0;
}

static void check_row(const json_t *one, const GapContext *c) {
    GError *error = NULL;
    const char *type = json_string_value(json_array_get(one, 2));
    const json_t *told = json_array_get(one, 1), *json = json_array_get(one, 0);
    bool colour = g_strcmp0(type, "color") == 0;
    g_autoptr(GapExpr) expr =
        gap_expr_parse(json, colour ? GAP_VALUE_COLOUR : GAP_VALUE_NULL, "here", &error);
    assert_no_error(error);
    GapValue value = gap_expr_eval(expr, c);
    if (!(colour ? is_colour_told : is_as_told)(value, told)) {
        g_autofree char *got = shown(value);
        char *text = json_dumps(json, JSON_COMPACT);
        fail_msg("%s gives '%s'", text, got);
    }
}

/** tests/cli/maplibre.sh holds the same table against MapLibre. */
static void expressions_give_what_maplibre_gives(void **state) {
    (void)state;
    json_t *rows = json_load_file(GAP_SOURCE "/tests/unit/expressions.json", 0, NULL);
    g_autoptr(GapTable) table = row();
    GStringChunk *scratch = g_string_chunk_new(64);
    GapContext c = {.table = table, .lang = "en", .zoom = 6, .scratch = scratch};
    assert_true(json_array_size(rows) > 100);
    for (size_t i = 1; i < json_array_size(rows); i++)
        check_row(json_array_get(rows, i), &c);
    g_string_chunk_free(scratch);
    json_decref(rows);
}

static void bad_expressions_name_their_place(void **state) {
    (void)state;
    static const struct {
        const char *text;
        GapValueType want;
        const char *says;
    } cases[] = {
        {"[\"sinh\", 1]", GAP_VALUE_NUMBER, "here: no expression 'sinh'"},
        {"[]", GAP_VALUE_NUMBER, "here: no expression ''"},
        {"[1]", GAP_VALUE_NUMBER, "no expression"},
        {"{}", GAP_VALUE_NUMBER, "here: an object is no value"},
        {"\"x\"", GAP_VALUE_NUMBER, "here: a number is wanted, this is text"},
        {"\"redd\"", GAP_VALUE_COLOUR, "'redd' is not a colour"},
        {"\"#12345\"", GAP_VALUE_COLOUR, "is not a colour"},
        {"\"rgba(1, 2, 3)\"", GAP_VALUE_COLOUR, "is not a colour"},
        {"\"rgb(1, 2, 300)\"", GAP_VALUE_COLOUR, "is not a colour"},
        {"[\"==\", 1, 2]", GAP_VALUE_NUMBER, "a number is wanted, == gives true or false"},
        {"[\"sqrt\"]", GAP_VALUE_NUMBER, "sqrt has 0 arguments, which is too few"},
        {"[\"sqrt\", 1, 2]", GAP_VALUE_NUMBER, "too many"},
        {"[\"+\", 1, \"x\"]", GAP_VALUE_NUMBER, "here[2]: a number is wanted, this is text"},
        {"[\"+\", 1, [\"!\", true]]", GAP_VALUE_NUMBER, "here[2]: a number is wanted, ! gives"},
        {"[\"case\", true, 1, 2, 3]", GAP_VALUE_NUMBER, "case takes pairs"},
        {"[\"match\", 1, 2, 3, 4, 5]", GAP_VALUE_NUMBER, "match takes an input"},
        {"[\"match\", 1, [[1]], 3, 4]", GAP_VALUE_NUMBER, "a label of match"},
        {"[\"step\", 1, 0, 5, 1, 5, 2]", GAP_VALUE_NUMBER, "here[5]: limits are numbers"},
        {"[\"step\", 1, 0, \"x\", 1]", GAP_VALUE_NUMBER, "here[3]: limits are numbers"},
        {"[\"step\", 1, \"x\", 2, 1]", GAP_VALUE_NUMBER, "here[2]: a number is wanted"},
        {"[\"interpolate\", [\"cubic-bezier\", 0, 0, 1, 2], 1, 0, 0]", GAP_VALUE_NUMBER,
         "here[1]: [\"linear\"], [\"exponential\""},
        {"[\"interpolate\", [\"linear\"], 1, 0, \"a\", 1, \"b\"]", GAP_VALUE_STRING,
         "here: only numbers and colours lie between"},
        {"[\"interpolate-hcl\", [\"linear\"], 1, 0, \"#fff\", 1, 2]", GAP_VALUE_COLOUR,
         "here[6]: a colour is wanted, this is a number"},
        {"[\"interpolate-lab\", [\"linear\"], 1, 0, \"#fff\", 1, \"#000\"]", GAP_VALUE_NUMBER,
         "here: a number is wanted, interpolate-lab gives a colour"},
        {"[\"interpolate\", [\"exponential\", 0], 1, 0, 0]", GAP_VALUE_NUMBER, "a number above 0"},
        {"[\"interpolate\", \"linear\", 1, 0, 0]", GAP_VALUE_NUMBER, "here[1]: [\"linear\"]"},
        {"[\"lte\", \"x\", 1, [\"var\", \"x\"]]", GAP_VALUE_NUMBER,
         "here: no expression 'lte' is supported; did you mean 'let'?; there are literal let var"},
        {"[\"feature-state\", \"x\"]", GAP_VALUE_NUMBER,
         "here: MapLibre has it, but here no expression 'feature-state' is supported; there are"},
        {"[\"heatmap-density\"]", GAP_VALUE_NUMBER, "no expression 'heatmap-density'"},
        {"[\"var\", \"x\"]", GAP_VALUE_NUMBER, "here[1]: no let around this gives 'x' a value"},
        {"[\"var\", 3]", GAP_VALUE_NUMBER, "here[1]: no let"},
        {"[\"let\", \"x\", [\"var\", \"x\"], [\"var\", \"x\"]]", GAP_VALUE_NUMBER,
         "here[2][1]: no let around this gives 'x' a value"},
        {"[\"let\", \"x\", 1, \"y\", [\"var\", \"x\"], [\"var\", \"y\"]]", GAP_VALUE_NUMBER,
         "here[4][1]: no let around this gives 'x'"},
        {"[\"+\", [\"let\", \"x\", 1, 2], [\"var\", \"x\"]]", GAP_VALUE_NUMBER,
         "here[2][1]: no let around this"},
        {"[\"let\", \"x\", 1, \"y\", 2]", GAP_VALUE_NUMBER, "here: let takes pairs of name"},
        {"[\"let\", \"x y\", 1, 2]", GAP_VALUE_NUMBER, "here[1]: a name of let is of letters"},
        {"[\"let\", 1, 1, 2]", GAP_VALUE_NUMBER, "here[1]: a name of let"},
        {"[\"let\", \"x\", \"a\", [\"+\", 1, [\"var\", \"x\"]]]", GAP_VALUE_NUMBER,
         "here[3][2]: 'x' is of another type than is wanted here"},
        {"[\"let\", \"x\", 1, \"red-ish\"]", GAP_VALUE_COLOUR,
         "here[3]: 'red-ish' is not a colour"},
        {"[\"number-fromat\", 1, {}]", GAP_VALUE_STRING, "did you mean 'number-format'?"},
        {"[\"==\", \"kind\", \"station\"]", GAP_VALUE_BOOL,
         "here: this is a filter of MapLibre's first years; write [\"==\", [\"get\", \"kind\"], "
         "\"station\"]"},
        {"[\"all\", true, [\">\", \"people\", 3]]", GAP_VALUE_BOOL,
         "here[2]: this is a filter of MapLibre's first years; write [\">\", [\"get\", "
         "\"people\"], 3]"},
        {"[\"in\", \"kind\", \"a\", \"b\"]", GAP_VALUE_BOOL,
         "write [\"in\", [\"get\", \"kind\"], [\"literal\", [\"a\", \"b\"]]]"},
        {"[\"!in\", \"kind\", 1]", GAP_VALUE_BOOL,
         "write [\"!\", [\"in\", [\"get\", \"kind\"], [\"literal\", [1]]]]"},
        {"[\"!has\", \"kind\"]", GAP_VALUE_BOOL, "write [\"!\", [\"has\", \"kind\"]]"},
        {"[\"none\", [\"has\", \"a\"], [\"<\", \"b\", 2]]", GAP_VALUE_BOOL,
         "write [\"!\", [\"any\", [\"has\", \"a\"], [\"<\", [\"get\", \"b\"], 2]]]"},
        {"[\"==\", [\"get\", \"a\"], 1, 2]", GAP_VALUE_BOOL, "== has 3 arguments"},
        {"[\"==\", [\"upcase\", \"a\"], 1]", GAP_VALUE_BOOL,
         "here[2]: == compares numbers, texts or truths, of one type"},
        {"[\"<\", [\"has\", \"a\"], true]", GAP_VALUE_BOOL,
         "here[1]: < compares numbers or texts, of one type"},
        {"[\"match\", 1, 2, 3, 2, 4, 5]", GAP_VALUE_NUMBER,
         "here[4]: a label of match stands twice"},
        {"[\"match\", 1, 2, 3, \"x\", 4, 5]", GAP_VALUE_NUMBER,
         "is of another type than the first"},
        {"[\"match\", 1, 2.5, 3, 4]", GAP_VALUE_NUMBER,
         "here[2]: a label of match is a whole number"},
        {"[\"match\", 1, [], 3, 4]", GAP_VALUE_NUMBER, "here[2]: a label of match is missing"},
        {"[\"format\", \"a\", {\"font-scale\": 2}]", GAP_VALUE_STRING,
         "here[2]: the parts of a name look alike here; write {}"},
        {"[\"literal\", {}]", GAP_VALUE_NULL, "here: an object is no value here"},
        {"[\"length\", [\"literal\", [[1]]]]", GAP_VALUE_NULL,
         "here[1]: this list is no value here"},
        {"[\"number-format\", 1, {\"min-fraction-digits\": 3, \"max-fraction-digits\": 2}]",
         GAP_VALUE_STRING, "here[2]: {\"min-fraction-digits\": 0 to 9"},
        {"[\"number-format\", 1, {\"locale\": \"de\"}]", GAP_VALUE_STRING, "the page's"},
        {"[\"in\", [\"get\", \"t\"], [\"a\", \"b\"]]", GAP_VALUE_BOOL,
         "here[2]: [\"literal\", [a, b, ...]]"},
        {"[\"in\", [\"get\", \"t\"], [\"literal\", [[]]]]", GAP_VALUE_BOOL,
         "here[2]: this list is no value here"},
        {"[\"abs\", \"x\"]", GAP_VALUE_NUMBER, "here[1]: a number is wanted"},
        {"[\"interpolate\", [\"linear\"], 1, 0, 0, 1]", GAP_VALUE_NUMBER, "pairs of limit"},
        {"[\"number-format\", 1, {\"currency\": \"USD\"}]", GAP_VALUE_STRING, "here[2]"},
        {"[\"number-format\", 1, 2]", GAP_VALUE_STRING, "here[2]"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        g_autoptr(GapExpr) expr = parse(cases[i].text, cases[i].want, &error);
        if (expr)
            fail_msg("%s is taken", cases[i].text);
        assert_error_says(error, cases[i].says);
    }
}

static void nesting_is_bounded(void **state) {
    (void)state;
    g_autoptr(GString) text = g_string_new("1");
    for (int i = 0; i < 33; i++) {
        g_string_prepend(text, "[\"sqrt\", ");
        g_string_append(text, "]");
    }
    GError *error = NULL;
    assert_null(parse(text->str, GAP_VALUE_NUMBER, &error));
    assert_error_says(error, "nest more than 32 deep");
}

/** Names within names and lists of labels multiply what is read and reckoned. */
static void steps_are_bounded(void **state) {
    (void)state;
    GError *error = NULL;
    g_autoptr(GString) lets = g_string_new("[\"var\", \"x\"]"), labels = g_string_new("1");
    for (int i = 0; i < 15; i++) {
        g_string_prepend(lets, "[\"let\", \"x\", [\"+\", [\"var\", \"x\"], [\"var\", \"x\"], "
                               "[\"var\", \"x\"]], ");
        g_string_append(lets, "]");
    }
    g_string_prepend(lets, "[\"let\", \"x\", 1, ");
    g_string_append(lets, "]");
    assert_null(parse(lets->str, GAP_VALUE_NUMBER, &error));
    assert_error_says(error, "takes more than 20000 steps");
    for (int i = 0; i < 20; i++) {
        g_string_prepend(labels, "[\"match\", 1, [1, 2, 3, 4, 5, 6, 7, 8, 9], ");
        g_string_append(labels, ", 2]");
    }
    assert_null(parse(labels->str, GAP_VALUE_NUMBER, &error));
    assert_error_says(error, "takes more than 20000 steps");
}

/** Text that is joined with itself again and again would fill the memory, row by row. */
static void texts_are_bounded(void **state) {
    (void)state;
    GError *error = NULL;
    g_autofree char *most = g_strnfill(4096, 'x'), *fixed = g_strdup_printf("\"%sx\"", most);
    g_autofree char *joined = g_strdup_printf("[\"concat\", \"%s\", [\"get\", \"t\"]]", most);
    g_autofree char *whole = g_strdup_printf("[\"concat\", \"%s\", \"\"]", most);
    assert_null(parse(fixed, GAP_VALUE_STRING, &error));
    assert_error_says(error, "here: a text has at most 4096 bytes");
    g_autoptr(GapExpr) longer = parse(joined, GAP_VALUE_STRING, NULL);
    g_autoptr(GapExpr) fits = parse(whole, GAP_VALUE_STRING, NULL);
    g_autoptr(GapTable) table = row();
    g_autoptr(GStringChunk) scratch = g_string_chunk_new(64);
    GapContext c = {.table = table, .scratch = scratch};
    assert_null(gap_expr_string(longer, &c));
    assert_string_equal(gap_expr_string(fits, &c), most);
}

static void legends_see_given_values(void **state) {
    (void)state;
    GError *error = NULL;
    g_autoptr(GapExpr) expr = parse("[\"*\", 2, [\"get\", \"people\"]]", GAP_VALUE_NUMBER, &error);
    GapContext c = {.given = "people", .given_value = 21};
    assert_near(gap_expr_number(expr, &c, -1), 42, 0);
    c.given = NULL;
    assert_near(gap_expr_number(expr, &c, -1), -1, 0);
}

static void colours_of_columns_are_read(void **state) {
    (void)state;
    g_autoptr(GapTable) table = row();
    g_autoptr(GapExpr) expr = parse("[\"get\", \"colour\"]", GAP_VALUE_COLOUR, NULL);
    GapContext c = {.table = table};
    GapColour colour = gap_expr_colour(expr, &c, (GapColour){0, 1, 0, 1});
    assert_near(colour.r, 1, 0);
    assert_near(colour.g, 0, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_give_values),
        cmocka_unit_test(expressions_give_what_maplibre_gives),
        cmocka_unit_test(bad_expressions_name_their_place),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(steps_are_bounded),
        cmocka_unit_test(texts_are_bounded),
        cmocka_unit_test(legends_see_given_values),
        cmocka_unit_test(colours_of_columns_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
