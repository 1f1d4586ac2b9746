#include "geo/text/words.h"
#include "geo/base/error.h"
#include "geo/text/message.h"
#include "geo/text/text.h"

#include <string.h>

const char *const GAP_LANGUAGES[] = {"ky", "ru", "en", NULL};

/** Word lists are source; a file beyond this size is something else. */
enum { MOST_BYTES = 1 << 20 };

struct GapWords {
    GHashTable *words; /**< "group\nkey[lang]" to text: no group holds a line break */
};

static char *full_key(const char *group, const char *key, const char *lang) {
    return g_strdup_printf("%s\n%s[%s]", group, key, lang);
}

void gap_words_free(GapWords *words) {
    if (!words)
        return;
    g_hash_table_unref(words->words);
    g_free(words);
}

/** `title[ky]` to `title`; NULL with an error where the language is none of ours. */
static char *base_key(const char *group, const char *key, GError **error) {
    const char *open = strchr(key, '[');
    if (!open || open == key || !g_str_has_suffix(key, "]")) {
        gap_fail(error, GAP_ERROR_INPUT, "[%s] %s names no language: write %s[%s]=", group, key,
                 key, GAP_LANGUAGES[0]);
        return NULL;
    }
    g_autofree char *lang = g_strndup(open + 1, strlen(open) - 2);
    if (!g_strv_contains(GAP_LANGUAGES, lang)) {
        g_autofree char *known = g_strjoinv(", ", (char **)GAP_LANGUAGES);
        gap_fail(error, GAP_ERROR_INPUT, "[%s] %s: language '%s' is none of %s", group, key, lang,
                 known);
        return NULL;
    }
    return g_strndup(key, (size_t)(open - key));
}

/** Takes `key` in every language; an empty word is a hole as well. */
static bool take_key(GapWords *words, GKeyFile *file, const char *group, const char *key,
                     GError **error) {
    for (const char *const *lang = GAP_LANGUAGES; *lang; lang++) {
        g_autofree char *name = g_strdup_printf("%s[%s]", key, *lang);
        g_autofree char *word = g_key_file_get_string(file, group, name, NULL);
        if (!word || !*g_strstrip(word))
            return gap_fail(error, GAP_ERROR_INPUT, "[%s] %s has no word in '%s'", group, key,
                            *lang);
        if (!gap_message_check(word, *lang, error)) {
            g_prefix_error(error, "[%s] %s[%s]: ", group, key, *lang);
            return false;
        }
        g_hash_table_insert(words->words, full_key(group, key, *lang), g_steal_pointer(&word));
    }
    return true;
}

static bool take_group(GapWords *words, GKeyFile *file, const char *group, GError **error) {
    g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, error);
    if (!keys)
        return false;
    for (char **key = keys; *key; key++) {
        g_autofree char *base = base_key(group, *key, error);
        if (base && gap_words_get(words, group, base, GAP_LANGUAGES[0]))
            continue; // taken with another of its languages
        if (!base || !take_key(words, file, group, base, error))
            return false;
    }
    return true;
}

GapWords *gap_words_parse(const char *data, gssize length, GError **error) {
    size_t size = length < 0 ? strlen(data) : (size_t)length;
    if (size > MOST_BYTES) {
        gap_fail(error, GAP_ERROR_INPUT, "a word list of %zu bytes; the most is %d", size,
                 MOST_BYTES);
        return NULL;
    }
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!g_key_file_load_from_data(file, data, size, G_KEY_FILE_KEEP_TRANSLATIONS, error))
        return NULL;
    g_autoptr(GapWords) words = g_new0(GapWords, 1);
    words->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group; group++)
        if (!take_group(words, file, *group, error))
            return NULL;
    return g_steal_pointer(&words);
}

const char *gap_words_get(const GapWords *words, const char *group, const char *key,
                          const char *lang) {
    g_autofree char *name = full_key(group, key, lang);
    return g_hash_table_lookup(words->words, name);
}

char *gap_words_say(const GapWords *words, const char *group, const char *key, const char *lang,
                    GHashTable *values) {
    const char *text = gap_words_get(words, group, key, lang);
    return text ? gap_message_fill(text, lang, values) : g_strdup_printf("⟨%s⟩", key);
}
