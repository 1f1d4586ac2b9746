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
 *  {"LAYER": "natural"}, see gap_classes_fit(), or "values", see gap_classes_spread(). */
bool gap_classes_from_data(GapMap *map, GError **error);
/** A class for each different value, its colours spread over those of the step as evenly as may
 *  be; neighbouring values share one where there are more values than colours. */
void gap_classes_spread(GapExpr *step, const double *values, size_t n);
/** Limits of natural classes (quantiles above 1,000 values) for one step expression; each limit is
 *  the roundest number that parts the same values. Classes left over are empty. */
void gap_classes_fit(GapExpr *step, const double *values, size_t n);

/** Natural breaks: the classes with the least squared distance from their means (Fisher 1958,
 *  J. Am. Stat. Assoc. 53: 789-798; exact, by dynamic programming). Values that are not finite
 *  count for nothing. Writes at most classes - 1 limits, ascending, each a value that belongs to
 *  the class above; fewer where there are fewer different values. Returns how many.
 *  O(classes x n^2) time, O(classes x n) memory. */
size_t gap_classes_natural(const double *values, size_t n, size_t classes, double *limit);

#endif
