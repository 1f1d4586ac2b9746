#include "geo/text/date.h"

#include <string.h>

enum { LONGEST = 64, EARLIEST = 1800 };

#define HOW "write YYYY-MM-DD, 2017-12-31"

/* Numbers of a date as they stand, and the sign between them; '\0': a month in letters. */
typedef struct {
    int number[3];
    char sign;
    bool year_first, short_year;
} Parts;

/* Made once; they live as long as the program. */
static const GRegex *pattern(gsize *once, const char *text) {
    if (g_once_init_enter(once)) {
        GRegex *made = g_regex_new(text, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
        g_once_init_leave(once, (gsize)made);
    }
    return (const GRegex *)*once;
}

/* A time behind the day is dropped. */
#define TIME "(?:[T ]\\s*\\d{1,2}:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?\\s*(?:Z|[+-]\\d\\d:?\\d\\d)?)?$"

static int take_int(const GMatchInfo *match, int group) {
    g_autofree char *text = g_match_info_fetch(match, group);
    return (int)g_ascii_strtoll(text, NULL, 10);
}

static bool read_figures(const char *text, Parts *parts) {
    static gsize once;
    const GRegex *figures = pattern(
        &once, "^(\\d{1,2}|\\d{4})([-./])(\\d{1,2})\\2(\\d{1,2}|\\d{4})(?: ?[гж]\\.?)?" TIME);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(figures, text, 0, &match))
        return false;
    g_autofree char *first = g_match_info_fetch(match, 1), *last = g_match_info_fetch(match, 4);
    g_autofree char *sign = g_match_info_fetch(match, 2);
    *parts = (Parts){{take_int(match, 1), take_int(match, 3), take_int(match, 4)},
                     *sign,
                     strlen(first) == 4,
                     strlen(first) != 4 && strlen(last) != 4};
    return strlen(first) != 4 || strlen(last) != 4;
}

/* The number of the month that a word in small letters stands for, by its first three letters; 0
 * for none. They are the same in Russian and Kyrgyz but for May. */
static int month_of(const char *word) {
    static const char *const stems[][3] = {
        {"jan", "янв"},        {"feb", "фев"}, {"mar", "мар"}, {"apr", "апр"},
        {"may", "май", "мая"}, {"jun", "июн"}, {"jul", "июл"}, {"aug", "авг"},
        {"sep", "сен"},        {"oct", "окт"}, {"nov", "ноя"}, {"dec", "дек"},
    };
    for (size_t m = 0; m < G_N_ELEMENTS(stems); m++)
        for (size_t i = 0; i < 3 && stems[m][i]; i++)
            if (g_str_has_prefix(word, stems[m][i]))
                return (int)m + 1;
    return 0;
}

/* "31 декабря 2017 г.", "2017-жылдын 31-декабры", "December 31, 2017": one of each, in any order.
 */
static bool read_words(const char *text, Parts *parts) {
    static const char *const fillers[] = {"г",    "год",    "года",  "ж", "жыл",
                                          "жылы", "жылдын", "жылга", "",  NULL};
    g_autofree char *lower = g_utf8_strdown(text, -1);
    g_auto(GStrv) words = g_strsplit_set(lower, " ,.-\"", -1);
    int day = 0, month = 0, year = 0;
    for (char **word = words; *word; word++) {
        const size_t digits = strspn(*word, "0123456789"), length = strlen(*word);
        int *part = digits == 4 ? &year : digits > 0 ? &day : &month;
        if (g_strv_contains(fillers, *word))
            continue;
        if (*part || (digits && (digits != length || digits == 3 || digits > 4)))
            return false;
        *part = digits ? (int)g_ascii_strtoll(*word, NULL, 10) : month_of(*word);
        if (!*part)
            return false;
    }
    *parts = (Parts){{day, month, year}};
    return day && month && year;
}

static bool set_date(GDate *date, int day, int month, int year) {
    if (year < EARLIEST || !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return false;
    g_date_clear(date, 1);
    g_date_set_dmy(date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return true;
}

static bool with_strokes(const Parts *parts) {
    return parts->sign == '/' && !parts->year_first && !parts->short_year;
}

void gap_date_evidence_add(GapDateEvidence *evidence, const char *text) {
    Parts parts;
    if (!text || !strchr(text, '/') || strlen(text) > LONGEST || !read_figures(text, &parts) ||
        !with_strokes(&parts))
        return;
    evidence->seen[GAP_DAY_FIRST] += parts.number[0] > 12;
    evidence->seen[GAP_MONTH_FIRST] += parts.number[1] > 12;
}

GapDayOrder gap_date_evidence_weigh(const GapDateEvidence *evidence) {
    if (!evidence->seen[GAP_DAY_FIRST] == !evidence->seen[GAP_MONTH_FIRST])
        return GAP_DAY_OPEN;
    return evidence->seen[GAP_DAY_FIRST] ? GAP_DAY_FIRST : GAP_MONTH_FIRST;
}

static char *no_date(const char *text) {
    const size_t digits = strspn(text, "0123456789");
    if (digits == 4 && !text[4])
        return g_strdup("a year, not a day; " HOW);
    if (digits == 5 && !text[5])
        return g_strdup("a spreadsheet's count of days; format the column as dates, or " HOW);
    return g_strdup("not a date; " HOW);
}

static bool take_figures(const Parts *parts, GapDayOrder order, GDate *date, char **reason) {
    const int *n = parts->number;
    if (parts->short_year) {
        *reason = g_strdup("a year of two digits; " HOW);
        return false;
    }
    if (with_strokes(parts) && order == GAP_DAY_OPEN && n[0] <= 12 && n[1] <= 12 && n[0] != n[1]) {
        *reason = g_strdup_printf("could be day %d of month %d or day %d of month %d; " HOW, n[0],
                                  n[1], n[1], n[0]);
        return false;
    }
    const bool month_first =
        with_strokes(parts) && (order == GAP_MONTH_FIRST || (order == GAP_DAY_OPEN && n[1] > 12));
    const bool taken = parts->year_first ? set_date(date, n[2], n[1], n[0])
                       : month_first     ? set_date(date, n[1], n[0], n[2])
                                         : set_date(date, n[0], n[1], n[2]);
    if (!taken)
        *reason = g_strdup("not a date: no such day in the calendar since 1800; " HOW);
    return taken;
}

bool gap_date_read(const char *text, GapDayOrder order, GDate *date, char **reason) {
    Parts parts;
    g_autofree char *bare = g_strstrip(g_strndup(text, LONGEST + 1));
    if (strlen(text) <= LONGEST && g_utf8_validate(bare, -1, NULL) &&
        (read_figures(bare, &parts) || read_words(bare, &parts)))
        return take_figures(&parts, order, date, reason);
    *reason = no_date(bare);
    return false;
}
