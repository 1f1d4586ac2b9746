#include "layers/columns.h"

#include "geo/base/error.h"
#include "geo/text/text.h"

#include <gio/gio.h>
#include <string.h>

#define CLASSIFIER "classifier "

enum { LONGEST = 500 }; // bytes of a heading that are looked at

typedef struct {
    char *country, *prefix;
    int *length; // ascending, 0 behind the last
    int longest;
} Classifier;

/* columns.ini as it is looked up; made once, lives as long as the program. */
typedef struct {
    GHashTable *ranks; // "layer\nfield\nheading" to rank, from 1; layer "" for all
    GHashTable *units, *scales, *years;
    GPtrArray *classifiers;
} Words;

/* ---- headings ---- */

/* `text` without what stands in brackets; one that is not closed ends nowhere. */
static char *drop_brackets(const char *text) {
    GString *out = g_string_new(NULL);
    for (const char *p = text; *p; p++) {
        const char *close = *p == '(' ? strchr(p, ')') : *p == '[' ? strchr(p, ']') : NULL;
        if (close) {
            g_string_append_c(out, ' ');
            p = close;
        } else
            g_string_append_c(out, *p);
    }
    return g_string_free(out, FALSE);
}

/* Folded, letters and digits alone, anything else a space, ё as е. */
static char *plain_words(const char *text) {
    g_autofree char *head = g_strndup(text, LONGEST);
    g_autofree char *folded = gap_text_fold(head);
    GString *out = g_string_new(NULL);
    for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c) || g_unichar_ismark(c))
            g_string_append_unichar(out, c == 0x0451 ? 0x0435 : c);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    return g_strchomp(g_string_free(out, FALSE));
}

char *gap_heading_key(const char *heading) {
    g_autofree char *head = g_strndup(heading, LONGEST);
    g_autofree char *bare = drop_brackets(head);
    return plain_words(bare);
}

/* ---- the file ---- */

static GHashTable *read_set(GKeyFile *file, const char *group) {
    GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) words = g_key_file_get_string_list(file, group, "words", NULL, NULL);
    for (char **word = words; word && *word; word++)
        g_hash_table_add(set, plain_words(*word));
    return set;
}

/* "area.2[ru]" of a group: the headings of `area` at rank 2. */
static void read_key(Words *words, GKeyFile *file, const char *group, const char *key) {
    const char *layer = group + strlen("columns");
    const size_t name = strcspn(key, ".[");
    const int rank = key[name] == '.' ? (int)g_ascii_strtoll(key + name + 1, NULL, 10) : 1;
    g_auto(GStrv) headings = g_key_file_get_string_list(file, group, key, NULL, NULL);
    for (char **heading = headings; *heading; heading++) {
        g_autofree char *plain = plain_words(*heading);
        g_hash_table_insert(
            words->ranks,
            g_strdup_printf("%s\n%.*s\n%s", layer + (*layer == ' '), (int)name, key, plain),
            GINT_TO_POINTER(rank));
    }
}

static void read_group(Words *words, GKeyFile *file, const char *group) {
    if (g_str_has_prefix(group, "columns")) {
        g_auto(GStrv) keys = g_key_file_get_keys(file, group, NULL, NULL);
        for (char **key = keys; *key; key++)
            read_key(words, file, group, *key);
    } else if (g_str_has_prefix(group, CLASSIFIER)) {
        gsize n = 0;
        Classifier *classifier = g_new0(Classifier, 1);
        g_autofree int *lengths = g_key_file_get_integer_list(file, group, "lengths", &n, NULL);
        classifier->country = g_strdup(group + strlen(CLASSIFIER));
        classifier->prefix = g_key_file_get_string(file, group, "prefix", NULL);
        classifier->length = g_new0(int, n + 1);
        memcpy(classifier->length, lengths, n * sizeof *lengths);
        classifier->longest = lengths[n - 1];
        g_ptr_array_add(words->classifiers, classifier);
    }
}

/* The words are part of the program: they are there, and whole. */
static Words *read_words(void) {
    g_autoptr(GBytes) data = g_resources_lookup_data("/gapmap/layers/words/columns.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_autoptr(GKeyFile) file = g_key_file_new();
    const bool read =
        data && g_key_file_load_from_bytes(file, data, G_KEY_FILE_KEEP_TRANSLATIONS, NULL);
    g_assert(read);
    Words *words = g_new0(Words, 1);
    words->ranks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    words->classifiers = g_ptr_array_new();
    words->units = read_set(file, "units");
    words->scales = read_set(file, "scales");
    words->years = read_set(file, "year");
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **group = groups; *group; group++)
        read_group(words, file, *group);
    return words;
}

static const Words *all_words(void) {
    static gsize once;
    if (g_once_init_enter(&once))
        g_once_init_leave(&once, (gsize)read_words());
    return (const Words *)once;
}

/* ---- guessing ---- */

const char *gap_heading_scale(const char *heading) {
    if (strchr(heading, '%'))
        return "%";
    g_autofree char *plain = plain_words(heading);
    g_auto(GStrv) tokens = g_strsplit(plain, " ", -1);
    gpointer word = NULL;
    for (char **token = tokens; !word && *token; token++)
        g_hash_table_lookup_extended(all_words()->scales, *token, &word, NULL);
    return word;
}

static int rank_in(const char *layer, const char *field, const char *key) {
    g_autofree char *full = g_strdup_printf("%s\n%s\n%s", layer, field, key);
    return GPOINTER_TO_INT(g_hash_table_lookup(all_words()->ranks, full));
}

