/** A scene drawn: the only room that includes cairo (with text.c, which hands it outlines). */
#ifndef GAP_STYLES_CANVAS_H
#define GAP_STYLES_CANVAS_H

#include "styles/text.h"

/** Draws the scene `scale` times as large and writes it to `path` as PNG, whole or not at all.
 *  The same scene gives the same bytes. */
bool gap_canvas_write_png(const GapScene *scene, GapFonts *fonts, double scale, const char *path,
                          GError **error);
/** As pixels, 0xAARRGGBB, row by row, for tests. Returns: (transfer full). */
guint32 *gap_canvas_pixels(const GapScene *scene, GapFonts *fonts, double scale, unsigned *cols,
                           unsigned *rows, GError **error);

#endif
