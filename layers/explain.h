/** Explain: what is known of a place, and where each number came from. */
#ifndef GAP_LAYERS_EXPLAIN_H
#define GAP_LAYERS_EXPLAIN_H

#include "geo/store/store.h"

/** The columns of what is found. */
enum {
    GAP_FOUND_WHAT,
    GAP_FOUND_CODE,
    GAP_FOUND_NAME,
    GAP_FOUND_LEVEL,
    GAP_FOUND_AREA,
    GAP_FOUND_WHY
};

/** The areas and places that `text` means, by code, else by name however it is spelt: `what`
 *  (area, place, former unit), `code`, `name`, `level`, `area` (the area to explain: of a place the
 *  one it lies in), `why`. Several where it may be any of them; where `sure` is false none, only
 *  what comes near. Returns: (transfer full). */
GapTable *gap_explain_find(GapStore *store, const char *text, bool *sure, GError **error);

/** The parts of an explanation, in order. */
size_t gap_explain_parts(void);
const char *gap_explain_title(size_t part);
/** One part of what is known of an area, or of the place in it (NULL: of none); no rows where
 *  nothing is. Returns: (transfer full). */
GapTable *gap_explain_part(GapStore *store, size_t part, const char *area, const char *place,
                           GError **error);

#endif
