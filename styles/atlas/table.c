// What stands beneath the map of an atlas page: the table of municipalities, or the index.
#include "geo/text/message.h"
#include "geo/text/text.h"
#include "styles/atlas/atlas.h"
#include "styles/page.h"
#include "styles/page/ranked.h"

#include <math.h>

static const double row_height = 26, head_height = 30, text_size = 18;
static const GapColour rule = {0.83, 0.82, 0.79, 1}, strong = {0.45, 0.44, 0.42, 1};
static const char role[] = "table";
enum { COLUMNS = 6 };

/** Where columns begin or, if aligned right, end, as shares of the room, and how wide they are. */
static const struct {
    const char *word;
    double at, width;
    GapAlign align;
} columns[COLUMNS] = {
    {"table_name", 0, 0.22, GAP_ALIGN_LEFT},         {"table_people", 0.32, 0.1, GAP_ALIGN_RIGHT},
    {"table_beyond", 0.44, 0.12, GAP_ALIGN_RIGHT},   {"table_share", 0.51, 0.07, GAP_ALIGN_RIGHT},
    {"table_nearest", 0.535, 0.235, GAP_ALIGN_LEFT}, {"table_step", 0.775, 0.225, GAP_ALIGN_LEFT}};

double gap_atlas_table_height(size_t rows) {
    return head_height + (double)(rows + 1) * row_height; // one more for the whole part
}

size_t gap_atlas_rows_in(double height) {
    return (size_t)fmax(floor((height - head_height) / row_height + 1e-9) - 1, 0);
}

/** In the first language of a bilingual page: rows have one line. */
static const char *word(const GapMap *map, const char *group, const char *key) {
    const char *said = gap_words_get(map->data->words, group, key, map->lang);
    return said ? said : key;
}

static void put(GapMap *map, const char *words, double x, double y, double width, GapAlign align,
                bool bold) {
    GapTextLook look = {.size = text_size, .bold = bold, .align = align, .colour = GAP_INK};
    double w, h;
    gap_fonts_measure(map->fonts, words, &look, &w, &h);
    if (w > width) // an ellipsis ends at the right of the room, which is where numbers end anyway
        look.limit = width;
    gap_scene_text(map->scene, map->fonts, role, role, words, &look, x, y);
}

static void put_cells(GapMap *map, GapBox room, double y, char *const *cells, bool bold) {
    double w = room.max_x - room.min_x;
    for (size_t c = 0; c < COLUMNS; c++)
        if (cells[c])
            put(map, cells[c], room.min_x + columns[c].at * w, y, columns[c].width * w,
                columns[c].align, bold);
}

static void put_rule(GapMap *map, double left, double right, double y, GapColour colour) {
    gap_scene_line(map->scene, role, role, left, y, right, y, colour, 1);
}

/* ---- rows ---- */

static char *share_text(const GapMap *map, double beyond, double covered) {
    double placed = beyond + covered;
    return placed > 0 ? gap_format_percent(beyond / placed, 0, map->lang) : g_strdup("–");
}

/** Where the nearest point stands, by name of its municipality, else its own name. */
static const char *point_place(const GapMap *map, const char *code) {
    const GapMapData *whole = map->data->part ? map->data->part->whole : map->data;
    const GapTable *points = g_hash_table_lookup(whole->tables, "police_points");
    const GapTable *areas = g_hash_table_lookup(whole->tables, "municipalities");
    for (size_t row = 0; points && row < gap_table_rows(points); row++) {
        if (g_strcmp0(gap_cell_text(points, row, "code"), code) != 0)
            continue;
        const char *area = gap_cell_text(points, row, "area");
        for (size_t k = 0; area && areas && k < gap_table_rows(areas); k++)
            if (g_strcmp0(gap_cell_text(areas, k, "code"), area) == 0)
                return gap_map_name(map, areas, k);
        return gap_map_name(map, points, row);
    }
    return NULL;
}

