/** The spatial index of a whole table at once. Internal to geo/store. */
#ifndef GAP_STORE_SPATIAL_INDEX_H
#define GAP_STORE_SPATIAL_INDEX_H

#include "geo/store/internal.h"

/** Makes the spatial index of a geometry column anew where it has one, and checks every geometry
 *  against the column's type and coordinate system, as SpatiaLite's triggers do row by row. Inside
 *  a transaction. O(n log n) time, 40 bytes a row. */
bool gap_spatial_index_build(GapStore *store, const char *table, const char *column,
                             GError **error);

#endif
