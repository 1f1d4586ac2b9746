/** Keys of names: what a name sounds like, whatever script and system it is written in.
 *
 *  A name is cleaned (NFKC, case folded, marks of apostrophe dropped, letters of another script
 *  that only look right set right), cut into words, and each word is turned into sounds by the
 *  [letters] of the rules. The fine key is the sounds, words apart by one space: equal fine keys
 *  are almost the same spelling. The coarse key goes through [coarse] and loses spaces and
 *  doubled letters: Жети-Өгүз, Джеты-Огуз, Djety-Oguz and Jeti Ögüz have one.
 *
 *  Administrative words at the ends are split off and kept as kinds, unless nothing would be left
 *  or a hyphen ties them to the name; since "Kyzyl Ayil" may yet be a village's whole name, the
 *  unsplit name stays as another form. Further forms: without an adjective's ending (Нарынская:
 *  Нарын), the part in brackets and the part before them, without initials, with words of
 *  [meaning] made one. Digits stay digits.
 */
#ifndef GAP_TEXT_NAME_KEY_H
#define GAP_TEXT_NAME_KEY_H

#include "geo/text/name_rules.h"

enum {
    GAP_NAME_LONGEST = 200, /**< characters of a name that are read */
    GAP_NAME_LETTERS = 64,  /**< letters of a key; what is beyond is cut off */
    GAP_NAME_FORMS = 12,
};

/** As many letters as the lengths say (no NUL); a letter is a sound. Letters of a script that the
 *  rules do not know are themselves. */
typedef struct {
    gunichar fine[GAP_NAME_LETTERS], coarse[GAP_NAME_LETTERS];
    guint8 fine_length, coarse_length;
    float cost; /**< edits that reading the name so is worth; 0 for the name itself */
} GapNameForm;

typedef struct {
    guint32 kinds;  /**< that its administrative words are evidence of; 0: none */
    guint8 n_forms; /**< 0 where the name has no letter or digit; the first is the name proper */
    bool cut;       /**< the name or a key of it is longer than what is kept */
    GapNameForm forms[GAP_NAME_FORMS];
} GapNameKey;

/** Fills `key`; any bytes are allowed in `name`, broken UTF-8 separates words. O(length up to
 *  GAP_NAME_LONGEST). */
void gap_name_key(const GapNameRules *rules, const char *name, GapNameKey *key);

/** The fine or coarse key of the name proper as UTF-8, "" where it has none. A fine key's fine key
 *  is itself, and so is a coarse key's coarse key, by the rules of this country, unless its sounds
 *  happen to be an administrative word that the name had not. Returns: (transfer full). */
char *gap_name_fine(const GapNameRules *rules, const char *name);
char *gap_name_coarse(const GapNameRules *rules, const char *name);

#endif
