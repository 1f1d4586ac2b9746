#include "styles/style.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/style_properties.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

enum { LAYERS_MAX = 200, NESTING_MAX = 64 };

const char *const GAP_THEMES[] = {"coverage",    "gaps",       "crime-and-plans", "travel",
                                  "sites",       "difference", "run-difference",  "coverage-runs",
                                  "crime-years", "visits",     "gap-and-plan",    "people",
                                  NULL};

static void layer_free(gpointer data) {
    GapStyleLayer *layer = data;
    g_free(layer->id);
    g_free(layer->source);
    gap_expr_free(layer->filter);
    for (size_t i = 0; i < GAP_PROPS; i++)
        gap_expr_free(layer->props[i]);
    gap_expr_free(layer->hatch);
    gap_expr_free(layer->hollow);
    gap_expr_free(layer->leader);
    for (size_t i = 0; i < layer->bar.n; i++)
        gap_expr_free(layer->bar.share[i]);
    g_free(layer);
}

static void source_free(gpointer data) {
    GapStyleSource *source = data;
    g_free(source->id);
    g_free(source->layer);
    g_free(source->variant);
    g_free(source->picture);
    g_free(source);
}

void gap_style_free(GapStyle *style) {
    if (!style)
        return;
    g_ptr_array_unref(style->layers);
    g_ptr_array_unref(style->sources);
    json_decref(style->document);
    g_free(style->file);
    g_free(style);
}

/** Levels of brackets outside strings: jansson would go on to 2048. */
static bool too_deep(const char *text, size_t length) {
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (quoted && text[i] == '\\')
            i++;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && strchr("[{", text[i]) && text[i] && ++depth > NESTING_MAX)
            return true;
        else if (!quoted && (text[i] == ']' || text[i] == '}'))
            depth--;
    }
    return false;
}

static bool unknown_key(GError **error, const char *path, const char *key,
                        const char *const *known) {
    g_autofree char *shown = gap_printable(key, 60);
    g_autofree char *all = gap_names_listed(known);
    const char *nearest = gap_text_nearest(key, known);
    return gap_fail(error, GAP_ERROR_INPUT, "%s.%s is not supported%s%s%s; here stands %s", path,
                    shown, nearest ? "; did you mean '" : "", nearest ? nearest : "",
                    nearest ? "'?" : "", all);
}

static bool check_keys(const json_t *object, const char *path, const char *const *known,
                       GError **error) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key,
                        value) if (!g_strv_contains(known, key)) return unknown_key(error, path,
                                                                                    key, known);
    return true;
}

/** The text of a member; an error where it is missing or something else. */
static const char *member_text(const json_t *object, const char *path, const char *key,
                               GError **error) {
    const char *text = json_string_value(json_object_get(object, key));
    if (!text)
        gap_fail(error, GAP_ERROR_INPUT, "%s.%s: text is wanted", path, key);
    return text;
}

bool gap_style_dots(const GapStyleSource *source, double *people) {
    const char *v = source->variant;
    char *end = NULL;
    *people = 0;
    if (!v || !g_str_has_prefix(v, "dots"))
        return false;
    if (v[4] == '/')
        *people = g_ascii_strtod(v + 5, &end);
    return v[4] == '\0' || (end > v + 5 && !*end && *people >= 1 && *people <= 1e9);
}

/** Whether the source knows its variant: "seat", or of the demand "dots" and "dots/500". */
static bool check_variant(const GapStyleSource *source, const char *path, GError **error) {
    double people;
    return !source->variant || g_str_equal(source->variant, "seat") ||
           (g_str_equal(source->layer, "demand") && gap_style_dots(source, &people)) ||
           gap_fail(error, GAP_ERROR_INPUT,
                    "%s: after the slash only 'seat' is known, and of demand 'dots' or 'dots/N' "
                    "with N people a dot",
                    path);
}

/** "gapmap:LAYER" and a variant after a slash; of relief "gapmap:terrain" alone. */
static bool parse_address(GapStyleSource *source, const char *data, const char *path,
                          GError **error) {
    const char *example = source->relief ? "gapmap:terrain" : "gapmap:provinces";
    g_auto(GStrv) parts = g_strsplit(data, "/", 2);
    if (!g_str_has_prefix(data, "gapmap:") || !parts[0][strlen("gapmap:")] ||
        (source->relief && !g_str_equal(data, example)))
        return gap_fail(error, GAP_ERROR_INPUT, "%s: a layer of the store is wanted, such as %s",
                        path, example);
    source->layer = g_strdup(parts[0] + strlen("gapmap:"));
    source->variant = g_strdup(parts[1]);
    return check_variant(source, path, error);
}

