/** Map projections through PROJ, always from and to longitude/latitude in degrees (WGS 84). */
#ifndef GAP_SHAPE_PROJECT_H
#define GAP_SHAPE_PROJECT_H

#include "geo/shape/geometry.h"

typedef struct GapProjection GapProjection;

/** From a PROJ string or an authority code ("EPSG:32643") of a projected system in metres; anything
 *  else is an error. One object a thread: each has its own PROJ context, no network.
 *  Returns: (transfer full). */
GapProjection *gap_projection_new(const char *definition, GError **error);

/** Albers equal-area conic for an extent in degrees: standard parallels a sixth of the height in
 *  from the edges (Snyder 1987, p. 99), centred. Returns: (transfer full). */
GapProjection *gap_projection_equal_area(GapBox extent, GError **error);

void gap_projection_free(GapProjection *projection); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapProjection, gap_projection_free)

/** The PROJ string, to be stated on a map. */
const char *gap_projection_definition(const GapProjection *projection);

/** In place, n pairs, degrees to metres. Points that cannot be projected are an error that names
 *  the first; `xy` is then of no further use. O(n). */
bool gap_projection_forward(const GapProjection *projection, double *xy, size_t n, GError **error);
/** In place, n pairs, metres to degrees. */
bool gap_projection_inverse(const GapProjection *projection, double *xy, size_t n, GError **error);

#endif
