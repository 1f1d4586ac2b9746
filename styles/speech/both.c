#include "styles/speech/both.h"

#include <string.h>

/** Letters that two short texts may have in one line of a legend. */
enum { SHORT = 34 };

const char *gap_lang_second(const char *lang, char first[4]) {
    const char *plus = strchr(lang, '+');
    g_strlcpy(first, lang, plus ? MIN((size_t)(plus - lang) + 1, 4) : 4);
    return plus ? plus + 1 : NULL;
}

static bool has_letters(const char *text) {
    for (const char *c = text; *c; c = g_utf8_next_char(c))
        if (g_unichar_isalpha(g_utf8_get_char(c)))
            return true;
    return false;
}

char *gap_text_both(const char *first, const char *second, const char *between) {
    if (g_str_equal(first, second) || !has_letters(first))
        return g_strdup(first);
    bool brief = g_utf8_strlen(first, -1) + g_utf8_strlen(second, -1) <= SHORT;
    return g_strconcat(first, between ? between : brief ? " / " : "\n", second, NULL);
}

char *gap_map_both(const GapMap *map, GapTell tell, const void *what, const char *between) {
    GapMap one = *map;
    one.other = NULL;
    char *first = tell(&one, what);
    if (!map->other)
        return first;
    g_autofree char *second = tell(map->other, what);
    char *both = gap_text_both(first, second, between);
    g_free(first);
    return both;
}
