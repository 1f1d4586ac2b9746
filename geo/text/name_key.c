#include "geo/text/internal.h"

#include <string.h>

/** Passes over a word or a key until nothing changes; rules that chase each other end here. */
enum { MOST_PASSES = 8 };

/** Edits that a way of reading a name is worth: less than one wrong letter, so that the name
 *  itself wins where both fit. */
static const float BRACKET_COST = 0.1f, INITIALS_COST = 0.1f, MEANING_COST = 0.1f,
                   ENDING_COST = 0.15f;

// ---- letters to sounds

/** A letter without its marks, where it has any. */
static gunichar bare(gunichar c) {
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
    if (c < 0x80 || g_unichar_fully_decompose(c, FALSE, parts, G_N_ELEMENTS(parts)) < 2)
        return c;
    return g_unichar_ismark(parts[1]) ? parts[0] : c;
}

static const GapRewriteRule *fitting(const GapRewrite *rewrite, const gunichar *at, guint left) {
    guint bucket = at[0] % GAP_REWRITE_BUCKETS;
    for (guint i = rewrite->first[bucket]; i < rewrite->first[bucket + 1]; i++) {
        const GapRewriteRule *rule = &g_array_index(rewrite->rules, GapRewriteRule, i);
        if (rule->from_length <= left && !(rule->at_end && rule->from_length < left) &&
            memcmp(rule->from, at, rule->from_length * sizeof *at) == 0)
            return rule;
    }
    return NULL;
}

/** One pass over `n` letters, in place; letters that would not fit are cut off. `strip`: a letter
 *  without a rule is tried again without its marks. */
static bool rewrite_once(const GapRewrite *rewrite, gunichar *letters, guint8 *n, bool strip) {
    gunichar out[GAP_NAME_LETTERS];
    guint made = 0;
    for (guint i = 0; i < *n && made < GAP_NAME_LETTERS;) {
        const GapRewriteRule *rule = fitting(rewrite, letters + i, *n - i);
        if (!rule && strip && bare(letters[i]) != letters[i]) {
            letters[i] = bare(letters[i]);
            continue;
        }
        if (!rule) {
            out[made++] = letters[i++];
            continue;
        }
        for (guint k = 0; k < rule->to_length && made < GAP_NAME_LETTERS; k++)
            out[made++] = rule->to[k];
        i += rule->from_length;
    }
    bool changed = made != *n || memcmp(out, letters, made * sizeof *out) != 0;
    memcpy(letters, out, made * sizeof *out);
    *n = (guint8)made;
    return changed;
}

static void rewrite(const GapRewrite *list, gunichar *letters, guint8 *n) {
    for (int pass = 0; pass < MOST_PASSES && rewrite_once(list, letters, n, true); pass++)
        ;
}

// ---- text to words

/** Reads at most GAP_NAME_LONGEST characters; broken bytes become spaces. */
static guint read_letters(const char *name, gunichar *letters, bool *cut) {
    guint n = 0;
    const char *p = name;
    while (*p && n < GAP_NAME_LONGEST) {
        gunichar c = g_utf8_get_char_validated(p, -1);
        bool broken = c >= (gunichar)-2;
        letters[n++] = broken ? ' ' : c;
        p = broken ? p + 1 : g_utf8_next_char(p);
    }
    *cut = *p != '\0';
    return n;
}

/** Sets letters right that were typed in another script because they look the same: a stretch with
 *  letters that can only be of one script is of that script. Answers false where it has letters
 *  of both. */
static bool set_script(const GapNameRules *rules, gunichar *letters, guint n) {
    bool latin = false, cyrillic = false;
    for (guint i = 0; i < n; i++) {
        gpointer letter = GUINT_TO_POINTER(letters[i]);
        GUnicodeScript script = g_unichar_get_script(letters[i]);
        latin |= script == G_UNICODE_SCRIPT_LATIN && !g_hash_table_contains(rules->latin, letter);
        cyrillic |=
            script == G_UNICODE_SCRIPT_CYRILLIC && !g_hash_table_contains(rules->cyrillic, letter);
    }
    if (latin && cyrillic)
        return false;
    // Without any such letter: Cyrillic where one was typed at all, otherwise as typed.
    if (!latin && !cyrillic)
        for (guint i = 0; i < n; i++)
            cyrillic |= g_unichar_get_script(letters[i]) == G_UNICODE_SCRIPT_CYRILLIC;
    if (!latin && !cyrillic)
        return true;
    GHashTable *table = cyrillic ? rules->latin : rules->cyrillic;
    for (guint i = 0; i < n; i++) {
        gpointer right = g_hash_table_lookup(table, GUINT_TO_POINTER(letters[i]));
        bool single = (i == 0 || !g_unichar_isalpha(letters[i - 1])) &&
                      (i + 1 == n || !g_unichar_isalpha(letters[i + 1]));
        if (right && !single) // "с. Talas": a letter by itself is an abbreviation as typed
            letters[i] = GPOINTER_TO_UINT(right);
    }
    return true;
}

