/** A theme: a MapLibre style document, version 8, with what a printed page needs beside it in
 *  `metadata.gapmap`. The subset that is understood stands in gapmap-styles(7); what is not
 *  understood is an error that names the JSON path, never a silent guess.
 */
#ifndef GAP_STYLES_STYLE_H
#define GAP_STYLES_STYLE_H

#include "styles/expr.h"

typedef enum {
    GAP_LAYER_BACKGROUND,
    GAP_LAYER_FILL,
    GAP_LAYER_LINE,
    GAP_LAYER_CIRCLE,
    GAP_LAYER_SYMBOL,
    GAP_LAYER_HILLSHADE,
    GAP_LAYER_RASTER,
    GAP_LAYER_TYPES
} GapLayerType;

typedef enum {
    GAP_PROP_BACKGROUND_COLOR,
    GAP_PROP_BACKGROUND_OPACITY,
    GAP_PROP_FILL_COLOR,
    GAP_PROP_FILL_OPACITY,
    GAP_PROP_FILL_OUTLINE_COLOR,
    GAP_PROP_FILL_PATTERN,
    GAP_PROP_FILL_SORT_KEY,
    GAP_PROP_LINE_COLOR,
    GAP_PROP_LINE_WIDTH,
    GAP_PROP_LINE_OPACITY,
    GAP_PROP_LINE_CAP,
    GAP_PROP_LINE_JOIN,
    GAP_PROP_LINE_OFFSET,
    GAP_PROP_LINE_SORT_KEY,
    GAP_PROP_CIRCLE_COLOR,
    GAP_PROP_CIRCLE_RADIUS,
    GAP_PROP_CIRCLE_OPACITY,
    GAP_PROP_CIRCLE_STROKE_COLOR,
    GAP_PROP_CIRCLE_STROKE_WIDTH,
    GAP_PROP_CIRCLE_STROKE_OPACITY,
    GAP_PROP_CIRCLE_SORT_KEY,
    GAP_PROP_TEXT_FIELD,
    GAP_PROP_TEXT_SIZE,
    GAP_PROP_TEXT_COLOR,
    GAP_PROP_TEXT_OPACITY,
    GAP_PROP_TEXT_HALO_COLOR,
    GAP_PROP_TEXT_HALO_WIDTH,
    GAP_PROP_TEXT_LETTER_SPACING,
    GAP_PROP_TEXT_TRANSFORM,
    GAP_PROP_TEXT_ANCHOR,
    GAP_PROP_TEXT_VARIABLE_ANCHOR,
    GAP_PROP_TEXT_OFFSET,
    GAP_PROP_TEXT_RADIAL_OFFSET,
    GAP_PROP_TEXT_JUSTIFY,
    GAP_PROP_TEXT_MAX_WIDTH,
    GAP_PROP_TEXT_MAX_ANGLE,
    GAP_PROP_SYMBOL_SORT_KEY,
    GAP_PROP_ICON_IMAGE,
    GAP_PROP_ICON_SIZE,
    GAP_PROP_ICON_COLOR,
    GAP_PROP_ICON_OPACITY,
    GAP_PROP_ICON_OFFSET,
    GAP_PROP_HILLSHADE_EXAGGERATION,
    GAP_PROP_HILLSHADE_SHADOW_COLOR,
    GAP_PROP_HILLSHADE_HIGHLIGHT_COLOR,
    GAP_PROP_RASTER_OPACITY,
    GAP_PROP_RASTER_HUE_ROTATE,
    GAP_PROP_RASTER_BRIGHTNESS_MIN,
    GAP_PROP_RASTER_BRIGHTNESS_MAX,
    GAP_PROP_RASTER_SATURATION,
    GAP_PROP_RASTER_CONTRAST,
    GAP_PROP_RASTER_RESAMPLING,
    GAP_PROPS
} GapProperty;

enum { GAP_BAR_PARTS = 8, GAP_DASHES = 8 };

/** Shares side by side under a label. */
typedef struct {
    double width, height; /**< pixels; width 0: no bar */
    unsigned n;
    GapExpr *share[GAP_BAR_PARTS];
    GapColour colour[GAP_BAR_PARTS];
    const char *word[GAP_BAR_PARTS];
} GapStyleBar;

