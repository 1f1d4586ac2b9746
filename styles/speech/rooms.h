/** A page in two languages: larger rooms for words, and a heading of two titles. */
#ifndef GAP_STYLES_SPEECH_ROOMS_H
#define GAP_STYLES_SPEECH_ROOMS_H

#include "styles/map.h"

/** Heading, panel and notes grow at the cost of the map; an error where the page has no room for
 * the words of two languages in letters that can be read (square). */
bool gap_layout_for_two(GapLayout *layout, GError **error);

/** The heading alone, of a page without a panel. */
void gap_layout_heading_for_two(GapLayout *layout);

/** Draws title and subtitle of both languages, the second ones smaller beneath the first; `title`,
 *  where it is not NULL, stands for both titles. */
void gap_heading_both(GapMap *map, const char *title);

#endif
