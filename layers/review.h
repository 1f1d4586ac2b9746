/** The review file of `gapmap match`: names that need a person, and what the person said.
 *
 *  A table, .csv or .xlsx, of columns `from` (the name), `district` and `province` (as given beside
 *  it), `to` (the code that it means; `-`: none of the store's), `rows` (how many rows of the table
 *  asked it), `outcome`, `reason`, and `candidate_1` and on: "CODE English / Кыргызча / Русский
 *  (LEVEL, PARENT)". It is a crosswalk (crosswalk.h), so loads take it as well.
 */
#ifndef GAP_LAYERS_REVIEW_H
#define GAP_LAYERS_REVIEW_H

#include "layers/finder.h"

typedef struct GapReview GapReview;

/** Reads the file; where there is none yet, starts an empty one. Codes are those of `part` of the
 *  gazetteer, and of `level` unless that is GAP_MATCH_ANY_LEVEL. Returns: (transfer full), NULL
 * where the file is no crosswalk or contradicts itself. */
GapReview *gap_review_new(const char *path, GapFinder *finder, GapGazetteerPart part, int level,
                          GError **error);
void gap_review_free(GapReview *review); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapReview, gap_review_free)

/** Rows whose `to` is no code of the store, of GapRefusal: they say nothing. */
const GPtrArray *gap_review_refusals(const GapReview *review);

/** What a person said of a name: a code of the store, "" for none of it; NULL: nothing yet. What
 *  the name lies in may be NULL; `with_none` as in gap_crosswalk_find(). */
const char *gap_review_find(GapReview *review, const char *name, const char *district,
                            const char *province, bool with_none);
/** The rows of the file that were ever found, and those that say something. */
void gap_review_count(const GapReview *review, gint64 *used, gint64 *said);

/** Asks for a name; one that the file has already is not asked again, another row of the table
 *  counts. Names that nobody can write into a cell (with control characters, or longer than names
 *  are compared) are not asked. `candidates` are texts, best first. */
void gap_review_ask(GapReview *review, const char *name, const char *district, const char *province,
                    const char *outcome, const char *reason, char *const *candidates);

/** Writes the file, where anything was asked that it has not: its own rows as they are, then the
 *  new ones. `*asked` is their number. Written aside and renamed. */
bool gap_review_write(const GapReview *review, gint64 *asked, GError **error);

#endif
