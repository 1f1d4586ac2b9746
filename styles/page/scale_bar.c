#include "styles/page/scale_bar.h"

#include "geo/shape/geodesic.h"
#include "geo/stats/stats.h"
#include "geo/text/text.h"
#include "styles/page.h"

static const GapTextLook look = {.size = 18, .colour = {0.13, 0.13, 0.13, 1}};
static const double pad = 8, box_height = 42;

/** Metres on the ground of one pixel to the right, at the middle of the frame. */
static double ground_m(const GapMap *map, const GapView *v) {
    double x = v->west_m + (v->frame.max_x - v->frame.min_x) / 2 / v->scale;
    double y = v->north_m - (v->frame.max_y - v->frame.min_y) / 2 / v->scale;
    double half = 50 / v->scale, xy[] = {x - half, y, x + half, y};
    if (!gap_projection_inverse(map->plane, xy, 2, NULL))
        return 1 / v->scale;
    return gap_geodesic_distance_m(xy[0], xy[1], xy[2], xy[3]) / 100;
}

static char *length_text(const GapMap *map, double metres) {
    g_autofree char *number = gap_format_number(metres / 1000, metres < 1000 ? 1 : 0, map->lang);
    return g_strdup_printf("%s\u00a0%s", number, gap_map_word(map, "common", "km"));
}

/** How many circles and symbols of a frame a box hides: of what is large a corner may be hidden. */
static unsigned hidden_by(const GapScene *scene, unsigned frame, GapBox box) {
    const double large = 60;
    unsigned n = 0;
    for (guint i = 0; i < scene->items->len; i++) {
        const GapItem *item = &g_array_index(scene->items, GapItem, i);
        GapBox b = item->box;
        n += item->frame == frame && gap_box_overlaps(b, box) &&
             (item->kind == GAP_ITEM_CIRCLE ||
              (b.max_x - b.min_x < large && b.max_y - b.min_y < large));
    }
    return n;
}

GapScaleBar gap_scale_bar(const GapMap *map, const GapView *v, GapBox title) {
    double pixel_m = ground_m(map, v),
           metres = gap_stats_round_down((v->inset ? 90 : 190) * pixel_m);
    g_autofree char *text = length_text(map, metres);
    double length = metres / pixel_m;
    double width = MAX(length, gap_fonts_width(map->fonts, text, &look)) + 2 * pad;
    double left = v->inset ? v->frame.min_x + 4 : MAX(v->frame.min_x + 4, GAP_MARGIN - pad);
    double right = v->frame.max_x - 4 - width, low = v->frame.max_y - 6 - box_height;
    const double corners[][2] = {{left, low}, {right, low}, {right, v->frame.min_y + 6}};
    GapScaleBar best = {{left, low, left + width, low + box_height}, metres, length};
    unsigned least = v->inset ? hidden_by(map->scene, v->number, best.box) : 0;
    for (size_t i = 1; least && i < G_N_ELEMENTS(corners); i++) {
        double x = corners[i][0], y = corners[i][1];
        GapBox box = {x, y, x + width, y + box_height};
        unsigned hidden = hidden_by(map->scene, v->number, box);
        if (hidden < least && !gap_box_overlaps(box, title)) {
            best.box = box;
            least = hidden;
        }
    }
    return best;
}

void gap_scale_bar_draw(GapMap *map, const GapScaleBar *bar) {
    const GapColour white = {1, 1, 1, 1};
    GapColour veil = GAP_PAPER; // unseen where the bar lies on the page
    veil.a = 0.85;
    double x = bar->box.min_x + pad, y = bar->box.max_y - 12;
    g_autofree char *text = length_text(map, bar->metres);
    const char *id = "scale-bar";
    gap_scene_rect(map->scene, "scale", id, bar->box, veil, (GapColour){0}, 0);
    gap_scene_rect(map->scene, "scale", id, (GapBox){x, y, x + bar->length, y + 6}, white, GAP_INK,
                   1.2);
    gap_scene_rect(map->scene, "scale", id, (GapBox){x, y, x + bar->length / 2, y + 6}, GAP_INK,
                   GAP_INK, 1.2);
    gap_scene_text(map->scene, map->fonts, "scale", id, text, &look, x, y - 26);
}