static bool parse_source(GapStyle *style, const char *id, const json_t *json, GError **error) {
    g_autofree char *path = g_strdup_printf("sources.%.60s", id);
    static const char *const known[] = {"type", "data", "url", "attribution", NULL};
    static const char *const of_image[] = {"type", "url", "coordinates", NULL};
    if (!json_is_object(json))
        return gap_fail(error, GAP_ERROR_INPUT, "%s: an object is wanted", path);
    const char *type = member_text(json, path, "type", error);
    bool image = type && g_str_equal(type, "image");
    if (!type || !check_keys(json, path, image ? of_image : known, error))
        return false;
    GapStyleSource *source = g_new0(GapStyleSource, 1);
    g_ptr_array_add(style->sources, source);
    source->id = g_strdup(id);
    source->relief = g_str_equal(type, "raster-dem");
    if (image)
        return gap_style_parse_picture(style, source, json, path, error);
    if (!source->relief && !g_str_equal(type, "geojson"))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s.type: only geojson, raster-dem and image are supported", path);
    const char *key = source->relief ? "url" : "data";
    const char *data = member_text(json, path, key, error);
    g_autofree char *at = g_strconcat(path, ".", key, NULL);
    return data && parse_address(source, data, at, error);
}

static const GapPropertySpec *find_property(const char *name, GapLayerType type, bool layout) {
    for (size_t i = 0; i < GAP_PROPS; i++)
        if (gap_properties[i].layer == type && gap_properties[i].layout == layout &&
            g_str_equal(gap_properties[i].name, name))
            return &gap_properties[i];
    return NULL;
}

/** Whether MapLibre has such a property, which is not drawn here. */
static bool is_foreign(const char *name, GapLayerType type) {
    const GapForeignProperties *f = gap_foreign_properties;
    while (f->names && f->layer != type)
        f++;
    g_auto(GStrv) names = g_strsplit(f->names ? f->names : "", " ", -1);
    return g_strv_contains((const char *const *)names, name);
}

static bool unknown_property(GError **error, const char *path, const char *key, GapLayerType type,
                             bool layout) {
    const char *known[GAP_PROPS + 8];
    size_t n = 0;
    for (size_t i = 0; i < GAP_PROPS; i++)
        if (gap_properties[i].layer == type && gap_properties[i].layout == layout)
            known[n++] = gap_properties[i].name;
    for (const GapPlainProperty *p = gap_plain_properties; p->name; p++)
        if ((p->layer == type || p->layer == GAP_LAYER_TYPES) && p->layout == layout)
            known[n++] = p->name;
    known[n] = NULL;
    if (is_foreign(key, type))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s.%s: MapLibre has it, but no page shows it; leave it out", path, key);
    if (find_property(key, type, !layout))
        return gap_fail(error, GAP_ERROR_INPUT, "%s.%s: it stands under %s", path, key,
                        layout ? "paint" : "layout");
    return unknown_key(error, path, key, known);
}

typedef struct {
    const GapPropertySpec *spec;
    const char *path;
} Wanted;

static bool output_fits(const GapValue *value, void *data, GError **error) {
    const Wanted *wanted = data;
    return !value || gap_property_takes(wanted->spec, *value, wanted->path, error);
}

/** Parses the value of a property and checks what may come out of it, as far as is known now. */
static GapExpr *parse_property(const GapPropertySpec *spec, const json_t *json, const char *path,
                               GError **error) {
    Wanted wanted = {spec, path};
    g_autoptr(GapExpr) expr = gap_expr_parse(json, spec->type, path, error);
    if (!expr || !gap_expr_outputs(expr, output_fits, &wanted, error))
        return NULL;
    if (!gap_expr_zoom_leads(expr)) {
        gap_fail(error, GAP_ERROR_INPUT,
                 "%s: zoom stands only as the input of a step or interpolate that is the whole "
                 "value",
                 path);
        return NULL;
    }
    return g_steal_pointer(&expr);
}

