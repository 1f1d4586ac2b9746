#include "styles/logos/logos.h"

#include "geo/base/error.h"
#include "geo/files/atomic.h"

#include <string.h>

/** Four pixels to a page pixel, on the highest page, and no more than memory has room for. */
enum { COLS_MAX = 2048, ROWS_MAX = 512 };

static const guint32 *pixels_of(const GapPixels *p) {
    return g_bytes_get_data(p->pixels, NULL);
}

static void replace(GapPixels *p, guint32 *pixels, unsigned cols, unsigned rows) {
    g_bytes_unref(p->pixels);
    *p = (GapPixels){g_bytes_new_take(pixels, sizeof *pixels * cols * rows), cols, rows};
}

/** Takes off the margins, which would make a logo smaller than its neighbours; false where nothing
 *  can be seen of it. */
static bool trim(GapPixels *p) {
    unsigned left = p->cols, right = 0, top = p->rows, bottom = 0;
    const guint32 *from = pixels_of(p);
    for (unsigned y = 0; y < p->rows; y++)
        for (unsigned x = 0; x < p->cols; x++)
            if (from[(gsize)y * p->cols + x] >> 24) {
                left = MIN(left, x), right = MAX(right, x + 1);
                top = MIN(top, y), bottom = y + 1;
            }
    if (!bottom)
        return false;
    unsigned cols = right - left, rows = bottom - top;
    guint32 *pixels = g_new(guint32, (gsize)cols * rows);
    for (unsigned y = 0; y < rows; y++)
        memcpy(pixels + (gsize)y * cols, from + (gsize)(top + y) * p->cols + left,
               cols * sizeof *pixels);
    replace(p, pixels, cols, rows);
    return true;
}

static guint32 mean(guint32 a, guint32 b, guint32 c, guint32 d) {
    guint32 out = 0;
    for (int shift = 0; shift < 32; shift += 8)
        out |= (((a >> shift & 0xff) + (b >> shift & 0xff) + (c >> shift & 0xff) +
                 (d >> shift & 0xff) + 2) /
                4)
               << shift;
    return out;
}

/** Half as many pixels each way, or as many where there is one only. */
static void halve(GapPixels *p) {
    const guint32 *from = pixels_of(p);
    unsigned cols = MAX(p->cols / 2, 1), rows = MAX(p->rows / 2, 1);
    gsize right = p->cols > 1, down = p->rows > 1 ? p->cols : 0;
    guint32 *pixels = g_new(guint32, (gsize)cols * rows);
    for (unsigned y = 0; y < rows; y++)
        for (unsigned x = 0; x < cols; x++) {
            const guint32 *at = from + 2 * y * down + (right ? 2 * x : 0);
            pixels[(gsize)y * cols + x] = mean(at[0], at[right], at[down], at[right + down]);
        }
    replace(p, pixels, cols, rows);
}

static bool read_logo(GapLogo *logo, const char *path, GError **error) {
    logo->path = g_strdup(path);
    logo->name = g_path_get_basename(path);
    if (!gap_png_read(path, &logo->picture, error))
        return false;
    if (!trim(&logo->picture)) {
        g_autofree char *shown = gap_printable(path, 200);
        return gap_fail(error, GAP_ERROR_INPUT, "%s: nothing can be seen of it: it is transparent",
                        shown);
    }
    while (logo->picture.cols > COLS_MAX || logo->picture.rows > ROWS_MAX)
        halve(&logo->picture);
    return true;
}

static char *digest_of(const GapLogos *logos) {
    g_autoptr(GString) all = g_string_new(NULL);
    for (unsigned i = 0; i < logos->n; i++) {
        const GapPixels *p = &logos->logo[i].picture;
        g_autofree char *one = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, p->pixels);
        g_string_append_printf(all, "%s %u\n", one, p->cols);
    }
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, all->str, -1);
}

GapLogos *gap_logos_read(const char *const *paths, GError **error) {
    g_autoptr(GapLogos) logos = g_new0(GapLogos, 1);
    unsigned n = g_strv_length((char **)paths);
    if (n < 1 || n > GAP_LOGOS_MAX) {
        gap_fail(error, GAP_ERROR_USAGE, "%u logos: a page has room for one to %d", n,
                 GAP_LOGOS_MAX);
        return NULL;
    }
    for (unsigned i = 0; i < n; i++)
        if (!*paths[i]) {
            gap_fail(error, GAP_ERROR_USAGE,
                     "logo %u of %u has no name: leave the comma out, or name a PNG file", i + 1,
                     n);
            return NULL;
        }
    for (; logos->n < n; logos->n++)
        if (!read_logo(&logos->logo[logos->n], paths[logos->n], error)) {
            logos->n++; // what has been read of it is freed too
            return NULL;
        }
    logos->digest = digest_of(logos);
    return g_steal_pointer(&logos);
}

void gap_logos_free(GapLogos *logos) {
    if (!logos)
        return;
    for (unsigned i = 0; i < logos->n; i++) {
        GapLogo *logo = &logos->logo[i];
        g_clear_pointer(&logo->picture.pixels, g_bytes_unref);
        g_free(logo->path);
        g_free(logo->name);
    }
    g_free(logos->digest);
    g_free(logos);
}

bool gap_logos_spared(const GapLogos *logos, const char *path, GError **error) {
    for (unsigned i = 0; logos && i < logos->n; i++)
        if (gap_file_is_same(path, logos->logo[i].path))
            return gap_fail(error, GAP_ERROR_USAGE,
                            "%s is one of the logos: give the map a name of its own", path);
    return true;
}
