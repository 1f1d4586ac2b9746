// The table of an area's municipalities, beneath a map or on pages of its own.
#include "geo/text/message.h"
#include "geo/text/text.h"
#include "styles/atlas/lines.h"
#include "styles/page/ranked.h"
#include "styles/speech/both.h"

#include <math.h>

enum { NAME, NEAREST = 4, COLUMNS = 6 };

/** Where columns begin or, if aligned right, end, as shares of the room, and how wide they are. */
static const struct {
    const char *word;
    double at, width;
    GapAlign align;
} columns[COLUMNS] = {
    {"table_name", 0, 0.22, GAP_ALIGN_LEFT},        {"table_people", 0.3, 0.1, GAP_ALIGN_RIGHT},
    {"table_beyond", 0.41, 0.12, GAP_ALIGN_RIGHT},  {"table_share", 0.475, 0.07, GAP_ALIGN_RIGHT},
    {"table_nearest", 0.495, 0.23, GAP_ALIGN_LEFT}, {"table_step", 0.735, 0.265, GAP_ALIGN_LEFT}};

/** The head has a line for each language. */
static double head_height(bool two) {
    return GAP_ATLAS_HEAD + (two ? 22 : 0);
}

double gap_atlas_table_height(size_t rows, bool two) {
    return head_height(two) + (double)(rows + 1) * GAP_ATLAS_ROW; // one more for the whole part
}

size_t gap_atlas_rows_in(double height, bool two) {
    return (size_t)fmax(floor((height - head_height(two)) / GAP_ATLAS_ROW + 1e-9) - 1, 2);
}

/** In the one language of `map`. */
static const char *word(const GapMap *map, const char *group, const char *key) {
    const char *said = gap_words_get(map->data->words, group, key, map->lang);
    return said ? said : key;
}

static void put_cells(GapMap *map, GapBox room, double y, char *const *cells, bool bold) {
    double w = room.max_x - room.min_x;
    for (size_t c = 0; c < COLUMNS; c++)
        if (cells[c])
            gap_atlas_put(map, cells[c], room.min_x + columns[c].at * w, y, columns[c].width * w,
                          columns[c].align, bold);
}

/* ---- rows ---- */

