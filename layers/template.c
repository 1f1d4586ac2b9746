#include "layers/template.h"

#include "geo/base/error.h"
#include "geo/files/vector.h"

#include <gio/gio.h>

static const GapField LON = {"lon", GAP_FIELD_REAL, true, -180, 180, NULL, "longitude, degrees"};
static const GapField LAT = {"lat", GAP_FIELD_REAL, true, -90, 90, NULL, "latitude, degrees"};
static const GapField GEOM = {
    "geom", GAP_FIELD_TEXT, true, 0, 0, NULL, "outline as WKT; a map file is better"};
static const GapField LINE = {
    "geom", GAP_FIELD_TEXT, false, 0, 0, NULL, "line as WKT, where it is not all of the border"};

/* The words are part of the program: they are there, and whole. */
static GKeyFile *read_words(void) {
    g_autoptr(GBytes) data = g_resources_lookup_data("/gapmap/layers/words/fields.ini",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    GKeyFile *words = g_key_file_new();
    const bool read =
        data && g_key_file_load_from_bytes(words, data, G_KEY_FILE_KEEP_TRANSLATIONS, NULL);
    g_assert(read);
    return words;
}

/* The word of `group LAYER`, else of `group`; NULL where there is none. Language NULL: none. */
static char *word(GKeyFile *words, const char *group, const char *layer, const char *field,
                  const char *language) {
    g_autofree char *own = g_strdup_printf("%s %s", group, layer);
    g_autofree char *key = language ? g_strdup_printf("%s[%s]", field, language) : g_strdup(field);
    char *found = g_key_file_get_string(words, own, key, NULL);
    return found ? found : g_key_file_get_string(words, group, key, NULL);
}

/* The fields of the layer and those of its geometry. Returns: (transfer container). */
static GPtrArray *columns_of(const GapLayerKind *kind) {
    GPtrArray *columns = g_ptr_array_new();
    for (const GapField *field = kind->fields; field->name; field++)
        g_ptr_array_add(columns, (gpointer)field);
    if (kind->geometry == GAP_NEEDS_POINT) {
        g_ptr_array_add(columns, (gpointer)&LON);
        g_ptr_array_add(columns, (gpointer)&LAT);
    } else if (kind->geometry == GAP_TAKES_LINE)
        g_ptr_array_add(columns, (gpointer)&LINE);
    else if (kind->geometry != GAP_NEEDS_NONE)
        g_ptr_array_add(columns, (gpointer)&GEOM);
    return columns;
}

GapTable *gap_template_example(const GapLayerKind *kind) {
    g_autoptr(GKeyFile) words = read_words();
    g_autoptr(GPtrArray) columns = columns_of(kind);
    GapTable *table = gap_table_new(kind->name);
    for (guint i = 0; i < columns->len; i++) {
        const GapField *field = g_ptr_array_index(columns, i);
        gap_table_add_column(table, &(GapColumnSpec){field->name, GAP_TYPE_TEXT});
    }
    gap_table_add_row(table);
    for (guint i = 0; i < columns->len; i++) {
        const GapField *field = g_ptr_array_index(columns, i);
        g_autofree char *value = word(words, "example", kind->name, field->name, NULL);
        gap_table_set_text(table, 0, i, value);
    }
    return table;
}

/* What a cell of the field may hold, for people. */
static char *values_of(const GapField *field) {
    switch (field->kind) {
    case GAP_FIELD_CHOICE:
        return g_strjoinv(" | ", (char **)field->choices);
    case GAP_FIELD_WHOLE:
    case GAP_FIELD_REAL:
        return g_strdup_printf("%s, %.10g .. %.10g",
                               field->kind == GAP_FIELD_WHOLE ? "whole number" : "number",
                               field->min, field->max);
    case GAP_FIELD_DATE:
        return g_strdup("YYYY-MM-DD");
    case GAP_FIELD_UNTIL:
        return g_strdup("YYYY or YYYY-MM-DD");
    case GAP_FIELD_UNIT:
    case GAP_FIELD_AREA:
        return g_strdup("code or name of an area");
    case GAP_FIELD_PLACE:
        return g_strdup("code or name of a place");
    case GAP_FIELD_ANY:
        return g_strdup("code or name of an area or place");
    case GAP_FIELD_NEIGHBOUR:
        return g_strdup("code or name of a neighbour");
    case GAP_FIELD_AREAS:
        return g_strdup("codes or names of areas, by ';'");
    case GAP_FIELD_TEXT:
        break;
    }
    return g_strdup("text");
}

GapTable *gap_template_definitions(const GapLayerKind *kind) {
    static const char *const headings[] = {"field", "required", "values", "en", "ru", "ky"};
    g_autoptr(GKeyFile) words = read_words();
    g_autoptr(GPtrArray) columns = columns_of(kind);
    GapTable *table = gap_table_new("fields");
    for (size_t c = 0; c < G_N_ELEMENTS(headings); c++)
        gap_table_add_column(table, &(GapColumnSpec){headings[c], GAP_TYPE_TEXT});
    for (guint i = 0; i < columns->len; i++) {
        const GapField *field = g_ptr_array_index(columns, i);
        const size_t row = gap_table_add_row(table);
        g_autofree char *values = values_of(field);
        g_autofree char *ru = word(words, "definition", kind->name, field->name, "ru");
        g_autofree char *ky = word(words, "definition", kind->name, field->name, "ky");
        const char *cells[] = {field->name, field->required ? "yes" : "no", values, field->help, ru,
                               ky};
        for (size_t c = 0; c < G_N_ELEMENTS(cells); c++)
            gap_table_set_text(table, row, c, cells[c]);
    }
    return table;
}

bool gap_template_write(const GapLayerKind *kind, const char *path, char **beside, GError **error) {
    g_autoptr(GapTable) example = gap_template_example(kind);
    g_autoptr(GapTable) definitions = gap_template_definitions(kind);
    g_autofree char *lower = g_ascii_strdown(path, -1);
    *beside = NULL;
    GapTable *sheets[] = {example, definitions};
    if (g_str_has_suffix(lower, ".xlsx"))
        return gap_vector_write_xlsx(sheets, G_N_ELEMENTS(sheets), path, error);
    if (!g_str_has_suffix(lower, ".csv"))
        return gap_fail(error, GAP_ERROR_USAGE, "%s: a template ends in .csv or .xlsx", path);
    g_autofree char *stem = g_strndup(path, strlen(path) - strlen(".csv"));
    g_autofree char *other = g_strconcat(stem, "-fields.csv", NULL);
    if (!gap_vector_write_csv(example, path, error) ||
        !gap_vector_write_csv(definitions, other, error))
        return false;
    *beside = g_steal_pointer(&other);
    return true;
}
