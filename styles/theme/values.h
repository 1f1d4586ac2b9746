/** What columns bring into a style: names of symbols and hatches, colours. */
#ifndef GAP_STYLES_THEME_VALUES_H
#define GAP_STYLES_THEME_VALUES_H

#include "styles/map.h"

/** Whether the names and colours that the rows of `layer` give its properties are known ones; what
 *  is fixed was checked when the style was read. Names layer, property, row and value where one is
 *  not. O(rows x properties that a column feeds). */
bool gap_values_check(const GapMap *map, const GapStyleLayer *layer, const GapRows *rows,
                      GError **error);

#endif
