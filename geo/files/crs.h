/** From the coordinates of a layer to longitude and latitude on WGS 84. Internal to geo/files.
 *
 *  - `options.crs` goes before what the file states; where they differ a note says so.
 *  - A system that the file states is used. Degrees that are none (GeoJSON that holds metres) count
 *    as not stated.
 *  - Without one, numbers that all or mostly fit degrees are degrees. Else, and only with
 *    `options.expected`, the candidates are UTM and Gauss-Kruger zones of Pulkovo 1942 (6 and 3
 *    degrees wide, their number before the easting), the zones of Kyrg-06, and Web Mercator, as far
 *    as the box expected touches the area that EPSG gives for their use. If exactly one puts every
 *    coordinate into the box it is taken, and a note says so; so is the one of several that alone
 *    has all eastings within 500 km of its own (the number of the zone tells). None or several
 *    are an error that lists them.
 *  - Latitude before longitude in all rows is found where `options.expected` holds them all only
 *    when swapped: an error that names --swap. `options.swap` swaps what the file holds.
 *
 *  Cost: what is stated and right, one feature read; a guess reads the layer once or twice more. */
#ifndef GAP_FILES_CRS_H
#define GAP_FILES_CRS_H

#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "geo/files/input.h"

typedef struct {
    OGRCoordinateTransformationH to_degrees; /**< NULL: they are degrees already */
    bool swap;
    char *name; /**< "EPSG:32643 (WGS 84 / UTM zone 43N)"; NULL where there is no geometry */
} GapCrs;

/** Decides for `layer`, which is left at its start. */
bool gap_crs_find(const GapInput *input, OGRLayerH layer, GapCrs *crs, GError **error);
void gap_crs_clear(GapCrs *crs);

#endif
