/** The colours of a theme that readers must tell apart: classes of a step, labels of a match, parts
 *  (the classes of each, where they have some), parts of a bar, layers of the keys in the panel.
 * Each as it is drawn, laid over white ground with the opacity of its layer.
 */
#ifndef GAP_STYLES_LINT_PALETTES_H
#define GAP_STYLES_LINT_PALETTES_H

#include "styles/lint/lint.h"

typedef struct {
    GapColour colour;
    char *label; /**< "class 2", "site" */
    char *sign;  /**< hatch or symbol that tells it without colour, or "" */
    size_t row;  /**< in a square: which label it is a class of */
} GapSwatch;

typedef struct {
    char *name;       /**< "layer circles, circle-color" */
    bool ramp;        /**< in order, so that neighbours count; else any two */
    bool square;      /**< a match whose labels have classes: any two, in order within a label */
    bool diverging;   /**< a ramp lightest or darkest within: metadata gapmap:ramp, or classes sd */
    GArray *swatches; /**< of GapSwatch */
    bool draws_no_data;
    GapSwatch no_data;
} GapPalette;

/** Returns: (transfer full) of GapPalette, those of hidden layers left out. */
GPtrArray *gap_lint_palettes(const GapLintPage *page);

#endif
