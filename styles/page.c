#include "styles/page.h"

#include "styles/classes.h"
#include "styles/kinds/multiples.h"
#include "styles/labels.h"
#include "styles/logos/logos.h"
#include "styles/page/build.h"
#include "styles/page/notes.h"
#include "styles/panel.h"
#include "styles/part/part.h"
#include "styles/speech/rooms.h"

#include <math.h>
#include <string.h>

const GapColour GAP_INK = {0.13, 0.13, 0.13, 1}, GAP_GREY = {0.33, 0.33, 0.33, 1},
                GAP_PAPER = {0.984, 0.98, 0.969, 1};

static GapTextLook look(double size, GapColour colour) {
    return (GapTextLook){.size = size, .colour = colour};
}

static void draw_heading(GapMap *map, const char *title) {
    if (map->other) {
        gap_heading_both(map, title);
        return;
    }
    g_autofree char *own = gap_part_heading(map, "title", title != NULL);
    g_autofree char *below = gap_part_heading(map, "subtitle", title != NULL);
    const GapLayout *layout = map->layout;
    GapBox b = layout->heading;
    GapTextLook big = look(layout->title_size, GAP_INK),
                small = look(layout->subtitle_size, GAP_GREY);
    double room = b.max_x - b.min_x, air = 0.68 * layout->title_size;
    big.bold = true;
    map->scene->title = g_strdup(title ? title : own);
    map->scene->description = g_strdup(below);
    gap_fonts_fit_size(map->fonts, map->scene->title, &big, room, 30);
    gap_fonts_fit_size(map->fonts, below, &small, room, 18);
    // Too long for one line, a title takes two, a subtitle as many as it needs.
    big.wrap = small.wrap = room;
    big.lines = 2;
    g_autofree char *lines = gap_fonts_between_things(map->fonts, below, " · ", &small);
    double bottom = gap_scene_text(map->scene, map->fonts, "title", "title", map->scene->title,
                                   &big, b.min_x, b.min_y + air - big.size * 0.68)
                        ->box.max_y;
    gap_scene_text(map->scene, map->fonts, "subtitle", "subtitle", lines, &small, b.min_x,
                   MAX(b.min_y + 1.39 * layout->title_size, bottom));
}

/** What stands below the heading moves down where that is longer than its room; on a page in two
 *  languages also up. */
static void make_room_for_heading(GapMap *map, const char *title) {
    GapLayout *layout = map->layout;
    guint before = map->scene->items->len;
    double bottom = 0;
    draw_heading(map, title);
    for (guint i = before; i < map->scene->items->len; i++)
        bottom = MAX(bottom, g_array_index(map->scene->items, GapItem, i).box.max_y);
    g_array_set_size(map->scene->items, before); // the map may yet have facts for it
    g_clear_pointer(&map->scene->title, g_free);
    g_clear_pointer(&map->scene->description, g_free);
    bool figures = gap_layout_has_figures(layout);
    double more = bottom + 4 - (figures ? layout->figures.min_y : layout->map.min_y);
    if (map->other) // the room of two headings is reckoned for the longest
        more += 8;
    else if (more <= 0)
        return;
    layout->figures.min_y += figures ? more : 0;
    layout->figures.max_y += figures ? more : 0;
    layout->map.min_y += more;
}

/** Room that a panel below the map does not fill goes to the map. */
static bool give_map_what_panel_leaves(GapMap *map, GError **error) {
    GapLayout *layout = map->layout;
    guint before = map->scene->items->len;
    if (layout->columns[0].min_y < layout->map.max_y)
        return true;
    map->shown = (GapBox){-INFINITY, -INFINITY, INFINITY, INFINITY}; // until the map is drawn
    double figures = layout->figures.max_y;
    if (!gap_panel_draw(map, error))
        return false;
    layout->map.min_y += layout->figures.max_y - figures; // as high as what they say
    g_array_set_size(map->scene->items, before);          // the map may yet have facts for it
    double left = (1 - map->panel_fill) * (layout->columns[0].max_y - layout->columns[0].min_y);
    layout->map.max_y += left;
    for (unsigned i = 0; i < layout->n_columns; i++)
        layout->columns[i].min_y += left;
    return true;
}

/** A theme without key figures needs no room for them. */
static void drop_empty_figures(GapMap *map) {
    if (gap_layout_has_figures(map->layout) &&
        !gap_panel_has(json_object_get(map->style->page, "panel"), "figures"))
        map->layout->map.min_y = map->layout->figures.min_y;
}

/** Classes and sizes of the whole country, so that a colour means the same on the page of a part.
 */
static bool class_limits(GapMap *map, GError **error) {
    const GapMapData *own = map->data;
    if (own->part)
        map->data = own->part->whole;
    bool good = gap_classes_from_data(map, error) && gap_sizes_from_data(map, error);
    map->data = own;
    if (own->part)
        g_hash_table_remove_all(map->sources); // rows of the country
    return good;
}

static void draw_logos(GapMap *map) {
    for (unsigned i = 0; map->logos && i < map->logos->n; i++) {
        const GapLogo *logo = &map->logos->logo[i];
        gap_scene_add(map->scene,
                      (GapItem){GAP_ITEM_IMAGE, "logo", logo->name,
                                .box = gap_logos_box(map->logos, map->layout, i),
                                .pixels = g_bytes_ref(logo->picture.pixels),
                                .cols = logo->picture.cols, .rows = logo->picture.rows});
    }
}

/** Paper, and the rooms of what stands on it. */
static void begin_page(GapMap *map, const char *title) {
    drop_empty_figures(map);
    if (map->logos)
        gap_logos_make_room(map->logos, map->layout);
    if (!map->continued) // the page before names every source
        gap_notes_make_room(map);
    GapBox page = {0, 0, map->scene->width, map->scene->height};
    gap_scene_rect(map->scene, "page", "page", page, GAP_PAPER, (GapColour){0}, 0);
    make_room_for_heading(map, title);
}

void gap_page_draw_continued(GapMap *map, const char *title) {
    begin_page(map, title);
    draw_heading(map, title);
    draw_logos(map);
    gap_notes_draw(map);
}

bool gap_page_draw(GapMap *map, const char *title, GError **error) {
    begin_page(map, title);
    if (!class_limits(map, error) || !give_map_what_panel_leaves(map, error))
        return false;
    GapBox frame = map->layout->map;
    bool multiples = json_object_get(map->style->page, "multiples") != NULL;
    if (!(multiples ? gap_multiples_draw(map, frame, error) : gap_frames_draw(map, error)))
        return false;
    if (!multiples)
        gap_scene_rect(map->scene, "frame", "map",
                       (GapBox){frame.min_x > 0 ? frame.min_x : -2, frame.min_y,
                                frame.max_x < map->scene->width ? frame.max_x : frame.max_x + 2,
                                frame.max_y},
                       (GapColour){0}, (GapColour){0.6, 0.58, 0.55, 1}, 1.2);
    draw_heading(map, title);
    draw_logos(map);
    if (!gap_panel_draw(map, error))
        return false;
    gap_notes_draw(map); // which tell of marks that stand on map and panel
    gap_build_number(map);
    return true;
}
