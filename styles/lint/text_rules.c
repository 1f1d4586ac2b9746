// Texts by their boxes: apart, not covered, whole, large enough.
#include "styles/lint/internal.h"

#include <math.h>
#include <string.h>

static const double print_pt = 9; // the smallest on paper

static bool is_role(const GapItem *item, const char *const *roles) {
    return g_strv_contains(roles, item->role);
}

static GapBox within(GapBox a, GapBox b) {
    return (GapBox){MAX(a.min_x, b.min_x), MAX(a.min_y, b.min_y), MIN(a.max_x, b.max_x),
                    MIN(a.max_y, b.max_y)};
}

static GapBox frame_of(const GapLint *lint, const GapItem *item) {
    const GapScene *scene = lint->page->scene;
    return item->frame ? g_array_index(scene->frames, GapSceneFrame, item->frame - 1).box
                       : (GapBox){0, 0, scene->width, scene->height};
}

/* ---- overlap ---- */

/** Of the boxes of words; along a line those of the letters. */
static double depth_of_texts(const GapItem *a, const GapItem *b) {
    double depth = gap_lint_depth(a->box, b->box);
    if (depth <= 0 || (!a->along && !b->along))
        return depth;
    g_autoptr(GArray) p = gap_scene_text_boxes(a), q = gap_scene_text_boxes(b);
    depth = 0;
    for (guint i = 0; i < p->len; i++)
        for (guint k = 0; k < q->len; k++)
            depth = MAX(depth,
                        gap_lint_depth(g_array_index(p, GapBox, i), g_array_index(q, GapBox, k)));
    return depth;
}

static void tell_overlap(GapLint *lint, const GapItem *a, const GapItem *b, double depth) {
    g_autofree char *one = gap_lint_text_name(a), *other = gap_lint_text_name(b);
    gap_lint_tell(lint, within(a->box, b->box), g_strdup_printf("%s and %s", one, other),
                  g_strdup_printf("%.1f px into each other", depth), g_strdup("apart"));
}

void gap_lint_overlap(GapLint *lint) {
    guint n = lint->page->scene->items->len;
    for (guint i = 0; i < n; i++)
        for (guint k = i + 1; k < n && gap_lint_item(lint, i)->text; k++) {
            const GapItem *a = gap_lint_item(lint, i), *b = gap_lint_item(lint, k);
            double depth = b->text ? depth_of_texts(a, b) : 0;
            if (depth > lint->rule->threshold)
                tell_overlap(lint, a, b, depth);
        }
}

/* ---- cover ---- */

/** What is drawn upon maps and must stay whole: filled boxes of the page, not lines around them. */
static bool must_be_seen(const GapItem *item) {
    static const char *const roles[] = {"scale", "legend", "inset", "chart", "logo", NULL};
    bool filled = item->kind == GAP_ITEM_IMAGE || item->fill.a >= 0.3;
    return !item->frame && !item->text && filled && is_role(item, roles);
}

static void tell_cover(GapLint *lint, const GapItem *text, const char *what, double depth) {
    gap_lint_tell(lint, text->box, gap_lint_text_name(text),
                  g_strdup_printf("%.1f px into the %s", depth, what), g_strdup("beside it"));
}

static void tell_logo(GapLint *lint, const GapItem *logo, const char *what, double depth) {
    gap_lint_tell(lint, logo->box, g_strdup_printf("logo '%s'", logo->id),
                  g_strdup_printf("%.1f px into the %s", depth, what), g_strdup("beside it"));
}

/** A label against what lies on its map: boxes of the page, and maps within the map. */
static void cover_label(GapLint *lint, const GapItem *label) {
    const GapScene *scene = lint->page->scene;
    GapBox seen = within(label->box, frame_of(lint, label));
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = gap_lint_item(lint, i);
        double depth = must_be_seen(item) ? gap_lint_depth(seen, item->box) : 0;
        if (depth > lint->rule->threshold) {
            tell_cover(lint, label, item->role, depth);
            return;
        }
    }
    for (guint k = label->frame; k < scene->frames->len; k++) { // drawn after the label's own
        const GapSceneFrame *other = &g_array_index(scene->frames, GapSceneFrame, k);
        double depth = gap_lint_depth(seen, other->box);
        if (depth > lint->rule->threshold && !g_str_equal(other->name, "map"))
            tell_cover(lint, label, other->name, depth);
    }
}

/** What stands in the panel against the band of the notes, all across the page unless they stand
 *  beside the panel. */
