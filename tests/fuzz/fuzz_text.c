/* Names, dates and word lists: what comes out is UTF-8, folding twice is folding once, and a list
 * that parses has a word for everything it names. */
#include "tests/fuzz/fuzz.h"

#include "geo/text/message.h"
#include "geo/text/text.h"
#include "geo/text/words.h"

#include <math.h>
#include <string.h>

const char *const fuzz_seeds[] = {
    "[coverage]\ntitle[ky]={x, plural, one{# адам} other{#}}\ntitle[ru]={x, plural, =0{} one{#} "
    "few{#} many{#} other{{x}}}\ntitle[en]={x, plural, one{# man} other{# men}}\n",
    "[coverage]\ntitle[ky]=Жетүү {x}\ntitle[ru]=Охват {x}\ntitle[en]=Coverage {x}\n",
    "Кара-Суу\u2019 ＣＨＵＹ\u00b4 \ufdfa ß",
    "2017-12-31",
    NULL,
};

static void check_fold(const char *text) {
    g_autofree char *once = gap_text_fold(text);
    g_autofree char *twice = gap_text_fold(once);
    g_assert(g_utf8_validate(once, -1, NULL));
    g_assert_cmpstr(once, ==, twice);
    const char *const words[] = {"coverage", "2017", text, NULL};
    const char *nearest = gap_text_nearest(text, words);
    g_assert(nearest || g_utf8_strlen(once, -1) > 64);
}

static void check_words(const char *data, gssize size) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GapWords) words = gap_words_parse(data, size, &error);
    fuzz_either(words, error);
    if (!words)
        return;
    for (const char *const *lang = GAP_LANGUAGES; *lang; lang++) {
        const char *word = gap_words_get(words, "coverage", "title", *lang);
        g_autoptr(GHashTable) values = gap_message_values_new();
        gap_message_set(values, "x", g_strdup("{x}{x}"), size % 3 ? (double)(size % 200) : NAN);
        g_autofree char *said = gap_words_say(words, "coverage", "title", *lang, values);
        g_assert(said && g_utf8_validate(said, -1, NULL) && (!word || *word));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    check_words((const char *)data, (gssize)size);
    g_autofree char *text = g_strndup(size ? (const char *)data : "", size);
    check_fold(text);
    for (const char *const *lang = GAP_LANGUAGES; *lang; lang++) {
        g_autofree char *date = gap_format_date(text, *lang);
        g_assert_nonnull(date);
    }
    return 0;
}
