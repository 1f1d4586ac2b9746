#include "styles/style_properties.h"

const char *const gap_layer_types[GAP_LAYER_TYPES] = {"background", "fill",   "line",
                                                      "circle",     "symbol", "hillshade"};

#define NUMBER GAP_VALUE_NUMBER
#define STRING GAP_VALUE_STRING
#define COLOUR GAP_VALUE_COLOUR

// Defaults are those of the MapLibre style specification.
const GapPropertySpec gap_properties[GAP_PROPS] = {
    {"background-color", GAP_LAYER_BACKGROUND, false, COLOUR, 0, "#000000"},
    {"fill-color", GAP_LAYER_FILL, false, COLOUR, 0, "#000000"},
    {"fill-opacity", GAP_LAYER_FILL, false, NUMBER, 1, NULL},
    {"fill-pattern", GAP_LAYER_FILL, false, STRING, 0, NULL},
    {"line-color", GAP_LAYER_LINE, false, COLOUR, 0, "#000000"},
    {"line-width", GAP_LAYER_LINE, false, NUMBER, 1, NULL},
    {"line-opacity", GAP_LAYER_LINE, false, NUMBER, 1, NULL},
    {"circle-color", GAP_LAYER_CIRCLE, false, COLOUR, 0, "#000000"},
    {"circle-radius", GAP_LAYER_CIRCLE, false, NUMBER, 5, NULL},
    {"circle-opacity", GAP_LAYER_CIRCLE, false, NUMBER, 1, NULL},
    {"circle-stroke-color", GAP_LAYER_CIRCLE, false, COLOUR, 0, "#000000"},
    {"circle-stroke-width", GAP_LAYER_CIRCLE, false, NUMBER, 0, NULL},
    {"circle-sort-key", GAP_LAYER_CIRCLE, true, NUMBER, 0, NULL},
    {"text-field", GAP_LAYER_SYMBOL, true, STRING, 0, NULL},
    {"text-size", GAP_LAYER_SYMBOL, true, NUMBER, 16, NULL},
    {"text-color", GAP_LAYER_SYMBOL, false, COLOUR, 0, "#000000"},
    {"text-halo-color", GAP_LAYER_SYMBOL, false, COLOUR, 0, "transparent"},
    {"text-halo-width", GAP_LAYER_SYMBOL, false, NUMBER, 0, NULL},
    {"text-letter-spacing", GAP_LAYER_SYMBOL, true, NUMBER, 0, NULL},
    {"text-transform", GAP_LAYER_SYMBOL, true, STRING, 0, NULL},
    {"text-anchor", GAP_LAYER_SYMBOL, true, STRING, 0, NULL},
    {"symbol-sort-key", GAP_LAYER_SYMBOL, true, NUMBER, 0, NULL},
    {"icon-image", GAP_LAYER_SYMBOL, true, STRING, 0, NULL},
    {"icon-size", GAP_LAYER_SYMBOL, true, NUMBER, 1, NULL},
    {"icon-color", GAP_LAYER_SYMBOL, false, COLOUR, 0, "#000000"},
    {"hillshade-exaggeration", GAP_LAYER_HILLSHADE, false, NUMBER, 0.5, NULL},
    {"hillshade-shadow-color", GAP_LAYER_HILLSHADE, false, COLOUR, 0, "#000000"},
    {"hillshade-highlight-color", GAP_LAYER_HILLSHADE, false, COLOUR, 0, "#ffffff"},
};

double gap_layer_number(const GapStyleLayer *layer, GapProperty property, const GapContext *c) {
    double value = gap_expr_number(layer->props[property], c, gap_properties[property].number);
    bool order = property == GAP_PROP_CIRCLE_SORT_KEY || property == GAP_PROP_SYMBOL_SORT_KEY;
    return order ? value : CLAMP(value, -2000, 2000);
}

GapColour gap_layer_colour(const GapStyleLayer *layer, GapProperty property, const GapContext *c) {
    GapColour fallback = {0, 0, 0, 1};
    gap_colour_parse(gap_properties[property].colour, &fallback);
    return gap_expr_colour(layer->props[property], c, fallback);
}
