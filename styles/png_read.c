// A PNG from outside, which may be anything: bounded before it is read, whole or refused.
#include "geo/base/error.h"
#include "styles/png.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <png.h>

enum { BYTES_MAX = 16 << 20, SIDE_MAX = 4096, SIGNATURE = 8 };

static guint32 times_alpha(guint32 p) {
    guint32 alpha = p >> 24, out = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8)
        out |= (((p >> shift & 0xff) * alpha + 127) / 255) << shift;
    return out;
}

/** The pixels, bytes in the machine's order; NULL with libpng's words in `image`.
 *  Returns: (transfer full). */
static guint32 *finish(png_image *image) {
    image->format = G_BYTE_ORDER == G_LITTLE_ENDIAN ? PNG_FORMAT_BGRA : PNG_FORMAT_ARGB;
    guint32 *pixels = g_try_malloc(PNG_IMAGE_SIZE(*image));
    if (!pixels || !png_image_finish_read(image, NULL, pixels, 0, NULL)) {
        png_image_free(image);
        g_clear_pointer(&pixels, g_free);
    }
    return pixels;
}

static bool decode(const char *bytes, gsize length, GapPixels *picture, GError **error) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (length < SIGNATURE || png_sig_cmp((png_const_bytep)bytes, 0, SIGNATURE))
        return gap_fail(error, GAP_ERROR_INPUT, "it is no PNG; save the picture as PNG");
    if (png_image_begin_read_from_memory(&image, bytes, length) &&
        (image.width > SIDE_MAX || image.height > SIDE_MAX)) {
        png_image_free(&image);
        return gap_fail(error, GAP_ERROR_INPUT,
                        "it has %u x %u pixels; at most %d x %d are read: make it smaller",
                        image.width, image.height, SIDE_MAX, SIDE_MAX);
    }
    guint32 *pixels = image.opaque ? finish(&image) : NULL;
    if (!pixels)
        return gap_fail(error, GAP_ERROR_INPUT, "it is damaged (%s); save it anew",
                        *image.message ? image.message : "no memory");
    gsize n = (gsize)image.width * image.height;
    for (gsize i = 0; i < n; i++)
        pixels[i] = times_alpha(pixels[i]);
    *picture = (GapPixels){g_bytes_new_take(pixels, n * sizeof *pixels), image.width, image.height};
    return true;
}

static const char *why_not(const char *path) {
    GStatBuf about;
    return g_stat(path, &about) != 0   ? g_strerror(errno)
           : !S_ISREG(about.st_mode)   ? "it is no regular file"
           : about.st_size > BYTES_MAX ? "it is larger than 16 MiB; make it smaller"
                                       : NULL;
}

bool gap_png_read(const char *path, GapPixels *picture, GError **error) {
    g_autofree char *shown = gap_printable(path, 200), *bytes = NULL;
    const char *why = why_not(path);
    gsize length;
    if (why)
        return gap_fail(error, GAP_ERROR_INPUT, "%s: %s", shown, why);
    if (!g_file_get_contents(path, &bytes, &length, error))
        return false;
    bool good = decode(bytes, length, picture, error);
    if (!good)
        g_prefix_error(error, "%s: ", shown);
    return good;
}
