#include "styles/page.h"

#include "styles/classes.h"
#include "styles/labels.h"

#include <math.h>
#include <string.h>

const GapColour GAP_INK = {0.13, 0.13, 0.13, 1}, GAP_GREY = {0.33, 0.33, 0.33, 1},
                GAP_PAPER = {0.984, 0.98, 0.969, 1};

static const double margin = GAP_MARGIN;
static const GapBox map_frame = GAP_MAP_FRAME;

static GapTextLook look(double size, GapColour colour) {
    return (GapTextLook){.size = size, .colour = colour};
}

static void draw_heading(GapMap *map, const char *title) {
    g_autofree char *own = gap_map_say(map, "title");
    g_autofree char *below = gap_map_say(map, "subtitle");
    GapTextLook big = look(44, GAP_INK), small = look(26, GAP_GREY);
    double w, h, room = map_frame.max_x - margin;
    big.bold = true;
    map->scene->title = g_strdup(title ? title : own);
    map->scene->description = g_strdup(below);
    for (gap_fonts_measure(map->fonts, map->scene->title, &big, &w, &h); w > room && big.size > 30;
         gap_fonts_measure(map->fonts, map->scene->title, &big, &w, &h))
        big.size -= 1;
    for (gap_fonts_measure(map->fonts, below, &small, &w, &h); w > room && small.size > 18;
         gap_fonts_measure(map->fonts, below, &small, &w, &h))
        small.size -= 0.5;
    small.limit = room;
    gap_scene_text(map->scene, map->fonts, "title", "title", map->scene->title, &big, margin,
                   38 - big.size * 0.68);
    gap_scene_text(map->scene, map->fonts, "subtitle", "subtitle", below, &small, margin, 69);
}

/** Whether what a note says is not so: no outline is approximate, nobody's place is modelled. */
static bool note_is_idle(const GapMap *map, const char *key) {
    if (g_str_equal(key, "modelled"))
        return gap_map_fact(map, "people_modelled") == 0;
    if (g_str_equal(key, "rule"))
        return gap_map_fact(map, "sites_any") != 0;
    if (g_str_equal(key, "no_rule"))
        return gap_map_fact(map, "sites_any") != 1;
    const GapTable *areas = g_hash_table_lookup(map->data->tables, "municipalities");
    if (!g_str_equal(key, "approximate") || !areas)
        return false;
    for (size_t row = 0; row < gap_table_rows(areas); row++)
        if (g_strcmp0(gap_cell_text(areas, row, "boundary_quality"), "official") != 0)
            return false;
    return gap_table_rows(areas) > 0;
}

static void add_note(const GapMap *map, GString *notes, const char *key) {
    g_autofree char *note = gap_map_say(map, key);
    g_string_append_printf(notes, "%s%s", notes->len ? " " : "", note);
}

/** The sentence on boundaries and the notes that theme and data ask for. */
static char *note_text(const GapMap *map) {
    const json_t *keys = json_object_get(map->style->page, "notes");
    GString *notes = g_string_new(NULL);
    add_note(map, notes, "disclaimer");
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const char *key = json_string_value(json_array_get(keys, i));
        if (key && !note_is_idle(map, key))
            add_note(map, notes, key);
    }
    if (g_strcmp0(g_hash_table_lookup(map->data->facts, "mode"), "travel") == 0)
        add_note(map, notes, "computed");
    if (g_hash_table_contains(map->said, "years_apart"))
        add_note(map, notes, "years_apart_note");
    return g_string_free(notes, FALSE);
}

/** Sources and notes as one paragraph of at most three lines: the last sources give way, the notes
 *  do not, since they keep a reader from a wrong conclusion. */
static void draw_notes(GapMap *map) {
    g_autofree char *source = gap_map_say(map, "source_line"), *notes = note_text(map);
    GapTextLook small = look(18, GAP_GREY);
    const char *sources = g_hash_table_lookup(map->data->facts, "sources");
    map->scene->source = g_strdup(sources);
    double w, h, room = map->scene->height - map_frame.max_y - 4;
    small.wrap = map->scene->width - 2 * margin;
    g_autofree char *text = g_strdup_printf("%s. %s", source, notes);
    for (gap_fonts_measure(map->fonts, text, &small, &w, &h); h > room;
         gap_fonts_measure(map->fonts, text, &small, &w, &h)) {
        char *last = strrchr(source, ';');
        if (!last)
            break;
        *last = '\0';
        g_free(text);
        text = g_strdup_printf("%s; … %s", source, notes);
    }
    gap_scene_text(map->scene, map->fonts, "source", "source", text, &small, margin,
                   map_frame.max_y + 2);
}

bool gap_page_draw(GapMap *map, const char *title, GError **error) {
    GapBox page = {0, 0, map->scene->width, map->scene->height};
    gap_scene_rect(map->scene, "page", "page", page, GAP_PAPER, (GapColour){0}, 0);
    if (!gap_classes_from_data(map, error) || !gap_frames_draw(map, error))
        return false;
    gap_scene_rect(map->scene, "frame", "map",
                   (GapBox){-2, map_frame.min_y, map_frame.max_x, map_frame.max_y}, (GapColour){0},
                   (GapColour){0.6, 0.58, 0.55, 1}, 1.2);
    draw_heading(map, title);
    draw_notes(map);
    map->panel_x = map_frame.max_x + 24;
    map->panel_y = 30;
    map->panel_bottom = map_frame.max_y;
    map->panel_width = map->scene->width - margin - map->panel_x;
    return gap_panel_draw(map, error);
}
