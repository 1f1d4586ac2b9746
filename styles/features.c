// Layers of the style become items of the scene, view by view.
#include "geo/base/error.h"
#include "styles/kinds/flows.h"
#include "styles/kinds/multiples.h"
#include "styles/kinds/picture.h"
#include "styles/labels.h"
#include "styles/map.h"
#include "styles/part/part.h"
#include "styles/shades.h"
#include "styles/shapes/arcs.h"
#include "styles/shapes/offset.h"
#include "styles/shapes/stand.h"
#include "styles/spread.h"
#include "styles/style_properties.h"
#include "styles/symbol.h"
#include "styles/theme/values.h"

#include <math.h>
#include <string.h>

void gap_view_point(const GapView *v, double x_m, double y_m, double *x, double *y) {
    *x = v->frame.min_x + (x_m - v->west_m) * v->scale;
    *y = v->frame.min_y + (v->north_m - y_m) * v->scale;
}

/* ---- one function a layer type ---- */

typedef struct {
    GapMap *map;
    const GapView *view;
    const GapStyleLayer *layer;
    const GapRows *rows;
    int rank;
    GError **error;
    GapStand *places; /**< of circles and symbols, by row */
} Drawing;

static bool visible(const GapView *v, const GapGeometry *px) {
    return px && gap_box_overlaps(gap_geometry_box(px), v->frame);
}

const char *const GAP_HATCHES[] = {"", "hatch-up", "hatch-down", "hatch-cross", "dots", NULL};

GapHatch gap_hatch_by_name(const char *name) {
    for (size_t i = 1; name && GAP_HATCHES[i]; i++)
        if (g_str_equal(name, GAP_HATCHES[i]))
            return (GapHatch)i;
    return GAP_HATCH_NONE;
}

GapColour gap_hatch_colour(GapColour fill) {
    return gap_colour_luminance(fill) > 0.55 ? (GapColour){0.55, 0.55, 0.55, 1}
                                             : (GapColour){1, 1, 1, 0.75};
}

static void draw_fill(const Drawing *d, size_t row, GapContext *c) {
    g_autoptr(GapGeometry) px = gap_arcs_shape(d->rows->arcs, (guint)row);
    if (!visible(d->view, px) || px->kind != GAP_SHAPE_POLYGON)
        return;
    GapColour colour = gap_colour_fade(gap_layer_colour(d->layer, GAP_PROP_FILL_COLOR, c),
                                       gap_layer_number(d->layer, GAP_PROP_FILL_OPACITY, c));
    GapHatch hatch = gap_hatch_by_name(gap_expr_string(d->layer->props[GAP_PROP_FILL_PATTERN], c));
    bool outlined = d->layer->props[GAP_PROP_FILL_OUTLINE_COLOR] != NULL;
    GapColour outline = gap_colour_fade(gap_layer_colour(d->layer, GAP_PROP_FILL_OUTLINE_COLOR, c),
                                        gap_layer_number(d->layer, GAP_PROP_FILL_OPACITY, c));
    gap_scene_add(d->map->scene,
                  (GapItem){GAP_ITEM_PATH, "map", d->layer->id, d->view->number, .fill = colour,
                            .stroke = outlined ? outline : (GapColour){0}, .width = outlined,
                            .hatch = hatch, .hatch_colour = gap_hatch_colour(colour),
                            .path = g_steal_pointer(&px)});
}

