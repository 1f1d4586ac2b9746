#include "styles/kinds/flows.h"

#include "geo/base/error.h"
#include "styles/labels.h"

#include <math.h>
#include <string.h>

// To the right of the way, the usual one first; then to the left, where nobody comes back.
static const double bends[] = {0.17, 0.12, 0.23, 0.08, 0.3, 0.38, -0.12, -0.2, -0.3};
enum { BENDS = G_N_ELEMENTS(bends), BENDS_RIGHT = 6 };
// Around, where places lie so close that their circles leave no room between them.
static const double loops[] = {0.7, 1.2, 2, 3};
// Of placing names, to find room for more of them; fewer where there are many arrows and names.
enum { TRIALS_MAX = 600, TRIALS_WORK = 500000 };
static const double casing = 1.4;
static const GapColour white = {1, 1, 1, 0.9};

typedef struct {
    guint row;
    bool shown;      /**< whether there is room for it */
    bool loop;       /**< only around */
    bool comes_back; /**< whether another goes the other way */
    GapFlow flow;
    GapFlowOutline outline;
} Arrow;

typedef struct {
    GapMap *map;
    const GapView *view;
    const GapStyleLayer *layer;
    const GapRows *rows;
    GArray *names;   /**< of GapBox: where names would stand */
    GArray *circles; /**< of GapFlowEnd: all of the layer that arrows stand around */
    GHashTable *by_code;
    GArray *arrows; /**< of Arrow, the widest first */
    unsigned trials;
} Flows;

/* ---- where names would stand ---- */

static void avoid(GapLabelSet *labels, const GapFlowOutline *o) {
    for (size_t k = 0; k < o->n_boxes; k++) {
        GapBox b = o->box[k];
        gap_labels_avoid(
            labels,
            (GapBox){b.min_x - casing, b.min_y - casing, b.max_x + casing, b.max_y + casing},
            INFINITY);
    }
}

/** Places the names that stand beside the circles into a scene of its own, which is given back:
 *  (transfer full), or NULL. */
static GapScene *try_names(Flows *f, GError **error) {
    GapMap *map = f->map;
    GapScene *trial = gap_scene_new(map->scene->width, map->scene->height), *scene = map->scene;
    g_autoptr(GapLabelSet) labels = gap_labels_new();
    GapLabelSet *own = map->labels;
    map->scene = trial;
    map->labels = labels;
    map->trial = f->layer->around;
    bool good = gap_map_draw(map, f->view, error);
    map->scene = scene;
    map->labels = own;
    map->trial = NULL;
    for (guint i = 0; i < f->arrows->len; i++)
        if (g_array_index(f->arrows, Arrow, i).shown)
            avoid(labels, &g_array_index(f->arrows, Arrow, i).outline);
    gap_labels_place(labels, trial, map->fonts, f->view->frame, f->view->number);
    f->trials++;
    if (!good)
        g_clear_pointer(&trial, gap_scene_free);
    return trial;
}

static void collect_names(const GapScene *scene, GArray *names) {
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        if (item->kind == GAP_ITEM_TEXT && g_str_equal(item->role, "label"))
            g_array_append_val(names, item->box);
    }
}

/* ---- where arrows begin and end ---- */

static bool find_circles(Flows *f, GError **error) {
    const GapStyleLayer *circles =
        f->layer->around ? gap_style_layer(f->map->style, f->layer->around) : NULL;
    if (!circles || !circles->source)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "layer '%.60s': gapmap:arrow wants gapmap:around, the id of a circle layer",
                        f->layer->id);
    const GapRows *rows = gap_map_rows(f->map, circles->source, error);
    for (size_t row = 0; rows && row < gap_table_rows(rows->table); row++) {
        const GapGeometry *shape = rows->shapes->pdata[row];
        const char *code = gap_cell_text(rows->table, row, "code");
        GapFlowEnd end = {.r = gap_map_radius(f->map, circles->id, rows->table, row)};
        if (!shape || !code)
            continue;
        gap_view_point(f->view, shape->xy[0], shape->xy[1], &end.x, &end.y);
        g_array_append_val(f->circles, end);
        g_hash_table_insert(f->by_code, (gpointer)code, GUINT_TO_POINTER(f->circles->len));
    }
    return rows != NULL;
}

