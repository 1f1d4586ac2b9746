#include "styles/labels.h"

#include "styles/label/along.h"
#include "styles/label/room.h"
#include "styles/label/spots.h"

#include <math.h>
#include <string.h>

/** Longer ones are no names, and pango's time grows with them. */
enum { LETTERS_MAX = 300, LINES_MAX = 3 };
static const double cost_max = 1, led_cost_max = 2.5, repeat_px = 250;

typedef struct {
    GapLabel label;
    char *text;
    GapGeometry *shape; // of the area or line
} Wanted;

struct GapLabelSet {
    GArray *wanted;
    GArray *obstacles; // of GapLabelObstacle
};

/** The placing of one frame. */
typedef struct {
    GapScene *scene;
    GapFonts *fonts;
    GapBox frame;
    unsigned number;
    GapLabelRoom *room;
    const GArray *obstacles;
    GHashTable *along; // layer and text of names along lines to their places
} Placing;

/** A label's best place so far and the look that it has there. */
typedef struct {
    GapLabelSpot spot;
    GapTextLook look;
    double cost;
    bool found;
} Choice;

static void wanted_clear(gpointer data) {
    Wanted *wanted = data;
    g_free(wanted->text);
    gap_geometry_free(wanted->shape);
}

GapLabelSet *gap_labels_new(void) {
    GapLabelSet *labels = g_new0(GapLabelSet, 1);
    labels->wanted = g_array_new(FALSE, FALSE, sizeof(Wanted));
    g_array_set_clear_func(labels->wanted, wanted_clear);
    labels->obstacles = g_array_new(FALSE, FALSE, sizeof(GapLabelObstacle));
    return labels;
}

void gap_labels_free(GapLabelSet *labels) {
    if (!labels)
        return;
    g_array_unref(labels->wanted);
    g_array_unref(labels->obstacles);
    g_free(labels);
}

/** The text without what no label needs. Returns: (transfer full). */
static char *shortened(const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    if (g_utf8_strlen(valid, -1) <= LETTERS_MAX)
        return g_steal_pointer(&valid);
    *g_utf8_offset_to_pointer(valid, LETTERS_MAX - 1) = '\0';
    return g_strconcat(valid, "…", NULL);
}

void gap_labels_add(GapLabelSet *labels, const GapLabel *label) {
    const GapGeometry *shape = label->area ? label->area : label->line;
    Wanted wanted = {*label, shortened(label->text), shape ? gap_geometry_copy(shape) : NULL};
    wanted.label.text = wanted.text;
    if (label->area)
        wanted.label.area = wanted.shape;
    else if (label->line) {
        wanted.label.line = wanted.shape;
        g_strdelimit(wanted.text, "\n", ' ');
    }
    g_array_append_val(labels->wanted, wanted);
}

bool gap_labels_want(const GapLabelSet *labels, const char *name, double x, double y) {
    for (guint i = 0; i < labels->wanted->len; i++) {
        const Wanted *w = &g_array_index(labels->wanted, Wanted, i);
        if (hypot(w->label.x - x, w->label.y - y) < 60 && strstr(w->text, name))
            return true;
    }
    return false;
}

void gap_labels_avoid(GapLabelSet *labels, GapBox box, double weight) {
    GapLabelObstacle obstacle = {box, weight, false};
    g_array_append_val(labels->obstacles, obstacle);
}

void gap_labels_keep_areas_off(GapLabelSet *labels, GapBox box, double weight) {
    GapLabelObstacle obstacle = {box, weight, true};
    g_array_append_val(labels->obstacles, obstacle);
}

/* ---- the order of placing ---- */

/** -1, 0 or 1; what is no number comes last. */
static int compare(double a, double b) {
    return isnan(a) || isnan(b) ? isnan(a) - isnan(b) : (a > b) - (a < b);
}

