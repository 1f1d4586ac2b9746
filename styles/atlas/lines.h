/** Lines of the tables and indexes of an atlas. */
#ifndef GAP_STYLES_ATLAS_LINES_H
#define GAP_STYLES_ATLAS_LINES_H

#include "styles/atlas/atlas.h"

#define GAP_ATLAS_ROW  26.0 // the height of a row, and of the head of one line, pixels
#define GAP_ATLAS_HEAD 30.0

extern const GapColour GAP_ATLAS_RULE, GAP_ATLAS_STRONG;

/** A text of a table that ends with an ellipsis where it is wider than `width`. */
void gap_atlas_put(GapMap *map, const char *words, double x, double y, double width, GapAlign align,
                   bool bold);
void gap_atlas_put_rule(GapMap *map, double left, double right, double y, GapColour colour);
/** `both` where it fits into the width, else `first`. */
const char *gap_atlas_fitting(const GapMap *map, const char *both, const char *first, double width,
                              bool bold);
/** A row's name, or code; in the first language alone where both have no room. */
const char *gap_atlas_name(const GapMap *map, const GapTable *table, size_t row, double width);
/** "3 / 10" in the upper right corner, which leads back to the first page. */
void gap_atlas_put_number(GapMap *map, const GapAtlasPage *page);
/** The room of the page, which moves up where long notes shorten the map, and down where a page
 *  that goes on has a long heading. */
GapBox gap_atlas_room(const GapMap *map, const GapAtlasPage *page);

#endif
