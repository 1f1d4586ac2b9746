/** What a presenter would be ashamed of on the wall, found before: rules over a map's scene, its
 *  theme and its words. The rules with their thresholds and reasons stand in gapmap-lint(7).
 */
#ifndef GAP_STYLES_LINT_LINT_H
#define GAP_STYLES_LINT_LINT_H

#include "styles/map.h"
#include "styles/page/layout.h"

/** One map as one page, made from all of these. */
typedef struct {
    const GapStyle *style;
    const GapMapData *data;
    const char *lang;
    const GapLayout *layout;
    const GapScene *scene;
    GapFonts *fonts;
} GapLintPage;

typedef struct {
    const char *rule; /**< its name */
    char *what;       /**< "label 'Osh'", "layer circles, circle-color" */
    GapBox box;       /**< where on the page, pixels; all 0 where it is not one place */
    char *measured, *wanted;
} GapFinding;

typedef struct GapLint GapLint;

typedef struct {
    const char *name;
    double threshold;
    void (*check)(GapLint *lint);
    const char *why; /**< one line, with the source of the threshold where it has one */
} GapLintRule;

/** All rules, in the order in which their findings come; ended by a NULL name. */
extern const GapLintRule GAP_LINT_RULES[];

/** Holds all rules against a page. The scene is drawn once or twice, which is what it costs.
 *  Returns: (transfer full) an array of GapFinding, empty where all hold; NULL with an error where
 *  the scene cannot be drawn. */
GArray *gap_lint(const GapLintPage *page, GError **error);

#endif
