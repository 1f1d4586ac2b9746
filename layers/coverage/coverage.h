/** Coverage: who is within reach of a police point.
 *
 *  Straight-line mode: demand is covered where the geodesic to a counted point is at most R long,
 *  R included; a mobile group covers what lies in its patrol area, and nothing else. Points that
 *  count are open on the day, of the kinds asked for. Assumed points count and are told apart:
 * every figure is also given without them. Demand that is covered only along lines that leave the
 *  country (enclaves, loops of the border) counts as covered and is stated apart. Areas that count
 *  are those valid on the day, and the demand must have been laid out over them.
 *  Cost: O(demand * points) chords, a few geodesics each.
 */
#ifndef GAP_LAYERS_COVERAGE_H
#define GAP_LAYERS_COVERAGE_H

#include "geo/store/store.h"

typedef struct {
    const char *label;      /**< of the run; NULL: the limit, "5 km" */
    const char *as_of;      /**< YYYY-MM-DD */
    const double *within_m; /**< a run each */
    size_t n_within;
    char **kinds; /**< of police points, NULL-terminated; NULL: all */
} GapCoverageOptions;

/** Makes a run for each limit where something changed; `unchanged` tells how many were up to date.
 *  With a label and several limits the label is followed by the limit. The demand must be there. */
bool gap_coverage(GapStore *store, const GapCoverageOptions *options, size_t *unchanged,
                  GError **error);

/** The label of a run: `run` where it exists, the newest one where `run` is NULL; an error that
 *  lists the runs otherwise. Returns: (transfer full). */
char *gap_run_label(GapStore *store, const char *run, GError **error);

#endif
