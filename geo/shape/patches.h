/** Areas that should lie side by side: where two share ground, and which lie at a place. */
#ifndef GAP_SHAPE_PATCHES_H
#define GAP_SHAPE_PATCHES_H

#include "geo/shape/geometry.h"

typedef struct GapPatches GapPatches;

/** From n valid polygons (NULLs and empty ones lie nowhere); what is no polygon is an error that
 *  names its number (from 1). Nothing of `wkb` is kept. O(v) for v vertices.
 *  Returns: (transfer full). */
GapPatches *gap_patches_new(GBytes *const *wkb, size_t n, GError **error);
void gap_patches_free(GapPatches *patches); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapPatches, gap_patches_free)

/** Two that share ground, a < b, and how much on the ellipsoid. */
typedef struct {
    size_t a, b;
    double m2;
} GapOverlap;

/** Whether two may share ground, so that they are not compared. */
typedef bool (*GapPatchesMay)(const void *user, size_t a, size_t b);

/** All pairs (GapOverlap) that share ground, in order of a and b; lines and points in common are
 *  none. `may` NULL: all are compared. O(n log n) to find the pairs whose boxes meet, then
 *  O(w log w) each for the w vertices near the box that both share.
 *  Returns: (transfer full), an array of GapOverlap. */
GArray *gap_patches_overlaps(GapPatches *patches, GapPatchesMay may, const void *user,
                             GError **error);

/** The numbers (size_t, ascending) of those that polygon `wkb` touches, to a millionth of a degree;
 *  where it touches none the nearest in degrees, none where there are none.
 *  Returns: (transfer full). */
GArray *gap_patches_near(GapPatches *patches, GBytes *wkb, GError **error);

#endif
