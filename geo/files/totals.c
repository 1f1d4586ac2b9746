#include "geo/files/totals.h"

#include <string.h>

// Small letters, since that is what text is compared in.
static const char *const TOTALS[] = {"итого",       "всего",       "итог",
                                     "общий итог",  "подитог",     "подытог",
                                     "барды",       "бардыгы",     "баардыгы",
                                     "баары",       "жыйынтык",    "жыйынтыгы",
                                     "жалпы",       "жалпы саны",  "жалпысынан",
                                     "баары болуп", "total",       "totals",
                                     "sum",         "grand total", "sub-total",
                                     "subtotal",    "sub total",   "overall total",
                                     "сумма",       "общая сумма", "промежуточный итог"};
// "Всего по области", "Чуй Итог": what Excel's own totals are called.
static const char *const BEGINNINGS[] = {"итого по ", "всего по ",  "итого за ",
                                         "всего за ", "total for ", "total of "};
static const char *const ENDINGS[] = {" итог", " итого", " total", " жыйынтыгы"};
static const char *const NOTES[] = {"примечани", "источник", "эскертүү", "эскертуу",  "булак",
                                    "булаг",     "note",     "source",   "по данным", "данные:"};

// Folded, without marks at both ends.
static char *bare(const char *text) {
    g_autofree char *folded = g_utf8_casefold(text, -1);
    GString *out = g_string_new(NULL);
    for (const char *p = folded; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        const bool space = g_unichar_isspace(c) || (out->len == 0 && !g_unichar_isalnum(c));
        if (!space)
            g_string_append_unichar(out, c);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    while (out->len && strchr(" :.,;-=*", out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

bool gap_is_total(const char *text) {
    if (strlen(text) > 200)
        return false;
    g_autofree char *words = bare(text);
    for (size_t i = 0; i < G_N_ELEMENTS(TOTALS); i++)
        if (!strcmp(words, TOTALS[i]))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(BEGINNINGS); i++)
        if (g_str_has_prefix(words, BEGINNINGS[i]))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(ENDINGS); i++)
        if (g_str_has_suffix(words, ENDINGS[i]))
            return true;
    return false;
}

bool gap_is_footnote(const char *text) {
    if (*text == '*' || (g_ascii_isdigit(*text) && text[1] == ')'))
        return true;
    g_autofree char *start = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), 20));
    g_autofree char *words = bare(start);
    for (size_t i = 0; i < G_N_ELEMENTS(NOTES); i++)
        if (g_str_has_prefix(words, NOTES[i]))
            return true;
    return false;
}