/** "Batken, 12 km" or "Batken, 35 min". */
static char *nearest_text(const GapMap *map, const GapNearest *nearest) {
    const char *place = nearest && nearest->point ? point_place(map, nearest->point) : NULL;
    if (!place)
        return g_strdup("–");
    if (!isnan(nearest->min)) {
        g_autofree char *minutes = gap_map_minutes(map, round(nearest->min));
        return g_strdup_printf("%s, %s", place, minutes);
    }
    double km = nearest->m / 1000;
    g_autofree char *number = gap_format_number(km, km < 10 ? 1 : 0, map->lang);
    return isnan(km) ? g_strdup(place)
                     : g_strdup_printf("%s, %s\u00a0%s", place, number,
                                       gap_map_word(map, "common", "km"));
}

static void draw_row(GapMap *map, const GapAtlasPage *page, const GapTable *t, size_t row,
                     double y) {
    double beyond = gap_cell_number(t, row, "people_beyond");
    const char *name = gap_map_name(map, t, row), *step = gap_cell_text(t, row, "ladder");
    const char *code = gap_cell_text(t, row, "code");
    g_autofree char *people = gap_format_number(gap_cell_number(t, row, "people"), 0, map->lang);
    g_autofree char *far = gap_format_number(beyond, 0, map->lang);
    g_autofree char *share = share_text(map, beyond, gap_cell_number(t, row, "people_covered"));
    g_autofree char *nearest =
        nearest_text(map, code ? g_hash_table_lookup(page->nearest, code) : NULL);
    char *const cells[COLUMNS] = {(char *)(name ? name : code),
                                  people,
                                  far,
                                  share,
                                  nearest,
                                  (char *)(step ? word(map, "ladder", step) : "–")};
    put_cells(map, page->room, y, cells, false);
    put_rule(map, page->room.min_x, page->room.max_x, y + row_height - 1, rule);
}

