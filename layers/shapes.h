/** Judging the geometry of rows: kind, coordinates, validity, place. */
#ifndef GAP_LAYERS_SHAPES_H
#define GAP_LAYERS_SHAPES_H

#include "layers/layer.h"

/** What geometry is judged by; one a load, `{load, overlay}` at first. */
typedef struct {
    GapLoad *load; /**< its kind says what is needed; repairs become its notes */
    GapOverlay *overlay;
    gint64 inner;      /**< polygons that became a point inside them */
    GString *inner_at; /**< the first of these rows; NULL: none */
} GapShapeJudge;

/** Judges `*wkb`, the geometry of row `row` (NULL: none), and puts in its place what is to be
 *  stored: repaired, a single point as such, the inner point of a polygon where a point is wanted,
 *  NULL where the kind needs no geometry. False where it cannot be taken, with `reason` and, where
 *  one can be shown, `value` (transfer full). A point costs no allocation, O(log n) where it must
 *  lie in a country of n corners; others O(v log v). */
bool gap_shape_take(GapShapeJudge *judge, gint64 row, GBytes **wkb, char **value, char **reason);

/** Notes what was done to many rows alike, after the last of them. */
void gap_shapes_tell(const GapShapeJudge *judge);
/** Frees what the judge gathered, not what it was given. */
void gap_shapes_clear(GapShapeJudge *judge);

#endif
