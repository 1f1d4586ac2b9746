#include "geo/files/degree.h"

#include <math.h>

void gap_put_degree(GString *out, double value) {
    enum { UNIT = 10000000, DECIMALS = 7 };
    if (fabs(value) > 1e9) {
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        g_string_append(out, g_ascii_formatd(text, sizeof text, "%.15g", value));
        return;
    }
    const long long scaled = llround(value * UNIT), part = llabs(scaled) % UNIT;
    g_string_append_printf(out, "%s%lld", scaled < 0 ? "-" : "", llabs(scaled) / UNIT);
    if (part == 0)
        return;
    g_string_append_printf(out, ".%0*lld", DECIMALS, part);
    gsize n = out->len;
    while (out->str[n - 1] == '0')
        n--;
    g_string_truncate(out, n);
}
