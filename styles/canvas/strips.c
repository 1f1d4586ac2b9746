// A picture in strips, which several threads draw at the same time into one run of pixels. Where
// they are cut never depends on the number of threads, so that the bytes do not either.
#include "geo/base/crew.h"
#include "geo/base/error.h"
#include "styles/canvas_draw.h"

#include <math.h>
#include <string.h>

enum { STRIP_ROWS = 135 };

typedef struct {
    const GapScene *scene;
    const GapReady *ready;
    double scale, top; /**< page pixel at the picture's upper edge */
    unsigned frame;
    cairo_surface_t *whole;
    unsigned rows, strip_rows;
    gsize n;
    gint next, status; /**< the first that is no success */
} Strips;

static void copy_rows(const Strips *s, cairo_surface_t *strip, unsigned skip, unsigned first,
                      unsigned rows) {
    gsize stride = (gsize)cairo_image_surface_get_stride(s->whole);
    memcpy(cairo_image_surface_get_data(s->whole) + first * stride,
           cairo_image_surface_get_data(strip) + skip * stride, rows * stride);
}

/** Cairo shades the rows where an outline comes into the picture and leaves it by samples, and
 * those between, if they are simple, by exact areas. So a strip is drawn with a row more at either
 * end, which is left out. */
static cairo_status_t draw_strip(const Strips *s, unsigned first) {
    const double edge = 1; // antialiasing touches the pixel beside
    unsigned rows = MIN(s->strip_rows, s->rows - first), from = first ? first - 1 : 0;
    unsigned to = MIN(first + rows + 1, s->rows);
    cairo_surface_t *strip = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, cairo_image_surface_get_width(s->whole), (int)(to - from));
    cairo_surface_set_device_offset(strip, 0, -(double)from);
    cairo_status_t status =
        gap_canvas_draw_part(strip, s->scene, s->ready, s->scale, s->frame,
                             s->top + (from - edge) / s->scale, s->top + (to + edge) / s->scale);
    if (status == CAIRO_STATUS_SUCCESS)
        copy_rows(s, strip, first - from, first, rows);
    cairo_surface_destroy(strip);
    return status;
}

static void work(gpointer data) {
    Strips *s = data;
    for (gsize i; gap_crew_take(&s->next, s->n, &i);) {
        cairo_status_t status = draw_strip(s, (unsigned)i * s->strip_rows);
        if (status != CAIRO_STATUS_SUCCESS)
            g_atomic_int_compare_and_exchange(&s->status, CAIRO_STATUS_SUCCESS, (gint)status);
    }
}

cairo_surface_t *gap_canvas_image_in_strips(const GapScene *scene, GapFonts *fonts, double scale,
                                            unsigned frame, unsigned strip_rows, GError **error) {
    GapBox page = {0, 0, scene->width, scene->height};
    GapBox b = frame ? g_array_index(scene->frames, GapSceneFrame, frame - 1).box : page;
    cairo_surface_t *whole =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround((b.max_x - b.min_x) * scale),
                                   (int)lround((b.max_y - b.min_y) * scale));
    Strips s = {.scene = scene, .scale = scale, .top = b.min_y, .frame = frame, .whole = whole};
    s.status = (gint)cairo_surface_status(whole);
    if (s.status == CAIRO_STATUS_SUCCESS) {
        GapReady *ready = gap_ready_new(scene, fonts, scale, frame);
        s.ready = ready;
        s.rows = (unsigned)cairo_image_surface_get_height(whole);
        s.strip_rows = strip_rows;
        s.n = (s.rows + strip_rows - 1) / strip_rows;
        cairo_surface_flush(whole);
        gap_crew_run(work, &s, (guint)s.n);
        cairo_surface_mark_dirty(whole);
        gap_ready_free(ready, scene->items->len);
    }
    if (s.status == CAIRO_STATUS_SUCCESS)
        return whole;
    gap_fail(error, GAP_ERROR_FAILED, "cannot draw the map: %s",
             cairo_status_to_string((cairo_status_t)s.status));
    cairo_surface_destroy(whole);
    return NULL;
}

cairo_surface_t *gap_canvas_image(const GapScene *scene, GapFonts *fonts, double scale,
                                  unsigned frame, GError **error) {
    return gap_canvas_image_in_strips(scene, fonts, scale, frame, STRIP_ROWS, error);
}
