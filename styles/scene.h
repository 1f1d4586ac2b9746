/** A map as placed things, before any pixel: what tests inspect and the canvas draws.
 *
 *  All lengths are page pixels of the 1x page, x to the right, y down. Items are drawn in their
 *  order. A larger picture draws the same scene with another scale, so it never says other things.
 */
#ifndef GAP_STYLES_SCENE_H
#define GAP_STYLES_SCENE_H

#include "geo/shape/geometry.h"
#include "styles/colour.h"

typedef enum { GAP_ITEM_PATH, GAP_ITEM_CIRCLE, GAP_ITEM_TEXT, GAP_ITEM_IMAGE } GapItemKind;
typedef enum {
    GAP_HATCH_NONE,
    GAP_HATCH_UP,
    GAP_HATCH_DOWN,
    GAP_HATCH_CROSS,
    GAP_HATCH_DOTS
} GapHatch;
typedef enum { GAP_CAP_BUTT, GAP_CAP_ROUND, GAP_CAP_SQUARE } GapCap;
typedef enum { GAP_JOIN_MITER, GAP_JOIN_ROUND, GAP_JOIN_BEVEL } GapJoin;
typedef enum { GAP_ALIGN_LEFT, GAP_ALIGN_CENTRE, GAP_ALIGN_RIGHT } GapAlign;

/** How text looks. */
typedef struct {
    double size; /**< pixels */
    bool bold, italic;
    double spacing; /**< extra between letters, pixels */
    double wrap;    /**< lines are broken at this width; 0: they are not */
    bool anywhere;  /**< also within words that are wider */
    unsigned lines; /**< with `wrap`, of a name: at most so many, not parted at hyphens, the last
                       cut with an ellipsis; 0: running text, whole */
    double limit;   /**< one line, cut with an ellipsis at this width; 0: whole */
    GapAlign align;
    GapColour colour, halo;
    double halo_width; /**< pixels to each side */
} GapTextLook;

/** Where a cluster of letters stands that belongs to text along a line: the middle of its box. */
typedef struct {
    double x, y, width, height;
    double angle; /**< radians, clockwise on the page; 0: upright */
} GapTextPlace;

typedef struct {
    GapItemKind kind;
    const char *role; /**< what it is for a reader: "title", "label", "legend", "map", ... */
    char *id;         /**< the style layer or block that made it */
    unsigned frame;   /**< 0: the page; else it is clipped to frame number `frame` - 1 */
    unsigned built;   /**< the frame of a map that is built up on which it appears; 0: the first */
    GapBox box;
    GapColour fill, stroke;
    double width;   /**< of the stroke */
    double dash[8]; /**< pixels, in turn drawn and not, up to the first 0 */
    GapCap cap;
    GapJoin join;
    GapHatch hatch;
    GapColour hatch_colour;
    GapGeometry *path;
    double x, y, r; /**< circle: centre and radius; text: left and top of its box */
    char *text;
    GapTextLook look;
    GapTextPlace *along; /**< text along a line: the place of each cluster; NULL: a box of text */
    guint n_along;
    GBytes *pixels; /**< image: cols x rows of guint32 0xAARRGGBB, alpha multiplied in, into box */
    unsigned cols, rows;
} GapItem;

typedef struct {
    const char *name; /**< "map", "inset" */
    GapBox box;
} GapSceneFrame;

/** A label for which there was no room. */
typedef struct {
    char *id, *text; /**< of the style layer; what it would have said */
    unsigned frame;
} GapLeftOut;

/** Where the main map lies on the ground. */
typedef struct {
    unsigned frame;         /**< its number; 0: the scene has no map */
    double west_m, north_m; /**< what stands at the frame's left top */
    double pixel_m;         /**< length of a page pixel in the projection */
    char *crs;              /**< PROJ string */
} GapGeoreference;

/** A place on a page that leads to another page of the same file. */
typedef struct {
    GapBox box;
    unsigned page; /**< counted from 1 */
} GapSceneLink;

typedef struct {
    double width, height;
    double point;                       /**< length of a page pixel on paper, points (1/72 inch) */
    char *title, *description, *source; /**< plain text, for what the file says of itself */
    char *made_from; /**< the run, its day, and the digest of what it was computed from */
    char *day;       /**< YYYY-MM-DD that the map's numbers hold for, or NULL */
    GapGeoreference ground;
    unsigned building; /**< GapItem.built of items that are added now */
    GArray *items;     /**< of GapItem */
    GArray *frames;    /**< of GapSceneFrame */
    GArray *links;     /**< of GapSceneLink */
    unsigned labels_placed;
    GArray *left_out; /**< of GapLeftOut, frame by frame, the most important first */
} GapScene;

GapScene *gap_scene_new(double width, double height);
void gap_scene_free(GapScene *scene); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapScene, gap_scene_free)

/** Adds an item (its pointers are taken over, `id` is copied) and gives it back for finishing;
 *  the pointer holds until the next is added. */
GapItem *gap_scene_add(GapScene *scene, GapItem item);
/** Adds a frame. Returns its number, counted from 1, for GapItem.frame. */
unsigned gap_scene_add_frame(GapScene *scene, const char *name, GapBox box);

GapItem *gap_scene_rect(GapScene *scene, const char *role, const char *id, GapBox box,
                        GapColour fill, GapColour stroke, double width);
GapItem *gap_scene_line(GapScene *scene, const char *role, const char *id, double x1, double y1,
                        double x2, double y2, GapColour stroke, double width);
/** A polygon of n corners (closed here). */
GapItem *gap_scene_polygon(GapScene *scene, const char *role, const char *id, const double *xy,
                           size_t n);

/** The boxes that a text takes, for what must not overlap: its box, or one for each cluster along a
 *  line. Returns: (transfer full): GapBox. */
GArray *gap_scene_text_boxes(const GapItem *item);

/** All items as canonical JSON, lengths to 0.1 pixel; pictures by their size, paths by counts and
 *  box. Returns: (transfer full). */
char *gap_scene_to_json(const GapScene *scene);

#endif
