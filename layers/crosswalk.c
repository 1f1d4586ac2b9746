#include "layers/crosswalk.h"

#include "geo/base/error.h"
#include "geo/files/reader.h"
#include "geo/text/text.h"

#include <string.h>

#define ANY_AREA   "*" // a field that names areas
#define MOST_ROWS  1000000
#define MOST_NAMED 5

struct GapCrosswalk {
    char *path;
    GHashTable *meanings; // key_of() to GapMeaning
    GHashTable *open;     // key_of() of rows that say nothing yet
    GPtrArray *in_order;  // the same, as the table has them
    gint64 replaced;
    gint64 n_open;
    bool by_district, by_province; // it has these columns
};

static void meaning_free(gpointer data) {
    GapMeaning *meaning = data;
    g_free(meaning->from);
    g_free(meaning->district);
    g_free(meaning->province);
    g_free(meaning->to);
    g_free(meaning->code);
    g_free(meaning);
}

void gap_crosswalk_free(GapCrosswalk *crosswalk) {
    if (!crosswalk)
        return;
    g_hash_table_unref(crosswalk->meanings);
    g_hash_table_unref(crosswalk->open);
    g_ptr_array_unref(crosswalk->in_order);
    g_free(crosswalk->path);
    g_free(crosswalk);
}

char *gap_crosswalk_key(const char *name, const char *district, const char *province) {
    const char *parts[] = {name, district, province};
    GString *key = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *folded = gap_text_fold(parts[i] ? parts[i] : "");
        g_string_append_printf(key, "\n%s", folded);
    }
    return g_string_free(key, FALSE);
}

static char *key_of(const char *field, const char *text, const char *district,
                    const char *province) {
    g_autofree char *key = gap_crosswalk_key(text, district, province);
    return g_strconcat(field, key, NULL);
}

static char *cell(const GapTable *table, size_t row, const char *name) {
    const int column = gap_table_find(table, name);
    char *text = column < 0 ? NULL : gap_table_cell_string(table, row, (size_t)column);
    return text ? g_strstrip(text) : g_strdup("");
}

static bool check_field(const GapCrosswalk *crosswalk, const GapLayerKind *kind, const char *field,
                        gint64 row, GError **error) {
    return !*field || !kind || gap_layer_has_field(kind, field) ||
           gap_fail_at(error, (GapPlace){crosswalk->path, row, "field", field},
                       "%s have no such field; leave it empty where areas are meant", kind->title);
}

static bool take_row(GapCrosswalk *crosswalk, const GapLayerKind *kind, const GapTable *table,
                     size_t r, gint64 row, GError **error) {
    g_autofree char *field = cell(table, r, "field");
    g_autofree char *from = cell(table, r, "from");
    g_autofree char *to = cell(table, r, "to");
    g_autofree char *district = cell(table, r, "district");
    g_autofree char *province = cell(table, r, "province");
    if (!check_field(crosswalk, kind, field, row, error))
        return false;
    // Rows of other fields say nothing of areas and places; an empty row says nothing at all.
    if ((*field && !kind) || (!*from && !*to))
        return true;
    if (!*from)
        return gap_fail_at(error, (GapPlace){crosswalk->path, row, "from", ""},
                           "empty; a row says what one value means");
    g_autofree char *key = key_of(*field ? field : ANY_AREA, from, district, province);
    if (!*to) {
        crosswalk->n_open++;
        g_hash_table_add(crosswalk->open, g_steal_pointer(&key));
        return true;
    }
    const GapMeaning *earlier = g_hash_table_lookup(crosswalk->meanings, key);
    if (earlier)
        return g_str_equal(earlier->to, to) ||
               gap_fail_at(error, (GapPlace){crosswalk->path, row, "from", from},
                           "means '%s' here and '%s' in row %" G_GINT64_FORMAT "; keep one", to,
                           earlier->to, earlier->row);
    GapMeaning *meaning = g_new0(GapMeaning, 1);
    *meaning = (GapMeaning){.from = g_steal_pointer(&from),
                            .district = g_steal_pointer(&district),
                            .province = g_steal_pointer(&province),
                            .to = g_steal_pointer(&to),
                            .row = row};
    g_ptr_array_add(crosswalk->in_order, meaning);
    g_hash_table_insert(crosswalk->meanings, g_steal_pointer(&key), meaning);
    return true;
}

