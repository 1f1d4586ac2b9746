#include "styles/expr_node.h"

#include <math.h>
#include <string.h>

static const GapValue nothing = {GAP_VALUE_NULL, {0}};

static GapValue truth(bool value) {
    return (GapValue){GAP_VALUE_BOOL, .truth = value};
}

/** A number that is not finite is no value. */
static GapValue number(double value) {
    return isfinite(value) ? (GapValue){GAP_VALUE_NUMBER, .number = value} : nothing;
}

static GapValue argument(const GapExpr *e, size_t i, const GapContext *c) {
    return gap_expr_eval(e->arguments->pdata[i], c);
}

/** NaN where the argument is no number. */
static double numeric(const GapExpr *e, size_t i, const GapContext *c) {
    GapValue value = argument(e, i, c);
    return value.type == GAP_VALUE_NUMBER ? value.number : NAN;
}

static GapValue cell(const GapContext *c, const char *column) {
    int at = gap_table_find(c->table, column);
    if (at < 0 || gap_table_is_null(c->table, c->row, (size_t)at))
        return nothing;
    if (gap_table_column(c->table, (size_t)at)->type == GAP_TYPE_TEXT)
        return (GapValue){GAP_VALUE_STRING, .string = gap_table_text(c->table, c->row, (size_t)at)};
    return number(gap_table_real(c->table, c->row, (size_t)at));
}

static GapValue kept(const char *text, const GapContext *c) {
    return (GapValue){GAP_VALUE_STRING, .string = g_string_chunk_insert_const(c->scratch, text)};
}

/** The name in `lang`, or NULL. */
static const char *name_in(const GapContext *c, const char *lang) {
    g_autofree char *column = g_strconcat("name_", lang, NULL);
    GapValue value = cell(c, column);
    return value.type == GAP_VALUE_STRING && value.string[0] ? value.string : NULL;
}

/** A name in another language than the page's, with a dagger. */
static GapValue borrowed_name(const char *name, const GapContext *c) {
    if (!c->scratch)
        return (GapValue){GAP_VALUE_STRING, .string = name};
    g_autofree char *marked = g_strconcat(name, "†", NULL);
    return kept(marked, c);
}

/** The name in the language or languages of the page, else in the one that most readers share. */
static GapValue name_of(const GapContext *c) {
    static const char *const others[] = {"ru", "en", "ky"};
    const char *name = name_in(c, c->lang ? c->lang : "en");
    const char *second = c->second ? name_in(c, c->second) : NULL;
    if (name && second && c->scratch && !g_str_equal(name, second)) {
        g_autofree char *both = g_strconcat(name, "\n", second, NULL);
        return kept(both, c);
    }
    if (name || second)
        return (GapValue){GAP_VALUE_STRING, .string = name ? name : second};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if ((name = name_in(c, others[i])))
            return borrowed_name(name, c);
    return cell(c, "name");
}

static GapValue get(const char *column, const GapContext *c) {
    if (c->given && g_str_equal(column, c->given))
        return number(c->given_value);
    if (!c->table)
        return nothing;
    return g_str_equal(column, "name") ? name_of(c) : cell(c, column);
}

bool gap_value_equal(GapValue a, GapValue b) {
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case GAP_VALUE_BOOL:
        return a.truth == b.truth;
    case GAP_VALUE_NUMBER:
        return a.number == b.number;
    case GAP_VALUE_STRING:
        return strcmp(a.string, b.string) == 0;
    default:
        return a.type == GAP_VALUE_NULL;
    }
}

static bool holds(const GapExpr *e, size_t i, const GapContext *c) {
    GapValue value = argument(e, i, c);
    return value.type == GAP_VALUE_BOOL && value.truth;
}

static GapValue choose(const GapExpr *e, const GapContext *c) {
    size_t n = e->arguments->len;
    for (size_t i = 0; i + 1 < n; i += 2)
        if (holds(e, i, c))
            return argument(e, i + 1, c);
    return argument(e, n - 1, c);
}

