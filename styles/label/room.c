#include "styles/label/room.h"

#include <math.h>

static const double cell_px = 48, line_room = 2, lines_apart = 5, of_crossing = 0.5;
enum { CELLS_MAX = 256 }; // each way

typedef enum { OBSTACLE, LABEL, LINE } Kind;

typedef struct {
    Kind kind;
    GapBox box;
    double weight, line[4];
    bool for_areas;
    guint seen; // the look-up that met it last
} Thing;

struct GapLabelRoom {
    GapBox frame;
    guint cols, rows, look_up;
    GArray **cells; // of numbers of things; NULL: empty
    GArray *things;
};

typedef struct {
    guint left, top, right, bottom;
} Cells;

GapLabelRoom *gap_label_room_new(GapBox frame) {
    GapLabelRoom *room = g_new0(GapLabelRoom, 1);
    room->frame = frame;
    room->cols = (guint)CLAMP((frame.max_x - frame.min_x) / cell_px + 1, 1, CELLS_MAX);
    room->rows = (guint)CLAMP((frame.max_y - frame.min_y) / cell_px + 1, 1, CELLS_MAX);
    room->cells = g_new0(GArray *, (gsize)room->cols * room->rows);
    room->things = g_array_new(FALSE, FALSE, sizeof(Thing));
    return room;
}

void gap_label_room_free(GapLabelRoom *room) {
    if (!room)
        return;
    for (guint i = 0; i < room->cols * room->rows; i++)
        g_clear_pointer(&room->cells[i], g_array_unref);
    g_free(room->cells);
    g_array_unref(room->things);
    g_free(room);
}

static guint cell_at(double offset, guint n) {
    return (guint)CLAMP(offset / cell_px, 0, n - 1);
}

/** False where the box lies outside, or is none. */
static bool cells_of(const GapLabelRoom *room, GapBox b, Cells *cells) {
    GapBox f = room->frame;
    if (!(b.min_x <= b.max_x && b.min_y <= b.max_y) || !gap_box_overlaps(b, f))
        return false;
    *cells =
        (Cells){cell_at(b.min_x - f.min_x, room->cols), cell_at(b.min_y - f.min_y, room->rows),
                cell_at(b.max_x - f.min_x, room->cols), cell_at(b.max_y - f.min_y, room->rows)};
    return true;
}

static void put(GapLabelRoom *room, const Thing *thing) {
    guint number = room->things->len;
    Cells c;
    g_array_append_val(room->things, *thing);
    if (!cells_of(room, thing->box, &c))
        return;
    for (guint row = c.top; row <= c.bottom; row++)
        for (guint col = c.left; col <= c.right; col++) {
            GArray **cell = &room->cells[row * room->cols + col];
            if (!*cell)
                *cell = g_array_new(FALSE, FALSE, sizeof(guint));
            g_array_append_val(*cell, number);
        }
}

void gap_label_room_avoid(GapLabelRoom *room, const GapLabelObstacle *o) {
    put(room,
        &(Thing){.kind = OBSTACLE, .box = o->box, .weight = o->weight, .for_areas = o->for_areas});
}

void gap_label_room_take(GapLabelRoom *room, GapBox box) {
    put(room, &(Thing){.kind = LABEL, .box = box});
}

static GapBox box_of_line(const double *l) {
    return (GapBox){fmin(l[0], l[2]), fmin(l[1], l[3]), fmax(l[0], l[2]), fmax(l[1], l[3])};
}

void gap_label_room_take_line(GapLabelRoom *room, const double *line) {
    put(room, &(Thing){.kind = LINE,
                       .box = box_of_line(line),
                       .line = {line[0], line[1], line[2], line[3]}});
}

static GapBox grown(GapBox b, double by) {
    return (GapBox){b.min_x - by, b.min_y - by, b.max_x + by, b.max_y + by};
}

static double size(GapBox b) {
    return (b.max_x - b.min_x) * (b.max_y - b.min_y);
}

static double shared(GapBox a, GapBox b) {
    double w = fmin(a.max_x, b.max_x) - fmax(a.min_x, b.min_x);
    double h = fmin(a.max_y, b.max_y) - fmax(a.min_y, b.min_y);
    return w > 0 && h > 0 ? w * h : 0;
}

/** Whether any of the line lies in the box (Liang and Barsky 1984). */
static bool line_meets_box(const double *l, GapBox b) {
    double d[] = {l[2] - l[0], l[3] - l[1]}, from = 0, to = 1;
    double low[] = {b.min_x - l[0], b.min_y - l[1]}, high[] = {b.max_x - l[0], b.max_y - l[1]};
    for (size_t i = 0; i < 2; i++) {
        if (d[i] == 0) {
            if (low[i] > 0 || high[i] < 0)
                return false;
            continue;
        }
        double a = low[i] / d[i], z = high[i] / d[i];
        from = fmax(from, fmin(a, z));
        to = fmin(to, fmax(a, z));
    }
    return from <= to;
}

