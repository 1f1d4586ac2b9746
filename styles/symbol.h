/** The symbols of police points, as shapes: design, section 6. */
#ifndef GAP_STYLES_SYMBOL_H
#define GAP_STYLES_SYMBOL_H

#include "styles/scene.h"

/** All that are drawn; NULL-terminated. */
extern const char *const GAP_SYMBOLS[];

/** Adds the symbol `name` ("station", "district_department", "one_stop_shop", "shared_roof",
 *  "mobile_group", "point", "proposed"), `size` pixels across, white-cased, at x, y; with
 *  `hollow` only its outline, for places that are assumed. An unknown name is drawn as a dot. */
void gap_symbol_add(GapScene *scene, const char *role, const char *id, unsigned frame,
                    const char *name, double x, double y, double size, GapColour colour,
                    bool hollow);

#endif