static GapValue match(const GapExpr *e, const GapContext *c) {
    size_t n = e->arguments->len;
    GapValue input = argument(e, 0, c);
    for (size_t i = 1; i + 1 < n; i += 2)
        if (gap_value_equal(input, argument(e, i, c)))
            return argument(e, i + 1, c);
    return argument(e, n - 1, c);
}

static GapValue step(const GapExpr *e, const GapContext *c) {
    double input = numeric(e, 0, c);
    if (isnan(input))
        return nothing;
    size_t at = 1;
    for (size_t i = 2; i + 1 < e->arguments->len && input >= numeric(e, i, c); i += 2)
        at = i + 1;
    return argument(e, at, c);
}

static GapValue interpolate(const GapExpr *e, const GapContext *c) {
    double input = numeric(e, 0, c);
    size_t n = e->arguments->len;
    if (isnan(input))
        return nothing;
    if (input <= numeric(e, 1, c))
        return argument(e, 2, c);
    size_t i = 3;
    while (i + 1 < n && input > numeric(e, i, c))
        i += 2;
    if (i + 1 >= n)
        return argument(e, n - 1, c);
    double t = gap_curve_at(&e->curve, input, numeric(e, i - 2, c), numeric(e, i, c));
    return gap_expr_mix(argument(e, i - 1, c), argument(e, i + 1, c), t, e->operator->name);
}

static GapValue coalesce(const GapExpr *e, const GapContext *c) {
    for (size_t i = 0; i < e->arguments->len; i++) {
        GapValue value = argument(e, i, c);
        if (value.type)
            return value;
    }
    return nothing;
}

/** Less than 0, 0, or more; NaN where there is no order. */
static double order(GapValue a, GapValue b) {
    if (a.type == GAP_VALUE_STRING && b.type == GAP_VALUE_STRING)
        return strcmp(a.string, b.string);
    bool numbers = a.type == GAP_VALUE_NUMBER && b.type == GAP_VALUE_NUMBER;
    return numbers ? (a.number > b.number) - (a.number < b.number) : NAN;
}

static GapValue compare(const GapExpr *e, const GapContext *c) {
    double by = order(argument(e, 0, c), argument(e, 1, c));
    if (isnan(by))
        return nothing;
    switch (e->operator->op) {
    case GAP_OP_LESS:
        return truth(by < 0);
    case GAP_OP_AT_MOST:
        return truth(by <= 0);
    case GAP_OP_MORE:
        return truth(by > 0);
    default:
        return truth(by >= 0);
    }
}

static GapValue logic(const GapExpr *e, const GapContext *c, bool all) {
    for (size_t i = 0; i < e->arguments->len; i++)
        if (holds(e, i, c) != all)
            return truth(!all);
    return truth(all);
}

static double combined(GapOp op, double a, double b) {
    switch (op) {
    case GAP_OP_PLUS:
        return a + b;
    case GAP_OP_MINUS:
        return a - b;
    case GAP_OP_TIMES:
        return a * b;
    case GAP_OP_REMAINDER:
        return fmod(a, b);
    case GAP_OP_POWER:
        return pow(a, b);
    case GAP_OP_MIN:
        return isnan(a) || isnan(b) ? NAN : fmin(a, b);
    case GAP_OP_MAX:
        return isnan(a) || isnan(b) ? NAN : fmax(a, b);
    default:
        return a / b;
    }
}

static double alone(GapOp op, double a) {
    switch (op) {
    case GAP_OP_MINUS:
        return -a;
    case GAP_OP_SQRT:
        return sqrt(a);
    case GAP_OP_ABS:
        return fabs(a);
    case GAP_OP_FLOOR:
        return floor(a);
    case GAP_OP_CEIL:
        return ceil(a);
    case GAP_OP_ROUND:
        return round(a);
    case GAP_OP_LN:
        return log(a);
    case GAP_OP_LOG2:
        return log2(a);
    case GAP_OP_SIN:
        return sin(a);
    case GAP_OP_COS:
        return cos(a);
    case GAP_OP_TAN:
        return tan(a);
    case GAP_OP_ASIN:
        return asin(a);
    case GAP_OP_ACOS:
        return acos(a);
    case GAP_OP_ATAN:
        return atan(a);
    case GAP_OP_LOG10:
        return log10(a);
    default:
        return a;
    }
}

