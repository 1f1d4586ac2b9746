/** What a style takes from elsewhere: names and colours from columns, words from the word list. */
#ifndef GAP_STYLES_THEME_VALUES_H
#define GAP_STYLES_THEME_VALUES_H

#include "styles/map.h"

/** Whether the names and colours that the rows of `layer` give its properties are known ones; what
 *  is fixed was checked when the style was read. Names layer, property, row and value where one is
 *  not. O(rows x properties that a column feeds). */
bool gap_values_check(const GapMap *map, const GapStyleLayer *layer, const GapRows *rows,
                      GError **error);

/** Whether every word that the page's metadata asks for is in the word list; `titled`: the title is
 *  given by the caller. O(size of the metadata x words). */
bool gap_theme_words_check(const GapMap *map, bool titled, GError **error);

#endif
