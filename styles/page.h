/** The page: frames of map and insets, title, notes; the side panel has its own file. */
#ifndef GAP_STYLES_PAGE_H
#define GAP_STYLES_PAGE_H

#include "styles/map.h"

extern const GapColour GAP_INK, GAP_GREY, GAP_PAPER;

enum { GAP_MARGIN = 48 };

/** A small map of the country in a corner of the main one, the lower right one where it hides
 *  nothing of the part that the page is of; with a frame around what `view`, a part of it, shows.
 *  Placing it sets map->locator; false where every corner hides some of the part. */
bool gap_locator_place(GapMap *map, const GapView *view);
bool gap_locator_draw(GapMap *map, const GapView *view, GError **error);

/** Draws the main map, its insets or locator, and their scale bars. */
bool gap_frames_draw(GapMap *map, GError **error);

/** Draws everything of a page into the map's scene. `title` NULL: the theme's own. */
bool gap_page_draw(GapMap *map, const char *title, GError **error);
/** Draws heading and notes alone: what is between them is left to whoever goes on there. */
void gap_page_draw_continued(GapMap *map, const char *title);

#endif
