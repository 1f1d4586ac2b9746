#include "styles/style_properties.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/map.h"
#include "styles/symbol.h"

#include <math.h>

const char *const gap_layer_types[GAP_LAYER_TYPES] = {"background", "fill",      "line",  "circle",
                                                      "symbol",     "hillshade", "raster"};

#define NUMBER GAP_VALUE_NUMBER
#define STRING GAP_VALUE_STRING
#define COLOUR GAP_VALUE_COLOUR
#define LIST   GAP_VALUE_LIST

static const char *const transforms[] = {"none", "uppercase", "lowercase", NULL};
static const char *const justifications[] = {"center", "left", "right", NULL};
// In the order of GapCap and GapJoin.
static const char *const caps[] = {"butt", "round", "square", NULL};
static const char *const resamplings[] = {"linear", "nearest", NULL};
static const char *const joins[] = {"miter", "round", "bevel", NULL};

const GapPropertySpec gap_properties[GAP_PROPS] = {
    {"background-color", GAP_LAYER_BACKGROUND, false, COLOUR, 0, "#000000"},
    {"background-opacity", GAP_LAYER_BACKGROUND, false, NUMBER, 1, NULL, 0, 1},
    {"fill-color", GAP_LAYER_FILL, false, COLOUR, 0, "#000000"},
    {"fill-opacity", GAP_LAYER_FILL, false, NUMBER, 1, NULL, 0, 1},
    {"fill-outline-color", GAP_LAYER_FILL, false, COLOUR, 0, NULL},
    {"fill-pattern", GAP_LAYER_FILL, false, STRING, 0, NULL, .names = GAP_HATCHES},
    {"fill-sort-key", GAP_LAYER_FILL, true, NUMBER, 0, NULL, -INFINITY},
    {"line-color", GAP_LAYER_LINE, false, COLOUR, 0, "#000000"},
    {"line-width", GAP_LAYER_LINE, false, NUMBER, 1, NULL},
    {"line-opacity", GAP_LAYER_LINE, false, NUMBER, 1, NULL, 0, 1},
    {"line-cap", GAP_LAYER_LINE, true, STRING, 0, "butt", .names = caps},
    {"line-join", GAP_LAYER_LINE, true, STRING, 0, "miter", .names = joins},
    {"line-offset", GAP_LAYER_LINE, false, NUMBER, 0, NULL, -INFINITY},
    {"line-sort-key", GAP_LAYER_LINE, true, NUMBER, 0, NULL, -INFINITY},
    {"circle-color", GAP_LAYER_CIRCLE, false, COLOUR, 0, "#000000"},
    {"circle-radius", GAP_LAYER_CIRCLE, false, NUMBER, 5, NULL},
    {"circle-opacity", GAP_LAYER_CIRCLE, false, NUMBER, 1, NULL, 0, 1},
    {"circle-stroke-color", GAP_LAYER_CIRCLE, false, COLOUR, 0, "#000000"},
    {"circle-stroke-width", GAP_LAYER_CIRCLE, false, NUMBER, 0, NULL},
    {"circle-stroke-opacity", GAP_LAYER_CIRCLE, false, NUMBER, 1, NULL, 0, 1},
    {"circle-sort-key", GAP_LAYER_CIRCLE, true, NUMBER, 0, NULL, -INFINITY},
    {"text-field", GAP_LAYER_SYMBOL, true, STRING, 0, NULL},
    {"text-size", GAP_LAYER_SYMBOL, true, NUMBER, 16, NULL},
    {"text-color", GAP_LAYER_SYMBOL, false, COLOUR, 0, "#000000"},
    {"text-opacity", GAP_LAYER_SYMBOL, false, NUMBER, 1, NULL, 0, 1},
    {"text-halo-color", GAP_LAYER_SYMBOL, false, COLOUR, 0, "transparent"},
    {"text-halo-width", GAP_LAYER_SYMBOL, false, NUMBER, 0, NULL},
    {"text-letter-spacing", GAP_LAYER_SYMBOL, true, NUMBER, 0, NULL, -INFINITY},
    {"text-transform", GAP_LAYER_SYMBOL, true, STRING, 0, "none", .names = transforms},
    {"text-anchor", GAP_LAYER_SYMBOL, true, STRING, 0, NULL, .names = GAP_ANCHORS},
    {"text-variable-anchor", GAP_LAYER_SYMBOL, true, LIST, 0, NULL, .names = GAP_ANCHORS},
    {"text-offset", GAP_LAYER_SYMBOL, true, LIST, 0, "0, 0"},
    {"text-radial-offset", GAP_LAYER_SYMBOL, true, NUMBER, 0, NULL, -INFINITY},
    {"text-justify", GAP_LAYER_SYMBOL, true, STRING, 0, "center", .names = justifications},
    {"text-max-width", GAP_LAYER_SYMBOL, true, NUMBER, 10, NULL},
    {"text-max-angle", GAP_LAYER_SYMBOL, true, NUMBER, 45, NULL, -INFINITY},
    {"symbol-sort-key", GAP_LAYER_SYMBOL, true, NUMBER, 0, NULL, -INFINITY},
    {"icon-image", GAP_LAYER_SYMBOL, true, STRING, 0, NULL, .names = GAP_SYMBOLS},
    {"icon-size", GAP_LAYER_SYMBOL, true, NUMBER, 1, NULL},
    {"icon-color", GAP_LAYER_SYMBOL, false, COLOUR, 0, "#000000"},
    {"icon-opacity", GAP_LAYER_SYMBOL, false, NUMBER, 1, NULL, 0, 1},
    {"icon-offset", GAP_LAYER_SYMBOL, true, LIST, 0, "0, 0"},
    {"hillshade-exaggeration", GAP_LAYER_HILLSHADE, false, NUMBER, 0.5, NULL, 0, 1},
    {"hillshade-shadow-color", GAP_LAYER_HILLSHADE, false, COLOUR, 0, "#000000"},
    {"hillshade-highlight-color", GAP_LAYER_HILLSHADE, false, COLOUR, 0, "#ffffff"},
    {"raster-opacity", GAP_LAYER_RASTER, false, NUMBER, 1, NULL, 0, 1},
    {"raster-hue-rotate", GAP_LAYER_RASTER, false, NUMBER, 0, NULL, -INFINITY},
    {"raster-brightness-min", GAP_LAYER_RASTER, false, NUMBER, 0, NULL, 0, 1},
    {"raster-brightness-max", GAP_LAYER_RASTER, false, NUMBER, 1, NULL, 0, 1},
    {"raster-saturation", GAP_LAYER_RASTER, false, NUMBER, 0, NULL, -1, 1},
    {"raster-contrast", GAP_LAYER_RASTER, false, NUMBER, 0, NULL, -1, 1},
    {"raster-resampling", GAP_LAYER_RASTER, false, STRING, 0, "linear", .names = resamplings},
};

