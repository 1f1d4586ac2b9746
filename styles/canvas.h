/** A scene drawn: the only room that includes cairo (with text.c, which hands it outlines).
 *
 *  Files are whole or not there, and the same scene gives the same bytes.
 */
#ifndef GAP_STYLES_CANVAS_H
#define GAP_STYLES_CANVAS_H

#include "styles/text.h"

typedef enum {
    GAP_FORMAT_NONE, /**< none of these */
    GAP_FORMAT_PNG,
    GAP_FORMAT_PDF,
    GAP_FORMAT_SVG,
    GAP_FORMAT_TIFF
} GapPictureFormat;

/** What a file is to be by the ending of its name: .png, .pdf, .svg, .tif or .tiff. */
GapPictureFormat gap_canvas_format(const char *path);

/** Draws the scene in the format of the path's ending. `scale`: pixels a page pixel, where the
 *  format has pixels. */
bool gap_canvas_write(const GapScene *scene, GapFonts *fonts, double scale, const char *path,
                      GError **error);

/** Draws the scene `scale` times as large as PNG. */
bool gap_canvas_write_png(const GapScene *scene, GapFonts *fonts, double scale, const char *path,
                          GError **error);
/** As PDF or SVG by the path's ending. A PDF page has the size of the scene's layout on paper (a
 *  slide is 13.33 x 7.5 inches), holds text as text with the parts of fonts that it needs, and is
 *  dated by SOURCE_DATE_EPOCH where set, else by the scene's day. An SVG is in pixels; its text is
 *  outlines. */
bool gap_canvas_write_vector(const GapScene *scene, GapFonts *fonts, const char *path,
                             GError **error);
/** The main map alone, without insets and scale bar, as GeoTIFF in the map's projection; an error
 *  where the scene has no map. */
bool gap_canvas_write_tiff(const GapScene *scene, GapFonts *fonts, double scale, const char *path,
                           GError **error);
/** As pixels, 0xAARRGGBB, row by row, for tests. Returns: (transfer full). */
guint32 *gap_canvas_pixels(const GapScene *scene, GapFonts *fonts, double scale, unsigned *cols,
                           unsigned *rows, GError **error);

#endif
