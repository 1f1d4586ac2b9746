/** Raster layers: a picture beside the style's file, warped into the plane of the map.
 *
 *  Colours are changed as MapLibre GL JS changes them (raster.fragment.glsl and raster_program.ts
 * of version 5): hue, then saturation, contrast and brightness.
 */
#ifndef GAP_STYLES_KINDS_PICTURE_H
#define GAP_STYLES_KINDS_PICTURE_H

#include "styles/map.h"

/** Adds the part of the picture that the view shows, as fine as a doubled page or as the picture,
 *  whichever is coarser, at most 6 million pixels. O(its pixels). */
bool gap_picture_draw(GapMap *map, const GapView *view, const GapStyleLayer *layer, GError **error);

#endif
