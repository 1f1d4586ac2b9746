#include "geo/files/columns.h"

#include "geo/base/error.h"

static bool is_blank(const char *text) {
    for (; *text; text = g_utf8_next_char(text))
        if (g_unichar_isgraph(g_utf8_get_char(text)))
            return false;
    return true;
}

bool gap_columns_add(GapTable *table, const char *path, const char *name, GapType type,
                     GError **error) {
    if (!g_utf8_validate(name, -1, NULL))
        return gap_fail_at(error, (GapPlace){.file = path, .value = name},
                           "a column name is not UTF-8 text: save the file as UTF-8");
    g_autofree char *trimmed = g_strstrip(g_strdup(name));
    if (is_blank(trimmed))
        return gap_fail_at(error, (GapPlace){.file = path},
                           "column %zu has no name: name every column in the first line",
                           gap_table_columns(table) + 1);
    const int taken = gap_table_find(table, trimmed);
    if (taken >= 0)
        return gap_fail_at(error, (GapPlace){.file = path, .field = trimmed},
                           "two columns have this name, columns %d and %zu: rename one of them",
                           taken + 1, gap_table_columns(table) + 1);
    gap_table_add_column(table, &(GapColumnSpec){trimmed, type, NULL, NULL});
    return true;
}