static bool take_batch(GapCrosswalk *crosswalk, const GapLayerKind *kind, const GapTable *table,
                       const GapReader *reader, GError **error) {
    if (gap_table_find(table, "from") < 0 || gap_table_find(table, "to") < 0)
        return gap_fail(error, GAP_ERROR_INPUT,
                        "%s: a crosswalk needs the columns 'from' and 'to' (and 'field', where a "
                        "row speaks of one field only)",
                        crosswalk->path);
    crosswalk->by_district = gap_table_find(table, "district") >= 0;
    crosswalk->by_province = gap_table_find(table, "province") >= 0;
    for (size_t r = 0; r < gap_table_rows(table); r++)
        if (!take_row(crosswalk, kind, table, r, gap_reader_row(reader, r), error))
            return false;
    return crosswalk->in_order->len <= MOST_ROWS ||
           gap_fail(error, GAP_ERROR_INPUT, "%s: more than %d rows; that is no crosswalk",
                    crosswalk->path, MOST_ROWS);
}

GapCrosswalk *gap_crosswalk_new(const char *path, const GapLayerKind *kind, GError **error) {
    g_autoptr(GapReader) reader = gap_reader_open(path, NULL, error);
    if (!reader)
        return NULL;
    g_autoptr(GapCrosswalk) crosswalk = g_new0(GapCrosswalk, 1);
    crosswalk->path = g_strdup(path);
    crosswalk->meanings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    crosswalk->open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    crosswalk->in_order = g_ptr_array_new_with_free_func(meaning_free);
    g_autoptr(GError) why = NULL;
    for (GapTable *table; (table = gap_reader_next(reader, &why));) {
        const bool ok = take_batch(crosswalk, kind, table, reader, &why);
        gap_table_free(table);
        if (!ok)
            break;
    }
    if (!why)
        return g_steal_pointer(&crosswalk);
    g_propagate_error(error, g_steal_pointer(&why));
    return NULL;
}

const GapMeaning *gap_crosswalk_meaning(const GapCrosswalk *crosswalk, size_t i) {
    return i < crosswalk->in_order->len ? g_ptr_array_index(crosswalk->in_order, i) : NULL;
}

static GapMeaning *look_up(const GapCrosswalk *crosswalk, const char *field, const char *text,
                           const char *district, const char *province) {
    g_autofree char *key = key_of(field, text, crosswalk->by_district ? district : NULL,
                                  crosswalk->by_province ? province : NULL);
    return g_hash_table_lookup(crosswalk->meanings, key);
}

static GapMeaning *find_one(const GapCrosswalk *crosswalk, const char *field, const char *text,
                            const char *district, const char *province) {
    GapMeaning *own = field ? look_up(crosswalk, field, text, district, province) : NULL;
    return own ? own : look_up(crosswalk, ANY_AREA, text, district, province);
}

GapMeaning *gap_crosswalk_find(const GapCrosswalk *crosswalk, const char *field, const char *text,
                               const char *district, const char *province, bool with_none) {
    if (!with_none)
        return find_one(crosswalk, field, text, district, province);
    g_autofree char *asked = key_of(ANY_AREA, text, district, province);
    return g_hash_table_contains(crosswalk->open, asked)
               ? NULL
               : find_one(crosswalk, field, text, NULL, NULL);
}

void gap_crosswalk_use(GapCrosswalk *crosswalk, GapMeaning *meaning, const char *code,
                       const char *bearer) {
    meaning->used++;
    crosswalk->replaced++;
    if (code && !meaning->code) {
        meaning->code = g_strdup(code);
        meaning->bearer = bearer;
    }
}

void gap_crosswalk_map(GapCrosswalk *crosswalk, const GapField *field, char **text) {
    if (!crosswalk || !*text)
        return;
    g_autofree char *key = key_of(field->name, *text, NULL, NULL);
    GapMeaning *meaning = g_hash_table_lookup(crosswalk->meanings, key);
    if (!meaning && (field->flags & GAP_FIELD_AREA_CODE))
        meaning = look_up(crosswalk, ANY_AREA, *text, NULL, NULL);
    if (!meaning)
        return;
    gap_crosswalk_use(crosswalk, meaning, NULL, NULL);
    g_free(*text);
    *text = g_strdup(meaning->to);
}

bool gap_crosswalk_record(const GapCrosswalk *crosswalk, const GapLoad *load, GError **error) {
    static const GapStatement PUT = {
        "name_match.crosswalk",
        "INSERT INTO name_match (source, name, district, province, code, bearer, how, reason, rows)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'crosswalk', 'said by ' || ?7, ?8)"
        " ON CONFLICT DO UPDATE SET how = excluded.how, reason = excluded.reason,"
        " rows = rows + excluded.rows"};
    g_autofree char *file = g_path_get_basename(crosswalk->path);
    for (guint i = 0; i < crosswalk->in_order->len; i++) {
        const GapMeaning *meaning = g_ptr_array_index(crosswalk->in_order, i);
        if (meaning->code && !gap_store_run(load->store, &PUT, error, "sssssssi", load->source,
                                            meaning->from, meaning->district, meaning->province,
                                            meaning->code, meaning->bearer, file, meaning->used))
            return false;
    }
    return true;
}