void gap_line_draw(GapMap *map, const GapView *view, const GapStyleLayer *layer, GapContext *c,
                   const char *role, double scale, GapGeometry *px) {
    double width = scale * gap_layer_number(layer, GAP_PROP_LINE_WIDTH, c);
    double offset = scale * gap_layer_number(layer, GAP_PROP_LINE_OFFSET, c);
    if (offset != 0)
        gap_line_offset(px, offset);
    GapItem *item = gap_scene_add(
        map->scene,
        (GapItem){GAP_ITEM_PATH, role, layer->id, view->number,
                  .stroke = gap_colour_fade(gap_layer_colour(layer, GAP_PROP_LINE_COLOR, c),
                                            gap_layer_number(layer, GAP_PROP_LINE_OPACITY, c)),
                  .width = width, .cap = (GapCap)gap_layer_name(layer, GAP_PROP_LINE_CAP, c),
                  .join = (GapJoin)gap_layer_name(layer, GAP_PROP_LINE_JOIN, c), .path = px});
    for (size_t i = 0; i < GAP_DASHES; i++)
        item->dash[i] = layer->dash[i] * width;
}

static void draw_line(const Drawing *d, size_t row, GapContext *c) {
    // A border that is moved into its area is not its neighbour's any more.
    bool moved = gap_layer_number(d->layer, GAP_PROP_LINE_OFFSET, c) != 0;
    g_autoptr(GapGeometry) px = moved ? gap_arcs_shape(d->rows->arcs, (guint)row)
                                      : gap_arcs_fresh(d->rows->arcs, (guint)row);
    if (visible(d->view, px))
        gap_line_draw(d->map, d->view, d->layer, c, "map", 1, g_steal_pointer(&px));
}

/** Where a row stands: its point, or the inner point of its visible part, which is given away. */
static bool row_place(const Drawing *d, size_t row, GapGeometry **area, double *x, double *y) {
    GapStand *place = &d->places[row];
    *area = g_steal_pointer(&place->area);
    *x = place->x;
    *y = place->y;
    return place->shown;
}

double gap_map_circle(const GapMap *map, const GapStyleLayer *layer, const GapContext *c) {
    return gap_layout_symbols(map->layout) * gap_layer_number(layer, GAP_PROP_CIRCLE_RADIUS, c);
}

double gap_map_radius(const GapMap *map, const char *layer, const GapTable *table, size_t row) {
    const GapStyleLayer *circles = layer ? gap_style_layer(map->style, layer) : NULL;
    GapContext c = gap_map_context(map, table, row);
    if (!circles || circles->type != GAP_LAYER_CIRCLE || !gap_expr_holds(circles->filter, &c))
        return 0;
    return gap_map_circle(map, circles, &c);
}

static void draw_circle(const Drawing *d, size_t row, GapContext *c) {
    g_autoptr(GapGeometry) area = NULL;
    double x, y, r = gap_map_circle(d->map, d->layer, c);
    GapColour fill = gap_layer_colour(d->layer, GAP_PROP_CIRCLE_COLOR, c);
    if (r <= 0 || !row_place(d, row, &area, &x, &y))
        return;
    gap_scene_add(
        d->map->scene,
        (GapItem){
            GAP_ITEM_CIRCLE, "map", d->layer->id, d->view->number, .x = x, .y = y, .r = r,
            .fill = gap_colour_fade(fill, gap_layer_number(d->layer, GAP_PROP_CIRCLE_OPACITY, c)),
            .hatch = gap_hatch_by_name(gap_expr_string(d->layer->hatch, c)),
            .hatch_colour = gap_hatch_colour(fill),
            .stroke =
                gap_colour_fade(gap_layer_colour(d->layer, GAP_PROP_CIRCLE_STROKE_COLOR, c),
                                gap_layer_number(d->layer, GAP_PROP_CIRCLE_STROKE_OPACITY, c)),
            .width = gap_layer_number(d->layer, GAP_PROP_CIRCLE_STROKE_WIDTH, c)});
    double inner = r * 0.85, quiet = 2.5;
    if (r < quiet)
        return; // the grain of a map, which names may stand on
    gap_labels_avoid(d->map->labels, (GapBox){x - inner, y - inner, x + inner, y + inner}, 0.7);
}

