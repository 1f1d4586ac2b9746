/** Which column of a table gives which field of a layer, and how its cells are written. */
#ifndef GAP_LAYERS_MAPPING_H
#define GAP_LAYERS_MAPPING_H

#include "geo/shape/project.h"
#include "geo/text/date.h"
#include "geo/text/number.h"
#include "layers/layer.h"

typedef struct {
    const char *columns;    /**< "field=column; ...", or NULL */
    const char *set;        /**< "field=value; ...", or NULL */
    GapDecimal decimal;     /**< of text columns; OPEN: found */
    const GapBox *expected; /**< degrees in which points should lie; NULL: not known */
    const char *crs;        /**< system of the columns of points, in metres; NULL: degrees */
    bool swap;              /**< the columns of points are the other way round */
} GapMappingOptions;

typedef struct {
    const GapLayerKind *kind;
    size_t n;                  /**< fields of the kind */
    int *column;               /**< of field i, or -1 */
    char **constant;           /**< its value for every row, or NULL */
    GapDecimal *decimal;       /**< of the numbers in its column */
    GapDayOrder *order;        /**< of the dates in its column */
    int lon, lat;              /**< columns of points (also x and y), or -1 */
    int spot;                  /**< the column that holds both, or -1 */
    GapDecimal xy_decimal;     /**< of points in another system */
    GapProjection *projection; /**< of the columns of points, NULL: they are degrees */
    GapBox box;                /**< the expected one */
    bool has_box;
    const char *stated; /**< kind of area by the heading of its column, "district", or NULL */
    char *unused;       /**< names of columns that no field takes, by comma; NULL: none */
    GPtrArray *notes;   /**< what was guessed, each with the option that says otherwise */
} GapMapping;

/** Finds the columns: as `columns` says, by the field's name or usual other name (folded), else by
 *  heading (columns.h). `table` is the first batch: its cells tell decimal signs, the order of
 *  dates and which of x and y is the longitude. A required field without a column, or with several
 *  that might be it, is an error that lists them. O(cells). Returns: (transfer full). */
GapMapping *gap_mapping_new(const GapLayerKind *kind, const GapTable *table, const char *file,
                            const GapMappingOptions *options, GError **error);
void gap_mapping_free(GapMapping *mapping); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapMapping, gap_mapping_free)

/** The text of field `i` in a row of a batch: its constant, else its cell. Returns: (transfer
 *  full), NULL where there is none. */
char *gap_mapping_cell(const GapMapping *mapping, size_t i, const GapTable *table, size_t row);

/** Whether rows may have a point in their columns, and whether this one has anything there. */
bool gap_mapping_has_point(const GapMapping *mapping);
bool gap_mapping_gives_point(const GapMapping *mapping, const GapTable *table, size_t row);
/** Reads it, in degrees. False with `field`, `value` and `reason` (the latter two transfer full)
 *  where it cannot be. */
bool gap_mapping_point(const GapMapping *mapping, const GapTable *table, size_t row, double *lon,
                       double *lat, const char **field, char **value, char **reason);

/** "a=b; c=d" into `pairs` of strings; `option` names it in errors. */
bool gap_mapping_pairs(const char *text, const char *option, GHashTable *pairs, GError **error);
/** The headings of a table by comma, for messages. Returns: (transfer full). */
char *gap_mapping_columns(const GapTable *table);
/** A column by name: exactly, else the only one that folds to the same; else -1. */
int gap_mapping_find(const GapTable *table, const char *name);

/* ---- between the files of the mapping ---- */

enum { GAP_MAPPING_HEADING = 200 }; // letters of a heading: whole, since options repeat them

void gap_mapping_note(GapMapping *mapping, const char *format, ...) G_GNUC_PRINTF(2, 3);
/** A heading as an option may repeat it: in one line, since a break counts as a space.
 *  Returns: (transfer full). */
char *gap_mapping_heading(const GapTable *table, size_t column, size_t limit);
/** Judges from the cells of a first batch how numbers and dates are written, and of columns called
 *  x and y which is the longitude, since surveyors call the northing x. Columns whose names say it
 *  are turned by the option alone. Answers whether they were turned. */
bool gap_mapping_look(GapMapping *mapping, const GapTable *table, const GapMappingOptions *options,
                      bool points_named);

#endif
