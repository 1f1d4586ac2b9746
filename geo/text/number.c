#include "geo/text/number.h"

#include "geo/base/error.h"
#include "geo/text/text.h"

#include <math.h>
#include <string.h>

enum { LONGEST = 64 };

/* A number brought to ASCII: digits, '.', ',', ' ' for any space, '\'' for any apostrophe, 'e' with
 * its sign. */
typedef struct {
    bool negative, percent;
    char body[LONGEST + 1];
    const char *behind; // the rest of the text, from the first letter that is none of these
} Spelling;

static char plain_letter(gunichar c) {
    if (c < 128 && (g_ascii_isdigit((char)c) || c == '.' || c == ',' || c == '\''))
        return (char)c;
    if (c == 0x2019 || c == 0x02BC || c == 0x2032)
        return '\'';
    return g_unichar_type(c) == G_UNICODE_SPACE_SEPARATOR || c == '\t' ? ' ' : '\0';
}

static const char *skip_space(const char *p) {
    while (plain_letter(g_utf8_get_char(p)) == ' ')
        p = g_utf8_next_char(p);
    return p;
}

/* 'e', its sign and its digits at `p`, copied to `out`; answers what is behind them. */
static const char *take_exponent(const char *p, char *out) {
    if (*p != 'e' && *p != 'E')
        return p;
    const char *digits = p + 1 + (p[1] == '+' || p[1] == '-');
    const size_t n = strspn(digits, "0123456789");
    if (n == 0 || n > 3)
        return p;
    const size_t length = (size_t)(digits - p) + n;
    *out = 'e';
    memcpy(out + 1, p + 1, length - 1);
    out[length] = '\0';
    return p + length;
}

static bool spell(const char *text, Spelling *spelling) {
    *spelling = (Spelling){0};
    if (strlen(text) > LONGEST || !g_utf8_validate(text, -1, NULL))
        return false;
    const char *p = skip_space(text);
    const gunichar sign = g_utf8_get_char(p);
    spelling->negative = sign == '-' || sign == 0x2212 || sign == 0x2013;
    if (spelling->negative || sign == '+')
        p = g_utf8_next_char(p);
    char *out = spelling->body;
    for (char c; (c = plain_letter(g_utf8_get_char(p)));) {
        *out++ = c;
        p = g_utf8_next_char(p);
    }
    while (out > spelling->body && out[-1] == ' ')
        out--;
    *out = '\0';
    p = skip_space(take_exponent(p, out));
    if (*p == '%') {
        spelling->percent = true;
        p = skip_space(p + 1);
    }
    spelling->behind = p;
    return strpbrk(spelling->body, "0123456789") != NULL;
}

static size_t digits_at(const char *p) {
    return strspn(p, "0123456789");
}

/* Digits in front of the decimal sign at `*p`, appended to `out`: together, or one to three and
 * then groups of three apart by the same sign. */
static bool take_whole(const char **p, char decimal, GString *out) {
    size_t n = digits_at(*p);
    const char *first = *p;
    g_string_append_len(out, *p, (gssize)n);
    *p += n;
    const char group = **p;
    if (group == decimal)
        return true; // ".5" is a half
    if (n > 0 && (group == '\0' || group == 'e'))
        return true;
    if (n == 0 || n > 3 || *first == '0')
        return false;
    while (**p == group && digits_at(*p + 1) == 3) {
        g_string_append_len(out, *p + 1, 3);
        *p += 4;
    }
    return **p == '\0' || **p == decimal;
}

/* What the spelling means where `decimal` is the decimal sign. */
static bool read_as(const Spelling *spelling, GapDecimal decimal, double *value) {
    const char sign = decimal == GAP_DECIMAL_COMMA ? ',' : '.';
    const char *p = spelling->body;
    g_autoptr(GString) number = g_string_new(spelling->negative ? "-" : NULL);
    if (!take_whole(&p, sign, number))
        return false;
    if (*p == sign) {
        const size_t n = digits_at(p + 1);
        if (n == 0)
            return false;
        g_string_append_c(number, '.');
        g_string_append_len(number, p + 1, (gssize)n);
        p += n + 1;
    }
    if (*p && *p != 'e')
        return false;
    g_string_append(number, p);
    *value = g_ascii_strtod(number->str, NULL) / (spelling->percent ? 100 : 1);
    return true;
}

static bool fits(double value, const Spelling *spelling, const GapNumberLimits *limits) {
    return value >= limits->min && value <= limits->max &&
           (!spelling->percent || limits->max == 1) && (!limits->whole || value == floor(value));
}

typedef struct {
    bool reads, fits;
    double value;
} Reading;

