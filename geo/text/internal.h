/** What the files of this room share; of no use to others. */
#ifndef GAP_TEXT_INTERNAL_H
#define GAP_TEXT_INTERNAL_H

#include "geo/text/match.h"
#include "geo/text/name_key.h"
#include "geo/text/similarity.h"

/** Apostrophes as keyboards, typesetters and transliterations write them. */
bool gap_text_is_apostrophe(gunichar c);
/** NFKC_Casefold of valid UTF-8. Returns: (transfer full). */
char *gap_text_casefold(const char *text);

/** A replacement of letters; those of a list are found by their first letter. */
typedef struct {
    gunichar from[8], to[8];
    guint8 from_length, to_length;
    bool at_end; /**< of a word only */
} GapRewriteRule;

enum { GAP_REWRITE_BUCKETS = 512, GAP_NAME_SOUNDS = 64, GAP_NAME_WORDS = 24, GAP_NAME_PHRASE = 4 };

typedef struct {
    GArray *rules;                          /**< of GapRewriteRule: by bucket, longest first */
    guint16 first[GAP_REWRITE_BUCKETS + 1]; /**< where a bucket starts in `rules` */
} GapRewrite;

/** A word as it sounds. */
typedef struct {
    gunichar letters[GAP_NAME_LETTERS];
    guint8 length;
    bool tied;    /**< by a hyphen to the word before it */
    bool bracket; /**< stands in brackets */
} GapNameWord;

typedef struct {
    GapNameWord words[GAP_NAME_WORDS];
    guint n;
    bool cut;
} GapNameWords;

/** An adjective's ending and what the noun has in its place; or the first part of a word and the
 *  word that means the same. */
typedef struct {
    GapNameWord from, to;
} GapNameSwap;

struct GapNameRules {
    GapRewrite letters, coarse;
    GHashTable *latin, *cyrillic; /**< a letter to the one of the other script that looks like it */
    GHashTable *phrases;          /**< gap_name_hash() of words to their kinds + 1 */
    GHashTable *meanings;         /**< gap_name_hash() of a word to its GapNameWord */
    GArray *prefixes, *endings;   /**< of GapNameSwap, longest `from` first */
    GPtrArray *within;            /**< words between a name and its parent, with spaces around */
    GPtrArray *kinds;             /**< of char *, bit by bit */
    guint32 near[32];             /**< by bit */
    guint8 sounds[0x250], n_sounds; /**< a letter to its row in `close`; others have row 0 */
    float close[GAP_NAME_SOUNDS][GAP_NAME_SOUNDS]; /**< edits of one sound for another */
    float drop[GAP_NAME_SOUNDS];                   /**< edits of a sound left out */
    float twice, gap, swap, digit;
};

/** Cuts `name` into words as they sound. */
void gap_name_words(const GapNameRules *rules, const char *name, GapNameWords *words);
/** Of a run of words: what phrases and meanings are found by. */
gpointer gap_name_hash(const GapNameWord *words, guint n);
/** The row of a letter in `close`. */
static inline guint gap_name_sound(const GapNameRules *rules, gunichar letter) {
    return letter < G_N_ELEMENTS(rules->sounds) ? rules->sounds[letter] : 0;
}

// ---- the matcher

/** A way to read a name of a target. */
typedef struct {
    GapNameForm form;
    guint32 target, name;
} GapMatchForm;

typedef struct {
    int level;
    guint32 kinds;
    gint32 parent;
    double lon, lat;
    guint32 below;                  /**< how many lie in it, at any depth */
    guint32 first_name, first_form; /**< up to those of the next target */
} GapMatchPlace;

/** Forms by their coarse key with up to two letters left out. */
typedef struct {
    guint bits;
    guint32 *first; /**< of each of 2^bits buckets in `entries`, and the end */
    struct GapMatchEntry {
        guint32 hash, form;
    } * entries;
} GapMatchIndex;

