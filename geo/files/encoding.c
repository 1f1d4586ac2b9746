#include "geo/files/encoding.h"

#include <string.h>

#include "geo/base/error.h"

enum { MOST_EVIDENCE = 1 << 18, MOST_LETTERS = 1 << 16 };

static const char *const CYRILLIC[] = {"CP1251", "KOI8-R", "CP866"};

// Natural logarithms of how often а to я stand in Russian (Lyashevskaya and Sharov, 2009) against
// 1 in 33, in tenths; к, у, ы and э raised to what Kyrgyz has of them.
static const signed char WEIGHT[32] = {10,  -6, 4,   -6,  0,   10, -12, -6,  9,   -9,  3,
                                       4,   1,  8,   13,  -1,  4,  6,   7,   1,   -24, -11,
                                       -18, -7, -14, -21, -30, 0,  -5,  -12, -15, -4};

size_t gap_encoding_mark(const char *bytes, size_t length, const char **name) {
    static const struct {
        const char *bytes;
        size_t n;
        const char *name;
    } marks[] = {
        {"\xef\xbb\xbf", 3, "UTF-8"}, {"\xff\xfe", 2, "UTF-16LE"}, {"\xfe\xff", 2, "UTF-16BE"}};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (length >= marks[i].n && !memcmp(bytes, marks[i].bytes, marks[i].n)) {
            *name = marks[i].name;
            return marks[i].n;
        }
    *name = NULL;
    return 0;
}

// Of ASCII and Cyrillic letters every other byte is 0 or 4, the number of their page.
static const char *find_utf16(const char *bytes, size_t length) {
    size_t pages[2] = {0}, zeros[2] = {0};
    for (size_t i = 0; i < length; i++) {
        pages[i & 1] += bytes[i] == 0 || bytes[i] == 4;
        zeros[i & 1] += bytes[i] == 0;
    }
    const size_t most = length / 2 - length / 10;
    if (zeros[1] && !zeros[0] && pages[1] >= most)
        return "UTF-16LE";
    return zeros[0] && !zeros[1] && pages[0] >= most ? "UTF-16BE" : NULL;
}

static bool is_latin(gunichar c) {
    return c < 128 && g_ascii_isalpha((gchar)c);
}

static double score_letter(gunichar before, gunichar c, gunichar after) {
    const gunichar small = g_unichar_tolower(c);
    if (g_unichar_get_script(c) != G_UNICODE_SCRIPT_CYRILLIC || !g_unichar_isalpha(c))
        return g_utf8_strchr("\u00a0№«»–—°’“”…", -1, c) ? 0 : -2;
    double score = small >= 0x430 && small < 0x450 ? WEIGHT[small - 0x430] / 10.0 : -1.5;
    if (g_unichar_isalpha(before)) // "нАРЫН" is no word, "НАРЫН" a loud one
        score += !g_unichar_isupper(c) ? 0.2 : g_unichar_islower(before) ? -3 : -0.1;
    return is_latin(before) || is_latin(after) ? score - 3 : score;
}

static double score_line(const char *name, const char *line) {
    g_autofree char *utf8 = gap_encoding_convert(name, line, -1);
    double sum = utf8 ? 0 : -5;
    gunichar before = ' ';
    for (const char *p = utf8; utf8 && *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (c >= 128)
            sum += score_letter(before, c, g_utf8_get_char(g_utf8_next_char(p)));
        before = c;
    }
    return sum;
}

double gap_encoding_score(const char *name, const char *text, size_t length) {
    g_autofree char *copy = g_strndup(text, length);
    g_auto(GStrv) lines = g_strsplit(copy, "\n", -1);
    double sum = 0;
    for (guint i = 0; lines[i]; i++)
        sum += score_line(name, lines[i]);
    return sum;
}

// The first of the list wins what is near: Windows is where office files come from.
static const char *find_cyrillic(const char *bytes, size_t length) {
    const char *best = NULL;
    double most = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(CYRILLIC); i++) {
        const double score = gap_encoding_score(CYRILLIC[i], bytes, length);
        if (score > (best ? most + 0.5 : most)) {
            most = score;
            best = CYRILLIC[i];
        }
    }
    return best;
}

// From `p` on, the end of what is not ASCII, with single letters in between.
static const char *run_end(const char *p, const char *end) {
    while (p < end && ((guchar)*p >= 128 || (p + 1 < end && (guchar)p[1] >= 128)))
        p++;
    return MIN(p + 1, end);
}

// Nine in ten runs that are UTF-8 are UTF-8 with a fault. The last may be cut, or be half a letter
// only ("café" ends in one when it is CP1252), and is no evidence where there are others.
static const char *find_eight_bit(const char *bytes, size_t length) {
    g_autoptr(GString) sample = g_string_new(NULL);
    const char *p = bytes, *const end = bytes + length;
    size_t valid = 0, foreign = 0, seen = 0;
    while (p < end && seen < MOST_EVIDENCE) {
        if ((guchar)*p < 128) {
            p++;
            continue;
        }
        const char *start = p > bytes ? p - 1 : p;
        p = run_end(p, end);
        const bool last = p == end && valid + foreign > 0;
        if (!last)
            *(g_utf8_validate_len(start, (gsize)(p - start), NULL) ? &valid : &foreign) += 1;
        seen += (size_t)(p - start);
        if (sample->len < MOST_LETTERS)
            g_string_append_c(g_string_append_len(sample, start, p - start), '\n');
    }
    return valid > 9 * foreign || seen == 0 ? "UTF-8" : find_cyrillic(sample->str, sample->len);
}

const char *gap_encoding_find(const char *bytes, size_t length) {
    const char *name;
    if (gap_encoding_mark(bytes, length, &name) ||
        (name = find_utf16(bytes, MIN(length, MOST_LETTERS))))
        return name;
    return find_eight_bit(bytes, length);
}

bool gap_encoding_is_utf8(const char *name) {
    return !g_ascii_strcasecmp(name, "UTF-8") || !g_ascii_strcasecmp(name, "UTF8");
}

bool gap_encoding_check(const char *name, GError **error) {
    g_autofree char *letter = gap_encoding_convert(name, "a", 1);
    g_autofree char *wide = gap_encoding_convert(name, "a\0", 2);
    g_autofree char *other = gap_encoding_convert(name, "\0a", 2);
    const bool plain = strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.:") == strlen(name);
    if (*name && plain &&
        (!g_strcmp0(letter, "a") || !g_strcmp0(wide, "a") || !g_strcmp0(other, "a")))
        return true;
    g_autofree char *shown = gap_printable(name, 60);
    return gap_fail(error, GAP_ERROR_USAGE,
                    "--encoding %s is not known: give a name such as UTF-8, CP1251 or KOI8-R",
                    shown);
}

char *gap_encoding_convert(const char *name, const char *text, gssize length) {
    const gsize n = length < 0 ? strlen(text) : (gsize)length;
    if (gap_encoding_is_utf8(name))
        return g_utf8_validate_len(text, n, NULL) ? g_strndup(text, n) : NULL;
    gsize read, written;
    g_autofree char *utf8 = g_convert(text, (gssize)n, "UTF-8", name, &read, &written, NULL);
    return utf8 && read == n && strlen(utf8) == written ? g_steal_pointer(&utf8) : NULL;
}
