#include "geo/text/name_rules.h"
#include "geo/base/error.h"
#include "geo/text/internal.h"

#include <string.h>

enum { MOST_BYTES = 1 << 18, MOST_KINDS = 31, MOST_WORDS = 2000 };

/** Edits of one sound for another, or of one left out, that the rules do not name. */
static const float ANY_SOUND = 1;

typedef struct {
    GapNameRules *rules;
    GKeyFile *file;
    const char *group;
    guint n_words; /**< so far, of all groups */
} Reading;

typedef bool (*TakeKey)(Reading *reading, const char *key, const char *value, GError **error);

static bool refuse(const Reading *reading, const char *key, const char *why, GError **error) {
    g_autofree char *shown = gap_printable(key, 60);
    return gap_fail(error, GAP_ERROR_INPUT, "[%s] %s: %s", reading->group, shown, why);
}

static bool take_group(Reading *reading, const char *group, TakeKey take, GError **error) {
    reading->group = group;
    g_auto(GStrv) keys = g_key_file_get_keys(reading->file, group, NULL, NULL);
    for (char **key = keys; keys && *key; key++) {
        g_autofree char *value = g_key_file_get_string(reading->file, group, *key, error);
        if (!value)
            return false;
        if (++reading->n_words > MOST_WORDS)
            return refuse(reading, *key, "the rules have more than 2,000 lines and words", error);
        if (!take(reading, *key, g_strstrip(value), error))
            return false;
    }
    return true;
}

// ---- letters

static bool to_letters(const char *text, gunichar *letters, guint8 *n) {
    glong length = 0;
    g_autofree gunichar *all = g_utf8_to_ucs4(text, -1, NULL, &length, NULL);
    if (!all || length > 8)
        return false;
    memcpy(letters, all, (size_t)length * sizeof *all);
    *n = (guint8)length;
    return true;
}

/** A `key` that ends in "$" is one that ends a word. */
static bool take_rewrite(Reading *reading, GapRewrite *list, const char *key, const char *value,
                         GError **error) {
    GapRewriteRule rule = {.at_end = g_str_has_suffix(key, "$")};
    g_autofree char *from = g_strndup(key, strlen(key) - rule.at_end);
    if (!to_letters(from, rule.from, &rule.from_length) || rule.from_length == 0 ||
        !to_letters(value, rule.to, &rule.to_length))
        return refuse(reading, key, "write 1 to 8 letters, '=', and at most 8 letters", error);
    if (rule.to_length > rule.from_length + 1)
        return refuse(reading, key, "a letter may become two letters at most", error);
    g_array_append_val(list->rules, rule);
    return true;
}

static bool take_letter(Reading *reading, const char *key, const char *value, GError **error) {
    g_autofree char *folded = gap_text_casefold(key);
    return take_rewrite(reading, &reading->rules->letters, folded, value, error);
}

static bool take_coarse(Reading *reading, const char *key, const char *value, GError **error) {
    return take_rewrite(reading, &reading->rules->coarse, key, value, error);
}

static gint by_bucket(gconstpointer a, gconstpointer b) {
    const GapRewriteRule *x = a, *y = b;
    guint bx = x->from[0] % GAP_REWRITE_BUCKETS, by = y->from[0] % GAP_REWRITE_BUCKETS;
    if (bx != by)
        return bx < by ? -1 : 1;
    int longer = (int)y->from_length - (int)x->from_length;
    return longer ? longer : (int)y->at_end - (int)x->at_end;
}

static void index_rewrite(GapRewrite *list) {
    g_array_sort(list->rules, by_bucket);
    guint i = 0;
    for (guint bucket = 0; bucket <= GAP_REWRITE_BUCKETS; bucket++) {
        while (i < list->rules->len &&
               g_array_index(list->rules, GapRewriteRule, i).from[0] % GAP_REWRITE_BUCKETS < bucket)
            i++;
        list->first[bucket] = (guint16)i;
    }
}

/** A sound that no line names as a letter stands for itself: š is not s with a mark. */
static void keep_sounds(GapRewrite *list) {
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    guint n = list->rules->len;
    for (guint i = 0; i < n; i++) {
        const GapRewriteRule *rule = &g_array_index(list->rules, GapRewriteRule, i);
        if (rule->from_length == 1 && !rule->at_end)
            g_hash_table_add(known, GUINT_TO_POINTER(rule->from[0]));
    }
    for (guint i = 0; i < n; i++)
        for (guint k = 0; k < g_array_index(list->rules, GapRewriteRule, i).to_length; k++) {
            gunichar sound = g_array_index(list->rules, GapRewriteRule, i).to[k];
            GapRewriteRule self = {{sound}, {sound}, 1, 1, false};
            if (g_hash_table_add(known, GUINT_TO_POINTER(sound)))
                g_array_append_val(list->rules, self);
        }
}

