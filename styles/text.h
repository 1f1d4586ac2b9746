/** Text through pango: the only room that includes it.
 *
 *  Noto Sans by name, no hinting, metrics off, subpixel positions off, so that a word takes the
 *  same room on every machine. One GapFonts a thread.
 */
#ifndef GAP_STYLES_TEXT_H
#define GAP_STYLES_TEXT_H

#include "styles/scene.h"

typedef struct GapFonts GapFonts;

/** An error with a remedy where Noto Sans is not installed. Returns: (transfer full). */
GapFonts *gap_fonts_new(GError **error);
void gap_fonts_free(GapFonts *fonts); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapFonts, gap_fonts_free)

/** Width and height of the text's box, pixels. */
void gap_fonts_measure(GapFonts *fonts, const char *text, const GapTextLook *look, double *width,
                       double *height);
/** Adds the text's outline as a path to `cairo` (a cairo_t), its box's left top at x, y. */
void gap_fonts_path(GapFonts *fonts, void *cairo, const char *text, const GapTextLook *look,
                    double x, double y);
/** Draws the text as text, for files that hold fonts, in the source colour of `cairo`. */
void gap_fonts_show(GapFonts *fonts, void *cairo, const char *text, const GapTextLook *look,
                    double x, double y);

/** Adds a text item whose box's left (or centre, or right, by look->align) top is x, y. */
GapItem *gap_scene_text(GapScene *scene, GapFonts *fonts, const char *role, const char *id,
                        const char *text, const GapTextLook *look, double x, double y);

#endif
