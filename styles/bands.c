// Legend of bands of minutes, with the people in each as bars: read from the rows that are drawn.
#include "geo/base/error.h"
#include "geo/text/text.h"
#include "styles/page.h"
#include "styles/panel.h"
#include "styles/speech/both.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BANDS_MAX = 24 };
static const char role[] = "legend";

typedef struct {
    double from, to; /**< minutes; the upper one belongs to the band */
    double people;   /**< in the band; NaN: not known */
    double reached;  /**< within `to` */
    GapColour colour;
} Band;

static gint quickest_first(gconstpointer a, gconstpointer b) {
    const Band *p = a, *q = b;
    return (p->to > q->to) - (p->to < q->to);
}

static GArray *read_bands(GapMap *map, const GapStyleLayer *layer, const GapRows *rows) {
    GArray *bands = g_array_new(FALSE, FALSE, sizeof(Band));
    for (size_t row = 0; row < gap_table_rows(rows->table) && bands->len < BANDS_MAX; row++) {
        GapContext c = gap_map_context(map, rows->table, row);
        Band band = {gap_cell_number(rows->table, row, "from_min"),
                     gap_cell_number(rows->table, row, "minutes"),
                     gap_cell_number(rows->table, row, "people_band"),
                     gap_cell_number(rows->table, row, "people"),
                     gap_layer_colour(layer, GAP_PROP_FILL_COLOR, &c)};
        if (band.to > 0 && gap_expr_holds(layer->filter, &c))
            g_array_append_val(bands, band);
    }
    g_array_sort(bands, quickest_first);
    return bands;
}

typedef struct {
    const Band *band;
    bool hours; /**< all limits are whole ones */
} BandText;

/** "up to 15 min", "15–30 min", "1–2 h". */
static char *tell_band(const GapMap *map, const void *what) {
    const Band *band = ((const BandText *)what)->band;
    bool hours = ((const BandText *)what)->hours;
    double unit = hours ? 60 : 1;
    g_autofree char *to = gap_format_number(band->to / unit, 0, map->lang);
    g_autofree char *limit =
        g_strdup_printf("%s\u00a0%s", to, gap_map_word(map, "common", hours ? "hour" : "min"));
    if (!(band->from > 0)) {
        gap_map_put(map, "limit", g_steal_pointer(&limit), NAN);
        return gap_map_say(map, "up_to");
    }
    g_autofree char *from = gap_format_number(band->from / unit, 0, map->lang);
    return g_strdup_printf("%s–%s", from, limit);
}

/** The number of people, at the right of the panel. Returns how wide it is. */
static double draw_people(GapMap *map, double people) {
    g_autofree char *number = isnan(people) ? NULL : gap_format_number(people, 0, map->lang);
    GapTextLook look = {.size = 18, .colour = GAP_INK, .align = GAP_ALIGN_RIGHT};
    if (!number)
        return 0;
    GapItem *item = gap_scene_text(map->scene, map->fonts, role, "people", number, &look,
                                   map->panel_x + map->panel_width, map->panel_y);
    return item->box.max_x - item->box.min_x + 14;
}

/** A sample with its text and the number of people; below them the people as a bar. */
static void draw_band(GapMap *map, const GapStyleLayer *layer, GapColour colour, const char *text,
                      double people, double most) {
    double whole = map->panel_width, left = map->panel_x + GAP_SAMPLE_INDENT;
    gap_panel_sample(map, layer, colour);
    map->panel_width -= draw_people(map, people);
    gap_panel_sample_text(map, text);
    map->panel_width = whole;
    if (isnan(people))
        return;
    double y = map->panel_y + 1, room = whole - GAP_SAMPLE_INDENT;
    if (people > 0)
        gap_scene_rect(map->scene, role, "people",
                       (GapBox){left, y, left + MAX(room * people / most, 1), y + 7}, colour,
                       GAP_GREY, 0.8);
    map->panel_y = y + 14 - map->tight;
}

/** People whom no band reaches, or NaN. */
static double people_not_reached(const GapMap *map, const GArray *bands) {
    double placed = gap_map_fact(map, "people_placed");
    const Band *last = &g_array_index(bands, Band, bands->len - 1);
    return MAX((isnan(placed) ? gap_map_fact(map, "people") : placed) - last->reached, 0);
}

static bool whole_hours(const GArray *bands) {
    for (guint i = 0; i < bands->len; i++)
        if (fmod(g_array_index(bands, Band, i).to, 60) != 0)
            return false;
    return true;
}

static void draw_bands(GapMap *map, const GapStyleLayer *layer, const GapStyleLayer *ground,
                       const GArray *bands) {
    const Band *band = (const Band *)(void *)bands->data;
    double beyond = people_not_reached(map, bands), most = isnan(beyond) ? 0 : beyond;
    bool hours = whole_hours(bands);
    for (guint i = 0; i < bands->len; i++)
        most = fmax(most, band[i].people);
    for (guint i = 0; i < bands->len; i++) {
        g_autofree char *text = gap_map_both(map, tell_band, &(BandText){&band[i], hours}, NULL);
        draw_band(map, layer, band[i].colour, text, band[i].people, most);
    }
    GapContext none = gap_map_context(map, NULL, 0);
    gap_map_put_minutes(map, "limit", band[bands->len - 1].to);
    g_autofree char *text = gap_map_say(map, "not_reached");
    draw_band(map, layer, gap_layer_colour(ground, GAP_PROP_FILL_COLOR, &none), text, beyond, most);
    g_autofree char *sides = gap_map_say(map, "upper_included");
    gap_panel_text(map, role, sides, 0, 18);
}

bool gap_block_bands(GapMap *map, const json_t *json, GError **error) {
    const char *kind, *id, *under, *title;
    if (!gap_block_read(json, "bands", error, "{s:s, s:s, s:s, s:s}", "kind", &kind, "layer", &id,
                        "ground", &under, "title", &title))
        return false;
    const GapStyleLayer *layer = gap_panel_layer(map, id, error);
    const GapStyleLayer *ground = layer ? gap_panel_layer(map, under, error) : NULL;
    if (!ground)
        return false;
    if (layer->type != GAP_LAYER_FILL || ground->type != GAP_LAYER_FILL || !layer->source)
        return gap_fail(error, GAP_ERROR_INPUT, "block 'bands': '%.60s' and '%.60s' must be fills",
                        id, under);
    const GapRows *rows = gap_map_rows(map, layer->source, error);
    if (!rows)
        return false;
    g_autoptr(GArray) bands = read_bands(map, layer, rows);
    gap_panel_heading(map, role, title);
    if (bands->len)
        draw_bands(map, layer, ground, bands);
    return true;
}
