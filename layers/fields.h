/** Judging the cells of a table: from text to typed values, or a reason why not. */
#ifndef GAP_LAYERS_FIELDS_H
#define GAP_LAYERS_FIELDS_H

#include "layers/layer.h"

/** Where each field of a kind comes from in a table that was read. */
typedef struct {
    int *column;     /**< of field i, or -1 */
    char **constant; /**< its value for every row, or NULL */
    int lon, lat;    /**< of point layers without geometry, or -1 */
    char *unused;    /**< names of columns that no field takes, by comma; NULL: none */
    size_t n;
} GapMapping;

/** Finds the columns by name (folded), after `columns` ("field=column; ...") and `set`
 *  ("field=value; ..."). A required field without a column is an error that lists the columns.
 *  Returns: (transfer full). */
GapMapping *gap_mapping_new(const GapLayerKind *kind, const GapTable *table, const char *file,
                            const char *columns, const char *set, GError **error);
void gap_mapping_free(GapMapping *mapping); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapMapping, gap_mapping_free)

/** An empty table with a column a field, then `row`. Returns: (transfer full). */
GapTable *gap_fields_table(const GapLayerKind *kind);

/** Judges one cell and puts it into the last row of `rows`; false with `reason` where it cannot be
 *  taken. Missing values of fields that are not required become null. */
bool gap_field_take(const GapField *field, const char *text, const GapAreas *areas, GapTable *rows,
                    size_t column, char **reason);

/** Why the field `low` of the last row must not be greater than `high` of it, or NULL where it is
 *  not, or where one of them is not known. Returns: (transfer full). */
char *gap_fields_order(const GapTable *rows, const char *low, const char *high);

#endif
