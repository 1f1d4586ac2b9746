/** Raster files onto a working grid: what a file says of itself, its values warped, its people
 *  spread. Through GDAL: GeoTIFF, ESRI ASCII grid and SRTM HGT; regular files only.
 */
#ifndef GAP_FILES_RASTER_ONTO_H
#define GAP_FILES_RASTER_ONTO_H

#include "geo/grid/rasterize.h"

typedef struct {
    GapFrame frame;   /**< as it lies in its own coordinates, whatever their unit; a turned raster
                           has dx 0 */
    char *crs;        /**< "WGS 84 / UTM zone 43N" */
    char *definition; /**< of the same, for gap_raster_onto() and gap_projection_new() */
    char *unit;       /**< of its values as the file has it, "m"; or NULL */
    bool metric;      /**< north-up and projected, in metres: it can be a working grid */
    bool crs_stated;  /**< else taken for degrees, since its extent fits them */
    GapBox degrees;   /**< in which it lies */
    double cell_m;    /**< the shorter side of the cell in its middle, metres */
} GapRasterInfo;

/** An error where it cannot be opened, says not where it lies, or names no system that its extent
 *  would tell. Clear `info` with gap_raster_info_clear(), also after a failure. */
bool gap_raster_info(const char *path, GapRasterInfo *info, GError **error);
void gap_raster_info_clear(GapRasterInfo *info);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GapRasterInfo, gap_raster_info_clear)

typedef enum {
    GAP_WARP_NEAREST,  /**< of classes */
    GAP_WARP_BILINEAR, /**< of measures; over several cells where those of the frame are larger */
} GapWarp;

/** Band 1 on the cells of `frame` in the plane of `definition`; NaN where there is no data. A grid
 *  that is the frame already comes as it is. What was changed (system, cell size, no-data, scale)
 *  is added to `notes` as sentences. No data at all within the frame is an error.
 *  Returns: (transfer full). */
GapGrid *gap_raster_onto(const char *path, const GapFrame *frame, const char *definition,
                         GapWarp how, GPtrArray *notes, GError **error);

/** The same of a grid in degrees (EPSG:4326) that is in memory, bilinear; `name` is how notes and
 *  errors call it. Returns: (transfer full). */
GapGrid *gap_raster_grid_onto(const GapGrid *degrees, const GapFrame *frame, const char *definition,
                              const char *name, GPtrArray *notes, GError **error);

typedef struct {
    double before;  /**< people of the raster */
    double placed;  /**< on the grid made; before = placed + outside, to a rounding */
    double outside; /**< beyond the frame */
} GapPeopleSums;

/** People a cell of `frame` from a raster of people a cell, or with `density` a square kilometre.
 *  No resampling of values: each cell of the file is an upright box of its size around its centre,
 *  and its people go to the cells that the box covers by the share of each, so that none is lost.
 *  No-data counts as 0. A negative value is an error that names it. Cells without people are 0.
 *  O(cells). Returns: (transfer full). */
GapGrid *gap_raster_people(const char *path, const GapFrame *frame, const char *definition,
                           bool density, GapPeopleSums *sums, GPtrArray *notes, GError **error);

#endif
