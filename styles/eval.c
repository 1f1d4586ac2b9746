#include "geo/text/text.h"
#include "styles/expr_node.h"

#include <math.h>

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

static bool equal(GapValue a, GapValue b) {
    if (a.type != b.type)
        return false;
    switch (a.type) {
    case GAP_VALUE_BOOL:
        return a.truth == b.truth;
    case GAP_VALUE_NUMBER:
        return a.number == b.number;
    case GAP_VALUE_STRING:
        return g_str_equal(a.string, b.string);
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
        if (equal(input, argument(e, i, c)))
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

static double mix(double a, double b, double t) {
    return a + (b - a) * t;
}

/** How far between `low` and `high`, 0 to 1; a base other than 1 grows by itself a unit, as the
 *  style specification has it. */
static double along(double base, double input, double low, double high) {
    return base == 1 ? (input - low) / (high - low)
                     : (pow(base, input - low) - 1) / (pow(base, high - low) - 1);
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
    double t = along(e->base, input, numeric(e, i - 2, c), numeric(e, i, c));
    GapValue a = argument(e, i - 1, c), b = argument(e, i + 1, c);
    if (a.type != b.type || !isfinite(t))
        return nothing;
    if (a.type == GAP_VALUE_NUMBER)
        return number(mix(a.number, b.number, t));
    if (a.type != GAP_VALUE_COLOUR)
        return nothing;
    GapColour p = a.colour, q = b.colour;
    return (GapValue){GAP_VALUE_COLOUR, .colour = {mix(p.r, q.r, t), mix(p.g, q.g, t),
                                                   mix(p.b, q.b, t), mix(p.a, q.a, t)}};
}

static GapValue coalesce(const GapExpr *e, const GapContext *c) {
    for (size_t i = 0; i < e->arguments->len; i++) {
        GapValue value = argument(e, i, c);
        if (value.type)
            return value;
    }
    return nothing;
}

static GapValue compare(const GapExpr *e, const GapContext *c) {
    double a = numeric(e, 0, c), b = numeric(e, 1, c);
    if (isnan(a) || isnan(b))
        return nothing;
    switch (e->operator->op) {
    case GAP_OP_LESS:
        return truth(a < b);
    case GAP_OP_AT_MOST:
        return truth(a <= b);
    case GAP_OP_MORE:
        return truth(a > b);
    default:
        return truth(a >= b);
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

static GapValue one_of(const GapExpr *e, const GapContext *c) {
    GapValue value = argument(e, 0, c);
    for (size_t i = 1; i < e->arguments->len; i++)
        if (equal(value, argument(e, i, c)))
            return truth(true);
    return truth(false);
}

/** Text that is no number, with nothing behind it, is none. */
static GapValue to_number(GapValue value) {
    char *end;
    if (value.type == GAP_VALUE_NUMBER)
        return value;
    if (value.type == GAP_VALUE_BOOL)
        return number(value.truth);
    double read = value.type == GAP_VALUE_STRING ? g_ascii_strtod(value.string, &end) : NAN;
    return value.type == GAP_VALUE_STRING && end > value.string && !*end ? number(read) : nothing;
}

static GapValue to_string(GapValue value, const GapContext *c) {
    char text[G_ASCII_DTOSTR_BUF_SIZE] = "";
    if (value.type == GAP_VALUE_STRING || !c->scratch)
        return value.type == GAP_VALUE_STRING ? value : nothing;
    if (value.type == GAP_VALUE_NUMBER)
        g_ascii_formatd(text, sizeof text, "%.15g", value.number);
    else if (value.type == GAP_VALUE_BOOL)
        g_strlcpy(text, value.truth ? "true" : "false", sizeof text);
    return (GapValue){GAP_VALUE_STRING, .string = g_string_chunk_insert_const(c->scratch, text)};
}

static GapValue recased(const GapExpr *e, const GapContext *c) {
    GapValue value = argument(e, 0, c);
    if (value.type != GAP_VALUE_STRING || !c->scratch)
        return nothing;
    g_autofree char *text = e->operator->op == GAP_OP_UPCASE ? g_utf8_strup(value.string, -1)
                                                             : g_utf8_strdown(value.string, -1);
    return kept(text, c);
}

static GapValue concat(const GapExpr *e, const GapContext *c) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < e->arguments->len && c->scratch; i++) {
        GapValue part = to_string(argument(e, i, c), c);
        g_string_append(text, part.type == GAP_VALUE_STRING ? part.string : "");
    }
    return c->scratch ? kept(text->str, c) : nothing;
}

static GapValue number_format(const GapExpr *e, const GapContext *c) {
    double value = numeric(e, 0, c);
    if (isnan(value) || !c->scratch)
        return nothing;
    g_autofree char *text = gap_format_number(value, e->decimals, c->lang ? c->lang : "en");
    return kept(text, c);
}

GapValue gap_expr_eval(const GapExpr *e, const GapContext *c) {
    switch (e->operator->op) {
    case GAP_OP_LITERAL:
        return e->literal;
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
        bool same = equal(argument(e, 0, c), argument(e, 1, c));
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
    case GAP_OP_IN:
        return one_of(e, c);
    case GAP_OP_UPCASE:
    case GAP_OP_DOWNCASE:
        return recased(e, c);
    case GAP_OP_TO_NUMBER:
        return to_number(argument(e, 0, c));
    case GAP_OP_CONCAT:
        return concat(e, c);
    case GAP_OP_NUMBER_FORMAT:
        return number_format(e, c);
    case GAP_OP_TO_STRING:
        return to_string(argument(e, 0, c), c);
    case GAP_OP_ZOOM:
        return number(c->zoom);
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
