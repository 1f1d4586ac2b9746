/** From OGR's geometry to ours. Internal to geo/files. */
#ifndef GAP_FILES_OGR_GEOMETRY_H
#define GAP_FILES_OGR_GEOMETRY_H

#include "geo/files/crs.h"

/** Takes `geometry` (NULL allowed): curves become lines, surfaces and collections of one kind a
 *  Multi type, Z and M are dropped, rings closed, coordinates turned into degrees. An empty one
 *  becomes NULL. `*fault` is set to what is wrong with it, as gap_reader_fault() tells it; such a
 *  geometry is handed over all the same, one that cannot be turned into degrees as a point at
 *  infinity, which nobody takes. Returns: (transfer full). */
GBytes *gap_ogr_geometry(OGRGeometryH geometry, const GapCrs *crs, char **fault);

#endif