/** The whole name is of one script, or else word by word. */
static void set_scripts(const GapNameRules *rules, gunichar *letters, guint n) {
    if (set_script(rules, letters, n))
        return;
    for (guint i = 0, from = 0; i <= n; i++) {
        if (i < n && g_unichar_isalpha(letters[i]))
            continue;
        set_script(rules, letters + from, i - from);
        from = i + 1;
    }
}

static bool is_hyphen(gunichar c) {
    return c == '-' || c == 0x2212 || g_unichar_type(c) == G_UNICODE_DASH_PUNCTUATION;
}

static void add_letter(GapNameWords *words, GapNameWord *word, gunichar c) {
    int digit = g_unichar_digit_value(c);
    if (word->length == GAP_NAME_LETTERS)
        words->cut = true;
    else
        word->letters[word->length++] = digit >= 0 ? '0' + (gunichar)digit : c;
}

/** Ends the word at the end of the list, if there is one: its letters become sounds. */
static void end_word(const GapNameRules *rules, GapNameWords *words) {
    GapNameWord *word = &words->words[words->n];
    if (words->n == GAP_NAME_WORDS || word->length == 0)
        return;
    rewrite(&rules->letters, word->letters, &word->length);
    if (word->length > 0)
        words->n++;
    if (words->n < GAP_NAME_WORDS)
        words->words[words->n].length = 0;
}

void gap_name_words(const GapNameRules *rules, const char *name, GapNameWords *words) {
    gunichar letters[GAP_NAME_LONGEST + 1];
    words->n = 0;
    words->words[0].length = 0;
    guint n = read_letters(name, letters, &words->cut);
    set_scripts(rules, letters, n);
    g_autofree char *typed = g_ucs4_to_utf8(letters, n, NULL, NULL, NULL);
    g_autofree char *folded = gap_text_casefold(typed ? typed : "");
    bool tied = false;
    int depth = 0;
    for (const char *p = folded; *p && words->n < GAP_NAME_WORDS; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        GapNameWord *word = &words->words[words->n];
        if (gap_text_is_apostrophe(c) || g_unichar_ismark(c))
            continue; // before letters, since some apostrophes are letters to Unicode
        if (g_unichar_isalnum(c)) {
            if (word->length == 0) {
                word->tied = tied;
                word->bracket = depth > 0;
            }
            add_letter(words, word, c);
        } else {
            end_word(rules, words);
            tied = is_hyphen(c);
            depth = MAX(0, depth + (c == '(') - (c == ')'));
        }
    }
    words->cut |= words->n == GAP_NAME_WORDS;
    end_word(rules, words);
}

gpointer gap_name_hash(const GapNameWord *words, guint n) {
    guint64 hash = 0xcbf29ce484222325; // Fowler, Noll, Vo: FNV-1a, a letter at a time
    for (guint w = 0; w < n; w++) {
        for (guint i = 0; i < words[w].length; i++)
            hash = (hash ^ words[w].letters[i]) * 0x100000001b3;
        hash = (hash ^ ' ') * 0x100000001b3;
    }
    return (gpointer)(gsize)(hash ^ hash >> 32);
}

// ---- words to forms

/** The kinds + 1 that `n` words stand for, 0 where they are no administrative words. */
static guint32 phrase(const GapNameRules *rules, const GapNameWord *words, guint n) {
    return GPOINTER_TO_UINT(g_hash_table_lookup(rules->phrases, gap_name_hash(words, n)));
}

/** The length of the longest phrase at the end (or the start) of `n` words; not all of them unless
 *  `all`. A hyphen between ties it to the name. */
