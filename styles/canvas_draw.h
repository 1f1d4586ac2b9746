/** Drawing a scene with cairo, for the files of the canvas. */
#ifndef GAP_STYLES_CANVAS_DRAW_H
#define GAP_STYLES_CANVAS_DRAW_H

#include "styles/canvas.h"

#include <cairo.h>

/** What the parts (styles/canvas/) of a picture need of an item, found once for all of them. */
typedef struct {
    cairo_path_t *words; /**< outlines of text; NULL: none */
    struct GapHalo {
        guint8 *mask; /**< its shades; NULL: none, or to be stroked */
        int x, y;     /**< where its left top stands, pixels of the picture */
        int cols, rows, stride;
    } halo;
    double top, bottom; /**< page pixels that it may touch */
} GapReady;
typedef struct GapHalo GapHalo;

/** What is ready of every item, halos by several threads. O(items and their points).
 *  Returns: (transfer full). */
GapReady *gap_ready_new(const GapScene *scene, GapFonts *fonts, double scale, unsigned frame);
void gap_ready_free(GapReady *ready, guint n);

/** A context for the scene, or its frame number `frame`, with the page's look of things.
 *  Returns: (transfer full). */
cairo_t *gap_canvas_begin(cairo_surface_t *surface, const GapScene *scene, double scale,
                          unsigned frame);

/** Draws the scene `scale` times as large onto `surface`; of frame number `frame` alone, its left
 *  top at 0, 0, without what lies upon the map (insets and their marks, scale bar), unless that is
 *  0. */
bool gap_canvas_draw(cairo_surface_t *surface, const GapScene *scene, GapFonts *fonts, double scale,
                     unsigned frame, GError **error);
/** The same for a part of the picture, with the device offset of `surface`: items that lie between
 *  page pixels `top` and `bottom` only, text by its outlines. `ready`: one an item. */
cairo_status_t gap_canvas_draw_part(cairo_surface_t *surface, const GapScene *scene,
                                    const GapReady *ready, double scale, unsigned frame, double top,
                                    double bottom);
/** The same as pixels, drawn in strips of 135 rows by several threads (styles/canvas/strips.c);
 *  equal to the byte for any number of them. O(items + strips x points of what crosses them).
 *  Returns: (transfer full): an image surface, or NULL. */
cairo_surface_t *gap_canvas_image(const GapScene *scene, GapFonts *fonts, double scale,
                                  unsigned frame, GError **error);
/** With strips of so many rows, for tests. Returns: (transfer full), or NULL. */
cairo_surface_t *gap_canvas_image_in_strips(const GapScene *scene, GapFonts *fonts, double scale,
                                            unsigned frame, unsigned strip_rows, GError **error);

/** A PDF whose first page is of the scene's size, with what the scene says of the file; its bytes
 *  are appended to `bytes`, finished with the surface. Returns: (transfer full). */
cairo_surface_t *gap_canvas_open_pdf(const GapScene *scene, GByteArray *bytes);
/** Puts the date of a finished PDF right, see canvas_vector.c. */
void gap_canvas_mend_pdf_date(GByteArray *bytes);

/** Draws the scene into `box` of what `cairo` draws on, as large as fits, in the middle. */
void gap_canvas_draw_small(cairo_t *cairo, const GapScene *scene, GapFonts *fonts, GapBox box);

#endif
