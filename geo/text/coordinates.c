#include "geo/text/coordinates.h"

#include "geo/base/error.h"
#include "geo/text/number.h"
#include "geo/text/text.h"

#include <math.h>
#include <string.h>

enum { LONGEST = 100 };

/* ---- one way of writing ----
 * Marks become ° ' ", letters of the compass N S E W, spaces ' ', and of a number 'e' its exponent:
 * what follows reads ASCII and '°' alone. */

#define DEGREE "°"

typedef struct {
    const char *words;
    char letter;
} Compass;

/* Longest first, as they stand in small letters without dots and spaces between. */
static const Compass COMPASS[] = {
    {"сш", 'N'}, {"юш", 'S'}, {"вд", 'E'}, {"зд", 'W'}, {"тк", 'N'}, {"чу", 'E'}, {"n", 'N'},
    {"s", 'S'},  {"e", 'E'},  {"w", 'W'},  {"с", 'N'},  {"ю", 'S'},  {"в", 'E'},  {"з", 'W'},
};

static const char *mark_of(gunichar c) {
    switch (c) {
    case 0x00B0: // degree sign
    case 0x00BA: // masculine ordinal
    case 0x02DA: // ring above
        return DEGREE;
    case '\'':
    case 0x2019:
    case 0x2032:
    case 0x00B4:
    case 0x02B9:
        return "'";
    case '"':
    case 0x201C:
    case 0x201D:
    case 0x2033:
    case 0x02BA:
        return "\"";
    case 0x2212:
    case 0x2013:
        return "-";
    default:
        return NULL;
    }
}

/* The letters at `*p`, dots and spaces between them dropped; moves behind them. */
static char *take_letters(const char **p) {
    GString *word = g_string_new(NULL);
    const char *end = *p;
    for (const char *q = *p; *q; q = g_utf8_next_char(q)) {
        const gunichar c = g_utf8_get_char(q);
        if (g_unichar_isalpha(c))
            g_string_append_unichar(word, c);
        else if (c != '.' && (c != ' ' || q == *p || q[-1] != '.'))
            break;
        if (c != ' ')
            end = g_utf8_next_char(q);
    }
    *p = end;
    return g_string_free(word, FALSE);
}

static char letter_of(const char *word) {
    for (size_t i = 0; i < G_N_ELEMENTS(COMPASS); i++)
        if (g_str_equal(word, COMPASS[i].words))
            return COMPASS[i].letter;
    return '\0';
}

/* An exponent, not the east: one digit behind 'e', or a sign and digits. */
static bool is_exponent(const char *p, const GString *before) {
    if (*p != 'e' || before->len == 0 || !g_ascii_isdigit(before->str[before->len - 1]))
        return false;
    const char *digits = p + 1 + (p[1] == '+' || p[1] == '-');
    const size_t n = strspn(digits, "0123456789");
    return n > 0 && n <= 2 && (digits > p + 1 || n == 1) && digits[n] != '.';
}