static bool parse_dash(GapStyleLayer *layer, const json_t *json, const char *path, GError **error) {
    size_t n = json_array_size(json);
    if (!n || n % 2 || n > GAP_DASHES)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: a list of 2, 4, 6 or 8 numbers is wanted",
                        path);
    for (size_t i = 0; i < n; i++) {
        const json_t *number = json_array_get(json, i);
        layer->dash[i] = json_number_value(number);
        if (!json_is_number(number) || layer->dash[i] <= 0 || layer->dash[i] > 1000)
            return gap_fail(error, GAP_ERROR_INPUT, "%s[%zu]: a length above 0 is wanted", path, i);
    }
    return true;
}

/** A font is a list of names; the family is always Noto Sans, the name gives the cut. */
static bool parse_font(GapStyleLayer *layer, const json_t *json, const char *path, GError **error) {
    const char *name = json_string_value(json_array_get(json, 0));
    if (!name || !g_str_has_prefix(name, "Noto Sans"))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: a list with one name is wanted: Noto Sans Regular, Noto Sans Bold, "
                        "Noto Sans Italic or Noto Sans Bold Italic",
                        path);
    layer->bold = strstr(name, "Bold") != NULL;
    layer->italic = strstr(name, "Italic") != NULL;
    return true;
}

static bool parse_placement(GapStyleLayer *layer, const json_t *json, const char *path,
                            GError **error) {
    const char *value = json_string_value(json);
    layer->along = value && g_str_equal(value, "line");
    return layer->along || (value && g_str_equal(value, "point")) ||
           gap_fail(error, GAP_ERROR_INPUT, "%s: 'point' or 'line' is wanted", path);
}

/** Properties that are no expressions. `handled` tells whether this is one. */
static bool parse_special(GapStyleLayer *layer, const char *key, const json_t *json,
                          const char *path, bool layout, bool *handled, GError **error) {
    *handled = true;
    if (layout && g_str_equal(key, "visibility")) {
        const char *value = json_string_value(json);
        if (!value || (!g_str_equal(value, "none") && !g_str_equal(value, "visible")))
            return gap_fail(error, GAP_ERROR_INPUT, "%s: 'visible' or 'none' is wanted", path);
        layer->hidden = g_str_equal(value, "none");
        return true;
    }
    if (!layout && layer->type == GAP_LAYER_LINE && g_str_equal(key, "line-dasharray"))
        return parse_dash(layer, json, path, error);
    if (layout && layer->type == GAP_LAYER_SYMBOL && g_str_equal(key, "text-font"))
        return parse_font(layer, json, path, error);
    if (layout && layer->type == GAP_LAYER_SYMBOL && g_str_equal(key, "symbol-placement"))
        return parse_placement(layer, json, path, error);
    *handled = false;
    return true;
}

static bool parse_properties(GapStyleLayer *layer, const json_t *json, const char *path,
                             bool layout, GError **error) {
    const char *key;
    json_t *value;
    if (json && !json_is_object(json))
        return gap_fail(error, GAP_ERROR_INPUT, "%s: an object is wanted", path);
    json_object_foreach((json_t *)json, key, value) {
        g_autofree char *at = g_strdup_printf("%s.%.60s", path, key);
        bool handled;
        if (!parse_special(layer, key, value, at, layout, &handled, error))
            return false;
        if (handled)
            continue;
        const GapPropertySpec *spec = find_property(key, layer->type, layout);
        if (!spec)
            return unknown_property(error, path, key, layer->type, layout);
        GapExpr **expr = &layer->props[spec - gap_properties];
        if (!(*expr = parse_property(spec, value, at, error)))
            return false;
    }
    return true;
}

static bool parse_layer_type(GapStyleLayer *layer, const char *type, const char *path,
                             GError **error) {
    for (size_t i = 0; i < GAP_LAYER_TYPES; i++)
        if (g_str_equal(type, gap_layer_types[i])) {
            layer->type = (GapLayerType)i;
            return true;
        }
    const char *names[GAP_LAYER_TYPES + 1] = {NULL};
    memcpy(names, gap_layer_types, sizeof gap_layer_types);
    g_autofree char *shown = gap_printable(type, 60), *all = gap_names_listed(names);
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s.type: layers of type '%s' are not supported; a layer is %s", path, shown,
                    all);
}

