/** Relief shaded for views, kept for the pages that show the same ground: those of other themes and
 *  languages. May be shared by threads.
 */
#ifndef GAP_STYLES_SHADES_H
#define GAP_STYLES_SHADES_H

#include "geo/grid/grid.h"
#include "geo/shape/geometry.h"

typedef struct GapShades GapShades;

GapShades *gap_shades_new(void);
void gap_shades_free(GapShades *shades); /**< NULL-safe */

/** The relief of `terrain` (degrees and metres, the same in each call) in `box`, metres in the
 *  plane of `definition` (a PROJ string), in cells of `cell_m`: gap_raster_hillshade(), steeper the
 *  larger the cells. `shades` NULL: nothing is kept. O(cells), less where it was asked for lately.
 *  Returns: (transfer full). */
GapGrid *gap_shades_of(GapShades *shades, const GapGrid *terrain, const char *definition,
                       GapBox box, double cell_m, GError **error);

#endif
