/** Finds the areas and places that cells of a table mean, by code or by name however it is spelt;
 *  one a load. */
#ifndef GAP_LAYERS_FINDER_H
#define GAP_LAYERS_FINDER_H

#include "layers/areas.h"
#include "layers/gazetteer.h"

typedef struct GapFinder GapFinder;

/** `areas` must outlive the finder. Names are read when first asked for. Returns: (transfer full).
 */
GapFinder *gap_finder_new(GapStore *store, const GapAreas *areas);
void gap_finder_free(GapFinder *finder); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapFinder, gap_finder_free)

/** What names are looked for in, read when first asked for; belongs to the finder. */
const GapGazetteer *gap_finder_gazetteer(GapFinder *finder, GapGazetteerPart part, GError **error);

typedef struct {
    const char *text;                /**< a code or a name */
    const char *district, *province; /**< names of what it lies in; NULL: not known */
    const char *level;               /**< of GAP_GAZETTEER_LEVELS, or NULL: any */
    const char *kind;                /**< administrative word that stands beside it, or NULL */
    bool no_crosswalk;               /**< reasons do not point to one: whoever asks takes none */
} GapFinderQuestion;

/** The code that is meant, among areas, units or all, and whose it is: `*bearer` is "area", "unit"
 *  (a former one) or "place". Names are matched (geo/text/match.h): NULL unless the outcome is
 *  "matched", with the reason and who fits or comes near (transfer full). The code belongs to the
 *  finder. Questions are remembered: each costs a gap_match() once. */
const char *gap_finder_find(GapFinder *finder, GapGazetteerPart part,
                            const GapFinderQuestion *question, const char **bearer, char **reason);

/** The code of whoever has this code, or is this candidate "CODE NAME (LEVEL, PARENT)", among those
 *  of `level` (or any) that names are matched with; NULL where there is none. Areas go before
 * places of their code. It belongs to the finder. */
const char *gap_finder_code(GapFinder *finder, GapGazetteerPart part, const char *text, int level);
/** The code that `text` is without the zeros in front of it, or NULL. */
const char *gap_finder_with_zeros(GapFinder *finder, GapGazetteerPart part, const char *text);

/** The point of a place; false where there is none of this code. */
bool gap_finder_point(GapFinder *finder, const char *code, double *lon, double *lat);

/** The code (else the name) of the loaded neighbour that bears `text` as its code or as a name in
 *  any language, whatever its case; NULL with the reason (transfer full) where there is none. It
 *  belongs to the finder. */
const char *gap_finder_neighbour(GapFinder *finder, const char *text, char **reason);

/** Adds what names stood for to name_match, as of that source. */
bool gap_finder_record(const GapFinder *finder, const char *source, GError **error);

/** Says of the names that were found otherwise than letter for letter how many there are, and the
 *  first of them. Returns: (transfer full), NULL where there is none. */
char *gap_finder_tell(const GapFinder *finder);

#endif