typedef struct {
    char *id;
    GapLayerType type;
    char *source; /**< NULL for a background */
    bool hidden;
    double minzoom, maxzoom;   /**< drawn from the first on, below the second */
    GapExpr *filter;           /**< NULL: all */
    GapExpr *props[GAP_PROPS]; /**< NULL: the default */
    double dash[GAP_DASHES];   /**< in line widths, up to the first 0; none is a whole line */
    bool bold, italic;         /**< from text-font */
    bool along;                /**< symbol-placement: line */
    // from the layer's own metadata, `gapmap:...`
    GapExpr *hatch, *hollow; /**< NULL: none */
    GapExpr *leader;         /**< "always", "once" or other; NULL: never */
    const char *around;      /**< a circle layer that labels stand beside, or NULL */
    unsigned first;          /**< only so many rows; G_MAXUINT: all */
    double min_width;        /**< areas drawn narrower get no label */
    bool not_on_map, not_in_inset;
    bool diverging; /**< the colours of its step turn in the middle */
    bool arrow;     /**< of a line layer: bent arrows from circle to circle, see kinds/flows.h */
    bool apart;     /**< icons that would overlap move apart, each with a line to its place */
    GapStyleBar bar;
} GapStyleLayer;

typedef struct {
    char *id;
    char *layer;   /**< of the store: "municipalities", or "terrain"; "" of a picture */
    char *variant; /**< "seat": points at seat_lon, seat_lat; "dots", "dots/500": dots of people;
                      NULL: as it is */
    bool relief;   /**< a raster-dem: heights, for hillshade layers only */
    char *picture; /**< an image: its file, for raster layers only; else NULL */
    double corners[8]; /**< of the picture, as gap_image_place() takes them */
} GapStyleSource;

typedef struct {
    json_t *document;
    char *file;         /**< for messages */
    const char *name;   /**< of the theme */
    const json_t *page; /**< metadata.gapmap */
    GPtrArray *layers;  /**< of GapStyleLayer, in drawing order */
    GPtrArray *sources; /**< of GapStyleSource */
} GapStyle;

enum { GAP_STYLE_BYTES_MAX = 1 << 20 };

/** The text of a file that may be a style: a regular one of at most 1 MiB without a zero byte.
 *  Returns: (transfer full). */
char *gap_style_read(const char *path, GError **error);
/** metadata.gapmap.logos, seen from the folder of the style's file; NULL: none.
 *  Returns: (transfer full). */
char **gap_style_logos(const GapStyle *style);
/** Parses a document of at most 1 MiB, 64 levels and 200 layers; `file` is for messages.
 *  Returns: (transfer full). */
GapStyle *gap_style_parse(const char *text, size_t length, const char *file, GError **error);
/** The bundled theme of that name, from the program itself: its text, or parsed.
 *  Returns: (transfer full). */
GBytes *gap_style_bundled_text(const char *name, GError **error);
GapStyle *gap_style_bundled(const char *name, GError **error);
/** Names of the bundled themes, NULL-terminated. */
extern const char *const GAP_THEMES[];
void gap_style_free(GapStyle *style); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapStyle, gap_style_free)

/** NULL where there is none of that id. */
GapStyleLayer *gap_style_layer(const GapStyle *style, const char *id);
const GapStyleSource *gap_style_source(const GapStyle *style, const char *id);
/** Whether the source is drawn as dots of `*people` each (0: as many as suits the page). */
bool gap_style_dots(const GapStyleSource *source, double *people);
/** The value for a row, or the specification's default; numbers are kept within the property's
 *  limits and, where they are no order, within 2,000 (no page is larger). */
double gap_layer_number(const GapStyleLayer *layer, GapProperty property, const GapContext *c);
/** Which of the property's names the value is, counted from 0; the first where it is none. */
size_t gap_layer_name(const GapStyleLayer *layer, GapProperty property, const GapContext *c);
GapColour gap_layer_colour(const GapStyleLayer *layer, GapProperty property, const GapContext *c);
/** Two numbers, within 2,000. */
void gap_layer_pair(const GapStyleLayer *layer, GapProperty property, const GapContext *c,
                    double pair[2]);

#endif
