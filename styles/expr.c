#include "styles/expr.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/expr_node.h"

#include <string.h>

enum { DEPTH_MAX = 32, STEPS_MAX = 20000 };

static const char *const type_names[] = {"anything", "true or false", "a number",
                                         "text",     "a colour",      "a list"};

void gap_expr_free(GapExpr *expr) {
    if (!expr)
        return;
    g_ptr_array_unref(expr->arguments);
    g_free(expr->items);
    json_decref(expr->kept);
    g_free(expr);
}

GapExpr *gap_expr_node(const GapOperator *operator, GapValueType type) {
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

static void unknown_operator(const GapExprParser *p, const char *name) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const GapOperator *o = gap_operators; o->name; o++)
        g_ptr_array_add(names, (gpointer)o->name);
    g_ptr_array_add(names, NULL);
    const char *const *known = (const char *const *)names->pdata;
    bool foreign = g_strv_contains(gap_foreign_operators, name);
    const char *nearest = foreign ? NULL : gap_text_nearest(name, known);
    g_autofree char *all = g_strjoinv(" ", (char **)names->pdata), *shown = gap_printable(name, 60);
    gap_fail(p->error, GAP_ERROR_INPUT, "%s: %s '%s' is supported%s%s%s; there are %s",
             p->path->str, foreign ? "MapLibre has it, but here no expression" : "no expression",
             shown, nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "",
             all);
}

bool gap_expr_add(GapExprParser *p, GapExpr *e, const json_t *array, size_t i, GapValueType want) {
    gsize length = p->path->len;
    g_string_append_printf(p->path, "[%zu]", i);
    p->depth++;
    GapExpr *argument = gap_expr_read(p, json_array_get(array, i), want);
    p->depth--;
    g_string_truncate(p->path, length);
    if (argument)
        g_ptr_array_add(e->arguments, argument);
    return argument != NULL;
}

/* ---- fixed values ---- */

/** False where the JSON is a list or an object. */
static bool to_value(const json_t *json, GapValue *value) {
    if (json_is_string(json))
        *value = (GapValue){GAP_VALUE_STRING, .string = json_string_value(json)};
    else if (json_is_number(json))
        *value = (GapValue){GAP_VALUE_NUMBER, .number = json_number_value(json)};
    else if (json_is_boolean(json))
        *value = (GapValue){GAP_VALUE_BOOL, .truth = json_is_true(json)};
    return !json_is_array(json) && !json_is_object(json);
}

static bool read_list(GapExpr *e, const json_t *json) {
    size_t n = json_array_size(json);
    e->items = g_new0(GapValue, n + 1);
    e->literal = (GapValue){GAP_VALUE_LIST, .list = {e->items, n}};
    for (size_t i = 0; i < n; i++)
        if (!to_value(json_array_get(json, i), &e->items[i]))
            return false;
    return json_is_array(json) && n <= GAP_EXPR_LENGTH_MAX;
}

static bool read_colour(const GapExprParser *p, GapExpr *e) {
    GapColour colour;
    if (!gap_colour_parse(e->literal.string, &colour)) {
        g_autofree char *shown = gap_printable(e->literal.string, 60);
        return gap_fail(p->error, GAP_ERROR_INPUT,
                        "%s: '%s' is not a colour; write it as #rrggbb or rgba(r, g, b, a)",
                        p->path->str, shown);
    }
    e->literal = (GapValue){GAP_VALUE_COLOUR, .colour = colour};
    return true;
}

/** A colour may be text until it is drawn. */
static bool fits(const GapExprParser *p, GapValueType want, GapValueType type, const char *what) {
    return !want || !type || type == want ||
           (want == GAP_VALUE_COLOUR && type == GAP_VALUE_STRING) ||
           gap_fail(p->error, GAP_ERROR_INPUT, "%s: %s is wanted, %s %s", p->path->str,
                    type_names[want], what, type_names[type]);
}

