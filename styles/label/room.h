/** The room of a frame while its labels are placed: what stands there already, and what labels had
 *  better not cover. A uniform grid of cells of 48 pixels finds what lies near a box.
 *
 *  Taking n things that cover c cells in all: O(c) time and memory. A price: O(cells of the box +
 *  things in these cells), not of all things. What comes out does not depend on the order in which
 *  obstacles come, as long as they come sorted.
 */
#ifndef GAP_STYLES_LABEL_ROOM_H
#define GAP_STYLES_LABEL_ROOM_H

#include "geo/shape/geometry.h"

/** Free of labels around a label, and between it and the frame, pixels. */
#define GAP_LABEL_PAD 3.0

typedef struct {
    GapBox box;
    double weight;  /**< price of covering it wholly; INFINITY: never */
    bool for_areas; /**< labels of points and lines may stand here */
} GapLabelObstacle;

typedef enum {
    GAP_LABEL_OF_POINT,
    GAP_LABEL_OF_AREA,
    GAP_LABEL_CENTRED /**< on its point, whatever lies there but what must never be covered */
} GapLabelManner;

typedef struct GapLabelRoom GapLabelRoom;

GapLabelRoom *gap_label_room_new(GapBox frame);
void gap_label_room_free(GapLabelRoom *room); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapLabelRoom, gap_label_room_free)

void gap_label_room_avoid(GapLabelRoom *room, const GapLabelObstacle *obstacle);
/** A label stands in the box from now on. */
void gap_label_room_take(GapLabelRoom *room, GapBox box);
/** A line (x1, y1, x2, y2) leads to a label from now on. */
void gap_label_room_take_line(GapLabelRoom *room, const double *line);

/** Price of a label in the box: of each obstacle its weight times the share of the smaller of the
 *  two that lies in both; INFINITY where another label or its line stands or the frame ends. */
double gap_label_room_price(GapLabelRoom *room, GapBox box, GapLabelManner manner);
/** Price of a line that leads from the mark at `x`, `y` to a label; INFINITY where it would cross a
 *  label, touch another line, or what must never be covered. What the mark itself lies in costs
 *  nothing. */
double gap_label_room_line_price(GapLabelRoom *room, const double *line, double x, double y);

#endif
