/** Pictures from files: PNG and JPEG, through GDAL. Read from memory, so that no other file beside
 *  them is looked at. */
#ifndef GAP_FILES_IMAGE_H
#define GAP_FILES_IMAGE_H

#include <stdint.h>

#include "geo/shape/geometry.h"

/** Red, green, blue and alpha, a byte each, alpha not multiplied in; row by row from the top. */
typedef struct {
    size_t cols, rows;
    uint8_t *rgba;
    double transform[6]; /**< GDAL's, to Web Mercator (EPSG:3857); 0 before it is placed */
} GapImage;

void gap_image_free(GapImage *image); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapImage, gap_image_free)

/** The bytes of a regular file of at most 64 MiB. Returns: (transfer full). */
GBytes *gap_image_bytes(const char *path, GError **error);

/** A picture of at most 25 million pixels, 8 or 16 bits a channel, grey, of a palette or of
 * colours. Without alpha it is opaque. Returns: (transfer full). */
GapImage *gap_image_read(const char *path, GError **error);

/** Says where the picture lies: `corners` are longitude and latitude of its left top, right top,
 *  right bottom and left bottom in turn, degrees. It is stretched evenly between them in Web
 * Mercator, as web maps do; where they are no parallelogram there, to within a pixel of the
 * picture, or enclose nothing, that is an error. */
bool gap_image_place(GapImage *image, const double corners[8], GError **error);

/** The box of the placed picture in the plane of `definition` (a PROJ string), metres. */
bool gap_image_box(const GapImage *image, const char *definition, GapBox *box, GError **error);

/** Warps a placed picture into that plane: cells of `cell_m` from the left top of `box` that cover
 *  it; `smooth`: between pixels, else the nearest. Transparent where the picture does not reach.
 *  O(cells). Returns: (transfer full). */
GapImage *gap_image_warp(const GapImage *image, const char *definition, GapBox box, double cell_m,
                         bool smooth, GError **error);

#endif
