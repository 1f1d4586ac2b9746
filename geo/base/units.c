#include "geo/base/units.h"

#include "geo/base/error.h"

#include <math.h>
#include <string.h>

typedef struct {
    const char *name;
    double factor;
} Unit;

static const char *skip_space(const char *p) {
    while (g_unichar_isspace(g_utf8_get_char_validated(p, -1)))
        p = g_utf8_next_char(p);
    return p;
}

/** Reads a decimal number at `*p` and moves behind it. Only the letters of decimal numbers are
 *  handed to strtod, which would also take "inf", "nan" and "0x1f". */
static bool take_number(const char **p, double *number) {
    size_t span = strspn(*p, "+-.0123456789eE");
    g_autofree char *digits = g_strndup(*p, span);
    char *end = NULL;
    *number = g_ascii_strtod(digits, &end);
    *p += end - digits;
    return end != digits && isfinite(*number);
}

static bool fail_value(GError **error, const char *text, const char *what) {
    g_autofree char *shown = gap_printable(text, 60);
    return gap_fail(error, GAP_ERROR_INPUT, "'%s' is not %s", shown, what);
}

static bool parse_quantity(const char *text, const Unit *units, double *value) {
    const char *p = skip_space(text);
    if (!take_number(&p, value) || signbit(*value))
        return false;
    p = skip_space(p);
    for (; units->name; units++) {
        size_t length = strlen(units->name);
        if (g_ascii_strncasecmp(p, units->name, length) == 0 && !*skip_space(p + length)) {
            *value *= units->factor;
            return isfinite(*value);
        }
    }
    return false;
}

bool gap_parse_length_m(const char *text, double *metres, GError **error) {
    static const Unit units[] = {{"km", 1000}, {"m", 1}, {"км", 1000}, {"м", 1}, {NULL, 0}};
    return parse_quantity(text, units, metres) ||
           fail_value(error, text, "a length: write a number and its unit, 5 km or 800 m");
}

bool gap_parse_duration_s(const char *text, double *seconds, GError **error) {
    static const Unit units[] = {{"min", 60}, {"h", 3600}, {"s", 1}, {"мин", 60},
                                 {"ч", 3600}, {"с", 1},    {NULL, 0}};
    return parse_quantity(text, units, seconds) ||
           fail_value(error, text, "a time: write a number and its unit, 90 min, 2 h or 30 s");
}

static bool parse_limit(const char *text, double *limit, bool *minutes, GError **error) {
    g_autoptr(GError) no_length = NULL, no_time = NULL;
    *minutes = false;
    bool ok = gap_parse_length_m(text, limit, &no_length);
    if (!ok && (ok = gap_parse_duration_s(text, limit, &no_time))) {
        *minutes = true;
        *limit /= 60;
    }
    if (ok)
        return *limit > 0 || fail_value(error, text, "above 0");
    return fail_value(error, text, "a length or a time: write a number and its unit, 5 km, 30 min");
}

GArray *gap_parse_limits(const char *text, bool *minutes, GError **error) {
    g_autoptr(GArray) limits = g_array_new(FALSE, FALSE, sizeof(double));
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    for (char **part = parts; *part; part++) {
        double limit;
        bool is_time;
        if (!parse_limit(g_strstrip(*part), &limit, &is_time, error))
            return NULL;
        if (limits->len && is_time != *minutes) {
            fail_value(error, text, "all lengths or all times");
            return NULL;
        }
        *minutes = is_time;
        g_array_append_val(limits, limit);
    }
    if (limits->len)
        return g_steal_pointer(&limits);
    fail_value(error, text, "a length or a time: write a number and its unit, 5 km, 30 min");
    return NULL;
}

bool gap_parse_number(const char *text, double *number, GError **error) {
    const char *p = skip_space(text);
    return (take_number(&p, number) && !*skip_space(p)) ||
           fail_value(error, text, "a number: write digits with a point, 1250.5");
}

/** `n` digits at `p` as a number, or -1. */
static int digits(const char *p, int n) {
    int value = 0;
    for (int i = 0; i < n; i++) {
        if (!g_ascii_isdigit(p[i]))
            return -1;
        value = 10 * value + (p[i] - '0');
    }
    return value;
}

bool gap_parse_date(const char *text, GDate *date, GError **error) {
    if (strlen(text) == 10 && text[4] == '-' && text[7] == '-') {
        int year = digits(text, 4), month = digits(text + 5, 2), day = digits(text + 8, 2);
        if (year > 0 && month > 0 && day > 0 &&
            g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year)) {
            g_date_clear(date, 1);
            g_date_set_dmy(date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
            return true;
        }
    }
    return fail_value(error, text, "a date of the calendar: write YYYY-MM-DD, 2017-12-31");
}

bool gap_parse_years(const char *text, int *first, int *last, GError **error) {
    const char *p = skip_space(text);
    *first = *last = digits(p, 4);
    bool good = *first >= 0;
    if (good && *(p = skip_space(p + 4))) {
        // An en dash is what reports write between years.
        size_t dash = *p == '-' ? 1 : g_str_has_prefix(p, "–") ? strlen("–") : 0;
        p = skip_space(p + dash);
        *last = digits(p, 4);
        good = dash && *last >= 0 && !*skip_space(p + 4);
    }
    return (good && *first >= 1900 && *first <= *last && *last <= 2200) ||
           fail_value(error, text, "a year or a range of years: write 2017 or 2014-2017");
}

char *gap_today(void) {
    const char *epoch = g_getenv("SOURCE_DATE_EPOCH");
    guint64 seconds = 0;
    g_autoptr(GDateTime) day = NULL;
    if (epoch && g_ascii_string_to_unsigned(epoch, 10, 0, G_MAXINT64, &seconds, NULL))
        day = g_date_time_new_from_unix_utc((gint64)seconds);
    if (!day)
        day = g_date_time_new_now_utc();
    return g_date_time_format(day, "%Y-%m-%d");
}

/** The fewest digits that read back as `value` times `factor`, or NULL where none do. */
static char *shortest(double value, double factor, double want) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    for (int precision = 15; precision <= 17; precision++) {
        char format[8];
        g_snprintf(format, sizeof format, "%%.%dg", precision);
        g_ascii_formatd(text, sizeof text, format, value);
        bool plain = precision == 17 || !strchr(text, 'e'); // 800, not 8e+02
        if (plain && g_ascii_strtod(text, NULL) * factor == want)
            return g_strdup(text);
    }
    return NULL;
}

char *gap_format_length(double metres) {
    g_autofree char *km = metres >= 1000 ? shortest(metres / 1000, 1000, metres) : NULL;
    if (km)
        return g_strconcat(km, " km", NULL);
    g_autofree char *m = shortest(metres, 1, metres);
    return g_strconcat(m ? m : "?", " m", NULL);
}

char *gap_format_minutes(double minutes) {
    g_autofree char *number = shortest(minutes, 1, minutes);
    return g_strconcat(number ? number : "?", " min", NULL);
}
