/** The join: points to areas, and what is left over on either side. */
#ifndef GAP_LAYERS_JOIN_H
#define GAP_LAYERS_JOIN_H

#include "geo/store/store.h"

/** Gives every place and police point the municipality that covers it (else the district, else the
 *  province; on a shared border the lowest code), of the areas that are valid when all changes have
 *  been made. Part of every load that changes either side; runs inside the caller's transaction.
 *  O(n log a) for n points and a areas. */
bool gap_join(GapStore *store, GError **error);

/** What does not meet: a row each with `side`, `what`, `count`, `examples`
 *  and `amount`, of money where a total has no rows to count.
 *  Returns: (transfer full). */
GapTable *gap_join_leftovers(GapStore *store, GError **error);

#endif