static bool parse_layer_source(const GapStyle *style, GapStyleLayer *layer, const json_t *json,
                               const char *path, GError **error) {
    if (layer->type == GAP_LAYER_BACKGROUND)
        return true;
    const char *source = member_text(json, path, "source", error);
    if (!source)
        return false;
    const GapStyleSource *found = gap_style_source(style, source);
    g_autofree char *shown = gap_printable(source, 60);
    if (!found)
        return gap_fail(error, GAP_ERROR_INPUT, "%s.source: there is no source '%s'", path, shown);
    bool relief = layer->type == GAP_LAYER_HILLSHADE, image = layer->type == GAP_LAYER_RASTER;
    if (relief != found->relief || image != (found->picture != NULL))
        return gap_fail(error, GAP_ERROR_INPUT, "%s.source: '%s' is no source of type %s", path,
                        shown,
                        relief  ? "raster-dem"
                        : image ? "image"
                                : "geojson");
    layer->source = g_strdup(source);
    return true;
}

/** minzoom or maxzoom, 0 to 24. */
static bool parse_zoom(const json_t *json, const char *path, const char *key, double *zoom,
                       GError **error) {
    const json_t *number = json_object_get(json, key);
    if (number)
        *zoom = json_number_value(number);
    return !number || (json_is_number(number) && *zoom >= 0 && *zoom <= 24) ||
           gap_fail(error, GAP_ERROR_INPUT, "%s.%s: a number from 0 to 24 is wanted", path, key);
}

/** All but id and type. */
static bool fill_layer(const GapStyle *style, GapStyleLayer *layer, const json_t *json,
                       const char *path, GError **error) {
    g_autofree char *filter_at = g_strconcat(path, ".filter", NULL);
    g_autofree char *paint_at = g_strconcat(path, ".paint", NULL);
    g_autofree char *layout_at = g_strconcat(path, ".layout", NULL);
    g_autofree char *metadata_at = g_strconcat(path, ".metadata", NULL);
    const json_t *filter = json_object_get(json, "filter");
    if (!parse_layer_source(style, layer, json, path, error) ||
        !parse_zoom(json, path, "minzoom", &layer->minzoom, error) ||
        !parse_zoom(json, path, "maxzoom", &layer->maxzoom, error) ||
        !gap_style_parse_metadata(layer, json_object_get(json, "metadata"), metadata_at, error))
        return false;
    if (filter && !(layer->filter = gap_expr_parse(filter, GAP_VALUE_BOOL, filter_at, error)))
        return false;
    return parse_properties(layer, json_object_get(json, "paint"), paint_at, false, error) &&
           parse_properties(layer, json_object_get(json, "layout"), layout_at, true, error);
}

static bool parse_layer(GapStyle *style, const json_t *json, size_t number, GError **error) {
    static const char *const known[] = {"id",     "type",    "source",  "filter",   "paint",
                                        "layout", "minzoom", "maxzoom", "metadata", NULL};
    g_autofree char *path = g_strdup_printf("layers[%zu]", number);
    if (!json_is_object(json))
        return gap_fail(error, GAP_ERROR_INPUT, "%s: an object is wanted", path);
    const char *id = member_text(json, path, "id", error);
    if (!id)
        return false;
    GapStyleLayer *layer = g_new0(GapStyleLayer, 1);
    layer->id = g_strdup(id);
    layer->maxzoom = INFINITY;
    bool twice = gap_style_layer(style, id) != NULL;
    g_ptr_array_add(style->layers, layer);
    const char *type = NULL;
    if (twice ? gap_fail(error, GAP_ERROR_INPUT, "%s.id: another layer has this id", path)
              : check_keys(json, path, known, error) &&
                    (type = member_text(json, path, "type", error)) &&
                    parse_layer_type(layer, type, path, error) &&
                    fill_layer(style, layer, json, path, error))
        return true;
    g_autofree char *shown = gap_printable(id, 60);
    g_prefix_error(error, "layer '%s': ", shown);
    return false;
}

