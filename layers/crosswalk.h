/** Between a file and our layers: what its values mean here, and which of its rows count. */
#ifndef GAP_LAYERS_CROSSWALK_H
#define GAP_LAYERS_CROSSWALK_H

#include "layers/finder.h"
#include "layers/layer.h"

/** A table of rows `from`, `to`: where the file says one, the other is meant. A column `field` says
 *  of which field a row speaks; where it is empty or missing, of every field that names areas or
 *  places (and of those flagged GAP_FIELD_AREA_CODE). Where there is a column `district` or
 *  `province`, a row is of the name with that beside it, or, where it is empty, with none. A row
 * with an empty `to` says nothing yet. Other columns are remarks. Values are compared folded
 *  (gap_text_fold()); what is not in the table stays as it is, and nothing is looked up twice. The
 *  review file of `gapmap match` is such a table. */
typedef struct GapCrosswalk GapCrosswalk;

/** One row that says something. */
typedef struct {
    char *from, *district, *province, *to;
    gint64 row, used;   /**< its number in the table; how often it was used */
    char *code;         /**< of the area or place that it was used for; NULL: of none */
    const char *bearer; /**< whose code it is, see gap_finder_find() */
} GapMeaning;

/** Reads the table, of any format that loads, for a layer of `kind` (NULL: for
 *  areas and places alone). Two meanings of one value and
 *  fields that the layer lacks are errors. Returns: (transfer full). */
GapCrosswalk *gap_crosswalk_new(const char *path, const GapLayerKind *kind, GError **error);
void gap_crosswalk_free(GapCrosswalk *crosswalk); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapCrosswalk, gap_crosswalk_free)

/** A name with what it lies in, as names are compared: folded; NULL is like empty. Returns:
 *  (transfer full). */
char *gap_crosswalk_key(const char *name, const char *district, const char *province);

/** Replaces `*text`, a cell of a field that names no area or place, by what it means. Does nothing
 *  where `crosswalk` or `*text` is NULL. */
void gap_crosswalk_map(GapCrosswalk *crosswalk, const GapField *field, char **text);

/** What a name of an area or place means in `field` (NULL: in any), NULL where the table does not
 *  say. What it lies in may be NULL. `with_none`: what the name means with nothing beside it, for a
 *  name that nothing else tells and that the table does not ask with what is beside it. Belongs to
 *  the crosswalk. */
GapMeaning *gap_crosswalk_find(const GapCrosswalk *crosswalk, const char *field, const char *text,
                               const char *district, const char *province, bool with_none);
/** Counts a use of a row, for the area or place of that code (NULL: not known). */
void gap_crosswalk_use(GapCrosswalk *crosswalk, GapMeaning *meaning, const char *code,
                       const char *bearer);

/** Its rows that say something, in order; NULL past the last. Belongs to the crosswalk. */
const GapMeaning *gap_crosswalk_meaning(const GapCrosswalk *crosswalk, size_t i);

/** Remembers in name_match, as of the load's source, whose names it told. */
bool gap_crosswalk_record(const GapCrosswalk *crosswalk, const GapLoad *load, GError **error);

/** Notes how many values were replaced and which rows of the table the file never used. */
void gap_crosswalk_tell(const GapCrosswalk *crosswalk, GapLoad *load);

/** Conditions on the columns of a file, "COLUMN=VALUE; ...": a row counts where every column named
 *  has a value given for it (folded; a column may be named several times). */
typedef struct GapWhere GapWhere;

/** A column that `table` lacks is an error that lists those it has. Returns: (transfer full). */
GapWhere *gap_where_new(const char *text, const GapTable *table, const char *file, GError **error);
void gap_where_free(GapWhere *where); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapWhere, gap_where_free)

/** Whether row `row` of a table with those columns counts; every row does where `where` is NULL. */
bool gap_where_keeps(const GapWhere *where, const GapTable *table, size_t row);

#endif
