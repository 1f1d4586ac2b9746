#include "styles/expr.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/expr_node.h"

#include <math.h>
#include <string.h>

enum { DEPTH_MAX = 32, LENGTH_MAX = 400 };

const GapOperator gap_operators[] = {
    // name, op, least and most arguments (-1: any number), their type, the result's type
    {"literal", GAP_OP_LITERAL, 1, 1, GAP_VALUE_NULL, GAP_VALUE_NULL},
    {"get", GAP_OP_GET, 1, 1, GAP_VALUE_STRING, GAP_VALUE_NULL},
    {"has", GAP_OP_HAS, 1, 1, GAP_VALUE_STRING, GAP_VALUE_BOOL},
    {"case", GAP_OP_CASE, 3, -1, GAP_VALUE_NULL, GAP_VALUE_NULL},
    {"match", GAP_OP_MATCH, 4, -1, GAP_VALUE_NULL, GAP_VALUE_NULL},
    {"step", GAP_OP_STEP, 4, -1, GAP_VALUE_NULL, GAP_VALUE_NULL},
    {"interpolate", GAP_OP_INTERPOLATE, 4, -1, GAP_VALUE_NULL, GAP_VALUE_NULL},
    {"coalesce", GAP_OP_COALESCE, 1, -1, GAP_VALUE_NULL, GAP_VALUE_NULL},
    {"==", GAP_OP_EQUAL, 2, 2, GAP_VALUE_NULL, GAP_VALUE_BOOL},
    {"!=", GAP_OP_UNEQUAL, 2, 2, GAP_VALUE_NULL, GAP_VALUE_BOOL},
    {"<", GAP_OP_LESS, 2, 2, GAP_VALUE_NUMBER, GAP_VALUE_BOOL},
    {"<=", GAP_OP_AT_MOST, 2, 2, GAP_VALUE_NUMBER, GAP_VALUE_BOOL},
    {">", GAP_OP_MORE, 2, 2, GAP_VALUE_NUMBER, GAP_VALUE_BOOL},
    {">=", GAP_OP_AT_LEAST, 2, 2, GAP_VALUE_NUMBER, GAP_VALUE_BOOL},
    {"all", GAP_OP_ALL, 0, -1, GAP_VALUE_BOOL, GAP_VALUE_BOOL},
    {"any", GAP_OP_ANY, 0, -1, GAP_VALUE_BOOL, GAP_VALUE_BOOL},
    {"!", GAP_OP_NOT, 1, 1, GAP_VALUE_BOOL, GAP_VALUE_BOOL},
    {"+", GAP_OP_PLUS, 1, -1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"-", GAP_OP_MINUS, 1, 2, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"*", GAP_OP_TIMES, 2, -1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"/", GAP_OP_DIVIDE, 2, 2, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"%", GAP_OP_REMAINDER, 2, 2, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"^", GAP_OP_POWER, 2, 2, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"min", GAP_OP_MIN, 1, -1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"max", GAP_OP_MAX, 1, -1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"sqrt", GAP_OP_SQRT, 1, 1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"abs", GAP_OP_ABS, 1, 1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"floor", GAP_OP_FLOOR, 1, 1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"ceil", GAP_OP_CEIL, 1, 1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"round", GAP_OP_ROUND, 1, 1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"ln", GAP_OP_LN, 1, 1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"log10", GAP_OP_LOG10, 1, 1, GAP_VALUE_NUMBER, GAP_VALUE_NUMBER},
    {"in", GAP_OP_IN, 2, 2, GAP_VALUE_NULL, GAP_VALUE_BOOL},
    {"upcase", GAP_OP_UPCASE, 1, 1, GAP_VALUE_STRING, GAP_VALUE_STRING},
    {"downcase", GAP_OP_DOWNCASE, 1, 1, GAP_VALUE_STRING, GAP_VALUE_STRING},
    {"to-number", GAP_OP_TO_NUMBER, 1, 1, GAP_VALUE_NULL, GAP_VALUE_NUMBER},
    {"concat", GAP_OP_CONCAT, 1, -1, GAP_VALUE_NULL, GAP_VALUE_STRING},
    {"number-format", GAP_OP_NUMBER_FORMAT, 2, 2, GAP_VALUE_NUMBER, GAP_VALUE_STRING},
    {"to-string", GAP_OP_TO_STRING, 1, 1, GAP_VALUE_NULL, GAP_VALUE_STRING},
    {"zoom", GAP_OP_ZOOM, 0, 0, GAP_VALUE_NULL, GAP_VALUE_NUMBER},
    {NULL},
};

static const char *const type_names[] = {"anything", "true or false", "a number", "text",
                                         "a colour"};