GapLabelBar gap_label_bar(const GapStyleBar *style, const GapContext *c) {
    GapLabelBar bar = {.n = style->n};
    double total = 0;
    for (unsigned i = 0; i < bar.n; i++) {
        total += bar.share[i] = MAX(gap_expr_number(style->share[i], c, 0), 0);
        bar.colour[i] = style->colour[i];
    }
    for (unsigned i = 0; i < bar.n; i++)
        bar.share[i] /= total;
    if (total > 0) {
        bar.width = style->width;
        bar.height = style->height;
    }
    return bar;
}

static char *transformed(const Drawing *d, const char *text, GapContext *c) {
    static char *(*const ways[])(const char *, gssize) = {NULL, g_utf8_strup, g_utf8_strdown};
    size_t how = gap_layer_name(d->layer, GAP_PROP_TEXT_TRANSFORM, c);
    return how ? ways[how](text, -1) : g_strdup(text);
}

/** Whether an area is drawn wide enough for a name. */
static bool wide_enough(const GapStyleLayer *layer, const GapGeometry *area) {
    GapBox box = area ? gap_geometry_box(area) : GAP_BOX_EMPTY;
    return !area || box.max_x - box.min_x >= layer->min_width;
}

static GapLeader leader_of(const GapStyleLayer *layer, const GapContext *c) {
    const char *how = layer->leader ? gap_expr_string(layer->leader, c) : NULL;
    return g_strcmp0(how, "always") == 0 ? GAP_LEADER_ALWAYS
           : g_strcmp0(how, "once") == 0 ? GAP_LEADER_ONCE
                                         : GAP_LEADER_NONE;
}

/** Whether figures stand within their circle, some of its colour around them. */
static bool fits_circle(const Drawing *d, const GapLabel *label) {
    const double figures = 0.71, ring = 3; // height of their ink, of the size; pixels
    double w, h;
    gap_fonts_measure(d->map->fonts, label->text, &label->look, &w, &h);
    return hypot(w, figures * label->look.size) / 2 + ring <= label->radius;
}

/** Whether a smaller circle, which is drawn above the row's own, covers x, y: a number there would
 *  be taken for that one's. */
static bool under_another(const Drawing *d, double x, double y, double radius) {
    const GArray *items = d->map->scene->items;
    for (guint i = 0; i < items->len; i++) {
        const GapItem *item = &g_array_index(items, GapItem, i);
        if (item->kind == GAP_ITEM_CIRCLE && item->frame == d->view->number &&
            g_str_equal(item->id, d->layer->around) && item->r < radius - 0.01 &&
            hypot(item->x - x, item->y - y) < item->r)
            return true;
    }
    return false;
}

/** Side number `which` of GAP_ANCHORS: an anchor on the left of the words puts them to the right.
 */
static GapLabelSide side_of(size_t which) {
    static const GapLabelSide sides[] = {{0, 0}, {1, 0},  {-1, 0}, {0, 1},  {0, -1},
                                         {1, 1}, {-1, 1}, {1, -1}, {-1, -1}};
    return sides[which];
}

/** Sides that the layer names, and how far from the point the words stand: by text-radial-offset
 *  away from it, else by text-offset; of several sides each away from it. */
