/** Dots of people: each stands for the same number of them, at a place where they live.
 *
 *  People of the demand are counted by province and by whether they are within reach, and each of
 *  these groups has as many dots as its people make, rounded: so the dots of a group times
 *  `people` are its people to within half a dot, those of a province to within one. Along a
 *  Hilbert curve through the group a dot stands for each next `people` of them (systematic
 *  sampling, W. G. Madow and L. H. Madow, 1944), so that dots are as dense as people are.
 *  Within the ground of its row, the cell of a lattice or as much as a settlement of 2,500 people a
 *  square kilometre takes, a dot stands on the next point of an additive sequence that fills a
 *  square evenly (M. Roberts, The Unreasonable Effectiveness of Quasirandom Sequences, 2018), whose
 *  beginning follows from the number of the row: the same rows give the same dots. Points in
 *  another municipality or on a lake are passed over.
 */
#ifndef GAP_STYLES_DOTS_H
#define GAP_STYLES_DOTS_H

#include "geo/table/table.h"

/** More on one page are a fog. */
enum { GAP_DOTS_MAX = 6000 };

typedef struct {
    const GapTable *demand; /**< rows of points with `area`, `people` and `covered` */
    const GapTable *areas;  /**< polygons with `code` and `province`; NULL: none */
    const GapTable *lakes;  /**< polygons; NULL: none */
} GapDotsGround;

/** The least of 10, 20, 50, 100, ... people a dot with which there are GAP_DOTS_MAX dots or
 *  fewer. */
double gap_dots_people(const GapTable *demand);
/** Points with `people` (of a dot), `covered` (0 or 1), `reach` ("within" or "beyond"), `area` and
 *  `province`. Rows without a place or people, or not known to be covered or not, have none.
 *  O(n log n) for n rows, and a look-up among areas and lakes for each dot.
 *  Returns: (transfer full). */
GapTable *gap_dots_table(const GapDotsGround *ground, double people, GError **error);

#endif
