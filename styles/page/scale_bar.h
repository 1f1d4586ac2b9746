/** The bar that tells how long a kilometre is. */
#ifndef GAP_STYLES_PAGE_SCALE_BAR_H
#define GAP_STYLES_PAGE_SCALE_BAR_H

#include "styles/map.h"

typedef struct {
    GapBox box;    /**< of the bar, its number and the ground behind them, page pixels */
    double metres; /**< a round length, true at the middle of the frame */
    double length; /**< the same in pixels */
} GapScaleBar;

/** The bar of a view at the left bottom of its frame; of an inset in the one of its free corners
 * (the upper left one has the title, `title`) where it hides fewest of the circles and symbols that
 * stand there by now. O(items of the scene). */
GapScaleBar gap_scale_bar(const GapMap *map, const GapView *view, GapBox title);
void gap_scale_bar_draw(GapMap *map, const GapScaleBar *bar);

#endif
