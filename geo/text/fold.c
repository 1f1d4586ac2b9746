#include "geo/text/internal.h"
#include "geo/text/text.h"

#include <string.h>
#include <unicode/unorm2.h>

bool gap_text_is_apostrophe(gunichar c) {
    static const gunichar marks[] = {'\'',   '`',    0x00B4, 0x02B9, 0x02BB, 0x02BC, 0x02BD,
                                     0x02C8, 0x2018, 0x2019, 0x201B, 0x2032, 0x2035, 0xFF07};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (marks[i] == c)
            return true;
    return false;
}

static bool is_gap(gunichar c) {
    return g_unichar_isspace(c) || g_unichar_iscntrl(c) || gap_text_is_apostrophe(c) ||
           c == 0x2212 || g_unichar_type(c) == G_UNICODE_DASH_PUNCTUATION;
}

/** `text`, valid UTF-8, with every run of gaps made one space and none at the ends. */
static char *close_gaps(const char *text) {
    GString *out = g_string_sized_new(strlen(text));
    bool gap = false;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (is_gap(c)) {
            gap = true;
            continue;
        }
        if (gap && out->len > 0)
            g_string_append_c(out, ' ');
        g_string_append_unichar(out, c);
        gap = false;
    }
    return g_string_free(out, FALSE);
}

char *gap_text_casefold(const char *text) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&status);
    glong length = 0;
    g_autofree gunichar2 *wide = g_utf8_to_utf16(text, -1, NULL, &length, NULL);
    if (U_FAILURE(status) || !wide || length > G_MAXINT32)
        return g_strdup(text);
    int32_t room = unorm2_normalize(form, wide, (int32_t)length, NULL, 0, &status);
    if (status != U_BUFFER_OVERFLOW_ERROR)
        return g_strdup(U_SUCCESS(status) ? "" : text);
    status = U_ZERO_ERROR;
    g_autofree UChar *folded = g_new(UChar, room);
    room = unorm2_normalize(form, wide, (int32_t)length, folded, room, &status);
    return g_utf16_to_utf8(folded, room, NULL, NULL, NULL);
}

char *gap_text_fold(const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    /* Gaps first, since NFKC tears an acute accent used as an apostrophe into two; and again,
     * since it makes spaces and marks out of their compatible forms. */
    g_autofree char *closed = close_gaps(valid);
    g_autofree char *folded = gap_text_casefold(closed);
    return close_gaps(folded);
}
