#include "styles/speech/rooms.h"
#include "styles/part/part.h"

#include "geo/base/error.h"
#include "styles/page.h"

/** Page pixels: how much higher notes below the panel and boxes of key figures are. */
static const double notes_below_panel = 74, figures_more = 60;
/** How wide a panel beside the map is, and how much higher one below it, of the page. */
static const double wide = 472, higher = 0.035;

static void widen_panel(GapLayout *l) {
    double by = wide - (l->columns[0].max_x - l->columns[0].min_x);
    l->map.max_x -= by;
    l->heading.max_x -= by;
    l->columns[0].min_x -= by;
    l->columns[0].min_y -= 14; // air above large figures
    l->columns[0].max_y = l->notes.max_y;
    l->notes.max_x = l->map.max_x;
    double more = l->notes.max_x - l->notes.min_x < 1000 ? 150 : 100;
    l->map.max_y -= more;
    l->notes.min_y -= more;
}

static void heighten_panel(GapLayout *l) {
    l->map.max_y -= notes_below_panel + higher * l->height;
    l->notes.min_y -= notes_below_panel;
    for (unsigned i = 0; i < l->n_columns; i++) {
        l->columns[i].min_y -= notes_below_panel + higher * l->height;
        l->columns[i].max_y -= notes_below_panel;
    }
}

/** Of a heading: a second title, and subtitles of two lines each where it is narrow. */
static double heading_more(const GapLayout *l) {
    double room = l->heading.max_x - l->heading.min_x;
    return room < 1000 ? 96 : room < 1300 ? 72 : 46;
}

void gap_layout_heading_for_two(GapLayout *l) {
    double more = heading_more(l);
    l->heading.max_y += more;
    l->map.min_y += more;
    if (gap_layout_has_figures(l)) {
        l->figures.min_y += more;
        l->figures.max_y += more + figures_more;
        l->map.min_y += figures_more;
    }
}

bool gap_layout_for_two(GapLayout *l, GError **error) {
    if (l->width == l->height)
        return gap_fail(
            error, GAP_ERROR_USAGE,
            "a square page has no room for two languages: give one, or another --layout");
    gap_layout_heading_for_two(l);
    if (l->columns[0].min_x >= l->map.max_x)
        widen_panel(l);
    else
        heighten_panel(l);
    return true;
}

/** Adds a line, or as many as it needs at its least size, and moves `*y` below it. */
static void add_line(GapMap *map, const char *role, const char *text, GapTextLook look,
                     double least, double *y) {
    GapBox b = map->layout->heading;
    look.wrap = b.max_x - b.min_x;
    gap_fonts_fit_size(map->fonts, text, &look, look.wrap, least);
    look.lines = look.bold ? 2 : 0;
    g_autofree char *lines = gap_fonts_between_things(map->fonts, text, " · ", &look);
    *y = gap_scene_text(map->scene, map->fonts, role, role, lines, &look, b.min_x, *y)->box.max_y;
}

void gap_heading_both(GapMap *map, const char *title) {
    const GapLayout *l = map->layout;
    g_autofree char *first = title ? g_strdup(title) : gap_part_heading(map, "title", false);
    g_autofree char *second = gap_part_heading(map->other, "title", false);
    g_autofree char *below = gap_part_heading(map, "subtitle", title != NULL);
    g_autofree char *second_below = gap_part_heading(map->other, "subtitle", title != NULL);
    GapTextLook big = {.size = 0.8 * l->title_size, .bold = true, .colour = GAP_INK},
                small = {.size = 0.8 * l->subtitle_size, .colour = GAP_GREY};
    double y = l->heading.min_y - 6; // a line's box has air above its letters
    add_line(map, "title", first, big, 24, &y);
    big.size = 0.58 * l->title_size;
    if (!title)
        add_line(map, "title", second, big, 20, &y);
    add_line(map, "subtitle", below, small, 18, &y);
    small.size = 18;
    add_line(map, "subtitle", second_below, small, 18, &y);
    map->scene->title = title ? g_strdup(title) : g_strconcat(first, " / ", second, NULL);
    map->scene->description = g_strconcat(below, " / ", second_below, NULL);
}
