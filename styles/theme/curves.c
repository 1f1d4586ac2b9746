// Between two values. The curves are those of the MapLibre style specification; colours go straight
// in sRGB, in CIE L*a*b* or round its axis (hue, chroma, lightness), under D50 as CSS Color 4 and
// MapLibre have them. Matrices: sRGB to XYZ adapted to D50 by Bradford's method, B. Lindbloom.
#include "styles/expr_node.h"

#include <math.h>

static double mix(double a, double b, double t) {
    return a + (b - a) * t;
}

/* ---- how far ---- */

/** A part of a Bezier curve from 0 to 1 with control points a and b. */
static double bezier(double a, double b, double t) {
    return 3 * a * t * (1 - t) * (1 - t) + 3 * b * t * t * (1 - t) + t * t * t;
}

/** The y of the curve where its x, which never falls, is `x`. */
static double bezier_at(const double *control, double x) {
    double low = 0, high = 1;
    for (int i = 0; i < 50; i++) {
        double middle = (low + high) / 2;
        *(bezier(control[0], control[2], middle) < x ? &low : &high) = middle;
    }
    return bezier(control[1], control[3], low);
}

double gap_curve_at(const GapCurve *curve, double input, double low, double high) {
    double base = curve->base, t = (input - low) / (high - low);
    for (size_t i = 0; i < 4; i++)
        if (curve->bezier[i] != 0)
            return bezier_at(curve->bezier, t);
    return base == 1 ? t : (pow(base, input - low) - 1) / (pow(base, high - low) - 1);
}

/* ---- colours ---- */

static const double white[3] = {0.96422, 1, 0.82521};

static double to_light(double part) {
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double from_light(double light) {
    double part = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055;
    return CLAMP(part, 0, 1);
}

static double root(double t) {
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

static double cube(double t) {
    return t > 6.0 / 29 ? t * t * t : (116 * t - 16) * 27 / 24389;
}

static void to_lab(GapColour c, double lab[3]) {
    double r = to_light(c.r), g = to_light(c.g), b = to_light(c.b);
    double x = root((0.4360747 * r + 0.3850649 * g + 0.1430804 * b) / white[0]);
    double y = root((0.2225045 * r + 0.7168786 * g + 0.0606169 * b) / white[1]);
    double z = root((0.0139322 * r + 0.0971045 * g + 0.7141733 * b) / white[2]);
    bool grey = c.r == c.g && c.g == c.b;
    lab[0] = fmax(116 * y - 16, 0);
    lab[1] = grey ? 0 : 500 * (x - y);
    lab[2] = grey ? 0 : 200 * (y - z);
}

static GapColour from_lab(const double lab[3], double alpha) {
    double y = (lab[0] + 16) / 116, x = y + lab[1] / 500, z = y - lab[2] / 200;
    x = white[0] * cube(x);
    y = white[1] * cube(y);
    z = white[2] * cube(z);
    return (GapColour){from_light(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
                       from_light(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z),
                       from_light(0.0719453 * x - 0.2289914 * y + 1.4052427 * z), alpha};
}

/** Hue in degrees, NaN of a grey; chroma; lightness. */
static void to_hcl(GapColour colour, double hcl[3]) {
    double lab[3];
    to_lab(colour, lab);
    hcl[1] = hypot(lab[1], lab[2]);
    hcl[0] = round(hcl[1] * 10000) > 0 ? fmod(atan2(lab[2], lab[1]) * 180 / G_PI + 360, 360) : NAN;
    hcl[2] = lab[0];
}

/** The shorter way round; a grey takes the hue of the other. */
static double mix_hue(double a, double b, double t) {
    if (isnan(a) || isnan(b))
        return isnan(a) ? (isnan(b) ? 0 : b) : a;
    double turn = b - a;
    turn += turn > 180 ? -360 : turn < -180 ? 360 : 0;
    return a + t * turn;
}

static GapColour mix_hcl(GapColour from, GapColour to, double t) {
    double a[3], b[3];
    to_hcl(from, a);
    to_hcl(to, b);
    double hue = mix_hue(a[0], b[0], t) * G_PI / 180, chroma = mix(a[1], b[1], t);
    double lab[] = {mix(a[2], b[2], t), cos(hue) * chroma, sin(hue) * chroma};
    return from_lab(lab, mix(from.a, to.a, t));
}

static GapColour mix_lab(GapColour from, GapColour to, double t) {
    double a[3], b[3];
    to_lab(from, a);
    to_lab(to, b);
    for (size_t i = 0; i < 3; i++)
        a[i] = mix(a[i], b[i], t);
    return from_lab(a, mix(from.a, to.a, t));
}

static GapColour mix_rgb(GapColour p, GapColour q, double t) {
    return (GapColour){mix(p.r, q.r, t), mix(p.g, q.g, t), mix(p.b, q.b, t), mix(p.a, q.a, t)};
}

/** Text that a column holds may be a colour. */
static bool as_colour(GapValue v, GapColour *colour) {
    if (v.type == GAP_VALUE_COLOUR)
        *colour = v.colour;
    return v.type == GAP_VALUE_COLOUR ||
           (v.type == GAP_VALUE_STRING && gap_colour_parse(v.string, colour));
}

GapValue gap_expr_mix(GapValue a, GapValue b, double t, const char *space) {
    GapValue mixed = {GAP_VALUE_NULL, {0}};
    GapColour p, q;
    if (!isfinite(t))
        return mixed;
    if (a.type == GAP_VALUE_NUMBER && b.type == GAP_VALUE_NUMBER) {
        mixed.number = mix(a.number, b.number, t);
        mixed.type = isfinite(mixed.number) ? GAP_VALUE_NUMBER : GAP_VALUE_NULL;
    } else if (as_colour(a, &p) && as_colour(b, &q)) {
        mixed.type = GAP_VALUE_COLOUR;
        mixed.colour = g_str_has_suffix(space, "-lab")   ? mix_lab(p, q, t)
                       : g_str_has_suffix(space, "-hcl") ? mix_hcl(p, q, t)
                                                         : mix_rgb(p, q, t);
    }
    return mixed;
}
