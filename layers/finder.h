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
} GapFinderQuestion;

/** The code that is meant, among areas, units or all. Names are matched (geo/text/match.h): NULL
 *  unless the outcome is "matched", with the reason and who fits or comes near (transfer full). The
 *  code belongs to the finder. Questions are remembered: each costs a gap_match() once. */
const char *gap_finder_find(GapFinder *finder, GapGazetteerPart part,
                            const GapFinderQuestion *question, char **reason);

/** The code of the area or place that has this code, or that a text "CODE NAME (LEVEL, PARENT)" of
 *  candidates names; NULL where there is none. Places go before areas of their code where `place`,
 *  else behind. It belongs to the finder. */
const char *gap_finder_code(GapFinder *finder, const char *text, bool place);
/** The code that `text` is without the zeros in front of it, or NULL. */
const char *gap_finder_with_zeros(GapFinder *finder, const char *text);

/** The point of a place or the seat of an area that gap_finder_find() answered from all; false
 *  where it is not known. */
bool gap_finder_point(GapFinder *finder, const char *code, double *lon, double *lat);

/** Puts what names stood for into name_match, as of that source; what stood there is gone. */
bool gap_finder_record(const GapFinder *finder, const char *source, GError **error);

/** Says of the names that were found otherwise than letter for letter how many there are, and the
 *  first of them. Returns: (transfer full), NULL where there is none. */
char *gap_finder_tell(const GapFinder *finder);

#endif
