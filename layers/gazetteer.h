/** The gazetteer: every area and place of a store with all its names, as names are matched to.
 *
 *  Areas have the names of area_name and those of their own columns, places those of their columns
 *  and place_name; both have those of the layer `names` ("its name until 1992"), and those that a
 *  crosswalk said to be theirs when something was loaded.
 *  A unit that changes of areas say is no more, and that has no area any longer (or one that has
 *  ended), gives its names to those that took its place: "the former unit (until 2012)".
 *  Kinds are the level's, of a place village, town or city; administrative words in a name go
 *  before that (geo/text/match.h).
 *  Areas lie in their parent, places in the area that the join gave them; areas have a point where
 *  their seat is known. The rules are layers/words/names.ini.
 */
#ifndef GAP_LAYERS_GAZETTEER_H
#define GAP_LAYERS_GAZETTEER_H

#include "geo/store/store.h"
#include "geo/text/match.h"

/** Levels of targets, the widest first; also as words, NULL-terminated. */
enum {
    GAP_GAZETTEER_COUNTRY,
    GAP_GAZETTEER_PROVINCE,
    GAP_GAZETTEER_DISTRICT,
    GAP_GAZETTEER_MUNICIPALITY,
    GAP_GAZETTEER_PLACE
};
extern const char *const GAP_GAZETTEER_LEVELS[];

typedef struct GapGazetteer GapGazetteer;

/** Whom names are looked for among. */
typedef enum {
    GAP_GAZETTEER_ALL,   /**< areas and places */
    GAP_GAZETTEER_AREAS, /**< areas; former units by what took their place */
    GAP_GAZETTEER_UNITS, /**< areas, also those that have ended, and former units as such */
} GapGazetteerPart;

/** Reads the store, whole: what the store does later does not matter. A store without areas and
 *  places is an error. O(names), with some 1.5 KiB a name. Returns: (transfer full). */
GapGazetteer *gap_gazetteer_new(GapStore *store, GapGazetteerPart part, GError **error);
void gap_gazetteer_free(GapGazetteer *gazetteer); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapGazetteer, gap_gazetteer_free)

const GapMatcher *gap_gazetteer_matcher(const GapGazetteer *gazetteer);
/** By the numbers of results; by level, then code. The names belong to the gazetteer. */
const GapMatchTarget *gap_gazetteer_targets(const GapGazetteer *gazetteer, size_t *n);
/** Of target `i`; belongs to the gazetteer. Codes of areas and of places are apart: one of each may
 *  be the same. */
const char *gap_gazetteer_code(const GapGazetteer *gazetteer, size_t i);
/** The number of the place with this code, or of the area; -1 where there is none. */
gssize gap_gazetteer_find(const GapGazetteer *gazetteer, const char *code, bool place);
/** Its English name, else the Kyrgyz, else the Russian one, else another, else its code. */
const char *gap_gazetteer_name(const GapGazetteer *gazetteer, size_t i);
/** Appends "KG0602 Kara-Suu (municipality, Aksy)": homonyms are told apart by what they lie in. */
void gap_gazetteer_label(const GapGazetteer *gazetteer, size_t i, GString *out);
/** The same with its names in English, Kyrgyz and Russian. Returns: (transfer full). */
char *gap_gazetteer_label_all(const GapGazetteer *gazetteer, size_t i);
/** Whether a text is one of the two, but for case and such (gap_text_fold()). */
bool gap_gazetteer_is_label(const GapGazetteer *gazetteer, size_t i, const char *text);
/** Whether it is called so letter for letter (as folded) by one of its own names: those of its row,
 *  not former or other ones. */
bool gap_gazetteer_is_own_name(const GapGazetteer *gazetteer, size_t i, const char *text);

/** A query for a name with what it lies in, a name or the code of an area; either may be NULL or
 *  empty. */
GapMatchQuery gap_gazetteer_query(const GapGazetteer *gazetteer, const char *name,
                                  const char *district, const char *province);
/** The kind of an administrative word such as "district" (geo/text/name_rules.h); 0: of none. */
guint32 gap_gazetteer_kind(const GapGazetteer *gazetteer, const char *word);
/** The number of a level, or GAP_MATCH_ANY_LEVEL where it is NULL or none. */
int gap_gazetteer_level(const char *level);
/** How many targets a level has. */
size_t gap_gazetteer_count(const GapGazetteer *gazetteer, int level);

#endif
