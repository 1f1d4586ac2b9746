#include "styles/canvas.h"

#include "geo/base/error.h"
#include "styles/canvas_draw.h"
#include "styles/png.h"

#include <math.h>
#include <string.h>

static void set_colour(cairo_t *cr, GapColour c) {
    cairo_set_source_rgba(cr, c.r, c.g, c.b, c.a);
}

static void trace(cairo_t *cr, const GapGeometry *g) {
    for (uint32_t r = 0; r < g->n_rings; r++) {
        for (size_t i = g->ring[r]; i < g->ring[r + 1]; i++)
            (i == g->ring[r] ? cairo_move_to : cairo_line_to)(cr, g->xy[2 * i], g->xy[2 * i + 1]);
        if (g->kind == GAP_SHAPE_POLYGON)
            cairo_close_path(cr);
    }
}

/** Lines at 45 degrees through multiples of the step, so that neighbouring hatches meet. */
static void hatch_lines(cairo_t *cr, GapBox b, double step, bool up) {
    double height = b.max_y - b.min_y;
    double from = up ? b.min_x + b.min_y : b.min_x - b.max_y;
    double to = up ? b.max_x + b.max_y : b.max_x - b.min_y;
    for (double at = floor(from / step) * step; at <= to; at += step) {
        double x = up ? at - b.min_y : at + b.min_y;
        cairo_move_to(cr, x, b.min_y);
        cairo_line_to(cr, up ? x - height : x + height, b.max_y);
    }
    cairo_set_line_width(cr, 1.5);
    cairo_stroke(cr);
}

static void hatch_dots(cairo_t *cr, GapBox b, double step) {
    for (double y = floor(b.min_y / step) * step; y <= b.max_y; y += step)
        for (double x = floor(b.min_x / step) * step; x <= b.max_x; x += step) {
            cairo_new_sub_path(cr);
            cairo_arc(cr, x, y, 1.3, 0, 2 * G_PI);
        }
    cairo_fill(cr);
}

/** Fills the current path with the item's hatch and keeps the path. */
static void hatch(cairo_t *cr, const GapItem *item) {
    cairo_path_t *outline = cairo_copy_path(cr);
    cairo_save(cr);
    cairo_clip(cr);
    set_colour(cr, item->hatch_colour);
    if (item->hatch == GAP_HATCH_DOTS)
        hatch_dots(cr, item->box, 6);
    if (item->hatch == GAP_HATCH_UP || item->hatch == GAP_HATCH_CROSS)
        hatch_lines(cr, item->box, 8, true);
    if (item->hatch == GAP_HATCH_DOWN || item->hatch == GAP_HATCH_CROSS)
        hatch_lines(cr, item->box, 8, false);
    cairo_restore(cr);
    cairo_new_path(cr);
    cairo_append_path(cr, outline);
    cairo_path_destroy(outline);
}

static void set_ends(cairo_t *cr, const GapItem *item) {
    static const cairo_line_cap_t caps[] = {CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND,
                                            CAIRO_LINE_CAP_SQUARE};
    static const cairo_line_join_t joins[] = {CAIRO_LINE_JOIN_MITER, CAIRO_LINE_JOIN_ROUND,
                                              CAIRO_LINE_JOIN_BEVEL};
    cairo_set_line_cap(cr, caps[item->cap]);
    cairo_set_line_join(cr, joins[item->join]);
}

/** How many lengths the dashes have; 0 where one is so fine that the line would look whole. */
static int dashes_of(const GapItem *item) {
    int n = 0;
    while (n < (int)G_N_ELEMENTS(item->dash) && item->dash[n] > 0)
        if (item->dash[n++] < 0.25)
            return 0;
    return n;
}

static void draw_shape(cairo_t *cr, const GapItem *item) {
    cairo_new_path(cr);
    if (item->path)
        trace(cr, item->path);
    else
        cairo_arc(cr, item->x, item->y, item->r, 0, 2 * G_PI);
    if (item->fill.a > 0) {
        set_colour(cr, item->fill);
        cairo_fill_preserve(cr);
    }
    if (item->hatch)
        hatch(cr, item);
    if (item->stroke.a > 0 && item->width > 0) {
        set_colour(cr, item->stroke);
        cairo_set_line_width(cr, item->width);
        cairo_set_dash(cr, item->dash, dashes_of(item), 0);
        set_ends(cr, item);
        cairo_stroke(cr);
    }
}

static void stroke_halo(cairo_t *cr, const GapTextLook *look) {
    set_colour(cr, look->halo);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_width(cr, 2 * look->halo_width);
    cairo_stroke_preserve(cr);
}

