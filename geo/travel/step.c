#include "geo/travel/internal.h"

/* The five moves of the first octant; the rest are mirrored. Cells are those the straight line
 * between the centres crosses, with the share of its length in each; `corner` the two cells beside
 * the corner that the line passes exactly. */
typedef struct {
    int dx, dy, n;
    struct {
        int dx, dy;
        double share;
    } cell[MOST_CROSSED];
    int corner[2][2];
} Move;

static const Move octant[] = {
    {1, 0, 2, {{0, 0, 1 / 2.}, {1, 0, 1 / 2.}}, {{1, 0}, {1, 0}}},
    {1, 1, 2, {{0, 0, 1 / 2.}, {1, 1, 1 / 2.}}, {{1, 0}, {0, 1}}},
    {2, 1, 4, {{0, 0, 1 / 4.}, {1, 0, 1 / 4.}, {1, 1, 1 / 4.}, {2, 1, 1 / 4.}}, {{2, 1}, {2, 1}}},
    {3, 1, 4, {{0, 0, 1 / 6.}, {1, 0, 1 / 3.}, {2, 1, 1 / 3.}, {3, 1, 1 / 6.}}, {{2, 0}, {1, 1}}},
    {3,
     2,
     6,
     {{0, 0, 1 / 6.},
      {1, 0, 1 / 12.},
      {1, 1, 1 / 4.},
      {2, 1, 1 / 4.},
      {2, 2, 1 / 12.},
      {3, 2, 1 / 6.}},
     {{3, 2}, {3, 2}}},
};

/* One of the eight mirror images: transposed, then with signs. */
typedef struct {
    bool transposed;
    int east, south;
} Mirror;

static ptrdiff_t mirrored(const GapSurface *surface, Mirror mirror, int dx, int dy) {
    const int x = mirror.transposed ? dy : dx, y = mirror.transposed ? dx : dy;
    return y * mirror.south * (ptrdiff_t)surface->stride + x * mirror.east;
}

static GapStep step_of(const GapSurface *surface, const Move *move, Mirror mirror) {
    const int x = mirror.transposed ? move->dy : move->dx;
    const int y = mirror.transposed ? move->dx : move->dy;
    const double length = hypot(x * surface->dx, y * surface->dy);
    GapStep step = {.dx = x * mirror.east,
                    .dy = y * mirror.south,
                    .to = mirrored(surface, mirror, move->dx, move->dy),
                    .n = move->n,
                    .length_m = length,
                    .per_m = 1 / length};
    for (int i = 0; i < move->n; i++) {
        step.crossed[i] = mirrored(surface, mirror, move->cell[i].dx, move->cell[i].dy);
        step.share[i] = move->cell[i].share;
    }
    for (int i = 0; i < 2; i++)
        step.corner[i] = mirrored(surface, mirror, move->corner[i][0], move->corner[i][1]);
    return step;
}

void gap_surface_make_steps(GapSurface *surface) {
    surface->n_steps = 0;
    for (size_t m = 0; surface->n_steps < surface->options.neighbours; m++)
        for (int image = 0; image < 8; image++) {
            const Mirror mirror = {image & 4, image & 2 ? -1 : 1, image & 1 ? -1 : 1};
            const bool straight = octant[m].dy == 0, diagonal = octant[m].dx == octant[m].dy;
            if ((straight && (mirror.transposed ? mirror.east : mirror.south) < 0) ||
                (diagonal && mirror.transposed))
                continue; // the same as another
            surface->step[surface->n_steps++] = step_of(surface, &octant[m], mirror);
        }
}

double gap_pace_far(const GapSurface *surface, const GapPace *pace, double slope) {
    return gap_pace_factor(pace->mode, &surface->options.walk, surface->options.length, slope);
}

/* Seconds a metre in a cell of a class. */
static inline double class_pace(const GapSurface *surface, uint8_t class, double slope) {
    const GapPace *pace = &surface->pace[surface->table[class].mode];
    return surface->slow[class] * gap_pace_at(surface, pace, slope) + surface->extra[class];
}

double gap_step_part_s(const GapSurface *surface, int k, int i, size_t index, double slope) {
    const double pace = surface->classes ? class_pace(surface, surface->classes[index], slope)
                                         : (double)surface->z[index];
    return surface->step[k].share[i] * surface->step[k].length_m * pace;
}

static double friction_step_s(const GapSurface *surface, size_t from, const GapStep *step) {
    double sum = 0; // NaN where a cell is closed
    for (int i = 0; i < step->n; i++)
        sum += step->share[i] * (double)surface->z[from + (size_t)step->crossed[i]];
    return isnan(sum) ? INFINITY : sum * step->length_m;
}

double gap_step_s(const GapSurface *surface, size_t from, int k, bool inwards) {
    const GapStep *step = &surface->step[k];
    if (gap_surface_closed_at(surface, from + (size_t)step->corner[0]) &&
        gap_surface_closed_at(surface, from + (size_t)step->corner[1]))
        return INFINITY;
    if (!surface->classes)
        return friction_step_s(surface, from, step);
    const double slope = gap_step_slope(surface, from, k, inwards);
    uint8_t last = CLOSED;
    double pace = 0, sum = 0;
    for (int i = 0; i < step->n; i++) {
        const uint8_t class = surface->classes[from + (size_t)step->crossed[i]];
        if (class == CLOSED)
            return INFINITY;
        if (class != last)
            pace = class_pace(surface, class, slope);
        sum += step->share[i] * pace;
        last = class;
    }
    return sum * step->length_m;
}
