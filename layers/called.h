/** How areas and places are called on a day: the names that layer `names` has beside their own.
 *
 *  On a day holds the official name whose time has come (`since`, where it is known) and that ends
 *  first among those that have not ended (`until`); one without an end is official since its day.
 *  Where there is none the row's own name stands.
 */
#ifndef GAP_LAYERS_CALLED_H
#define GAP_LAYERS_CALLED_H

#include "geo/store/store.h"

/** Names other than the rows' own on `day` (YYYY-MM-DD; NULL: now); with `customary` those that
 *  people use, by their status, before the official ones. Returns: (transfer full). */
GHashTable *gap_called_on(GapStore *store, const char *day, bool customary, GError **error);
/** Puts them into the columns name_ky, name_ru and name_en of a layer; a site that is a cell is
 *  called as its municipality. O(rows). */
void gap_called_apply(GHashTable *called, GapTable *layer);

#endif