void gap_crosswalk_tell(const GapCrosswalk *crosswalk, GapLoad *load) {
    guint idle = 0;
    g_autoptr(GString) named = g_string_new(NULL);
    for (guint i = 0; i < crosswalk->in_order->len; i++) {
        const GapMeaning *meaning = g_ptr_array_index(crosswalk->in_order, i);
        if (meaning->used || ++idle > MOST_NAMED)
            continue;
        g_autofree char *shown = gap_printable(meaning->from, 40);
        g_string_append_printf(named, "%s'%s'", idle == 1 ? ": " : ", ", shown);
    }
    g_autofree char *name = g_path_get_basename(crosswalk->path);
    if (crosswalk->n_open)
        gap_load_note(load, "%s: %" G_GINT64_FORMAT " rows have no 'to' yet and say nothing", name,
                      crosswalk->n_open);
    if (idle == 0)
        gap_load_note(load, "%s: %" G_GINT64_FORMAT " values replaced, every row of it used", name,
                      crosswalk->replaced);
    else
        gap_load_note(load,
                      "%s: %" G_GINT64_FORMAT
                      " values replaced; %u of its %u rows name nothing here%s%s",
                      name, crosswalk->replaced, idle, crosswalk->in_order->len, named->str,
                      idle > MOST_NAMED ? ", ..." : "");
}

/* ---- which rows count ---- */

typedef struct {
    size_t column;
    char *folded;
} Condition;

struct GapWhere {
    GArray *conditions; // of Condition
};

static void condition_clear(gpointer data) {
    g_free(((Condition *)data)->folded);
}

void gap_where_free(GapWhere *where) {
    if (!where)
        return;
    g_array_unref(where->conditions);
    g_free(where);
}

static gssize find_column(const GapTable *table, const char *name) {
    g_autofree char *wanted = gap_text_fold(name);
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        g_autofree char *folded = gap_text_fold(gap_table_column(table, c)->name);
        if (g_str_equal(folded, wanted))
            return (gssize)c;
    }
    return -1;
}

static bool fail_no_column(const char *name, const GapTable *table, const char *file,
                           GError **error) {
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t c = 0; c < gap_table_columns(table); c++) {
        g_autofree char *shown = gap_printable(gap_table_column(table, c)->name, 40);
        g_string_append_printf(all, "%s%s", c ? ", " : "", shown);
    }
    return gap_fail(error, GAP_ERROR_USAGE, "--where: %s has no column '%s'; it has: %s", file,
                    name, all->str);
}

static bool take_condition(GapWhere *where, char *text, const GapTable *table, const char *file,
                           GError **error) {
    char *equals = strchr(g_strstrip(text), '=');
    if (!equals || equals == text)
        return gap_fail(error, GAP_ERROR_USAGE,
                        "--where: '%s' is not COLUMN=VALUE; write several apart by ';'", text);
    *equals = '\0';
    const gssize column = find_column(table, text);
    if (column < 0)
        return fail_no_column(text, table, file, error);
    const Condition condition = {(size_t)column, gap_text_fold(equals + 1)};
    g_array_append_val(where->conditions, condition);
    return true;
}

GapWhere *gap_where_new(const char *text, const GapTable *table, const char *file, GError **error) {
    g_autoptr(GapWhere) where = g_new0(GapWhere, 1);
    where->conditions = g_array_new(FALSE, FALSE, sizeof(Condition));
    g_array_set_clear_func(where->conditions, condition_clear);
    g_auto(GStrv) parts = g_strsplit(text, ";", -1);
    for (char **part = parts; *part; part++)
        if (*g_strstrip(*part) && !take_condition(where, *part, table, file, error))
            return NULL;
    return g_steal_pointer(&where);
}

bool gap_where_keeps(const GapWhere *where, const GapTable *table, size_t row) {
    bool keeps = true;
    for (guint i = 0; keeps && where && i < where->conditions->len; i++) {
        const size_t column = g_array_index(where->conditions, Condition, i).column;
        g_autofree char *cell = gap_table_cell_string(table, row, column);
        g_autofree char *folded = cell ? gap_text_fold(cell) : g_strdup("");
        keeps = false;
        for (guint j = 0; !keeps && j < where->conditions->len; j++) {
            const Condition *other = &g_array_index(where->conditions, Condition, j);
            keeps = other->column == column && g_str_equal(other->folded, folded);
        }
    }
    return keeps;
}