static void cover_notes(GapLint *lint, const GapItem *item) {
    static const char *const panel[] = {"legend", "figure", "ranking", "chart", NULL};
    const GapScene *scene = lint->page->scene;
    if (item->frame || !is_role(item, panel))
        return;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *notes = gap_lint_item(lint, i);
        if (!notes->text || !g_str_equal(notes->role, "source"))
            continue;
        double right = notes->box.min_x + notes->look.wrap;
        GapBox band = {0, notes->box.min_y, right <= item->box.min_x ? right : scene->width,
                       notes->box.max_y};
        double depth = gap_lint_depth(item->box, band);
        if (depth > lint->rule->threshold)
            gap_lint_tell(lint, item->box,
                          item->text ? gap_lint_text_name(item) : g_strdup(item->role),
                          g_strdup_printf("%.1f px into the notes", depth), g_strdup("above them"));
    }
}

/** A logo against all that is not the page's ground: texts, maps, the panel, other logos. */
static void cover_logo(GapLint *lint, guint at) {
    const GapScene *scene = lint->page->scene;
    const GapItem *logo = gap_lint_item(lint, at);
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = gap_lint_item(lint, i);
        bool beside = item->text || must_be_seen(item);
        double depth = beside && i != at ? gap_lint_depth(logo->box, item->box) : 0;
        if (depth > lint->rule->threshold)
            tell_logo(lint, logo, item->role, depth);
    }
    for (guint k = 0; k < scene->frames->len; k++) {
        const GapSceneFrame *frame = &g_array_index(scene->frames, GapSceneFrame, k);
        double depth = gap_lint_depth(logo->box, frame->box);
        if (depth > lint->rule->threshold)
            tell_logo(lint, logo, frame->name, depth);
    }
}

void gap_lint_cover(GapLint *lint) {
    static const char *const labels[] = {"label", "mark", NULL};
    for (guint i = 0; i < lint->page->scene->items->len; i++) {
        const GapItem *item = gap_lint_item(lint, i);
        if (g_str_equal(item->role, "logo"))
            cover_logo(lint, i);
        if (item->text && item->frame && is_role(item, labels))
            cover_label(lint, item);
        cover_notes(lint, item);
    }
}

/* ---- cut ---- */

static double outside(GapBox inner, GapBox outer) {
    return MAX(MAX(outer.min_x - inner.min_x, outer.min_y - inner.min_y),
               MAX(inner.max_x - outer.max_x, inner.max_y - outer.max_y));
}

/** How much wider the whole text is than the room that it was given; below 0: it fits. */
static double too_wide(GapFonts *fonts, const GapItem *item) {
    GapTextLook look = item->look;
    double w, h, room = look.limit;
    if (!(room > 0))
        return item->look.wrap > 0 ? item->box.max_x - item->box.min_x - item->look.wrap : -1;
    look.limit = 0;
    gap_fonts_measure(fonts, item->text, &look, &w, &h);
    return w - room;
}

static void tell_cut(GapLint *lint, const GapItem *item, double px, const char *of,
                     const char *wanted) {
    gap_lint_tell(lint, item->box, gap_lint_text_name(item), g_strdup_printf("%.1f px %s", px, of),
                  g_strdup(wanted));
}

static void cut_text(GapLint *lint, const GapItem *item) {
    double limit = lint->rule->threshold, over = outside(item->box, frame_of(lint, item));
    double wide = too_wide(lint->page->fonts, item);
    if (over > limit)
        tell_cut(lint, item, over, item->frame ? "beyond its frame" : "beyond the page", "within");
    if (wide > limit)
        tell_cut(lint, item, wide, item->look.limit > 0 ? "cut off by an ellipsis" : "too wide",
                 "words that fit");
    guint lines = item->look.lines
                      ? gap_fonts_lines(lint->page->fonts, item->text, &item->look, item->look.wrap)
                      : 0;
    if (lines > item->look.lines)
        gap_lint_tell(lint, item->box, gap_lint_text_name(item),
                      g_strdup_printf("%u lines, cut off by an ellipsis", lines),
                      g_strdup_printf("%u", item->look.lines));
    if (g_str_equal(item->role, "source") && strstr(item->text, "; …"))
        gap_lint_tell(lint, item->box, gap_lint_text_name(item), g_strdup("sources left out"),
                      g_strdup("all sources"));
}

void gap_lint_cut(GapLint *lint) {
    for (guint i = 0; i < lint->page->scene->items->len; i++)
        if (gap_lint_item(lint, i)->text)
            cut_text(lint, gap_lint_item(lint, i));
}

/* ---- size ---- */

void gap_lint_size(GapLint *lint) {
    double least = MAX(lint->rule->threshold, print_pt / lint->page->layout->point);
    for (guint i = 0; i < lint->page->scene->items->len; i++) {
        const GapItem *item = gap_lint_item(lint, i);
        if (item->text && item->look.size < least - 1e-9)
            gap_lint_tell(lint, item->box, gap_lint_text_name(item),
                          g_strdup_printf("%.1f px", item->look.size),
                          g_strdup_printf("%.0f px", least));
    }
}