const GapPlainProperty gap_plain_properties[] = {
    {"visibility", GAP_LAYER_TYPES, true, "visible or none", "visible"},
    {"line-dasharray", GAP_LAYER_LINE, false, "2, 4, 6 or 8 numbers above 0, in line widths",
     "none"},
    {"text-font", GAP_LAYER_SYMBOL, true,
     "one name: Noto Sans Regular, Noto Sans Bold, Noto Sans Italic or Noto Sans Bold Italic",
     "Noto Sans Regular"},
    {"symbol-placement", GAP_LAYER_SYMBOL, true, "point or line", "point"},
    {NULL},
};

const char *const GAP_ANCHORS[] = {"center",   "left",      "right",       "top",          "bottom",
                                   "top-left", "top-right", "bottom-left", "bottom-right", NULL};

const GapForeignProperties gap_foreign_properties[] = {
    {GAP_LAYER_BACKGROUND, "background-pattern"},
    {GAP_LAYER_FILL, "fill-antialias fill-layer-blend fill-layer-opacity fill-translate "
                     "fill-translate-anchor"},
    {GAP_LAYER_LINE, "line-blur line-gap-width line-gradient line-layer-blend line-layer-opacity "
                     "line-miter-limit line-pattern line-round-limit line-translate "
                     "line-translate-anchor"},
    {GAP_LAYER_CIRCLE, "circle-blur circle-pitch-alignment circle-pitch-scale circle-translate "
                       "circle-translate-anchor"},
    {GAP_LAYER_SYMBOL,
     "icon-allow-overlap icon-anchor icon-halo-blur icon-halo-color icon-halo-width "
     "icon-ignore-placement icon-keep-upright icon-optional icon-overlap icon-padding "
     "icon-pitch-alignment icon-rotate icon-rotation-alignment icon-text-fit "
     "icon-text-fit-padding icon-translate icon-translate-anchor symbol-avoid-edges "
     "symbol-height-anchor symbol-height-offset symbol-spacing symbol-z-order text-allow-overlap "
     "text-halo-blur text-ignore-placement text-keep-upright text-line-height text-optional "
     "text-overlap text-padding text-pitch-alignment text-rotate text-rotation-alignment "
     "text-translate text-translate-anchor text-variable-anchor-offset text-writing-mode"},
    {GAP_LAYER_HILLSHADE,
     "hillshade-accent-color hillshade-illumination-altitude hillshade-illumination-anchor "
     "hillshade-illumination-direction hillshade-method resampling"},
    {GAP_LAYER_RASTER, "raster-fade-duration raster-layer-blend resampling"},
    {GAP_LAYER_TYPES, NULL},
};

