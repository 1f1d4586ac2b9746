/** How areas lie side by side: ground that two of one level share, ground of an area that none of
 *  its parts covers, and ground of a part that lies outside its area. Measured, never repaired. */
#ifndef GAP_LAYERS_TILING_H
#define GAP_LAYERS_TILING_H

#include "geo/store/store.h"

typedef struct {
    double sliver_km2; /**< findings below it are summed, not listed */
    const char *as_of; /**< day on which gaps and ground outside are judged, YYYY-MM-DD */
} GapTilingOptions;

/** Tables of findings, largest first. All km2 are of the WGS 84 ellipsoid. */
typedef struct {
    /** `level`, `area`, `name`, `other`, `other_name`, `km2`, `share` (of the smaller one). Areas
     *  whose days of validity have none in common do not overlap. */
    GapTable *overlaps;
    /** A row a hole: `area` (of which it is ground), `name`, `between` (the parts that touch it,
     *  else the nearest), `km2`, `lon`, `lat` (inside it). Areas without parts have no gaps. */
    GapTable *gaps;
    /** `area`, `name`, `part_of`, `part_of_name`, `km2`, `share` (of the area). */
    GapTable *outside;
    /** A row for each level at which something was found: `level`, `overlaps`, `overlap_km2`,
     *  `gaps`, `gap_km2`, `outside`, `outside_km2`, and `slivers`, `sliver_km2`, which are not in
     *  the others. Gaps and ground outside count for the level of the parts. */
    GapTable *totals;
} GapTilingReport;

void gap_tiling_free(GapTilingReport *report); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapTilingReport, gap_tiling_free)

/** Measures all areas of the store. For n areas of v vertices in all: O(n log n) to find the pairs
 *  whose boxes meet, O(w log w) each for the w vertices near what both may share, and O(v log v)
 *  for the union of the parts of each area, plus O(v s) where that has s holes. Overlaps are sought
 *  in a thread of their own. Returns: (transfer full). */
GapTilingReport *gap_tiling(GapStore *store, const GapTilingOptions *options, GError **error);

#endif
