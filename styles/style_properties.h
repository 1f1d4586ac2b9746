/** The table of properties that styles understand; for the style parser and its manual's test. */
#ifndef GAP_STYLES_STYLE_PROPERTIES_H
#define GAP_STYLES_STYLE_PROPERTIES_H

#include "styles/style.h"

typedef struct {
    const char *name;
    GapLayerType layer;
    bool layout; /**< stands under `layout`, else under `paint` */
    GapValueType type;
    double number;            /**< default, where a number */
    const char *text;         /**< default, where a colour or a name; NULL: none */
    double least, most;       /**< of a number; `most` 0: no end */
    const char *const *names; /**< what text may be; NULL: anything; of a list: what it holds, else
                                 it is of two numbers */
} GapPropertySpec;

/** Properties that are no expressions, since the page cannot change them from row to row. */
typedef struct {
    const char *name;
    GapLayerType layer; /**< GAP_LAYER_TYPES: all */
    bool layout;
    const char *values, *otherwise; /**< in words; what holds without it */
} GapPlainProperty;

/** Indexed by GapProperty. Names, defaults and limits are those of the MapLibre style
 *  specification, version 8; lists of names are what this program draws. */
extern const GapPropertySpec gap_properties[GAP_PROPS];
extern const GapPlainProperty gap_plain_properties[]; /**< ends with a NULL name */
extern const char *const gap_layer_types[GAP_LAYER_TYPES];

/** What MapLibre has for a type of layer and no page shows; ends with GAP_LAYER_TYPES. */
typedef struct {
    GapLayerType layer;
    const char *names; /**< with spaces between */
} GapForeignProperties;
extern const GapForeignProperties gap_foreign_properties[];
/** Where text stands about its point, as text-anchor names it; NULL-terminated. */
extern const char *const GAP_ANCHORS[];

/** "a colour", "a number from 0 to 1", "hatch-up, hatch-down or dots". Returns: (transfer full). */
char *gap_property_values(const GapPropertySpec *spec);
/** "a, b or c" of a NULL-terminated list; empty names are left out. Returns: (transfer full). */
char *gap_names_listed(const char *const *names);
/** Whether `value` is one that the property takes; `path` says where it was found. Null always is:
 *  it means the default. */
bool gap_property_takes(const GapPropertySpec *spec, GapValue value, const char *path,
                        GError **error);

/** Checks metadata.gapmap once all layers are read: types of its members, and that the layers and
 *  sources that it and the layers' own metadata name are there. */
bool gap_style_check_page(const GapStyle *style, GError **error);

/** Reads a source of type "image": a picture beside the style's file. */
bool gap_style_parse_picture(const GapStyle *style, GapStyleSource *source, const json_t *json,
                             const char *path, GError **error);

/** Reads a layer's own metadata (NULL: none), the members whose names begin with "gapmap:". */
bool gap_style_parse_metadata(GapStyleLayer *layer, const json_t *json, const char *path,
                              GError **error);

#endif