char *gap_names_listed(const char *const *names) {
    GString *text = g_string_new(NULL);
    for (size_t i = 0; names[i]; i++)
        if (names[i][0])
            g_string_append_printf(text, "%s%s",
                                   !text->len     ? ""
                                   : names[i + 1] ? ", "
                                                  : " or ",
                                   names[i]);
    return g_string_free(text, FALSE);
}

char *gap_property_values(const GapPropertySpec *spec) {
    g_autofree char *names = spec->names ? gap_names_listed(spec->names) : NULL;
    if (spec->type == LIST)
        return names ? g_strdup_printf("a list of %s", names) : g_strdup("a list of two numbers");
    if (names)
        return g_steal_pointer(&names);
    if (spec->type != NUMBER)
        return g_strdup(spec->type == COLOUR ? "a colour" : "text");
    if (spec->most > 0)
        return g_strdup_printf("a number from %g to %g", spec->least, spec->most);
    return isinf(spec->least) ? g_strdup("a number")
                              : g_strdup_printf("a number, %g or more", spec->least);
}

static bool number_fits(const GapPropertySpec *spec, double number) {
    return number >= spec->least && !(spec->most > 0 && number > spec->most);
}

/** Whether all that the list holds is known, or it holds two numbers. */
static bool list_fits(const GapPropertySpec *spec, GapValue list) {
    for (size_t i = 0; i < list.list.n; i++) {
        const GapValue *one = &list.list.items[i];
        if (spec->names
                ? one->type != GAP_VALUE_STRING || !g_strv_contains(spec->names, one->string)
                : one->type != NUMBER)
            return false;
    }
    return spec->names ? list.list.n > 0 : list.list.n == 2;
}

bool gap_property_takes(const GapPropertySpec *spec, GapValue value, const char *path,
                        GError **error) {
    GapColour colour;
    if (value.type == GAP_VALUE_NUMBER && spec->type == NUMBER &&
        !number_fits(spec, value.number)) {
        g_autofree char *wanted = gap_property_values(spec);
        return gap_fail(error, GAP_ERROR_INPUT, "%s: %g is out of range, %s is wanted", path,
                        value.number, wanted);
    }
    if (value.type == LIST && spec->type == LIST && !list_fits(spec, value)) {
        g_autofree char *wanted = gap_property_values(spec);
        return gap_fail(error, GAP_ERROR_INPUT, "%s: %s is wanted", path, wanted);
    }
    if (value.type != GAP_VALUE_STRING || (spec->type == STRING && !spec->names))
        return true;
    if (spec->names ? g_strv_contains(spec->names, value.string)
                    : gap_colour_parse(value.string, &colour))
        return true;
    g_autofree char *wanted = gap_property_values(spec), *shown = gap_printable(value.string, 60);
    const char *nearest = spec->names ? gap_text_nearest(value.string, spec->names) : NULL;
    return gap_fail(error, GAP_ERROR_INPUT, "%s: '%s' is not known here%s%s%s; wanted is %s", path,
                    shown, nearest ? "; did you mean '" : "", nearest ? nearest : "",
                    nearest ? "'?" : "", wanted);
}

double gap_layer_number(const GapStyleLayer *layer, GapProperty property, const GapContext *c) {
    const GapPropertySpec *spec = &gap_properties[property];
    bool order = g_str_has_suffix(spec->name, "-sort-key");
    double value = gap_expr_number(layer->props[property], c, spec->number);
    double most = spec->most > 0 ? spec->most : order ? INFINITY : 2000;
    return CLAMP(value, order ? -INFINITY : MAX(spec->least, -2000), most);
}

GapColour gap_layer_colour(const GapStyleLayer *layer, GapProperty property, const GapContext *c) {
    GapColour fallback = {0, 0, 0, 1};
    if (gap_properties[property].text)
        gap_colour_parse(gap_properties[property].text, &fallback);
    return gap_expr_colour(layer->props[property], c, fallback);
}

size_t gap_layer_name(const GapStyleLayer *layer, GapProperty property, const GapContext *c) {
    const char *value = gap_expr_string(layer->props[property], c);
    const char *const *names = gap_properties[property].names;
    for (size_t i = 0; value && names[i]; i++)
        if (g_str_equal(names[i], value))
            return i;
    return 0;
}

void gap_layer_pair(const GapStyleLayer *layer, GapProperty property, const GapContext *c,
                    double pair[2]) {
    const GapExpr *expr = layer->props[property];
    GapValue value = expr ? gap_expr_eval(expr, c) : (GapValue){GAP_VALUE_NULL, {0}};
    bool good = value.type == LIST && list_fits(&gap_properties[property], value);
    for (size_t i = 0; i < 2; i++)
        pair[i] = good ? CLAMP(value.list.items[i].number, -2000, 2000) : 0;
}
