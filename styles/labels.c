#include "styles/labels.h"

#include "geo/shape/area_index.h"

#include <math.h>
#include <string.h>

enum { GRID_COLS = 15, GRID_ROWS = 11, CANDIDATES_MAX = GRID_COLS * GRID_ROWS + 1 };
static const double pad = 3;

typedef struct {
    GapLabel label;
    char *text;
    GapGeometry *area;
    guint order;
} Wanted;

typedef struct {
    GapBox box;
    double weight;
    bool for_areas; /**< points' labels may stand here */
} Obstacle;

struct GapLabelSet {
    GArray *wanted;
    GArray *obstacles;
};

typedef struct {
    GapBox box;
    double cost;
} Candidate;

static void wanted_clear(gpointer data) {
    Wanted *wanted = data;
    g_free(wanted->text);
    gap_geometry_free(wanted->area);
}

GapLabelSet *gap_labels_new(void) {
    GapLabelSet *labels = g_new0(GapLabelSet, 1);
    labels->wanted = g_array_new(FALSE, FALSE, sizeof(Wanted));
    g_array_set_clear_func(labels->wanted, wanted_clear);
    labels->obstacles = g_array_new(FALSE, FALSE, sizeof(Obstacle));
    return labels;
}

void gap_labels_free(GapLabelSet *labels) {
    if (!labels)
        return;
    g_array_unref(labels->wanted);
    g_array_unref(labels->obstacles);
    g_free(labels);
}

void gap_labels_add(GapLabelSet *labels, const GapLabel *label) {
    Wanted wanted = {*label, g_strdup(label->text),
                     label->area ? gap_geometry_copy(label->area) : NULL, labels->wanted->len};
    g_array_append_val(labels->wanted, wanted);
}

void gap_labels_avoid(GapLabelSet *labels, GapBox box, double weight) {
    Obstacle obstacle = {box, weight, false};
    g_array_append_val(labels->obstacles, obstacle);
}

void gap_labels_keep_areas_off(GapLabelSet *labels, GapBox box, double weight) {
    Obstacle obstacle = {box, weight, true};
    g_array_append_val(labels->obstacles, obstacle);
}

static gint by_priority(gconstpointer a, gconstpointer b) {
    const Wanted *p = a, *q = b;
    if (p->label.rank != q->label.rank)
        return p->label.rank > q->label.rank ? -1 : 1;
    if (p->label.sort_key != q->label.sort_key)
        return p->label.sort_key < q->label.sort_key ? -1 : 1;
    return p->order < q->order ? -1 : 1;
}

/** Eight places around a point: right, left, above, below, then the corners. */
static size_t around_point(const GapLabel *l, double w, double h, Candidate *candidates) {
    if (l->centred) {
        candidates[0] = (Candidate){{l->x - w / 2, l->y - h / 2, l->x + w / 2, l->y + h / 2}, 0};
        return 1;
    }
    static const double direction[8][2] = {{1, 0},  {-1, 0}, {0, -1},  {0, 1},
                                           {1, -1}, {1, 1},  {-1, -1}, {-1, 1}};
    for (size_t i = 0; i < 8; i++) {
        double dx = direction[i][0], dy = direction[i][1];
        double reach = l->radius + pad - (dx != 0 && dy != 0 ? 0.29 * l->radius + pad : 0);
        double x = l->x + dx * (reach + w / 2), y = l->y + dy * (reach + h / 2);
        if (dx == 0)
            y -= dy * 0.15 * h; // a line's box has air above and below its letters
        candidates[i] = (Candidate){{x - w / 2, y - h / 2, x + w / 2, y + h / 2}, 0.02 * (double)i};
    }
    return 8;
}

/** How many of six points on the edges of a box lie outside the area. */
static unsigned outside(GapAreaIndex *index, GapBox b) {
    const double xs[] = {b.min_x, (b.min_x + b.max_x) / 2, b.max_x};
    unsigned n = 0;
    for (size_t i = 0; i < 3; i++)
        n += (gap_area_index_locate(index, xs[i], b.min_y) < 0) +
             (gap_area_index_locate(index, xs[i], b.max_y) < 0);
    return n;
}

/** The best place first, then a grid over the area's visible part; dearer the farther away, and
 *  dearer still where the words cross the border. */
static size_t within_area(const Wanted *wanted, double w, double h, GapBox frame,
                          Candidate *candidates) {
    const GapLabel *l = &wanted->label;
    GapBox b = gap_geometry_box(wanted->area);
    b = (GapBox){MAX(b.min_x, frame.min_x), MAX(b.min_y, frame.min_y), MIN(b.max_x, frame.max_x),
                 MIN(b.max_y, frame.max_y)};
    g_autoptr(GBytes) wkb = gap_geometry_to_wkb(wanted->area);
    g_autoptr(GapAreaIndex) index = gap_area_index_new(&wkb, 1, NULL);
    double size = MAX(hypot(b.max_x - b.min_x, b.max_y - b.min_y), 1);
    size_t n = 0;
    for (int i = -1; i < GRID_COLS * GRID_ROWS; i++) {
        double x = l->x, y = l->y;
        if (i >= 0) {
            int col = i % GRID_COLS, row = i / GRID_COLS;
            x = b.min_x + (b.max_x - b.min_x) * (col + 0.5) / GRID_COLS;
            y = b.min_y + (b.max_y - b.min_y) * (row + 0.5) / GRID_ROWS;
        }
        GapBox box = {x - w / 2, y - h / 2, x + w / 2, y + h / 2};
        double cost = 0.6 * hypot(x - l->x, y - l->y) / size;
        if (index)
            cost += 0.14 * outside(index, box);
        candidates[n++] = (Candidate){box, cost};
    }
    return n;
}

