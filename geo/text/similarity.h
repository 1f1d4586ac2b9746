/** How much two names differ, counted in wrong letters. */
#ifndef GAP_TEXT_SIMILARITY_H
#define GAP_TEXT_SIMILARITY_H

#include "geo/text/name_key.h"

/** Edits between two strings of sounds: the optimal string alignment of Damerau (1964) and
 *  Levenshtein (1966) - sounds left out, added, exchanged, neighbours swapped, no place edited
 *  twice - each edit with the weight that [cost] and [close] of the rules give it, 1 by default.
 *  A letter that repeats the one before it costs `double`, a space `gap`, a digit `digit`.
 *  Symmetric; 0 for equal strings. Anything over `limit` may come back as INFINITY.
 *  Lengths up to GAP_NAME_LETTERS. O(length^2). */
double gap_name_distance(const GapNameRules *rules, const gunichar *a, guint a_length,
                         const gunichar *b, guint b_length, double limit);

typedef struct {
    double similarity; /**< 0..1, see gap_name_compare_forms() */
    double edits;      /**< with what the forms cost; INFINITY where nothing is alike */
    bool fine, coarse; /**< which keys are equal */
} GapNameLikeness;

/** Two forms: similarity = 1 - share, where share is edits / the mean length (at least 4) of the
 * two fine keys. In names of equally many words, share is the mean of that and of the same for the
 *  pair of words that differs most (lengths at least 3), where that is more: Кызыл-Суу is not
 *  Кызыл-Туу. What forms cost is added to the edits, and 0.1 where the coarse keys differ. Edits of
 * more than half the mean length are no likeness at all. Symmetric. */
GapNameLikeness gap_name_compare_forms(const GapNameRules *rules, const GapNameForm *a,
                                       const GapNameForm *b);
/** The most alike pair of forms of two names. O(forms^2 x length^2). */
GapNameLikeness gap_name_compare(const GapNameRules *rules, const GapNameKey *a,
                                 const GapNameKey *b);

#endif