struct GapMatcher {
    const GapNameRules *rules;
    gsize n;
    GapMatchPlace *places;    /**< n + 1: the last one only ends the lists of the one before */
    GArray *forms;            /**< of GapMatchForm, by target */
    GPtrArray *texts, *whats; /**< of char *, by name */
    guint32 *first_child, *children; /**< of each place, and the end */
    GapMatchIndex index;
};

/** A place that a parent's name may mean. */
typedef struct {
    guint32 target;
    float score;
} GapMatchWithin;

/** A query made ready: its parents are places. */
typedef struct {
    const char *name;
    const char *parents[GAP_MATCH_PARENTS];
    const GArray *within[GAP_MATCH_PARENTS]; /**< of GapMatchWithin; NULL: not given */
    int level;
    guint32 kinds;
    double lon, lat;
} GapMatchAsked;

typedef enum {
    GAP_WITHIN_UNKNOWN, /**< nothing is asked, or known as such a place, or it is that place */
    GAP_WITHIN_AGREES,
    GAP_WITHIN_UNPLACED, /**< the target lies in nothing of that level, as far as is known */
    GAP_WITHIN_ELSEWHERE,
} GapWithinState;

/** What a score is made of. */
typedef struct {
    guint32 target, name;
    GapNameLikeness like;
    GapKindsAgree kinds;
    GapWithinState within;
    gint32 parent; /**< the nearest that agrees, else the first given one that does not; -1: none */
    double distance_m; /**< NAN: not known */
    double score;
} GapMatchJudged;

/** Calls back with every form whose coarse key may be within two letters, some of them twice. */
typedef void (*GapMatchFound)(void *user, guint32 form);
void gap_match_index_build(GapMatchIndex *index, const GArray *forms);
void gap_match_index_clear(GapMatchIndex *index);
void gap_match_index_find(const GapMatchIndex *index, const GapNameForm *form, GapMatchFound found,
                          void *user);

/** Finds what a query may mean, one query after another; one for each thread. */
typedef struct {
    const GapMatcher *matcher;
    const GapMatchAsked *asked;       /**< now */
    GapNameKey key;                   /**< of its name */
    guint32 kinds;                    /**< of its name, else stated */
    const GapNameForm *form;          /**< of `key`, now compared */
    guint32 *form_seen, *target_seen; /**< by number: `round` and `turn` of when it was met last */
    const guint8 *excluded;           /**< targets that are not to be met; NULL: none */
    guint32 *slot;                    /**< of a target met in this turn, in `judged` */
    guint32 round, turn;
    GArray *judged; /**< of GapMatchJudged, best first, ties by number: all of score 0.6 or more */
} GapMatchSearch;

enum { GAP_MATCH_FEW = 5 };
GapMatchSearch *gap_match_search_new(const GapMatcher *matcher);
void gap_match_search_free(GapMatchSearch *search);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapMatchSearch, gap_match_search_free)
/** By the index, and where that finds nothing of `accept`, among all that lies in the parents. */
void gap_match_search(GapMatchSearch *search, const GapMatchAsked *asked, double accept);

/** Makes queries ready: names with commas are cut, parents are matched, each once. */
typedef struct GapMatchParents GapMatchParents;
GapMatchParents *gap_match_parents_new(const GapMatcher *matcher);
void gap_match_parents_free(GapMatchParents *parents);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapMatchParents, gap_match_parents_free)
/** `asked` holds as long as `parents` and the query. */
void gap_match_prepare(GapMatchParents *parents, const GapMatchQuery *query, GapMatchAsked *asked);

/** Completes a judgement that has its likeness. */
void gap_match_judge(const GapMatcher *matcher, const GapMatchAsked *asked, guint32 kinds,
                     GapMatchJudged *judged);
/** All in words. Returns: (transfer full). */
char *gap_match_reason(const GapMatcher *matcher, const GapMatchAsked *asked, guint32 kinds,
                       const GapMatchJudged *judged);
/** "Osh province". Returns: (transfer full). */
char *gap_match_place_name(const GapMatcher *matcher, guint32 target);

#endif
