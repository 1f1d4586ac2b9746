/** Where a label of a point or an area might stand, and what each place is worth before anything
 *  else on the map is known: 0 the best, 1 the worst.
 */
#ifndef GAP_STYLES_LABEL_SPOTS_H
#define GAP_STYLES_LABEL_SPOTS_H

#include "geo/shape/area_index.h"
#include "styles/labels.h"

/** A mark of a larger radius shows where in it a line begins. */
#define GAP_LABEL_LARGE 12.0

typedef struct {
    GapBox box;
    double cost;
    bool led;       /**< too far from its mark to belong to it without a line */
    double line[4]; /**< from the mark to the box, where led */
} GapLabelSpot;

/** The sides that the label asks for; else, or after them, dearer, eight around its mark: right
 * first, then left, above, below and the corners (Imhof 1975); one upon it where the label is
 * centred. Appends to `spots`. */
void gap_label_spots_beside(const GapLabel *label, double w, double h, GArray *spots);
/** Rings around the mark up to six heights of a line of text away, sixteen places each, with the
 *  line that leads there; dearer than any beside it, and the dearer the longer the line. */
void gap_label_spots_led(const GapLabel *label, double w, double h, GArray *spots);
/** The area of a label, ready to be asked for spots. */
typedef struct {
    const GapLabel *label;
    GapBox seen;         /**< of its part in the frame */
    GapAreaIndex *index; /**< NULL: its border is broken, and nothing crosses it */
} GapLabelArea;

/** O(points of the area). `label` must outlive the answer; gap_label_area_clear(). */
GapLabelArea gap_label_area_of(const GapLabel *label, GapBox frame);
void gap_label_area_clear(GapLabelArea *area);
/** The label's point, which is the best; `more` is added to each cost. */
void gap_label_spot_upon(const GapLabelArea *area, double w, double h, double more, GArray *spots);
/** A grid over the part in the frame, dearer the farther from the label's point, and dearer still
 *  where the words cross the border; without spots that cost `most` or more for their distance
 *  alone. O(places x edges met). */
void gap_label_spots_within(const GapLabelArea *area, double w, double h, double more, double most,
                            GArray *spots);

#endif
