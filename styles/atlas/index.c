// The index of an atlas: areas with their pages, which the lines lead to.
#include "geo/text/text.h"
#include "styles/atlas/lines.h"

#include <math.h>

static unsigned index_columns(size_t n) {
    return n <= 12 ? 2 : n <= 36 ? 3 : 4;
}

double gap_atlas_index_height(size_t entries) {
    unsigned across = index_columns(entries);
    return GAP_ATLAS_HEAD + ceil((double)entries / across) * GAP_ATLAS_ROW;
}

size_t gap_atlas_entries_in(double height) {
    return (size_t)fmax(4 * floor((height - GAP_ATLAS_HEAD) / GAP_ATLAS_ROW + 1e-9), 1);
}

/** A column of the index with its head; entries `from` to before `to`. */
static void draw_index_column(GapMap *map, const GapAtlasPage *page, GapBox b, size_t from,
                              size_t to) {
    double numbers = map->other ? 90 : 70, people = b.max_x - b.min_x > 330 ? 150 : 0;
    double names = b.max_x - b.min_x - numbers - people, y = b.min_y + GAP_ATLAS_HEAD;
    gap_atlas_put(map, gap_map_word(map, "atlas", "index_page"), b.max_x, b.min_y, 100,
                  GAP_ALIGN_RIGHT, true);
    if (people > 0) {
        GapMap one = *map;
        one.other = NULL;
        const char *beyond =
            gap_atlas_fitting(map, gap_map_word(map, "atlas", "table_beyond"),
                              gap_map_word(&one, "atlas", "table_beyond"), people, true);
        gap_atlas_put(map, beyond, b.max_x - numbers, b.min_y, people, GAP_ALIGN_RIGHT, true);
    }
    gap_atlas_put_rule(map, b.min_x, b.max_x, b.min_y + GAP_ATLAS_HEAD - 2, GAP_ATLAS_STRONG);
    for (size_t i = from; i < to; i++, y += GAP_ATLAS_ROW) {
        const GapAtlasEntry *e = &page->entries[i];
        double beyond = gap_cell_number(e->area.table, e->area.row, "people_beyond");
        g_autofree char *far = gap_format_number(beyond, 0, map->lang);
        g_autofree char *number = g_strdup_printf("%u", e->page);
        gap_atlas_put(map, gap_atlas_name(map, e->area.table, e->area.row, names), b.min_x, y,
                      names, GAP_ALIGN_LEFT, false);
        gap_atlas_put(map, number, b.max_x, y, numbers, GAP_ALIGN_RIGHT, false);
        if (people > 0)
            gap_atlas_put(map, far, b.max_x - numbers, y, people, GAP_ALIGN_RIGHT, false);
        gap_atlas_put_rule(map, b.min_x, b.max_x, y + GAP_ATLAS_ROW - 1, GAP_ATLAS_RULE);
        GapSceneLink link = {{b.min_x, y, b.max_x, y + GAP_ATLAS_ROW}, e->page};
        g_array_append_val(map->scene->links, link);
    }
}

bool gap_atlas_draw_index(GapMap *map, const void *user, GError **error) {
    (void)error;
    GapAtlasPage moved = *(const GapAtlasPage *)user;
    const GapAtlasPage *page = &moved;
    const double gap = 32;
    moved.room = gap_atlas_room(map, &moved);
    unsigned across = index_columns(page->n_entries);
    size_t down = (page->n_entries + across - 1) / across;
    double width = (page->room.max_x - page->room.min_x - gap * (across - 1)) / across;
    gap_atlas_put_number(map, page);
    for (unsigned c = 0; c * down < page->n_entries; c++) {
        GapBox b = page->room;
        b.min_x += c * (width + gap);
        b.max_x = b.min_x + width;
        draw_index_column(map, page, b, c * down, MIN((c + 1) * down, page->n_entries));
    }
    return true;
}
