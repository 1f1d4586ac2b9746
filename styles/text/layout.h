/** Text laid out by pango, for the files of text alone. */
#ifndef GAP_STYLES_TEXT_LAYOUT_H
#define GAP_STYLES_TEXT_LAYOUT_H

#include "styles/text.h"

#include <pango/pangocairo.h>

/** Returns: (transfer full). */
PangoLayout *gap_fonts_layout(GapFonts *fonts, const char *text, const GapTextLook *look);

#endif
