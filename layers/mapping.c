#include "layers/mapping.h"

#include "geo/base/error.h"
#include "geo/text/text.h"
#include "layers/columns.h"

#include <string.h>

/* What is at hand while a mapping is made. */
typedef struct {
    const GapTable *table;
    const char *file;
    const GapMappingOptions *options;
    GHashTable *columns, *set; // what the options say: field to column, to value
    bool *used;                // columns that have a field
    GString *guessed;          // "field=column; ...", those of points last
    gsize guessed_fields;      // its length without them
    GapMapping *mapping;
} Making;

void gap_mapping_note(GapMapping *mapping, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_ptr_array_add(mapping->notes, g_strdup_vprintf(format, args));
    va_end(args);
}

static size_t count_fields(const GapLayerKind *kind) {
    size_t n = 0;
    while (kind->fields[n].name)
        n++;
    return n;
}

int gap_mapping_find(const GapTable *table, const char *name) {
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

bool gap_mapping_pairs(const char *text, const char *option, GHashTable *pairs, GError **error) {
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

char *gap_mapping_heading(const GapTable *table, size_t column, size_t limit) {
    g_autofree char *line = g_strdup(gap_table_column(table, column)->name);
    return gap_printable(g_strdelimit(line, "\n\r\t", ' '), limit);
}

/* ---- errors ---- */

char *gap_mapping_columns(const GapTable *table) {
    GString *out = g_string_new(NULL);
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        g_autofree char *name = gap_mapping_heading(table, c, 40);
        g_string_append_printf(out, "%s%s", c ? ", " : "", name);
    }
    if (!out->len)
        g_string_append(out, "none");
    return g_string_free(out, FALSE);
}

static const char *nearest_column(const GapTable *table, const char *name) {
    const size_t n = gap_table_columns(table);
    g_autofree const char **names = g_new0(const char *, n + 1);
    for (size_t c = 0; c < n; c++)
        names[c] = gap_table_column(table, c)->name;
    return gap_text_nearest(name, names);
}

static bool fail_missing(const Making *making, const GapField *field, GError **error) {
    g_autofree char *columns = gap_mapping_columns(making->table);
    const char *found = nearest_column(making->table, field->name);
    g_autofree char *shown = found ? gap_printable(found, 40) : NULL;
    g_autofree char *near =
        shown ? g_strdup_printf("did you mean '%s'? It has", shown) : g_strdup("it has");
    return gap_fail(error, GAP_ERROR_INPUT,
                    "%s: no column '%s' (%s); %s: %s. Say which with --columns "
                    "\"%s=COLUMN\", or one value for all rows with --set \"%s=VALUE\"",
                    making->file, field->name, field->help, near, columns, field->name,
                    field->name);
}

static bool fail_named(const Making *making, const char *field, const char *named, GError **error) {
    g_autofree char *all = gap_mapping_columns(making->table);
    return gap_fail(error, GAP_ERROR_INPUT, "%s: no column '%s' for field '%s'; it has: %s",
                    making->file, named, field, all);
}

/* Names of `pairs` are fields of the kind, or of `more`. */
static bool check_names(const GapLayerKind *kind, GHashTable *pairs, const char *option,
                        const char *const *more, GError **error) {
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, pairs);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        if (gap_layer_has_field(kind, name) || g_strv_contains(more, name))
            continue;
        g_autoptr(GPtrArray) names = g_ptr_array_new();
        for (const GapField *field = kind->fields; field->name; field++)
            g_ptr_array_add(names, (gpointer)field->name);
        for (const char *const *other = more; *other; other++)
            g_ptr_array_add(names, (gpointer)*other);
        g_ptr_array_add(names, NULL);
        const char *near = gap_text_nearest(name, (const char *const *)names->pdata);
        g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
        return gap_fail(error, GAP_ERROR_USAGE, "--%s: %s has no field '%s'%s%s%s; it has: %s",
                        option, kind->name, (const char *)name, near ? "; did you mean '" : "",
                        near ? near : "", near ? "'?" : "", all);
    }
    return true;
}

/* ---- columns ---- */

