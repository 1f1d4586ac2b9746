/** The page: frames of map and insets, title, notes; the side panel has its own file. */
#ifndef GAP_STYLES_PAGE_H
#define GAP_STYLES_PAGE_H

#include "styles/map.h"

extern const GapColour GAP_INK, GAP_GREY, GAP_PAPER;

/** Draws everything of a page into the map's scene. `title` NULL: the theme's own. */
bool gap_page_draw(GapMap *map, const char *title, GError **error);

#endif
