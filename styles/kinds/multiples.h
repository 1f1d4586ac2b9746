/** Small multiples: one map drawn once for each value of a column, in a grid of frames.
 *
 *  metadata.gapmap.multiples: {"source": ID, "by": COLUMN, "value": COLUMN, "sum": COLUMN, "of":
 *  COLUMN}. A frame shows the rows of its value in every table that has the column `by`; all frames
 *  have one scale and one extent, and since classes are made of all rows, one legend explains them.
 */
#ifndef GAP_STYLES_KINDS_MULTIPLES_H
#define GAP_STYLES_KINDS_MULTIPLES_H

#include "styles/map.h"

enum { GAP_MULTIPLES_MAX = 24 };

/** Which rows a frame shows: those that have in `column` what row `row` of `table` has. */
struct GapFacet {
    const char *column;
    const GapTable *table;
    size_t row;
};

/** Fills `box` (page pixels) with the frames, in the order in which values first come, each under
 *  its value and, at the right, the sum of a column (as percent of another, where `of` is given),
 *  and one scale bar below all. A frame in which no row has `value` says that there are no data,
 * and so does the box where there are no values. An error where there are more than
 * GAP_MULTIPLES_MAX. O(frames x rows). */
bool gap_multiples_draw(GapMap *map, GapBox box, GError **error);

/** Whether the frame being drawn shows a row; where none is being drawn all rows are. */
bool gap_multiples_shows(const GapMap *map, const GapTable *table, size_t row);

#endif
