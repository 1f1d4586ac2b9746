#include "styles/label/spots.h"

#include "styles/label/room.h"

#include <math.h>

enum { GRID_COLS = 15, GRID_ROWS = 11, RINGS = 5, DIRECTIONS = 16 };
static const double of_crossing = 0.14;

static GapBox box_about(double x, double y, double w, double h) {
    return (GapBox){x - w / 2, y - h / 2, x + w / 2, y + h / 2};
}

static void add(GArray *spots, GapBox box, double cost) {
    GapLabelSpot spot = {.box = box, .cost = cost};
    g_array_append_val(spots, spot);
}

/** Beside the mark on that side, clear of it; upon it in the middle. */
static void add_side(const GapLabel *l, const GapLabelSide *side, double w, double h, double cost,
                     GArray *spots) {
    const double pad = GAP_LABEL_PAD;
    double reach = l->radius + pad - (side->x && side->y ? 0.29 * l->radius + pad : 0);
    double x = l->x + side->x * (reach + w / 2), y = l->y + side->y * (reach + h / 2);
    if (!side->x)
        y -= side->y * 0.15 * h; // a line's box has air above and below its letters
    add(spots, box_about(x + side->dx, y + side->dy, w, h), cost);
}

void gap_label_spots_beside(const GapLabel *l, double w, double h, GArray *spots) {
    for (unsigned i = 0; i < l->n_sides; i++)
        add_side(l, &l->sides[i], w, h, 0.02 * i, spots);
    if (l->n_sides && !l->or_else)
        return;
    if (l->centred) {
        add(spots, box_about(l->x, l->y, w, h), 0);
        return;
    }
    const double later = l->n_sides ? 0.2 : 0;
    static const GapLabelSide sides[8] = {{1, 0},  {-1, 0}, {0, -1},  {0, 1},
                                          {1, -1}, {1, 1},  {-1, -1}, {-1, 1}};
    for (size_t i = 0; i < 8; i++)
        add_side(l, &sides[i], w, h, later + 0.02 * (double)i, spots);
}

/** From the mark to the nearest letters of the box; from within a large one, since it may lie under
 *  others. */
static void lead(const GapLabel *l, GapLabelSpot *spot) {
    double air = 0.22 * l->look.size; // above and below the letters
    double x = CLAMP(l->x, spot->box.min_x, spot->box.max_x);
    double y = CLAMP(l->y, spot->box.min_y + air, spot->box.max_y - air);
    double dx = x - l->x, dy = y - l->y, length = fmax(hypot(dx, dy), 1e-9);
    double edge = l->radius > GAP_LABEL_LARGE ? 0.7 * l->radius : l->radius;
    double from = fmin(edge / length, 1);
    spot->led = true;
    spot->line[0] = l->x + dx * from;
    spot->line[1] = l->y + dy * from;
    spot->line[2] = x;
    spot->line[3] = y;
}

void gap_label_spots_led(const GapLabel *l, double w, double h, GArray *spots) {
    double step = 1.36 * l->look.size; // a line of Noto Sans
    for (int ring = 1; ring <= RINGS; ring++)
        for (int i = 0; i < DIRECTIONS; i++) {
            // To the right and a little up first, then both ways round.
            double turn = 2 * G_PI / DIRECTIONS * (i % 2 ? (i + 1) / 2 : -i / 2);
            double dx = cos(turn - 0.2), dy = sin(turn - 0.2);
            double reach = l->radius + GAP_LABEL_PAD + ring * step;
            double x = l->x + dx * reach + CLAMP(1.5 * dx, -1, 1) * w / 2;
            double y = l->y + dy * reach + CLAMP(1.5 * dy, -1, 1) * h / 2;
            GapLabelSpot spot = {.box = box_about(x, y, w, h),
                                 .cost = 0.4 + 0.07 * ring + 0.003 * i};
            lead(l, &spot);
            g_array_append_val(spots, spot);
        }
}

GapLabelArea gap_label_area_of(const GapLabel *l, GapBox f) {
    GapBox b = gap_geometry_box(l->area);
    g_autoptr(GBytes) wkb = gap_geometry_to_wkb(l->area);
    return (GapLabelArea){l,
                          {fmax(b.min_x, f.min_x), fmax(b.min_y, f.min_y), fmin(b.max_x, f.max_x),
                           fmin(b.max_y, f.max_y)},
                          gap_area_index_new(&wkb, 1, NULL)};
}

void gap_label_area_clear(GapLabelArea *area) {
    g_clear_pointer(&area->index, gap_area_index_free);
}

/** How many of six points on the edges of a box lie outside the area. */
static unsigned outside(GapAreaIndex *index, GapBox b) {
    const double xs[] = {b.min_x, (b.min_x + b.max_x) / 2, b.max_x};
    unsigned n = 0;
    for (size_t i = 0; index && i < 3; i++)
        n += (gap_area_index_locate(index, xs[i], b.min_y) < 0) +
             (gap_area_index_locate(index, xs[i], b.max_y) < 0);
    return n;
}

void gap_label_spot_upon(const GapLabelArea *area, double w, double h, double more, GArray *spots) {
    GapBox box = box_about(area->label->x, area->label->y, w, h);
    add(spots, box, of_crossing * outside(area->index, box) + more);
}

void gap_label_spots_within(const GapLabelArea *area, double w, double h, double more, double most,
                            GArray *spots) {
    const GapLabel *l = area->label;
    GapBox b = area->seen;
    double size = fmax(hypot(b.max_x - b.min_x, b.max_y - b.min_y), 1);
    for (int i = 0; i < GRID_COLS * GRID_ROWS; i++) {
        double x = b.min_x + (b.max_x - b.min_x) * (i % GRID_COLS + 0.5) / GRID_COLS;
        double y = b.min_y + (b.max_y - b.min_y) * ((double)(i / GRID_COLS) + 0.5) / GRID_ROWS;
        double cost = 0.6 * hypot(x - l->x, y - l->y) / size;
        GapBox box = box_about(x, y, w, h);
        if (cost + more < most)
            add(spots, box, cost + of_crossing * outside(area->index, box) + more);
    }
}
