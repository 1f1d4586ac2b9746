/** Labels that never overlap: collected while layers are drawn, placed when all are known.
 *
 *  They are placed one after the other, by rank and sort key, each at the cheapest place that is
 *  left: so one that is more important is never left out because of one that is less. Equals go by
 *  their words and their place; the order in which they were added tells nothing.
 *
 *  Time: O(n log n + sum of the places tried x what lies near them), where a label of a point has 8
 *  places (104 where it may be led), of an area 166 for each way of breaking its lines, of a line
 *  those of styles/label/along.h; what lies near is found by a grid (styles/label/room.h). On one
 *  processor 300 labels among 1,000 marks take 6 ms, led ones 12 ms, those along lines 50 ms, those
 *  of areas 90 ms; 3,000 take ten times that.
 */
#ifndef GAP_STYLES_LABELS_H
#define GAP_STYLES_LABELS_H

#include "styles/text.h"

#include <jansson.h>

/** Shares side by side, drawn under a label's words. */
typedef struct {
    double width, height; /**< pixels; width 0: no bar */
    unsigned n;
    double share[8]; /**< add up to 1 */
    GapColour colour[8];
} GapLabelBar;

/** Whether a name may stand away from its mark, joined to it by a line, where no place beside it is
 *  free. */
typedef enum {
    GAP_LEADER_NONE,
    GAP_LEADER_ONCE, /**< not where the place is shown larger elsewhere */
    GAP_LEADER_ALWAYS
} GapLeader;

/** A side of its point where a name may stand. */
typedef struct {
    int x, y;      /**< -1: left, above; 0: in the middle; 1: right, below */
    double dx, dy; /**< how far it is moved from there, pixels */
} GapLabelSide;

typedef struct {
    const char *id; /**< of the layer */
    const char *text;
    GapTextLook look;
    double x, y;             /**< of the point, or the best place in the area */
    double radius;           /**< of the symbol that it stands beside */
    const GapGeometry *area; /**< page pixels, for labels within an area; copied; NULL: none */
    const GapGeometry *line; /**< page pixels, for labels along a line; copied; NULL: none */
    int rank;                /**< higher ranks are placed first */
    double sort_key;         /**< within a rank, lower ones first */
    bool centred;            /**< stands on its point, whatever lies there */
    GapLabelSide sides[9];   /**< of a point: where it stands, the best first */
    unsigned n_sides;        /**< 0: where it covers least */
    bool or_else;            /**< where these are taken, wherever it covers least */
    int lean;                /**< of several lines: -1 flush left, 0 centred, 1 flush right */
    GapLeader leader;
    double max_width; /**< pixels: names of points are broken into lines; 0: they are not */
    double max_angle; /**< radians: between letters along a line */
    GapLabelBar bar;
} GapLabel;

typedef struct GapLabelSet GapLabelSet;

GapLabelSet *gap_labels_new(void);
void gap_labels_free(GapLabelSet *labels); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapLabelSet, gap_labels_free)

void gap_labels_add(GapLabelSet *labels, const GapLabel *label);
/** Whether a label that says `name`, alone or among other words, waits for a place within 60 pixels
 *  of a point. */
bool gap_labels_want(const GapLabelSet *labels, const char *name, double x, double y);
/** Something that labels had better not cover: `weight` is the price of covering it wholly
 *  (a label at its best place costs 0, one that would cost over 1 is left out);
 *  INFINITY: never. */
void gap_labels_avoid(GapLabelSet *labels, GapBox box, double weight);

/** As above, for labels of areas only: names of large areas keep off what is shown larger
 *  elsewhere, and names of points in it are led away from their marks only where that is for
 *  always. */
void gap_labels_keep_areas_off(GapLabelSet *labels, GapBox box, double weight);

/** Places labels by rank and sort key, each at the cheapest of its places (styles/label/spots.h,
 *  styles/label/along.h). No two boxes overlap, none leaves `frame`, and no line that leads to a
 *  label crosses another label or line. Names that are longer than three lines of their width end
 *  with an ellipsis; names of areas stand in one, two or three lines, as fits best. The same name
 *  is not written again within 250 pixels along lines. Adds text items, what was placed and what
 *  was left out to the scene, then forgets labels and obstacles. */
void gap_labels_place(GapLabelSet *labels, GapScene *scene, GapFonts *fonts, GapBox frame,
                      unsigned frame_number);

/** What was placed and what was left out, for a person: "85 labels, 3 left out: names 2 (Osh,
 * Uzgen), ranks 1 (5); 46 stand in one frame and not in another". Returns: (transfer full). */
char *gap_labels_report(const GapScene *scene);
/** The same for a machine, all of it: {"placed": 85, "left_out": [{"layer": "names", "frame":
 * "map", "text": "Osh", "elsewhere": false}]}. Returns: (transfer full). */
json_t *gap_labels_json(const GapScene *scene);

#endif