static double from_line(const double *l, double x, double y) {
    double dx = l[2] - l[0], dy = l[3] - l[1], length = dx * dx + dy * dy;
    double t = length > 0 ? ((x - l[0]) * dx + (y - l[1]) * dy) / length : 0;
    t = CLAMP(t, 0, 1);
    return hypot(x - l[0] - t * dx, y - l[1] - t * dy);
}

static double side(const double *l, double x, double y) {
    return (l[2] - l[0]) * (y - l[1]) - (l[3] - l[1]) * (x - l[0]);
}

/** Whether two lines cross or come too near to each other to be told apart. */
static bool lines_meet(const double *a, const double *b) {
    bool cross = side(a, b[0], b[1]) * side(a, b[2], b[3]) < 0 &&
                 side(b, a[0], a[1]) * side(b, a[2], a[3]) < 0;
    return cross || from_line(a, b[0], b[1]) < lines_apart ||
           from_line(a, b[2], b[3]) < lines_apart || from_line(b, a[0], a[1]) < lines_apart ||
           from_line(b, a[2], a[3]) < lines_apart;
}

static double box_price_of(const Thing *t, GapBox box, GapLabelManner manner) {
    if (t->kind == LABEL)
        return gap_box_overlaps(grown(box, GAP_LABEL_PAD), t->box) ? INFINITY : 0;
    if (t->kind == LINE)
        return line_meets_box(t->line, grown(box, line_room)) ? INFINITY : 0;
    if ((manner == GAP_LABEL_CENTRED && !isinf(t->weight)) ||
        (t->for_areas && manner != GAP_LABEL_OF_AREA))
        return 0;
    double both = shared(box, t->box);
    return both > 0 ? t->weight * both / fmin(size(box), size(t->box)) : 0;
}

static double line_price_of(const Thing *t, const double *line, double x, double y) {
    if (t->kind == LINE)
        return lines_meet(line, t->line) ? INFINITY : 0;
    if (t->kind == LABEL)
        return line_meets_box(line, grown(t->box, line_room)) ? INFINITY : 0;
    GapBox b = t->box;
    bool never = isinf(t->weight);
    double share = never ? 0.25 : 1; // what must not be covered is its own only where it is centred
    bool own = fabs(2 * x - b.min_x - b.max_x) <= share * (b.max_x - b.min_x) &&
               fabs(2 * y - b.min_y - b.max_y) <= share * (b.max_y - b.min_y);
    if (own || t->for_areas || !line_meets_box(line, b))
        return 0;
    return never ? INFINITY : of_crossing * fmin(t->weight, 1);
}

/** What is asked the price of: a line from the mark at x, y, or a box. */
typedef struct {
    const double *line;
    double x, y;
    GapBox box;
    GapLabelManner manner;
} Asked;

static double price_of(const Thing *t, const Asked *a) {
    return a->line ? line_price_of(t, a->line, a->x, a->y) : box_price_of(t, a->box, a->manner);
}

/** The prices of all that lies in the cells of `reach`, each once. */
static double price_in(GapLabelRoom *room, GapBox reach, const Asked *asked) {
    double cost = 0;
    Cells c;
    if (!cells_of(room, reach, &c))
        return INFINITY;
    room->look_up++;
    for (guint row = c.top; row <= c.bottom; row++)
        for (guint col = c.left; col <= c.right; col++) {
            const GArray *cell = room->cells[row * room->cols + col];
            for (guint i = 0; cell && i < cell->len && !isinf(cost); i++) {
                Thing *t = &g_array_index(room->things, Thing, g_array_index(cell, guint, i));
                if (t->seen != room->look_up)
                    cost += price_of(t, asked);
                t->seen = room->look_up;
            }
        }
    return cost;
}

double gap_label_room_price(GapLabelRoom *room, GapBox box, GapLabelManner manner) {
    GapBox f = grown(room->frame, -GAP_LABEL_PAD);
    bool inside = box.min_x >= f.min_x && box.min_y >= f.min_y && box.max_x <= f.max_x &&
                  box.max_y <= f.max_y;
    return inside
               ? price_in(room, grown(box, GAP_LABEL_PAD), &(Asked){.box = box, .manner = manner})
               : INFINITY;
}

double gap_label_room_line_price(GapLabelRoom *room, const double *line, double x, double y) {
    GapBox f = room->frame;
    bool inside = x >= f.min_x && y >= f.min_y && x <= f.max_x && y <= f.max_y;
    return inside ? price_in(room, grown(box_of_line(line), lines_apart),
                             &(Asked){.line = line, .x = x, .y = y})
                  : INFINITY;
}
