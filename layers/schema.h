/** The schema as it lies in layers/schema, carried inside the program. */
#ifndef GAP_LAYERS_SCHEMA_H
#define GAP_LAYERS_SCHEMA_H

#include "geo/store/store.h"

/** (transfer none); made at the first call, lives as long as the program. */
const GapSchema *gap_layers_schema(void);

#endif
