#include "styles/page/border_note.h"

#include "geo/text/text.h"

static bool is_last(const GapTable *changes, size_t row) {
    const char *neighbour = gap_cell_text(changes, row, "neighbour");
    for (size_t next = row + 1; next < gap_table_rows(changes); next++) // in order of their days
        if (gap_cell_number(changes, next, "newer") == 1 &&
            g_strcmp0(gap_cell_text(changes, next, "neighbour"), neighbour) == 0)
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
