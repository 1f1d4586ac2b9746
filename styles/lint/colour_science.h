/** Colours as eyes see them: lightness, differences, colour-blind eyes, a weak projector, contrast.
 *
 *  Alpha is not looked at: lay a colour over its ground first, gap_colour_over().
 */
#ifndef GAP_STYLES_LINT_COLOUR_SCIENCE_H
#define GAP_STYLES_LINT_COLOUR_SCIENCE_H

#include "styles/colour.h"

/** CIE 1976 L*a*b* under D65, 2 degree observer. L* is 0..100: what is left in grey. */
typedef struct {
    double l, a, b;
} GapLab;

/** How a colour is seen. */
typedef enum {
    GAP_EYE_NORMAL,
    GAP_EYE_PROTAN,    /**< without the long-wave cones: 1 % of men */
    GAP_EYE_DEUTAN,    /**< without the middle ones: 1 %, and weak in another 5 % */
    GAP_EYE_TRITAN,    /**< without the short ones: rare; lamps and old lenses do likewise */
    GAP_EYE_PROJECTOR, /**< a normal eye, on a screen that light falls on */
    GAP_EYES
} GapEye;

extern const char *const GAP_EYE_NAMES[GAP_EYES];

/** sRGB to linear light and XYZ as IEC 61966-2-1 has it, then CIE 15:2004. */
GapLab gap_colour_lab(GapColour colour);

/** The colour difference CIEDE2000 with kL = kC = kH = 1, by the steps of Sharma, Wu and Dalal
 *  (2005), "The CIEDE2000 color-difference formula: implementation notes, supplementary test data,
 *  and mathematical observations", Color Research & Application 30(1). 1 can just be seen where
 *  patches touch. */
double gap_colour_difference(GapLab a, GapLab b);

/** The colour as `eye` sees it. Colour-blind ones by the matrices of Machado, Oliveira and
 * Fernandes (2009), "A physiologically-based model for simulation of color vision deficiency", IEEE
 * TVCG 15(6), at severity 1.0, in linear light. The projector: stray light on the screen, added in
 *  linear light, lifts black to L* 50, so that the range of lightness is halved; white stays. */
GapColour gap_colour_seen(GapColour colour, GapEye eye);

/** Difference of two colours to an eye. */
double gap_colour_apart(GapColour a, GapColour b, GapEye eye);

/** Contrast ratio, 1 to 21, of relative luminances, as WCAG 2.1 defines both. */
double gap_colour_contrast(GapColour a, GapColour b);

/** `top` laid over an opaque ground. */
GapColour gap_colour_over(GapColour top, GapColour ground);

#endif
