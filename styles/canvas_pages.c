#include "styles/canvas_pages.h"

#include "geo/base/error.h"
#include "geo/files/atomic.h"
#include "styles/canvas_draw.h"

#include <cairo-pdf.h>

enum { LEVELS = 3 };

struct GapPages {
    GByteArray *bytes;
    cairo_surface_t *pdf; /**< NULL before the first page */
    unsigned n;
    int parent[LEVELS + 1]; /**< the last bookmark of each level, from 1; 0: the root */
};

GapPages *gap_pages_new(void) {
    GapPages *pages = g_new0(GapPages, 1);
    pages->bytes = g_byte_array_sized_new(1 << 22);
    return pages;
}

void gap_pages_free(GapPages *pages) {
    if (!pages)
        return;
    if (pages->pdf) {
        cairo_surface_finish(pages->pdf);
        cairo_surface_destroy(pages->pdf);
    }
    g_byte_array_unref(pages->bytes);
    g_free(pages);
}

/** Where bookmarks and links to the page lead: its left top. */
static void mark_page(cairo_t *cr, unsigned page) {
    g_autofree char *name = g_strdup_printf("name='page%u'", page);
    cairo_tag_begin(cr, CAIRO_TAG_DEST, name);
    cairo_tag_end(cr, CAIRO_TAG_DEST);
}

/** Cairo takes the rectangles of links in points of the page, whatever the context's units. */
static void add_links(cairo_t *cr, const GapScene *scene) {
    for (guint i = 0; i < scene->links->len; i++) {
        const GapSceneLink *link = &g_array_index(scene->links, GapSceneLink, i);
        GapBox b = link->box;
        char number[4][G_ASCII_DTOSTR_BUF_SIZE];
        const double rect[] = {b.min_x, b.min_y, b.max_x - b.min_x, b.max_y - b.min_y};
        for (size_t k = 0; k < 4; k++)
            g_ascii_formatd(number[k], sizeof number[k], "%.2f", rect[k] * scene->point);
        g_autofree char *where = g_strdup_printf("dest='page%u' rect=[%s %s %s %s]", link->page,
                                                 number[0], number[1], number[2], number[3]);
        cairo_tag_begin(cr, CAIRO_TAG_LINK, where);
        cairo_tag_end(cr, CAIRO_TAG_LINK);
    }
}

static void add_bookmark(GapPages *pages, const char *text, unsigned level) {
    g_autofree char *where = g_strdup_printf("dest='page%u'", pages->n);
    unsigned at = MIN(level, LEVELS - 1);
    pages->parent[at + 1] = cairo_pdf_surface_add_outline(
        pages->pdf, pages->parent[at], text, where,
        at == 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : (cairo_pdf_outline_flags_t)0);
}

bool gap_pages_add(GapPages *pages, const GapScene *scene, GapFonts *fonts, const char *bookmark,
                   unsigned level, GError **error) {
    const double points = scene->point;
    if (!pages->pdf)
        pages->pdf = gap_canvas_open_pdf(scene, pages->bytes);
    pages->n++;
    cairo_pdf_surface_set_size(pages->pdf, scene->width * points, scene->height * points);
    if (!gap_canvas_draw(pages->pdf, scene, fonts, points, 0, error))
        return false;
    // Last: the paper that is laid first would wipe out what lies under it, tags too.
    cairo_t *cr = cairo_create(pages->pdf);
    mark_page(cr, pages->n);
    add_links(cr, scene);
    cairo_destroy(cr);
    if (bookmark)
        add_bookmark(pages, bookmark, level);
    cairo_surface_show_page(pages->pdf);
    cairo_status_t status = cairo_surface_status(pages->pdf);
    return status == CAIRO_STATUS_SUCCESS || gap_fail(error, GAP_ERROR_FAILED, "page %u: %s",
                                                      pages->n, cairo_status_to_string(status));
}

bool gap_pages_write(GapPages *pages, const char *path, GError **error) {
    g_return_val_if_fail(pages->pdf, false);
    cairo_surface_finish(pages->pdf);
    cairo_status_t status = cairo_surface_status(pages->pdf);
    if (status != CAIRO_STATUS_SUCCESS)
        return gap_fail(error, GAP_ERROR_FAILED, "%s: %s", path, cairo_status_to_string(status));
    gap_canvas_mend_pdf_date(pages->bytes);
    return gap_atomic_write(path, pages->bytes->data, pages->bytes->len, error);
}
