// What a layer's own metadata says to gapmap, checked when the style is read.
#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/map.h"
#include "styles/style_properties.h"

#include <string.h>

static bool parse_expr(const json_t *json, GapValueType want, const char *path, GapExpr **expr,
                       GError **error) {
    return (*expr = gap_expr_parse(json, want, path, error)) != NULL;
}

static bool is_hatch(const GapValue *value, void *path, GError **error) {
    static const GapPropertySpec hatch = {.type = GAP_VALUE_STRING, .names = GAP_HATCHES};
    return !value || gap_property_takes(&hatch, *value, path, error);
}

static bool parse_hatch(GapStyleLayer *layer, const json_t *json, char *path, GError **error) {
    return parse_expr(json, GAP_VALUE_STRING, path, &layer->hatch, error) &&
           gap_expr_outputs(layer->hatch, is_hatch, path, error);
}

static bool parse_part(const json_t *json, const char *path, GapStyleBar *bar, GError **error) {
    const char *colour = json_string_value(json_array_get(json, 1));
    const char *word = json_string_value(json_array_get(json, 2));
    if (json_array_size(json) != 3 || !word || !colour ||
        !gap_colour_parse(colour, &bar->colour[bar->n]))
        return gap_fail(error, GAP_ERROR_INPUT, "%s: [expression, colour, word] is wanted", path);
    bar->word[bar->n] = word;
    g_autofree char *at = g_strconcat(path, "[0]", NULL);
    return parse_expr(json_array_get(json, 0), GAP_VALUE_NUMBER, at, &bar->share[bar->n++], error);
}

static bool parse_bar(const json_t *json, const char *path, GapStyleBar *bar, GError **error) {
    json_error_t wrong;
    json_t *parts;
    if (json_unpack_ex((json_t *)json, &wrong, JSON_STRICT, "{s:F, s:F, s:o}", "width", &bar->width,
                       "height", &bar->height, "parts", &parts))
        return gap_fail(error, GAP_ERROR_INPUT, "%s: %s", path, wrong.text);
    if (json_array_size(parts) < 1 || json_array_size(parts) > GAP_BAR_PARTS ||
        !(bar->width >= 1 && bar->width <= 500 && bar->height >= 1 && bar->height <= 100))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: 1 to %d parts, a width to 500 and a height to 100 are wanted", path,
                        GAP_BAR_PARTS);
    for (size_t i = 0; i < json_array_size(parts); i++) {
        g_autofree char *at = g_strdup_printf("%s.parts[%zu]", path, i);
        if (!parse_part(json_array_get(parts, i), at, bar, error))
            return false;
    }
    return true;
}

static bool parse_only(GapStyleLayer *layer, const char *value, const char *path, GError **error) {
    layer->not_on_map = value && g_str_equal(value, "inset");
    layer->not_in_inset = value && g_str_equal(value, "map");
    return layer->not_on_map || layer->not_in_inset ||
           gap_fail(error, GAP_ERROR_INPUT, "%s: 'map' or 'inset' is wanted", path);
}

static bool parse_ramp(GapStyleLayer *layer, const char *value, const char *path, GError **error) {
    layer->diverging = g_strcmp0(value, "diverging") == 0;
    return layer->diverging || g_strcmp0(value, "sequential") == 0 ||
           gap_fail(error, GAP_ERROR_INPUT, "%s: 'sequential' or 'diverging' is wanted", path);
}

/** A word or an expression that gives one. */
static bool parse_leader(GapStyleLayer *layer, const json_t *json, char *path, GError **error) {
    static const char *const known[] = {"always", "once", "never", NULL};
    const char *word = json_string_value(json);
    if (json_is_array(json) || (word && g_strv_contains(known, word)))
        return parse_expr(json, GAP_VALUE_STRING, path, &layer->leader, error);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: 'always', 'once', 'never' or an expression is wanted", path);
}

static bool parse_member(GapStyleLayer *layer, const char *key, const json_t *value, char *path,
                         GError **error) {
    static const char *const known[] = {"gapmap:hatch", "gapmap:hollow", "gapmap:around",
                                        "gapmap:first", "gapmap:only",   "gapmap:min-width",
                                        "gapmap:bar",   "gapmap:apart",  "gapmap:arrow",
                                        "gapmap:ramp",  "gapmap:leader", NULL};
    if (g_str_equal(key, "gapmap:hatch"))
        return parse_hatch(layer, value, path, error);
    if (g_str_equal(key, "gapmap:hollow"))
        return parse_expr(value, GAP_VALUE_BOOL, path, &layer->hollow, error);
    if (g_str_equal(key, "gapmap:leader"))
        return parse_leader(layer, value, path, error);
    if (g_str_equal(key, "gapmap:bar"))
        return parse_bar(value, path, &layer->bar, error);
    if (g_str_equal(key, "gapmap:only"))
        return parse_only(layer, json_string_value(value), path, error);
    if (g_str_equal(key, "gapmap:ramp"))
        return parse_ramp(layer, json_string_value(value), path, error);
    if (g_str_equal(key, "gapmap:apart") || g_str_equal(key, "gapmap:arrow")) {
        *(g_str_equal(key, "gapmap:apart") ? &layer->apart : &layer->arrow) = json_is_true(value);
        return json_is_boolean(value) ||
               gap_fail(error, GAP_ERROR_INPUT, "%s: true or false is wanted", path);
    }
    if (g_str_equal(key, "gapmap:around")) {
        layer->around = json_string_value(value);
        return layer->around || gap_fail(error, GAP_ERROR_INPUT, "%s: text is wanted", path);
    }
    const char *nearest = gap_text_nearest(key, known);
    g_autofree char *all = gap_names_listed(known);
    if (!g_strv_contains(known, key))
        return gap_fail(error, GAP_ERROR_INPUT, "%s is not supported%s%s%s; here stands %s", path,
                        nearest ? "; did you mean '" : "", nearest ? nearest : "",
                        nearest ? "'?" : "", all);
    if (!json_is_number(value) || !(json_number_value(value) >= 0))
        return gap_fail(error, GAP_ERROR_INPUT, "%s: a number is wanted", path);
    if (g_str_equal(key, "gapmap:first"))
        layer->first = (unsigned)MIN(json_number_value(value), 1e6);
    else
        layer->min_width = json_number_value(value);
    return true;
}

bool gap_style_parse_metadata(GapStyleLayer *layer, const json_t *json, const char *path,
                              GError **error) {
    const char *key;
    json_t *value;
    layer->first = G_MAXUINT;
    if (json && !json_is_object(json))
        return gap_fail(error, GAP_ERROR_INPUT, "%s: an object is wanted", path);
    json_object_foreach((json_t *)json, key, value) {
        g_autofree char *shown = gap_printable(key, 60), *at = g_strconcat(path, ".", shown, NULL);
        if (g_str_has_prefix(key, "gapmap:") && !parse_member(layer, key, value, at, error))
            return false;
    }
    return true;
}
