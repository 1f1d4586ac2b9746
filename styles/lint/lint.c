#include "styles/lint/lint.h"

#include "geo/base/error.h"
#include "styles/lint/internal.h"
#include "styles/lint/palettes.h"
#include "styles/speech/both.h"

const GapLintRule GAP_LINT_RULES[] = {
    {"overlap", 0.5, gap_lint_overlap, "texts that lie upon each other cannot be read; pixels"},
    {"cover", 0.5, gap_lint_cover,
     "legend, scale bar, insets and notes are read as they are; pixels"},
    {"cut", 0.5, gap_lint_cut, "half a name is no name; pixels"},
    {"size", 18, gap_lint_size,
     "9 points in print, 1/60 of the height of a slide: what is read from the back row; pixels"},
    {"contrast", 4.5, gap_lint_contrast,
     "text against its ground, WCAG 2.1 level AA (1.4.3), without the ease for large text"},
    {"classes", 10, gap_lint_classes,
     "neighbouring classes, any two categories, CIEDE2000: an area is compared with a legend far "
     "from it, not side by side, where 1 would do"},
    {"colour-blind", 6, gap_lint_other_eyes,
     "the same for protan, deutan and tritan eyes (Machado et al. 2009), whose worst case it is"},
    {"projector", 6, gap_lint_projector,
     "the same on a weak projector: stray light that halves the range of lightness"},
    {"grey-ramp", 5, gap_lint_grey_ramp,
     "a ramp printed in grey goes one way, each class L* darker or lighter than the one before"},
    {"grey-categories", 10, gap_lint_grey_categories,
     "categories alike in grey, L*, need a hatch or symbol of their own"},
    {"no-data", 10, gap_lint_no_data,
     "no data is no class: its colour differs by CIEDE2000 (by 6 to other eyes), or it is hatched"},
    {"source", 0, gap_lint_source, "who says so, and that borders endorse nothing"},
    {"unit", 0, gap_lint_unit, "a number without a unit is not a measure"},
    {"word", 0, gap_lint_word, "a word that the language lacks is a hole on the wall"},
    {"name", 0, gap_lint_name, "a name in another language is marked as one"},
    {NULL},
};

static void finding_clear(gpointer data) {
    GapFinding *finding = data;
    g_free(finding->what);
    g_free(finding->measured);
    g_free(finding->wanted);
}

void gap_lint_tell(GapLint *lint, GapBox box, char *what, char *measured, char *wanted) {
    GapFinding finding = {lint->rule->name, what, box, measured, wanted};
    g_array_append_val(lint->findings, finding);
}

const json_t *gap_lint_block(const GapLintPage *page, size_t i) {
    const json_t *panel = json_object_get(page->style->page, "panel");
    size_t n = json_array_size(panel);
    return json_array_get(i < n ? panel : json_object_get(page->style->page, "infographic"),
                          i < n ? i : i - n);
}

const GapItem *gap_lint_item(const GapLint *lint, guint i) {
    return &g_array_index(lint->page->scene->items, GapItem, i);
}

char *gap_lint_text_name(const GapItem *item) {
    g_autofree char *text = gap_printable(item->text, 60);
    return g_strdup_printf("%s '%s'", item->role, text);
}

double gap_lint_depth(GapBox a, GapBox b) {
    double w = MIN(a.max_x, b.max_x) - MAX(a.min_x, b.min_x);
    double h = MIN(a.max_y, b.max_y) - MAX(a.min_y, b.min_y);
    return w > 0 && h > 0 ? MIN(w, h) : 0;
}

GArray *gap_lint(const GapLintPage *made, GError **error) {
    char first[4]; // of two languages: what it lacks the page lacks
    GapLintPage one = *made, *page = &one;
    gap_lang_second(made->lang, first);
    one.lang = first;
    GapLint lint = {page, NULL, g_array_new(FALSE, FALSE, sizeof(GapFinding)), NULL, NULL};
    g_array_set_clear_func(lint.findings, finding_clear);
    lint.palettes = gap_lint_palettes(page);
    for (lint.rule = GAP_LINT_RULES; lint.rule->name && !lint.error; lint.rule++)
        lint.rule->check(&lint);
    g_ptr_array_unref(lint.palettes);
    if (lint.error) {
        g_clear_pointer(&lint.findings, g_array_unref);
        g_propagate_error(error, lint.error);
    }
    return lint.findings;
}