static bool take_look_alike(Reading *reading, const char *key, const char *value, GError **error) {
    if (g_utf8_strlen(key, -1) != 1 || g_utf8_strlen(value, -1) != 1)
        return refuse(reading, key, "write one Latin letter, '=', and one Cyrillic letter", error);
    gpointer latin = GUINT_TO_POINTER(g_utf8_get_char(key)),
             cyrillic = GUINT_TO_POINTER(g_utf8_get_char(value));
    g_hash_table_insert(reading->rules->latin, latin, cyrillic);
    g_hash_table_insert(reading->rules->cyrillic, cyrillic, latin);
    return true;
}

// ---- words

/** The words of a list as they sound, item by item. */
static bool each_item(Reading *reading, const char *key, const char *value,
                      bool (*take)(Reading *, const char *key, const char *item,
                                   const GapNameWords *, GError **),
                      GError **error) {
    g_auto(GStrv) items = g_strsplit(value, ";", -1);
    for (char **item = items; *item; item++) {
        if (*g_strstrip(*item) == '\0')
            continue;
        GapNameWords words;
        gap_name_words(reading->rules, *item, &words);
        if (words.n == 0 || words.cut || ++reading->n_words > MOST_WORDS)
            return refuse(reading, key, "an item without a letter, or the 2,001st word", error);
        if (!take(reading, key, *item, &words, error))
            return false;
    }
    return true;
}

static void add_phrase(GapNameRules *rules, const GapNameWords *words, guint32 kinds) {
    gpointer hash = gap_name_hash(words->words, words->n);
    guint32 before = GPOINTER_TO_UINT(g_hash_table_lookup(rules->phrases, hash));
    kinds |= before ? before - 1 : 0;
    g_hash_table_insert(rules->phrases, hash, GUINT_TO_POINTER(kinds + 1));
}

static bool add_kind_phrase(Reading *reading, const char *key, const char *item,
                            const GapNameWords *words, GError **error) {
    if (words->n > GAP_NAME_PHRASE)
        return refuse(reading, key, "an administrative term has four words at most", error);
    g_autofree char *kind = g_strdup(reading->group + strlen("kind "));
    add_phrase(reading->rules, words, gap_name_rules_kind(reading->rules, g_strstrip(kind)));
    return item != NULL;
}

static bool add_ignored(Reading *reading, const char *key, const char *item,
                        const GapNameWords *words, GError **error) {
    if (words->n > GAP_NAME_PHRASE)
        return refuse(reading, key, "a term has four words at most", error);
    add_phrase(reading->rules, words, 0);
    return item != NULL;
}

static bool take_ignored(Reading *reading, const char *key, const char *value, GError **error) {
    return each_item(reading, key, value, add_ignored, error);
}

static bool add_within(Reading *reading, const char *key, const char *item,
                       const GapNameWords *words, GError **error) {
    if (words->n > GAP_NAME_PHRASE)
        return refuse(reading, key, "a term has four words at most", error);
    g_ptr_array_add(reading->rules->within, g_strdup_printf(" %s ", item));
    return true;
}

static bool take_within(Reading *reading, const char *key, const char *value, GError **error) {
    return each_item(reading, key, value, add_within, error);
}

static bool take_near(Reading *reading, const char *value, GError **error) {
    GapNameRules *rules = reading->rules;
    g_autofree char *own = g_strdup(reading->group + strlen("kind "));
    guint32 self = gap_name_rules_kind(rules, g_strstrip(own));
    g_auto(GStrv) kinds = g_strsplit(value, ";", -1);
    for (char **kind = kinds; *kind; kind++) {
        guint32 bit = gap_name_rules_kind(rules, g_strstrip(*kind));
        if (!bit && **kind)
            return refuse(reading, "near", "names a kind that has no group", error);
        if (!bit)
            continue;
        rules->near[g_bit_nth_lsf(self, -1)] |= bit;
        rules->near[g_bit_nth_lsf(bit, -1)] |= self;
    }
    return true;
}

static bool take_kind(Reading *reading, const char *key, const char *value, GError **error) {
    return strcmp(key, "near") == 0 ? take_near(reading, value, error)
                                    : each_item(reading, key, value, add_kind_phrase, error);
}

