/** Coverage: who is within reach of a police point.
 *
 *  Straight-line mode: demand is covered where the geodesic to a counted point is at most R long,
 *  R included. By travel time: where the quickest way over the ground takes at most T, T included,
 *  with the point's turnout time. A mobile group covers what lies in its patrol area, and nothing
 *  else. Points that count are open on the day, of the kinds asked for. Assumed points count and
 *  are told apart: every figure is also given without them. In straight-line mode demand that is
 *  covered only along lines that leave the country (enclaves, loops of the border) counts as
 * covered and is stated apart; by travel time ground abroad is closed, but for roads behind open
 * crossings. Areas that count are those valid on the day, and the demand must have been laid out
 * over them. Cost: O(demand * points) chords, a few geodesics each; or that of one search over the
 * ground (geo/travel/travel.h), a second one where points are assumed.
 */
#ifndef GAP_LAYERS_COVERAGE_H
#define GAP_LAYERS_COVERAGE_H

#include "layers/coverage/field.h"

/** What a run by travel time needs beside. */
typedef struct {
    GapTravelFieldOptions field;
    const double *bands_min; /**< of the isochrones below the limit, ascending; NULL: chosen */
    size_t n_bands;
    const char *people;     /**< a raster of people instead of the demand; NULL: none */
    bool density;           /**< its values are people a km2, else a cell */
    const char *minutes_to; /**< a GeoTIFF of minutes to be written; NULL: none */
    const char *nearest_to; /**< one of the numbers of the quickest points */
} GapCoverageTravel;

typedef struct {
    const char *label;    /**< of the run; NULL: the limit, "5 km" */
    const char *as_of;    /**< YYYY-MM-DD */
    const double *within; /**< a run each: metres, or minutes by travel time */
    size_t n_within;
    char **kinds;                    /**< of police points, NULL-terminated; NULL: all */
    const GapCoverageTravel *travel; /**< NULL: the straight line */
} GapCoverageOptions;

/** Makes a run for each limit where something changed; `unchanged` tells how many were up to date.
 *  With a label and several limits the label is followed by the limit. The demand must be there,
 *  unless people come from a raster. */
bool gap_coverage(GapStore *store, const GapCoverageOptions *options, size_t *unchanged,
                  GError **error);

/** What the run of one limit is called. Returns: (transfer full). */
char *gap_coverage_label(const GapCoverageOptions *options, double within);

/** The label of a run: `run` where it exists, the newest one where `run` is NULL; an error that
 *  lists the runs otherwise. Returns: (transfer full). */
char *gap_run_label(GapStore *store, const char *run, GError **error);

/** An error where the layers have changed since a run by travel time was made. */
bool gap_coverage_is_current(GapStore *store, const char *run, GError **error);

#endif
