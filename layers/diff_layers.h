/** How the rows of each layer are told apart and what they hold, for comparing. */
#ifndef GAP_LAYERS_DIFF_LAYERS_H
#define GAP_LAYERS_DIFF_LAYERS_H

#include "geo/store/store.h"

typedef struct {
    const char *layer;
    /** Puts rows into `diff_row` (see diff.c): of source ?1 (null: all), as side ?2. */
    GapStatement take;
} GapDiffLayer;

/** Every layer that can be compared, in the order of a report; ends with a NULL layer. Those that
 *  are not loaded (sources, runs, coverage, gaps) have no rows of a source. */
extern const GapDiffLayer GAP_DIFF_LAYERS[];

/** The one of that name, or NULL. */
const GapDiffLayer *gap_diff_layer(const char *layer);

#endif
