/** PNG files to take for logos. */
#ifndef GAP_TESTS_LOGO_FILES_H
#define GAP_TESTS_LOGO_FILES_H

#include "tests/folder_fixture.h"

#include <png.h>

/** A file of cols x rows pixels of one colour (straight 0xAARRGGBB) with a margin of nothing.
 *  Returns: (transfer full): its path. */
static inline char *logo_file(const char *name, unsigned cols, unsigned rows, unsigned margin,
                              guint32 colour) {
    png_image image = {
        .version = PNG_IMAGE_VERSION, .width = cols, .height = rows, .format = PNG_FORMAT_BGRA};
    char *path = g_build_filename(folder, name, NULL);
    g_autofree guint32 *pixels = g_new0(guint32, (gsize)cols * rows);
    for (unsigned y = margin; y + margin < rows; y++)
        for (unsigned x = margin; x + margin < cols; x++)
            pixels[(gsize)y * cols + x] = GUINT32_TO_LE(colour);
    assert_true(png_image_write_to_file(&image, path, 0, pixels, 0, NULL));
    return path;
}

#endif
