// Filters of MapLibre's first years, for messages that say how they are written today. What is one
// is told as MapLibre's own reader tells it: a comparison of two fixed values, a list without
// "literal", and operators that are no expressions.
#include "styles/expr_node.h"

/** ["get", KEY]; of $id and $type, which no row has, the same. */
static json_t *column(const json_t *key) {
    return json_pack("[s, O]", "get", key);
}

static json_t *negated(json_t *filter) {
    return json_pack("[s, o]", "!", filter);
}

/** ["in", KEY, a, b, ...]. */
static json_t *membership(const json_t *filter) {
    json_t *values = json_array();
    for (size_t i = 2; i < json_array_size(filter); i++)
        json_array_append(values, json_array_get(filter, i));
    return json_pack("[s, o, [s, o]]", "in", column(json_array_get(filter, 1)), "literal", values);
}

/** ["none", filter, ...]: their modern forms within an any that is negated. */
static json_t *none(const json_t *filter) {
    json_t *any = json_pack("[s]", "any");
    for (size_t i = 1; i < json_array_size(filter); i++) {
        json_t *part = json_array_get(filter, i), *modern = gap_expr_modernised(part);
        json_array_append_new(any, modern ? modern : json_incref(part));
    }
    return negated(any);
}

json_t *gap_expr_modernised(const json_t *filter) {
    static const char *const comparisons[] = {"==", "!=", "<", "<=", ">", ">=", NULL};
    const char *name = json_string_value(json_array_get(filter, 0));
    const json_t *key = json_array_get(filter, 1), *second = json_array_get(filter, 2);
    size_t n = json_array_size(filter);
    if (!name)
        return NULL;
    if (g_str_equal(name, "none"))
        return none(filter);
    if (!json_is_string(key))
        return NULL;
    if (g_strv_contains(comparisons, name) && n == 3 && !json_is_array(second))
        return json_pack("[s, o, O]", name, column(key), second);
    if (g_str_equal(name, "!has") && n == 2)
        return negated(json_pack("[s, O]", "has", key));
    if (g_str_equal(name, "!in"))
        return negated(membership(filter));
    return g_str_equal(name, "in") && n >= 3 && !json_is_array(second) ? membership(filter) : NULL;
}