static const GapFlowEnd *end_of(const Flows *f, size_t row, const char *column) {
    const char *code = gap_cell_text(f->rows->table, row, column);
    guint at = code ? GPOINTER_TO_UINT(g_hash_table_lookup(f->by_code, code)) : 0;
    return at ? &g_array_index(f->circles, GapFlowEnd, at - 1) : NULL;
}

static bool goes(const Flows *f, guint row, guint back) {
    const GapTable *t = f->rows->table;
    return g_strcmp0(gap_cell_text(t, row, "from"), gap_cell_text(t, back, "to")) == 0 &&
           g_strcmp0(gap_cell_text(t, row, "to"), gap_cell_text(t, back, "from")) == 0;
}

static gint widest_first(gconstpointer a, gconstpointer b) {
    const Arrow *p = a, *q = b;
    if (p->flow.width != q->flow.width)
        return p->flow.width > q->flow.width ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

/** The rows that have both ends and a width. */
static void find_arrows(Flows *f, const GArray *order) {
    for (guint i = 0; i < order->len; i++) {
        Arrow arrow = {.row = g_array_index(order, guint, i)};
        const GapFlowEnd *from = end_of(f, arrow.row, "from"), *to = end_of(f, arrow.row, "to");
        GapContext c = gap_map_context(f->map, f->rows->table, arrow.row);
        double width = gap_layer_number(f->layer, GAP_PROP_LINE_WIDTH, &c);
        if (!from || !to || width <= 0)
            continue;
        arrow.flow = (GapFlow){*from, *to, width, 0};
        for (guint k = 0; k < order->len; k++)
            arrow.comes_back |= goes(f, arrow.row, g_array_index(order, guint, k));
        g_array_append_val(f->arrows, arrow);
    }
    g_array_sort(f->arrows, widest_first);
}

/* ---- which bend ---- */

static double overlaps(const GapFlowOutline *o, const GapBox *box, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < o->n_boxes; k++)
            sum += gap_box_overlaps(o->box[k], box[i]);
    return sum;
}

/** Circles that the arrow runs over, other than its own ends. */
static double circles_hit(const Flows *f, const GapFlow *flow, const GapFlowOutline *o) {
    double n = 0;
    for (guint i = 0; i < f->circles->len; i++) {
        const GapFlowEnd *c = &g_array_index(f->circles, GapFlowEnd, i);
        GapBox box = {c->x - c->r, c->y - c->r, c->x + c->r, c->y + c->r};
        bool own = (c->x == flow->from.x && c->y == flow->from.y) ||
                   (c->x == flow->to.x && c->y == flow->to.y);
        n += own ? 0 : overlaps(o, &box, 1);
    }
    return n;
}

static double arrows_hit(const Flows *f, const GapFlowOutline *o) {
    double n = 0;
    for (guint i = 0; i < f->arrows->len; i++) {
        const Arrow *other = &g_array_index(f->arrows, Arrow, i);
        if (other->shown)
            n += overlaps(o, other->outline.box, other->outline.n_boxes);
    }
    return n;
}

static double outside(const GapFlowOutline *o, GapBox frame) {
    double n = 0;
    for (size_t k = 0; k < o->n_boxes; k++)
        n += o->box[k].min_x < frame.min_x || o->box[k].max_x > frame.max_x ||
             o->box[k].min_y < frame.min_y || o->box[k].max_y > frame.max_y;
    return n;
}

static size_t bends_of(const Arrow *arrow) {
    return arrow->comes_back ? BENDS_RIGHT : BENDS;
}

/** Gives the arrow the best bend by itself; none where the circles leave no room for it. */
static void choose_bend(const Flows *f, Arrow *arrow) {
    double least = INFINITY;
    Arrow best = *arrow;
    for (size_t i = 0; i < bends_of(arrow); i++) {
        GapFlowOutline o;
        GapFlow bent = arrow->flow;
        bent.bend = bends[i];
        if (!gap_flow_outline(&bent, &o))
            continue;
        double cost = 3 * overlaps(&o, (const GapBox *)(void *)f->names->data, f->names->len) +
                      2 * circles_hit(f, &bent, &o) + 0.2 * arrows_hit(f, &o) +
                      50 * outside(&o, f->view->frame) + 0.5 * (double)i;
        if (cost < least) {
            least = cost;
            best.flow = bent;
            best.outline = o;
            best.shown = true;
        }
    }
    *arrow = best;
    for (size_t i = 0; i < G_N_ELEMENTS(loops) && !arrow->shown; i++) {
        arrow->flow.bend = loops[i];
        arrow->shown = arrow->loop = gap_flow_outline(&arrow->flow, &arrow->outline);
    }
}

