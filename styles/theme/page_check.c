// metadata.gapmap, as far as it can be checked without data. Blocks of the panel and insets check
// their own members when they are drawn.
#include "geo/base/error.h"
#include "styles/style_properties.h"

typedef enum { TEXT, TRUTH, TEXTS, OBJECT, OBJECTS } Shape;

static const struct {
    const char *key;
    Shape shape;
} members[] = {{"words", TEXT},     {"mode", TEXT},           {"needs", TEXTS},
               {"with", TEXT},      {"extent", TEXT},         {"notes", TEXTS},
               {"classes", OBJECT}, {"insets", OBJECTS},      {"graticule", TRUTH},
               {"panel", OBJECTS},  {"infographic", OBJECTS}, {"logos", TEXTS}};

static bool has_shape(const json_t *json, Shape shape) {
    if (shape == TEXT)
        return json_is_string(json);
    if (shape == TRUTH)
        return json_is_boolean(json);
    if (shape == OBJECT)
        return json_is_object(json);
    for (size_t i = 0; i < json_array_size(json); i++) {
        const json_t *one = json_array_get(json, i);
        if (shape == TEXTS ? !json_is_string(one) : !json_is_object(one))
            return false;
    }
    return json_is_array(json);
}

static bool check_shapes(const json_t *page, GError **error) {
    static const char *const wanted[] = {"text", "true or false", "a list of texts", "an object",
                                         "a list of objects"};
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        const json_t *json = json_object_get(page, members[i].key);
        if (json && !has_shape(json, members[i].shape))
            return gap_fail(error, GAP_ERROR_INPUT, "metadata.gapmap.%s: %s is wanted",
                            members[i].key, wanted[members[i].shape]);
    }
    return true;
}

static bool check_mode(const json_t *page, GError **error) {
    static const char *const modes[] = {"straight", "travel", NULL};
    const char *mode = json_string_value(json_object_get(page, "mode"));
    return !mode || g_strv_contains(modes, mode) ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "metadata.gapmap.mode: '%.60s' is none; straight or travel is wanted", mode);
}

static bool check_extent(const GapStyle *style, GError **error) {
    const char *id = json_string_value(json_object_get(style->page, "extent"));
    return !id || gap_style_source(style, id) ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "metadata.gapmap.extent: '%.60s' is no source of this style", id);
}

static bool check_around(const GapStyle *style, GError **error) {
    for (guint i = 0; i < style->layers->len; i++) {
        const GapStyleLayer *layer = style->layers->pdata[i];
        const GapStyleLayer *circles = layer->around ? gap_style_layer(style, layer->around) : NULL;
        if (layer->around && (!circles || circles->type != GAP_LAYER_CIRCLE))
            return gap_fail(error, GAP_ERROR_INPUT,
                            "layer '%.60s': layers[%u].metadata.gapmap:around: '%.60s' is no "
                            "circle layer of this style",
                            layer->id, i, layer->around);
    }
    return true;
}

bool gap_style_check_page(const GapStyle *style, GError **error) {
    return check_shapes(style->page, error) && check_mode(style->page, error) &&
           check_extent(style, error) && check_around(style, error);
}
