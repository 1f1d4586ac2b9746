// Expressions whose arguments stand in a form of their own: names, pairs, lists, options.
#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/expr_node.h"

#include <math.h>
#include <string.h>

static bool read_case(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want) {
    size_t n = json_array_size(json);
    if (n % 2)
        return gap_fail(p->error, GAP_ERROR_INPUT,
                        "%s: case takes pairs of condition and value, then one value for the rest",
                        p->path->str);
    for (size_t i = 1; i < n; i++)
        if (!gap_expr_add(p, e, json, i, i % 2 && i + 1 < n ? GAP_VALUE_BOOL : want))
            return false;
    return true;
}

/* ---- match ---- */

static bool wrong_label(const GapExprParser *p, size_t i, const char *why) {
    return gap_fail(p->error, GAP_ERROR_INPUT, "%s[%zu]: a label of match %s", p->path->str, i,
                    why);
}

/** Labels are text or whole numbers, all of one kind, and no two alike, as MapLibre has them. */
static bool add_label(GapExprParser *p, GapExpr *e, const json_t *label, size_t i) {
    if (!json_is_string(label) && !json_is_number(label))
        return wrong_label(p, i, "is text or a number");
    if (json_is_number(label) && json_number_value(label) != floor(json_number_value(label)))
        return wrong_label(p, i, "is a whole number, if it is one; step goes by limits");
    GapExpr *literal = gap_expr_read_literal(p, label, GAP_VALUE_NULL);
    for (guint k = 1; k < e->arguments->len; k += 2) {
        const GapExpr *other = e->arguments->pdata[k];
        bool twice = gap_value_equal(other->literal, literal->literal);
        if (twice || other->type != literal->type) {
            gap_expr_free(literal);
            return wrong_label(p, i, twice ? "stands twice" : "is of another type than the first");
        }
    }
    g_ptr_array_add(e->arguments, literal);
    return true;
}

/** A list of labels is spread: each label gets the output. */
static bool read_match(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want) {
    size_t n = json_array_size(json);
    if (n % 2 == 0)
        return gap_fail(p->error, GAP_ERROR_INPUT,
                        "%s: match takes an input, pairs of label and value, then one value for "
                        "the rest",
                        p->path->str);
    if (!gap_expr_add(p, e, json, 1, GAP_VALUE_NULL))
        return false;
    for (size_t i = 2; i + 1 < n; i += 2) {
        const json_t *labels = json_array_get(json, i);
        size_t n_labels = json_is_array(labels) ? json_array_size(labels) : 1;
        if (!n_labels)
            return wrong_label(p, i, "is missing");
        for (size_t k = 0; k < n_labels; k++)
            if (!add_label(p, e, json_is_array(labels) ? json_array_get(labels, k) : labels, i) ||
                !gap_expr_add(p, e, json, i + 1, want))
                return false;
    }
    return gap_expr_add(p, e, json, n - 1, want);
}

/* ---- step and interpolate ---- */

/** Reads limits and outputs of step (from: 2, output first) and interpolate (from: 3). */
static bool read_stops(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want,
                       size_t from) {
    size_t n = json_array_size(json);
    bool step = e->operator->op == GAP_OP_STEP;
    double before = -INFINITY;
    if (!gap_expr_add(p, e, json, from - 1, GAP_VALUE_NUMBER) ||
        (step && !gap_expr_add(p, e, json, from++, want)))
        return false;
    if ((n - from) % 2 || n <= from)
        return gap_fail(p->error, GAP_ERROR_INPUT, "%s: %s takes pairs of limit and value",
                        p->path->str, e->operator->name);
    for (size_t i = from; i < n; i += 2) {
        const json_t *limit = json_array_get(json, i);
        if (!json_is_number(limit) || json_number_value(limit) <= before)
            return gap_fail(p->error, GAP_ERROR_INPUT,
                            "%s[%zu]: limits are numbers, each above the one before", p->path->str,
                            i);
        before = json_number_value(limit);
        if (!gap_expr_add(p, e, json, i, GAP_VALUE_NUMBER) ||
            !gap_expr_add(p, e, json, i + 1, want))
            return false;
    }
    return true;
}

/** ["cubic-bezier", x1, y1, x2, y2]: numbers from 0 to 1. */
static bool read_bezier(GapCurve *curve, const json_t *json) {
    for (size_t i = 0; i < 4; i++) {
        const json_t *number = json_array_get(json, i + 1);
        curve->bezier[i] = json_number_value(number);
        if (!json_is_number(number) || !(curve->bezier[i] >= 0 && curve->bezier[i] <= 1))
            return false;
    }
    return json_array_size(json) == 5;
}

