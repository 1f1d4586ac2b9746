#include "layers/fields.h"

#include "geo/base/error.h"
#include "geo/base/units.h"
#include "geo/text/text.h"

#include <math.h>
#include <string.h>

static size_t count_fields(const GapLayerKind *kind) {
    size_t n = 0;
    while (kind->fields[n].name)
        n++;
    return n;
}

/* A column by name: exactly, else the only one that folds to the same. */
static int find_column(const GapTable *table, const char *name) {
    const int exact = gap_table_find(table, name);
    if (exact >= 0)
        return exact;
    g_autofree char *wanted = gap_text_fold(name);
    int found = -1;
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        g_autofree char *folded = gap_text_fold(gap_table_column(table, c)->name);
        if (g_str_equal(folded, wanted))
            found = found < 0 ? (int)c : -2;
    }
    return found < 0 ? -1 : found;
}

/* "a=b; c=d" as pairs; the values keep inner '='. */
static bool parse_pairs(const char *text, const char *option, GHashTable *pairs, GError **error) {
    g_auto(GStrv) parts = g_strsplit(text ? text : "", ";", -1);
    for (char **part = parts; *part; part++) {
        g_strstrip(*part);
        if (!**part)
            continue;
        char *equals = strchr(*part, '=');
        if (!equals || equals == *part)
            return gap_fail(error, GAP_ERROR_USAGE,
                            "--%s: '%s' is not FIELD=%s; write several apart by ';'", option, *part,
                            g_str_equal(option, "set") ? "VALUE" : "COLUMN");
        *equals = '\0';
        g_hash_table_insert(pairs, g_strdup(g_strstrip(*part)), g_strdup(g_strstrip(equals + 1)));
    }
    return true;
}

static char *list_columns(const GapTable *table) {
    GString *out = g_string_new(NULL);
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        g_autofree char *name = gap_printable(gap_table_column(table, c)->name, 40);
        g_string_append_printf(out, "%s%s", c ? ", " : "", name);
    }
    return g_string_free(out, FALSE);
}

static const char *nearest_column(const GapTable *table, const char *name) {
    const size_t n = gap_table_columns(table);
    g_autofree const char **names = g_new0(const char *, n + 1);
    for (size_t c = 0; c < n; c++)
        names[c] = gap_table_column(table, c)->name;
    return gap_text_nearest(name, names);
}

static bool fail_missing(const GapField *field, const GapTable *table, const char *file,
                         GError **error) {
    g_autofree char *columns = list_columns(table);
    const char *found = nearest_column(table, field->name);
    g_autofree char *shown = found ? gap_printable(found, 40) : NULL;
    g_autofree char *near =
        shown ? g_strdup_printf("did you mean '%s'? It has", shown) : g_strdup("it has");
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: no column '%s' (%s); %s: %s. Say which with --columns "
                    "\"%s=COLUMN\", or one value for all rows with --set \"%s=VALUE\"",
                    file, field->name, field->help, near, columns, field->name, field->name);
}

static bool is_field(const GapLayerKind *kind, const char *name) {
    for (const GapField *field = kind->fields; field->name; field++)
        if (g_str_equal(field->name, name))
            return true;
    return false;
}

static bool check_names(const GapLayerKind *kind, GHashTable *pairs, const char *option,
                        GError **error) {
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, pairs);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        if (is_field(kind, name))
            continue;
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        for (const GapField *field = kind->fields; field->name; field++)
            g_ptr_array_add(names, (gpointer)field->name);
        g_ptr_array_add(names, NULL);
        const char *near = gap_text_nearest(name, (const char *const *)names->pdata);
        g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
        return gap_fail(error, GAP_ERROR_USAGE, "--%s: %s has no field '%s'%s%s%s; it has: %s",
                        option, kind->name, (const char *)name, near ? "; did you mean '" : "",
                        near ? near : "", near ? "'?" : "", all);
    }
    return true;
}

static char *unused_columns(const GapMapping *mapping, const GapTable *table) {
    GString *out = g_string_new(NULL);
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        bool used = (int)c == mapping->lon || (int)c == mapping->lat;
        for (size_t i = 0; !used && i < mapping->n; i++)
            used = mapping->column[i] == (int)c;
        if (used)
            continue;
        g_autofree char *name = gap_printable(gap_table_column(table, c)->name, 40);
        g_string_append_printf(out, "%s%s", out->len ? ", " : "", name);
    }
    return g_string_free(out, out->len == 0);
}

