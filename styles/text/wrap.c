// Lines of a label that are about equally long: the narrowest box that has no more lines.
#include "styles/text/layout.h"

#include <math.h>

static double width_at(PangoLayout *layout, double wrap) {
    PangoRectangle logical;
    pango_layout_set_width(layout, (int)lround(wrap * PANGO_SCALE));
    pango_layout_get_extents(layout, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

static guint lines_at(PangoLayout *layout, double wrap) {
    pango_layout_set_width(layout, (int)lround(wrap * PANGO_SCALE));
    return (guint)pango_layout_get_line_count(layout);
}

static PangoLayout *broken_at_words(GapFonts *fonts, const char *text, const GapTextLook *look) {
    GapTextLook plain = *look;
    plain.wrap = plain.lines = 1;
    PangoLayout *layout = gap_fonts_layout(fonts, text, &plain);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_NONE);
    return layout;
}

guint gap_fonts_lines(GapFonts *fonts, const char *text, const GapTextLook *look, double width) {
    g_autoptr(PangoLayout) layout = broken_at_words(fonts, text, look);
    return lines_at(layout, width);
}

/** Between the longest word and `high`, at which the lines are few enough. */
static double narrowest(PangoLayout *layout, guint lines, double high) {
    double low = width_at(layout, 0);
    if (lines_at(layout, low) <= lines)
        return low;
    while (high - low > 1) {
        double middle = (low + high) / 2;
        if (lines_at(layout, middle) <= lines)
            high = middle;
        else
            low = middle;
    }
    return high;
}

double gap_fonts_width_in_lines(GapFonts *fonts, const char *text, const GapTextLook *look,
                                guint lines) {
    g_autoptr(PangoLayout) layout = broken_at_words(fonts, text, look);
    double width = width_at(layout, G_MAXINT / PANGO_SCALE);
    if (lines > 1)
        width = narrowest(layout, lines, width);
    return ceil(width + fabs(look->spacing)) + 1; // a line's last letter is spaced too
}

char *gap_fonts_between_things(GapFonts *fonts, const char *text, const char *between,
                               const GapTextLook *l) {
    g_auto(GStrv) things = g_strsplit(text, between, -1);
    g_autoptr(GString) lines = g_string_new(NULL);
    gsize line = 0; // where the last one begins
    for (char **thing = things; *thing; thing++) {
        g_autofree char *longer = g_strconcat(lines->str + line, between, *thing, NULL);
        bool same = lines->len > line && gap_fonts_width(fonts, longer, l) <= l->wrap;
        if (lines->len && !same)
            line = g_string_append_c(lines, '\n')->len;
        g_string_append_printf(lines, "%s%s", same ? between : "", *thing);
    }
    double w, least, h;
    gap_fonts_measure(fonts, text, l, &w, &least);
    gap_fonts_measure(fonts, lines->str, l, &w, &h);
    return g_strdup(h > least ? text : lines->str);
}
