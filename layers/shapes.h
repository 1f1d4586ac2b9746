/** Judging the geometry of rows: kind, validity, place. */
#ifndef GAP_LAYERS_SHAPES_H
#define GAP_LAYERS_SHAPES_H

#include "layers/layer.h"

/** What geometry is judged by; one a load. */
typedef struct {
    GapLoad *load; /**< its kind says what is needed; repairs become its notes */
    GapOverlay *overlay;
} GapShapeJudge;

/** Judges `*wkb`, the geometry of row `row` (NULL: none), and puts in its place what is to be
 *  stored: repaired, a single point as such, NULL where the kind needs no geometry. False where it
 *  cannot be taken, with `reason` and, where one can be shown, `value` (transfer full). */
bool gap_shape_take(GapShapeJudge *judge, gint64 row, GBytes **wkb, char **value, char **reason);

#endif
