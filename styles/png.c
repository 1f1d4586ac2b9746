#include "styles/png.h"

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "styles/canvas/stripes.h"

#include <math.h>
#include <png.h>
#include <setjmp.h>

static void append(png_structp png, png_bytep data, size_t length) {
    g_byte_array_append(png_get_io_ptr(png), data, (guint)length);
}

static void flush(png_structp png) {
    (void)png;
}

static void fail(png_structp png, png_const_charp message) {
    *(const char **)png_get_error_ptr(png) = message;
    longjmp(png_jmpbuf(png), 1);
}

static void warn(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void put_texts(png_structp png, png_infop info, const GapPicture *picture) {
    const char *const texts[][2] = {{"Title", picture->title},
                                    {"Description", picture->description},
                                    {"Source", picture->source},
                                    {"Comment", picture->made_from},
                                    {"Software", "gapmap " GAP_VERSION}};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        png_text text = {.compression = PNG_ITXT_COMPRESSION_NONE,
                         .key = (char *)texts[i][0],
                         .text = (char *)texts[i][1],
                         .lang = (char *)"",
                         .lang_key = (char *)""};
        if (texts[i][1])
            png_set_text(png, info, &text, 1);
    }
}

/** Rows come packed, so libpng writes chunks only. */
static void put_chunk(png_structp png, const char *name, const guint8 *data, gsize length) {
    png_write_chunk(png, (png_const_bytep)name, data, length);
}

/** libpng leaves by longjmp, so nothing that it could lose is owned here. */
static bool encode(png_structp png, png_infop info, const GapPicture *picture,
                   const GPtrArray *parts) {
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_uint_32 per_metre = (png_uint_32)lround(96 * picture->scale / 0.0254);
    png_set_IHDR(png, info, picture->cols, picture->rows, 8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
    put_texts(png, info, picture);
    png_write_info(png, info);
    for (guint i = 0; i < parts->len; i++) {
        const GByteArray *part = parts->pdata[i];
        put_chunk(png, "IDAT", part->data, part->len);
    }
    put_chunk(png, "IEND", NULL, 0);
    return true;
}

bool gap_png_write(const GapPicture *picture, const char *path, GError **error) {
    g_autoptr(GByteArray) bytes = g_byte_array_sized_new(1 << 20);
    g_autoptr(GPtrArray) parts = gap_stripes_pack(picture);
    const char *message = "no memory";
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &message, fail, warn);
    png_infop info = png && parts ? png_create_info_struct(png) : NULL;
    if (info)
        png_set_write_fn(png, bytes, append, flush);
    bool good = info && encode(png, info, picture, parts);
    png_destroy_write_struct(&png, &info);
    if (!good)
        return gap_fail(error, GAP_ERROR_FAILED, "%s: %s", path, message);
    return gap_atomic_write(path, bytes->data, bytes->len, error);
}
