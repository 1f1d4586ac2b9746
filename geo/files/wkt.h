/** Geometry as text, in a column of a table. Internal to geo/files. */
#ifndef GAP_FILES_WKT_H
#define GAP_FILES_WKT_H

#include "geo/files/crs.h"

/** Whether a column of that name may hold WKT: geom, the_geom, geometry, wkt. */
bool gap_wkt_is_name(const char *name);
/** Whether `text` begins as WKT does. */
bool gap_wkt_is_text(const char *text);

/** Decides for the coordinates of `texts`, strings, as crs.h has it for a layer of them. What is no
 *  WKT among them counts for nothing. */
bool gap_wkt_find_crs(const GapInput *input, const GPtrArray *texts, GapCrs *crs, GError **error);
/** As gap_ogr_geometry(), in degrees; false where `text` is no WKT. */
bool gap_wkt_read(const char *text, const GapCrs *crs, GBytes **wkb, char **fault);

#endif