static bool read_curve(GapExprParser *p, GapExpr *e, const json_t *json) {
    const char *name = json_string_value(json_array_get(json, 0));
    size_t n = json_array_size(json);
    GapCurve *curve = &e->curve;
    curve->base = 1;
    if (g_strcmp0(name, "exponential") == 0 && n == 2)
        curve->base = json_number_value(json_array_get(json, 1));
    else if (g_strcmp0(name, "cubic-bezier") == 0 && read_bezier(curve, json))
        return true;
    else if (g_strcmp0(name, "linear") != 0 || n != 1)
        curve->base = 0;
    return curve->base > 0 ||
           gap_fail(p->error, GAP_ERROR_INPUT,
                    "%s[1]: [\"linear\"], [\"exponential\", a number above 0] or "
                    "[\"cubic-bezier\", x1, y1, x2, y2], each from 0 to 1, is wanted",
                    p->path->str);
}

static bool read_interpolate(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want) {
    if (want && want != GAP_VALUE_NUMBER && want != GAP_VALUE_COLOUR)
        return gap_fail(p->error, GAP_ERROR_INPUT,
                        "%s: only numbers and colours lie between others; step chooses",
                        p->path->str);
    GapValueType own = e->operator->argument_type;
    return read_curve(p, e, json_array_get(json, 1)) && read_stops(p, e, json, own ? own : want, 3);
}

/* ---- let and var ---- */

static bool is_name(const char *name) {
    return name && *name &&
           strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_") == strlen(name);
}

/** ["let", NAME, VALUE, ..., RESULT]: the values know the names around the let, not those beside
 *  them, so nothing can stand for itself. */
static bool read_let(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want) {
    size_t n = json_array_size(json), names = n / 2 - 1;
    if (n % 2)
        return gap_fail(p->error, GAP_ERROR_INPUT,
                        "%s: let takes pairs of name and value, then the result", p->path->str);
    g_autofree GapScope *scope = g_new0(GapScope, names);
    for (size_t i = 0; i < names; i++) {
        const char *name = json_string_value(json_array_get(json, 2 * i + 1));
        if (!is_name(name))
            return gap_fail(p->error, GAP_ERROR_INPUT,
                            "%s[%zu]: a name of let is of letters, digits and _", p->path->str,
                            2 * i + 1);
        if (!gap_expr_add(p, e, json, 2 * i + 2, GAP_VALUE_NULL))
            return false;
        scope[i] = (GapScope){name, e->arguments->pdata[i], i ? &scope[i - 1] : p->scope};
    }
    const GapScope *around = p->scope;
    p->scope = &scope[names - 1];
    bool good = gap_expr_add(p, e, json, n - 1, want);
    p->scope = around;
    if (good) // the result comes first
        g_ptr_array_insert(e->arguments, 0, g_ptr_array_steal_index(e->arguments, (guint)names));
    return good;
}

static bool read_var(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want) {
    const char *name = json_string_value(json_array_get(json, 1));
    const GapScope *found = p->scope;
    while (found && g_strcmp0(found->name, name) != 0)
        found = found->outer;
    if (!found) {
        g_autofree char *shown = gap_printable(name ? name : "", 60);
        return gap_fail(p->error, GAP_ERROR_INPUT,
                        "%s[1]: no let around this gives '%s' a value; write [\"let\", \"NAME\", "
                        "VALUE, ..., RESULT]",
                        p->path->str, shown);
    }
    e->bound = found->value;
    p->steps += found->value->steps;
    GapValueType type = found->value->type;
    if (want && type && type != want && !(want == GAP_VALUE_COLOUR && type == GAP_VALUE_STRING))
        return gap_fail(p->error, GAP_ERROR_INPUT,
                        "%s: '%s' is of another type than is wanted here", p->path->str, name);
    e->type = want ? want : type;
    return true;
}

/* ---- text ---- */

/** Reads a number of digits, at most 9; `otherwise` where the option is not given. */
static bool read_digits(const json_t *options, const char *key, int otherwise, int *digits,
                        size_t *given) {
    const json_t *json = json_object_get(options, key);
    *digits = json ? (int)CLAMP(json_integer_value(json), -1, 10) : otherwise;
    *given += json != NULL;
    return (!json || json_is_integer(json)) && *digits >= 0 && *digits <= 9;
}

/** ["number-format", input, {"min-fraction-digits": n, "max-fraction-digits": n}]; the language is
 *  the page's. */
