/** The ground of travel time, from the layers of a store and from raster files to what the search
 *  (geo/travel) reads: one metric grid of classes with speeds, and elevation.
 *
 *  What lies on a cell, from the top: a road, unless it is closed there (height, season); a barrier
 *  (rivers, lakes, barriers, all that is abroad); land cover, or where none is known the class
 *  "unknown" of the speed table. How roads, barriers and the border meet: layers/travel/weave.h.
 */
#ifndef GAP_LAYERS_TRAVEL_GROUND_H
#define GAP_LAYERS_TRAVEL_GROUND_H

#include "geo/base/progress.h"
#include "geo/shape/project.h"
#include "geo/store/store.h"
#include "geo/travel/surface.h"
#include "layers/travel/speeds.h"
#include "layers/travel/weave.h"

typedef enum {
    GAP_BRIDGES_ROADS,  /**< roads get over water, tracks and paths where a bridge is tagged */
    GAP_BRIDGES_TAGGED, /**< all only where one is tagged, or lies in the layer barriers */
    GAP_BRIDGES_ALL,
} GapBridges;

typedef struct {
    const char *elevation;      /**< a raster; NULL: the terrain of the store, else level ground */
    const char *elevation_unit; /**< "m" or "ft"; NULL: as the raster says, else metres */
    const char *landcover;      /**< a raster of classes; NULL: the layer landcover */
    const char *friction;       /**< a raster of minutes a metre, in the place of all others */
    const char *like, *crs;     /**< as in layers/travel/frame.h */
    const char *speeds;         /**< a speed table; NULL: defaults */
    const char *scenario;       /**< as in layers/travel/speeds.h; or NULL */
    double cell_m;              /**< 0: chosen */
    GapBox extent;              /**< degrees; min_x = max_x: the country as far as `elevation`
                                    covers it, without a country the latter */
    int month;                  /**< 1 to 12, for crossings with a season; 0: any */
    GapBridges bridges;
    bool rivers_pass;            /**< lines of rivers bar nobody's way */
    const GapProgress *progress; /**< asked between the steps; NULL: none */
} GapTravelGroundOptions;

/** All owned by the ground. */
typedef struct {
    GapFrame frame;
    char *definition; /**< of its plane */
    GapProjection *plane;
    GapGrid *elevation; /**< NULL: level */
    GapGrid *friction;  /**< minutes a metre; then there are no classes */
    uint8_t *classes;   /**< by cell, of the table; 0 is closed */
    GapTravelClass table[255];
    const GapSpeed *speed[255]; /**< what the classes are; NULL for 0 */
    size_t cells[255];          /**< of each class */
    size_t n_classes;
    GapSpeeds *speeds;
    GapWeaveReport woven;
    GPtrArray *notes; /**< all that was chosen, changed and left out, as sentences */
} GapTravelGround;

/** Errors say what to do: no extent, rasters that do not overlap, a missing coordinate system, feet
 *  for metres, a class without a speed (with its row or its number of cells), more cells than fit.
 *  Cells of rasters without data are noted; without elevation they are `unknown` to the search.
 *  O(cells + vertices). Returns: (transfer full). */
GapTravelGround *gap_travel_ground_new(GapStore *store, const GapTravelGroundOptions *options,
                                       GError **error);
void gap_travel_ground_free(GapTravelGround *ground); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapTravelGround, gap_travel_ground_free)

/** As gap_surface_new() takes it; valid as long as the ground. */
GapGround gap_travel_ground_view(const GapTravelGround *ground);

/** What it is made of: class, label, mode, kmh, cells, source. Returns: (transfer full). */
GapTable *gap_travel_ground_table(const GapTravelGround *ground);

#endif