static bool add_meaning(Reading *reading, const char *key, const char *item,
                        const GapNameWords *words, GError **error) {
    GapNameWords meaning;
    gap_name_words(reading->rules, key, &meaning);
    if (meaning.n != 1 || words->n != 1)
        return refuse(reading, key, "one word means one word", error);
    if (g_str_has_suffix(item, "-")) {
        GapNameSwap prefix = {words->words[0], meaning.words[0]};
        g_array_append_val(reading->rules->prefixes, prefix);
    } else {
        g_hash_table_insert(reading->rules->meanings, gap_name_hash(words->words, 1),
                            g_memdup2(&meaning.words[0], sizeof meaning.words[0]));
    }
    return true;
}

static bool take_meaning(Reading *reading, const char *key, const char *value, GError **error) {
    return each_item(reading, key, value, add_meaning, error);
}

static bool take_ending(Reading *reading, const char *key, const char *value, GError **error) {
    GapNameWords from, to;
    gap_name_words(reading->rules, key, &from);
    gap_name_words(reading->rules, value, &to);
    if (from.n != 1 || to.n > 1)
        return refuse(reading, key, "write an ending, '=', and at most one other", error);
    GapNameSwap ending = {.from = from.words[0]};
    if (to.n)
        ending.to = to.words[0];
    g_array_append_val(reading->rules->endings, ending);
    return true;
}

static gint longest_first(gconstpointer a, gconstpointer b) {
    return (int)((const GapNameSwap *)b)->from.length - (int)((const GapNameSwap *)a)->from.length;
}

// ---- costs

static bool to_cost(const char *value, float *cost) {
    char *end = NULL;
    *cost = (float)g_ascii_strtod(value, &end);
    return end != value && *end == '\0' && *cost >= 0 && *cost <= 10;
}

static bool take_cost(Reading *reading, const char *key, const char *value, GError **error) {
    GapNameRules *rules = reading->rules;
    const struct {
        const char *name;
        float *cost;
    } costs[] = {{"double", &rules->twice},
                 {"gap", &rules->gap},
                 {"swap", &rules->swap},
                 {"digit", &rules->digit}};
    for (size_t i = 0; i < G_N_ELEMENTS(costs); i++)
        if (strcmp(costs[i].name, key) == 0)
            return to_cost(value, costs[i].cost) ||
                   refuse(reading, key, "write a number from 0 to 10", error);
    return refuse(reading, key, "is none of double, gap, swap, digit", error);
}

/** The row of a sound, given to it now where it has none; 0 where that cannot be. */
static guint row_of(GapNameRules *rules, gunichar letter) {
    guint row = gap_name_sound(rules, letter);
    if (row || letter >= G_N_ELEMENTS(rules->sounds) || rules->n_sounds == GAP_NAME_SOUNDS - 1)
        return row;
    rules->sounds[letter] = ++rules->n_sounds;
    return rules->n_sounds;
}

static bool take_close(Reading *reading, const char *key, const char *value, GError **error) {
    GapNameRules *rules = reading->rules;
    gunichar letters[8];
    guint8 n = 0;
    float cost = 0;
    if (!to_cost(value, &cost))
        return refuse(reading, key, "write a number from 0 to 10", error);
    if (!to_letters(key, letters, &n) || !(n == 1 || (n == 3 && letters[1] == ' ')))
        return refuse(reading, key, "write one sound, or two with a space between", error);
    guint a = row_of(rules, letters[0]), b = row_of(rules, letters[n - 1]);
    if (!a || !b)
        return refuse(reading, key, "costs are for 63 Latin letters at most", error);
    if (n == 1)
        rules->drop[a] = cost;
    else
        rules->close[a][b] = rules->close[b][a] = cost;
    return true;
}

// ---- the file

static bool list_kinds(Reading *reading, char **groups, GError **error) {
    for (char **group = groups; *group; group++) {
        if (!g_str_has_prefix(*group, "kind "))
            continue;
        g_autofree char *kind = g_strdup(*group + strlen("kind "));
        reading->group = *group;
        if (*g_strstrip(kind) == '\0' || reading->rules->kinds->len == MOST_KINDS)
            return refuse(reading, *group, "a kind has a name, and there are 31 at most", error);
        g_ptr_array_add(reading->rules->kinds, g_steal_pointer(&kind));
    }
    return true;
}

