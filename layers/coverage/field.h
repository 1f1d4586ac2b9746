/** The ground of a run by travel time with its police points: made for coverage, and made again,
 * the same to the bit, by whoever asks how a place is reached or what a new point would do.
 */
#ifndef GAP_LAYERS_COVERAGE_FIELD_H
#define GAP_LAYERS_COVERAGE_FIELD_H

#include "geo/travel/travel.h"
#include "layers/coverage/points.h"
#include "layers/travel/ground.h"

/** Strings are borrowed. */
typedef struct {
    GapTravelGroundOptions ground; /**< its progress is told of all that is done on the ground */
    GapSurfaceOptions surface;
    bool inwards;  /**< from the people to the police */
    double snap_m; /**< who stands on closed ground sets out from the nearest open cell within */
} GapTravelFieldOptions;

#define GAP_TRAVEL_FIELD_OPTIONS_INIT                                                              \
    { {.cell_m = 0}, GAP_SURFACE_OPTIONS_INIT, false, 1000 }

/** The options as canonical JSON, files with their SHA-256, as given and as seen from the folder of
 *  the file `store`. Returns: (transfer full). */
char *gap_travel_field_options_json(const GapTravelFieldOptions *options, const char *store,
                                    GError **error);
/** And back; strings belong to `owned` (g_free). A file that has gone or is another one than it was
 *  is an error. */
bool gap_travel_field_options_read(const char *json, const char *store,
                                   GapTravelFieldOptions *options, GPtrArray *owned,
                                   GError **error);

typedef struct {
    GapTravelFieldOptions options;
    GapTravelGround *ground;
    GapSurface *surface;
    GapPoints *points;
    GArray *sources;   /**< GapTravelSource: the fixed points that stand on the ground */
    GArray *row;       /**< size_t: of each source, in `points->fixed` */
    GPtrArray *notes;  /**< points that were moved to open ground or left out, as sentences */
    char *run;         /**< of a field that was opened, else NULL */
    double within_min; /**< its limit */
    double known_min;  /**< up to where its times were searched */
    GPtrArray *owned;  /**< strings of the options where it was opened */
} GapTravelField;

/** Takes `points` over. Points outside the ground or without open ground within `snap_m` are left
 *  out; where all are that is an error. Returns: (transfer full). */
GapTravelField *gap_travel_field_new(GapStore *store, GapPoints *points,
                                     const GapTravelFieldOptions *options, GError **error);
/** That of a run of the store. An error where the run is not by travel time, or where layers or
 *  files that it was made from are not what they were. Returns: (transfer full). */
GapTravelField *gap_travel_field_open(GapStore *store, const char *run, const GapProgress *progress,
                                      GError **error);
void gap_travel_field_free(GapTravelField *field); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapTravelField, gap_travel_field_free)

/** Times to (or from) the points up to `limit_min`; `exact`: without assumed ones. A field without
 *  such points is an error. Returns: (transfer full). */
GapTravel *gap_travel_field_travel(const GapTravelField *field, double limit_min, bool exact,
                                   GError **error);

/** The open cell from which someone at a place, in degrees, sets out, and how far its centre is
 *  from that of the place's own (0: its own is open). False where there is none within `snap_m`. */
bool gap_travel_field_cell(const GapTravelField *field, double lon, double lat, size_t *cell,
                           double *away_m);

/** Geometry in the plane of the ground to degrees. Returns: (transfer full). */
GBytes *gap_travel_field_to_degrees(const GapTravelField *field, GBytes *wkb, GError **error);

#endif
