/** Polygon work through GEOS: validity, union, difference, inner points. Geometry goes in and out
 *  as WKB. Planar in the coordinates given.
 *  A GapOverlay holds one GEOS handle: one a thread. Where nothing is left of a union, intersection
 *  or difference the answer is an empty polygon (gap_wkb_is_empty()), which all functions here take
 *  as input too. Bytes that are not WKB of ours are errors, never passed on to GEOS.
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
/** Union of n geometries (NULLs skipped). Parts of a lower dimension than the highest given (lines
 *  among polygons) are left out, here as below, so that the answer is of one kind.
 *  O(v log v). Returns: (transfer full). */
GBytes *gap_overlay_union(GapOverlay *overlay, GBytes *const *wkb, size_t n, GError **error);
/** What two geometries share, of the lower of their dimensions: two neighbours share no polygon.
 *  Returns: (transfer full). */
GBytes *gap_overlay_intersection(GapOverlay *overlay, GBytes *a, GBytes *b, GError **error);
/** `a` without `b`, of the dimension of `a`. Returns: (transfer full). */
GBytes *gap_overlay_difference(GapOverlay *overlay, GBytes *a, GBytes *b, GError **error);
/** Whether the straight line between two points (in the plane of the coordinates) stays within
 *  polygon `wkb`, its border included. False where `wkb` is no polygon or a coordinate is not
 *  finite. Prepares the polygon on first use and keeps it with the overlay, so pass the same
 *  GBytes again: then O(log v) for most lines. */
bool gap_overlay_sees(GapOverlay *overlay, GBytes *wkb, double x1, double y1, double x2, double y2);
/** The point of a polygon farthest from its border (pole of inaccessibility, within 1 % of the root
 *  of its area or 0.1 % of its extent), where a label or a symbol stands best; in a needle (200
 * times as long as wide) just a point inside. */
bool gap_overlay_inner_point(GapOverlay *overlay, GBytes *wkb, double *x, double *y,
                             GError **error);

#endif
