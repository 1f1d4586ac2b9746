// Key figures: large numbers with what they count, one below the other or in a row of boxes.
#include "geo/text/text.h"
#include "styles/page.h"
#include "styles/panel.h"

#include <math.h>

enum { FIGURES_MAX = 8 };
static const char role[] = "figure";

typedef struct {
    const char *id;
    char *number, *share, *caption; /**< share NULL: it is no part of anything */
} Figure;

static void figure_clear(Figure *figure) {
    g_free(figure->number);
    g_free(figure->share);
    g_free(figure->caption);
}

/** Reads one figure; `*known` is false where it need not be known and is not. */
static bool read_figure(GapMap *map, const json_t *item, Figure *figure, bool *known,
                        GError **error) {
    const char *value, *word, *of = NULL;
    int if_known = 0;
    if (!gap_block_read(item, "figures", error, "{s:s, s:s, s?:s, s?:b}", "value", &value, "word",
                        &word, "of", &of, "if_known", &if_known))
        return false;
    double number = gap_map_fact(map, value), whole = of ? gap_map_fact(map, of) : NAN;
    *known = !(if_known || map->data->part) || !isnan(number); // of a part less is known
    if (*known)
        *figure = (Figure){value, gap_format_number(number, 0, map->lang),
                           whole > 0 ? gap_format_share(number / whole, map->lang) : NULL,
                           map->tight > 4 ? gap_map_say_first(map, word) : gap_map_say(map, word)};
    return true;
}

/** The number at x, y and the share behind it. Returns: the box of both. */
static GapBox draw_number(GapMap *map, const Figure *f, double size, double x, double y) {
    GapTextLook look = {.size = size, .bold = true, .colour = GAP_INK};
    GapBox box = gap_scene_text(map->scene, map->fonts, role, f->id, f->number, &look, x, y)->box;
    look = (GapTextLook){.size = 0.65 * size, .colour = GAP_GREY};
    if (f->share) // on one base line with the number
        box.max_x = gap_scene_text(map->scene, map->fonts, role, f->id, f->share, &look,
                                   box.max_x + 12, box.min_y + 0.35 * size)
                        ->box.max_x;
    return box;
}

static void draw_below(GapMap *map, const Figure *f) {
    map->panel_y = draw_number(map, f, 40, map->panel_x, MAX(map->panel_y - 12, 0)).max_y;
    gap_panel_text(map, role, f->caption, 0, 18);
    map->panel_y += 12; // the large figures have as much air above them
}

/** Draws numbers with their captions side by side from `top` on. Returns: where the longest ends.
 */
static double draw_row(GapMap *map, const Figure *figures, size_t n, GapBox row, double top) {
    const GapColour white = {1, 1, 1, 1}, edge = {0.8, 0.79, 0.77, 1};
    double gap = 22, inner = 18, width = (row.max_x - row.min_x + gap) / (double)n - gap;
    double bottom = top;
    for (size_t i = 0; i < n; i++) {
        double x = row.min_x + (double)i * (width + gap);
        GapBox box = {x, row.min_y, x + width, row.max_y};
        gap_scene_rect(map->scene, "panel", "figures", box, white, edge, 1.4);
        GapBox number = draw_number(map, &figures[i], 46, x + inner, top);
        GapTextLook look = {.size = 18, .colour = GAP_INK, .wrap = width - 2 * inner};
        double left = x + inner, y = number.max_y;
        if (n == 1) { // beside the number
            left = number.max_x + 2 * inner;
            y = number.min_y + 14;
            look.size = 24;
            look.wrap = row.max_x - inner - left;
        }
        bottom = fmax(bottom, number.max_y - 14);
        bottom = fmax(bottom, gap_scene_text(map->scene, map->fonts, role, figures[i].id,
                                             figures[i].caption, &look, left, y)
                                  ->box.max_y);
    }
    return bottom;
}

/** All numbers on one line; the boxes are as high as the longest caption needs. */
static void draw_boxes(GapMap *map, const Figure *figures, size_t n) {
    GapBox *row = &map->layout->figures;
    guint before = map->scene->items->len;
    double air = 16, above = 14, below = 5; // letters do not fill their line
    double top = row->min_y + air - above;
    row->max_y = draw_row(map, figures, n, *row, top) - below + air;
    g_array_set_size(map->scene->items, before);
    draw_row(map, figures, n, *row, top);
}

/** [{"value": FACT, "word": KEY, "of": FACT, "if_known": BOOL}, ...]; what need not be known is
 *  left out where it is not. */
bool gap_block_figures(GapMap *map, const json_t *json, GError **error) {
    const char *kind;
    json_t *items, *item;
    size_t i, n = 0;
    Figure figures[FIGURES_MAX];
    bool good =
        gap_block_read(json, "figures", error, "{s:s, s:o}", "kind", &kind, "items", &items);
    for (i = 0; good && i < json_array_size(items) && n < FIGURES_MAX; i++) {
        bool known;
        item = json_array_get(items, i);
        good = read_figure(map, item, &figures[n], &known, error);
        n += good && known;
    }
    bool boxes = gap_layout_has_figures(map->layout);
    if (good && boxes && n)
        draw_boxes(map, figures, n);
    for (i = 0; good && !boxes && i < n; i++)
        draw_below(map, &figures[i]);
    for (i = 0; i < n; i++)
        figure_clear(&figures[i]);
    return good;
}
