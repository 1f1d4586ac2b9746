/** OpenStreetMap files (.osm.pbf, .osm), as layers of roads, rivers, lakes and land cover. Internal
 *  to geo/files. */
#ifndef GAP_FILES_OSM_H
#define GAP_FILES_OSM_H

#include <gdal.h>

#include "geo/files/input.h"

/** Opens the file and sets `*layer` to the one that the options name (none: an error that lists
 *  them): `roads` (ways with a highway tag), `rivers` (waterway river or canal), `lakes` (natural
 *  water), `landcover` (natural or landuse, in one column `class`), or `points`, `lines`,
 *  `multipolygons` as GDAL has them. Only that layer is put together. Names in three languages,
 *  `bridge`, `surface` and `seasonal` are columns. What does not fit into 100 MiB of memory while
 *  ways are put together goes to a temporary file. NULL with or without `error`. */
GDALDatasetH gap_osm_open(const GapInput *input, OGRLayerH *layer, GError **error);

#endif
