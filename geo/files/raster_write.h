/** Rasters to files: GeoTIFF laid out for the web and for quick looks (COG: tiles, overviews, all
 *  that describes it at the front), as QGIS and GDAL read it. Through GDAL.
 *
 *  A file is made in memory, then written aside and renamed, so it is whole or not there; it holds
 *  no time stamp: the same input gives the same bytes. `path` is the name of a file and nothing
 *  else, whatever it looks like.
 */
#ifndef GAP_FILES_RASTER_WRITE_H
#define GAP_FILES_RASTER_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/grid/rasterize.h"

/** What a file says of itself beside its values. */
typedef struct {
    const char *key, *value;
} GapRasterItem;

typedef struct {
    const char *description; /**< of the band, "travel time"; or NULL */
    const char *unit;        /**< of its values, "min"; or NULL */
    const GapRasterItem *items;
    size_t n_items; /**< GDAL gives keys such as TIFFTAG_SOFTWARE tags of their own */
} GapRasterWrite;

/** Values as float, NaN being no data; overviews average what has data. `definition` is of the
 *  coordinates, as in geo/files/raster_onto.h. `options` may be NULL. Compressed by deflate without
 *  loss. O(cells); beside the grid memory for the file and its overviews, some 7 bytes a cell. */
bool gap_raster_write(const GapGrid *grid, const char *definition, const GapRasterWrite *options,
                      const char *path, GError **error);

/** Numbers of owners or classes (rows * cols) as 32-bit integers, -1 being no data; overviews show
 *  the number that most of the cells have (from 2^24 on, which floats do not hold, one near it). */
bool gap_raster_write_numbers(const GapFrame *frame, const int32_t *numbers, const char *definition,
                              const GapRasterWrite *options, const char *path, GError **error);

/** A picture (rows * cols of 0xAARRGGBB in the machine's order, alpha not looked at) as red, green
 *  and blue bytes; overviews average. */
bool gap_raster_write_picture(const GapFrame *frame, const uint32_t *pixels, const char *definition,
                              const GapRasterWrite *options, const char *path, GError **error);

#endif
