#include "styles/page/border_note.h"

#include "geo/text/text.h"

/** Whether two changes are told as one: of one neighbour, or of one segment that has none. */
static bool are_of_one(const GapTable *changes, size_t a, size_t b) {
    const char *neighbour = gap_cell_text(changes, a, "neighbour");
    const char *key = neighbour ? "neighbour" : "segment";
    return g_strcmp0(gap_cell_text(changes, b, "neighbour"), neighbour) == 0 &&
           g_strcmp0(gap_cell_text(changes, b, key), gap_cell_text(changes, a, key)) == 0;
}

static bool is_last(const GapTable *changes, size_t row) {
    for (size_t next = row + 1; next < gap_table_rows(changes); next++) // in order of their days
        if (gap_cell_number(changes, next, "newer") == 1 && are_of_one(changes, row, next))
            return false;
    return true;
}

bool gap_border_note_put(const GapMap *map) {
    const GapTable *changes = g_hash_table_lookup(map->data->tables, "border_changes");
    GString *list = g_string_new(NULL);
    unsigned n = 0;
    for (size_t row = 0; changes && row < gap_table_rows(changes); row++) {
        if (gap_cell_number(changes, row, "newer") != 1 || !is_last(changes, row))
            continue;
        const char *name = gap_map_name_first(map, changes, row);
        g_autofree char *day = gap_format_date(gap_cell_text(changes, row, "since"), map->lang);
        g_string_append_printf(list, "%s%s (%s)", n++ ? ", " : "",
                               name ? name : gap_cell_text(changes, row, "segment"), day);
    }
    char *text = g_string_free(list, FALSE);
    if (n)
        gap_map_put(map, "border_changes", text, n);
    else
        g_free(text);
    return n > 0;
}
