#include "styles/kinds/flow_shape.h"

#include <math.h>

static const double air = 2;      // between a disc and the arrow
static const double shortest = 8; // of shafts: less would look like a head alone

typedef struct {
    double x, y;
} Point;

/** The Bezier curve at t: its middle lies half as far off as its control point. */
static Point curve_at(const GapFlow *f, double t) {
    double dx = f->to.x - f->from.x, dy = f->to.y - f->from.y;
    double cx = f->from.x + dx / 2 - 2 * f->bend * dy, cy = f->from.y + dy / 2 + 2 * f->bend * dx;
    double a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
    return (Point){a * f->from.x + b * cx + c * f->to.x, a * f->from.y + b * cy + c * f->to.y};
}

/** The t nearest to `t` (0 or 1) at which the curve leaves a disc of radius r around its end. */
static double leave(const GapFlow *f, double t, double r) {
    Point end = curve_at(f, t);
    double low = 0, high = 0.5; // away from the end
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        Point p = curve_at(f, fabs(t - middle));
        if (hypot(p.x - end.x, p.y - end.y) < r)
            low = middle;
        else
            high = middle;
    }
    return fabs(t - high);
}

static void corner(GapFlowOutline *o, double x, double y) {
    o->xy[2 * o->n] = x;
    o->xy[2 * o->n + 1] = y;
    o->n++;
}

static GapBox box_of(Point p, Point q, double around) {
    return (GapBox){MIN(p.x, q.x) - around, MIN(p.y, q.y) - around, MAX(p.x, q.x) + around,
                    MAX(p.y, q.y) + around};
}

/** Across the way from p to q, to its right, `length` pixels. */
static Point across(Point p, Point q, double length) {
    double d = hypot(q.x - p.x, q.y - p.y);
    return d > 0 ? (Point){-(q.y - p.y) / d * length, (q.x - p.x) / d * length} : (Point){0, 0};
}

/** Points along the shaft and, for each, the way across it. */
static void shaft(const GapFlow *f, double from, double to, Point *at, Point *side) {
    for (int i = 0; i <= GAP_FLOW_STEPS; i++) {
        double t = from + (to - from) * i / GAP_FLOW_STEPS, step = (to - from) / GAP_FLOW_STEPS;
        at[i] = curve_at(f, t);
        side[i] = across(curve_at(f, t - step), curve_at(f, t + step), f->width / 2);
    }
}

/** The head in slices from its base to its tip; `side` leads from the base to a corner. */
static void head_boxes(GapFlowOutline *o, Point base, Point tip, Point side) {
    for (int i = 0; i < GAP_FLOW_HEAD_STEPS; i++) {
        GapBox box = GAP_BOX_EMPTY;
        for (int k = 0; k < 4; k++) {
            double along = (double)(i + k / 2) / GAP_FLOW_HEAD_STEPS, out = k % 2 ? 1 : -1;
            double x = base.x + (tip.x - base.x) * along + out * side.x * (1 - along);
            double y = base.y + (tip.y - base.y) * along + out * side.y * (1 - along);
            gap_box_add(&box, (GapBox){x, y, x, y});
        }
        o->box[o->n_boxes++] = box;
    }
}

bool gap_flow_outline(const GapFlow *f, GapFlowOutline *o) {
    *o = (GapFlowOutline){0};
    double head = 9 + 1.9 * f->width, wide = 4.5 + 0.95 * f->width;
    double start = leave(f, 0, f->from.r + air), tip = leave(f, 1, f->to.r + air);
    double neck = leave(f, 1, f->to.r + air + head);
    Point a = curve_at(f, start), b = curve_at(f, neck);
    if (start >= neck || neck >= tip || hypot(b.x - a.x, b.y - a.y) < shortest)
        return false;
    Point at[GAP_FLOW_STEPS + 1], side[GAP_FLOW_STEPS + 1], end = curve_at(f, tip);
    shaft(f, start, neck, at, side);
    for (int i = 0; i <= GAP_FLOW_STEPS; i++)
        corner(o, at[i].x + side[i].x, at[i].y + side[i].y);
    Point base = at[GAP_FLOW_STEPS], w = across(base, end, wide);
    corner(o, base.x + w.x, base.y + w.y);
    corner(o, end.x, end.y);
    corner(o, base.x - w.x, base.y - w.y);
    for (int i = GAP_FLOW_STEPS; i >= 0; i--)
        corner(o, at[i].x - side[i].x, at[i].y - side[i].y);
    for (int i = 0; i < GAP_FLOW_STEPS; i++)
        o->box[o->n_boxes++] = box_of(at[i], at[i + 1], f->width / 2);
    head_boxes(o, base, end, w);
    Point s = side[GAP_FLOW_STEPS]; // the shaft's last edge may be turned a little
    gap_box_add(&o->box[GAP_FLOW_STEPS], box_of((Point){base.x + s.x, base.y + s.y},
                                                (Point){base.x - s.x, base.y - s.y}, 0));
    return true;
}