static bool read_number_format(GapExprParser *p, GapExpr *e, const json_t *json) {
    const json_t *options = json_array_get(json, 2);
    size_t given = 0;
    bool good = read_digits(options, "min-fraction-digits", 0, &e->digits_least, &given) &&
                read_digits(options, "max-fraction-digits", MAX(e->digits_least, 3),
                            &e->digits_most, &given);
    if (!good || !json_is_object(options) || json_object_size(options) != given ||
        e->digits_least > e->digits_most)
        return gap_fail(p->error, GAP_ERROR_INPUT,
                        "%s[2]: {\"min-fraction-digits\": 0 to 9, \"max-fraction-digits\": 0 to 9} "
                        "is wanted, or one of them; the language is the page's",
                        p->path->str);
    return gap_expr_add(p, e, json, 1, GAP_VALUE_NUMBER);
}

/** ["format", text, {}, text, ...]: parts of a name all look alike here. */
static bool read_format(GapExprParser *p, GapExpr *e, const json_t *json) {
    for (size_t i = 1; i < json_array_size(json); i++) {
        const json_t *part = json_array_get(json, i);
        if (json_is_object(part) && json_object_size(part))
            return gap_fail(p->error, GAP_ERROR_INPUT,
                            "%s[%zu]: the parts of a name look alike here; write {}", p->path->str,
                            i);
        if (!json_is_object(part) && !gap_expr_add(p, e, json, i, GAP_VALUE_NULL))
            return false;
    }
    return true;
}

/* ---- all ---- */

static bool read_each(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want) {
    for (size_t i = 1; i < json_array_size(json); i++)
        if (!gap_expr_add(p, e, json, i, want))
            return false;
    return true;
}

/** What is known of the two sides must be alike, and have an order where that is asked for. */
static bool read_comparison(GapExprParser *p, GapExpr *e, const json_t *json) {
    if (!read_each(p, e, json, GAP_VALUE_NULL))
        return false;
    bool order = e->operator->op != GAP_OP_EQUAL && e->operator->op != GAP_OP_UNEQUAL;
    GapValueType first = 0;
    for (guint i = 0; i < 2; i++) {
        const GapExpr *side = e->arguments->pdata[i];
        bool plain = side->type == GAP_VALUE_NUMBER || side->type == GAP_VALUE_STRING ||
                     (!order && side->type == GAP_VALUE_BOOL);
        if ((side->type && !plain) || (first && side->type && side->type != first))
            return gap_fail(p->error, GAP_ERROR_INPUT, "%s[%u]: %s compares %s, of one type",
                            p->path->str, i + 1, e->operator->name,
                            order ? "numbers or texts" : "numbers, texts or truths");
        first = first ? first : side->type;
    }
    return true;
}

/** ["in", value, list or text] and the like: a list that is written down stands in a literal. */
static bool read_search(GapExprParser *p, GapExpr *e, const json_t *json) {
    size_t list = e->operator->op == GAP_OP_SLICE || e->operator->op == GAP_OP_LENGTH ? 1 : 2;
    const json_t *in = json_array_get(json, list);
    const char *name = json_string_value(json_array_get(in, 0));
    bool is_call = false;
    for (const GapOperator *o = gap_operators; name && o->name; o++)
        is_call |= g_str_equal(o->name, name);
    if (json_is_array(in) && !is_call)
        return gap_fail(p->error, GAP_ERROR_INPUT, "%s[%zu]: [\"literal\", [a, b, ...]] is wanted",
                        p->path->str, list);
    return read_each(p, e, json, GAP_VALUE_NULL);
}

bool gap_expr_read_form(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want,
                        bool *handled) {
    *handled = true;
    switch (e->operator->op) {
    case GAP_OP_CASE:
        return read_case(p, e, json, want);
    case GAP_OP_MATCH:
        return read_match(p, e, json, want);
    case GAP_OP_STEP:
        return read_stops(p, e, json, want, 2);
    case GAP_OP_INTERPOLATE:
        return read_interpolate(p, e, json, want);
    case GAP_OP_COALESCE:
        return read_each(p, e, json, want);
    case GAP_OP_LET:
        return read_let(p, e, json, want);
    case GAP_OP_VAR:
        return read_var(p, e, json, want);
    case GAP_OP_IN:
    case GAP_OP_INDEX_OF:
    case GAP_OP_AT:
    case GAP_OP_SLICE:
    case GAP_OP_LENGTH:
        return read_search(p, e, json);
    case GAP_OP_EQUAL:
    case GAP_OP_UNEQUAL:
    case GAP_OP_LESS:
    case GAP_OP_AT_MOST:
    case GAP_OP_MORE:
    case GAP_OP_AT_LEAST:
        return read_comparison(p, e, json);
    case GAP_OP_NUMBER_FORMAT:
        return read_number_format(p, e, json);
    case GAP_OP_FORMAT:
        return read_format(p, e, json);
    default:
        *handled = false;
        return true;
    }
}
