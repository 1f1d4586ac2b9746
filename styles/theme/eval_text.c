// Expressions over text and lists. Places and lengths in text count letters as Unicode code points,
// as MapLibre does.
#include "geo/text/text.h"
#include "styles/expr_node.h"

#include <math.h>
#include <string.h>

static const GapValue nothing = {GAP_VALUE_NULL, {0}};

static GapValue argument(const GapExpr *e, size_t i, const GapContext *c) {
    return i < e->arguments->len ? gap_expr_eval(e->arguments->pdata[i], c) : nothing;
}

static GapValue number(double value) {
    return (GapValue){GAP_VALUE_NUMBER, .number = value};
}

static GapValue kept(const char *text, const GapContext *c) {
    return (GapValue){GAP_VALUE_STRING, .string = g_string_chunk_insert_const(c->scratch, text)};
}

/* ---- values as text ---- */

/** As ECMAScript writes a number: the fewest digits that give it again, without an exponent from
 *  1e-6 to below 1e21 (ECMA-262, Number::toString). Returns: (transfer full). */
static char *number_text(double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE], format[8], digits[24];
    for (int n = 0; n < 17; n++) {
        g_snprintf(format, sizeof format, "%%.%de", n);
        if (g_ascii_strtod(g_ascii_formatd(text, sizeof text, format, value), NULL) == value)
            break;
    }
    const char *sign = text[0] == '-' ? "-" : "", *first = text + (*sign == '-');
    char *e = strchr(text, 'e');
    int exponent = (int)g_ascii_strtoll(e + 1, NULL, 10), n = 0;
    for (const char *at = first; at < e; at++)
        if (*at != '.')
            digits[n++] = *at;
    digits[n] = '\0';
    if (value == 0)
        return g_strdup("0");
    if (exponent < -6 || exponent > 20)
        return g_strdup_printf("%s%c%s%se%+d", sign, digits[0], n > 1 ? "." : "", digits + 1,
                               exponent);
    if (exponent < 0)
        return g_strdup_printf("%s0.%.*s%s", sign, -exponent - 1, "000000", digits);
    if (n > exponent + 1)
        return g_strdup_printf("%s%.*s.%s", sign, exponent + 1, digits, digits + exponent + 1);
    return g_strdup_printf("%s%s%.*s", sign, digits, exponent + 1 - n, "00000000000000000000");
}

/** Returns: (transfer full). */
static char *value_text(GapValue v) {
    switch (v.type) {
    case GAP_VALUE_STRING:
        return g_strdup(v.string);
    case GAP_VALUE_NUMBER:
        return number_text(v.number);
    case GAP_VALUE_BOOL:
        return g_strdup(v.truth ? "true" : "false");
    case GAP_VALUE_COLOUR: {
        g_autofree char *alpha = number_text(v.colour.a);
        return g_strdup_printf("rgba(%ld,%ld,%ld,%s)", lround(v.colour.r * 255),
                               lround(v.colour.g * 255), lround(v.colour.b * 255), alpha);
    }
    default:
        return g_strdup("");
    }
}

static GapValue concat(const GapExpr *e, const GapContext *c) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < e->arguments->len; i++) {
        g_autofree char *part = value_text(argument(e, i, c));
        g_string_append(text, part);
        if (text->len > GAP_EXPR_TEXT_MAX)
            return nothing; // joined again and again it would fill the memory
    }
    return kept(text->str, c);
}

static GapValue recased(const GapExpr *e, const GapContext *c) {
    GapValue value = argument(e, 0, c);
    if (value.type != GAP_VALUE_STRING)
        return nothing;
    g_autofree char *text = e->operator->op == GAP_OP_UPCASE ? g_utf8_strup(value.string, -1)
                                                             : g_utf8_strdown(value.string, -1);
    return kept(text, c);
}

/** The digits that a number needs, from the least to the most. */
static int digits_of(const GapExpr *e, double value) {
    char text[400];
    int digits = e->digits_most;
    g_snprintf(text, sizeof text, "%.*f", digits, value);
    for (const char *last = text + strlen(text) - 1; digits > e->digits_least && *last == '0';
         last--)
        digits--;
    return digits;
}

static GapValue number_format(const GapExpr *e, const GapContext *c) {
    GapValue value = argument(e, 0, c);
    if (value.type != GAP_VALUE_NUMBER)
        return nothing;
    g_autofree char *text =
        gap_format_number(value.number, digits_of(e, value.number), c->lang ? c->lang : "en");
    return kept(text, c);
}