static unsigned names_left_out(Flows *f) {
    g_autoptr(GapScene) trial = try_names(f, NULL);
    return trial ? trial->left_out->len : G_MAXUINT;
}

static unsigned trials_max(const Flows *f) {
    return MIN(TRIALS_MAX, TRIALS_WORK / (f->arrows->len * f->circles->len + 1));
}

/** Tries the other bends of an arrow. Returns how many names then find no place, at most `now`. */
static unsigned improve(Flows *f, Arrow *arrow, unsigned now) {
    Arrow best = *arrow;
    for (size_t i = 0; i < bends_of(arrow) && now > 0 && f->trials < trials_max(f); i++) {
        arrow->flow.bend = bends[i];
        if (!gap_flow_outline(&arrow->flow, &arrow->outline) ||
            circles_hit(f, &arrow->flow, &arrow->outline) >
                circles_hit(f, &best.flow, &best.outline) ||
            outside(&arrow->outline, f->view->frame) > 0)
            continue;
        unsigned then = names_left_out(f);
        if (then < now) {
            now = then;
            best = *arrow;
        }
    }
    *arrow = best;
    return now;
}

/** Bends that are best alone, then others while more names find a place with them. */
static bool choose_bends(Flows *f, GError **error) {
    g_autoptr(GapScene) without = try_names(f, error);
    if (!without)
        return false;
    collect_names(without, f->names);
    for (guint i = 0; i < f->arrows->len; i++)
        choose_bend(f, &g_array_index(f->arrows, Arrow, i));
    unsigned now = names_left_out(f), before = G_MAXUINT;
    while (now < before && now > without->left_out->len) {
        before = now;
        for (guint i = 0; i < f->arrows->len; i++)
            if (g_array_index(f->arrows, Arrow, i).shown &&
                !g_array_index(f->arrows, Arrow, i).loop)
                now = improve(f, &g_array_index(f->arrows, Arrow, i), now);
    }
    return true;
}

/* ---- drawing ---- */

GapItem *gap_flows_add(GapScene *scene, const char *role, const char *id, const GapFlowOutline *o,
                       GapColour fill) {
    GapItem *item = gap_scene_polygon(scene, role, id, o->xy, o->n);
    item->fill = fill;
    item->stroke = white;
    item->width = casing;
    return item;
}

static void draw_arrow(Flows *f, const Arrow *arrow) {
    GapContext c = gap_map_context(f->map, f->rows->table, arrow->row);
    GapColour colour = gap_colour_fade(gap_layer_colour(f->layer, GAP_PROP_LINE_COLOR, &c),
                                       gap_layer_number(f->layer, GAP_PROP_LINE_OPACITY, &c));
    if (!arrow->shown)
        return;
    gap_flows_add(f->map->scene, "flow", f->layer->id, &arrow->outline, colour)->frame =
        f->view->number;
    avoid(f->map->labels, &arrow->outline);
}

bool gap_flows_draw(GapMap *map, const GapView *view, const GapStyleLayer *layer,
                    const GapRows *rows, const GArray *order, GError **error) {
    g_autoptr(GArray) names = g_array_new(FALSE, FALSE, sizeof(GapBox));
    g_autoptr(GArray) circles = g_array_new(FALSE, FALSE, sizeof(GapFlowEnd));
    g_autoptr(GArray) arrows = g_array_new(FALSE, FALSE, sizeof(Arrow));
    g_autoptr(GHashTable) by_code = g_hash_table_new(g_str_hash, g_str_equal);
    Flows f = {map, view, layer, rows, names, circles, by_code, arrows, 0};
    if (!find_circles(&f, error))
        return false;
    find_arrows(&f, order);
    if (!choose_bends(&f, error))
        return false;
    for (guint i = 0; i < arrows->len; i++)
        draw_arrow(&f, &g_array_index(arrows, Arrow, i));
    return true;
}
