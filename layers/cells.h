/** Outlines that nobody drew, made from those that are loaded:
 *  - *cells*: an area given as a point gets the ground of its parent that is nearer to its point
 *    than to any other of the same parent (geo/shape/voronoi.h);
 *  - *wholes*: where cells are loaded, a district without a municipality, and a province without a
 *    district and a municipality, becomes one municipality with its own outline and names, and the
 *    code of the area with ".1" behind it;
 *  - *filled* provinces: where districts were loaded with `--fill`, districts settle where borders
 *    run. With U the union of all districts, a province of districts becomes the union of these and
 *    of the holes of U that lie in it for more than half; a province without districts becomes what
 *    U leaves of it and the holes of U that lie in it for more than half. A hole in no province
 *    stays one.
 *  All of it is recorded in the table `area_made` and made anew whenever boundaries change.
 */
#ifndef GAP_LAYERS_CELLS_H
#define GAP_LAYERS_CELLS_H

#include "layers/layer.h"

/** Makes everything of the above anew, in the transaction of a load or an unload. A province of
 *  which more than a hundredth lies in no district is an error. */
bool gap_cells_settle(GapStore *store, GError **error);

/** Notes what was made for the source of `load`: provinces that changed, with km2; wholes; points
 *  that lay outside their parent. */
bool gap_cells_tell(GapLoad *load, GError **error);

#endif
