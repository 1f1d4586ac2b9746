/** Twenty ways in which a name is written wrongly, or otherwise. */
#ifndef GAP_TESTS_BENCH_CORRUPT_H
#define GAP_TESTS_BENCH_CORRUPT_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { CORRUPT_WAYS = 20, MOST_LETTERS = 128 };

typedef struct {
    gunichar letters[MOST_LETTERS + 8];
    gint n;
} Name;

typedef void (*Way)(Name *name, GRand *random);

static gint any_letter(const Name *name, GRand *random, gint from) {
    for (int tries = 0; tries < 50 && from < name->n; tries++) {
        gint at = g_rand_int_range(random, from, name->n);
        if (g_unichar_isalpha(name->letters[at]))
            return at;
    }
    return -1;
}

static void cut(Name *name, gint at, gint n) {
    memmove(name->letters + at, name->letters + at + n,
            (size_t)(name->n - at - n) * sizeof *name->letters);
    name->n -= n;
}

static void put(Name *name, gint at, gunichar c) {
    memmove(name->letters + at + 1, name->letters + at,
            (size_t)(name->n - at) * sizeof *name->letters);
    name->letters[at] = c;
    name->n++;
}

static void drop_letter(Name *name, GRand *random) {
    gint at = any_letter(name, random, 1);
    if (at > 0 && name->n > 3)
        cut(name, at, 1);
}

static void add_letter(Name *name, GRand *random) {
    gint at = any_letter(name, random, 1);
    if (at > 0)
        put(name, at,
            g_utf8_get_char(
                g_utf8_offset_to_pointer("абгдеиклмнорсту", g_rand_int_range(random, 0, 15))));
}

static void wrong_letter(Name *name, GRand *random) {
    gint at = any_letter(name, random, 1);
    if (at > 0)
        name->letters[at] = g_utf8_get_char(
            g_utf8_offset_to_pointer("абгдеиклмнорсту", g_rand_int_range(random, 0, 15)));
}

static void swap_letters(Name *name, GRand *random) {
    gint at = any_letter(name, random, 1);
    if (at < 1 || at + 1 >= name->n || !g_unichar_isalpha(name->letters[at + 1]))
        return;
    gunichar c = name->letters[at];
    name->letters[at] = name->letters[at + 1];
    name->letters[at + 1] = c;
}

/** Every letter of `from` becomes the one at the same place of `to`. */
static void exchange(Name *name, const char *from, const char *to) {
    for (gint i = 0; i < name->n; i++) {
        const char *found = g_utf8_strchr(from, -1, name->letters[i]);
        if (found)
            name->letters[i] = g_utf8_get_char(
                g_utf8_offset_to_pointer(to, g_utf8_pointer_to_offset(from, found)));
    }
}

static void wrong_i(Name *name, GRand *random) {
    (void)random;
    exchange(name, "ыЫйЙ", "иИиИ");
}

static void no_kyrgyz_letters(Name *name, GRand *random) {
    (void)random;
    exchange(name, "өүңӊӨҮҢ", "оуннОУН");
}

static void drop_hyphen(Name *name, GRand *random) {
    (void)random;
    for (gint i = name->n - 1; i > 0; i--)
        if (name->letters[i] == '-')
            cut(name, i, 1);
}

static void hyphen_to_space(Name *name, GRand *random) {
    (void)random;
    exchange(name, "-", " ");
}

static void double_letter(Name *name, GRand *random) {
    gint at = any_letter(name, random, 1);
    if (at > 0)
        put(name, at, name->letters[at]);
}

static void single_vowels(Name *name, GRand *random) {
    (void)random;
    for (gint i = name->n - 1; i > 0; i--)
        if (name->letters[i] == name->letters[i - 1] && g_unichar_isalpha(name->letters[i]))
            cut(name, i, 1);
}

static void capitals(Name *name, GRand *random) {
    (void)random;
    for (gint i = 0; i < name->n; i++)
        name->letters[i] = g_unichar_toupper(name->letters[i]);
}

static void mixed_script(Name *name, GRand *random) {
    (void)random;
    exchange(name, "АВСЕКМНОРТХаеосрху", "ABCEKMHOPTXaeocpxy");
}

static void set_text(Name *name, const char *text) {
    glong n = 0;
    g_autofree gunichar *letters = g_utf8_to_ucs4_fast(text, -1, &n);
    name->n = (gint)MIN(n, MOST_LETTERS);
    memcpy(name->letters, letters, (size_t)name->n * sizeof *letters);
}

/** Letters by a list of pairs "from to", the longest first where they start alike. */
static void romanise(Name *name, const char *const *pairs) {
    g_autofree char *text = g_ucs4_to_utf8(name->letters, name->n, NULL, NULL, NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        g_autofree char *lower = g_utf8_strdown(p, g_utf8_next_char(p) - p);
        const char *to = NULL;
        for (gsize i = 0; pairs[i] && !to; i += 2)
            if (strcmp(pairs[i], lower) == 0)
                to = pairs[i + 1];
        if (to)
            g_string_append(out, to);
        else
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
    }
    set_text(name, out->str);
}

#define SAME_IN_ALL                                                                                \
    "а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "з", "z", "к", "k", "л", "l", "м", "m", "н", \
        "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f", "э", "e", "ъ",  \
        "", "е", "e", "ы", "y"

