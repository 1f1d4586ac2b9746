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
/** Width of the whole text in one line, pixels. `text` NULL: 0. */
double gap_fonts_width(GapFonts *fonts, const char *text, const GapTextLook *look);
/** Makes the text smaller, by half a pixel at a time, until it fits into `room` in one line or its
 *  size is `least`. */
void gap_fonts_fit_size(GapFonts *fonts, const char *text, GapTextLook *look, double room,
                        double least);
/** Adds the text's outline as a path to `cairo` (a cairo_t), its box's left top at x, y. */
void gap_fonts_path(GapFonts *fonts, void *cairo, const char *text, const GapTextLook *look,
                    double x, double y);
/** Draws the text as text, for files that hold fonts, in the source colour of `cairo`. */
void gap_fonts_show(GapFonts *fonts, void *cairo, const char *text, const GapTextLook *look,
                    double x, double y);

/** Lines of the text where they are broken between words at `width`; a hyphen is no break. */
guint gap_fonts_lines(GapFonts *fonts, const char *text, const GapTextLook *look, double width);
/** The least width, in whole pixels, at which the text broken between words has at most `lines`
 *  lines, and no word sticks out; so its lines are about equally long. O(log width) layouts. */
double gap_fonts_width_in_lines(GapFonts *fonts, const char *text, const GapTextLook *look,
                                guint lines);

/** A text of things joined by `between` that is wider than look->wrap, in lines broken there;
 *  as it is where that would take more lines than breaking it anywhere.
 *  Returns: (transfer full). */
char *gap_fonts_between_things(GapFonts *fonts, const char *text, const char *between,
                               const GapTextLook *look);

/** A cluster of letters (one letter with its marks) of a line of text. */
typedef struct {
    double middle, width; /**< pixels from the start of the line */
} GapGlyphCluster;

/** The clusters of the text in one line, as pango shapes it, from left to right; `height`: of the
 *  ink. Returns: (transfer full): GapGlyphCluster. */
GArray *gap_fonts_clusters(GapFonts *fonts, const char *text, const GapTextLook *look,
                           double *height);
/** As gap_fonts_path() and gap_fonts_show() of a text item, in a box or along a line. Of the latter
 *  what is shown begins with one cluster that says the whole text, so that a reader of the file
 *  finds the words; the others are outlines. */
void gap_fonts_path_item(GapFonts *fonts, void *cairo, const GapItem *item);
void gap_fonts_show_item(GapFonts *fonts, void *cairo, const GapItem *item);

/** Adds a text item whose box's left (or centre, or right, by look->align) top is x, y. */
GapItem *gap_scene_text(GapScene *scene, GapFonts *fonts, const char *role, const char *id,
                        const char *text, const GapTextLook *look, double x, double y);

#endif