/* The column that an option or its own name gives `field`. */
static bool map_named(Making *making, const char *field, const char *alias, int *column,
                      GError **error) {
    const char *named = g_hash_table_lookup(making->columns, field);
    *column = gap_mapping_find(making->table, named ? named : field);
    if (named && *column < 0)
        return fail_named(making, field, named, error);
    if (*column < 0 && alias)
        *column = gap_mapping_find(making->table, alias);
    if (*column >= 0)
        making->used[*column] = true;
    return true;
}

/* The column whose heading means `field`; -2 with `several` where they do. */
static int guess(Making *making, const char *field, char **several) {
    const int column =
        gap_columns_guess(making->mapping->kind, field, making->table, making->used, several);
    if (column < 0)
        return column;
    making->used[column] = true;
    g_autofree char *heading =
        gap_mapping_heading(making->table, (size_t)column, GAP_MAPPING_HEADING);
    g_string_append_printf(making->guessed, "%s%s=%s", making->guessed->len ? "; " : "", field,
                           heading);
    return column;
}

static bool guess_field(Making *making, size_t i, GError **error) {
    GapMapping *mapping = making->mapping;
    const GapField *field = &mapping->kind->fields[i];
    if (mapping->column[i] >= 0 || mapping->constant[i])
        return true;
    g_autofree char *several = NULL;
    mapping->column[i] = guess(making, field->name, &several);
    if (several && field->required)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: '%s' (%s) may be any of the columns %s; say which with --columns "
                        "\"%s=COLUMN\"",
                        making->file, field->name, field->help, several, field->name);
    if (several) {
        mapping->column[i] = -1;
        gap_mapping_note(
            mapping,
            "'%s' may be any of the columns %s and is left empty; --columns \"%s=COLUMN\" says "
            "which",
            field->name, several, field->name);
    }
    return mapping->column[i] >= 0 || !field->required || fail_missing(making, field, error);
}

/* The heading of a column of areas may say what they are. */
static void find_stated(Making *making) {
    GapMapping *mapping = making->mapping;
    for (size_t i = 0; i < mapping->n; i++) {
        const GapField *field = &mapping->kind->fields[i];
        if ((field->kind != GAP_FIELD_AREA && field->kind != GAP_FIELD_UNIT) ||
            mapping->column[i] < 0)
            continue;
        const char *heading = gap_table_column(making->table, (size_t)mapping->column[i])->name;
        for (const char *const *level = GAP_AREA_LEVELS; *level; level++)
            if (gap_columns_means(mapping->kind, *level, heading))
                mapping->stated = *level;
    }
}

static bool map_fields(Making *making, GError **error) {
    GapMapping *mapping = making->mapping;
    for (size_t i = 0; i < mapping->n; i++) {
        const GapField *field = &mapping->kind->fields[i];
        mapping->column[i] = -1;
        mapping->constant[i] = g_strdup(g_hash_table_lookup(making->set, field->name));
        const bool later =
            (field->flags & GAP_FIELD_HINT) && !g_hash_table_contains(making->columns, field->name);
        if (!mapping->constant[i] && !later &&
            !map_named(making, field->name, field->alias, &mapping->column[i], error))
            return false;
    }
    return true;
}

/* Points: two columns of degrees, or one with both; by name, and by heading where rows bring no
 * geometry of their own. */
static bool map_points(Making *making, GError **error) {
    GapMapping *mapping = making->mapping;
    if (!map_named(making, "lon", NULL, &mapping->lon, error) ||
        !map_named(making, "lat", NULL, &mapping->lat, error) ||
        !map_named(making, "coordinates", NULL, &mapping->spot, error))
        return false;
    return true;
}

static void guess_points(Making *making) {
    GapMapping *mapping = making->mapping;
    making->guessed_fields = making->guessed->len;
    if (mapping->kind->geometry != GAP_NEEDS_POINT || gap_table_has_geometry(making->table))
        return;
    struct {
        const char *field;
        int *column;
    } parts[] = {{"lon", &mapping->lon}, {"lat", &mapping->lat}, {"coordinates", &mapping->spot}};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (*parts[i].column >= 0 || gap_mapping_has_point(mapping))
            continue;
        g_autofree char *several = NULL;
        const int column = guess(making, parts[i].field, &several);
        *parts[i].column = MAX(column, -1);
        if (several)
            gap_mapping_note(
                mapping, "'%s' may be any of the columns %s; --columns \"%s=COLUMN\" says which",
                parts[i].field, several, parts[i].field);
    }
}

