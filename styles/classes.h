/** Classes: read from the step expression that colours a layer, said in words.
 *
 *  A class holds its lower limit and not its upper one, as `step` has it.
 */
#ifndef GAP_STYLES_CLASSES_H
#define GAP_STYLES_CLASSES_H

#include "styles/map.h"

enum { GAP_CLASSES_MAX = 12 };

typedef struct {
    double from, to; /**< -INFINITY and INFINITY where open */
    GapColour colour;
} GapClass;

/** The classes of a `step`, without those that data left empty (limits not finite). Returns how
 *  many were written, at most GAP_CLASSES_MAX. */
size_t gap_classes_read(const GapExpr *step, GapClass *classes);

/** "10–20 %", "under 200", "400 and more"; shares (0..1) as percent where `percent`, which makes
 *  the last class end at 100 %. Returns: (transfer full). */
char *gap_class_text(const GapMap *map, GapClass class, bool percent);

/** Replaces limits of the layers that metadata.gapmap.classes names by those of the data:
 *  {"LAYER": "quantiles"}; each limit is the roundest number that
 *  parts the same values. */
bool gap_classes_from_data(GapMap *map, GError **error);
/** As above for an array of values, on one step expression. */
void gap_classes_quantiles(GapExpr *step, const double *values, size_t n);

#endif