void gap_expr_free(GapExpr *expr) {
    if (!expr)
        return;
    g_ptr_array_unref(expr->arguments);
    g_free(expr->text);
    g_free(expr);
}

static GapExpr *node_new(const GapOperator *operator, GapValueType type) {
    GapExpr *expr = g_new0(GapExpr, 1);
    expr->operator= operator;
    expr->type = type;
    expr->arguments = g_ptr_array_new_with_free_func((GDestroyNotify)gap_expr_free);
    return expr;
}

static const GapOperator *find_operator(const char *name) {
    for (const GapOperator *o = gap_operators; o->name; o++)
        if (g_str_equal(o->name, name))
            return o;
    return NULL;
}

static void unknown_operator(const char *name, const GString *path, GError **error) {
    const char *names[64] = {NULL};
    for (size_t i = 0; gap_operators[i].name && i + 1 < G_N_ELEMENTS(names); i++)
        names[i] = gap_operators[i].name;
    const char *nearest = gap_text_nearest(name, names);
    g_autofree char *all = g_strjoinv(" ", (char **)names), *shown = gap_printable(name, 60);
    gap_fail(error, GAP_ERROR_INPUT, "%s: no expression '%s' is supported%s%s%s; there are %s",
             path->str, shown, nearest ? "; did you mean '" : "", nearest ? nearest : "",
             nearest ? "'?" : "", all);
}

static GapExpr *parse(const json_t *json, GapValueType want, GString *path, int depth,
                      GError **error);

/** Argument `i` of the JSON array, as a new argument of `expr`. */
static bool add(GapExpr *expr, const json_t *array, size_t i, GapValueType want, GString *path,
                int depth, GError **error) {
    gsize length = path->len;
    g_string_append_printf(path, "[%zu]", i);
    GapExpr *argument = parse(json_array_get(array, i), want, path, depth + 1, error);
    g_string_truncate(path, length);
    if (!argument)
        return false;
    g_ptr_array_add(expr->arguments, argument);
    return true;
}

static bool literal_colour(GapExpr *expr, GString *path, GError **error) {
    GapColour colour;
    if (!gap_colour_parse(expr->text, &colour)) {
        g_autofree char *shown = gap_printable(expr->text, 60);
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: '%s' is not a colour; write it as #rrggbb or rgba(r, g, b, a)",
                        path->str, shown);
    }
    expr->literal = (GapValue){GAP_VALUE_COLOUR, .colour = colour};
    return true;
}

static GapExpr *parse_literal(const json_t *json, GapValueType want, GString *path,
                              GError **error) {
    g_autoptr(GapExpr) expr = node_new(&gap_operators[0], want);
    if (json_is_string(json)) {
        expr->text = g_strdup(json_string_value(json));
        expr->literal = (GapValue){GAP_VALUE_STRING, .string = expr->text};
        if (want == GAP_VALUE_COLOUR && !literal_colour(expr, path, error))
            return NULL;
    } else if (json_is_number(json)) {
        expr->literal = (GapValue){GAP_VALUE_NUMBER, .number = json_number_value(json)};
    } else if (json_is_boolean(json)) {
        expr->literal = (GapValue){GAP_VALUE_BOOL, .truth = json_is_true(json)};
    } else if (!json_is_null(json)) {
        gap_fail(error, GAP_ERROR_INPUT, "%s: an object or a list is no value here", path->str);
        return NULL;
    }
    expr->type = expr->literal.type;
    if (want && expr->type && expr->type != want) {
        gap_fail(error, GAP_ERROR_INPUT, "%s: %s is wanted, this is %s", path->str,
                 type_names[want], type_names[expr->type]);
        return NULL;
    }
    return g_steal_pointer(&expr);
}

static bool parse_case(GapExpr *e, const json_t *json, GapValueType want, GString *path, int depth,
                       GError **error) {
    size_t n = json_array_size(json);
    if (n % 2)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: case takes pairs of condition and value, then one value for the rest",
                        path->str);
    for (size_t i = 1; i < n; i++)
        if (!add(e, json, i, i % 2 && i + 1 < n ? GAP_VALUE_BOOL : want, path, depth, error))
            return false;
    return true;
}