static bool map_field(const GapField *field, size_t i, GHashTable *columns, GHashTable *set,
                      const GapTable *table, const char *file, GapMapping *mapping,
                      GError **error) {
    const char *named = g_hash_table_lookup(columns, field->name);
    mapping->constant[i] = g_strdup(g_hash_table_lookup(set, field->name));
    mapping->column[i] =
        mapping->constant[i] ? -1 : find_column(table, named ? named : field->name);
    if (!named && !mapping->constant[i] && mapping->column[i] < 0 && field->alias)
        mapping->column[i] = find_column(table, field->alias);
    if (named && mapping->column[i] < 0) {
        g_autofree char *all = list_columns(table);
        return gap_fail(error, GAP_ERROR_INPUT, "%s: no column '%s' for field '%s'; it has: %s",
                        file, named, field->name, all);
    }
    if (field->required && mapping->column[i] < 0 && !mapping->constant[i])
        return fail_missing(field, table, file, error);
    return true;
}

/* The column of `name` ("lon" or "lat"), or the one that --columns says, which must be there. */
static bool map_degrees(const char *name, GHashTable *columns, const GapTable *table,
                        const char *file, int *column, GError **error) {
    const char *named = g_hash_table_lookup(columns, name);
    *column = find_column(table, named ? named : name);
    if (named && *column < 0) {
        g_autofree char *all = list_columns(table);
        return gap_fail(error, GAP_ERROR_INPUT, "%s: no column '%s' for %s; it has: %s", file,
                        named, name, all);
    }
    g_hash_table_remove(columns, name);
    return true;
}

GapMapping *gap_mapping_new(const GapLayerKind *kind, const GapTable *table, const char *file,
                            const char *columns, const char *set, GError **error) {
    g_autoptr(GHashTable) by_column =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) by_value = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!parse_pairs(columns, "columns", by_column, error) ||
        !parse_pairs(set, "set", by_value, error) || !check_names(kind, by_value, "set", error))
        return NULL;
    g_autoptr(GapMapping) mapping = g_new0(GapMapping, 1);
    mapping->n = count_fields(kind);
    mapping->column = g_new0(int, mapping->n);
    mapping->constant = g_new0(char *, mapping->n + 1);
    for (size_t i = 0; i < mapping->n; i++)
        if (!map_field(&kind->fields[i], i, by_column, by_value, table, file, mapping, error))
            return NULL;
    if (!map_degrees("lon", by_column, table, file, &mapping->lon, error) ||
        !map_degrees("lat", by_column, table, file, &mapping->lat, error) ||
        !check_names(kind, by_column, "columns", error))
        return NULL;
    mapping->unused = unused_columns(mapping, table);
    return g_steal_pointer(&mapping);
}

void gap_mapping_free(GapMapping *mapping) {
    if (!mapping)
        return;
    for (size_t i = 0; i < mapping->n; i++)
        g_free(mapping->constant[i]);
    g_free(mapping->constant);
    g_free(mapping->column);
    g_free(mapping->unused);
    g_free(mapping);
}

static GapType column_type(GapFieldKind kind) {
    return kind == GAP_FIELD_WHOLE  ? GAP_TYPE_INT
           : kind == GAP_FIELD_REAL ? GAP_TYPE_REAL
                                    : GAP_TYPE_TEXT;
}

GapTable *gap_fields_table(const GapLayerKind *kind) {
    GapTable *table = gap_table_new(kind->name);
    for (const GapField *field = kind->fields; field->name; field++)
        gap_table_add_column(table, &(GapColumnSpec){field->name, column_type(field->kind)});
    gap_table_add_column(table, &(GapColumnSpec){"row", GAP_TYPE_INT});
    return table;
}

char *gap_fields_order(const GapTable *rows, const char *low, const char *high) {
    const size_t row = gap_table_rows(rows) - 1;
    const size_t a = (size_t)gap_table_find(rows, low), b = (size_t)gap_table_find(rows, high);
    if (gap_table_is_null(rows, row, a) || gap_table_is_null(rows, row, b))
        return NULL;
    // Dates are text that sorts as they do.
    const bool ordered =
        gap_table_column(rows, a)->type == GAP_TYPE_TEXT
            ? strcmp(gap_table_text(rows, row, a), gap_table_text(rows, row, b)) <= 0
            : gap_table_real(rows, row, a) <= gap_table_real(rows, row, b);
    g_autofree char *limit = gap_table_cell_string(rows, row, b);
    return ordered ? NULL : g_strdup_printf("greater than %s, %s", high, limit);
}