static gint by_priority(gconstpointer a, gconstpointer b) {
    const GapLabel *p = &((const Wanted *)a)->label, *q = &((const Wanted *)b)->label;
    const double keys[][2] = {{-p->rank, -q->rank}, {p->sort_key, q->sort_key}};
    const double places[][2] = {{p->x, q->x}, {p->y, q->y}, {p->radius, q->radius}};
    int order = 0;
    for (size_t i = 0; !order && i < G_N_ELEMENTS(keys); i++)
        order = compare(keys[i][0], keys[i][1]);
    order = order ? order : strcmp(p->text, q->text);
    for (size_t i = 0; !order && i < G_N_ELEMENTS(places); i++)
        order = compare(places[i][0], places[i][1]);
    return order ? order : g_strcmp0(p->id, q->id);
}

/** So that costs are summed in the same order, however the obstacles came. */
static gint by_place(gconstpointer a, gconstpointer b) {
    const GapLabelObstacle *p = a, *q = b;
    const double keys[][2] = {{p->box.min_x, q->box.min_x}, {p->box.min_y, q->box.min_y},
                              {p->box.max_x, q->box.max_x}, {p->box.max_y, q->box.max_y},
                              {p->weight, q->weight},       {p->for_areas, q->for_areas}};
    int order = 0;
    for (size_t i = 0; !order && i < G_N_ELEMENTS(keys); i++)
        order = compare(keys[i][0], keys[i][1]);
    return order;
}

/* ---- one label ---- */

static void measure(const Placing *p, const Wanted *wanted, const GapTextLook *look, double *w,
                    double *h) {
    const GapLabelBar *bar = &wanted->label.bar;
    gap_fonts_measure(p->fonts, wanted->text, look, w, h);
    if (bar->width > 0) {
        *w = fmax(*w, bar->width + 6);
        *h += bar->height + 6;
    }
}

/** Beside another mark a name would be taken for that one's. */
static GapBox with_margin(GapBox b) {
    const double margin = 9;
    return (GapBox){b.min_x - margin, b.min_y - margin / 2, b.max_x + margin, b.max_y + margin / 2};
}

static bool is_shown_larger(const Placing *p, const GapLabel *l) {
    for (guint i = 0; i < p->obstacles->len; i++) {
        const GapLabelObstacle *o = &g_array_index(p->obstacles, GapLabelObstacle, i);
        if (o->for_areas && l->x >= o->box.min_x && l->x <= o->box.max_x && l->y >= o->box.min_y &&
            l->y <= o->box.max_y)
            return true;
    }
    return false;
}

static bool may_be_led(const Placing *p, const GapLabel *l) {
    return !l->centred && (l->leader == GAP_LEADER_ALWAYS ||
                           (l->leader == GAP_LEADER_ONCE && !is_shown_larger(p, l)));
}

/** Keeps the cheapest of the spots and of what was found before; the spots are used up. */
static void choose(const Placing *p, const Wanted *wanted, GArray *spots, const GapTextLook *look,
                   Choice *best) {
    const GapLabel *l = &wanted->label;
    GapLabelManner manner = l->centred ? GAP_LABEL_CENTRED
                            : l->area  ? GAP_LABEL_OF_AREA
                                       : GAP_LABEL_OF_POINT;
    for (guint i = 0; i < spots->len; i++) {
        const GapLabelSpot *spot = &g_array_index(spots, GapLabelSpot, i);
        double cost = spot->cost, most = best->found ? best->cost
                                         : spot->led ? led_cost_max
                                                     : cost_max;
        if (cost < most)
            cost += gap_label_room_price(p->room, spot->led ? with_margin(spot->box) : spot->box,
                                         manner);
        if (cost < most && spot->led)
            cost += gap_label_room_line_price(p->room, spot->line, l->x, l->y);
        if (cost < most)
            *best = (Choice){*spot, *look, cost, true};
    }
    g_array_set_size(spots, 0);
}

/** Names are broken into lines of equal length where one is wider than `most`. */
static void break_lines(const Placing *p, const Wanted *wanted, double most, GapTextLook *look) {
    double w, h;
    gap_fonts_measure(p->fonts, wanted->text, look, &w, &h);
    if (most <= 0 || w <= most)
        return;
    guint lines = gap_fonts_lines(p->fonts, wanted->text, look, most);
    double narrow = gap_fonts_width_in_lines(p->fonts, wanted->text, look, MIN(lines, LINES_MAX));
    look->wrap = fmin(narrow, fmax(most, 1.6 * most * (lines <= LINES_MAX)));
    look->lines = LINES_MAX;
}