static GapValue arithmetic(const GapExpr *e, const GapContext *c) {
    double value = numeric(e, 0, c);
    size_t n = e->arguments->len;
    if (n == 1)
        return number(alone(e->operator->op, value));
    for (size_t i = 1; i < n; i++)
        value = combined(e->operator->op, value, numeric(e, i, c));
    return number(value);
}

/** The first of the type that is asserted. */
static GapValue assert_type(const GapExpr *e, const GapContext *c) {
    for (guint i = 0; i < e->arguments->len; i++) {
        GapValue value = argument(e, i, c);
        if (value.type == e->operator->result_type)
            return value;
    }
    return nothing;
}

static GapValue to_boolean(GapValue value) {
    bool empty = value.type == GAP_VALUE_NULL ||
                 (value.type == GAP_VALUE_NUMBER && value.number == 0) ||
                 (value.type == GAP_VALUE_STRING && !value.string[0]) ||
                 (value.type == GAP_VALUE_BOOL && !value.truth);
    return truth(!empty);
}

/** Nothing and empty text are 0; text that is no number, with nothing behind it, is none. */
static GapValue to_number(GapValue value) {
    if (value.type == GAP_VALUE_NUMBER)
        return value;
    if (value.type == GAP_VALUE_BOOL || value.type == GAP_VALUE_NULL)
        return number(value.type == GAP_VALUE_BOOL && value.truth);
    if (value.type != GAP_VALUE_STRING)
        return nothing;
    g_autofree char *text = g_strstrip(g_strdup(value.string));
    char *end;
    double read = g_ascii_strtod(text, &end);
    return *end ? nothing : number(read);
}

static GapValue first_number(const GapExpr *e, const GapContext *c) {
    for (guint i = 0; i < e->arguments->len; i++) {
        GapValue value = to_number(argument(e, i, c));
        if (value.type)
            return value;
    }
    return nothing;
}

/** Red, green and blue from 0 to 255, alpha from 0 to 1; anything else is no colour. */
static GapValue colour_of(const GapValue *part, size_t n) {
    double at[4] = {0, 0, 0, 1};
    if (n != 3 && n != 4)
        return nothing;
    for (size_t i = 0; i < n; i++) {
        at[i] = part[i].type == GAP_VALUE_NUMBER ? part[i].number / (i < 3 ? 255 : 1) : NAN;
        if (!(at[i] >= 0 && at[i] <= 1))
            return nothing;
    }
    return (GapValue){GAP_VALUE_COLOUR, .colour = {at[0], at[1], at[2], at[3]}};
}

static GapValue rgb(const GapExpr *e, const GapContext *c) {
    GapValue part[4];
    for (guint i = 0; i < e->arguments->len; i++)
        part[i] = argument(e, i, c);
    return colour_of(part, e->arguments->len);
}

static GapValue to_colour(const GapExpr *e, const GapContext *c) {
    for (guint i = 0; i < e->arguments->len; i++) {
        GapValue value = argument(e, i, c);
        GapColour colour;
        if (value.type == GAP_VALUE_STRING && gap_colour_parse(value.string, &colour))
            return (GapValue){GAP_VALUE_COLOUR, .colour = colour};
        if (value.type == GAP_VALUE_LIST)
            value = colour_of(value.list.items, value.list.n);
        if (value.type == GAP_VALUE_COLOUR)
            return value;
    }
    return nothing;
}