/** A list of labels is spread: each label gets the output. */
static bool parse_match(GapExpr *e, const json_t *json, GapValueType want, GString *path, int depth,
                        GError **error) {
    size_t n = json_array_size(json);
    if (n % 2 == 0)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: match takes an input, pairs of label and value, then one value for "
                        "the rest",
                        path->str);
    if (!add(e, json, 1, GAP_VALUE_NULL, path, depth, error))
        return false;
    for (size_t i = 2; i + 1 < n; i += 2) {
        const json_t *labels = json_array_get(json, i);
        size_t n_labels = json_is_array(labels) ? json_array_size(labels) : 1;
        for (size_t k = 0; k < n_labels; k++) {
            const json_t *label = json_is_array(labels) ? json_array_get(labels, k) : labels;
            GapExpr *literal =
                json_is_array(label) ? NULL : parse_literal(label, GAP_VALUE_NULL, path, NULL);
            if (!literal)
                return gap_fail(error, GAP_ERROR_INPUT,
                                "%s[%zu]: a label of match is text or a number", path->str, i);
            g_ptr_array_add(e->arguments, literal);
            if (!add(e, json, i + 1, want, path, depth, error))
                return false;
        }
    }
    return add(e, json, n - 1, want, path, depth, error);
}

/** Reads limits and outputs of step (from: 2, output first) and interpolate (from: 3). */
static bool parse_stops(GapExpr *e, const json_t *json, GapValueType want, size_t from,
                        GString *path, int depth, GError **error) {
    size_t n = json_array_size(json);
    bool step = e->operator->op == GAP_OP_STEP;
    double before = -INFINITY;
    if (!add(e, json, from - 1, GAP_VALUE_NUMBER, path, depth, error) ||
        (step && !add(e, json, from++, want, path, depth, error)))
        return false;
    if ((n - from) % 2 || n <= from)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: %s takes pairs of limit and value", path->str,
                        e->operator->name);
    for (size_t i = from; i < n; i += 2) {
        const json_t *limit = json_array_get(json, i);
        if (!json_is_number(limit) || json_number_value(limit) <= before)
            return gap_fail(error, GAP_ERROR_INPUT,
                            "%s[%zu]: limits are numbers, each above the one before", path->str, i);
        before = json_number_value(limit);
        if (!add(e, json, i, GAP_VALUE_NUMBER, path, depth, error) ||
            !add(e, json, i + 1, want, path, depth, error))
            return false;
    }
    return true;
}

/** ["number-format", input, {"max-fraction-digits": n}]; the language is the page's. */
static bool parse_number_format(GapExpr *e, const json_t *json, GString *path, int depth,
                                GError **error) {
    const json_t *options = json_array_get(json, 2);
    const json_t *digits = json_object_get(options, "max-fraction-digits");
    if (json_object_size(options) != (digits ? 1 : 0) || (digits && !json_is_integer(digits)) ||
        !json_is_object(options))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s[2]: {\"max-fraction-digits\": 0 to 9} is wanted", path->str);
    e->decimals = (int)CLAMP(json_integer_value(digits), 0, 9);
    return add(e, json, 1, GAP_VALUE_NUMBER, path, depth, error);
}

/** ["linear"] or ["exponential", base]: output differences grow by `base` from unit to unit. */
static bool parse_curve(GapExpr *e, const json_t *json, const GString *path, GError **error) {
    const char *name = json_string_value(json_array_get(json, 0));
    bool linear = name && json_array_size(json) == 1 && g_str_equal(name, "linear");
    bool power = name && json_array_size(json) == 2 && g_str_equal(name, "exponential");
    e->base = power ? json_number_value(json_array_get(json, 1)) : 1;
    return ((linear || power) && e->base > 0) ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s[1]: [\"linear\"] or [\"exponential\", a number above 0] is wanted",
                    path->str);
}

/** ["in", value, ["literal", [a, b, ...]]]: the value, then each of the list. */
static bool parse_in(GapExpr *e, const json_t *json, GString *path, int depth, GError **error) {
    const json_t *call = json_array_get(json, 2), *list = json_array_get(call, 1);
    const char *name = json_string_value(json_array_get(call, 0));
    if (!name || !g_str_equal(name, "literal") || !json_is_array(list) ||
        json_array_size(list) > LENGTH_MAX)
        return gap_fail(error, GAP_ERROR_INPUT, "%s[2]: [\"literal\", [a, b, ...]] is wanted",
                        path->str);
    if (!add(e, json, 1, GAP_VALUE_NULL, path, depth, error))
        return false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        GapExpr *literal = parse_literal(json_array_get(list, i), GAP_VALUE_NULL, path, error);
        if (!literal)
            return false;
        g_ptr_array_add(e->arguments, literal);
    }
    return true;
}

