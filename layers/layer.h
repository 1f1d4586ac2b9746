/** Layer kinds: what a table must hold to become a layer, and how its rows are stored.
 *
 *  One file per kind; the loader (load.c) does what all have in common: reading, finding columns,
 *  judging values, refusing rows, one transaction.
 */
#ifndef GAP_LAYERS_LAYER_H
#define GAP_LAYERS_LAYER_H

#include "geo/store/store.h"
#include "layers/areas.h"

typedef enum {
    GAP_FIELD_TEXT,
    GAP_FIELD_WHOLE, /**< a whole number within min..max */
    GAP_FIELD_REAL,  /**< a number within min..max */
    GAP_FIELD_DATE,  /**< YYYY-MM-DD */
    GAP_FIELD_CHOICE,
    GAP_FIELD_AREAS, /**< several of them, by semicolon */
    GAP_FIELD_AREA,  /**< a code or name of a loaded area; stored as its code (finder.h) */
    GAP_FIELD_UNIT,  /**< as AREA, or a former unit that the layer `changes` names */
    GAP_FIELD_PLACE, /**< a code or name of a loaded place */
    GAP_FIELD_ANY,   /**< a code or name of a loaded area or place */
    GAP_FIELD_UNTIL, /**< a year, or YYYY-MM-DD */
    /** A code or name of a loaded neighbour; stored as its code, else its name. */
    GAP_FIELD_NEIGHBOUR,
} GapFieldKind;

typedef enum {
    GAP_FIELD_CODE = 1, /**< text that is a code: one that a spreadsheet has rounded is refused */
    GAP_FIELD_PAST = 2, /**< a day or year of what has happened: one to come is refused */
    /** Text that is the code of an area, now or formerly: stored as the code that the store has for
     *  it, where it has one, else as it stands. */
    GAP_FIELD_UNIT_CODE = 4,
    /** Not stored: helps to find areas and places that other fields name. A column that is some
     *  other field's is none of it. */
    GAP_FIELD_HINT = 8,
    /** Text that is the code of an area about to be loaded: a crosswalk of areas speaks of it. */
    GAP_FIELD_AREA_CODE = 16,
} GapFieldFlags;

typedef struct {
    const char *name;
    GapFieldKind kind;
    bool required;
    double min, max;
    const char *const *choices;
    const char *help;  /**< what it means, for templates and messages */
    const char *alias; /**< another usual name of its column, or NULL */
    unsigned flags;    /**< GapFieldFlags */
} GapField;

/** Fields before those that name areas or places: what these lie in, and of which level they are.
 */
#define GAP_FIELDS_WITHIN                                                                          \
    {"province", GAP_FIELD_TEXT, .help = "name of the province that it lies in",                   \
     .flags = GAP_FIELD_HINT},                                                                     \
    {                                                                                              \
        "district", GAP_FIELD_TEXT, .help = "name of the district that it lies in",                \
                                    .flags = GAP_FIELD_HINT                                        \
    }
#define GAP_FIELD_LEVEL(levels)                                                                    \
    {                                                                                              \
        "level", GAP_FIELD_CHOICE,                                                                 \
            .choices = (levels),                                                                   \
            .help = "level of what is named, where names alone leave it open",                     \
            .flags = GAP_FIELD_HINT                                                                \
    }
/** country, province, district, municipality; the same with place. NULL-terminated. */
extern const char *const GAP_AREA_LEVELS[], *const GAP_BEARER_LEVELS[];

/** Which geometry a layer needs. POINT also takes columns `lon` and `lat`, and the point of the
 * place that a field `place` names. */
typedef enum {
    GAP_NEEDS_NONE,
    GAP_NEEDS_POINT,
    GAP_NEEDS_LINE,
    GAP_TAKES_LINE, /**< or none */
    GAP_NEEDS_POLYGON,
    GAP_NEEDS_ANY
} GapNeeds;

typedef struct GapLoad GapLoad;

