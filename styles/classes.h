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

/** The classes of a `step`, without those that data left empty (limits not finite, or equal).
 *  Returns how many were written, at most GAP_CLASSES_MAX. */
size_t gap_classes_read(const GapExpr *step, GapClass *classes);

typedef enum {
    GAP_CLASS_NUMBER,
    GAP_CLASS_PERCENT, /**< of shares (0..1); the last class ends at 100 % */
    GAP_CLASS_POINTS   /**< differences of shares (-1..1) as percentage points, with their sign */
} GapClassFormat;

/** "10–20 %", "under 200", "400 and more", "−2 … 3", "2×10⁻⁹–5×10⁻⁹", "+5 … +25" (points), each
 *  limit with as many decimals as it needs. Returns: (transfer full). */
char *gap_class_text(const GapMap *map, GapClass class, GapClassFormat format);

/** Replaces limits of the layers that metadata.gapmap.classes names by those of the data:
 *  {"LAYER": METHOD}, see gap_classes_fit(). */
bool gap_classes_from_data(GapMap *map, GError **error);
/** A class for each different value, its colours spread over those of the step as evenly as may
 *  be; neighbouring values share one where there are more values than colours. */
void gap_classes_spread(GapExpr *step, const double *values, size_t n);
/** Limits for one step expression by a method of geo/stats/classes.h: natural (of ratios),
 *  natural-plain, quantile, equal, pretty, sd, symmetric, manual (the step's own) or values (see
 * above); false where there is none of that name. Each limit is made the roundest number that parts
 * the same values; those of equal and sd move by a twentieth of a class at most. Classes without a
 *  value at either end are left out, and their colours with them. */
bool gap_classes_fit(GapExpr *step, const char *method, const double *values, size_t n);
/** "classes: natural breaks, fit 0.93": by which method the classes of a layer coloured by step
 *  were made, and how well they hold what it draws: gap_stats_fit() in hundredths, rounded down.
 *  `text` is NULL where no value is known. */
bool gap_class_fit_text(GapMap *map, const GapStyleLayer *layer, char **text, GError **error);

#endif