GapExpr *gap_expr_read_literal(GapExprParser *p, const json_t *json, GapValueType want) {
    g_autoptr(GapExpr) e = gap_expr_node(&gap_operators[0], want);
    e->kept = json_incref((json_t *)json);
    e->steps = 1;
    if (!to_value(json, &e->literal) && !(json_is_array(json) && read_list(e, json))) {
        gap_fail(p->error, GAP_ERROR_INPUT,
                 "%s: %s is no value here; a list holds at most %d values and no lists",
                 p->path->str, json_is_array(json) ? "this list" : "an object",
                 GAP_EXPR_LENGTH_MAX);
        return NULL;
    }
    bool text = e->literal.type == GAP_VALUE_STRING;
    if (text && strlen(e->literal.string) > GAP_EXPR_TEXT_MAX) {
        gap_fail(p->error, GAP_ERROR_INPUT, "%s: a text has at most %d bytes here; shorten it",
                 p->path->str, GAP_EXPR_TEXT_MAX);
        return NULL;
    }
    if ((want == GAP_VALUE_COLOUR && text && !read_colour(p, e)) ||
        !fits(p, want, e->literal.type, "this is"))
        return NULL;
    e->type = e->literal.type;
    return g_steal_pointer(&e);
}

/* ---- calls ---- */

static bool read_arguments(GapExprParser *p, GapExpr *e, const json_t *json, GapValueType want) {
    bool handled;
    if (!gap_expr_read_form(p, e, json, want, &handled))
        return false;
    for (size_t i = 1; !handled && i < json_array_size(json); i++)
        if (!gap_expr_add(p, e, json, i, e->operator->argument_type))
            return false;
    return true;
}

static bool counts_right(const GapExprParser *p, const GapOperator *o, const json_t *json) {
    int n = (int)json_array_size(json) - 1, most = o->most < 0 ? GAP_EXPR_LENGTH_MAX : o->most;
    return (n >= o->least && n <= most) ||
           gap_fail(p->error, GAP_ERROR_INPUT, "%s: %s has %d arguments, which is too %s",
                    p->path->str, o->name, n, n < o->least ? "few" : "many");
}

static bool is_old(const GapExprParser *p, const json_t *json) {
    json_t *modern = gap_expr_modernised(json);
    char *text = modern ? json_dumps(modern, JSON_ENCODE_ANY) : NULL;
    if (modern) {
        g_autofree char *shown = gap_printable(text ? text : "", 300);
        gap_fail(p->error, GAP_ERROR_INPUT,
                 "%s: this is a filter of MapLibre's first years; write %s", p->path->str, shown);
    }
    free(text);
    json_decref(modern);
    return modern != NULL;
}

static GapExpr *read_call(GapExprParser *p, const json_t *json, GapValueType want) {
    const char *name = json_string_value(json_array_get(json, 0));
    const GapOperator *o = name ? find_operator(name) : NULL;
    if (is_old(p, json))
        return NULL;
    if (!o) {
        unknown_operator(p, name ? name : "");
        return NULL;
    }
    if (!counts_right(p, o, json))
        return NULL;
    if (o->op == GAP_OP_LITERAL)
        return gap_expr_read_literal(p, json_array_get(json, 1), want);
    g_autofree char *gives = g_strdup_printf("%s gives", name);
    g_autoptr(GapExpr) e = gap_expr_node(o, want && !o->result_type ? want : o->result_type);
    size_t before = p->steps;
    if (!fits(p, want, o->result_type, gives) || !read_arguments(p, e, json, want))
        return NULL;
    e->steps = p->steps - before;
    return g_steal_pointer(&e);
}

GapExpr *gap_expr_read(GapExprParser *p, const json_t *json, GapValueType want) {
    const char *name = json_string_value(json_array_get(json, 0));
    bool list = want == GAP_VALUE_LIST && json_is_array(json) && !(name && find_operator(name));
    if (p->depth > DEPTH_MAX)
        gap_fail(p->error, GAP_ERROR_INPUT, "%.80s...: expressions nest more than %d deep",
                 p->path->str, DEPTH_MAX);
    else if (++p->steps > STEPS_MAX)
        gap_fail(p->error, GAP_ERROR_INPUT,
                 "%.80s...: an expression takes more than %d steps, with its variables written out",
                 p->path->str, STEPS_MAX);
    else
        return json_is_array(json) && !list ? read_call(p, json, want)
                                            : gap_expr_read_literal(p, json, want);
    return NULL;
}

GapExpr *gap_expr_parse(const json_t *json, GapValueType want, const char *path, GError **error) {
    g_autoptr(GString) where = g_string_new(path);
    GapExprParser p = {.path = where, .error = error};
    return gap_expr_read(&p, json, want);
}

/* ---- what legends read ---- */

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