static void choose_sides(const GapStyleLayer *l, const GapContext *c, double size,
                         GapLabel *label) {
    GapValue list = {GAP_VALUE_NULL, {0}};
    const GapExpr *several = l->props[GAP_PROP_TEXT_VARIABLE_ANCHOR];
    double offset[2], away = gap_layer_number(l, GAP_PROP_TEXT_RADIAL_OFFSET, c) * size;
    gap_layer_pair(l, GAP_PROP_TEXT_OFFSET, c, offset);
    if (several)
        list = gap_expr_eval(several, c);
    bool named = list.type == GAP_VALUE_LIST && list.list.n > 0;
    const char *anchor = gap_expr_string(l->props[GAP_PROP_TEXT_ANCHOR], c);
    bool moved = offset[0] != 0 || offset[1] != 0 || away != 0;
    label->centred = !named && anchor && g_str_equal(anchor, "center");
    label->n_sides =
        named ? (unsigned)MIN(list.list.n, G_N_ELEMENTS(label->sides)) : anchor || moved;
    label->or_else = !named && !anchor;
    for (unsigned i = 0; i < label->n_sides; i++) {
        const char *name = named ? list.list.items[i].string : anchor ? anchor : "center";
        size_t which = 0;
        while (GAP_ANCHORS[which] && !g_str_equal(GAP_ANCHORS[which], name))
            which++;
        GapLabelSide *side = &label->sides[i];
        *side = side_of(GAP_ANCHORS[which] ? which : 0);
        double part = side->x && side->y ? away * G_SQRT2 / 2 : away;
        side->dx =
            away != 0 ? side->x * part : size * (named ? side->x * fabs(offset[0]) : offset[0]);
        side->dy =
            away != 0 ? side->y * part : size * (named ? side->y * fabs(offset[1]) : offset[1]);
    }
}

/** `shape`: the area or line that the label belongs to, or NULL. */
static void want_label(const Drawing *d, size_t row, GapContext *c, const GapGeometry *shape,
                       double x, double y, double radius) {
    const GapStyleLayer *l = d->layer;
    const GapGeometry *area = l->along ? NULL : shape;
    const char *text = gap_expr_string(l->props[GAP_PROP_TEXT_FIELD], c);
    if (!text || !*text || !wide_enough(l, area))
        return;
    double size = MIN(gap_layer_number(l, GAP_PROP_TEXT_SIZE, c), 200);
    g_autofree char *shown = transformed(d, text, c);
    static const int lean[] = {0, -1, 1}; // by the names of text-justify
    double opacity = gap_layer_number(l, GAP_PROP_TEXT_OPACITY, c);
    GapTextLook look = {
        .size = size,
        .bold = l->bold,
        .italic = l->italic,
        .spacing = gap_layer_number(l, GAP_PROP_TEXT_LETTER_SPACING, c) * size,
        .colour = gap_colour_fade(gap_layer_colour(l, GAP_PROP_TEXT_COLOR, c), opacity),
        .halo = gap_colour_fade(gap_layer_colour(l, GAP_PROP_TEXT_HALO_COLOR, c), opacity),
        .halo_width = gap_layer_number(l, GAP_PROP_TEXT_HALO_WIDTH, c)};
    GapLabel label = {.id = l->id,
                      .text = shown,
                      .look = look,
                      .x = x,
                      .y = y,
                      .radius = MAX(radius, gap_map_radius(d->map, l->around, d->rows->table, row)),
                      .area = area,
                      .line = l->along ? shape : NULL,
                      .leader = leader_of(l, c),
                      .max_width = gap_layer_number(l, GAP_PROP_TEXT_MAX_WIDTH, c) * size,
                      .max_angle = gap_layer_number(l, GAP_PROP_TEXT_MAX_ANGLE, c) * G_PI / 180,
                      .rank = d->rank,
                      .sort_key = gap_layer_number(l, GAP_PROP_SYMBOL_SORT_KEY, c),
                      .bar = gap_label_bar(&l->bar, c),
                      .lean = lean[gap_layer_name(l, GAP_PROP_TEXT_JUSTIFY, c)]};
    choose_sides(l, c, size, &label);
    if (area && label.n_sides) { // where in it the name would best stand
        label.x += label.sides[0].dx;
        label.y += label.sides[0].dy;
    }
    if (label.centred && l->around &&
        (!fits_circle(d, &label) || under_another(d, x, y, label.radius)))
        return; // it would hide its circle, or seem to be of another
    gap_labels_add(d->map->labels, &label);
}

static double icon_size(const GapStyleLayer *layer, const GapContext *c) {
    return 14 * gap_layer_number(layer, GAP_PROP_ICON_SIZE, c);
}

