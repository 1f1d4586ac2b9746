#include "styles/canvas_thumbs.h"

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "styles/canvas_draw.h"
#include "styles/png.h"

struct GapThumbs {
    const GapScene *page;
    char *path;
    double scale;
    GByteArray *bytes; /**< of a PDF; NULL: a picture */
    cairo_surface_t *surface;
};

GapThumbs *gap_thumbs_new(const GapScene *page, GapFonts *fonts, double scale, const char *path,
                          GError **error) {
    g_autoptr(GapThumbs) sheet = g_new0(GapThumbs, 1);
    bool pdf = gap_canvas_format(path) == GAP_FORMAT_PDF;
    sheet->page = page;
    sheet->path = g_strdup(path);
    sheet->scale = pdf ? page->point : scale;
    sheet->bytes = pdf ? g_byte_array_sized_new(1 << 20) : NULL;
    sheet->surface = pdf ? gap_canvas_open_pdf(page, sheet->bytes)
                         : gap_canvas_image(page, fonts, scale, 0, error);
    if (!sheet->surface ||
        (pdf && !gap_canvas_draw(sheet->surface, page, fonts, sheet->scale, 0, error)))
        return NULL;
    return g_steal_pointer(&sheet);
}

void gap_thumbs_free(GapThumbs *sheet) {
    if (!sheet)
        return;
    g_clear_pointer(&sheet->surface, cairo_surface_destroy);
    g_clear_pointer(&sheet->bytes, g_byte_array_unref);
    g_free(sheet->path);
    g_free(sheet);
}

void gap_thumbs_add(GapThumbs *sheet, const GapScene *scene, GapFonts *fonts, GapBox box) {
    cairo_t *cr = cairo_create(sheet->surface);
    cairo_scale(cr, sheet->scale, sheet->scale);
    gap_canvas_draw_small(cr, scene, fonts, box);
    cairo_destroy(cr);
}

static bool write_picture(const GapThumbs *sheet, GError **error) {
    const GapScene *page = sheet->page;
    cairo_surface_flush(sheet->surface);
    const GapPicture picture = {
        (const guint32 *)(void *)cairo_image_surface_get_data(sheet->surface),
        (unsigned)cairo_image_surface_get_width(sheet->surface),
        (unsigned)cairo_image_surface_get_height(sheet->surface),
        (unsigned)cairo_image_surface_get_stride(sheet->surface) / 4,
        sheet->scale,
        page->title,
        page->description,
        page->source,
        page->made_from};
    return gap_png_write(&picture, sheet->path, error);
}

bool gap_thumbs_write(GapThumbs *sheet, GError **error) {
    if (sheet->bytes)
        cairo_surface_finish(sheet->surface);
    cairo_status_t status = cairo_surface_status(sheet->surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return gap_fail(error, GAP_ERROR_FAILED, "%s: %s", sheet->path,
                        cairo_status_to_string(status));
    if (!sheet->bytes)
        return write_picture(sheet, error);
    gap_canvas_mend_pdf_date(sheet->bytes);
    return gap_atomic_write(sheet->path, sheet->bytes->data, sheet->bytes->len, error);
}
