/** What a page says where its outline is older than a change of the border. */
#ifndef GAP_STYLES_PAGE_BORDER_NOTE_H
#define GAP_STYLES_PAGE_BORDER_NOTE_H

#include "styles/map.h"

/** Puts {border_changes} in the language of `map`, "Uzbekistan (27 January 2023)": each neighbour
 *  whose border changed its status between the outline's day and the map's, and each such segment
 * of no neighbour, with the last day; plurals go by how many there are. False, and nothing put,
 * where there is none. */
bool gap_border_note_put(const GapMap *map);

#endif
