/** The several files that a shapefile is. Internal to geo/files. */
#ifndef GAP_FILES_SHAPEFILE_H
#define GAP_FILES_SHAPEFILE_H

#include <ogr_api.h>

#include "geo/files/input.h"

/** Whether what must lie beside a .shp does, and is as long as its header states: no .shx is an
 *  error; no .dbf a note, since outlines alone are of use. For a .dbf its length only. */
bool gap_shapefile_check(const GapInput *input, GError **error);

#endif
