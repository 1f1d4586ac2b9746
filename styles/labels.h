/** Labels that never overlap: collected while layers are drawn, placed when all are known. */
#ifndef GAP_STYLES_LABELS_H
#define GAP_STYLES_LABELS_H

#include "styles/text.h"

/** Shares side by side, drawn under a label's words. */
typedef struct {
    double width, height; /**< pixels; width 0: no bar */
    unsigned n;
    double share[8]; /**< add up to 1 */
    GapColour colour[8];
} GapLabelBar;

typedef struct {
    const char *id; /**< of the layer */
    const char *text;
    GapTextLook look;
    double x, y;             /**< of the point, or the best place in the area */
    double radius;           /**< of the symbol that it stands beside */
    const GapGeometry *area; /**< page pixels, for labels within an area; copied; NULL: a point */
    int rank;                /**< higher ranks are placed first */
    double sort_key;         /**< within a rank, lower ones first */
    bool centred;            /**< stands on its point, whatever lies there */
    GapLabelBar bar;
} GapLabel;

typedef struct GapLabelSet GapLabelSet;

GapLabelSet *gap_labels_new(void);
void gap_labels_free(GapLabelSet *labels); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapLabelSet, gap_labels_free)

void gap_labels_add(GapLabelSet *labels, const GapLabel *label);
/** Something that labels had better not cover: `weight` is the price of covering it wholly
 *  (a label at its best place costs 0, one that would cost over 1 is left out);
 *  INFINITY: never. */
void gap_labels_avoid(GapLabelSet *labels, GapBox box, double weight);

/** As above, for labels of areas only: names of large areas keep off what is shown larger
 *  elsewhere. */
void gap_labels_keep_areas_off(GapLabelSet *labels, GapBox box, double weight);

/** Places labels by rank and sort key, each at the cheapest of its candidate positions: eight
 *  around a point (right first, as map makers have it: Imhof 1975), a grid within an area.
 *  No two boxes overlap, none leaves `frame`. Adds text items and counts to the scene, then
 *  forgets labels and obstacles. O(labels x candidates x (labels + obstacles)). */
void gap_labels_place(GapLabelSet *labels, GapScene *scene, GapFonts *fonts, GapBox frame,
                      unsigned frame_number);

#endif
