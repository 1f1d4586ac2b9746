/** The table of properties that styles understand; for the style parser and its manual's test. */
#ifndef GAP_STYLES_STYLE_PROPERTIES_H
#define GAP_STYLES_STYLE_PROPERTIES_H

#include "styles/style.h"

typedef struct {
    const char *name;
    GapLayerType layer;
    bool layout; /**< stands under `layout`, else under `paint` */
    GapValueType type;
    double number;      /**< default, where a number */
    const char *colour; /**< default, where a colour */
} GapPropertySpec;

/** Indexed by GapProperty. */
extern const GapPropertySpec gap_properties[GAP_PROPS];
extern const char *const gap_layer_types[GAP_LAYER_TYPES];

/** Reads a layer's own metadata (NULL: none), the members whose names begin with "gapmap:". */
bool gap_style_parse_metadata(GapStyleLayer *layer, const json_t *json, const char *path,
                              GError **error);

#endif
