#include "styles/atlas/lines.h"

#include "styles/page.h"

static const double text_size = 18;
static const char role[] = "table";

const GapColour GAP_ATLAS_RULE = {0.83, 0.82, 0.79, 1}, GAP_ATLAS_STRONG = {0.45, 0.44, 0.42, 1};

void gap_atlas_put(GapMap *map, const char *words, double x, double y, double width, GapAlign align,
                   bool bold) {
    GapTextLook look = {.size = text_size, .bold = bold, .align = align, .colour = GAP_INK};
    // An ellipsis ends at the right of the room, which is where numbers end anyway.
    if (gap_fonts_width(map->fonts, words, &look) > width)
        look.limit = width;
    gap_scene_text(map->scene, map->fonts, role, role, words, &look, x, y);
}

void gap_atlas_put_rule(GapMap *map, double left, double right, double y, GapColour colour) {
    gap_scene_line(map->scene, role, role, left, y, right, y, colour, 1);
}

const char *gap_atlas_fitting(const GapMap *map, const char *both, const char *first, double width,
                              bool bold) {
    const GapTextLook look = {.size = text_size, .bold = bold};
    return map->other && gap_fonts_width(map->fonts, both, &look) > width ? first : both;
}

const char *gap_atlas_name(const GapMap *map, const GapTable *table, size_t row, double width) {
    const char *name = gap_map_name(map, table, row);
    if (!name)
        return gap_cell_text(table, row, "code");
    return gap_atlas_fitting(map, name, gap_map_name_first(map, table, row), width, false);
}

void gap_atlas_put_number(GapMap *map, const GapAtlasPage *page) {
    g_autofree char *words = g_strdup_printf("%u / %u", page->page, page->n_pages);
    GapTextLook look = {.size = text_size, .align = GAP_ALIGN_RIGHT, .colour = GAP_GREY};
    GapBox column = map->layout->columns[0];
    GapItem *item = gap_scene_text(map->scene, map->fonts, "page-number", "page-number", words,
                                   &look, column.max_x, 10);
    GapSceneLink link = {item->box, 1};
    if (page->page > 1)
        g_array_append_val(map->scene->links, link);
}

GapBox gap_atlas_room(const GapMap *map, const GapAtlasPage *page) {
    GapBox room = page->room;
    double down = map->continued ? map->layout->map.min_y - room.min_y
                                 : map->layout->map.max_y - page->map_bottom;
    room.min_y += down;
    room.max_y += down;
    return room;
}
