/** What the rooms of geo/shape share of GEOS: one handle with its reader, writer and last message.
 *  Internal to geo/shape.
 */
#ifndef GAP_SHAPE_GEOS_H
#define GAP_SHAPE_GEOS_H

#include <geos_c.h>

#include "geo/shape/geometry.h"

typedef struct {
    GEOSContextHandle_t handle;
    GEOSWKBReader *reader;
    GEOSWKBWriter *writer;
    char *message; /**< of the last failure, or NULL */
} GapGeos;

/** `geos` must not move afterwards: GEOS keeps its address for messages. */
void gap_geos_init(GapGeos *geos);
void gap_geos_clear(GapGeos *geos);
/** Checked by gap_geometry_from_wkb() first, since GEOS trusts counts and nests without bound.
 *  Empty lines and polygons are read too. Returns: (transfer full). */
GEOSGeometry *gap_geos_read(GapGeos *geos, GBytes *wkb, GError **error);
/** 2D, little-endian. Returns: (transfer full). */
GBytes *gap_geos_write(GapGeos *geos, const GEOSGeometry *geometry, GError **error);
/** Sets `error` to what failed and GEOS's own words; answers false. */
bool gap_geos_fail(GapGeos *geos, const char *what, GError **error);

#endif
