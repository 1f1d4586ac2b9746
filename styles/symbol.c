#include "styles/symbol.h"

#include <math.h>

const char *const GAP_SYMBOLS[] = {
    "station",     "district_department", "point",    "one_stop_shop",
    "shared_roof", "mobile_group",        "proposed", "dot",
    NULL};

static const GapColour white = {1, 1, 1, 1};
static const double casing = 1.6;

// Corners in halves of the symbol's size, around its centre, y down.
static const double square[] = {-.85, -.85, .85, -.85, .85, .85, -.85, .85};
static const double house[] = {0,   -1.1, 1.05, -.1,  .75, -.1,   .75,
                               .95, -.75, .95,  -.75, -.1, -1.05, -.1};
static const double triangle[] = {0, -1.1, 1.05, .8, -1.05, .8};
static const double diamond[] = {0, -1.15, 1.15, 0, 0, 1.15, -1.15, 0};

static const struct {
    const char *name;
    const double *xy;
    size_t n;
} outlines[] = {
    {"station", square, 4},
    {"shared_roof", house, 7},
    {"mobile_group", triangle, 3},
    {"proposed", diamond, 4},
};

static GapItem *dress(GapItem *item, unsigned frame, GapColour colour, double size, bool hollow) {
    item->frame = frame;
    item->fill = hollow ? white : colour;
    item->stroke = hollow ? colour : white;
    item->width = hollow ? size * 0.16 : casing;
    return item;
}

/** A shape with its white casing: hollow shapes have the casing below their coloured outline. */
static void polygon(GapScene *scene, const char *role, const char *id, unsigned frame,
                    const double *unit, size_t n, double x, double y, double size, GapColour colour,
                    bool hollow) {
    double xy[20];
    for (size_t i = 0; i < n; i++) {
        xy[2 * i] = x + unit[2 * i] * size / 2;
        xy[2 * i + 1] = y + unit[2 * i + 1] * size / 2;
    }
    if (hollow) {
        GapItem *under = gap_scene_polygon(scene, role, id, xy, n);
        under->frame = frame;
        under->stroke = white;
        under->width = size * 0.16 + 2 * casing;
    }
    dress(gap_scene_polygon(scene, role, id, xy, n), frame, colour, size, hollow);
}

static void star(double *unit) {
    for (size_t i = 0; i < 10; i++) {
        double r = i % 2 ? 0.55 : 1.25, angle = G_PI * (double)i / 5 - G_PI / 2;
        unit[2 * i] = r * cos(angle);
        unit[2 * i + 1] = r * sin(angle);
    }
}

static void circle(GapScene *scene, const char *role, const char *id, unsigned frame, double x,
                   double y, double r, GapColour fill, GapColour stroke, double width) {
    gap_scene_add(scene, (GapItem){GAP_ITEM_CIRCLE, role, (char *)id, frame, .x = x, .y = y, .r = r,
                                   .fill = fill, .stroke = stroke, .width = width});
}

void gap_symbol_add(GapScene *scene, const char *role, const char *id, unsigned frame,
                    const char *name, double x, double y, double size, GapColour colour,
                    bool hollow) {
    double unit[20], r = size / 2;
    for (size_t i = 0; i < G_N_ELEMENTS(outlines); i++)
        if (name && g_str_equal(outlines[i].name, name)) {
            polygon(scene, role, id, frame, outlines[i].xy, outlines[i].n, x, y, size, colour,
                    hollow);
            return;
        }
    if (name && g_str_equal(name, "one_stop_shop")) {
        star(unit);
        polygon(scene, role, id, frame, unit, 10, x, y, size, colour, hollow);
    } else if (name && g_str_equal(name, "district_department")) {
        circle(scene, role, id, frame, x, y, r, white, white, size * 0.26 + 2 * casing);
        circle(scene, role, id, frame, x, y, r * 0.85, white, colour, size * 0.24);
        if (!hollow)
            circle(scene, role, id, frame, x, y, r * 0.42, colour, colour, 0);
    } else {
        circle(scene, role, id, frame, x, y, r * 0.8, hollow ? white : colour,
               hollow ? colour : white, hollow ? size * 0.16 : casing);
    }
}
