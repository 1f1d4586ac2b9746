/** Insets that go where the data are thickest. */
#ifndef GAP_STYLES_INSET_H
#define GAP_STYLES_INSET_H

#include "styles/map.h"

typedef struct {
    double width_m, height_m; /**< of the ground that it shows */
    const GapBox *shown;      /**< what others show already, metres of the map's plane */
    size_t n_shown;
} GapInsetWant;

/** Finds the ground of that size with most rows of source `id` that no other inset shows, the rows
 *  in its middle; of several the one about the first row. Sets `box` (metres) and `title`, the name
 *  of its first row; false without an error where no two rows lie so close. O(rows^2). */
bool gap_inset_around(GapMap *map, const char *id, const GapInsetWant *want, GapBox *box,
                      const char **title, GError **error);

#endif