static void draw_head(GapMap *map, GapBox room) {
    char *cells[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
        cells[c] = (char *)word(map, "atlas", columns[c].word);
    put_cells(map, room, room.min_y, cells, true);
    put_rule(map, room.min_x, room.max_x, room.min_y + head_height - 2, strong);
}

/** The figures of the part itself. */
static void draw_sum(GapMap *map, GapBox room, double y) {
    double far = gap_map_fact(map, "people_beyond");
    g_autofree char *part = gap_part_name(map);
    g_autofree char *people = gap_format_number(gap_map_fact(map, "people"), 0, map->lang);
    g_autofree char *beyond = gap_format_number(far, 0, map->lang);
    g_autofree char *share = share_text(map, far, gap_map_fact(map, "people_covered"));
    char *const cells[COLUMNS] = {part, people, beyond, share, NULL, NULL};
    put_cells(map, room, y, cells, true);
    put_rule(map, room.min_x, room.max_x, y + row_height - 1, rule);
}

/** What has no room, in one line. */
static void draw_rest(GapMap *map, const GArray *ranked, guint from, GapBox room, double y) {
    double beyond = 0;
    for (guint i = from; i < ranked->len; i++)
        beyond += fmax(g_array_index(ranked, GapRanked, i).value, 0);
    g_autofree char *count = gap_format_number(ranked->len - from, 0, map->lang);
    g_autofree char *people = gap_format_number(beyond, 0, map->lang);
    g_autoptr(GHashTable) values = gap_message_values_new();
    gap_message_set(values, "count", g_steal_pointer(&count), ranked->len - from);
    gap_message_set(values, "people", g_steal_pointer(&people), beyond);
    g_autofree char *words = gap_message_fill(word(map, "atlas", "table_more"), map->lang, values);
    put(map, words, room.min_x, y, room.max_x - room.min_x, GAP_ALIGN_LEFT, false);
}

/** "3 / 10" in the upper right corner, which leads back to the first page. */
static void draw_number(GapMap *map, const GapAtlasPage *page) {
    g_autofree char *words = g_strdup_printf("%u / %u", page->page, page->n_pages);
    GapTextLook look = {.size = 18, .align = GAP_ALIGN_RIGHT, .colour = GAP_GREY};
    GapBox column = map->layout->columns[0];
    GapItem *item = gap_scene_text(map->scene, map->fonts, "page-number", "page-number", words,
                                   &look, column.max_x, 10);
    GapSceneLink link = {item->box, 1};
    if (page->page > 1)
        g_array_append_val(map->scene->links, link);
}

/** The room beneath the map, which moves up where long notes shorten the map. */
static GapBox room_below(const GapMap *map, const GapAtlasPage *page) {
    GapBox room = page->room;
    double up = page->map_bottom - map->layout->map.max_y;
    room.min_y -= up;
    room.max_y -= up;
    return room;
}

bool gap_atlas_draw_table(GapMap *map, const void *user, GError **error) {
    (void)error;
    GapAtlasPage moved = *(const GapAtlasPage *)user;
    const GapAtlasPage *page = &moved;
    GapBox room = moved.room = room_below(map, &moved);
    const GapTable *t = g_hash_table_lookup(map->data->tables, "municipalities");
    g_autoptr(GArray) ranked = gap_ranked_rows(t, "people_beyond", GAP_RANK_ALL);
    size_t fit = gap_atlas_rows_in(room.max_y - room.min_y);
    size_t shown = ranked->len <= fit ? ranked->len : fit - 1;
    double y = room.min_y + head_height;
    draw_number(map, page);
    draw_head(map, room);
    draw_sum(map, room, y);
    for (guint i = 0; i < shown; i++)
        draw_row(map, page, t, g_array_index(ranked, GapRanked, i).row, y += row_height);
    if (shown < ranked->len)
        draw_rest(map, ranked, (guint)shown, room, y + row_height);
    return true;
}

/* ---- the index ---- */

static unsigned index_columns(size_t n) {
    return n <= 12 ? 2 : n <= 36 ? 3 : 4;
}

double gap_atlas_index_height(size_t entries) {
    unsigned across = index_columns(entries);
    return head_height + ceil((double)entries / across) * row_height;
}

size_t gap_atlas_entries_in(double height) {
    return (size_t)fmax(4 * floor((height - head_height) / row_height + 1e-9), 1);
}

/** A column of the index with its head; entries `from` to before `to`. */
static void draw_index_column(GapMap *map, const GapAtlasPage *page, GapBox b, size_t from,
                              size_t to) {
    double numbers = 70, people = b.max_x - b.min_x > 330 ? 150 : 0, y = b.min_y + head_height;
    put(map, word(map, "atlas", "index_page"), b.max_x, b.min_y, 100, GAP_ALIGN_RIGHT, true);
    if (people > 0)
        put(map, word(map, "atlas", "table_beyond"), b.max_x - numbers, b.min_y, people,
            GAP_ALIGN_RIGHT, true);
    put_rule(map, b.min_x, b.max_x, b.min_y + head_height - 2, strong);
    for (size_t i = from; i < to; i++, y += row_height) {
        const GapAtlasEntry *e = &page->entries[i];
        const char *name = gap_map_name(map, e->area.table, e->area.row);
        double beyond = gap_cell_number(e->area.table, e->area.row, "people_beyond");
        g_autofree char *far = gap_format_number(beyond, 0, map->lang);
        g_autofree char *number = g_strdup_printf("%u", e->page);
        put(map, name ? name : gap_cell_text(e->area.table, e->area.row, "code"), b.min_x, y,
            b.max_x - b.min_x - numbers - people, GAP_ALIGN_LEFT, false);
        put(map, number, b.max_x, y, numbers, GAP_ALIGN_RIGHT, false);
        if (people > 0)
            put(map, far, b.max_x - numbers, y, people, GAP_ALIGN_RIGHT, false);
        put_rule(map, b.min_x, b.max_x, y + row_height - 1, rule);
        GapSceneLink link = {{b.min_x, y, b.max_x, y + row_height}, e->page};
        g_array_append_val(map->scene->links, link);
    }
}

bool gap_atlas_draw_index(GapMap *map, const void *user, GError **error) {
    (void)error;
    GapAtlasPage moved = *(const GapAtlasPage *)user;
    const GapAtlasPage *page = &moved;
    const double gap = 32;
    moved.room = room_below(map, &moved);
    unsigned across = index_columns(page->n_entries);
    size_t down = (page->n_entries + across - 1) / across;
    double width = (page->room.max_x - page->room.min_x - gap * (across - 1)) / across;
    draw_number(map, page);
    for (unsigned c = 0; c * down < page->n_entries; c++) {
        GapBox b = page->room;
        b.min_x += c * (width + gap);
        b.max_x = b.min_x + width;
        draw_index_column(map, page, b, c * down, MIN((c + 1) * down, page->n_entries));
    }
    return true;
}
