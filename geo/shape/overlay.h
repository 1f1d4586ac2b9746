/** Polygon work through GEOS: validity, union, difference, inner points, and finding the area
 *  that a point lies in. Geometry goes in and out as WKB. Planar in the coordinates given.
 *  A GapOverlay holds one GEOS handle: one a thread.
 */
#ifndef GAP_SHAPE_OVERLAY_H
#define GAP_SHAPE_OVERLAY_H

#include "geo/shape/geometry.h"

typedef struct GapOverlay GapOverlay;

GapOverlay *gap_overlay_new(void);
void gap_overlay_free(GapOverlay *overlay); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapOverlay, gap_overlay_free)

/** The same bytes (a new reference) where valid already; else GEOS MakeValid (structure method),
 *  polygons kept only. Returns: (transfer full). */
GBytes *gap_overlay_make_valid(GapOverlay *overlay, GBytes *wkb, bool *changed, GError **error);
/** Why a geometry is not valid, or NULL where it is. Returns: (transfer full). */
char *gap_overlay_invalid_reason(GapOverlay *overlay, GBytes *wkb, GError **error);
/** Union of n geometries (NULLs skipped). Returns: (transfer full). */
GBytes *gap_overlay_union(GapOverlay *overlay, GBytes *const *wkb, size_t n, GError **error);
/** Returns: (transfer full). */
GBytes *gap_overlay_intersection(GapOverlay *overlay, GBytes *a, GBytes *b, GError **error);
/** Returns: (transfer full). */
GBytes *gap_overlay_difference(GapOverlay *overlay, GBytes *a, GBytes *b, GError **error);
/** Whether the straight line between two points (in the plane of the coordinates) stays within
 *  polygon `wkb`. Prepares the polygon on first use and keeps it. */
bool gap_overlay_sees(GapOverlay *overlay, GBytes *wkb, double x1, double y1, double x2, double y2);
/** The point of a polygon farthest from its border (pole of inaccessibility, within 1 % of its
 *  size), where a label or a symbol stands best. */
bool gap_overlay_inner_point(GapOverlay *overlay, GBytes *wkb, double *x, double *y,
                             GError **error);

/** Finds areas by point. Building: O(v log v) for v vertices (prepared geometries in an STRtree);
 *  a look-up: O(log n) for the tree plus O(log v) for each candidate. */
typedef struct GapAreaIndex GapAreaIndex;

/** Keeps a reference to every geometry (NULLs are areas that contain nothing).
 *  Returns: (transfer full). */
GapAreaIndex *gap_area_index_new(GBytes *const *wkb, size_t n, GError **error);
void gap_area_index_free(GapAreaIndex *index); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapAreaIndex, gap_area_index_free)
/** The lowest number of an area that covers the point (border included), or -1. So areas sorted
 *  by code give a point on a shared border to the lowest code. */
gssize gap_area_index_locate(GapAreaIndex *index, double x, double y);

#endif