static guint phrase_at(const GapNameRules *rules, const GapNameWord *words, guint n, bool end,
                       bool all, guint32 *kinds) {
    for (guint k = MIN(all ? n : n - 1, GAP_NAME_PHRASE); k > 0; k--) {
        guint from = end ? n - k : 0, border = end ? n - k : k;
        guint32 found = phrase(rules, words + from, k);
        if (!found || (border > 0 && border < n && words[border].tied))
            continue;
        *kinds |= found - 1;
        return k;
    }
    return 0;
}

/** Takes administrative words off both ends of the `*n` words from `*words`. */
static guint32 split(const GapNameRules *rules, const GapNameWord **words, guint *n, bool all) {
    guint32 kinds = 0;
    for (guint taken = 1; taken && *n > 0;) {
        taken = phrase_at(rules, *words, *n, true, all, &kinds);
        *n -= taken;
        guint start = *n ? phrase_at(rules, *words, *n, false, all, &kinds) : 0;
        *words += start;
        *n -= start;
        taken += start;
    }
    return kinds;
}

static void collapse(gunichar *letters, guint8 *n) {
    guint made = 0;
    for (guint i = 0; i < *n; i++)
        if (made == 0 || letters[i] != letters[made - 1] || g_unichar_isdigit(letters[i]))
            letters[made++] = letters[i];
    *n = (guint8)made;
}

/** The coarse key of the fine one: no spaces, rough sounds, none twice, until nothing changes. */
static void make_coarse(const GapNameRules *rules, GapNameForm *form) {
    form->coarse_length = 0;
    for (guint i = 0; i < form->fine_length; i++)
        if (form->fine[i] != ' ')
            form->coarse[form->coarse_length++] = form->fine[i];
    for (int pass = 0; pass < MOST_PASSES; pass++) {
        guint8 before = form->coarse_length;
        bool changed = rewrite_once(&rules->coarse, form->coarse, &form->coarse_length, false);
        collapse(form->coarse, &form->coarse_length);
        if (!changed && before == form->coarse_length)
            break;
    }
}

static bool same_form(const GapNameForm *a, const GapNameForm *b) {
    return a->fine_length == b->fine_length &&
           memcmp(a->fine, b->fine, a->fine_length * sizeof *a->fine) == 0;
}

/** Adds the form that `n` words make, unless it is there already. */
static void add_form(const GapNameRules *rules, GapNameKey *key, const GapNameWord *words, guint n,
                     float cost) {
    if (n == 0 || key->n_forms == GAP_NAME_FORMS)
        return;
    GapNameForm *form = &key->forms[key->n_forms];
    guint length = 0;
    for (guint w = 0; w < n; w++) {
        if (w > 0 && length < GAP_NAME_LETTERS)
            form->fine[length++] = ' ';
        guint fit = MIN(words[w].length, GAP_NAME_LETTERS - length);
        key->cut |= fit < words[w].length;
        memcpy(form->fine + length, words[w].letters, fit * sizeof *form->fine);
        length += fit;
    }
    while (form->fine[length - 1] == ' ')
        length--;
    form->fine_length = (guint8)length;
    form->cost = cost;
    for (guint i = 0; i < key->n_forms; i++)
        if (same_form(form, &key->forms[i]))
            return;
    make_coarse(rules, form);
    key->n_forms++;
}

static void add_without_initials(const GapNameRules *rules, GapNameKey *key,
                                 const GapNameWord *words, guint n) {
    GapNameWord kept[GAP_NAME_WORDS];
    guint made = 0;
    for (guint i = 0; i < n; i++) {
        bool tied = (i > 0 && words[i].tied) || (i + 1 < n && words[i + 1].tied);
        if (tied || words[i].length > 1 || g_unichar_isdigit(words[i].letters[0]))
            kept[made++] = words[i];
    }
    if (made < n)
        add_form(rules, key, kept, made, INITIALS_COST);
}

static bool starts_with(const GapNameWord *word, const GapNameWord *start) {
    return word->length > start->length &&
           memcmp(word->letters, start->letters, start->length * sizeof *start->letters) == 0;
}

/** The prefix that `word` starts with is a word of its own in `out`; answers how many words. */
static guint translate(const GapNameRules *rules, const GapNameWord *word, GapNameWord *out) {
    const GapNameWord *same = g_hash_table_lookup(rules->meanings, gap_name_hash(word, 1));
    out[0] = same ? *same : *word;
    for (guint i = 0; !same && i < rules->prefixes->len; i++) {
        const GapNameSwap *prefix = &g_array_index(rules->prefixes, GapNameSwap, i);
        if (!starts_with(word, &prefix->from))
            continue;
        guint rest = word->length - prefix->from.length;
        out[0] = prefix->to;
        memcpy(out[1].letters, word->letters + prefix->from.length, rest * sizeof *out->letters);
        out[1].length = (guint8)rest;
        return 2;
    }
    return 1;
}

