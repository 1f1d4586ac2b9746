#include "tests/check.h"

#include "styles/expr.h"

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
        {"[\"to-number\", \"\"]", GAP_VALUE_NUMBER, "null"},
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

static void bad_expressions_name_their_place(void **state) {
    (void)state;
    static const struct {
        const char *text;
        GapValueType want;
        const char *says;
    } cases[] = {
        {"[\"sin\", 1]", GAP_VALUE_NUMBER, "here: no expression 'sin'"},
        {"[]", GAP_VALUE_NUMBER, "here: no expression ''"},
        {"[1]", GAP_VALUE_NUMBER, "no expression"},
        {"{}", GAP_VALUE_NUMBER, "an object or a list is no value"},
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
        {"[\"interpolate\", [\"cubic-bezier\", 0, 0, 1, 1], 1, 0, 0]", GAP_VALUE_NUMBER,
         "here[1]: [\"linear\"] or [\"exponential\""},
        {"[\"interpolate\", [\"exponential\", 0], 1, 0, 0]", GAP_VALUE_NUMBER, "a number above 0"},
        {"[\"interpolate\", \"linear\", 1, 0, 0]", GAP_VALUE_NUMBER, "here[1]: [\"linear\"]"},
        {"[\"let\", \"x\", 1, [\"var\", \"x\"]]", GAP_VALUE_NUMBER,
         "here: no expression 'let' is supported; did you mean 'get'?; there are literal get has"},
        {"[\"number-fromat\", 1, {}]", GAP_VALUE_STRING, "did you mean 'number-format'?"},
        {"[\"==\", \"kind\", \"station\"]", GAP_VALUE_BOOL,
         "here[1]: two fixed values are compared; the column is [\"get\", \"kind\"]"},
        {"[\">\", \"people\", 3]", GAP_VALUE_BOOL, "the column is [\"get\", \"people\"]"},
        {"[\"in\", \"kind\", \"a\", \"b\"]", GAP_VALUE_BOOL, "in has 3 arguments"},
        {"[\"in\", [\"get\", \"t\"], [\"a\", \"b\"]]", GAP_VALUE_BOOL,
         "here[2]: [\"literal\", [a, b, ...]]"},
        {"[\"in\", [\"get\", \"t\"], [\"literal\", [[]]]]", GAP_VALUE_BOOL, "no value here"},
        {"[\"abs\", \"x\"]", GAP_VALUE_NUMBER, "here[1]: a number is wanted"},
        {"[\"interpolate\", [\"linear\"], 1, 0, 0, 1]", GAP_VALUE_NUMBER, "pairs of limit"},
        {"[\"number-format\", 1, {\"currency\": \"USD\"}]", GAP_VALUE_STRING, "here[2]"},
        {"[\"number-format\", 1, 2]", GAP_VALUE_STRING, "here[2]"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        assert_null(parse(cases[i].text, cases[i].want, &error));
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
        cmocka_unit_test(bad_expressions_name_their_place),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(legends_see_given_values),
        cmocka_unit_test(colours_of_columns_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