/* Both readings, indexed by GapDecimal. False where there is none, or words are behind. */
static bool read_both(const Spelling *spelling, const GapNumberLimits *limits, Reading reading[3]) {
    for (GapDecimal d = GAP_DECIMAL_POINT; d <= GAP_DECIMAL_COMMA; d++) {
        reading[d].reads = read_as(spelling, d, &reading[d].value);
        reading[d].fits = reading[d].reads && fits(reading[d].value, spelling, limits);
    }
    return reading[GAP_DECIMAL_POINT].reads || reading[GAP_DECIMAL_COMMA].reads;
}

static bool differ(const Reading reading[3]) {
    return reading[GAP_DECIMAL_POINT].reads && reading[GAP_DECIMAL_COMMA].reads &&
           reading[GAP_DECIMAL_POINT].value != reading[GAP_DECIMAL_COMMA].value;
}

void gap_number_evidence_add(GapNumberEvidence *evidence, const char *text,
                             const GapNumberLimits *limits) {
    Spelling spelling;
    Reading reading[3];
    if (!text || !strpbrk(text, ".,") || !spell(text, &spelling) || *spelling.behind ||
        !read_both(&spelling, limits, reading))
        return;
    const Reading *point = &reading[GAP_DECIMAL_POINT], *comma = &reading[GAP_DECIMAL_COMMA];
    if (point->reads != comma->reads) {
        evidence->written[point->reads ? GAP_DECIMAL_POINT : GAP_DECIMAL_COMMA]++;
        return;
    }
    if (!differ(reading))
        return;
    if (!*evidence->example)
        g_strlcpy(evidence->example, text, sizeof evidence->example);
    if (point->fits && comma->fits)
        evidence->open++;
    else if (point->fits || comma->fits)
        evidence->fitting[point->fits ? GAP_DECIMAL_POINT : GAP_DECIMAL_COMMA]++;
}

static GapDecimal agreed(const size_t counts[3]) {
    if (!counts[GAP_DECIMAL_POINT] == !counts[GAP_DECIMAL_COMMA])
        return GAP_DECIMAL_OPEN;
    return counts[GAP_DECIMAL_POINT] ? GAP_DECIMAL_POINT : GAP_DECIMAL_COMMA;
}

GapDecimal gap_number_evidence_weigh(const GapNumberEvidence *evidence) {
    const bool written =
        evidence->written[GAP_DECIMAL_POINT] || evidence->written[GAP_DECIMAL_COMMA];
    return agreed(written ? evidence->written : evidence->fitting);
}

/* Why a number that reads well is not taken. */
static char *beyond(double value, const Spelling *spelling, const GapNumberLimits *limits) {
    if (spelling->percent && limits->max != 1)
        return g_strdup("percent, where no share is wanted; write the number itself");
    if (value < 0 && limits->min == 0)
        return g_strdup("negative; leave it empty where it is not known");
    if (value < limits->min || value > limits->max)
        return g_strdup_printf("not within %.15g to %.15g%s", limits->min, limits->max,
                               limits->min == 0 && limits->max == 1 && value <= 100
                                   ? "; write percent with its sign, 5 %"
                                   : "");
    return g_strdup("not a whole number");
}

static char *two_ways(const Reading reading[3]) {
    return g_strdup_printf("could be %.15g or %.15g; say with --decimal '.' or --decimal ',' which "
                           "is the decimal sign",
                           reading[GAP_DECIMAL_POINT].value, reading[GAP_DECIMAL_COMMA].value);
}

static char *otherwise(GapDecimal decimal) {
    const char sign = decimal == GAP_DECIMAL_COMMA ? ',' : '.';
    return g_strdup_printf("not a number where '%c' is the decimal sign, as elsewhere in this "
                           "column; write it alike, or say --decimal '%c'",
                           sign, sign == '.' ? ',' : '.');
}

/* Digits alone, what nearly all cells hold: no need to look further. */
static bool read_plain(const char *text, const GapNumberLimits *limits, double *value) {
    const size_t digits = digits_at(text);
    if (digits == 0 || digits > 15 || text[digits])
        return false;
    *value = (double)g_ascii_strtoll(text, NULL, 10);
    return *value >= limits->min && *value <= limits->max;
}

static bool take(const Reading *reading, const Spelling *spelling, const GapNumberLimits *limits,
                 double *value, char **reason) {
    if (reading->fits)
        *value = reading->value;
    else
        *reason = beyond(reading->value, spelling, limits);
    return reading->fits;
}

bool gap_number_read(const char *text, GapDecimal decimal, const GapNumberLimits *limits,
                     double *value, char **reason) {
    Spelling spelling;
    Reading reading[3];
    if (read_plain(text, limits, value))
        return true;
    if (!spell(text, &spelling) || !read_both(&spelling, limits, reading)) {
        *reason = g_strdup("not a number; write digits alone, such as 1234.5");
        return false;
    }
    if (*spelling.behind) {
        g_autofree char *shown = gap_printable(spelling.behind, 20);
        *reason = g_strdup_printf("'%s' stands behind the number; write the number alone", shown);
        return false;
    }
    const Reading *point = &reading[GAP_DECIMAL_POINT], *comma = &reading[GAP_DECIMAL_COMMA];
    if (decimal != GAP_DECIMAL_OPEN) {
        if (reading[decimal].reads)
            return take(&reading[decimal], &spelling, limits, value, reason);
        *reason = otherwise(decimal);
        return false;
    }
    if (differ(reading) && point->fits && comma->fits) {
        *reason = two_ways(reading);
        return false;
    }
    const bool by_comma = comma->fits || !point->reads;
    return take(by_comma && !point->fits ? comma : point, &spelling, limits, value, reason);
}