static void place_by_point(const Placing *p, const Wanted *wanted, Choice *best) {
    g_autoptr(GArray) spots = g_array_new(FALSE, FALSE, sizeof(GapLabelSpot));
    GapTextLook look = wanted->label.look;
    double w, h;
    break_lines(p, wanted, wanted->label.max_width, &look);
    measure(p, wanted, &look, &w, &h);
    gap_label_spots_beside(&wanted->label, w, h, spots);
    if (may_be_led(p, &wanted->label))
        gap_label_spots_led(&wanted->label, w, h, spots);
    choose(p, wanted, spots, &look, best);
}

/** In one line, two or three, whichever fits best; each more costs a little, and is not tried where
 *  what was found is as cheap as that. */
static void place_in_area(const Placing *p, const Wanted *wanted, Choice *best) {
    const double of_line = 0.05, widest = 24 * wanted->label.look.size;
    double last = INFINITY, more = 0;
    GapLabelArea area = gap_label_area_of(&wanted->label, p->frame);
    g_autoptr(GArray) spots = g_array_new(FALSE, FALSE, sizeof(GapLabelSpot));
    *best = (Choice){.cost = cost_max};
    for (guint lines = 1; lines <= LINES_MAX && best->cost > more; lines++, more += of_line) {
        GapTextLook look = wanted->label.look;
        double w, h;
        look.wrap = fmin(gap_fonts_width_in_lines(p->fonts, wanted->text, &look, lines), widest);
        look.lines = LINES_MAX;
        if (look.wrap >= last)
            continue; // there is nowhere to break it
        last = look.wrap;
        measure(p, wanted, &look, &w, &h);
        gap_label_spot_upon(&area, w, h, more, spots);
        choose(p, wanted, spots, &look, best);
        gap_label_spots_within(&area, w, h, more, best->cost, spots);
        choose(p, wanted, spots, &look, best);
    }
    gap_label_area_clear(&area);
}

/* ---- what the scene gets ---- */

static void draw_bar(const Placing *p, const GapLabel *label, GapBox box) {
    const GapLabelBar *bar = &label->bar;
    GapColour line = {0.2, 0.2, 0.2, 1}, none = {0};
    double left = (box.min_x + box.max_x - bar->width) / 2, at = left, casing = 2.5;
    GapBox b = {left, box.max_y - bar->height, left + bar->width, box.max_y};
    GapBox wide = {b.min_x - casing, b.min_y - casing, b.max_x + casing, b.max_y + casing};
    gap_scene_rect(p->scene, "map", label->id, wide, (GapColour){1, 1, 1, 0.85}, none, 0)->frame =
        p->number;
    for (unsigned i = 0; i < bar->n; i++) {
        double next = at + bar->width * bar->share[i];
        gap_scene_rect(p->scene, "map", label->id, (GapBox){at, b.min_y, next, b.max_y},
                       bar->colour[i], none, 0)
            ->frame = p->number;
        at = next;
    }
    gap_scene_rect(p->scene, "map", label->id, b, none, line, 1.2)->frame = p->number;
}

/** A thin line in the colour of the words, on one in that of their halo, with a dot in a large
 * mark.
 */
static void draw_leader(const Placing *p, const GapLabel *label, const double *l) {
    const double width = 1.4, dot = 2.8, casing = 1.3;
    for (int under = label->look.halo.a > 0; under >= 0; under--) {
        GapColour ink = under ? label->look.halo : label->look.colour;
        gap_scene_line(p->scene, "leader", label->id, l[0], l[1], l[2], l[3], ink,
                       width + 2 * under * casing)
            ->frame = p->number;
        if (label->radius > GAP_LABEL_LARGE)
            gap_scene_add(p->scene,
                          (GapItem){GAP_ITEM_CIRCLE, "leader", (char *)label->id, p->number,
                                    .x = l[0], .y = l[1], .r = dot + under * casing, .fill = ink});
    }
}