// Long because each operator is a line.
GapValue gap_expr_eval(const GapExpr *e, const GapContext *c) {
    switch (e->operator->op) {
    case GAP_OP_LITERAL:
        return e->literal;
    case GAP_OP_LET:
    case GAP_OP_IMAGE:
        return argument(e, 0, c);
    case GAP_OP_VAR:
        return gap_expr_eval(e->bound, c);
    case GAP_OP_GET:
    case GAP_OP_HAS: {
        GapValue column = argument(e, 0, c);
        GapValue value = column.type == GAP_VALUE_STRING ? get(column.string, c) : nothing;
        return e->operator->op == GAP_OP_GET ? value : truth(value.type != GAP_VALUE_NULL);
    }
    case GAP_OP_CASE:
        return choose(e, c);
    case GAP_OP_MATCH:
        return match(e, c);
    case GAP_OP_STEP:
        return step(e, c);
    case GAP_OP_INTERPOLATE:
        return interpolate(e, c);
    case GAP_OP_COALESCE:
        return coalesce(e, c);
    case GAP_OP_EQUAL:
    case GAP_OP_UNEQUAL: {
        bool same = gap_value_equal(argument(e, 0, c), argument(e, 1, c));
        return truth(same == (e->operator->op == GAP_OP_EQUAL));
    }
    case GAP_OP_LESS:
    case GAP_OP_AT_MOST:
    case GAP_OP_MORE:
    case GAP_OP_AT_LEAST:
        return compare(e, c);
    case GAP_OP_ALL:
    case GAP_OP_ANY:
        return logic(e, c, e->operator->op == GAP_OP_ALL);
    case GAP_OP_NOT:
        return truth(!holds(e, 0, c));
    case GAP_OP_E:
        return number(G_E);
    case GAP_OP_PI:
        return number(G_PI);
    case GAP_OP_LN2:
        return number(G_LN2);
    case GAP_OP_ASSERT:
        return assert_type(e, c);
    case GAP_OP_TO_BOOLEAN:
        return to_boolean(argument(e, 0, c));
    case GAP_OP_TO_NUMBER:
        return first_number(e, c);
    case GAP_OP_TO_COLOUR:
        return to_colour(e, c);
    case GAP_OP_RGB:
        return rgb(e, c);
    case GAP_OP_ZOOM:
        return number(c->zoom);
    case GAP_OP_IN:
    case GAP_OP_INDEX_OF:
    case GAP_OP_AT:
    case GAP_OP_SLICE:
    case GAP_OP_LENGTH:
    case GAP_OP_TYPEOF:
    case GAP_OP_TO_STRING:
    case GAP_OP_UPCASE:
    case GAP_OP_DOWNCASE:
    case GAP_OP_CONCAT:
    case GAP_OP_FORMAT:
    case GAP_OP_NUMBER_FORMAT:
        return gap_expr_text(e, c);
    default:
        return arithmetic(e, c);
    }
}

double gap_expr_number(const GapExpr *e, const GapContext *c, double fallback) {
    GapValue value = e ? gap_expr_eval(e, c) : nothing;
    return value.type == GAP_VALUE_NUMBER ? value.number : fallback;
}

/** Text that a column holds may be a colour too. */
GapColour gap_expr_colour(const GapExpr *e, const GapContext *c, GapColour fallback) {
    GapValue value = e ? gap_expr_eval(e, c) : nothing;
    GapColour colour;
    if (value.type == GAP_VALUE_COLOUR)
        return value.colour;
    return value.type == GAP_VALUE_STRING && gap_colour_parse(value.string, &colour) ? colour
                                                                                     : fallback;
}

const char *gap_expr_string(const GapExpr *e, const GapContext *c) {
    GapValue value = e ? gap_expr_eval(e, c) : nothing;
    return value.type == GAP_VALUE_STRING ? value.string : NULL;
}

bool gap_expr_holds(const GapExpr *e, const GapContext *c) {
    GapValue value = e ? gap_expr_eval(e, c) : truth(true);
    return value.type == GAP_VALUE_BOOL && value.truth;
}
