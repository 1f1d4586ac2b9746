// What the strips of a picture need of its items, found once: outlines of text, halos, extents.
#include "geo/base/crew.h"
#include "styles/canvas_draw.h"

#include <math.h>

enum { HALO_PIXELS_MOST = 1 << 24 };

/* ---- halos: stroked once as a mask, which lies on whole pixels and so looks alike in any strip */

typedef struct {
    const GapScene *scene;
    GapReady *ready;
    double scale;
    unsigned frame;
    gint next;
} Halos;

/** The pixels that words and halo touch. */
static bool place_halo(cairo_t *cr, const GapItem *item, GapHalo *halo) {
    double x1, y1, x2, y2, width = item->look.halo_width;
    cairo_path_extents(cr, &x1, &y1, &x2, &y2);
    x1 -= width, y1 -= width, x2 += width, y2 += width;
    cairo_user_to_device(cr, &x1, &y1);
    cairo_user_to_device(cr, &x2, &y2);
    double cols = ceil(x2) - floor(x1) + 2, rows = ceil(y2) - floor(y1) + 2;
    if (!(cols * rows <= HALO_PIXELS_MOST))
        return false;
    *halo = (GapHalo){NULL, (int)floor(x1) - 1, (int)floor(y1) - 1, (int)cols, (int)rows, 0};
    halo->stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, halo->cols);
    halo->mask = g_try_malloc0((gsize)halo->stride * (gsize)halo->rows);
    return halo->mask != NULL;
}

static void stroke_halo(const Halos *h, const GapItem *item, GapReady *ready) {
    GapHalo *halo = &ready->halo;
    cairo_surface_t *none = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
    cairo_t *cr = gap_canvas_begin(none, h->scene, h->scale, h->frame);
    cairo_append_path(cr, ready->words);
    bool good = place_halo(cr, item, halo);
    cairo_destroy(cr);
    cairo_surface_destroy(none);
    if (!good)
        return; // the strips stroke it
    cairo_surface_t *mask = cairo_image_surface_create_for_data(
        halo->mask, CAIRO_FORMAT_A8, halo->cols, halo->rows, halo->stride);
    cairo_surface_set_device_offset(mask, -halo->x, -halo->y);
    cr = gap_canvas_begin(mask, h->scene, h->scale, h->frame);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_FAST); // 16 shades are enough, and twice as quick
    cairo_set_line_width(cr, 2 * item->look.halo_width);
    cairo_append_path(cr, ready->words);
    cairo_stroke(cr);
    cairo_destroy(cr);
    cairo_surface_flush(mask);
    cairo_surface_destroy(mask);
}

static void work(gpointer data) {
    Halos *h = data;
    for (gsize i; gap_crew_take(&h->next, h->scene->items->len, &i);) {
        const GapItem *item = &g_array_index(h->scene->items, GapItem, i);
        if (h->ready[i].words && item->look.halo_width > 0 && item->look.halo.a > 0)
            stroke_halo(h, item, &h->ready[i]);
    }
}

/* ---- all ---- */

/** Outlines as cairo keeps them at this scale, which it gives back as it got them. */
static void ready_words(cairo_t *cr, GapFonts *fonts, const GapItem *item, GapReady *ready) {
    cairo_new_path(cr);
    gap_fonts_path_item(fonts, cr, item);
    double x1, x2, halo = item->look.halo_width;
    cairo_path_extents(cr, &x1, &ready->top, &x2, &ready->bottom);
    ready->words = cairo_copy_path(cr);
    ready->top -= halo;
    ready->bottom += halo;
}

static void ready_item(cairo_t *cr, GapFonts *fonts, const GapItem *item, GapReady *ready) {
    if (item->kind == GAP_ITEM_TEXT) {
        ready_words(cr, fonts, item, ready);
        return;
    }
    GapBox b = item->path ? gap_geometry_box(item->path) : item->box;
    if (item->kind == GAP_ITEM_CIRCLE)
        b = (GapBox){0, item->y - item->r, 0, item->y + item->r};
    ready->top = b.min_y - item->width / 2;
    ready->bottom = b.max_y + item->width / 2;
}

GapReady *gap_ready_new(const GapScene *scene, GapFonts *fonts, double scale, unsigned frame) {
    GapReady *ready = g_new0(GapReady, scene->items->len + 1);
    // Without bounds, since cairo leaves letters out that lie beyond them.
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
    cairo_t *cr = gap_canvas_begin(surface, scene, scale, frame);
    for (guint i = 0; i < scene->items->len; i++)
        ready_item(cr, fonts, &g_array_index(scene->items, GapItem, i), &ready[i]);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    Halos halos = {scene, ready, scale, frame, 0};
    gap_crew_run(work, &halos, scene->items->len);
    return ready;
}

void gap_ready_free(GapReady *ready, guint n) {
    for (guint i = 0; i < n; i++) {
        g_clear_pointer(&ready[i].words, cairo_path_destroy);
        g_free(ready[i].halo.mask);
    }
    g_free(ready);
}
