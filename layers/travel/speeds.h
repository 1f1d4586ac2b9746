/** Speeds by class of road and of land cover: the defaults of words/speeds.ini, a table of the
 *  user's, and scenarios.
 *
 *  A table is any file that the reader reads, with columns class, label, speed (km/h) and mode
 *  (WALKING, BICYCLING, MOTORIZED, or walk, bicycle, vehicle), as AccessMod has it; a column `kind`
 *  (road, land) where a word is a class of both. Speed 0 is closed. What it says goes before the
 *  defaults, by the class or, where the data have words, by the label; classes that it does not
 *  name keep their defaults.
 *
 *  A scenario is names and factors by semicolon, "winter; night; vehicle=0.9; closed_above_m=2800":
 *  factors of several multiply, a number given last counts.
 */
#ifndef GAP_LAYERS_TRAVEL_SPEEDS_H
#define GAP_LAYERS_TRAVEL_SPEEDS_H

#include "geo/travel/pace.h"
#include "layers/layer.h"

typedef struct {
    const char *name;   /**< of the class */
    const char *label;  /**< for people */
    const char *source; /**< where the speed is from */
    GapMode mode;
    double kmh;       /**< on the level, of the scenario; 0 where closed */
    bool winter_open; /**< not closed by height */
    bool bridged;     /**< crosses water wherever it meets it, not only where a bridge is tagged */
} GapSpeed;

typedef struct GapSpeeds GapSpeeds;

/** The fields of a table, by which its columns are found; it is no layer of a store. */
extern const GapLayerKind GAP_SPEED_TABLE;

/** `table` NULL: defaults alone; `scenario` NULL: none. What was read and changed is added to
 *  `notes`. A row without a class or speed, a speed that is negative or over 300, an unknown mode,
 *  a class that stands twice are errors that name row, field and value; so is an unknown scenario.
 *  Returns: (transfer full). */
GapSpeeds *gap_speeds_new(const char *table, const char *scenario, GPtrArray *notes,
                          GError **error);
void gap_speeds_free(GapSpeeds *speeds); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapSpeeds, gap_speeds_free)

typedef enum { GAP_SPEED_ROAD, GAP_SPEED_LAND } GapSpeedKind;

/** The number of the class that `text` means (folded, with '_', '-' and spaces alike, 40.0 as 40),
 *  or -1. O(length). */
int gap_speeds_find(const GapSpeeds *speeds, GapSpeedKind kind, const char *text);
/** By number. The strings live as long as `speeds`. */
const GapSpeed *gap_speeds_get(const GapSpeeds *speeds, int number);
/** All classes of a kind by comma, for messages. Returns: (transfer full). */
char *gap_speeds_known(const GapSpeeds *speeds, GapSpeedKind kind);

/** The fastest that vehicles go on a surface (OpenStreetMap's `surface`), km/h, of the scenario;
 *  infinity where that says nothing. */
double gap_speeds_surface_kmh(const GapSpeeds *speeds, const char *surface);

/** Height above which roads that are not cleared are closed, infinity where none are. */
double gap_speeds_closed_above_m(const GapSpeeds *speeds);
/** Whether roads tagged as seasonal are closed. */
bool gap_speeds_closes_seasonal(const GapSpeeds *speeds);

#endif
