/** The borders of a source cut into arcs where areas meet, so that neighbours draw the same line:
 *  simplified once and alike, stroked once.
 *
 *  Points are the same where their coordinates are equal to the bit. An arc goes from a node, where
 *  a third border begins or a line ends, to the next; a ring without nodes is one arc.
 */
#ifndef GAP_STYLES_SHAPES_ARCS_H
#define GAP_STYLES_SHAPES_ARCS_H

#include "styles/map.h"

/** Of lines and polygons (GapGeometry, NULL: none); points are passed over. `shapes` must outlive
 *  the answer. An error where there is no memory for them. O(points) in time and memory (about 60
 *  bytes a point while it works). Returns: (transfer full). */
GapArcs *gap_arcs_new(const GPtrArray *shapes, GError **error);
void gap_arcs_free(GapArcs *arcs); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapArcs, gap_arcs_free)

/** Lays the arcs out for a view, in page pixels, without the points that lie within a tenth of one
 *  from the line that is left. O(points); nothing where they are laid out so already. */
void gap_arcs_fit(GapArcs *arcs, const GapView *view);

/** The row's shape as laid out; NULL where nothing is left. O(its points).
 *  Returns: (transfer full). */
GapGeometry *gap_arcs_shape(const GapArcs *arcs, guint row);

/** Forgets what gap_arcs_fresh() has given. */
void gap_arcs_begin(GapArcs *arcs);
/** The arcs of the row that no row before had, as lines; NULL: none. O(its points).
 *  Returns: (transfer full). */
GapGeometry *gap_arcs_fresh(GapArcs *arcs, guint row);

#endif
