#include "geo/base/units.h"
#include "geo/text/text.h"

#include <math.h>
#include <string.h>

#define MINUS      "\u2212"
#define THIN_SPACE "\u202F" /* narrow and never broken */
#define EN_DASH    "\u2013"

enum { EN, RU, KY };

static int language(const char *lang) {
    return g_strcmp0(lang, "ru") == 0 ? RU : g_strcmp0(lang, "ky") == 0 ? KY : EN;
}

/** Whether the digits of a C number are all zero, so that no minus stands before nothing. */
static bool is_zero(const char *digits) {
    return digits[strspn(digits, "0.")] == '\0';
}

char *gap_format_power(double value, int most, const char *lang) {
    static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    char digits[G_ASCII_DTOSTR_BUF_SIZE], format[8];
    int decimals = -1;
    do {
        g_snprintf(format, sizeof format, "%%.%de", ++decimals);
        g_ascii_formatd(digits, sizeof digits, format, value);
    } while (decimals < most && g_ascii_strtod(digits, NULL) != value);
    char *mark = strchr(digits, 'e');
    *mark = '\0';
    g_autofree char *times = gap_format_number(g_ascii_strtod(digits, NULL), decimals, lang);
    GString *text = g_string_new(times);
    g_string_append(text, mark[1] == '-' ? "×10⁻" : "×10");
    for (const char *c = mark + 2 + (mark[2] == '0'); *c; c++)
        g_string_append(text, raised[*c - '0']);
    return g_string_free(text, FALSE);
}

char *gap_format_number(double value, int decimals, const char *lang) {
    if (isnan(value))
        return g_strdup(EN_DASH);
    if (isinf(value))
        return g_strdup(value < 0 ? MINUS "\u221E" : "\u221E");
    if (fabs(value) >= 1e15)
        return gap_format_power(value, 3, lang);
    char format[8], digits[64];
    g_snprintf(format, sizeof format, "%%.%df", CLAMP(decimals, 0, 17));
    g_ascii_formatd(digits, sizeof digits, format, fabs(value));

    bool english = language(lang) == EN;
    GString *out = g_string_new(value < 0 && !is_zero(digits) ? MINUS : NULL);
    size_t whole = strcspn(digits, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            g_string_append(out, english ? "," : THIN_SPACE);
        g_string_append_c(out, digits[i]);
    }
    if (digits[whole]) {
        g_string_append_c(out, english ? '.' : ',');
        g_string_append(out, digits + whole + 1);
    }
    return g_string_free(out, FALSE);
}

char *gap_format_percent(double share, int decimals, const char *lang) {
    char *number = gap_format_number(share * 100, decimals, lang);
    if (isnan(share))
        return number;
    char *percent = g_strconcat(number, language(lang) == EN ? "%" : THIN_SPACE "%", NULL);
    g_free(number);
    return percent;
}

char *gap_format_share(double share, const char *lang) {
    double left = fmin(share, 1 - share); // to nothing or to all
    const double half = 0.005 + 1e-9;     // which would be rounded to an even number, 0 or 100
    bool near = left > 0 && left < half, next = near && left < half / 10;
    double shown = !next ? share : share < 0.5 ? 0.001 : 0.999;
    g_autofree char *percent = gap_format_percent(shown, near ? 1 : 0, lang);
    return g_strconcat(!next ? "" : share < 0.5 ? "< " : "> ", percent, NULL);
}

char *gap_format_date(const char *iso, const char *lang) {
    /* Russian months stand in the genitive; Kyrgyz ones carry the possessive ending, whose vowel
     * follows the last one of the stem, with the soft sign dropped before it. */
    static const char *const months[][12] = {
        [EN] = {"January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December"},
        [RU] = {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
                "сентября", "октября", "ноября", "декабря"},
        [KY] = {"январы", "февралы", "марты", "апрели", "майы", "июну", "июлу", "августу",
                "сентябры", "октябры", "ноябры", "декабры"},
    };
    GDate date;
    if (!gap_parse_date(iso, &date, NULL))
        return g_strdup(iso);
    int speech = language(lang), year = g_date_get_year(&date), day = g_date_get_day(&date);
    const char *month = months[speech][g_date_get_month(&date) - 1];
    if (speech == KY)
        return g_strdup_printf("%d-жылдын %d-%s", year, day, month);
    return g_strdup_printf("%d %s %d%s", day, month, year, speech == RU ? " г." : "");
}
