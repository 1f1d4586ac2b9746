// Colours that readers must tell apart: on a good screen, a weak one, in grey, by other eyes.
#include "styles/lint/colour_science.h"
#include "styles/lint/internal.h"
#include "styles/lint/palettes.h"

#include <math.h>

static const double other_eyes_apart = 6; // see the rules colour-blind and projector

static const GapBox nowhere = {0, 0, 0, 0};

static const GapSwatch *swatch(const GapPalette *palette, guint i) {
    return &g_array_index(palette->swatches, GapSwatch, i);
}

/** Calls `look` for every two colours that must be told apart: neighbours of a ramp, else any. */
static void each_pair(GapLint *lint, void (*look)(GapLint *, const GapPalette *, const GapSwatch *,
                                                  const GapSwatch *)) {
    for (guint p = 0; p < lint->palettes->len; p++) {
        const GapPalette *palette = lint->palettes->pdata[p];
        for (guint i = 0; i < palette->swatches->len; i++)
            for (guint k = i + 1;
                 k < (palette->ramp ? MIN(i + 2, palette->swatches->len) : palette->swatches->len);
                 k++)
                look(lint, palette, swatch(palette, i), swatch(palette, k));
    }
}

static void tell(GapLint *lint, const GapPalette *palette, const GapSwatch *a, const GapSwatch *b,
                 char *measured, double wanted) {
    gap_lint_tell(lint, nowhere,
                  g_strdup_printf("%s: %s and %s", palette->name, a->label, b->label), measured,
                  g_strdup_printf("%g", wanted));
}

/** Whether a hatch or symbol tells the two apart without colour. */
static bool told_by_sign(const GapSwatch *a, const GapSwatch *b) {
    return !g_str_equal(a->sign, b->sign);
}

/* ---- classes, colour-blind, projector ---- */

static void look_normal(GapLint *lint, const GapPalette *palette, const GapSwatch *a,
                        const GapSwatch *b) {
    double apart = gap_colour_apart(a->colour, b->colour, GAP_EYE_NORMAL);
    if (apart < lint->rule->threshold)
        tell(lint, palette, a, b, g_strdup_printf("CIEDE2000 %.1f", apart), lint->rule->threshold);
}

static void look_as(GapLint *lint, const GapPalette *palette, const GapSwatch *a,
                    const GapSwatch *b, GapEye eye) {
    double apart = gap_colour_apart(a->colour, b->colour, eye);
    if (apart < lint->rule->threshold && !told_by_sign(a, b))
        tell(lint, palette, a, b, g_strdup_printf("CIEDE2000 %.1f (%s)", apart, GAP_EYE_NAMES[eye]),
             lint->rule->threshold);
}

static void look_colour_blind(GapLint *lint, const GapPalette *palette, const GapSwatch *a,
                              const GapSwatch *b) {
    for (GapEye eye = GAP_EYE_PROTAN; eye <= GAP_EYE_TRITAN; eye++)
        look_as(lint, palette, a, b, eye);
}

static void look_projected(GapLint *lint, const GapPalette *palette, const GapSwatch *a,
                           const GapSwatch *b) {
    look_as(lint, palette, a, b, GAP_EYE_PROJECTOR);
}

void gap_lint_classes(GapLint *lint) {
    each_pair(lint, look_normal);
}

void gap_lint_other_eyes(GapLint *lint) {
    each_pair(lint, look_colour_blind);
}

void gap_lint_projector(GapLint *lint) {
    each_pair(lint, look_projected);
}

/* ---- grey ---- */

static double lightness(const GapSwatch *s) {
    return gap_colour_lab(s->colour).l;
}

/** Classes in order, `n` from number `first`. */
typedef struct {
    const GapPalette *palette;
    guint first, n;
} Ramp;

static const GapSwatch *class_of(const Ramp *ramp, guint i) {
    return swatch(ramp->palette, ramp->first + i);
}

/** Which way a ramp goes from class i to the next: as its first step does; a diverging one turns
 *  in its middle. */
static double way(const Ramp *ramp, guint i) {
    double first = lightness(class_of(ramp, 1)) - lightness(class_of(ramp, 0));
    bool turned = ramp->palette->diverging && 2 * i + 1 >= ramp->n;
    return (first < 0) != turned ? -1 : 1;
}

static void look_grey_ramp(GapLint *lint, const Ramp *ramp) {
    for (guint i = 0; i + 1 < ramp->n; i++) {
        const GapSwatch *a = class_of(ramp, i), *b = class_of(ramp, i + 1);
        double step = way(ramp, i) * (lightness(b) - lightness(a));
        // an even number turns between two
        bool middle = ramp->palette->diverging && 2 * i + 2 == ramp->n;
        if (step < lint->rule->threshold && !middle)
            tell(lint, ramp->palette, a, b, g_strdup_printf("L* %.1f on", step),
                 lint->rule->threshold);
    }
}

/** A ramp, or in a square that of each label. */
void gap_lint_grey_ramp(GapLint *lint) {
    for (guint p = 0; p < lint->palettes->len; p++) {
        const GapPalette *palette = lint->palettes->pdata[p];
        guint end = palette->ramp || palette->square ? palette->swatches->len : 0;
        for (Ramp ramp = {palette, 0, 0}; ramp.first < end; ramp.first += ramp.n, ramp.n = 0) {
            while (ramp.first + ramp.n < end &&
                   class_of(&ramp, ramp.n)->row == class_of(&ramp, 0)->row)
                ramp.n++;
            look_grey_ramp(lint, &ramp);
        }
    }
}

static void look_grey(GapLint *lint, const GapPalette *palette, const GapSwatch *a,
                      const GapSwatch *b) {
    double apart = fabs(lightness(a) - lightness(b));
    if (!palette->ramp && !palette->square && apart < lint->rule->threshold && !told_by_sign(a, b))
        tell(lint, palette, a, b, g_strdup_printf("L* %.1f", apart), lint->rule->threshold);
}

void gap_lint_grey_categories(GapLint *lint) {
    each_pair(lint, look_grey);
}

/* ---- no data ---- */

static void look_no_data(GapLint *lint, const GapPalette *palette, const GapSwatch *s) {
    for (GapEye eye = GAP_EYE_NORMAL; eye < GAP_EYES; eye++) {
        double apart = gap_colour_apart(palette->no_data.colour, s->colour, eye);
        double wanted = eye == GAP_EYE_NORMAL ? lint->rule->threshold : other_eyes_apart;
        if (apart < wanted && !told_by_sign(&palette->no_data, s))
            tell(lint, palette, &palette->no_data, s,
                 g_strdup_printf("CIEDE2000 %.1f (%s)", apart, GAP_EYE_NAMES[eye]), wanted);
    }
}

void gap_lint_no_data(GapLint *lint) {
    for (guint p = 0; p < lint->palettes->len; p++) {
        const GapPalette *palette = lint->palettes->pdata[p];
        for (guint i = 0; palette->draws_no_data && i < palette->swatches->len; i++)
            look_no_data(lint, palette, swatch(palette, i));
    }
}
