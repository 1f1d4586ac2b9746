#include "geo/base/error.h"

G_DEFINE_QUARK(gap - error - quark, gap_error)

char *gap_printable(const char *text, size_t limit) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_new(NULL);
    size_t n = 0;
    for (const char *p = valid; *p; p = g_utf8_next_char(p), n++) {
        if (n == limit) {
            g_string_append(out, "…");
            break;
        }
        gunichar c = g_utf8_get_char(p);
        // Format characters (category Cf) hide or reorder text on a terminal, so they go too.
        if (g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT)
            g_string_append_printf(out, "\\u%04X", c);
        else
            g_string_append_unichar(out, c);
    }
    return g_string_free(out, FALSE);
}

static void append_place(GString *out, GapPlace place) {
    if (place.file)
        g_string_append(out, place.file);
    if (place.row)
        g_string_append_printf(out, "%srow %" G_GINT64_FORMAT, out->len ? ", " : "", place.row);
    if (place.field) {
        g_autofree char *field = gap_printable(place.field, 60);
        g_string_append_printf(out, "%sfield %s", out->len ? ", " : "", field);
    }
    if (place.value) {
        g_autofree char *value = gap_printable(place.value, 60);
        g_string_append_printf(out, "%svalue '%s'", out->len ? ", " : "", value);
    }
    if (out->len)
        g_string_append(out, ": ");
}

bool gap_fail_at(GError **error, GapPlace place, const char *format, ...) {
    GString *out = g_string_new(NULL);
    append_place(out, place);
    va_list args;
    va_start(args, format);
    g_string_append_vprintf(out, format, args);
    va_end(args);
    g_set_error_literal(error, GAP_ERROR, GAP_ERROR_INPUT, out->str);
    g_string_free(out, TRUE);
    return false;
}

bool gap_fail(GError **error, GapErrorCode code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autoptr(GError) made = g_error_new_valist(GAP_ERROR, (int)code, format, args);
    va_end(args);
    g_propagate_error(error, g_steal_pointer(&made));
    return false;
}

void gap_note(GPtrArray *notes, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_ptr_array_add(notes, g_strdup_vprintf(format, args));
    va_end(args);
}