static void draw_choice(const Placing *p, const Wanted *wanted, const Choice *choice) {
    const GapLabelSpot *spot = &choice->spot;
    GapTextLook look = choice->look;
    look.align = (GapAlign)(GAP_ALIGN_CENTRE + wanted->label.lean);
    const double at[] = {spot->box.min_x, (spot->box.min_x + spot->box.max_x) / 2, spot->box.max_x};
    gap_label_room_take(p->room, spot->box);
    if (spot->led) {
        gap_label_room_take_line(p->room, spot->line);
        draw_leader(p, &wanted->label, spot->line);
    }
    if (wanted->label.bar.width > 0)
        draw_bar(p, &wanted->label, spot->box);
    gap_scene_text(p->scene, p->fonts, "label", wanted->label.id, wanted->text, &look,
                   at[look.align], spot->box.min_y)
        ->frame = p->number;
    p->scene->labels_placed++;
}

static void leave_out(const Placing *p, const Wanted *wanted) {
    GapLeftOut left = {g_strdup(wanted->label.id), g_strdup(wanted->text), p->number};
    g_array_append_val(p->scene->left_out, left);
}

/* ---- along lines ---- */

/** Where the same name of the same layer stands: x, y, ... */
static GArray *same_name(const Placing *p, const Wanted *wanted) {
    g_autofree char *key = g_strjoin("\n", wanted->label.id, wanted->text, NULL);
    GArray *places = g_hash_table_lookup(p->along, key);
    if (!places) {
        places = g_array_new(FALSE, FALSE, sizeof(double));
        g_hash_table_insert(p->along, g_steal_pointer(&key), places);
    }
    return places;
}

/** Takes the places over. */
static void draw_along(const Placing *p, const Wanted *wanted, GapTextPlace *places, guint n) {
    GapItem item = {GAP_ITEM_TEXT,
                    "label",
                    (char *)wanted->label.id,
                    p->number,
                    .text = g_strdup(wanted->text),
                    .look = wanted->label.look,
                    .along = places,
                    .n_along = n,
                    .box = GAP_BOX_EMPTY};
    g_autoptr(GArray) boxes = gap_scene_text_boxes(&item);
    for (guint i = 0; i < boxes->len; i++) {
        gap_label_room_take(p->room, g_array_index(boxes, GapBox, i));
        gap_box_add(&item.box, g_array_index(boxes, GapBox, i));
    }
    item.x = item.box.min_x;
    item.y = item.box.min_y;
    gap_scene_add(p->scene, item);
    p->scene->labels_placed++;
}

static void place_along(const Placing *p, const Wanted *wanted) {
    const GapLabel *l = &wanted->label;
    double height, cost;
    GArray *before = same_name(p, wanted);
    g_autoptr(GArray) clusters = gap_fonts_clusters(p->fonts, wanted->text, &l->look, &height);
    GapLabelLine want = {l->line, clusters, height, l->look.size, l->max_angle, before, repeat_px};
    GapTextPlace *places = gap_label_along(&want, p->room, cost_max, &cost);
    if (places) {
        g_array_append_vals(before, (double[]){places[0].x, places[0].y}, 2);
        draw_along(p, wanted, places, clusters->len);
    } else if (!before->len) {
        leave_out(p, wanted);
    }
}

static void place_one(const Placing *p, const Wanted *wanted) {
    Choice best = {0};
    if (wanted->label.line) {
        place_along(p, wanted);
        return;
    }
    (wanted->label.area ? place_in_area : place_by_point)(p, wanted, &best);
    if (best.found)
        draw_choice(p, wanted, &best);
    else
        leave_out(p, wanted);
}

void gap_labels_place(GapLabelSet *labels, GapScene *scene, GapFonts *fonts, GapBox frame,
                      unsigned frame_number) {
    g_autoptr(GapLabelRoom) room = gap_label_room_new(frame);
    g_autoptr(GHashTable) along =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    Placing p = {scene, fonts, frame, frame_number, room, labels->obstacles, along};
    g_array_sort(labels->obstacles, by_place);
    for (guint i = 0; i < labels->obstacles->len; i++)
        gap_label_room_avoid(room, &g_array_index(labels->obstacles, GapLabelObstacle, i));
    g_array_sort(labels->wanted, by_priority);
    for (guint i = 0; i < labels->wanted->len; i++)
        place_one(&p, &g_array_index(labels->wanted, Wanted, i));
    g_array_set_size(labels->wanted, 0);
    g_array_set_size(labels->obstacles, 0);
}