static void add_meaning(const GapNameRules *rules, GapNameKey *key, const GapNameWord *words,
                        guint n, float cost) {
    GapNameWord out[GAP_NAME_WORDS + 1];
    guint made = 0;
    for (guint i = 0; i < n && made < GAP_NAME_WORDS; i++)
        made += translate(rules, &words[i], out + made);
    add_form(rules, key, out, made, cost);
}

/** The noun behind an adjective: each ending that fits the last word gives a form, and what that
 *  means another. */
static void add_nouns(const GapNameRules *rules, GapNameKey *key, const GapNameWord *words,
                      guint n) {
    GapNameWord out[GAP_NAME_WORDS];
    memcpy(out, words, n * sizeof *words);
    const GapNameWord *last = &words[n - 1];
    for (guint i = 0; i < rules->endings->len; i++) {
        const GapNameSwap *ending = &g_array_index(rules->endings, GapNameSwap, i);
        guint stem = last->length - MIN(last->length, ending->from.length);
        if (stem < 2 || stem + ending->to.length > GAP_NAME_LETTERS ||
            memcmp(last->letters + stem, ending->from.letters,
                   ending->from.length * sizeof *last->letters) != 0)
            continue;
        out[n - 1] = *last;
        memcpy(out[n - 1].letters + stem, ending->to.letters,
               ending->to.length * sizeof *last->letters);
        out[n - 1].length = (guint8)(stem + ending->to.length);
        add_form(rules, key, out, n, ENDING_COST);
        add_meaning(rules, key, out, n, ENDING_COST + MEANING_COST);
    }
}

/** "X named after Y": what stands on either side of a term that is no kind. */
static void add_sides(const GapNameRules *rules, GapNameKey *key, const GapNameWord *words,
                      guint n) {
    for (guint i = 1; i + 1 < n; i++)
        for (guint k = MIN(n - 1 - i, GAP_NAME_PHRASE); k > 0; k--)
            if (phrase(rules, words + i, k) == 1) {
                add_form(rules, key, words + i + k, n - i - k, BRACKET_COST);
                add_form(rules, key, words, i, BRACKET_COST);
                return;
            }
}

/** How many words stand before the first bracket, or all where that is none. */
static guint before_bracket(const GapNameWords *words) {
    guint n = 0;
    while (n < words->n && !words->words[n].bracket)
        n++;
    return n > 0 ? n : words->n;
}

void gap_name_key(const GapNameRules *rules, const char *name, GapNameKey *key) {
    GapNameWords words;
    gap_name_words(rules, name, &words);
    key->n_forms = 0;
    key->cut = words.cut;
    guint outside = before_bracket(&words);
    const GapNameWord *core = words.words, *bracket = words.words + outside;
    guint n = outside, n_bracket = words.n - outside;
    key->kinds = split(rules, &core, &n, false);
    key->kinds |= split(rules, &bracket, &n_bracket, true);
    if (n == 0)
        return;
    add_form(rules, key, core, n, 0);
    add_form(rules, key, words.words, outside, 0);
    add_form(rules, key, bracket, n_bracket, BRACKET_COST);
    add_sides(rules, key, core, n);
    add_without_initials(rules, key, core, n);
    add_meaning(rules, key, core, n, MEANING_COST);
    add_nouns(rules, key, core, n);
}

static char *to_text(const gunichar *letters, guint n) {
    char *text = g_ucs4_to_utf8(letters, n, NULL, NULL, NULL);
    return text ? text : g_strdup("");
}

char *gap_name_fine(const GapNameRules *rules, const char *name) {
    GapNameKey key;
    gap_name_key(rules, name, &key);
    return to_text(key.forms[0].fine, key.n_forms ? key.forms[0].fine_length : 0);
}

char *gap_name_coarse(const GapNameRules *rules, const char *name) {
    GapNameKey key;
    gap_name_key(rules, name, &key);
    return to_text(key.forms[0].coarse, key.n_forms ? key.forms[0].coarse_length : 0);
}