/* The rank of a heading for a field, 0 for none: as it stands, else without units behind it. */
static int rank_of(const GapLayerKind *kind, const char *field, const char *heading) {
    g_autofree char *key = gap_heading_key(heading);
    for (;;) {
        const int own = rank_in(kind->name, field, key);
        const int rank = own ? own : rank_in("", field, key);
        char *last = strrchr(key, ' ');
        if (rank || !last || !g_hash_table_contains(all_words()->units, last + 1))
            return rank;
        *last = '\0';
    }
}

/* Cuts from `text` a word of `set`, of one word or more, at its start or end. */
static bool cut_word(GHashTable *set, char *text) {
    if (*text && g_hash_table_contains(set, text)) {
        *text = '\0';
        return true;
    }
    for (char *gap = strchr(text, ' '); gap; gap = strchr(gap + 1, ' ')) {
        if (g_hash_table_contains(set, gap + 1)) {
            *gap = '\0';
            return true;
        }
        g_autofree char *start = g_strndup(text, (gsize)(gap - text));
        if (g_hash_table_contains(set, start)) {
            memmove(text, gap + 1, strlen(gap));
            return true;
        }
    }
    return false;
}

int gap_heading_year(const char *heading, char **rest) {
    g_autofree char *plain = plain_words(heading);
    g_autoptr(GString) words = g_string_new(NULL);
    int year = 0, years = 0;
    for (const char *p = plain; *p;) {
        const size_t digits = strspn(p, "0123456789");
        const size_t length = digits ? digits : strcspn(p, "0123456789");
        const int number = digits == 4 ? (int)g_ascii_strtoll(p, NULL, 10) : 0;
        if (number >= 1900 && number <= 2200) {
            year = number;
            years++;
        } else
            g_string_append_len(words, p, (gssize)length);
        g_string_append_c(words, ' ');
        p += length;
    }
    g_auto(GStrv) parts = g_strsplit(g_strstrip(words->str), " ", -1);
    g_autoptr(GStrvBuilder) kept = g_strv_builder_new();
    for (char **part = parts; *part; part++)
        if (**part)
            g_strv_builder_add(kept, *part);
    g_auto(GStrv) list = g_strv_builder_end(kept);
    *rest = g_strjoinv(" ", list);
    while (cut_word(all_words()->years, *rest))
        ;
    return years == 1 ? year : 0;
}

bool gap_columns_means(const GapLayerKind *kind, const char *field, const char *heading) {
    return !gap_heading_scale(heading) && rank_of(kind, field, heading) > 0;
}

int gap_columns_guess(const GapLayerKind *kind, const char *field, const GapTable *table,
                      const bool *used, char **several) {
    int found = -1, best = G_MAXINT;
    g_autoptr(GString) names = g_string_new(NULL);
    *several = NULL;
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        const char *heading = gap_table_column(table, c)->name;
        const int rank = used[c] ? 0 : rank_of(kind, field, heading);
        if (!rank || rank > best || gap_heading_scale(heading))
            continue;
        g_autofree char *shown = gap_printable(heading, 40);
        if (rank < best)
            g_string_truncate(names, 0);
        g_string_append_printf(names, "%s'%s'", names->len ? ", " : "", shown);
        found = rank < best ? (int)c : -2;
        best = rank;
    }
    if (found == -2)
        *several = g_string_free(g_steal_pointer(&names), FALSE);
    return found;
}

/* ---- codes ---- */

/* In capitals, without spaces around and, where all are digits, between, or a spreadsheet's ".0"
 * behind. */
static char *tidy(const char *code, bool *digits) {
    g_autofree char *upper = g_strstrip(g_ascii_strup(code, -1));
    g_autoptr(GString) bare = g_string_new(NULL);
    size_t length = strlen(upper);
    const size_t fraction = strcspn(upper, ".,");
    if (upper[fraction] && upper[fraction + 1] &&
        !upper[fraction + 1 + strspn(upper + fraction + 1, "0")])
        length = fraction;
    for (const char *p = upper; p < upper + length; p++)
        if (*p != ' ')
            g_string_append_c(bare, *p);
    *digits = bare->len > 0 && strspn(bare->str, "0123456789") == bare->len;
    return *digits ? g_string_free(g_steal_pointer(&bare), FALSE) : g_steal_pointer(&upper);
}

char *gap_code_canonical(const char *code) {
    bool digits;
    g_autofree char *bare = tidy(code, &digits);
    const GPtrArray *classifiers = all_words()->classifiers;
    for (guint i = 0; digits && i < classifiers->len; i++) {
        const Classifier *classifier = g_ptr_array_index(classifiers, i);
        const int length = (int)strlen(bare), prefix = (int)strlen(classifier->prefix);
        const int *known = classifier->length;
        while (*known && *known != length)
            known++;
        if (!*known || !g_str_has_prefix(bare, classifier->prefix))
            continue;
        g_autofree char *zeros = g_strnfill((gsize)(classifier->longest - length), '0');
        return g_strconcat(classifier->country, bare + prefix, zeros, NULL);
    }
    return g_steal_pointer(&bare);
}

bool gap_code_is_rounded(const char *code) {
    const char *p = code + strspn(code, " ");
    const size_t whole = strspn(p, "0123456789");
    p += whole;
    const size_t fraction = *p == '.' || *p == ',' ? strspn(p + 1, "0123456789") : 0;
    p += fraction ? fraction + 1 : 0;
    if (whole != 1 || (*p != 'E' && *p != 'e') || (!fraction && p[1] != '+'))
        return false;
    p += 1 + (p[1] == '+');
    const size_t exponent = strspn(p, "0123456789");
    return exponent > 0 && exponent <= 3 && !p[exponent + strspn(p + exponent, " ")];
}