/** Draws the icon of a row, where it has one. Returns: the radius that names keep off. */
static double draw_icon(const Drawing *d, const GapContext *c, double x, double y) {
    const char *icon = gap_expr_string(d->layer->props[GAP_PROP_ICON_IMAGE], c);
    if (!icon)
        return 0;
    double size = icon_size(d->layer, c), radius = size / 2, offset[2];
    double opacity = gap_layer_number(d->layer, GAP_PROP_ICON_OPACITY, c);
    gap_layer_pair(d->layer, GAP_PROP_ICON_OFFSET, c, offset);
    x += offset[0] * size / 14;
    y += offset[1] * size / 14;
    guint first = d->map->scene->items->len;
    gap_symbol_add(d->map->scene, "map", d->layer->id, d->view->number, icon, x, y, size,
                   gap_layer_colour(d->layer, GAP_PROP_ICON_COLOR, c),
                   d->layer->hollow && gap_expr_holds(d->layer->hollow, c));
    for (guint i = first; opacity < 1 && i < d->map->scene->items->len; i++) {
        GapItem *item = &g_array_index(d->map->scene->items, GapItem, i);
        item->fill = gap_colour_fade(item->fill, opacity);
        item->stroke = gap_colour_fade(item->stroke, opacity);
    }
    gap_labels_avoid(d->map->labels, (GapBox){x - radius, y - radius, x + radius, y + radius}, 2);
    return radius;
}

static void draw_symbol(const Drawing *d, size_t row, GapContext *c) {
    g_autoptr(GapGeometry) area = NULL;
    double x, y;
    if (d->layer->along) {
        area = gap_view_shape(d->view, d->rows->shapes->pdata[row]);
        if (visible(d->view, area) && area->kind != GAP_SHAPE_POINT)
            want_label(d, row, c, area, area->xy[0], area->xy[1], 0);
        return;
    }
    if (!row_place(d, row, &area, &x, &y))
        return;
    const double *moved = g_hash_table_lookup(d->map->moved, d->rows);
    if (moved && !isnan(moved[2 * row])) { // a name belongs to the mark, which leads to its place
        x = moved[2 * row];
        y = moved[2 * row + 1];
    }
    want_label(d, row, c, area, x, y, draw_icon(d, c, x, y));
}

/** Shaded relief as one picture, as fine as the page: dark where the shade is below flat ground,
 *  light where above. */
static bool draw_hillshade(const Drawing *d, GapContext *c) {
    const GapMapData *data = d->map->data;
    const GapView *v = d->view;
    double cell = 1 / v->scale;
    double w = (v->frame.max_x - v->frame.min_x) * cell,
           h = (v->frame.max_y - v->frame.min_y) * cell;
    GapBox box = {v->west_m, v->north_m - h, v->west_m + w, v->north_m};
    g_autoptr(GapGrid) shade =
        gap_shades_of(data->shades, data->terrain, gap_projection_definition(d->map->plane), box,
                      cell * 2, d->error);
    if (!shade)
        return false;
    double strength = gap_layer_number(d->layer, GAP_PROP_HILLSHADE_EXAGGERATION, c);
    GapColour dark = gap_layer_colour(d->layer, GAP_PROP_HILLSHADE_SHADOW_COLOR, c);
    GapColour light = gap_layer_colour(d->layer, GAP_PROP_HILLSHADE_HIGHLIGHT_COLOR, c);
    size_t n = shade->cols * shade->rows;
    guint32 *pixels = g_new0(guint32, n);
    for (size_t i = 0; i < n; i++) {
        double at = (shade->cells[i] - 181) / 128; // flat ground under light from 45 degrees
        if (isnan(at))
            continue;
        GapColour tone = at < 0 ? dark : light;
        double a = MIN(fabs(at) * strength, 1) * tone.a;
        pixels[i] = (guint32)lround(a * 255) << 24 | (guint32)lround(a * tone.r * 255) << 16 |
                    (guint32)lround(a * tone.g * 255) << 8 | (guint32)lround(a * tone.b * 255);
    }
    gap_scene_add(d->map->scene,
                  (GapItem){GAP_ITEM_IMAGE, "map", d->layer->id, v->number, .box = v->frame,
                            .pixels = g_bytes_new_take(pixels, n * sizeof *pixels),
                            .cols = (unsigned)shade->cols, .rows = (unsigned)shade->rows});
    return true;
}