/** Two fixed values compared are a filter of MapLibre's first years: ["==", "kind", "station"]. */
static bool parse_comparison(GapExpr *e, const json_t *json, GString *path, int depth,
                             GError **error) {
    GapValueType type = e->operator->argument_type;
    const char *column = json_string_value(json_array_get(json, 1));
    if (column && !json_is_array(json_array_get(json, 2))) {
        g_autofree char *shown = gap_printable(column, 60);
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s[1]: two fixed values are compared; the column is [\"get\", \"%s\"]",
                        path->str, shown);
    }
    return add(e, json, 1, type, path, depth, error) && add(e, json, 2, type, path, depth, error);
}

static bool parse_arguments(GapExpr *e, const json_t *json, GapValueType want, GString *path,
                            int depth, GError **error) {
    switch (e->operator->op) {
    case GAP_OP_CASE:
        return parse_case(e, json, want, path, depth, error);
    case GAP_OP_MATCH:
        return parse_match(e, json, want, path, depth, error);
    case GAP_OP_STEP:
        return parse_stops(e, json, want, 2, path, depth, error);
    case GAP_OP_INTERPOLATE:
        return parse_curve(e, json_array_get(json, 1), path, error) &&
               parse_stops(e, json, want, 3, path, depth, error);
    case GAP_OP_IN:
        return parse_in(e, json, path, depth, error);
    case GAP_OP_EQUAL:
    case GAP_OP_UNEQUAL:
    case GAP_OP_LESS:
    case GAP_OP_AT_MOST:
    case GAP_OP_MORE:
    case GAP_OP_AT_LEAST:
        return parse_comparison(e, json, path, depth, error);
    case GAP_OP_NUMBER_FORMAT:
        return parse_number_format(e, json, path, depth, error);
    default:
        for (size_t i = 1; i < json_array_size(json); i++)
            if (!add(e, json, i,
                     e->operator->op == GAP_OP_COALESCE ? want : e->operator->argument_type, path,
                     depth, error))
                return false;
        return true;
    }
}

static GapExpr *parse_call(const json_t *json, GapValueType want, GString *path, int depth,
                           GError **error) {
    const char *name = json_string_value(json_array_get(json, 0));
    const GapOperator *operator= name ? find_operator(name) : NULL;
    if (!operator) {
        unknown_operator(name ? name : "", path, error);
        return NULL;
    }
    int n = (int)json_array_size(json) - 1;
    if (n < operator->least ||(operator->most >= 0 && n> operator->most) || n > LENGTH_MAX) {
        gap_fail(error, GAP_ERROR_INPUT, "%s: %s has %d arguments, which is too %s", path->str,
                 name, n, n < operator->least ? "few" : "many");
        return NULL;
    }
    if (operator->op == GAP_OP_LITERAL)
        return parse_literal(json_array_get(json, 1), want, path, error);
    if (want && operator->result_type && operator->result_type != want) {
        gap_fail(error, GAP_ERROR_INPUT, "%s: %s is wanted, %s gives %s", path->str,
                 type_names[want], name, type_names[operator->result_type]);
        return NULL;
    }
    g_autoptr(GapExpr) expr = node_new(operator, want ? want : operator->result_type);
    if (!parse_arguments(expr, json, want, path, depth, error))
        return NULL;
    return g_steal_pointer(&expr);
}

static GapExpr *parse(const json_t *json, GapValueType want, GString *path, int depth,
                      GError **error) {
    if (depth > DEPTH_MAX) {
        gap_fail(error, GAP_ERROR_INPUT, "%.80s...: expressions nest more than %d deep", path->str,
                 DEPTH_MAX);
        return NULL;
    }
    if (json_is_array(json))
        return parse_call(json, want, path, depth, error);
    return parse_literal(json, want, path, error);
}

GapExpr *gap_expr_parse(const json_t *json, GapValueType want, const char *path, GError **error) {
    g_autoptr(GString) where = g_string_new(path);
    return parse(json, want, where, 0, error);
}

GapExpr *gap_expr_find(GapExpr *expr, const char *name) {
    if (!expr || g_str_equal(expr->operator->name, name))
        return expr;
    for (guint i = 0; i < expr->arguments->len; i++) {
        GapExpr *found = gap_expr_find(expr->arguments->pdata[i], name);
        if (found)
            return found;
    }
    return NULL;
}

size_t gap_expr_size(const GapExpr *expr) {
    return expr->arguments->len;
}

GapExpr *gap_expr_argument(const GapExpr *expr, size_t i) {
    return expr->arguments->pdata[i];
}

void gap_expr_set_limit(GapExpr *step, size_t i, double limit) {
    gap_expr_argument(step, 2 * i)->literal.number = limit;
}

void gap_expr_scale_limits(GapExpr *interpolate, double factor) {
    for (size_t i = 1; i < gap_expr_size(interpolate); i += 2)
        gap_expr_argument(interpolate, i)->literal.number *= factor;
}
