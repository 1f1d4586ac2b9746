/** PNG files through libpng: 8-bit RGB, no times, so that equal pictures are equal files. */
#ifndef GAP_STYLES_PNG_H
#define GAP_STYLES_PNG_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
    const guint32 *pixels; /**< 0xAARRGGBB, opaque */
    unsigned cols, rows;
    unsigned stride; /**< pixels from row to row */
    double scale;    /**< pixels a page pixel, for the physical size: 96 page pixels an inch */
    const char *title, *description, *source, *made_from; /**< UTF-8, or NULL */
} GapPicture;

bool gap_png_write(const GapPicture *picture, const char *path, GError **error);

typedef struct {
    GBytes *pixels; /**< guint32 0xAARRGGBB, alpha multiplied in, row by row */
    unsigned cols, rows;
} GapPixels;

/** Reads any PNG of a regular file, of at most 16 MiB and 4096 x 4096 pixels. On success
 *  `picture->pixels` is (transfer full). */
bool gap_png_read(const char *path, GapPixels *picture, GError **error);

#endif
