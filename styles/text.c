#include "styles/text.h"

#include "geo/base/error.h"
#include "styles/text/layout.h"

#include <math.h>
#include <string.h>

struct GapFonts {
    PangoFontMap *map;
    PangoContext *context;
};

static const char family_name[] = "Noto Sans";

static bool family_exists(PangoFontMap *map) {
    PangoFontFamily **families;
    int n;
    bool found = false;
    pango_font_map_list_families(map, &families, &n);
    for (int i = 0; i < n && !found; i++)
        found = g_str_equal(pango_font_family_get_name(families[i]), family_name);
    g_free(families);
    return found;
}

GapFonts *gap_fonts_new(GError **error) {
    g_autoptr(GapFonts) fonts = g_new0(GapFonts, 1);
    fonts->map = pango_cairo_font_map_new();
    if (!family_exists(fonts->map)) {
        gap_fail(error, GAP_ERROR_FAILED,
                 "the font Noto Sans is not installed; on Debian: apt-get install fonts-noto-core");
        return NULL;
    }
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts->map), 72);
    fonts->context = pango_font_map_create_context(fonts->map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(fonts->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(fonts->context, FALSE);
    return g_steal_pointer(&fonts);
}

void gap_fonts_free(GapFonts *fonts) {
    if (!fonts)
        return;
    g_clear_object(&fonts->context);
    g_clear_object(&fonts->map);
    g_free(fonts);
}

/** Names are not parted at their hyphens: "Ысык-" is no word. */
static void keep_hyphens(PangoAttrList *attributes, const char *text) {
    for (const char *at = strchr(text, '-'); at; at = strchr(at + 1, '-')) {
        PangoAttribute *keep = pango_attr_allow_breaks_new(FALSE);
        keep->start_index = (guint)(at - text);
        keep->end_index = keep->start_index + 2; // the break would lie between this and the next
        pango_attr_list_insert(attributes, keep);
    }
}

PangoLayout *gap_fonts_layout(GapFonts *fonts, const char *text, const GapTextLook *look) {
    static const PangoAlignment aligns[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
                                            PANGO_ALIGN_RIGHT};
    PangoLayout *layout = pango_layout_new(fonts->context);
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, family_name);
    pango_font_description_set_absolute_size(font, look->size * PANGO_SCALE);
    pango_font_description_set_weight(font, look->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, look->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1"));
    if (look->spacing != 0)
        pango_attr_list_insert(
            attributes, pango_attr_letter_spacing_new((int)lround(look->spacing * PANGO_SCALE)));
    if (look->lines > 0)
        keep_hyphens(attributes, text);
    if (look->wrap > 0) {
        pango_layout_set_width(layout, (int)lround(look->wrap * PANGO_SCALE));
        pango_layout_set_wrap(layout, look->lines || look->anywhere ? PANGO_WRAP_WORD_CHAR
                                                                    : PANGO_WRAP_WORD);
        if (look->anywhere) // a hyphen would change an address
            pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    }
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    if (look->lines > 0) {
        pango_layout_set_height(layout, -(int)look->lines);
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    }
    if (look->limit > 0) {
        pango_layout_set_width(layout, (int)lround(look->limit * PANGO_SCALE));
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        pango_layout_set_single_paragraph_mode(layout, TRUE);
    }
    pango_layout_set_alignment(layout, aligns[look->align]);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

void gap_fonts_measure(GapFonts *fonts, const char *text, const GapTextLook *look, double *width,
                       double *height) {
    g_autoptr(PangoLayout) layout = gap_fonts_layout(fonts, text, look);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    *width = (double)logical.width / PANGO_SCALE;
    *height = (double)logical.height / PANGO_SCALE;
}

double gap_fonts_width(GapFonts *fonts, const char *text, const GapTextLook *look) {
    GapTextLook whole = *look;
    double width, height;
    whole.limit = whole.wrap = 0;
    gap_fonts_measure(fonts, text ? text : "", &whole, &width, &height);
    return width;
}

void gap_fonts_fit_size(GapFonts *fonts, const char *text, GapTextLook *look, double room,
                        double least) {
    while (look->size > least && gap_fonts_width(fonts, text, look) > room)
        look->size = MAX(look->size - 0.5, least);
}

/** The text laid out, and `cairo` at the left top of its box. Returns: (transfer full). */
static PangoLayout *lay_out_at(GapFonts *fonts, cairo_t *cairo, const char *text,
                               const GapTextLook *look, double x, double y) {
    PangoLayout *layout = gap_fonts_layout(fonts, text, look);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    cairo_move_to(cairo, x - (double)logical.x / PANGO_SCALE, y);
    return layout;
}

void gap_fonts_path(GapFonts *fonts, void *cairo, const char *text, const GapTextLook *look,
                    double x, double y) {
    g_autoptr(PangoLayout) layout = lay_out_at(fonts, cairo, text, look, x, y);
    pango_cairo_layout_path(cairo, layout);
}

/** Draws a run whose glyphs begin at x on the base line y as one cluster: the file then says what
 * it spells as a whole. */
static void show_whole(cairo_t *cairo, const PangoGlyphItem *run, const char *text, double x,
                       double y) {
    const PangoItem *item = run->item;
    const PangoGlyphString *from = run->glyphs;
    g_autofree cairo_glyph_t *glyphs = g_new(cairo_glyph_t, from->num_glyphs);
    int n = 0;
    for (int i = 0; i < from->num_glyphs; i++) {
        const PangoGlyphInfo *g = &from->glyphs[i];
        if (g->glyph != PANGO_GLYPH_EMPTY)
            glyphs[n++] = (cairo_glyph_t){g->glyph, x + pango_units_to_double(g->geometry.x_offset),
                                          y + pango_units_to_double(g->geometry.y_offset)};
        x += pango_units_to_double(g->geometry.width);
    }
    cairo_text_cluster_t whole = {item->length, n};
    cairo_set_scaled_font(cairo,
                          pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(item->analysis.font)));
    cairo_show_text_glyphs(cairo, text + item->offset, item->length, glyphs, n, &whole, 1, 0);
}

/** A reader of a file takes the room between spaced letters for the end of a word. */
static void show_spaced(cairo_t *cairo, PangoLayout *layout) {
    double left, top;
    cairo_get_current_point(cairo, &left, &top);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    do {
        const PangoGlyphItem *run = pango_layout_iter_get_run_readonly(iter);
        PangoRectangle logical;
        pango_layout_iter_get_run_extents(iter, NULL, &logical);
        if (run)
            show_whole(cairo, run, pango_layout_get_text(layout),
                       left + pango_units_to_double(logical.x),
                       top + pango_units_to_double(pango_layout_iter_get_baseline(iter)));
    } while (pango_layout_iter_next_run(iter));
    pango_layout_iter_free(iter);
}

void gap_fonts_show(GapFonts *fonts, void *cairo, const char *text, const GapTextLook *look,
                    double x, double y) {
    g_autoptr(PangoLayout) layout = lay_out_at(fonts, cairo, text, look, x, y);
    if (look->spacing != 0 && pango_layout_get_unknown_glyphs_count(layout) == 0)
        show_spaced(cairo, layout);
    else
        pango_cairo_show_layout(cairo, layout);
}

GapItem *gap_scene_text(GapScene *scene, GapFonts *fonts, const char *role, const char *id,
                        const char *text, const GapTextLook *look, double x, double y) {
    double width, height;
    gap_fonts_measure(fonts, text, look, &width, &height);
    double left = x - width * (look->align == GAP_ALIGN_RIGHT    ? 1
                               : look->align == GAP_ALIGN_CENTRE ? 0.5
                                                                 : 0);
    return gap_scene_add(scene, (GapItem){GAP_ITEM_TEXT, role, (char *)id, .x = left, .y = y,
                                          .text = g_strdup(text), .look = *look,
                                          .box = {left, y, left + width, y + height}});
}
