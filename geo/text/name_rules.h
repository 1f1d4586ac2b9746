/** The rules by which names of places are compared: letters to sounds, letters that look alike,
 *  administrative words, endings, and how near sounds are. They are data of a country, one INI
 *  file in UTF-8; geo knows none by itself. Another country brings its own file.
 *
 *  Groups, all but [letters] optional, each line commented in the file that the program brings:
 *
 *    [letters]     written = sound      the longest that fits goes first, until nothing changes; an
 *                                       empty sound is silence; "aj$" is "aj" that ends a word
 *    [look-alike]  Latin = Cyrillic     pairs of capital and small letters, as typed
 *    [coarse]      sound = rougher      on the sounds of a whole name, until nothing changes
 *    [endings]     ending = stem        an adjective's ending and what the noun has instead
 *    [meaning]     word = words         words of several languages that mean the same in a name;
 *                                       "word-" is one that is written together with the next
 *    [ignore]      any key = words      said beside a name: "named after", "state farm"
 *    [within]      any key = words      between a name and what it lies in, as in "Old District of
 *                                       New City"; ASCII case does not count
 *    [kind NAME]   near = kinds         kinds that a loose tongue mixes with this one
 *                  any key = words      administrative words that are evidence of the kind
 *    [cost]        double, gap, swap, digit = edits
 *    [close]       a b = edits          one sound for another; `a = edits`: one left out or added
 *
 *  Lists are separated by semicolons. Words of administration are compared by sound, so one
 *  spelling serves several scripts.
 */
#ifndef GAP_TEXT_NAME_RULES_H
#define GAP_TEXT_NAME_RULES_H

#include <glib.h>
#include <stdbool.h>

typedef struct GapNameRules GapNameRules;

/** From the text of a rule file (`length` -1: up to its NUL), at most 256 KiB, 31 kinds and 2,000
 *  words. Says which group and key is wrong. Immutable afterwards, so threads may share it.
 *  Returns: (transfer full). */
GapNameRules *gap_name_rules_parse(const char *data, gssize length, GError **error);
void gap_name_rules_free(GapNameRules *rules); /**< NULL-safe */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GapNameRules, gap_name_rules_free)

/** Kinds are bits of a set, in the order of the file; 0 where the rules have no such kind. */
guint32 gap_name_rules_kind(const GapNameRules *rules, const char *kind);
/** The name of the first kind of the set, or NULL where it is empty; belongs to the rules. */
const char *gap_name_rules_kind_name(const GapNameRules *rules, guint32 kinds);

typedef enum {
    GAP_KINDS_UNKNOWN, /**< one side says nothing */
    GAP_KINDS_SAME,
    GAP_KINDS_NEAR, /**< mixed by a loose tongue: a village and the municipality named after it */
    GAP_KINDS_OTHER,
} GapKindsAgree;

/** How two sets of kinds agree; symmetric. */
GapKindsAgree gap_name_rules_compare(const GapNameRules *rules, guint32 a, guint32 b);

#endif
