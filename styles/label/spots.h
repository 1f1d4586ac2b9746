/** Where a label of a point or an area might stand, and what each place is worth before anything
 *  else on the map is known: 0 the best, 1 the worst.
 */
#ifndef GAP_STYLES_LABEL_SPOTS_H
#define GAP_STYLES_LABEL_SPOTS_H

#include "styles/labels.h"

/** A mark of a larger radius shows where in it a line begins. */
#define GAP_LABEL_LARGE 12.0

typedef struct {
    GapBox box;
    double cost;
    bool led;       /**< too far from its mark to belong to it without a line */
    double line[4]; /**< from the mark to the box, where led */
} GapLabelSpot;

/** Eight around the mark of the label: right first, then left, above, below and the corners (Imhof
 *  1975); one upon it where the label is centred. Appends to `spots`. */
void gap_label_spots_beside(const GapLabel *label, double w, double h, GArray *spots);
/** Rings around the mark up to six heights of a line of text away, sixteen places each, with the
 *  line that leads there; dearer than any beside it, and the dearer the longer the line. */
void gap_label_spots_led(const GapLabel *label, double w, double h, GArray *spots);
/** The label's point, which is the best, then a grid over the part of the area in `frame`; dearer
 *  the farther away, and dearer still where the words cross the border. O(places x edges met). */
void gap_label_spots_within(const GapLabel *label, double w, double h, GapBox frame, GArray *spots);

#endif