static bool parse_document(GapStyle *style, GError **error) {
    static const char *const known[] = {"version", "name",    "metadata", "sources",
                                        "layers",  "sprite",  "glyphs",   "center",
                                        "zoom",    "bearing", "pitch",    NULL};
    static const char *const page[] = {"words",     "mode",   "needs", "notes",     "classes",
                                       "extent",    "insets", "panel", "multiples", "infographic",
                                       "graticule", "with",   "logos", NULL};
    const json_t *d = style->document, *layers = json_object_get(d, "layers");
    const char *id;
    json_t *source;
    if (!json_is_object(d))
        return gap_fail(error, GAP_ERROR_INPUT, "a style is a JSON object");
    if (!check_keys(d, "style", known, error))
        return false;
    if (json_integer_value(json_object_get(d, "version")) != 8)
        return gap_fail(error, GAP_ERROR_INPUT, "version: 8 is wanted");
    if (!(style->name = member_text(d, "style", "name", error)))
        return false;
    style->page = json_object_get(json_object_get(d, "metadata"), "gapmap");
    if (!json_is_object(style->page))
        return gap_fail(error, GAP_ERROR_INPUT,
                        "metadata.gapmap is missing: it says what stands on the page");
    if (!check_keys(style->page, "metadata.gapmap", page, error))
        return false;
    json_object_foreach(json_object_get(d, "sources"), id,
                        source) if (!parse_source(style, id, source, error)) return false;
    if (!json_is_array(layers) || json_array_size(layers) > LAYERS_MAX)
        return gap_fail(error, GAP_ERROR_INPUT, "layers: a list of at most %d is wanted",
                        LAYERS_MAX);
    for (size_t i = 0; i < json_array_size(layers); i++)
        if (!parse_layer(style, json_array_get(layers, i), i, error))
            return false;
    return gap_style_check_page(style, error);
}

GapStyle *gap_style_parse(const char *text, size_t length, const char *file, GError **error) {
    if (length > GAP_STYLE_BYTES_MAX || too_deep(text, length)) {
        gap_fail(error, GAP_ERROR_INPUT, "%s: a style has at most 1 MiB and %d levels", file,
                 NESTING_MAX);
        return NULL;
    }
    g_autoptr(GapStyle) style = g_new0(GapStyle, 1);
    json_error_t wrong;
    style->file = g_strdup(file);
    style->layers = g_ptr_array_new_with_free_func(layer_free);
    style->sources = g_ptr_array_new_with_free_func(source_free);
    style->document = json_loadb(text, length, JSON_REJECT_DUPLICATES, &wrong);
    if (!style->document) {
        gap_fail(error, GAP_ERROR_INPUT, "%s, line %d: %s", file, wrong.line, wrong.text);
        return NULL;
    }
    if (!parse_document(style, error)) {
        g_prefix_error(error, "%s: ", file);
        return NULL;
    }
    return g_steal_pointer(&style);
}

static char *bundled_path(const char *name) {
    return g_strdup_printf("/gapmap/styles/themes/%s.json", name);
}

GBytes *gap_style_bundled_text(const char *name, GError **error) {
    if (!g_strv_contains(GAP_THEMES, name)) {
        const char *nearest = gap_text_nearest(name, GAP_THEMES);
        g_autofree char *all = g_strjoinv(", ", (char **)GAP_THEMES);
        gap_fail(error, GAP_ERROR_USAGE, "there is no map '%s'%s%s%s; there are %s", name,
                 nearest ? ": did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "",
                 all);
        return NULL;
    }
    g_autofree char *path = bundled_path(name);
    return g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}

GapStyle *gap_style_bundled(const char *name, GError **error) {
    g_autoptr(GBytes) bytes = gap_style_bundled_text(name, error);
    g_autofree char *path = bundled_path(name);
    gsize length = 0;
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;
    return text ? gap_style_parse(text, length, path, error) : NULL;
}

GapStyleLayer *gap_style_layer(const GapStyle *style, const char *id) {
    for (guint i = 0; i < style->layers->len; i++) {
        GapStyleLayer *layer = style->layers->pdata[i];
        if (g_str_equal(layer->id, id))
            return layer;
    }
    return NULL;
}

const GapStyleSource *gap_style_source(const GapStyle *style, const char *id) {
    for (guint i = 0; i < style->sources->len; i++) {
        const GapStyleSource *source = style->sources->pdata[i];
        if (g_str_equal(source->id, id))
            return source;
    }
    return NULL;
}
