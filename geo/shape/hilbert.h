/** Order along a Hilbert curve: points near on the curve are near in the plane. */
#ifndef GAP_SHAPE_HILBERT_H
#define GAP_SHAPE_HILBERT_H

#include "geo/shape/geometry.h"

/** The place of a point on the curve of 2^16 by 2^16 cells that fills `box`; points beyond it count
 *  as on its edge, NaN as at its lower left. D. Hilbert, Ueber die stetige Abbildung einer Linie
 * auf ein Flaechenstueck, 1891. O(1). */
uint32_t gap_hilbert(const GapBox *box, double x, double y);

#endif
