/** Colours as styles write them. */
#ifndef GAP_STYLES_COLOUR_H
#define GAP_STYLES_COLOUR_H

#include <stdbool.h>

/** sRGB, each part 0..1, alpha not multiplied in. Alpha 0: nothing is drawn. */
typedef struct {
    double r, g, b, a;
} GapColour;

/** "#rgb", "#rrggbb", "#rrggbbaa", "rgb(r, g, b)", "rgba(r, g, b, a)" (0..255, alpha 0..1),
 *  "white", "black" or "transparent" (CSS Color 4, the part that themes need). */
bool gap_colour_parse(const char *text, GapColour *colour);
/** Alpha times `opacity`, kept within 0..1. */
GapColour gap_colour_fade(GapColour colour, double opacity);
/** Relative luminance, 0 (black) to 1 (white), alpha left out: WCAG 2.2. */
double gap_colour_luminance(GapColour colour);

#endif
