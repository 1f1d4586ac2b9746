/** What rules share. */
#ifndef GAP_STYLES_LINT_INTERNAL_H
#define GAP_STYLES_LINT_INTERNAL_H

#include "styles/lint/lint.h"

struct GapLint {
    const GapLintPage *page;
    const GapLintRule *rule; /**< the one that is held now */
    GArray *findings;        /**< of GapFinding */
    GPtrArray *palettes;     /**< see palettes.h; made on first use */
    GError *error;           /**< why the rule could not be held */
};

/** Notes a finding; takes the strings over. */
void gap_lint_tell(GapLint *lint, GapBox box, char *what, char *measured, char *wanted);

/** Block number i of the panel, those of a poster last; NULL: there are no more. */
const json_t *gap_lint_block(const GapLintPage *page, size_t i);
const GapItem *gap_lint_item(const GapLint *lint, guint i);
/** "label 'Osh'", long texts cut. Returns: (transfer full). */
char *gap_lint_text_name(const GapItem *item);
/** How deep two boxes lie in each other: the smaller of the two sides of what they share, pixels; 0
 *  where they share nothing. */
double gap_lint_depth(GapBox a, GapBox b);

void gap_lint_overlap(GapLint *lint);
void gap_lint_cover(GapLint *lint);
void gap_lint_cut(GapLint *lint);
void gap_lint_size(GapLint *lint);
void gap_lint_contrast(GapLint *lint);
void gap_lint_classes(GapLint *lint);
void gap_lint_other_eyes(GapLint *lint);
void gap_lint_projector(GapLint *lint);
void gap_lint_grey_ramp(GapLint *lint);
void gap_lint_grey_categories(GapLint *lint);
void gap_lint_no_data(GapLint *lint);
void gap_lint_source(GapLint *lint);
void gap_lint_unit(GapLint *lint);
void gap_lint_word(GapLint *lint);
void gap_lint_name(GapLint *lint);

#endif
