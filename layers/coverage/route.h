/** How a place is reached in a run by travel time: from (or to) which point, by what ways, and what
 *  a bridge or a new point there would change.
 */
#ifndef GAP_LAYERS_COVERAGE_ROUTE_H
#define GAP_LAYERS_COVERAGE_ROUTE_H

#include "layers/coverage/field.h"

/** A stretch of a way in one class of ground, in the order of travel. Strings are interned. */
typedef struct {
    const char *class, *label; /**< of the speed table, the label for people */
    GapMode mode;              /**< closed with a raster of friction, which knows none */
    double kmh;                /**< on the level; NaN with a raster of friction */
    double length_m;           /**< with `other_m` */
    double other_m;            /**< of it on other ground, stretches too short to be told apart */
    double up_m, down_m;
    double minutes;
} GapRouteLeg;

/** A way between a place and the point that reaches it first. */
typedef struct {
    double minutes;            /**< with the turnout; NaN: there is no way */
    double turnout_min;        /**< of the point */
    char *point, *name, *kind; /**< its code; a name or NULL */
    GArray *legs;              /**< GapRouteLeg; with the turnout they add up to `minutes` */
    GArray *lonlat;            /**< double, degrees, a pair a step, in the order of travel */
} GapRouteWay;

/** Where a way passes ground that is closed in the run. */
typedef struct {
    double lon, lat; /**< its middle */
    double length_m; /**< of the closed ground */
    char *water;     /**< the name of the river or lake there, or NULL */
    char *place;     /**< the nearest settlement, or NULL, */
    double place_m;  /**< and how far it is */
} GapRouteCrossing;

typedef struct {
    char *run;
    bool inwards; /**< people travel to the police */
    double within_min, known_min;
    double lon, lat;       /**< of the place, degrees */
    bool nowhere;          /**< it has no open ground within `snap_m`, */
    double snap_m, away_m; /**< else the nearest is so far away; 0: its own */
    char *patrol;          /**< code of a mobile group in whose patrol area it lies, or NULL */
    GapRouteWay now;       /**< beyond `known_min` too */
    GapRouteWay bridged;   /**< if all roads got over all water and rivers barred nobody */
    GArray *crossings;     /**< GapRouteCrossing, of `bridged`, in the order of travel */
    gint64 gained;         /**< people beyond reach that a new point here brings within the
                                limit, without turnout; -1: not known */
    char *trouble;         /**< why nothing of all this is known, or NULL; */
    char *bridge_trouble;  /**< why `bridged` is not, */
    char *gain_trouble;    /**< why `gained` is not */
} GapRoute;

/** Makes the ground of a run again and searches it: once for the way, once from the place, once
 * over the ground with bridges; without a limit where the place is not reached within what the run
 *  knows. What cannot be done (a file has gone, layers have changed) is told in the answer; an
 * error is an interruption or a store that cannot be read. Returns: (transfer full). */
GapRoute *gap_route_new(GapStore *store, const char *run, double lon, double lat,
                        const GapProgress *progress, GError **error);
void gap_route_free(GapRoute *route); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapRoute, gap_route_free)

/** The run by travel time that was made last, NULL where there is none. Returns: (transfer full).
 */
char *gap_route_run(GapStore *store, GError **error);
/** Where a place stands (`place`, its code), or an area is asked from (`place` NULL): its seat,
 * else the place of most people in it, else the demand of most. False without an error: not known.
 */
bool gap_route_where(GapStore *store, const char *area, const char *place, double *lon, double *lat,
                     GError **error);

/** All of it in sentences, the legs of the way numbered. Returns: (transfer full), char *. */
GPtrArray *gap_route_sentences(const GapRoute *route);
/** "4.2 km track at 20 km/h, 12.6 min". Returns: (transfer full). */
char *gap_route_leg_text(const GapRouteLeg *leg);

/** The parts of a path as legs. Those shorter than 50 m or a cell that take less than a minute, and
 *  the quickest ones above twelve, join the longer of the two beside them: sums stay. O(parts^2).
 *  Returns: (transfer full), GapRouteLeg. */
GArray *gap_route_legs(const GapTravelGround *ground, const GArray *parts);

/* Internal. `place` is the cell that is asked from, open in `field`; `cells` (NULL: not wanted)
 * answers those of the path. Minutes are NaN where there is no way within the limit. */
bool gap_route_way(GapStore *store, const GapTravelField *field, size_t place, double limit_min,
                   GArray **cells, GapRouteWay *way, GError **error);
void gap_route_way_clear(GapRouteWay *way);
bool gap_route_bridge(GapStore *store, const GapTravelField *field, size_t place, GapRoute *route,
                      GError **error);

#endif
