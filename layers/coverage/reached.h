/** How far the demand of a run is from the police, by either mode. Internal to layers/coverage. */
#ifndef GAP_LAYERS_COVERAGE_REACHED_H
#define GAP_LAYERS_COVERAGE_REACHED_H

#include "geo/grid/grid.h"
#include "geo/shape/overlay.h"
#include "layers/areas.h"
#include "layers/coverage/coverage.h"

typedef struct {
    double lon, lat;
    gint64 id, people;
    double away;       // to the nearest fixed point: metres or minutes; infinity: none
    gssize nearest;    // its row, -1
    gssize patrol;     // row of a mobile group whose patrol area it lies in, -1
    double away_exact; // to the nearest that is not assumed
    bool patrol_exact;
    size_t cell;  // by travel time: where they set out,
    bool nowhere; // unless there is no open ground near
} GapReached;

/* What travel time adds to a run: made at the first limit that needs it. */
typedef struct {
    GapTravelField *field;
    double known_min;
    GapGrid *minutes, *minutes_exact; // the second NULL where no point is assumed, or only such
    int32_t *owner;                   // by cell: the row of the quickest point, -1
    GPtrArray *notes;
    GapGrid *people; // of a raster, NULL
} GapTravelWork;

typedef struct {
    GapStore *store;
    const GapCoverageOptions *options;
    GapPoints *points;
    GapOverlay *overlay;
    GapAreas *areas; // of the day
    GBytes *country; // its outline, or NULL
    GapReached *demand;
    size_t n;
    GapTravelWork travel;
    char *ground; // by travel time: the options of the field as JSON, with digests of all files
    char *people; // digest of those who are to be reached
} GapCoverageWork;

/* Covered within the limit, which is included. Minutes are compared as the rasters of minutes are.
 */
static inline bool gap_is_within(const GapCoverageWork *work, double away, double within) {
    return work->options->travel ? (float)away <= (float)within : away <= within;
}

/* Distance of one demand, in metres; and whether every line of the limit to a point leaves the
 * country. */
void gap_straight_measure(const GapCoverageWork *work, GapReached *demand);
bool gap_straight_is_cut_off(const GapCoverageWork *work, const GapReached *demand,
                             double within_m);

/* All rows of a run, which is dropped before; within a transaction. */
bool gap_coverage_write(GapCoverageWork *work, const char *label, double within,
                        const char *parameters, const char *made_from, GError **error);

/* The ground with the points on it and all minutes up to `known_min`. */
bool gap_travel_work_new(GapCoverageWork *work, double known_min, GError **error);
void gap_travel_work_clear(GapTravelWork *travel);
/* Minutes of one demand. */
void gap_travel_measure(const GapCoverageWork *work, GapReached *demand);
void gap_travel_note_nowhere(GapCoverageWork *work);
/* All that a run by travel time keeps beside: notes, isochrones, catchments. */
bool gap_travel_keep(GapCoverageWork *work, const char *run, double within, const char *parameters,
                     GError **error);
/* Officers a person, by demand and by area, where officers are known. */
void gap_travel_note_officers(GapCoverageWork *work);
bool gap_travel_keep_crowding(GapCoverageWork *work, const char *run, double within,
                              GError **error);
/* The ground within the limit, with patrol areas, in degrees; NULL without an error: none. */
GBytes *gap_travel_reach(GapCoverageWork *work, double within, GError **error);
/* The rasters that were asked for, up to `known_min`. */
bool gap_travel_write(const GapCoverageWork *work, GError **error);
/* Rows of coverage for the areas without parts, from the raster of people; `counts` as in
 * coverage.c. */
bool gap_travel_sum_raster(GapCoverageWork *work, const char *run, double within,
                           const char *counts, GError **error);

#endif