typedef struct {
    const char *name; /**< as in `gapmap load NAME` */
    const char *title;
    const GapField *fields; /**< ends with a NULL name */
    GapNeeds geometry;
    bool inside; /**< points must lie in the country, where its boundaries are loaded */
    /** A field without which a row says nothing yet, and is left out and counted; NULL: none. */
    const char *open;
    /** Fields that tell rows apart (by comma), and keys (joined by '|') that other sources hold:
     *  SELECT key, source ... WHERE source <> :1. NULL: rows need no key. */
    const char *key;
    const GapStatement *taken;
    /** Why the last of `rows` does not hang together, and at which field; NULL where it does.
     *  Returns: (transfer full). NULL: fields need no more than each its own limits. */
    char *(*judge)(const GapTable *rows, const char **field);
    const GapStatement *const *clear; /**< each with one value, the source; NULL-terminated */
    const GapStatement *insert;       /**< :field of each field, :row, :source, :geom */
    /** The table that `insert` fills, where it may come by the million and has a spatial index on
     *  `geom`: a large load writes that index at once. NULL: none. */
    const char *bulk;
    /** Further work in the same transaction, after each batch of rows is in; NULL: none. */
    bool (*finish)(GapLoad *load, GError **error);
    /** What depends on all rows of the layer, made anew after a load or an unload, in the same
     *  transaction; NULL: nothing. */
    bool (*settle)(GapStore *store, GError **error);
    /** Notes of what settle() made of the load's own rows; NULL: none. */
    bool (*tell)(GapLoad *load, GError **error);
} GapLayerKind;

/** GAP_LAYER_CELLS is boundaries given as points (`gapmap load boundaries --cells`). */
extern const GapLayerKind GAP_LAYER_BOUNDARIES, GAP_LAYER_CELLS, GAP_LAYER_PLACES,
    GAP_LAYER_POLICE_POINTS, GAP_LAYER_PEOPLE, GAP_LAYER_CRIME, GAP_LAYER_STATEMENTS,
    GAP_LAYER_CLAIMS, GAP_LAYER_PLANS, GAP_LAYER_PROGRAMME, GAP_LAYER_VISITS, GAP_LAYER_CHANGES,
    GAP_LAYER_BORDERS, GAP_LAYER_LAKES, GAP_LAYER_RIVERS, GAP_LAYER_NEIGHBOURS,
    GAP_LAYER_KNOWN_NAMES, GAP_LAYER_ROADS, GAP_LAYER_LANDCOVER, GAP_LAYER_BARRIERS,
    GAP_LAYER_CROSSINGS;

/** Keeps what parts of a total do not add up to as `unallocated`. */
bool gap_crime_settle(GapStore *store, GError **error);

/** All kinds that are tables, NULL-terminated. Terrain is a raster and has a loader of its own. */
extern const GapLayerKind *const GAP_LAYER_KINDS[];
const GapLayerKind *gap_layer_kind(const char *name);
/** Whether its cells name areas or places. */
bool gap_field_is_named(const GapField *field);
bool gap_layer_has_field(const GapLayerKind *kind, const char *name);

/** One load, as its kind sees it. */
struct GapLoad {
    GapStore *store;
    const GapLayerKind *kind;
    const char *source;   /**< id, layer/name */
    const char *citation; /**< title of the source */
    GapAreas *areas;      /**< as they stood before the load */
    const char *country;  /**< "CODE; name ky; name ru; name en", or NULL */
    bool fill;            /**< boundaries: provinces are rebuilt by the districts of this source */
    GapTable *rows;       /**< the rows kept of this batch: the kind's fields, then `row` */
    GPtrArray *notes;     /**< what was done beyond taking rows; strings owned */
    gint64 notes_dropped; /**< beyond those kept */
};

/** The first 200 are kept; of the rest their number. */
void gap_load_note(GapLoad *load, const char *format, ...) G_GNUC_PRINTF(2, 3);

#endif
