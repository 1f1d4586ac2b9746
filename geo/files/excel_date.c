#include "geo/files/excel_date.h"

#include <math.h>
#include <string.h>

static const double LAST_DAY = 2958466; // 10000-01-01

GapExcelDate gap_excel_date_kind(int format, const char *code) {
    if (!code) {
        const bool time = (format >= 18 && format <= 21) || (format >= 45 && format <= 47);
        const bool date = (format >= 14 && format <= 17) || format == 22 ||
                          (format >= 27 && format <= 36) || (format >= 50 && format <= 58);
        return date ? GAP_EXCEL_DATE : time ? GAP_EXCEL_TIME : GAP_EXCEL_NUMBER;
    }
    GapExcelDate kind = GAP_EXCEL_NUMBER;
    // Only the first section, that of positive numbers.
    for (const char *p = code; *p && *p != ';'; p++) {
        const char *close = *p == '"' ? strchr(p + 1, '"') : *p == '[' ? strchr(p + 1, ']') : NULL;
        if (close)
            p = close;
        else if ((*p == '\\' || *p == '_' || *p == '*') && p[1])
            p++;
        else if (strchr("yYdD", *p))
            return GAP_EXCEL_DATE;
        else if (strchr("hHsS", *p))
            kind = GAP_EXCEL_TIME;
    }
    return kind;
}

static char *plain(const char *text, double value) {
    char shown[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(shown, sizeof shown, "%.15g", value);
    return g_strdup(isfinite(value) ? shown : text);
}

// The second, since half of one is what rounding leaves.
static char *time_of(double part) {
    const int seconds = (int)(part * 86400 + 0.5);
    return g_strdup_printf("%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

char *gap_excel_number(const char *text, GapExcelDate kind, bool since_1904) {
    char *end;
    double value = g_ascii_strtod(text, &end);
    if (end == text || *end)
        return g_strdup(text);
    if (kind == GAP_EXCEL_NUMBER || !(value >= 0 && value < LAST_DAY))
        return plain(text, value);
    value = floor(value * 86400 + 0.5) / 86400;
    const double day = floor(value), part = value - day;
    if (kind == GAP_EXCEL_TIME && day == 0)
        return time_of(part);
    if (day == 0 && !since_1904)
        return plain(text, value);
    GDate date;
    g_date_clear(&date, 1);
    if (since_1904)
        g_date_set_dmy(&date, 1, 1, 1904);
    else
        g_date_set_dmy(&date, day <= 60 ? 31 : 30, 12, 1899);
    g_date_add_days(&date, (guint)day);
    g_autofree char *iso = g_strdup_printf("%04d-%02d-%02d", g_date_get_year(&date),
                                           g_date_get_month(&date), g_date_get_day(&date));
    if (part == 0)
        return g_steal_pointer(&iso);
    g_autofree char *at = time_of(part);
    return g_strconcat(iso, "T", at, NULL);
}
