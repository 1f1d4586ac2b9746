/** Maps of several runs of coverage: which are shown, how they are called, and what changes from
 * one to another.
 *
 *  All work on the layer `coverage_runs`: a row for each run and municipality.
 */
#ifndef GAP_STYLES_KINDS_RUNS_H
#define GAP_STYLES_KINDS_RUNS_H

#include "geo/store/store.h"
#include "styles/map.h"

/** The rows of the runs that `wanted` names (labels by comma, in that order; NULL: all, as they
 *  come). An error that lists the runs where one is unknown or named twice.
 *  Returns: (transfer full). O(rows x runs). */
GapTable *gap_runs_choose(const GapTable *runs, const char *wanted, GError **error);

/** The layer `run_difference`: a row for each municipality of the first and the second of two runs,
 *  with its names, seat and outline, `people` (placed), `first_share` and `second_share` (within
 *  reach, 0..1), `difference` (second less first, -1..1), `change` (people, second less first),
 *  `gained` and `lost` (people, one of them 0). What one run does not know is null. Empty where
 *  there are not exactly two runs. Returns: (transfer full). O(rows). */
GapTable *gap_runs_difference(const GapTable *runs);

/** Adds what maps of runs say: `runs_shown` where there are at least two, and where there are
 *  exactly two `first_run`, `second_run` (labels), `gained` and `lost` (people, added up over
 *  municipalities). Numbers in C notation. */
void gap_runs_facts(const GapTable *runs, const GapTable *difference, GHashTable *facts);

/** Reads the runs that `wanted` names (NULL: all) as `coverage_runs` and `run_difference` into
 *  `tables`, and what they say into `facts`. */
bool gap_runs_read(GapStore *store, const char *wanted, GHashTable *tables, GHashTable *facts,
                   GError **error);

/** How the run of a row is called in the page's language: "5 km", "30 min, winter"; by its label
 *  where another run of the table is called so too. Returns: (transfer full). */
char *gap_runs_title(const GapMap *map, const GapTable *runs, size_t row);

/** Adds `first` and `second`, what the two runs are called, and the numbers of gap_runs_facts() to
 *  map->said, where they are known. */
void gap_runs_say(GapMap *map);

#endif
