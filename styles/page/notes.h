/** The paragraph below a map: who says so, and what a reader must know beside it. */
#ifndef GAP_STYLES_PAGE_NOTES_H
#define GAP_STYLES_PAGE_NOTES_H

#include "styles/map.h"

/** Notes longer than their room take it from map and panel: licences want every source named. */
void gap_notes_make_room(GapMap *map);
/** Draws them, once all that they tell of stands on the page. */
void gap_notes_draw(GapMap *map);

#endif
