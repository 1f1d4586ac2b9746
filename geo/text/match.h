/** Names matched to places.
 *
 *  A target is a place with its names in any language, its kind, the place it lies in, perhaps a
 *  point. A query is a name, perhaps with the names of what it lies in, a kind and a point. Each
 *  query ends as matched, ambiguous (the candidates are listed, none is chosen) or unmatched, with
 *  a score and a reason in words.
 *
 *  The score of a query and a target is the same whichever of the two is called which:
 *
 *      score = 1 - w (1 - similarity) - kind - parent - distance,  not below 0
 *
 *  similarity  of the most alike forms of their names, gap_name_compare()
 *  w           1 where a parent of theirs agrees, or both points lie within 5 km; else 1.5: what
 *              nothing confirms has to be spelt better
 *  kind        0 where the kinds agree or one side has none, 0.06 where they are near, 0.3 where
 *              they contradict; administrative words in names are the kind, the stated kind or
 *              that of the level serve where there are none
 *  parent      (1 - its own score) / 4 where the target lies in a place that the parent's name is
 *              matched to; 0 where no such place is known or the target is it; 0.25 where it lies
 *              elsewhere; 0.21 where it is not known to lie in anything of that place's level, 0.06
 *              if another parent agrees all the same. Parents are matched by this engine with all
 *              that is given about them, and every place at most 0.1 behind the best counts
 *  distance    0 up to 5 km or where not known, then rising to 0.3 at 50 km and beyond
 *
 *  Accepted is a score of `accept` (0.8) or more; so nothing that contradicts is. A query is
 *  matched where one target is accepted and every other is more than `margin` (0.05) behind,
 *  ambiguous where others are not, unmatched where none is accepted. A target that lies in the
 *  parent goes before those of which that is not known, unless they are better by over `margin`.
 *
 *  In a list that names each place once (`unique`), targets are assigned so that the sum of
 *  score - accept + 0.1 over all pairs is greatest (geo/text/assign.h); a query is matched where
 *  any answer without its pair is worse by more than `margin`.
 */
#ifndef GAP_TEXT_MATCH_H
#define GAP_TEXT_MATCH_H

#include "geo/base/progress.h"
#include "geo/text/name_rules.h"

#include <math.h>

enum { GAP_MATCH_ANY_LEVEL = -1, GAP_MATCH_NO_PARENT = -1, GAP_MATCH_PARENTS = 4 };

typedef struct {
    const char *text;
    const char *what; /**< said in reasons, as in "its Russian name" or "its name until 1992"; NULL:
                           nothing to say */
} GapMatchName;

typedef struct {
    const GapMatchName *names; /**< the first is shown */
    gsize n_names;
    int level;     /**< the caller's: 0 is the widest, and a parent's is smaller than its child's */
    guint32 kinds; /**< of the level or the place, by gap_name_rules_kind(), several where it may be
                        any of them (a settlement: village, town, city); 0: unknown */
    gint32 parent; /**< index of a target, or GAP_MATCH_NO_PARENT */
    double lon, lat; /**< NAN where unknown */
} GapMatchTarget;

typedef struct GapMatcher GapMatcher;

/** Copies what it needs of the targets; `rules` must outlive the matcher. Fails where a parent is
 *  no target of a smaller level. O(names) with about 1 KiB a name: keys, and an index of coarse
 *  keys with up to two letters left out. Returns: (transfer full). */
GapMatcher *gap_matcher_new(const GapNameRules *rules, const GapMatchTarget *targets,
                            gsize n_targets, GError **error);
void gap_matcher_free(GapMatcher *matcher); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapMatcher, gap_matcher_free)

typedef struct {
    const char *name; /**< any bytes; NULL is empty. "Uzgen, Osh oblast" brings its parents along,
                           in either order where its administrative words tell */
    const char *parents[GAP_MATCH_PARENTS]; /**< nearest first; NULL or empty: not known */
    int parent_levels[GAP_MATCH_PARENTS];   /**< of those, or GAP_MATCH_ANY_LEVEL */
    int level;                              /**< targets of this level only, or
                                                 GAP_MATCH_ANY_LEVEL */
    guint32 kinds;                          /**< stated besides the name; 0: unknown */
    double lon, lat;                        /**< NAN where unknown */
} GapMatchQuery;

/** Nothing known but the name. */
#define GAP_MATCH_QUERY(text)                                                                      \
    (GapMatchQuery) {                                                                              \
        .name = (text),                                                                            \
        .parent_levels = {GAP_MATCH_ANY_LEVEL, GAP_MATCH_ANY_LEVEL, GAP_MATCH_ANY_LEVEL,           \
                          GAP_MATCH_ANY_LEVEL},                                                    \
        .level = GAP_MATCH_ANY_LEVEL, .lon = NAN, .lat = NAN                                       \
    }

typedef struct {
    bool unique;            /**< the list names each place once */
    double accept;          /**< 0..1 */
    double margin;          /**< 0..1 */
    const guint8 *excluded; /**< by target: not 0 where it is none to match with; NULL: all are */
    unsigned threads;       /**< 1 to 8; the answers are the same */
} GapMatchOptions;
#define GAP_MATCH_DEFAULTS                                                                         \
    (GapMatchOptions) {                                                                            \
        .accept = 0.8, .margin = 0.05, .threads = 2                                                \
    }

typedef enum { GAP_MATCH_UNMATCHED, GAP_MATCH_AMBIGUOUS, GAP_MATCH_MATCHED } GapMatchOutcome;

/** "matched", "ambiguous", "unmatched". */
const char *gap_match_outcome_name(GapMatchOutcome outcome);

typedef struct {
    guint32 target;
    guint32 name; /**< which of its names was the most alike */
    float score;
} GapMatchCandidate;

typedef struct {
    GapMatchOutcome outcome;
    gint32 target;        /**< -1 unless matched */
    float score;          /**< of the target, else of the best candidate, else 0 */
    guint32 n_candidates; /**< best first, ties by number. Ambiguous: all that are not clearly
                             worse, at most GAP_MATCH_CANDIDATES; otherwise what scores 0.6 or more,
                             at most 5 */
    GapMatchCandidate *candidates;
    char *reason; /**< an English clause without a full stop: "same spelling, in Osh province" */
} GapMatchResult;

enum { GAP_MATCH_CANDIDATES = 50 };

typedef struct {
    GapMatchResult *results; /**< one a query, in order */
    gsize n;
} GapMatchResults;

void gap_match_results_free(GapMatchResults *results); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapMatchResults, gap_match_results_free)

/** `progress` may be NULL. A query costs the targets whose coarse key is within two letters of its
 *  own, and those below its parents. Fails where the user stops it. Returns: (transfer full). */
GapMatchResults *gap_match(const GapMatcher *matcher, const GapMatchQuery *queries, gsize n_queries,
                           const GapMatchOptions *options, const GapProgress *progress,
                           GError **error);

#endif