typedef struct {
    size_t row;
    double key;
} Order;

static gint by_key(gconstpointer a, gconstpointer b) {
    const Order *p = a, *q = b;
    if (p->key != q->key)
        return p->key < q->key ? -1 : 1;
    return p->row < q->row ? -1 : 1;
}

/** The property that orders a layer's rows, or none. */
static int sort_property(const GapStyleLayer *layer) {
    return layer->type == GAP_LAYER_CIRCLE   ? (int)GAP_PROP_CIRCLE_SORT_KEY
           : layer->type == GAP_LAYER_SYMBOL ? (int)GAP_PROP_SYMBOL_SORT_KEY
           : layer->type == GAP_LAYER_FILL   ? (int)GAP_PROP_FILL_SORT_KEY
           : layer->type == GAP_LAYER_LINE   ? (int)GAP_PROP_LINE_SORT_KEY
                                             : -1;
}

/** Rows that pass the filter and have a place, by their sort key; only the first ones, where
 *  the layer says so. Returns: (transfer full). */
static GArray *rows_in_order(const Drawing *d) {
    GArray *order = g_array_new(FALSE, FALSE, sizeof(Order));
    int key = sort_property(d->layer);
    for (size_t row = 0; row < gap_table_rows(d->rows->table); row++) {
        GapContext c = gap_map_context(d->map, d->rows->table, row);
        if (!d->rows->shapes->pdata[row] || !gap_multiples_shows(d->map, d->rows->table, row) ||
            !gap_expr_holds(d->layer->filter, &c))
            continue;
        Order one = {row, 0};
        if (key >= 0)
            one.key = gap_layer_number(d->layer, (GapProperty)key, &c);
        g_array_append_val(order, one);
    }
    g_array_sort(order, by_key);
    if (order->len > d->layer->first)
        g_array_set_size(order, d->layer->first);
    return order;
}

/** The context of the row that is number `i` in order. */
static GapContext context_in_order(const Drawing *d, const GArray *order, guint i) {
    GapContext c = gap_map_context(d->map, d->rows->table, g_array_index(order, Order, i).row);
    if (gap_table_find(d->rows->table, "rank") < 0) { // a rank of its own holds in a part, too
        c.given = "rank";
        c.given_value = i + 1;
    }
    return c;
}

/** A line from where a mark was moved to back to its place, and a dot there. */
static void draw_leader(const Drawing *d, const GapContext *c, const double *from,
                        const double *to) {
    const double casing = 1.2;
    GapColour colour = gap_layer_colour(d->layer, GAP_PROP_ICON_COLOR, c), white = {1, 1, 1, 0.9};
    GapScene *scene = d->map->scene;
    if (hypot(to[0] - from[0], to[1] - from[1]) < 3)
        return;
    for (int under = 1; under >= 0; under--) {
        double more = under * casing;
        GapColour ink = under ? white : colour;
        gap_scene_line(scene, "leader", d->layer->id, from[0], from[1], to[0], to[1], ink,
                       1.6 + 2 * more)
            ->frame = d->view->number;
        gap_scene_add(scene, (GapItem){GAP_ITEM_CIRCLE, "leader", d->layer->id, d->view->number,
                                       .x = from[0], .y = from[1], .r = 3.2 + more, .fill = ink});
    }
}

