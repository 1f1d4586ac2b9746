/** Names in a table of anybody's matched to the areas and places of a store. */
#ifndef GAP_LAYERS_MATCH_H
#define GAP_LAYERS_MATCH_H

#include "geo/table/table.h"
#include "layers/gazetteer.h"
#include "layers/review.h"

typedef struct {
    int name;               /**< column of the names */
    int district, province; /**< columns of what they lie in, or -1 */
    int level;              /**< names are of this level only, or GAP_MATCH_ANY_LEVEL */
    bool unique;            /**< the table names each place once */
    GapReview *review;      /**< what a person said, and is asked; or NULL */
} GapMatchColumns;

enum { GAP_MATCH_OUTCOMES = GAP_MATCH_MATCHED + 1, GAP_MATCH_ADDED = 6 };

typedef struct {
    size_t count[GAP_MATCH_OUTCOMES]; /**< rows, by GapMatchOutcome */
    size_t nested; /**< of the ambiguous: an area and places in it, which its level tells apart */
    size_t first;  /**< the first of the GAP_MATCH_ADDED columns */
} GapMatchTally;

/** The usual names of the columns that are added, NULL-terminated. */
extern const char *const GAP_MATCH_COLUMN_NAMES[];

/** Adds to `table`, a row a name:
 *
 *  outcome       matched, ambiguous, unmatched
 *  code          of the area or place; null unless matched
 *  matched_name  its name; null unless matched
 *  score         0 to 1, three decimals: of the match, else of the best candidate; null where there
 *                is none
 *  reason        why, in words
 *  candidates    null where matched; else those of ambiguous names, and what comes near to
 * unmatched ones, "CODE NAME (LEVEL, PARENT)" each, by "; "
 *
 *  What a person said of a name in `review` goes before that, without a score, and what remains
 *  ambiguous or unmatched, other than empty names, is asked there; where each place is named once,
 *  a place that was given to one row so is none for another, which is then ambiguous.
 *
 *  A column that the table has already (case does not count) is called match_NAME instead. A point
 *  of a row is compared with those of the targets. Names of districts and provinces are looked for
 *  among areas of that level. Costs one gap_match() of all
 *  rows that differ in name, parents or point (of all rows where `unique`). On an error the table
 *  is as it was. */
bool gap_match_table(const GapGazetteer *gazetteer, GapTable *table, const GapMatchColumns *columns,
                     GapMatchTally *tally, const GapProgress *progress, GError **error);

#endif
