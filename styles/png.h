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

#endif