/** Letters first: the words of all other groups are compared as they sound. */
static bool take_all(Reading *reading, GError **error) {
    static const struct {
        const char *group;
        TakeKey take;
    } before[] = {{"letters", take_letter}, {"look-alike", take_look_alike}},
      after[] = {{"coarse", take_coarse},  {"ignore", take_ignored}, {"meaning", take_meaning},
                 {"endings", take_ending}, {"within", take_within},  {"cost", take_cost},
                 {"close", take_close}};
    for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
        if (!take_group(reading, before[i].group, before[i].take, error))
            return false;
    keep_sounds(&reading->rules->letters);
    index_rewrite(&reading->rules->letters);
    g_auto(GStrv) groups = g_key_file_get_groups(reading->file, NULL);
    if (!list_kinds(reading, groups, error))
        return false;
    for (char **group = groups; *group; group++) {
        TakeKey take = g_str_has_prefix(*group, "kind ") ? take_kind : NULL;
        for (size_t i = 0; i < G_N_ELEMENTS(after) && !take; i++)
            take = strcmp(*group, after[i].group) == 0 ? after[i].take : NULL;
        bool done = strcmp(*group, "letters") == 0 || strcmp(*group, "look-alike") == 0;
        if (!take && !done)
            return gap_fail(error, GAP_ERROR_INPUT, "[%s] is no group of rules for names", *group);
        if (take && !take_group(reading, *group, take, error))
            return false;
    }
    index_rewrite(&reading->rules->coarse);
    g_array_sort(reading->rules->prefixes, longest_first);
    g_array_sort(reading->rules->endings, longest_first);
    return true;
}

static GapNameRules *new_rules(void) {
    GapNameRules *rules = g_new0(GapNameRules, 1);
    rules->letters.rules = g_array_new(FALSE, FALSE, sizeof(GapRewriteRule));
    rules->coarse.rules = g_array_new(FALSE, FALSE, sizeof(GapRewriteRule));
    rules->latin = g_hash_table_new(NULL, NULL);
    rules->cyrillic = g_hash_table_new(NULL, NULL);
    rules->phrases = g_hash_table_new(NULL, NULL);
    rules->meanings = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    rules->prefixes = g_array_new(FALSE, FALSE, sizeof(GapNameSwap));
    rules->endings = g_array_new(FALSE, FALSE, sizeof(GapNameSwap));
    rules->within = g_ptr_array_new_with_free_func(g_free);
    rules->kinds = g_ptr_array_new_with_free_func(g_free);
    for (guint a = 0; a < GAP_NAME_SOUNDS; a++) {
        rules->drop[a] = ANY_SOUND;
        for (guint b = 0; b < GAP_NAME_SOUNDS; b++)
            rules->close[a][b] = ANY_SOUND;
    }
    rules->twice = rules->gap = rules->swap = rules->digit = ANY_SOUND;
    return rules;
}

GapNameRules *gap_name_rules_parse(const char *data, gssize length, GError **error) {
    size_t size = length < 0 ? strlen(data) : (size_t)length;
    if (size > MOST_BYTES) {
        gap_fail(error, GAP_ERROR_INPUT, "rules for names of %zu bytes; the most is %d", size,
                 MOST_BYTES);
        return NULL;
    }
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!g_key_file_load_from_data(file, data, size, G_KEY_FILE_NONE, error))
        return NULL;
    if (!g_key_file_has_group(file, "letters")) {
        gap_fail(error, GAP_ERROR_INPUT, "rules for names without a group [letters]");
        return NULL;
    }
    g_autoptr(GapNameRules) rules = new_rules();
    Reading reading = {rules, file, "", 0};
    return take_all(&reading, error) ? g_steal_pointer(&rules) : NULL;
}

void gap_name_rules_free(GapNameRules *rules) {
    if (!rules)
        return;
    g_array_unref(rules->letters.rules);
    g_array_unref(rules->coarse.rules);
    g_hash_table_unref(rules->latin);
    g_hash_table_unref(rules->cyrillic);
    g_hash_table_unref(rules->phrases);
    g_hash_table_unref(rules->meanings);
    g_array_unref(rules->prefixes);
    g_array_unref(rules->endings);
    g_ptr_array_unref(rules->within);
    g_ptr_array_unref(rules->kinds);
    g_free(rules);
}

guint32 gap_name_rules_kind(const GapNameRules *rules, const char *kind) {
    for (guint i = 0; i < rules->kinds->len; i++)
        if (strcmp(g_ptr_array_index(rules->kinds, i), kind) == 0)
            return 1u << i;
    return 0;
}

const char *gap_name_rules_kind_name(const GapNameRules *rules, guint32 kinds) {
    int bit = g_bit_nth_lsf(kinds, -1);
    return bit < 0 || (guint)bit >= rules->kinds->len ? NULL : g_ptr_array_index(rules->kinds, bit);
}

GapKindsAgree gap_name_rules_compare(const GapNameRules *rules, guint32 a, guint32 b) {
    if (!a || !b)
        return GAP_KINDS_UNKNOWN;
    if (a & b)
        return GAP_KINDS_SAME;
    guint32 near = 0;
    for (guint i = 0; i < rules->kinds->len; i++)
        near |= a & 1u << i ? rules->near[i] : 0;
    return near & b ? GAP_KINDS_NEAR : GAP_KINDS_OTHER;
}
