/** Names along lines: where on a river its name reads best.
 *
 *  The parts of a line are joined where their ends meet and walked in even steps. From each second
 *  step a window is opened that is as wide as the name. In it a parabola is fitted to the line by
 *  least squares, in coordinates along and across the window's chord: a curve as calm as a hand
 *  would draw it, however the river winds. The name stands on the parabola shifted until it clears
 *  the line - above it first, then below - or on it, parting the line with its halo. It reads from
 *  left to right, or upwards where the line is steep. A window is dear where the line strays from
 *  its parabola, where that bends or is steep, and by what the letters would cover; between two
 *  clusters of letters it must not turn more than `max_angle` (text-max-angle of MapLibre), nor
 *  more than a third of a circle in all.
 *
 *  O(s (k + c)) for s steps of a quarter of the text size, k steps to a window and c clusters of
 *  letters, each a look-up in the room. Lines are walked up to 20,000 steps.
 */
#ifndef GAP_STYLES_LABEL_ALONG_H
#define GAP_STYLES_LABEL_ALONG_H

#include "styles/label/room.h"
#include "styles/text.h"

typedef struct {
    const GapGeometry *line; /**< page pixels */
    const GArray *clusters;  /**< of GapGlyphCluster */
    double height;           /**< of the ink */
    double size;             /**< of the text */
    double max_angle;        /**< radians */
    const GArray *shun;      /**< x, y of the same name elsewhere: stays `apart` away; or NULL */
    double apart;
} GapLabelLine;

/** The cheapest places of the clusters that cost under `limit`, or NULL; `*cost`: theirs.
 *  Returns: (transfer full): one for each cluster. */
GapTextPlace *gap_label_along(const GapLabelLine *want, GapLabelRoom *room, double limit,
                              double *cost);

#endif