/** The words of a mark that was moved: on it, whatever lies there, since it is nothing without. */
static void draw_on_mark(const Drawing *d, const GapContext *c, double x, double y) {
    const GapStyleLayer *l = d->layer;
    const char *words = gap_expr_string(l->props[GAP_PROP_TEXT_FIELD], c);
    GapTextLook look = {.size = gap_layer_number(l, GAP_PROP_TEXT_SIZE, c),
                        .bold = l->bold,
                        .align = GAP_ALIGN_CENTRE,
                        .colour = gap_layer_colour(l, GAP_PROP_TEXT_COLOR, c)};
    double w, h;
    if (!words || !*words)
        return;
    gap_fonts_measure(d->map->fonts, words, &look, &w, &h);
    GapItem *item =
        gap_scene_text(d->map->scene, d->map->fonts, "mark", l->id, words, &look, x, y - h / 2);
    item->frame = d->view->number;
    item->box.min_y = y - 0.3 * h; // the ink of figures: nothing hangs below or stands higher
    item->box.max_y = y + 0.3 * h;
}

/** Keeps in mind where the marks of rows (numbers in `order`) stand now. */
static void note_moved(const Drawing *d, const GArray *order, const GArray *shown,
                       const double *moved) {
    size_t n = 2 * gap_table_rows(d->rows->table);
    double *all = g_new(double, n + 1);
    for (size_t i = 0; i < n; i++)
        all[i] = NAN;
    for (guint k = 0; k < shown->len; k++) {
        size_t row = g_array_index(order, Order, g_array_index(shown, guint, k)).row;
        memcpy(all + 2 * row, moved + (size_t)2 * k, 2 * sizeof(double));
    }
    g_hash_table_insert(d->map->moved, (gpointer)d->rows, all);
}

/** Icons that would overlap, moved apart. */
static void draw_apart(const Drawing *d, const GArray *order) {
    g_autoptr(GArray) shown = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GArray) at = g_array_new(FALSE, FALSE, 2 * sizeof(double));
    double reach = 0;
    for (guint i = 0; i < order->len; i++) {
        g_autoptr(GapGeometry) area = NULL;
        GapContext c = context_in_order(d, order, i);
        double xy[2];
        if (!row_place(d, g_array_index(order, Order, i).row, &area, &xy[0], &xy[1]))
            continue;
        reach = fmax(reach, 0.575 * icon_size(d->layer, &c) + 1); // a diamond's corner
        g_array_append_val(shown, i);
        g_array_append_val(at, xy);
    }
    double *place = (double *)(void *)at->data;
    g_autofree double *moved = g_memdup2(place, at->len * 2 * sizeof(double));
    GapBox room = d->view->frame;
    room.min_y += d->view->inset ? 34 : 0; // where its title stands
    gap_spread(moved, at->len, reach, room);
    note_moved(d, order, shown, moved);
    for (guint k = 0; k < shown->len; k++) {
        GapContext c = context_in_order(d, order, g_array_index(shown, guint, k));
        draw_leader(d, &c, place + 2 * k, moved + 2 * k);
    }
    for (guint k = 0; k < shown->len; k++) {
        GapContext c = context_in_order(d, order, g_array_index(shown, guint, k));
        double *xy = moved + 2 * k;
        draw_icon(d, &c, xy[0], xy[1]);
        draw_on_mark(d, &c, xy[0], xy[1]);
        gap_labels_avoid(d->map->labels,
                         (GapBox){xy[0] - reach, xy[1] - reach, xy[0] + reach, xy[1] + reach},
                         INFINITY);
    }
}

/** Arrows in place of lines. */
static bool draw_arrows(const Drawing *d) {
    g_autoptr(GArray) order = rows_in_order(d);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < order->len; i++) {
        guint row = (guint)g_array_index(order, Order, i).row;
        g_array_append_val(rows, row);
    }
    return gap_flows_draw(d->map, d->view, d->layer, d->rows, rows, d->error);
}