/* NULL where a letter is none of the compass. Returns: (transfer full). */
static char *write_plainly(const char *text) {
    if (strlen(text) > LONGEST || !g_utf8_validate(text, -1, NULL))
        return NULL;
    g_autofree char *lower = g_utf8_strdown(text, -1);
    g_autoptr(GString) out = g_string_new(NULL);
    for (const char *p = lower; *p;) {
        const gunichar c = g_utf8_get_char(p);
        const char *mark = mark_of(c);
        if (g_unichar_isalpha(c) && !mark && !is_exponent(p, out)) {
            g_autofree char *word = take_letters(&p);
            const char letter = letter_of(word);
            if (!letter)
                return NULL;
            g_string_append_c(out, letter);
            continue;
        }
        if (mark)
            g_string_append(out, mark);
        else
            g_string_append_unichar(out, g_unichar_isspace(c) ? ' ' : c);
        p = g_utf8_next_char(p);
    }
    g_strstrip(out->str);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* ---- one angle ---- */

static bool fail(char **reason, const char *why) {
    *reason = g_strdup_printf("%s; write degrees, such as 42.87", why);
    return false;
}

static const char *skip_space(const char *p) {
    while (*p == ' ')
        p++;
    return p;
}

/* A number at `*p`; moves behind it. */
static bool take_part(const char **p, double limit, double *value, bool *whole) {
    static const char digits[] = "0123456789";
    const char *start = *p, *end = start + (*start == '-' || *start == '+');
    end += strspn(end, digits);
    const char *sign = end;
    if ((*end == '.' || *end == ',') && g_ascii_isdigit(end[1]))
        end += 1 + strspn(end + 1, digits);
    if (*end == 'e')
        end += 2 + strspn(end + 2, digits); // a sign or a digit is behind it, as is_exponent() saw
    g_autofree char *text = g_strndup(start, (size_t)(end - start));
    g_autofree char *reason = NULL;
    *whole = end == sign;
    *p = skip_space(end);
    const GapNumberLimits limits = {-limit, limit};
    return gap_number_read(text, GAP_DECIMAL_OPEN, &limits, value, &reason);
}

static bool take_mark(const char **p, const char *mark) {
    if (!g_str_has_prefix(*p, mark))
        return false;
    *p = skip_space(*p + strlen(mark));
    return true;
}

/* Minutes and seconds at `*p`, where there are any, onto `degrees`, which are whole and not
 * negative. */
static bool take_sixtieths(const char **p, double *degrees, char **reason) {
    double part[2] = {0, 0};
    bool whole = true;
    for (int i = 0; i < 2 && whole && g_ascii_isdigit(**p); i++) {
        if (!take_part(p, 59.999999999, &part[i], &whole))
            return fail(reason, "minutes or seconds of 60 and more, or no number");
        // Two strokes of minutes are one of seconds.
        if (i == 0)
            take_mark(p, "'");
        else if (!take_mark(p, "\""))
            while (take_mark(p, "'"))
                ;
    }
    *degrees += part[0] / 60 + part[1] / 3600;
    return true;
}

static GapAxis axis_of(char letter) {
    return letter == 'N' || letter == 'S'   ? GAP_AXIS_LAT
           : letter == 'E' || letter == 'W' ? GAP_AXIS_LON
                                            : GAP_AXIS_OPEN;
}

static char take_letter(const char **p) {
    const char letter = axis_of(**p) == GAP_AXIS_OPEN ? '\0' : **p;
    if (letter)
        *p = skip_space(*p + 1);
    return letter;
}

/* `text` is written plainly. */
static bool read_angle(const char *text, double *degrees, GapAxis *axis, char **reason) {
    const char *p = skip_space(text);
    char letter = take_letter(&p);
    const bool negative = *p == '-';
    bool whole;
    if (!take_part(&p, 180, degrees, &whole))
        return fail(reason, "no number of degrees within 180");
    *degrees = fabs(*degrees);
    if (!take_mark(&p, DEGREE))
        take_mark(&p, "*"); // where a keyboard has no degree sign
    if (whole && !take_sixtieths(&p, degrees, reason))
        return false;
    if (!letter)
        letter = take_letter(&p);
    *axis = axis_of(letter);
    if (*p)
        return fail(reason, "more than one number of degrees, or something behind it");
    if (letter && negative)
        return fail(reason, "a minus beside a letter of the compass");
    if (*degrees > (*axis == GAP_AXIS_LAT ? 90 : 180))
        return fail(reason, "beyond 180 degrees (latitude: 90)");
    if (negative || letter == 'S' || letter == 'W')
        *degrees = -*degrees;
    return true;
}

/* "-74.59", what nearly all cells hold: no need to look further. */
static bool read_plain(const char *text, double *degrees) {
    const char *digits = text + (*text == '-');
    const size_t whole = strspn(digits, "0123456789");
    const size_t length = digits[whole] == '.' ? 1 + strspn(digits + whole + 1, "0123456789") : 0;
    if (whole == 0 || whole > 3 || length == 1 || length > 16 || digits[whole + length])
        return false;
    *degrees = g_ascii_strtod(text, NULL);
    return fabs(*degrees) <= 180;
}

bool gap_angle_read(const char *text, double *degrees, GapAxis *axis, char **reason) {
    *axis = GAP_AXIS_OPEN;
    if (read_plain(text, degrees))
        return true;
    g_autofree char *plain = write_plainly(text);
    return plain ? read_angle(plain, degrees, axis, reason) : fail(reason, "not an angle");
}

/* ---- two of them ---- */

/* Where the second of two angles starts by their letters: before the second letter where the first
 * leads, else behind the first letter. */
static const char *split_by_letters(const char *text) {
    const size_t first = strcspn(text, "NSEW");
    if (!text[first])
        return NULL;
    if (first > 0)
        return text + first + 1;
    const size_t second = 1 + strcspn(text + 1, "NSEW");
    return text[second] ? text + second : NULL;
}

/* Where the number with the second degree sign starts. */
static const char *split_by_degrees(const char *text) {
    const char *sign = strstr(text, DEGREE);
    const char *p = sign ? strstr(sign + strlen(DEGREE), DEGREE) : NULL;
    if (!p || strstr(p + strlen(DEGREE), DEGREE))
        return NULL;
    while (p > sign && p[-1] == ' ')
        p--;
    while (p > sign && strchr("0123456789.,+-", p[-1]))
        p--;
    while (p[0] == ',' || p[0] == '.')
        p++; // of the gap, not of the number
    return p;
}

static size_t count(const char *text, char c) {
    size_t n = 0;
    for (; *text; text++)
        n += *text == c;
    return n;
}

/* Bare numbers: the only comma where points are the decimal signs or a space is behind it, else the
 * middle one of an odd number of gaps. */
static const char *split_by_gaps(const char *text) {
    const char *comma = strchr(text, ',');
    if (count(text, ',') == 1 && (strchr(text, '.') || comma[1] == ' ') && strncmp(comma, ",.", 2))
        return comma + 1;
    size_t gaps = 0;
    for (const char *p = text; *p; p++)
        gaps += *p == ' ' && p[1] != ' ';
    if (gaps % 2 == 0)
        return NULL;
    size_t left = gaps / 2 + 1;
    for (const char *p = text; *p; p++)
        if (*p == ' ' && p[1] != ' ' && --left == 0)
            return p + 1;
    return NULL;
}

/* The second angle in `text`; what parts them is made to end the first. NULL: not two. */
static char *split(char *text) {
    char *strong = strpbrk(text, ";/|");
    const char *second = strong                  ? (strpbrk(strong + 1, ";/|") ? NULL : strong + 1)
                         : strpbrk(text, "NSEW") ? split_by_letters(text)
                         : strstr(text, DEGREE)  ? split_by_degrees(text)
                                                 : split_by_gaps(text);
    if (!second)
        return NULL;
    char *rest = g_strdup(second + strspn(second, " ,;"));
    char *end = text + (second - text);
    while (end > text && strchr(" ,;/|", end[-1]))
        end--;
    *end = '\0';
    return rest;
}

static bool in_box(const GapBox *box, double lon, double lat) {
    return lon >= box->min_x && lon <= box->max_x && lat >= box->min_y && lat <= box->max_y;
}

/* Whether the first of two is the longitude. */
static bool longitude_first(const double at[2], const GapAxis axis[2], const GapBox *box) {
    if (axis[0] != GAP_AXIS_OPEN || axis[1] != GAP_AXIS_OPEN)
        return axis[0] == GAP_AXIS_LON || axis[1] == GAP_AXIS_LAT;
    if (box && in_box(box, at[0], at[1]) != in_box(box, at[1], at[0]))
        return in_box(box, at[0], at[1]);
    return fabs(at[0]) > 90;
}

bool gap_coordinates_read(const char *text, const GapBox *box, double *lon, double *lat,
                          char **reason) {
    g_autofree char *plain = write_plainly(text);
    if (plain && g_str_has_prefix(plain, "(") && g_str_has_suffix(plain, ")")) {
        plain[strlen(plain) - 1] = '\0';
        memmove(plain, plain + 1, strlen(plain));
    }
    g_autofree char *second = plain ? split(plain) : NULL;
    double at[2];
    GapAxis axis[2];
    if (!second) {
        *reason = g_strdup("not two coordinates that can be told apart; write 42.87, 74.59");
        return false;
    }
    if (!read_angle(plain, &at[0], &axis[0], reason) ||
        !read_angle(second, &at[1], &axis[1], reason))
        return false;
    if (axis[0] == axis[1] && axis[0] != GAP_AXIS_OPEN)
        return fail(reason, "two of one direction");
    const bool swapped = longitude_first(at, axis, box);
    *lon = at[!swapped];
    *lat = at[swapped];
    return fabs(*lat) <= 90 || fail(reason, "a latitude beyond 90 degrees");
}