/* ---- intervals ---- */

typedef struct {
    const char *words;
    bool included; // what it names is itself in the interval
} Bound;

static bool read_whole(const char *text, GapDecimal decimal, const GapNumberLimits *limits,
                       double *value) {
    const GapNumberLimits whole = {limits->min, limits->max, true};
    g_autofree char *reason = NULL;
    return gap_number_read(text, decimal, &whole, value, &reason);
}

static bool read_below(const char *text, GapDecimal decimal, const GapNumberLimits *limits,
                       double *high) {
    static const Bound bounds[] = {
        {"<=", true},      {"≤", true},        {"⩽", true},          {"<", false},
        {"менее", false},  {"меньше", false},  {"less than", false}, {"fewer than", false},
        {"under", false},  {"не более", true}, {"до", true},         {"up to", true},
        {"at most", true},
    };
    static const char until[] = "чейин"; // Kyrgyz, behind the number: "5ке чейин" is "5 чейин" too
    for (size_t i = 0; i < G_N_ELEMENTS(bounds); i++)
        if (g_str_has_prefix(text, bounds[i].words)) {
            if (!read_whole(text + strlen(bounds[i].words), decimal, limits, high))
                return false;
            *high -= !bounds[i].included;
            return true;
        }
    if (!g_str_has_suffix(text, until))
        return false;
    g_autofree char *number = g_strndup(text, strlen(text) - strlen(until));
    return read_whole(number, decimal, limits, high);
}

static bool read_range(const char *text, GapDecimal decimal, const GapNumberLimits *limits,
                       double *low, double *high) {
    static const char *const between[] = {"...", "…", "–", "—", "−", "-", " до ", " to "};
    static const char from[] = "от ";
    const char *start = g_str_has_prefix(text, from) ? text + strlen(from) : text;
    for (size_t i = 0; i < G_N_ELEMENTS(between); i++) {
        const char *at = strstr(start, between[i]);
        if (!at || at == start)
            continue;
        g_autofree char *first = g_strndup(start, (size_t)(at - start));
        return read_whole(first, decimal, limits, low) &&
               read_whole(at + strlen(between[i]), decimal, limits, high) && *low <= *high;
    }
    return false;
}

bool gap_interval_read(const char *text, GapDecimal decimal, const GapNumberLimits *limits,
                       double *low, double *high) {
    if (strlen(text) > LONGEST || !g_utf8_validate(text, -1, NULL))
        return false;
    g_autofree char *lower = g_strstrip(g_utf8_strdown(text, -1));
    *low = limits->min;
    return (read_below(lower, decimal, limits, high) ||
            read_range(lower, decimal, limits, low, high)) &&
           *high > 0;
}

/* ---- nothing known ---- */

static bool is_mark(gunichar c) {
    const GUnicodeType type = g_unichar_type(c);
    return (type >= G_UNICODE_CONNECT_PUNCTUATION && type <= G_UNICODE_OPEN_PUNCTUATION) ||
           g_unichar_isspace(c) || g_unichar_iscntrl(c) || c == 0x2212;
}

/* Folded, without marks but '/' and spaces. */
static char *bare_words(const char *text) {
    g_autofree char *folded = gap_text_fold(text);
    GString *out = g_string_new(NULL);
    for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (c == '/' || c == ' ' || !is_mark(c))
            g_string_append_unichar(out, c);
    }
    return g_strstrip(g_string_free(out, FALSE));
}

bool gap_is_unknown(const char *text, bool figure) {
    static const char *const words[] = {
        "н/д",          "нд",           "нет данных", "нет св",  "нет свед",  "нет сведений",
        "данных нет",   "сведений нет", "n/a",        "no data", "not known", "not available",
        "маалымат жок", "белгисиз",     NULL};
    static const char *const figures[] = {"na", "nd", "x", "х", NULL};
    static const char firsts[] = "ндсмбnxх"; // of all these: most cells need no folding
    if (strlen(text) > LONGEST || !g_utf8_validate(text, -1, NULL))
        return false;
    const char *p = text;
    while (*p && is_mark(g_utf8_get_char(p)))
        p = g_utf8_next_char(p);
    if (!*p || !g_utf8_strchr(firsts, -1, g_unichar_tolower(g_utf8_get_char(p))))
        return !*p;
    g_autofree char *bare = bare_words(p);
    return g_strv_contains(words, bare) || (figure && g_strv_contains(figures, bare));
}
