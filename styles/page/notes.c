#include "styles/page/notes.h"

#include "styles/page.h"
#include "styles/page/border_note.h"
#include "styles/speech/both.h"
#include "styles/speech/credits.h"

#include <math.h>
#include <string.h>

static const double most_more = 0.07; // of the page's height, what notes take of map and panel

/** Whether what a note says is not so, or not of this page: no outline is approximate, nobody's
 *  place is modelled. */
static bool note_is_idle(const GapMap *map, const char *key) {
    if (map->continued && !g_str_equal(key, "modelled"))
        return true; // it tells of marks on the map
    if (g_str_equal(key, "computed"))
        return g_strcmp0(g_hash_table_lookup(map->data->facts, "mode"), "travel") != 0;
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

/** Whether a name stands there in another language than the page's. */
static bool shows_borrowed(const GapScene *scene) {
    for (guint i = 0; i < scene->items->len; i++) {
        const char *text = g_array_index(scene->items, GapItem, i).text;
        if (text && strstr(text, "†"))
            return true;
    }
    return false;
}

/** The sentence on boundaries and the notes that theme and data ask for. */
static char *tell_notes(const GapMap *map, const void *what) {
    (void)what;
    const json_t *keys = json_object_get(map->style->page, "notes");
    GString *notes = g_string_new(NULL);
    if (!map->continued) {
        add_note(map, notes, "disclaimer");
        add_note(map, notes, "projection");
    }
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const char *key = json_string_value(json_array_get(keys, i));
        if (key && !note_is_idle(map, key))
            add_note(map, notes, key);
    }
    if (gap_border_note_put(map))
        add_note(map, notes, "outline_older");
    if (g_hash_table_contains(map->said, "years_apart"))
        add_note(map, notes, "years_apart_note");
    if (shows_borrowed(map->scene))
        add_note(map, notes, "borrowed_names");
    return g_string_free(notes, FALSE);
}

/** The credits in both languages of the page, or as the first has them. */
static char *credits_of(const GapMap *map, bool both) {
    const char *first = gap_credits(map->data->facts, map->lang);
    const char *second = both ? gap_credits(map->data->facts, map->other->lang) : NULL;
    return second ? gap_credits_both(first, second) : g_strdup(first);
}

static GapTextLook look_of(const GapMap *map) {
    const GapBox b = map->layout->notes;
    return (GapTextLook){
        .size = 18, .colour = GAP_GREY, .wrap = b.max_x - b.min_x, .anywhere = true};
}

static double height_of(const GapMap *map, const char *text) {
    double w, h;
    const GapTextLook look = look_of(map);
    gap_fonts_measure(map->fonts, text, &look, &w, &h);
    return h;
}

static char *paragraph(const GapMap *map, const char *credits, const char *end, const char *notes) {
    if (credits)
        gap_map_put(map, "sources", g_strdup(credits), NAN);
    g_autofree char *source = gap_map_say_first(map, "source_line");
    return g_strdup_printf("%s%s %s", source, end, notes);
}

/** Sources and notes as one paragraph, at most `room` high: the second language of the sources
 * gives way, then the last of them. The notes do not, since they keep a reader from a wrong
 * conclusion. Returns: (transfer full). */
static char *compose(const GapMap *map, double room) {
    g_autofree char *notes = gap_map_both(map, tell_notes, NULL, " ");
    g_autofree char *credits = credits_of(map, map->other != NULL);
    char *text = paragraph(map, credits, ".", notes);
    if (map->other && height_of(map, text) > room) {
        g_free(credits);
        g_free(text);
        credits = credits_of(map, false);
        text = paragraph(map, credits, ".", notes);
    }
    for (char *last; credits && (last = strrchr(credits, ';')) && height_of(map, text) > room;) {
        *last = '\0';
        g_free(text);
        text = paragraph(map, credits, "; …", notes);
    }
    return text;
}

void gap_notes_make_room(GapMap *map) {
    double had = map->layout->notes.max_y - map->layout->notes.min_y;
    g_autofree char *text = compose(map, had + most_more * map->layout->height);
    double more = height_of(map, text) - had;
    if (more > 0)
        gap_layout_raise_notes(map->layout, more);
}

void gap_notes_draw(GapMap *map) {
    const GapBox b = map->layout->notes;
    const GapTextLook look = look_of(map);
    g_autofree char *text = compose(map, b.max_y - b.min_y);
    map->scene->source = credits_of(map, false);
    gap_scene_text(map->scene, map->fonts, "source", "source", text, &look, b.min_x, b.min_y);
}