/** A surface of its own, since cairo's are not for several threads. */
static void paint_halo(cairo_t *cr, const GapHalo *halo, GapColour colour) {
    cairo_surface_t *mask = cairo_image_surface_create_for_data(
        halo->mask, CAIRO_FORMAT_A8, halo->cols, halo->rows, halo->stride);
    cairo_save(cr);
    cairo_identity_matrix(cr);
    set_colour(cr, colour);
    cairo_mask_surface(cr, mask, halo->x, halo->y);
    cairo_restore(cr);
    cairo_surface_destroy(mask);
}

static void draw_words(cairo_t *cr, const GapReady *ready, const GapItem *item) {
    if (ready->halo.mask)
        paint_halo(cr, &ready->halo, item->look.halo);
    cairo_new_path(cr);
    cairo_append_path(cr, ready->words);
    if (!ready->halo.mask && item->look.halo_width > 0 && item->look.halo.a > 0)
        stroke_halo(cr, &item->look);
    set_colour(cr, item->look.colour);
    cairo_set_antialias(cr, CAIRO_ANTIALIAS_DEFAULT); // letters are finer than borders
    cairo_fill(cr);
}

/** In pixels outlines are the quickest (draw_words()); other files keep text as text, so that it
 * can be found. */
static void draw_text(cairo_t *cr, GapFonts *fonts, const GapItem *item) {
    cairo_new_path(cr);
    if (item->look.halo_width > 0 && item->look.halo.a > 0) {
        gap_fonts_path_item(fonts, cr, item);
        stroke_halo(cr, &item->look);
        cairo_new_path(cr);
    }
    set_colour(cr, item->look.colour);
    gap_fonts_show_item(fonts, cr, item);
}

/** A PDF keeps pictures that are alike, as logos on all its pages are, once. */
static void name_image(cairo_surface_t *image, GBytes *pixels) {
    char *digest = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, pixels);
    cairo_surface_set_mime_data(image, CAIRO_MIME_TYPE_UNIQUE_ID, (const unsigned char *)digest,
                                strlen(digest), g_free, digest);
}

static void draw_image(cairo_t *cr, const GapItem *item) {
    cairo_surface_t *image = cairo_image_surface_create_for_data(
        (unsigned char *)g_bytes_get_data(item->pixels, NULL), CAIRO_FORMAT_ARGB32, (int)item->cols,
        (int)item->rows, (int)item->cols * 4);
    bool finer = item->cols > item->box.max_x - item->box.min_x; // than the page: averaged
    if (cairo_surface_get_type(cairo_get_target(cr)) == CAIRO_SURFACE_TYPE_PDF)
        name_image(image, item->pixels);
    cairo_save(cr);
    cairo_translate(cr, item->box.min_x, item->box.min_y);
    cairo_scale(cr, (item->box.max_x - item->box.min_x) / item->cols,
                (item->box.max_y - item->box.min_y) / item->rows);
    cairo_set_source_surface(cr, image, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr),
                             finer ? CAIRO_FILTER_GOOD : CAIRO_FILTER_BILINEAR);
    cairo_paint(cr);
    cairo_restore(cr);
    cairo_surface_destroy(image);
}

static void draw_item(cairo_t *cr, const GapScene *scene, GapFonts *fonts, const GapReady *ready,
                      const GapItem *item) {
    cairo_save(cr);
    if (item->frame) {
        GapBox b = g_array_index(scene->frames, GapSceneFrame, item->frame - 1).box;
        cairo_new_path(cr);
        cairo_rectangle(cr, b.min_x, b.min_y, b.max_x - b.min_x, b.max_y - b.min_y);
        cairo_clip(cr);
    }
    if (item->kind == GAP_ITEM_TEXT && ready)
        draw_words(cr, ready, item);
    else if (item->kind == GAP_ITEM_TEXT)
        draw_text(cr, fonts, item);
    else if (item->kind == GAP_ITEM_IMAGE)
        draw_image(cr, item);
    else
        draw_shape(cr, item);
    cairo_restore(cr);
}

/** Whether the item belongs to the map of frame number `frame` itself (0: everything does). */
static bool belongs(const GapItem *item, unsigned frame) {
    return !frame || (item->frame == frame && !g_str_equal(item->role, "inset"));
}

static void set_look(cairo_t *cr, double scale) {
    cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_tolerance(cr, 0.2);
    // A large picture has four pixels for one: 16 shades each are plenty, and twice as quick.
    cairo_set_antialias(cr, scale >= 2 ? CAIRO_ANTIALIAS_FAST : CAIRO_ANTIALIAS_DEFAULT);
}

cairo_t *gap_canvas_begin(cairo_surface_t *surface, const GapScene *scene, double scale,
                          unsigned frame) {
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, scale, scale);
    if (frame) {
        GapBox b = g_array_index(scene->frames, GapSceneFrame, frame - 1).box;
        cairo_translate(cr, -b.min_x, -b.min_y);
    }
    set_look(cr, scale);
    return cr;
}