static void draw_row(const Drawing *d, size_t row, GapContext *c) {
    if (d->layer->type == GAP_LAYER_FILL)
        draw_fill(d, row, c);
    else if (d->layer->type == GAP_LAYER_LINE)
        draw_line(d, row, c);
    else if (d->layer->type == GAP_LAYER_CIRCLE)
        draw_circle(d, row, c);
    else
        draw_symbol(d, row, c);
}

static GapStand *find_places(const Drawing *d, const GArray *order) {
    g_autofree size_t *rows = g_new(size_t, order->len + 1);
    for (guint i = 0; i < order->len; i++)
        rows[i] = g_array_index(order, Order, i).row;
    return gap_stands_find(d->rows, d->view, rows, order->len);
}

static void draw_rows(Drawing *d) {
    g_autoptr(GArray) order = rows_in_order(d);
    gap_arcs_begin(d->rows->arcs);
    if (d->layer->type == GAP_LAYER_CIRCLE || d->layer->type == GAP_LAYER_SYMBOL)
        d->places = find_places(d, order);
    if (d->layer->apart && d->layer->type == GAP_LAYER_SYMBOL)
        draw_apart(d, order);
    else
        for (guint i = 0; i < order->len; i++) {
            GapContext c = context_in_order(d, order, i);
            draw_row(d, g_array_index(order, Order, i).row, &c);
        }
    gap_stands_free(d->places, gap_table_rows(d->rows->table));
}

static bool draw_layer(Drawing *d) {
    GapContext c = gap_map_context(d->map, NULL, 0);
    if (d->layer->type == GAP_LAYER_BACKGROUND) {
        gap_scene_rect(d->map->scene, "map", d->layer->id, d->view->frame,
                       gap_colour_fade(gap_layer_colour(d->layer, GAP_PROP_BACKGROUND_COLOR, &c),
                                       gap_layer_number(d->layer, GAP_PROP_BACKGROUND_OPACITY, &c)),
                       (GapColour){0}, 0)
            ->frame = d->view->number;
        return true;
    }
    if (d->layer->type == GAP_LAYER_HILLSHADE)
        return !d->map->data->terrain || draw_hillshade(d, &c);
    if (d->layer->type == GAP_LAYER_RASTER)
        return gap_picture_draw(d->map, d->view, d->layer, d->error);
    d->rows = gap_map_rows(d->map, d->layer->source, d->error);
    if (!d->rows || !gap_values_check(d->map, d->layer, d->rows, d->error))
        return false;
    if (d->layer->type == GAP_LAYER_LINE && d->layer->arrow)
        return draw_arrows(d);
    gap_arcs_fit(d->rows->arcs, d->view);
    draw_rows(d);
    return true;
}

/** Whether a layer stands on the ground: what mutes the ground outside a part lies beneath it. */
static bool stands_on_ground(const GapStyleLayer *layer) {
    return layer->type == GAP_LAYER_CIRCLE || layer->type == GAP_LAYER_SYMBOL;
}

bool gap_map_draw(GapMap *map, const GapView *view, GError **error) {
    guint above = 0; // number of the first item above the part's ground
    g_hash_table_remove_all(map->moved);
    for (guint i = 0; i < map->style->layers->len; i++) {
        const GapStyleLayer *layer = map->style->layers->pdata[i];
        if (map->data->part && !above && stands_on_ground(layer))
            above = gap_part_draw_ground(map, view);
        bool elsewhere = view->inset ? layer->not_in_inset : layer->not_on_map;
        elsewhere |= map->zoom < layer->minzoom || map->zoom >= layer->maxzoom;
        bool idle = map->trial && g_strcmp0(layer->id, map->trial) != 0 &&
                    (layer->type != GAP_LAYER_SYMBOL || g_strcmp0(layer->around, map->trial) != 0);
        Drawing d = {map, view, layer, NULL, (int)i, error, NULL};
        if (!layer->hidden && !elsewhere && !idle && !draw_layer(&d))
            return false;
    }
    if (map->data->part)
        gap_part_draw_top(map, view, above ? above : gap_part_draw_ground(map, view));
    return true;
}
