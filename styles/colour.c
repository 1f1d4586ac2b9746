#include "styles/colour.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static bool hex(const char *text, GapColour *colour) {
    size_t n = strlen(text);
    if (n != 3 && n != 6 && n != 8)
        return false;
    double part[4] = {0, 0, 0, 1};
    size_t digits = n == 3 ? 1 : 2;
    for (size_t i = 0; i < n / digits; i++) {
        int high = g_ascii_xdigit_value(text[i * digits]);
        int low = g_ascii_xdigit_value(text[i * digits + digits - 1]);
        if (high < 0 || low < 0)
            return false;
        part[i] = (high * 16 + low) / 255.0;
    }
    *colour = (GapColour){part[0], part[1], part[2], part[3]};
    return true;
}

static bool function(const char *text, GapColour *colour) {
    bool alpha = g_str_has_prefix(text, "rgba(");
    if (!alpha && !g_str_has_prefix(text, "rgb("))
        return false;
    const char *at = strchr(text, '(') + 1;
    double part[4] = {0, 0, 0, 1};
    size_t n = alpha ? 4 : 3;
    for (size_t i = 0; i < n; i++) {
        char *end;
        double top = i < 3 ? 255 : 1;
        part[i] = g_ascii_strtod(at, &end) / top;
        while (*end == ' ')
            end++;
        if (end == at || !(part[i] >= 0 && part[i] <= 1) || *end != (i + 1 == n ? ')' : ','))
            return false;
        at = end + 1;
    }
    *colour = (GapColour){part[0], part[1], part[2], part[3]};
    return *at == '\0';
}

bool gap_colour_parse(const char *text, GapColour *colour) {
    static const struct {
        const char *name;
        GapColour colour;
    } named[] = {{"white", {1, 1, 1, 1}}, {"black", {0, 0, 0, 1}}, {"transparent", {0, 0, 0, 0}}};
    for (size_t i = 0; i < G_N_ELEMENTS(named); i++)
        if (g_str_equal(text, named[i].name)) {
            *colour = named[i].colour;
            return true;
        }
    return text[0] == '#' ? hex(text + 1, colour) : function(text, colour);
}

GapColour gap_colour_fade(GapColour colour, double opacity) {
    colour.a *= CLAMP(opacity, 0, 1);
    return colour;
}

/** A part of sRGB as light: IEC 61966-2-1. */
static double linear(double part) {
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

double gap_colour_luminance(GapColour c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}