static bool take_number(const GapField *field, const char *text, GapTable *rows, size_t column,
                        char **reason) {
    const size_t row = gap_table_rows(rows) - 1;
    double value;
    if (!gap_parse_number(text, &value, NULL)) {
        *reason = g_strdup("not a number; write digits with '.' as decimal sign");
        return false;
    }
    if (value < field->min || value > field->max) {
        *reason = value < 0 && field->min == 0
                      ? g_strdup("negative; leave it empty where it is not known")
                      : g_strdup_printf("not within %.15g to %.15g", field->min, field->max);
        return false;
    }
    if (field->kind == GAP_FIELD_WHOLE && value != floor(value)) {
        *reason = g_strdup("not a whole number");
        return false;
    }
    if (field->kind == GAP_FIELD_WHOLE)
        gap_table_set_int(rows, row, column, (gint64)value);
    else
        gap_table_set_real(rows, row, column, value);
    return true;
}

static bool take_choice(const GapField *field, const char *text, GapTable *rows, size_t column,
                        char **reason) {
    if (g_strv_contains(field->choices, text)) {
        gap_table_set_text(rows, gap_table_rows(rows) - 1, column, text);
        return true;
    }
    const char *near = gap_text_nearest(text, field->choices);
    g_autofree char *all = g_strjoinv(", ", (char **)field->choices);
    *reason = near ? g_strdup_printf("did you mean '%s'? Known: %s", near, all)
                   : g_strdup_printf("not one of %s", all);
    return false;
}

static bool take_areas(const char *text, const GapAreas *areas, GapTable *rows, size_t column,
                       char **reason) {
    g_auto(GStrv) parts = g_strsplit(text, ";", -1);
    g_autoptr(GString) codes = g_string_new(NULL);
    for (char **part = parts; *part; part++) {
        g_autofree char *why = NULL;
        const char *code = gap_areas_find(areas, g_strstrip(*part), NULL, &why);
        if (!code) {
            *reason = g_strdup_printf("'%s': %s", *part, why);
            return false;
        }
        g_string_append_printf(codes, "%s%s", codes->len ? ";" : "", code);
    }
    gap_table_set_text(rows, gap_table_rows(rows) - 1, column, codes->str);
    return true;
}

static bool take_area(const char *text, const GapAreas *areas, GapTable *rows, size_t column,
                      char **reason) {
    const char *code = gap_areas_find(areas, text, NULL, reason);
    if (code)
        gap_table_set_text(rows, gap_table_rows(rows) - 1, column, code);
    return code != NULL;
}

/* Nobody can know that a code which is not there was one before. */
static bool take_unit(const char *text, const GapAreas *areas, GapTable *rows, size_t column,
                      char **reason) {
    g_autofree char *why = NULL;
    const char *code = gap_areas_find_unit(areas, text, &why);
    if (code)
        gap_table_set_text(rows, gap_table_rows(rows) - 1, column, code);
    else
        *reason = g_strdup_printf("%s; a former unit is known once 'gapmap load changes FILE' has "
                                  "said what became of it",
                                  why);
    return code != NULL;
}

bool gap_field_take(const GapField *field, const char *text, const GapAreas *areas, GapTable *rows,
                    size_t column, char **reason) {
    g_autofree char *value = text ? g_strstrip(g_strdup(text)) : NULL;
    if (!value || !*value) {
        if (field->required)
            *reason = g_strdup_printf("empty; %s is required (%s)", field->name, field->help);
        return !field->required;
    }
    if (strlen(value) > 10000) {
        *reason = g_strdup("longer than 10000 bytes");
        return false;
    }
    switch (field->kind) {
    case GAP_FIELD_WHOLE:
    case GAP_FIELD_REAL:
        return take_number(field, value, rows, column, reason);
    case GAP_FIELD_CHOICE:
        return take_choice(field, value, rows, column, reason);
    case GAP_FIELD_AREA:
        return take_area(value, areas, rows, column, reason);
    case GAP_FIELD_UNIT:
        return take_unit(value, areas, rows, column, reason);
    case GAP_FIELD_AREAS:
        return take_areas(value, areas, rows, column, reason);
    case GAP_FIELD_DATE: {
        GDate date;
        if (!gap_parse_date(value, &date, NULL)) {
            *reason = g_strdup("not a date; write YYYY-MM-DD");
            return false;
        }
        break;
    }
    case GAP_FIELD_TEXT:
        break;
    }
    gap_table_set_text(rows, gap_table_rows(rows) - 1, column, value);
    return true;
}
