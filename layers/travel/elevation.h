/** Elevation on the working grid, in metres. Internal to layers/travel. */
#ifndef GAP_LAYERS_TRAVEL_ELEVATION_H
#define GAP_LAYERS_TRAVEL_ELEVATION_H

#include "layers/travel/ground.h"

/** Sets the elevation of the ground: of the raster `path`, else of the terrain of the store, else
 *  none, each with a note. `unit` "m" or "ft", NULL: as the raster says, else metres.
 *
 *  A unit that is neither, heights that no ground has (below -500 m or above 8,900 m), and heights
 *  that are three times those of the places of the store (feet) are errors. */
bool gap_elevation_find(GapTravelGround *ground, GapStore *store, const char *path,
                        const char *unit, GError **error);

#endif