static char *share_text(const GapMap *map, double beyond, double covered) {
    double placed = beyond + covered;
    return placed > 0 ? gap_format_share(beyond / placed, map->lang) : g_strdup("–");
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

/** "Batken, 12 km" or "Batken, 35 min", of the place in the language or languages of `map`. */
static char *nearest_in(const GapMap *map, const GapNearest *nearest) {
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

static double column_width(const GapAtlasPage *page, unsigned column) {
    return columns[column].width * (page->room.max_x - page->room.min_x);
}

/** The same with the place in the first language alone where both have no room: a distance is not
 *  cut off. Returns: (transfer full). */
static char *nearest_text(const GapMap *map, const GapAtlasPage *page, const char *code) {
    const GapNearest *nearest = code ? g_hash_table_lookup(page->nearest, code) : NULL;
    GapMap one = *map;
    one.other = NULL;
    g_autofree char *both = nearest_in(map, nearest), *first = nearest_in(&one, nearest);
    return g_strdup(gap_atlas_fitting(map, both, first, column_width(page, NEAREST), false));
}

static void draw_row(GapMap *map, const GapAtlasPage *page, const GapTable *t, size_t row,
                     double y) {
    double beyond = gap_cell_number(t, row, "people_beyond");
    const char *name = gap_atlas_name(map, t, row, column_width(page, NAME));
    const char *step = gap_cell_text(t, row, "ladder");
    g_autofree char *people = gap_format_number(gap_cell_number(t, row, "people"), 0, map->lang);
    g_autofree char *far = gap_format_number(beyond, 0, map->lang);
    g_autofree char *share = share_text(map, beyond, gap_cell_number(t, row, "people_covered"));
    g_autofree char *nearest = nearest_text(map, page, gap_cell_text(t, row, "code"));
    char *const cells[COLUMNS] = {(char *)name, people,
                                  far,          share,
                                  nearest,      (char *)(step ? word(map, "ladder", step) : "–")};
    put_cells(map, page->room, y, cells, false);
    gap_atlas_put_rule(map, page->room.min_x, page->room.max_x, y + GAP_ATLAS_ROW - 1,
                       GAP_ATLAS_RULE);
}

/** Returns: where the first row begins. */
static double draw_head(GapMap *map, GapBox room) {
    double y = room.min_y;
    for (const GapMap *page = map; page; page = page->other, y += 22) {
        char *cells[COLUMNS];
        for (size_t c = 0; c < COLUMNS; c++)
            cells[c] = (char *)word(page, "atlas", columns[c].word);
        put_cells(map, room, y, cells, page == map);
    }
    y = room.min_y + head_height(map->other);
    gap_atlas_put_rule(map, room.min_x, room.max_x, y - 2, GAP_ATLAS_STRONG);
    return y;
}

static char *tell_part(const GapMap *map, const void *what) {
    (void)what;
    return gap_part_name(map);
}

/** The figures of the part itself, whose name may stretch to where numbers begin. */
static void draw_sum(GapMap *map, GapBox room, double y) {
    double far = gap_map_fact(map, "people_beyond");
    g_autofree char *both = gap_map_both(map, tell_part, NULL, " / ");
    g_autofree char *first = gap_part_name(map);
    double name_width = columns[NAME].width * (room.max_x - room.min_x);
    const char *part = gap_atlas_fitting(map, both, first, name_width, true);
    g_autofree char *people = gap_format_number(gap_map_fact(map, "people"), 0, map->lang);
    g_autofree char *beyond = gap_format_number(far, 0, map->lang);
    g_autofree char *share = share_text(map, far, gap_map_fact(map, "people_covered"));
    char *const cells[COLUMNS] = {(char *)part, people, beyond, share, NULL, NULL};
    put_cells(map, room, y, cells, true);
    gap_atlas_put_rule(map, room.min_x, room.max_x, y + GAP_ATLAS_ROW - 1, GAP_ATLAS_RULE);
}

/** What stands on the page that goes on. */
typedef struct {
    unsigned page;
    guint count;
    double beyond;
} Rest;

static char *tell_rest(const GapMap *map, const void *what) {
    const Rest *rest = what;
    g_autoptr(GHashTable) values = gap_message_values_new();
    gap_message_set(values, "count", gap_format_number(rest->count, 0, map->lang), rest->count);
    gap_message_set(values, "people", gap_format_number(rest->beyond, 0, map->lang), rest->beyond);
    gap_message_set(values, "page", g_strdup_printf("%u", rest->page), rest->page);
    return gap_message_fill(word(map, "atlas", "table_more"), map->lang, values);
}

/** A line that leads to where the table goes on. */
static void draw_rest(GapMap *map, const GapAtlasPage *page, const GArray *ranked, double y) {
    GapBox room = page->room;
    Rest rest = {page->next, (guint)(ranked->len - page->to), 0};
    for (size_t i = page->to; i < ranked->len; i++)
        rest.beyond += fmax(g_array_index(ranked, GapRanked, i).value, 0);
    g_autofree char *words = gap_map_both(map, tell_rest, &rest, " / ");
    gap_atlas_put(map, words, room.min_x, y, room.max_x - room.min_x, GAP_ALIGN_LEFT, false);
    GapSceneLink link = {{room.min_x, y, room.max_x, y + GAP_ATLAS_ROW}, page->next};
    g_array_append_val(map->scene->links, link);
}

bool gap_atlas_draw_table(GapMap *map, const void *user, GError **error) {
    (void)error;
    GapAtlasPage moved = *(const GapAtlasPage *)user;
    const GapAtlasPage *page = &moved;
    moved.room = gap_atlas_room(map, &moved);
    const GapTable *t = g_hash_table_lookup(map->data->tables, "municipalities");
    g_autoptr(GArray) ranked = gap_ranked_rows(t, "people_beyond", GAP_RANK_ALL);
    gap_atlas_put_number(map, page);
    double y = draw_head(map, page->room);
    if (!page->from) {
        draw_sum(map, page->room, y);
        y += GAP_ATLAS_ROW;
    }
    for (size_t i = page->from; i < MIN(page->to, ranked->len); i++, y += GAP_ATLAS_ROW)
        draw_row(map, page, t, g_array_index(ranked, GapRanked, i).row, y);
    if (page->next)
        draw_rest(map, page, ranked, y);
    return true;
}
