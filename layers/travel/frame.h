/** The working grid of travel: where its cells lie, in which plane, and why there. */
#ifndef GAP_LAYERS_TRAVEL_FRAME_H
#define GAP_LAYERS_TRAVEL_FRAME_H

#include "geo/grid/rasterize.h"

typedef struct {
    GapBox extent;    /**< degrees to be covered; of no meaning with `like` */
    const char *like; /**< a raster whose grid is used as it is; NULL: none */
    const char *crs;  /**< of the plane, a code or a PROJ string; NULL: chosen */
    double cell_m;    /**< 0: chosen */
    double finest_m;  /**< cells are chosen no smaller; 0: not known */
    double margin_m;  /**< around the extent */
} GapFrameOptions;

/** The frame and the definition (transfer full) of its plane; what was chosen is added to `notes`.
 *
 *  - The grid of `like` is used as it is where it is north-up and in metres, with cells that are
 * not square too; else its extent, with a plane and cells chosen.
 *  - The plane chosen is Lambert's conformal conic with standard parallels a sixth of the height in
 *    from the edges (Snyder 1987, p. 105), Mercator's where these are the same on both sides of
 *    the equator: conformal, so that a step is as long in one direction as in another, and lengths
 *    are off by some hundredths of a percent in a country. The note states by how much at most.
 *  - The cell size chosen is the smallest of 10, 20, 25, 30, 50, 100, 125, 150, 200, 250, 500, 1000
 *    ... m with at most 30 million cells, and not below `finest_m`: finer ones would show nothing
 *    new. The north-west corner lies on a multiple of it.
 *
 *  Too many cells (geo/travel/surface.h) are an error that names the size that would fit; so are an
 *  extent that is empty and a system that is not in metres. */
bool gap_travel_frame(const GapFrameOptions *options, GapFrame *frame, char **definition,
                      GPtrArray *notes, GError **error);

#endif
