// Text along a line: pango shapes the words, cairo puts each cluster of letters in its place.
#include "styles/text/layout.h"

#include <math.h>
#include <string.h>

/** A cluster of the only line of a layout: glyphs `from` up to `to` of a run. */
typedef struct {
    const PangoGlyphItem *run;
    int from, to;
    double x, width; /**< pixels from the start of the line */
    bool blank;
} Cluster;

static PangoLayout *lay_out_line(GapFonts *fonts, const char *text, const GapTextLook *look) {
    GapTextLook one = *look;
    one.wrap = one.limit = 0;
    PangoLayout *layout = gap_fonts_layout(fonts, text, &one);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    return layout;
}

static bool is_drawn(const PangoGlyphInfo *g) {
    return g->glyph != PANGO_GLYPH_EMPTY && !(g->glyph & PANGO_GLYPH_UNKNOWN_FLAG);
}

static double advance(const PangoGlyphItem *run, int from, int to) {
    double width = 0;
    for (int i = from; i < to; i++)
        width += pango_units_to_double(run->glyphs->glyphs[i].geometry.width);
    return width;
}

static void add_clusters(GArray *clusters, PangoGlyphItem *run, const char *text, double x) {
    PangoGlyphItemIter at;
    for (gboolean more = pango_glyph_item_iter_init_start(&at, run, text); more;
         more = pango_glyph_item_iter_next_cluster(&at)) {
        bool forward = at.start_glyph < at.end_glyph;
        Cluster c = {run,
                     forward ? at.start_glyph : at.end_glyph + 1,
                     forward ? at.end_glyph : at.start_glyph + 1,
                     0,
                     0,
                     true};
        c.x = x + advance(run, 0, c.from);
        c.width = advance(run, c.from, c.to);
        for (int i = c.from; i < c.to; i++)
            c.blank = c.blank && !is_drawn(&run->glyphs->glyphs[i]);
        g_array_append_val(clusters, c);
    }
}

/** Returns: (transfer full): Cluster; holds as long as the layout. */
static GArray *clusters_of(PangoLayout *layout) {
    GArray *clusters = g_array_new(FALSE, FALSE, sizeof(Cluster));
    const PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    double x = 0;
    for (const GSList *at = line->runs; at; at = at->next) {
        PangoGlyphItem *run = at->data;
        add_clusters(clusters, run, pango_layout_get_text(layout), x);
        x += advance(run, 0, run->glyphs->num_glyphs);
    }
    return clusters;
}

/** How far ink stands above the base line and hangs below it. */
static void ink_of(PangoLayout *layout, double *above, double *below) {
    PangoRectangle ink;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), &ink, NULL);
    *above = -pango_units_to_double(ink.y);
    *below = pango_units_to_double(ink.y + ink.height);
}

GArray *gap_fonts_clusters(GapFonts *fonts, const char *text, const GapTextLook *look,
                           double *height) {
    g_autoptr(PangoLayout) layout = lay_out_line(fonts, text, look);
    g_autoptr(GArray) clusters = clusters_of(layout);
    GArray *out = g_array_sized_new(FALSE, FALSE, sizeof(GapGlyphCluster), clusters->len);
    double above, below;
    for (guint i = 0; i < clusters->len; i++) {
        const Cluster *c = &g_array_index(clusters, Cluster, i);
        GapGlyphCluster cluster = {c->x + c->width / 2, c->width};
        g_array_append_val(out, cluster);
    }
    ink_of(layout, &above, &below);
    *height = above + below;
    return out;
}

/** The glyphs of a cluster about the middle of its box, base line at `y`. Returns how many. */
static int glyphs_of(const Cluster *c, double y, cairo_glyph_t *glyphs) {
    double x = -c->width / 2;
    int n = 0;
    for (int i = c->from; i < c->to; i++) {
        const PangoGlyphInfo *g = &c->run->glyphs->glyphs[i];
        if (is_drawn(g))
            glyphs[n++] = (cairo_glyph_t){g->glyph, x + pango_units_to_double(g->geometry.x_offset),
                                          y + pango_units_to_double(g->geometry.y_offset)};
        x += pango_units_to_double(g->geometry.width);
    }
    return n;
}

/** Adds the outline of a cluster to the path, or, where `text` is given, shows it as that text. */
static void put_cluster(cairo_t *cairo, const Cluster *c, const GapTextPlace *p, double y,
                        const char *text) {
    g_autofree cairo_glyph_t *glyphs = g_new(cairo_glyph_t, c->to - c->from);
    int n = glyphs_of(c, y, glyphs);
    PangoFont *font = c->run->item->analysis.font;
    if (!n || !font)
        return;
    cairo_save(cairo);
    cairo_translate(cairo, p->x, p->y);
    cairo_rotate(cairo, p->angle);
    cairo_set_scaled_font(cairo, pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font)));
    cairo_text_cluster_t whole = {text ? (int)strlen(text) : 0, n};
    if (text)
        cairo_show_text_glyphs(cairo, text, whole.num_bytes, glyphs, n, &whole, 1, 0);
    else
        cairo_glyph_path(cairo, glyphs, n);
    cairo_restore(cairo);
}

static void put_along(GapFonts *fonts, void *cairo, const GapItem *item, bool show) {
    g_autoptr(PangoLayout) layout = lay_out_line(fonts, item->text, &item->look);
    g_autoptr(GArray) clusters = clusters_of(layout);
    const char *text = show ? pango_layout_get_text(layout) : NULL;
    double above, below;
    ink_of(layout, &above, &below);
    for (guint i = 0; i < MIN(clusters->len, item->n_along); i++) {
        const Cluster *c = &g_array_index(clusters, Cluster, i);
        put_cluster(cairo, c, &item->along[i], (above - below) / 2, c->blank ? NULL : text);
        if (!c->blank)
            text = NULL; // said once
    }
}

void gap_fonts_path_item(GapFonts *fonts, void *cairo, const GapItem *item) {
    if (item->along)
        put_along(fonts, cairo, item, false);
    else
        gap_fonts_path(fonts, cairo, item->text, &item->look, item->x, item->y);
}

void gap_fonts_show_item(GapFonts *fonts, void *cairo, const GapItem *item) {
    if (!item->along) {
        gap_fonts_show(fonts, cairo, item->text, &item->look, item->x, item->y);
        return;
    }
    put_along(fonts, cairo, item, true);
    cairo_fill(cairo);
}