static double overlap(GapBox a, GapBox b) {
    double w = MIN(a.max_x, b.max_x) - MAX(a.min_x, b.min_x);
    double h = MIN(a.max_y, b.max_y) - MAX(a.min_y, b.min_y);
    return w > 0 && h > 0 ? w * h : 0;
}

static GapBox grown(GapBox b, double by) {
    return (GapBox){b.min_x - by, b.min_y - by, b.max_x + by, b.max_y + by};
}

/** Price of a box; infinite where a label stands already or the frame ends. */
static double price(const GapLabelSet *labels, const Wanted *wanted, GapBox box, GapBox frame,
                    const GArray *placed) {
    if (box.min_x < frame.min_x + pad || box.min_y < frame.min_y + pad ||
        box.max_x > frame.max_x - pad || box.max_y > frame.max_y - pad)
        return INFINITY;
    GapBox wide = grown(box, pad);
    for (guint i = 0; i < placed->len; i++)
        if (gap_box_overlaps(wide, g_array_index(placed, GapBox, i)))
            return INFINITY;
    double cost = 0;
    for (guint i = 0; i < labels->obstacles->len; i++) {
        const Obstacle *o = &g_array_index(labels->obstacles, Obstacle, i);
        if ((wanted->label.centred && !isinf(o->weight)) || (o->for_areas && !wanted->area))
            continue;
        double shared = overlap(box, o->box);
        double smaller = MIN((box.max_x - box.min_x) * (box.max_y - box.min_y),
                             (o->box.max_x - o->box.min_x) * (o->box.max_y - o->box.min_y));
        if (shared > 0)
            cost += o->weight * shared / smaller;
    }
    return cost;
}

static void draw_bar(GapScene *scene, const GapLabel *label, GapBox box, unsigned number) {
    const GapLabelBar *bar = &label->bar;
    GapColour line = {0.2, 0.2, 0.2, 1}, none = {0};
    double left = (box.min_x + box.max_x - bar->width) / 2, at = left;
    GapBox b = {left, box.max_y - bar->height, left + bar->width, box.max_y};
    GapBox casing = grown(b, 2.5);
    gap_scene_rect(scene, "map", label->id, casing, (GapColour){1, 1, 1, 0.85}, none, 0)->frame =
        number;
    for (unsigned i = 0; i < bar->n; i++) {
        double next = at + bar->width * bar->share[i];
        gap_scene_rect(scene, "map", label->id, (GapBox){at, b.min_y, next, b.max_y},
                       bar->colour[i], none, 0)
            ->frame = number;
        at = next;
    }
    gap_scene_rect(scene, "map", label->id, b, none, line, 1.2)->frame = number;
}

static void place_one(const GapLabelSet *labels, const Wanted *wanted, GapScene *scene,
                      GapFonts *fonts, GapBox frame, unsigned number, GArray *placed) {
    Candidate candidates[CANDIDATES_MAX];
    double w, h, best_cost = 1;
    gap_fonts_measure(fonts, wanted->text, &wanted->label.look, &w, &h);
    if (wanted->label.bar.width > 0) {
        w = MAX(w, wanted->label.bar.width + 6);
        h += wanted->label.bar.height + 6;
    }
    size_t n = wanted->area ? within_area(wanted, w, h, frame, candidates)
                            : around_point(&wanted->label, w, h, candidates);
    const Candidate *best = NULL;
    for (size_t i = 0; i < n; i++) {
        double cost = candidates[i].cost;
        if (cost < best_cost)
            cost += price(labels, wanted, candidates[i].box, frame, placed);
        if (cost < best_cost) {
            best = &candidates[i];
            best_cost = cost;
        }
    }
    if (!best) {
        scene->labels_left_out++;
        return;
    }
    g_array_append_val(placed, best->box);
    GapTextLook look = wanted->label.look;
    look.align = GAP_ALIGN_CENTRE;
    if (wanted->label.bar.width > 0)
        draw_bar(scene, &wanted->label, best->box, number);
    GapItem *item = gap_scene_text(scene, fonts, "label", wanted->label.id, wanted->text, &look,
                                   (best->box.min_x + best->box.max_x) / 2, best->box.min_y);
    item->frame = number;
    scene->labels_placed++;
}

void gap_labels_place(GapLabelSet *labels, GapScene *scene, GapFonts *fonts, GapBox frame,
                      unsigned frame_number) {
    g_autoptr(GArray) placed = g_array_new(FALSE, FALSE, sizeof(GapBox));
    g_array_sort(labels->wanted, by_priority);
    for (guint i = 0; i < labels->wanted->len; i++)
        place_one(labels, &g_array_index(labels->wanted, Wanted, i), scene, fonts, frame,
                  frame_number, placed);
    g_array_set_size(labels->wanted, 0);
    g_array_set_size(labels->obstacles, 0);
}
