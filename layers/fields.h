/** Judging the cells of a table: from text to typed values, or a reason why not. */
#ifndef GAP_LAYERS_FIELDS_H
#define GAP_LAYERS_FIELDS_H

#include "layers/crosswalk.h"
#include "layers/mapping.h"

/** What cells are judged by, and what was done to them; one a load, `{.mapping, .areas, .finder,
 * .crosswalk}` at first.
 */
typedef struct {
    const GapMapping *mapping;
    const GapAreas *areas;
    GapFinder *finder;
    GapCrosswalk *crosswalk;   /**< what a person said of names, or NULL */
    char *today;               /**< made when first needed */
    gint64 intervals;          /**< figures taken from the middle of an interval */
    GString *interval_rows;    /**< the first of their rows */
    gint64 unknown;            /**< cells that say in a word that nothing is known */
    GHashTable *unknown_words; /**< the first of these words, as they stand */
} GapFieldJudge;

void gap_field_judge_clear(GapFieldJudge *judge);
/** Notes what was done to many cells alike. */
void gap_fields_tell(const GapFieldJudge *judge, GapLoad *load);

/** An empty table with a column a field, then `row`. Returns: (transfer full). */
GapTable *gap_fields_table(const GapLayerKind *kind);

/** Judges a cell of field `i` of the kind and puts it into the last row of `rows`; false with
 *  `reason` (transfer full) where it cannot be taken. What is not known becomes null where the
 * field is not required. An interval becomes its middle, rounded down, where the kind has fields
 * FIELD_low and FIELD_high to keep its ends in. */
bool gap_field_take(GapFieldJudge *judge, size_t i, const char *text, GapTable *rows,
                    char **reason);

/** Why the field `low` of the last row must not be greater than `high` of it, or NULL where it is
 *  not, or where one of them is not known. Returns: (transfer full). */
char *gap_fields_order(const GapTable *rows, const char *low, const char *high);

#endif
