/** Drawing a scene with cairo, for the files of the canvas. */
#ifndef GAP_STYLES_CANVAS_DRAW_H
#define GAP_STYLES_CANVAS_DRAW_H

#include "styles/canvas.h"

#include <cairo.h>

/** Draws the scene `scale` times as large onto `surface`; of frame number `frame` alone, its left
 *  top at 0, 0, without what lies upon the map (insets and their marks, scale bar), unless that is
 *  0. */
bool gap_canvas_draw(cairo_surface_t *surface, const GapScene *scene, GapFonts *fonts, double scale,
                     unsigned frame, GError **error);
/** The same as pixels. Returns: (transfer full): an image surface, or NULL. */
cairo_surface_t *gap_canvas_image(const GapScene *scene, GapFonts *fonts, double scale,
                                  unsigned frame, GError **error);

#endif