static GapValue type_of(GapValue v, const GapContext *c) {
    static const char *const names[] = {"null", "boolean", "number", "string", "color"};
    if (v.type != GAP_VALUE_LIST)
        return (GapValue){GAP_VALUE_STRING, .string = names[v.type]};
    const char *of = v.list.n ? names[v.list.items[0].type] : "value";
    for (size_t i = 1; i < v.list.n; i++)
        of = v.list.items[i].type == v.list.items[0].type ? of : "value";
    g_autofree char *text = g_strdup_printf("array<%s, %zu>", of, v.list.n);
    return kept(text, c);
}

/* ---- places in texts and lists ---- */

/** Letters of a text or values of a list; -1: it is neither. */
static long length_of(GapValue v) {
    return v.type == GAP_VALUE_STRING ? g_utf8_strlen(v.string, -1)
           : v.type == GAP_VALUE_LIST ? (long)v.list.n
                                      : -1;
}

/** Argument `i` as a place among `n`, counted from the end where it is negative. */
static long place(const GapExpr *e, size_t i, const GapContext *c, long n, long otherwise) {
    GapValue v = argument(e, i, c);
    if (v.type != GAP_VALUE_NUMBER)
        return otherwise;
    double at = trunc(v.number);
    return (long)CLAMP(at < 0 ? at + (double)n : at, 0, (double)n);
}

static long found_in_list(GapValue needle, GapValue list, long from) {
    for (size_t i = (size_t)from; i < list.list.n; i++)
        if (gap_value_equal(needle, list.list.items[i]))
            return (long)i;
    return -1;
}

/** Where the first argument stands in the second, from a place on; -1: nowhere. False where there
 * is nothing to look in or for. */
static bool search(const GapExpr *e, const GapContext *c, long *found) {
    GapValue needle = argument(e, 0, c), in = argument(e, 1, c);
    long n = length_of(in), from = place(e, 2, c, n, 0);
    *found = -1;
    if (e->operator->op == GAP_OP_IN && in.type == GAP_VALUE_NULL)
        return true; // nothing is in nothing
    if (n < 0 || needle.type > GAP_VALUE_STRING)
        return false;
    if (in.type == GAP_VALUE_LIST) {
        *found = found_in_list(needle, in, from);
        return true;
    }
    g_autofree char *text = value_text(needle);
    const char *at = strstr(g_utf8_offset_to_pointer(in.string, from), text);
    *found = at ? g_utf8_pointer_to_offset(in.string, at) : -1;
    return true;
}

static GapValue at(const GapExpr *e, const GapContext *c) {
    GapValue which = argument(e, 0, c), list = argument(e, 1, c);
    bool there = which.type == GAP_VALUE_NUMBER && list.type == GAP_VALUE_LIST &&
                 which.number == floor(which.number) && which.number >= 0 &&
                 which.number < (double)list.list.n;
    return there ? list.list.items[(size_t)which.number] : nothing;
}

static GapValue slice(const GapExpr *e, const GapContext *c) {
    GapValue of = argument(e, 0, c);
    long n = length_of(of), from = place(e, 1, c, n, -1), to = place(e, 2, c, n, n);
    if (n < 0 || from < 0)
        return nothing;
    to = MAX(from, to);
    if (of.type == GAP_VALUE_LIST)
        return (GapValue){GAP_VALUE_LIST, .list = {of.list.items + from, (size_t)(to - from)}};
    g_autofree char *text = g_utf8_substring(of.string, from, to);
    return kept(text, c);
}

static GapValue measured(const GapExpr *e, const GapContext *c) {
    long found, n = length_of(argument(e, 0, c));
    switch (e->operator->op) {
    case GAP_OP_LENGTH:
        return n >= 0 ? number((double)n) : nothing;
    case GAP_OP_INDEX_OF:
        return search(e, c, &found) ? number((double)found) : nothing;
    default:
        return search(e, c, &found) ? (GapValue){GAP_VALUE_BOOL, .truth = found >= 0} : nothing;
    }
}

GapValue gap_expr_text(const GapExpr *e, const GapContext *c) {
    switch (e->operator->op) {
    case GAP_OP_IN:
    case GAP_OP_INDEX_OF:
    case GAP_OP_LENGTH:
        return measured(e, c);
    case GAP_OP_AT:
        return at(e, c);
    default:
        break;
    }
    if (!c->scratch)
        return nothing;
    switch (e->operator->op) {
    case GAP_OP_SLICE:
        return slice(e, c);
    case GAP_OP_TYPEOF:
        return type_of(argument(e, 0, c), c);
    case GAP_OP_UPCASE:
    case GAP_OP_DOWNCASE:
        return recased(e, c);
    case GAP_OP_NUMBER_FORMAT:
        return number_format(e, c);
    default:
        return concat(e, c);
    }
}
