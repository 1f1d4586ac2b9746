/** Explain: what is known of a place, and where each number came from. */
#ifndef GAP_LAYERS_EXPLAIN_H
#define GAP_LAYERS_EXPLAIN_H

#include "geo/store/store.h"

/** The areas and places that `text` names, by code or exact name: `what`, `code`, `name`, `level`,
 *  `area` (the area to explain: of a place the one it lies in). Returns: (transfer full). */
GapTable *gap_explain_find(GapStore *store, const char *text, GError **error);

/** The parts of an explanation, in order. */
size_t gap_explain_parts(void);
const char *gap_explain_title(size_t part);
/** One part of what is known of an area; no rows where nothing is. Returns: (transfer full). */
GapTable *gap_explain_part(GapStore *store, size_t part, const char *area, GError **error);

#endif
