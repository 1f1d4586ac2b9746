/** Land cover on the working grid, and the numbers of classes that are used. Internal to
 *  layers/travel. */
#ifndef GAP_LAYERS_TRAVEL_COVER_H
#define GAP_LAYERS_TRAVEL_COVER_H

#include "layers/travel/ground.h"

/** The class of the table for a speed, with at most `most_kmh` (a surface); it is added at first
 *  use. 0 where it is closed. False with `error` where there are over 254. */
bool gap_cover_class(GapTravelGround *ground, int speed, double most_kmh, uint8_t *class,
                     GError **error);

/** Fills the classes of the ground with land cover: of the raster `path`, else of the layer
 *  landcover, else with what stands for unknown. */
bool gap_cover_fill(GapTravelGround *ground, GapStore *store, const char *path, GError **error);

/** WKB in degrees to the plane of the ground; NULL where nothing of it lies in the frame, or with
 *  an error. Returns: (transfer full). */
GapGeometry *gap_cover_project(const GapTravelGround *ground, GBytes *wkb, GError **error);

#endif