static void paint_paper(cairo_t *cr) {
    set_colour(cr, (GapColour){1, 1, 1, 1});
    cairo_paint(cr);
}

static cairo_status_t end(cairo_surface_t *surface, cairo_t *cr) {
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return status;
}

void gap_canvas_draw_small(cairo_t *cr, const GapScene *scene, GapFonts *fonts, GapBox box) {
    double w = box.max_x - box.min_x, h = box.max_y - box.min_y;
    double scale = MIN(w / scene->width, h / scene->height);
    cairo_save(cr);
    cairo_translate(cr, box.min_x + (w - scale * scene->width) / 2,
                    box.min_y + (h - scale * scene->height) / 2);
    cairo_scale(cr, scale, scale);
    cairo_rectangle(cr, 0, 0, scene->width, scene->height);
    cairo_clip(cr);
    set_look(cr, scale);
    paint_paper(cr);
    for (guint i = 0; i < scene->items->len; i++)
        draw_item(cr, scene, fonts, NULL, &g_array_index(scene->items, GapItem, i));
    cairo_restore(cr);
}

bool gap_canvas_draw(cairo_surface_t *surface, const GapScene *scene, GapFonts *fonts, double scale,
                     unsigned frame, GError **error) {
    cairo_t *cr = gap_canvas_begin(surface, scene, scale, frame);
    paint_paper(cr);
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (belongs(item, frame))
            draw_item(cr, scene, fonts, NULL, item);
    }
    cairo_status_t status = end(surface, cr);
    return status == CAIRO_STATUS_SUCCESS ||
           gap_fail(error, GAP_ERROR_FAILED, "cannot draw the map: %s",
                    cairo_status_to_string(status));
}

cairo_status_t gap_canvas_draw_part(cairo_surface_t *surface, const GapScene *scene,
                                    const GapReady *ready, double scale, unsigned frame, double top,
                                    double bottom) {
    cairo_t *cr = gap_canvas_begin(surface, scene, scale, frame);
    paint_paper(cr);
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (belongs(item, frame) && ready[i].bottom >= top && ready[i].top <= bottom)
            draw_item(cr, scene, NULL, &ready[i], item);
    }
    return end(surface, cr);
}

guint32 *gap_canvas_pixels(const GapScene *scene, GapFonts *fonts, double scale, unsigned *cols,
                           unsigned *rows, GError **error) {
    cairo_surface_t *surface = gap_canvas_image(scene, fonts, scale, 0, error);
    if (!surface)
        return NULL;
    *cols = (unsigned)cairo_image_surface_get_width(surface);
    *rows = (unsigned)cairo_image_surface_get_height(surface);
    guint32 *pixels = g_new(guint32, (size_t)*cols * *rows);
    for (unsigned y = 0; y < *rows; y++)
        memcpy(pixels + (size_t)y * *cols,
               cairo_image_surface_get_data(surface) +
                   (size_t)y * (size_t)cairo_image_surface_get_stride(surface),
               *cols * sizeof(guint32));
    cairo_surface_destroy(surface);
    return pixels;
}

bool gap_canvas_write_png(const GapScene *scene, GapFonts *fonts, double scale, const char *path,
                          GError **error) {
    cairo_surface_t *surface = gap_canvas_image(scene, fonts, scale, 0, error);
    if (!surface)
        return false;
    GapPicture picture = {(const guint32 *)(void *)cairo_image_surface_get_data(surface),
                          (unsigned)cairo_image_surface_get_width(surface),
                          (unsigned)cairo_image_surface_get_height(surface),
                          (unsigned)cairo_image_surface_get_stride(surface) / 4,
                          scale,
                          scene->title,
                          scene->description,
                          scene->source,
                          scene->made_from};
    bool good = gap_png_write(&picture, path, error);
    cairo_surface_destroy(surface);
    return good;
}

bool gap_canvas_write(const GapScene *scene, GapFonts *fonts, double scale, const char *path,
                      GError **error) {
    switch (gap_canvas_format(path)) {
    case GAP_FORMAT_PDF:
    case GAP_FORMAT_SVG:
        return gap_canvas_write_vector(scene, fonts, path, error);
    case GAP_FORMAT_TIFF:
        return gap_canvas_write_tiff(scene, fonts, scale, path, error);
    default:
        return gap_canvas_write_png(scene, fonts, scale, path, error);
    }
}

GapPictureFormat gap_canvas_format(const char *path) {
    static const struct {
        const char *ending;
        GapPictureFormat format;
    } endings[] = {{".png", GAP_FORMAT_PNG},
                   {".pdf", GAP_FORMAT_PDF},
                   {".svg", GAP_FORMAT_SVG},
                   {".tif", GAP_FORMAT_TIFF},
                   {".tiff", GAP_FORMAT_TIFF}};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_suffix(path, endings[i].ending))
            return endings[i].format;
    return GAP_FORMAT_NONE;
}