/* Columns of points that were then turned are told of by another note. */
static void tell_guesses(Making *making, bool turned) {
    if (turned)
        g_string_truncate(making->guessed, making->guessed_fields);
    if (making->guessed->len)
        g_ptr_array_insert(making->mapping->notes, 0,
                           g_strdup_printf("columns known by their headings: --columns \"%s\"",
                                           making->guessed->str));
}

static char *unused_columns(const Making *making) {
    enum { MOST = 20 };
    GString *out = g_string_new(NULL);
    size_t unused = 0;
    for (size_t c = 0; c < gap_table_columns(making->table); c++) {
        if (making->used[c] || ++unused > MOST)
            continue;
        g_autofree char *name = gap_mapping_heading(making->table, c, 40);
        g_string_append_printf(out, "%s%s", out->len ? ", " : "", name);
    }
    if (unused > MOST)
        g_string_append_printf(out, " and %zu more", unused - MOST);
    return g_string_free(out, out->len == 0);
}

/* ---- making and freeing ---- */

/* The system that we store, as --crs may well say. */
static bool is_degrees(const char *crs) {
    return g_ascii_strcasecmp(crs, "EPSG:4326") == 0 || g_ascii_strcasecmp(crs, "OGC:CRS84") == 0;
}

static bool make(Making *making, GError **error) {
    static const char *const nothing[] = {NULL};
    static const char *const points[] = {"lon", "lat", "coordinates", NULL};
    GapMapping *mapping = making->mapping;
    const GapMappingOptions *options = making->options;
    if (!gap_mapping_pairs(options->columns, "columns", making->columns, error) ||
        !gap_mapping_pairs(options->set, "set", making->set, error) ||
        !check_names(mapping->kind, making->set, "set", nothing, error) ||
        !check_names(mapping->kind, making->columns, "columns", points, error) ||
        !map_fields(making, error) || !map_points(making, error))
        return false;
    // Hints take what the others leave.
    for (unsigned hints = 0; hints <= GAP_FIELD_HINT; hints += GAP_FIELD_HINT)
        for (size_t i = 0; i < mapping->n; i++)
            if ((mapping->kind->fields[i].flags & GAP_FIELD_HINT) == hints &&
                !guess_field(making, i, error))
                return false;
    find_stated(making);
    guess_points(making);
    if (options->crs && gap_mapping_has_point(mapping) && !gap_table_has_geometry(making->table) &&
        !is_degrees(options->crs) &&
        !(mapping->projection = gap_projection_new(options->crs, error)))
        return false;
    const bool turned = gap_mapping_look(mapping, making->table, options,
                                         g_hash_table_contains(making->columns, "lon") ||
                                             g_hash_table_contains(making->columns, "lat"));
    tell_guesses(making, turned);
    mapping->unused = unused_columns(making);
    return true;
}

GapMapping *gap_mapping_new(const GapLayerKind *kind, const GapTable *table, const char *file,
                            const GapMappingOptions *options, GError **error) {
    g_autoptr(GHashTable) columns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autofree bool *used = g_new0(bool, gap_table_columns(table) + 1);
    g_autoptr(GString) guessed = g_string_new(NULL);
    g_autoptr(GapMapping) mapping = g_new0(GapMapping, 1);
    mapping->kind = kind;
    mapping->n = count_fields(kind);
    mapping->column = g_new0(int, mapping->n);
    mapping->constant = g_new0(char *, mapping->n + 1);
    mapping->decimal = g_new0(GapDecimal, mapping->n);
    mapping->order = g_new0(GapDayOrder, mapping->n);
    mapping->has_box = options->expected != NULL;
    if (options->expected)
        mapping->box = *options->expected;
    mapping->notes = g_ptr_array_new_with_free_func(g_free);
    Making making = {table, file, options, columns, set, used, guessed, 0, mapping};
    return make(&making, error) ? g_steal_pointer(&mapping) : NULL;
}

void gap_mapping_free(GapMapping *mapping) {
    if (!mapping)
        return;
    for (size_t i = 0; i < mapping->n; i++)
        g_free(mapping->constant[i]);
    g_free(mapping->constant);
    g_free(mapping->column);
    g_free(mapping->decimal);
    g_free(mapping->order);
    g_free(mapping->unused);
    gap_projection_free(mapping->projection);
    g_ptr_array_unref(mapping->notes);
    g_free(mapping);
}
