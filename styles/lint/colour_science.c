#include "styles/lint/colour_science.h"

#include <glib.h>
#include <math.h>

const char *const GAP_EYE_NAMES[GAP_EYES] = {"normal", "protan", "deutan", "tritan", "projector"};

static double linear(double c) {
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double gamma_coded(double c) {
    return c <= 0.0031308 ? 12.92 * c : 1.055 * pow(c, 1 / 2.4) - 0.055;
}

/* ---- CIE L*a*b* ---- */

static double luminance(GapColour c) {
    return 0.2126729 * linear(c.r) + 0.7151522 * linear(c.g) + 0.0721750 * linear(c.b);
}

static double lab_root(double t) {
    const double edge = 216.0 / 24389, slope = 24389.0 / 27;
    return t > edge ? cbrt(t) : (slope * t + 16) / 116;
}

GapLab gap_colour_lab(GapColour c) {
    double r = linear(c.r), g = linear(c.g), b = linear(c.b);
    double x = lab_root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    double y = lab_root(luminance(c));
    double z = lab_root((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
    return (GapLab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/* ---- CIEDE2000 ---- */

static double degrees(double radians) {
    return radians * 180 / G_PI;
}

static double cosd(double angle) {
    return cos(angle * G_PI / 180);
}

static double hue(double a, double b) {
    double angle = a == 0 && b == 0 ? 0 : degrees(atan2(b, a));
    return angle < 0 ? angle + 360 : angle;
}

/** sqrt(c^7 / (c^7 + 25^7)). */
static double chroma_weight(double c) {
    double c7 = pow(c, 7);
    return sqrt(c7 / (c7 + 6103515625.0));
}

/** From the first hue to the second the short way; 0 where one has none. */
static double hue_step(double h1, double h2, bool grey) {
    double step = h2 - h1;
    return grey ? 0 : step > 180 ? step - 360 : step < -180 ? step + 360 : step;
}

static double mean_hue(double h1, double h2, bool grey) {
    double sum = h1 + h2;
    if (grey)
        return sum;
    // The two sides of the circle meet at 180 degrees, where rounding must not choose.
    if (fabs(h1 - h2) <= 180 + 1e-9)
        return sum / 2;
    return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

double gap_colour_difference(GapLab p, GapLab q) {
    double g = 0.5 * (1 - chroma_weight((hypot(p.a, p.b) + hypot(q.a, q.b)) / 2));
    double a1 = (1 + g) * p.a, a2 = (1 + g) * q.a;
    double c1 = hypot(a1, p.b), c2 = hypot(a2, q.b), h1 = hue(a1, p.b), h2 = hue(a2, q.b);
    bool grey = c1 * c2 == 0;
    double c = (c1 + c2) / 2, h = mean_hue(h1, h2, grey), l50 = pow((p.l + q.l) / 2 - 50, 2);
    double t = 1 - 0.17 * cosd(h - 30) + 0.24 * cosd(2 * h) + 0.32 * cosd(3 * h + 6) -
               0.20 * cosd(4 * h - 63);
    double turn = 60 * exp(-pow((h - 275) / 25, 2));
    double dl = (q.l - p.l) / (1 + 0.015 * l50 / sqrt(20 + l50));
    double dc = (c2 - c1) / (1 + 0.045 * c);
    double dh =
        2 * sqrt(c1 * c2) * sin(hue_step(h1, h2, grey) / 2 * G_PI / 180) / (1 + 0.015 * c * t);
    double rotation = -2 * chroma_weight(c) * sin(turn * G_PI / 180);
    return sqrt(fmax(dl * dl + dc * dc + dh * dh + rotation * dc * dh, 0));
}

/* ---- other eyes ---- */

static const double dichromat[3][3][3] = {
    {{0.152286, 1.052583, -0.204868},
     {0.114503, 0.786281, 0.099216},
     {-0.003882, -0.048116, 1.051998}},
    {{0.367322, 0.860646, -0.227968},
     {0.280085, 0.672501, 0.047413},
     {-0.011820, 0.042940, 0.968881}},
    {{1.255528, -0.076749, -0.178779},
     {-0.078411, 0.930809, 0.147602},
     {0.004733, 0.691367, 0.303900}},
};

GapColour gap_colour_seen(GapColour colour, GapEye eye) {
    const double black = pow((50 + 16) / 116.0, 3); // luminance of L* 50
    double in[3] = {linear(colour.r), linear(colour.g), linear(colour.b)}, out[3];
    if (eye == GAP_EYE_NORMAL)
        return colour;
    for (int i = 0; i < 3; i++) {
        const double *row = dichromat[eye == GAP_EYE_PROJECTOR ? 0 : eye - GAP_EYE_PROTAN][i];
        double light = eye == GAP_EYE_PROJECTOR ? black + (1 - black) * in[i]
                                                : row[0] * in[0] + row[1] * in[1] + row[2] * in[2];
        out[i] = gamma_coded(CLAMP(light, 0, 1));
    }
    return (GapColour){out[0], out[1], out[2], colour.a};
}

double gap_colour_apart(GapColour a, GapColour b, GapEye eye) {
    return gap_colour_difference(gap_colour_lab(gap_colour_seen(a, eye)),
                                 gap_colour_lab(gap_colour_seen(b, eye)));
}

/* ---- contrast ---- */

double gap_colour_contrast(GapColour a, GapColour b) {
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

GapColour gap_colour_over(GapColour top, GapColour ground) {
    double a = top.a, rest = 1 - a;
    return (GapColour){a * top.r + rest * ground.r, a * top.g + rest * ground.g,
                       a * top.b + rest * ground.b, 1};
}
