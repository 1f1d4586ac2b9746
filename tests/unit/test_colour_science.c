#include "tests/check.h"

#include "styles/lint/colour_science.h"

static GapColour hex(const char *text) {
    GapColour colour;
    assert_true(gap_colour_parse(text, &colour));
    return colour;
}

/** The 34 pairs of Sharma, Wu and Dalal (2005), table 1: made to catch what goes wrong. */
static void differences_as_published(void **state) {
    (void)state;
    static const struct {
        GapLab a, b;
        double apart;
    } pairs[] = {
        {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, 3.1571, -77.2803}, {50, 0, -82.7485}, 2.8615},
        {{50, 2.8361, -74.0200}, {50, 0, -82.7485}, 3.4412},
        {{50, -1.3802, -84.2814}, {50, 0, -82.7485}, 1.0000},
        {{50, -1.1848, -84.8006}, {50, 0, -82.7485}, 1.0000},
        {{50, -0.9009, -85.5211}, {50, 0, -82.7485}, 1.0000},
        {{50, 0, 0}, {50, -1, 2}, 2.3669},
        {{50, -1, 2}, {50, 0, 0}, 2.3669},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0009}, 7.1792},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0010}, 7.1792},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0011}, 7.2195},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0012}, 7.2195},
        {{50, -0.0010, 2.4900}, {50, 0.0009, -2.4900}, 4.8045},
        {{50, -0.0010, 2.4900}, {50, 0.0010, -2.4900}, 4.8045},
        {{50, -0.0010, 2.4900}, {50, 0.0011, -2.4900}, 4.7461},
        {{50, 2.5, 0}, {50, 0, -2.5}, 4.3065},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{50, 2.5, 0}, {61, -5, 29}, 22.8977},
        {{50, 2.5, 0}, {56, -27, -3}, 31.9030},
        {{50, 2.5, 0}, {58, 24, 15}, 19.4535},
        {{50, 2.5, 0}, {50, 3.1736, 0.5854}, 1.0000},
        {{50, 2.5, 0}, {50, 3.2972, 0}, 1.0000},
        {{50, 2.5, 0}, {50, 1.8634, 0.5757}, 1.0000},
        {{50, 2.5, 0}, {50, 3.2592, 0.3350}, 1.0000},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}, 1.2630},
        {{61.2901, 3.7196, -5.3901}, {61.4292, 2.2480, -4.9620}, 1.8731},
        {{35.0831, -44.1164, 3.7933}, {35.0232, -40.0716, 1.5901}, 1.8645},
        {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
        {{36.4612, 47.8580, 18.3852}, {36.2715, 50.5065, 21.2231}, 1.4146},
        {{90.8027, -2.0831, 1.4410}, {91.1528, -1.6435, 0.0447}, 1.4441},
        {{90.9257, -0.5406, -0.9208}, {88.6381, -0.8985, -0.7239}, 1.5381},
        {{6.7747, -0.2908, -2.4247}, {5.8714, -0.0985, -2.2286}, 0.6377},
        {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        assert_near(gap_colour_difference(pairs[i].a, pairs[i].b), pairs[i].apart, 0.5e-4);
        assert_near(gap_colour_difference(pairs[i].b, pairs[i].a), pairs[i].apart, 0.5e-4);
    }
}

/** Lindbloom's values of the sRGB primaries, D65. */
static void lab_of_known_colours(void **state) {
    (void)state;
    static const struct {
        const char *colour;
        GapLab lab;
    } known[] = {{"#ffffff", {100, 0, 0}},
                 {"#000000", {0, 0, 0}},
                 {"#ff0000", {53.2408, 80.0925, 67.2032}},
                 {"#00ff00", {87.7347, -86.1827, 83.1793}},
                 {"#0000ff", {32.2970, 79.1875, -107.8602}},
                 {"#777777", {50.0344, 0, 0}}};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        GapLab lab = gap_colour_lab(hex(known[i].colour));
        assert_near(lab.l, known[i].lab.l, 0.01);
        assert_near(lab.a, known[i].lab.a, 0.02);
        assert_near(lab.b, known[i].lab.b, 0.02);
    }
}