static void by_bgn(Name *name, GRand *random) {
    static const char *const pairs[] = {
        SAME_IN_ALL, "ё", "yo",   "ж", "dzh", "и", "i",  "й", "y",  "ң", "ng", "ӊ",
        "ng",        "ө", "ö",    "ү", "ü",   "х", "kh", "ц", "ts", "ч", "ch", "ш",
        "sh",        "щ", "shch", "ь", "’",   "ю", "yu", "я", "ya", NULL};
    (void)random;
    romanise(name, pairs);
}

static void by_iso9(Name *name, GRand *random) {
    static const char *const pairs[] = {SAME_IN_ALL, "ё", "ë", "ж", "ž", "и", "i", "й", "j",
                                        "ң",         "ņ", "ӊ", "ņ", "ө", "ô", "ү", "ù", "х",
                                        "h",         "ц", "c", "ч", "č", "ш", "š", "щ", "ŝ",
                                        "ь",         "ʹ", "ю", "û", "я", "â", NULL};
    (void)random;
    romanise(name, pairs);
}

static void by_passport(Name *name, GRand *random) {
    static const char *const pairs[] = {SAME_IN_ALL, "ё", "e",  "ж",  "zh", "и",  "i",  "й", "i",
                                        "ң",         "n", "ӊ",  "n",  "ө",  "o",  "ү",  "u", "х",
                                        "kh",        "ц", "ts", "ч",  "ch", "ш",  "sh", "щ", "shch",
                                        "ь",         "",  "ю",  "iu", "я",  "ia", NULL};
    (void)random;
    romanise(name, pairs);
}

static void by_press(Name *name, GRand *random) {
    static const char *const pairs[] = {SAME_IN_ALL, "ё", "yo", "ж",  "j",  "и",  "i",  "й", "i",
                                        "ң",         "n", "ӊ",  "n",  "ө",  "o",  "ү",  "u", "х",
                                        "h",         "ц", "ts", "ч",  "ch", "ш",  "sh", "щ", "sh",
                                        "ь",         "",  "ю",  "yu", "я",  "ya", NULL};
    (void)random;
    romanise(name, pairs);
}

/** As Russian maps heard Kyrgyz names. */
static void russified(Name *name, GRand *random) {
    static const char *const pairs[] = {"ж", "дж", "ң", "н", "ӊ", "н", "ө", "ё", "ү", "ю", NULL};
    (void)random;
    romanise(name, pairs);
}

static void append(Name *name, const char *text) {
    for (; *text && name->n < MOST_LETTERS; text = g_utf8_next_char(text))
        name->letters[name->n++] = g_utf8_get_char(text);
}

static void with_suffix(Name *name, GRand *random) {
    static const char *const words[] = {" айылы", " айыл аймагы", " а/о"};
    append(name, words[g_rand_int_range(random, 0, G_N_ELEMENTS(words))]);
}

static void with_prefix(Name *name, GRand *random) {
    static const char *const words[] = {"с. ", "село ", "а/о "};
    g_autofree char *text = g_ucs4_to_utf8(name->letters, name->n, NULL, NULL, NULL);
    g_autofree char *whole =
        g_strconcat(words[g_rand_int_range(random, 0, G_N_ELEMENTS(words))], text, NULL);
    set_text(name, whole);
}

/** Spaces, a stray quote, and a full stop, as copied from a table of a report. */
static void dirt(Name *name, GRand *random) {
    (void)random;
    g_autofree char *text = g_ucs4_to_utf8(name->letters, name->n, NULL, NULL, NULL);
    g_autofree char *whole = g_strconcat(" \u00a0«", text, "» .\u200b", NULL);
    set_text(name, whole);
}

static const struct {
    const char *name;
    Way way;
} ways[CORRUPT_WAYS] = {
    {"one letter dropped", drop_letter},
    {"one letter too many", add_letter},
    {"one letter wrong", wrong_letter},
    {"two letters swapped", swap_letters},
    {"и for ы and й", wrong_i},
    {"о у н for ө ү ң", no_kyrgyz_letters},
    {"hyphens dropped", drop_hyphen},
    {"hyphens made spaces", hyphen_to_space},
    {"one letter doubled", double_letter},
    {"double letters made one", single_vowels},
    {"all capitals", capitals},
    {"Latin look-alikes in Cyrillic", mixed_script},
    {"BGN/PCGN Latin", by_bgn},
    {"ISO 9 Latin", by_iso9},
    {"passport Latin", by_passport},
    {"press Latin", by_press},
    {"Russian spelling of Kyrgyz sounds", russified},
    {"administrative word after", with_suffix},
    {"administrative word before", with_prefix},
    {"quotes, spaces, full stop around", dirt},
};

static const char *corrupt_name(gsize way) {
    return ways[way].name;
}

/** Whether the way claims that the place is a village or a municipality. */
static bool corrupt_kind(gsize way) {
    return ways[way].way == with_suffix || ways[way].way == with_prefix;
}

/** `name` written so, or NULL where that would change nothing. Returns: (transfer full). */
static char *corrupt(gsize way, const char *text, GRand *random) {
    Name name;
    set_text(&name, text);
    ways[way].way(&name, random);
    char *made = g_ucs4_to_utf8(name.letters, name.n, NULL, NULL, NULL);
    if (made && strcmp(made, text) != 0)
        return made;
    g_free(made);
    return NULL;
}

#endif