/** WCAG's own: black on white is 21:1, and #767676 the lightest grey that passes on white. */
static void contrast_as_in_wcag(void **state) {
    (void)state;
    assert_near(gap_colour_contrast(hex("#000"), hex("#fff")), 21, 1e-4);
    assert_near(gap_colour_contrast(hex("#fff"), hex("#000")), 21, 1e-4);
    assert_near(gap_colour_contrast(hex("#767676"), hex("#fff")), 4.54, 0.005);
    assert_near(gap_colour_contrast(hex("#777777"), hex("#fff")), 4.48, 0.005);
    assert_near(gap_colour_contrast(hex("#123456"), hex("#123456")), 1, 1e-12);
}

/** Greys stay as they are: the rows of the matrices add up to 1. */
static void greys_are_grey_to_all_eyes(void **state) {
    (void)state;
    for (int grey = 0; grey <= 255; grey += 15)
        for (GapEye eye = GAP_EYE_PROTAN; eye <= GAP_EYE_TRITAN; eye++) {
            GapColour in = {grey / 255.0, grey / 255.0, grey / 255.0, 1};
            assert_near(gap_colour_apart(in, gap_colour_seen(in, eye), GAP_EYE_NORMAL), 0, 0.01);
        }
}

/** What each eye confuses and what it does not. */
static void eyes_confuse_what_they_do(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        GapEye eye;
        double least, most;
    } cases[] = {
        {"#8b4513", "#3d6b1f", GAP_EYE_NORMAL, 35, 60}, // brown and leaf green
        {"#8b4513", "#3d6b1f", GAP_EYE_DEUTAN, 0, 15},
        {"#8b4513", "#3d6b1f", GAP_EYE_TRITAN, 30, 90},
        {"#b30000", "#1a1a1a", GAP_EYE_NORMAL, 30, 70}, // deep red and black
        {"#b30000", "#1a1a1a", GAP_EYE_PROTAN, 0, 25},
        {"#0072b2", "#009e73", GAP_EYE_NORMAL, 30, 60},
        {"#0072b2", "#009e73", GAP_EYE_TRITAN, 0, 20}, // blue and green
        {"#ffffcc", "#253494", GAP_EYE_PROTAN, 50, 120},
        {"#ffffcc", "#253494", GAP_EYE_PROJECTOR, 30, 60},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double apart = gap_colour_apart(hex(cases[i].a), hex(cases[i].b), cases[i].eye);
        if (!(apart >= cases[i].least && apart <= cases[i].most))
            fail_msg("%s and %s are %.1f apart to %s", cases[i].a, cases[i].b, apart,
                     GAP_EYE_NAMES[cases[i].eye]);
    }
}

static void projector_halves_lightness(void **state) {
    (void)state;
    assert_near(gap_colour_lab(gap_colour_seen(hex("#000"), GAP_EYE_PROJECTOR)).l, 50, 1e-3);
    assert_near(gap_colour_lab(gap_colour_seen(hex("#fff"), GAP_EYE_PROJECTOR)).l, 100, 1e-3);
}

static void alpha_is_laid_over_the_ground(void **state) {
    (void)state;
    GapColour half = gap_colour_over((GapColour){1, 0, 0, 0.5}, (GapColour){1, 1, 1, 1});
    assert_near(half.r, 1, 1e-12);
    assert_near(half.g, 0.5, 1e-12);
    assert_near(half.a, 1, 1e-12);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_as_published),
        cmocka_unit_test(lab_of_known_colours),
        cmocka_unit_test(contrast_as_in_wcag),
        cmocka_unit_test(greys_are_grey_to_all_eyes),
        cmocka_unit_test(eyes_confuse_what_they_do),
        cmocka_unit_test(projector_halves_lightness),
        cmocka_unit_test(alpha_is_laid_over_the_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
